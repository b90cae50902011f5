//! A table of data as a block: its header, its rows filled up where cells span, its caption before it.

use std::cell::Cell as SharedNumber;
use std::rc::Rc;

use super::Builder;
use super::line::joined;
use crate::clean::tree::{Id, Tree};
use crate::domain::document::{Block, Cell, Span, WideCell};

/// Rows of one table; what comes after them is left out.
const MAX_ROWS: usize = 2_000;
/// Columns of one table, spans counted.
const MAX_COLUMNS: usize = 40;
/// Bytes of a cell that is repeated in every row that it spans; a longer one stands in the first.
const MAX_REPEATED_BYTES: usize = 80;

struct Read {
    text: Cell,
    columns: usize,
    rows: usize,
    is_header: bool,
}

struct ReadRow {
    cells: Vec<Read>,
    is_head: bool,
    is_foot: bool,
}

pub(super) fn blocks(tree: &Tree, table: Id, link_budget: &Rc<SharedNumber<usize>>) -> Vec<Block> {
    let text_of = |id| joined(Builder::new(tree, link_budget.clone()).blocks_of(id));
    let parts: Vec<Id> = tree.descendants(table).collect();
    let captions = parts.iter().filter(|id| tree.is(**id, &["caption"])).map(|id| Block::Paragraph { text: text_of(*id) });
    let mut blocks: Vec<Block> = captions.take(1).collect();
    let mut rows: Vec<ReadRow> =
        parts.iter().filter(|id| tree.is(**id, &["tr"])).take(MAX_ROWS).map(|row| read_row(tree, *row, &text_of)).collect();
    // the foot may stand before the body
    rows.sort_by_key(|row| row.is_foot);
    let heads = head_rows(&rows);
    rows.iter_mut().take(heads).for_each(|row| row.is_head = true);
    let (mut rows, wide) = fill(rows);
    let body = rows.split_off(heads);
    let header = rows.into_iter().reduce(merge).unwrap_or_default();
    let wide = wide.into_iter().filter_map(|cell| Some(WideCell { row: cell.row.checked_sub(heads)?, ..cell })).collect();
    blocks.push(without_empty(header, body, wide));
    let more = parts.iter().filter(|id| tree.is(**id, &["tr"])).count().saturating_sub(MAX_ROWS);
    if more > 0 {
        let told = Span { italic: true, ..Span::plain(&format!("Left out: {more} more rows of this table.")) };
        blocks.push(Block::Paragraph { text: vec![told] });
    }
    blocks
}

fn read_row(tree: &Tree, row: Id, text_of: &impl Fn(Id) -> Cell) -> ReadRow {
    let is_in = |name| tree.parent(row).is_some_and(|parent| tree.is(parent, &[name]));
    let (is_head, is_foot) = (is_in("thead"), is_in("tfoot"));
    let cells = tree.child_elements(row).into_iter().filter(|cell| tree.is(*cell, &["td", "th"])).take(MAX_COLUMNS);
    let number = |id, name| tree.attribute(id, name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1);
    let read = |cell| Read {
        text: text_of(cell),
        columns: number(cell, "colspan").clamp(1, MAX_COLUMNS),
        rows: number(cell, "rowspan").clamp(1, MAX_ROWS),
        is_header: tree.is(cell, &["th"]),
    };
    ReadRow { cells: cells.map(read).collect(), is_head, is_foot }
}

/// How many rows at the top are the header: those of `thead`, else a first row of nothing but `th`.
fn head_rows(rows: &[ReadRow]) -> usize {
    let said = rows.iter().take_while(|row| row.is_head).count();
    let is_first = rows.first().is_some_and(|row| row.cells.len() > 1 && row.cells.iter().all(|cell| cell.is_header));
    match said {
        0 => usize::from(is_first && rows.len() > 1),
        said if said < rows.len() => said,
        _ => usize::from(rows.len() > 1),
    }
}

/// Every row with all its columns: a cell over several rows stands in each, one over several columns in the first. Those are
/// named too.
fn fill(rows: Vec<ReadRow>) -> (Vec<Vec<Cell>>, Vec<WideCell>) {
    let mut filled = Filled::default();
    for row in rows {
        let mut left = row.cells.len();
        for read in row.cells {
            left -= 1;
            filled.take_held();
            filled.place(read, row.is_head, left);
        }
        filled.take_held();
        let cells = std::mem::take(&mut filled.cells);
        filled.rows.push(cells);
    }
    let columns = filled.rows.iter().map(Vec::len).max().unwrap_or(0);
    filled.rows.iter_mut().for_each(|row| row.resize(columns, Cell::new()));
    (filled.rows, filled.wide)
}

/// Rows that are being filled.
#[derive(Default)]
struct Filled {
    rows: Vec<Vec<Cell>>,
    /// Of the row that is open.
    cells: Vec<Cell>,
    wide: Vec<WideCell>,
    /// By column, what stands there in the rows to come.
    held: Vec<Option<Held>>,
}

