//! Media RSS by way of feed-rs: pictures, films and sound of articles, from any XML feed.
//! feed-rs never sees a publisher's document: it gets a small canonical RSS written from our tree, one item an article.

use std::fmt::Write;

use crate::domain::clean_text::CleanText;
use crate::domain::feed::{Enclosure, ParsedArticle};
use crate::domain::foreign;

use super::links::Base;
use super::markup;
use super::notes::Notes;
use super::space::Space;
use super::tree::Element;

// What feed-rs says of titles, links, dates, authors, bodies and ids is ours to say, for every format: it keeps raw
// entities and control characters, makes up ids, and drops a feed for one fault. For JSON Feed it adds nothing.

/// Files of one article; the rest is left out.
const MAX_FILES: usize = 30;
/// What feed-rs is told of a picture whose type the feed does not say; nobody else is.
const SOME_PICTURE: &str = "image/*";
/// Elements that feed-rs is asked about.
const ASKED: &[&str] = &["group", "content", "player", "thumbnail"];
/// Their attributes.
const ATTRIBUTES: &[&str] = &["url", "type", "fileSize"];

/// Adds each article's media to its enclosures; `elements` and `articles` run in step.
pub(crate) fn add_media(elements: &[&Element<'_>], base: &Base, articles: &mut [ParsedArticle], notes: &mut Notes) {
    let mut rss = String::from("<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel>");
    let before = rss.len();
    for (number, element) in elements.iter().enumerate() {
        push_item(&mut rss, element, number, &base.inside(element.xml_attribute("base")));
    }
    if rss.len() == before {
        return;
    }
    rss.push_str("</channel></rss>");
    let Some(entries) = parse(&rss) else {
        notes.add("left out: pictures and sound, which could not be read");
        return;
    };
    for entry in entries {
        if let Some(article) = entry.id.parse().ok().and_then(|number: usize| articles.get_mut(number)) {
            entry.media.iter().for_each(|media| add(article, media));
        }
    }
}

fn push_item(rss: &mut String, element: &Element<'_>, number: usize, base: &Base) {
    let start = rss.len();
    let _ = write!(rss, "<item><guid isPermaLink=\"false\">{number}</guid>");
    let empty = rss.len();
    element.elements().for_each(|field| push_media(rss, field, base));
    if rss.len() == empty {
        rss.truncate(start);
        return;
    }
    // Thumbnails belong to media: an article with nothing but a thumbnail has it shown as one.
    rss.push_str("</item>");
}

fn push_media(rss: &mut String, field: &Element<'_>, base: &Base) {
    let Some(name) = ASKED.iter().find(|name| field.is(Space::Media, name)) else { return };
    // A thumbnail is written as content, since feed-rs keeps none that has no content beside it.
    let is_thumbnail = *name == "thumbnail";
    let name = if is_thumbnail { "content" } else { name };
    let _ = write!(rss, "<media:{name}");
    for attribute in ATTRIBUTES.iter().copied() {
        let value = match attribute {
            "url" => field.attribute("url").and_then(|address| base.web(address)),
            "type" if is_thumbnail => Some(SOME_PICTURE.into()),
            "type" => field
                .attribute("type")
                .map(str::to_string)
                .or_else(|| (field.attribute("medium") == Some("image")).then(|| SOME_PICTURE.into())),
            attribute => field.attribute(attribute).map(str::to_string),
        };
        if let Some(value) = value {
            let _ = write!(rss, " {attribute}=\"{}\"", markup::escape(&value));
        }
    }
    rss.push('>');
    field.elements().for_each(|inner| push_media(rss, inner, base));
    let _ = write!(rss, "</media:{name}>");
}

fn parse(rss: &str) -> Option<Vec<feed_rs::model::Entry>> {
    let parser = feed_rs::parser::Builder::new().sanitize_content(false).build();
    foreign::guarded(|| parser.parse(rss.as_bytes()))?.ok().map(|feed| feed.entries)
}

fn add(article: &mut ParsedArticle, media: &feed_rs::model::MediaObject) {
    for content in &media.content {
        let Some(url) = content.url.as_ref().map(ToString::to_string) else { continue };
        let kind = content.content_type.as_ref().filter(|kind| kind.as_str() != SOME_PICTURE);
        let media_type = kind.map(|kind| CleanText::new(kind.as_str()).into_string());
        let is_known = article.enclosures.iter().any(|known| known.url == url);
        if !is_known && article.enclosures.len() < MAX_FILES {
            article.enclosures.push(Enclosure { url, media_type, length: content.size });
        }
    }
}
