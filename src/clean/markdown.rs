//! Recognises a text that is Markdown and no HTML, as some feeds publish it, and makes HTML of it. When in doubt a text is not
//! Markdown: a star or a number sign in prose means nothing.

use pulldown_cmark::{Options, Parser, html};

use super::steps::decoded;

/// Bytes of a text that is looked at.
const MAX_BYTES: usize = 200_000;
/// Tags of HTML's own blocks: a text with one of them was written as HTML.
const BLOCKS: &[&str] = &[
    "<p>",
    "<p ",
    "</p",
    "<div",
    "<br",
    "<ul",
    "<ol",
    "<li",
    "<h1",
    "<h2",
    "<h3",
    "<h4",
    "<table",
    "<pre",
    "<blockquote",
    "<img",
    "<figure",
    "&lt;p&gt;",
    "&lt;br",
];

/// What stands around words that are said with weight.
const STRONG: &str = "**";
/// Lines of a text that is nothing but a list, with signs and with numbers.
const FEWEST_ENTRIES: usize = 3;
const FEWEST_NUMBERED: usize = 2;
/// Double stars that are looked at.
const MOST_STARS: usize = 100;

/// The text as HTML, when it is Markdown.
pub(super) fn as_html(text: &str) -> Option<String> {
    if text.len() > MAX_BYTES || !(text.contains(['\n', ']']) || text.contains(STRONG)) || has_blocks(text) {
        return None;
    }
    // without a tag the text was escaped as a whole
    let text = if text.contains('<') { None } else { decoded(text) }.unwrap_or_else(|| text.to_string());
    if !is_markdown(&text) {
        return None;
    }
    let mut out = String::with_capacity(text.len() * 2);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    html::push_html(&mut out, Parser::new_ext(&with_quotes_ended(&text), options));
    Some(out)
}

fn has_blocks(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    BLOCKS.iter().any(|tag| lower.contains(tag))
}

/// Whether two signs of Markdown stand in a text, or one that prose does not have: a link, a table, words between double stars, and
/// nothing but a list.
fn is_markdown(text: &str) -> bool {
    let lines = || text.lines().map(str::trim_end);
    let count = |is_sign: fn(&str) -> bool| lines().filter(|line| is_sign(line)).count();
    let has_link = text.match_indices("](").any(|(at, _)| text[at + 2..].starts_with("http") && text[..at].contains('['));
    let signs = [
        count(is_heading) > 0 || has_underlined(text),
        count(is_list) > 1,
        count(|line| line.starts_with("```") || line.starts_with("~~~")) > 1,
        count(|line| line.starts_with("> ")) > 0,
        count(|line| line.starts_with('|') && line.ends_with('|') && line.contains("---")) > 0,
        has_pair(text, STRONG),
        has_pair(text, "`"),
    ];
    let is_certain = has_link || has_table(text) || is_only_list(text) || has_list_told(text) || (!text.contains('<') && has_strong(text));
    is_certain || signs.into_iter().filter(|sign| *sign).count() > 1
}

/// Whether a row of dashes stands under a row of cells.
fn has_table(text: &str) -> bool {
    let is_rule = |line: &str| line.contains("--") && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.windows(2).any(|pair| pair[0].contains('|') && !is_rule(pair[0]) && is_rule(pair[1]))
}

/// Whether every line is an entry, those with numbers counted from one.
fn is_only_list(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_marked = |line: &&str| ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark));
    let is_numbered = |(at, line): (usize, &&str)| line.strip_prefix(&format!("{}. ", at + 1)).is_some();
    (lines.len() >= FEWEST_ENTRIES && lines.iter().all(is_marked))
        || (lines.len() >= FEWEST_NUMBERED && lines.iter().enumerate().all(is_numbered))
}

/// Whether a row of signs as under a title stands under a line.
fn has_underlined(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_row = |line: &str| line.len() > 2 && line.bytes().all(|byte| byte == b'=');
    lines.windows(2).any(|pair| !pair[0].is_empty() && !is_row(pair[0]) && is_row(pair[1]))
}

