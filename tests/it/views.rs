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
