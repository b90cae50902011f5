//! JSON Feed 1.0 and 1.1, and what is meant as one: numeric ids, `http:` version addresses, no version at all.
//! Our own reading throughout; feed-rs refuses such feeds and adds nothing.

use serde_json::{Map, Value};

use crate::domain::clean_text::CleanText;
use crate::domain::feed::{Enclosure, ParsedArticle, ParsedFeed};

use super::articles::{self, KnownBy};
use super::links::{Base, is_web_address};
use super::markup::{self, Place};
use super::{End, controls, dates::Dates, identity, notes::Notes, titles, xml_article::LEADS_NOWHERE};

/// When an article was published, and when it was changed.
const DATES: [&str; 2] = ["date_published", "date_modified"];
/// What an article is known by again, best first.
const KNOWN_BY: KnownBy = [&["id"], &["url", "external_url"], &["title"]];
/// Authors, tags and files of one article; the rest is left out.
const MAX_LISTED: usize = 100;

type Object = Map<String, Value>;

/// Characters before a document of JSON: guards against scripts, a call around it, warnings of a program.
const JUNK_BEFORE: usize = 2000;

/// Where JSON begins in a text, if it is JSON.
pub(crate) fn start(text: &str) -> Option<&str> {
    let is_xml = || ["<rss", "<feed", "<rdf:RDF", "<?xml"].iter().any(|root| text.contains(root));
    match text.chars().next()? {
        '{' => Some(text),
        '[' if !is_xml() => Some(text),
        '<' => None,
        _ => {
            let at = text.find('{').filter(|at| *at < JUNK_BEFORE)?;
            text.contains("jsonfeed.org/version").then(|| &text[at..]).filter(|_| !is_xml())
        }
    }
}

/// The feed in a JSON document; `None` when it is no feed.
pub(crate) fn read(document: &Value, end: End, base_url: Option<&str>, notes: &mut Notes) -> Option<ParsedFeed> {
    let feed = document.as_object()?;
    let version = text(feed, "version").filter(|version| version.contains("jsonfeed.org"));
    let items = match (feed.get("items").and_then(Value::as_array), &version) {
        (Some(items), _) => items.as_slice(),
        (None, Some(_)) => &[],
        (None, None) => return None,
    };
    if version.is_none() {
        let is_empty_feed = items.is_empty() && feed.contains_key("title");
        if !is_empty_feed && !items.iter().any(is_article) {
            return None;
        }
        notes.add("repaired: no version of JSON Feed named");
    }
    let itself = text(feed, "feed_url").filter(|address| is_web_address(address));
    let document_base = Base::new(base_url.or(itself.as_deref()));
    let home_url = text(feed, "home_page_url").and_then(|address| document_base.web(&address));
    let base = document_base.or_site(home_url.as_deref());
    let language = text(feed, "language");
    let authors = authors(feed);
    let mut read = ParsedFeed {
        title: title(feed),
        description: text(feed, "description").and_then(|text| titles::description(&text)),
        icon_url: ["icon", "favicon"].iter().find_map(|name| document_base.web(&text(feed, name)?)),
        language,
        home_url,
        ..ParsedFeed::default()
    };
    let mut objects: Vec<&Object> = items.iter().filter_map(Value::as_object).filter(|object| says_something(object)).collect();
    notes.add_blank(items.len() - objects.len());
    let (has, title) = (|object: &&Object, names: &[&str]| has_any(object, names), |object: &&Object| title(object));
    let is_last_cut = end != End::Whole && !articles::leave_out_cut(&mut objects, end, &KNOWN_BY, has, title, notes);
    articles::leave_out_many(&mut objects, notes);
    let texts = objects.iter().flat_map(|object| DATES.iter().filter_map(|name| text(object, name)));
    let around = Around { dates: Dates::of_feed(texts, read.language.as_deref(), notes), base, authors };
    read.articles = objects.into_iter().map(|item| article(item, &around, notes)).collect();
    if let Some(last) = read.articles.last_mut().filter(|_| is_last_cut) {
        last.is_cut = last.content_html.is_none() || (last.id.is_empty() && last.url.is_none());
    }
    identity::complete(&mut read, notes);
    Some(read)
}

