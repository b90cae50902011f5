//! Stories of feeds whose servers ask to be left alone: what `refresh`, `feeds` and the reader say of them.

use crate::commands::Home;
use crate::fetch_server::{Server, answer, say};
use crate::harness::{Setup, rss};

/// A host of which one feed is refused, with two more feeds.
fn refusing() -> (Server, [String; 3]) {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/429" => say(stream, &answer("429 Slow", &[("Retry-After", "7200")], "")),
        _ => say(stream, &answer("200 OK", &[], rss("Courier", &[("One", 2, "<p>x</p>")]))),
    });
    let urls = ["/429", "/ok", "/same"].map(|path| server.url(path));
    (server, urls)
}

#[test]
fn a_feed_whose_host_asked_to_be_left_alone_says_so_wherever_it_is_told_of() {
    let (server, [refused, ok, same]) = refusing();
    let home = Home::empty();
    home.write("settings.toml", "[fetch]\nat_once_per_host = 1\n");
    home.feeds(&format!("[[section]]\nname = \"News\"\nfeeds = [\"{refused}\", \"{ok}\", \"{same}\"]\n"));
    let told = home.run(&["refresh", "--force"]);
    assert!(told.out.contains("1 feed asked, 0 answered, 0 new articles; 2 want to be left alone until "), "{told:?}");
    for url in [&ok, &same] {
        assert!(told.err.contains(&format!("{url}: not asked, as its server wants to be left alone until ")), "{told:?}");
    }
    let table = home.prints(&["feeds"]);
    assert_eq!(table.matches("its host asked to be left alone until ").count(), 3, "{table}");
    assert!(!table.contains("due"), "{table}");
    let one = home.prints(&["feeds", &ok]);
    assert!(one.contains("never asked\n  its host asked to be left alone until "), "{one}");
    let json = home.json(&["feeds", "--json"]);
    assert!(json.as_array().expect("feeds").iter().all(|feed| feed["left_alone_until"].is_string() && feed["next_try"].is_string()));
    let json = home.json(&["refresh", "--json"]);
    assert_eq!((json["asked"].as_u64(), server.asked().len()), (Some(0), 1));
}

#[test]
fn a_refresh_by_hand_says_what_it_did_not_ask_and_why() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/busy" => say(stream, &answer("503 Busy", &[("Retry-After", "7200")], "")),
        "/gone" => say(stream, &answer("410 Gone", &[], "")),
        "/broken" => say(stream, &answer("500 Oh", &[], "")),
        _ => say(stream, &answer("200 OK", &[], rss("Courier", &[("One", 2, "<p>x</p>")]))),
    });
    let reader = |paths: &[&str]| {
        let urls: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
        Setup { feeds: format!("[[section]]\nname = \"News\"\nwindow = \"7d\"\nfeeds = {urls:?}\n"), ..Setup::new() }.size(120, 20).open()
    };
    reader(&["/ok"]).press("R").sees("1 feed answered a few minutes ago, R again insists");
    reader(&["/broken"]).press("R").sees("1 feed failed a few minutes ago, R again insists");
    reader(&["/gone"]).later(1).press("R").sees("1 feed is gone for good, R again insists");
    let mut waiting = reader(&["/busy", "/ok", "/fine"]);
    waiting.press("R").sees("2 feeds answered a few minutes ago, 1 wants to be left alone until 10:00");
    waiting.later(1).press("R").sees("1 feed wants to be left alone until 10:00, R again insists");
}
