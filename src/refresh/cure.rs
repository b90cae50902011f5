//! Tries a cure for a feed: asks in another way, and tells what came. It keeps nothing; what a person accepts is kept elsewhere.

use std::sync::Arc;

use super::reading::{Bytes, Reading};
use super::{Parts, Refresher, ask};
use crate::domain::cure::{Cure, Found};
use crate::domain::feed::Way;
use crate::domain::section::Feed;
use crate::fetch::{Answer, PrivateHeaders, Request, Trail};
use crate::sources::discover::feeds_of_header;

/// What is said of a cure that cannot be kept.
const HIDDEN_ADDRESS: &str = "it works at an address that holds a secret of this feed, which is not kept";

impl Refresher {
    /// Tries one cure. An address that nobody wrote is asked with the trust of a redirect only.
    ///
    /// # Errors
    /// In words, when it does not work.
    pub async fn try_cure(&self, feed: &Feed, cure: &Cure) -> Result<Found, String> {
        let parts = self.parts.clone();
        let known = parts.back.records(vec![feed.url.clone()]).await.map_err(|error| error.to_string())?;
        let way = known.into_iter().next().map(|record| Way { moving_to: None, lapsed: None, ..record.way }).unwrap_or_default();
        parts.keyring.forget_failures();
        let (private, hush) = parts.keyring.headers(feed).await.map_err(|error| error.to_string())?;
        let attempt = Attempt { parts, feed, private };
        let tried = match cure {
            Cure::Address(url) => attempt.ask(Way { address: Some(url.clone()), moved_at: None, ..way }).await,
            Cure::LinkedFrom(page) => attempt.ask_linked(page, way).await,
            Cure::Http1 => attempt.ask(Way { is_http1: true, ..way }).await,
            Cure::Plain => attempt.ask(Way { is_http1: true, is_plain: true, ..way }).await,
        };
        match tried {
            Ok(Found { way: Way { address: Some(address), .. }, .. }) if hush.is_in(&address) => Err(HIDDEN_ADDRESS.into()),
            Err(error) => Err(hush.hide(&error)),
            found => found,
        }
    }
}

/// Pages that are looked at for one cure, and links of them that are asked.
const MOST_PAGES: usize = 2;
const MOST_LINKS: usize = 4;

struct Attempt<'a> {
    parts: Arc<Parts>,
    feed: &'a Feed,
    private: PrivateHeaders,
}

/// What a page turned out to be.
enum Page {
    Feed(Found),
    /// Where its feeds may be, the likeliest first, and the page that it leads on to.
    Links {
        links: Vec<String>,
        leads_on: Option<String>,
    },
}

/// A document as it came.
struct Came {
    status: Option<u16>,
    bytes: Bytes,
    trail: Trail,
}

impl Attempt<'_> {
    /// Asks the feed in that way, and reads what comes.
    async fn ask(&self, way: Way) -> Result<Found, String> {
        let Came { status, bytes, trail } = self.fetch(&way).await?;
        let address = bytes.url.clone();
        let reading = ask::read(&self.parts, bytes).await.map_err(|(error, _)| error)?;
        // A permanent redirect on the way is followed for good: a person looked at what came of it.
        let address = if trail.moved_to.as_ref() == Some(&address) { Some(address) } else { way.address.clone() };
        Ok(found(Way { address: address.filter(|url| *url != self.feed.url), is_http1: trail.is_http1, ..way }, status, &reading))
    }

    /// Asks for the feeds that a page names, in whatever way, until one is there; where it names none that is, looks at the page
    /// that it leads on to. The page may be a feed itself.
    async fn ask_linked(&self, page: &str, way: Way) -> Result<Found, String> {
        let mut left = MOST_LINKS;
        let (mut next, mut failure) = (Some(page.to_string()), None);
        for _ in 0..MOST_PAGES {
            let Some(page) = next.take() else { break };
            let (links, leads_on) = match self.ask_page(&page, &way).await {
                Ok(Page::Feed(found)) => return Ok(found),
                Ok(Page::Links { links, leads_on }) => (links, leads_on),
                Err(error) => return Err(failure.unwrap_or(format!("{page}: {error}"))),
            };
            let asked = way.address.as_ref().unwrap_or(&self.feed.url);
            for link in links.into_iter().filter(|link| link != asked && *link != self.feed.url).take(left) {
                left -= 1;
                match self.ask(Way { address: Some(link.clone()), moved_at: None, ..way.clone() }).await {
                    Ok(found) => return Ok(found),
                    Err(error) => failure = failure.or(Some(format!("{link}: {error}"))),
                }
            }
            next = leads_on;
            failure = failure.or(Some(format!("{page} links to no other feed")));
        }
        Err(failure.unwrap_or_default())
    }

    async fn ask_page(&self, page: &str, way: &Way) -> Result<Page, String> {
        let at_page = Way { address: (page != self.feed.url).then(|| page.to_string()), moved_at: None, ..way.clone() };
        let Came { status, bytes, trail } = self.fetch(&at_page).await?;
        let (read, address) = (self.parts.read, bytes.url.clone());
        match self.parts.workshop.run(bytes.bytes.len(), move || read(bytes)).await.map_err(|broke| broke.to_string())? {
            Ok(reading) => Ok(Page::Feed(found(Way { is_http1: trail.is_http1, ..at_page }, status, &reading))),
            Err(no_feed) => {
                let no_feed = no_feed.with_feeds(trail.links.map(|links| feeds_of_header(&links, &address)).unwrap_or_default());
                let links = [no_feed.links(), no_feed.links_like_feeds()].concat();
                Ok(Page::Links { links, leads_on: no_feed.leads_on().map(str::to_string) })
            }
        }
    }

    async fn fetch(&self, way: &Way) -> Result<Came, String> {
        let request = Request { private: self.private.clone(), ..ask::request(&self.parts, self.feed, way) };
        let mut place = self.parts.fetcher.enter(way.address.as_ref().unwrap_or(&self.feed.url)).await;
        match self.parts.fetcher.fetch_from(&mut place, request).await {
            (Ok(Answer::Body { status, bytes, content_type, final_url, cut, .. }), trail) => {
                Ok(Came { status, bytes: Bytes { bytes, content_type, url: final_url, is_cut: cut.is_some() }, trail })
            }
            (Ok(Answer::Unchanged { .. }), _) => Err(ask::UNCHANGED_UNASKED.into()),
            (Err(error), trail) => Err(ask::or_challenge(&self.parts, error, &trail).await.to_string()),
        }
    }
}

fn found(way: Way, status: Option<u16>, reading: &Reading) -> Found {
    let newest = reading.articles.iter().filter_map(|article| article.published.or(article.updated)).max();
    Found { way, status, articles: reading.articles.len(), newest }
}
