//! An article's HTML to a `Document`: nothing of the page's machinery, everything of the author's.
//! It never fails and never panics, and ends in time linear in the input; what it had to repair stands in the notes.

mod build;
#[cfg(test)]
mod cost;
mod extract;
mod fence;
mod markdown;
mod page;
mod redirects;
mod sites;
mod steps;
mod tree;

use crate::domain::document::Document;
pub use extract::{Extract, extract};
use page::Page;
pub use sites::text_edition;
use steps::{STEPS, Work};

/// Cleans an article's HTML, or plain text, or Markdown, or HTML that was escaped as text. Relative addresses are resolved against
/// `base_url`; only http, https and mailto links stay.
pub fn clean(html: &str, base_url: Option<&str>) -> Document {
    let mut notes = Vec::new();
    let from_markdown = markdown::as_html(html);
    let tree = tree::parse(&fence::fence(from_markdown.as_deref().unwrap_or(html), &mut notes));
    clean_tree(tree, base_url, notes)
}

/// Every step on a tree, and the document that is left.
fn clean_tree(mut tree: tree::Tree, base_url: Option<&str>, notes: Vec<String>) -> Document {
    let page = Page::new(base_url);
    for step in STEPS {
        if let Work::Tree(run) = step {
            run(&mut tree, &page);
        }
    }
    let mut document = build::build(&tree, notes);
    for step in STEPS {
        if let Work::Document(run) = step {
            run(&mut document);
        }
    }
    document
}
