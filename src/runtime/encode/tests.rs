//! A terminal that gets the bytes shows the picture, whatever was on it before.

use proptest::prelude::*;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::*;

const WIDTH: u16 = 16;
const HEIGHT: u16 = 9;

fn picture(lines: &[&str]) -> Buffer {
    Buffer::with_lines(lines.iter().copied())
}

fn written(before: Option<&Buffer>, after: &Buffer) -> String {
    let before = before.cloned().map(Picture::from);
    String::from_utf8(encode(before.as_ref(), &after.clone().into())).expect("UTF-8")
}

#[test]
fn the_same_picture_costs_nothing() {
    let same = picture(&["one", "two"]);
    assert_eq!(written(Some(&same), &same), "");
}

#[test]
fn only_what_looks_different_is_written() {
    let before = picture(&["one", "two"]);
    assert_eq!(written(Some(&before), &picture(&["one", "twt"])), "\u{1b}[2;3Ht");
    let mut red = before.clone();
    red.set_style(Rect::new(0, 0, 1, 1), Style::default().fg(Color::Indexed(1)));
    assert_eq!(written(Some(&before), &red), "\u{1b}[1H\u{1b}[31mo\u{1b}[0m");
    let spaces = picture(&["a   b"]);
    let mut bold = spaces.clone();
    bold.set_style(Rect::new(1, 0, 3, 1), Style::default().fg(Color::Indexed(1)).add_modifier(Modifier::BOLD));
    assert_eq!(written(Some(&spaces), &bold), "", "ink does not show on a blank");
    bold.set_style(Rect::new(1, 0, 3, 1), Style::default().add_modifier(Modifier::REVERSED));
    assert_eq!(written(Some(&spaces), &bold), "\u{1b}[1;2H\u{1b}[1;7;31m   \u{1b}[0m", "but this does");
}

#[test]
fn the_end_of_a_row_is_erased_at_once() {
    let before = picture(&["the night train", "is late"]);
    assert_eq!(written(Some(&before), &picture(&["the            ", "is late"])), "\u{1b}[1;5H\u{1b}[K");
    assert_eq!(written(Some(&before), &picture(&["the night tr   ", "is late"])), "\u{1b}[1;13H   ", "shorter than erasing");
    let mut paper = picture(&["the            ", "is late"]);
    paper.set_style(paper.area, Style::default().bg(Color::Indexed(7)));
    assert!(!written(Some(&before), &paper).contains("\u{1b}[K"), "not every terminal erases in the colour of a theme");
}

#[test]
fn rows_that_moved_are_moved_by_the_terminal() {
    let lines = ["The Morning Paper", "harbour bridge closes", "rail strike ends", "a quiet night at sea", "tides are high", "3 of 9"];
    let before = picture(&lines);
    let up = picture(&[lines[0], lines[2], lines[3], lines[4], "the ferry is late    ", "4 of 9"]);
    assert_eq!(written(Some(&before), &up), "\u{1b}[2;5r\u{1b}[5H\n\u{1b}[r\u{1b}[5Hthe ferry is late\u{1b}[6H4");
    let down = picture(&[lines[0], "the ferry is late    ", lines[1], lines[2], lines[3], "2 of 9"]);
    assert_eq!(written(Some(&before), &down), "\u{1b}[2;5r\u{1b}[2H\u{1b}M\u{1b}[r\u{1b}[2Hthe ferry is late\u{1b}[6H2");
    let other = picture(&[lines[0], "the ferry is late    ", lines[2], lines[3], lines[4], "2 of 9"]);
    assert!(!written(Some(&before), &other).contains("\u{1b}[r"), "one row that changed is none that moved");
}

#[test]
fn a_wide_character_under_the_edge_of_something_else_is_left_out() {
    let mut cut = picture(&["a日本c"]);
    cut[(2, 0)].set_symbol("│");
    assert_eq!(written(None, &cut), "\u{1b}[0m\u{1b}[H\u{1b}[2Ja │本c");
    assert_eq!(written(Some(&cut), &picture(&["a日本c"])), "\u{1b}[1;2H日");
}

#[test]
fn where_terminals_count_differently_the_cursor_is_placed_anew() {
    let before = picture(&["abcdef"]);
    let mut after = picture(&["a    f"]);
    after[(1, 0)].set_symbol("👍🏽");
    assert_eq!(written(Some(&before), &after), "\u{1b}[1;2H    \u{1b}[1;2H👍🏽");
    assert_eq!(written(Some(&after), &before), "\u{1b}[1;2Hbcde", "what may be its last half is written over too");
    after[(3, 0)].set_symbol("│");
    assert_eq!(written(None, &after), "\u{1b}[0m\u{1b}[H\u{1b}[2Ja  │ f", "and so is its half under a box");
}

fn linked(lines: &[&str], links: &[(u16, u16, u16, usize)]) -> Picture {
    let link = |(x, y, width, number): &(u16, u16, u16, usize)| crate::ui::Hyperlink {
        x: *x,
        y: *y,
        width: *width,
        number: *number,
        url: format!("https://e.example/{number}"),
    };
    Picture::new(picture(lines), links.iter().map(link).collect())
}

fn sent(before: &Picture, after: &Picture) -> String {
    String::from_utf8(encode(Some(before), after)).expect("UTF-8").replace("\u{1b}]8;", "<").replace("\u{1b}\\", ">")
}

