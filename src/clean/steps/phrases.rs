//! Drops the sentences that machines add to articles.
//!
//! before: `<p>Text.</p><p>The post <a href="x">Text</a> appeared first on <a href="y">Site</a>.</p><p><a href="x">Read more »</a></p>`
//! after:  `Text.`

use crate::domain::clean_text::CleanText;
use crate::domain::document::{Block, Document, Span};

/// What a paragraph says that is nothing but this, in lower case, without marks at its end.
const WHOLE: &[&str] = &[
    "read more",
    "read the full article",
    "read full article",
    "read the full story",
    "read full story",
    "read the rest",
    "continue reading",
    "more",
    "click here to read more",
    "keep reading",
    "view article",
    "advertisement",
    "advertisements",
    "ad",
    "sponsored",
    "story continues below advertisement",
    "article continues below",
    "article continues after ad",
    "story continues below",
    "share this",
    "share this article",
    "share this story",
    "share this post",
    "share",
    "share on facebook",
    "share on twitter",
    "like this",
    "loading",
    "like loading",
    "follow us",
    "sign up for our newsletter",
    "subscribe to our newsletter",
    "subscribe now",
    "leave a comment",
    "subscribe",
    "tweet",
    "skip to content",
    "jump to comments",
    "opens in a new tab",
    "opens in new window",
    "opens in a new window",
    "email this article",
    "print this article",
    "this content is hosted by a third party",
    "email",
    "print",
    "comments",
    "back to top",
    "scroll to continue",
    "related articles",
    "read comments",
];
/// How a paragraph begins and what else stands in it, in lower case.
const BEGINNINGS: &[(&str, &str)] = &[
    ("the post ", " appeared first on "),
    ("the article ", " appeared first on "),
    ("the entry ", " appeared first on "),
    ("the post ", " first appeared on "),
    ("this article ", " appeared first on "),
    ("this post ", " appeared first on "),
    ("l’article ", " est apparu en premier sur "),
    ("l'article ", " est apparu en premier sur "),
    ("der beitrag ", " erschien zuerst auf "),
    ("continue reading ", "→"),
    ("read the full article at ", ""),
    ("read more of this story at ", ""),
    ("this entry passed through the full-text rss service", ""),
];
/// Remarks inside a text, with the space before them.
const INLINE: &[&str] = &[
    " (opens in a new tab)",
    " (opens in new tab)",
    " (opens in a new window)",
    " (opens in new window)",
    " opens in new tab",
    " opens in a new tab",
    "(opens in a new tab)",
    "(opens in new tab)",
    "(opens in new window)",
    "(opens in a new window)",
];
/// Blocks of a text that may be nothing but such sentences.
const FEW: usize = 3;
/// Bytes of the longest sentence of these.
const MAX_BYTES: usize = 600;

pub(super) fn run(document: &mut Document) {
    let few = (document.blocks.len() <= FEW).then(|| document.blocks.clone());
    drop_all(&mut document.blocks);
    // a text that is nothing but this is all there is of the article
    if let Some(few) = few.filter(|few| !few.is_empty() && document.blocks.is_empty()) {
        document.blocks = few;
    }
}

fn drop_all(blocks: &mut Vec<Block>) {
    blocks.iter_mut().for_each(drop_inside);
    blocks.retain(|block| !matches!(block, Block::Paragraph { text } | Block::Heading { text, .. } if is_phrase(text)));
}

fn drop_inside(block: &mut Block) {
    match block {
        Block::Paragraph { text } | Block::Heading { text, .. } | Block::Image { caption: text, .. } => drop_remarks(text),
        Block::Quote { blocks } => drop_all(blocks),
        Block::List { items, .. } => items.iter_mut().for_each(drop_all),
        Block::Table { .. } | Block::Code { .. } | Block::Rule => {}
    }
}

fn drop_remarks(text: &mut Vec<Span>) {
    for span in text.iter_mut().filter(|span| !span.code) {
        for remark in INLINE {
            if find_any_case(&span.text, remark).is_some() {
                span.text = CleanText::inline(&without(&span.text, remark));
            }
        }
    }
    // a link at the end of a teaser that only says that there is more
    let is_more = |span: &Span| span.link.is_some() && is_whole(&span.text);
    if text.len() > 1 && text.last().is_some_and(is_more) {
        text.pop();
    }
    text.retain(|span| !span.text.is_empty());
}

fn without(mut text: &str, remark: &str) -> String {
    let mut out = String::with_capacity(text.len());
    while let Some(at) = find_any_case(text, remark) {
        out.push_str(&text[..at]);
        text = &text[at + remark.len()..];
    }
    out + text
}

/// Where an ASCII phrase stands in a text; looks only where its first letters are.
fn find_any_case(text: &str, phrase: &str) -> Option<usize> {
    let (text, phrase) = (text.as_bytes(), phrase.as_bytes());
    text.windows(phrase.len()).position(|window| window[0] == phrase[0] && window.eq_ignore_ascii_case(phrase))
}

fn is_phrase(text: &[Span]) -> bool {
    let length: usize = text.iter().map(|span| span.text.len()).sum();
    if length > MAX_BYTES {
        return false;
    }
    let text = text.iter().map(|span| span.text.as_str()).collect::<String>().to_lowercase();
    is_whole(&text) || BEGINNINGS.iter().any(|(start, inside)| text.starts_with(start) && text.contains(inside))
}

fn is_whole(text: &str) -> bool {
    let text = text.to_lowercase();
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    WHOLE.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_text;

    #[test]
    fn sentences_of_machines_go() {
        check_text(
            "<p>Text.</p><p>The post <a href=\"x\">Text</a> appeared first on <a href=\"y\">Site</a>.</p><p><a href=\"x\">Read more »</a></p>",
            "Text.",
        );
        check_text("<p>See <a href=/x>the report (opens in a new tab)</a>.</p>", "See [the report](https://example.org/x).");
        check_text("<p>It snowed. <a href=/x>Continue reading →</a></p>", "It snowed.");
        check_text("<h3>Share this:</h3><p>ADVERTISEMENT</p><p>a</p>", "a");
    }

    #[test]
    fn sentences_of_people_stay() {
        check_text("<p>The post office appeared first in 1867.</p>", "The post office appeared first in 1867.");
        check_text("<p>Read more books.</p>", "Read more books.");
        check_text("<a href=/c>Comments</a>", "[Comments](https://example.org/c)");
    }
}