/// A cell of a row above, for so many rows more.
#[derive(Clone)]
struct Held {
    rows: usize,
    text: Cell,
    columns: usize,
}

impl Filled {
    /// `left` is how many cells the row has after this one: there must be room for them.
    fn place(&mut self, read: Read, is_head: bool, left: usize) {
        let mut text = read.text;
        if read.is_header && !is_head {
            text.iter_mut().for_each(|span| span.bold = true);
        }
        let Some(room) = MAX_COLUMNS.checked_sub(self.cells.len()).filter(|room| *room > 0) else { return self.join_last(text) };
        let columns = read.columns.min(room.saturating_sub(left).max(1));
        let is_short = text.iter().map(|span| span.text.len()).sum::<usize>() <= MAX_REPEATED_BYTES;
        for column in 0..columns {
            let own = if column == 0 || (is_head && is_short) { text.clone() } else { Cell::new() };
            let columns = if column == 0 && !is_head { columns } else { 1 };
            let at = self.cells.len();
            self.held.resize(self.held.len().max(at + 1), None);
            if read.rows > 1 {
                let text = if is_short { own.clone() } else { Cell::new() };
                self.held[at] = Some(Held { rows: read.rows - 1, text, columns });
            }
            self.push(own, columns);
        }
    }

    fn push(&mut self, text: Cell, columns: usize) {
        if columns > 1 && text.iter().any(|span| !span.text.trim().is_empty()) {
            self.wide.push(WideCell { row: self.rows.len(), column: self.cells.len(), columns });
        }
        self.cells.push(text);
    }

    /// What finds no column is not lost.
    fn join_last(&mut self, text: Cell) {
        if let Some(last) = self.cells.last_mut().filter(|_| !text.is_empty()) {
            if !last.is_empty() {
                last.push(Span::plain(" "));
            }
            last.extend(text);
        }
    }

    /// The cells from rows above that stand in the columns that come next.
    fn take_held(&mut self) {
        while let Some(held) = self.held.get_mut(self.cells.len()).and_then(Option::take) {
            if held.rows > 1 {
                let at = self.cells.len();
                self.held[at] = Some(Held { rows: held.rows - 1, ..held.clone() });
            }
            self.push(held.text, held.columns);
        }
    }
}

/// Two header rows as one: the words of both in each column.
fn merge(above: Vec<Cell>, below: Vec<Cell>) -> Vec<Cell> {
    let join = |(mut above, below): (Cell, Cell)| {
        if above.is_empty() || above == below {
            return below;
        }
        if !below.is_empty() {
            above.push(Span::plain(" "));
            above.extend(below);
        }
        above
    };
    above.into_iter().zip(below).map(join).collect()
}

/// Without the rows and columns in which nothing stands.
fn without_empty(mut header: Vec<Cell>, mut rows: Vec<Vec<Cell>>, mut wide: Vec<WideCell>) -> Block {
    let is_blank = |cell: &Cell| cell.iter().all(|span| span.text.trim().is_empty());
    let columns = header.len().max(rows.first().map_or(0, Vec::len));
    let has_column = |column| std::iter::once(&header).chain(&rows).any(|row| row.get(column).is_some_and(|cell| !is_blank(cell)));
    let columns: Vec<bool> = (0..columns).map(has_column).collect();
    let has_row: Vec<bool> = rows.iter().map(|row| !row.iter().all(is_blank)).collect();
    for row in rows.iter_mut().chain([&mut header]) {
        let mut kept = columns.iter();
        row.retain(|_| kept.next().copied().unwrap_or(false));
    }
    let mut kept = has_row.iter();
    rows.retain(|_| kept.next().copied().unwrap_or(false));
    let (columns, has_row) = (counts(&columns), counts(&has_row));
    for cell in &mut wide {
        let (from, to) = (columns[cell.column], columns[(cell.column + cell.columns).min(columns.len() - 1)]);
        *cell = WideCell { row: has_row[cell.row], column: from, columns: to - from };
    }
    wide.retain(|cell| cell.columns > 1);
    Block::Table { header, rows, wide }
}

/// How many are kept before each place, and in all.
fn counts(kept: &[bool]) -> Vec<usize> {
    let mut count = 0;
    let so_far = |is_kept: &bool| {
        count += usize::from(*is_kept);
        count
    };
    std::iter::once(0).chain(kept.iter().map(so_far)).collect()
}

#[cfg(test)]
mod tests {
    use crate::clean::clean;
    use crate::domain::document::{Block, Cell, text_of};

