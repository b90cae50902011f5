//! Columns of text, by whole characters as a person sees them; none is ever split.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

pub(super) use crate::domain::{columns::columns, wrap::prefix};

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
        assert_eq!(prefix("日本語", 5), "日本");
        assert_eq!(prefix("e\u{301}x", 1), "e\u{301}");
        assert_eq!(narrowed("a日", 1), "a?");
    }
}
