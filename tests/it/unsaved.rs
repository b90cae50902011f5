//! Stories of a store that takes nothing, as on a full disk: that is told of the store, once, and never of the feeds.

use std::path::Path;

use matins::app::effect::Effect;
use matins::app::event::Event;

use crate::commands::{Home, feed};
use crate::fetch_server::{Server, answer, say};
use crate::harness::{Reader, Setup, rss};

/// What the store says from now on.
const TOLD: &str = "not saved: check the disk: could not read or write";

/// From now on what feeds bring cannot be written, and it can again.
fn refuse(store: &Path) {
    let refusal = "CREATE TRIGGER refusal BEFORE UPDATE ON feed BEGIN SELECT RAISE(FAIL, 'as on a full disk'); END";
    rusqlite::Connection::open(store).expect("the store").execute_batch(refusal).expect("refused from now on");
}

fn allow(store: &Path) {
    rusqlite::Connection::open(store).expect("the store").execute_batch("DROP TRIGGER refusal").expect("allowed again");
}

#[test]
fn a_refresh_that_cannot_be_saved_blames_the_store_once_and_counts_what_answered() {
    let home = Home::refreshed();
    refuse(&home.store());
    let told = home.run(&["refresh"]);
    assert_eq!((told.code, told.out.as_str()), (1, "3 feeds asked, 2 answered, 0 new articles\n"));
    let lines: Vec<&str> = told.err.lines().collect();
    assert_eq!(lines.len(), 2, "{}", told.err);
    assert!(lines[0].contains("missing.xml: no file"), "{}", told.err);
    assert!(lines[1].starts_with(&format!("matins: {TOLD}")), "{}", told.err);
    let told = home.run(&["refresh", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!((told.code, &json["asked"], &json["ok"]), (1, &3.into(), &2.into()));
    assert!(json["not_saved"].as_str().is_some_and(|error| error.starts_with("check the disk: ")), "{json}");
    assert_eq!(json["failed"].as_array().map(Vec::len), Some(1));
    assert_eq!(home.run(&["feeds", "--check"]).code, 1);
    allow(&home.store());
    assert_eq!(home.json(&["refresh", "--json"])["not_saved"], serde_json::Value::Null);
}

#[test]
fn a_paper_of_which_nothing_can_be_saved_is_not_cut_off_from_the_network() {
    let home = Home::refreshed();
    let feeds = [home.url("cbc.xml"), home.url("nature.xml")];
    home.feeds(&format!("[[section]]\nname = \"News\"\nfeeds = [\"{}\", \"{}\"]\n", feeds[0], feeds[1]));
    refuse(&home.store());
    let told = home.run(&["refresh"]);
    assert_eq!((told.code, told.out.as_str()), (1, "2 feeds asked, 2 answered, 0 new articles\n"));
    assert_eq!(told.err.lines().count(), 1, "{}", told.err);
    assert!(!told.err.contains("network"), "{}", told.err);
}

#[test]
fn a_store_that_takes_nothing_is_not_tried_for_every_feed() {
    let server = Server::start(|asked, stream| say(stream, &answer("200 OK", &[], feed(&asked.path, &[(&asked.path, false)]))));
    let home = Home::empty();
    let urls: Vec<String> = (0..20).map(|number| format!("\"{}\"", server.url(&format!("/{number}")))).collect();
    home.feeds(&format!("[[section]]\nname = \"News\"\nfeeds = [{}]\n", urls.join(", ")));
    home.write("settings.toml", "[fetch]\nat_once = 1\n");
    home.run(&["refresh", "--feed", urls[0].trim_matches('"')]);
    refuse(&home.store());
    let told = home.run(&["refresh"]);
    assert_eq!((told.code, told.err.lines().count()), (1, 1), "{told:?}");
    assert!(server.asked().len() < 10, "{} were asked", server.asked().len());
    allow(&home.store());
    assert_eq!(home.prints(&["refresh"]), "19 feeds asked, 19 answered, 19 new articles\n");
}

fn paper() -> Setup {
    let feeds = [("CBC", rss("CBC", &[("One", 1, "")])), ("CTV", rss("CTV", &[("Two", 1, "")]))];
    Setup::new().section("News", "", &feeds)
}

fn urls(reader: &Reader) -> Vec<String> {
    reader.model.paper.feeds().into_iter().map(|feed| feed.url.clone()).collect()
}

#[test]
fn the_reader_says_that_it_could_not_be_saved_until_a_key_is_pressed() {
    for size in [(120, 40), (80, 24), (40, 20)] {
        let setup = paper().size(size.0, size.1);
        let store = setup.store_file();
        let mut reader = setup.open();
        refuse(&store);
        reader.later(2).press("R");
        let screen = reader.screen().replace('\n', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(screen.contains(&TOLD[..22]), "{}", reader.screen());
        reader.does_not_see("failed").does_not_see("failing").does_not_see("shows why");
        reader.press("j").does_not_see("not saved");
        reader.press("!").sees("2 feeds: 2 not saved").sees("what came last is not saved").does_not_see("fail");
        allow(&store);
        reader.press("esc R").does_not_see("not saved");
        reader.press("!").does_not_see("not saved").sees("ok");
    }
}

#[test]
fn a_section_of_which_nothing_could_be_saved_says_so() {
    let setup = paper().settings("[screen]\nrefresh_at_start = false\n");
    let store = setup.store_file();
    let mut reader = setup.open();
    reader.sees("Not asked yet");
    refuse(&store);
    reader.press("R").sees("What came could not be saved: check the disk").does_not_see("Not asked").does_not_see("sample");
}

#[test]
fn a_failure_that_could_not_be_kept_is_known_where_failures_are_shown() {
    let setup = paper().section("More", "", &[("WHO", "no feed".into())]);
    let (store, feed) = (setup.store_file(), setup.folder.path().join("CTV.xml"));
    let mut reader = setup.open();
    refuse(&store);
    std::fs::remove_file(feed).expect("removed");
    reader.later(2).press("R j !").sees("3 feeds: 2 failing, 1 not saved").sees("no file");
}

#[test]
fn an_answer_that_is_being_saved_is_not_waited_for() {
    let is_late = |effect: &Effect| matches!(effect, Effect::Refresh(_));
    let mut reader = paper().open_holding(is_late);
    let urls = urls(&reader);
    reader.happen(Event::RefreshPlanned { urls: urls.clone() });
    urls.iter().for_each(|url| reader.happen(Event::FeedStarted { url: url.clone() }));
    reader.sees("refreshing 0/2 · waiting for CBC");
    reader.happen(Event::FeedArrived { url: urls[0].clone() });
    reader.sees("refreshing 0/2 · waiting for CTV");
    reader.happen(Event::FeedArrived { url: urls[1].clone() });
    reader.sees("refreshing 0/2 · saving");
    reader.press("!");
    assert!(reader.line_with("CBC  ").contains("being saved now"), "{}", reader.screen());
}
