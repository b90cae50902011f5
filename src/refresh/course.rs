//! Which feeds a plan asks at once, and which only when others have failed or have nothing new. Rules only.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;

use super::Plan;
use crate::domain::section::{Feed, Section};
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
        let has_news = |record: &FeedRecord| record.failures_in_a_row == 0 && record.newest.is_some_and(|newest| newest >= since);
        !records.iter().any(has_news)
    }
}

/// Whether a feed is asked now without being forced: never asked, its time has come, or a file, which costs nobody anything.
pub(super) fn is_due(record: &FeedRecord, now: Timestamp) -> bool {
    is_file(&record.url) || record.next_try.is_none_or(|next_try| next_try <= now)
}

pub(super) fn is_file(url: &str) -> bool {
    url.trim_start().get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clean_text::CleanText;

    fn feed(url: &str) -> Feed {
        Feed { url: url.into(), ..Feed::default() }
    }

    fn section(feeds: &[&str], fallback: &[&str]) -> Section {
        Section {
            name: CleanText::new("News"),
            short_name: CleanText::new("News"),
            icon: CleanText::default(),
            window: SignedDuration::from_hours(24),
            limit: 5,
            per_feed: 10,
            feeds: feeds.iter().map(|url| feed(url)).collect(),
            fallback: fallback.iter().map(|url| feed(url)).collect(),
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
            let plan = Plan { sections: vec![section(&["a"], &["f"])], only_feed: Some(url.into()), is_forced: false };
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
    fn a_feed_is_due_when_its_time_has_come() {
        let now = Timestamp::from_second(1000).expect("a moment");
        let check = |url: &str, next_try: Option<i64>, expected: bool| {
            let next_try = next_try.map(|second| Timestamp::from_second(second).expect("a moment"));
            let record = FeedRecord { url: url.into(), next_try, ..FeedRecord::default() };
            assert_eq!(is_due(&record, now), expected, "{url} {next_try:?}");
        };
        check("https://a.example/", None, true);
        check("https://a.example/", Some(1000), true);
        check("https://a.example/", Some(1001), false);
        check("file:///feed.xml", Some(9999), true);
        check("FILE:///feed.xml", Some(9999), true);
        check("é", Some(9999), false);
    }
}
