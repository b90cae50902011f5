//! Which language a text is written in, as far as sentences depend on it, and what is known of that language.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::languages::LANGUAGES;

/// Words that are looked at to know a language.
const LOOKED_AT: usize = 200;
/// Common words of a language that a text has at least when it is in that language.
const LEAST_FOUND: usize = 3;

/// What is known of a language; lists have a space between two words, or a comma between two phrases.
#[derive(Debug)]
pub(super) struct Language {
    /// RFC 5646, without script and region.
    pub tag: &'static str,
    /// Words that tell it from others and say nothing of a subject.
    pub common: &'static str,
    /// Abbreviations that stand before something: no sentence ends with them.
    pub before: &'static str,
    /// Those that stand before a figure, and are words elsewhere.
    pub before_figure: &'static str,
    /// Those that may end a sentence too.
    pub either: &'static str,
    /// Whether a full stop makes a number an ordinal.
    pub has_ordinals: bool,
    /// What a sentence begins with that leans on the one before it.
    pub leaning: &'static str,
    /// What begins like those and leans on nothing.
    pub upright: &'static str,
}

static COMMON: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    let mut languages_by_word = HashMap::new();
    for (index, language) in LANGUAGES.iter().enumerate() {
        for word in language.common.split(' ') {
            *languages_by_word.entry(word).or_default() |= 1 << index;
        }
    }
    languages_by_word
});

impl Language {
    /// The language of a text, where its words say enough.
    pub fn of(text: &str) -> Option<&'static Language> {
        let mut found = vec![0; LANGUAGES.len()];
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(LOOKED_AT) {
            let mut languages = COMMON.get(word.to_lowercase().as_str()).copied().unwrap_or_default();
            while languages != 0 {
                found[languages.trailing_zeros() as usize] += 1;
                languages &= languages - 1;
            }
        }
        let best = (0..LANGUAGES.len()).rev().max_by_key(|index| found[*index])?;
        (found[best] >= LEAST_FOUND).then(|| &LANGUAGES[best])
    }

    /// Whether a word, in lower case, says nothing of a subject.
    pub fn is_common(&self, word: &str) -> bool {
        let index = LANGUAGES.iter().position(|language| language.tag == self.tag);
        index.is_some_and(|index| COMMON.get(word).is_some_and(|languages| languages & (1 << index) != 0))
    }

    /// Whether a sentence leans on the one before it, by how it begins.
    pub fn leans(&self, sentence: &str) -> bool {
        let head: String =
            sentence.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().take(32).flat_map(char::to_lowercase).collect();
        let head = head.replace('’', "'");
        begins_with_any(&head, self.leaning) && !begins_with_any(&head, self.upright)
    }
}

fn begins_with_any(head: &str, phrases: &str) -> bool {
    let begins = |phrase| head.strip_prefix(phrase).is_some_and(|rest: &str| !rest.starts_with(char::is_alphanumeric));
    !phrases.is_empty() && phrases.split(',').any(begins)
}

/// Whether a list has a word.
pub(super) fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_common_words() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(Language::of(text).map(|language| language.tag), expected, "{text:?}");
        };
        check("The mayor said that the bridge is closed and will stay so.", Some("en"));
        check("Le maire a dit que le pont est fermé et le restera.", Some("fr"));
        check("Der Bürgermeister sagte, dass die Brücke gesperrt ist.", Some("de"));
        check("El alcalde dijo que el puente está cerrado y que seguirá así.", Some("es"));
        check("Il sindaco ha detto che il ponte è chiuso e che non riaprirà.", Some("it"));
        check("O presidente disse que a ponte não está aberta e que os carros esperam.", Some("pt"));
        check("De burgemeester zei dat de brug niet open is en dat het zo blijft.", Some("nl"));
        check("Мэр сказал, что мост закрыт и что он не откроется.", Some("ru"));
        check("Міський голова сказав, що міст закрито і що він не відкриється.", Some("uk"));
        check("Burmistrz powiedział, że most jest zamknięty i nie będzie otwarty.", Some("pl"));
        check("Starosta řekl, že most je zavřený a že se neotevře.", Some("cs"));
        check("Borgmesteren sagde, at broen er lukket, og at den ikke åbner.", Some("da"));
        check("Bridge closed", None);
        check("市長は橋を閉鎖した。", None);
    }

    #[test]
    fn a_sentence_that_begins_with_a_pronoun_or_a_connective_leans() {
        let check = |text: &str, tag: &str, expected: bool| {
            let language = LANGUAGES.iter().find(|language| language.tag == tag).unwrap();
            assert_eq!(language.leans(text), expected, "{text}");
        };
        check("He said no.", "en", true);
        check("“But we will,” the mayor said.", "en", true);
        check("It’s closed.", "en", true);
        check("For example, bridges.", "en", true);
        check("This week the bridge opens.", "en", false);
        check("Hedges were cut.", "en", false);
        check("Il est fermé.", "fr", true);
        check("Il y a dix ans, le pont ouvrait.", "fr", false);
        check("Diese Woche öffnet die Brücke.", "de", false);
        check("Aber sie öffnet.", "de", true);
    }
}
