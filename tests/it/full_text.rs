//! Stories of full text: fetching an article's page, what is shown of it and why, going back; pages fetched ahead.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use crate::fetch_server::{Server, answer, say};
use crate::harness::{NOW, Reader, Setup};
use matins::app::effect::Effect;
use matins::app::event::Event;

const PROSE: &str = "The old bridge over the river was closed on Monday, after engineers had found cracks in two of its pillars.";

/// A page with a menu, an article of that many paragraphs, and a footer.
fn page(paragraphs: usize) -> String {
    let text: String = (1..=paragraphs).map(|number| format!("<p>{number}. {PROSE}</p>")).collect();
    format!(
        "<html><head><title>Old bridge closed</title></head><body><nav>Home News</nav><h1>Old bridge closed</h1>\
         <div class=story>{text}</div><footer>Imprint</footer></body></html>"
    )
}

/// A paper of one feed, and the server that it and its pages come from.
struct Paper {
    setup: Setup,
    server: Server,
}

impl Paper {
    /// A feed with `options` that has a teaser for each (headline, path or address of its page); every page is `html`.
    fn new(articles: &[(&'static str, &'static str)], options: &str, html: &str) -> Paper {
        Paper::of("The bridge over the river was closed by engineers …", articles, options, html)
    }

    fn of(teaser: &str, articles: &[(&'static str, &'static str)], options: &str, html: &str) -> Paper {
        let (articles, teaser, html) = (articles.to_vec(), teaser.to_string(), html.to_string());
        let server = Server::start(move |asked, stream| {
            let host = String::from_utf8_lossy(asked.header("host").unwrap_or_default()).into_owned();
            let body = match asked.path.as_str() {
                "/feed" => answer("200 OK", &[], feed(&articles, &teaser, &host)),
                "/gone" => answer("404 Not Found", &[], ""),
                _ => answer("200 OK", &[("Content-Type", "text/html")], &html),
            };
            say(stream, &body);
        });
        let url = server.url("/feed");
        let feeds = format!("[[section]]\nname = \"News\"\nfeeds = [{{ url = \"{url}\", title = \"CBC\"{options} }}]\n");
        Paper { setup: Setup { feeds, ..Setup::new().size(120, 30) }, server }
    }

    fn open(self) -> Reader {
        self.setup.open()
    }
}

fn feed(articles: &[(&str, &str)], teaser: &str, host: &str) -> String {
    let now: jiff::Timestamp = NOW.parse().expect("a moment");
    let date = jiff::fmt::rfc2822::to_string(&now.to_zoned(jiff::tz::TimeZone::UTC)).expect("a date");
    let item = |(title, page): &(&str, &str)| {
        let link = if page.starts_with('/') { format!("http://{host}{page}") } else { (*page).to_string() };
        format!(
            "<item><title>{title}</title><guid>{title}</guid><pubDate>{date}</pubDate><link>{link}</link>\
             <description><![CDATA[{teaser}]]></description></item>"
        )
    };
    let items: String = articles.iter().map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>CBC</title>{items}</channel></rss>")
}

const BRIDGE: &[(&str, &str)] = &[("Old bridge closed", "/bridge")];

fn bridge() -> Reader {
    Paper::new(BRIDGE, "", &page(40)).open()
}

#[test]
fn f_shows_the_text_of_the_page_and_goes_back_to_the_feeds() {
    let mut reader = bridge();
    reader.sees("a teaser").sees("closed by engineers").does_not_see("1. The old bridge");
    reader.press("f").sees("the page’s text").sees("1. The old bridge").does_not_see("closed by engineers").does_not_see("Imprint");
    reader.press("f").sees("closed by engineers").sees("a teaser").does_not_see("1. The old bridge");
    reader.press("f").sees("1. The old bridge");
}

