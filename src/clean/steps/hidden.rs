//! Drops what the page itself does not show.
//!
//! before: `<p style="display: none">a</p><p hidden>b</p><span aria-hidden="true">c</span><p>d</p>`
//! after:  `<p>d</p>`

use super::super::page::Page;
use super::super::tree::{SHOWN_LATER, Tree};

/// Classes of text that is there for screen readers only and repeats what the eye has.
const UNSEEN: &[&str] = &["screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "skip-link", "print-only", "mso-hide"];

pub(super) fn run(tree: &mut Tree, _: &Page) {
    for id in tree.elements() {
        if tree.is_hidden(id) || (tree.has_class(id, UNSEEN) && !tree.is(id, SHOWN_LATER)) {
            tree.detach(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn what_the_page_hides_is_gone() {
        check(super::run, "<p style=\"display: none\">a</p><p hidden>b</p><span aria-hidden=\"true\">c</span><p>d</p>", "<p>d</p>");
        check(super::run, "<a href=x>a<span class='screen-reader-text'>(Opens in a new window)</span></a>", "<a href=\"x\">a</a>");
        check(super::run, "<p style='color:red'>a</p>", "<p style=\"color:red\">a</p>");
    }
}
