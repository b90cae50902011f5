//! How sure it is that two tellings are of one event: their likeness weighed against the time between them, strange names
//! and what is contrary.

use jiff::SignedDuration;

use super::guards;
use super::likeness::{Likeness, likeness};
use super::print::Print;
use super::word::Word;

/// How sure and how like a telling must be to bring another into its story.
const SURE_ENOUGH: f32 = 0.75;
const LIKE_ENOUGH: f32 = 0.47;
/// How like, if one feed has both: a publisher seldom tells an event twice, and often many in one form.
const LIKE_IN_ONE_FEED: f32 = 0.6;
/// What one feed costs, as the other weights.
const ONE_FEED: f32 = 2.0;

/// Two tellings that are compared.
pub(super) struct Pair<'a> {
    pub one: &'a Print,
    pub other: &'a Print,
    pub is_one_feed: bool,
    pub apart: SignedDuration,
}

/// See the file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sureness {
    /// From 0 to 1.
    pub sure: f32,
    /// Whether they cannot be of one event.
    pub is_contrary: bool,
    is_like: bool,
}

impl Sureness {
    /// Compares two tellings; `rarity` says how rare a word is.
    pub(super) fn of(pair: &Pair, rarity: impl Fn(Word) -> f32) -> Sureness {
        if guards::is_contrary(pair) {
            return Sureness { is_contrary: true, ..Sureness::default() };
        }
        let likeness = likeness(pair.one, pair.other, rarity);
        let needed = if pair.is_one_feed { LIKE_IN_ONE_FEED } else { LIKE_ENOUGH };
        let is_like = f32::midpoint(likeness.cosine, likeness.cover) >= needed;
        Sureness { sure: sure(&likeness, pair), is_contrary: false, is_like }
    }

    pub(super) fn is_enough(&self) -> bool {
        self.is_like && self.sure >= SURE_ENOUGH
    }
}

/// The logistic function of a weighted sum; the weights are fitted to the first half of the labelled pairs, and rounded.
fn sure(likeness: &Likeness, pair: &Pair) -> f32 {
    let days = pair.apart.as_secs_f32() / SignedDuration::from_hours(24).as_secs_f32();
    let is_strange = likeness.strange / (likeness.strange + likeness.names + 0.5);
    let weights = 1.05 * likeness.evidence.min(5.0) + 0.48 * likeness.shared.min(8.0) + 0.75 * likeness.names.min(4.0);
    let against = 0.6 * likeness.strange.min(3.0) + 4.2 * is_strange + 1.5 * days + if pair.is_one_feed { ONE_FEED } else { 0.0 };
    1.0 / (1.0 + (6.2 + against - 3.5 * likeness.cosine - weights).exp())
}
