//! A word of a telling as it is kept: the hash of its stem, and beside it what is known of it.

/// See the file; the marks are the lowest bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word(u64);

impl Word {
    pub(super) const TITLE: u64 = 1;
    pub(super) const NAME: u64 = 2;
    pub(super) const NUMBER: u64 = 4;
    /// Stands in much of the news.
    pub(super) const COMMON: u64 = 8;
    /// The number of a security hole.
    pub(super) const CODE: u64 = 16;
    /// A capital that may be only that of the headline's beginning.
    pub(super) const PERHAPS_NAME: u64 = 32;
    /// A number that many articles have by chance.
    pub(super) const PLAIN_NUMBER: u64 = 64;
    const BITS: u32 = 8;

    pub(super) fn new(text: &str, flags: u64) -> Word {
        Word(hash(text) << Word::BITS | flags)
    }

    /// The word without its marks: equal for equal stems.
    pub(super) fn key(self) -> u64 {
        self.0 >> Word::BITS
    }

    pub(super) fn is(self, flags: u64) -> bool {
        self.0 & flags != 0
    }

    /// The word with the marks of another of its key too.
    pub(super) fn with(self, other: Word) -> Word {
        Word(self.0 | other.0)
    }
}

/// FNV-1a: the same on every machine and in every version.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
