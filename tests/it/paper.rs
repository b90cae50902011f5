//! Stories of a paper that is rearranged: what a person did stays with the articles.

use crate::harness::{Reader, Setup, rss};
use matins::domain::list::{Filter, ListQuery};

const CBC: &[(&str, i64, &str)] = &[("First", 1, "<p>x</p>"), ("Second", 2, "<p>y</p>")];

/// Opens the same folder with other feeds.toml.
fn rearranged(reader: Reader, rearrange: impl FnOnce(Setup) -> Setup) -> Reader {
    reader.reopen(|setup| rearrange(Setup { feeds: String::new(), ..setup }))
}

fn marked() -> Reader {
    let mut reader = Setup::new()
        .section("Canada", "", &[("CBC", rss("CBC", CBC))])
        .section("World", "", &[("BBC", rss("BBC", &[("Third", 1, "")]))])
        .open();
    reader.press("m j s");
    reader
}

#[test]
fn renaming_a_section_keeps_every_mark() {
    let reader = rearranged(marked(), |setup| setup.section("Home", "icon = \"🍁\"", &[("CBC", rss("CBC", CBC))]));
    reader.sees("Home 1").sees("● Second ★").does_not_see("● First");
}

#[test]
fn moving_a_feed_to_another_section_keeps_every_mark() {
    let feeds = [("BBC", rss("BBC", &[("Third", 1, "")])), ("CBC", rss("CBC", CBC))];
    let reader = rearranged(marked(), |setup| setup.section("World", "", &feeds));
    reader.sees("World 2").sees("● Second ★").sees("● Third").does_not_see("● First");
}

#[test]
fn a_feed_that_was_removed_keeps_its_stars_and_gets_its_marks_back_when_it_returns() {
    let world = [("BBC", rss("BBC", &[("Third", 1, "")]))];
    let reader = rearranged(marked(), |setup| setup.section("World", "", &world));
    reader.does_not_see("Second");
    let starred = reader.list(ListQuery { filter: Filter::Starred, ..ListQuery::default() });
    assert_eq!(starred, ["Second"]);
    let reader = rearranged(reader, |setup| setup.section("Canada", "", &[("CBC", rss("CBC", CBC))]));
    reader.sees("Canada 1").sees("● Second ★").does_not_see("● First");
}

#[test]
fn a_section_looks_back_as_far_as_its_new_window() {
    let old = [("CBC", rss("CBC", &[("Old", 40, "")]))];
    let reader = Setup::new().section("Canada", "window = \"24h\"", &old).open();
    reader.does_not_see("● Old");
    rearranged(reader, |setup| setup.section("Canada", "window = \"3d\"", &old)).sees("● Old");
}
