//! Stories of feed lists that come and go: `import`, `export` and `remove` on the real program.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use super::commands::{Home, Told};

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lists").join(name).display().to_string()
}

/// The sections in force, a line each, with their addresses; a fallback in brackets.
fn paper(home: &Home) -> Vec<String> {
    let shown = home.json(&["config", "show", "--json"]);
    assert_eq!(shown["problems"], serde_json::json!([]), "{shown:#}");
    let urls = |section: &serde_json::Value, key: &str| -> Vec<String> {
        section[key].as_array().expect(key).iter().map(|feed| feed["url"].as_str().expect("an address").to_string()).collect()
    };
    let one = |section: &serde_json::Value| {
        let fallback = urls(section, "fallback").into_iter().map(|url| format!("({url})"));
        let feeds: Vec<String> = urls(section, "feeds").into_iter().chain(fallback).collect();
        format!("{}: {}", section["name"].as_str().expect("a name"), feeds.join(" "))
    };
    shown["feeds"]["section"].as_array().expect("sections").iter().map(one).collect()
}

fn file(home: &Home) -> String {
    fs::read_to_string(home.path("feeds.toml")).unwrap_or_default()
}

/// Runs the program with this on standard input.
fn run_with(home: &Home, arguments: &[&str], input: &[u8]) -> Told {
    let mut child =
        home.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("matins runs");
    child.stdin.take().expect("a pipe").write_all(input).expect("written");
    Told::of(&child.wait_with_output().expect("an end"))
}

#[test]
fn who_comes_from_newsboat_brings_the_feeds_along() {
    let home = Home::empty();
    let told = home.run(&["import", &fixture("newsboat-urls")]);
    let file = home.path("feeds.toml").display().to_string();
    let first = format!("these feeds are now your own list, in place of the shipped sections: {file}\n");
    assert_eq!((told.code, told.out), (0, format!("{first}added 7 feeds in 5 sections; 3 lines refused\n")), "{}", told.err);
    let expected = [
        "news: https://news.example/canada.xml https://news.example/world.xml",
        "two words: https://news.example/search?q=two%20words",
        "quiet: https://quiet.example/feed",
        "home: file:///srv/feeds/backups.xml",
        "Feeds: https://plain.example/feed http://old.example/feed",
    ];
    assert_eq!(paper(&home), expected);
    let refused: Vec<&str> = told.err.lines().filter(|line| line.starts_with("matins: line ")).collect();
    assert_eq!(refused.len(), 3, "{}", told.err);
    for (line, words) in refused.iter().zip([
        "line 10: `Unread of all` is a search",
        "line 11: `~/bin/tides.sh harbour` is a program",
        "line 12: its articles go",
    ]) {
        assert!(line.contains(words), "{line}");
    }
    assert!(told.err.contains("1 feed was hidden in newsboat") && told.err.contains("further ones of 1 feed are kept"), "{}", told.err);
    assert!(home.prints(&["export"]).contains("title=\"Canada, coast to coast\" xmlUrl=\"https://news.example/canada.xml\""));
}

#[test]
fn the_exports_of_other_readers_come_in_whole() {
    let home = Home::empty();
    let import = |arguments: &[&str], out: &str| {
        let told = home.run(&[&["import"], arguments].concat());
        assert_eq!((told.code, told.out.lines().last()), (0, Some(out)), "{told:?}");
        told.err
    };
    import(&[&fixture("folders.opml"), "--section", "Loose ends"], "added 5 feeds in 4 sections");
    import(&[&fixture("mail.opml")], "added 1 feed in 1 section");
    let refused = import(&[&fixture("server.opml")], "added 1 feed in 1 section; 1 feed refused");
    assert!(refused.contains("`Page`: is read out of a page by rules"), "{refused}");
    let repairs = import(&[&fixture("damaged.opml")], "added 3 feeds in 2 sections");
    for words in ["bare &", "undefined entity &eacute;", "ends inside"] {
        assert!(repairs.contains(words), "{words}: {repairs}");
    }
    let expected = [
        "Tech: https://bits.example/feed https://both.example/feed",
        "News: https://both.example/feed",
        "News / Canada: https://coast.example/feed?a=1&b=2",
        "Loose ends: https://loose.example/feed",
        "Science: https://cells.example/rss",
        "Uncategorized: https://journal.example/atom",
        "Café é — R&D: https://one.example/rss?a=1&b=2 https://two.example/rss",
        "Sports / Ice: https://three.example/rss",
    ];
    assert_eq!(paper(&home), expected);
    assert_eq!(home.prints(&["import", &fixture("folders.opml")]), "added nothing; 5 were there already\n");
}

