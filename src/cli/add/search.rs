//! Asks for the feeds that an address may lead to, with all manners of `fetch`, and reads each with the real reader: what is
//! found is a feed. Only the address that was typed is trusted; a page may lead nowhere private.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::super::line::Line;
use crate::domain::clean_text::CleanText;
use crate::domain::cure::Trouble;
use crate::domain::feed::ParsedFeed;
use crate::fetch::{Answer, FetchError, Fetcher, Request, host_key};
use crate::refresh::is_challenge;
use crate::sources::discover::{feeds_of_header, feeds_of_site, looks_like_a_feed, usual_places};
use crate::sources::{self, NotAFeed, RawFeed};

/// Requests in all for one address that was typed, however much its pages lead to.
const MOST_REQUESTS: usize = 32;
/// Links of one kind on one page that are asked.
const MOST_LINKS: usize = 10;
/// Pages that are followed from the first one: a site's own list of its feeds, and where a page leads on at once.
const MOST_PAGES: usize = 4;
/// A server that forbids so many of the usual places forbids them all.
const MOST_FORBIDDEN: usize = 3;
const FORBIDDEN: u16 = 403;
const TOO_MANY_REQUESTS: u16 = 429;
/// What a server says of one address, while another one may be there.
const REFUSALS: [u16; 5] = [FORBIDDEN, 404, 405, 406, 410];

/// A feed that was found and read.
#[derive(Debug)]
pub(super) struct Found {
    /// Where it is for good: permanent redirects are followed.
    pub address: String,
    pub feed: ParsedFeed,
}

/// What was found, the best first, and how many links of the page were one too many to be asked.
#[derive(Debug)]
pub(super) struct Finds {
    pub feeds: Vec<Found>,
    pub unasked: usize,
    /// Feeds of comments that the page names, which nobody asked.
    pub comments: Vec<String>,
}

/// Nothing was found, and what is to be said of it.
#[derive(Debug, Default)]
pub(super) struct Nothing {
    /// Of the address that was typed.
    pub reason: String,
    /// Addresses that were asked in vain, and why.
    pub vain: Vec<(String, String)>,
    /// The usual places that were asked in vain.
    pub places: usize,
    /// Whether there was an answer, good or bad, of which something can be said.
    pub is_answer: bool,
    /// Whether nobody was there, so that another scheme is worth a try.
    is_silence: bool,
}

/// Why one address is none of a feed.
enum Miss {
    Error(FetchError),
    Page {
        what: NotAFeed,
        address: String,
    },
    /// It is not worth another request.
    Passed,
}

struct Search<'a> {
    fetcher: &'a Fetcher,
    now: Timestamp,
    /// The address that the person typed.
    typed: &'a str,
    asked: Vec<String>,
    found: Vec<Found>,
    vain: Vec<(String, String)>,
    unasked: usize,
    comments: Vec<String>,
    places: usize,
    /// Servers that asked for a browser, a person or a rest: they are not asked again.
    turned_away: Vec<Option<String>>,
    line: Line,
}

/// Feeds at the first of these addresses at which somebody answers, the best first.
pub(super) async fn search(fetcher: &Fetcher, now: Timestamp, addresses: &[String]) -> Result<Finds, Nothing> {
    let mut nothing = None;
    for typed in addresses {
        let mut search = Search::new(fetcher, now, typed);
        let outcome = search.run().await;
        search.line.clear();
        match outcome {
            Ok(()) => return Ok(search.finds()),
            Err(why) if why.is_silence => nothing = nothing.or(Some(why)),
            Err(why) => return Err(why),
        }
    }
    Err(nothing.unwrap_or_default())
}

