//! From the bytes of a fetched document to a feed. Pure functions: nothing here fetches, waits, or reads a clock.
//! The steps, one file each: decode, tolerant (to a tree), `xml_feed` or `json_feed`, identity.

mod articles;
mod best;
mod charsets;
mod code_pages;
mod controls;
mod dates;
mod decode;
pub mod discover;
mod extras;
mod guess;
mod hints;
mod identity;
mod json_feed;
pub(crate) mod links;
mod long_numbers;
mod markup;
mod names;
mod not_a_feed;
mod notes;
mod outlines;
mod space;
mod surrogates;
mod tags;
mod texts;
mod titles;
mod tolerant;
mod tolerant_json;
mod tree;
mod xml_article;
mod xml_feed;

use crate::domain::feed::ParsedFeed;

pub(crate) use markup::escape;
pub use not_a_feed::NotAFeed;
use notes::Notes;
pub use outlines::{ListFile, Outline, read_list};

/// A document as it was fetched, unpacked.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawFeed<'a> {
    pub body: &'a [u8],
    /// The `Content-Type` of the answer; only its charset counts.
    pub content_type: Option<&'a str>,
    /// The document's own address, for relative links.
    pub base_url: Option<&'a str>,
    /// Whether more was to come, so that what the end cuts will be there another time: only what is whole is read.
    pub is_cut: bool,
}

/// How a document ends, and what that means for an article that its end cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Whole,
    /// It is all that there is: the article is read when it can be known again.
    Cut,
    /// The article will come whole: it is left out.
    ToCome,
}

impl End {
    fn of_cut(raw: &RawFeed<'_>) -> End {
        if raw.is_cut { End::ToCome } else { End::Cut }
    }
}

/// The text of any document, by its bytes, its `Content-Type` and what it says of its encoding; a web page, for one.
/// Bytes that are no text are mostly characters that stand for what cannot be read.
pub fn text_of(body: &[u8], content_type: Option<&str>, base_url: Option<&str>) -> String {
    if not_a_feed::is_binary(body) {
        return String::from_utf8_lossy(body).into_owned();
    }
    let mut notes = Notes::default();
    decode::decode(body, content_type, base_url, &mut notes)
}

/// Reads a feed of any kind. Never panics and takes time in proportion to the body.
///
/// # Errors
/// When there is no feed in the document: says what it seems to be.
pub fn read(raw: RawFeed<'_>) -> Result<ParsedFeed, NotAFeed> {
    let mut notes = Notes::default();
    let text = decode::decode(raw.body, raw.content_type, raw.base_url, &mut notes);
    let start = text.trim_start();
    if start.is_empty() {
        return Err(NotAFeed::empty());
    }
    let mut feed = match json_feed::start(start) {
        Some(json) => {
            if json.len() < start.len() {
                notes.add("repaired: text before the JSON");
            }
            read_json(json, &raw, &mut notes)?
        }
        None => read_xml(&text, &raw, &mut notes)?,
    };
    feed.notes = notes.finish();
    Ok(feed)
}

/// A document that is sound JSON is read as such; of a damaged one, what is whole.
fn read_json(text: &str, raw: &RawFeed<'_>, notes: &mut Notes) -> Result<ParsedFeed, NotAFeed> {
    let text = &*long_numbers::quoted(text);
    match serde_json::from_str(text) {
        Ok(document) => json_feed::read(&document, End::Whole, raw.base_url, notes).ok_or_else(|| NotAFeed::of_json(None)),
        Err(error) => {
            let damaged = tolerant_json::read(text, error.line(), notes);
            let end = if damaged.is_cut { End::of_cut(raw) } else { End::Whole };
            json_feed::read(&damaged.value, end, raw.base_url, notes).ok_or_else(|| NotAFeed::of_json(Some(&error)))
        }
    }
}

fn read_xml(text: &str, raw: &RawFeed<'_>, notes: &mut Notes) -> Result<ParsedFeed, NotAFeed> {
    if let Some(other) = NotAFeed::of_bytes(raw.body) {
        return Err(other);
    }
    let nodes = tolerant::read(text, notes);
    xml_feed::read(&nodes, End::of_cut(raw), raw.base_url, notes).ok_or_else(|| NotAFeed::of_document(raw.body, text, &nodes, raw.base_url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_read_as_characters_that_cannot_be_shown() {
        let bytes: Vec<u8> = (0..5_000_u32).map(|number| number.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        let text = text_of(&bytes, Some("application/octet-stream"), None);
        assert!(text.matches(char::REPLACEMENT_CHARACTER).count() > 1_000, "{text:?}");
        assert_eq!(text_of(b"caf\xe9", Some("text/html; charset=latin1"), None), "café");
    }
}
