//! Stories of reading: moving, opening, marking, undoing, going from section to section.

use matins::app::effect::Effect;
use matins::app::event::Event;

use crate::harness::{Reader, Setup, rss};

const DAY: &str = "window = \"24h\"";

/// Two sections of two feeds each.
fn paper() -> Setup {
    let long: String =
        (1..=80).map(|n| format!("<p>Paragraph {n} of a long report, which has a second line when it is narrow.</p>")).collect();
    let rail = format!("<p>The strike ended on <b>Saturday</b>.</p>{long}");
    Setup::new()
        .section(
            "Canada",
            DAY,
            &[
                (
                    "CBC",
                    rss(
                        "CBC",
                        &[
                            ("Rail strike ends as both sides accept the mediator's terms", 2, &rail),
                            ("Harbour bridge to close", 5, "<p>For eleven nights.</p>"),
                        ],
                    ),
                ),
                ("Globe", rss("Globe", &[("Budget officer sees smaller deficit", 3, "<p>Smaller.</p>")])),
            ],
        )
        .section(
            "Science",
            DAY,
            &[("Nature", rss("Nature", &[("A comet returns", 4, "<p>After 80 years.</p>"), ("Moss survives", 6, "<p>In the cold.</p>")]))],
        )
}

fn selected_title(reader: &Reader) -> String {
    reader.model.list.selected_row().map(|row| row.title.to_string()).unwrap_or_default()
}

#[test]
fn a_section_shows_its_feeds_merged_by_date_with_the_first_article_beside_it() {
    let reader = paper().open();
    let screen = reader.screen();
    let order: Vec<usize> =
        ["Rail strike", "Budget officer", "Harbour bridge"].iter().map(|title| screen.find(title).expect("a headline")).collect();
    assert!(order.is_sorted(), "{screen}");
    reader.sees("Canada 3").sees("Science 2").sees("The strike ended on Saturday").sees("● Budget officer");
}

#[test]
fn moving_brings_each_article_into_the_reading_pane() {
    let mut reader = paper().open();
    reader.press("j").sees("Smaller.");
    reader.press("G").sees("For eleven nights.");
    reader.press("g").sees("The strike ended");
    reader.press("k k k");
    assert_eq!(selected_title(&reader), "Rail strike ends as both sides accept the mediator's terms");
}

#[test]
fn opening_is_reading_and_escape_leads_back_to_the_same_place() {
    let mut reader = paper().open();
    reader.press("j enter").sees("Smaller.").does_not_see("Harbour bridge");
    reader.press("esc").sees("Canada 2").sees("Harbour bridge").does_not_see("● Budget");
    assert_eq!(selected_title(&reader), "Budget officer sees smaller deficit");
}

#[test]
fn marks_change_what_is_seen_and_undo_takes_them_back() {
    let mut reader = paper().open();
    reader.press("m").sees("Canada 2").does_not_see("● Rail");
    reader.press("s").sees("★");
    reader.press("u").does_not_see("★").sees("undone: starred");
    reader.press("u").sees("Canada 3").sees("● Rail");
    reader.press("U").sees("Canada 2");
    reader.press("U U").sees("nothing to redo");
}

#[test]
fn marking_a_section_read_touches_only_what_was_on_the_list() {
    let setup = paper();
    let mut reader = setup.open();
    let more =
        rss("CBC", &[("A late report", 1, "<p>Late.</p>"), ("Rail strike ends as both sides accept the mediator's terms", 2, "<p>x</p>")]);
    std::fs::write(reader.folder.path().join("CBC.xml"), more).expect("a feed");
    reader.press("r").does_not_see("A late report").sees("1 new, press . to show");
    reader.press("A").sees("Canada 1").sees("marked Canada read: 3 articles · u undoes it");
    reader.press(".").sees("● A late report");
    reader.press("u").sees("Canada 4");
}

#[test]
fn the_list_never_moves_under_the_cursor() {
    let mut reader = paper().open();
    reader.press("j");
    let more =
        rss("Globe", &[("Breaking at this minute", 0, "<p>Now.</p>"), ("Budget officer sees smaller deficit", 3, "<p>Smaller.</p>")]);
    std::fs::write(reader.folder.path().join("Globe.xml"), more).expect("a feed");
    let before = reader.model.list.ids().to_vec();
    reader.press("R");
    assert_eq!(reader.model.list.ids(), before);
    reader.press(".").sees("Breaking at this minute");
    assert_eq!(selected_title(&reader), "Budget officer sees smaller deficit");
}