    fn check(html: &str, expected_header: &str, expected_rows: &[&str]) {
        let document = clean(html, None);
        let Some(Block::Table { header, rows, .. }) = document.blocks.last() else { panic!("no table in {:?}", document.blocks) };
        let row = |cells: &Vec<Cell>| cells.iter().map(|cell| text_of(cell)).collect::<Vec<_>>().join("|");
        assert_eq!(row(header), expected_header, "{html}");
        assert_eq!(rows.iter().map(row).collect::<Vec<_>>(), expected_rows, "{html}");
    }

    #[test]
    fn rows_are_filled_where_cells_span() {
        check("<table><tr><th>A<th>B<tr><td>1<td>2</table>", "A|B", &["1|2"]);
        check("<table><tr><th>A<th>B<th>C<tr><td rowspan=2>x<td colspan=2>y<tr><td>1<td>2</table>", "A|B|C", &["x|y|", "x|1|2"]);
        check(
            "<table><thead><tr><th rowspan=2>A<th colspan=2>2024<tr><th>Q1<th>Q2</thead><tr><td>a<td>1<td>2</table>",
            "A|2024 Q1|2024 Q2",
            &["a|1|2"],
        );
        check("<table><thead><tr><th>A<th>B<tfoot><tr><td>sum<td>3<tbody><tr><td>a<td>3</table>", "A|B", &["a|3", "sum|3"]);
        check(
            "<table><tr><td><figure><img src=/a.png alt='A dam'><figcaption>In May</figcaption></figure><td>1<tr><td>b<td>2</table>",
            "",
            &["A dam\nIn May|1", "b|2"],
        );
        check("<table><tr><td>a<td>1<tr><td>b</table>", "", &["a|1", "b|"]);
        check("<table><tr><td>a<td><td>1<tr><td>b<td><td>2</table>", "", &["a|1", "b|2"]);
    }

    #[test]
    fn a_cell_over_several_columns_says_so() {
        let check = |html: &str, expected: &[(usize, usize, usize)]| {
            let document = clean(html, None);
            let Some(Block::Table { wide, .. }) = document.blocks.last() else { panic!("no table in {:?}", document.blocks) };
            assert_eq!(wide.iter().map(|cell| (cell.row, cell.column, cell.columns)).collect::<Vec<_>>(), expected, "{html}");
            let again = clean(&crate::exchange::document::html(&document), None);
            assert_eq!(again.blocks, document.blocks, "{html}");
        };
        let head = "<table><tr><th>A<th>B<th>C<tr><td><td><td><tr><td>1<td>2<td>3";
        check(&format!("{head}<tr><td colspan=2>sum<td>3</table>"), &[(1, 0, 2)]);
        check(
            &format!("{head}<tr><td>x<td rowspan=2 colspan=2>y<tr><td>z<tr><td colspan=100>note</table>"),
            &[(1, 1, 2), (2, 1, 2), (3, 0, 3)],
        );
        check(&format!("{head}<tr><td colspan=1>x<td>y</table>"), &[]);
    }

    #[test]
    fn code_in_a_cell_keeps_its_lines() {
        let code = "<table><tr><th>L<th>Code<tr><td>C<td><pre><code>int x;\nif\n  y;</code></pre></table>";
        check(code, "L|Code", &["C|int x;\nif\n  y;"]);
    }

    #[test]
    fn a_list_in_a_cell_keeps_its_entries_apart() {
        let row = |cell: &str| format!("<table><tr><th>A<th>B<tr><td>1<td>{cell}</table>");
        check(&row("x<ul><li>a</li><li><p>b<ul><li>c</li></ul></li></ul>"), "A|B", &["1|x\n• a\n• b\nc"]);
        check(&row("<ol start=3><li>a</li><li>b</li></ol>"), "A|B", &["1|3. a\n4. b"]);
        check(&row("<ul><li>alone</li></ul>"), "A|B", &["1|alone"]);
        check(&row("<dl><dt>T<dd>x</dl>"), "A|B", &["1|T\nx"]);
    }

    #[test]
    fn rows_that_are_left_out_are_told() {
        let document = clean(&format!("<table>{}</table>", "<tr><td>a<td>b".repeat(2_003)), None);
        assert!(document.plain_text().ends_with("a b\nLeft out: 3 more rows of this table.\n"));
    }

    #[test]
    fn huge_spans_cost_nothing_and_lose_no_cell() {
        check("<table><tr><th>A<th>B<tr><td colspan=37>x<td>y<td>z<td>w<td>v<tr><td>1<td>2</table>", "A|B||||", &["x||y|z|w|v", "1|2||||"]);
        check(
            "<table><tr><th>A<th>B<tr><td rowspan=99999 colspan=99999>x<tr><td>y<td>z<tr><td>1<td>2</table>",
            "A|B|",
            &["x||", "x||y z", "x||1 2"],
        );
        check("<table><tr><th>A<th>B<tr><td colspan=99999999>a<tr><td rowspan=99999999>b<td>c</table>", "A|B", &["a|", "b|c"]);
    }
}
