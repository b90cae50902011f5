//! Moments as the store keeps them: microseconds since 1970 in UTC, which hold every moment that `jiff` knows.

use jiff::Timestamp;

pub(super) fn micros(moment: Timestamp) -> i64 {
    moment.as_microsecond()
}

/// A number that is no moment (a damaged file) becomes the nearest one.
pub(super) fn timestamp(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { Timestamp::MAX })
}
