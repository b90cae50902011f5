//! Stories: articles of all feeds that report one event. Tellings come one by one; each joins a story or begins one.
//! Two events joined are worse than two copies shown: in doubt a telling begins its own. No clock, no network, no chance.

mod alike_words;
mod common_words;
mod form;
mod gather;
mod guards;
mod headline;
mod join;
mod languages;
mod likeness;
mod link;
mod numbers;
mod print;
mod rarity;
mod series;
mod shelf;
mod stem;
mod sureness;
mod tokens;
mod word;

use jiff::Timestamp;

use crate::domain::article::ArticleId;
use print::Printed;
use shelf::{Kept, Shelf};

/// An article as far as its story is concerned.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    pub id: ArticleId,
    /// The address of its feed.
    pub feed: &'a str,
    pub title: &'a str,
    /// How its text begins: a few sentences.
    pub lead: &'a str,
    pub url: Option<&'a str>,
    pub published: Option<Timestamp>,
    pub arrived: Timestamp,
    /// The language that its feed declares, such as `en-CA`.
    pub language: Option<&'a str>,
}

/// The story of a telling, and why it belongs there.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The first telling of the story, which the story is named by.
    pub story: ArticleId,
    /// Absent when the telling begins it.
    pub why: Option<Why>,
    /// What [`Stories::restore`] takes, a few hundred bytes.
    pub form: Vec<u8>,
}

/// Why a telling joined a story.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// Both lead to one page.
    SameLink,
    /// Title and lead are the same.
    SameText,
    /// Both report one event.
    SameEvent {
        /// The telling that it is most like.
        like: ArticleId,
        /// The weightiest words that both have, as this one writes them.
        words: Vec<String>,
        /// From 0 to 1.
        likeness: f32,
    },
}

/// All stories of the last days.
#[derive(Default)]
pub struct Stories {
    shelf: Shelf,
}

impl Stories {
    /// Takes a telling and says which story it is of. Tellings come in the order of their arrival.
    pub fn add(&mut self, telling: &Telling) -> Answer {
        let kept = Kept::new(telling);
        let Printed { print, written } = Printed::new(telling);
        self.shelf.let_go(kept.time);
        let (story, why) = join::answer(&self.shelf, &kept, &print, &written);
        let kept = Kept { story, ..kept };
        let form = form::write(&kept, &print);
        self.shelf.keep(kept, print);
        Answer { story, why, form }
    }

    /// Puts back a telling from the form that [`Answer`] gave, which needs no text; whether the form is of this version and whole.
    /// The order is that of their arrival.
    pub fn restore(&mut self, form: &[u8]) -> bool {
        let Some((kept, print)) = form::read(form) else { return false };
        self.shelf.let_go(kept.time);
        self.shelf.keep(kept, print);
        true
    }

    /// How many tellings are kept to compare new ones with.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shelf.len()
    }

    /// Whether no telling is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests;
