//! Lists of feeds as other programs write them, and what is made of each.

use super::*;
use crate::domain::clean_text::CleanText;
use crate::domain::section::Paper;
use jiff::{SignedDuration, Timestamp};

/// What is offered, a line each: section, marks, address, title, kept attributes.
fn offered(text: &str) -> Vec<String> {
    let offer = read(text.as_bytes()).expect(text);
    let one = |offered: &OfferedFeed| {
        let section = offered.section.as_deref().unwrap_or("-");
        let title = offered.feed.title.as_ref().map(|title| format!(" \"{title}\"")).unwrap_or_default();
        let kept: String = offered.feed.opml.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        format!("{section}: {}{title}{kept}", offered.feed.url)
    };
    offer.feeds.iter().map(one).collect()
}

fn opml(outlines: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><opml version=\"1.1\" xmlns:fz=\"urn:forumzilla:\"><head><title>T</title></head><body>{outlines}</body></opml>"
    )
}

#[test]
fn folders_become_sections_named_by_their_path() {
    let check = |outlines: &str, expected: &[&str]| assert_eq!(offered(&opml(outlines)), expected, "{outlines}");
    check("<outline text='A' xmlUrl='https://a.example/'/>", &["-: https://a.example/ \"A\""]);
    check(
        "<outline text='News'><outline xmlUrl='https://a.example/'/><outline title='Canada'><outline xmlUrl='https://b.example/'/></outline>\
         <outline xmlUrl='https://c.example/'/></outline><outline xmlUrl='https://d.example/'/>",
        &["News: https://a.example/", "News / Canada: https://b.example/", "News: https://c.example/", "-: https://d.example/"],
    );
    check("<outline><outline text=' '><outline xmlUrl='https://a.example/'/></outline></outline>", &["-: https://a.example/"]);
    check(
        "<outline xmlUrl='https://a.example/'><outline xmlUrl='https://b.example/'/></outline>",
        &["-: https://a.example/", "-: https://b.example/"],
    );
    check(
        "<outline xmlUrl='https://a.example/' category='/News/Canada,/Daily'/>",
        &["News / Canada: https://a.example/ category=/News/Canada,/Daily"],
    );
    check("<outline text='F'><outline xmlUrl='https://a.example/' category='x'/></outline>", &["F: https://a.example/ category=x"]);
}

#[test]
fn names_of_folders_have_an_end() {
    let feed = "<outline xmlUrl='https://a.example/'/>";
    let check = |outlines: &str| {
        let offer = read(opml(outlines).as_bytes()).expect("an offer");
        let lengths = offer
            .feeds
            .iter()
            .map(|feed| feed.section.as_ref().map_or(0, String::len).max(feed.feed.title.as_ref().map_or(0, |title| title.len())));
        let longest = lengths.chain(offer.sections.iter().map(|section| section.name.len())).max().expect("feeds");
        assert!((100..=800).contains(&longest), "{longest} bytes");
    };
    check(&format!("<outline text='{}'>{feed}{feed}</outline>", "N".repeat(9_000)));
    check(&format!("{}{feed}", format!("<outline text='{}'>", "é".repeat(150)).repeat(50)));
    check(&format!("<outline xmlUrl='https://a.example/' text='{}' category='/{}'/>", "N".repeat(9_000), "C/".repeat(9_000)));
}

#[test]
fn names_and_addresses_are_read_as_they_are_found() {
    let check =
        |attributes: &str, expected: &str| assert_eq!(offered(&opml(&format!("<outline {attributes}/>"))), [expected], "{attributes}");
    check("XMLURL='https://a.example/' TITLE='A'", "-: https://a.example/ \"A\"");
    check("type='rss' url='https://a.example/' text='A'", "-: https://a.example/ \"A\"");
    check("xmlUrl='https://a.example/?a=1&b=2&amp;c=3' text='A & B &eacute; &lt;b>'", "-: https://a.example/?a=1&b=2&c=3 \"A & B é <b>\"");
    check("xmlUrl='https://a.example/' text='https://a.example/'", "-: https://a.example/");
    check("xmlUrl='https://a.example/' title='' text='&#27;[31mA&#10;B'", "-: https://a.example/ \"[31mA B\"");
    check("xmlUrl='feed://a.example/'", "-: http://a.example/");
    check("xmlUrl='FEED:https://a.example/'", "-: https://a.example/");
}

