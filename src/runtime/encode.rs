//! The bytes that turn one picture on a terminal into the next: only cells that differ, only styles that change.

use std::io::Write;

use crossterm::{QueueableCommand, cursor::MoveTo};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Cells skipped by writing them again, since that is shorter than moving the cursor.
const SHORTEST_MOVE: u16 = 4;

/// Modifiers and the numbers that set them (ECMA-48, 8.3.117).
const MODIFIERS: &[(Modifier, u8)] = &[
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
    (Modifier::CROSSED_OUT, 9),
];

/// What the terminal will do with the next character.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pen {
    foreground: Color,
    background: Color,
    modifiers: Modifier,
}

/// The bytes from `before` to `after`; all of `after` when `before` is of another size or absent. Empty when nothing differs.
pub fn encode(before: Option<&Buffer>, after: &Buffer) -> Vec<u8> {
    let known = before.filter(|before| before.area == after.area);
    let mut out = Vec::new();
    if known.is_none() {
        out.extend_from_slice(b"\x1b[0m\x1b[H\x1b[2J");
    }
    let blank = Cell::default();
    let mut pen: Option<Pen> =
        known.is_none().then_some(Pen { foreground: Color::Reset, background: Color::Reset, modifiers: Modifier::empty() });
    let mut cursor: Option<(u16, u16)> = None;
    for y in 0..after.area.height {
        let mut x = 0;
        while x < after.area.width {
            let cell = &after[(x, y)];
            let width = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
            let before = known.map_or(&blank, |known| &known[(x, y)]);
            let is_uncovered =
                x > 0 && known.is_some_and(|known| known[(x - 1, y)].symbol().width() > 1 && after[(x - 1, y)].symbol().width() == 1);
            if before != cell || is_uncovered {
                go_to((x, y), &mut cursor, &mut pen, after, &mut out);
                dress(cell, &mut pen, &mut out);
                out.extend_from_slice(cell.symbol().as_bytes());
                // After a character of several parts a terminal may stand elsewhere than we think.
                let is_simple = cell.symbol().chars().count() == 1;
                cursor = (is_simple && x + width < after.area.width).then_some((x + width, y));
            }
            x += width;
        }
    }
    if !out.is_empty() {
        out.extend_from_slice(b"\x1b[0m");
    }
    out
}

/// Moves the cursor, over a few cells of the same style by writing them again.
fn go_to(to: (u16, u16), cursor: &mut Option<(u16, u16)>, pen: &mut Option<Pen>, after: &Buffer, out: &mut Vec<u8>) {
    if *cursor == Some(to) {
        return;
    }
    if let Some((from, _)) = cursor.filter(|(x, y)| *y == to.1 && *x < to.0 && to.0 - x <= SHORTEST_MOVE) {
        let between = || (from..to.0).map(|x| &after[(x, to.1)]);
        if between().all(|cell| pen.is_some_and(|pen| pen == worn(cell)) && cell.symbol().width() == 1) {
            return between().for_each(|cell| out.extend_from_slice(cell.symbol().as_bytes()));
        }
    }
    // Writing to a vector cannot fail.
    let _ = out.queue(MoveTo(to.0, to.1));
}

fn worn(cell: &Cell) -> Pen {
    Pen { foreground: cell.fg, background: cell.bg, modifiers: cell.modifier }
}

/// Changes the style to a cell's, by the numbers that differ.
fn dress(cell: &Cell, pen: &mut Option<Pen>, out: &mut Vec<u8>) {
    let wanted = worn(cell);
    if *pen == Some(wanted) {
        return;
    }
    let mut numbers: Vec<String> = Vec::new();
    let kept = pen.filter(|pen| wanted.modifiers.contains(pen.modifiers));
    let from = kept.unwrap_or_else(|| {
        numbers.push("0".into());
        Pen { foreground: Color::Reset, background: Color::Reset, modifiers: Modifier::empty() }
    });
    let added = wanted.modifiers.difference(from.modifiers);
    numbers.extend(MODIFIERS.iter().filter(|(modifier, _)| added.contains(*modifier)).map(|(_, number)| number.to_string()));
    if from.foreground != wanted.foreground {
        numbers.push(colour(wanted.foreground, 30));
    }
    if from.background != wanted.background {
        numbers.push(colour(wanted.background, 40));
    }
    let _ = write!(out, "\x1b[{}m", numbers.join(";"));
    *pen = Some(wanted);
}

/// The numbers of a colour; `base` is 30 for ink and 40 for paper. The first sixteen work on every terminal with colour.
fn colour(colour: Color, base: u8) -> String {
    match colour {
        Color::Indexed(number @ 0..=7) => (base + number).to_string(),
        Color::Indexed(number @ 8..=15) => (base + 60 + number - 8).to_string(),
        Color::Indexed(number) => format!("{};5;{number}", base + 8),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
        _ => (base + 9).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn picture(lines: &[&str]) -> Buffer {
        Buffer::with_lines(lines.iter().copied())
    }

    fn written(before: Option<&Buffer>, after: &Buffer) -> String {
        String::from_utf8(encode(before, after)).expect("UTF-8")
    }

    #[test]
    fn the_same_picture_costs_nothing() {
        let same = picture(&["one", "two"]);
        assert_eq!(written(Some(&same), &same), "");
    }

    #[test]
    fn only_what_differs_is_written() {
        assert_eq!(written(Some(&picture(&["one", "two"])), &picture(&["one", "twt"])), "\u{1b}[2;3H\u{1b}[0mt\u{1b}[0m");
        let mut red = picture(&["one", "two"]);
        red.set_style(Rect::new(0, 0, 1, 1), Style::default().fg(Color::Indexed(1)));
        assert_eq!(written(Some(&picture(&["one", "two"])), &red), "\u{1b}[1;1H\u{1b}[0;31mo\u{1b}[0m");
    }

    #[test]
    fn a_terminal_that_gets_the_bytes_shows_the_picture() {
        let pictures = [
            picture(&["matins  ", "日本 x  ", "        "]),
            picture(&["matins ●", "a本 y  b", "  wide日"]),
            picture(&["日日日日", "ab  y  b", "x       "]),
        ];
        let size = |number| std::num::NonZero::new(number).expect("not zero");
        let mut terminal = vt100::Parser::new(size(3), size(8), 0);
        let mut before: Option<&Buffer> = None;
        for (index, after) in pictures.iter().enumerate() {
            terminal.process(&encode(before, after));
            before = Some(after);
            for (y, shown) in (0..).zip(terminal.screen().rows(0, 8)) {
                let mut expected = String::new();
                let mut x = 0;
                while x < 8 {
                    expected.push_str(after[(x, y)].symbol());
                    x += u16::try_from(after[(x, y)].symbol().width()).expect("narrow");
                }
                assert_eq!(shown.trim_end(), expected.trim_end(), "picture {index}, row {y}");
            }
        }
    }
}
