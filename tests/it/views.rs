//! Stories of what a list shows: the section's window, all that is stored, and what waits to be shown.

use crate::harness::{Setup, rss};

const DAY: &str = "window = \"24h\"";

#[test]
fn that_all_that_is_stored_is_listed_is_said_once() {
    let feeds = [("CBC", rss("CBC", &[("Today", 1, ""), ("Yesterday", 30, "")]))];
    for (width, height) in [(120, 40), (80, 24), (40, 20)] {
        let mut reader = Setup::new().size(width, height).section("News", DAY, &feeds).open();
        reader.press("a").sees("Yesterday");
        assert_eq!(reader.screen().matches("all that is stored").count(), 1, "{}", reader.screen());
        reader.press("a").sees("the last 24h of News").does_not_see("all that is stored");
    }
}

#[test]
fn a_count_that_is_larger_than_the_list_says_how_many_wait_to_be_shown() {
    let articles = [("One", 2, ""), ("Two", 3, ""), ("Three", 1, ""), ("Four", 1, "")];
    for (width, height, expected) in [
        (120, 40, "1 of 2 · 4 unread with 2 new, press . to show"),
        (80, 24, "1 of 2 · 4 unread with 2 new, press . to show"),
        (40, 20, " 1/2 +2"),
    ] {
        let setup = Setup::new().size(width, height).section("News", DAY, &[("CBC", rss("CBC", &articles[..2]))]);
        let mut reader = setup.open();
        std::fs::write(reader.folder.path().join("CBC.xml"), rss("CBC", &articles)).expect("a feed");
        reader.press("r").sees("News 4").sees(expected);
        reader.press(".").does_not_see("new, press").does_not_see("+2").sees("Four");
    }
}
