//! Facts, in the past tense: the only things that change the model.

use std::sync::Arc;

use super::key::Key;
use super::model::place::Place;
use crate::domain::article::{Article, ArticleId, Row};
use crate::domain::feed::FeedHealth;
use crate::domain::list::{Counts, Snapshot};
use crate::domain::setting::Setting;
use crate::domain::theme::Theme;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    Started,
    KeyPressed(Key),
    Resized {
        width: u16,
        height: u16,
    },
    /// The program came back from the background.
    Resumed,
    /// It is time for the refresh that the model asked to be woken for.
    Woken,
    PlaceRecalled(Option<Place>),
    ThemeLoaded(Box<Theme>),
    ListLoaded {
        generation: u64,
        snapshot: Snapshot,
    },
    RowsLoaded {
        rows: Vec<Row>,
    },
    CountsLoaded {
        counts: Vec<Counts>,
    },
    HealthLoaded {
        feeds: Vec<FeedHealth>,
    },
    /// The list as it would be if it were loaded now.
    ArrivedListed {
        generation: u64,
        ids: Vec<ArticleId>,
    },
    UnreadFound {
        generation: u64,
        ids: Vec<ArticleId>,
    },
    ArticleLoaded {
        article: Box<Article>,
        setting: Arc<Setting>,
    },
    ArticleMissing {
        id: ArticleId,
    },
    /// A change of status is on disk.
    Marked {
        ids: Vec<ArticleId>,
        said: String,
    },
    /// Nothing was changed on disk; `ids` are as they were.
    MarkFailed {
        ids: Vec<ArticleId>,
        error: String,
    },
    Undone {
        label: Option<String>,
        ids: Vec<ArticleId>,
        is_redo: bool,
    },
    /// Somebody committed something: this program's refresh or another process.
    StoreChanged,
    StoreFailed {
        error: String,
    },
    RefreshPlanned {
        urls: Vec<String>,
    },
    FeedStarted {
        url: String,
    },
    FeedAnswered {
        url: String,
        outcome: FeedOutcome,
    },
    RefreshEnded,
    RefreshRefused {
        error: String,
    },
}

/// What came of asking one feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedOutcome {
    NotDue,
    Unchanged,
    Saved { new: u32 },
    Failed { error: String },
}