#[test]
fn links_are_opened_and_closed_around_what_is_written_of_them() {
    let blank = linked(&["              "], &[]);
    let one = linked(&["see this there"], &[(4, 0, 4, 1)]);
    assert_eq!(sent(&blank, &one), "\u{1b}[1Hsee <id=1;https://e.example/1>this\u{1b}[1C<;>there");
    assert_eq!(sent(&one, &one), "");
    let changed = linked(&["see thus there"], &[(4, 0, 4, 1)]);
    assert_eq!(sent(&one, &changed), "\u{1b}[1;7H<id=1;https://e.example/1>u<;>", "a part is complete in itself");
    let other = linked(&["see this there"], &[(4, 0, 4, 2)]);
    assert_eq!(sent(&one, &other), "\u{1b}[1;5H<id=2;https://e.example/2>this<;>", "the same words with another address");
    assert_eq!(sent(&one, &linked(&["see this there"], &[])), "\u{1b}[1;5Hthis");
    let two = linked(&["see this there"], &[(4, 0, 4, 1), (9, 0, 5, 2)]);
    assert_eq!(sent(&blank, &two), "\u{1b}[1Hsee <id=1;https://e.example/1>this\u{1b}[1C<;><id=2;https://e.example/2>there<;>");
}

#[test]
fn links_move_with_their_rows() {
    let lines = ["The Morning Paper", "harbour bridge closes", "rail strike ends soon", "a quiet night at sea ", "tides are high"];
    let before = linked(&lines, &[(0, 2, 4, 1)]);
    let after = linked(&[lines[0], lines[2], lines[3], lines[4], "the ferry is late    "], &[(0, 1, 4, 1)]);
    assert_eq!(sent(&before, &after), "\u{1b}[2;5r\u{1b}[5H\n\u{1b}[r\u{1b}[5Hthe ferry is late");
}

/// A cell's style as the terminal knows it; ink of a blank is left out.
fn drawn(terminal: &vt100::Parser, x: u16, y: u16) -> String {
    let cell = terminal.screen().cell(y, x).expect("a cell");
    let symbol = if cell.contents().is_empty() { " " } else { cell.contents() };
    let ink = if symbol == " " { String::new() } else { format!("{:?} {} {}", cell.fgcolor(), cell.bold(), cell.italic()) };
    let shown = if cell.inverse() { format!("{:?}", cell.fgcolor()) } else { String::new() };
    format!("{symbol} {ink} {shown} {:?} {} {}", cell.bgcolor(), cell.underline(), cell.inverse())
}

fn wanted(cell: &Cell) -> String {
    let is = |modifier| cell.modifier.contains(modifier);
    let ink =
        if cell.symbol() == " " { String::new() } else { format!("{:?} {} {}", known(cell.fg), is(Modifier::BOLD), is(Modifier::ITALIC)) };
    let shown = if is(Modifier::REVERSED) { format!("{:?}", known(cell.fg)) } else { String::new() };
    let (underlined, reversed) = (is(Modifier::UNDERLINED), is(Modifier::REVERSED));
    format!("{} {ink} {shown} {:?} {underlined} {reversed}", cell.symbol(), known(cell.bg))
}

fn known(colour: Color) -> vt100::Color {
    match colour {
        Color::Indexed(number) => vt100::Color::Idx(number),
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        _ => vt100::Color::Default,
    }
}

/// What is put where, in which style.
type Piece = (u16, u16, &'static str, Style);

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let words = prop::sample::select(vec!["a", "matins", "日本", "  ", "é—x", "                ", "●", "rails and tides!"]);
    let colours =
        || prop::sample::select(vec![Color::Reset, Color::Indexed(1), Color::Indexed(12), Color::Indexed(200), Color::Rgb(1, 2, 3)]);
    let modifiers =
        prop::sample::select(vec![Modifier::empty(), Modifier::BOLD, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED]);
    let style = (colours(), colours(), modifiers.clone(), modifiers)
        .prop_map(|(fg, bg, one, two)| Style::new().fg(fg).bg(bg).add_modifier(one | two));
    prop::collection::vec((0..WIDTH, 0..HEIGHT, words, style), 0..16)
}

/// The picture before, with some of its rows moved and some pieces drawn over it.
type Step = (Vec<Piece>, u16, u16, i32);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (pieces(), 0..HEIGHT, 0..HEIGHT, prop_oneof![Just(0), Just(100), -4..4]);
    prop::collection::vec(step, 1..6)
}

fn drawing((pieces, top, bottom, by): &Step, before: Option<&Buffer>) -> Buffer {
    let blank = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    let before = before.unwrap_or(&blank);
    let mut picture = before.clone();
    for (y, x) in (*top..=*bottom).flat_map(|y| (0..WIDTH).map(move |x| (y, x))) {
        let from = i32::from(y) + by;
        let from = u16::try_from(from).ok().filter(|from| (*top..=*bottom).contains(from));
        picture[(x, y)] = from.map_or_else(Cell::default, |from| before[(x, from)].clone());
    }
    for (x, y, word, style) in pieces {
        picture.set_string(*x, *y, word, *style);
    }
    picture
}

proptest! {
    #[test]
    fn a_terminal_that_gets_the_bytes_shows_the_picture(all in steps()) {
        let size = |size| std::num::NonZero::new(size).expect("not zero");
        let mut terminal = vt100::Parser::new(size(HEIGHT), size(WIDTH), 0);
        let mut before: Option<Buffer> = None;
        for step in &all {
            let after = drawing(step, before.as_ref());
            terminal.process(&encode(before.clone().map(Picture::from).as_ref(), &after.clone().into()));
            let mut expected = Vec::new();
            let mut shown = Vec::new();
            for y in 0..HEIGHT {
                let mut x = 0;
                let after = mended(&after);
                while x < WIDTH {
                    expected.push((x, y, wanted(&after[(x, y)])));
                    shown.push((x, y, drawn(&terminal, x, y)));
                    x += width(&after[(x, y)]);
                }
            }
            prop_assert_eq!(shown, expected);
            before = Some(after);
        }
    }
}