#[test]
fn the_links_of_a_page_lead_where_the_page_says() {
    let linked = page(40).replace("engineers had", "<a href=\"https://page.example/why\">engineers</a> had");
    let teaser = "The <a href=\"https://feed.example/first\">bridge</a> over the river was closed by engineers …";
    let mut reader = Paper::of(teaser, BRIDGE, "", &linked).open();
    let shown = |reader: &Reader| String::from_utf8(matins::runtime::encode(None, &reader.picture())).expect("UTF-8");
    assert!(shown(&reader).contains(";https://feed.example/first"));
    reader.press("f").sees("1. The old bridge");
    let shown = shown(&reader);
    assert!(shown.contains(";https://page.example/why") && !shown.contains("feed.example/first"), "{shown:?}");
}

#[test]
fn the_text_of_a_page_is_kept() {
    let mut reader = bridge();
    reader.press("f").sees("1. The old bridge");
    let url = reader.model.paper.feeds()[0].url.clone();
    let feeds = format!("[[section]]\nname = \"News\"\nfeeds = [{{ url = \"{url}\", title = \"CBC\" }}]\n");
    let mut reader = reader.reopen(|setup| Setup { feeds, size: (120, 30), ..setup });
    reader.sees("1. The old bridge").sees("the page’s text");
    reader.press("f").sees("closed by engineers");
}

#[test]
fn a_page_that_comes_late_does_not_change_the_text_that_is_being_read() {
    let long = "<p>What the feed says of the bridge.</p>".repeat(60);
    let mut reader = Paper::of(&long, BRIDGE, "", &page(70)).open();
    reader.hold(|effect| matches!(effect, Effect::FetchPage { .. })).press("enter f").sees("fetching the page of 127.0.0.1");
    reader.press("j j").let_go().sees("the page’s text has come, f shows it").sees("What the feed says").does_not_see("1. The old bridge");
    reader.press("f").sees("1. The old bridge");
}

#[test]
fn a_wait_for_a_page_can_be_left_and_what_came_is_announced() {
    let mut reader = bridge();
    reader.hold(|effect| matches!(effect, Effect::FetchPage { .. })).press("f").sees("fetching the page of 127.0.0.1, Esc leaves it");
    reader.press("esc").sees("not waiting for the page any more");
    reader.let_go().press("? esc").sees("the page’s text has come, f shows it");
    reader.sees("closed by engineers").does_not_see("1. The old bridge");
    reader.press("f").sees("1. The old bridge");
}

const TWO: &[(&str, &str)] = &[("Old bridge closed", "/bridge"), ("New bridge opened", "/new")];

#[test]
fn a_page_that_comes_when_the_cursor_has_moved_on_is_not_shown_beside_another_headline() {
    let mut reader = Paper::new(TWO, "", &page(40)).open();
    reader.hold(|effect| matches!(effect, Effect::FetchPage { .. } | Effect::LoadArticle { .. }));
    reader.press("f j").let_go().does_not_see("1. The old bridge");
    assert_eq!(reader.model.text.shown().map(|text| text.article.row.title.to_string()), Some("New bridge opened".into()));
    reader.press("k").sees("1. The old bridge");
}

#[test]
fn a_refused_page_whose_wait_was_left_says_nothing_and_takes_nothing_from_the_next_article() {
    let mut reader = Paper::new(TWO, "", "<html><body><p>Please log in to read this article.</p></body></html>").open();
    reader.hold(|effect| matches!(effect, Effect::FetchPage { .. } | Effect::LoadArticle { .. }));
    reader.press("f j").let_go().does_not_see("the feed’s text stays");
    assert_eq!(reader.model.text.shown().map(|text| text.article.row.title.to_string()), Some("New bridge opened".into()));
}

#[test]
fn a_page_that_comes_to_the_list_of_a_small_screen_waits_for_the_article_to_be_opened() {
    let paper = Paper::new(BRIDGE, "", &page(40));
    let mut reader = paper.setup.size(60, 8).open();
    reader.hold(|effect| matches!(effect, Effect::FetchPage { .. })).press("enter f z").let_go();
    assert_eq!(reader.model.text.awaited, None, "nothing is set for a pane that is not there");
    reader.press("enter").sees("f shows the full text");
    reader.press("f").sees("1. The old bridge");
}

