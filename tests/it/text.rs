//! Stories of the reading pane: wide tables and code, finding, and where one was.

use matins::app::effect::Effect;
use matins::app::event::Event;
use matins::app::key::{Key, KeyCode};
use ratatui::style::Modifier;

use crate::harness::{Reader, Setup, rss};

const DAY: &str = "window = \"24h\"";

fn open(body: &str, width: u16, height: u16) -> Reader {
    let articles = [("An article", 1, body), ("Another", 2, "<p>Short.</p>")];
    let mut reader = Setup::new().section("News", DAY, &[("Feed", rss("Feed", &articles))]).size(width, height).open();
    reader.press("enter");
    reader
}

/// Eighty paragraphs with their numbers in them.
fn long() -> String {
    (1..=80)
        .map(|number| format!("<p>Paragraph number {number} of a report that has a second line where the pane is narrow.</p>"))
        .collect()
}

#[test]
fn long_code_is_scrolled_sideways_and_shows_that_it_goes_on() {
    let line = format!("let wide = [{}];", (1..=60).map(|number| number.to_string()).collect::<Vec<_>>().join(", "));
    let mut reader = open(&format!("<p>Prose.</p><pre><code>{line}\nlet b = 2;</code></pre>"), 80, 24);
    let shown = reader.line_with("let wide");
    assert!(shown.ends_with('›') && shown.chars().count() <= 80, "{shown:?}");
    assert!(!reader.line_with("let b").ends_with('›'));
    reader.press("> >");
    let moved = reader.line_with("›");
    assert!(moved.trim_start().starts_with('‹'), "{moved:?}");
    reader.sees("Prose.");
    reader.press("> > > > > > > > > > > > > > > >").sees("59, 60];").sees("nothing goes on to the right");
    reader.press("< < < < < < < < < < < < < < < <").sees("let wide").sees("this is the left edge");
}

#[test]
fn a_wide_table_takes_the_whole_pane_and_becomes_records_where_that_is_too_narrow() {
    let cells = |tag: &str, words: [&str; 4]| words.iter().map(|word| format!("<{tag}>{word}</{tag}>")).collect::<String>();
    let head = cells("th", ["Reservoir", "Water held in March", "Water held in September", "Change on the year"]);
    let row = cells("td", ["Upper Kettle Lake", "1,234,567 million litres", "987,654 million litres", "down by a fifth"]);
    let table = format!("<table><thead><tr>{head}</tr></thead><tr>{row}</tr></table>");
    let mut reader = open(&table, 120, 30);
    let shown = reader.line_with("Upper Kettle Lake");
    assert!(shown.contains("1,234,567 million litres") && shown.contains("down by a fifth"), "{shown}");
    assert!(shown.trim_start().chars().count() > 72, "{shown}");
    reader.resize(40, 30);
    reader.sees("Reservoir: Upper Kettle Lake").sees("Water held in March: 1,234,567");
}

#[test]
fn the_header_of_a_narrow_column_is_broken_evenly() {
    let head = "<tr><th>Month</th><th>Upper state, million m³</th><th>Lower state, million m³</th><th>Left in the river</th></tr>";
    let row = "<tr><td>January</td><td>3.1</td><td>2.7</td><td>the ferry runs, but only just and not at low tide</td></tr>";
    let reader = open(&format!("<table><thead>{head}</thead>{row}</table>"), 66, 30);
    let lone = reader.screen().lines().any(|line| line.split_whitespace().all(|word| word == "m³") && line.contains("m³"));
    assert!(!lone, "a unit stands alone\n{}", reader.screen());
}

#[test]
fn words_are_found_over_line_ends_and_marked() {
    let mut reader = open(&long(), 60, 20);
    reader.press("/").sees("words to find in this text");
    for key in "NUMBER 7".chars() {
        reader.press(&if key == ' ' { "space".into() } else { key.to_string() });
    }
    reader.sees("/NUMBER 7").sees("1 of 11").sees("Paragraph number 7 of");
    reader.press("enter n").sees("number 70");
    let picture = reader.picture();
    let marked = |wanted: Modifier| {
        picture.content().iter().filter(|cell| cell.modifier.contains(wanted)).map(|cell| cell.symbol()).collect::<String>()
    };
    assert_eq!(marked(Modifier::REVERSED), "number 7", "one is at this");
    assert!(marked(Modifier::UNDERLINED).contains("number 7number 7"), "and others are marked: {}", marked(Modifier::UNDERLINED));
    reader.press("N").sees("number 7 of");
    reader.press("N").sees("number 79");
    reader.press("esc");
    assert!(reader.model.is_text_open && reader.model.text.find.is_none());
    reader.press("esc");
    assert!(!reader.model.is_text_open);
}

