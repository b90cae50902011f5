//! Drops the sentences that machines add to articles.
//!
//! before: `<p>Text.</p><p>The post <a href="x">Text</a> appeared first on <a href="y">Site</a>.</p><p><a href="x">Read more »</a></p>`
//! after:  `Text.`

mod words;

use words::{AUTHORS, BEGINNINGS, CATEGORIES, FILED, FIRST_ON, FOLLOW, LETTERS, LINKED_BEGINNINGS, MORE, NETWORKS, WHOLE};

use crate::domain::clean_text::CleanText;
use crate::domain::document::{Block, Document, Span, text_of};
use crate::domain::numbering::Numbering;

/// Characters after the last of these sentences up to which it ends the text.
const MAX_SITE: usize = 120;
/// Bytes of a paragraph that is one link, and the words beside it.
const MAX_LINKED: usize = 160;
const MAX_BARE_WORDS: usize = 2;
/// Blocks of a text that may be nothing but such sentences.
const FEW: usize = 3;
/// Bytes of the longest sentence of these.
const MAX_BYTES: usize = 600;
/// Bytes of a last line that only sorts or counts.
const MAX_LAST: usize = 160;

pub(super) fn run(document: &mut Document) {
    let few = (document.blocks.len() <= FEW).then(|| document.blocks.clone());
    drop_all(&mut document.blocks);
    drop_last_lines(&mut document.blocks);
    // a text that is nothing but this is all there is of the article
    if let Some(few) = few.filter(|few| !few.is_empty() && document.blocks.is_empty()) {
        document.blocks = few;
    }
}

fn drop_all(blocks: &mut Vec<Block>) {
    blocks.iter_mut().for_each(drop_inside);
    let phrases: Vec<bool> = blocks.iter().map(|block| spans_of(block).is_some_and(is_phrase)).collect();
    let end = phrases.iter().rposition(|is_phrase| !is_phrase).map_or(0, |last| last + 1);
    let is_machines = |at: usize| {
        let is_phrase = phrases.get(at).is_some_and(|is_phrase| *is_phrase);
        is_phrase && !blocks.get(at).and_then(spans_of).is_some_and(is_authors)
    };
    let is_alone = |at: usize| at < end && !is_machines(at + 1) && !is_machines(at.wrapping_sub(1));
    let kept: Vec<bool> = (0..blocks.len())
        .map(|at| {
            let is_authors = || is_alone(at) && spans_of(&blocks[at]).is_some_and(is_authors);
            !phrases[at] || is_authors() || is_heading_of(&blocks[at], blocks.get(at + 1))
        })
        .collect();
    let mut kept = kept.into_iter();
    blocks.retain(|_| kept.next().unwrap_or(true));
}

/// What is inside lists and quotes is an author's, but for links.
fn drop_linked(blocks: &mut Vec<Block>) {
    blocks.iter_mut().for_each(drop_inside);
    blocks.retain(|block| !spans_of(block).is_some_and(|text| has_link(text) && is_phrase(text)));
}

/// Whether a block is a heading without a link over what somebody wrote.
fn is_heading_of(block: &Block, next: Option<&Block>) -> bool {
    let is_written =
        |text: &[Span]| !is_phrase(text) && text.iter().any(|span| span.link.is_none() && span.text.contains(char::is_alphanumeric));
    match (block, next) {
        (Block::Heading { text, .. }, Some(Block::Paragraph { text: next })) => !has_link(text) && is_written(next),
        _ => false,
    }
}

fn has_link(text: &[Span]) -> bool {
    text.iter().any(|span| span.link.is_some())
}

fn spans_of(block: &Block) -> Option<&[Span]> {
    match block {
        Block::Paragraph { text } | Block::Heading { text, .. } => Some(text),
        _ => None,
    }
}

