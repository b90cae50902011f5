//! The desk for what a person waits for: lists, articles, marks. Answers in order; a mark that was answered is on the disk.

use jiff::Timestamp;
use jiff::civil::Date;
use tokio::sync::watch;

use super::answer::Answer;
use super::desk::Queue;
use super::marks::{self, Marked, Undone};
use super::{cure, editions, health, list, memory, rows};
use crate::domain::article::{Article, ArticleId, Row};
use crate::domain::edition::Edition;
use crate::domain::feed::{FeedHealth, Way};
use crate::domain::list::{Counts, LIST_LIMIT, ListQuery, Snapshot};
use crate::domain::status::Mark;

/// Rows that come with a list; the others are asked for when they come near.
pub const ROWS_AHEAD: usize = 150;

/// Requests to the front desk. Each is queued before its function returns; cheap to clone.
#[derive(Clone)]
pub struct FrontDesk(Queue);

impl FrontDesk {
    pub(super) fn new(queue: Queue) -> FrontDesk {
        FrontDesk(queue)
    }

    /// The ids of a list, and the rows of the first [`ROWS_AHEAD`].
    pub fn list(&self, query: ListQuery) -> Answer<Snapshot> {
        self.0.ask(move |desk| {
            desk.read(|connection| {
                let ids = list::ids(connection, &query, query.limit.min(LIST_LIMIT))?;
                let rows = rows::rows(connection, &ids[..ids.len().min(ROWS_AHEAD)])?;
                Ok(Snapshot { ids, rows })
            })
        })
    }

    /// The ids of a list without any row.
    pub fn ids(&self, query: ListQuery) -> Answer<Vec<ArticleId>> {
        self.0.ask(move |desk| desk.read(|connection| list::ids(connection, &query, query.limit.min(LIST_LIMIT))))
    }

    /// The rows of these articles in the order asked; those that are not stored are left out.
    pub fn rows(&self, ids: Vec<ArticleId>) -> Answer<Vec<Row>> {
        self.0.ask(move |desk| desk.read(|connection| rows::rows(connection, &ids)))
    }

    /// A whole article, or none when it is not stored.
    pub fn article(&self, id: ArticleId) -> Answer<Option<Article>> {
        self.0.ask(move |desk| desk.read(|connection| rows::article(connection, id)))
    }

    /// The counts of what [`FrontDesk::list`] gives for each query, all of one moment.
    pub fn counts(&self, queries: Vec<ListQuery>) -> Answer<Vec<Counts>> {
        self.0.ask(move |desk| {
            desk.read(|connection| {
                let count = |query: &ListQuery| list::counts(connection, query, query.limit.min(LIST_LIMIT));
                queries.iter().map(count).collect()
            })
        })
    }

    /// Marks these articles as one act that can be undone under its label. The answer means that it is on the disk.
    pub fn mark(&self, ids: Vec<ArticleId>, mark: Mark, label: String, at: Timestamp) -> Answer<Marked> {
        self.0.ask(move |desk| desk.write(|connection| marks::mark(connection, &ids, mark, &label, at)))
    }

    /// Marks what the query finds, like [`FrontDesk::mark`]. A `limit` of [`LIST_LIMIT`] or more means all of it,
    /// as a mark is not bound by what a list can hold.
    pub fn mark_matching(&self, query: ListQuery, mark: Mark, label: String, at: Timestamp) -> Answer<Marked> {
        let limit = if query.limit >= LIST_LIMIT { usize::MAX } else { query.limit };
        self.0.ask(move |desk| desk.write(|connection| marks::mark(connection, &list::ids(connection, &query, limit)?, mark, &label, at)))
    }

    /// Takes back the last act that still stands, whichever process did it; none when there is none.
    pub fn undo(&self, at: Timestamp) -> Answer<Option<Undone>> {
        self.0.ask(move |desk| desk.write(|connection| marks::undo(connection, at)))
    }

    /// Does again what was undone last, as long as no other act came after; none when there is none.
    pub fn redo(&self, at: Timestamp) -> Answer<Option<Undone>> {
        self.0.ask(move |desk| desk.write(|connection| marks::redo(connection, at)))
    }

    /// The health of these feeds in the order asked, or of every feed that was ever stored.
    pub fn feeds(&self, urls: Option<Vec<String>>) -> Answer<Vec<FeedHealth>> {
        self.0.ask(move |desk| desk.read(|connection| health::feeds(connection, urls.as_deref())))
    }

    /// Has a feed asked in a way that was tried, from now on, or as the settings say when there is none. It is due at once.
    pub fn cure(&self, url: String, way: Option<Way>, at: Timestamp) -> Answer<()> {
        self.0.ask(move |desk| desk.write(|connection| cure::keep(connection, &url, way.as_ref(), at)))
    }

    /// The edition of that day, when one was made.
    pub fn edition(&self, date: Date) -> Answer<Option<Edition>> {
        self.0.ask(move |desk| desk.read(|connection| editions::edition(connection, date)))
    }

    /// The days that have an edition, the first first.
    pub fn edition_dates(&self) -> Answer<Vec<Date>> {
        self.0.ask(move |desk| desk.read(editions::dates))
    }

    /// What was last remembered under this name.
    pub fn recall(&self, key: String) -> Answer<Option<String>> {
        self.0.ask(move |desk| desk.read(|connection| memory::recall(connection, &key)))
    }

    /// Keeps a small text under a name, for the state of the screen.
    pub fn remember(&self, key: String, value: String) -> Answer<()> {
        self.0.ask(move |desk| desk.write(|connection| memory::remember(connection, &key, &value)))
    }

    /// Counts up after the back desk or another process has committed something, at the latest a second later.
    /// What this desk did is known from its answers and not counted.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes()
    }
}
