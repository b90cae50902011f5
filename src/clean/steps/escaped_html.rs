//! Reads HTML that was escaped as text once more, where a text is clearly that.
//!
//! before: `<div>&lt;p&gt;One &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;</div>`
//! after:  `<div><p>One <b>two</b></p></div>`

use super::super::fence::fence_within;
use super::super::page::Page;
use super::super::tree::{Tree, parse};
use super::entities::decode;

/// Elements whose end tag in a text shows that the text is markup.
const TELLING: &[&str] = &[
    "p",
    "a",
    "div",
    "span",
    "b",
    "strong",
    "i",
    "em",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "table",
    "td",
    "font",
    "pre",
    "figure",
];
const TELLING_ALONE: &[&str] = &["<br>", "<br/>", "<br />", "<img src=", "<hr>", "<hr/>", "<hr />"];

pub(super) fn run(tree: &mut Tree, page: &Page) {
    let mut elements = page.elements.get();
    for id in tree.texts() {
        let Some(text) = tree.text(id) else { continue };
        let Some(html) = markup_in(text) else { continue };
        if !tree.is_in_code(id) {
            let inner = parse(&fence_within(&html, &mut elements, &mut Vec::new()));
            tree.graft(id, inner);
        }
    }
    page.elements.set(elements);
}

/// The markup that a text is, decoded once more if it needs that.
fn markup_in(text: &str) -> Option<String> {
    if !text.contains('<') && text.contains("&lt;") {
        return decode(text).filter(|decoded| is_markup(decoded));
    }
    is_markup(text).then(|| text.to_string())
}

/// Whether a text is HTML: it has a start tag and its end tag of a usual element, or a tag that stands alone.
fn is_markup(text: &str) -> bool {
    if !text.contains('<') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let has_pair = |name: &&&str| {
        let end = lower.find(&format!("</{name}>"));
        let start = lower.find(&format!("<{name}>")).or_else(|| lower.find(&format!("<{name} ")));
        matches!((start, end), (Some(start), Some(end)) if start < end)
    };
    TELLING_ALONE.iter().any(|tag| lower.contains(tag)) || TELLING.iter().find(has_pair).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn escaped_markup_is_read_as_markup() {
        let after = "<div><p>One <b>two</b></p></div>";
        check(super::run, "<div>&lt;p&gt;One &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;</div>", after);
        check(super::run, "<div>&amp;lt;p&amp;gt;One &amp;lt;b&amp;gt;two&amp;lt;/b&amp;gt;&amp;lt;/p&amp;gt;</div>", after);
        check(super::run, "a&lt;br/&gt;b", "a<br>b");
    }

    #[test]
    fn text_about_markup_stays_text() {
        let check_same = |html: &str| check(super::run, html, html);
        check_same("<p>use &lt;b> or &lt;em> for that</p>");
        check_same("<code>&lt;p>x&lt;/p></code>");
        check_same("a &lt; b");
    }
}
