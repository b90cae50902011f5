//! The bytes that turn one picture on a terminal into the next: only cells that look different, only styles that change,
//! the shortest way from cell to cell. A style is in force within one picture only.

mod scroll;

use std::borrow::Cow;
use std::io::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::picture::Picture;
use crate::domain::columns::{columns, is_certain};
use scroll::Scroll;

/// Cells skipped by writing them again, since that is no longer than moving the cursor.
const SHORTEST_MOVE: u16 = 4;
/// Blank cells that are erased at once instead of written: the sequence is that long.
const SHORTEST_ERASURE: usize = 4;
/// Columns of the widest character behind its first.
const MOST_HALVES: u16 = 7;
/// Erases from the cursor to the end of the row.
const ERASE_ROW: &[u8] = b"\x1b[K";
/// Ends a link (OSC 8).
const NO_LINK: &[u8] = b"\x1b]8;;\x1b\\";
/// Takes every style back.
const PLAIN: &[u8] = b"\x1b[0m";

/// Modifiers and the numbers that set them (ECMA-48, 8.3.117).
const MODIFIERS: &[(Modifier, u8)] = &[
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
    (Modifier::CROSSED_OUT, 9),
];
/// Those that show on a cell without a character.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// The bytes from `before` to `after`; all of `after` when `before` is of another size or absent. Empty when nothing differs.
pub fn encode(before: Option<&Picture>, after: &Picture) -> Vec<u8> {
    let after = &*whole(after);
    let known = before.filter(|before| before.area == after.area).map(whole);
    let known = known.as_deref();
    let mut sending = Sending { out: Vec::new(), pen: Pen::PLAIN, link: None, cursor: None, after };
    if known.is_none() {
        sending.out.extend_from_slice(b"\x1b[0m\x1b[H\x1b[2J");
        sending.cursor = Some((0, 0));
    }
    let moved = known.and_then(|before| {
        let scroll = Scroll::find(before, after)?;
        scroll.write(&mut sending.out);
        Some(scroll.of(before))
    });
    for y in 0..after.area.height {
        sending.row(moved.as_ref().or(known), y);
    }
    sending.end_link();
    if sending.pen != Pen::PLAIN {
        sending.out.extend_from_slice(PLAIN);
    }
    sending.out
}

/// What the terminal does with the next character.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pen {
    foreground: Color,
    background: Color,
    modifiers: Modifier,
}

impl Pen {
    const PLAIN: Pen = Pen { foreground: Color::Reset, background: Color::Reset, modifiers: Modifier::empty() };

    fn of(cell: &Cell) -> Pen {
        Pen { foreground: cell.fg, background: cell.bg, modifiers: cell.modifier }
    }

    /// Whether a cell written now looks as it should; ink does not show on a blank one.
    fn suits(self, cell: &Cell) -> bool {
        let wanted = Pen::of(cell);
        self == wanted || (is_bare(cell) && self.background == wanted.background && !self.modifiers.intersects(ON_BLANKS))
    }
}

/// Whether only the background of a cell shows.
fn is_bare(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(ON_BLANKS)
}

fn looks_the_same(one: &Cell, other: &Cell) -> bool {
    one == other || (is_bare(one) && is_bare(other) && one.bg == other.bg)
}

/// The same picture, mended if need be.
fn whole(picture: &Picture) -> Cow<'_, Picture> {
    match mended(picture) {
        Cow::Borrowed(_) => Cow::Borrowed(picture),
        Cow::Owned(cells) => Cow::Owned(picture.with_cells(cells)),
    }
}

/// The picture without the wide characters of which something else covers a half.
fn mended(picture: &Buffer) -> Cow<'_, Buffer> {
    let columns = usize::from(picture.area.width).max(1);
    let is_covered = |at: usize| match picture.content().get(at).filter(|_| !at.is_multiple_of(columns)) {
        Some(half) => half.symbol() != " ",
        None => true,
    };
    let is_cut = |(at, cell): (usize, &Cell)| (1..usize::from(width(cell))).any(|half| is_covered(at + half)).then_some(at);
    let cut: Vec<usize> = picture.content().iter().enumerate().filter_map(is_cut).collect();
    let mut picture = Cow::Borrowed(picture);
    for at in cut {
        picture.to_mut().content[at].set_symbol(" ");
    }
    picture
}

/// Columns of what stands in a cell.
fn width(cell: &Cell) -> u16 {
    match cell.symbol() {
        ascii if ascii.len() == 1 => 1,
        other => u16::try_from(columns(other)).unwrap_or(1).max(1),
    }
}

/// The bytes so far, and what the terminal is left with by them.
struct Sending<'a> {
    out: Vec<u8>,
    pen: Pen,
    /// What opened the link that is open: one that is written to only in part is opened and closed again.
    link: Option<&'a str>,
    cursor: Option<(u16, u16)>,
    after: &'a Picture,
}

