//! Sets a table: columns where they fit, numbers to the right, a rule under the header; else one record a row.

use std::collections::HashMap;
use std::ops::Range;

use super::blocks::Setter;
use super::columns::{Need, share};
use super::measure::columns;
use super::paragraph::{Text, is_before_unit};
use crate::domain::document::{Cell, Span, WideCell};
use crate::domain::setting::{Piece, Role};

/// Columns between two columns.
const GAP: usize = 2;
/// Lines that a header may take for the sake of the text beside it.
const HEADER_LINES: usize = 2;
/// Before the lines of a record's field after its first.
const FIELD_INDENT: &str = "  ";
/// Bytes of a header's cell that is set evenly; a longer one is a text, not a name.
const MAX_BALANCED_BYTES: usize = 400;
/// Rows of one table that are measured; a longer one is set by what these need.
const MAX_MEASURED_ROWS: usize = 2_000;

pub(super) fn set(setter: &mut Setter, header: &[Cell], rows: &[Vec<Cell>], wide: &[WideCell]) {
    let wide: Wide = wide.iter().map(|cell| ((cell.row, cell.column), cell.columns)).collect();
    let table = Table::new(setter, header, rows, &wide);
    let (measure, pane) = setter.rooms();
    let natural = table.needs.iter().map(|need| need.natural.max(1) + GAP).sum::<usize>();
    let room = if natural <= measure + GAP { measure } else { pane };
    let first = setter.sheet.len();
    match share(&table.needs, room, GAP, || setter.may_measure_table()) {
        Some(widths) => table.set(setter, &widths),
        None => set_records(setter, header, rows, &wide),
    }
    setter.sheet.widen_from(first);
}

/// How many columns those cells have that stand over several, by row and column.
type Wide = HashMap<(usize, usize), usize>;

struct Table<'a> {
    /// Columns of running text: a cell over all columns to the last may take them.
    room: usize,
    wide: &'a Wide,
    header: Vec<Text>,
    rows: Vec<Vec<Text>>,
    needs: Vec<Need>,
    is_numeric: Vec<bool>,
}

impl<'a> Table<'a> {
    fn new(setter: &Setter, header: &[Cell], rows: &[Vec<Cell>], wide: &'a Wide) -> Table<'a> {
        let style = Piece::default();
        let head = Piece { is_bold: true, ..Piece::default() };
        let header: Vec<Text> = header.iter().map(|cell| setter.text(cell, &head)).collect();
        let rows: Vec<Vec<Text>> = rows.iter().map(|row| row.iter().map(|cell| setter.text(cell, &style)).collect()).collect();
        let count = rows.iter().map(Vec::len).chain([header.len()]).max().unwrap_or(0);
        let column = |at: usize| {
            let cells = rows.iter().take(MAX_MEASURED_ROWS).enumerate().filter_map(move |(row, cells)| Some((row, cells.get(at)?)));
            cells.filter(move |(row, text)| !text.is_empty() && !wide.contains_key(&(*row, at))).map(|(_, text)| text)
        };
        let is_numeric: Vec<bool> =
            (0..count).map(|at| column(at).next().is_some() && column(at).all(|text| is_number(text.as_str()))).collect();
        let head_need = |text: &Text| {
            let need = need(text.as_str());
            Need { body: need.word.max(need.natural.div_ceil(HEADER_LINES)), ..need }
        };
        let need =
            |at: usize| column(at).map(|text| need(text.as_str())).chain(header.get(at).map(head_need)).fold(Need::default(), widest);
        let mut needs: Vec<Need> = (0..count).map(need).collect();
        for ((row, column), columns) in wide.iter().filter(|((row, column), columns)| *row < MAX_MEASURED_ROWS && column + *columns < count)
        {
            let longest = rows.get(*row).and_then(|cells| cells.get(*column)).map_or(0, |text| self::need(text.as_str()).word);
            widen(&mut needs, *column, *columns, longest);
        }
        Table { room: setter.sheet.room(), wide, header, rows, needs, is_numeric }
    }

    fn set(&self, setter: &mut Setter, widths: &[usize]) {
        if self.header.iter().any(|text| !text.is_empty()) {
            let cell = |((text, width), is_right): ((&Text, &usize), &bool)| SetCell {
                lines: balanced(text, *width),
                width: *width,
                is_right: *is_right,
            };
            set_cells(setter, self.header.iter().zip(widths).zip(&self.is_numeric).map(cell).collect());
            let rules: Vec<String> = widths.iter().map(|width| setter.glyphs.rule.repeat(*width)).collect();
            setter.sheet.push(vec![Piece { text: rules.join(&" ".repeat(GAP)), role: Role::Mark, ..Piece::default() }]);
        }
        let wraps = |row: &usize| self.slots(*row, widths).iter().any(|slot| columns(slot.text.as_str()) > slot.width);
        let is_airy = (0..self.rows.len()).filter(wraps).count() * 3 > self.rows.len();
        for row in 0..self.rows.len() {
            if is_airy && row > 0 {
                setter.sheet.gap();
            }
            let cells = self.slots(row, widths).into_iter().map(|slot| slot.cell(slot.text.lines(slot.width)));
            set_cells(setter, cells.collect());
        }
    }

    /// The cells of a row with the columns that they may take.
    fn slots(&self, row: usize, widths: &[usize]) -> Vec<Slot<'_>> {
        let mut slots = Vec::new();
        let (mut at, mut before, count) = (0, 0, widths.len());
        while let Some((text, width)) = self.rows[row].get(at).zip(widths.get(at)) {
            match self.wide.get(&(row, at)) {
                Some(columns) => {
                    let widths = &widths[at..(at + columns).min(widths.len())];
                    let width = widths.iter().sum::<usize>() + GAP * (widths.len() - 1);
                    at += widths.len();
                    let free = if at == count { self.room.saturating_sub(before) } else { 0 };
                    before += width + GAP;
                    slots.push(Slot { text, width: width.max(free), is_right: false });
                }
                None => {
                    slots.push(Slot { text, width: *width, is_right: self.is_numeric[at] });
                    before += width + GAP;
                    at += 1;
                }
            }
        }
        slots
    }
}

