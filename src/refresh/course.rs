//! Which feeds a plan asks at once, and which only when others have failed or have nothing new. Rules only.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;

use super::{Plan, refused::Refused};
pub(super) use crate::domain::feed::is_file;
use crate::domain::schedule;
use crate::domain::section::{Feed, Section, has_stand_ins};
use crate::store::FeedRecord;

/// What a plan comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Course {
    /// Asked at once, each feed once, with the first options given for it.
    pub feeds: Vec<Feed>,
    pub standbys: Vec<Standby>,
}

/// The fallback feeds of one section and what they wait for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standby {
    /// Ordinary feeds of the section.
    pub ordinary: Vec<String>,
    pub fallback: Vec<Feed>,
    /// How far back the section looks.
    pub window: SignedDuration,
}

impl Course {
    pub fn new(plan: Plan) -> Course {
        let Some(only) = plan.only_feed else { return Course::of_sections(&plan.sections) };
        let feed = plan.sections.iter().flat_map(Section::all_feeds).find(|feed| feed.url == only);
        Course { feeds: feed.cloned().into_iter().collect(), standbys: Vec::new() }
    }

    fn of_sections(sections: &[Section]) -> Course {
        let mut seen = HashSet::new();
        let ordinary = sections.iter().flat_map(|section| &section.feeds);
        let feeds: Vec<Feed> = ordinary.filter(|feed| seen.insert(feed.url.as_str())).cloned().collect();
        let standbys = sections.iter().map(|section| Standby {
            ordinary: section.feeds.iter().map(|feed| feed.url.clone()).collect(),
            fallback: section.fallback.iter().filter(|feed| !seen.contains(feed.url.as_str())).cloned().collect(),
            window: section.window,
        });
        let standbys = standbys.filter(|standby| !standby.fallback.is_empty()).collect();
        Course { feeds, standbys }
    }
}

impl Standby {
    /// Whether every ordinary feed failed at its last try or has nothing in the section's window.
    pub fn is_needed(&self, records: &[FeedRecord], now: Timestamp) -> bool {
        let since = now.checked_sub(self.window).unwrap_or(Timestamp::MIN);
        has_stand_ins(records.iter().map(|record| (record.failures_in_a_row > 0, record.newest)), since)
    }
}

/// How much somebody wants an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Urgency {
    /// Nobody asked: only when it is time.
    Due,
    /// A person asked: unless the answer is new, or the server wants to be left alone.
    Forced,
    /// A person asked again: in any case.
    Insisted,
}

/// What one refresh keeps to.
#[derive(Clone)]
pub(super) struct Occasion {
    pub urgency: Urgency,
    pub refused: Refused,
}

/// Whether a feed is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Ask,
    /// Not before `next_try`; not at all when there is none.
    NotDue {
        next_try: Option<Timestamp>,
    },
    /// Its server, or a server of its host, wants to be left alone.
    LeftAlone {
        until: Timestamp,
    },
    /// Its server answered a moment ago.
    Fresh {
        answered: Timestamp,
    },
    /// Another process has it in hand.
    Elsewhere,
}

impl Plan {
    pub(super) fn urgency(&self) -> Urgency {
        match self {
            Plan { is_insisting: true, .. } => Urgency::Insisted,
            Plan { is_forced: true, .. } => Urgency::Forced,
            _ => Urgency::Due,
        }
    }
}

