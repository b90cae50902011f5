//! Stories of the commands that print: the real program in folders of its own, what it says, and its exit code.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::screen::{Start, Terminal};

/// A date before every span that these stories ask for, whatever the clock of the machine says.
pub const LONG_AGO: &str = "Mon, 03 Sep 2001 09:00:00 GMT";

/// The folders of one person, and the program run in them.
pub struct Home {
    pub folder: TempDir,
}

/// What a command came to.
#[derive(Debug)]
pub struct Told {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    /// With a paper of two sections: Canadian News (CBC: three articles of long ago, three that came just now, and a feed that is
    /// not there, with a fallback), and Science (Nature: two articles).
    pub fn new() -> Home {
        let home = Home::empty();
        let cbc = [("Old 1", true), ("Old 2", true), ("Old 3", true), ("New 1", false), ("New 2", false), ("New 3", false)];
        home.write("cbc.xml", &feed("CBC of Canada", &cbc));
        home.write("nature.xml", &feed("Nature", &[("Cells", false), ("Stars", false)]));
        home.write("spare.xml", &feed("Spare", &[("Instead", false)]));
        let url = |name: &str| home.url(name);
        home.feeds(&format!(
            "[[section]]\nname = \"Canadian News\"\nshort = \"Canada\"\nfeeds = [{{ url = \"{}\", title = \"CBC\" }}, {{ url = \"{}\", title = \"CTV\" }}]\n\
             fallback = [\"{}\"]\n[[section]]\nname = \"Science\"\nfeeds = [\"{}\"]\n",
            url("cbc.xml"),
            url("missing.xml"),
            url("spare.xml"),
            url("nature.xml")
        ));
        home
    }

    /// The same, refreshed once.
    pub fn refreshed() -> Home {
        let home = Home::new();
        let told = home.run(&["refresh"]);
        assert_eq!((told.code, told.out.as_str()), (3, "3 feeds asked, 2 answered, 8 new articles\n"), "{told:?}");
        home
    }

