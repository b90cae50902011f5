//! The words of a telling on their way into its print: which are kept, and what is known of each.

use std::collections::HashSet;

use super::tokens::Token;
use super::word::Word;
use super::{alike_words, common_words, headline, languages, numbers, series};

/// See the file.
pub(super) struct Gathered {
    words: Vec<Word>,
    language: Option<usize>,
    /// Whether the capitals of the title tell names.
    is_sentence: bool,
    /// Words that are written small somewhere, so that their capital is none of a name.
    small: HashSet<String>,
    /// Words that are capitals in the middle of a sentence.
    names: HashSet<String>,
}

impl Gathered {
    pub(super) fn new(title: &[Token], lead: &[Token], language: Option<usize>) -> Gathered {
        let is_sentence = !headline::is_title_case(title);
        let all = || title.iter().filter(|_| is_sentence).chain(lead);
        let stem = |token: &Token| token.stem.clone();
        Gathered {
            small: all().filter(|token| !token.is_capital).map(stem).collect(),
            names: all().filter(|token| token.is_capital && !token.is_start).map(stem).collect(),
            words: Vec::new(),
            language,
            is_sentence,
        }
    }

    pub(super) fn take(&mut self, tokens: &[Token], place: u64) {
        for token in tokens {
            if let Some(flags) = self.flags(token, place) {
                self.words.push(Word::new(&text_of(token), flags));
            }
        }
    }

    /// What is known of a word; none of one that says nothing.
    fn flags(&self, token: &Token, place: u64) -> Option<u64> {
        if let Some(number) = &token.number {
            let kind = if numbers::is_code(number) { Word::CODE } else { 0 };
            return Some(place | Word::NUMBER | kind | if is_plain(number) { Word::PLAIN_NUMBER } else { 0 });
        }
        let is_acronym = token.text.chars().count() > 1 && token.text.chars().all(char::is_uppercase);
        let is_nothing = !is_acronym && languages::is_small(&token.folded, self.language);
        if is_nothing || series::is_date(&token.folded) || token.folded.chars().count() < 2 {
            return None;
        }
        let common = if common_words::is_common(&token.stem) { Word::COMMON } else { 0 };
        Some(place | common | self.name(token, common != 0))
    }

    fn name(&self, token: &Token, is_common: bool) -> u64 {
        if !token.is_capital || !languages::has_capital_names(self.language) || self.small.contains(&token.stem) {
            0
        } else if self.names.contains(&token.stem) {
            Word::NAME
        } else if self.is_sentence && !is_common {
            Word::PERHAPS_NAME
        } else {
            0
        }
    }

    /// Each word once, with all that is known of it, in the order of their keys.
    pub(super) fn words(mut self) -> Box<[Word]> {
        self.words.sort_unstable();
        self.words.dedup_by(|next, word| {
            let is_same = next.key() == word.key();
            if is_same {
                *word = word.with(*next);
            }
            is_same
        });
        self.words.into()
    }
}

/// The text that a token is compared by.
fn text_of(token: &Token) -> String {
    if let Some(number) = &token.number {
        return format!("#{number}");
    }
    alike_words::shared_stem(&token.stem).unwrap_or(&token.stem).to_string()
}

/// Whether a number is small or a year.
fn is_plain(number: &str) -> bool {
    number.parse::<u64>().is_ok_and(|value| value <= 31 || (1900..2100).contains(&value) || (value <= 100 && value % 10 == 0))
}