#[test]
fn what_an_export_does_not_understand_leaves_again() {
    let home = Home::empty();
    home.run(&["import", &fixture("mail.opml")]);
    home.run(&["import", &fixture("server.opml")]);
    let exported = home.prints(&["export"]);
    for kept in [
        "fz:options=\"{&quot;version&quot;:2,&quot;updates&quot;:{&quot;enabled&quot;:true}}\" fz:quickMode=\"false\" htmlUrl=\"https://cells.example/\" \
         version=\"RSS\" xmlns:fz=\"urn:forumzilla:\"",
        "description=\"A journal &lt;of notes&gt;\" htmlUrl=\"https://journal.example/\" srv:priority=\"important\" xmlns:srv=\"https://reader.example/opml\"",
    ] {
        assert!(exported.contains(kept), "{kept}\n{exported}");
    }
}

#[test]
fn what_is_there_already_keeps_its_place_and_gets_the_attributes_that_it_lacks() {
    let home = Home::empty();
    home.feeds(
        "[[section]]\nname = \"A\"\nfeeds = [\"https://a.example/\", { url = \"https://b.example/\", opml = { y = \"1\" } }] # mine\n",
    );
    let list = "<opml><body>\
        <outline text='A' x='1'><outline xmlUrl='https://c.example/'/></outline>\
        <outline text='A' x='2' z='9'><outline xmlUrl='https://a.example/' w='3'/></outline>\
        <outline text='Elsewhere' v='4'><outline xmlUrl='https://b.example/' y='2' w='5'/></outline></body></opml>";
    let told = run_with(&home, &["import", "-"], list.as_bytes());
    assert_eq!(told.out, "added 1 feed in 1 section; 2 were there already; 4 attributes were added to what was there\n");
    let left = "3 attributes were not kept: what is there has others of those names, or the section is not there";
    assert_eq!(told.err, format!("matins: {left}\n"));
    let expected = "[[section]]\nname = \"A\"\nfeeds = [\n  { url = \"https://a.example/\", opml = { w = \"3\" } },\n  \
        { url = \"https://b.example/\", opml = { y = \"1\", w = \"5\" } },\n  { url = \"https://c.example/\" },\n] # mine\n\
        opml = { x = \"1\", z = \"9\" }\n";
    assert_eq!(file(&home), expected);
    let again = run_with(&home, &["import", "-"], list.as_bytes());
    assert_eq!((again.out.as_str(), again.err.contains(left)), ("added nothing; 3 were there already\n", true));
    assert_eq!(file(&home), expected);
}

#[test]
fn an_export_makes_the_same_paper_again() {
    let home = Home::refreshed();
    let feeds = file(&home).replace("short = \"Canada\"", "short = \"Canada\"\nicon = \"🍁\"\nwindow = \"3d\"\nlimit = 3\nper_feed = 7");
    home.feeds(
        &feeds
            .replace("title = \"CTV\"", "full_text = true, user_agent = \"me/1 <x>\", opml = { \"a:b\" = \"&\", \"xmlns:a\" = \"urn:a\" }"),
    );
    let exported = home.prints(&["export"]);
    assert!(exported.contains("text=\"Nature\""), "the feed's own title: {exported}");
    let other = Home::empty();
    other.write("list", &exported);
    let told = other.run(&["import", "list"]);
    assert_eq!((told.code, told.err.as_str()), (0, ""), "{told:?}");
    assert_eq!(other.prints(&["config", "show", "feeds"]), home.prints(&["config", "show", "feeds"]));
    let shipped = Home::empty();
    other.write("list", &shipped.prints(&["export"]));
    fs::remove_file(other.path("feeds.toml")).expect("removed");
    other.prints(&["import", "list"]);
    assert_eq!(other.prints(&["config", "show", "feeds"]), shipped.prints(&["config", "show", "feeds"]));
}

