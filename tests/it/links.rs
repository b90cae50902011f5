//! Stories of addresses: opened, copied, listed, and links of the terminal.

use matins::app::effect::Effect;
use matins::app::event::Event;

use crate::harness::{Reader, Setup, rss};
use crate::screen::{Start, Terminal};

const UNION: &str = "https://union.example/terms?night=1&pay=11";

/// One article with three links in its text, a page and a podcast.
fn feed(link: &str) -> String {
    let body = "<p>The <a href=\"https://union.example/terms?night=1&amp;pay=11\">union</a> and the <a href=\"https://rail.example/\">railway</a> \
        agreed, as <a href=\"javascript:alert(1)\">nobody</a> expected, says the <a href=\"https://harbour.example/a\">harbour master</a>.</p>";
    let feed = rss("CBC", &[("Rail strike ends", 2, body)]);
    let more = format!("<link>{link}</link><enclosure url=\"https://cast.example/morning.mp3\" type=\"audio/mpeg\" length=\"1\"/></item>");
    feed.replace("</item>", &more)
}

fn reader() -> Reader {
    Setup::new().section("Canada", "window = \"24h\"", &[("CBC", feed("https://cbc.example/rail"))]).open()
}

fn opens(url: &str) -> Option<Effect> {
    Some(Effect::OpenAddress { url: url.into() })
}

#[test]
fn the_page_of_an_article_is_opened_from_the_list_and_from_the_text() {
    let mut reader = reader();
    reader.press("o");
    assert_eq!(reader.left_over.pop(), opens("https://cbc.example/rail"));
    reader.press("enter o");
    assert_eq!(reader.left_over.pop(), opens("https://cbc.example/rail"));
    reader.happen(Event::AddressOpened { url: "https://cbc.example/rail".into(), program: "firefox".into() });
    reader.sees("firefox opens https://cbc.example/rail");
    let reason = "found no browser ($BROWSER, xdg-open)".into();
    reader.happen(Event::AddressNotOpened { url: "https://cbc.example/rail".into(), reason });
    reader.sees("found no browser ($BROWSER, xdg-open), y copies it: https://cbc.example/rail");
}

#[test]
fn the_page_of_an_article_is_opened_copied_and_shown_without_what_follows_the_reader() {
    let link = "https://cbc.example/rail?id=7&amp;utm_source=rss&amp;at_medium=RSS#top";
    let mut reader = Setup::new().section("Canada", "window = \"24h\"", &[("CBC", feed(link))]).open();
    let bare = "https://cbc.example/rail?id=7#top";
    reader.press("o");
    assert_eq!(reader.left_over.pop(), opens(bare));
    reader.press("y");
    assert_eq!(reader.left_over.pop(), Some(Effect::Copy { text: bare.into(), what: bare.into() }));
    reader.press("enter G");
    let screen = reader.screen();
    assert!(screen.contains(bare) && !screen.contains("utm_source"), "{screen}");
    reader.press("L");
    reader.does_not_see("utm_source");
}

#[test]
fn what_is_no_address_of_the_web_is_not_opened() {
    let mut reader = Setup::new().section("Canada", "", &[("CBC", feed("ftp://cbc.example/rail"))]).open();
    reader.press("o");
    assert!(!reader.left_over.iter().any(|effect| matches!(effect, Effect::OpenAddress { .. })));
    let said = reader.screen();
    assert!(said.contains("only http, https and mailto addresses") || said.contains("no page of its own"), "{said}");
}

#[test]
fn link_and_title_are_copied_and_the_way_is_said() {
    let mut reader = reader();
    let copy = |text: &str, what: &str| Some(Effect::Copy { text: text.into(), what: what.into() });
    reader.press("y");
    assert_eq!(reader.left_over.pop(), copy("https://cbc.example/rail", "https://cbc.example/rail"));
    reader.press("Y");
    assert_eq!(reader.left_over.pop(), copy("Rail strike ends\nhttps://cbc.example/rail", "title and link of “Rail strike ends”"));
    reader.happen(Event::Copied { what: "https://cbc.example/rail".into(), is_sent: true });
    reader.sees("sent to your terminal: https://cbc.example/rail");
}

#[test]
fn without_utf_8_what_leaves_the_screen_is_the_title_as_it_was_written() {
    let feed = feed("https://cbc.example/rail").replace("Rail strike ends", "Straße gesperrt");
    let setup = Setup::new().section("Évreux", "", &[("CBC", feed)]);
    let feeds = setup.feeds.clone();
    let mut reader = setup.settings("[screen]\nglyphs = \"ascii\"\n").open();
    reader.sees("Strasse gesperrt");
    for keys in ["Y", "L G k Y"] {
        reader.press(keys);
        let (text, what) = ("Straße gesperrt\nhttps://cbc.example/rail".into(), "title and link of “Straße gesperrt”".into());
        assert_eq!(reader.left_over.pop(), Some(Effect::Copy { text, what }));
        reader.sees("Strasse gesperrt");
    }
    reader.press("esc m u").sees("undone: marked read \"Strasse gesperrt\"");
    reader.press("m");
    assert!(reader.screen().is_ascii(), "{}", reader.screen());
    let mut reader = reader.reopen(|setup| Setup { feeds, ..setup });
    reader.press("u").sees("undone: marked read “Straße gesperrt”");
}

