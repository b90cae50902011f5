//! A word without its endings: lower case, no accents, the inflections of the large European languages cut off.
//! Coarse on purpose: two words that fall together by chance are weak evidence and need others beside them.

use crate::domain::plain_text::plain_character;

/// Letters of a stem at most: what follows in a long word of these languages is mostly ending.
const LONGEST: usize = 7;
/// No ending is cut off that would leave fewer letters.
const SHORTEST: usize = 4;
const ENDINGS: &[&str] = &[
    "ations", "ation", "ating", "ated", "ates", "ate", "ments", "ment", "ings", "ing", "ers", "ed", "es", "en", "er", "ly", "s", "e", "n",
];

/// The word in lower case and, where it is Latin, without accents.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{652}' => {}
            'a'..='z' => folded.push(c),
            '\u{0}'..='\u{24f}' => folded.push_str(&plain_character(c).to_ascii_lowercase()),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// The stem of a word as it is written.
pub(super) fn stem(word: &str) -> String {
    of_folded(&fold(word))
}

/// The stem of a word in lower case and without accents.
pub(super) fn of_folded(word: &str) -> String {
    if word.is_ascii() { latin(word) } else { other(word) }
}

fn latin(word: &str) -> String {
    let ending = ENDINGS.iter().find(|ending| word.ends_with(**ending) && word.len() - ending.len() >= SHORTEST);
    let cut = ending.map_or(word, |ending| &word[..word.len() - ending.len()]);
    let cut = cut.strip_suffix('i').or_else(|| cut.strip_suffix('y')).filter(|rest| rest.len() >= SHORTEST).unwrap_or(cut);
    cut[..cut.len().min(LONGEST)].to_string()
}

/// Other scripts that inflect at the end, such as Cyrillic and Greek, lose their last letters.
fn other(word: &str) -> String {
    let letters = word.chars().count();
    let kept = if letters > 2 * LONGEST { LONGEST * 2 } else { letters.saturating_sub(2).max(SHORTEST) };
    word.chars().take(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let check = |one: &str, other: &str| assert_eq!(stem(one), stem(other), "{one} {other}");
        check("strikes", "striking");
        check("evacuated", "evacuation");
        check("Séismes", "seisme");
        check("resigns", "resigned");
        check("companies", "company");
        check("Lokführern", "Lokführer");
        check("складе", "склад");
        check("victims", "VICTIM");
    }

    #[test]
    fn other_words_have_other_stems() {
        let check = |one: &str, other: &str| assert_ne!(stem(one), stem(other), "{one} {other}");
        check("Austria", "Australia");
        check("internet", "international");
        check("Iran", "Iraq");
        check("car", "care");
    }
}
