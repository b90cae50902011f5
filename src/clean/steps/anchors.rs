//! Frees what leads only to another place of the same text: marks of notes become raised numbers, the way back from a note its
//! sign, headings that link to themselves headings. It must not touch a link to another page.
//!
//! before: `<p>a<a href="#fn1">[1]</a></p><h2 id="x"><a href="#x">X</a><a href="#x">#</a></h2><p><a href="#r1">1</a> Note. <a href="#r1">↩</a></p>`
//! after:  `<p>a<sup>1</sup></p><h2 id="x">X</h2><p><sup>1</sup> Note. ↩</p>`

use std::collections::HashSet;

use super::super::page::Page;
use super::super::tree::{Id, Tree};

/// Texts of links within the page that are signs, not words.
const SIGNS: &[&str] = &["", "¶", "#", "§", "🔗", "⚓", "link", "permalink", "⤴", "^", "🡅", "↑ top", "top", "back to top", "direct link"];
/// Those of them that stand inside a heading's link to itself.
const HEADING_SIGNS: &[&str] = &["¶", "#", "§", "🔗", "⚓"];
/// Signs that lead from a note back to its mark; the first is the one that is shown.
const WAYS_BACK: &[&str] = &["↩", "↩︎", "↩\u{fe0e}", "↩\u{fe0f}", "⏎", "↵", "↑", "⮐", "←", "back", "return", "jump back"];
/// Bytes of the text of a mark.
const MAX_MARK: usize = 12;
/// How the names of places begin that notes and their marks have.
const NOTES: &[&str] = &[
    "fn",
    "_fn",
    "footnote",
    "_ftn",
    "ftn",
    "note",
    "endnote",
    "_edn",
    "edn",
    "sdfootnote",
    "cite",
    "_note",
    "_ref",
    "ref",
    "easy-footnote",
    "r",
];

pub(super) fn run(tree: &mut Tree, page: &Page) {
    let places = places(tree);
    for id in tree.elements() {
        let Some(place) = tree.attribute(id, "href").filter(|_| tree.is(id, &["a"])).and_then(|href| place(href, page)) else { continue };
        let text = tree.inner_text(id, 64).trim().to_lowercase();
        let is_picture = || tree.descendants(id).any(|inner| tree.is(inner, &["img"]));
        if WAYS_BACK.contains(&text.as_str()) && is_note(&place) {
            let sign = tree.text_node(WAYS_BACK[0]);
            tree.replace(id, sign);
        } else if (SIGNS.contains(&text.as_str()) || WAYS_BACK.contains(&text.as_str())) && !is_picture() {
            tree.detach(id);
        } else if is_mark(&text) && is_note(&place) {
            raise(tree, id);
        } else if places.contains(&place) || is_bare(tree, id) {
            drop_sign(tree, id);
            tree.unwrap(id);
        }
    }
    for mark in tree.elements().into_iter().filter(|id| tree.is(*id, &["sup"])).collect::<Vec<_>>() {
        if let Some(paragraph) = paragraph_after(tree, mark).filter(|_| is_mark(tree.inner_text(mark, 64).trim())) {
            move_into(tree, paragraph, mark);
        }
    }
}

/// Inside a link of a heading to itself: the sign behind its words.
fn drop_sign(tree: &mut Tree, id: Id) {
    let is_sign = |last: &Id| HEADING_SIGNS.contains(&tree.inner_text(*last, 16).trim());
    if let Some(sign) = tree.child_elements(id).last().copied().filter(is_sign) {
        tree.detach(sign);
    }
}

/// The names of all places in the text.
fn places(tree: &Tree) -> HashSet<String> {
    let names = |id: &Id| ["id", "name"].iter().filter_map(|name| tree.attribute(*id, name)).map(str::to_lowercase).collect::<Vec<_>>();
    tree.elements().iter().flat_map(names).collect()
}

/// Whether a link names a place only: it leads nowhere without the page.
fn is_bare(tree: &Tree, id: Id) -> bool {
    tree.attribute(id, "href").is_some_and(|href| href.trim().starts_with('#'))
}