#[test]
fn the_links_of_an_article_are_listed_opened_and_copied_by_number() {
    let mut reader = reader();
    reader.press("enter L").sees("Links of this article").sees("[1] union").sees("page Rail strike ends").sees("audio morning.mp3");
    reader.sees(UNION);
    reader.press("2").sees("https://rail.example/");
    reader.press("o");
    assert_eq!(reader.left_over.pop(), opens("https://rail.example/"));
    reader.press("1 enter");
    assert_eq!(reader.left_over.pop(), opens(UNION));
    reader.press("j j y");
    assert!(matches!(reader.left_over.pop(), Some(Effect::Copy { text, .. }) if text == "https://harbour.example/a"));
    reader.press("9").sees("Links of this article");
    reader.press("q").does_not_see("Links of this article");
    assert!(reader.model.is_text_open, "the sheet is left, not the text");
}

#[test]
fn a_number_of_two_digits_is_one_number() {
    let many: String = (1..=14).map(|number| format!("<p><a href=\"https://e.example/{number}\">Number {number}</a></p>")).collect();
    let mut reader = Setup::new().section("News", "", &[("Feed", rss("Feed", &[("Many", 1, &many)]))]).open();
    reader.press("L 1 2 enter");
    assert_eq!(reader.left_over.pop(), opens("https://e.example/12"));
    reader.press("3 enter");
    assert_eq!(reader.left_over.pop(), opens("https://e.example/3"), "there is no 123");
    reader.press("1 j 2 enter");
    assert_eq!(reader.left_over.pop(), opens("https://e.example/2"), "another key ends a number");
}

#[test]
fn links_of_the_text_are_links_of_the_terminal_unless_they_are_switched_off() {
    let bytes = |reader: &Reader| String::from_utf8(matins::runtime::encode(None, &reader.picture())).expect("UTF-8");
    let mut on = reader();
    let shown = bytes(&on);
    assert!(shown.contains(&format!("\u{1b}]8;id=1;{UNION}\u{1b}\\")), "{shown:?}");
    assert_eq!(shown.matches("\u{1b}]8;id=").count(), shown.matches("\u{1b}]8;;\u{1b}\\").count(), "each is closed");
    assert!(!shown.contains("javascript"), "{shown:?}");
    on.press("?");
    assert!(!bytes(&on).contains("\u{1b}]8;"), "nothing under a sheet is a link");
    let setup = Setup::new().section("Canada", "window = \"24h\"", &[("CBC", feed("https://cbc.example/rail"))]);
    let off = setup.settings("[screen]\nhyperlinks = false\n").open();
    off.sees("railway");
    assert!(!bytes(&off).contains("\u{1b}]8;"));
}

/// The program itself, with a browser that writes down how it was called.
#[test]
fn the_program_hands_an_address_to_the_browser_as_one_argument() {
    let folder = tempfile::tempdir().expect("a folder");
    let (page, told) = ("https://cbc.example/$(touch%20x);a'b", folder.path().join("told"));
    std::fs::write(folder.path().join("feed.xml"), feed(page)).expect("a feed");
    let feeds = format!("[[section]]\nname = \"News\"\nwindow = \"3650d\"\nfeeds = [\"file://{}/feed.xml\"]\n", folder.path().display());
    std::fs::write(folder.path().join("feeds.toml"), feeds).expect("feeds");
    let browser = folder.path().join("browser");
    let script = format!("#!/bin/sh\necho \"$# $1 $2\" > '{0}.new'\nmv '{0}.new' '{0}'\n", told.display());
    std::fs::write(&browser, script).expect("a browser");
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&browser, executable).expect("executable");
    let command = format!("{} --new %s", browser.display());
    let variables = [("BROWSER", command.as_str()), ("SSH_TTY", "pts"), ("PATH", "/usr/bin:/bin"), ("TMUX", "x")];
    let mut terminal = Terminal::start(&Start { size: (80, 24), arguments: &[], folder: folder.path(), variables: &variables });
    terminal.sees("Rail strike ends");
    terminal.types("o");
    terminal.sees("browser opens https://cbc.example/");
    terminal.types("y");
    terminal.sees("sent to your terminal");
    let copied = String::from_utf8_lossy(&terminal.bytes()).contains("\u{1b}]52;c;aHR0cHM6Ly9jYmMuZXhhbXBsZS8");
    assert!(copied, "the terminal got the link");
    terminal.types("q");
    terminal.ends();
    let said = (0..).find_map(|_| std::fs::read_to_string(&told).ok()).unwrap_or_default();
    assert_eq!(said.trim_end(), format!("2 --new {page}"));
}

#[test]
fn the_links_of_an_article_are_not_listed_under_the_headline_of_another() {
    let other = rss("BBC", &[("Harbour bridge to close", 5, "<p>Says the <a href=\"https://bridge.example/\">keeper</a>.</p>")]);
    let feeds = [("CBC", feed("https://cbc.example/rail")), ("BBC", other)];
    let mut reader = Setup::new().section("Canada", "window = \"24h\"", &feeds).open();
    reader.hold(|effect| matches!(effect, Effect::LoadArticle { .. })).press("j L");
    reader.does_not_see("Links of this article").sees("L lists the links of an article when its text is shown");
    reader.let_go().press("L").sees("https://bridge.example/").does_not_see("rail.example");
}
