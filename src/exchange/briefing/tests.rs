//! An edition in every format: the same stories in the same order, everything from outside escaped, nothing that acts.

use super::*;
use crate::domain::article::ArticleId;
use crate::domain::edition::{EditionSection, News, SectionState, Source, Sources, Surplus};
use crate::domain::summary::{Sentence, Summary};
use serde_json::Value;

fn clean(text: &str) -> CleanText {
    CleanText::new(text)
}

fn story(id: i64, title: &str, url: &str, summary: &[&str]) -> EditionStory {
    let source = |id: i64, feed: &str| Source {
        id: ArticleId(id),
        feed: clean(feed),
        feed_url: format!("https://{feed}.example/"),
        title: clean(title),
        url: Some(url.into()),
        text_digest: id,
        words: 100,
        lead: CleanText::default(),
    };
    let sentences: Vec<_> = summary.iter().map(|text| Sentence { text: clean(text), block: 0 }).collect();
    EditionStory {
        title: clean(title),
        url: Some(url.into()),
        feed: clean("CBC"),
        published: Some("2026-11-22T05:40:00Z".parse().expect("a moment")),
        when: clean("today 05:40"),
        summary: (!sentences.is_empty()).then_some(Summary { sentences, is_cut: false }),
        sources: vec![source(id, "CBC"), source(id + 100, "Global")],
        news: News::New,
        change: CleanText::default(),
        reasons: vec![clean("2 of your feeds report it: CBC and Global")],
    }
}

/// Two stories, the second of them an attack and told before, and a section that failed.
fn edition() -> Edition {
    let strike = story(1, "Rail strike ends", "https://news.example/1", &["It lasted nine days.", "Trains run again from Monday."]);
    let attack = EditionStory {
        news: News::Developing,
        change: clean("told on Saturday 21 November; since then also in Global"),
        ..story(2, "<script>x</script> # *a* | \u{1b}[2J \"b\" & c", "javascript:alert(1)", &[])
    };
    let canada = EditionSection {
        name: clean("Canada & <the> North"),
        icon: clean("🍁"),
        state: SectionState::News,
        note: clean("2 of 25 stories of the last 24 hours, the newest first."),
        stories: vec![strike, attack],
        surplus: vec![Surplus { feed: clean("arXiv"), count: 21 }, Surplus { feed: clean("CBC"), count: 2 }],
    };
    let health = EditionSection {
        name: clean("Public Health"),
        state: SectionState::Failing,
        note: clean("CDC failed: no answer in 20 s; trying again at 08:10."),
        ..EditionSection::default()
    };
    let failed = FailedSource {
        name: clean("CDC"),
        url: "https://cdc.example/".into(),
        error: clean("no answer in 20 s"),
        next_try: clean("at 08:10"),
    };
    Edition {
        date: jiff::civil::date(2026, 11, 22),
        made_at: "2026-11-22T06:00:00Z".parse().expect("a moment"),
        dateline: clean("Sunday 22 November 2026, made at 06:00"),
        tags: vec!["briefing".into(), "canada".into()],
        sections: vec![canada, health],
        sources: Sources { asked: 3, ok: 2, failed: vec![failed], not_asked: vec![clean("WHO")], last_asked: clean("today 05:58") },
        reading_minutes: 1,
    }
}

