//! How rare a word is among the tellings of the last days. A young store knows little: what is known of all news stands in for it.

use super::word::Word;

/// Tellings that the general knowledge counts for.
const GENERAL: f32 = 3_000.0;
/// Of these, how many have a word that is not known to be common.
const OTHER: f32 = 1.0;
/// Of these, how many have a common word.
const COMMON: f32 = 70.0;

/// From 0, a word that every telling has, to 1, one that no other has; `having` of `all` tellings have it.
pub(super) fn rarity(word: Word, having: usize, all: usize) -> f32 {
    let expected = if word.is(Word::COMMON) { COMMON } else { OTHER };
    let all = all as f32 + GENERAL;
    ((all / (having as f32 + expected)).ln() / (all / OTHER).ln()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_weigh_by_how_few_have_them() {
        let (plain, common) = (Word::new("goma", 0), Word::new("minister", Word::COMMON));
        assert!(rarity(plain, 1, 5_000) > rarity(plain, 50, 5_000));
        assert!(rarity(plain, 1, 10) > rarity(common, 1, 10), "also in a young store");
        assert!(rarity(plain, 100_000, 100_000) < 0.01);
    }
}