#[test]
fn the_version_that_was_chosen_stays_at_every_width() {
    let mut reader = bridge();
    reader.press("enter").sees("closed by engineers");
    reader.press("f").sees("1. The old bridge");
    reader.press("esc").sees("Old bridge closed").sees("1. The old bridge").does_not_see("closed by engineers");
    reader.press("f").sees("closed by engineers");
    reader.press("enter").sees("closed by engineers").does_not_see("1. The old bridge");
}

#[test]
fn the_links_that_are_listed_are_those_of_the_text_that_is_shown() {
    let html = page(10).replacen("</p>", " The <a href=\"https://council.example/report\">report</a> says more.</p>", 1);
    let mut reader = Paper::new(BRIDGE, "", &html).open();
    reader.press("f").sees("1. The old bridge");
    reader.press("L").sees("https://council.example/report");
    reader.press("esc f L").does_not_see("https://council.example/report");
}

#[test]
fn what_is_being_found_is_found_anew_in_the_other_version() {
    let mut reader = bridge();
    reader.press("enter / t h e enter f").sees("1. The old bridge");
    let marked = |reader: &Reader| reader.model.text.find.as_ref().map(matins::app::model::find::Find::count);
    let in_page = marked(&reader);
    reader.press("f");
    let in_feed = marked(&reader);
    assert!(in_page > in_feed && in_feed > Some(0), "{in_page:?} {in_feed:?}");
}

#[test]
fn a_text_that_nobody_waits_for_any_more_does_not_replace_the_one_on_the_screen() {
    let mut reader = Paper::new(TWO, "", &page(40)).open();
    reader.press("j k").hold(|effect| matches!(effect, Effect::LoadArticle { .. })).press("f j k").let_go();
    reader.sees("closed by engineers").does_not_see("1. The old bridge").sees("the page’s text has come, f shows it");
    reader.press("f").sees("1. The old bridge");
}

#[test]
fn junk_does_not_replace_a_teaser_and_the_header_says_why() {
    let wall =
        "<html><body><h1>Old bridge closed</h1><p>Please log in to read this article about the bridge over the river.</p></body></html>";
    let mut reader = Paper::new(BRIDGE, "", wall).open();
    reader.press("f").sees("closed by engineers").sees("the feed’s text stays: the page shows a log-in").does_not_see("Please log in");
    reader.sees("a teaser: the page shows a log-in");
}

#[test]
fn a_page_that_cannot_be_had_says_so_and_keeps_the_teaser() {
    let mut reader = Paper::new(&[("Old bridge closed", "/gone")], "", "").open();
    reader.press("f").sees("the feed’s text stays: 404").sees("closed by engineers");
}

#[test]
fn a_feed_cannot_have_us_ask_in_a_private_network_or_on_this_machine() {
    let mut reader = Paper::new(&[("Router", "http://192.168.0.1/reboot"), ("File", "file:///etc/passwd")], "", "").open();
    reader.press("f").sees("the feed’s text stays: ").sees("192.168.0.1");
    reader.press("j f").sees("its feed names no page for this article");
}

#[test]
fn pages_of_a_feed_with_full_text_are_fetched_behind_its_refresh() {
    let articles = &[("Old bridge closed", "/bridge"), ("New bridge opened", "/gone")];
    let paper = Paper::new(articles, ", full_text = true", &page(40));
    let mut reader = paper.setup.open();
    reader.sees("the page’s text").sees("1. The old bridge");
    reader.press("j").sees("New bridge opened").sees("closed by engineers").sees("a teaser: 404");
    reader.press("k").sees("1. The old bridge").sees("the page’s text");
    let pages = |server: &Server| server.asked().iter().filter(|asked| asked.path != "/feed").count();
    assert_eq!(pages(&paper.server), 2);
    reader.press("R R");
    assert_eq!(pages(&paper.server), 2, "what came, or is gone, is not asked for again");
}

