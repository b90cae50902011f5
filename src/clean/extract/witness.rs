//! What the readability crate dom_smoothie takes for the main text. It is one voice among several: its text says which
//! paragraphs count. It sees only what came through the fence; should it panic all the same, that is no loss.

use std::collections::HashSet;

use dom_smoothie::{Config, Readability};

use super::runs::{self, Run};
use super::strip;
use crate::clean::fence::{FencedPage, fence};
use crate::clean::tree::{self, ROOT};
use crate::domain::foreign;

/// Elements of a page that the crate is asked about; its time grows faster than the page.
const MAX_ELEMENTS: usize = 20_000;
/// Pieces of text that it is asked about: its parser takes each of these marks by itself, and copies the text before it for each.
const MAX_PIECES: usize = 100_000;

/// What it says.
#[derive(Debug, Default)]
pub(super) struct Witness {
    pub title: String,
    pub byline: Option<String>,
    pub site: Option<String>,
    pub text: Text,
}

/// The runs of text that it takes for the main text.
#[derive(Debug, Default)]
pub(super) struct Text {
    runs: HashSet<String>,
    /// The weight of all of them.
    pub weight: f64,
}

impl Text {
    pub(super) fn has(&self, run: &Run) -> bool {
        self.runs.contains(&run.text)
    }
}

/// Asks it; a page that it finds nothing on, or breaks on, has no witness.
pub(super) fn ask(page: &FencedPage) -> Witness {
    if pieces(&page.html) > MAX_PIECES {
        return Witness::default();
    }
    let html = format!("<html><head><title>{}</title></head>{}", page.title, page.html);
    foreign::guarded(|| told(&html)).unwrap_or_default()
}

/// Marks at which the parser begins a piece of text.
fn pieces(html: &str) -> usize {
    let bytes = html.as_bytes();
    let is_tag = |at: usize| bytes.get(at + 1).is_some_and(|next| *next == b'/' || next.is_ascii_alphabetic());
    let begins = |(at, byte): &(usize, &u8)| matches!(byte, b'&' | b'\n' | b'\r' | b'\0') || (**byte == b'<' && !is_tag(*at));
    bytes.iter().enumerate().filter(begins).count()
}

fn told(html: &str) -> Witness {
    let config = Config { max_elements_to_parse: MAX_ELEMENTS, disable_json_ld: true, ..Config::default() };
    let Ok(mut reader) = Readability::new(html, None, Some(config)) else { return Witness::default() };
    let about = reader.get_article_metadata(None);
    let found = reader.parse().ok();
    let byline = found.as_ref().and_then(|article| article.byline.clone()).or(about.byline);
    let text = found.map(|article| text_of(&article.content)).unwrap_or_default();
    Witness { title: about.title, byline, site: about.site_name, text }
}

fn text_of(html: &str) -> Text {
    let mut tree = tree::parse(&fence(html, &mut Vec::new()));
    strip::machinery(&mut tree);
    let mut text = Text::default();
    for run in runs::runs(&tree, ROOT) {
        let weight = run.weight();
        if weight > 0.0 && text.runs.insert(run.text) {
            text.weight += weight;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_nothing_but_marks_is_not_asked_about() {
        assert_eq!(pieces("<p class=a>AT&T\n1 < 2</p>"), 3);
        let told = |marks: usize| {
            let html = format!("<p>{}</p><p>{}</p>", "It rained all day, and the sea rose. ".repeat(40), "&".repeat(marks));
            ask(&FencedPage { html, title: "Rain".into(), ..FencedPage::default() }).title
        };
        assert_eq!((told(10).as_str(), told(MAX_PIECES + 1).as_str()), ("Rain", ""));
    }
}