impl<'a> Search<'a> {
    fn new(fetcher: &'a Fetcher, now: Timestamp, typed: &'a str) -> Search<'a> {
        let (asked, found, vain, comments) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Search { fetcher, now, typed, asked, found, vain, unasked: 0, comments, places: 0, turned_away: Vec::new(), line: Line::default() }
    }

    /// From the least requests to the most: the site's own pattern, the address itself, its links, the usual places.
    async fn run(&mut self) -> Result<(), Nothing> {
        let of_site = feeds_of_site(self.typed);
        if !looks_like_a_feed(self.typed) && self.ask_all(&of_site).await {
            return Ok(());
        }
        let Err(miss) = self.ask(self.typed).await else { return Ok(()) };
        let in_vain = || self.vain.last().filter(|_| !self.turned_away.is_empty()).map(|(_, reason)| reason.clone());
        let (reason, is_answer, is_silence) = match &miss {
            Miss::Page { what, .. } => (what.to_string(), true, false),
            Miss::Error(error) => (error.to_string(), error.status().is_some(), is_silence(error)),
            Miss::Passed => (in_vain().unwrap_or_else(|| "its site's own feeds are none".into()), true, false),
        };
        match self.ask_around(miss, &of_site).await {
            true => Ok(()),
            false => Err(Nothing { reason, vain: std::mem::take(&mut self.vain), places: self.places, is_answer, is_silence }),
        }
    }

    /// Asks what the address led to, when it was no feed itself.
    async fn ask_around(&mut self, miss: Miss, of_site: &[String]) -> bool {
        let place = match miss {
            _ if self.typed.starts_with("file:") => return false,
            Miss::Page { what, address } => {
                if self.follow(what, address.clone()).await {
                    return true;
                }
                address
            }
            Miss::Error(error) if is_refusal(&error) => self.typed.to_string(),
            _ => return false,
        };
        self.ask_all(of_site).await || self.ask_places(&usual_places(&place)).await || self.ask_all(&self.comments.clone()).await
    }

    /// Asks what a page leads to, and what the pages behind it lead to.
    async fn follow(&mut self, what: NotAFeed, address: String) -> bool {
        let mut pages = VecDeque::from([(what, address)]);
        let mut read = 0;
        while let Some((what, address)) = pages.pop_front() {
            read += 1;
            self.comments.extend(secure(what.feeds_of_comments(), &address));
            let leads_on: Vec<String> = what.leads_on().map(str::to_string).into_iter().collect();
            for kind in [what.feeds(), what.links_like_feeds(), &leads_on] {
                match self.ask_and_keep_pages(&secure(kind, &address)).await {
                    None => return true,
                    Some(more) => pages.extend(more.into_iter().take(MOST_PAGES.saturating_sub(read + pages.len()))),
                }
            }
        }
        false
    }

    /// Asks each; whether any is a feed.
    async fn ask_all(&mut self, addresses: &[String]) -> bool {
        self.ask_and_keep_pages(addresses).await.is_none()
    }

    /// Asks each; nothing when any is a feed, else the pages that were there instead.
    async fn ask_and_keep_pages(&mut self, addresses: &[String]) -> Option<Vec<(NotAFeed, String)>> {
        let mut pages = Vec::new();
        self.unasked += addresses.len().saturating_sub(MOST_LINKS);
        for address in addresses.iter().take(MOST_LINKS) {
            match self.ask(address).await {
                Ok(()) | Err(Miss::Passed) => {}
                Err(Miss::Error(error)) => self.vain.push((address.clone(), words(&error))),
                Err(Miss::Page { what, address: page }) => {
                    self.vain.push((address.clone(), what.to_string()));
                    pages.push((what, page));
                }
            }
        }
        self.found.is_empty().then_some(pages)
    }

    /// Asks one after the other until one is a feed. A server that is down, busy or forbids it is left alone.
    async fn ask_places(&mut self, places: &[String]) -> bool {
        let mut forbidden = 0;
        for place in places.iter().take(MOST_REQUESTS.saturating_sub(self.asked.len())) {
            if self.turned_away.contains(&host_key(place)) {
                return false;
            }
            match self.ask(place).await {
                Ok(()) => return true,
                Err(Miss::Error(error)) if !is_refusal(&error) => return false,
                Err(Miss::Error(error)) if error.status() == Some(FORBIDDEN) => forbidden += 1,
                Err(_) => {}
            }
            self.places += 1;
            if forbidden == MOST_FORBIDDEN {
                return false;
            }
        }
        false
    }

    async fn ask(&mut self, address: &str) -> Result<(), Miss> {
        let host = host_key(address);
        if self.asked.iter().any(|asked| asked == address) || self.turned_away.contains(&host) || self.asked.len() >= MOST_REQUESTS {
            return Err(Miss::Passed);
        }
        self.asked.push(address.to_string());
        self.line.write(&format!("asking {}", CleanText::new(address)));
        let request = Request {
            url: self.typed.to_string(),
            // What nobody typed has the trust of a redirect only.
            instead: (address != self.typed).then(|| address.to_string()),
            now: Some(self.now),
            ..Request::default()
        };
        let mut place = self.fetcher.enter(address).await;
        let (answer, trail) = self.fetcher.fetch_from(&mut place, request).await;
        let answer = answer.map_err(|error| error.or_challenge(is_challenge(&trail)));
        if answer.as_ref().is_err_and(is_turned_away) {
            self.turned_away.push(host.clone());
        }
        let (bytes, content_type, final_url, is_cut) = match answer.map_err(Miss::Error)? {
            Answer::Body { bytes, content_type, final_url, cut, .. } => (bytes, content_type, final_url, cut.is_some()),
            Answer::Unchanged { .. } => return Err(Miss::Passed),
        };
        let raw = RawFeed { body: &bytes, content_type: content_type.as_deref(), base_url: Some(&final_url), is_cut };
        let feed = match sources::read(raw) {
            Ok(feed) => feed,
            Err(what) => {
                if what.trouble() == Trouble::Challenge && what.links().is_empty() {
                    self.turned_away.push(host);
                }
                let named = trail.links.map(|links| feeds_of_header(&links, &final_url)).unwrap_or_default();
                return Err(Miss::Page { what: what.with_feeds(named), address: final_url });
            }
        };
        self.keep(Found { address: trail.moved_to.unwrap_or_else(|| address.to_string()), feed });
        Ok(())
    }

    /// Keeps a feed unless it is one that was found already, perhaps in another format.
    fn keep(&mut self, found: Found) {
        let articles = |found: &Found| found.feed.articles.iter().map(|article| article.url.clone()).collect::<Vec<_>>();
        let is_same = |known: &Found| {
            known.address == found.address || (!known.feed.articles.is_empty() && articles(known) == articles(&found) && has_links(known))
        };
        if !self.found.iter().any(is_same) {
            self.found.push(found);
        }
    }

    /// Feeds without articles come last.
    fn finds(mut self) -> Finds {
        self.found.sort_by_key(|found| found.feed.articles.is_empty());
        self.comments.retain(|address| !self.asked.contains(address));
        Finds { feeds: self.found, unasked: self.unasked, comments: self.comments }
    }
}

