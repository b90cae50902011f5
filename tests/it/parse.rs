//! `matins parse`: what comes out for feeds whole and broken, and what is said of documents that are no feeds.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use matins::sources::{RawFeed, read};
use proptest::prelude::*;

#[expect(clippy::disallowed_methods, reason = "the story is about the program itself")]
fn matins() -> Command {
    Command::new(env!("CARGO_BIN_EXE_matins"))
}

fn parse(input: &[u8], arguments: &[&str]) -> Output {
    let mut child = matins()
        .args(["parse", "-"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    child.stdin.take().expect("a pipe").write_all(input).expect("writes");
    child.wait_with_output().expect("ends")
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feeds").join(name)
}

fn parsed(name: &str) -> serde_json::Value {
    let document = std::fs::read(fixture(name)).expect("a fixture");
    let output = parse(&document, &["--base-url", "https://harbour.example/feeds/all"]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{name}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_feed_is_printed_as_pinned() {
    let output = parse(&std::fs::read(fixture("news.rss")).expect("a fixture"), &[]);
    assert!(output.status.success());
    insta::assert_snapshot!(String::from_utf8_lossy(&output.stdout));
}

#[test]
fn atom_rdf_and_json_give_the_same_shape() {
    for name in ["weblog.atom", "papers.rdf", "notes.json"] {
        insta::assert_snapshot!(name.replace('.', "_"), serde_json::to_string_pretty(&parsed(name)).expect("JSON"));
    }
}

#[test]
fn a_broken_feed_gives_its_articles_and_says_what_was_repaired() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&parsed("broken.rss")).expect("JSON"));
}

#[test]
fn a_file_is_read_as_standard_input_is() {
    let file = matins().arg("parse").arg(fixture("news.rss")).output().expect("runs");
    assert_eq!(file.stdout, parse(&std::fs::read(fixture("news.rss")).expect("a fixture"), &[]).stdout);
    assert!(file.stdout.ends_with(b"}\n") && !file.stdout.ends_with(b"\n\n"));
}

#[test]
fn what_is_no_feed_is_named_in_one_line() {
    let check = |input: &[u8], expected: &str| {
        let output = parse(input, &["--base-url", "https://harbour.example/a/"]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{expected}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), format!("matins: standard input: {expected}\n"));
    };
    check(b"", "this is empty, not a feed");
    check(b" \n\t", "this is empty, not a feed");
    check(b"<!DOCTYPE html><title>Harbour</title><p>Ships</p>", "this seems to be an HTML page (Harbour), not a feed");
    check(
        b"<html><head><link rel=alternate type=\"application/rss+xml\" href=\"/feed\"></head></html>",
        "this seems to be an HTML page, not a feed; it links to https://harbour.example/feed",
    );
    check(
        b"<!doctype html><title>Just a moment...</title>",
        "this seems to be an HTML page that asks for a browser or a person (Just a moment...), not a feed",
    );
    check(b"<html><title>Sign in</title><input type=password></html>", "this seems to be a log-in page (Sign in), not a feed");
    check(
        b"<html><head><link rel='alternate' type='application/rss+xml' title='Comments' href='/comments'><link rel='alternate feed' type='application/atom+xml' href='/atom'></head></html>",
        "this seems to be an HTML page, not a feed; it links to https://harbour.example/atom and 1 more",
    );
    check(
        b"<html><head><meta http-equiv=\"refresh\" content=\"0; url='/new/'\"></head></html>",
        "this seems to be an HTML page, not a feed; it leads on to https://harbour.example/new/",
    );
    check(
        b"<html><title>Harbour</title><script src='/cdn-cgi/challenge-platform/x.js'></script><p>Please wait</html>",
        "this seems to be an HTML page that asks for a browser or a person (Harbour), not a feed",
    );
    check(
        b"<html><title>Page not found</title><p>Try the start page</html>",
        "this seems to be a page that says that there is nothing at this address (Page not found), not a feed",
    );
    check(
        b"<!doctype html><p>Ships <a href=/hidden/my.xml>RSS</a>",
        "this seems to be an HTML page, not a feed; it has a link that may be a feed: https://harbour.example/hidden/my.xml",
    );
    let long = format!("<html><title>Ships</title><p>{} captcha</p></html>", "ship ".repeat(200));
    check(long.as_bytes(), "this seems to be an HTML page (Ships), not a feed");
    check(b"{\"error\": \"no such feed\"}", "this seems to be JSON of another kind, not a feed");
    check(b"{\"items\": [", "this seems to be JSON that was cut off, not a feed");
    check(b"{\"a\" 1}", "this seems to be damaged JSON, not a feed");
    check(b"Not found\x1b[2J\n", "this seems to be plain text (Not found), not a feed");
    let quoted_no_further = format!("A{}cd", "\u{200b}".repeat(1000));
    check(quoted_no_further.as_bytes(), "this seems to be plain text (A), not a feed");
    check(b"\x89PNG\r\n\x1a\n\0\0", "this seems to be a PNG image, not a feed");
    check(b"7z\xbc\xaf\x27\x1c\0\x04", "this seems to be a 7z file, not a feed");
    check(b"SQLite format 3\0\x10\0", "this seems to be a SQLite database, not a feed");
    let noise: Vec<u8> = (0u32..3000).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    check(&noise, "this seems to be binary data, not a feed");
    check(&[b"\x02<b>".as_slice(), &noise].concat(), "this seems to be binary data, not a feed");
    let wide: Vec<u8> = "\u{feff}Порт закрыт".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&wide, "this seems to be plain text (Порт закрыт), not a feed");
    check(b"S\0h\0i\0p\0s\0", "this seems to be plain text (Ships), not a feed");
    check(b"\x1b[1mOn\x1b[0m \x1b[2mOff\x1b[0m", "this seems to be plain text (On Off), not a feed");
    check(b"\x1f\x8bxx", "this seems to be damaged gzip data, not a feed");
    check(b"<?xml version='1.0'?><opml><body/></opml>", "this seems to be an OPML list of feeds, not a feed");
    check(b"<urlset/>", "this seems to be a site map, not a feed");
    check(b"<book/>", "this seems to be XML of another kind (<book>), not a feed");
}

