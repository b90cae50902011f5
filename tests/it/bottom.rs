//! Stories of the bottom line: the keys keep their place, what is said never loses its remedy, at every size.

use matins::app::effect::Effect;
use matins::app::event::Event;
use matins::app::model::Notice;

use crate::harness::{Reader, Setup, rss};

const DAY: &str = "window = \"24h\"";
const SIZES: [(u16, u16); 4] = [(120, 40), (80, 24), (40, 20), (20, 5)];
const TITLE: &str = "Rail strike ends as both sides accept the mediator's terms";

fn paper(width: u16, height: u16) -> Reader {
    let strikes: String = (1..=60).map(|number| format!("<p>Paragraph {number} of the strike.</p>")).collect();
    let articles = [(TITLE, 1, strikes.as_str()), ("Harbour bridge to close", 2, "<p>For eleven nights.</p>")];
    Setup::new().section("Canadian News", DAY, &[("CBC", rss("CBC", &articles))]).size(width, height).open()
}

/// The last row.
fn bottom(reader: &Reader) -> String {
    reader.screen().lines().last().unwrap_or_default().to_string()
}

/// The whole screen as one line of words.
fn words(reader: &Reader) -> String {
    reader.screen().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The keys at the right of a row, from its last wide gap on.
fn keys(row: &str) -> &str {
    let known = ["Enter read", "Esc back", "? keys"];
    known.iter().filter_map(|key| row.find(key)).min().map_or("", |at| &row[at..])
}

#[test]
fn the_help_is_the_last_of_the_keys_and_they_stay_where_they_are_whatever_is_said() {
    for (width, height) in SIZES {
        let mut reader = paper(width, height);
        for where_to in ["", "enter"] {
            if !where_to.is_empty() {
                reader.press(where_to);
            }
            let before = bottom(&reader);
            assert!(before.ends_with("? keys"), "{width}x{height}: {before:?}");
            reader.happen(Event::MarkFailed { error: "the disk is full".into() });
            assert_eq!(keys(&bottom(&reader)), keys(&before), "{width}x{height}\n{}", reader.screen());
            reader.press("s u");
            assert_eq!(keys(&bottom(&reader)), keys(&before), "{width}x{height}\n{}", reader.screen());
        }
    }
}

#[test]
fn a_failure_is_told_to_its_end_at_every_size_and_goes_with_the_next_key() {
    let error = "make /home/jane/news/matins.db and its folder writable (chmod u+w)";
    for (width, height) in SIZES {
        let mut reader = paper(width, height);
        let before = reader.press("k").screen();
        reader.happen(Event::MarkFailed { error: error.into() });
        // a path that is wider than the screen is broken inside
        let told = words(&reader).replace(' ', "");
        assert!(told.contains(&error.replace(' ', "")) || height < 10, "{width}x{height}\n{}", reader.screen());
        reader.sees("not marked: make");
        reader.press("k");
        assert_eq!(reader.screen(), before, "{width}x{height}");
    }
}

#[test]
fn what_takes_back_a_change_of_many_articles_is_told_at_every_size() {
    for (width, height) in SIZES {
        let mut reader = paper(width, height);
        reader.press("A");
        assert!(words(&reader).contains("u undoes it"), "{width}x{height}\n{}", reader.screen());
    }
}

#[test]
fn marking_the_only_unread_article_of_a_section_is_told_like_marking_many() {
    let mut reader = paper(200, 40);
    reader.press("m").does_not_see("undoes it");
    reader.press("A").sees("marked Canadian News read: 1 article · u undoes it");
    reader.press("u").sees("undone: marked Canadian News read");
    reader.press("s").does_not_see("undoes it");
}

#[test]
fn how_far_a_refresh_is_stands_beside_what_is_told_or_under_it() {
    let is_late = |effect: &Effect| matches!(effect, Effect::Refresh(_));
    let check = |(width, height): (u16, u16), told: [&str; 2], below: &str, above: &str| {
        let feeds = [("CBC", rss("CBC", &[("One", 1, "")])), ("CTV", rss("CTV", &[("Two", 1, "")]))];
        let mut reader = Setup::new().section("Canada", DAY, &feeds).size(width, height).open_holding(is_late);
        let urls: Vec<String> = reader.model.paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
        reader.happen(Event::RefreshPlanned { urls });
        reader.model.notice = Some(Notice::failure(told.map(String::from)));
        assert!(bottom(&reader).starts_with(below), "{width}x{height}\n{}", reader.screen());
        assert!(words(&reader).contains(above), "{width}x{height}\n{}", reader.screen());
        reader.press("k");
        assert!(bottom(&reader).contains("0/2") && !words(&reader).contains(above), "{width}x{height}\n{}", reader.screen());
    };
    let mistakes = ["7 mistakes in the settings, `matins config check` names them all", "7 mistakes in all"];
    check((200, 40), mistakes, &format!(" 0/2 · {}", mistakes[0]), mistakes[0]);
    check((80, 24), mistakes, " refreshing 0/2", mistakes[0]);
    check((20, 5), mistakes, " 0/2", mistakes[1]);
}

#[test]
fn a_title_that_does_not_fit_is_cut_rather_than_the_words_around_it() {
    let mut reader = paper(80, 24);
    reader.press("s u");
    assert!(bottom(&reader).starts_with(" undone: starred “Rail strike ends…”"), "{}", reader.screen());
    reader.press("enter / z q q z q q z q q z q q z q q z q q enter");
    let said = bottom(&reader);
    assert!(said.starts_with(" “zqq") && said.contains("…” is not in this text"), "{said:?}");
}

#[test]
fn the_end_of_what_is_typed_stays_on_the_screen() {
    for (width, height) in SIZES {
        let mut reader = paper(width, height);
        reader.press("enter / p a r a g r a p h space 1 2 space o f space t h e space s t r i k e x y z");
        let row = bottom(&reader);
        assert!(row.contains("xyz▏") && row.ends_with("Esc end"), "{width}x{height}: {row:?}");
    }
}

#[test]
fn a_find_that_is_in_force_says_where_one_is_and_what_ends_it() {
    for (width, height) in SIZES {
        let mut reader = paper(width, height);
        reader.press("enter / s t r i k e enter n n");
        let row = bottom(&reader);
        assert!(row.contains("3 of 61"), "{width}x{height}: {row:?}");
        assert!(width < 40 || row.contains("n next match"), "{width}x{height}: {row:?}");
        assert!(width < 80 || (row.starts_with(" “strike”") && row.contains("Esc end")), "{width}x{height}: {row:?}");
        reader.press("esc");
        assert!(reader.model.is_text_open && !bottom(&reader).contains("match"), "{}", reader.screen());
    }
}

#[test]
fn what_goes_on_is_told_in_as_many_words_as_fit() {
    let feeds = [("The Morning Harbour Gazette", "no feed".to_string())];
    for (width, height) in SIZES {
        let reader = Setup::new().section("News", DAY, &feeds).size(width, height).open();
        let said = bottom(&reader);
        let is_told = said.contains("! shows why") || said.contains("! why") || said.contains("failed: ");
        assert!((is_told || width < 40) && !said.contains('…') && said.ends_with("? keys"), "{width}x{height}: {said:?}");
    }
}

#[test]
fn a_row_about_the_list_leaves_out_what_does_not_fit_and_cuts_nothing() {
    let articles: Vec<(String, i64)> = (0..9).map(|number| (format!("Story {number}"), 1)).collect();
    let articles: Vec<(&str, i64, &str)> = articles.iter().map(|(title, hours)| (title.as_str(), *hours, "")).collect();
    for (width, height) in [(120, 40), (80, 24), (40, 20), (20, 5)] {
        let feeds = [("CBC", rss("CBC", &articles[..5])), ("WHO", rss("WHO", &[("Else", 2, "")]))];
        let mut reader = Setup::new().section("News", "per_feed = 5", &feeds).size(width, height).open();
        std::fs::write(reader.folder.path().join("WHO.xml"), rss("WHO", &articles)).expect("a feed");
        reader.press("R k");
        let told = if width == 40 { "5 new, . shows them" } else { "1 of 6" };
        let row = reader.line_with(told);
        assert!(!row.contains('…'), "{width}x{height}\n{}", reader.screen());
    }
}

#[test]
fn in_a_text_the_line_tells_how_far_one_is_though_a_feed_fails() {
    let long: String = (1..=60).map(|number| format!("<p>Paragraph {number}.</p>")).collect();
    let feeds = [("CBC", rss("CBC", &[("Long", 1, &long)])), ("WHO", "no feed".to_string())];
    let mut reader = Setup::new().section("News", DAY, &feeds).size(80, 24).open();
    reader.press("k");
    assert!(bottom(&reader).contains("WHO failed"), "{}", reader.screen());
    reader.press("enter G");
    assert!(bottom(&reader).contains("100 %"), "{}", reader.screen());
}

#[test]
fn a_notice_is_seen_beside_a_sheet_that_is_open() {
    let mut reader = paper(80, 24);
    reader.press("!");
    reader.happen(Event::MarkFailed { error: "free some space on the disk of /home/jane/news/matins.db and try again".into() });
    reader.sees("not marked: free some space").sees("Feed health");
    assert!(words(&reader).contains("and try again"), "{}", reader.screen());
}

#[test]
fn keys_that_do_nothing_in_a_list_lead_on() {
    let mut reader = paper(80, 24);
    reader.press("/").sees("/ finds in a text: Enter opens it");
    reader.press(":").sees("Keys in force here");
    reader.press("esc ctrl-p").sees("Keys in force here");
}
