//! Decodes entities that a feed escaped twice, in running text and never in code, nor where the text is about them.
//!
//! before: `<p>14.6&amp;deg;C &amp;amp; calm</p><code>&amp;deg;</code>`
//! after:  `<p>14.6°C &amp; calm</p><code>&amp;deg;</code>`

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::page::Page;
use super::super::tree::{Id, Tree};
use crate::domain::entities;

/// How the word for them begins, in several languages.
const NAMED: &str = "entit";

pub(super) fn run(tree: &mut Tree, _: &Page) {
    let found: Vec<(Id, String)> =
        tree.texts().into_iter().filter_map(|id| Some((id, tree.text(id).filter(|text| text.contains('&')).and_then(decode)?))).collect();
    let (shown, escaped): (Vec<_>, Vec<_>) = found.into_iter().partition(|(id, _)| tree.is_in_code(*id));
    let around = |id: &Id| tree.parent(*id).and_then(|code| tree.parent(code));
    let taught: HashSet<Id> = shown.iter().filter_map(|(id, _)| around(id)).collect();
    for (id, decoded) in escaped {
        let is_about = tree.parent(id).is_some_and(|parent| taught.contains(&parent)) || decoded.to_lowercase().contains(NAMED);
        if !is_about {
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
    fn a_text_about_entities_keeps_them() {
        let check_same = |html: &str| check(run, html, html);
        check_same("<p>The entity &amp;nbsp; is a space and &amp;copy; gives ©.</p>");
        check_same("<p>Write <code>&amp;amp;</code> for it; &amp;copy; gives ©.</p>");
        check(run, "<p><code>&amp;amp;</code></p><p>14.6&amp;deg;C</p>", "<p><code>&amp;amp;</code></p><p>14.6°C</p>");
    }

    #[test]
    fn only_whole_entities_are_decoded() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(decode(text).as_deref(), expected, "{text:?}");
        check("caf&eacute; &#8217; &#x1F600;", Some("café ’ 😀"));
        check("AT&T; R&D", None);
        check("&bogus; &;", None);
    }
}
