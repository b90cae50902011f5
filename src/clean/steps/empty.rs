//! Drops what is empty: paragraphs, list entries, quotes, headings, tables, and rules at the ends or next to one another.
//!
//! before: `<hr><p>a</p><p>&nbsp;</p><ul><li></li></ul><hr><hr><p>b</p><hr>`
//! after:  `a`, a rule, `b`

use crate::domain::document::{Block, Document, Span};

pub(super) fn run(document: &mut Document) {
    let blocks = std::mem::take(&mut document.blocks);
    document.blocks = without_empty(blocks);
}

fn without_empty(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks.into_iter().filter_map(filled) {
        let is_second_rule = block == Block::Rule && out.last().is_none_or(|last| *last == Block::Rule);
        let is_same_image = matches!((&block, out.last()), (Block::Image { url, .. }, Some(Block::Image { url: last, .. })) if url == last && !url.is_empty());
        if !is_second_rule && !is_same_image {
            out.push(block);
        }
    }
    while out.last() == Some(&Block::Rule) {
        out.pop();
    }
    out
}

fn filled(block: Block) -> Option<Block> {
    match block {
        Block::Paragraph { ref text } | Block::Heading { ref text, .. } => (!is_blank(text)).then_some(block),
        Block::Quote { blocks } => Some(without_empty(blocks)).filter(|blocks| !blocks.is_empty()).map(|blocks| Block::Quote { blocks }),
        Block::List { ordered, start, reversed, numbering, items } => {
            let items: Vec<_> = items.into_iter().map(without_empty).filter(|item| !item.is_empty()).collect();
            (!items.is_empty()).then_some(Block::List { ordered, start, reversed, numbering, items })
        }
        Block::Table { ref header, ref rows, .. } => {
            let is_filled = rows.iter().chain([header]).flatten().any(|cell| !is_blank(cell));
            is_filled.then_some(block)
        }
        Block::Image { ref alt, ref url, ref caption, .. } => (!url.is_empty() || !alt.is_empty() || !is_blank(caption)).then_some(block),
        Block::Code { ref text, .. } => (!text.trim().is_empty()).then_some(block),
        Block::Rule => Some(block),
    }
}

fn is_blank(text: &[Span]) -> bool {
    text.iter().all(|span| span.text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_text;

    #[test]
    fn nothing_empty_is_left() {
        check_text("<hr><p>a</p><p>&nbsp;</p><ul><li></li></ul><hr><hr><p>b</p><hr>", "a\n\n---\n\nb");
        check_text("<div><div><p>One&nbsp;</p><div>&nbsp;</div><p></p><p>Two</p></div></div>", "One\n\nTwo");
        check_text("<table><tr><th></th><th></th></tr></table><h2> </h2><blockquote></blockquote>", "");
    }
}
