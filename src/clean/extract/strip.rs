//! Takes out of a whole page what is never its main text: what works the page, what it hides, and boxes that by their
//! name or role stand beside the text. A box that holds much of the page's prose is none, whatever its name.

use super::names;
use super::runs;
use crate::clean::steps::drop_forms;
use crate::clean::tree::{Id, ROOT, Step, Tree};

/// The share of the page's prose from which a box is not beside the text.
const MUCH: f64 = 0.3;

const MACHINERY: &[&str] = &[
    "script", "style", "noscript", "svg", "template", "select", "button", "input", "textarea", "label", "nav", "dialog", "iframe",
    "object", "embed", "canvas", "map", "head", "title", "link", "meta", "base", "option", "progress", "meter", "audio", "video",
];
/// Elements that are part of a text, whatever they are called.
const TEXT: &[&str] = &[
    "article",
    "main",
    "p",
    "a",
    "b",
    "em",
    "i",
    "strong",
    "h1",
    "td",
    "tr",
    "table",
    "tbody",
    "blockquote",
    "pre",
    "code",
    "li",
    "figure",
    "figcaption",
];
const ROLES: &[&str] = &["navigation", "complementary", "contentinfo", "banner", "search", "dialog"];

/// Drops what is no text in any place of a page.
pub(super) fn machinery(tree: &mut Tree) {
    drop_forms(tree);
    for id in tree.elements() {
        if tree.is(id, MACHINERY) || tree.is_hidden(id) {
            tree.detach(id);
        }
    }
}

/// Drops the boxes that stand beside the text, but for `main` and what is around it.
pub(super) fn boxes(tree: &mut Tree, main: Option<Id>) {
    let insides = insides(tree);
    let whole = insides[ROOT].prose.max(1.0);
    let around: Vec<Id> = main.into_iter().flat_map(|main| tree.ancestors(main).chain([main]).collect::<Vec<_>>()).collect();
    for id in tree.elements() {
        let Inside { prose, is_shielded } = insides[id];
        if prose < MUCH * whole && !is_shielded && !around.contains(&id) && is_beside(tree, id) {
            tree.detach(id);
        }
    }
}

fn is_beside(tree: &Tree, id: Id) -> bool {
    if tree.is(id, TEXT) {
        return false;
    }
    let has_role = || tree.attribute(id, "role").is_some_and(|role| ROLES.contains(&role));
    let name = |attribute| tree.attribute(id, attribute).unwrap_or_default();
    tree.is(id, &["aside", "footer"]) || has_role() || names::are_beside(name("class")) || names::are_beside(name("id"))
}

#[derive(Clone, Copy, Default)]
struct Inside {
    prose: f64,
    /// Whether it holds a quotation or the page's headline.
    is_shielded: bool,
}

fn insides(tree: &Tree) -> Vec<Inside> {
    let mut insides = vec![Inside::default(); tree.len()];
    for run in runs::runs(tree, ROOT) {
        insides[run.owner].prose += run.weight();
    }
    let mut step = tree.next(ROOT, Step::Into(ROOT), false);
    while let Some(now) = step {
        if let Step::OutOf(id) = now
            && let Some(parent) = tree.parent(id)
        {
            let own = insides[id];
            insides[parent].prose += own.prose;
            insides[parent].is_shielded |= own.is_shielded || tree.is(id, &["blockquote", "h1"]);
        }
        step = tree.next(ROOT, now, false);
    }
    insides
}
