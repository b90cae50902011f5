//! The texts of feeds: what an element's content is (HTML, plain text, XHTML inline, base64), as HTML or as one line.

use crate::domain::clean_text::CleanText;

use super::markup::{self, Place};
use super::tree::{Element, Node, elements};
use super::{controls, space::Space, titles};

/// What a text without a `type` is taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Untyped {
    Html,
    /// As Atom has it; but what is plainly HTML is taken for that.
    Plain,
}

/// An element's content as HTML; `None` when there is none, or none that can be read.
pub(crate) fn html(element: &Element<'_>, place: &Place, default: Untyped) -> Option<String> {
    let place = place.inside(element);
    let kind = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let mode = element.attribute("mode").unwrap_or_default().to_ascii_lowercase();
    let html = if let Some(text) = base64_text(element, &kind, &mode) {
        as_html(&text, &kind, default, &place)?
    } else if element.has_elements() {
        inline(element, &place, &kind, &mode)
    } else {
        as_html(&element.text(), &kind, default, &place)?
    };
    let html = controls::remove(html.trim()).into_owned();
    (!html.is_empty()).then_some(html)
}

/// An element's content as a title.
pub(crate) fn title(element: &Element<'_>) -> Option<CleanText> {
    let kind = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let mode = element.attribute("mode").unwrap_or_default().to_ascii_lowercase();
    if let Some(text) = base64_text(element, &kind, &mode) {
        return titles::title(&text);
    }
    let has_html = elements(&element.children).any(|child| !child.name.contains(':') || child.space == Space::Xhtml);
    let is_plain = element.space == Space::Atom && matches!(kind.as_str(), "text" | "text/plain");
    match has_html {
        false if is_plain => titles::literal(&element.text()),
        true => titles::title(&markup::inner(element, &Place { base: super::links::Base::default(), page: None }, is_xml(&kind, &mode))),
        false => titles::title(&element.text()),
    }
}

fn is_xml(kind: &str, mode: &str) -> bool {
    mode == "xml" || kind.contains("xhtml") || kind.ends_with("+xml") || kind.ends_with("/xml")
}

/// Markup that stands in the feed itself; the `<div>` that Atom asks for around it is not part of the text.
fn inline(element: &Element<'_>, place: &Place, kind: &str, mode: &str) -> String {
    let only = elements(&element.children).next().filter(|_| {
        element.children.iter().all(|node| match node {
            Node::Text(text) | Node::Cdata(text) => text.trim().is_empty(),
            Node::Element(_) => true,
        }) && elements(&element.children).count() == 1
    });
    match only {
        Some(div) if div.local().eq_ignore_ascii_case("div") && div.space != Space::Other => markup::inner(div, &place.inside(div), true),
        _ => markup::inner(element, place, is_xml(kind, mode)),
    }
}

fn as_html(text: &str, kind: &str, default: Untyped, place: &Place) -> Option<String> {
    let is_claimed_html = kind.contains("html") || kind == "escaped";
    let is_default_html = kind.is_empty() && default == Untyped::Html;
    match kind {
        _ if is_claimed_html || is_default_html || markup::is_html(text) => Some(markup::absolute(text, place)),
        kind if kind.starts_with("image/") || kind.starts_with("audio/") || kind.starts_with("video/") => None,
        _ => Some(markup::from_plain(text)),
    }
}

/// The text of content that is base64: said so (Atom 0.3), or of a type that is not text (RFC 4287, section 4.1.3.3).
fn base64_text(element: &Element<'_>, kind: &str, mode: &str) -> Option<String> {
    let is_binary =
        kind.contains('/') && !kind.starts_with("text/") && !kind.contains("xml") && !kind.contains("html") && !kind.contains("json");
    if mode != "base64" && !is_binary {
        return None;
    }
    String::from_utf8(base64(&element.text())?).ok()
}

/// RFC 4648, section 4; white space is let through.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => continue,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    Some(out)
}
