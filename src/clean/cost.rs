//! What cleaning costs, counted in looks at nodes and runs of text, never in time: in proportion to the bytes, whatever they say.

use super::clean;
use super::tree::LOOKS;

/// Bytes of addresses of a document.
const MAX_ADDRESSES: usize = 8_000_000;
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

#[test]
fn a_line_of_many_runs_is_looked_at_once() {
    check(&format!("{}{}", "<br>".repeat(3_000), "<i></i>".repeat(3_000)));
    check(&format!("{}{}", " <b> </b>".repeat(3_000), "<img src=x>".repeat(3_000)));
}

#[test]
fn boxes_within_boxes_are_not_looked_at_once_for_each() {
    let nested = |start: &str, end: &str, inside: &str| check(&format!("{}{}{}", start.repeat(95), inside.repeat(10_000), end.repeat(95)));
    nested("<div class=ad>", "</div>", "<br>");
    nested("<fieldset>", "</fieldset>", "<br>");
    nested("<sup>", "</sup>", "a<br>");
    nested("<sub>", "</sub>", "<br>");
    nested("<pre>", "</pre>", "<br>");
    nested("<pre>", "</pre>", "a<br>");
    nested("<span style=user-select:none>", "</span>", "<br>");
    nested("<div style='font-family:monospace;white-space:pre'>", "</div>", "<br>");
    nested("<table><tr><td class=gutter>1<td>", "</table>", "a<br>");
    check(&format!("<pre>{}{}", "<span style=user-select:none>".repeat(95), "<br>".repeat(10_000)));
}

#[test]
fn addresses_written_out_in_full_have_an_end() {
    let page = format!("https://example.org/{}/", "d".repeat(1_900));
    let written = |html: &str| {
        let document = clean(html, Some(&page));
        let images = document.images.iter().map(|image| image.url.len()).sum::<usize>();
        images + document.links.iter().map(|link| link.url.len()).sum::<usize>()
    };
    for element in ["<img src=", "<a href=", "<iframe src="] {
        let html = (0..9_000).map(|number| format!("{element}{number}>x")).collect::<String>();
        let written = written(&html);
        assert!((1_000_000..=2 * MAX_ADDRESSES + html.len()).contains(&written), "{written} bytes of addresses of {element}");
    }
}
