//! Text that no byte of can act on a terminal. Everything from outside becomes one of these at ingest;
//! nothing after that needs to look at it again.

use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_segmentation::UnicodeSegmentation;

use super::control_sequences;

/// Combining marks kept on one character: as many as Hebrew with points, accents and cantillation has, and one more; what goes
/// beyond is a trick to paint over other lines.
const MARKS_PER_CHARACTER: usize = 6;
/// Joiners kept in one character: as many as a kiss of two people has; the columns of all members add up.
const MOST_JOINERS: usize = 3;
/// Columns to the next tab stop in preformatted text.
const TAB_WIDTH: usize = 4;

/// Printable text: no control, bidi, zero-width or variation-selector characters, but for one joiner where two letters or emoji
/// need it between them; at most six marks a character.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct CleanText(String);

impl CleanText {
    /// One line: white space folded to single spaces and trimmed.
    pub fn new(text: &str) -> CleanText {
        let text = text.trim();
        if is_clean_line(text) {
            return CleanText(text.to_string());
        }
        let text = control_sequences::without(text);
        let mut line = String::with_capacity(text.len());
        for word in text.split(is_space).filter(|word| !word.is_empty()) {
            let start = line.len();
            if start > 0 {
                line.push(' ');
            }
            push_printable(&mut line, word);
            if line.len() == start + usize::from(start > 0) {
                line.truncate(start);
            }
        }
        CleanText(line)
    }

    /// Text inside a paragraph: white space folded to single spaces, one kept at either end.
    pub fn inline(text: &str) -> CleanText {
        let body = CleanText::new(text);
        if body.is_empty() {
            return CleanText(if text.contains(is_space) { " ".into() } else { String::new() });
        }
        let lead = if text.starts_with(is_space) { " " } else { "" };
        let trail = if text.ends_with(is_space) { " " } else { "" };
        if lead.is_empty() && trail.is_empty() {
            return body;
        }
        CleanText(format!("{lead}{body}{trail}"))
    }

    /// Lines as they stand, for code and verse: line ends become `\n`, tabs become spaces.
    pub fn preformatted(text: &str) -> CleanText {
        let mut out = String::with_capacity(text.len());
        for (index, line) in control_sequences::without(text).replace("\r\n", "\n").split(['\n', '\r']).enumerate() {
            if index > 0 {
                out.push('\n');
            }
            push_printable(&mut out, &expand_tabs(&line.replace('\u{a0}', " ")));
        }
        CleanText(out)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

/// Whether a text is a clean line as it stands, which most are: words of ASCII with one space between two.
fn is_clean_line(text: &str) -> bool {
    let mut before = b' ';
    let is_clean = text.bytes().all(|byte| {
        let is_fit = matches!(byte, b'!'..=b'~') || (byte == b' ' && before != b' ');
        before = byte;
        is_fit
    });
    is_clean && before != b' '
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

fn expand_tabs(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut column = 0;
    for c in line.chars() {
        let width = if c == '\t' { TAB_WIDTH - column % TAB_WIDTH } else { 1 };
        column += width;
        match c {
            '\t' => out.extend(std::iter::repeat_n(' ', width)),
            c => out.push(c),
        }
    }
    out
}

fn push_printable(out: &mut String, text: &str) {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return out.push_str(text);
    }
    let (start, mut done) = (out.len(), 0);
    for cluster in text.graphemes(true) {
        let (mut marks, mut joiners) = (0, 0);
        for c in cluster.chars() {
            done += c.len_utf8();
            if is_joiner(c) {
                let is_needed = joiners < MOST_JOINERS && joins(c, out[start..].chars().next_back(), text[done..].chars().next());
                joiners += usize::from(is_needed);
                out.extend(is_needed.then_some(c));
            } else if !is_hidden(c) {
                // a cluster may be several letters, as in a conjunct of Devanagari
                marks = if is_mark(c) { marks + 1 } else { 0 };
                out.extend((marks <= MARKS_PER_CHARACTER).then_some(c));
            }
        }
    }
}

/// The characters of no width that join and part letters (U+200D and U+200C).
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a joiner has a meaning between the two: between letters of one kind of script that has it, and in a sequence of emoji.
fn joins(joiner: char, before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    let is_between_letters = joined_script(before).is_some_and(|script| joined_script(after) == Some(script))
        && (before.is_alphabetic() || is_mark(before))
        && after.is_alphabetic();
    is_between_letters || (joiner == '\u{200d}' && is_emoji(before) && is_emoji(after))
}

/// Scripts in which a joiner changes how a word is written, by their blocks.
fn joined_script(c: char) -> Option<&'static str> {
    match c {
        '\u{600}'..='\u{77f}' | '\u{860}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Some("Arabic and Syriac"),
        '\u{900}'..='\u{dff}' => Some("of India and Sri Lanka"),
        _ => None,
    }
}

/// Whether sequences of emoji are made of such characters, their tones among them.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2194}'..='\u{2195}' | '\u{2600}'..='\u{27bf}' | '\u{2b1b}' | '\u{1f300}'..='\u{1faff}')
}

/// A character of no width that stacks on the one before it.
fn is_mark(c: char) -> bool {
    use unicode_width::UnicodeWidthChar;
    c.width() == Some(0)
}

