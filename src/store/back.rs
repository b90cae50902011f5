//! The desk that saves what feeds answered, one transaction a feed with news, while the front desk goes on answering.

use jiff::{SignedDuration, Timestamp};

use super::answer::Answer;
use super::claim::{self, Claim, Intent, PageIntent};
use super::desk::{Desk, Queue};
use super::error::StoreError;
use super::health::FeedRecord;
use super::save::{self, FetchedFeed, Saved};
use super::search;
use super::visit::{self, Visit};
use super::{editions, health, pages, rows};
use crate::domain::article::{Article, ArticleId};
use crate::domain::edition::Edition;
use crate::domain::feed::{FeedHealth, Validators};
use crate::domain::full_text::PageText;
use crate::domain::list::ListQuery;
use crate::domain::material::Material;

/// Bytes of text whose words share a transaction: a person's mark waits for it to end.
pub(super) const TEXT_TOGETHER: usize = 128 * 1024;

/// Requests to the back desk. Each is queued before its function returns; cheap to clone.
#[derive(Clone)]
pub struct BackDesk {
    queue: Queue,
    /// Tells what this instance claims from what others do.
    claimer: i64,
}

impl BackDesk {
    pub(super) fn new(queue: Queue, claimer: i64) -> BackDesk {
        BackDesk { queue, claimer }
    }

    /// Has the desk's thread call this; nobody waits for it.
    pub fn call(&self, act: fn()) {
        drop(self.queue.ask(move |_| {
            act();
            Ok(())
        }));
    }

    /// What is needed to ask these feeds again, in the order asked; a feed that was never stored has an empty record.
    pub fn records(&self, urls: Vec<String>) -> Answer<Vec<FeedRecord>> {
        self.queue.ask(move |desk| desk.read(|connection| health::records(connection, &urls)))
    }

    /// Puts the words of all that is stored into the index, in steps between which others have their turn. What is left when
    /// the future is dropped is done when nothing is asked for a while.
    pub async fn index_words(&self) -> Result<(), StoreError> {
        while self.queue.ask(index_words).await? {}
        Ok(())
    }

    /// Whether another feed's server has answered since this feed was last asked in vain: then the network is there.
    pub fn do_others_answer(&self, url: String) -> Answer<bool> {
        self.queue.ask(move |desk| desk.read(|connection| health::do_others_answer(connection, &url)))
    }

    /// Frees what instances of this machine claimed whose process has ended, killed perhaps.
    pub fn free_claims_of_the_gone(&self, now: Timestamp) -> Answer<()> {
        self.queue.write_small(move |connection| claim::free_those_of_the_gone(connection, now))
    }

    /// Takes a feed in hand, unless `is_wanted` says no to what is known of it, another instance has it, or other instances
    /// leave no room at its host. Looking and taking are one, so that of two instances only one asks.
    pub fn claim(&self, intent: Intent, is_wanted: impl FnOnce(&FeedRecord) -> bool + Send + 'static) -> Answer<Claim> {
        let claimer = self.claimer;
        self.queue.write_small(move |connection| claim::claim(connection, claimer, &intent, is_wanted))
    }

    /// Gives a claim back that came to nothing. One that somebody else has taken over stays.
    pub fn release(&self, url: String, until: Timestamp) -> Answer<()> {
        self.queue.write_small(move |connection| claim::release(connection, &url, until))
    }

    /// A whole article, or none when it is not stored.
    pub fn article(&self, id: ArticleId) -> Answer<Option<Article>> {
        self.queue.ask(move |desk| desk.read(|connection| rows::article(connection, id)))
    }

    /// Unread articles of these feeds that came since then and whose page was never fetched, newest first.
    pub fn pages_wanted(&self, urls: Vec<String>, since: Timestamp, most: usize) -> Answer<Vec<ArticleId>> {
        self.queue.ask(move |desk| desk.read(|connection| pages::wanted(connection, &urls, since, most)))
    }

    /// Takes the page of an article in hand until then, unless somebody has it, or it was fetched, or other instances leave no
    /// room at its host.
    pub fn claim_page(&self, intent: PageIntent) -> Answer<bool> {
        let claimer = self.claimer;
        self.queue.write_small(move |connection| claim::claim_page(connection, claimer, &intent))
    }

