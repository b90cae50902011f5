//! What stands among the paragraphs of an article and is none of its text: bylines, credits, calls to subscribe, tags, links.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::document::Span;

use super::{phrases, words};

/// Words below which a line without a mark at its end is a label.
const LABEL: usize = 8;
/// Words up to which a line that has a credit in it is a caption.
const CAPTION: usize = 45;
/// Words that a greeting has at most.
const GREETING: usize = 16;
/// Words below which what has no mark at its end is a name or a label.
const FRAGMENT: usize = 6;
/// Words of a sentence that says anything.
const LEAST_WORDS: usize = 3;

/// What noise begins with, by its first letter.
static BY_FIRST: LazyLock<HashMap<char, Vec<&str>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<&str>> = HashMap::new();
    phrases::BEGINS.split('|').for_each(|begin| by_first.entry(begin.chars().next().unwrap_or(' ')).or_default().push(begin));
    by_first
});

/// Whether a paragraph is none of the article's text.
pub(super) fn is_noise(spans: &[Span], text: &str) -> bool {
    let text = text.trim();
    let words = words::count(text);
    let has_end = ends_with_mark(text);
    let lower = text.to_lowercase();
    let is_heading = spans.iter().filter(|span| !span.text.trim().is_empty()).all(|span| span.bold) && words < 2 * LABEL;
    !text.contains(char::is_alphabetic)
        || !has_end && (words < LABEL && !text.contains('…') && !text.contains("..") || is_heading || is_linked(spans))
        || begins_with_noise(&lower) && words < CAPTION
        || words < CAPTION && (!has_end || text.ends_with([')', ']'])) && phrases::CREDITS.split('|').any(|credit| lower.contains(credit))
        || is_tags(text)
        || text.starts_with('[') && text.find(']').is_some_and(|at| at + 2 >= text.len())
}

/// Whether a sentence among others of the article says nothing by itself.
pub(super) fn is_empty_talk(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let letters = sentence.chars().filter(|c| c.is_alphabetic() || c.is_whitespace()).count();
    let is_fragment = !ends_with_mark(sentence) && words::count(sentence) < FRAGMENT;
    words::count(sentence) < LEAST_WORDS
        || sentence.contains("://")
        || phrases::CALLS.split('|').any(|call| lower.contains(call))
        || phrases::GREETINGS.split('|').any(|greeting| lower.starts_with(greeting)) && words::count(sentence) < GREETING
        || lower.ends_with(" reports.") && words::count(sentence) < LABEL
        || lower.starts_with("update") && lower.chars().take(16).any(|c| c == ':')
        || is_fragment
        || letters * 10 < sentence.chars().count() * 6
        || begins_with_noise(&lower)
        || is_speaker(sentence)
        || is_byline(sentence)
}

pub(super) fn ends_with_mark(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '«' | ')' | ']' | '」' | '』' | '）')
    });
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։', '።'])
}

fn begins_with_noise(lower: &str) -> bool {
    let lower = lower.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '>' | '→' | '»' | '|' | '-' | '–' | '—'));
    let begins = |text: &str, begin: &str| {
        text.strip_prefix(begin).is_some_and(|rest| !begin.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphabetic))
    };
    let any = |text: &str| {
        text.chars().next().and_then(|first| BY_FIRST.get(&first)).is_some_and(|some| some.iter().any(|begin| begins(text, begin)))
    };
    let lower = &lower.replace('’', "'");
    any(lower) || lower.starts_with(['(', '[']) && any(lower.trim_start_matches(['(', '[']))
}

/// Whether nearly all of a line leads elsewhere.
fn is_linked(spans: &[Span]) -> bool {
    let length = |span: &Span| span.text.trim().chars().count();
    let all: usize = spans.iter().map(length).sum();
    let linked: usize = spans.iter().filter(|span| span.link.is_some()).map(length).sum();
    linked * 5 > all * 4
}

