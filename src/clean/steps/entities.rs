//! Decodes entities that a feed escaped twice, in running text and never in code.
//!
//! before: `<p>14.6&amp;deg;C &amp;amp; calm</p><code>&amp;deg;</code>`
//! after:  `<p>14.6°C &amp; calm</p><code>&amp;deg;</code>`

use html5ever::data::NAMED_ENTITIES;

use super::super::page::Page;
use super::super::tree::Tree;

/// The longest name of an entity that a feed writes, `&` and `;` not counted.
const MAX_NAME: usize = 32;

pub(super) fn run(tree: &mut Tree, _: &Page) {
    for id in tree.texts() {
        let Some(decoded) = tree.text(id).filter(|text| text.contains('&')).and_then(decode) else { continue };
        if !tree.is_in_code(id) {
            tree.set_text(id, decoded);
        }
    }
}

/// The text with its entities decoded, or `None` when it has none.
pub(in crate::clean) fn decode(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_changed = false;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((decoded, length)) => {
                out.push_str(&decoded);
                rest = &rest[length..];
                is_changed = true;
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    is_changed.then_some(out)
}

/// The entity at the start of a text, decoded, and its length in bytes.
fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.as_bytes().iter().take(MAX_NAME + 2).position(|byte| *byte == b';')?;
    let name = text.get(1..end)?;
    let decoded = match name.strip_prefix('#') {
        Some(number) => numbered(number)?.to_string(),
        None => {
            let (first, second) = NAMED_ENTITIES.get(text.get(1..=end)?)?;
            [*first, *second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32).collect()
        }
    };
    Some((decoded, end + 1))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn entities_escaped_twice_are_decoded_outside_code() {
        check(run, "<p>14.6&amp;deg;C &amp;amp; calm</p><code>&amp;deg;</code>", "<p>14.6°C &amp; calm</p><code>&amp;deg;</code>");
        check(run, "<pre><b>&amp;lt;</b></pre>&amp;lt;", "<pre><b>&amp;lt;</b></pre>&lt;");
    }

    #[test]
    fn only_whole_entities_are_decoded() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(decode(text).as_deref(), expected, "{text:?}");
        check("caf&eacute; &#8217; &#x1F600;", Some("café ’ 😀"));
        check("AT&T; R&D", None);
        check("&bogus; &#99999999999; &#27; &#xD800; &;", None);
        check("&é&é&é&é&é&é&é&é&é&é&é&é&é;", None);
    }
}
