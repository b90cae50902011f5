//! Which story a telling joins: that of an exact copy, else the one whose tellings it is most like, if it is like enough.
//! A story is judged by several of its tellings, so that a chain of neighbours does not glue two events.

use jiff::SignedDuration;

use super::likeness::weight;
use super::print::Print;
use super::shelf::{Hashed, Kept, Shelf, WINDOW};
use super::sureness::{Pair, Sureness};
use super::word::Word;
use crate::domain::article::ArticleId;

/// Tellings of one feed farther apart are no copies, even with the same words: a warning that is repeated.
const COPY_WINDOW: SignedDuration = SignedDuration::from_hours(12);
/// Words that are not common which a title and lead need to be known again: "Weeknotes" is everybody's.
const TELLING_WORDS: usize = 3;
/// The weightiest words of a telling by which others are looked for.
const LOOKED_UP: usize = 16;
/// A word that more tellings have is not looked up.
const MOST_HAVING: usize = 400;
/// Tellings that are compared in full.
const MOST_COMPARED: usize = 24;
/// Weight of looked-up words that a telling must share to be compared.
const WORTH_COMPARING: f32 = 1.5;
/// Tellings of a story that it is judged by.
const MOST_JUDGED: usize = 8;
/// How sure the tellings of a story must be on average.
const SURE_ON_AVERAGE: f32 = 0.6;

/// The new telling.
struct New<'a> {
    shelf: &'a Shelf,
    kept: &'a Kept,
    print: &'a Print,
}

/// The story of a new telling, which may be its own.
pub(super) fn story(shelf: &Shelf, kept: &Kept, print: &Print) -> ArticleId {
    let new = New { shelf, kept, print };
    new.same_page().or_else(|| new.same_text()).or_else(|| new.same_event()).unwrap_or(kept.id)
}

impl New<'_> {
    /// The story of a telling that leads to the same page, unless a feed has several articles there: then the page tells nothing.
    fn same_page(&self) -> Option<ArticleId> {
        let newest = self.shelf.of_page(self.kept.page?).rev().take(MOST_JUDGED);
        let mut others: Vec<(&Kept, &Print)> = newest.filter_map(|place| self.shelf.at(place)).map(|(kept, print)| (kept, print)).collect();
        let story = others.first()?.0.story;
        others.push((self.kept, self.print));
        let is_other = |(one, print): &(&Kept, &Print), (other, its): &(&Kept, &Print)| one.feed == other.feed && print.title != its.title;
        let is_several = others.iter().any(|one| others.iter().any(|other| is_other(one, other)));
        (!is_several).then_some(story)
    }

    fn same_text(&self) -> Option<ArticleId> {
        let same = |(kept, print): &&(Kept, Print)| {
            let is_one_feed = kept.feed == self.kept.feed;
            let most = if is_one_feed { COPY_WINDOW } else { WINDOW };
            print.lead == self.print.lead && self.apart(kept) <= most && (is_one_feed || !print.is_mixed)
        };
        let is_telling = self.print.words.iter().filter(|word| !word.is(Word::COMMON)).count() >= TELLING_WORDS;
        let mut others = self.shelf.of_text(self.print.title).rev().take(MOST_COMPARED).filter_map(|place| self.shelf.at(place));
        others.find(same).filter(|_| is_telling).map(|(kept, _)| kept.story)
    }

    fn apart(&self, kept: &Kept) -> SignedDuration {
        self.kept.time.duration_since(kept.time).abs()
    }

    fn same_event(&self) -> Option<ArticleId> {
        if self.print.is_mixed {
            return None;
        }
        let alike = |place: u32| self.sureness(place).filter(|sure| sure.is_enough()).map(|sure| (sure.sure, place));
        let mut alike: Vec<(f32, u32)> = self.candidates().into_iter().filter_map(alike).collect();
        alike.sort_by(|(one, earlier), (other, later)| other.total_cmp(one).then(earlier.cmp(later)));
        alike.into_iter().find_map(|(_, place)| {
            let (like, _) = self.shelf.at(place)?;
            self.is_like_all(like.story).then_some(like.story)
        })
    }

    /// Whether the new telling is like the story's newest tellings on average, and contrary to none of them.
    fn is_like_all(&self, story: ArticleId) -> bool {
        let newest = self.shelf.of_story(story).rev().take(MOST_JUDGED);
        let judged: Vec<Sureness> = newest.filter_map(|place| self.sureness(place)).collect();
        let count = f32::from(u8::try_from(judged.len()).unwrap_or(u8::MAX));
        let sum: f32 = judged.iter().map(|judged| judged.sure).sum();
        !judged.iter().any(|judged| judged.is_contrary) && sum >= SURE_ON_AVERAGE * count
    }

    /// Tellings that share weighty words with the new one, those that share most of them first.
    fn candidates(&self) -> Vec<u32> {
        let words = self.weighed();
        let mut shares: Hashed<f32> = Hashed::default();
        let looked_up = words.iter().filter(|(_, word)| self.shelf.having(word.key()).len() <= MOST_HAVING).take(LOOKED_UP);
        for (weight, word) in looked_up {
            self.shelf.having(word.key()).for_each(|place| *shares.entry(u64::from(place)).or_default() += weight);
        }
        let mut shares: Vec<(u64, f32)> = shares.into_iter().filter(|(_, share)| *share >= WORTH_COMPARING).collect();
        shares.sort_by(|(earlier, one), (later, other)| other.total_cmp(one).then(later.cmp(earlier)));
        shares.into_iter().take(MOST_COMPARED).filter_map(|(place, _)| u32::try_from(place).ok()).collect()
    }

    /// How sure it is that the telling at that place is of the same event; none where it cannot be compared.
    fn sureness(&self, place: u32) -> Option<Sureness> {
        let (kept, print) = self.shelf.at(place)?;
        let pair = Pair { one: self.print, other: print, is_one_feed: kept.feed == self.kept.feed, apart: self.apart(kept) };
        let is_fit = pair.apart <= WINDOW && !print.is_mixed;
        is_fit.then(|| Sureness::of(&pair, |word| self.shelf.rarity(word)))
    }

    /// The words of the new telling with what each weighs, the weightiest first.
    fn weighed(&self) -> Vec<(f32, Word)> {
        let mut words: Vec<(f32, Word)> = self.print.words.iter().map(|word| (weight(*word, self.shelf.rarity(*word)), *word)).collect();
        words.sort_by(|(one, first), (other, second)| other.total_cmp(one).then(first.cmp(second)));
        words
    }
}
