//! Stories of `matins add`: from what a person types to the line in the feed list, with servers on loopback. What stands for
//! the public internet is a proxy, so that no name is looked up.

use std::fs;

use crate::commands::{Home, Told, feed};
use crate::fetch_server::{Asked, Server, answer, dead_port};
use crate::screen::{Start, Terminal};

/// A public host without a name.
const ELSEWHERE: &str = "http://192.0.2.7";
const ONE: &str = "# mine\n[[section]]\nname = \"News\" # the only one\nfeeds = [\n  \"https://known.example/feed\",\n]\n";
const TWO: &str = "[[section]]\nname = \"News\"\nfeeds = [\"https://known.example/feed\"]\n\
                   [[section]]\nname = \"Science\"\nfeeds = [\"https://cells.example/feed\"]\n";

fn ships() -> Vec<u8> {
    answer("200 OK", &[], feed("Ships", &[("One", true), ("Two", true)]))
}

fn page(inside: &str) -> Vec<u8> {
    answer("200 OK", &[("Content-Type", "text/html")], format!("<!doctype html><html><title>Harbour</title>{inside}</html>"))
}

fn link(address: &str) -> String {
    format!("<link rel='alternate' type='application/rss+xml' href='{address}'>")
}

fn missing() -> Vec<u8> {
    answer("404 Not Found", &[], "nothing")
}

fn serve(act: impl Fn(&Asked) -> Vec<u8> + Send + Sync + 'static) -> Server {
    Server::start(move |asked, stream| crate::fetch_server::say(stream, &act(asked)))
}

fn home(list: &str) -> Home {
    let home = Home::empty();
    home.feeds(list);
    home
}

/// A person whose proxy is every host there is.
fn home_of_the_world(list: &str, world: &Server) -> Home {
    let home = home(list);
    home.write("settings.toml", &format!("[fetch]\nproxy = \"{}\"\npause_per_host = \"0s\"\n", world.url("/")));
    home
}

fn list(home: &Home) -> String {
    fs::read_to_string(home.path("feeds.toml")).expect("the list")
}

fn paths(server: &Server) -> Vec<String> {
    server.asked().into_iter().map(|asked| asked.path).collect()
}

/// It added something, and says so.
fn added(told: &Told, expected: &str) {
    assert_eq!((told.code, told.out.as_str(), told.err.as_str()), (0, format!("{expected}\n").as_str(), ""));
}

/// It could not, left the list alone and says why.
fn refused(home: &Home, told: &Told, code: i32, expected: &str, before: &str) {
    assert_eq!((told.code, told.out.as_str()), (code, ""), "{told:?}");
    assert!(told.err.contains(expected), "{}", told.err);
    assert_eq!(list(home), before);
}

#[test]
fn the_feed_that_a_page_links_to_goes_into_the_only_section() {
    let server = serve(|asked| match asked.path.as_str() {
        "/blog/" => page(&link("/ships.xml")),
        "/ships.xml" => ships(),
        _ => missing(),
    });
    let home = home(ONE);
    let told = home.run(&["add", &server.url("/blog/")]);
    assert!(told.out.starts_with("added Ships (2 articles, newest ") && told.out.ends_with(" y ago) to News\n"), "{told:?}");
    let after = ONE.replace("feed\",\n", &format!("feed\",\n  {{ url = \"{}\" }},\n", server.url("/ships.xml")));
    assert_eq!((told.code, told.err.as_str(), list(&home)), (0, "", after));
    assert_eq!(paths(&server), ["/blog/", "/ships.xml"], "nothing is asked that need not be");
}

#[test]
fn a_feed_is_added_as_it_is_and_then_known() {
    let server = serve(|_| answer("200 OK", &[], feed("Ships", &[])));
    let home = home(ONE);
    let bare = server.url("/feed").replace("http://", "");
    added(&home.run(&["add", &bare]), "added Ships (no articles yet) to News");
    let (before, asked) = (list(&home), server.asked().len());
    for known in [server.url("/feed"), bare, "http://known.example/feed/".into()] {
        let told = home.run(&["add", &known, "--section", "Other"]);
        assert!(told.code == 0 && told.out.ends_with(" is in News already\n"), "{told:?}");
    }
    assert_eq!((list(&home), server.asked().len()), (before, asked));
}