/// `#one #two`, `one | two | three`, names with commas between them.
fn is_tags(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let tags = text.split_whitespace().filter(|word| word.starts_with('#')).count();
    let parts = text.split([';', ',', '|', '·', '/', '、']).count();
    tags * 2 >= words || parts > 2 && words <= parts * 3 && !ends_with_mark(text)
}

/// `By Jane Doe`, `Von Jana Sinram (dpa).`
fn is_byline(sentence: &str) -> bool {
    let mut words = sentence.split('(').next().unwrap_or_default().split_whitespace();
    let is_by =
        words.next().is_some_and(|word| matches!(word.to_lowercase().as_str(), "by" | "von" | "par" | "por" | "door" | "di" | "av" | "af"));
    let names: Vec<&str> = words.collect();
    is_by
        && (2..=6).contains(&names.len())
        && names.iter().all(|name| name.starts_with(char::is_uppercase) || matches!(*name, "and" | "und" | "et" | "y" | "de" | "van"))
}

/// `SCOTT SIMON, HOST:` of a transcript, `(SOUNDBITE OF MUSIC)`.
fn is_speaker(sentence: &str) -> bool {
    let head = sentence.split(':').next().unwrap_or_default();
    let is_shouted = |text: &str| text.chars().filter(|c| c.is_uppercase()).count() > 3 && !text.contains(char::is_lowercase);
    sentence.starts_with('(') && is_shouted(sentence) || head.len() < sentence.len() && is_shouted(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_surrounds_an_article_is_noise() {
        let check = |text: &str, expected: bool| assert_eq!(is_noise(&[Span::plain(text)], text), expected, "{text}");
        check("By Jane Doe", true);
        check("OTTAWA —", true);
        check("Photo: a bridge at dawn.", true);
        check("A bridge at dawn. (Photo by Jane Doe/AP)", true);
        check("Read more: the bridge of 1911", true);
        check("(Read the announcement.)", true);
        check("Subscribe to our newsletter for more.", true);
        check("We use cookies to make this page work.", true);
        check("#bridges #ottawa #closed", true);
        check("Jane Doe; John Roe; Ann Poe", true);
        check("[Cross-posted from the other blog.]", true);
        check("12.3 / 4.5", true);
        check("Lesen Sie auch: die Brücke von 1911", true);
        check("The bridge is closed.", false);
        check("Photographs of the bridge were taken for a year, and nobody ever looked at one.", false);
        check("Crews are working to remove the spilled material at the site", false);
        check("The strike that stopped…", false);
    }

    #[test]
    fn a_line_in_bold_or_of_links_is_a_heading_or_a_way_elsewhere() {
        let text = "What the council means to do about the old harbour bridge";
        let plain = Span::plain(text);
        assert!(!is_noise(std::slice::from_ref(&plain), text));
        assert!(is_noise(&[Span { bold: true, ..plain.clone() }], text));
        assert!(is_noise(&[Span { link: Some("https://a.example/".into()), ..plain }], text));
    }

    #[test]
    fn a_sentence_that_says_nothing_by_itself_is_empty_talk() {
        let check = |text: &str, expected: bool| assert_eq!(is_empty_talk(text), expected, "{text}");
        check("Welcome back to another issue!", true);
        check("SCOTT SIMON, HOST: The bridge is closed.", true);
        check("(SOUNDBITE OF MUSIC)", true);
        check("By Jane Doe and John Roe.", true);
        check("Get 10% off with code BRIDGE.", true);
        check("It is at https://a.example/bridge now.", true);
        check("Jane Doe reports.", true);
        check("Update 2: It is open.", true);
        check("Medscape News UK", true);
        check("The post Bridge closed appeared first on The Herald.", true);
        check("Indeed so.", true);
        check("For more than a decade the bridge was open.", false);
        check("Terms of the deal were not disclosed.", false);
        check("The Post reported on Monday that it is shut.", false);
        check("Seventeen firms answered.", false);
        check("By Monday the bridge was closed.", false);
        check("12 月 11 日，泡泡玛特在港交所挂牌上市，定价每股 38.50 港元。", false);
    }
}
