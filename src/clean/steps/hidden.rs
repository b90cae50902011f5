//! Drops what the page itself does not show.
//!
//! before: `<p style="display: none">a</p><p hidden>b</p><span aria-hidden="true">c</span><p>d</p>`
//! after:  `<p>d</p>`

use super::super::page::Page;
use super::super::tree::{Id, Tree};

/// Classes of text that is there for screen readers only and repeats what the eye has.
const UNSEEN: &[&str] = &["screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "skip-link", "print-only", "mso-hide"];

pub(super) fn run(tree: &mut Tree, _: &Page) {
    for id in tree.elements() {
        if is_hidden(tree, id) {
            tree.detach(id);
        }
    }
}

fn is_hidden(tree: &Tree, id: Id) -> bool {
    if tree.is(id, &["img", "math"]) && tree.attribute(id, "hidden").is_none() {
        return false;
    }
    let style: String = tree.attribute(id, "style").unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    let says_so = tree.attribute(id, "hidden").is_some_and(|value| value != "until-found")
        || tree.attribute(id, "aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    says_so || style.contains("display:none") || style.contains("visibility:hidden") || tree.has_class(id, UNSEEN)
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
