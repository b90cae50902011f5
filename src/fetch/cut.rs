//! A document that broke off: why, and how much of it came. What is whole in it can be read; the rest nobody knows.

use super::error::{FetchError, Size};

/// Why a document is not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What it would be if nothing of use had come.
    pub error: FetchError,
    /// Bytes that came, as they were sent.
    pub came: usize,
}

impl Cut {
    /// What to tell of a document of which a part was read.
    pub fn note(&self) -> String {
        let came = Size(self.came);
        match &self.error {
            FetchError::TooLarge { limit_bytes } => {
                format!("{}: read the first {}; `max_body_mb` in settings.toml allows more", self.error, Size(*limit_bytes))
            }
            FetchError::Unfinished { .. } => format!("{}: read what came, {came}", self.error),
            FetchError::BrokenPacking { coding } => format!("the {coding} packing broke after {came}: read what came"),
            _ => format!("the connection broke after {came}: read what came"),
        }
    }

    /// Whether the same part would come again: the limit is ours.
    pub fn is_ours(&self) -> bool {
        matches!(self.error, FetchError::TooLarge { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_part_is_told_in_words() {
        let check = |error: FetchError, expected: &str| assert_eq!(Cut { error, came: 48_123 }.note(), expected);
        check(FetchError::HungUp { host: "a.example".into() }, "the connection broke after 48 kB: read what came");
        check(FetchError::Unfinished { timeout: Duration::from_secs(20) }, "only part of the answer came in 20 s: read what came, 48 kB");
        check(FetchError::BrokenPacking { coding: "gzip" }, "the gzip packing broke after 48 kB: read what came");
        let large = "more than 64 kB: read the first 64 kB; `max_body_mb` in settings.toml allows more";
        check(FetchError::TooLarge { limit_bytes: 64_000 }, large);
    }
}