#[test]
fn attributes_that_mean_nothing_here_are_kept_with_their_namespaces() {
    let check = |attributes: &str, expected: &str| {
        assert_eq!(offered(&opml(&format!("<outline xmlUrl='u' {attributes}/>"))), [format!("-: u{expected}")], "{attributes}");
    };
    check("type='rss' version='RSS' htmlUrl='https://a.example/' description=''", " htmlUrl=https://a.example/ version=RSS");
    check("fz:quickMode='false' fz:x='1'", " fz:quickMode=false fz:x=1 xmlns:fz=urn:forumzilla:");
    check("a:b='1' xmlns:a='urn:own'", " a:b=1 xmlns:a=urn:own");
    check("a:b='1' xml:lang='fr'", " a:b=1 xml:lang=fr xmlns:a=urn:undeclared:a");
    check("matins:unheard='1'", "");
    let long = format!("description='{}'", "a".repeat(2001));
    check(&long, "");
    let offer = read(opml(&format!("<outline xmlUrl='u' {long}/>")).as_bytes()).expect("an offer");
    assert_eq!(offer.notes, ["1 attribute was too long or damaged, and not kept"]);
}

#[test]
fn of_a_damaged_document_what_is_whole_is_taken() {
    let check = |text: &str, expected: &[&str], note: &str| {
        assert_eq!(offered(text), expected, "{text}");
        let notes = read(text.as_bytes()).expect(text).notes;
        assert!(notes.iter().any(|told| told.contains(note)), "{notes:?}");
    };
    check(
        "<opml><body><outline text='N'><outline xmlUrl='https://a.example/'/><outline xmlUrl='https://b.exa",
        &["N: https://a.example/"],
        "ends inside",
    );
    check("<outline xmlUrl='https://a.example/'>", &["-: https://a.example/"], "ends inside");
    check("\u{feff}\n<opml><body><outline xmlUrl='https://a.example/'></body></opml>", &["-: https://a.example/"], "<outline> without end");
}

#[test]
fn a_urls_file_is_read_as_newsboat_reads_it() {
    let check = |line: &str, expected: &str| assert_eq!(offered(&format!("https://x.example/\n{line}\n"))[1..], [expected], "{line}");
    check("http://a.example/", "-: http://a.example/");
    check("  https://a.example/ news daily ", "news: https://a.example/ category=daily");
    check("https://a.example/ \"~A \\\"title\\\"\" \"two words\"", "two words: https://a.example/ \"A \"title\"\"");
    check("\"https://a.example/?a b\" \"!hidden\" \"~T\"", "-: https://a.example/?a b \"T\"");
    check("https://a.example/#part news # a comment \"x\"", "news: https://a.example/#part");
    check("file:///srv/a.xml \"~\" \"!\"", "-: file:///srv/a.xml");
    check("feed://a.example/ \"open", "open: http://a.example/");
    check("nonsense", "-: nonsense");
    assert_eq!(offered("# mine\n\n   # more\nhttps://a.example/ #x\n"), ["-: https://a.example/"]);
    let notes = read(b"https://a.example/ a b \"!\"\nhttps://b.example/ a b\n").expect("an offer").notes;
    assert_eq!(
        notes,
        [
            "1 feed was hidden in newsboat; here nothing is hidden, so take out what you do not want",
            "the first tag names the section; the further ones of 2 feeds are kept with the feed, for `matins export`"
        ]
    );
}

