//! Trims the main text: lists of links and the sentences of machines inside it, the byline and date that stand before its
//! first sentence, the tags and names that stand after its last. What is prose stays.

use std::collections::HashMap;

use super::phrases;
use super::runs::{self, Run};
use crate::clean::tree::{Id, Tree};

/// The share of links from which a list is one of links, and a paragraph nothing but a link.
const LINK_LIST: f64 = 0.7;
const ONLY_LINK: f64 = 0.9;
/// Characters of such a paragraph; a shorter one may be a heading.
const LINK_LENGTH: usize = 20;
/// The share of links from which a line before or after the text is no part of it.
const MANY_LINKS: f64 = 0.4;
/// Characters below which a line before or after the text is a label.
const LABEL: usize = 30;

/// Takes all that out of the element that holds the main text.
pub(super) fn trim(tree: &mut Tree, place: Id, title: &str) {
    let mut runs = runs::runs(tree, place);
    runs.retain(|run| !is_caption(tree, run));
    let unwanted = link_lists(tree, place, &runs);
    let (mut kept, mut dropped): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for (run, is_in_link_list) in runs.into_iter().zip(unwanted) {
        if is_in_link_list || phrases::is_one(&run) || is_only_link(tree, &run) { dropped.push(run) } else { kept.push(run) }
    }
    let title = title.to_lowercase();
    let lead = kept.iter().take_while(|run| !run.is_prose(tree) && is_lead(tree, run, &title)).count();
    dropped.extend(kept.drain(..lead));
    let tail = kept.iter().rev().take_while(|run| !run.is_prose(tree) && is_tail(tree, run)).count();
    dropped.extend(kept.drain(kept.len() - tail..));
    dropped.iter().flat_map(|run| &run.nodes).for_each(|node| tree.detach(*node));
}

/// What a picture says is kept with the picture.
fn is_caption(tree: &Tree, run: &Run) -> bool {
    tree.is(run.owner, &["figcaption"]) || tree.ancestors(run.owner).any(|id| tree.is(id, &["figcaption"]))
}

/// For each run, whether it stands in a list of links.
fn link_lists(tree: &Tree, place: Id, runs: &[Run]) -> Vec<bool> {
    let list_of = |run: &Run| {
        let own = [run.owner].into_iter().chain(tree.ancestors(run.owner));
        own.take_while(|id| *id != place).find(|id| tree.is(*id, &["ul", "ol"]))
    };
    let lists: Vec<Option<Id>> = runs.iter().map(list_of).collect();
    let mut lengths: HashMap<Id, (f64, f64)> = HashMap::new();
    for (run, list) in runs.iter().zip(&lists) {
        if let Some(list) = list {
            #[expect(clippy::cast_precision_loss, reason = "a length in characters")]
            let length = run.length as f64;
            let sums = lengths.entry(*list).or_default();
            *sums = (sums.0 + length, sums.1 + length * run.links);
        }
    }
    lists.iter().map(|list| list.and_then(|list| lengths.get(&list)).is_some_and(|(all, linked)| *linked >= LINK_LIST * all)).collect()
}

fn is_only_link(tree: &Tree, run: &Run) -> bool {
    let is_line = tree.is(run.owner, &["p", "div", "section", "article", "h2", "h3", "h4", "h5", "h6", "td", "figure"]);
    is_line && run.links >= ONLY_LINK && run.length >= LINK_LENGTH
}

/// A line before the first sentence: headline, byline, date, breadcrumbs.
fn is_lead(tree: &Tree, run: &Run, title: &str) -> bool {
    let is_kept = tree.is(run.owner, &["li", "h2", "h3", "h4", "h5", "td", "blockquote", "pre"]);
    tree.is(run.owner, &["h1"])
        || run.links >= MANY_LINKS
        || phrases::is_byline(&run.text)
        || (run.length < 100 && phrases::has_date(&run.text))
        || title.contains(&run.text.to_lowercase())
        || (!is_kept && run.length < LABEL && !run.ends_like_a_sentence())
}

/// A line after the last sentence: tags, names, headings of what is not there any more.
fn is_tail(tree: &Tree, run: &Run) -> bool {
    let is_kept = tree.is(run.owner, &["li", "td", "blockquote", "pre", "p"]);
    tree.is(run.owner, &["h1", "h2", "h3", "h4", "h5", "h6"])
        || run.links >= MANY_LINKS
        || phrases::is_byline(&run.text)
        || (run.length < 60 && phrases::has_date(&run.text))
        || (!is_kept && run.length < LABEL && !run.ends_like_a_sentence())
}
