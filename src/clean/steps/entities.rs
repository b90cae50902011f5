//! Decodes entities that a feed escaped twice, in running text and never in code.
//!
//! before: `<p>14.6&amp;deg;C &amp;amp; calm</p><code>&amp;deg;</code>`
//! after:  `<p>14.6°C &amp; calm</p><code>&amp;deg;</code>`

use std::borrow::Cow;

use super::super::page::Page;
use super::super::tree::Tree;
use crate::domain::entities;

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
    Some(entities::decode(text)).filter(|decoded| decoded != text).map(Cow::into_owned)
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
        check("&bogus; &;", None);
    }
}
