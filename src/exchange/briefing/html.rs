//! An edition as one HTML page that needs nothing else: no script, no picture, no font, nothing that is fetched. It can be read
//! aloud, printed, and by light and dark. Every text from outside is escaped.

use std::fmt::Write;

use super::{OVER, address, asked, byline, change, failure, size};
use crate::domain::edition::{Edition, EditionSection, EditionStory};
use crate::sources::escape;

const STYLE: &str = include_str!("page.css");
/// What the page may do besides showing itself in its own style: nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The edition as a whole page (HTML, WHATWG).
#[must_use]
pub fn html(edition: &Edition) -> String {
    let mut page = head(edition);
    page.push_str("<a class=\"skip\" href=\"#edition\">To the stories</a>\n<header>\n");
    line(&mut page, "h1", "", Edition::TITLE);
    let (date, dateline) = (edition.made_at, escape(&edition.dateline));
    let _ = writeln!(page, "<p><time datetime=\"{date}\">{dateline}</time></p>");
    line(&mut page, "p", "quiet", &size(edition));
    contents(&mut page, edition);
    page.push_str("</header>\n<main id=\"edition\">\n");
    edition.sections.iter().enumerate().for_each(|(at, one)| section(&mut page, at + 1, one));
    page.push_str("</main>\n<footer>\n");
    line(&mut page, "p", "", OVER);
    footer(&mut page, edition);
    page.push_str("</footer>\n</body>\n</html>\n");
    page
}

fn head(edition: &Edition) -> String {
    let title = escape(&edition.title());
    let tags = escape(&edition.tags.join(", "));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"keywords\" content=\"{tags}\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n"
    )
}

/// One element with a text.
fn line(page: &mut String, tag: &str, class: &str, text: &str) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _ = writeln!(page, "<{tag}{class}>{}</{tag}>", escape(text));
}

/// The sections, to jump to.
fn contents(page: &mut String, edition: &Edition) {
    page.push_str("<nav aria-label=\"Sections\"><ul>\n");
    for (at, section) in edition.sections.iter().enumerate() {
        let _ = writeln!(page, "<li><a href=\"#section-{}\">{}</a> {}</li>", at + 1, escape(&section.name), section.stories.len());
    }
    page.push_str("</ul></nav>\n");
}

fn section(page: &mut String, number: usize, section: &EditionSection) {
    let icon =
        if section.icon.is_empty() { String::new() } else { format!("<span aria-hidden=\"true\">{}</span> ", escape(&section.icon)) };
    let _ = writeln!(page, "<section aria-labelledby=\"section-{number}\">");
    let _ = writeln!(page, "<h2 id=\"section-{number}\">{icon}{}</h2>", escape(&section.name));
    line(page, "p", "note quiet", &section.note);
    section.stories.iter().for_each(|one| story(page, one));
    let surplus = section.surplus_words();
    if !surplus.is_empty() {
        line(page, "p", "more quiet", &surplus);
    }
    page.push_str("</section>\n");
}

fn story(page: &mut String, story: &EditionStory) {
    let title = escape(&story.title);
    let headline = address(story).map_or(title.clone(), |url| format!("<a href=\"{}\">{title}</a>", escape(url)));
    let _ = writeln!(page, "<article>\n<h3>{headline}</h3>");
    line(page, "p", "quiet", &byline(story));
    change(story).iter().for_each(|text| line(page, "p", "change", text));
    story.summary_text().iter().for_each(|text| line(page, "p", "", text));
    page.push_str("</article>\n");
}

fn footer(page: &mut String, edition: &Edition) {
    line(page, "p", "quiet", &asked(edition));
    if edition.sources.failed.is_empty() {
        return;
    }
    page.push_str("<ul class=\"quiet\">\n");
    edition.sources.failed.iter().for_each(|failed| line(page, "li", "", &failure(failed)));
    page.push_str("</ul>\n");
}