/// Characters that act or shift columns instead of showing: controls, bidi, zero width, selectors, tags.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

impl From<String> for CleanText {
    /// Cleans again: what comes from a store or a file is outside text too.
    fn from(text: String) -> CleanText {
        if text.contains('\n') { CleanText::preformatted(&text) } else { CleanText::inline(&text) }
    }
}

impl From<CleanText> for String {
    fn from(text: CleanText) -> String {
        text.0
    }
}

impl std::ops::Deref for CleanText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CleanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_text_is_folded_and_harmless() {
        let check = |input: &str, expected: &str| assert_eq!(CleanText::new(input).as_str(), expected, "{input:?}");
        check("  a \n\t b  ", "a b");
        check("red\u{1b}[31m alert\u{7}", "red alert");
        check("c1\u{9b}31m", "c1");
        check("a \u{200b} b", "a b");
        check("Red \u{1b}[31mALERT\u{1b}[0m title", "Red ALERT title");
        check("a lone \u{1b} escape", "a lone escape");
        check("abc\u{202e}gpj.exe", "abcgpj.exe");
        check("⚠\u{fe0f} warning", "⚠ warning");
        check("soft\u{ad}hyphen", "softhyphen");
        check("caf\u{e9} 日本", "café 日本");
        check("two words ~", "two words ~");
        check("two  words", "two words");
        check("a\u{7f}b\u{1}", "ab");
        check("", "");
    }

    #[test]
    fn stacked_marks_are_capped() {
        let tower = format!("a{}", "\u{301}".repeat(1000));
        assert_eq!(CleanText::new(&tower).chars().count(), 1 + MARKS_PER_CHARACTER);
    }

    #[test]
    fn letters_keep_the_marks_that_they_need() {
        let check = |text: &str| assert_eq!(CleanText::new(text).as_str(), text);
        // shin with its dot, a dagesh, a vowel, a meteg and cantillation
        check("ש\u{5c1}\u{5bc}\u{5b8}\u{5bd}\u{591}");
        check("कार्त्स्न्यें");
        check("ที่นี่ น้ำ");
        check("ཧཱུྃ");
    }

    #[test]
    fn joiners_stay_where_letters_and_emoji_need_them_and_nowhere_else() {
        let check = |input: &str, expected: &str| {
            let found = CleanText::new(input);
            assert_eq!(found.as_str(), expected, "{}", input.escape_unicode());
            assert_eq!(CleanText::from(found.to_string()), found, "cleaned twice");
        };
        let kept = |text: &str| check(text, text);
        kept("\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}");
        kept("\u{915}\u{94d}\u{200d}\u{937} \u{915}\u{94d}\u{200c}\u{937}");
        kept("\u{d9a}\u{dca}\u{200d}\u{dbb}\u{dd3}");
        kept("\u{1f469}\u{200d}\u{1f680} \u{1f469}\u{1f3fd}\u{200d}\u{2764}\u{200d}\u{1f48b}\u{200d}\u{1f468}\u{1f3fb}");
        check("\u{1f3f3}\u{fe0f}\u{200d}\u{1f308}", "\u{1f3f3}\u{200d}\u{1f308}");
        check("\u{645}\u{200c}\u{200c}\u{200d}\u{62e}", "\u{645}\u{200d}\u{62e}");
        check("\u{200c}\u{645}\u{200c}", "\u{645}");
        check("\u{645}\u{200c} \u{62e}\u{200c}1", "\u{645} \u{62e}1");
        check("pay\u{200c}pal \u{200d}a\u{200d}", "paypal a");
        check("\u{645}\u{200c}a\u{200c}\u{645}", "\u{645}a\u{645}");
        check("\u{645}\u{200c}\u{915}", "\u{645}\u{915}");
        check("\u{1f680}\u{200d}\u{200d}\u{1f680}\u{200d}", "\u{1f680}\u{200d}\u{1f680}");
        check("\u{1f680}\u{200c}\u{1f680}", "\u{1f680}\u{1f680}");
        check("\u{645}\u{200b}\u{202e}\u{62e}\u{feff}", "\u{645}\u{62e}");
        let chain = ["\u{1f680}"; 50].join("\u{200d}");
        assert_eq!(CleanText::new(&chain).matches('\u{200d}').count(), MOST_JOINERS);
        check("", "");
    }

    #[test]
    fn inline_text_keeps_its_outer_spaces() {
        let check = |input: &str, expected: &str| assert_eq!(CleanText::inline(input).as_str(), expected, "{input:?}");
        check(" a  b ", " a b ");
        check("\n", " ");
        check("x", "x");
        check("", "");
    }

    #[test]
    fn preformatted_text_keeps_its_shape() {
        let check = |input: &str, expected: &str| assert_eq!(CleanText::preformatted(input).as_str(), expected, "{input:?}");
        check("if x:\r\n\treturn\u{a0}1\n", "if x:\n    return 1\n");
        check("ab\tc", "ab  c");
        check("\u{1b}]0;t\u{7}x", "x");
        check("\u{1b}[1m$ ls\u{1b}[0m\n\u{1b}]0;x", "$ ls\n]0;x");
    }
}