/// The Globe's article with another text, refreshed while the reader shows the one before.
fn corrected() -> Reader {
    let mut reader = paper().open();
    reader.press("j enter").sees("Smaller.");
    let corrected = rss("Globe", &[("Budget officer sees smaller deficit", 3, "<p>Larger, says a correction.</p>")]);
    std::fs::write(reader.folder.path().join("Globe.xml"), corrected).expect("a feed");
    reader.press("R R").sees("Smaller.").does_not_see("Larger");
    reader.press("? esc").sees("this text has changed, f shows it as it is now").sees("Smaller.");
    reader
}

#[test]
fn a_correction_is_announced_and_shown_when_it_is_asked_for() {
    corrected().press("f").sees("Larger, says").sees("changed by the publisher").does_not_see("Smaller.").does_not_see("has changed,");
    corrected().press("esc").sees("Larger, says").does_not_see("has changed,");
    corrected().press("esc enter").sees("Larger, says").does_not_see("Smaller.");
    corrected().press("esc j k enter").sees("Larger, says").does_not_see("Smaller.");
}

#[test]
fn a_correction_reaches_an_article_that_is_beside_its_list() {
    let mut reader = paper().open();
    reader.press("j").sees("Smaller.");
    let corrected = rss("Globe", &[("Budget officer sees smaller deficit", 3, "<p>Larger, says a correction.</p>")]);
    std::fs::write(reader.folder.path().join("Globe.xml"), corrected).expect("a feed");
    reader.press("R .").sees("Smaller.").sees("nothing new");
    reader.press("? esc").sees("this text has changed, f shows");
    reader.press("2 1").sees("Larger, says").does_not_see("Smaller.");
}

#[test]
fn next_unread_crosses_sections_and_says_when_there_is_none() {
    let mut reader = paper().open();
    reader.press("A n");
    assert_eq!((reader.model.section, selected_title(&reader)), (1, "A comet returns".into()));
    reader.press("m n");
    assert_eq!(selected_title(&reader), "Moss survives");
    reader.press("m n").sees("nothing else is unread");
    reader.press("u u N");
    assert_eq!(selected_title(&reader), "A comet returns");
}

#[test]
fn a_hunt_that_failed_does_not_go_on_when_the_next_list_comes() {
    let mut reader = paper().open();
    reader.hold(|effect| matches!(effect, Effect::FindUnread { .. })).press("n");
    reader.happen(Event::StoreFailed { error: "the disk is full".into() });
    reader.hold(|_| false).press("a").sees("all that is stored");
    assert_eq!(selected_title(&reader), "Rail strike ends as both sides accept the mediator's terms");
}

#[test]
fn space_pages_through_an_article_then_marks_it_read_and_goes_on() {
    let mut reader = paper().open();
    reader.press("enter").sees("%");
    for _ in 0..20 {
        reader.press("space");
        if selected_title(&reader).starts_with("Budget") {
            break;
        }
    }
    assert_eq!(selected_title(&reader), "Budget officer sees smaller deficit");
    reader.sees("Smaller.");
    reader.press("esc").sees("Canada 1");
}

#[test]
fn an_opened_article_stays_on_the_list() {
    let mut reader = paper().open();
    reader.press("enter esc r").sees("Rail strike");
    assert_eq!(reader.model.list.len(), 3);
}

#[test]
fn tabs_are_reached_by_number_and_in_a_circle() {
    let mut reader = paper().open();
    reader.press("2").sees("A comet returns");
    reader.press("tab").sees("Rail strike");
    reader.press("h").sees("A comet returns");
    reader.press("9").sees("there are only 2 sections");
}

#[test]
fn one_section_is_one_and_a_command_without_a_key_is_named_by_its_id() {
    let feeds = [("CBC", "no feed".to_string()), ("BBC", "no feed".to_string())];
    let setup = Setup::new().settings("[keys]\n\"feeds.show_health\" = []\n\"article.toggle_star\" = []\n").section("News", DAY, &feeds);
    let mut reader = setup.open();
    reader.sees("2 feeds failed, `feeds.show_health` shows why");
    reader.press("9").sees("there is only 1 section");
}

