//! A document on its way to the disk and back: JSON, compressed. Also its plain text, which is what is searched and what
//! decides whether a publisher changed an article.

use std::io::Read;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::document::{Block, Document, Span};

/// zstd's own default: above it the gain is small and the time is not.
const LEVEL: i32 = 3;
/// The most that a stored body may be when it is unpacked, against a damaged or forged file; nothing larger is stored.
const UNPACKED_BYTES: usize = 64 << 20;
/// Blocks within blocks that are kept; the JSON reader stops at 128 levels and a list takes three of them.
const DEEPEST: usize = 32;

type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Packs documents, for which it keeps what a single one would have to be given anew.
pub(super) struct Packer(zstd::bulk::Compressor<'static>);

impl Packer {
    pub(super) fn new() -> Result<Packer, Trouble> {
        Ok(Packer(zstd::bulk::Compressor::new(LEVEL)?))
    }

    /// A document, or an edition, as the store keeps it.
    pub(super) fn pack(&mut self, text: &impl Serialize) -> Result<Vec<u8>, Trouble> {
        Ok(self.0.compress(&json(text, UNPACKED_BYTES)?)?)
    }
}

/// A single text as the store keeps it.
pub(super) fn pack(text: &impl Serialize) -> Result<Vec<u8>, Trouble> {
    Packer::new()?.pack(text)
}

fn json(text: &impl Serialize, most: usize) -> Result<Vec<u8>, Trouble> {
    let json = serde_json::to_vec(text)?;
    match json.len() <= most {
        true => Ok(json),
        false => Err(format!("a text of {} bytes is too large to keep", json.len()).into()),
    }
}

pub(super) fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Trouble> {
    let mut json = Vec::new();
    zstd::Decoder::new(bytes)?.take(UNPACKED_BYTES as u64).read_to_end(&mut json)?;
    Ok(serde_json::from_slice(&json)?)
}

/// Brings blocks that are nested deeper than can be read back up to the deepest level that can.
pub(super) fn shallow(document: &mut Document) {
    document.blocks = flatter(std::mem::take(&mut document.blocks), DEEPEST);
}

fn flatter(blocks: Vec<Block>, levels: usize) -> Vec<Block> {
    blocks.into_iter().flat_map(|block| flatter_block(block, levels)).collect()
}

fn flatter_block(block: Block, levels: usize) -> Vec<Block> {
    let below = levels.saturating_sub(1);
    match block {
        Block::Quote { blocks } if levels == 0 => flatter(blocks, 0),
        Block::List { items, .. } if levels == 0 => flatter(items.into_iter().flatten().collect(), 0),
        Block::Quote { blocks } => vec![Block::Quote { blocks: flatter(blocks, below) }],
        Block::List { ordered, start, reversed, numbering, items } => {
            let items = items.into_iter().map(|item| flatter(item, below)).collect();
            vec![Block::List { ordered, start, reversed, numbering, items }]
        }
        leaf => vec![leaf],
    }
}

/// The words of the text, one block a line, without links, pictures' addresses and styles.
pub(super) fn plain_text(document: &Document) -> String {
    let mut text = String::new();
    document.blocks.iter().for_each(|block| add_block(&mut text, block));
    text
}

fn add_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text } => add_line(out, text),
        Block::List { items, .. } => items.iter().flatten().for_each(|block| add_block(out, block)),
        Block::Quote { blocks } => blocks.iter().for_each(|block| add_block(out, block)),
        Block::Code { text, .. } => {
            out.push_str(text);
            out.push('\n');
        }
        Block::Table { header, rows, .. } => header.iter().chain(rows.iter().flatten()).for_each(|cell| add_line(out, cell)),
        Block::Image { alt, caption, .. } => {
            out.push_str(alt);
            out.push('\n');
            add_line(out, caption);
        }
        Block::Rule => {}
    }
}

fn add_line(out: &mut String, spans: &[Span]) {
    spans.iter().for_each(|span| out.push_str(&span.text));
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clean_text::CleanText;
    use crate::domain::numbering::Numbering;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph { text: vec![Span::plain(text)] }
    }

    fn nested(depth: usize, wrap: fn(Block) -> Block) -> Document {
        let block = (0..depth).fold(paragraph("core"), |block, _| wrap(block));
        Document { blocks: vec![block], ..Document::default() }
    }

    #[test]
    fn a_document_comes_back_as_it_was() {
        let mut document = nested(3, |block| Block::Quote { blocks: vec![block] });
        let code = Block::Code { language: None, text: CleanText::preformatted("fn a() {\n    b\n}\n\nc") };
        let styled = Span { bold: true, link: Some("https://example.org".into()), ..Span::plain(" bold\u{a0}text ") };
        let broken = Span { text: CleanText::preformatted("one\ntwo"), ..Span::default() };
        let spans = vec![styled, Span::plain(" "), broken];
        let table = Block::Table { header: vec![spans.clone()], rows: vec![vec![vec![]], vec![spans]], wide: vec![] };
        document.blocks.extend([code, table, Block::Rule]);
        assert_eq!(unpack::<Document>(&pack(&document).expect("packed")).expect("unpacked"), document);
    }

    #[test]
    fn a_text_nested_too_deep_for_the_reader_is_kept_flatter() {
        let quote: fn(Block) -> Block = |block| Block::Quote { blocks: vec![block] };
        let list: fn(Block) -> Block = |block| Block::List {
            ordered: true,
            start: 1,
            reversed: false,
            numbering: Numbering::default(),
            items: vec![vec![block, Block::Rule]],
        };
        for wrap in [quote, list] {
            let mut document = nested(200, wrap);
            let before = plain_text(&document);
            assert!(unpack::<Document>(&pack(&document).expect("packed")).is_err(), "the reader has a limit");
            shallow(&mut document);
            let back: Document = unpack(&pack(&document).expect("packed")).expect("unpacked");
            assert_eq!(plain_text(&back), before);
        }
    }

    #[test]
    fn what_could_not_be_read_again_is_not_packed() {
        let document = nested(0, |block| block);
        let length = serde_json::to_vec(&document).expect("json").len();
        assert!(json(&document, length).is_ok() && json(&document, length - 1).is_err());
    }

    #[test]
    fn damaged_bytes_are_an_error() {
        let packed = pack(&nested(1, |block| block)).expect("packed");
        for length in 0..packed.len() {
            assert!(unpack::<Document>(&packed[..length]).is_err(), "cut at {length}");
        }
    }

    #[test]
    fn the_plain_text_is_what_a_person_reads() {
        let link = Span { link: Some("https://example.org/secret".into()), ..Span::plain("link") };
        let image = Block::Image {
            alt: CleanText::new("a cat"),
            url: "https://example.org/cat.png".into(),
            caption: vec![Span::plain("Tom")],
            link: None,
        };
        let blocks = vec![Block::Paragraph { text: vec![Span::plain("one "), link] }, image, Block::Rule];
        assert_eq!(plain_text(&Document { blocks, ..Document::default() }), "one link\na cat\nTom\n");
    }
}