    pub fn empty() -> Home {
        Home { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn url(&self, name: &str) -> String {
        format!("file://{}", self.path(name).display())
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("written");
    }

    pub fn feeds(&self, text: &str) {
        self.write("feeds.toml", text);
    }

    pub fn store(&self) -> PathBuf {
        self.path("matins.db")
    }

    /// The program with both folders where this home is.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = bare(arguments);
        command.env("HOME", self.folder.path()).env("MATINS_CONFIG", self.folder.path()).env("MATINS_DATA", self.folder.path());
        command.current_dir(self.folder.path());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Told {
        Told::of(&self.command(arguments).output().expect("matins runs"))
    }

    /// Runs a command that must succeed; what it printed.
    pub fn prints(&self, arguments: &[&str]) -> String {
        let told = self.run(arguments);
        assert_eq!((told.code, told.err.as_str()), (0, ""), "{arguments:?}: {told:?}");
        told.out
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let told = self.run(arguments);
        let json = serde_json::from_str(&told.out);
        assert!(json.is_ok(), "{arguments:?}: {told:?}");
        json.expect("JSON")
    }

    /// The titles that `matins list` gives with these arguments.
    pub fn titles(&self, arguments: &[&str]) -> Vec<String> {
        let listed = self.json(&[&["list", "--json"], arguments].concat());
        let titles = listed.as_array().expect("an array").iter().map(|article| article["title"].as_str().expect("a title").to_string());
        titles.collect()
    }

    /// The number of the article with this title.
    pub fn number(&self, title: &str) -> String {
        let listed = self.json(&["list", "--all", "--json"]);
        listed.as_array().expect("an array").iter().find(|article| article["title"] == title).expect(title)["id"].to_string()
    }
}

/// The program with nothing of the environment but what a story gives it.
#[expect(clippy::disallowed_methods, reason = "these stories run the program")]
pub fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_matins"));
    command.env_clear().env("LANG", "C.UTF-8").env("TZ", "UTC").args(arguments).stdin(Stdio::null());
    command
}

impl Told {
    pub fn of(output: &Output) -> Told {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let told = Told { code: output.status.code().expect("an exit code"), out: text(&output.stdout), err: text(&output.stderr) };
        assert!(!told.err.contains("panicked"), "{told:?}");
        let is_harmless = |text: &str| !text.chars().any(|c| c.is_control() && c != '\n');
        assert!(is_harmless(&told.out) && is_harmless(&told.err), "a control character in {told:?}");
        told
    }
}

/// An RSS feed of articles that are of long ago, or have no date and so are of when they came.
pub fn feed(title: &str, articles: &[(&str, bool)]) -> String {
    let article = |(headline, is_old): &(&str, bool)| {
        let date = if *is_old { format!("<pubDate>{LONG_AGO}</pubDate>") } else { String::new() };
        format!(
            "<item><title>{headline}</title><guid>{title}/{headline}</guid><link>https://news.example/{}</link><author>Jane Roe</author>{date}\
             <description><![CDATA[<p>The text of {headline}, with <a href=\"https://more.example/\">more</a>.</p>]]></description></item>",
            headline.replace(' ', "-")
        )
    };
    let articles: String = articles.iter().map(article).collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>{title}</title>{articles}</channel></rss>")
}

fn sorted(mut titles: Vec<String>) -> Vec<String> {
    titles.sort();
    titles
}

/// The keys of an object in the order in which they were printed.
fn keys(printed: &str) -> Vec<&str> {
    let object = printed.split_once('{').map_or("", |(_, rest)| rest);
    let own = object.lines().filter(|line| line.starts_with("    \""));
    own.filter_map(|line| line.trim_start().split('"').nth(1)).collect()
}

#[test]
fn a_refresh_names_the_feeds_that_failed_and_ends_with_3() {
    let home = Home::new();
    let told = home.run(&["refresh"]);
    let missing = home.path("missing.xml").display().to_string();
    assert_eq!((told.code, told.out.as_str()), (3, "3 feeds asked, 2 answered, 8 new articles\n"));
    assert_eq!(told.err, format!("matins: {}: no file {missing}\n", home.url("missing.xml")));
    let json = home.json(&["refresh", "--json"]);
    assert_eq!((&json["asked"], &json["ok"], &json["new"]), (&3.into(), &2.into(), &0.into()));
    assert_eq!(json["failed"][0]["url"], home.url("missing.xml"));
}

#[test]
fn a_refresh_may_be_of_one_section_or_one_feed() {
    let home = Home::new();
    assert_eq!(home.prints(&["refresh", "--section", "science"]), "1 feed asked, 1 answered, 2 new articles\n");
    assert_eq!(home.prints(&["refresh", "--feed", &home.url("cbc.xml")]), "1 feed asked, 1 answered, 6 new articles\n");
    assert_eq!(home.prints(&["refresh", "--feed", "nature"]), "1 feed asked, 1 answered, 0 new articles\n");
    let check = |arguments: &[&str], expected: &str| {
        let told = home.run(arguments);
        assert_eq!((told.code, told.out.as_str(), told.err.as_str()), (2, "", format!("matins: {expected}\n").as_str()));
    };
    check(&["refresh", "--section", "Sceince"], "there is no section `Sceince`; did you mean `Science`?");
    check(&["refresh", "--section", "Nonsense"], "there is no section `Nonsense`; there are Canadian News, Science");
    check(&["refresh", "--feed", "natuer"], "there is no feed `natuer`; did you mean `Nature`?");
    check(&["refresh", "--feed", "https://nowhere.example/"], "there is no feed `https://nowhere.example/`; `matins feeds` shows them all");
}

#[test]
fn a_feed_that_has_left_the_paper_keeps_its_articles_but_is_not_asked() {
    let home = Home::refreshed();
    home.feeds(&format!("[[section]]\nname = \"Science\"\nfeeds = [\"{}\"]\n", home.url("nature.xml")));
    assert_eq!(home.titles(&["--feed", &home.url("cbc.xml")]).len(), 6);
    assert_eq!((home.titles(&[]).len(), home.titles(&["--all"]).len()), (2, 8));
    let told = home.run(&["refresh", "--feed", &home.url("cbc.xml")]);
    assert_eq!((told.code, told.err.contains("has left the paper")), (2, true), "{told:?}");
}

#[test]
fn lists_can_be_narrowed_down() {
    let home = Home::refreshed();
    let check = |arguments: &[&str], expected: &[&str]| assert_eq!(sorted(home.titles(arguments)), expected, "{arguments:?}");
    let all = ["Cells", "New 1", "New 2", "New 3", "Old 1", "Old 2", "Old 3", "Stars"];
    home.prints(&["mark", "read", &home.number("Cells"), &home.number("Old 1")]);
    home.prints(&["mark", "star", &home.number("Old 2")]);
    check(&[], &all);
    check(&["--section", "Science"], &["Cells", "Stars"]);
    check(&["--section", "canada", "--unread"], &["New 1", "New 2", "New 3", "Old 2", "Old 3"]);
    check(&["--feed", "cbc", "--since", "7d"], &["New 1", "New 2", "New 3"]);
    check(&["--starred"], &["Old 2"]);
    check(&["--starred", "--since", "7d"], &[]);
    check(&["--search", "cells"], &["Cells"]);
    check(&["--search", "text STARS"], &["Stars"]);
    check(&["--search", "\"(*'"], &all);
    check(&["--all"], &all);
    assert_eq!(home.titles(&["--limit", "3"]).len(), 3);
    assert_eq!(home.titles(&["--section", "Canada"])[3..], ["Old 1", "Old 2", "Old 3"], "newest first, then as the feed has them");
}

#[test]
fn an_article_without_a_date_counts_by_when_it_came_and_says_so() {
    let home = Home::refreshed();
    let listed = home.json(&["list", "--feed", "cbc", "--since", "1h", "--json"]);
    let listed = listed.as_array().expect("an array");
    assert!(listed.len() == 3 && listed.iter().all(|article| article["published"].is_null()), "{listed:?}");
    home.prints(&["mark", "read", "--feed", "cbc", "--older-than", "1h"]);
    assert_eq!(sorted(home.titles(&["--feed", "cbc", "--unread"])), ["New 1", "New 2", "New 3"]);
    let check = |arguments: &[&str], expected: &str| {
        let help = home.prints(arguments).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(help.contains(expected), "{help}");
    };
    check(&["list", "--help"], "last hours or days, by their dates or else by when they came");
    check(&["list", "--help"], "its age, which is left empty where the feed gives no date");
    check(&["mark", "--help"], "older than so long, by their dates or else by when they came");
}

#[test]
fn sections_and_feeds_are_found_however_their_accents_are_typed() {
    let home = Home::empty();
    home.write("s.xml", &feed("S", &[("Sain", false)]));
    home.feeds(&format!(
        "[[section]]\nname = \"Santé ❤\u{fe0f}\"\nfeeds = [{{ url = \"{}\", title = \"Médecine\" }}]\n",
        home.url("s.xml")
    ));
    home.prints(&["refresh", "--section", "SANTE\u{301} ❤\u{fe0f}"]);
    for section in ["Santé ❤", "santé ❤\u{fe0f}", "Sante\u{301} ❤", "sante ❤"] {
        assert_eq!(home.titles(&["--section", section]), ["Sain"], "{section}");
    }
    for feed in ["médecine", "Me\u{301}decine", "medecine"] {
        assert_eq!(home.titles(&["--feed", feed]), ["Sain"], "{feed}");
    }
    let told = home.run(&["list", "--section", "Sant ❤"]);
    assert_eq!((told.code, told.err.as_str()), (2, "matins: there is no section `Sant ❤`; did you mean `Santé ❤`?\n"));
}

#[test]
fn a_section_without_feeds_is_named_as_such() {
    let home = Home::new();
    let feeds = std::fs::read_to_string(home.path("feeds.toml")).expect("the feeds");
    home.feeds(&format!("{feeds}[[section]]\nname = \"For Later\"\nshort = \"Later\"\nfeeds = []\n"));
    for command in [&["list", "--section", "later"][..], &["refresh", "--section", "For Later"]] {
        let told = home.run(command);
        let expected = "matins: the section `For Later` has no feeds yet; `matins add URL --section \"For Later\"` gives it one\n";
        assert_eq!((told.code, told.err.as_str()), (2, expected));
    }
}

#[test]
fn a_line_of_a_list_is_number_status_age_feed_and_title() {
    let home = Home::refreshed();
    let (new, old) = (home.number("New 1"), home.number("Old 2"));
    home.prints(&["mark", "read", &new]);
    home.prints(&["mark", "star", &old]);
    let list = home.prints(&["list", "--feed", "CBC"]);
    let read = list.lines().find(|line| line.ends_with(" CBC             New 1")).expect("a line");
    assert!(read.starts_with(&format!("{new:>6}{}CBC ", " ".repeat(11))), "an age without a date: {read}");
    let starred = list.lines().find(|line| line.ends_with("Old 2")).expect("a line");
    assert!(starred.starts_with(&format!("{old:>6} *# ")) && starred.contains(" y   CBC "), "{starred}");
}

#[test]
fn the_json_of_lists_and_feeds_is_as_scripts_rely_on() {
    let home = Home::refreshed();
    let listed = home.prints(&["list", "--search", "cells", "--json"]);
    assert_eq!(keys(&listed), ["id", "section", "feed", "title", "url", "author", "published", "is_read", "is_starred", "story"]);
    let old = home.json(&["list", "--search", "\"Old 1\"", "--json"]);
    let old = old.as_array().expect("an array").iter().find(|article| article["title"] == "Old 1").expect("it").clone();
    let expected = serde_json::json!({
        "id": old["id"], "section": "Canadian News", "feed": "CBC", "title": "Old 1", "url": "https://news.example/Old-1",
        "author": "Jane Roe", "published": "2001-09-03T09:00:00Z", "is_read": false, "is_starred": false, "story": null
    });
    assert!(old == expected && old["id"].is_u64(), "{old:#}");
    assert_eq!(home.json(&["list", "--search", "nothinglikeit", "--json"]), serde_json::json!([]));
    let feeds = home.prints(&["feeds", "--json"]);
    let names = "url title sections state last_success last_error http_status error next_try articles unread";
    assert_eq!(keys(&feeds)[..11], names.split(' ').collect::<Vec<_>>());
    let feeds: Value = serde_json::from_str(&feeds).expect("JSON");
    let states: Vec<_> =
        feeds.as_array().expect("an array").iter().map(|feed| (&feed["title"], &feed["state"], &feed["articles"])).collect();
    let state = |title: &str, state: &str, articles: u64| (Value::from(title), Value::from(state), Value::from(articles));
    let expected = [state("CBC", "ok", 6), state("CTV", "failing", 0), state("spare.xml", "never", 0), state("Nature", "ok", 2)];
    assert_eq!(states, expected.iter().map(|(title, state, articles)| (title, state, articles)).collect::<Vec<_>>());
    assert_eq!(feeds[0]["sections"], serde_json::json!(["Canadian News"]));
    assert!(feeds[1]["error"].as_str().is_some_and(|error| error.starts_with("no file ")) && feeds[1]["last_success"].is_null());
}

#[test]
fn the_table_of_feeds_has_the_failing_ones_first_and_fits_80_columns() {
    let home = Home::refreshed();
    let table = home.prints(&["feeds"]);
    let lines: Vec<&str> = table.lines().collect();
    let starts = |at: usize, start: &str| assert!(lines[at].starts_with(start), "line {at} of\n{table}");
    starts(0, "state    feed                unread  stored  last success      next try");
    starts(1, "failing  CTV                      0       0  never             ");
    assert!(!lines[1].ends_with("due"), "a file is read by itself after the interval: {table}");
    starts(2, "         no file ");
    let address = lines.iter().position(|line| line.trim() == home.url("missing.xml")).expect("its address on a line of its own");
    starts(address + 1, "never    spare.xml                0       0  never             when needed");
    starts(address + 2, "ok       CBC                      6       6  ");
    starts(address + 3, "ok       Nature                   2       2  ");
    assert_eq!(lines.last(), Some(&"4 feeds: 1 failing, 1 never, 2 ok"));
    assert!(lines.iter().all(|line| line.chars().count() <= 80 || line.contains("file://")), "{table}");
}

#[test]
fn a_check_asks_every_feed_and_fallback_feeds_too() {
    let home = Home::refreshed();
    let told = home.run(&["feeds", "--check"]);
    assert_eq!(told.code, 3);
    assert!(told.out.contains("\nok       Spare                    1       1  "), "{}", told.out);
    assert!(told.err.starts_with(&format!("matins: {}: no file ", home.url("missing.xml"))), "{}", told.err);
    home.write("missing.xml", &feed("CTV", &[("Found", false)]));
    assert_eq!(home.run(&["feeds", "--check"]).code, 0);
}

#[test]
fn marks_say_how_many_changed() {
    let home = Home::refreshed();
    let check = |arguments: &[&str], expected: usize| {
        assert_eq!(home.prints(&[&["mark"], arguments].concat()), format!("{expected} changed\n"), "{arguments:?}");
    };
    let (cells, old) = (home.number("Cells"), home.number("Old 1"));
    check(&["read", &cells, &old], 2);
    check(&["read", &cells, &old], 0);
    check(&["star", &cells], 1);
    check(&["read", "--section", "Science"], 1);
    check(&["read", "--feed", "CBC", "--older-than", "7d"], 2);
    check(&["unread", "--section", "canada", "--older-than", "7d"], 3);
    check(&["read", "--all"], 6);
    check(&["unread", "--older-than", "7d"], 3);
    check(&["unread", "--feed", &home.url("nature.xml")], 2);
    check(&["unstar", "--all"], 1);
    assert_eq!(sorted(home.titles(&["--unread"])), ["Cells", "Old 1", "Old 2", "Old 3", "Stars"]);
    let json = home.json(&["mark", "read", &cells, "--json"]);
    assert_eq!(json, serde_json::json!({"changed": 1, "ids": [cells.parse::<u64>().expect("a number")]}));
}

#[test]
fn marks_of_nothing_are_mistakes_that_are_explained() {
    let home = Home::refreshed();
    let number = home.number("Cells");
    let check = |arguments: &[&str], code: i32, out: &str, expected: &str| {
        let told = home.run(&[&["mark"], arguments].concat());
        assert_eq!((told.code, told.out.as_str()), (code, out), "{told:?}");
        assert!(told.err.contains(expected), "{told:?}");
    };
    check(&["read", "999999"], 1, "0 changed\n", "there is no article 999999; `matins list` prints the numbers");
    check(&["read", "998", &number, "999"], 1, "1 changed\n", "there are no articles 998 and 999; `matins list` prints the numbers");
    check(&["read", "abc"], 2, "", "an article is named by its number, which `matins list` prints first on its line");
    check(&["read"], 2, "", "say which articles: their numbers, or --section, --feed, --all or --older-than\n");
    check(&["read", &number, "--all"], 2, "", "or --older-than, not both\n");
    check(&["read", "--section", "Nonsense"], 2, "", "there is no section `Nonsense`");
    check(&["read", "--feed", "nonsense"], 2, "", "there is no feed `nonsense`");
    check(&["read", "--older-than", "soon"], 2, "", "`soon` is not a length of time; write it like 90m, 24h, 7d or 2w");
    check(&["seen", "--all"], 2, "", "[possible values: read, unread, star, unstar]");
}

#[test]
fn an_article_is_shown_in_every_format() {
    let home = Home::refreshed();
    let number = home.number("Old 1");
    let text = home.prints(&["show", &number]);
    assert!(text.starts_with("Old 1\n\nCBC · Jane Roe · 3 Sep 2001 09:00, "), "{text}");
    assert!(text.ends_with("\nThe text of Old 1, with more[1].\n\n[1] https://more.example/\n\nhttps://news.example/Old-1\n"), "{text}");
    let narrow = home.prints(&["show", &number, "--width", "12"]);
    assert!(narrow.lines().all(|line| line.chars().count() <= 12 || line.contains("https://")), "{narrow}");
    let markdown = home.prints(&["show", &number, "--format", "markdown"]);
    assert!(markdown.starts_with("# Old 1\n\nThe text of Old 1, with [more](https://more.example/)."), "{markdown}");
    let html = home.prints(&["show", &number, "--format", "html"]);
    assert!(html.starts_with("<h1>Old 1</h1>\n<p>The text of Old 1, with <a href=\"https://more.example/\">more</a>.</p>"), "{html}");
    let json = home.json(&["show", &number, "--json"]);
    assert_eq!((&json["title"], &json["document"]["blocks"][0]["type"]), (&"Old 1".into(), &"paragraph".into()));
    assert_eq!(home.json(&["show", &number, "--format", "json"]), json);
}

/// Gzip that breaks off after this text, which it has as it is.
fn half_a_gzip(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len() + 9).expect("a short text");
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 0];
    [&head[..], &length.to_le_bytes(), &(!length).to_le_bytes(), text.as_bytes()].concat()
}

