//! Runs of text between the borders of blocks, as a reader sees them: a paragraph, a headline, a line of a menu; and how
//! much each weighs as text of an article.

use crate::clean::tree::{Id, Step, Tree};
use crate::domain::html_names;

/// Characters from which a run is a sentence or more, and below which it is a label.
const SENTENCE: usize = 80;
const LABEL: usize = 25;
/// The share of linked characters from which a run is there to be followed, not read.
const MANY_LINKS: f64 = 0.4;
/// What a character of a short run counts.
const SHORT: f64 = 0.4;
/// Characters of a run that ends like a sentence.
const SHORT_SENTENCE: usize = 40;

/// One run.
#[derive(Debug)]
pub(super) struct Run {
    /// The block it stands in.
    pub owner: Id,
    /// Its text nodes.
    pub nodes: Vec<Id>,
    /// On one line.
    pub text: String,
    pub length: usize,
    /// The share of it that is linked.
    pub links: f64,
}

pub(super) fn is_block(tree: &Tree, id: Id) -> bool {
    html_names::is_block(tree.name(id))
}

impl Run {
    /// What it counts as text of an article.
    pub(super) fn weight(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a length in characters")]
        let length = self.length as f64;
        match self.length {
            labelled if labelled < LABEL || self.links >= MANY_LINKS => 0.0,
            short if short < SENTENCE => SHORT * length,
            _ => length,
        }
    }

    pub(super) fn ends_like_a_sentence(&self) -> bool {
        let last = self.text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ')' | ']')).chars().next_back();
        last.is_some_and(|last| ".!?…:;\"”»'’。！？".contains(last))
    }

    /// Whether it is sure to be prose.
    pub(super) fn is_prose(&self, tree: &Tree) -> bool {
        let is_sentence = || self.length >= SHORT_SENTENCE && self.links < 0.3 && self.ends_like_a_sentence();
        (self.length >= SENTENCE && self.links < MANY_LINKS) || (is_sentence() && !tree.is(self.owner, &["h1", "h2", "h3"]))
    }
}

/// The runs inside a node, in the order of the text; none is empty.
pub(super) fn runs(tree: &Tree, top: Id) -> Vec<Run> {
    let mut walk = Walk { tree, owners: vec![top], nodes: Vec::new(), linked: Vec::new(), links: 0, runs: Vec::new() };
    let mut step = tree.next(top, Step::Into(top), false).filter(|step| *step != Step::OutOf(top));
    while let Some(now) = step {
        match now {
            Step::Into(id) => walk.enter(id),
            Step::OutOf(id) if id == top => break,
            Step::OutOf(id) => walk.leave(id),
        }
        step = tree.next(top, now, false);
    }
    walk.end();
    walk.runs
}

struct Walk<'a> {
    tree: &'a Tree,
    owners: Vec<Id>,
    nodes: Vec<Id>,
    /// Whether each of the nodes is linked.
    linked: Vec<bool>,
    /// Links that are open.
    links: usize,
    runs: Vec<Run>,
}

impl Walk<'_> {
    fn enter(&mut self, id: Id) {
        if self.tree.text(id).is_some() {
            self.nodes.push(id);
            self.linked.push(self.links > 0);
        } else if self.tree.is(id, &["br"]) {
            self.end();
        } else if self.tree.is(id, &["a"]) {
            self.links += 1;
        } else if is_block(self.tree, id) {
            self.end();
            self.owners.push(id);
        }
    }

    fn leave(&mut self, id: Id) {
        if self.tree.is(id, &["a"]) {
            self.links = self.links.saturating_sub(1);
        } else if is_block(self.tree, id) {
            self.end();
            self.owners.pop();
        }
    }

    fn end(&mut self) {
        let (nodes, linked) = (std::mem::take(&mut self.nodes), std::mem::take(&mut self.linked));
        let texts: Vec<&str> = nodes.iter().filter_map(|id| self.tree.text(*id)).collect();
        let text = texts.concat().split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        let length = text.chars().count();
        let in_links: usize =
            texts.iter().zip(linked).filter(|(_, is_linked)| *is_linked).map(|(text, _)| text.trim().chars().count()).sum();
        #[expect(clippy::cast_precision_loss, reason = "lengths in characters")]
        let links = in_links as f64 / length as f64;
        let owner = self.owners.last().copied().unwrap_or_default();
        self.runs.push(Run { owner, nodes, text, length, links });
    }
}
