//! Stories of `matins briefing`: the real program in folders of its own, what it prints and writes, and its exit code.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::commands::Home;

/// Today's edition as it is printed; it has a feed that fails.
fn made(home: &Home) -> String {
    let told = home.run(&["briefing"]);
    assert_eq!(told.code, 3, "{told:?}");
    assert!(told.err.contains("missing.xml"), "{told:?}");
    told.out
}

#[test]
fn the_first_briefing_of_a_day_asks_the_feeds_and_makes_the_edition_and_the_next_ones_show_it_again() {
    let home = Home::new();
    let first = made(&home);
    for words in [
        "Morning News Briefing\n",
        "• New 1\n",
        "• Cells\n",
        "• CTV: no file ",
        "That is all for this morning.",
        "3 feeds asked, 2 answered",
    ] {
        assert!(first.contains(words), "{words:?} not in {first}");
    }
    assert!(!first.contains("Old 1"), "{first}");
    home.write("cbc.xml", &crate::commands::feed("CBC of Canada", &[("Later", false)]));
    assert_eq!(home.prints(&["briefing"]), first, "frozen, and asks nobody");
    let view = home.run(&["briefing", "--since", "24h"]).out;
    assert!(view.contains("• Later\n") && view.contains("• New 1\n"), "a view has what came since, and what was told: {view}");
    assert_eq!(home.prints(&["briefing"]), first, "a view is not kept");
}

#[test]
fn an_edition_can_be_made_of_what_is_stored_and_says_who_was_not_asked() {
    let home = Home::new();
    let told = home.run(&["briefing", "--no-refresh"]);
    assert_eq!((told.code, told.err.as_str()), (0, ""), "{told:?}");
    assert!(told.out.contains("Not asked yet: CBC and CTV.") && told.out.contains("0 feeds asked, 0 answered."), "{told:?}");
}

#[test]
fn one_section_is_printed_alone() {
    let home = Home::new();
    let view = home.run(&["briefing", "--section", "Science"]).out;
    assert!(view.contains("• Cells") && !view.contains("New 1"), "{view}");
    assert!(made(&home).contains("• New 1"), "the edition was not made by looking at one section");
    let science = home.prints(&["briefing", "--section", "science"]);
    assert!(science.contains("• Cells") && !science.contains("New 1"), "{science}");
    let unknown = home.run(&["briefing", "--section", "Sience"]);
    assert_eq!((unknown.code, unknown.err.contains("did you mean `Science`?")), (2, true), "{unknown:?}");
}

#[test]
fn a_day_without_an_edition_is_said_with_the_nearest_ones() {
    let home = Home::new();
    let none = home.run(&["briefing", "--date", "2001-09-03"]);
    assert_eq!((none.code, none.err.contains("nor of any other day; `matins briefing` makes today's")), (1, true), "{none:?}");
    made(&home);
    let near = home.run(&["briefing", "--date", "2001-09-03"]);
    assert_eq!((near.code, near.err.contains("there is no edition of 2001-09-03; the nearest is of 2")), (1, true), "{near:?}");
    let wrong = home.run(&["briefing", "--date", "yesterday"]);
    assert_eq!((wrong.code, wrong.err.contains("write a day like 2026-11-22")), (2, true), "{wrong:?}");
    let today = home.json(&["briefing", "--json"])["date"].as_str().expect("a day").to_string();
    assert_eq!(home.prints(&["briefing", "--date", &today]), home.prints(&["briefing"]));
}

#[test]
fn the_json_has_the_form_that_scripts_rely_on() {
    let home = Home::new();
    let json = home.json(&["briefing", "--json"]);
    assert_eq!(json, home.json(&["briefing", "--format", "json"]));
    assert_eq!(json["title"], "Morning News Briefing");
    assert_eq!(json["tags"], serde_json::json!(["briefing", "canada", "science"]));
    let article = &json["sections"][0]["articles"][0];
    assert_eq!((&article["title"], &article["feed"], &article["published"]), (&"New 1".into(), &"CBC".into(), &Value::Null));
    assert_eq!(article["id"].to_string(), home.number("New 1"));
    assert_eq!((&json["sources"]["asked"], &json["sources"]["ok"], &json["reading_minutes"]), (&3.into(), &2.into(), &1.into()));
    assert_eq!(json["sources"]["failed"][0]["url"], home.url("missing.xml"));
}

#[test]
fn a_file_is_replaced_whole_and_keeps_its_mode_and_a_pipe_is_written_into() {
    let home = Home::new();
    home.write("news.html", "old");
    fs::set_permissions(home.path("news.html"), fs::Permissions::from_mode(0o640)).expect("set");
    let told = home.run(&["briefing", "--format", "html", "--output", "news.html"]);
    assert_eq!((told.code, told.out.as_str()), (3, ""), "{told:?}");
    let page = fs::read_to_string(home.path("news.html")).expect("written");
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"), "{page}");
    assert_eq!(fs::metadata(home.path("news.html")).expect("there").permissions().mode() & 0o777, 0o640);
    assert_eq!(
        home.prints(&["briefing", "--format", "markdown", "--output", "/dev/stdout"]),
        home.prints(&["briefing", "--format", "markdown"])
    );
    let failed = home.run(&["briefing", "--output", "news.html/inside"]);
    assert_eq!((failed.code, failed.err.contains("could not write news.html/inside")), (1, true), "{failed:?}");
}

#[test]
fn one_line_tells_how_much_is_left() {
    let home = Home::new();
    assert_eq!(home.prints(&["briefing", "--line"]), "no edition today yet; `matins briefing` makes it\n");
    made(&home);
    assert_eq!(home.prints(&["briefing", "--line"]), "5 of 5 stories unread, about 1 minute; 1 of 3 feeds failed\n");
    home.prints(&["mark", "read", &home.number("Cells")]);
    assert_eq!(home.prints(&["briefing", "--line"]), "4 of 5 stories unread, about 1 minute; 1 of 3 feeds failed\n");
    home.prints(&["mark", "read", "--all"]);
    assert_eq!(home.prints(&["briefing", "--line"]), "all 5 stories read; 1 of 3 feeds failed\n");
}

#[test]
fn a_mail_is_printed_for_a_program_that_sends_it() {
    let home = Home::new();
    let mail = home.run(&["briefing", "--mail", "jane@example.org"]).out;
    assert!(mail.starts_with("From: jane@example.org\nTo: jane@example.org\nDate: "), "{mail}");
    assert!(mail.contains("New 1") && mail.is_ascii(), "{mail}");
    let wrong = home.run(&["briefing", "--mail", "jane@example.org, roe@example.org"]);
    assert_eq!((wrong.code, wrong.err.contains("give one address")), (2, true), "{wrong:?}");
}
