//! What a list asks of the store, and what it gets: a bounded snapshot of ids and the first rows.

use jiff::Timestamp;

use super::article::{ArticleId, Row};

/// The most articles that one list holds.
pub const LIST_LIMIT: usize = 10_000;

/// Which articles a list holds, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Addresses of the feeds; `None` is every feed that was ever stored.
    pub feeds: Option<Vec<String>>,
    /// Only what is sorted at this moment or later; starred articles stay in unless `filter` says otherwise.
    pub since: Option<Timestamp>,
    /// Only what is sorted before this moment.
    pub before: Option<Timestamp>,
    /// The most articles of one feed, not counting starred ones.
    pub per_feed: Option<usize>,
    pub filter: Filter,
    /// Words that title or text must have, in any order; empty asks for nothing.
    pub search: String,
    /// At most this many, and never more than [`LIST_LIMIT`].
    pub limit: usize,
}

/// Which statuses a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    All,
    Unread,
    Starred,
}

impl Default for ListQuery {
    fn default() -> ListQuery {
        ListQuery { feeds: None, since: None, before: None, per_feed: None, filter: Filter::All, search: String::new(), limit: LIST_LIMIT }
    }
}

/// A list at one moment: every id in order, and the rows of the first ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    pub ids: Vec<ArticleId>,
    pub rows: Vec<Row>,
}

/// How many articles of a section's list there are and how many of them are unread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub total: u32,
    pub unread: u32,
    /// Whether a feed has as many of them as one feed may, and so perhaps more in the store.
    pub is_capped: bool,
}