#[test]
fn what_is_not_taken_is_told_with_what_to_do_instead() {
    let check = |text: &str, expected: &str| {
        let offer = read(text.as_bytes()).expect(text);
        assert_eq!((offer.feeds.len(), offer.refused.as_slice()), (0, [expected.to_string()].as_slice()), "{text}");
    };
    let no_program = "is a program, and matins runs none for feeds; let cron write what it prints into a file and add that as file:///home/you/feeds/name.xml";
    let no_filter = "its articles go through a filter program, and matins runs none; to have the feed as it is:";
    check("\"exec:~/bin/news.sh --all\" tag", &format!("line 1: `~/bin/news.sh --all` {no_program}"));
    check("\nfilter:~/bin/cut.sh:https://a.example/rss tag", &format!("line 2: {no_filter} `matins add https://a.example/rss`"));
    check("\"filter:cut:http://a.example/`x` y\"", &format!("line 1: {no_filter} `matins add URL`"));
    check(
        "\"query:Unread:unread = \\\"yes\\\"\"",
        "line 1: `Unread` is a search over other feeds, not a feed; `matins list --search WORDS` finds articles",
    );
    check(&opml("<outline text='A' xmlUrl='|cat x'/>"), &format!("`A`: `cat x` {no_program}"));
    check(
        &opml("<outline text='A' xmlUrl='https://a.example/' filtercmd='cut'/>"),
        &format!("`A`: {no_filter} `matins add https://a.example/`"),
    );
    check(
        &opml("<outline text='A' type='HTML+XPath' xmlUrl='https://a.example/'/>"),
        "`A`: is read out of a page by rules that matins does not know; `matins add` looks for the page's own feed",
    );
    check(
        &opml("<outline text='A' type='link' url='https://a.example/more.opml'/>"),
        "`A`: leads to another document and is no feed; `matins import` reads that one when you have saved it",
    );
}

#[test]
fn what_is_no_list_says_what_it_seems_to_be() {
    let check = |text: &str, expected: &str| assert_eq!(read(text.as_bytes()).err().as_deref(), Some(expected), "{text}");
    let nothing = "has no feeds in it; give an OPML file, or a file with an address on each line";
    check("", nothing);
    check("Dear reader,\nthis is a letter.\n", nothing);
    check("<html><body>Hello</body></html>", nothing);
    check(&opml("<outline text='empty'/>"), nothing);
    check(
        "<rss version='2.0'><channel><title>A</title><item><title>B</title></item></channel></rss>",
        "is a feed itself, not a list of feeds; add its address with `matins add URL`",
    );
}

#[test]
fn a_list_has_an_end() {
    let lines: String = (0..MOST_FEEDS + 150).map(|number| format!("https://a.example/{number}\n")).collect();
    let offer = read(lines.as_bytes()).expect("an offer");
    assert_eq!((offer.feeds.len(), offer.refused.len(), offer.refused_more), (MOST_FEEDS, REFUSED_TOLD, 50));
    let large = read(&vec![b'\n'; MOST_BYTES + 1]).err();
    assert_eq!(large.as_deref(), Some("is larger than 8 MB, which is no list of feeds; give it in parts"));
    assert_eq!(offer.refused[0], "line 10001: a list of more than 10000 feeds; give the rest in another file");
}