/// Whether a feed is asked now. A file always is, which costs nobody anything.
pub(super) fn verdict(record: &FeedRecord, now: Timestamp, urgency: Urgency) -> Verdict {
    let later = |moment: &Option<Timestamp>| moment.is_some_and(|moment| moment > now);
    // An answer from the future is of a clock that was wrong.
    let fresh = record.last_answer.filter(|answered| (SignedDuration::ZERO..schedule::FRESH_FOR).contains(&now.duration_since(*answered)));
    match urgency {
        _ if is_file(&record.url) => Verdict::Ask,
        _ if later(&record.claimed_until) => Verdict::Elsewhere,
        Urgency::Insisted => Verdict::Ask,
        Urgency::Forced if fresh.is_some() && !later(&record.quiet_until) => Verdict::Fresh { answered: fresh.unwrap_or(now) },
        _ if record.is_gone => Verdict::NotDue { next_try: None },
        Urgency::Due if later(&record.next_try) => Verdict::NotDue { next_try: record.next_try.max(record.quiet_until) },
        _ => record.quiet_until.filter(|until| *until > now).map_or(Verdict::Ask, |until| Verdict::LeftAlone { until }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(url: &str) -> Feed {
        Feed { url: url.into(), ..Feed::default() }
    }

    fn section(feeds: &[&str], fallback: &[&str]) -> Section {
        Section {
            feeds: feeds.iter().map(|url| feed(url)).collect(),
            fallback: fallback.iter().map(|url| feed(url)).collect(),
            ..Section::default()
        }
    }

    fn urls(feeds: &[Feed]) -> Vec<&str> {
        feeds.iter().map(|feed| feed.url.as_str()).collect()
    }

    #[test]
    fn each_feed_is_asked_once_and_fallback_feeds_wait() {
        let sections = vec![section(&["a", "b"], &["f"]), section(&["b", "c"], &["a", "f"]), section(&["d"], &["a"])];
        let course = Course::new(Plan { sections, ..Plan::default() });
        assert_eq!(urls(&course.feeds), ["a", "b", "c", "d"]);
        let waiting: Vec<_> = course.standbys.iter().map(|standby| (standby.ordinary.clone(), urls(&standby.fallback))).collect();
        assert_eq!(waiting, [(vec!["a".into(), "b".into()], vec!["f"]), (vec!["b".into(), "c".to_string()], vec!["f"])]);
    }

    #[test]
    fn one_feed_alone_may_be_a_fallback_feed() {
        let only = |url: &str| {
            let plan = Plan { sections: vec![section(&["a"], &["f"])], only_feed: Some(url.into()), ..Plan::default() };
            Course::new(plan)
        };
        assert_eq!((urls(&only("f").feeds), only("f").standbys.len()), (vec!["f"], 0));
        assert_eq!(only("unknown"), Course::default());
    }

    #[test]
    fn a_fallback_feed_is_needed_when_no_other_has_news() {
        let now = Timestamp::from_second(1_000_000).expect("a moment");
        let standby = Standby { ordinary: Vec::new(), fallback: Vec::new(), window: SignedDuration::from_hours(24) };
        let check = |records: &[(u32, Option<i64>)], expected: bool, why: &str| {
            let record = |(failures_in_a_row, hours_ago): &(u32, Option<i64>)| FeedRecord {
                failures_in_a_row: *failures_in_a_row,
                newest: hours_ago.map(|hours| now - SignedDuration::from_hours(hours)),
                ..FeedRecord::default()
            };
            assert_eq!(standby.is_needed(&records.iter().map(record).collect::<Vec<_>>(), now), expected, "{why}");
        };
        check(&[(0, Some(2))], false, "it has news");
        check(&[(0, Some(-2))], false, "its news is from the future");
        check(&[(0, Some(30))], true, "its news is old");
        check(&[(0, None)], true, "it never had any");
        check(&[(1, Some(2))], true, "it failed");
        check(&[(1, Some(2)), (0, Some(30))], true, "one failed, one is old");
        check(&[(3, None), (0, Some(23))], false, "one of two has news");
        check(&[], true, "there is no other");
    }

    #[test]
    fn a_feed_is_asked_when_its_time_has_come_or_a_person_wants_it() {
        let at = |second: i64| Timestamp::from_second(second).expect("a moment");
        let record = |url: &str, next_try: Option<i64>| FeedRecord { url: url.into(), next_try: next_try.map(at), ..FeedRecord::default() };
        let check = |record: &FeedRecord, expected: [Verdict; 3], why: &str| {
            let seen = [Urgency::Due, Urgency::Forced, Urgency::Insisted].map(|urgency| verdict(record, at(1000), urgency));
            assert_eq!(seen, expected, "{why}");
        };
        let (ask, feed) = (Verdict::Ask, "https://a.example/");
        let later = |second: i64| Verdict::NotDue { next_try: Some(at(second)) };
        check(&record(feed, None), [ask; 3], "never asked");
        check(&record(feed, Some(1000)), [ask; 3], "its time has come");
        check(&record(feed, Some(1001)), [later(1001), ask, ask], "its time has not come");
        check(&record("file:///feed.xml", Some(9999)), [ask; 3], "a file");
        check(&record("FILE:///feed.xml", Some(9999)), [ask; 3], "a file");
        check(&record("é", Some(9999)), [later(9999), ask, ask], "no address");
        let answered = |seconds_ago: i64| FeedRecord { last_answer: Some(at(1000 - seconds_ago)), ..record(feed, Some(4000)) };
        let fresh = |seconds_ago: i64| Verdict::Fresh { answered: at(1000 - seconds_ago) };
        check(&answered(0), [later(4000), fresh(0), ask], "it answered this moment");
        check(&answered(299), [later(4000), fresh(299), ask], "it answered within five minutes");
        check(&answered(300), [later(4000), ask, ask], "it answered five minutes ago");
        check(&answered(-10), [later(4000), ask, ask], "the clock was wrong");
        let quiet = FeedRecord { quiet_until: Some(at(1500)), ..record(feed, Some(900)) };
        let left_alone = Verdict::LeftAlone { until: at(1500) };
        check(&quiet, [left_alone, left_alone, ask], "its server wants to be left alone");
        let refused = FeedRecord { last_answer: Some(at(1000)), ..quiet };
        check(&refused, [left_alone, left_alone, ask], "its server said so a moment ago");
        let gone = FeedRecord { is_gone: true, ..record(feed, None) };
        let never = Verdict::NotDue { next_try: None };
        check(&gone, [never, never, ask], "it is gone for good");
        let claimed = |until: i64| FeedRecord { claimed_until: Some(at(until)), ..record(feed, None) };
        check(&claimed(1001), [Verdict::Elsewhere; 3], "another process has it in hand");
        check(&claimed(1000), [ask; 3], "another process had it in hand and never gave it back");
    }
}