/// Whether there is a text, number or list in an article, which could be shown.
fn says_something(object: &Object) -> bool {
    object.values().any(|value| !value.is_null() && !value.is_boolean())
}

fn is_article(value: &Value) -> bool {
    value.as_object().is_some_and(|object| has_any(object, &["id", "url", "external_url", "content_html", "content_text", "title"]))
}

fn has_any(object: &Object, names: &[&str]) -> bool {
    names.iter().any(|name| object.contains_key(*name))
}

fn title(object: &Object) -> Option<CleanText> {
    text(object, "title").and_then(|title| titles::title(&title))
}

/// A text or number as text, trimmed; `None` when empty.
fn text(object: &Object, name: &str) -> Option<String> {
    let text = match object.get(name)? {
        Value::String(text) => controls::remove(text.trim()).into_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn list<'v>(object: &'v Object, name: &str) -> impl Iterator<Item = &'v Value> {
    object.get(name).and_then(Value::as_array).into_iter().flatten().take(MAX_LISTED)
}

/// What an article has from the feed around it.
struct Around {
    base: Base,
    authors: Vec<CleanText>,
    dates: Dates,
}

fn article(item: &Object, around: &Around, notes: &mut Notes) -> ParsedArticle {
    let Around { base, authors: feed_authors, dates } = around;
    let url = ["url", "external_url"].iter().find_map(|name| base.web(&text(item, name)?));
    if let Some(nowhere) = text(item, "url").filter(|address| base.web(address).is_none()) {
        notes.add_quoted(LEADS_NOWHERE, &nowhere);
    }
    let id = text(item, "id").unwrap_or_default();
    let url = url.or_else(|| base.web(&id).filter(|_| is_web_address(&id)));
    let place = Place { base: base.clone(), page: url.clone() };
    let html = |name| text(item, name).map(|html| markup::absolute(&html, &place));
    let plain = |name| text(item, name).map(|text| markup::from_plain(&text));
    let own_authors = authors(item);
    ParsedArticle {
        id,
        title: title(item),
        authors: if own_authors.is_empty() { feed_authors.clone() } else { own_authors },
        published: text(item, DATES[0]).and_then(|date| dates.read_noted(&date, notes)),
        updated: text(item, DATES[1]).and_then(|date| dates.read_noted(&date, notes)),
        summary_html: plain("summary"),
        content_html: html("content_html").or_else(|| plain("content_text")),
        categories: list(item, "tags").filter_map(Value::as_str).filter_map(titles::name).collect(),
        enclosures: list(item, "attachments").filter_map(Value::as_object).filter_map(|file| enclosure(file, base)).collect(),
        comments_url: None,
        language: text(item, "language"),
        url,
        is_cut: false,
    }
}

/// `authors` of version 1.1, else `author` of 1.0; also as mere names.
fn authors(object: &Object) -> Vec<CleanText> {
    let name = |value: &Value| match value {
        Value::String(name) => super::names::person(name),
        Value::Object(author) => text(author, "name").and_then(|name| super::names::person(&name)),
        _ => None,
    };
    let several: Vec<CleanText> = list(object, "authors").filter_map(name).collect();
    if several.is_empty() { object.get("author").and_then(name).into_iter().collect() } else { several }
}

fn enclosure(file: &Object, base: &Base) -> Option<Enclosure> {
    let length = file.get("size_in_bytes").and_then(|size| size.as_u64().or_else(|| size.as_str()?.parse().ok()));
    Some(Enclosure { url: base.web(&text(file, "url")?)?, media_type: text(file, "mime_type"), length })
}
