//! Whether a text is only the beginning of one.

use super::document::{Block, Document, text_of};

/// Words that a teaser has at most.
const MOST_WORDS: usize = 160;
/// What a beginning ends with beside dots, in lower case.
const ENDINGS: &[&str] = &[
    "read more",
    "read on",
    "continue reading",
    "keep reading",
    "full story",
    "full article",
    "read full story",
    "read the full story",
    "read full article",
    "read the full article",
    "read the rest",
    "(more",
    "[more",
    "[mehr",
    "weiterlesen",
    "mehr lesen",
    "lire la suite",
    "en savoir plus",
    "leer más",
    "lees meer",
];
/// Signs that may stand behind that.
const BEHIND: &[char] = &[' ', ']', ')', '.', '›', '»', '→', '>', '\u{a0}'];

/// Whether a document is short and breaks off, or ends by saying that it goes on elsewhere.
pub fn is_teaser(document: &Document) -> bool {
    let text = match document.blocks.iter().rev().find(|block| !matches!(block, Block::Image { .. } | Block::Rule)) {
        Some(Block::Paragraph { text }) => text,
        _ => return false,
    };
    let end = text_of(text).to_lowercase();
    let end = end.trim_end();
    let is_linked = text.last().is_some_and(|span| span.link.is_some());
    let breaks_off = end.trim_end_matches(BEHIND).ends_with('…') || ["...", "...]", "...)"].iter().any(|dots| end.ends_with(dots));
    let goes_on = breaks_off || before_the_words(end, is_linked).is_some();
    goes_on && document.word_count() <= MOST_WORDS
}

/// The text before the dots and the words that send its reader elsewhere, if it ends with any.
pub(crate) fn before_the_break(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let pointed = before_the_words(text, false);
    let rest = pointed.unwrap_or(text);
    let undotted = rest.trim_end_matches(|c| BEHIND.contains(&c) || c == '[' || c == '(' || c == '…');
    let dots = &rest[undotted.len()..];
    let is_dotted = dots.contains('…') || dots.contains("..");
    // a sentence that is whole keeps its full stop
    let is_whole = [". ", ".…", ".[", ".("].iter().any(|end| dots.starts_with(end));
    if is_dotted { Some(&rest[..undotted.len() + usize::from(is_whole)]) } else { pointed }
}

/// The text before the words that send its reader elsewhere, if it ends with any. Those that end a sentence of the author's say
/// nothing of more, unless they are a link or a sign stands behind them.
fn before_the_words(text: &str, is_linked: bool) -> Option<&str> {
    let bare = text.trim_end_matches(BEHIND);
    let is_pointed = is_linked || text.ends_with(['›', '»', '→', '>', ']', ')']);
    let stands_alone = |before: &&str| is_pointed || !before.ends_with(|c: char| c.is_alphanumeric() || c == ',');
    ENDINGS.iter().find_map(|ending| {
        let (before, end) = bare.split_at_checked(bare.len().checked_sub(ending.len())?)?;
        end.eq_ignore_ascii_case(ending).then(|| before.trim_end()).filter(stands_alone)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::Span;

    fn check(text: &str, expected: bool) {
        let blocks = vec![Block::Paragraph { text: vec![Span::plain(text)] }];
        assert_eq!(is_teaser(&Document { blocks, ..Document::default() }), expected, "{text}");
    }

    #[test]
    fn a_short_text_that_breaks_off_is_a_teaser() {
        check("The strike that stopped freight for nine days…", true);
        check("The strike that stopped freight [...]", true);
        check("The strike that stopped freight […]", true);
        check("The strike that stopped freight. Read more »", true);
        check("The strike that stopped freight. Continue reading.", true);
        check("The strike ended on Saturday.", false);
        check("That is not the full story.", false);
        check("It was late, but we read on.", false);
        check("Read on", true);
        check("The strike that stopped freight Read more »", true);
        check("The strike that stopped freight (more)", true);
        check("La huelga terminó. LEER MÁS »", true);
        check("", false);
        check(&format!("{} and so on…", "word ".repeat(200)), false);
    }

    #[test]
    fn the_words_before_the_break_are_the_articles() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(before_the_break(text), expected, "{text}");
        check("The strike that stopped freight […]", Some("The strike that stopped freight"));
        check("The strike that stopped freight ...", Some("The strike that stopped freight"));
        check("The strike ended. Read more »", Some("The strike ended."));
        check("The strike ended.…", Some("The strike ended."));
        check("The strike ended. [...]", Some("The strike ended."));
        check("The strike that stopped… Read more »", Some("The strike that stopped"));
        check("The strike that stopped freight Read more »", Some("The strike that stopped freight"));
        check("It was late, but we read on.", None);
        check("The strike ended (on Saturday).", None);
        check("…", Some(""));
    }

    #[test]
    fn a_text_that_ends_with_something_else_is_none() {
        let paragraph = Block::Paragraph { text: vec![Span::plain("It goes on…")] };
        let heading = Block::Heading { level: 2, text: vec![Span::plain("More…")] };
        assert!(!is_teaser(&Document { blocks: vec![paragraph.clone(), heading], ..Document::default() }));
        assert!(is_teaser(&Document { blocks: vec![paragraph, Block::Rule], ..Document::default() }));
    }
}