#[test]
fn a_page_of_a_known_feed_says_where_it_is() {
    let server = serve(|asked| if asked.path == "/" { page(&link("/feed")) } else { ships() });
    let home = home(&ONE.replace("https://known.example/feed", &server.url("/feed")));
    let before = list(&home);
    added(&home.run(&["add", &server.url("/")]), "Ships is in News already");
    assert_eq!(list(&home), before);
}

#[test]
fn an_address_where_nobody_is_says_so() {
    let port = dead_port();
    let told = home(ONE).run(&["add", &format!("127.0.0.1:{port}/feed")]);
    let expected = format!("matins: could not read 127.0.0.1:{port}/feed: 127.0.0.1 refuses connections\n");
    assert_eq!((told.code, told.err), (1, expected));
}

#[test]
fn of_several_feeds_the_same_in_another_format_is_not_offered() {
    let server = serve(|asked| match asked.path.as_str() {
        "/" => page(&["/a.xml", "/same.xml", "/b.xml", "/gone.xml", "/comments/feed/"].map(link).concat()),
        "/a.xml" | "/same.xml" => ships(),
        "/b.xml" => answer("200 OK", &[], feed("Boats", &[])),
        _ => missing(),
    });
    let home = home(ONE);
    let told = home.run(&["add", &server.url("/")]);
    refused(&home, &told, 1, "matins: there are 2 feeds; add one of them by its own address\n", ONE);
    let lines: Vec<&str> = told.err.lines().collect();
    assert!(lines[0].starts_with(&format!("matins: {}: Ships (2 articles, newest ", server.url("/a.xml"))), "{told:?}");
    assert_eq!(lines[1], format!("matins: {}: Boats (no articles yet)", server.url("/b.xml")));
    assert_eq!(lines[2], format!("matins: left out, as it is of comments: {}", server.url("/comments/feed/")));
    assert!(!paths(&server).contains(&"/comments/feed/".to_string()), "comments are not asked where there are articles");
}

#[test]
fn a_page_of_very_many_feeds_costs_ten_requests_and_says_so() {
    let server = serve(|asked| match asked.path.as_str() {
        "/" => page(&(0..13).map(|number| link(&format!("/{number}.rss"))).collect::<String>()),
        path => answer("200 OK", &[], feed(path, &[])),
    });
    let home = home(ONE);
    let told = home.run(&["add", &server.url("/")]);
    refused(&home, &told, 1, "matins: 3 links of the page left unasked\nmatins: there are 10 feeds; add", ONE);
    assert_eq!(server.asked().len(), 11);
}

#[test]
fn a_feed_that_nobody_names_is_found_at_the_usual_places() {
    let server = serve(|asked| match asked.path.as_str() {
        "/blog/one.html" => page("<p>Ships"),
        "/blog/rss.xml" => ships(),
        _ => missing(),
    });
    let home = home(ONE);
    assert_eq!(home.run(&["add", &server.url("/blog/one.html")]).code, 0);
    assert!(list(&home).contains(&server.url("/blog/rss.xml")));
    assert_eq!(paths(&server), ["/blog/one.html", "/blog/feed/", "/blog/rss", "/blog/feed.xml", "/blog/rss.xml"]);
}

#[test]
fn a_feed_is_found_behind_an_ordinary_link_and_in_a_header() {
    let server = serve(|asked| match asked.path.as_str() {
        "/link" => page("<p>Follow us: <a href='/hidden/my.xml'>RSS</a>"),
        "/header" => answer(
            "200 OK",
            &[("Link", "</style>; rel=preload"), ("Link", "</hidden/my.xml>; rel=\"alternate\"; type=\"application/rss+xml\"")],
            "<html><p>Ships",
        ),
        "/hidden/my.xml" => ships(),
        _ => missing(),
    });
    for path in ["/link", "/header"] {
        let home = home(ONE);
        assert_eq!(home.run(&["add", &server.url(path)]).code, 0, "{path}");
        assert!(list(&home).contains(&server.url("/hidden/my.xml")), "{path}");
    }
    assert_eq!(paths(&server), ["/link", "/hidden/my.xml", "/header", "/hidden/my.xml"], "no place is guessed");
}

