//! Drops what pages say of their links to those who cannot see the arrow: in an element of its own in or behind a link, or in brackets.
//! Anywhere else it is a sentence of the author's.
//!
//! before: `<a href="x">Report<span>opens in a new tab</span></a>, <a href="y">it</a> (opens in a new window). It opens in a new tab.`
//! after:  `<a href="x">Report<span></span></a>, <a href="y">it</a>. It opens in a new tab.`

use super::super::page::Page;
use super::super::tree::{Id, Tree};

/// What they say, in lower case.
const SIGNS: &[&str] = &[
    "opens in a new tab",
    "opens in new tab",
    "opens in a new window",
    "opens in new window",
    "link opens in a new tab",
    "link opens in a new window",
    "this link opens in a new tab",
    "this link opens in a new window",
];
/// Bytes of the longest, with what stands around it.
const MAX_SIGN: usize = 48;

pub(super) fn run(tree: &mut Tree, _: &Page) {
    for id in tree.texts() {
        let Some(text) = tree.text(id) else { continue };
        if is_sign(text) && is_own_element(tree, id) {
            tree.detach(id);
        } else if let Some(left) = without_brackets(tree, id, text) {
            tree.set_text(id, left);
        }
    }
}

fn is_sign(text: &str) -> bool {
    text.len() <= MAX_SIGN && SIGNS.contains(&text.to_ascii_lowercase().trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a text is all of an element in a link, or of one right behind a link.
fn is_own_element(tree: &Tree, id: Id) -> bool {
    let alone = |id: &Id| tree.before(*id).is_none() && tree.after(*id).is_none();
    let Some(element) = Some(id).filter(alone).and_then(|id| tree.parent(id)) else { return false };
    let is_inline = tree.is(element, &["span", "small", "sup", "i", "em", "b", "strong", "font", "abbr"]);
    is_inline && (is_behind_link(tree, element) || tree.ancestors(element).any(|around| tree.is(around, &["a"])))
}

fn is_behind_link(tree: &Tree, id: Id) -> bool {
    let is_blank = |id: &Id| tree.text(*id).is_some_and(|text| text.trim().is_empty());
    let before = tree.before(id);
    before.filter(is_blank).and_then(|blank| tree.before(blank)).or(before).is_some_and(|before| tree.is(before, &["a"]))
}

/// A text without the brackets that say it, at its end in a link or at its start behind one.
fn without_brackets(tree: &Tree, id: Id, text: &str) -> Option<String> {
    let trimmed = text.trim_end();
    let is_bracket = |bracket: &str| bracket.ends_with(')') && is_sign(bracket);
    if let Some(at) = trimmed.ends_with(')').then(|| trimmed.rfind('(')).flatten()
        && is_bracket(&trimmed[at..])
        && tree.ancestors(id).any(|around| tree.is(around, &["a"]))
    {
        return Some(trimmed[..at].trim_end().to_string());
    }
    let start = text.trim_start();
    let end = start.starts_with('(').then(|| start.find(')')).flatten()? + 1;
    (is_bracket(&start[..end]) && is_behind_link(tree, id)).then(|| start[end..].to_string())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_text};

    #[test]
    fn signs_of_the_page_go() {
        check(
            super::run,
            "<a href=\"x\">Report<span>opens in a new tab</span></a>, <a href=\"y\">it</a> (opens in a new window). It opens in a new tab.",
            "<a href=\"x\">Report<span></span></a>, <a href=\"y\">it</a>. It opens in a new tab.",
        );
        check_text("<p>See <a href=/x>the report (opens in a new tab)</a>.</p>", "See [the report](https://example.org/x).");
        check_text("<p>See <a href=/x>it</a> <span class=sr>(Opens in new window)</span> now.</p>", "See [it](https://example.org/x) now.");
    }

    #[test]
    fn sentences_of_the_author_stay() {
        let check_same = |text: &str| check_text(&format!("<p>{text}</p>"), text);
        check_same("It opens in a new tab.");
        check_same("Every link on the new site opens in a new tab.");
        check_same("When you press it, the settings page opens in a new tab");
        check_same("Silence (opens in a new window) he noted.");
        check_text("<ul><li>Ctrl+click: opens in a new tab</li></ul>", "- Ctrl+click: opens in a new tab");
        check_text("<p>It <em>opens in a new tab</em> now.</p>", "It *opens in a new tab* now.");
    }
}