#[test]
fn half_of_a_packed_text_is_told() {
    let home = Home::empty();
    let text = "<h1>Bridge</h1><p>The old bridge over the river was closed on Monday, after engineers had found cracks in it.</p>";
    fs::write(home.path("half.html"), half_a_gzip(text)).expect("written");
    let broke = format!("the gzip packing broke after {} bytes: read what came", text.len() + 15);
    for command in ["clean", "extract"] {
        let told = home.run(&[command, "half.html"]);
        assert!(told.code == 0 && told.out.contains("The old bridge") && told.err.contains(&broke), "{command}: {told:?}");
        let told = home.run(&[command, "half.html", "--format", "json"]);
        let json: Value = serde_json::from_str(&told.out).expect("JSON");
        assert_eq!((&json["notes"][1], told.err.as_str()), (&broke.as_str().into(), ""), "{command}: {told:?}");
    }
}

#[test]
fn an_article_that_is_not_there_is_told() {
    let home = Home::refreshed();
    let told = home.run(&["show", "999999"]);
    assert_eq!((told.code, told.err.as_str()), (1, "matins: there is no article 999999; `matins list` prints the numbers\n"));
    assert_eq!(home.run(&["show", "abc"]).code, 2);
    assert_eq!(home.run(&["show", "1", "--width", "0"]).code, 2);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let home = Home::refreshed();
    let all = home.prints(&["list"]);
    assert!(all.len() > 100);
    let mut child = home.command(&["list"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("matins runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("its end");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_message_that_nobody_can_hear_is_no_panic() {
    let home = Home::empty();
    home.feeds("[[section]]\nname = \"A\"\nfeeds = [\"https://a.example/\"]\n");
    let mut child = home.command(&["show", "1"]).stderr(Stdio::piped()).spawn().expect("matins runs");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("its end").code(), Some(1));
}

#[test]
fn a_terminal_without_utf8_gets_plain_ascii_and_a_pipe_every_character() {
    let home = Home::empty();
    home.write("cafe.xml", &feed("Le Café", &[("“Déjà vu” — again…", false)]));
    home.feeds(&format!("[[section]]\nname = \"A\"\nfeeds = [\"{}\"]\n", home.url("cafe.xml")));
    home.run(&["refresh"]);
    let number = home.number("“Déjà vu” — again…");
    for arguments in [&["show", &number][..], &["list"], &["briefing"], &["feeds"]] {
        let variables = &[("LC_ALL", "C")];
        let start = Start { size: (80, 24), arguments, folder: home.folder.path(), variables };
        let mut terminal = Terminal::start(&start);
        terminal.sees("Cafe");
        assert!(terminal.ends().success(), "{arguments:?}");
        assert!(terminal.bytes().is_ascii(), "{arguments:?}: {}", String::from_utf8_lossy(&terminal.bytes()));
        let mut piped = home.command(arguments);
        let told = Told::of(&piped.env("LC_ALL", "C").output().expect("matins runs"));
        assert!(told.out.contains("Café"), "{arguments:?}: {told:?}");
    }
}

#[test]
fn help_is_a_first_look_and_a_slip_of_the_fingers_is_answered() {
    let help = Told::of(&bare(&["help"]).output().expect("matins runs"));
    assert!(help.code == 0 && help.out.contains("`matins demo` opens it on\na sample edition"), "{}", help.out);
    for code in ["0  done", "1  could not do it", "2  wrong usage or settings", "3  done, but some feeds failed"] {
        assert!(help.out.contains(code), "{}", help.out);
    }
    let slip = Told::of(&bare(&["lsit"]).output().expect("matins runs"));
    assert!(slip.code == 2 && slip.err.contains("a similar subcommand exists: 'list'"), "{}", slip.err);
}

#[test]
fn a_pipe_gets_no_colour_and_no_progress_bar() {
    // Told::of finds any control character, here with what asks for colour.
    let home = Home::new();
    let run = |arguments: &[&str]| {
        let mut command = home.command(arguments);
        let forced = command.env("TERM", "xterm-256color").env("COLORTERM", "truecolor").env("CLICOLOR", "1");
        Told::of(&forced.output().expect("matins runs"))
    };
    run(&["refresh"]);
    for arguments in [&["list"][..], &["feeds"], &["show", "1"], &["config", "show"], &["--help"], &["nonsense"]] {
        run(arguments);
    }
    for arguments in [&[][..], &["demo"]] {
        let told = run(arguments);
        let expected = "the reader needs a terminal, and the output is not one; `matins list` prints articles";
        assert!(told.code == 1 && told.out.is_empty() && told.err.contains(expected), "{told:?}");
    }
}

#[test]
fn a_file_is_said_to_be_read_at_each_refresh() {
    let home = Home::refreshed();
    let table = home.prints(&["feeds"]);
    assert_eq!(table.matches("each refresh").count(), 3, "{table}");
    assert!(home.prints(&["feeds", "nature"]).contains("read at every refresh"));
    let feeds = home.json(&["feeds", "--json"]);
    assert!(feeds.as_array().expect("feeds").iter().all(|feed| feed["next_try"].is_null()), "{feeds}");
}

#[test]
fn a_number_below_zero_is_answered_with_what_is_wanted() {
    let home = Home::empty();
    for arguments in [&["list", "--limit", "-1"][..], &["show", "1", "--width", "-1"]] {
        let told = home.run(arguments);
        assert_eq!(told.code, 2);
        assert!(told.err.contains("give a number of") && told.err.contains(" from 1 to "), "{}", told.err);
    }
}
