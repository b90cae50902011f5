//! What may stand inside what in a feed: tells where an element ended whose end tag is missing.

use super::fields::is_media;
use crate::domain::html_names;
use crate::sources::space::Space;
use crate::sources::tags;
use crate::sources::tree::{Element, is_one_of, local};

/// Elements that are a whole feed.
const ROOTS: &[&str] = &["rss", "rdf", "feed"];
/// Elements that are articles; one never stands inside another.
const ARTICLES: &[&str] = &["item", "entry"];
/// Elements of one line of text.
const LINES_OF_TEXT: &[&str] =
    &["title", "link", "guid", "pubDate", "id", "updated", "published", "modified", "issued", "comments", "lastBuildDate", "language"];
/// Elements of running text, which may be markup.
const TEXTS: &[&str] = &["description", "summary", "content", "encoded", "subtitle", "tagline"];
/// Names that only stand directly in a feed or an article, and never in a text.
const NEVER_IN_TEXT: &[&str] = &["guid", "pubDate", "item", "entry", "enclosure", "lastBuildDate", "content:encoded", "channel"];
/// Characters of a title.
const LONGEST_LINE: usize = 1000;
/// Elements of HTML that end when the next of their kind begins.
const ENDED_BY_THEIR_LIKE: &[&str] = &["p", "li", "dt", "dd", "option"];

/// Whether elements of that name are a whole feed.
pub(super) fn is_root(name: &str) -> bool {
    is_one_of(local(name), ROOTS)
}

/// Whether elements of that name are what a document is read for; others are junk around it.
pub(super) fn is_content(name: &str) -> bool {
    holds_no_text(name) || is_article(name) || is_one_of(name, &["opml", "outline"])
}

/// Whether elements of that name hold other elements only.
pub(super) fn holds_no_text(name: &str) -> bool {
    is_root(name) || name.eq_ignore_ascii_case("channel")
}

/// Whether elements of that name are articles.
pub(super) fn is_article(name: &str) -> bool {
    is_one_of(local(name), ARTICLES)
}

/// Whether elements of that name hold running text; `media:content` holds elements.
fn is_text(name: &str) -> bool {
    is_one_of(local(name), TEXTS) && !is_media(name)
}

/// Whether elements of that name hold one line of text.
pub(super) fn is_line_of_text(name: &str) -> bool {
    is_one_of(name, LINES_OF_TEXT)
}

/// Whether the name is one of a feed's own.
pub(super) fn is_feed_word(name: &str) -> bool {
    is_one_of(name, LINES_OF_TEXT)
        || is_one_of(name, TEXTS)
        || is_one_of(name, NEVER_IN_TEXT)
        || is_one_of(name, &["author", "category", "source", "name"])
}

/// Whether text directly in the element is markup in its turn.
pub(super) fn holds_html(element: &Element<'_>) -> bool {
    let kind = element.attribute("type").unwrap_or_default();
    let is_html = if kind.is_empty() { element.space != Space::Atom } else { kind.eq_ignore_ascii_case("html") };
    is_html && is_text(element.name)
}

/// Whether `<name`, which the text begins with, is a tag in an element of that name. Inside a title only names that are known are,
/// and of those of HTML what is markup.
pub(super) fn is_tag_in(open: &str, name: &str, text: &str) -> bool {
    let is_markup = || html_names::is_element(name) && !line_in(open, text).is_some_and(tags::begins_with_word);
    !is_line_of_text(open) || is_feed_word(name) || name.contains(':') || is_markup()
}

/// What stands before the end tag of an element of that name, if it is a line of usual length.
fn line_in<'a>(open: &str, text: &'a str) -> Option<&'a str> {
    let near = text.char_indices().nth(LONGEST_LINE).map_or(text, |(end, _)| &text[..end]);
    near.match_indices("</").find(|(at, _)| tags::name(&near[at + 2..]).eq_ignore_ascii_case(open)).map(|(at, _)| &near[..at])
}

/// How many of the open elements stay open when an element of that name begins.
pub(super) fn depth_kept<'a>(open: impl ExactSizeIterator<Item = &'a str> + DoubleEndedIterator + Clone, name: &str) -> usize {
    let depth = open.len();
    let last = open.clone().next_back().unwrap_or_default();
    if is_one_of(name, ENDED_BY_THEIR_LIKE) && last.eq_ignore_ascii_case(name) {
        return depth - 1;
    }
    if is_one_of(name, ARTICLES) {
        return open.clone().rposition(|open| is_one_of(open, ARTICLES)).unwrap_or_else(|| before_text(open, name, depth));
    }
    before_text(open, name, depth)
}

/// Up to the text that the name cannot stand in.
fn before_text<'a>(open: impl ExactSizeIterator<Item = &'a str> + DoubleEndedIterator + Clone, name: &str, depth: usize) -> usize {
    let never_in_text = is_one_of(name, NEVER_IN_TEXT) || name.get(..3).is_some_and(|prefix| prefix.eq_ignore_ascii_case("dc:"));
    let is_core = !name.contains(':');
    if never_in_text {
        return open.clone().position(|open| is_text(open) || is_one_of(open, LINES_OF_TEXT)).unwrap_or(depth);
    }
    if is_core && is_feed_word(name) {
        return open.clone().position(|open| is_one_of(open, LINES_OF_TEXT)).unwrap_or(depth);
    }
    depth
}
