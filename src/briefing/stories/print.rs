//! What is kept of a telling to compare it with others: hashes of its words, numbers and names, a few hundred bytes.
//! Two tellings are compared by their prints alone.

use super::gather::Gathered;
use super::tokens::{Token, tokens};
use super::word::{Word, hash};
use super::{Telling, guards, headline, languages, series};
use crate::domain::wrap::prefix_of_bytes;

/// Words of a lead that are read.
const LEAD_WORDS: usize = 45;
/// Bytes of a title or lead that are read.
const MOST_BYTES: usize = 1_500;

/// See the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Print {
    /// Each word once, in the order of their keys.
    pub words: Box<[Word]>,
    /// Counted things of the title: the word and its number ("Flight 7").
    pub counted: Box<[(u32, u32)]>,
    pub language: Option<usize>,
    pub title: u64,
    pub lead: u64,
    /// The title without dates and numbers, and its date.
    pub frame: u64,
    pub dates: u64,
    /// Whether it is over a live blog, a digest or the like.
    pub is_mixed: bool,
    /// See [`guards::poles`].
    pub poles: u32,
}

impl Print {
    pub(super) fn new(telling: &Telling) -> Print {
        let bare = headline::bare(prefix_of_bytes(telling.title, MOST_BYTES));
        let (title, mut lead) = (tokens(bare), tokens(prefix_of_bytes(telling.lead, MOST_BYTES)));
        lead.truncate(LEAD_WORDS);
        let language = languages::guess(title.iter().chain(&lead).map(|token| token.folded.as_str()));
        let mut gathered = Gathered::new(&title, &lead, language);
        gathered.take(&title, Word::TITLE);
        gathered.take(&lead, 0);
        let (frame, dates) = series::parted(&title);
        Print {
            words: gathered.words(),
            counted: guards::counted(&title),
            language,
            title: hash(&plain(&title)),
            lead: hash(&plain(&lead)),
            frame: hash(&frame),
            dates: hash(&dates),
            is_mixed: series::is_mixed(bare, &title),
            poles: guards::poles(&title),
        }
    }
}

fn plain(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ")
}
