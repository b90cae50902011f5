//! Fetches the pages of articles for their text: one that a person asked for, or those of feeds that want it, a few at a
//! time. An address that a feed names is asked with no more trust than a redirect of that feed.

use futures_util::StreamExt;
use futures_util::stream;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use std::sync::Mutex;
use tokio::sync::mpsc::UnboundedSender;
use url::Url;

use super::ask::{TOO_MANY_REQUESTS, UNCHANGED_UNASKED, or_challenge};
use super::budget::Budget;
use super::in_hand::{CLAIM_SLACK, HostWait, manners};
use super::{Parts, Plan, Refresher};
use crate::clean::{extract, text_edition};
use crate::domain::article::{Article, ArticleId};
use crate::domain::clean_text::CleanText;
use crate::domain::document::Document;
use crate::domain::full_text::{PageText, judge, without_headline};
use crate::domain::section::{Feed, Section};
use crate::fetch::{Answer, FetchError, Request, host_key};
use crate::sources::text_of;
use crate::store::{BackDesk, PageIntent, StoreError};

/// Pages that are fetched ahead after one refresh, and at the same time.
const MOST_AHEAD: usize = 60;
const AT_ONCE: usize = 4;
/// How long after it came an article's page is still fetched ahead.
const NEW_FOR: SignedDuration = SignedDuration::from_hours(48);
/// Requests that a claim on a page lasts for: those of other pages of its host before it, and two of its own.
const REQUESTS_A_CLAIM: i32 = 6;
/// What a person is told whose page cannot begin.
const HOST_BUSY: &str = "another matins is asking this host right now; try again in a moment";
/// Stands for the person who named an address, where that is a file of theirs.
const NOBODY: &str = "http://nobody.invalid/";

/// Why a page brought nothing.
struct Failure {
    error: String,
    /// Whether it may come another time.
    is_passing: bool,
}

impl Refresher {
    /// Fetches the page of an article and keeps what it gave. `feed` is the one that the article is of, with its options.
    ///
    /// # Errors
    /// In words, when the page could not be had; nothing is kept then.
    pub async fn page(&self, feed: &Feed, id: ArticleId) -> Result<PageText, String> {
        let article = self.parts.back.article(id).await.map_err(|error| error.to_string())?;
        let article = article.ok_or("this article is no longer in the store")?;
        // where that cannot be done, the claim tells why
        let _ = self.parts.back.free_claims_of_the_gone(self.parts.clock.now()).await;
        let _claim = self.wait_for_page(&article).await?;
        let page = fetch(&self.parts, feed, &article, &mut 0).await.map_err(|failure| failure.error)?;
        self.keep(id, page).await
    }

    /// Takes a page in hand that a person waits for. While other instances leave no room at its host it waits.
    async fn wait_for_page(&self, article: &Article) -> Result<PageClaim, String> {
        let mut wait = HostWait::new(&self.parts.settings);
        loop {
            match PageClaim::take(&self.parts, article, true).await.map_err(|error| error.to_string())? {
                Some(claim) => return Ok(claim),
                None if wait.is_over() => return Err(HOST_BUSY.into()),
                None => wait.pause().await,
            }
        }
    }

    /// Fetches the pages of new articles of those feeds of a plan that want it, within the settings' budget, and tells of
    /// each that is kept. Nobody need listen. Dropping the future stops all requests.
    pub async fn pages_ahead(&self, plan: &Plan, kept: UnboundedSender<ArticleId>) {
        let mut seen = HashSet::new();
        let is_meant = |feed: &&Feed| feed.full_text && plan.only_feed.as_ref().is_none_or(|only| *only == feed.url);
        let all = plan.sections.iter().flat_map(Section::all_feeds).filter(is_meant);
        let feeds: Vec<&Feed> = all.filter(|feed| seen.insert(feed.url.as_str())).collect();
        if feeds.is_empty() || self.parts.settings.prefetch_bytes == 0 {
            return;
        }
        let urls = feeds.iter().map(|feed| feed.url.clone()).collect();
        let now = self.parts.clock.now();
        let since = now.checked_sub(NEW_FOR).unwrap_or(now);
        let wanted = self.parts.back.pages_wanted(urls, since, MOST_AHEAD).await.unwrap_or_default();
        let budget = Budget::new(self.parts.settings.prefetch_bytes);
        let ahead = Ahead { refresher: self, feeds: &feeds, budget, failing: Mutex::default() };
        stream::iter(wanted)
            .for_each_concurrent(AT_ONCE, |id| {
                let (ahead, kept) = (&ahead, kept.clone());
                async move {
                    if ahead.fetch(id).await {
                        let _ = kept.send(id);
                    }
                }
            })
            .await;
    }