#[test]
fn an_export_is_valid_and_says_the_same_when_it_is_read() {
    let feed = |url: &str| Feed { url: url.into(), ..Feed::default() };
    let kept =
        [("a:b", "<\"'>&"), ("htmlUrl", "https://own.example/"), ("xmlns:a", "urn:a")].map(|(name, value)| (name.into(), value.into()));
    let full = Feed {
        title: Some(CleanText::new("A & <B> \"C\"")),
        full_text: true,
        user_agent: Some("me/1".into()),
        opml: kept.to_vec(),
        ..feed("https://a.example/?a=1&b=2")
    };
    let section = Section {
        name: CleanText::new("Canada & \"more\""),
        short_name: CleanText::new("Ca"),
        icon: CleanText::new("🍁"),
        window: SignedDuration::from_hours(72),
        limit: 3,
        per_feed: 7,
        feeds: vec![full.clone(), feed("https://b.example/")],
        fallback: vec![feed("https://c.example/")],
        opml: Vec::new(),
    };
    let known = |_: &str| KnownFeed { title: Some("Its own".into()), home_url: Some("https://home.example/".into()) };
    let text = super::opml(&Paper { sections: vec![section.clone()], empty: Vec::new() }, Timestamp::UNIX_EPOCH, known);
    assert_eq!(
        text,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:matins=\"urn:matins:opml\">\n  <head>\n    \
         <title>Feeds of matins</title>\n    <dateCreated>Thu, 01 Jan 1970 00:00:00 GMT</dateCreated>\n  </head>\n  <body>\n    \
         <outline text=\"Canada &amp; &quot;more&quot;\" title=\"Canada &amp; &quot;more&quot;\" matins:short=\"Ca\" matins:icon=\"🍁\" \
         matins:window=\"3d\" matins:limit=\"3\" matins:perFeed=\"7\">\n      \
         <outline type=\"rss\" text=\"A &amp; &lt;B&gt; &quot;C&quot;\" title=\"A &amp; &lt;B&gt; &quot;C&quot;\" \
         xmlUrl=\"https://a.example/?a=1&amp;b=2\" a:b=\"&lt;&quot;'&gt;&amp;\" htmlUrl=\"https://own.example/\" xmlns:a=\"urn:a\" \
         matins:fullText=\"true\" matins:userAgent=\"me/1\"/>\n      \
         <outline type=\"rss\" text=\"Its own\" title=\"Its own\" xmlUrl=\"https://b.example/\" htmlUrl=\"https://home.example/\" \
         matins:fromFeed=\"title htmlUrl\"/>\n      \
         <outline type=\"rss\" text=\"Its own\" title=\"Its own\" xmlUrl=\"https://c.example/\" htmlUrl=\"https://home.example/\" \
         matins:fromFeed=\"title htmlUrl\" matins:fallback=\"true\"/>\n    </outline>\n  </body>\n</opml>\n"
    );
    let offer = read(text.as_bytes()).expect("an offer");
    let feeds: Vec<(bool, &Feed)> = offer.feeds.iter().map(|offered| (offered.is_fallback, &offered.feed)).collect();
    assert_eq!(feeds, [(false, &full), (false, &section.feeds[1]), (true, &section.fallback[0])]);
    assert_eq!(offer.sections, [Section { feeds: Vec::new(), fallback: Vec::new(), ..section }]);
    assert!(offer.notes.is_empty() && offer.refused.is_empty(), "{:?}", offer.notes);
}

#[test]
fn what_a_file_says_of_folders_and_names_leaves_again() {
    let outlines = "<outline text='The News' title='News' type='folder' isOpen='true' fz:x='1'>\
        <outline type='atom' text='A, in short' title='A' xmlUrl='https://a.example/' isComment='false'/></outline>\
        <outline text='Later' isOpen='false'/>\
        <outline text='More'><outline text='Nothing' title='Nothing'/><outline text='B'><outline xmlUrl='https://b.example/'/></outline></outline>";
    let offer = read(opml(outlines).as_bytes()).expect("an offer");
    assert_eq!(offer.notes, Vec::<String>::new());
    let names: Vec<&str> = offer.sections.iter().map(|section| section.name.as_str()).collect();
    assert_eq!(names, ["News", "Later", "More / Nothing", "More / B"]);
    let mut empty: Vec<&str> = offer.empty.iter().map(String::as_str).collect();
    empty.sort_unstable();
    assert_eq!(empty, ["Later", "More / Nothing"]);
    let mut paper = Paper::default();
    for section in offer.sections {
        let feeds: Vec<Feed> = offer
            .feeds
            .iter()
            .filter(|feed| feed.section.as_deref() == Some(section.name.as_str()))
            .map(|feed| feed.feed.clone())
            .collect();
        match feeds.is_empty() {
            true => paper.empty.push((paper.sections.len(), section)),
            false => paper.sections.push(Section { feeds, ..section }),
        }
    }
    let text = super::opml(&paper, Timestamp::UNIX_EPOCH, |_| KnownFeed::default());
    let body: Vec<&str> = text.lines().skip_while(|line| !line.contains("<body>")).skip(1).map(str::trim).collect();
    let expected = [
        "<outline type=\"folder\" text=\"The News\" title=\"News\" fz:x=\"1\" isOpen=\"true\" xmlns:fz=\"urn:forumzilla:\">",
        "<outline type=\"atom\" text=\"A, in short\" title=\"A\" xmlUrl=\"https://a.example/\" isComment=\"false\"/>",
        "</outline>",
        "<outline text=\"Later\" title=\"Later\" isOpen=\"false\">",
        "</outline>",
        "<outline text=\"More / Nothing\" title=\"More / Nothing\">",
        "</outline>",
    ];
    assert_eq!(body[..expected.len()], expected);
}