#[test]
fn what_is_out_of_the_window_shows_on_a_key_and_starred_articles_always() {
    let old =
        rss("Old", &[("Yesterday's news", 30, "<p>Old.</p>"), ("Kept for ever", 300, "<p>Starred.</p>"), ("Today", 1, "<p>New.</p>")]);
    let mut reader = Setup::new().section("News", DAY, &[("Old", old)]).open();
    reader.does_not_see("Yesterday's news");
    reader.press("a");
    reader.sees("Yesterday's news").sees("all that is stored");
    reader.press("G s a").sees("Kept for ever").does_not_see("Yesterday's news");
}

#[test]
fn no_feed_floods_a_section() {
    let many: Vec<(String, i64)> = (0..60).map(|n| (format!("Preprint {n}"), 1)).collect();
    let many: Vec<(&str, i64, &str)> = many.iter().map(|(title, hours)| (title.as_str(), *hours, "<p>x</p>")).collect();
    let few = rss("Few", &[("The one that matters", 3, "<p>y</p>")]);
    let reader = Setup::new().section("AI", "per_feed = 5", &[("arXiv", rss("arXiv", &many)), ("Few", few)]).open();
    assert_eq!(reader.model.list.len(), 6);
    reader.sees("The one that matters").sees("AI 6");
}

#[test]
fn leaving_and_coming_back_finds_the_same_state() {
    let setup = paper();
    std::fs::write(setup.folder.path().join("feeds.toml"), &setup.feeds).expect("feeds");
    let mut reader = setup.open();
    reader.press("m j s 2 j enter");
    let reader = reader.reopen(|setup| setup);
    reader.sees("In the cold.");
    assert!(reader.model.is_text_open);
    let mut reader = reader;
    reader.press("esc 1").sees("★").sees("Canada 2");
}

#[test]
fn help_shows_the_keys_in_force_and_never_loses_the_place() {
    let setup = paper().settings("[keys]\n\"article.toggle_star\" = \"*\"\n");
    let mut reader = setup.open();
    reader.press("j ?").sees("Keys in force here").sees("*                     star or unstar");
    reader.press("esc");
    assert_eq!(selected_title(&reader), "Budget officer sees smaller deficit");
    reader.press("*").sees("★");
}

#[test]
fn help_on_a_sheet_tells_that_sheets_keys_and_gives_it_back() {
    let mut reader = paper().open();
    reader.press("! j j ?").sees("Keys in force here").sees("ask the feed under the cursor now").does_not_see("star or unstar");
    reader.press("esc").sees("Feed health");
    assert_eq!(reader.model.sheet.as_ref().map(|sheet| sheet.cursor), Some(2));
    reader.press("? ?").sees("Feed health");
    reader.press("esc").does_not_see("Feed health").sees("Rail strike");
    reader.press("? esc").does_not_see("Keys in force here");
}

#[test]
fn the_same_feed_in_two_sections_is_marked_in_both() {
    let feed = rss("Gov", &[("A new act", 1, "<p>x</p>")]);
    let mut reader = Setup::new().section("Canada", DAY, &[("Gov", feed.clone())]).section("Policy", DAY, &[("Gov", feed)]).open();
    reader.sees("Policy 1");
    reader.press("m");
    reader.does_not_see("Policy 1").does_not_see("Canada 1");
}

#[test]
fn escape_and_a_key_that_come_together_are_two_keys() {
    let mut reader = paper().open();
    reader.press("enter alt-j");
    assert!(!reader.model.is_text_open);
    assert_eq!(selected_title(&reader), "Budget officer sees smaller deficit");
}

#[test]
fn an_article_that_says_only_when_it_was_updated_is_dated_by_that() {
    let entry = "<entry><title>Version 2</title><id>v2</id><updated>2026-11-20T08:00:00Z</updated></entry>";
    let feed = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Releases</title>{entry}</feed>");
    let reader = Setup::new().section("News", "window = \"7d\"", &[("Releases", feed)]).open();
    reader.sees("updated Fri 20 Nov 08:00, two days ago");
    assert!(reader.line_with("Releases ").contains("2 d │"), "{}", reader.screen());
}