#[test]
fn a_feed_of_comments_that_is_left_out_is_told() {
    let server = serve(|asked| match asked.path.as_str() {
        "/" => page(&(link("/ships.xml") + "<link rel=alternate type='application/rss+xml' title='Comments' href='/talk.xml'>")),
        "/ships.xml" => ships(),
        _ => missing(),
    });
    let told = home(ONE).run(&["add", &server.url("/")]);
    assert_eq!((told.code, told.err), (0, format!("matins: left out, as it is of comments: {}\n", server.url("/talk.xml"))));
}

#[test]
fn a_sites_own_list_of_its_feeds_is_read() {
    let server = serve(|asked| match asked.path.as_str() {
        "/" => page("<a href='/rss'>Our feeds</a>"),
        "/rss" => page("<a href='/rss/ships'>Ships</a>"),
        "/rss/ships" => ships(),
        _ => missing(),
    });
    let home = home(ONE);
    assert_eq!(home.run(&["add", &server.url("/")]).code, 0);
    assert!(list(&home).contains(&server.url("/rss/ships")));
}

#[test]
fn a_challenge_is_named_and_so_is_what_was_tried() {
    let challenge = || answer("200 OK", &[("Content-Type", "text/html")], "<!doctype html><title>Just a moment...</title>");
    let server = serve(move |_| challenge());
    let home = home(ONE);
    let told = home.run(&["add", &server.url("/")]);
    let expected = "this seems to be an HTML page that asks for a browser or a person (Just a moment...), not a feed; \
                    give the feed's own address if you know it";
    refused(&home, &told, 1, expected, ONE);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_refusal_that_is_a_challenge_is_named_and_left_alone() {
    let check = |status: &'static str, headers: &'static [(&'static str, &'static str)], body: &'static str, expected: &str| {
        let server = serve(move |_| answer(status, headers, body));
        let home = home(ONE);
        let expected = format!("{expected} with a page that asks for a browser or a person; give");
        refused(&home, &home.run(&["add", &server.url("/")]), 1, &expected, ONE);
        assert_eq!(server.asked().len(), 1, "{body}");
        home.feeds(&format!("[[section]]\nname = \"News\"\nfeeds = [\"{}\"]\n", server.url("/feed")));
        home.run(&["refresh"]);
        let health = home.json(&["feeds", "--json"]).to_string();
        assert!(health.contains("asks for a browser or a person") && health.contains(&status[..3]), "{health}");
    };
    check("403 Forbidden", &[("cf-mitigated", "challenge")], "", "403 Forbidden");
    check("503 Service Unavailable", &[], "<!doctype html><title>Just a moment...</title>", "503 Service Unavailable");
    let script = "<!doctype html><body><script src='/cdn-cgi/challenge-platform/h/b/orchestrate'></script>";
    check("403 Forbidden", &[], script, "403 Forbidden");
    check("429 Too Many Requests", &[], "<html><title>Making sure you&#39;re not a bot!</title>", "429 Too Many Requests");
    check("403 Forbidden", &[], "<!doctype html><body><noscript>Please enable JavaScript</noscript>", "403 Forbidden");
}

#[test]
fn a_server_that_forbids_or_is_down_is_soon_left_alone() {
    let check = |status: &'static str, requests: usize, expected: &str| {
        let server = serve(move |_| answer(status, &[], ""));
        let home = home(ONE);
        refused(&home, &home.run(&["add", &server.url("/")]), 1, expected, ONE);
        assert_eq!(server.asked().len(), requests, "{status}");
    };
    check("403 Forbidden", 4, "403 Forbidden; 3 usual places of feeds were asked in vain");
    check("503 Service Unavailable", 1, "503 Service Unavailable; give");
    check("429 Too Many Requests", 1, "429 Too Many Requests; give");
    check("404 Not Found", 11, "404 Not Found; 10 usual places");
}