#[test]
fn what_is_not_in_the_text_is_said_and_the_text_stays_where_it_was() {
    let mut reader = open(&long(), 60, 20);
    reader.press("ctrl-d");
    let before = reader.model.text.offset();
    reader.press("/ z q q").sees("not in this text");
    assert_eq!(reader.model.text.offset(), before);
    reader.press("backspace backspace backspace enter").does_not_see("not in this text");
    reader.press("/ z q q enter").sees("“zqq” is not in this text");
    reader.press("/ q").sees("/q");
    reader.press("esc");
    assert!(reader.model.is_text_open, "esc leaves the finding first");
}

#[test]
fn what_was_found_stays_found_at_another_width() {
    let mut reader = open(&long(), 60, 20);
    reader.press("/ n u m b e r space 7 3 enter").sees("number 73");
    reader.resize(120, 40);
    reader.press("n").sees("number 73");
    assert_eq!(reader.model.text.find.as_ref().map(|find| find.count()), Some(1));
}

#[test]
fn each_article_is_opened_where_it_was_left_also_after_a_restart() {
    let setup = Setup::new().section("News", DAY, &[("Feed", rss("Feed", &[("Long", 1, &long()), ("Other", 2, "<p>Short.</p>")]))]);
    std::fs::write(setup.folder.path().join("feeds.toml"), &setup.feeds).expect("feeds");
    let mut reader = setup.size(120, 40).open();
    reader.press("enter ctrl-d ctrl-d ctrl-d");
    let first = |reader: &Reader| {
        let screen = reader.screen();
        let number = screen.lines().find_map(|line| line.split_once("Paragraph number ")).expect("a paragraph").1;
        number.split(' ').next().expect("a number").parse::<usize>().expect("a number")
    };
    let number = first(&reader);
    assert!(number > 5, "{number}");
    reader.press("esc j").sees("Short.");
    reader.press("k");
    assert_eq!(first(&reader), number, "in this session");
    let mut reader = reader.reopen(|setup| setup.size(60, 20));
    reader.press("enter");
    assert!(first(&reader).abs_diff(number) <= 1, "{} after a restart at another width, not {number}", first(&reader));
    reader.press("G esc j k enter").sees("Paragraph number 1 of");
}

#[test]
fn a_thin_sign_shows_how_far_one_has_come() {
    let mut reader = open(&long(), 60, 20);
    reader.sees("────────  0 %");
    reader.press("ctrl-d").sees("━───────");
    reader.press("G").sees("━━━━━━━━ 100 %");
    reader.press("g esc").resize(80, 24);
    assert!(reader.line_with("1 of 2 · 1 unread").contains("unread ───"), "{}", reader.screen());
    assert!(reader.line_with("1 of 2 · 1 unread").ends_with("─────────────  0 % ──"), "the rule has no gap\n{}", reader.screen());
}

/// However long setting takes, keys are taken meanwhile.
#[test]
fn a_text_that_is_being_set_holds_up_no_key() {
    let articles = [("An article", 1, "<p>Text.</p>"), ("Another", 2, "<p>Short.</p>")];
    let mut reader = Setup::new().section("News", DAY, &[("Feed", rss("Feed", &articles))]).open();
    reader.hold(|effect| matches!(effect, Effect::LoadArticle { .. }));
    reader.press("j").sees("2 of 2").does_not_see("Short.");
    reader.press("s ?").sees("Keys in force here");
    reader.press("esc").sees("★");
    reader.let_go().sees("Short.");
}

