//! Splits a paragraph where the author broke the line twice: that is how many write paragraphs.
//!
//! before: `One<br><br>Two<br>three<br>`
//! after:  `One` and `Two`, `three` on a line of its own

use crate::domain::clean_text::CleanText;
use crate::domain::document::{Block, Cell, Document, Span};

/// Runs on every list of blocks, innermost too.
pub(super) fn run(document: &mut Document) {
    let blocks = std::mem::take(&mut document.blocks);
    document.blocks = split_all(blocks);
}

fn split_all(blocks: Vec<Block>) -> Vec<Block> {
    blocks.into_iter().flat_map(split).collect()
}

fn split(block: Block) -> Vec<Block> {
    match block {
        Block::Paragraph { text } => paragraphs(text).into_iter().map(|text| Block::Paragraph { text }).collect(),
        Block::Heading { level, text } => vec![Block::Heading { level, text: on_one_line(text) }],
        Block::Quote { blocks } => vec![Block::Quote { blocks: split_all(blocks) }],
        Block::List { ordered, start, reversed, numbering, items } => {
            vec![Block::List { ordered, start, reversed, numbering, items: items.into_iter().map(split_all).collect() }]
        }
        Block::Image { alt, url, caption, link } => vec![Block::Image { alt, url, caption: on_one_line(caption), link }],
        Block::Table { header, rows, wide } => {
            vec![Block::Table { header: trim_cells(header), rows: rows.into_iter().map(trim_cells).collect(), wide }]
        }
        block => vec![block],
    }
}

fn trim_cells(cells: Vec<Cell>) -> Vec<Cell> {
    cells.into_iter().map(trim).collect()
}

fn on_one_line(text: Vec<Span>) -> Vec<Span> {
    trim(text.into_iter().map(|span| if span.is_line_break() { Span { text: CleanText::inline(" "), ..span } } else { span }).collect())
}

fn paragraphs(text: Vec<Span>) -> Vec<Vec<Span>> {
    let mut out = vec![Vec::new()];
    let mut breaks = 0;
    for span in text {
        if span.is_line_break() {
            breaks += 1;
        } else if breaks > 0 && span.text.trim().is_empty() {
            continue;
        } else {
            if breaks > 1 {
                out.push(Vec::new());
            } else if breaks == 1 {
                push(&mut out, Span::line_break());
            }
            push(&mut out, span);
            breaks = 0;
        }
    }
    out.into_iter().map(trim).filter(|text| !text.is_empty()).collect()
}

fn push(paragraphs: &mut [Vec<Span>], span: Span) {
    if let Some(last) = paragraphs.last_mut() {
        last.push(span);
    }
}

/// Without white space at the ends and beside line breaks.
fn trim(mut text: Vec<Span>) -> Vec<Span> {
    // in code the space at the start of a line is its indent
    trim_each(text.iter_mut(), |span| if span.code { &span.text } else { span.text.trim_start() });
    trim_each(text.iter_mut().rev(), |span| span.text.trim_end());
    text.retain(|span| !span.text.is_empty());
    text.dedup_by(|next, last| next.is_line_break() && last.is_line_break());
    text.pop_if(|span| span.is_line_break());
    let leads = text.first().is_some_and(Span::is_line_break);
    text.drain(..usize::from(leads));
    text
}

/// Takes the white space from every span up to the first with text, at the end that the walk begins at and after each break.
fn trim_each<'a>(spans: impl Iterator<Item = &'a mut Span>, trim: fn(&Span) -> &str) {
    let mut is_at_end = true;
    for span in spans {
        if span.is_line_break() {
            is_at_end = true;
        } else if is_at_end {
            let trimmed = trim(span);
            if trimmed.len() < span.text.len() {
                span.text = CleanText::inline(trimmed);
            }
            is_at_end = span.text.is_empty();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_text;

    #[test]
    fn the_space_behind_code_stays() {
        check_text("<p><code>a</code> b</p>", "`a` b");
        check_text("<ul><li><code>--jobs</code> sets the number</ul>", "- `--jobs` sets the number");
        check_text("x<br><code>a</code> b", "x\\\n`a` b");
        check_text("<code>a</code>\n<code>b</code>", "`a` `b`");
        check_text("<p><a href=/x><code>a</code></a> b</p>", "[`a`](https://example.org/x) b");
        check_text("<table><tr><th>A<th>B<tr><td><code>x</code> is y<td>z</table>", "| A | B |\n| --- | --- |\n| `x` is y | z |");
    }

    #[test]
    fn two_breaks_make_a_paragraph() {
        check_text("One<br><br>Two<br>three<br>", "One\n\nTwo\\\nthree");
        check_text("<p>One<br/> <br/>\n<br/>Two</p>", "One\n\nTwo");
        check_text("<blockquote>One<br><br>Two</blockquote>", "> One\n>\n> Two");
        check_text("<h2>A<br>b</h2>", "## A b");
        check_text("<br><br>", "");
        check_text("<h2><br><br>A <br> <br></h2>", "## A");
        check_text("<table><tr><th>A<th>B<tr><td>1<br><br>2<br><td>3</table>", "| A | B |\n| --- | --- |\n| 1<br>2 | 3 |");
    }
}
