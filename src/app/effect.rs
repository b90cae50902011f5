//! Requests to the outside, complete in themselves. The runtime performs them and answers with events.

use super::model::place::Place;
use crate::domain::article::ArticleId;
use crate::domain::list::ListQuery;
use crate::domain::status::Mark;

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    RecallPlace,
    RememberPlace(Place),
    LoadTheme {
        name: String,
    },
    /// The theme after this one.
    LoadNextTheme {
        after: String,
    },
    LoadList {
        generation: u64,
        query: ListQuery,
    },
    LoadRows {
        ids: Vec<ArticleId>,
    },
    LoadCounts {
        queries: Vec<ListQuery>,
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
    /// Load an article and set its text `width` columns wide.
    LoadArticle {
        id: ArticleId,
        width: usize,
    },
    Mark {
        ids: Vec<ArticleId>,
        mark: Mark,
        label: String,
    },
    Undo,
    Redo,
    Refresh(RefreshPlan),
    WakeAt(jiff::Timestamp),
    OpenSample,
    Redraw,
    Suspend,
    Quit,
}

/// Which feeds to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshPlan {
    /// One section of the paper, by its place; all when `None`.
    pub section: Option<usize>,
    /// Whether feeds are asked that are not due yet.
    pub is_forced: bool,
}

impl Effect {
    /// Whether the next key must wait for the answer, because it may be about what the answer brings.
    pub fn holds_keys(&self) -> bool {
        self.is_durable() || matches!(self, Effect::RecallPlace | Effect::LoadList { .. } | Effect::FindUnread { .. })
    }

    /// Whether no picture may show it before it is on disk.
    pub fn is_durable(&self) -> bool {
        matches!(self, Effect::Mark { .. } | Effect::Undo | Effect::Redo)
    }

    /// Whether its answer comes from the store at once, so that a frame may wait a moment for it.
    pub fn is_quick(&self) -> bool {
        !matches!(
            self,
            Effect::Refresh(_) | Effect::WakeAt(_) | Effect::LoadCounts { .. } | Effect::ListArrived { .. } | Effect::LoadHealth { .. }
        )
    }
}
