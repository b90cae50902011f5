//! Chance that is the same everywhere, for the examples that damage documents.

/// SplitMix64: enough for choosing.
pub struct Dice(pub u64);

impl Dice {
    /// The dice of one document of a run.
    pub fn of(seed: u64, number: usize) -> Dice {
        Dice(seed.wrapping_mul(1 << 40).wrapping_add(number as u64))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    pub fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    /// A stretch of something that long, mostly a short one.
    pub fn stretch(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let longest = if self.below(4) == 0 { 2000 } else { 40 };
        start..(start + self.below(longest)).min(length)
    }

    pub fn word(&mut self, words: &[&'static str]) -> &'static [u8] {
        words[self.below(words.len())].as_bytes()
    }
}
