//! How a feed is doing, in words that the sheet of feed health and `matins feeds` share. Says what is known, tries nothing.

use jiff::{Timestamp, tz::TimeZone};

use super::count_of;
use crate::domain::cure::Found;
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::habit::days_between;
use crate::domain::time_words::{ago, clock_time, moment};

/// In one line: `503 Service Unavailable, 3 times in a row`, `silent for 9 days, usually 4 a day`, `ok`.
pub fn health_state(feed: &FeedHealth, now: Timestamp) -> String {
    match feed.state {
        FeedState::Never => "never asked".into(),
        FeedState::Ok if feed.way.accepted_at.is_some() => "ok, as you had it asked".into(),
        FeedState::Ok => "ok".into(),
        FeedState::Silent => {
            let silent = feed.newest.map_or_else(String::new, |newest| format!(" for {} days", days_between(newest, now)));
            let usual = feed.habit.map_or_else(String::new, |habit| format!(", usually {}", habit.words()));
            format!("silent{silent}{usual}")
        }
        FeedState::Failing => {
            let again = if feed.failures_in_a_row > 1 { format!(", {} times in a row", feed.failures_in_a_row) } else { String::new() };
            format!("{}{again}", feed.error.as_deref().unwrap_or("it failed without a word"))
        }
    }
}

/// What else is known of it, a sentence each, what matters most first.
pub fn health_facts(feed: &FeedHealth, now: Timestamp, zone: &TimeZone) -> Vec<String> {
    let mut facts: Vec<String> = asked(feed, now, zone).into_iter().collect();
    facts.extend(feed.remarks());
    facts.extend(moved(feed, now, zone));
    facts.extend(repairs(feed));
    facts.extend(size(feed));
    facts
}

/// `last success yesterday 18:20, last answer today 08:00 (503), next try at 09:01`
fn asked(feed: &FeedHealth, now: Timestamp, zone: &TimeZone) -> Option<String> {
    let when = |then: Timestamp| moment(now, then, zone);
    let success = match feed.last_success {
        Some(then) => format!("last success {}", when(then)),
        None if feed.state == FeedState::Never => return None,
        None => "never reached".into(),
    };
    let answer = feed.last_answer.max(feed.last_error).filter(|then| Some(*then) != feed.last_success);
    let status = feed.http_status.map(|status| format!(" ({status})")).unwrap_or_default();
    let answer = answer.map(|then| format!("last asked {}{status}", when(then)));
    let newest = feed.newest.filter(|_| feed.state == FeedState::Silent).map(|then| format!("newest article {}", when(then)));
    let next = feed.next_try.map(|next| format!("next try {}", due(now, next, zone)));
    Some([newest, Some(success), answer, next].into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn moved(feed: &FeedHealth, now: Timestamp, zone: &TimeZone) -> Option<String> {
    let since = feed.way.accepted_at.or(feed.way.moved_at)?;
    Some(format!("asked so since {}", moment(now, since, zone)))
}

/// `3 repairs in the last document, the first: …`
fn repairs(feed: &FeedHealth) -> Option<String> {
    let first = feed.notes.first()?;
    Some(match feed.notes.len() {
        1 => format!("one note on the last document: {first}"),
        count => format!("{count} notes on the last document, the first: {first}"),
    })
}

fn size(feed: &FeedHealth) -> Option<String> {
    let bytes = feed.bytes.map(|bytes| format!(", the last document {}", bytes_in_words(bytes))).unwrap_or_default();
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

/// When something is due, near now: `at 14:30`, `tomorrow 06:00`, `now`.
pub fn due(now: Timestamp, next: Timestamp, zone: &TimeZone) -> String {
    let when = clock_time(now, next, zone);
    match when.starts_with(|c: char| c.is_ascii_digit()) {
        _ if next <= now => "within a minute".into(),
        true => format!("at {when}"),
        false => when,
    }
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
        check(&failing, "503 Service Unavailable, 3 times in a row", &["never reached, last asked today 07:30 (503), next try at 09:01"]);
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
                "2 notes on the last document, the first: repaired: undefined entity &rsquo; at line 14",
                "360 articles stored, 12 unread, the last document 48 kB",
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
    fn what_a_cure_found_is_said_in_one_line() {
        let now = at("2026-11-22T08:00:00Z");
        let found = Found { way: Way::default(), status: Some(200), articles: 24, newest: Some(at("2026-11-22T06:00:00Z")) };
        assert_eq!(found_words(&found, now), "200, 24 articles, the newest two hours ago");
    }
}
