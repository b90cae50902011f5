//! Stories of the sheet of feed health: what it says of each feed, and a cure that is tried, accepted, kept and lost.

use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use matins::app::effect::Effect;

use crate::commands::Home;
use crate::fetch_server::{Asked, Server, answer, say};
use crate::harness::{Reader, Setup, rss};

/// A paper of one feed at this address.
fn paper(url: &str) -> Setup {
    Setup {
        feeds: format!("[[section]]\nname = \"News\"\nwindow = \"7d\"\nfeeds = [{{ url = \"{url}\", title = \"Courier\" }}]\n"),
        ..Setup::new()
    }
}

fn feed() -> Vec<u8> {
    answer("200 OK", &[], rss("Courier", &[("Found again", 2, "<p>x</p>"), ("Older", 30, "<p>y</p>")]))
}

fn page(links: &str) -> Vec<u8> {
    let html = format!("<!doctype html><html><head><title>Courier</title>{links}</head><body><p>Words.</p></body></html>");
    answer("200 OK", &[("Content-Type", "text/html")], html)
}

const LINK: &str = "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/new.xml\">";

/// A site whose feed has gone from `/old.xml`; its front page links to `/new.xml`, as long as that is well.
fn moved_site(is_well: Arc<AtomicBool>) -> Server {
    Server::start(move |asked: &Asked, stream: &mut TcpStream| {
        let bytes = match asked.path.as_str() {
            "/" => page(LINK),
            "/new.xml" if is_well.load(Ordering::SeqCst) => feed(),
            _ => answer("404 Not Found", &[], ""),
        };
        say(stream, &bytes);
    })
}

fn paths(server: &Server) -> Vec<String> {
    server.asked().into_iter().map(|asked| asked.path).collect()
}

/// The same paper two hours later, in a new session, which asks what is due.
fn again(mut reader: Reader, url: &str) -> Reader {
    reader.later(2);
    let feeds = paper(url).feeds;
    reader.reopen(|setup| Setup { feeds, ..setup })
}

#[test]
fn a_cure_is_tried_seen_accepted_kept_taken_back() {
    let server = moved_site(Arc::new(AtomicBool::new(true)));
    let url = server.url("/old.xml");
    let mut reader = paper(&url).open();
    reader.press("!").sees("1 feed: 1 failing").sees("! Courier").sees("404 Not Found").sees("no success yet");
    reader.sees(&format!("t try: the feed that {} links to", server.url("/")));
    reader.press("t").sees("it works: 200, 2 articles, the newest two hours ago").sees("Enter takes it, Esc leaves it");
    assert_eq!(paths(&server), ["/old.xml", "/", "/new.xml"], "nothing is asked twice");
    reader.sees("404 Not Found");
    reader.press("enter").sees("1 feed: none failing").sees("ok, as you had it asked").sees("2 articles stored");
    reader.sees(&format!("you had it asked at {}; feeds.toml still has", server.url("/new.xml"))).sees("u takes back what you accepted");
    reader.press("esc").sees("Found again");

    let mut reader = again(reader, &url);
    assert_eq!(paths(&server)[3..], ["/new.xml", "/new.xml"], "asked so at once, and after a restart");
    reader.press("! u").sees("404 Not Found").does_not_see("as you had it asked").sees("t try:");
    assert_eq!(paths(&server).last().map(String::as_str), Some("/old.xml"), "it is asked as the settings say, at once");
}

#[test]
fn a_cure_that_stops_working_falls_back_and_says_so() {
    let is_well = Arc::new(AtomicBool::new(true));
    let server = moved_site(is_well.clone());
    let mut reader = paper(&server.url("/old.xml")).open();
    reader.press("! t enter").sees("ok, as you had it asked");
    is_well.store(false, Ordering::SeqCst);
    let mut reader = again(reader, &server.url("/old.xml"));
    reader.press("!").sees("what you accepted no longer works").sees("what you accepted stopped working (at");
    reader.press("r");
    assert_eq!(paths(&server).last().map(String::as_str), Some("/old.xml"));
    reader.press("t").sees("new.xml: 404 Not Found");
}

