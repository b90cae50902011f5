//! An article's HTML to a `Document`: nothing of the page's machinery, everything of the author's.
//! It never fails and never panics, and ends in time linear in the input; what it had to repair stands in the notes.

mod build;
mod fence;
mod markdown;
mod page;
mod steps;
mod tree;

use crate::domain::document::Document;
use page::Page;
use steps::{STEPS, Work};

/// Cleans an article's HTML, or plain text, or Markdown, or HTML that was escaped as text. Relative addresses are resolved against
/// `base_url`; only http, https and mailto links stay.
pub fn clean(html: &str, base_url: Option<&str>) -> Document {
    let mut notes = Vec::new();
    let page = Page::new(base_url);
    let from_markdown = markdown::as_html(html);
    let mut tree = tree::parse(&fence::fence(from_markdown.as_deref().unwrap_or(html), &mut notes));
    for step in STEPS {
        if let Work::Tree(run) = step.work {
            run(&mut tree, &page);
        }
    }
    let mut document = build::build(&tree, notes);
    for step in STEPS {
        if let Work::Document(run) = step.work {
            run(&mut document);
        }
    }
    document
}
