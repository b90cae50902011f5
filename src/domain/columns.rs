//! Columns of text on a terminal: the only place where they are counted.
//! Terminals differ on characters that are made of several; this is the count that none of them exceeds.

use super::clean_text::is_joiner;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a clean text: those of its characters one by one, so that a text takes as many as its parts, however it is split.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().filter_map(UnicodeWidthChar::width).sum() }
}

/// Whether terminals agree on the columns: some draw an emoji and its tone, or a Khmer syllable, in fewer, and a joiner in one.
pub fn is_certain(text: &str) -> bool {
    text.is_ascii() || (text.width() == columns(text) && !text.contains(is_joiner))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clean_text::CleanText;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn wide_characters_count_twice_and_marks_not_at_all() {
        let check = |text: &str, expected: usize, agreed: bool| assert_eq!((columns(text), is_certain(text)), (expected, agreed), "{text}");
        check("abc", 3, true);
        check("日本", 4, true);
        check("e\u{301}", 1, true);
        check("🇨🇦", 2, true);
        check("\u{1112}\u{1161}\u{11ab}", 2, true);
        check("त्रि", 3, true);
        check("น้ำ", 2, true);
        check("👍🏽", 4, false);
        check("ក្ខ", 2, false);
        check("\u{1f469}\u{200d}\u{1f680}", 4, false);
        check("\u{6cc}\u{200c}", 1, false);
        check("لا", 2, false);
    }

    /// Pieces of the scripts whose characters are made of several, in any order.
    fn scripts() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a",
            " ",
            "क",
            "्",
            "त",
            "र",
            "ि",
            "ष",
            "க",
            "்",
            "ஷ",
            "ௌ",
            "ก",
            "ำ",
            "น้",
            "ل",
            "ا",
            "لآ",
            "ِ",
            "\u{1112}",
            "\u{1161}",
            "\u{11ab}",
            "한",
            "👩",
            "\u{200d}",
            "🚀",
            "❤",
            "\u{fe0f}",
            "\u{fe0e}",
            "👍",
            "🏽",
            "🇨",
            "🇦",
            "1",
            "\u{20e3}",
            "ក",
            "\u{17d2}",
            "ខ",
            "ⵏ",
            "\u{2d7f}",
            "ꓹ",
            "ꓼ",
            "ᨕ",
            "ᨗ",
            "ｶ",
            "ﾞ",
            "日",
            "\u{338}",
            "<",
            "\u{1f3f4}",
            "\u{e0067}",
            "\u{e007f}",
        ]);
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_count_is_higher_and_the_parts_are_the_whole(text in prop_oneof![scripts(), any::<String>()], cut in 0usize..60) {
            let text = CleanText::new(&text);
            let drawn: usize = text.graphemes(true).map(UnicodeWidthStr::width).sum();
            prop_assert!(columns(&text) >= drawn.max(text.width()), "{text:?}");
            let cut = text.char_indices().nth(cut).map_or(text.len(), |(at, _)| at);
            prop_assert_eq!(columns(&text[..cut]) + columns(&text[cut..]), columns(&text));
        }
    }
}
