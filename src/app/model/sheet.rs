//! A sheet of text over the screen, and the cure that is tried on it. It never loses the place beneath.

use crate::domain::cure::{Cure, Found, cures};
use crate::domain::feed::FeedHealth;

/// Which sheet lies on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetKind {
    Help,
    Health,
    /// The links of the article in the reading pane.
    Links,
}

/// A sheet and how far it is scrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub kind: SheetKind,
    pub offset: usize,
    /// The feeds of the health sheet, in the order in which it was opened: no feed moves under the cursor.
    pub feeds: Vec<String>,
    /// The links of the sheet of links.
    pub links: Vec<ArticleLink>,
    /// The feed or the link under the cursor.
    pub cursor: usize,
    /// The number of a link as it is being typed; 0 when it is not.
    pub typed: usize,
    /// The sheet that the help lies on.
    pub beneath: Option<Box<Sheet>>,
}

/// An address of an article, as the sheet of links lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleLink {
    /// `[3]` for the third link of the text, else what it is: `page`, `comments`, `audio`.
    pub mark: String,
    pub text: String,
    pub url: String,
}

impl Sheet {
    pub fn new(kind: SheetKind) -> Sheet {
        Sheet { kind, offset: 0, feeds: Vec::new(), links: Vec::new(), cursor: 0, typed: 0, beneath: None }
    }

    /// The link under the cursor.
    pub fn link(&self) -> Option<&ArticleLink> {
        self.links.get(self.cursor)
    }

    /// The address of the feed under the cursor.
    pub fn feed(&self) -> Option<&String> {
        self.feeds.get(self.cursor)
    }
}

/// A cure that is being tried for one feed, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    pub feed: String,
    pub cure: Cure,
    /// Late answers of an earlier trial carry an older number and are dropped.
    pub generation: u64,
    /// Nothing while it is under way; then what was found, or why it does not work.
    pub result: Option<Result<Found, String>>,
}

/// The cure that a person can try next for a feed: the one after what was tried last, then the first again.
pub fn next_cure(trial: Option<&Trial>, feed: &FeedHealth) -> Option<Cure> {
    let cures = cures(feed);
    let tried = trial.filter(|trial| trial.feed == feed.url);
    let after = tried.and_then(|trial| cures.iter().position(|cure| *cure == trial.cure)).map_or(0, |at| at + 1);
    cures.get(after).or(cures.first()).cloned()
}
