//! Makes links of the addresses that stand bare in the text, without their tracking. It must not touch code, nor what is a link.
//!
//! before: `<p>See https://example.org/x?utm_source=rss.</p>`
//! after:  `<p>See <a href="https://example.org/x">https://example.org/x</a>.</p>`

use std::ops::Range;

use super::super::page::Page;
use super::super::tree::{Id, Tree};

const SCHEMES: &[&str] = &["https://", "http://"];
/// Characters that end an address, besides white space.
const ENDS: &str = "<>\"`“”„»«‹›{}|\\^。、，；：！？（）「」『』【】《》";
/// Characters at the end of an address that belong to the sentence.
const OF_THE_SENTENCE: &str = ".,;:!?'’‘*_~)]";
/// Addresses that are made links; more is no text.
const MAX_ADDRESSES: usize = 10_000;

pub(super) fn run(tree: &mut Tree, page: &Page) {
    let mut left = MAX_ADDRESSES;
    for id in tree.texts() {
        let Some(text) = tree.text(id).filter(|text| text.contains("://")) else { continue };
        if tree.is_in_code(id) || tree.ancestors(id).any(|around| tree.is(around, &["a"])) {
            continue;
        }
        let text = text.to_string();
        let found: Vec<(Range<usize>, String)> =
            addresses(&text).take(left).filter_map(|range| Some((range.clone(), page.link(&text[range])?))).collect();
        left -= found.len();
        split(tree, id, &text, found);
    }
}

/// Puts the links into the text, each as it is written there unless it was longer with its tracking.
fn split(tree: &mut Tree, id: Id, text: &str, found: Vec<(Range<usize>, String)>) {
    let mut at = 0;
    for (range, url) in found {
        let written = Some(&text[range.clone()]).filter(|written| written.len() <= url.len()).unwrap_or(&url);
        let (before, words, link) = (tree.text_node(&text[at..range.start]), tree.text_node(written), tree.element("a"));
        tree.set_attribute(link, "href", &url);
        tree.append(link, words);
        [before, link].into_iter().for_each(|new| tree.insert_before(id, new));
        at = range.end;
    }
    if at > 0 {
        tree.set_text(id, text[at..].to_string());
    }
}

/// Where addresses stand in a text. One that was cut off, as `…` behind it says, leads nowhere.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    text.match_indices("://").filter_map(move |(colon, _)| {
        let start = SCHEMES
            .iter()
            .map(|scheme| scheme.len() - 3)
            .find_map(|length| start_of(text, colon, length))
            .filter(|start| *start >= from)?;
        let length = text[start..].find(|c: char| c.is_whitespace() || ENDS.contains(c)).unwrap_or(text.len() - start);
        let written = &text[start..start + length];
        from = start + length;
        let bare = without_sentence(written);
        let is_cut_off = written[bare.len()..].starts_with("...") || bare.contains('…');
        (!is_cut_off && start + bare.len() > colon + 3).then_some(start..start + bare.len())
    })
}

/// Where the scheme of so many letters before a colon begins, when it is one of ours and no part of a longer word.
fn start_of(text: &str, colon: usize, length: usize) -> Option<usize> {
    let start = colon.checked_sub(length)?;
    let is_scheme = text.get(start..colon + 3).is_some_and(|scheme| SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()));
    (is_scheme && !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric())).then_some(start)
}

/// An address without the marks of its sentence; a bracket that was opened inside stays.
fn without_sentence(written: &str) -> &str {
    let count = |wanted: char| written.matches(wanted).count();
    // brackets that are closed more often than opened
    let (mut round, mut square) = (count(')').saturating_sub(count('(')), count(']').saturating_sub(count('[')));
    let mut bare = written;
    while let Some(last) = bare.chars().next_back().filter(|last| OF_THE_SENTENCE.contains(*last)) {
        match last {
            ')' if round == 0 => break,
            ']' if square == 0 => break,
            ')' => round -= 1,
            ']' => square -= 1,
            _ => {}
        }
        bare = &bare[..bare.len() - last.len_utf8()];
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_text};

    #[test]
    fn a_bare_address_is_a_link_without_its_tracking() {
        check(
            super::run,
            "<p>See https://example.org/x?utm_source=rss.</p>",
            "<p>See <a href=\"https://example.org/x\">https://example.org/x</a>.</p>",
        );
        check_text(
            "One line.\n\nSee https://e.example/a_(b) (or http://f.example/).",
            "One line.\n\nSee [https://e.example/a\\_(b)](<https://e.example/a_(b)>) (or [http://f.example/](http://f.example/)).",
        );
    }

    #[test]
    fn what_is_no_address_or_is_code_or_a_link_stays() {
        let check_same = |html: &str| check(super::run, html, html);
        check_same("<code>https://e.example/</code><pre>curl https://e.example/</pre>");
        check_same("<a href=\"https://e.example/\">https://e.example/</a>");
        check_same("Write https:// first, or ftp://e.example/, or xhttp://e.example/ or https://e.example/a…");
    }
}