    /// Gives the claim on a page back.
    pub fn release_page(&self, id: ArticleId) -> Answer<()> {
        let claimer = self.claimer;
        self.queue.write_small(move |connection| claim::release_page(connection, claimer, id))
    }

    /// Keeps what an article's page gave, beside the feed's text.
    pub fn keep_page(&self, id: ArticleId, page: PageText, at: Timestamp) -> Answer<()> {
        self.queue.ask(move |desk| desk.write(|connection| pages::keep(connection, id, &page, at)))
    }

    /// What an edition is made from: the articles that each query finds, with their texts, and what was told of them and since
    /// then. Here, as a person's keys must not wait for it.
    pub fn material(&self, queries: Vec<ListQuery>, told_since: Timestamp) -> Answer<Material> {
        self.queue.ask(move |desk| desk.read(|connection| editions::material(connection, &queries, told_since)))
    }

    /// What [`super::FrontDesk::feeds`] gives, after whatever this desk was asked to save.
    pub fn feeds(&self, urls: Vec<String>) -> Answer<Vec<FeedHealth>> {
        self.queue.ask(move |desk| desk.read(|connection| health::feeds(connection, Some(&urls))))
    }

    /// Keeps an edition for ever; where its day has one already, that one stays. Gives the one that is kept.
    pub fn keep_edition(&self, edition: Edition) -> Answer<Edition> {
        self.queue.ask(move |desk| desk.write(|connection| editions::keep(connection, edition)))
    }

    /// Until when a host wants to be left alone, if it said so.
    pub fn quiet_until(&self, host: String) -> Answer<Option<Timestamp>> {
        self.queue.ask(move |desk| desk.read(|connection| claim::host_quiet_until(connection, Some(&host))))
    }

    /// Keeps that a host said "too many requests".
    pub fn refused(&self, host: String, retry_after: Option<SignedDuration>, at: Timestamp) -> Answer<()> {
        self.queue.ask(move |desk| desk.write(|connection| visit::keep_refusal(connection, &host, at, retry_after).map(drop)))
    }

    /// Keeps a good answer: its articles and its validators together, or nothing of it.
    pub fn save(&self, fetched: FetchedFeed, visit: Visit) -> Answer<Saved> {
        let claimer = self.claimer;
        self.queue.ask(move |desk| {
            let prepared = desk.read(|connection| save::prepare(connection, fetched))?;
            desk.write(|connection| {
                let saved = save::save(connection, &prepared)?;
                visit::keep_success(connection, claimer, prepared.url(), prepared.at(), &visit)?;
                Ok(saved)
            })
        })
    }

    /// Keeps that the feed answered that nothing has changed. Validators that the answer left out stay as they were
    /// (RFC 9111, section 4.3.4).
    pub fn unchanged(
        &self,
        url: String,
        validators: Validators,
        http_status: Option<u16>,
        at: Timestamp,
        next_try: Timestamp,
        visit: Visit,
    ) -> Answer<()> {
        let claimer = self.claimer;
        self.queue.write_small(move |connection| {
            health::unchanged(connection, &url, &validators, http_status, at, next_try)?;
            visit::keep_success(connection, claimer, &url, at, &visit)
        })
    }

    /// Keeps that the feed failed, with the reason in words. Its articles and validators stay. Gives when it is asked again: later
    /// than `next_try` when its host refuses everybody, and `None` when it is gone for good.
    pub fn failed(
        &self,
        url: String,
        http_status: Option<u16>,
        error: String,
        at: Timestamp,
        next_try: Timestamp,
        visit: Visit,
    ) -> Answer<Option<Timestamp>> {
        let claimer = self.claimer;
        self.queue.write_small(move |connection| {
            health::failed(connection, &url, http_status, &error, at, next_try)?;
            visit::keep_failure(connection, claimer, &url, at, next_try, &visit)
        })
    }
}

/// A step of the index, for a desk with nothing else to do. What cannot be done now is tried again after the next request.
pub(super) fn index_next(desk: &Desk) -> bool {
    index_words(desk).unwrap_or(false)
}

fn index_words(desk: &Desk) -> Result<bool, StoreError> {
    let is_whole = desk.read(search::is_whole)?;
    Ok(!is_whole && desk.write(|connection| search::index_next(connection, TEXT_TOGETHER))?)
}
