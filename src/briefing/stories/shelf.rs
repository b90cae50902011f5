//! The tellings of the last days, found by their words, their pages and their texts. Compares nothing.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};

use jiff::{SignedDuration, Timestamp};

use super::print::Print;
use super::word::{Word, hash};
use super::{Telling, link, rarity};
use crate::domain::article::ArticleId;

/// Two tellings farther apart are never of one event.
pub(super) const WINDOW: SignedDuration = SignedDuration::from_hours(72);
/// Tellings that are kept at most; the oldest are let go first.
const MOST: usize = 120_000;

/// A telling on the shelf, beside its print.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    pub id: ArticleId,
    pub story: ArticleId,
    pub feed: u64,
    pub time: Timestamp,
    pub page: Option<u64>,
}

impl Kept {
    pub(super) fn new(telling: &Telling) -> Kept {
        Kept { id: telling.id, story: telling.id, feed: hash(telling.feed), time: telling.arrived, page: telling.url.and_then(link::page) }
    }
}

/// Keys are hashes already.
#[derive(Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, key: u64) {
        let spread = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ (spread >> 32);
    }
}

/// A map from hashes.
pub(super) type Hashed<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;
type Found = Hashed<VecDeque<u32>>;

/// See the file. A place is the number of a telling since the beginning.
#[derive(Default)]
pub(super) struct Shelf {
    tellings: VecDeque<(Kept, Print)>,
    first: u32,
    by_word: Found,
    by_page: Found,
    by_text: Found,
    by_story: HashMap<ArticleId, VecDeque<u32>>,
}

impl Shelf {
    pub(super) fn len(&self) -> usize {
        self.tellings.len()
    }

    pub(super) fn at(&self, place: u32) -> Option<&(Kept, Print)> {
        self.tellings.get(place.checked_sub(self.first)? as usize)
    }

    pub(super) fn having(&self, key: u64) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + '_ {
        places(&self.by_word, key)
    }

    pub(super) fn of_page(&self, page: u64) -> impl DoubleEndedIterator<Item = u32> + '_ {
        places(&self.by_page, page)
    }

    pub(super) fn of_text(&self, title: u64) -> impl DoubleEndedIterator<Item = u32> + '_ {
        places(&self.by_text, title)
    }

    pub(super) fn of_story(&self, story: ArticleId) -> impl DoubleEndedIterator<Item = u32> + '_ {
        self.by_story.get(&story).into_iter().flatten().copied()
    }

    /// See [`rarity::rarity`].
    pub(super) fn rarity(&self, word: Word) -> f32 {
        rarity::rarity(word, self.having(word.key()).len(), self.len())
    }

    pub(super) fn keep(&mut self, kept: Kept, print: Print) {
        let place = self.first.wrapping_add(u32::try_from(self.tellings.len()).unwrap_or_default());
        print.words.iter().for_each(|word| self.by_word.entry(word.key()).or_default().push_back(place));
        self.by_text.entry(print.title).or_default().push_back(place);
        self.by_story.entry(kept.story).or_default().push_back(place);
        if let Some(page) = kept.page {
            self.by_page.entry(page).or_default().push_back(place);
        }
        self.tellings.push_back((kept, print));
    }

    /// Lets go of what is too old to be compared with a telling of that time, and of the oldest when there are too many.
    pub(super) fn let_go(&mut self, now: Timestamp) {
        let is_old = |(kept, _): &(Kept, Print)| now.duration_since(kept.time) > WINDOW;
        while self.tellings.front().is_some_and(is_old) || self.tellings.len() >= MOST {
            let Some((kept, print)) = self.tellings.pop_front() else { return };
            print.words.iter().for_each(|word| forget(&mut self.by_word, word.key()));
            forget(&mut self.by_text, print.title);
            forget(&mut self.by_story, kept.story);
            kept.page.inspect(|page| forget(&mut self.by_page, *page));
            self.first += 1;
        }
    }
}

fn places(found: &Found, key: u64) -> std::iter::Copied<std::collections::vec_deque::Iter<'_, u32>> {
    static NONE: VecDeque<u32> = VecDeque::new();
    found.get(&key).unwrap_or(&NONE).iter().copied()
}

/// Takes the oldest telling out of a list, and the list away once it is empty.
fn forget<K: std::hash::Hash + Eq, S: std::hash::BuildHasher>(found: &mut HashMap<K, VecDeque<u32>, S>, key: K) {
    if let Some(list) = found.get_mut(&key) {
        list.pop_front();
        if list.is_empty() {
            found.remove(&key);
        }
    }
}
