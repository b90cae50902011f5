//! The cleaning steps in their order, one row each. A step on the tree sees HTML, a step on the document sees blocks.
//! Each file's header shows what comes in and what goes out; its test holds it to that.

mod anchors;
mod blank_lines;
mod boxes;
mod breaks;
mod code;
mod embeds;
mod empty;
mod entities;
mod escaped_html;
mod hidden;
mod images;
mod layout;
mod links;
mod machinery;
mod own_link;
mod phrases;
mod raised;
mod register;

pub(super) use entities::decode as decoded;

use super::page::Page;
use super::tree::Tree;
use crate::domain::document::Document;

/// What a step works on.
pub(super) enum Work {
    Tree(fn(&mut Tree, &Page)),
    Document(fn(&mut Document)),
}

/// One row of the table.
pub(super) struct Step {
    pub work: Work,
}

const fn tree(run: fn(&mut Tree, &Page)) -> Step {
    Step { work: Work::Tree(run) }
}

const fn document(run: fn(&mut Document)) -> Step {
    Step { work: Work::Document(run) }
}

/// Every step, in the order in which they run.
pub(super) const STEPS: &[Step] = &[
    tree(escaped_html::run),
    tree(machinery::run),
    tree(hidden::run),
    tree(boxes::run),
    tree(code::run),
    tree(entities::run),
    tree(embeds::run),
    tree(images::run),
    tree(anchors::run),
    tree(own_link::run),
    tree(links::run),
    tree(raised::run),
    tree(layout::run),
    tree(blank_lines::run),
    document(breaks::run),
    document(phrases::run),
    document(empty::run),
    document(register::run),
];

#[cfg(test)]
pub(super) mod testing {
    //! Runs one step on a piece of HTML, as the headers of the steps show it.

    use super::{Page, Tree};
    use crate::clean::{fence::fence, tree::parse};

    /// Asserts what a step on the tree makes of `before`, on a page of `https://example.org/news/`.
    pub(crate) fn check(run: fn(&mut Tree, &Page), before: &str, after: &str) {
        let mut tree = parse(&fence(before, &mut Vec::new()));
        run(&mut tree, &Page::new(Some("https://example.org/news/")));
        assert_eq!(tree.outline(), after, "{before:?}");
    }

    /// Asserts what the whole of cleaning makes of `before`, as Markdown.
    pub(crate) fn check_text(before: &str, after: &str) {
        let document = crate::clean::clean(before, Some("https://example.org/news/"));
        assert_eq!(crate::exchange::document::markdown(&document).trim_end(), after, "{before:?}");
    }
}
