//! How a feed is doing, in words that the sheet of feed health and `matins feeds` share. Says what is known, tries nothing.

use jiff::{Timestamp, tz::TimeZone};

use super::count_of;
use crate::domain::cure::Found;
use crate::domain::feed::{FeedHealth, FeedState, is_file};
use crate::domain::habit::days_between;
pub use crate::domain::time_words::due;
use crate::domain::time_words::{ago, clock_time, moment};

/// Repairs of one document that are listed.
const MOST_REPAIRS: usize = 40;
/// The status of an answer that brings a document.
const OK: u16 = 200;

/// In one line: `503 Service Unavailable, 3 times in a row`, `silent for 9 days, usually 4 a day`, `ok, 6 repairs`.
pub fn health_state(feed: &FeedHealth, now: Timestamp) -> String {
    match feed.state {
        FeedState::Never => "never asked".into(),
        FeedState::Ok => {
            let accepted = feed.way.accepted_at.map_or("", |_| ", as you had it asked");
            let repairs = if feed.notes.is_empty() { String::new() } else { format!(", {}", count_of(feed.notes.len(), "repair")) };
            format!("ok{accepted}{repairs}")
        }
        FeedState::Silent => {
            let silent = feed.newest.map_or_else(String::new, |newest| format!(" for {} days", days_between(newest, now)));
            let usual = feed.habit.map_or_else(String::new, |habit| format!(", usually {}", habit.words()));
            format!("silent{silent}{usual}")
        }
        FeedState::Failing => {
            let again = if feed.failures_in_a_row > 1 { format!(", {} times in a row", feed.failures_in_a_row) } else { String::new() };
            format!("{}{again}", feed.why())
        }
    }
}

/// What else is known of it, a sentence each, what matters most first.
pub fn health_facts(feed: &FeedHealth, now: Timestamp, zone: &TimeZone) -> Vec<String> {
    let mut facts: Vec<String> = asked(feed, now, zone).into_iter().collect();
    facts.extend(host_quiet(feed, now, zone));
    facts.extend(feed.remarks());
    facts.extend(moved(feed, now, zone));
    facts.extend(size(feed));
    facts.extend(repairs(feed));
    facts
}