    async fn keep(&self, id: ArticleId, page: PageText) -> Result<PageText, String> {
        let kept = self.parts.back.keep_page(id, page.clone(), self.parts.clock.now()).await;
        kept.map(|()| page).map_err(|error| error.to_string())
    }
}

/// A page that this process has taken in hand, given back when dropped.
struct PageClaim {
    back: BackDesk,
    id: ArticleId,
}

impl PageClaim {
    /// Takes a page in hand for as long as its request and those before it may take; `None` when another instance has it, or leaves
    /// no room at its host.
    async fn take(parts: &Parts, article: &Article, is_by_hand: bool) -> Result<Option<PageClaim>, StoreError> {
        let (id, now) = (article.row.id, parts.clock.now());
        let patience = parts.settings.total_timeout.saturating_mul(REQUESTS_A_CLAIM).saturating_add(CLAIM_SLACK);
        let until = now.checked_add(patience).unwrap_or(Timestamp::MAX);
        let host = article.row.url.as_deref().and_then(|url| manners(&parts.settings, url));
        let is_taken = parts.back.claim_page(PageIntent { id, host, now, until, is_by_hand }).await?;
        Ok(is_taken.then(|| PageClaim { back: parts.back.clone(), id }))
    }
}

impl Drop for PageClaim {
    fn drop(&mut self) {
        // Queued before this returns; if it cannot be given back, it ends by itself.
        drop(self.back.release_page(self.id));
    }
}

/// Fetching ahead, under way.
struct Ahead<'a> {
    refresher: &'a Refresher,
    feeds: &'a [&'a Feed],
    budget: Budget,
    /// Hosts that failed once are left alone until the next refresh.
    failing: Mutex<HashSet<String>>,
}

impl Ahead<'_> {
    /// Whether the page gave a text that was kept. One that another instance has in hand, or whose host has no room, is left
    /// for the next refresh.
    async fn fetch(&self, id: ArticleId) -> bool {
        if !self.budget.begin().await {
            return false;
        }
        let mut bytes = 0;
        let is_good = self.fetch_begun(id, &mut bytes).await;
        self.budget.end(bytes);
        is_good
    }

    async fn fetch_begun(&self, id: ArticleId, bytes: &mut usize) -> bool {
        let parts = &self.refresher.parts;
        let Ok(Some(article)) = parts.back.article(id).await else { return false };
        let Some(feed) = self.feeds.iter().find(|feed| feed.url == article.row.feed_url) else { return false };
        let host = article.row.url.as_deref().and_then(host_key).unwrap_or_default();
        if self.is_failing(&host) || self.is_quiet(&host).await {
            return false;
        }
        match PageClaim::take(parts, &article, false).await {
            Ok(Some(_claim)) => self.fetch_taken(feed, &article, host, bytes).await,
            Ok(None) | Err(_) => false,
        }
    }

    async fn fetch_taken(&self, feed: &Feed, article: &Article, host: String, bytes: &mut usize) -> bool {
        let (parts, id) = (&self.refresher.parts, article.row.id);
        let page = match fetch(parts, feed, article, bytes).await {
            Ok(page) => page,
            Err(Failure { is_passing: true, .. }) => {
                self.failing.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(host);
                return false;
            }
            Err(Failure { error, .. }) => PageText::Failed(CleanText::new(&error)),
        };
        let is_good = matches!(page, PageText::Good(_));
        self.refresher.keep(id, page).await.is_ok() && is_good
    }

    /// Whether the host said lately that it is asked too much.
    async fn is_quiet(&self, host: &str) -> bool {
        let parts = &self.refresher.parts;
        let until = parts.back.quiet_until(host.to_string()).await.ok().flatten();
        until.is_some_and(|until| until > parts.clock.now())
    }

    fn is_failing(&self, host: &str) -> bool {
        self.failing.lock().unwrap_or_else(std::sync::PoisonError::into_inner).contains(host)
    }
}

