//! The feeds that a `Link` header names (RFC 8288, section 3). Reads what is whole in it, and asks nothing.

use super::page;
use crate::sources::links::Base;

/// Links of one header that are looked at.
const MOST_LINKS: usize = 100;

/// The addresses of feeds in the value of a `Link` header; several headers are joined by commas. `page` is the address of the
/// page that came with it.
#[must_use]
pub fn feeds_of_header(value: &str, page: &str) -> Vec<String> {
    let base = Base::new(Some(page));
    links(value).into_iter().filter_map(|(target, parameters)| feed(target, parameters, &base)).collect()
}

/// Each target with its parameters as they are written.
fn links(value: &str) -> Vec<(&str, &str)> {
    let (mut found, mut rest) = (Vec::new(), value);
    while let Some((target, after)) = rest.split_once('<').and_then(|(_, after)| after.split_once('>')) {
        let end = end_of_link(after);
        found.push((target, &after[..end]));
        rest = &after[end..];
        if found.len() == MOST_LINKS {
            break;
        }
    }
    found
}

/// Where the comma is that ends the link: none inside quotes.
fn end_of_link(text: &str) -> usize {
    let mut is_quoted = false;
    let is_end = |byte: u8| {
        is_quoted ^= byte == b'"';
        byte == b',' && !is_quoted
    };
    text.bytes().position(is_end).unwrap_or(text.len())
}

fn feed(target: &str, parameters: &str, base: &Base) -> Option<String> {
    let value = |wanted: &str| {
        let named = |parameter: &str| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().trim_matches('"').to_ascii_lowercase())
        };
        parameters.split(';').find_map(named).unwrap_or_default()
    };
    let address = page::feed_address(target, base)?;
    page::names_a_feed(&value("rel"), &value("type"), &address).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_named_in_a_header_as_in_a_page() {
        let check = |value: &str, expected: &[&str]| assert_eq!(feeds_of_header(value, "https://a.example/blog/"), expected, "{value}");
        check("<feed.xml>; rel=\"alternate\"; type=\"application/rss+xml\"", &["https://a.example/blog/feed.xml"]);
        check("</x>;type=application/atom+xml;rel=alternate", &["https://a.example/x"]);
        check(
            "<https://b.example/1>; rel=preload, </a>; title=\"a, b\"; REL=\"home Alternate\"; Type=\"application/feed+json\"",
            &["https://a.example/a"],
        );
        check("</style>; rel=alternate; type=text/css, <javascript:x>; rel=alternate; type=application/rss+xml", &[]);
        check("nonsense <half", &[]);
    }
}
