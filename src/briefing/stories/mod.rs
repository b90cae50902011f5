//! Stories: articles of all feeds that report one event. Tellings come one by one; each joins a story or begins one.
//! Two events joined are worse than two copies shown: in doubt a telling begins its own. No clock, no network, no chance.

mod alike_words;
mod common_words;
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
use print::Print;
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
    pub arrived: Timestamp,
}

/// All stories of the last days.
#[derive(Default)]
pub struct Stories {
    shelf: Shelf,
}

impl Stories {
    /// Takes a telling and says which story it is of: the story is named by its first telling. Tellings come in the order of
    /// their arrival.
    pub fn add(&mut self, telling: &Telling) -> ArticleId {
        let (kept, print) = (Kept::new(telling), Print::new(telling));
        self.shelf.let_go(kept.time);
        let story = join::story(&self.shelf, &kept, &print);
        self.shelf.keep(Kept { story, ..kept }, print);
        story
    }
}

#[cfg(test)]
mod tests;
