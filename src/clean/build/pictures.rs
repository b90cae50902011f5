//! Which pictures of a line of text are words of its sentence: a formula, a sign, an icon, whose alt stands where they stand.
//! All others are blocks beside the paragraph. It must not ask what is on the picture, only where it stands.

use super::line::{Run, Style, push_text};
use crate::clean::tree::{Id, Tree};
use crate::domain::document::Block;

/// Characters of the alt of a word with text on both sides, on one side, and before the text of a line.
const MAX_BETWEEN: usize = 60;
/// Words of an alt from which it says what is on a picture.
const TELLING: usize = 4;
const MAX_AT_END: usize = 24;
const MAX_AT_START: usize = 12;
/// Pixels from which a picture is higher, or wider, than words are.
const HIGH: u32 = 60;
const WIDE: u32 = 320;
/// Alts that name no word.
const NO_WORDS: &[&str] = &["image", "img", "photo", "picture", "icon", "logo", "figure", "screenshot", "thumbnail", "bild", "foto"];
/// Parts of classes and styles of pictures beside which text runs.
const BESIDE: &[&str] = &["wp-image-", "size-", "alignleft", "alignright", "aligncenter", "float"];

/// A picture in a line of text.
pub(super) struct Picture {
    pub image: Block,
    pub alt: String,
    pub style: Style,
    /// Whether nothing about the picture itself speaks against its being a word.
    pub may_be_word: bool,
}

/// Whether a picture is small enough, and says little enough, for a word.
pub(super) fn may_be_word(tree: &Tree, id: Id, alt: &str) -> bool {
    let attribute = |name| tree.attribute(id, name).unwrap_or_default().trim().to_ascii_lowercase();
    let size = |name| attribute(name).trim_end_matches("px").parse::<u32>().unwrap_or(0);
    let is_beside = || {
        let said = [attribute("class"), attribute("style")].join(" ");
        matches!(attribute("align").as_str(), "left" | "right") || BESIDE.iter().any(|part| said.contains(part))
    };
    let is_file = || alt.rsplit_once('.').is_some_and(|(_, end)| matches!(end, "jpg" | "jpeg" | "png" | "gif" | "webp" | "svg" | "JPG"));
    let is_name = !alt.is_empty() && alt.chars().count() <= MAX_BETWEEN && !NO_WORDS.contains(&alt.to_lowercase().as_str());
    is_name && !is_file() && size("height") < HIGH && size("width") < WIDE && !is_beside()
}

/// Parts of a paragraph in their order.
pub(super) enum Part {
    Runs(Vec<Run>),
    Picture(Block),
}

/// Divides runs at the pictures: those that are words become text where they stand, each other one stands before the line of text
/// that it begins, or else behind the line that it is in.
pub(super) fn settle(runs: Vec<Run>) -> Vec<Part> {
    let mut after = afters(&runs).into_iter().rev();
    let mut before = None;
    let (mut left, mut parts, mut waiting) = (Vec::with_capacity(runs.len()), Vec::new(), Vec::new());
    for run in runs {
        let next = after.next().flatten();
        match run {
            Run::Picture(picture) if picture.may_be_word && is_word(&picture.alt, before, next) => {
                before = picture.alt.chars().next_back();
                push_text(&mut left, &picture.alt, picture.style);
            }
            Run::Picture(picture) => {
                waiting.push(Part::Picture(picture.image));
                if before.is_none() || next.is_none() {
                    parts.push(Part::Runs(std::mem::take(&mut left)));
                    parts.append(&mut waiting);
                } else if next.is_some_and(char::is_alphanumeric) {
                    push_text(&mut left, " ", Style::default());
                }
            }
            Run::Text(text, style) => {
                before = text.trim_end().chars().next_back().or(before);
                push_text(&mut left, &text, style);
            }
            Run::Break if waiting.is_empty() => {
                before = None;
                left.push(Run::Break);
            }
            Run::Break => {
                before = None;
                parts.push(Part::Runs(std::mem::take(&mut left)));
                parts.append(&mut waiting);
            }
        }
    }
    parts.push(Part::Runs(left));
    parts.append(&mut waiting);
    parts
}

/// For each run, from the last, the first character of the text behind it on its line.
fn afters(runs: &[Run]) -> Vec<Option<char>> {
    let mut after = None;
    let one = |run: &Run| {
        let behind = after;
        after = match run {
            Run::Text(text, _) => text.trim_start().chars().next().or(after),
            Run::Break => None,
            Run::Picture(_) => after,
        };
        behind
    };
    runs.iter().rev().map(one).collect()
}

/// Whether an alt is a word of the sentence between what stands before and behind its picture.
fn is_word(alt: &str, before: Option<char>, after: Option<char>) -> bool {
    let length = alt.chars().count();
    let words = alt.split_whitespace().count();
    // letters and spaces alone are no formula
    let is_prose = words > 1 && alt.chars().all(|c| c.is_alphabetic() || c.is_whitespace());
    let goes_on = |c: char| !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？');
    let is_sign = || length <= 2 && !alt.contains(char::is_alphanumeric);
    match (before, after) {
        (None, None) => false,
        (Some(before), Some(after)) => {
            let is_middle = after.is_lowercase() || (!after.is_alphanumeric() && !matches!(after, '(' | '[' | '“' | '"' | '«'));
            let most = if is_middle { MAX_BETWEEN } else { MAX_AT_END };
            is_sign() || ((goes_on(before) || is_middle) && length <= most && !(is_prose && words >= TELLING))
        }
        (Some(before), None) => is_sign() || (goes_on(before) && length <= MAX_AT_END && !is_prose),
        (None, Some(after)) => is_sign() || (after.is_lowercase() && length <= MAX_AT_START),
    }
}
