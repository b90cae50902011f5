//! What cleaning costs, counted in looks at nodes and runs of text, never in time: in proportion to the bytes, whatever they say.

use super::clean;
use super::tree::LOOKS;

/// Looks for each byte of HTML.
const MOST_LOOKS: usize = 30;

fn check(html: &str) {
    let before = LOOKS.get();
    let _ = clean(html, Some("https://example.org/news/"));
    let (looks, start) = (LOOKS.get() - before, html.get(..60).unwrap_or(html));
    assert!(looks <= MOST_LOOKS * html.len(), "{looks} looks at {} bytes of {start:?}", html.len());
}

#[test]
fn many_marks_of_notes_beside_one_another_are_each_looked_at_once() {
    check(&format!("<div>{}</div>", "<sup>1</sup>".repeat(3_000)));
    check(&format!("<div>{}</div>", "<sup>a note</sup> and ".repeat(3_000)));
}