/// Whether a text may be the author's as well as a machine's.
fn is_authors(text: &[Span]) -> bool {
    let words = text_of(text).to_lowercase();
    !has_link(text) && AUTHORS.contains(&words.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Drops the lines at the end of an article that say where it is filed and how many comments it has. A single one that an author
/// may have written stays.
fn drop_last_lines(blocks: &mut Vec<Block>) {
    let is_certain: Vec<bool> = blocks.iter().rev().map_while(last_line).collect();
    if is_certain.len() > 1 || is_certain == [true] {
        blocks.truncate(blocks.len() - is_certain.len());
    }
}

/// Of a text that only says where the article is filed, or how many comments it has: whether no author writes it so.
fn last_line(block: &Block) -> Option<bool> {
    let Block::Paragraph { text } = block else { return None };
    if text.iter().map(|span| span.text.len()).sum::<usize>() > MAX_LAST {
        return None;
    }
    let lower = text_of(text).to_lowercase();
    let is_sentence = lower.trim_end().ends_with(['.', '!', '?']) || lower.contains(". ");
    let mut parts = lower.split(['|', '·', '•']);
    let is_count = parts.clone().any(is_count) && parts.all(|part| is_count(part) || is_whole(part));
    let is_linked = text.iter().any(|span| span.link.is_some());
    let start = CATEGORIES.iter().find(|start| lower.starts_with(**start) && (is_linked || start.ends_with(':')));
    let is_certain = is_count || is_linked || FILED.iter().any(|filed| lower.starts_with(filed));
    (!is_sentence && (is_count || start.is_some())).then_some(is_certain)
}

fn is_count(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    matches!(words.as_slice(), ["comments" | "comment", number] | [number, "comments" | "comment"] if is_number(number))
}

fn drop_inside(block: &mut Block) {
    match block {
        Block::Paragraph { text } | Block::Heading { text, .. } | Block::Image { caption: text, .. } => drop_remarks(text),
        Block::Quote { blocks } => drop_linked(blocks),
        // a term may be one word that machines say too
        Block::List { numbering: Numbering::Terms, .. } => {}
        Block::List { items, .. } => items.iter_mut().for_each(drop_linked),
        Block::Table { .. } | Block::Code { .. } | Block::Rule => {}
    }
}

fn drop_remarks(text: &mut Vec<Span>) {
    cut_first_on(text);
    // a link at the end of a teaser that only says that there is more
    let is_more = |span: &Span| span.link.is_some() && is_whole(&span.text);
    if text.len() > 1 && text.last().is_some_and(is_more) {
        text.pop();
    }
    text.retain(|span| !span.text.is_empty());
}

fn is_phrase(text: &[Span]) -> bool {
    let length: usize = text.iter().map(|span| span.text.len()).sum();
    if length > MAX_BYTES {
        return false;
    }
    let lower = text_of(text).to_lowercase();
    if lower.starts_with(['“', '"', '«', '„', '‘']) && !has_link(text) {
        return false;
    }
    let bare = || text.iter().filter(|span| span.link.is_none()).map(|span| span.text.split_whitespace().count()).sum::<usize>();
    let is_linked = || lower.len() <= MAX_LINKED && bare() <= MAX_BARE_WORDS && text.iter().any(|span| span.link.is_some());
    is_whole(&lower)
        || FIRST_ON.iter().any(|(start, inside)| lower.starts_with(start) && lower.contains(inside))
        || BEGINNINGS.iter().any(|start| lower.starts_with(start))
        || (lower.len() <= MAX_LINKED && LETTERS.iter().any(|(start, inside)| lower.starts_with(start) && lower.contains(inside)))
        || (is_linked() && LINKED_BEGINNINGS.iter().any(|start| lower.starts_with(start)))
        || is_row(text)
        || is_follow(&lower)
        || is_categories(text, &lower)
}

/// Whether a text names networks on which to follow a site, and says nothing else.
fn is_follow(lower: &str) -> bool {
    let names = lower.strip_prefix(FOLLOW).filter(|names| names.len() <= MAX_LINKED);
    names.is_some_and(|names| names.split(|c: char| !c.is_alphanumeric()).all(|word| word.is_empty() || NETWORKS.contains(&word)))
}

/// Whether a text is several links, each of which says no more than such a phrase: "Share | Tweet | Email".
fn is_row(text: &[Span]) -> bool {
    let words = || text.iter().filter(|span| span.text.contains(char::is_alphanumeric));
    words().count() > 1 && words().all(|span| span.link.is_some() && is_whole(&span.text))
}

/// Whether a text is a line of links to categories and nothing else.
fn is_categories(text: &[Span], lower: &str) -> bool {
    let Some(start) = CATEGORIES.iter().find(|start| lower.starts_with(**start)) else { return false };
    let bare: usize =
        text.iter().filter(|span| span.link.is_none()).map(|span| span.text.chars().filter(|c| c.is_alphanumeric()).count()).sum();
    text.iter().any(|span| span.link.is_some()) && bare <= start.chars().filter(|c| c.is_alphanumeric()).count()
}

fn is_whole(text: &str) -> bool {
    let text = text.to_lowercase();
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    WHOLE.contains(&bare) || MORE.contains(&bare)
}

/// Cuts off the sentence of WordPress where it ends a paragraph of the text itself.
fn cut_first_on(text: &mut Vec<Span>) {
    let plain = text_of(text);
    // upper and lower case of these few letters are as long as each other, or nothing is cut
    let lower = plain.to_lowercase();
    if lower.len() != plain.len() || !has_first_on(lower.as_bytes()) {
        return;
    }
    let Some(at) = FIRST_ON.iter().find_map(|first_on| first_on_at(&lower, *first_on)).filter(|at| *at > 0) else { return };
    let mut left = at;
    text.retain_mut(|span| {
        let kept = left.min(span.text.len());
        left -= kept;
        if kept < span.text.len() {
            span.text = CleanText::inline(span.text.get(..kept).unwrap_or_default());
        }
        !span.text.is_empty()
    });
}

/// Whether a word is followed as one of the sentences goes on: one look at each word of a text, most of which have none of them.
fn has_first_on(lower: &[u8]) -> bool {
    let goes_on = |text: &[u8], (_, inside): &(&str, &str)| text.get(1) == inside.as_bytes().get(1) && text.starts_with(inside.as_bytes());
    let spaces = lower.iter().enumerate().filter(|(_, byte)| **byte == b' ');
    spaces.map(|(at, _)| &lower[at..]).any(|text| FIRST_ON.iter().any(|first_on| goes_on(text, first_on)))
}

/// Where the sentence begins that ends a text.
fn first_on_at(lower: &str, (start, inside): (&str, &str)) -> Option<usize> {
    let between = lower.rfind(inside)?;
    let at = lower[..between].rfind(start)?;
    let is_sentence = at == 0 || lower[..at].ends_with(['.', '!', '?', ' ', '…', ']', '”', '"', '\n']);
    let site = lower[between + inside.len()..].trim_end();
    let ends = site.chars().count() <= MAX_SITE && !site.trim_end_matches('.').contains(". ");
    (is_sentence && ends && between - at <= MAX_BYTES).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_text;
    use super::*;

    #[test]
    fn what_is_looked_for_first_is_in_each_sentence() {
        assert!(FIRST_ON.iter().all(|(_, inside)| inside.starts_with(' ') && inside.len() > 2));
    }

    #[test]
    fn sentences_of_machines_go() {
        check_text(
            "<p>Text.</p><p>The post <a href=\"x\">Text</a> appeared first on <a href=\"y\">Site</a>.</p><p><a href=\"x\">Read more »</a></p>",
            "Text.",
        );
        check_text("<p>It snowed. <a href=/x>Continue reading →</a></p>", "It snowed.");
        check_text("It snowed. […] The post <a href=/x>Snow</a> appeared first on <a href=/y>Site</a>.", "It snowed. \\[…\\]");
        check_text("<p>Es schneit.</p><p>Der Beitrag <a href=/x>Schnee</a> erschien zuerst auf <a href=/y>Blatt</a>.</p>", "Es schneit.");
        check_text("<p>Nieva. <a href=/x>Seguir leyendo</a></p><p><a href=/x>Leer más →</a></p>", "Nieva.");
        check_text("<p>a</p><p><a href=/x>» E-Mail This</a> &nbsp; <a href=/y>» Add to Del.icio.us</a></p>", "a");
        check_text("<p>a</p><p><a href=/x>Read the full story at The Site.</a></p><p><a href=/x>Watch at Site</a></p>", "a");
        check_text("<p>a</p><p>Related: <a href=/x>Another story</a></p><p><b>Tags:</b> <a href=/x>a</a> · <a href=/y>b</a></p>", "a");
        check_text("<p>a</p><p><em>Subscribe to <a href=/x>The Paper</a> to get Tides, our newsletter about the sea.</em></p>", "a");
        let machines = |line: &str| check_text(&format!("<p>a</p><p>{line}</p><p>b</p>"), "a\n\nb");
        [
            "Follow us on Twitter, Facebook and Instagram.",
            "Sign up for our daily newsletter <a href=/x>here</a>.",
            "Click here to subscribe.",
        ]
        .into_iter()
        .for_each(machines);
        let last = |line: &str| check_text(&format!("<p>It snowed.</p><p>{line}</p>"), "It snowed.");
        ["0 comments", "Comments (3) | Share", "<a href=#respond>12 Comments</a>"].into_iter().for_each(last);
        ["Like this: Like Loading…", "Like this", "Filed under: News", "Comments (3)", "3 comments"].into_iter().for_each(last);
        ["Posted in <a href=/x>News</a> | 3 comments", "Topics: a</p><p>Tags: a, b", "Tags: a, b</p><p>3 comments"]
            .into_iter()
            .for_each(last);
        check_text("<p>a</p><p>Filed under: News</p><p>Tags: a, b</p><p>Comments (3)</p>", "a");
        check_text("<p>a</p><p>Like this</p><p>Like Loading</p><p>b</p>", "a\n\nb");
        check_text("<p>a</p><blockquote><p><a href=/x>Read more</a></p></blockquote>", "a");
        check_text("<h3>Share this</h3><ul><li><a href=/x>Facebook</a></li></ul>", "- [Facebook](https://example.org/x)");
        check_text("<h3>Share this:</h3><p>ADVERTISEMENT</p><p>a</p>", "a");
    }

    #[test]
    fn sentences_of_people_stay() {
        check_text("<p>The post office appeared first in 1867.</p>", "The post office appeared first in 1867.");
        check_text("<p>Call it.</p><p>Like this</p><pre>f(1)</pre>", "Call it.\n\nLike this\n\n```\nf(1)\n```");
        check_text("<p>a</p><p>Posted in 1990, it came late.</p>", "a\n\nPosted in 1990, it came late.");
        check_text("<p>Tags: a, b</p><p>are two.</p>", "Tags: a, b\n\nare two.");
        let last = |line: &str| check_text(&format!("<p>It snowed.</p><p>{line}</p>"), &format!("It snowed.\n\n{line}"));
        ["Posted in Berlin", "Filed under things to forget", "Topics: physics and chemistry", "Tags: a"].into_iter().for_each(last);
        check_text("<p>It snowed.</p><h2>Filed under: snow</h2>", "It snowed.\n\n## Filed under: snow");
        check_text("<p>Posted in Berlin</p><p>3 comments</p>", "Posted in Berlin");
        check_text("<p>Follow us on a walk.</p><p>b</p>", "Follow us on a walk.\n\nb");
        check_text("<p>Sign up for a daily newsletter.</p><p>b</p>", "Sign up for a daily newsletter.\n\nb");
        check_text("<p>Read more books.</p>", "Read more books.");
        check_text("<p>a</p><p>Sign up for a newsletter and mail will come.</p>", "a\n\nSign up for a newsletter and mail will come.");
        check_text("<p>Watch at night.</p><p>Read on.</p>", "Watch at night.\n\nRead on.");
        check_text(
            "<p>The post office appeared first on Main Street. It was red.</p>",
            "The post office appeared first on Main Street. It was red.",
        );
        check_text("<ul><li>Comment</li><li>Share</li></ul><p>a</p>", "- Comment\n- Share\n\na");
        check_text("<p>a</p><ul><li><a href=/x>Share</a></li><li><a href=/x>Print</a></li></ul><p>b</p>", "a\n\nb");
        check_text("<ol><li>Print</li><li>Tweet</li></ol><p>b</p>", "1. Print\n2. Tweet\n\nb");
        check_text("<p>It said:</p><blockquote>Share</blockquote><p>So.</p>", "It said:\n\n> Share\n\nSo.");
        check_text("<blockquote><p>Read more</p></blockquote>", "> Read more");
        check_text("<p>“Follow us.”</p><p>They did.</p>", "“Follow us.”\n\nThey did.");
        check_text("<p>a</p><table><tr><td>Print</td><td>Share</td></tr></table><p>b</p>", "a\n\nPrint\n\nShare\n\nb");
        let heading = |text: &str| check_text(&format!("<h2>{text}</h2><p>It snowed.</p>"), &format!("## {text}\n\nIt snowed."));
        ["Read more", "Advertisement", "Share this", "Related articles"].into_iter().for_each(heading);
        check_text("<p>a</p><ul><li>Comment</li><li><a href=/x>Share</a></li></ul><p>b</p>", "a\n\n- Comment\n\nb");
        check_text("<a href=/c>Comments</a>", "[Comments](https://example.org/c)");
    }
}
