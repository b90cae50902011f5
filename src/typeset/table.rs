//! Sets a table: columns where they fit, numbers to the right, a rule under the header; else one record a row.

use std::ops::Range;

use super::blocks::Setter;
use super::columns::{Need, share};
use super::measure::columns;
use super::paragraph::{Text, is_before_unit};
use crate::domain::document::{Cell, Span};
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

pub(super) fn set(setter: &mut Setter, header: &[Cell], rows: &[Vec<Cell>]) {
    let table = Table::new(setter, header, rows);
    let (measure, pane) = setter.rooms();
    let natural = table.needs.iter().map(|need| need.natural.max(1) + GAP).sum::<usize>();
    let room = if natural <= measure + GAP { measure } else { pane };
    let first = setter.sheet.len();
    match share(&table.needs, room, GAP, || setter.may_measure_table()) {
        Some(widths) => table.set(setter, &widths),
        None => set_records(setter, header, rows),
    }
    setter.sheet.widen_from(first);
}

struct Table {
    header: Vec<Text>,
    rows: Vec<Vec<Text>>,
    needs: Vec<Need>,
    is_numeric: Vec<bool>,
}

impl Table {
    fn new(setter: &Setter, header: &[Cell], rows: &[Vec<Cell>]) -> Table {
        let style = Piece::default();
        let head = Piece { is_bold: true, ..Piece::default() };
        let header: Vec<Text> = header.iter().map(|cell| setter.text(cell, &head)).collect();
        let rows: Vec<Vec<Text>> = rows.iter().map(|row| row.iter().map(|cell| setter.text(cell, &style)).collect()).collect();
        let count = rows.iter().map(Vec::len).chain([header.len()]).max().unwrap_or(0);
        let column = |at: usize| rows.iter().take(MAX_MEASURED_ROWS).filter_map(move |row| row.get(at)).filter(|text| !text.is_empty());
        let is_numeric: Vec<bool> =
            (0..count).map(|at| column(at).next().is_some() && column(at).all(|text| is_number(text.as_str()))).collect();
        let head_need = |text: &Text| {
            let need = need(text.as_str());
            Need { body: need.word.max(need.natural.div_ceil(HEADER_LINES)), ..need }
        };
        let need =
            |at: usize| column(at).map(|text| need(text.as_str())).chain(header.get(at).map(head_need)).fold(Need::default(), widest);
        let needs = (0..count).map(need).collect();
        Table { header, rows, needs, is_numeric }
    }

    fn set(&self, setter: &mut Setter, widths: &[usize]) {
        if self.header.iter().any(|text| !text.is_empty()) {
            let lines = self.header.iter().zip(widths).map(|(text, width)| balanced(text, *width)).collect();
            self.set_cells(setter, lines, widths);
            let rules: Vec<String> = widths.iter().map(|width| setter.glyphs.rule.repeat(*width)).collect();
            setter.sheet.push(vec![Piece { text: rules.join(&" ".repeat(GAP)), role: Role::Mark, ..Piece::default() }]);
        }
        let wraps = |row: &Vec<Text>| row.iter().zip(widths).any(|(text, width)| columns(text.as_str()) > *width);
        let is_airy = self.rows.iter().filter(|row| wraps(row)).count() * 3 > self.rows.len();
        for (at, row) in self.rows.iter().enumerate() {
            if is_airy && at > 0 {
                setter.sheet.gap();
            }
            self.set_row(setter, row, widths);
        }
    }

    fn set_row(&self, setter: &mut Setter, row: &[Text], widths: &[usize]) {
        self.set_cells(setter, row.iter().zip(widths).map(|(text, width)| text.lines(*width)).collect(), widths);
    }

    fn set_cells(&self, setter: &mut Setter, cells: Vec<Vec<Vec<Piece>>>, widths: &[usize]) {
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut pieces = Vec::new();
            let mut pad = 0;
            for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
                let empty = Vec::new();
                let text = cell.get(line).unwrap_or(&empty);
                let spare = width.saturating_sub(text.iter().map(|piece| columns(&piece.text)).sum());
                let (before, after) = if self.is_numeric[at] { (spare, 0) } else { (0, spare) };
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

/// One block a row, a line a cell: `header: value`.
fn set_records(setter: &mut Setter, header: &[Cell], rows: &[Vec<Cell>]) {
    let no_rows = [header.to_vec()];
    let (header, rows) = if rows.is_empty() { (&[][..], &no_rows[..]) } else { (header, rows) };
    for row in rows {
        setter.sheet.gap();
        for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            set_field(setter, header.get(at).map_or(&[][..], Vec::as_slice), cell);
        }
    }
}

fn set_field(setter: &mut Setter, name: &[Span], cell: &[Span]) {
    let name: String = name.iter().map(|span| if span.text.as_str() == "\n" { " " } else { span.text.as_str() }).collect();
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
