//! When a feed is asked next: at its interval while it answers, backing off to a day while it does not.

use jiff::{SignedDuration, Timestamp};

/// The first wait after a failure; each further failure doubles it.
const FIRST_BACK_OFF: SignedDuration = SignedDuration::from_mins(15);
/// The longest wait after failures, and the longest that a server may ask for.
const LONGEST_BACK_OFF: SignedDuration = SignedDuration::from_hours(24);

/// When to ask again after a good answer.
pub fn after_success(now: Timestamp, interval: SignedDuration) -> Timestamp {
    add(now, interval)
}

/// When to ask again after the `failures`-th failure in a row (from 1). `retry_after` is the server's own wish;
/// `url` spreads feeds that failed together by up to a tenth, so that they do not come back together.
pub fn after_failure(now: Timestamp, failures: u32, retry_after: Option<SignedDuration>, url: &str) -> Timestamp {
    let doubled = FIRST_BACK_OFF.saturating_mul(1 << failures.saturating_sub(1).min(10));
    let wait = retry_after.unwrap_or(doubled).clamp(FIRST_BACK_OFF, LONGEST_BACK_OFF);
    add(now, wait.saturating_add(wait.saturating_mul(spread(url)) / 1000))
}

/// 0 to 99, the same for the same address.
fn spread(url: &str) -> i32 {
    let sum = url.bytes().fold(17u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    (sum % 100).cast_signed()
}

fn add(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_back_off_to_a_day_and_no_further() {
        let wait = |failures| after_failure(Timestamp::UNIX_EPOCH, failures, None, "").as_second() / 60;
        assert_eq!([wait(1), wait(2), wait(3), wait(7), wait(4_000_000_000)].map(|m| m / 15), [1, 2, 4, 65, 97]);
    }

    #[test]
    fn a_server_may_ask_for_more_time_but_not_for_ever() {
        let wait = |seconds| after_failure(Timestamp::UNIX_EPOCH, 1, Some(SignedDuration::from_secs(seconds)), "").as_second();
        assert!(wait(7200) >= 7200 && wait(7200) < 8000);
        assert!(wait(i64::MAX) <= 86_400 * 11 / 10);
        assert!(wait(0) >= 900);
    }
}