/// A cell and the columns that it may take, in which numbers stand at the right.
struct Slot<'a> {
    text: &'a Text,
    width: usize,
    is_right: bool,
}

impl Slot<'_> {
    fn cell(&self, lines: Vec<Vec<Piece>>) -> SetCell {
        SetCell { lines, width: self.width, is_right: self.is_right }
    }
}

/// A cell in lines.
struct SetCell {
    lines: Vec<Vec<Piece>>,
    width: usize,
    is_right: bool,
}

fn set_cells(setter: &mut Setter, cells: Vec<SetCell>) {
    let height = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    for line in 0..height {
        let mut pieces = Vec::new();
        let mut pad = 0;
        for cell in &cells {
            let text = cell.lines.get(line).map_or(&[][..], Vec::as_slice);
            let spare = cell.width.saturating_sub(text.iter().map(|piece| columns(&piece.text)).sum());
            let (before, after) = if cell.is_right { (spare, 0) } else { (0, spare) };
            pad += before;
            if !text.is_empty() {
                push_pad(&mut pieces, std::mem::take(&mut pad));
                pieces.extend(text.iter().cloned());
            }
            pad += after + GAP;
        }
        setter.sheet.push(pieces);
    }
}

/// Gives columns together the room that the longest word over them needs.
fn widen(needs: &mut [Need], column: usize, columns: usize, longest: usize) {
    let Some(needs) = needs.get_mut(column..column + columns) else { return };
    let has = needs.iter().map(|need| need.word.max(need.number).max(1)).sum::<usize>() + GAP * (columns - 1);
    if let Some(first) = needs.first_mut().filter(|_| longest > has) {
        let more = first.word + longest - has;
        *first = Need { natural: first.natural.max(more), body: first.body.max(more), word: more, ..*first };
    }
}

/// The lines of a header's cell, as even as that many lines can be: no unit stands alone under its name.
fn balanced(text: &Text, width: usize) -> Vec<Vec<Piece>> {
    let lines = text.lines(width);
    let longest = words(text.as_str()).map(columns).max().unwrap_or(0);
    if lines.len() < 2 || longest >= width || text.as_str().len() > MAX_BALANCED_BYTES {
        return lines;
    }
    text.lines(narrowest(longest..width, |width| text.lines(width).len() == lines.len()))
}

/// The narrowest width that is wide enough, by halves: what is wide enough stays so when it is wider, and the end of the range is.
fn narrowest(mut widths: Range<usize>, mut is_enough: impl FnMut(usize) -> bool) -> usize {
    while !widths.is_empty() {
        let middle = widths.start.midpoint(widths.end);
        widths = if is_enough(middle) { widths.start..middle } else { middle + 1..widths.end };
    }
    widths.end
}

