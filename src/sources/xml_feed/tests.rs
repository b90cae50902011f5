//! Feeds of XML as they are written, and what is read in them and told of them.

use crate::sources::{RawFeed, read};

fn check(body: &str, titles: &[&str], notes: &[&str]) {
    let feed =
        read(RawFeed { body: body.as_bytes(), content_type: None, base_url: Some("https://a.example/"), is_cut: false }).expect(body);
    let seen: Vec<&str> = feed.articles.iter().map(|article| article.title.as_deref().unwrap_or_default()).collect();
    assert_eq!((seen.as_slice(), feed.notes.as_slice()), (titles, &*notes.iter().map(ToString::to_string).collect::<Vec<_>>()), "{body}");
}

#[test]
fn what_stands_around_a_feed_is_told() {
    let feed = |title: &str| format!("<rss><channel><item><title>{title}</title></item></channel></rss>");
    check(&feed("a"), &["a"], &[]);
    check(&(feed("a") + &feed("b")), &["a", "b"], &["repaired: more than one feed in the document; the articles of all were read"]);
    check(&format!("<p>x</p>{}", feed("a")), &["a"], &["repaired: markup around the feed"]);
    check(
        &format!("\u{feff}<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>{}", feed("é")),
        &["é"],
        &["repaired: declared as windows-1252, but marked as UTF-8"],
    );
    check(&feed("a <media:x/>b"), &["a b"], &["repaired: undeclared prefix media:"]);
}

