//! The cleaning steps in their order, one row each. A step on the tree sees HTML, a step on the document sees blocks.
//! Each file's header shows what comes in and what goes out; its test holds it to that.

mod addresses;
mod anchors;
mod blank_lines;
mod boxes;
mod breaks;
mod code;
mod embeds;
mod empty;
mod entities;
mod escaped_html;
mod formulas;
mod hidden;
mod images;
mod layout;
mod links;
mod machinery;
mod new_tab;
mod own_link;
mod phrases;
mod raised;
mod register;
mod shortcodes;

pub(super) use blank_lines::is_wrapped;
pub(super) use entities::decode as decoded;
pub(super) use machinery::drop_forms;

use super::page::Page;
use super::tree::Tree;
use crate::domain::document::Document;

/// What a step works on.
pub(super) enum Work {
    Tree(fn(&mut Tree, &Page)),
    Document(fn(&mut Document)),
}

/// Every step, in the order in which they run.
pub(super) const STEPS: &[Work] = &[
    Work::Tree(escaped_html::run),
    Work::Tree(machinery::run),
    Work::Tree(hidden::run),
    Work::Tree(boxes::run),
    Work::Tree(code::run),
    Work::Tree(shortcodes::run),
    Work::Tree(entities::run),
    Work::Tree(embeds::run),
    Work::Tree(images::run),
    Work::Tree(anchors::run),
    Work::Tree(own_link::run),
    Work::Tree(links::run),
    Work::Tree(new_tab::run),
    Work::Tree(formulas::run),
    Work::Tree(raised::run),
    Work::Tree(layout::run),
    Work::Tree(blank_lines::run),
    // what it divides is no line of its own
    Work::Tree(addresses::run),
    Work::Document(breaks::run),
    Work::Document(phrases::run),
    Work::Document(empty::run),
    Work::Document(register::run),
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
