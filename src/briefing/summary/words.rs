//! Words of a text: how many, which of them say what it is about, and where to cut it.

use crate::briefing::language::Language;
use crate::briefing::sentences::is_ideograph;

/// Characters that count as a word in scripts that put no space between words.
const IDEOGRAPHS_A_WORD: usize = 2;
const THAI_A_WORD: usize = 5;
/// Characters after which what has no space counts as another word.
const LONGEST_WORD: usize = 30;
/// Characters by which words are compared, so that a plural is the same word.
const STEM: usize = 6;
/// Characters that a word has at least to say something, but for figures.
const LEAST_OF_WORD: usize = 3;
/// Words that may be given up so that a cut falls behind a comma.
const MOST_GIVEN_UP: usize = 15;

/// Words of a text, never fewer than its white space says.
pub(super) fn count(text: &str) -> usize {
    text.split_whitespace().map(words_in).sum()
}

fn words_in(run: &str) -> usize {
    if run.is_ascii() {
        return (run.len() / LONGEST_WORD).max(1);
    }
    let ideographs = run.chars().filter(|c| is_ideograph(*c)).count();
    let thai = run.chars().filter(|c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')).count();
    let others = run.chars().count() - ideographs - thai;
    (ideographs.div_ceil(IDEOGRAPHS_A_WORD) + thai.div_ceil(THAI_A_WORD) + others / LONGEST_WORD).max(1)
}

/// The beginning of a text with at most so many words; it ends with a word, behind a clause where one ends near.
pub(super) fn first(text: &str, most: usize) -> &str {
    let ends = text.char_indices().filter(|(at, c)| c.is_whitespace() || is_ideograph(*c) && *at > 0).map(|(at, _)| at);
    let end = ends.take_while(|end| count(&text[..*end]) <= most).last().unwrap_or(0);
    let head = text[..end].trim_end();
    let clause = head.rfind([',', ';', ':', '、', '，', '；', '—', '–']).filter(|at| count(&head[*at..]) <= MOST_GIVEN_UP);
    let head = clause.map_or(head, |at| &head[..at]);
    head.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '、' | '，' | '；' | '—' | '–' | '-' | '(' | '“'))
}

/// The words that say what a text is about, by their first letters in lower case: sorted, each once.
pub(super) fn subjects(text: &str, language: Option<&Language>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !word.is_ascii() && word.chars().any(is_ideograph) {
            let characters: Vec<char> = word.chars().collect();
            found.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
            continue;
        }
        let lower = word.to_lowercase();
        let is_figure = word.starts_with(|c: char| c.is_numeric());
        let is_long = word.chars().count() >= LEAST_OF_WORD || is_figure || word.chars().all(char::is_uppercase);
        if is_long && !language.is_some_and(|language| language.is_common(&lower)) {
            found.push(lower.chars().take(STEM).collect());
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// How many of two sorted lists are in both.
pub(super) fn shared(left: &[String], right: &[String]) -> usize {
    left.iter().filter(|word| right.binary_search(word).is_ok()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_scripts_without_spaces_too() {
        let check = |text: &str, expected: usize| assert_eq!(count(text), expected, "{text}");
        check("It rained in Ottawa.", 4);
        check("雨が降った。", 3);
        check("ฝนตกหนัก", 2);
        check("", 0);
        check(&"x".repeat(95), 3);
    }

    #[test]
    fn a_cut_falls_at_a_words_end_and_behind_a_clause_that_ends_near() {
        let check = |text: &str, most: usize, expected: &str| assert_eq!(first(text, most), expected, "{text}");
        check("one two three four", 2, "one two");
        check("one two, three four", 3, "one two");
        check("雨が降って、止んだ", 3, "雨が降って");
        check("one", 0, "");
    }

    #[test]
    fn subjects_are_words_that_say_something() {
        let english = Language::of("this is the bridge of the town");
        let check = |text: &str, expected: &[&str]| assert_eq!(subjects(text, english), expected, "{text}");
        check("The bridges of Ottawa, the bridge: 12 AI", &["12", "ai", "bridge", "ottawa"]);
        check("橋が閉", &["が閉", "橋が"]);
        check("and of the", &[]);
    }
}