#[test]
fn a_page_that_moved_to_another_host_is_followed_there() {
    let world = serve(|asked| match asked.path.as_str() {
        "http://a.example/" => answer("302 Found", &[("Location", &format!("{ELSEWHERE}/blog/"))], ""),
        "http://192.0.2.7/blog/" => page(&link("/feed")),
        "http://192.0.2.7/feed" => answer("301 Moved", &[("Location", "/for-good")], ""),
        "http://192.0.2.7/for-good" => ships(),
        _ => missing(),
    });
    let home = home_of_the_world(ONE, &world);
    let told = home.run(&["add", "http://a.example/"]);
    assert_eq!(told.code, 0, "{told:?}");
    assert!(list(&home).contains(&format!("\"{ELSEWHERE}/for-good\"")), "{}", list(&home));
}

#[test]
fn a_well_known_site_is_asked_by_its_pattern_only() {
    let world = serve(|asked| if asked.path == "http://social.example/@someone.rss" { ships() } else { missing() });
    let home = home_of_the_world(ONE, &world);
    assert_eq!(home.run(&["add", "http://social.example/@someone"]).code, 0);
    assert_eq!(paths(&world), ["http://social.example/@someone.rss"]);
}

#[test]
fn no_public_page_leads_to_a_private_address() {
    let inside = serve(|_| ships());
    let (at_home, port) = (inside.url("/feed"), inside.port());
    let elsewhere = at_home.clone();
    let world = serve(move |asked| match asked.path.as_str() {
        "http://a.example/" => page(&[link(&elsewhere), link("http://10.0.0.1/feed"), link("file:///etc/passwd"), link("/away")].concat()),
        "http://a.example/away" => answer("302 Found", &[("Location", &format!("http://localhost:{port}/feed"))], ""),
        _ => missing(),
    });
    let home = home_of_the_world(ONE, &world);
    let told = home.run(&["add", "http://a.example/"]);
    let private = "is a private address, which no page may lead to; add it yourself if you mean it\n";
    refused(&home, &told, 1, &format!("matins: {at_home}: 127.0.0.1 {private}matins: http://10.0.0.1/feed: 10.0.0.1 {private}"), ONE);
    assert!(told.err.contains(&format!("matins: http://a.example/away: localhost {private}")), "{told:?}");
    assert_eq!(inside.asked().len(), 0);
    assert_eq!(home.run(&["add", &at_home]).code, 0, "what a person writes is asked");
}

#[test]
fn a_file_is_added_by_its_path() {
    let home = home(ONE);
    home.write("two words.xml", &feed("Saved", &[("One", true)]));
    home.write("page.html", &String::from_utf8(page(&link("http://127.0.0.1/feed"))).expect("text"));
    let told = home.run(&["add", "two words.xml"]);
    assert!(told.out.starts_with("added Saved (1 article, newest "), "{told:?}");
    assert!(list(&home).contains(&home.url("two%20words.xml")), "{}", list(&home));
    let before = list(&home);
    refused(&home, &home.run(&["add", "./page.html"]), 1, "HTML page (Harbour), not a feed; it links to", &before);
    refused(&home, &home.run(&["add", "./absent.xml"]), 1, "no file ", &before);
}

