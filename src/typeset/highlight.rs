//! Tells the parts of code apart: keywords, literals, comments, names. It only names what stands there, in one pass over
//! the text; code in a language that is not known stays as it is.

use std::collections::HashSet;
use std::ops::Range;

use super::languages::{Language, language};
use crate::domain::setting::Role;

/// Bytes of a keyword at most.
const LONGEST_KEYWORD: usize = 20;

/// A part of a line, in bytes, and what it is.
pub(super) type Token = (Range<usize>, Role);

/// The tokens of each line of a text, none for code in a language that is not known.
pub(super) fn tokens(name: Option<&str>, text: &str) -> Vec<Vec<Token>> {
    let Some(language) = name.and_then(language) else { return Vec::new() };
    let keywords = language.keywords.split_whitespace().collect();
    let mut reader = Reader { language, keywords, text, at: 0, line_end: line_end(text), unclosed_until: 0, tokens: Vec::new() };
    while reader.at < text.len() {
        reader.step();
    }
    by_line(text, reader.tokens)
}

struct Reader<'a> {
    language: &'static Language,
    keywords: HashSet<&'static str>,
    text: &'a str,
    at: usize,
    /// Where the line ends that is being read.
    line_end: usize,
    /// Up to here a quote was looked for in vain; no other is looked for before that.
    unclosed_until: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    /// Reads one token, or one character that is none.
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        if self.at > self.line_end {
            self.line_end = self.at + line_end(rest);
        }
        let first = rest.chars().next().unwrap_or(' ');
        let read = self.comment(rest).or_else(|| self.string(rest)).or_else(|| self.word(rest, first));
        match read {
            Some((length, role)) => self.take(length, role),
            None => self.at += first.len_utf8(),
        }
    }

    fn take(&mut self, length: usize, role: Role) {
        if role != Role::Code {
            self.tokens.push((self.at..self.at + length, role));
        }
        self.at += length;
    }

    fn comment(&self, rest: &str) -> Option<(usize, Role)> {
        let is_behind_space = self.at == 0 || self.text[..self.at].ends_with(char::is_whitespace);
        let begins = |sign: &&&str| rest.starts_with(**sign) && (**sign != "#" || is_behind_space);
        if self.language.comments.iter().find(begins).is_some() {
            return Some((line_end(rest), Role::Comment));
        }
        let (open, close) = self.language.block.filter(|(open, _)| rest.starts_with(open))?;
        let end = rest[open.len()..].find(close).map_or(rest.len(), |end| open.len() + end + close.len());
        Some((end, Role::Comment))
    }

    /// A string in quotes, those included; one that is not closed is none.
    fn string(&mut self, rest: &str) -> Option<(usize, Role)> {
        let quote = self.language.quotes.iter().find(|quote| rest.starts_with(**quote)).filter(|_| self.at >= self.unclosed_until)?;
        if *quote == "'" && self.language.has_characters {
            return character(rest).map(|length| (length, Role::Literal));
        }
        let is_long = quote.len() == 3 || *quote == "`";
        let within = if is_long { rest } else { &rest[..self.line_end - self.at] };
        let length = closed(within, quote);
        if length.is_none() {
            self.unclosed_until = self.at + within.len();
        }
        length.map(|length| (length, Role::Literal))
    }

    fn word(&self, rest: &str, first: char) -> Option<(usize, Role)> {
        let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        let word = &rest[..length];
        let behind = rest[length..].chars().next();
        Some(match first {
            '0'..='9' => (length + fraction(&rest[length..]), Role::Literal),
            _ if self.is_keyword(word) => (length, Role::Keyword),
            _ if behind == Some('(') || self.is_tag() || self.is_key(&rest[length..]) => (length, Role::Name),
            _ => (length, Role::Code),
        })
    }

    fn is_keyword(&self, word: &str) -> bool {
        match word.len() {
            0..=LONGEST_KEYWORD if self.language.ignores_case => self.keywords.contains(word.to_lowercase().as_str()),
            0..=LONGEST_KEYWORD => self.keywords.contains(word),
            _ => false,
        }
    }

    fn is_key(&self, behind: &str) -> bool {
        self.language.has_keys && behind.trim_start_matches(' ').starts_with([':', '='])
    }

    /// Whether the name of an element begins here.
    fn is_tag(&self) -> bool {
        let before = &self.text[..self.at];
        self.language.block.is_some_and(|(open, _)| open == "<!--") && (before.ends_with('<') || before.ends_with("</"))
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_end(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// Bytes of what follows the first digits of a number.
fn fraction(rest: &str) -> usize {
    match rest.strip_prefix('.') {
        Some(digits) if digits.starts_with(|c: char| c.is_ascii_digit()) => 1 + digits.find(|c: char| !is_word(c)).unwrap_or(digits.len()),
        _ => 0,
    }
}

/// Bytes of one character in single quotes, unlike a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1);
    let (_, first) = characters.next().filter(|(_, first)| !matches!(first, '\'' | '\n'))?;
    if first == '\\' {
        characters.next();
    }
    let mut close = characters.take(if first == '\\' { 10 } else { 1 }).take_while(|(_, c)| *c != '\n');
    close.find(|(_, c)| *c == '\'').map(|(at, _)| at + 1)
}

/// Bytes of a string that begins here, up to its closing quote; what stands behind a backslash closes nothing.
fn closed(text: &str, quote: &str) -> Option<usize> {
    let mut characters = text.char_indices().skip(quote.len());
    while let Some((at, c)) = characters.next() {
        if c == '\\' {
            characters.next();
        } else if text[at..].starts_with(quote) {
            return Some(at + quote.len());
        }
    }
    None
}

/// Tokens of the whole text as those of each line, counted from its beginning.
fn by_line(text: &str, tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut lines = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let mut own = Vec::new();
        while let Some((range, role)) = tokens.peek_mut().filter(|(range, _)| range.start < end) {
            own.push((range.start - start..range.end.min(end) - start, *role));
            if range.end > end {
                range.start = end + 1;
                break;
            }
            tokens.next();
        }
        lines.push(own);
        start = end + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Option<&str>, text: &str, expected: &[(&str, Role)]) {
        let lines = tokens(language, text);
        let of =
            |(line, tokens): (&'static str, Vec<Token>)| tokens.into_iter().map(|(range, role)| (&line[range], role)).collect::<Vec<_>>();
        let text: &'static str = text.to_string().leak();
        let told: Vec<(&str, Role)> = text.split('\n').zip(lines).flat_map(of).collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn parts_of_code_are_told_apart() {
        use Role::{Comment, Keyword, Literal, Name};
        check(Some("rust"), "let a = \"x\"; // y", &[("let", Keyword), ("\"x\"", Literal), ("// y", Comment)]);
        check(Some("rust"), "fn f<'a>(x: &'a u8) { 'x' }", &[("fn", Keyword), ("u8", Keyword), ("'x'", Literal)]);
        check(Some("Python"), "def f(): return 12.5", &[("def", Keyword), ("f", Name), ("return", Keyword), ("12.5", Literal)]);
        check(Some("sh"), "echo $# 'a b' # c", &[("echo", Keyword), ("'a b'", Literal), ("# c", Comment)]);
        check(Some("sql"), "SELECT x -- y", &[("SELECT", Keyword), ("-- y", Comment)]);
        check(Some("html"), "<p id=\"a\">don't</p>", &[("p", Name), ("\"a\"", Literal), ("p", Name)]);
        check(Some("yaml"), "because: no # x", &[("because", Name), ("no", Keyword), ("# x", Comment)]);
        check(Some("c"), "a /* b\nc */ d", &[("/* b", Comment), ("c */", Comment)]);
        check(Some("js"), "`a\n${b}` + r2", &[("`a", Literal), ("${b}`", Literal)]);
        check(None, "let a = 1", &[]);
        check(Some("no such language"), "let a = 1", &[]);
    }

    #[test]
    fn a_string_ends_at_its_quote_and_one_without_an_end_is_none() {
        check(Some("c"), r#"x("a\"b", 'c')"#, &[("x", Role::Name), (r#""a\"b""#, Role::Literal), ("'c'", Role::Literal)]);
        check(Some("c"), "don't\n1", &[("1", Role::Literal)]);
        check(Some("c"), &"\\\"".repeat(9), &[]);
        check(Some("c"), "1\n\"a\"\n\"b", &[("1", Role::Literal), ("\"a\"", Role::Literal)]);
    }

    #[test]
    fn tokens_are_in_order_and_inside_their_line() {
        let text = "fn é() { \"日本\" } // 🙂\n#!x 'é'\n\\\n\"\"\"é\n";
        for language in ["rust", "sh", "html", "js", "sql", "yaml", "python"] {
            for (line, tokens) in text.split('\n').zip(tokens(Some(language), text)) {
                assert!(tokens.iter().all(|(range, _)| line.get(range.clone()).is_some()), "{language} {tokens:?}");
                assert!(tokens.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "{language} {tokens:?}");
            }
        }
    }
}