#[test]
fn a_page_in_the_feeds_place_is_cured_by_the_feed_that_it_links_to() {
    let server = Server::start(|asked: &Asked, stream: &mut TcpStream| {
        say(stream, &if asked.path == "/new.xml" { feed() } else { page(LINK) });
    });
    let url = server.url("/news");
    let mut reader = paper(&url).open();
    reader.press("!").sees("this seems to be an HTML page").sees(&format!("t try: the feed that {url} links to"));
    reader.press("t").sees("it works: 200");
    reader.press("enter").sees("ok, as you had it asked");
}

/// A page in the feed's place at `/news`, which names `/new.xml`, leads on to a page that does, or names a dead link first.
fn is_cured_by(instead: Vec<u8>) {
    let server = Server::start(move |asked: &Asked, stream: &mut TcpStream| {
        let bytes = match asked.path.as_str() {
            "/news" => instead.clone(),
            "/new.xml" => feed(),
            "/linking" => page(LINK),
            _ => answer("404 Not Found", &[], ""),
        };
        say(stream, &bytes);
    });
    let mut reader = paper(&server.url("/news")).open();
    reader.press("! t").sees("it works: 200").sees(&format!("at {}", server.url("/new.xml")));
}

#[test]
fn a_page_in_the_feeds_place_is_cured_by_what_it_names_in_other_ways() {
    is_cured_by(page("<meta http-equiv=\"refresh\" content=\"0; url=/new.xml\">"));
    is_cured_by(page("<meta http-equiv=\"refresh\" content=\"0; url=/linking\">"));
    is_cured_by(page("<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/dead.xml\"><a href=\"/new.xml\">RSS</a>"));
    is_cured_by(page("<a href=\"/new.xml\">RSS</a>"));
    let header = [("Content-Type", "text/html"), ("Link", "</new.xml>; rel=\"alternate\"; type=\"application/rss+xml\"")];
    is_cured_by(answer("200 OK", &header, "<!doctype html><html><head><title>Courier</title></head><body>Words.</body></html>"));
}

#[test]
fn a_feed_that_moved_can_be_asked_at_its_new_address_at_once() {
    let server = Server::start(|asked: &Asked, stream: &mut TcpStream| {
        say(stream, &if asked.path == "/new.xml" { feed() } else { answer("301 Moved", &[("Location", "/new.xml")], "") });
    });
    let mut reader = paper(&server.url("/old.xml")).open();
    reader.press("!").sees("redirected for good to").sees(&format!("t try: {}", server.url("/new.xml")));
    reader.press("t").sees("it works");
    reader.press("enter").sees("you had it asked at");
    assert_eq!(paths(&server), ["/old.xml", "/new.xml", "/new.xml", "/new.xml"]);
}

#[test]
fn a_server_that_refuses_who_asks_for_a_feed_is_asked_as_a_plain_browser_does() {
    let server = Server::start(|asked: &Asked, stream: &mut TcpStream| {
        let is_plain = asked.header("accept").is_some_and(|accept| accept.starts_with(b"text/html"));
        say(stream, &if is_plain { feed() } else { answer("406 Not Acceptable", &[], "") });
    });
    let mut reader = paper(&server.url("/feed")).open();
    reader.press("!").sees("t try: HTTP/1.1").sees("`user_agent` for it in feeds.toml may help");
    reader.press("t").sees("tried HTTP/1.1: 406 Not Acceptable").sees("t try: HTTP/1.1 with the `Accept` of a browser");
    reader.press("t").sees("it works: 200");
    reader.press("enter").sees("you had it asked over HTTP/1.1, with the `Accept` of a browser");
    reader.press("t").sees("there is no cure to try");
}

#[test]
fn a_trial_is_seen_while_it_lasts_and_can_be_left() {
    let server = moved_site(Arc::new(AtomicBool::new(true)));
    let mut reader = paper(&server.url("/old.xml")).open();
    reader.hold(|effect| matches!(effect, Effect::TryCure { .. }));
    reader.press("! t").sees("trying the feed that").sees("Esc leaves it");
    reader.press("esc").sees("Feed health").sees("t try:");
    reader.let_go().does_not_see("it works");
    reader.press("enter").sees("404 Not Found");
    reader.press("esc").does_not_see("Feed health");
}

#[test]
fn a_page_may_not_lead_into_a_private_network() {
    let link = "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"http://192.168.1.1/feed\">";
    let server = Server::start(move |_, stream: &mut TcpStream| say(stream, &page(link)));
    let mut reader = paper(&server.url("/news")).open();
    reader.press("! t").sees("192.168.1.1, a private address");
}

