//! Facts, in the past tense: the only things that change the model.

use jiff::Timestamp;
use std::sync::Arc;

use super::key::Key;
use super::model::place::Place;
use crate::domain::article::{Article, ArticleId, Row};
use crate::domain::cure::Found;
use crate::domain::feed::FeedHealth;
use crate::domain::full_text::{PageText, Version};
use crate::domain::list::{Counts, Snapshot};
use crate::domain::setting::Setting;
use crate::domain::status::Mark;
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
    ListFailed {
        generation: u64,
        error: String,
    },
    RowsLoaded {
        rows: Vec<Row>,
        marks: u64,
    },
    CountsLoaded {
        counts: Vec<Counts>,
        marks: u64,
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
        version: Version,
        setting: Arc<Setting>,
    },
    /// The article could not be had or could not be set.
    ArticleFailed {
        id: ArticleId,
        error: String,
    },
    /// A person asked for an article's page: what it gave is kept, or why it could not be had.
    PageFetched {
        id: ArticleId,
        result: Result<PageText, String>,
    },
    /// The text of an article's page was fetched ahead.
    PageKept {
        id: ArticleId,
    },
    /// A change of status is on disk; `ids` are those that it changed, `told` says what it was if it was asked for a whole list.
    Marked {
        ids: Vec<ArticleId>,
        mark: Mark,
        told: Option<String>,
    },
    /// Nothing was changed on disk.
    MarkFailed {
        error: String,
    },
    Undone {
        label: Option<String>,
        ids: Vec<ArticleId>,
        is_redo: bool,
    },
    /// Keys have been waiting for the store so long that a person should know; or no longer.
    Waiting(bool),
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
    /// What a feed answered has come, and is being read and saved.
    FeedArrived {
        url: String,
    },
    FeedAnswered {
        url: String,
        outcome: FeedOutcome,
    },
    RefreshEnded,
    /// A cure was tried: what was found, or why it does not work.
    CureTried {
        generation: u64,
        result: Result<Found, String>,
    },
    /// What a person accepted for a feed, or took back, is on disk.
    CureKept {
        feed: String,
        is_accepted: bool,
    },
    /// A program was started that shows an address.
    AddressOpened {
        url: String,
        program: String,
    },
    /// An address could not be shown, and why.
    AddressNotOpened {
        url: String,
        reason: String,
    },
    /// A text is on the clipboard, or was sent to the terminal to be put there.
    Copied {
        what: String,
        is_sent: bool,
    },
    NotCopied {
        reason: String,
    },
    /// A refresh cannot be, and why.
    RefreshRefused {
        error: String,
    },
    /// A refresh ended by a mistake in matins itself.
    RefreshBroke,
}

/// What came of asking one feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedOutcome {
    NotDue,
    /// It was not asked, as its server wants to be left alone.
    LeftAlone {
        until: Timestamp,
    },
    /// It answered a few minutes ago and was not asked again.
    Fresh,
    /// Another process is asking it.
    Elsewhere,
    Unchanged,
    Saved {
        new: u32,
    },
    Failed {
        error: String,
    },
    /// The store could not be read or written: what it says, and what came of asking the feed, if it was asked.
    NotSaved {
        error: String,
        answer: Option<Result<(), String>>,
    },
}

impl FeedOutcome {
    /// Whether the feed was asked, whatever came of it.
    pub fn is_asked(&self) -> bool {
        matches!(self, FeedOutcome::Unchanged | FeedOutcome::Saved { .. } | FeedOutcome::Failed { .. })
            || matches!(self, FeedOutcome::NotSaved { answer: Some(_), .. })
    }
}