/// The bridge's feed with these options, of which teaser and page are of an edition that may be set.
fn editions(options: &str, teasers: &'static [&'static str]) -> (Reader, Arc<AtomicUsize>, Server) {
    let edition = Arc::new(AtomicUsize::new(0));
    let served = edition.clone();
    let server = Server::start(move |asked, stream| {
        let host = String::from_utf8_lossy(asked.header("host").unwrap_or_default()).into_owned();
        let at = served.load(Ordering::SeqCst);
        let body = match asked.path.as_str() {
            "/feed" => answer("200 OK", &[], feed(BRIDGE, teasers[at], &host)),
            _ if at == 1 => answer("404 Not Found", &[], ""),
            _ if at == WALLED => answer("200 OK", &[("Content-Type", "text/html")], "<p>Please log in to read this article.</p>"),
            _ => answer("200 OK", &[("Content-Type", "text/html")], page(40).replace("1. The old", &format!("{at}. Edition, the old"))),
        };
        say(stream, &body);
    });
    let feeds = format!("[[section]]\nname = \"News\"\nfeeds = [{{ url = \"{}\", title = \"CBC\"{options} }}]\n", server.url("/feed"));
    (Setup { feeds, ..Setup::new().size(120, 30) }.open(), edition, server)
}

const TEASERS: &[&str] = &[
    "The old bridge over the river was closed by engineers. 3 comments …",
    "The old bridge over the river was closed by engineers. 4 comments …",
    "The old bridge over the river was not closed by engineers. 4 comments …",
    "The old bridge over the river was half closed by engineers. 4 comments …",
];
/// The edition whose page asks for a log-in.
const WALLED: usize = 3;

#[test]
fn a_page_is_fetched_ahead_again_when_more_than_numbers_of_the_teaser_changed() {
    let (mut reader, edition, server) = editions(", full_text = true", TEASERS);
    let pages = || server.asked().iter().filter(|asked| asked.path != "/feed").count();
    reader.sees("0. Edition");
    edition.store(1, Ordering::SeqCst);
    reader.press("R R").sees("0. Edition");
    assert_eq!(pages(), 1, "a count of comments");
    edition.store(2, Ordering::SeqCst);
    reader.press("R R").sees("0. Edition").sees("this text has changed, f shows it");
    reader.press("f").sees("2. Edition").does_not_see("older than the change");
    reader.press("R R");
    assert_eq!(pages(), 2, "once for a change");
}

#[test]
fn a_page_that_is_older_than_a_correction_says_so_and_is_fetched_again_by_a_key() {
    let (mut reader, edition, _server) = editions("", TEASERS);
    reader.press("f").sees("0. Edition");
    edition.store(2, Ordering::SeqCst);
    reader.press("R R enter").sees("0. Edition").sees("the page’s text, older than the change");
    reader.press("f").sees("was not closed").sees("f fetches the page again");
    edition.store(1, Ordering::SeqCst);
    reader.press("f").sees("the page as it was: 404").sees("0. Edition");
    edition.store(2, Ordering::SeqCst);
    reader.press("f").sees("was not closed");
    reader.press("f").sees("2. Edition").does_not_see("older than the change");
    reader.press("f").sees("was not closed").sees("f shows the page’s");
}

#[tokio::test]
async fn a_store_that_cannot_be_written_is_told_at_once_and_not_as_another_matins() {
    use crate::etiquette_world::{A, World, due};
    let item = "<item><title>One</title><guid>1</guid><link>http://a.example/1</link></item>";
    let feed = format!("<rss version=\"2.0\"><channel><title>A</title>{item}</channel></rss>");
    let world = World::answering(move |_| answer("200 OK", &[], &feed));
    let reader = world.reader();
    reader.refresh(due(&[A])).await;
    rusqlite::Connection::open(world.store_file()).expect("the store").execute_batch("DROP TABLE page_claim").expect("no claims");
    let feed = matins::domain::section::Feed { url: A.into(), ..Default::default() };
    let told = reader.refresher.page(&feed, matins::domain::article::ArticleId(1)).await.expect_err("no claim");
    assert!(told.contains("page_claim"), "{told}");
}

