//! What a document is that is no feed, in words that help: so that a person sees a log-in page for what it is.

use serde_json::error::Category;

use super::links::Base;
use super::tree::{Element, Node, elements};
use super::{entities, titles};
use crate::domain::clean_text::CleanText;

/// Bytes of a page that are looked at.
const LOOKED_AT: usize = 200_000;
/// Characters of a title or text that are quoted.
const QUOTED: usize = 60;

/// First bytes of files that are no text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\0\0\x01\0", "an icon"),
    (b"RIFF", "an image or a sound"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\x1f\x8b", "damaged gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"BZh", "bzip2 data"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound or a film"),
];

/// Words of pages that ask a browser to prove itself.
const CHALLENGES: &[&str] = &[
    "just a moment",
    "checking your browser",
    "cf-chl",
    "challenge-platform",
    "attention required",
    "verify you are human",
    "verifying you are human",
    "captcha",
    "enable javascript and cookies",
    "ddos protection",
    "are you a robot",
    "access denied",
    "pardon our interruption",
    "request blocked",
];

/// A document that is no feed, and what it seems to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct NotAFeed {
    words: String,
}

impl NotAFeed {
    fn new(what: &str) -> NotAFeed {
        NotAFeed { words: format!("this seems to be {what}, not a feed") }
    }

    pub(super) fn empty() -> NotAFeed {
        NotAFeed { words: "this is empty, not a feed".into() }
    }

    /// A file that its first bytes show to be no text.
    pub(super) fn of_bytes(body: &[u8]) -> Option<NotAFeed> {
        MAGIC.iter().find(|(magic, _)| body.starts_with(magic)).map(|(_, what)| NotAFeed::new(what))
    }

    pub(super) fn of_json(error: Option<&serde_json::Error>) -> NotAFeed {
        match error.map(serde_json::Error::classify) {
            None => NotAFeed::new("JSON of another kind"),
            Some(Category::Eof) => NotAFeed { words: "this seems to be JSON that was cut off, not a feed".into() },
            Some(_) => NotAFeed::new("damaged JSON"),
        }
    }

    /// A text that has no feed in it.
    pub(super) fn of_text(text: &str, nodes: &[Node<'_>], base_url: Option<&str>) -> NotAFeed {
        let start = text.trim_start();
        let first = elements(nodes).next();
        let is_html =
            start.get(..14).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype html")) || find(nodes, &["html"], 0).is_some();
        if is_html || first.is_some_and(|element| element.space == super::space::Space::Core && super::html_names::is_element(element.name))
        {
            return NotAFeed::of_page(text, nodes, base_url);
        }
        match first {
            Some(root) if start.starts_with('<') => NotAFeed::new(&xml(root)),
            _ if start.starts_with('<') => NotAFeed::new("damaged XML"),
            _ => NotAFeed::new(&format!("plain text ({})", quoted(start))),
        }
    }

    fn of_page(text: &str, nodes: &[Node<'_>], base_url: Option<&str>) -> NotAFeed {
        let mut seen = text.len().min(LOOKED_AT);
        while !text.is_char_boundary(seen) {
            seen -= 1;
        }
        let lower = text[..seen].to_lowercase();
        let title = find(nodes, &["title"], 0)
            .and_then(|title| titles::title(&title.text()))
            .map(|title| format!(" ({})", quoted(&title)))
            .unwrap_or_default();
        let kind = if CHALLENGES.iter().any(|words| lower.contains(words)) {
            "an HTML page that asks for a browser or a person"
        } else if lower.contains("type=\"password\"") || lower.contains("type=password") || lower.contains("type='password'") {
            "a log-in page"
        } else {
            "an HTML page"
        };
        let link = feed_link(nodes, 0).map(|address| Base::new(base_url).web(&address).unwrap_or(address));
        let link = link.map(|address| format!("; it links to {}", CleanText::new(&address))).unwrap_or_default();
        NotAFeed { words: format!("this seems to be {kind}{title}, not a feed{link}") }
    }
}

fn xml(root: &Element<'_>) -> String {
    let name = root.local().to_ascii_lowercase();
    match name.as_str() {
        "opml" => "an OPML list of feeds".into(),
        "urlset" | "sitemapindex" => "a site map".into(),
        "svg" => "an SVG image".into(),
        "error" => "an error message of a server in XML".into(),
        _ => format!("XML of another kind (<{}>)", quoted(root.name)),
    }
}

fn quoted(text: &str) -> String {
    let line = CleanText::new(&entities::decode(text.get(..2000).unwrap_or(text)));
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.into_string(),
    }
}

fn find<'t, 'a>(nodes: &'t [Node<'a>], names: &[&str], level: usize) -> Option<&'t Element<'a>> {
    elements(nodes).find_map(|element| {
        let is_it = names.iter().any(|name| element.local().eq_ignore_ascii_case(name));
        if is_it { Some(element) } else { find(&element.children, names, level + 1) }
    })
}

/// The first feed that a page links to.
fn feed_link(nodes: &[Node<'_>], level: usize) -> Option<String> {
    elements(nodes).find_map(|element| {
        let kind = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
        let is_feed = ["rss", "atom", "feed+json"].iter().any(|word| kind.contains(word));
        let is_link = element.local().eq_ignore_ascii_case("link")
            && element.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("alternate"));
        match element.attribute("href") {
            Some(address) if is_link && is_feed => Some(address.to_string()),
            _ => feed_link(&element.children, level + 1),
        }
    })
}