#[test]
fn without_a_terminal_the_section_must_be_clear() {
    let server = serve(|_| ships());
    let home = home(TWO);
    let address = server.url("/feed");
    refused(&home, &home.run(&["add", &address]), 2, "matins: say which section with --section; there are News, Science\n", TWO);
    let told = home.run(&["add", &address, "--section", "Sceince"]);
    refused(&home, &told, 2, "there is no section `Sceince`; did you mean `Science`? A new section of so near a name is begun in ", TWO);
    refused(&home, &home.run(&["add", "ftp://a.example/"]), 2, "the address must begin with https://, http:// or file:///", TWO);
    refused(&home, &home.run(&["add", &address, "--section", " "]), 2, "the name of a section is empty", TWO);
    assert_eq!(server.asked().len(), 0, "nobody is asked before that is clear");
    let told = home.run(&["add", &address, "--section", "Harbours"]);
    assert!(told.code == 0 && told.out.ends_with(" to Harbours, a new section\n"), "{told:?}");
    assert!(list(&home).starts_with(TWO) && list(&home).contains("name = \"Harbours\""), "{}", list(&home));
}

#[test]
fn the_first_feed_of_a_person_without_a_list_costs_no_section() {
    let server = serve(|_| ships());
    let home = Home::empty();
    let told = home.run(&["add", &server.url("/feed"), "--section", "Canada"]);
    let file = home.path("feeds.toml").display().to_string();
    assert!(told.out.ends_with(&format!(" to Canadian News; the list is now your own: {file}\n")), "{told:?}");
    assert!(list(&home).matches("[[section]]").count() > 10 && list(&home).contains(&server.url("/feed")));
}

#[test]
fn a_list_with_a_mistake_is_not_edited() {
    let home = home(&format!("{TWO}colour = 1\n"));
    let before = list(&home);
    refused(
        &home,
        &home.run(&["add", "http://127.0.0.1:9/feed"]),
        2,
        "nothing was changed: mend what `matins config check` names",
        &before,
    );
}

#[test]
fn on_a_terminal_a_person_is_asked_which_feed_and_which_section() {
    let server = serve(|asked| match asked.path.as_str() {
        "/" => page(&["/a.xml", "/b.xml"].map(link).concat()),
        "/a.xml" => ships(),
        _ => answer("200 OK", &[], feed("Boats", &[("Three", true)])),
    });
    let home = home(TWO);
    let start = |address: &str| {
        Terminal::start(&Start { size: (120, 30), arguments: &["add", address], folder: home.folder.path(), variables: &[] })
    };
    let mut terminal = start(&server.url("/"));
    let screen = terminal.sees("q for none:").lines().map(|line| line.trim_end().to_string() + "\n").collect::<String>();
    assert!(
        screen.contains("There are 2 feeds:\n  1  Ships (2 articles, newest ")
            && screen.contains(&format!("\n     {}\n", server.url("/b.xml"))),
        "{screen}"
    );
    terminal.types("7\r");
    terminal.until("the question again", |screen| screen.matches("q for none:").count() == 2);
    terminal.types("2\r");
    terminal.sees("Into which section?\n  1  News\n  2  Science\n");
    terminal.types("2\r");
    terminal.sees("added Boats (1 article");
    assert_eq!(terminal.ends().exit_code(), 0);
    let after = TWO.replace("cells.example/feed\"", &format!("cells.example/feed\", {{ url = \"{}\" }}", server.url("/b.xml")));
    assert_eq!(list(&home), after);
    let mut terminal = start(&server.url("/"));
    assert!(terminal.sees("q for none:").contains("Boats (1 article") && terminal.sees("in Science already").contains("Ships"));
    terminal.types("q\r");
    terminal.sees("nothing was added");
    assert_eq!((terminal.ends().exit_code(), list(&home)), (1, after));
}

#[test]
fn an_empty_section_is_one_to_add_to() {
    let server = serve(|_| ships());
    let home = home("[[section]]\nname = \"Tech\"\nfeeds = []\n");
    let told = home.run(&["add", &server.url("/feed"), "--section", "Tehc"]);
    assert!(told.code == 2 && told.err.contains("did you mean `Tech`?"), "{told:?}");
    let told = home.run(&["add", &server.url("/feed")]);
    assert!(told.code == 0 && told.out.ends_with(" to Tech\n"), "{told:?}");
    assert!(list(&home).contains(&server.url("/feed")), "{}", list(&home));
}
