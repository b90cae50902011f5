//! The running text of a document: paragraphs, or an abstract alone; list articles and quotations where there is nothing else.
//! Code, tables, pictures and what stands under headings such as "References" are never looked at.

use crate::domain::document::{Block, Document, Span, text_of};
use crate::domain::teaser::before_the_break;

use super::{noise, phrases};

/// Characters of running text that are looked at: what an article is about stands at its beginning.
const MOST_TEXT: usize = 20_000;
/// Words of the name of a series that a paragraph begins with.
const MOST_OF_KICKER: usize = 4;

/// What a passage ends with that was not broken off.
const WHOLE: &[char] = &['.', '!', '?', '。', '！', '？', '۔', '؟', '।', '"', '”', '»', ')', '」'];

/// Hands on the paragraphs of a block.
type Each = fn(&Block, &mut dyn FnMut(&[Span]));

/// Text of one paragraph.
#[derive(Debug)]
pub(super) struct Passage {
    pub text: String,
    /// Its place, or that of the list or quotation that it is in, in the document.
    pub block: usize,
    /// Whether the article goes on behind it where the feed broke it off.
    pub is_cut: bool,
    pub is_abstract: bool,
    /// Whether all of it is set in bold or in italics, as what stands above an article is.
    pub is_set_off: bool,
}

/// The passages of a document in order, without those that are no text of it.
pub(super) fn passages(document: &Document, is_teaser: bool) -> Vec<Passage> {
    let mut found = running_text(document, paragraph);
    if found.is_empty() {
        found = running_text(document, listed);
    }
    if found.is_empty() {
        found = running_text(document, quoted);
    }
    if found.is_empty() {
        found = running_text(document, headed);
    }
    if found.iter().any(|passage| passage.is_abstract) {
        found.retain(|passage| passage.is_abstract);
    }
    for passage in &mut found {
        let is_before_code = passage.text.trim_end().ends_with(':') && is_left_out(document.blocks.get(passage.block + 1));
        passage.is_cut = is_before_code;
    }
    if let Some(last) = found.last_mut() {
        break_off(last, is_teaser);
    }
    found.retain(|passage| !passage.text.is_empty());
    found
}

fn paragraph(block: &Block, take: &mut dyn FnMut(&[Span])) {
    if let Block::Paragraph { text } = block {
        take(text);
    }
}

fn listed(block: &Block, take: &mut dyn FnMut(&[Span])) {
    match block {
        Block::List { items, .. } => items.iter().flatten().for_each(|block| listed(block, take)),
        block => paragraph(block, take),
    }
}

fn quoted(block: &Block, take: &mut dyn FnMut(&[Span])) {
    match block {
        Block::Quote { blocks } => blocks.iter().for_each(|block| quoted(block, take)),
        block => listed(block, take),
    }
}

/// A heading that is a sentence.
fn headed(block: &Block, take: &mut dyn FnMut(&[Span])) {
    if let Block::Heading { text, .. } = block
        && noise::ends_with_mark(&text_of(text))
    {
        take(text);
    }
}

fn running_text(document: &Document, each: Each) -> Vec<Passage> {
    let (mut found, mut room) = (Vec::new(), MOST_TEXT);
    let (mut is_abstract, mut is_aside) = (false, false);
    for (block, content) in document.blocks.iter().enumerate() {
        if let Block::Heading { text, .. } = content {
            let heading = text_of(text).trim().trim_end_matches([':', '.']).to_lowercase();
            let is_one_of = |list: &str| list.split('|').any(|one| one == heading);
            (is_abstract, is_aside) = (is_one_of(phrases::ABSTRACTS), is_one_of(phrases::ASIDES));
        }
        // what a blog quotes below "Somebody writes:" is what it is about
        let is_announced =
            found.len() == 1 && found.iter().all(|before: &Passage| before.block + 1 == block && before.text.trim_end().ends_with(':'));
        let each = if is_announced { quoted } else { each };
        each(content, &mut |spans| {
            let text = text_of(without_kicker(spans));
            let announces =
                found.is_empty() && text.trim_end().ends_with(':') && matches!(document.blocks.get(block + 1), Some(Block::Quote { .. }));
            if room > 0 && !is_aside && (announces || !noise::is_noise(spans, &text)) {
                room = room.saturating_sub(text.chars().count());
                found.push(Passage { text, block, is_cut: false, is_abstract, is_set_off: is_set_off(spans) });
            }
        });
    }
    found
}

/// A paragraph without the word or two in bold that name its series: `**Analysis** The bridge is closed.`
fn without_kicker(spans: &[Span]) -> &[Span] {
    let Some((first, rest)) = spans.split_first() else { return spans };
    let is_kicker =
        first.bold && !first.text.ends_with(['.', '!', '?', ':', ',']) && first.text.split_whitespace().count() <= MOST_OF_KICKER;
    let next: String = text_of(rest);
    let begins = next.starts_with(' ') || first.text.ends_with(' ');
    let is_sentence = next.trim_start().starts_with(char::is_uppercase) && next.split_whitespace().count() > 2 * MOST_OF_KICKER;
    if is_kicker && begins && is_sentence { rest } else { spans }
}

fn is_set_off(spans: &[Span]) -> bool {
    let mut spans = spans.iter().filter(|span| !span.text.trim().is_empty()).peekable();
    spans.peek().is_some() && (spans.clone().all(|span| span.bold) || spans.all(|span| span.italic))
}

/// Whether what a colon points to is never part of a summary.
fn is_left_out(next: Option<&Block>) -> bool {
    matches!(next, Some(Block::Code { .. } | Block::Table { .. } | Block::List { .. } | Block::Image { .. }))
}

/// Takes the dots and the "Read more" off the last passage, and marks it where its last sentence goes on elsewhere.
fn break_off(last: &mut Passage, is_teaser: bool) {
    let before = before_the_break(&last.text).map(str::len);
    let is_dotted = before.is_some_and(|end| last.text[end..].contains(['…']) || last.text[end..].contains(".."));
    if let Some(end) = before {
        last.text.truncate(end);
    }
    let is_whole = last.text.ends_with(WHOLE);
    last.is_cut |= (is_dotted || is_teaser) && !is_whole || last.text.ends_with([',', '-', '–']);
}
