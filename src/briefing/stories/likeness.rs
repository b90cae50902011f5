//! How much two tellings are about the same: shared words, rare ones more than common ones, names and large numbers most.
//! Says nothing about what follows from it.

use super::print::Print;
use super::word::Word;

/// What a word of the lead counts against one of the title.
const LEAD: f32 = 0.6;
const NAME: f32 = 1.3;
const NUMBER: f32 = 0.9;
const PLAIN_NUMBER: f32 = 0.3;

/// Likeness of two tellings in its parts; each but the weights from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Likeness {
    /// The cosine of both, titles and leads.
    pub cosine: f32,
    /// How much of each title the other tells, on average.
    pub cover: f32,
    /// Weight of the shared words that are in a title.
    pub evidence: f32,
    /// How many weighty words are shared.
    pub shared: f32,
    /// Weight of shared names.
    pub names: f32,
    /// Weight of names in each title that the other does not have: the smaller of the two.
    pub strange: f32,
}

/// The weight of a word by its rarity, from 0 to 1, times that of its kind.
pub(super) fn weight(word: Word, rarity: f32) -> f32 {
    let kind = match () {
        () if word.is(Word::CODE) => 2.0,
        () if word.is(Word::PLAIN_NUMBER) => PLAIN_NUMBER,
        () if word.is(Word::NUMBER) => NUMBER,
        () if word.is(Word::NAME) => NAME,
        () => 1.0,
    };
    rarity * kind
}

fn place(word: Word) -> f32 {
    if word.is(Word::TITLE) { 1.0 } else { LEAD }
}

/// One side of a comparison as it is summed up.
#[derive(Default)]
struct Side {
    square: f32,
    title: f32,
    told: f32,
    strange: f32,
}

impl Side {
    fn add(&mut self, word: Word, weight: f32, is_shared: bool) {
        self.square += (weight * place(word)).powi(2);
        if word.is(Word::TITLE) {
            self.title += weight;
            self.told += if is_shared { weight } else { 0.0 };
            let is_name = word.is(Word::NAME) || word.is(Word::PERHAPS_NAME);
            self.strange += if is_name && !is_shared { weight } else { 0.0 };
        }
    }

    fn cover(&self) -> f32 {
        if self.title > 0.0 { self.told / self.title } else { 0.0 }
    }
}

/// Compares two tellings; `rarity` says how rare a word is.
pub(super) fn likeness(ours: &Print, theirs: &Print, rarity: impl Fn(Word) -> f32) -> Likeness {
    let (mut one, mut other, mut likeness, mut dot) = (Side::default(), Side::default(), Likeness::default(), 0.0);
    for (ours, theirs) in merged(&ours.words, &theirs.words) {
        let Some(any) = ours.or(theirs) else { continue };
        let rarity = rarity(any);
        let is_shared = ours.is_some() && theirs.is_some();
        ours.inspect(|word| one.add(*word, weight(*word, rarity), is_shared));
        theirs.inspect(|word| other.add(*word, weight(*word, rarity), is_shared));
        if let (Some(ours), Some(theirs)) = (ours, theirs) {
            let both = weight(ours, rarity).min(weight(theirs, rarity));
            dot += weight(ours, rarity) * place(ours) * weight(theirs, rarity) * place(theirs);
            likeness.shared += both;
            likeness.evidence += if ours.is(Word::TITLE) || theirs.is(Word::TITLE) { both } else { 0.0 };
            let is_name = [ours, theirs].iter().all(|word| word.is(Word::NAME) || word.is(Word::PERHAPS_NAME));
            likeness.names += if is_name { both } else { 0.0 };
        }
    }
    likeness.cosine = dot / (one.square * other.square).sqrt().max(f32::MIN_POSITIVE);
    likeness.cover = f32::midpoint(one.cover(), other.cover());
    likeness.strange = one.strange.min(other.strange);
    likeness
}

/// Both lists side by side, by their keys.
fn merged<'a>(ours: &'a [Word], theirs: &'a [Word]) -> impl Iterator<Item = (Option<Word>, Option<Word>)> + 'a {
    let (mut ours, mut theirs) = (ours.iter().copied().peekable(), theirs.iter().copied().peekable());
    std::iter::from_fn(move || match (ours.peek(), theirs.peek()) {
        (None, None) => None,
        (Some(one), Some(other)) if one.key() == other.key() => Some((ours.next(), theirs.next())),
        (Some(one), Some(other)) if one.key() > other.key() => Some((None, theirs.next())),
        (None, Some(_)) => Some((None, theirs.next())),
        _ => Some((ours.next(), None)),
    })
}