#[test]
fn an_id_keeps_all_its_digits() {
    let check = |id: &str, rest: &str, expected: &str| {
        let body = format!(r#"{{"version":"https://jsonfeed.org/version/1.1","items":[{{"id":{id},"title":"a"{rest}"#);
        let feed = read(RawFeed { body: body.as_bytes(), ..RawFeed::default() }).expect("a feed");
        assert_eq!(feed.articles[0].id, expected, "{body}");
    };
    let long = "12345678901234567890123";
    check(long, "}]}", long);
    check(long, ",}]}", long);
    check("18446744073709551615", "}]}", "18446744073709551615");
    check("-7", "}]}", "-7");
}

#[test]
fn damaged_json_gives_the_articles_that_are_whole() {
    let titles = |body: &str, expected: &[&str], note: &str| {
        let feed = read(RawFeed { body: body.as_bytes(), ..RawFeed::default() }).expect("a feed");
        assert_eq!(
            feed.articles.iter().map(|article| article.title.as_deref().unwrap_or_default()).collect::<Vec<_>>(),
            expected,
            "{body}"
        );
        assert!(feed.notes.iter().any(|found| found.contains(note)), "{body}: {:?}", feed.notes);
    };
    let start = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Harbour","items":[{"id":"1","title":"Ships"},"#;
    titles(&format!(r#"{start}{{"id":"2","title":"Boats","content_text":"half a"#), &["Ships", "Boats"], "the JSON is cut off");
    titles(&format!(r#"{start}{{"title":"Boats","content_text":"half a"#), &["Ships", "Boats"], "the JSON is cut off");
    titles(&format!(r#"{start}{{"id":2,"title":"Boats",}},]}}"#), &["Ships", "Boats"], "damaged JSON at line 1");
    titles(&format!(r#"{start}{{"id":"2" "title":"The "Boats""}}]}}"#), &["Ships", "The \"Boats\""], "damaged JSON at line 1");
    titles(&format!("Warning: x\n{start}{{\"id\":\"2\",\"title\":\"Boats\"}}]}}"), &["Ships", "Boats"], "text before the JSON");
}

#[test]
fn a_date_that_cannot_be_read_is_told() {
    let notes = |body: &str| read(RawFeed { body: body.as_bytes(), ..RawFeed::default() }).expect("a feed").notes;
    let rss = |date: &str| format!("<rss><channel><item><title>a</title><pubDate>{date}</pubDate></item></channel></rss>");
    assert_eq!(notes(&rss("the 24th of Foo")), ["left out: date that cannot be read (the 24th of Foo)"]);
    assert_eq!(notes(&rss("24 Sep 2025")), [""; 0]);
    assert_eq!(notes(&rss(" ")), [""; 0]);
    let json = r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","date_published":"soon"}]}"#;
    assert_eq!(notes(json), ["left out: date that cannot be read (soon)"]);
}

#[test]
fn copies_of_an_article_stay_and_an_article_without_anything_does_not() {
    let body = "<rss><channel><item><guid>1</guid><title>a</title></item><item><guid>1</guid><title>a</title></item><item> </item><item/><item><guid>1</guid><title>b</title></item></channel></rss>";
    let feed = read(RawFeed { body: body.as_bytes(), ..RawFeed::default() }).expect("a feed");
    let titles: Vec<_> = feed.articles.iter().map(|article| article.title.as_deref().unwrap_or_default()).collect();
    assert_eq!(titles, ["a", "a", "b"]);
    assert!(feed.articles[0].id == feed.articles[1].id && feed.articles[0].id != feed.articles[2].id);
}

#[test]
fn a_missing_file_is_said_plainly() {
    let output = matins().args(["parse", "no-such-file.xml"]).output().expect("runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("matins: could not read no-such-file.xml: "));
}

#[test]
fn real_feeds_all_give_articles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/realfeeds");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no real feeds beside the repository");
        return;
    };
    let feeds =
        files.filter_map(|file| Some(file.ok()?.path())).filter(|path| path.extension().is_some_and(|extension| extension != "tsv"));
    for path in feeds {
        let body = std::fs::read(&path).expect("a feed");
        let feed = read(RawFeed { body: &body, ..RawFeed::default() }).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!feed.articles.is_empty(), "{}", path.display());
        let same = |article: &matins::domain::feed::ParsedArticle| (article.url.clone(), article.title.clone());
        let ids: std::collections::HashSet<_> = feed.articles.iter().map(|article| &article.id).collect();
        let articles: std::collections::HashSet<_> = feed.articles.iter().map(|article| (&article.id, same(article))).collect();
        assert_eq!(ids.len(), articles.len(), "{}: two articles have one id", path.display());
    }
}

#[test]
fn no_fault_that_a_feed_library_stumbles_over_costs_an_article() {
    let check = |item: &str, title: &str| {
        let body = format!(
            "<?xml version='1.0'?><rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><title>c</title><item>{item}<guid>1</guid></item><item><title>next</title></item></channel></rss>"
        );
        let feed = read(RawFeed { body: body.as_bytes(), ..RawFeed::default() }).unwrap_or_else(|error| panic!("{item}: {error}"));
        let titles: Vec<_> = feed.articles.iter().map(|article| article.title.as_deref().unwrap_or_default()).collect();
        assert_eq!(titles, [title, "next"], "{item}");
    };
    check("<title>a</title><author>山田（yamada@example.jp）</author>", "a");
    check("<title>a</title><itunes:duration>١٢:٣٤</itunes:duration>", "a");
    check("<title>a</title><itunes:duration>123456789012345678901234567890</itunes:duration>", "a");
    check("<title>it&rsquo;s &bogus; R&D</title>", "it’s &bogus; R&D");
    check("<title>a</titel>", "a");
    check("<title>red\u{1b}[31m&amp;amp; <b>bold</b></title>", "red& bold");
    check("<title>a</title><media:content url='http://e.example/x' fileSize='99999999999999999999999' duration='x' type='nonsense'/>", "a");
    check("<title>a</title><media:group><media:content url=':::'/><media:thumbnail/></media:group>", "a");
}

#[test]
fn each_part_of_an_article_comes_from_where_feeds_put_it() {
    let article = |item: &str| {
        let body = format!(
            "<rss version='2.0'><channel><title>c</title><link>https://c.example/</link><managingEditor>ed@c.example (Ed)</managingEditor><item>{item}</item></channel></rss>"
        );
        read(RawFeed { body: body.as_bytes(), ..RawFeed::default() }).expect("a feed").articles.remove(0)
    };
    let url = |item: &str, expected: Option<&str>| assert_eq!(article(item).url.as_deref(), expected, "{item}");
    url("<link>/a</link><guid>https://c.example/b</guid>", Some("https://c.example/a"));
    url("<guid>https://c.example/b</guid>", Some("https://c.example/b"));
    url("<guid isPermaLink='false'>https://c.example/b</guid>", None);
    url("<link>https://p.example/x</link><feedburner:origLink>https://c.example/y</feedburner:origLink>", Some("https://c.example/y"));
    url("<atom:link rel='self' href='/self'/><atom:link href='/a'/>", Some("https://c.example/a"));
    url("<link>javascript:alert(1)</link><title>a</title>", None);
    let authors = |item: &str, expected: &[&str]| {
        let found = article(item).authors;
        assert_eq!(found.iter().map(|name| name.as_str()).collect::<Vec<_>>(), expected, "{item}");
    };
    authors("<title>a</title>", &["Ed"]);
    authors("<author>ann@c.example</author><dc:creator>Ann</dc:creator>", &["Ann"]);
    authors("<dc:creator>Ann</dc:creator><dc:creator>ann</dc:creator><dc:creator>Bo</dc:creator>", &["Ann", "Bo"]);
    authors("<author>ann@c.example</author>", &["ann@c.example"]);
    let bodies = |item: &str, summary: Option<&str>, content: Option<&str>| {
        let found = article(item);
        assert_eq!((found.summary_html.as_deref(), found.content_html.as_deref()), (summary, content), "{item}");
    };
    bodies("<description>s</description><content:encoded>c</content:encoded>", Some("s"), Some("c"));
    bodies("<description><p>one <b>two</b></p></description>", Some("<p>one <b>two</b></p>"), None);
    bodies("<description>&lt;img src='/i'></description>", Some("<img src=\"https://c.example/i\">"), None);
    bodies("<itunes:subtitle>b</itunes:subtitle><itunes:summary>a</itunes:summary>", Some("a"), None);
    bodies("<atom:content type='text'>a &lt; b</atom:content>", None, Some("a &lt; b"));
    bodies("<atom:summary mode='base64' type='text/html'>PGI+YTwvYj4=</atom:summary>", Some("<b>a</b>"), None);
}

/// Pieces that feeds and their faults are made of.
const PIECES: &[&str] = &[
    "<rss>",
    "<channel>",
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<entry>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "&amp;",
    "&#27;",
    "&x;",
    "&",
    "<",
    ">",
    "<a href='",
    "\"",
    "'",
    "é",
    "\u{9b}",
    "<link>",
    "http://e.example/?a=1&b",
    "<guid>",
    "<description>",
    "<p>",
    "<!DOCTYPE r [<!ENTITY x '&x;'>",
    "]>",
    "<media:content url='x",
    "/>",
    "<pubDate>",
    "24 Sep 2025",
    "{\"items\":[",
    "\0",
];

proptest! {
    #[test]
    fn any_bytes_end_without_panic(body in proptest::collection::vec(any::<u8>(), 0..2000), kind in proptest::option::of(".{0,40}")) {
        let _ = read(RawFeed { body: &body, content_type: kind.as_deref(), base_url: None, is_cut: false });
    }

    #[test]
    fn any_mixture_of_markup_ends_without_panic_and_lets_no_control_through(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..80)) {
        let body = format!("<rss><channel>{}", pieces.concat());
        if let Ok(feed) = read(RawFeed { body: body.as_bytes(), content_type: None, base_url: Some("http://e.example/"), is_cut: false }) {
            let shown = serde_json::to_string(&feed).expect("JSON");
            prop_assert!(!shown.contains("\\u00") && !shown.contains(char::is_control));
        }
    }

    #[test]
    fn any_date_ends_without_panic(date in "[0-9A-Za-zé:,.+/ -]{0,30}") {
        let body = format!("<rss><channel><item><title>a</title><pubDate>{date}</pubDate></item></channel></rss>");
        let read = read(RawFeed { body: body.as_bytes(), content_type: None, base_url: None, is_cut: false });
        prop_assert!(read.is_ok());
    }
}

#[test]
fn an_article_whose_address_is_none_is_found_where_it_is_talked_about() {
    let url_of = |fields: &str| {
        let document = format!("<rss><channel><item><title>A</title>{fields}</item></channel></rss>");
        let feed = read(RawFeed { body: document.as_bytes(), content_type: None, base_url: None, is_cut: false }).expect("a feed");
        feed.articles[0].url.clone().unwrap_or_default()
    };
    let comments = "<comments>https://talk.example/1</comments>";
    assert_eq!(url_of(&format!("<link>htpt:/:s://gitea.example</link>{comments}")), "https://talk.example/1");
    assert_eq!(url_of(&format!("{comments}<link>https://a.example/1</link>")), "https://a.example/1");
    assert_eq!(url_of("<link>What is love?</link>"), "");
}
