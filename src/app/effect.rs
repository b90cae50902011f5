//! Requests to the outside, complete in themselves. The runtime performs them and answers with events.

use super::key::Key;
use super::model::place::Place;
use crate::domain::article::ArticleId;
use crate::domain::cure::Cure;
use crate::domain::feed::Way;
use crate::domain::full_text::Version;
use crate::domain::list::ListQuery;
use crate::domain::setting::Fit;
use crate::domain::status::Mark;

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    RecallPlace,
    RememberPlace(Place),
    /// The theme after this one.
    LoadNextTheme {
        after: String,
    },
    LoadList {
        generation: u64,
        query: ListQuery,
    },
    /// Rows of the list. `marks` tells which changes of status they must include, `is_urgent` whether one of them is
    /// under the cursor.
    LoadRows {
        ids: Vec<ArticleId>,
        marks: u64,
        is_urgent: bool,
    },
    /// The counts of the tabs, with as many changes of status in them.
    LoadCounts {
        queries: Vec<ListQuery>,
        marks: u64,
    },
    LoadHealth {
        urls: Vec<String>,
    },
    ListArrived {
        generation: u64,
        query: ListQuery,
    },
    FindUnread {
        generation: u64,
        query: ListQuery,
    },
    /// Load an article and set its text for these columns, in that version where it is fit to be read.
    LoadArticle {
        id: ArticleId,
        fit: Fit,
        version: Version,
    },
    /// Fetch an article's page, which `feed` names, and keep its text.
    FetchPage {
        id: ArticleId,
        feed: String,
    },
    /// Change statuses; `is_whole_list` says whether it was asked for a list rather than for one article.
    Mark {
        ids: Vec<ArticleId>,
        mark: Mark,
        label: String,
        is_whole_list: bool,
    },
    Undo,
    Redo,
    Refresh(RefreshPlan),
    /// Ask a feed in another way, and tell what comes.
    TryCure {
        generation: u64,
        feed: String,
        cure: Cure,
    },
    /// Have a feed asked in this way from now on; as the settings say when there is none.
    KeepCure {
        feed: String,
        way: Option<Way>,
    },
    /// Show an address in the browser.
    OpenAddress {
        url: String,
    },
    /// Put a text on the clipboard; `what` says in words what it is.
    Copy {
        text: String,
        what: String,
    },
    /// Take this key next, when what the last one asked for has come.
    Press(Key),
    /// Wake the model then, and not at any moment asked for earlier.
    WakeAt(jiff::Timestamp),
    OpenSample,
    Redraw,
    Suspend,
    Quit,
}

/// Which feeds to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RefreshPlan {
    /// One section of the paper, by its place; all when `None`.
    pub section: Option<usize>,
    /// Only this feed, by its address.
    pub feed: Option<String>,
    /// Whether feeds are asked that are not due yet.
    pub is_forced: bool,
    /// Whether feeds are asked that answered a few minutes ago.
    pub is_insisting: bool,
}

impl RefreshPlan {
    /// One that asks whatever a feed answered a moment ago.
    pub fn insisting() -> RefreshPlan {
        RefreshPlan { is_forced: true, is_insisting: true, ..RefreshPlan::default() }
    }
}

impl Effect {
    /// Whether the next key must wait for the answer: because it must be on disk first, or because the key may be about
    /// what the answer brings.
    pub fn holds_keys(&self) -> bool {
        match self {
            Effect::Mark { .. } | Effect::Undo | Effect::Redo | Effect::KeepCure { .. } => true,
            Effect::RecallPlace | Effect::LoadList { .. } | Effect::FindUnread { .. } => true,
            Effect::LoadRows { is_urgent, .. } => *is_urgent,
            _ => false,
        }
    }

    /// Whether its answer comes from the store at once, so that a picture may wait a moment for it.
    pub fn is_quick(&self) -> bool {
        self.holds_keys() || matches!(self, Effect::LoadArticle { .. } | Effect::LoadRows { .. })
    }

    /// Whether it changes what is kept, so that leaving waits for it.
    pub fn is_kept(&self) -> bool {
        matches!(self, Effect::Mark { .. } | Effect::Undo | Effect::Redo | Effect::KeepCure { .. } | Effect::RememberPlace(_))
    }
}
