//! Stories of refreshes that nobody asks for: when the reader wakes, and when it does not.

use crate::harness::{NOW, Reader, Setup, rss};
use jiff::Timestamp;
use matins::app::effect::Effect;
use matins::app::event::Event;
use matins::domain::feed::FeedHealth;

/// Minutes from the morning of the story until the reader wants to be woken.
fn wakes_after(reader: &Reader) -> Option<i64> {
    let now: Timestamp = NOW.parse().expect("a moment");
    let wake = |effect: &Effect| if let Effect::WakeAt(at) = effect { Some(*at) } else { None };
    reader.left_over.iter().rev().find_map(wake).map(|at| at.duration_since(now).as_mins())
}

const INTERVAL: &str = "[fetch]\ninterval = \"2h\"\n";

#[test]
fn a_file_is_read_again_by_itself_after_the_interval_and_not_every_minute() {
    let feeds = [("CBC", rss("CBC", &[("One", 1, "")])), ("Broken", "no feed".into())];
    let mut reader = Setup::new().settings(INTERVAL).section("News", "", &feeds).open();
    assert_eq!(wakes_after(&reader), Some(120));
    reader.later(2).happen(Event::Woken);
    assert_eq!(wakes_after(&reader), Some(240));
}

#[test]
fn a_fallback_feed_that_is_no_longer_needed_wakes_nobody() {
    let news = |title: &str| rss(title, &[("One", 1, "")]);
    let setup = Setup::new();
    let (usual, spare) = (setup.feed_file("Usual", "no feed"), setup.feed_file("Spare", &news("Spare")));
    let feeds = format!("[[section]]\nname = \"News\"\nfeeds = [\"{usual}\"]\nfallback = [\"{spare}\"]\n");
    let mut reader = Setup { feeds, ..setup.settings(INTERVAL) }.open();
    assert_eq!(wakes_after(&reader), Some(120), "both were asked");
    std::fs::write(reader.folder.path().join("Usual.xml"), news("Usual")).expect("a feed");
    reader.later(2).happen(Event::Woken);
    assert_eq!(wakes_after(&reader), Some(240), "the fallback feed was not asked");
    reader.later(1).press("!");
    assert_eq!(wakes_after(&reader), Some(240));
}

#[test]
fn a_feed_of_whose_failure_nothing_was_kept_is_asked_again_after_the_interval_and_not_every_minute() {
    let setup = Setup::new();
    let url = setup.feed_file("Broken", "no feed");
    let feeds = format!("[[section]]\nname = \"News\"\nfeeds = [\"{url}\"]\n");
    let mut reader = Setup { feeds, ..setup.settings(INTERVAL) }.open();
    let due = FeedHealth { next_try: NOW.parse().ok(), ..FeedHealth::never(&url) };
    reader.happen(Event::HealthLoaded { feeds: vec![due] });
    assert_eq!(wakes_after(&reader), Some(120));
}