#[test]
fn the_place_that_was_come_back_to_is_kept_when_another_section_was_looked_at() {
    let feed = |name: &str| rss(name, &[("One", 1, ""), ("Two", 2, ""), ("Three", 3, "")]);
    let setup = Setup::new().section("News", "", &[("CBC", feed("CBC"))]).section("Science", "", &[("Nature", feed("Nature"))]);
    let feeds = setup.feeds.clone();
    let mut first = setup.open();
    first.press("2 j j").sees("3 of 3");
    let mut reader = first.reopen(|setup| Setup { feeds, ..setup });
    reader.sees("3 of 3");
    reader.press("1").sees("1 of 3");
    reader.press("2").sees("3 of 3");
}

#[test]
fn the_place_is_found_again_when_its_section_is_written_with_other_characters_that_look_the_same() {
    let nature = rss("Nature", &[("Café 👩‍🚀", 1, "<p>One</p>"), ("Noe\u{308}l", 2, "<p>Two</p>")]);
    let setup = Setup::new().section("News", "", &[("CBC", rss("CBC", &[("One", 1, "")]))]);
    let setup = setup.section("Santé ❤", "", &[("Nature", nature)]);
    let decomposed = setup.feeds.replace("Santé ❤", "Sante\u{301} ❤\u{fe0f}");
    let mut first = setup.open();
    first.press("2 j enter").sees("Two");
    let reader = first.reopen(|setup| Setup { feeds: decomposed, ..setup });
    reader.sees("Noe\u{308}l").sees("Two");
}

#[test]
fn a_section_that_leaves_articles_of_a_feed_out_says_so_from_the_first_picture() {
    let titles: Vec<String> = (1..=90).map(|number| format!("Story {number}")).collect();
    let articles: Vec<(&str, i64, &str)> = titles.iter().map(|title| (title.as_str(), 1, "")).collect();
    let paper = |options: &str, count: usize| {
        let feeds = [("CBC", rss("CBC", &articles[..count])), ("WHO", rss("WHO", &[("Else", 2, "")]))];
        Setup::new().size(150, 40).section("News", options, &feeds)
    };
    let setup = paper("per_feed = 80", 90);
    let feeds = setup.feeds.clone();
    setup.open().reopen(|setup| Setup { feeds, size: (150, 40), ..setup }).sees("81 unread · 80 a feed, a shows all");
    paper("", 20).open().sees("21 unread · 20 a feed, a shows all");
    paper("", 19).open().sees("20 unread").does_not_see("a feed, a shows all");
}

#[test]
fn without_utf_8_letters_lose_their_accents_and_nothing_becomes_a_riddle() {
    let feeds = [("Météo", rss("Météo", &[("Saint-Aubin, la bibliothèque: 8.4°C", 1, "<p>Łódź, 8 °C</p>"), ("Straße", 2, "<p>x</p>")]))];
    let reader = Setup::new().settings("[screen]\nglyphs = \"ascii\"\n").section("Évreux", "", &feeds).open();
    reader.sees("Saint-Aubin, la bibliotheque: 8.4degC").sees("Strasse").sees("Meteo").sees("Evreux").sees("Lodz, 8 degC");
    reader.sees("1 of 2 - 2 unread").does_not_see("?iblio");
    assert!(reader.screen().is_ascii(), "{}", reader.screen());
}

#[test]
fn the_place_is_found_again_by_its_name_with_accents_when_it_was_left_without_utf_8() {
    let feed = |name: &str| rss(name, &[("One", 1, ""), ("Two", 2, "")]);
    let setup = Setup::new().section("News", "", &[("CBC", feed("CBC"))]).section("Évreux 🍁", "", &[("Fanal", feed("Fanal"))]);
    let feeds = setup.feeds.clone();
    let ascii = "[screen]\nglyphs = \"ascii\"\n";
    let mut plain = setup.settings(ascii).open();
    plain.press("2 j").sees("2 of 2");
    let again = feeds.clone();
    let accented = plain.reopen(|setup| Setup { feeds, ..setup });
    assert_eq!(accented.model.section, 1);
    accented.sees("2 of 2");
    let plain = accented.reopen(|setup| Setup { feeds: again, ..setup }.settings(ascii));
    assert_eq!(plain.model.section, 1);
}