impl<'a> Sending<'a> {
    fn row(&mut self, known: Option<&Picture>, y: u16) {
        let blank = Cell::default();
        let after = self.after;
        let before = |x: u16| known.map_or(&blank, |known| &known[(x, y)]);
        let was_link = |x: u16| known.and_then(|known| known.opening(x, y));
        let is_same = |x: u16| looks_the_same(before(x), &after[(x, y)]) && was_link(x) == after.opening(x, y);
        // Half of a wide character that is overwritten is left to the terminal's taste.
        let is_half_of = |x: u16, start: u16| width(before(start)) > x - start && !is_same(start);
        let is_half = |x: u16| before(x).symbol() == " " && (x.saturating_sub(MOST_HALVES)..x).any(|start| is_half_of(x, start));
        let is_kept = |x: u16| is_same(x) && !is_half(x);
        let end = after.area.width;
        let bare_from = (0..end).rev().take_while(|x| is_bare(&after[(*x, y)]) && after[(*x, y)].bg == Color::Reset).last().unwrap_or(end);
        let mut x = 0;
        while x < end {
            if !is_kept(x) {
                if x >= bare_from && (x..end).filter(|x| !is_kept(*x)).count() >= SHORTEST_ERASURE {
                    return self.erase_from((x, y));
                }
                self.put((x, y));
            }
            x += width(&after[(x, y)]);
        }
    }

    fn put(&mut self, at: (u16, u16)) {
        let after = self.after;
        let cell = &after[at];
        self.go_to(at);
        self.dress(cell);
        if self.link != after.opening(at.0, at.1) {
            self.end_link();
            self.link = after.opening(at.0, at.1);
            self.out.extend_from_slice(self.link.unwrap_or_default().as_bytes());
        }
        let is_certain = is_certain(cell.symbol());
        if !is_certain {
            // A terminal that draws it in fewer columns would leave what was in the rest.
            self.out.extend(std::iter::repeat_n(b' ', usize::from(width(cell))));
            self.cursor = None;
            self.go_to(at);
        }
        self.out.extend_from_slice(cell.symbol().as_bytes());
        // Behind the last column terminals differ.
        let next = at.0 + width(cell);
        self.cursor = (is_certain && next < after.area.width).then_some((next, at.1));
    }

    fn end_link(&mut self) {
        if self.link.take().is_some() {
            self.out.extend_from_slice(NO_LINK);
        }
    }

    /// Erases a row from a cell on, in the terminal's own colours.
    fn erase_from(&mut self, at: (u16, u16)) {
        self.end_link();
        self.go_to(at);
        if self.pen.background != Color::Reset || self.pen.modifiers.intersects(ON_BLANKS) {
            self.out.extend_from_slice(PLAIN);
            self.pen = Pen::PLAIN;
        }
        self.out.extend_from_slice(ERASE_ROW);
    }

    /// Moves the cursor, over a few cells that suit the pen by writing them again.
    fn go_to(&mut self, to: (u16, u16)) {
        if self.cursor == Some(to) {
            return;
        }
        let after = self.after;
        let ahead = self.cursor.filter(|(x, y)| *y == to.1 && *x < to.0).map(|(x, _)| x);
        let between = |from: u16| (from..to.0).map(|x| &after[(x, to.1)]);
        let is_linked = |from: u16| (from..to.0).any(|x| after.opening(x, to.1) != self.link);
        let is_plain = |cell: &Cell| cell.symbol().len() == 1 && self.pen.suits(cell);
        match ahead {
            Some(from) if to.0 - from <= SHORTEST_MOVE && !is_linked(from) && between(from).all(is_plain) => {
                between(from).for_each(|cell| self.out.extend_from_slice(cell.symbol().as_bytes()));
            }
            Some(from) => self.write(format_args!("\x1b[{}C", to.0 - from)),
            None if to.0 == 0 => self.write(format_args!("\x1b[{}H", to.1 + 1)),
            None => self.write(format_args!("\x1b[{};{}H", to.1 + 1, to.0 + 1)),
        }
        self.cursor = Some(to);
    }

    /// Changes the style to a cell's, by the numbers that differ.
    fn dress(&mut self, cell: &Cell) {
        if self.pen.suits(cell) {
            return;
        }
        let wanted = Pen::of(cell);
        let mut numbers: Vec<String> = Vec::new();
        let mut from = self.pen;
        if !wanted.modifiers.contains(from.modifiers) {
            numbers.push("0".into());
            from = Pen::PLAIN;
        }
        let added = wanted.modifiers.difference(from.modifiers);
        numbers.extend(MODIFIERS.iter().filter(|(modifier, _)| added.contains(*modifier)).map(|(_, number)| number.to_string()));
        if from.foreground != wanted.foreground {
            numbers.push(colour(wanted.foreground, 30));
        }
        if from.background != wanted.background {
            numbers.push(colour(wanted.background, 40));
        }
        // Both are the short forms of the same.
        match numbers.join(";").as_str() {
            "0" => self.out.extend_from_slice(b"\x1b[m"),
            numbers => self.write(format_args!("\x1b[{numbers}m")),
        }
        self.pen = wanted;
    }

    fn write(&mut self, bytes: std::fmt::Arguments<'_>) {
        // Writing to a vector cannot fail.
        let _ = self.out.write_fmt(bytes);
    }
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
mod tests;
