//! Where a field of a feed or an article ends whose end tag is missing: where what cannot be in it begins.
//! Only asked of fields that have no end tag; a field that is closed may hold what it likes.

use super::nesting;
use crate::sources::space;
use crate::sources::tree::{self, Element, is_one_of, local};

/// Fields without a prefix that hold no articles.
const FIELDS: &[&str] = &[
    "author",
    "category",
    "cloud",
    "comments",
    "content",
    "contributor",
    "copyright",
    "created",
    "description",
    "docs",
    "email",
    "enclosure",
    "encoded",
    "generator",
    "guid",
    "icon",
    "id",
    "image",
    "issued",
    "language",
    "lastBuildDate",
    "link",
    "logo",
    "managingEditor",
    "modified",
    "name",
    "pubDate",
    "published",
    "rights",
    "skipDays",
    "skipHours",
    "source",
    "subtitle",
    "summary",
    "tagline",
    "textInput",
    "title",
    "ttl",
    "updated",
    "uri",
    "url",
    "webMaster",
];
/// What stands in a picture or a form of a feed, each once.
const IN_IMAGES: &[&str] = &["url", "title", "link", "description", "width", "height", "name"];
/// What tells of a person, each once.
const IN_PERSONS: &[&str] = &["name", "email", "uri", "url"];

/// Whether the name is that of a field, with the usual prefixes.
pub(super) fn is_field(name: &str) -> bool {
    match name.split_once(':') {
        Some((prefix, local)) => space::of_prefix(prefix).is_some() && !nesting::is_article(local),
        None => is_one_of(name, FIELDS),
    }
}

/// Whether an element of that name cannot stand in the field.
pub(super) fn is_ended_by(field: &Element<'_>, name: &str) -> bool {
    if nesting::is_article(name) {
        return true;
    }
    let once = match field.local().to_ascii_lowercase().as_str() {
        "image" | "textinput" => IN_IMAGES,
        "author" | "contributor" => IN_PERSONS,
        "content" | "group" if is_media(field.name) => {
            return is_field(name) && (!is_media(name) || local(name).eq_ignore_ascii_case(field.local()));
        }
        _ => &[],
    };
    let is_there = || tree::elements(&field.children).any(|child| child.name.eq_ignore_ascii_case(name));
    is_field(name) && (!is_one_of(name, once) || is_there())
}

pub(super) fn is_media(name: &str) -> bool {
    name.get(..6).is_some_and(|prefix| prefix.eq_ignore_ascii_case("media:"))
}
