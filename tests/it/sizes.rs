//! Stories of the screen at every size: snapshots that people read, and rules that hold everywhere.

use crate::harness::{Setup, rss};

fn paper() -> Setup {
    let html = "<p>The strike that stopped freight for nine days ended on <b>Saturday</b> night, when both sides accepted the terms, the \
        <a href=\"https://example.org/union\">union</a> said.</p><h2>What was agreed</h2><ul><li>Wages rise by 11&nbsp;% over three years.</li>\
        <li>Night shifts get a second engineer.</li></ul><blockquote><p>Nobody won this. Everybody can live with it.</p></blockquote><pre>fn main() {\n    println!(\"x\");\n}</pre>";
    let names = ["Weather", "International", "Canada", "U.S.", "AI", "Digital", "Health", "Science", "Government"];
    names.iter().enumerate().fold(Setup::new(), |setup, (index, name)| {
        let mut articles = vec![
            ("Rail strike ends as both sides accept the mediator's terms", 2, html),
            ("Harbour bridge to close for eleven nights in February", 3, "<p>For eleven nights.</p>"),
            ("Budget officer sees smaller deficit", 4, "<p>Smaller.</p>"),
            ("日本の探査機が小惑星に着陸、試料の採取に成功", 5, "<p>はやぶさ</p>"),
        ];
        articles.truncate(4 - index % 4);
        setup.section(name, "window = \"24h\"", &[(&format!("Feed{index}"), rss(name, &articles))])
    })
}

fn snapshot(name: &str, width: u16, height: u16, keys: &str) {
    let mut reader = paper().size(width, height).open();
    if !keys.is_empty() {
        reader.press(keys);
    }
    insta::assert_snapshot!(name, reader.screen());
}

#[test]
fn side_by_side_at_120_by_40() {
    snapshot("list_120x40", 120, 40, "2 j");
}

#[test]
fn an_article_in_full_width_at_120_by_40() {
    snapshot("text_120x40", 120, 40, "enter");
}

#[test]
fn stacked_at_80_by_24() {
    snapshot("list_80x24", 80, 24, "j");
}

#[test]
fn one_pane_at_a_time_at_40_by_20() {
    snapshot("list_40x20", 40, 20, "j");
}

#[test]
fn an_article_at_40_by_20() {
    snapshot("text_40x20", 40, 20, "enter");
}

#[test]
fn help_at_80_by_24() {
    snapshot("help_80x24", 80, 24, "?");
}

#[test]
fn the_smallest_screen_is_usable() {
    snapshot("list_20x5", 20, 5, "j");
}

#[test]
fn nothing_breaks_at_any_size() {
    let mut reader = paper().open();
    for (width, height) in (0..130).step_by(7).flat_map(|w| (0..44).step_by(3).map(move |h| (w, h))) {
        reader.resize(width, height);
        reader.picture();
        reader.press("enter j esc ?");
        reader.picture();
        reader.press("esc");
    }
}

#[test]
fn a_terminal_that_says_it_is_larger_than_any_is_drawn_in_part_from_the_first_picture_on() {
    let reader = paper().size(60_000, 60_000).open();
    assert_eq!((reader.model.width, reader.model.height), (1000, 500));
    reader.sees("Rail strike ends");
}

#[test]
fn the_tabs_say_on_either_side_that_there_are_more() {
    for (width, height) in [(120, 40), (80, 24), (40, 20), (30, 10), (20, 5)] {
        let mut reader = paper().size(width, height).open();
        let names: Vec<String> = reader.model.paper.sections.iter().map(|section| section.name.to_string()).collect();
        for name in &names {
            let screen = reader.screen();
            let strip = screen.lines().find(|line| line.contains('▌')).unwrap_or_default();
            let is_there = |name: &str| strip.contains(name);
            assert!(is_there(&names[0]) || strip.starts_with('‹'), "{width}x{height} {name}: {strip}");
            assert!(is_there(&names[names.len() - 1]) || strip.contains('›'), "{width}x{height} {name}: {strip}");
            reader.press("tab");
        }
    }
}
