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

/// The text as HTML, when it is Markdown.
pub(super) fn as_html(text: &str) -> Option<String> {
    if text.len() > MAX_BYTES || !text.contains(['\n', ']']) || has_blocks(text) {
        return None;
    }
    // without a tag the text was escaped as a whole
    let text = if text.contains('<') { None } else { decoded(text) }.unwrap_or_else(|| text.to_string());
    if !is_markdown(&text) {
        return None;
    }
    let mut out = String::with_capacity(text.len() * 2);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    html::push_html(&mut out, Parser::new_ext(&text, options));
    Some(out)
}

fn has_blocks(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    BLOCKS.iter().any(|tag| lower.contains(tag))
}

/// Whether two signs of Markdown stand in a text, or a link, which prose does not have.
fn is_markdown(text: &str) -> bool {
    let lines = || text.lines().map(str::trim_end);
    let count = |is_sign: fn(&str) -> bool| lines().filter(|line| is_sign(line)).count();
    let has_link = text.match_indices("](").any(|(at, _)| text[at + 2..].starts_with("http") && text[..at].contains('['));
    let signs = [
        count(is_heading) > 0,
        count(is_list) > 1,
        count(|line| line.starts_with("```") || line.starts_with("~~~")) > 1,
        count(|line| line.starts_with("> ")) > 0,
        count(|line| line.starts_with('|') && line.ends_with('|') && line.contains("---")) > 0,
        has_pair(text, "**"),
        has_pair(text, "`"),
    ];
    has_link || signs.into_iter().filter(|sign| *sign).count() > 1
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
        check_text("Text[^1]\n\n> quote **bold**\n\n[^1]: Note.", "Text¹\n\n> quote **bold**\n\n¹ Note.");
    }

    #[test]
    fn prose_is_not_markdown() {
        let check = |text: &str| assert_eq!(as_html(text), None, "{text:?}");
        check("We are #1\n# of people: 3");
        check("5 * 3 * 2\nand so on");
        check("<p># not</p>\n\n**this**");
        check("- only a dash of speech\n\nand text");
        check("see [1] and [2](a)\n");
    }
}
