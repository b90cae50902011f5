//! The one pipeline of the screen and the command line: which feeds are due, fetch, read, clean, save, report. It decides
//! nothing about what is shown and prints nothing.

mod article;
mod ask;
mod budget;
mod course;
mod cure;
mod hushed;
mod in_hand;
mod keyring;
mod pages;
mod reading;
mod refused;
mod run;
mod unread;
mod way;
mod workshop;

use jiff::Timestamp;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedSender;

use crate::domain::{clock::Clock, section::Section, settings::FetchSettings};
use crate::fetch::Fetcher;
use crate::store::BackDesk;
pub use ask::is_challenge;
use keyring::Keyring;
pub use keyring::Reveal;
use unread::Unread;
use workshop::Workshop;

/// Refreshes feeds. Cheap to clone; clones share limits, so that two refreshes at once are no ruder than one.
#[derive(Clone)]
pub struct Refresher {
    parts: Arc<Parts>,
}

/// What every request of a refresh needs.
struct Parts {
    fetcher: Fetcher,
    back: BackDesk,
    settings: FetchSettings,
    clock: Clock,
    unread: Unread,
    workshop: Workshop,
    keyring: Keyring,
    read: reading::Read,
}

/// What to refresh.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The sections whose feeds are asked. A feed of several sections is asked once.
    pub sections: Vec<Section>,
    /// Only this feed of them, which may be a fallback feed.
    pub only_feed: Option<String>,
    /// Whether feeds that are not due are asked too, because a person wants it. Fallback feeds still wait until they are needed.
    pub is_forced: bool,
    /// Whether feeds are asked even when they answered within five minutes, want to be left alone, or are gone for good.
    pub is_insisting: bool,
}

/// What a refresh tells while it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// These feeds will each be `Finished` once. Comes first, and again when fallback feeds turn out to be needed: it adds.
    Planned {
        urls: Vec<String>,
    },
    /// Its request is on its way.
    Started {
        url: String,
    },
    /// What it answered has come, and is being read and saved.
    Arrived {
        url: String,
    },
    Finished {
        url: String,
        outcome: Outcome,
    },
}

/// How it went with one feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not asked: not before `next_try`, or never by itself when it is gone for good.
    NotDue {
        next_try: Option<Timestamp>,
    },
    /// It was not asked, as its server, or a server of its host, wants to be left alone.
    LeftAlone {
        until: Timestamp,
    },
    /// It was not asked, as it answered within five minutes: what the store has is new. Insisting asks it.
    Fresh {
        answered: Timestamp,
    },
    /// It was not asked, as another instance of matins asks it right now.
    AskedElsewhere,
    Unchanged,
    Saved {
        new: u32,
        changed: u32,
    },
    /// The reason in words, harmless to show.
    Failed {
        error: String,
        /// `None` when it is gone for good.
        next_try: Option<Timestamp>,
    },
    /// The store could not be read or written, which is no failure of the feed.
    NotSaved {
        /// What the store says, with the next step.
        error: String,
        /// What came of asking the feed: that it answered, or why it failed. `None` where it was not asked, for the same reason.
        answer: Option<Result<(), String>>,
    },
}

impl Outcome {
    /// Whether the feed was asked, whatever came of it.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        matches!(self, Outcome::Unchanged | Outcome::Saved { .. } | Outcome::Failed { .. } | Outcome::NotSaved { answer: Some(_), .. })
    }
}

/// A refresh in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub asked: usize,
    pub ok: usize,
    pub new: u32,
    /// Those that were not asked because they had answered within five minutes.
    pub fresh: usize,
    /// Those that would have been asked, had their servers not asked to be left alone, and until when.
    pub left_alone: Vec<(String, Timestamp)>,
    /// Those that another process has in hand.
    pub elsewhere: usize,
    /// Why what came could not be saved, the first time it could not, in the words of the store.
    pub not_saved: Option<String>,
    /// Those that failed without being asked, for want of the proxy that is named.
    pub held_back: usize,
    /// Address and reason, in the order in which they failed.
    pub failed: Vec<(String, String)>,
}

impl Refresher {
    /// The threads that read documents are started with the first of them, and end with the last clone. Each of them, and the one
    /// that saves, calls `step_back` once, to let the one that answers keys go before it.
    pub fn new(fetcher: Fetcher, back: BackDesk, settings: FetchSettings, clock: Clock, reveal: Reveal, step_back: fn()) -> Refresher {
        back.call(step_back);
        let (unread, workshop, keyring) = (Unread::default(), Workshop::new(step_back), Keyring::new(reveal));
        Refresher { parts: Arc::new(Parts { fetcher, back, settings, clock, unread, workshop, keyring, read: reading::read }) }
    }

    /// Refreshes and tells how it goes: at most three messages a feed, besides `Planned`. Nobody need listen. Dropping the
    /// future stops all requests; what is in the store then is whole.
    pub async fn refresh(&self, plan: Plan, report: UnboundedSender<Progress>) -> Summary {
        self.parts.keyring.forget_failures();
        run::Run::new(self.parts.clone(), report, plan.urgency()).go(course::Course::new(plan)).await
    }
}

#[cfg(test)]
mod tests;
