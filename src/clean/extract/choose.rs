//! Finds the element that holds the main text: where most of the text that the witness names stands together with little
//! else, and where prose stands close together. Teasers are prose too, but each in a box of its own.

use super::runs::{self, is_block};
use super::witness::Text;
use crate::clean::tree::{Id, ROOT, Step, Tree};

/// What prose in a box inside a box counts for the outer one.
const INNER: f64 = 0.85;
/// What closeness counts against what the witness says.
const CLOSENESS: f64 = 0.3;

/// Elements of the text itself: their prose is their parent's.
const LINES: &[&str] = &["p", "blockquote", "pre", "h2", "h3", "h4"];
/// Elements that are never all of an article.
const PARTS: &[&str] = &["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "tr", "tbody", "table", "blockquote", "pre"];

/// What is known of each element.
#[derive(Clone, Copy, Default)]
struct Weights {
    /// Of all prose inside.
    all: f64,
    /// Of that part of it that the witness names.
    witnessed: f64,
    /// Of the prose that stands close together.
    close: f64,
}

/// The element that holds the main text; none on a page without prose.
pub(super) fn place(tree: &Tree, witnessed: &Text) -> Option<Id> {
    let weights = weigh(tree, witnessed);
    let candidates: Vec<Id> =
        [ROOT].into_iter().chain(tree.elements().into_iter().filter(|id| is_block(tree, *id) && !tree.is(*id, PARTS))).collect();
    let closest = candidates.iter().map(|id| weights[*id].close).fold(0.0, f64::max);
    if closest <= 0.0 {
        return None;
    }
    let score = |id: Id| {
        let Weights { all, witnessed: both, close } = weights[id];
        2.0 * both / (all + witnessed.weight).max(1.0) + CLOSENESS * close / closest
    };
    // of two that score alike the inner one, which comes later
    candidates.into_iter().max_by(|one, other| score(*one).total_cmp(&score(*other)))
}

fn weigh(tree: &Tree, witnessed: &Text) -> Vec<Weights> {
    let mut weights = vec![Weights::default(); tree.len()];
    for run in runs::runs(tree, ROOT) {
        let weight = run.weight();
        let own = &mut weights[run.owner];
        own.all += weight;
        own.close += weight;
        own.witnessed += if witnessed.has(&run) { weight } else { 0.0 };
    }
    let mut step = tree.next(ROOT, Step::Into(ROOT), false);
    while let Some(now) = step {
        if let Step::OutOf(id) = now
            && let Some(parent) = tree.parent(id)
        {
            let own = weights[id];
            let sum = &mut weights[parent];
            sum.all += own.all;
            sum.witnessed += own.witnessed;
            let is_box = is_block(tree, id) && !tree.is(id, LINES);
            sum.close += if is_box { INNER * own.close } else { own.close };
        }
        step = tree.next(ROOT, now, false);
    }
    weights
}
