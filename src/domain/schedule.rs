//! When a feed is asked next: at the longest of what the settings, its server and its document say while it answers,
//! backing off to a day while it does not. Rules only; nothing here knows what time it is.

use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::feed::Hints;

/// The shortest time between two automatic requests of one feed, whatever its server allows.
pub const SHORTEST_INTERVAL: SignedDuration = SignedDuration::from_hours(1);
/// The longest wait that a server or a document may ask for, and the longest after failures.
pub const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24);
/// How long a feed's answer is taken as new when a person asks again without insisting.
pub const FRESH_FOR: SignedDuration = SignedDuration::from_mins(5);

/// The first wait when no server was reached at all; each further failure doubles it.
const FIRST_OFFLINE_WAIT: SignedDuration = SignedDuration::from_mins(15);
/// The longest wait of a back-off before it is spread: a tenth more is a day.
const LONGEST_BACK_OFF: SignedDuration = SignedDuration::from_secs(24 * 3600 * 10 / 11);
/// Hours and days without news move a request on by no more than this many hours: over a long weekend.
const MOST_SKIPPED_HOURS: i64 = 72;

/// A feed that answered.
#[derive(Clone, Copy, Debug)]
pub struct Answered {
    /// The settings' time between two requests.
    pub interval: SignedDuration,
    /// How long the server says that its answer stays new (RFC 9111, section 4.2).
    pub fresh_for: Option<SignedDuration>,
    pub hints: Hints,
    /// Whether the server is this machine, which needs no manners.
    pub is_own: bool,
}

/// A feed that failed.
#[derive(Clone, Copy, Debug)]
pub struct Failed<'a> {
    /// In a row, this one included: from 1. See [`counted`].
    pub failures: u32,
    /// The server's own wish.
    pub retry_after: Option<SignedDuration>,
    /// Whether no server was reached, so that trying again soon is a burden to nobody.
    pub is_offline: bool,
    /// Spreads feeds that failed together by up to a tenth, each time anew, so that they do not come back together.
    pub url: &'a str,
}

/// When to ask again after a good answer.
pub fn after_success(now: Timestamp, answered: &Answered) -> Timestamp {
    let shortest = if answered.is_own { SignedDuration::ZERO } else { SHORTEST_INTERVAL };
    let said = answered.fresh_for.max(answered.hints.every).unwrap_or_default().min(LONGEST_WAIT);
    let next = add(now, answered.interval.max(shortest).max(said));
    past_quiet_hours(next, &answered.hints)
}

/// When to read a file again by itself; whoever refreshes reads it too.
pub fn file(now: Timestamp, interval: SignedDuration) -> Timestamp {
    add(now, interval)
}

/// When to ask again after a failure.
pub fn after_failure(now: Timestamp, failed: &Failed<'_>) -> Timestamp {
    let first = if failed.is_offline { FIRST_OFFLINE_WAIT } else { SHORTEST_INTERVAL };
    let wait = failed.retry_after.unwrap_or_else(|| doubled(first, failed.failures));
    add(now, spread(wait.max(first), failed.url, failed.failures))
}

/// Failures in a row after one more. One ahead of time, because a person tried, is no further step: the server had not been given
/// the time that it may need.
pub fn counted(failures: u32, next_try: Option<Timestamp>, now: Timestamp) -> u32 {
    let is_early = failures > 0 && next_try.is_some_and(|next| next > now);
    failures.saturating_add(u32::from(!is_early))
}

/// Until when a host that said "too many requests" is left alone, after its `refusals`-th time in a row (from 1).
pub fn after_refusal(now: Timestamp, refusals: u32, retry_after: Option<SignedDuration>, host: &str) -> Timestamp {
    let wait = retry_after.unwrap_or_else(|| doubled(SHORTEST_INTERVAL, refusals));
    add(now, spread(clamped(wait), host, refusals))
}

/// Until when a server's own `Retry-After` holds.
pub fn after_wish(now: Timestamp, retry_after: SignedDuration) -> Timestamp {
    add(now, clamped(retry_after))
}