/// `last success yesterday 18:20, last answer today 08:00: 503, next try at 09:01`
fn asked(feed: &FeedHealth, now: Timestamp, zone: &TimeZone) -> Option<String> {
    let when = |then: Timestamp| moment(now, then, zone);
    let contact = feed.last_answer.max(feed.last_error).max(feed.last_success);
    let is_told = feed.http_status.is_some() && contact == feed.last_success;
    let success = match feed.last_success {
        Some(_) if is_told => None,
        Some(then) => Some(format!("last success {}", when(then))),
        None if feed.state == FeedState::Never => return None,
        None if feed.http_status.is_some() || feed.last_answer.is_some() => Some("no success yet".into()),
        None => Some("never reached".into()),
    };
    let answer = contact.filter(|then| is_told || Some(*then) != feed.last_success).map(|then| match feed.http_status {
        Some(status) => format!("last answer {}: {status}{}", when(then), came_with(feed)),
        None => format!("last asked {}", when(then)),
    });
    let newest = feed.newest.filter(|_| feed.state == FeedState::Silent).map(|then| format!("newest article {}", when(then)));
    let next = match feed.next_try {
        _ if is_file(&feed.url) => Some("read at every refresh".into()),
        next => next.map(|next| format!("next try {}", due(now, next, zone))),
    };
    Some([newest, success, answer, next].into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// That its host wants to be left alone, while it does.
pub fn host_quiet(feed: &FeedHealth, now: Timestamp, zone: &TimeZone) -> Option<String> {
    let until = feed.host_quiet_until.filter(|until| *until > now)?;
    Some(format!("its host asked to be left alone until {}", clock_time(now, until, zone)))
}

/// `want to be left alone until 08:54`, of feeds that a refresh did not ask for that.
pub fn left_alone(untils: &[Timestamp], now: Timestamp, zone: &TimeZone) -> Option<String> {
    let (first, last) = (untils.iter().min()?, untils.iter().max()?);
    let until = clock_time(now, *first, zone);
    let later = if until == clock_time(now, *last, zone) { "" } else { " or later" };
    Some(format!("{} to be left alone until {until}{later}", if untils.len() == 1 { "wants" } else { "want" }))
}

fn moved(feed: &FeedHealth, now: Timestamp, zone: &TimeZone) -> Option<String> {
    let since = feed.way.accepted_at.or(feed.way.moved_at)?;
    Some(format!("asked so since {}", moment(now, since, zone)))
}

/// What was wrong with the last document, a line each below one that counts them.
fn repairs(feed: &FeedHealth) -> Vec<String> {
    let count = feed.notes.len();
    let title = match count {
        0 => return Vec::new(),
        1 => "one note on the last document:".to_string(),
        _ => format!("{count} notes on the last document:"),
    };
    let more = count.checked_sub(MOST_REPAIRS).filter(|more| *more > 0).map(|more| format!("and {more} more"));
    [title].into_iter().chain(feed.notes.iter().take(MOST_REPAIRS).cloned()).chain(more).collect()
}

/// `, 14 kB`, where the last answer was a document.
fn came_with(feed: &FeedHealth) -> String {
    let bytes = feed.bytes.filter(|_| feed.http_status == Some(OK) && feed.error.is_none());
    bytes.map(|bytes| format!(", {}", bytes_in_words(bytes))).unwrap_or_default()
}

fn size(feed: &FeedHealth) -> Option<String> {
    let bytes = feed.bytes.filter(|_| came_with(feed).is_empty());
    let bytes = bytes.map(|bytes| format!(", the last document {}", bytes_in_words(bytes))).unwrap_or_default();
    let articles = count_of(usize::try_from(feed.articles).unwrap_or(usize::MAX), "article");
    (feed.last_success.is_some()).then(|| format!("{articles} stored, {} unread{bytes}", feed.unread))
}

fn bytes_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// What a cure brought: `200, 24 articles, the newest two hours ago`.
pub fn found_words(found: &Found, now: Timestamp) -> String {
    let status = found.status.map(|status| status.to_string());
    let newest = found.newest.map(|newest| format!("the newest {}", ago(now, newest)));
    [status, Some(count_of(found.articles, "article")), newest].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What needs a look first: failing, then silent, then never asked, then well.
pub fn concern(state: FeedState) -> u8 {
    match state {
        FeedState::Failing => 0,
        FeedState::Silent => 1,
        FeedState::Never => 2,
        FeedState::Ok => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::feed::Way;
    use crate::domain::habit::Habit;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn a_feed_says_how_it_is_doing() {
        let now = at("2026-11-22T08:00:00Z");
        let check = |feed: &FeedHealth, state: &str, facts: &[&str]| {
            assert_eq!(health_state(feed, now), state);
            assert_eq!(health_facts(feed, now, &TimeZone::UTC), facts);
        };
        let never = FeedHealth::never("https://a.example/");
        check(&never, "never asked", &[]);
        let failing = FeedHealth {
            state: FeedState::Failing,
            error: Some("503 Service Unavailable".into()),
            http_status: Some(503),
            failures_in_a_row: 3,
            last_error: Some(at("2026-11-22T07:30:00Z")),
            next_try: Some(at("2026-11-22T09:01:00Z")),
            ..never.clone()
        };
        check(&failing, "503 Service Unavailable, 3 times in a row", &["no success yet, last answer today 07:30: 503, next try at 09:01"]);
        let unreachable =
            FeedHealth { error: Some("no answer in 20 s".into()), http_status: None, failures_in_a_row: 1, ..failing.clone() };
        check(&unreachable, "no answer in 20 s", &["never reached, last asked today 07:30, next try at 09:01"]);
        let silent = FeedHealth {
            state: FeedState::Silent,
            newest: Some(at("2026-11-13T07:00:00Z")),
            last_success: Some(now),
            last_answer: Some(now),
            habit: Some(Habit { articles: 360, days: 90 }),
            articles: 360,
            unread: 12,
            bytes: Some(48_200),
            notes: vec!["repaired: undefined entity &rsquo; at line 14".into(), "repaired: a bare & at line 15".into()],
            ..never.clone()
        };
        check(
            &silent,
            "silent for 9 days, usually 4 a day",
            &[
                "newest article Fri 13 Nov 07:00, last success today 08:00",
                "360 articles stored, 12 unread, the last document 48 kB",
                "2 notes on the last document:",
                "repaired: undefined entity &rsquo; at line 14",
                "repaired: a bare & at line 15",
            ],
        );
        let way = Way { address: Some("https://b.example/".into()), accepted_at: Some(at("2026-11-21T08:00:00Z")), ..Way::default() };
        let cured = FeedHealth { state: FeedState::Ok, last_success: Some(now), articles: 1, way, ..never };
        check(
            &cured,
            "ok, as you had it asked",
            &[
                "last success today 08:00",
                "you had it asked at https://b.example/; feeds.toml still has https://a.example/",
                "asked so since yesterday 08:00",
                "1 article stored, 0 unread",
            ],
        );
    }

    #[test]
    fn a_feed_that_is_well_says_its_last_answer_and_every_repair() {
        let now = at("2026-11-22T08:00:00Z");
        let check = |feed: &FeedHealth, state: &str, facts: &[&str]| {
            assert_eq!(health_state(feed, now), state);
            assert_eq!(health_facts(feed, now, &TimeZone::UTC), facts);
        };
        let answered = FeedHealth {
            state: FeedState::Ok,
            http_status: Some(200),
            last_success: Some(now),
            last_answer: Some(now),
            bytes: Some(48_200),
            notes: vec!["one".into(), "two".into()],
            ..FeedHealth::never("https://a.example/")
        };
        let facts = ["last answer today 08:00: 200, 48 kB", "0 articles stored, 0 unread", "2 notes on the last document:", "one", "two"];
        check(&answered, "ok, 2 repairs", &facts);
        let unchanged = FeedHealth { http_status: Some(304), notes: Vec::new(), ..answered };
        check(&unchanged, "ok", &["last answer today 08:00: 304", "0 articles stored, 0 unread, the last document 48 kB"]);
    }

    #[test]
    fn what_a_cure_found_is_said_in_one_line() {
        let now = at("2026-11-22T08:00:00Z");
        let found = Found { way: Way::default(), status: Some(200), articles: 24, newest: Some(at("2026-11-22T06:00:00Z")) };
        assert_eq!(found_words(&found, now), "200, 24 articles, the newest two hours ago");
    }
}