fn push_pad(pieces: &mut Vec<Piece>, columns: usize) {
    if columns > 0 {
        pieces.push(Piece { text: " ".repeat(columns), ..Piece::default() });
    }
}

/// What stays on one line: a word, a number with the sign of its unit.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let spaces = text.match_indices([' ', '\n']).map(|(at, _)| at).filter(|at| !is_before_unit(text, at + 1));
    let mut start = 0;
    spaces.chain([text.len()]).map(move |end| &text[std::mem::replace(&mut start, end + 1)..end])
}

fn need(text: &str) -> Need {
    let natural = text.split('\n').map(columns).max().unwrap_or(0);
    Need {
        natural,
        body: natural,
        word: words(text).map(columns).max().unwrap_or(0),
        number: words(text).filter(|word| is_number(word)).map(columns).max().unwrap_or(0),
    }
}

fn widest(one: Need, other: Need) -> Need {
    let body = one.body.max(other.body);
    Need { body, natural: one.natural.max(other.natural), word: one.word.max(other.word), number: one.number.max(other.number) }
}

/// Whether a text is one number, with its sign, unit and grouping, or the dash that stands for none.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    let is_part = |c: char| {
        c.is_ascii_digit()
            || matches!(
                c,
                '.' | ','
                    | '\''
                    | '’'
                    | '%'
                    | '+'
                    | '-'
                    | '−'
                    | '–'
                    | '/'
                    | ':'
                    | '$'
                    | '€'
                    | '£'
                    | '¥'
                    | '('
                    | ')'
                    | '°'
                    | '±'
                    | ' '
                    | '['
                    | ']'
            )
    };
    (has_digit && text.chars().all(is_part)) || matches!(text, "-" | "–" | "—" | "…")
}

/// One block a row, a line a cell: `header: value`. A cell over several columns belongs to none of them: it stands by itself.
fn set_records(setter: &mut Setter, header: &[Cell], rows: &[Vec<Cell>], wide: &Wide) {
    let no_rows = [header.to_vec()];
    let (header, rows) = if rows.is_empty() { (&[][..], &no_rows[..]) } else { (header, rows) };
    for (number, row) in rows.iter().enumerate() {
        setter.sheet.gap();
        for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let name = header.get(at).filter(|_| !wide.contains_key(&(number, at)));
            set_field(setter, name.map_or(&[][..], Vec::as_slice), cell);
        }
    }
}

fn set_field(setter: &mut Setter, name: &[Span], cell: &[Span]) {
    let name: String = name.iter().map(|span| if span.is_line_break() { " " } else { span.text.as_str() }).collect();
    let mut spans = Vec::new();
    if !name.trim().is_empty() {
        spans.push(Span { bold: true, ..Span::plain(&format!("{}: ", name.trim().trim_end_matches(':'))) });
    }
    spans.extend(cell.iter().cloned());
    let text = setter.text(&spans, &Piece::default());
    setter.sheet.push_margin(Some(""), FIELD_INDENT);
    setter.set_lines(&text);
    setter.sheet.pop_margin();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_set_a_few_times_to_be_even_and_not_once_for_each_width() {
        for enough in [1, 2, 40, 199, 200] {
            let mut tried = 0;
            let found = narrowest(1..200, |width| {
                tried += 1;
                width >= enough
            });
            assert_eq!((found, tried <= 8), (enough, true), "{tried} tries");
        }
    }

    #[test]
    fn a_number_and_the_sign_of_its_unit_are_one_word() {
        assert_eq!(words("2.5 % of\nit").collect::<Vec<_>>(), ["2.5 %", "of", "it"]);
        assert_eq!((need("2.5 %").word, need("2.5 %").number, words("").collect::<Vec<_>>()), (5, 5, vec![""]));
    }

    #[test]
    fn a_long_text_in_a_header_is_set_as_it_comes() {
        let of = |words: usize, width: usize| {
            let mut text = Text::default();
            text.push(&"ab ".repeat(words), Piece::default());
            balanced(&text, width).first().map_or(0, |line| line.iter().map(|piece| columns(&piece.text)).sum())
        };
        assert_eq!((of(6, 11), of(7, 11), of(120, 300), of(150, 300)), (8, 11, 179, 299));
    }
}
