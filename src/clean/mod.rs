//! An article's HTML to a `Document`: nothing of the page's machinery, everything of the author's.
//! It never fails and never panics, and ends in time linear in the input; what it had to repair stands in the notes.

mod build;
#[cfg(test)]
mod cost;
mod extract;
mod fence;
mod mail;
mod markdown;
mod page;
mod redirects;
mod sites;
mod steps;
mod tree;

use crate::domain::document::{Block, Document, Span};
pub use extract::{Extract, extract};
use page::Page;
pub use sites::text_edition;
use steps::{STEPS, Work};

/// What stands under a text that is longer than is read of one.
const GOES_ON: &str = "The text goes on; it is too long to be kept whole, and the rest is left out.";

/// Cleans an article's HTML, or plain text, or Markdown, or HTML that was escaped as text. Relative addresses are resolved against
/// `base_url`; only links to places of a network and to mail addresses stay.
pub fn clean(html: &str, base_url: Option<&str>) -> Document {
    clean_within(html, base_url, &mut { fence::MAX_ELEMENTS })
}

/// [`clean`] for one of several texts that may have so many elements together; those that it has are taken off.
pub fn clean_within(html: &str, base_url: Option<&str>, elements: &mut usize) -> Document {
    let mut notes = Vec::new();
    let from_text = markdown::as_html(html).or_else(|| mail::as_html(html));
    let tree = tree::parse(&fence::fence_within(from_text.as_deref().unwrap_or(html), elements, &mut notes));
    let page = Page::new(base_url);
    page.elements.set(*elements);
    let document = clean_tree(tree, &page, notes);
    *elements = page.elements.get();
    document
}

/// Every step on a tree, and the document that is left.
fn clean_tree(mut tree: tree::Tree, page: &Page, notes: Vec<String>) -> Document {
    for step in STEPS {
        if let Work::Tree(run) = step {
            run(&mut tree, page);
        }
    }
    let mut document = build::build(&tree, notes);
    for step in STEPS {
        if let Work::Document(run) = step {
            run(&mut document);
        }
    }
    if document.notes.iter().any(|note| note.starts_with(fence::LEFT_OUT)) && !document.blocks.is_empty() {
        document.blocks.push(Block::Paragraph { text: vec![Span { italic: true, ..Span::plain(GOES_ON) }] });
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_cut_says_so_at_its_end() {
        let end = |html: &str| clean(html, None).plain_text().lines().last().map(str::to_string);
        let long = "word ".repeat(fence::MAX_BYTES / 5 + 1);
        assert_eq!(end(&long).as_deref(), Some(GOES_ON));
        assert_ne!(end(&long[..fence::MAX_BYTES]).as_deref(), Some(GOES_ON));
    }
}