#[test]
fn sections_without_feeds_come_and_go_in_their_places() {
    let home = Home::empty();
    let folder = |name: &str, feeds: &str| format!("<outline text='{name}' isOpen='true'>{feeds}</outline>");
    let feed = |name: &str| format!("<outline type='atom' text='{name}, short' title='{name}' xmlUrl='https://{name}.example/'/>");
    let list = [folder("First", ""), folder("News", &feed("a")), folder("Later", ""), folder("Home", &feed("b"))].concat();
    home.write("list", &format!("<opml>{list}</opml>"));
    let told = home.run(&["import", "list"]);
    assert_eq!((told.code, told.out.lines().last()), (0, Some("added 2 feeds in 2 sections; 2 sections without feeds")), "{told:?}");
    let exported = home.prints(&["export"]);
    let names: Vec<&str> =
        exported.lines().filter(|line| line.starts_with("    <outline")).filter_map(|line| line.split('"').nth(1)).collect();
    assert_eq!(names, ["First", "News", "Later", "Home"], "{exported}");
    assert_eq!(exported.matches("isOpen=\"true\"").count(), 4, "{exported}");
    assert!(exported.contains("<outline type=\"atom\" text=\"a, short\" title=\"a\""), "{exported}");
    let other = Home::empty();
    other.write("list", &exported);
    other.prints(&["import", "list"]);
    assert_eq!(file(&other), file(&home));
    assert_eq!(other.prints(&["import", "list"]), "added nothing; 2 were there already\n");
}

#[test]
fn log_ins_never_leave_and_never_come_in() {
    let home = Home::empty();
    home.feeds("[[section]]\nname = \"A\"\nfeeds = [{ url = \"https://a.example/\", token = { env = \"SECRET\" }, headers = { X-Key = \"hush\" } }]\n");
    let told = home.run(&["export"]);
    assert!(!told.out.contains("SECRET") && !told.out.contains("hush"), "{}", told.out);
    assert_eq!(told.err, "matins: 1 feed logs in or sends headers: what is needed for that stays in feeds.toml and is not in the export\n");
    let told = run_with(&home, &["import", "-"], b"https://me:hush@b.example/ news\n<outline/>");
    assert_eq!(
        (told.code, told.err.contains("must be without name and password"), told.err.contains("hush")),
        (1, true, false),
        "{}",
        told.err
    );
    let told = run_with(&home, &["import", "-"], b"<opml><outline xmlUrl='https://me:hush@b.example/'/></opml>");
    assert_eq!((told.code, told.err.contains("hush")), (1, false), "{}", told.err);
}

#[test]
fn a_dry_run_shows_what_would_be_added_and_writes_nothing() {
    let home = Home::new();
    let before = file(&home);
    home.write(
        "urls",
        &format!("{} x\nhttps://a.example/ canada ~A\nhttps://b.example/ local\nhttps://b.example/ local\n", home.url("cbc.xml")),
    );
    let shown = "Canadian News\n  https://a.example/  A\nlocal (a new section)\n  https://b.example/\n\
                 would have added 2 feeds in 2 sections; 2 were there already; nothing was written\n";
    assert_eq!(home.prints(&["import", "urls", "--dry-run"]), shown);
    assert_eq!(file(&home), before);
    assert_eq!(home.prints(&["import", "urls"]), "added 2 feeds in 2 sections; 2 were there already\n");
    let empty = Home::empty();
    empty.prints(&["import", &fixture("folders.opml"), "--dry-run"]);
    assert_eq!(fs::read_dir(empty.folder.path()).expect("a folder").count(), 0);
}

#[test]
fn the_shipped_sections_may_stay() {
    let home = Home::empty();
    home.write("urls", "https://a.example/ Weather\n");
    let told = home.prints(&["import", "urls", "--with-shipped"]);
    assert!(told.starts_with("the shipped sections with these feeds are now your own list: "), "{told}");
    assert!(paper(&home).len() > 10 && paper(&home)[0].contains("https://a.example/"), "{:?}", paper(&home));
}

