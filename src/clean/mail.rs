//! Recognises plain text that quotes as mail does, with `>` before each line, and makes HTML of it. What stands behind a quote is
//! the answer to it and no part of it. It must not touch what has markup of its own.

use super::steps::{decoded, is_wrapped};

/// Bytes of a text that is looked at.
const MAX_BYTES: usize = 200_000;
/// Quotes within one another; deeper ones run on in the last.
const MAX_DEPTH: usize = 6;

/// The text as HTML, when it has lines of a quote.
pub(super) fn as_html(text: &str) -> Option<String> {
    let is_plain = text.len() <= MAX_BYTES && text.contains('\n') && !text.contains('<');
    let text = Some(text).filter(|_| is_plain && (text.contains('>') || text.contains("&gt;")))?;
    let text = decoded(text).unwrap_or_else(|| text.to_string());
    let is_quoted = |line: &str| line.starts_with("> ") && line.contains(char::is_alphabetic);
    text.lines().any(is_quoted).then(|| written(&text))
}

fn written(text: &str) -> String {
    let line_end = if is_wrapped(text) { " " } else { "<br>" };
    let (mut out, mut depth, mut paragraph) = (String::with_capacity(text.len() * 2), 0, Vec::new());
    for line in text.lines() {
        let (here, words) = quoted(line);
        if here != depth || words.is_empty() {
            close(&mut out, &mut paragraph, line_end);
        }
        // an empty line may stand between two parts of one quote
        if here != depth && !(words.is_empty() && here == 0) {
            let (tag, times) = if here > depth { ("<blockquote>", here - depth) } else { ("</blockquote>", depth - here) };
            out.push_str(&tag.repeat(times));
            depth = here;
        }
        if !words.is_empty() {
            paragraph.push(words);
        }
    }
    close(&mut out, &mut paragraph, line_end);
    out + &"</blockquote>".repeat(depth)
}

/// How deep a line is quoted, and what it says.
fn quoted(line: &str) -> (usize, &str) {
    let words = line.trim_start_matches(['>', ' ']);
    let depth = line[..line.len() - words.len()].matches('>').count();
    if line.starts_with('>') { (depth.min(MAX_DEPTH), words.trim_end()) } else { (0, line.trim()) }
}

fn close(out: &mut String, paragraph: &mut Vec<&str>, line_end: &str) {
    let words = std::mem::take(paragraph).join("\n");
    if !words.is_empty() {
        let escaped = words.replace('&', "&amp;").replace('<', "&lt;").replace('\n', line_end);
        out.push_str(&format!("<p>{escaped}</p>"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::steps::testing::check_text;

    #[test]
    fn a_quote_ends_where_the_answer_begins() {
        check_text("> quoted\nAnswer here.\n\n  * item", "> quoted\n\nAnswer here.\n\n\\* item");
        check_text(
            "Jane wrote:\n> I think\n>> so did I\n> so.\n\nNo.\n\n-- \nJoe",
            "Jane wrote:\n\n> I think\n>\n> > so did I\n>\n> so.\n\nNo.\n\n\\--\\\nJoe",
        );
        check_text("&gt; a &amp; b\n&gt; c\n\n&gt; d\ne &lt; f", "> a & b\\\n> c\n>\n> d\n\ne \\< f");
    }

    #[test]
    fn text_without_a_quote_is_left() {
        for text in ["a > b\nc", "> 5\nis more", "<p>a</p>\n> b", "> alone", "->\n=> x"] {
            assert_eq!(as_html(text), None, "{text:?}");
        }
    }
}