/// The place within the text that a link leads to.
fn place(href: &str, page: &Page) -> Option<String> {
    let (address, place) = href.trim().split_once('#')?;
    (address.is_empty() || page.is_here(address)).then(|| place.to_lowercase())
}

fn is_note(place: &str) -> bool {
    place.chars().any(|c| c.is_ascii_digit()) && NOTES.iter().any(|name| place.starts_with(name))
        || ["footnote", "fnref", "ftnref"].iter().any(|name| place.contains(name))
}

/// Whether a text is the number or sign of a note.
fn is_mark(text: &str) -> bool {
    let bare = text.trim_start_matches(['[', '(']).trim_end_matches([']', ')', '.']);
    text.len() <= MAX_MARK && !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡'))
}

/// A link becomes a raised mark.
fn raise(tree: &mut Tree, id: Id) {
    let is_raised = tree.ancestors(id).take(2).chain(tree.descendants(id)).any(|near| tree.is(near, &["sup"]));
    let bare: String = tree.inner_text(id, 64).chars().filter(|c| !c.is_whitespace() && !"[]().".contains(*c)).collect();
    let mark = tree.element(if is_raised { "span" } else { "sup" });
    let text = tree.text_node(&bare);
    tree.append(mark, text);
    tree.replace(id, mark);
}

fn move_into(tree: &mut Tree, paragraph: Id, mark: Id) {
    let space = tree.text_node(" ");
    match tree.first(paragraph) {
        Some(first) => [mark, space].into_iter().for_each(|node| tree.insert_before(first, node)),
        None => tree.append(paragraph, mark),
    }
}

/// The paragraph of a note, when its mark stands in a box before it.
fn paragraph_after(tree: &Tree, mark: Id) -> Option<Id> {
    tree.parent(mark).filter(|parent| tree.is(*parent, &["div", "li", "section", "aside", "dt"]))?;
    let mut next = tree.element_after(mark)?;
    while tree.is(next, &["div"]) {
        next = tree.first_element(next)?;
    }
    tree.is(next, &["p"]).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_text};

    #[test]
    fn places_of_the_text_are_no_links() {
        check(
            super::run,
            "<p>a<a href=\"#fn1\">[1]</a></p><h2 id=\"x\"><a href=\"#x\">X</a><a href=\"#x\">#</a></h2><p><a href=\"#r1\">1</a> Note. <a href=\"#r1\">↩</a></p>",
            "<p>a<sup>1</sup></p><h2 id=\"x\">X</h2><p><sup>1</sup> Note. ↩</p>",
        );
        check(super::run, "<h2 id=part>P</h2><a href=https://example.org/news/?utm_source=x#part>Part</a>", "<h2 id=\"part\">P</h2>Part");
        check(super::run, "<h2 id=x><a href=#x>X<span>#</span></a></h2>", "<h2 id=\"x\">X</h2>");
        let on_the_page = "<a href=\"https://example.org/news/#more\">More</a>";
        check(super::run, on_the_page, on_the_page);
        let elsewhere = "<a href=\"https://other.example/#part\">Part</a>";
        check(super::run, elsewhere, elsewhere);
    }

    #[test]
    fn a_note_has_one_mark_and_its_way_back() {
        check_text(
            "<p>Text<sup id=fnref:1><a href=#fn:1>1</a></sup>.</p><ol><li id=fn:1><p>Note. <a href=https://example.org/news/#fnref:1>↩︎</a></p></li></ol>",
            "Text¹.\n\n1. Note. ↩",
        );
        check_text("<p>Text<a href=#_ftn1>[1]</a></p><p><a href=#_ftnref1>[1]</a> Note.</p>", "Text¹\n\n¹ Note.");
        check_text(
            "<p>a<a href=#footnote-1>1</a></p><div class=footnote><a href=#footnote-anchor-1>1</a><div><p>Note.</p></div></div>",
            "a¹\n\n¹ Note.",
        );
    }
}
