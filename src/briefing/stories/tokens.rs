//! A headline or a lead cut into words and numbers, with what their writing says: a capital letter, the beginning of a sentence.
//! Knows no language; text without spaces gives pairs of characters.

use super::{numbers, stem};

/// A word, a number, a code such as that of a security hole, or two neighbouring characters of a script without spaces.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub text: String,
    /// In lower case and without accents.
    pub folded: String,
    /// Without its ending.
    pub stem: String,
    pub is_capital: bool,
    /// Whether a sentence, a quotation or a part of a headline begins here: its capital says nothing.
    pub is_start: bool,
    /// Whether nothing but a space is between it and the token before.
    pub is_next: bool,
    pub number: Option<String>,
}

/// The tokens of a text, numbers with their scale ("3.2 billion") as one.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut is_start, mut is_next) = (true, false);
    for raw in text.split_whitespace() {
        let trimmed = raw.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '¥' | '%'));
        let opens = raw.len() - raw.trim_start_matches(is_quote).len() > 0;
        let pieces = pieces(trimmed);
        for (place, piece) in pieces.iter().enumerate() {
            let is_first = place == 0;
            push(&mut tokens, piece, is_first && (is_start || opens), is_next || !is_first);
        }
        if !pieces.is_empty() {
            is_start = false;
        }
        is_next = !pieces.is_empty() && raw.ends_with(trimmed);
        is_start |= raw.ends_with(['.', '!', '?', ':', ';', '—', '–', '|', '»', '”', '"', '-']);
    }
    tokens
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '‘' | '\'' | '(' | '[')
}

fn push(tokens: &mut Vec<Token>, piece: &str, is_start: bool, is_next: bool) {
    if let Some(scaled) = tokens.last().filter(|_| is_next).and_then(|last| numbers::scaled(last.number.as_deref()?, piece)) {
        if let Some(last) = tokens.last_mut() {
            (last.number, last.text) = (Some(scaled), format!("{} {piece}", last.text));
        }
        return;
    }
    if piece.chars().any(is_unspaced) {
        let letters: Vec<char> = piece.chars().collect();
        tokens.extend(letters.windows(2).map(|pair| word(&pair.iter().collect::<String>(), true, false)));
    } else {
        tokens.push(word(piece, is_start, is_next));
    }
}

fn word(text: &str, is_start: bool, is_next: bool) -> Token {
    let is_capital = text.chars().next().is_some_and(char::is_uppercase);
    let folded = stem::fold(text);
    Token { text: text.to_string(), stem: stem::of_folded(&folded), folded, is_capital, is_start, is_next, number: numbers::number(text) }
}

/// The parts of what stands between two spaces: "Macron's" is "Macron", "l'incendie" two words, "U.S." is "US".
fn pieces(raw: &str) -> Vec<String> {
    if numbers::is_whole(raw) {
        return vec![raw.to_string()];
    }
    let is_initials = raw.contains('.') && raw.split('.').all(|part| part.chars().count() <= 1 && part.chars().all(char::is_alphabetic));
    let raw = if is_initials { raw.replace('.', "") } else { raw.to_string() };
    let raw = raw.strip_suffix("'s").or_else(|| raw.strip_suffix("’s")).unwrap_or(&raw);
    let is_break = |c: char| {
        matches!(c, '-' | '–' | '—' | '/' | '\'' | '’' | '‑' | ':' | '(' | ')' | '"' | '“' | '”' | '…' | '、' | '。' | '，' | '；')
    };
    raw.split(is_break).filter(|piece| piece.chars().any(char::is_alphanumeric)).map(String::from).collect()
}

/// Whether the script of a character is written without spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn text_is_cut_into_words() {
        let check = |text: &str, expected: &[&str]| assert_eq!(texts(text), expected, "{text:?}");
        check("Macron's \"visit\", delayed: l'incendie", &["Macron", "visit", "delayed", "l", "incendie"]);
        check("The U.S. and a 34-year-old", &["The", "US", "and", "a", "34", "year", "old"]);
        check("for $3.2 billion or €120m", &["for", "$3.2 billion", "or", "€120m"]);
        check("won 3-1 (CVE-2026-31207)", &["won", "3-1", "CVE-2026-31207"]);
        check("東京湾で", &["東京", "京湾", "湾で"]);
        check(" — ", &[]);
    }

    #[test]
    fn capitals_of_names_are_told_from_those_of_sentences() {
        let names = |text: &str| {
            tokens(text).into_iter().filter(|token| token.is_capital && !token.is_start).map(|token| token.text).collect::<Vec<_>>()
        };
        assert_eq!(names("Fire near Athens. Officials said Marathon: Winds \"Slowly\" eased"), ["Athens", "Marathon"]);
    }
}