fn has_links(found: &Found) -> bool {
    found.feed.articles.iter().all(|article| article.url.is_some())
}

/// A server that answered, and said no to this address alone.
fn is_refusal(error: &FetchError) -> bool {
    error.status().is_some_and(|status| REFUSALS.contains(&status))
}

fn is_turned_away(error: &FetchError) -> bool {
    matches!(error, FetchError::Challenge { .. }) || error.status() == Some(TOO_MANY_REQUESTS)
}

/// Whether nobody was there who speaks as we do, so that the other scheme is worth a try.
fn is_silence(error: &FetchError) -> bool {
    use FetchError::{ConnectTimeout, ConnectionRefused, HungUp, Malformed, NoAnswer, Other, Tls};
    matches!(
        error,
        ConnectTimeout { .. } | ConnectionRefused { .. } | HungUp { .. } | Malformed { .. } | NoAnswer { .. } | Other { .. } | Tls { .. }
    )
}

/// A page that came encrypted leads on encrypted, as in browsers.
fn secure(addresses: &[String], page: &str) -> Vec<String> {
    let secured = |address: &String| match address.strip_prefix("http://") {
        Some(rest) if page.starts_with("https://") => format!("https://{rest}"),
        _ => address.clone(),
    };
    addresses.iter().map(secured).collect()
}

/// The same error, said of an address that a page named.
fn words(error: &FetchError) -> String {
    match error {
        FetchError::RedirectPrivate { host } => {
            format!("{host} is a private address, which no page may lead to; add it yourself if you mean it")
        }
        error => error.to_string(),
    }
}
