//! Lists the links and pictures that are left, each address once, in the order of the text.
//!
//! before: `<a href="/x">x</a> <a href="/y">y</a> <a href="/x">again</a>`
//! after:  links `https://example.org/x` with the text `x`, `https://example.org/y` with the text `y`

use std::collections::HashSet;

use crate::domain::clean_text::CleanText;
use crate::domain::document::{Block, Document, Image, Link, Span, text_of};

/// The most links, and pictures, that are listed; a page of more is an index, not a text.
const MAX_LINKS: usize = 10_000;

pub(super) fn run(document: &mut Document) {
    let mut register = Register::default();
    document.blocks.iter().for_each(|block| register.block(block));
    (document.links, document.images) = (register.links, register.images);
}

#[derive(Default)]
struct Register {
    links: Vec<Link>,
    images: Vec<Image>,
    seen: HashSet<String>,
    seen_images: HashSet<String>,
}

impl Register {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } => self.spans(text),
            Block::List { items, .. } => items.iter().flatten().for_each(|block| self.block(block)),
            Block::Quote { blocks } => blocks.iter().for_each(|block| self.block(block)),
            Block::Table { header, rows, .. } => header.iter().chain(rows.iter().flatten()).for_each(|cell| self.spans(cell)),
            Block::Image { alt, url, caption, link } => {
                self.image(alt, url);
                link.iter().for_each(|link| self.link(link, || alt.clone()));
                self.spans(caption);
            }
            Block::Code { .. } | Block::Rule => {}
        }
    }

    fn image(&mut self, alt: &CleanText, url: &str) {
        if !url.is_empty() && self.images.len() < MAX_LINKS && self.seen_images.insert(url.to_string()) {
            self.images.push(Image { url: url.to_string(), alt: alt.clone() });
            self.link(url, || alt.clone());
        }
    }

    /// A link may be several spans in different styles: its text is all of them.
    fn spans(&mut self, spans: &[Span]) {
        for run in spans.chunk_by(|one, next| one.link == next.link) {
            let Some(url) = run.first().and_then(|span| span.link.as_deref()) else { continue };
            self.link(url, || CleanText::new(&text_of(run)));
        }
    }

    fn link(&mut self, url: &str, text: impl FnOnce() -> CleanText) {
        if self.links.len() < MAX_LINKS && !self.seen.contains(url) {
            self.seen.insert(url.to_string());
            self.links.push(Link { url: url.to_string(), text: text() });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::clean::clean;

    #[test]
    fn an_address_is_listed_once_with_its_first_text() {
        let document = clean("<a href=\"/x\">x</a> <a href=\"/y\">y</a> <a href=\"/x\">again</a>", Some("https://example.org/"));
        let links: Vec<_> = document.links.iter().map(|link| (link.url.as_str(), link.text.as_str())).collect();
        assert_eq!(links, [("https://example.org/x", "x"), ("https://example.org/y", "y")]);
    }

    #[test]
    fn a_link_in_two_styles_has_one_text() {
        let document = clean("<a href=https://e.example/>one <b>two</b></a>", None);
        assert_eq!(document.links[0].text.as_str(), "one two");
    }
}