#[test]
fn a_page_that_is_refused_now_takes_away_no_text_that_was_kept() {
    let (mut reader, edition, _server) = editions("", TEASERS);
    reader.press("f").sees("0. Edition");
    edition.store(WALLED, Ordering::SeqCst);
    reader.press("R R enter f").sees("was half closed");
    reader.press("f").sees("the page as it was: now it shows a log-in").sees("0. Edition").sees("older than the change");
    reader.press("f").sees("was half closed").sees("f fetches the page again");
    edition.store(2, Ordering::SeqCst);
    reader.press("f").sees("2. Edition").does_not_see("older than the change");
}

#[test]
fn a_page_that_is_refused_ahead_takes_away_no_text_that_was_kept_and_is_asked_for_once() {
    let (mut reader, edition, server) = editions(", full_text = true", TEASERS);
    let pages = || server.asked().iter().filter(|asked| asked.path != "/feed").count();
    for (refused, asked) in [(WALLED, 2), (1, 3)] {
        edition.store(refused, Ordering::SeqCst);
        reader.press("R R").sees("0. Edition").does_not_see("has come");
        reader.press("R R z").sees("0. Edition").sees("older than the change").does_not_see("has come");
        reader.press("esc");
        assert_eq!(pages(), asked, "once for a change");
    }
}

#[test]
fn the_key_of_the_full_text_says_why_it_waits_where_the_text_is_not_on_the_screen() {
    let paper = Paper::new(TWO, "", &page(40));
    let mut reader = paper.setup.size(50, 12).open();
    let said = |reader: &Reader| reader.screen().lines().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    for keys in ["f", "enter esc f"] {
        reader.press(keys);
        let words = said(&reader);
        assert!(words.contains("f shows the full text") && words.contains("Enter opens it"), "{}", reader.screen());
    }
    reader.resize(120, 30).hold(|effect| matches!(effect, Effect::LoadArticle { .. }));
    reader.press("j f").sees("f shows the full text of an article when its text is shown").does_not_see("opens it");
}

#[test]
fn a_page_that_comes_is_not_announced_above_a_list_without_a_text() {
    let paper = Paper::new(TWO, "", &page(40));
    let mut reader = paper.setup.size(40, 20).open();
    reader.press("enter esc j");
    let id = reader.model.list.ids()[0];
    reader.happen(Event::PageKept { id });
    reader.does_not_see("full text").does_not_see("has come").sees("2 of 2");
    reader.press("k").does_not_see("full text").does_not_see("has come");
    reader.press("enter").sees("full text");
}

#[test]
fn a_page_that_is_gone_since_it_was_announced_is_not_announced_for_ever() {
    let whole: &str =
        Box::leak("The old bridge over the river was closed by engineers, and it will stay so for months. ".repeat(120).into());
    let (mut reader, edition, _server) = editions(", full_text = true", Box::leak(Box::new([TEASERS[0], whole])));
    reader.press("f").sees("closed by engineers");
    let id = reader.model.list.ids()[0];
    reader.happen(Event::PageKept { id });
    reader.press("? esc").sees("the page’s text has come");
    edition.store(1, Ordering::SeqCst);
    reader.press("R R f").sees("for months").does_not_see("the page’s text");
    reader.press("? esc").does_not_see("has come");
}

#[test]
fn nothing_is_fetched_ahead_without_a_budget() {
    let paper = Paper::new(BRIDGE, ", full_text = true", &page(40));
    let mut reader = paper.setup.settings("[fetch]\nprefetch_mb = 0\n").open();
    reader.press("j k").sees("a teaser").does_not_see("1. The old bridge");
    assert_eq!(paper.server.asked().len(), 1);
}

#[test]
fn pages_that_are_fetched_at_once_keep_within_the_budget_together() {
    let large = page(40).replace("</body>", &format!("<!--{}--></body>", "x".repeat(900_000)));
    let titles = ["One", "Two", "Three", "Four", "Five", "Six"];
    let paper = Paper::new(&titles.map(|title| (title, "/bridge")), ", full_text = true", &large);
    let Paper { setup, server } = paper;
    setup.settings("[fetch]\nprefetch_mb = 2\n").open();
    assert_eq!(server.asked().iter().filter(|asked| asked.path != "/feed").count(), 2);
}

