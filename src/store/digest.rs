//! Digests that tell whether a feed says something else than before. They are kept on disk, so the algorithm stays:
//! FNV-1a of 64 bits, as in the draft of the IETF. Not for security.

use std::io;

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// A digest that one writes bytes into.
pub(super) struct Digest(u64);

impl Digest {
    pub(super) fn new() -> Digest {
        Digest(OFFSET)
    }

    /// Of the words of some texts: other white space makes no difference, a word in another text does.
    pub(super) fn of(texts: &[&str]) -> i64 {
        let mut digest = Digest::new();
        for text in texts {
            text.split_whitespace().for_each(|word| {
                digest.add(word.as_bytes());
                digest.add(b" ");
            });
            digest.add(&[0]);
        }
        digest.value()
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(PRIME));
    }

    pub(super) fn value(&self) -> i64 {
        self.0.cast_signed()
    }
}

impl io::Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_that_older_stores_hold() {
        let check = |text: &str, expected: u64| {
            let mut digest = Digest::new();
            digest.add(text.as_bytes());
            assert_eq!(digest.value().cast_unsigned(), expected, "{text:?}");
        };
        check("", 0xcbf2_9ce4_8422_2325);
        check("a", 0xaf63_dc4c_8601_ec8c);
        check("foobar", 0x8594_4171_f739_67e8);
        assert_eq!(Digest::of(&["a b", "c\n"]), Digest::of(&["a\n\n b ", "c"]));
        assert_ne!(Digest::of(&["a b", "c"]), Digest::of(&["a", "b c"]));
        assert_ne!(Digest::of(&["a b"]), Digest::of(&["ab"]));
    }
}
