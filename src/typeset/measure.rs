//! Columns of text, by whole characters as a person sees them; none is ever split.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

pub(super) use crate::domain::columns::columns;

/// The longest start of a text of at most `room` columns, in bytes.
pub(super) fn fitting(text: &str, room: usize) -> usize {
    let mut left = room;
    for (at, character) in text.grapheme_indices(true) {
        match left.checked_sub(columns(character)) {
            Some(rest) => left = rest,
            None => return at,
        }
    }
    text.len()
}

/// The text with `?` for each character that is wider than `width` alone.
pub(super) fn narrowed(text: &str, width: usize) -> Cow<'_, str> {
    if width >= 2 && !text.graphemes(true).any(|character| columns(character) > width) {
        return Cow::Borrowed(text);
    }
    text.graphemes(true).map(|character| if columns(character) > width { "?" } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(&"日本語"[..fitting("日本語", 5)], "日本");
        assert_eq!(&"e\u{301}x"[..fitting("e\u{301}x", 1)], "e\u{301}");
        assert_eq!(narrowed("a日", 1), "a?");
    }
}