/// Fetches a page, the site's text edition of it first where one is known, and judges it; adds the bytes that came.
async fn fetch(parts: &Parts, feed: &Feed, article: &Article, bytes: &mut usize) -> Result<PageText, Failure> {
    let lasting = |error: &str| Failure { error: error.to_string(), is_passing: false };
    let url = article.row.url.as_deref().ok_or_else(|| lasting("its feed names no page for this article"))?;
    if let Some(edition) = text_edition(url)
        && let Ok(document) = take(parts, feed, &edition, bytes).await
        && judge(&document, &article.document, &article.row.title).is_ok()
    {
        return Ok(PageText::Good(without_headline(document, &article.row.title)));
    }
    let document = take(parts, feed, url, bytes).await?;
    Ok(match judge(&document, &article.document, &article.row.title) {
        Ok(()) => PageText::Good(without_headline(document, &article.row.title)),
        Err(refusal) => PageText::Refused(refusal),
    })
}

/// The main text of the page at an address, read against where it was found.
async fn take(parts: &Parts, feed: &Feed, asked: &str, came: &mut usize) -> Result<Document, Failure> {
    let request = request(parts, feed, asked)
        .ok_or_else(|| Failure { error: "its feed names no page that may be asked".into(), is_passing: false })?;
    let mut place = parts.fetcher.enter(request.instead.as_ref().unwrap_or(&request.url)).await;
    let (answer, trail) = parts.fetcher.fetch_from(&mut place, request).await;
    *came += trail.bytes;
    let (bytes, content_type, base) = match answer {
        // Half a page would stay for the whole one.
        Ok(Answer::Body { cut: Some(cut), .. }) if !cut.is_ours() => return Err(of_fetch(&cut.error)),
        Ok(Answer::Body { bytes, content_type, final_url, .. }) => (bytes, content_type, final_url),
        Ok(Answer::Unchanged { .. }) => {
            return Err(Failure { error: UNCHANGED_UNASKED.into(), is_passing: false });
        }
        Err(error) => {
            if let (Some(TOO_MANY_REQUESTS), Some(host)) = (error.status(), &trail.host) {
                // if this cannot be kept, the host says it again
                let _ = parts.back.refused(host.clone(), error.retry_after(), parts.clock.now()).await;
            }
            return Err(of_fetch(&or_challenge(parts, error, &trail).await));
        }
    };
    let _room = parts.unread.admit(place, bytes.len()).await;
    let size = bytes.len();
    let read = move || extract(&text_of(&bytes, content_type.as_deref(), Some(&base)), Some(&base)).document;
    parts.workshop.run(size, read).await.map_err(|broke| Failure { error: broke.to_string(), is_passing: false })
}

/// Nothing but a page: none of the feed's secrets go with it, and a private address is asked only where the feed itself is.
fn request(parts: &Parts, feed: &Feed, asked: &str) -> Option<Request> {
    let (mut page, feed_url) = (Url::parse(asked).ok()?, Url::parse(&feed.url).ok()?);
    let request = Request { user_agent: feed.user_agent.clone(), is_plain: true, now: Some(parts.clock.now()), ..Request::default() };
    match (page.scheme(), feed_url.scheme()) {
        ("http" | "https", "file") => Some(Request { url: NOBODY.into(), instead: Some(page.into()), ..request }),
        ("http" | "https", _) => {
            if feed_url.scheme() == "https" {
                // never out of encryption; nearly every site that once had no https has it now
                let _ = page.set_scheme("https");
            }
            Some(Request { url: feed.url.clone(), instead: Some(page.into()), ..request })
        }
        _ => None,
    }
}

fn of_fetch(error: &FetchError) -> Failure {
    Failure { error: error.to_string(), is_passing: error.is_passing() || error.is_offline() }
}