/// Whether two entries of a list follow a line that tells of them.
fn has_list_told(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_marked = |line: &str| ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark));
    lines.windows(3).any(|three| three[0].ends_with(':') && !is_marked(three[0]) && is_marked(three[1]) && is_marked(three[2]))
}

/// Whether words stand between double stars, which stand close to them and not inside a word.
fn has_strong(text: &str) -> bool {
    let is_pair = |(from, _): (usize, &str)| {
        let opens = text[from + STRONG.len()..].starts_with(char::is_alphanumeric)
            && !text[..from].ends_with(|c: char| c.is_alphanumeric() || c == '*');
        let line = text[from + STRONG.len()..].lines().next().unwrap_or_default();
        let closes = |at: usize| {
            !line[..at].ends_with(char::is_whitespace) && !line[at + STRONG.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '*')
        };
        opens && line.find(STRONG).is_some_and(closes)
    };
    text.match_indices(STRONG).take(MOST_STARS).any(is_pair)
}

/// An empty line behind each quote: who quotes as in mail answers in the next line.
fn with_quotes_ended(text: &str) -> String {
    let (mut out, mut is_quote, mut is_code) = (String::with_capacity(text.len() + text.len() / 8), false, false);
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        is_code ^= start.starts_with("```") || start.starts_with("~~~");
        let quotes = start.starts_with('>') && !is_code;
        if is_quote && !quotes && !start.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
        is_quote = quotes;
    }
    out
}

fn is_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ') && !text.trim().is_empty()
}

fn is_list(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark)) || (number.len() < line.len() && number.starts_with(". "))
}

/// Whether a mark stands around a word.
fn has_pair(text: &str, mark: &str) -> bool {
    let starts = |part: &str| part.starts_with(char::is_alphanumeric) && part.ends_with(|c: char| !c.is_whitespace());
    text.lines().any(|line| line.split(mark).skip(1).step_by(2).any(&starts) && line.matches(mark).count() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::steps::testing::check_text;

    #[test]
    fn markdown_is_set_as_what_it_means() {
        let markdown = "# Title\n\nSome *text* with a [link](http://e.example/).\n\n- one\n- two\n\n```rust\nlet a = 1 &lt; 2;\n```\n";
        check_text(markdown, "# Title\n\nSome *text* with a [link](http://e.example/).\n\n- one\n- two\n\n```rust\nlet a = 1 < 2;\n```");
        check_text("Hello *world*. This is **bold** text.", "Hello *world*. This is **bold** text.");
        check_text(
            "Release 2.0\n===========\n\nThis is *good* and\nnew.\n\n- one thing\n- another",
            "# Release 2.0\n\nThis is *good* and new.\n\n- one thing\n- another",
        );
        check_text("We fixed two bugs:\n\n- one thing\n- another", "We fixed two bugs:\n\n- one thing\n- another");
        check_text("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n| --- | --- |\n| 1 | 2 |");
        check_text("- a\n- b\n- c", "- a\n- b\n- c");
        check_text("1. one\n2. two", "1. one\n2. two");
        check_text("> quoted\nAnswer.\n\n* one\n* two", "> quoted\n\nAnswer.\n\n- one\n- two");
        check_text("Text[^1]\n\n> quote **bold**\n\n[^1]: Note.", "Text¹\n\n> quote **bold**\n\n¹ Note.");
    }

    #[test]
    fn prose_is_not_markdown() {
        let check = |text: &str| assert_eq!(as_html(text), None, "{text:?}");
        check("We are #1\n# of people: 3");
        check("5 * 3 * 2\nand so on");
        check("<p># not</p>\n\n**this**");
        check("- only a dash of speech\n\nand text");
        check("2**3**4 and a ** b ** c");
        check("Two:\n- only one\n\nand text");
        check("1. only one\nand text");
        check("3. three\n4. four");
        check("a | b\nc | d");
        check("see [1] and [2](a)\n");
    }
}