#[test]
fn a_silent_feed_says_for_how_long_and_what_was_usual() {
    let articles: Vec<(String, i64)> = (0..40).map(|number| (format!("Article {number}"), 9 * 24 + 1 + number * 6)).collect();
    let articles: Vec<(&str, i64, &str)> = articles.iter().map(|(title, hours)| (title.as_str(), *hours, "<p>x</p>")).collect();
    let feeds = [("WHO", rss("WHO", &[("New", 1, "<p>x</p>")])), ("CDC", rss("CDC", &articles)), ("STAT", "no feed".into())];
    let mut reader = Setup::new().section("Health", "", &feeds).open();
    reader.press("!").sees("3 feeds: 1 failing, 1 silent");
    let screen = reader.screen();
    let at = |name: &str| screen.lines().position(|line| line.contains(name)).expect("a row");
    assert!(at("! STAT") < at("~ CDC") && at("~ CDC") < at("WHO   ok"), "{screen}");
    reader.press("j").sees("silent for 9 days, usually 4 a day").sees("newest article Fri 13 Nov 07:00");
}

#[test]
fn a_broken_document_says_what_was_repaired() {
    let broken = "<rss version=\"2.0\"><channel><title>CBC &nosuch; news</title><item><title>One</title></item></channel></rss>";
    let mut reader = Setup::new().section("News", "", &[("CBC", broken.into())]).open();
    reader.press("!").sees("on the last document").sees("the last document 1");
}

#[test]
fn the_sheet_is_whole_at_every_size() {
    for (width, height) in [(120, 40), (80, 24), (40, 20)] {
        let server = moved_site(Arc::new(AtomicBool::new(true)));
        let mut reader = paper(&server.url("/old.xml")).size(width, height).open();
        reader.press("!").sees("! Courier").sees("t try").sees("Esc back");
        reader.press("t").sees("it works").sees("Enter takes it, Esc leaves it");
    }
    let mut reader = Setup::new().section("News", "", &[("CBC", rss("CBC", &[]))]).open();
    reader.press("!");
    for (width, height) in (0..130).step_by(9).flat_map(|w| (0..44).step_by(3).map(move |h| (w, h))) {
        reader.resize(width, height).press("j G").picture();
    }
}

#[test]
fn the_command_line_tries_accepts_and_takes_back_a_cure() {
    let is_well = Arc::new(AtomicBool::new(true));
    let server = moved_site(is_well.clone());
    let (old, new) = (server.url("/old.xml"), server.url("/new.xml"));
    let home = Home::empty();
    home.feeds(&format!("[[section]]\nname = \"News\"\nfeeds = [{{ url = \"{old}\", title = \"Courier\" }}]\n"));
    let told = home.run(&["feeds", "--check"]);
    assert_eq!((told.code, told.err.contains(&format!("{old}: 404 Not Found"))), (3, true), "{told:?}");
    assert!(told.out.contains("--cure tries: the feed that"), "{}", told.out);
    let tried = home.prints(&["feeds", "courier", "--cure"]);
    assert!(tried.contains("it works: 200, 2 articles") && tried.contains(&format!("`matins feeds {old} --cure --accept`")), "{tried}");
    assert!(home.json(&["feeds", "--json"])[0]["accepted"].is_null(), "trying keeps nothing");

    let accepted = home.prints(&["feeds", "courier", "--cure", "--accept"]);
    assert!(accepted.contains("Courier is asked so from now on"), "{accepted}");
    let feed = &home.json(&["feeds", "--json"])[0];
    assert_eq!((&feed["state"], &feed["asked_at"], feed["accepted"].is_string()), (&"ok".into(), &new.clone().into(), true));
    assert!(home.prints(&["feeds"]).contains("you had it asked"));

    let taken_back = home.run(&["feeds", "courier", "--take-back"]);
    assert_eq!((taken_back.code, taken_back.out), (3, format!("Courier is asked at {old} again\n")));
    is_well.store(false, Ordering::SeqCst);
    let nothing = home.run(&["feeds", "courier", "--cure"]);
    assert_eq!(nothing.code, 1, "{nothing:?}");
    assert!(nothing.err.contains("no cure works for") && nothing.err.contains("matins remove"), "{nothing:?}");
    assert_eq!(home.run(&["feeds", "courier", "--take-back"]).code, 1, "nothing was accepted");
}