/// Never shorter than a usual interval, so that a server that says 0 gains nothing, and never longer than a day.
fn clamped(wait: SignedDuration) -> SignedDuration {
    wait.clamp(SHORTEST_INTERVAL, LONGEST_WAIT)
}

fn doubled(first: SignedDuration, times: u32) -> SignedDuration {
    first.saturating_mul(1 << times.saturating_sub(1).min(10)).min(LONGEST_BACK_OFF)
}

/// The first moment from `next` on that the document does not rule out.
fn past_quiet_hours(next: Timestamp, hints: &Hints) -> Timestamp {
    let is_quiet = |moment: Timestamp| {
        let moment = moment.to_zoned(TimeZone::UTC);
        hints.skip_hours & (1 << moment.hour()) != 0 || hints.skip_days & day_bit(moment.weekday()) != 0
    };
    if !is_quiet(next) {
        return next;
    }
    let on_the_hour = next.as_second() - next.as_second().rem_euclid(3600);
    let mut hours = (1..=MOST_SKIPPED_HOURS).filter_map(|hours| Timestamp::from_second(on_the_hour + hours * 3600).ok());
    // A document that rules out everything rules out nothing.
    hours.find(|moment| !is_quiet(*moment)).unwrap_or(next)
}

/// Up to a tenth longer, but a day at most: another part of it for each name and each time, the same for both (FNV-1a).
fn spread(wait: SignedDuration, name: &str, times: u32) -> SignedDuration {
    let bytes = name.bytes().chain(times.to_le_bytes());
    let sum = bytes.fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let thousandths = ((sum ^ (sum >> 15)) % 101).cast_signed();
    wait.saturating_add(wait.min(LONGEST_WAIT).saturating_mul(thousandths) / 1000).min(LONGEST_WAIT)
}