#[test]
fn attributes_of_folders_around_a_section_are_kept_with_the_first_in_them() {
    let check = |outlines: &str, expected: &[&str], note: Option<&str>| {
        let offer = read(opml(outlines).as_bytes()).expect("an offer");
        let kept = |section: &Section| section.opml.iter().map(|(name, value)| format!(" {name}={value}")).collect::<String>();
        let sections: Vec<String> = offer.sections.iter().map(|section| format!("{}:{}", section.name, kept(section))).collect();
        assert_eq!(
            (sections.as_slice(), offer.notes.first().map(String::as_str)),
            (&expected.iter().map(ToString::to_string).collect::<Vec<_>>()[..], note),
            "{outlines}"
        );
    };
    let feed = "<outline xmlUrl='https://a.example/'/>";
    check(
        &format!("<outline text='A' foo='1'><outline text='B' fz:mid='2'><outline text='C' low='3'>{feed}</outline></outline></outline>"),
        &["A / B / C: foo=1 fz:mid=2 low=3 xmlns:fz=urn:forumzilla:"],
        None,
    );
    check(
        &format!(
            "<outline text='A' foo='1'><outline text='B'>{feed}</outline><outline text='C'>{feed}</outline></outline><outline text='D'>{feed}</outline>"
        ),
        &["A / B: foo=1", "A / C:", "D:"],
        None,
    );
    check(&format!("<outline text='A' foo='1'>{feed}<outline text='B'>{feed}</outline></outline>"), &["A: foo=1", "A / B:"], None);
    check(&format!("<outline foo='1'><outline text='B'>{feed}</outline></outline>"), &["B: foo=1"], None);
    let lost = "1 attribute of a folder was not kept: what is in the folder has another of that name, or is no section";
    check(&format!("<outline text='A' o='1'><outline text='B' o='2'>{feed}</outline></outline>"), &["A / B: o=2"], Some(lost));
    check(&format!("<outline text='Long' title='A'><outline text='B'>{feed}</outline></outline>"), &["A / B:"], Some(lost));
    check(&format!("<outline foo='1'>{feed}</outline>"), &[], Some(lost));
}

#[test]
fn a_damaged_list_gives_what_is_whole_in_it() {
    let check = |text: &[u8], expected: &[&str]| {
        let offer = read(text).expect("an offer");
        let found: Vec<&str> = offer.feeds.iter().map(|offered| offered.feed.url.as_str()).collect();
        assert_eq!((found.as_slice(), offer.notes.is_empty()), (expected, false), "{:?}", String::from_utf8_lossy(text));
    };
    let both = ["https://a.example/?x=1&y=2", "https://b.example/"];
    check(b"<opml><body><outline text=R&D xmlUrl=https://a.example/?x=1&y=2><outline xmlUrl='https://b.example/'/></body></opml>", &both);
    check(b"<opml><body><outline text='A' xmlUrl='https://a.example/?x=1&y=2'<outline xmlUrl='https://b.example/'/></body></opml>", &both);
    check(b"Warning: x on line 3\n<opml><body><outline xmlUrl='https://a.example/?x=1&y=2'/><outline xmlUrl=\"https://b.example/\"/>\x00</opml", &both);
    check(b"<?xml version='1.0' encoding='UTF-16'?><opml><outline text='caf\xe9' xmlUrl='https://a.example/?x=1&amp;y=2'/><outline xmlUrl='https://b.example/'/></opml>", &both);
    let wide: Vec<u8> = "<opml><outline xmlUrl='https://b.example/'/></opml>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&wide, &both[1..]);
    check(b"<opml><body><outline text='N'><outline xmlUrl='https://b.example/'/><outline text='Half", &both[1..]);
}
