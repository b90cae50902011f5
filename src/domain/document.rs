//! An article's text as blocks, free of HTML: what cleaning makes and typesetting sets.
//! Its JSON form is pinned: scripts read it from `matins clean --format json`.

use super::clean_text::CleanText;
use super::numbering::Numbering;
use super::words;
use serde::{Deserialize, Serialize};

/// A cleaned text with what it links to, its pictures, and what cleaning had to repair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
    pub images: Vec<Image>,
    pub notes: Vec<String>,
}

/// One block of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// `level` is 1 to 6.
    Heading {
        level: u8,
        text: Vec<Span>,
    },
    Paragraph {
        text: Vec<Span>,
    },
    /// `start` is the number of the first item of an ordered list, else 1; `reversed` counts down from it.
    List {
        ordered: bool,
        start: i64,
        #[serde(default, skip_serializing_if = "is_false")]
        reversed: bool,
        #[serde(default, skip_serializing_if = "Numbering::is_figures")]
        numbering: Numbering,
        items: Vec<Vec<Block>>,
    },
    Quote {
        blocks: Vec<Block>,
    },
    /// `text` is preformatted, without a line end after its last line.
    Code {
        language: Option<CleanText>,
        text: CleanText,
    },
    /// Every row has as many cells as the widest; `header` is empty when the table has none. `wide` names the cells that stand over
    /// several columns, each in the first of them, the others empty.
    Table {
        header: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        wide: Vec<WideCell>,
    },
    Image {
        alt: CleanText,
        url: String,
        caption: Vec<Span>,
        /// The absolute address that the picture links to, when that is not the picture itself; it also stands in [`Document::links`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
    },
    Rule,
}

/// The text of one table cell.
pub type Cell = Vec<Span>;

/// A cell of a table's `rows` over several columns, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WideCell {
    pub row: usize,
    pub column: usize,
    pub columns: usize,
}

/// A run of text in one style. White space inside is single spaces; spaces between spans stand at their ends.
/// `\n` stands only where the author broke the line (`<br>`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub text: CleanText,
    #[serde(default, skip_serializing_if = "is_false")]
    pub bold: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub italic: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub code: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub strike: bool,
    /// The absolute address that this run links to; it also stands in [`Document::links`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// A link of the text; its number is its place in [`Document::links`], from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub url: String,
    pub text: CleanText,
}

/// A picture of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    pub url: String,
    pub alt: CleanText,
}

impl Span {
    /// A run without any style.
    pub fn plain(text: &str) -> Span {
        Span { text: CleanText::inline(text), ..Span::default() }
    }

    /// Where the author broke the line.
    pub fn line_break() -> Span {
        Span { text: CleanText::preformatted("\n"), ..Span::default() }
    }

    pub fn is_line_break(&self) -> bool {
        self.text.as_str() == "\n"
    }
}

/// What runs say, without their styles.
pub fn text_of(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

impl Document {
    /// Words of running text, for the reading time.
    pub fn word_count(&self) -> usize {
        self.blocks.iter().map(block_words).sum()
    }

    /// The text without any styles, one paragraph, row or line of code a line: for search and digests.
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        self.blocks.iter().for_each(|block| push_block(&mut out, block));
        out
    }
}

fn push_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text } => push_line(out, text),
        Block::List { items, .. } => items.iter().flatten().for_each(|block| push_block(out, block)),
        Block::Quote { blocks } => blocks.iter().for_each(|block| push_block(out, block)),
        Block::Code { text, .. } => {
            out.push_str(text);
            out.push('\n');
        }
        Block::Table { header, rows, .. } => {
            let rows = std::iter::once(header).filter(|header| !header.is_empty()).chain(rows);
            rows.for_each(|row| push_line(out, &row.join(&Span::plain(" "))));
        }
        Block::Image { alt, caption, .. } => {
            push_line(out, &[Span::plain(alt)]);
            push_line(out, caption);
        }
        Block::Rule => {}
    }
}

/// One line of spans, if they say anything; the author's line breaks become spaces.
fn push_line(out: &mut String, spans: &[Span]) {
    let start = out.len();
    spans.iter().for_each(|span| out.push_str(if span.is_line_break() { " " } else { &span.text }));
    if out.len() > start {
        out.push('\n');
    }
}

fn block_words(block: &Block) -> usize {
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text } => span_words(text),
        Block::List { items, .. } => items.iter().flatten().map(block_words).sum(),
        Block::Quote { blocks } => blocks.iter().map(block_words).sum(),
        Block::Code { text, .. } => words::count(text),
        Block::Table { header, rows, .. } => rows.iter().chain([header]).flatten().map(|cell| span_words(cell)).sum(),
        Block::Image { caption, .. } => span_words(caption),
        Block::Rule => 0,
    }
}

fn span_words(spans: &[Span]) -> usize {
    spans.iter().map(|span| words::count(&span.text)).sum()
}

fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_has_a_paragraph_a_line_and_no_styles() {
        let paragraph = |text: &str| Block::Paragraph { text: vec![Span::plain(text)] };
        let broken = vec![Span { bold: true, ..Span::plain("a") }, Span::line_break(), Span::plain("b")];
        let cell = |text: &str| vec![Span::plain(text)];
        let blocks = vec![
            Block::Heading { level: 2, text: broken },
            Block::List {
                ordered: false,
                start: 1,
                reversed: false,
                numbering: Numbering::default(),
                items: vec![vec![paragraph("one")], vec![Block::Quote { blocks: vec![paragraph("two")] }]],
            },
            Block::Table { header: vec![cell("A"), cell("B")], rows: vec![vec![cell("1"), cell("2")]], wide: vec![] },
            Block::Code { language: None, text: CleanText::preformatted("x\n  y") },
            Block::Rule,
            Block::Image { alt: CleanText::new("alt"), url: String::new(), caption: Vec::new(), link: None },
        ];
        let document = Document { blocks, ..Document::default() };
        assert_eq!(document.plain_text(), "a b\none\ntwo\nA B\n1 2\nx\n  y\nalt\n");
        assert_eq!(document.word_count(), 2 + 2 + 4 + 2);
    }
}