#[test]
fn overlays_dim_everything_alike_and_cut_no_word() {
    let mut reader = open(&long(), 80, 24);
    reader.press("esc");
    let before = reader.screen();
    reader.press("?");
    let (picture, screen) = (reader.picture(), reader.screen());
    let words: std::collections::HashSet<&str> = before.split_whitespace().collect();
    for line in screen.lines().filter(|line| !line.contains("──")) {
        let outside: Vec<&str> = line.split("  ").next().unwrap_or_default().split_whitespace().collect();
        assert!(line.starts_with("     ") || outside.iter().all(|word| words.contains(word)), "{line:?} in\n{screen}");
    }
    let tabs = &picture.content()[80..160];
    let style = |cell: &ratatui::buffer::Cell| (cell.fg, cell.modifier);
    assert!(tabs.iter().all(|cell| style(cell) == style(&tabs[0])), "the tabs are dimmed alike");
}

#[test]
fn words_typed_before_the_text_has_come_are_found_in_it_and_mark_nothing() {
    let articles = [("An article", 1, "<p>Assume nothing, and sum it up.</p>"), ("Another", 2, "<p>No summary here.</p>")];
    let setup = Setup::new().section("News", DAY, &[("Feed", rss("Feed", &articles))]).size(60, 20);
    let mut reader = setup.open();
    reader.press("enter esc").hold(|effect| matches!(effect, Effect::LoadArticle { .. }));
    reader.press("j m").press("enter / s u m").sees("/sum").sees("the text is on its way");
    assert_eq!(reader.model.list.selected_row().map(|row| row.status.is_starred), Some(false), "s is a letter here");
    reader.let_go().sees("No summary here").sees("/sum").sees("1 of 1");
    reader.press("enter").does_not_see("is not in this text");
    reader.press("n");
    assert_eq!(reader.model.list.selected(), 1, "n goes from place to place");
}

#[test]
fn words_that_were_typed_and_accepted_before_the_text_has_come_are_found_or_missed_then() {
    let articles = [("An article", 1, "<p>Assume nothing.</p>"), ("Another", 2, "<p>No summary here.</p>")];
    let setup = Setup::new().section("News", DAY, &[("Feed", rss("Feed", &articles))]).size(60, 20);
    let mut reader = setup.open();
    reader.hold(|effect| matches!(effect, Effect::LoadArticle { .. })).press("enter / o t h enter");
    reader.does_not_see("is not in this text");
    reader.let_go().sees("Assume nothing.");
    assert_eq!(reader.model.text.find.as_ref().map(|find| (find.is_typing, find.count())), Some((false, 1)));
    reader.press("esc esc j").hold(|effect| matches!(effect, Effect::LoadArticle { .. })).press("enter / x y enter");
    reader.let_go().sees("“xy” is not in this text");
}

#[test]
fn the_age_of_the_article_that_is_open_stays_true() {
    let mut reader = open(&long(), 60, 20);
    reader.sees("today 07:00, an hour ago");
    reader.press("j j j j j j j j");
    let line = reader.screen().lines().nth(8).map(str::to_string);
    reader.later(22).press("?");
    reader.press("esc");
    assert_eq!(reader.screen().lines().nth(8).map(str::to_string), line, "the text stays where it was");
    reader.press("g").sees("yesterday 07:00").does_not_see("an hour ago");
}

#[test]
fn what_is_typed_while_a_text_is_on_its_way_is_looked_for_in_no_other() {
    let mut reader = open(&long(), 60, 20);
    reader.hold(|effect| matches!(effect, Effect::LoadArticle { .. })).press("n / s h o").sees("the text is on its way");
    reader.later(1).press("r t").sees("the text is on its way");
    reader.let_go().sees("1 of 1").sees("Short.");
}

#[test]
fn a_text_that_could_not_be_had_is_not_on_its_way() {
    let mut reader = open(&long(), 60, 20);
    reader.hold(|effect| matches!(effect, Effect::LoadArticle { .. })).press("n /");
    let id = reader.model.list.selected_id().expect("an article");
    reader.happen(Event::ArticleFailed { id, error: "the disk is full".into() });
    reader.press("s").does_not_see("on its way");
}

#[test]
fn what_is_pasted_is_words_to_find_and_never_a_command() {
    let mut reader = open(&long(), 60, 20);
    let paste = |reader: &mut Reader, text: &str| {
        text.chars().for_each(|c| reader.happen(Event::KeyPressed(Key::plain(KeyCode::Pasted(c)))));
    };
    paste(&mut reader, "sq");
    assert!(reader.model.is_text_open && reader.model.list.rows().all(|row| !row.status.is_starred));
    reader.press("/");
    paste(&mut reader, "number  73");
    reader.sees("/number  73").sees("1 of 1");
}