#[test]
fn what_is_no_list_changes_nothing() {
    let home = Home::new();
    let before = file(&home);
    let check = |name: &str, text: &str, code: i32, expected: &str| {
        home.write(name, text);
        let told = home.run(&["import", name]);
        assert_eq!((told.code, told.out.as_str(), told.err.as_str()), (code, "", format!("matins: {expected}\n").as_str()), "{text}");
        assert_eq!(file(&home), before);
    };
    let advice = "give an OPML file, or a file with an address on each line";
    check("letter", "Dear reader\n", 1, &format!("letter has no feeds in it; {advice}"));
    check("empty", "", 1, &format!("empty has no feeds in it; {advice}"));
    check(
        "feed.xml",
        &super::commands::feed("F", &[("A", false)]),
        1,
        "feed.xml is a feed itself, not a list of feeds; add its address with `matins add URL`",
    );
    let told = run_with(&home, &["import", "-"], b"<opml><outline text='\x1b]0;x\x07\xe2\x80\xae' xmlUrl='javascript:alert(1)'/></opml>");
    assert_eq!(told.code, 1, "{told:?}");
    assert!(told.err.contains("must begin with https://") && !told.err.contains('\u{202e}'), "{}", told.err);
    assert_eq!(home.run(&["import", "missing"]).code, 1);
    home.feeds("[[section]]\nnome = 3\nfeeds = [\"https://a.example/\"]\n");
    let told = home.run(&["import", &fixture("folders.opml")]);
    assert_eq!((told.code, told.err.contains("feeds.toml:1: this section has no name"), file(&home).len()), (2, true, 52), "{}", told.err);
}

#[test]
fn a_feed_is_removed_from_wherever_it_is_and_its_marks_stay() {
    let home = Home::refreshed();
    home.prints(&["mark", "star", &home.number("Stars")]);
    let nature = home.url("nature.xml");
    let told = home.prints(&["remove", &nature]);
    let empty = "; that section is empty now, and has no tab until a feed is added to it";
    assert_eq!(told, format!("removed {nature} from Science{empty}\nits articles and marks stay in the store\n"));
    let kept = home.json(&["list", "--feed", &nature, "--json"]);
    let is_starred: Vec<bool> = kept.as_array().expect("articles").iter().filter_map(|article| article["is_starred"].as_bool()).collect();
    assert_eq!((paper(&home).len(), is_starred.len(), is_starred.contains(&true)), (1, 2, true), "{kept:#}");
    let spare = home.url("spare.xml");
    assert_eq!(
        home.prints(&["remove", &spare]),
        format!("removed {spare} from Canadian News, where it was a fallback\nits articles and marks stay in the store\n")
    );
    home.write("urls", &format!("{nature} science\n"));
    assert_eq!(home.prints(&["import", "urls"]), "added 1 feed in 1 section\n");
    assert_eq!(paper(&home)[1], format!("Science: {nature}"));
}

#[test]
fn removing_what_is_not_there_names_what_is_near() {
    let home = Home::new();
    let before = file(&home);
    let check = |url: &str, expected: &str| {
        let told = home.run(&["remove", url]);
        assert_eq!((told.code, told.err), (2, format!("matins: there is no feed `{url}` in your list; {expected}\n")));
        assert_eq!(file(&home), before);
    };
    check("nature.xml", &format!("did you mean {}?", home.url("nature.xml")));
    check("https://nowhere.example/of/a/kind", "`matins feeds` shows them all");
    let only = Home::empty();
    only.feeds("[[section]]\nname = \"A\"\nfeeds = [\"https://a.example/\"]\n");
    let told = only.run(&["remove", "https://a.example/"]);
    assert_eq!(
        (told.code, told.err.contains("is the last feed of your list"), file(&only).contains("a.example")),
        (2, true, true),
        "{told:?}"
    );
}

#[test]
fn a_feed_taken_out_of_the_shipped_list_leaves_the_others() {
    let home = Home::empty();
    let sections = paper(&home).len();
    let told = home.prints(&["remove", "https://rss.dw.com/rdf/rss-en-world"]);
    assert!(told.contains("the shipped sections without it are now your own list: "), "{told}");
    assert_eq!(paper(&home).len(), sections);
    assert!(!file(&home).contains("rss.dw.com") && file(&home).contains("# One city is one feed"), "comments stay");
}

#[test]
fn a_feed_given_twice_in_a_urls_file_stays_where_it_came_first() {
    let home = Home::empty();
    home.write("urls", "https://a.example/feed news\nhttps://b.example/feed news\nhttps://a.example/feed sport\n");
    let told = home.run(&["import", "urls"]);
    assert_eq!((told.code, told.out.lines().last()), (0, Some("added 2 feeds in 1 section; 1 was there already")), "{told:?}");
    assert!(told.err.contains("line 3: `https://a.example/feed` stands in line 1 already and stays there"), "{told:?}");
    assert_eq!(paper(&home), ["news: https://a.example/feed https://b.example/feed"]);
}