fn add(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// A day as a bit of [`Hints::skip_days`].
fn day_bit(day: Weekday) -> u8 {
    1 << day.to_monday_zero_offset()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1970 began on a Thursday.
    const START: Timestamp = Timestamp::UNIX_EPOCH;

    fn minutes(minutes: i64) -> SignedDuration {
        SignedDuration::from_mins(minutes)
    }

    #[test]
    fn the_longest_of_what_settings_server_and_document_say_counts() {
        let check = |interval: i64, fresh_for: Option<i64>, every: Option<i64>, expected: i64| {
            let hints = Hints { every: every.map(minutes), ..Hints::default() };
            let answered = Answered { interval: minutes(interval), fresh_for: fresh_for.map(minutes), hints, is_own: false };
            assert_eq!(after_success(START, &answered).as_second() / 60, expected, "{interval} {fresh_for:?} {every:?}");
        };
        check(60, None, None, 60);
        check(60, Some(5), Some(15), 60);
        check(60, Some(180), None, 180);
        check(60, None, Some(240), 240);
        check(60, Some(180), Some(240), 240);
        check(300, Some(180), Some(240), 300);
        check(1, None, None, 60);
        check(60, Some(i64::MAX / 60), None, 24 * 60);
        check(60, None, Some(365 * 24 * 60), 24 * 60);
        check(30 * 24 * 60, Some(5), None, 30 * 24 * 60);
    }

    #[test]
    fn this_machine_may_be_asked_as_often_as_the_settings_say() {
        let answered = Answered { interval: minutes(1), fresh_for: None, hints: Hints::default(), is_own: true };
        assert_eq!(after_success(START, &answered).as_second(), 60);
    }

    #[test]
    fn hours_and_days_without_news_are_passed_over() {
        let check = |skip_hours: u32, skip_days: u8, expected: i64, why: &str| {
            let hints = Hints { every: None, skip_hours, skip_days };
            let answered = Answered { interval: minutes(90), fresh_for: None, hints, is_own: false };
            assert_eq!(after_success(START, &answered).as_second() / 60, expected, "{why}");
        };
        check(0, 0, 90, "none");
        check(1 << 0, 0, 90, "midnight is past by then");
        check(1 << 1, 0, 120, "at the next full hour");
        check(0b1111_1110, 0, 8 * 60, "after the night");
        check(0, day_bit(Weekday::Thursday), 24 * 60, "tomorrow");
        check(0, day_bit(Weekday::Thursday) | day_bit(Weekday::Friday), 48 * 60, "the day after");
        check(0x00ff_ffff, 0, 90, "all hours are none");
        check(0, 0b111_1111, 90, "all days are none");
    }

    #[test]
    fn failures_back_off_to_a_day_and_no_further() {
        let check = |is_offline, failures, least: i64| {
            for url in (0..50).map(|number| format!("https://{number}.example/")) {
                let failed = Failed { failures, retry_after: None, is_offline, url: &url };
                let minutes = after_failure(START, &failed).as_second() / 60;
                assert!((least..=(least * 11 / 10).min(24 * 60)).contains(&minutes), "{failures}: {minutes}");
            }
        };
        let longest = 24 * 60 * 10 / 11;
        for (failures, least) in [(1, 60), (2, 120), (3, 240), (5, 960), (6, longest), (4_000_000_000, longest)] {
            check(false, failures, least);
        }
        for (failures, least) in [(1, 15), (2, 30), (3, 60), (7, 960), (8, longest), (4_000_000_000, longest)] {
            check(true, failures, least);
        }
    }

    #[test]
    fn a_failure_ahead_of_time_is_no_further_step() {
        let check = |failures: u32, next_try: Option<i64>, expected: u32, what: &str| {
            let next_try = next_try.map(|minute| START + minutes(minute));
            assert_eq!(counted(failures, next_try, START + minutes(60)), expected, "{what}");
        };
        check(0, None, 1, "the first");
        check(0, Some(90), 1, "the first, of a feed that answered and was not due");
        check(1, Some(60), 2, "when it was due");
        check(1, Some(59), 2, "after it was due");
        check(1, Some(61), 1, "ahead of time");
        check(7, Some(600), 7, "ahead of time, after many");
        check(7, None, 8, "of one that was never to be asked again");
        check(u32::MAX, None, u32::MAX, "as many as there are");
    }

    #[test]
    fn a_server_may_ask_for_more_time_but_not_for_ever() {
        let wait = |seconds| {
            let failed = Failed { failures: 1, retry_after: Some(SignedDuration::from_secs(seconds)), is_offline: false, url: "" };
            after_failure(START, &failed).as_second()
        };
        assert!(wait(7200) >= 7200 && wait(7200) <= 7920);
        assert_eq!((wait(86_400), wait(i64::MAX)), (86_400, 86_400));
        assert!(wait(0) >= 3600);
    }

    #[test]
    fn feeds_that_failed_together_do_not_come_back_together() {
        let wait = |url: &str, failures| after_failure(START, &Failed { failures, retry_after: None, is_offline: false, url }).as_second();
        let different = |mut waits: Vec<i64>| {
            waits.sort_unstable();
            waits.dedup();
            waits.len()
        };
        for failures in [1, 2, 6, 7] {
            let waits: Vec<i64> = (0..50).map(|number| wait(&format!("https://{number}.example/"), failures)).collect();
            assert!(different(waits.clone()) > 20, "{failures}: {waits:?}");
        }
        let of_one: Vec<i64> = (6..26).map(|failures| wait("https://a.example/", failures)).collect();
        assert!(different(of_one.clone()) > 10, "drawn anew each time: {of_one:?}");
    }

    #[test]
    fn a_host_that_refuses_is_left_alone_longer_each_time() {
        let until = |refusals, retry_after: Option<i64>| {
            after_refusal(START, refusals, retry_after.map(SignedDuration::from_secs), "").as_second() / 3600
        };
        assert_eq!([until(1, None), until(2, None), until(3, None)], [1, 2, 4]);
        assert!((21..=24).contains(&until(99, None)));
        assert_eq!([until(1, Some(7200)), until(9, Some(7200)), until(1, Some(i64::MAX))], [2, 2, 24]);
    }
}
