//! Words of a text, also in the languages that put no spaces between them: there, so many characters count as a word.
//! Rules of thumb for reading time and for telling texts apart; no dictionary.

/// Letters of a word that says what a text is about.
const LONG_WORD: usize = 5;

/// How many words a text has.
pub(super) fn count(text: &str) -> usize {
    let words = text.split_whitespace();
    if text.is_ascii() { words.count() } else { words.map(count_in).sum() }
}

/// How many words stand between two spaces, one at least.
fn count_in(word: &str) -> usize {
    let unspaced: usize = word.chars().filter_map(signs_a_word).map(|signs| WHOLE / signs).sum();
    let is_more = unspaced == 0 || word.chars().any(|c| c.is_alphanumeric() && signs_a_word(c).is_none());
    unspaced.div_ceil(WHOLE) + usize::from(is_more)
}

/// What the parts of a word that characters count for add up to: each of [`signs_a_word`] divides it.
const WHOLE: usize = 8;

/// The words that say what a text is about; of languages without spaces, runs of as many characters as a word has.
pub(super) fn telling(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |c: char| is_hiragana(c) || !(c.is_alphanumeric() || signs_a_word(c).is_some());
    text.split(is_between).flat_map(|word| match word.chars().find_map(signs_a_word) {
        Some(signs) => runs(word, signs),
        None => Vec::from_iter((word.chars().count() >= LONG_WORD).then_some(word)),
    })
}

/// Every so many characters that stand side by side.
fn runs(word: &str, signs: usize) -> Vec<&str> {
    let ends = word.char_indices().map(|(at, _)| at).chain([word.len()]).skip(signs);
    word.char_indices().zip(ends).map(|((start, _), end)| &word[start..end]).collect()
}

/// How many characters make a word in the script of one, where no spaces stand between words.
fn signs_a_word(c: char) -> Option<usize> {
    match c {
        '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{309f}'
        | '\u{30a1}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}' => Some(2),
        // Thai, Lao, Burmese, Khmer
        '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Some(4),
        _ => None,
    }
}

/// Hiragana writes endings and small words, which say nothing of what a text is about.
pub(crate) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_with_spaces_or_without() {
        let check = |text: &str, expected: usize| assert_eq!(count(text), expected, "{text}");
        check("", 0);
        check("one two, three", 3);
        check("über zwölf – Wörter", 4);
        check("日本語です。", 3);
        check("iPhoneの価格 発表", 4);
        check("今天下雪", 2);
        check("สะพานเก่าถูกปิด", 4);
        check("한국어는 띄어쓰기로", 2);
    }

    #[test]
    fn words_that_tell_are_long_or_pairs_of_signs() {
        let check = |text: &str, expected: &[&str]| assert_eq!(telling(text).collect::<Vec<_>>(), expected, "{text}");
        check("the bridge was closed.", &["bridge", "closed"]);
        check("古い橋は通行止めになった。", &["通行", "行止"]);
        check("スマホ 12", &["スマ", "マホ"]);
        check("สะพาน", &["สะพา", "ะพาน"]);
    }
}