#[test]
fn what_is_left_out_is_told() {
    let feed = |inside: &str| format!("<rss><channel><item><title>a</title></item>{inside}</channel></rss>");
    check(&feed("<item/>"), &["a"], &["left out: 1 article with nothing in it"]);
    check(&feed("<item> </item><item><title>b</title><item /></item>"), &["a", "b"], &["left out: 2 articles with nothing in them"]);
    let nowhere = "left out: address that leads nowhere (javascript:go())";
    check(&feed("<item><title>b</title><link>javascript:go()</link></item>"), &["a", "b"], &[nowhere]);
    check(&feed("<item><title>b</title><link>javascript:go()</link><guid>https://a.example/b</guid></item>"), &["a", "b"], &[nowhere]);
    check("<feed><entry><title>b</title><link href='javascript:go()'/></entry></feed>", &["b"], &[nowhere]);
    check(&feed("<item><title>b</title><link></link></item>"), &["a", "b"], &[]);
    let json = |items: &str| format!(r#"{{"version":"https://jsonfeed.org/version/1.1","items":[{{"title":"a"}},{items}]}}"#);
    check(&json("null,{},7"), &["a"], &["left out: 3 articles with nothing in them"]);
    check(&json(r#"{"title":"b","url":"javascript:go()"}"#), &["a", "b"], &[nowhere]);
}

#[test]
fn rss_under_any_prefix_is_read() {
    check("<r:rss xmlns:r='urn:r' version='2.0'><r:channel><r:item><r:title>a</r:title></r:item></r:channel></r:rss>", &["a"], &[]);
    check("<x:feed><x:entry><x:title>a</x:title></x:entry></x:feed>", &["a"], &[]);
}

#[test]
fn what_is_whole_in_a_cut_article_is_kept_when_it_can_be_known_again() {
    let nameless = "repaired: the last article is cut; it was left out";
    let inside = |name: &str| format!("repaired: the document ends inside <{name}>");
    let whole = "<rss><channel><item><title>a</title><guid>1</guid></item>";
    let cut = "<item><title>b</title><guid>2</guid><description>half a";
    check(&format!("{whole}{cut}"), &["a", "b"], &[&inside("description")]);
    check(
        &format!("{whole}<item><title>b</title><description><![CDATA[half a"),
        &["a", "b"],
        &["repaired: CDATA without end at line 1", &inside("description")],
    );
    check(&format!("<rss><channel>{cut}"), &["b"], &[&inside("description")]);
    let entries = "<feed><entry><title>a</title><id>1</id></entry><entry><title>b</title><id>2</id><content>half a";
    check(entries, &["a", "b"], &[&inside("content")]);
    check(&format!("{whole}<item><title>b</title><guid>2</guid><link>htt"), &["a", "b"], &[&inside("link")]);
    check(&format!("{whole}<item><title>b</title><guid>2</guid></item>"), &["a", "b"], &[&inside("channel")]);
    check(&format!("{whole}<item><title>b</title><link>https://a.example/2</link><guid>"), &["a", "b"], &[&inside("guid")]);
    check(&format!("{whole}<item><link>https://a.example/2</link><title>b"), &["a"], &[&inside("title"), nameless]);
    let linked = "<rss><channel><item><title>a</title><link>https://a.example/1</link></item><item><title>b</title><link>";
    check(&format!("{linked}htt"), &["a", "b"], &[&inside("link")]);
    check(&format!("{linked}https://a.example/2</link><description>half"), &["a", "b"], &[&inside("description")]);
    check("<rss><channel><item><title>a</title></item><item><title>b</title><link>htt", &["a", "b"], &[&inside("link")]);
    let items = r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"a"},{"title":"b""#;
    let json = "repaired: the JSON is cut off; what is whole was read";
    check(&format!(r#"{items},"id":"2","content_text":"half a"#), &["a", "b"], &[json]);
    check(&format!(r#"{items},"id":"2"#), &["a", "b"], &[json]);
    check(&items.replace(r#""title":"b""#, r#""content_text":"all of it","title":"b"#), &["a"], &[json, nameless]);
    check(&format!(r#"{items},"id":"2"}}"#), &["a", "b"], &[json]);
    let items = r#"{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"/1","title":"a"},{"title":"b""#;
    check(&format!(r#"{items},"url":"/2"#), &["a", "b"], &[json]);
    check(&format!(r#"{items},"url":"/2","content_text":"half a"#), &["a", "b"], &[json]);
}

#[test]
fn half_a_text_is_none_and_its_article_says_that_more_was_to_come() {
    let cut = |rest: &str| {
        let body = format!("<rss><channel><item><guid>1</guid><title>a</title></item><item><guid>2</guid>{rest}");
        let article = read(RawFeed { body: body.as_bytes(), ..RawFeed::default() }).expect("a feed").articles.remove(1);
        (article.summary_html, article.content_html, article.is_cut)
    };
    assert_eq!(cut("<description>half a"), (None, None, true));
    assert_eq!(cut("<description>whole</description><content:encoded>half"), (Some("whole".into()), None, true));
    assert_eq!(cut("<description>whole</description>"), (Some("whole".into()), None, false));
    assert_eq!(cut("<title>b</title>"), (None, None, true));
    let body = "<rss><channel><item><title>a</title><description>whole</description><link>htt";
    let article = read(RawFeed { body: body.as_bytes(), ..RawFeed::default() }).expect("a feed").articles.remove(0);
    assert!(article.is_cut, "what it is known by is still to come");
}

#[test]
fn relative_addresses_stand_on_the_document_and_else_on_the_site() {
    let link = |address: Option<&str>, body: &str| {
        let feed = read(RawFeed { body: body.as_bytes(), base_url: address, ..RawFeed::default() }).expect(body);
        let article = &feed.articles[0];
        (article.url.clone().unwrap_or_default(), article.content_html.clone().or(article.summary_html.clone()).unwrap_or_default())
    };
    let body = "&lt;a href=\"q\"&gt;";
    let item = format!("<item><link>p</link><description>{body}</description></item>");
    let rss = format!("<rss><channel><link>https://site.example/</link>{item}</channel></rss>");
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><link href='https://site.example/'/>
        <entry><link href='p'/><content type='html'>&lt;a href=\"q\"&gt;</content></entry></feed>";
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","home_page_url":"https://site.example/",
        "items":[{"url":"p","content_html":"<a href=\"q\">"}]}"#;
    let based = rss.replace("<rss", "<rss xml:base='https://own.example/x/'");
    let at = |base: &str| (format!("{base}p"), format!("<a href=\"{base}q\">"));
    let document = Some("https://a.example/dir/feed.xml");
    for feed in [&rss, atom, json] {
        assert_eq!(link(document, feed), at("https://a.example/dir/"), "{feed}");
        assert_eq!(link(None, feed), at("https://site.example/"), "{feed}");
        assert_eq!(link(Some("file:///srv/feed.xml"), feed), at("https://site.example/"), "{feed}");
        for host in ["feeds.feedburner.com", "feeds.site.example", "rss.site.example"] {
            assert_eq!(link(Some(&format!("https://{host}/dir/x")), feed), at("https://site.example/"), "{host} {feed}");
        }
    }
    assert_eq!(link(document, &based), at("https://own.example/x/"));
}

#[test]
fn a_tag_that_is_a_word_stays_in_a_title() {
    let item = |title: &str| format!("<rss><channel><item><title>{title}</title><guid>1</guid></item></channel></rss>");
    let stray: &[&str] = &["repaired: stray < at line 1"];
    check(&item("Use <canvas> in HTML"), &["Use <canvas> in HTML"], stray);
    check(&item("a<b and c>d"), &["a<b and c>d"], stray);
    check(&item("Use &lt;canvas&gt; in HTML"), &["Use <canvas> in HTML"], &[]);
    check(&item("<![CDATA[Use <script> tags]]>"), &["Use <script> tags"], &[]);
    check(&item("<i>Use</i> <b>bold"), &["Use bold"], &["repaired: <b> without end at line 1"]);
}

#[test]
fn a_title_that_says_that_it_is_plain_has_no_markup() {
    let entry = |title: &str| format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry>{title}<id>1</id></entry></feed>");
    check(&entry("<title type='text'>Use &lt;b&gt; and &lt;i&gt;x&lt;/i&gt; wisely</title>"), &["Use <b> and <i>x</i> wisely"], &[]);
    check(&entry("<title type='text'>AT&amp;amp;T</title>"), &["AT&T"], &[]);
    check(&entry("<title type='html'>Use &lt;b&gt;x&lt;/b&gt; in &lt;div&gt;</title>"), &["Use x in <div>"], &[]);
    check(&entry("<title>Use &lt;b&gt;x&lt;/b&gt;</title>"), &["Use x"], &[]);
}

#[test]
fn a_picture_of_no_known_type_has_none() {
    let body = "<rss><channel><item><title>a</title><media:thumbnail url=\"https://a.example/p\"/></item></channel></rss>";
    let feed = read(RawFeed { body: body.as_bytes(), content_type: None, base_url: None, is_cut: false }).expect("a feed");
    let files: Vec<_> = feed.articles[0].enclosures.iter().map(|file| (file.url.as_str(), file.media_type.as_deref())).collect();
    assert_eq!(files, [("https://a.example/p", None)]);
}