#[test]
fn the_text_has_every_section_with_its_stories_or_its_reason() {
    insta::assert_snapshot!(text(&edition(), 60), @r#"
    Morning News Briefing
    Sunday 22 November 2026, made at 06:00
    #briefing #canada

    2 stories, about 1 minute to read.

    🍁 Canada & <the> North
    2 of 25 stories of the last 24 hours, the newest first.

    • Rail strike ends
      CBC, today 05:40, also Global
      It lasted nine days. Trains run again from Monday.
      https://news.example/1

    • <script>x</script> # *a* | "b" & c
      CBC, today 05:40, also Global; headline only
      Told on Saturday 21 November; since then also in Global.

      +21 more from arXiv, +2 from CBC

    Public Health
    CDC failed: no answer in 20 s; trying again at 08:10.

    That is all for this morning.

    3 feeds asked, 2 answered, the last asked today 05:58. Never
    asked: WHO.
    • CDC: no answer in 20 s; trying again at 08:10
    "#);
}

#[test]
fn the_markdown_has_front_matter_and_reads_back_as_text() {
    insta::assert_snapshot!(markdown(&edition()), @r#"
    ---
    title: "Morning News Briefing, Sunday 22 November 2026"
    date: 2026-11-22
    made_at: 2026-11-22T06:00:00Z
    tags: ["briefing", "canada"]
    stories: 2
    reading_minutes: 1
    sources_asked: 3
    sources_failed: 1
    ---

    # Morning News Briefing

    Sunday 22 November 2026, made at 06:00

    2 stories, about 1 minute to read.

    ## 🍁 Canada & \<the> North

    2 of 25 stories of the last 24 hours, the newest first.

    ### [Rail strike ends](https://news.example/1)

    *CBC, today 05:40, also Global*

    It lasted nine days. Trains run again from Monday.

    ### \<script>x\</script> # \*a\* | "b" & c

    *CBC, today 05:40, also Global; headline only*

    Told on Saturday 21 November; since then also in Global.

    \+21 more from arXiv, +2 from CBC

    ## Public Health

    CDC failed: no answer in 20 s; trying again at 08:10.

    ---

    That is all for this morning.

    3 feeds asked, 2 answered, the last asked today 05:58. Never asked: WHO.

    - CDC: no answer in 20 s; trying again at 08:10
    "#);
}

#[test]
fn the_page_stands_alone_and_everything_from_outside_is_escaped() {
    let page = html(&edition());
    for refused in ["<script", "javascript:", "<the>", "http-equiv=\"refresh\"", "src=", "url(", "@import", "\u{1b}"] {
        assert!(!page.contains(refused), "{refused} in {page}");
    }
    for wanted in [
        "<h1>Morning News Briefing</h1>",
        "<a href=\"https://news.example/1\">Rail strike ends</a>",
        "&lt;script&gt;x&lt;/script&gt; # *a* | &quot;b&quot; &amp; c",
        "Canada &amp; &lt;the&gt; North",
        "; headline only</p>",
        "<li>CDC: no answer in 20 s; trying again at 08:10</li>",
    ] {
        assert!(page.contains(wanted), "{wanted} not in {page}");
    }
    for tag in ["section", "article", "h2", "h3", "p", "ul", "nav", "main", "header", "footer", "a", "li"] {
        let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn the_json_has_the_form_that_scripts_rely_on() {
    let json = serde_json::to_value(told(&edition())).expect("JSON");
    let fields = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(fields(&json), "date made_at reading_minutes sections sources tags title");
    assert_eq!((&json["date"], &json["title"]), (&Value::from("2026-11-22"), &Value::from("Morning News Briefing")));
    let canada = &json["sections"][0];
    assert_eq!(fields(canada), "articles icon more name note state");
    assert_eq!(canada["state"], "news");
    let strike = &canada["articles"][0];
    assert_eq!(fields(strike), "change feed id news published reasons sources summary title url");
    assert_eq!(strike["summary"], "It lasted nine days. Trains run again from Monday.");
    assert_eq!(strike["sources"][1]["feed"], "Global");
    assert_eq!((&canada["articles"][1]["summary"], &canada["articles"][1]["news"]), (&Value::Null, &Value::from("developing")));
    assert_eq!(json["sections"][1]["state"], "failing");
    let failed = serde_json::json!([{"url": "https://cdc.example/", "error": "no answer in 20 s"}]);
    assert_eq!((&json["sources"]["asked"], &json["sources"]["ok"], &json["sources"]["failed"]), (&3.into(), &2.into(), &failed));
}

#[test]
fn every_format_tells_the_same_stories_in_the_same_order() {
    let edition = edition();
    let json = serde_json::to_string(&told(&edition)).expect("JSON");
    let mail = mail(&edition, &Addresses::to("jane@example.org").expect("an address"));
    for (format, written) in
        [("text", text(&edition, 72)), ("Markdown", markdown(&edition)), ("HTML", html(&edition)), ("JSON", json), ("mail", mail)]
    {
        let places: Vec<_> =
            ["Rail strike ends", "nine days", "old on Saturday", "Public Health", "CDC"].iter().map(|words| written.find(words)).collect();
        assert!(places.iter().all(Option::is_some), "{format}: {places:?} in {written}");
        assert!(places[0] < places[1] && places[1] < places[2], "{format}: {places:?}");
        assert!(!written.chars().any(|c| c.is_control() && c != '\n'), "{format} has a control character");
    }
}

#[test]
fn a_mail_is_whole_and_its_lines_are_short() {
    let mail = mail(&edition(), &Addresses::to("jane@example.org").expect("an address"));
    let (head, body) = mail.split_once("\n\n").expect("a head and a body");
    for wanted in [
        "From: jane@example.org",
        "To: jane@example.org",
        "Date: Sun, 22 Nov 2026 06:00:00 +0000",
        "Subject: Morning News Briefing, Sunday 22 November 2026",
        "MIME-Version: 1.0",
        "Content-Type: multipart/alternative; boundary=\"=_matins_edition\"",
    ] {
        assert!(head.lines().any(|line| line == wanted), "{wanted} not in {head}");
    }
    assert!(mail.is_ascii() && mail.lines().all(|line| line.len() <= 78), "{mail}");
    assert_eq!(body.matches("\n--=_matins_edition").count() + usize::from(body.starts_with("--=_matins_edition")), 3);
    assert!(body.contains("Content-Type: text/plain; charset=utf-8") && body.ends_with("--=_matins_edition--\n"));
}

#[test]
fn an_edition_that_was_kept_reads_the_same() {
    let edition = edition();
    let kept: Edition = serde_json::from_str(&serde_json::to_string(&edition).expect("JSON")).expect("an edition");
    assert_eq!(kept, edition);
}
