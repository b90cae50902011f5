//! Columns of text, by whole characters as a person sees them; none is ever split.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns of a text: the sum of its characters, since that is how a terminal draws it.
pub(super) fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(character_columns).sum() }
}

pub(super) fn character_columns(character: &str) -> usize {
    character.width()
}

/// The longest start of a text of at most that many columns, in bytes.
pub(super) fn fitting(text: &str, columns: usize) -> usize {
    let mut left = columns;
    for (at, character) in text.grapheme_indices(true) {
        match left.checked_sub(character_columns(character)) {
            Some(rest) => left = rest,
            None => return at,
        }
    }
    text.len()
}

/// The text with `?` for each character that is wider than `width` alone.
pub(super) fn narrowed(text: &str, width: usize) -> Cow<'_, str> {
    if width >= 2 && !text.graphemes(true).any(|character| character_columns(character) > width) {
        return Cow::Borrowed(text);
    }
    text.graphemes(true).map(|character| if character_columns(character) > width { "?" } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_count_twice_and_marks_not_at_all() {
        let check = |text: &str, expected: usize| assert_eq!(columns(text), expected, "{text}");
        check("abc", 3);
        check("日本", 4);
        check("e\u{301}", 1);
        check("👍🏽", 2);
        check("🇨🇦", 2);
    }

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(&"日本語"[..fitting("日本語", 5)], "日本");
        assert_eq!(&"e\u{301}x"[..fitting("e\u{301}x", 1)], "e\u{301}");
        assert_eq!(narrowed("a日", 1), "a?");
    }
}