#[test]
fn the_commands_print_the_text_of_a_page() {
    let home = crate::commands::Home::empty();
    home.write("page.html", &page(3));
    let file = home.folder.path().join("page.html").display().to_string();
    let told = home.run(&["extract", &file]);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    assert!(told.out.starts_with("1. The old bridge") && told.out.contains("3. The old") && !told.out.contains("Imprint"), "{}", told.out);
    let told = home.run(&["extract", &file, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!((&json["title"], &json["byline"]), (&"Old bridge closed".into(), &serde_json::Value::Null));
    assert_eq!(json["blocks"].as_array().map(Vec::len), Some(3));
    let told = home.run(&["extract", &file, "--format", "html"]);
    assert!(told.out.starts_with("<p>1. The old bridge"), "{}", told.out);
}

#[test]
fn show_prints_the_text_of_the_page_when_asked() {
    let paper = Paper::new(&[("Old bridge closed", "/bridge"), ("New bridge opened", "/gone")], "", &page(3));
    let home = crate::commands::Home::empty();
    home.feeds(&paper.setup.feeds);
    assert_eq!(home.run(&["refresh"]).code, 0);
    let first = home.number("Old bridge closed");
    let shown = home.run(&["show", &first]);
    assert!(shown.out.contains("a teaser") && shown.out.contains("closed by engineers"), "{}", shown.out);
    let shown = home.run(&["show", &first, "--full"]);
    assert!(shown.out.contains("the page’s text") && shown.out.contains("1. The old bridge"), "{}{}", shown.out, shown.err);
    let shown = home.run(&["show", &home.number("New bridge opened"), "--full"]);
    assert!(shown.out.contains("closed by engineers") && shown.err.contains("the feed’s text: 404"), "{}{}", shown.out, shown.err);
}

#[test]
fn show_asks_again_for_a_page_that_gave_no_text_or_is_older_than_a_correction() {
    let edition = Arc::new(AtomicUsize::new(0));
    let served = edition.clone();
    let server = Server::start(move |asked, stream| {
        let host = String::from_utf8_lossy(asked.header("host").unwrap_or_default()).into_owned();
        let at = served.load(Ordering::SeqCst);
        let body = match asked.path.as_str() {
            "/feed" => answer("200 OK", &[], feed(BRIDGE, TEASERS[at], &host)),
            _ if at == 0 => answer("200 OK", &[("Content-Type", "text/html")], "<p>Please log in to read this article.</p>"),
            _ => answer("200 OK", &[("Content-Type", "text/html")], page(3).replace("1. The old", &format!("{at}. Edition, the old"))),
        };
        say(stream, &body);
    });
    let home = crate::commands::Home::empty();
    home.feeds(&format!("[[section]]\nname = \"News\"\nfeeds = [\"{}\"]\n", server.url("/feed")));
    assert_eq!(home.run(&["refresh"]).code, 0);
    let number = home.number("Old bridge closed");
    let check = |code: i32, expected: &str, why: &str, pages: usize| {
        let told = home.run(&["show", &number, "--full"]);
        assert_eq!((told.code, told.err.as_str()), (code, why), "{told:?}");
        assert!(told.out.contains(expected) && !told.out.contains("older than the change"), "{told:?}");
        assert_eq!(server.asked().iter().filter(|asked| asked.path != "/feed").count(), pages, "{expected}");
    };
    check(1, "closed by engineers", "matins: the feed’s text: the page shows a log-in\n", 1);
    edition.store(1, Ordering::SeqCst);
    check(0, "1. Edition", "", 2);
    check(0, "1. Edition", "", 2);
    edition.store(2, Ordering::SeqCst);
    assert_eq!(home.run(&["refresh", "--force"]).code, 0);
    check(0, "2. Edition", "", 3);
}

#[test]
fn a_refresh_tells_what_came_before_it_fetches_pages() {
    let (tell, told) = mpsc::channel::<()>();
    let told = Mutex::new(told);
    let server = Server::start(move |asked, stream| {
        let host = String::from_utf8_lossy(asked.header("host").unwrap_or_default()).into_owned();
        let body = match asked.path.as_str() {
            "/feed" => answer("200 OK", &[], feed(BRIDGE, "The bridge was closed …", &host)),
            _ => {
                let _ = told.lock().expect("the word").recv();
                answer("200 OK", &[("Content-Type", "text/html")], page(3))
            }
        };
        say(stream, &body);
    });
    let home = crate::commands::Home::empty();
    let url = server.url("/feed");
    home.feeds(&format!("[[section]]\nname = \"News\"\nfeeds = [{{ url = \"{url}\", full_text = true }}]\n"));
    let mut child = home.command(&["refresh"]).stdout(Stdio::piped()).spawn().expect("matins runs");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    drop(tell);
    assert_eq!((line.as_str(), child.wait().expect("its end").code()), ("1 feed asked, 1 answered, 1 new article\n", Some(0)));
    let shown = home.run(&["show", &home.number("Old bridge closed")]).out;
    assert!(shown.contains("the page’s text"), "{shown}");
}

#[test]
fn a_check_of_the_feeds_asks_no_pages() {
    let paper = Paper::new(BRIDGE, ", full_text = true", &page(3));
    let home = crate::commands::Home::empty();
    home.feeds(&paper.setup.feeds);
    assert_eq!(home.run(&["feeds", "--check"]).code, 0);
    assert_eq!(paper.server.asked().iter().map(|asked| asked.path.clone()).collect::<Vec<_>>(), ["/feed"]);
}

#[test]
fn show_prints_what_the_reader_shows() {
    let articles = &[("Old bridge closed", "/bridge"), ("New bridge opened", "/gone")];
    let paper = Paper::new(articles, ", full_text = true", &page(3));
    let home = crate::commands::Home::empty();
    home.feeds(&paper.setup.feeds);
    assert_eq!(home.run(&["refresh"]).code, 0);
    let shown = home.run(&["show", &home.number("Old bridge closed")]).out;
    assert!(shown.contains("the page’s text") && shown.contains("1. The old bridge"), "{shown}");
    let shown = home.run(&["show", &home.number("New bridge opened")]).out;
    assert!(shown.contains("a teaser: 404") && shown.contains("closed by engineers"), "{shown}");
    for (format, expected) in [("markdown", "\n\n*a teaser: 404"), ("html", "<p><em>a teaser: 404"), ("json", "\"shown\": \"a teaser: 404")]
    {
        let shown = home.run(&["show", &home.number("New bridge opened"), "--format", format]).out;
        assert!(shown.contains(expected), "{shown}");
    }
}

#[tokio::test]
async fn a_page_behind_a_redirect_is_read_against_where_it_was_found() {
    use crate::etiquette_world::{A, World, due, redirect};
    let world = World::answering(|asked| match asked.path.as_str() {
        A => {
            let item = "<item><title>Old bridge closed</title><guid>1</guid><link>http://short.example/x</link></item>";
            answer("200 OK", &[], format!("<rss version=\"2.0\"><channel><title>A</title>{item}</channel></rss>"))
        }
        "http://short.example/x" => redirect("302 Found", "http://192.0.2.7/deep/bridge"),
        _ => answer("200 OK", &[], page(40).replace("<p>1.", "<p><a href=plan>The plan</a> 1.")),
    });
    let reader = world.reader();
    reader.refresh(due(&[A])).await;
    let id = reader.store.front().list(matins::domain::list::ListQuery::default()).await.expect("a list").ids[0];
    let feed = matins::domain::section::Feed { url: A.into(), ..Default::default() };
    let page = reader.refresher.page(&feed, id).await.expect("a page");
    let matins::domain::full_text::PageText::Good(document) = page else { panic!("{page:?}") };
    let links: Vec<String> = document.links.iter().map(|link| format!("{link:?}")).collect();
    assert!(links.iter().any(|link| link.contains("http://192.0.2.7/deep/plan")), "{links:?}");
}
