//! What joins and what does not, told to [`Stories`] as a day tells it.

use jiff::{SignedDuration, Timestamp};

use super::{Stories, Telling};
use crate::domain::article::ArticleId;

/// Feed, hours since the beginning, title, lead and address of an article.
type Told<'a> = (&'a str, i64, &'a str, &'a str, &'a str);

fn at(hours: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap() + SignedDuration::from_hours(hours)
}

fn telling<'a>(id: i64, (feed, hours, title, lead, url): Told<'a>) -> Telling<'a> {
    let url = Some(url).filter(|url| !url.is_empty());
    Telling { id: ArticleId(id), feed, title, lead, url, arrived: at(hours) }
}

/// Whether the last of several articles joins the story of the first.
fn joins(told: &[Told]) -> bool {
    let mut stories = Stories::default();
    (0_i64..).zip(told).map(|(id, told)| stories.add(&telling(id, *told))).last() == Some(ArticleId(0))
}

const FIRE: &str = "Black smoke hung over the town of Oldhaven after flames reached the roof of the cannery on Tuesday.";
const FIRE_TOO: &str = "Flames reached the roof of the Oldhaven cannery on Tuesday and black smoke could be seen for miles.";

#[test]
fn exact_copies_join() {
    let check = |one: Told, other: Told| assert!(joins(&[one, other]), "{one:?} {other:?}");
    let link = "https://example.org/cannery";
    check(("a", 0, "Fire at cannery", "", link), ("b", 9, "What burns", "", "http://www.example.org/cannery?utm_source=rss"));
    check(("a", 0, "Fire at cannery", FIRE, ""), ("b", 60, "Fire at cannery", FIRE, ""));
    check(("a", 0, "Fire at cannery", FIRE, "https://a.example/1"), ("a", 2, "Fire at cannery", FIRE, "https://a.example/2"));
}

#[test]
fn one_page_for_several_articles_of_a_feed_is_no_page() {
    let page = "https://example.org/today";
    let told = [("a", 0, "Cannery burns", "", page), ("a", 1, "Bridge opens", "", page), ("b", 2, "Cats of the harbour", "", page)];
    assert!(!joins(&told));
}

#[test]
fn a_series_is_not_one_story() {
    let check = |one: Told, other: Told| assert!(!joins(&[one, other]), "{one:?} {other:?}");
    let thread = "Weekly open thread";
    check(("a", 0, thread, "Tell us about salt.", ""), ("a", 48, thread, "Tell us about boats.", ""));
    check(("a", 0, thread, "", ""), ("b", 1, thread, "", ""));
    check(("a", 0, "Weeknotes", "", ""), ("b", 1, "Weeknotes", "", ""));
    check(("a", 0, "Heat warning for Oldhaven", FIRE, ""), ("a", 24, "Heat warning for Oldhaven", FIRE, ""));
    check(("a", 0, "Oldhaven council log, 3 March", FIRE, ""), ("a", 24, "Oldhaven council log, 4 March", FIRE_TOO, ""));
    check(("a", 0, "Oldhaven cannery fire live: roof falls", FIRE, ""), ("b", 1, "Oldhaven cannery fire live: roof falls", FIRE_TOO, ""));
}

#[test]
fn an_event_in_other_words_is_one_story() {
    let one = ("a", 0, "Fire destroys cannery in Oldhaven", FIRE, "https://a.example/1");
    let other = ("b", 3, "Oldhaven cannery gutted by blaze", FIRE_TOO, "https://b.example/1");
    assert!(joins(&[one, other]));
}

#[test]
fn a_feed_that_corrects_its_numbers_goes_on_with_its_story() {
    let one = ("a", 0, "Fire at Oldhaven cannery kills 12", FIRE, "https://a.example/1");
    let other = ("a", 5, "Fire at Oldhaven cannery kills 15", FIRE_TOO, "https://a.example/2");
    assert!(joins(&[one, other]));
}

#[test]
fn other_events_begin_stories_of_their_own() {
    let check = |one: (&str, &str), other: (&str, &str), hours: i64| {
        let told = [("a", 0, one.0, one.1, ""), ("b", hours, other.0, other.1, "")];
        assert!(!joins(&told), "{one:?} {other:?}");
    };
    let fire = ("Fire destroys cannery in Oldhaven", FIRE);
    check(fire, ("Fire destroys cannery in Newmouth", "Flames reached the roof of the Newmouth cannery on Tuesday."), 1);
    check(fire, ("Oldhaven cannery gutted by blaze", FIRE_TOO), 80);
    check(
        fire,
        ("Un incendie détruit la conserverie d'Oldhaven", "Les flammes ont atteint le toit de la conserverie mardi dans la ville."),
        1,
    );
    check(("Norvik patches CVE-2026-1001", FIRE), ("Norvik patches CVE-2026-1002", FIRE), 1);
    check(("Orbita launches Flight 7 from Oldhaven", FIRE), ("Orbita launches Flight 8 from Oldhaven", FIRE), 1);
    check(("Court upholds Oldhaven cannery ban", FIRE), ("Court blocks Oldhaven cannery ban", FIRE), 1);
}

#[test]
fn neighbours_in_a_chain_do_not_glue_two_events() {
    let fire = ("a", 0, "Fire destroys cannery in Oldhaven", FIRE, "");
    let again = ("b", 1, "Oldhaven cannery gutted by blaze", FIRE_TOO, "");
    let both = ("c", 2, "Oldhaven cannery fire and Pell bridge: a bad week", "The roof of the cannery burnt; the Pell bridge cracked.", "");
    let bridge = ("d", 3, "Pell bridge cracked: a bad week for drivers", "The Pell bridge cracked and is shut for a month.", "");
    assert!(!joins(&[fire, again, both, bridge]));
}

#[test]
fn what_is_older_than_the_window_is_let_go() {
    let mut stories = Stories::default();
    let titles: Vec<String> = (0..50).map(|number| format!("Report {number} from Oldhaven")).collect();
    for (id, title) in (0_i64..).zip(&titles) {
        stories.add(&telling(id, ("a", id * 10, title, "", "")));
    }
    assert_eq!(stories.shelf.len(), 8, "the last 72 hours of one every ten");
}
