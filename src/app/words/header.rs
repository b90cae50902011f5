//! What stands above an article's text.

use jiff::{Timestamp, tz::TimeZone};

use super::count_of;
use crate::domain::article::Article;
use crate::domain::clean_text::CleanText;
use crate::domain::columns::columns;
use crate::domain::edition::{EditionStory, minutes};
use crate::domain::full_text::{Version, in_words};
use crate::domain::setting::{Line, Piece, Role};
use crate::domain::time_words;
use crate::domain::wrap::wrap;

/// Title, source, author, time and reading time, an empty line; no line wider than `width`.
pub fn text_header(
    article: &Article,
    version: Version,
    (title, feed_name): (&str, &str),
    now: Timestamp,
    zone: &TimeZone,
    width: usize,
) -> Vec<Line> {
    let title = wrap(title, width).into_iter().map(|line| styled(line, Role::Heading));
    let about = joined(&about(article, version, feed_name, now, zone), width).into_iter().map(|line| styled(line, Role::Caption));
    title.chain([Line::default()]).chain(about).chain([Line::default()]).collect()
}

/// Parts joined by dots into lines that break between parts, and inside one only where it is wider than a line.
fn joined(parts: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if columns(line) + 3 + columns(part) <= width => line.push_str(&format!(" · {part}")),
            _ => lines.extend(wrap(part, width)),
        }
    }
    lines
}

/// What stands under an article's text: its own address, then those of its links by their numbers.
pub fn text_links(article: &Article, version: Version, width: usize) -> Vec<Line> {
    let own = article.row.url.iter().map(|url| (String::new(), url));
    let document = article.text(version);
    let numbered = document.links.iter().enumerate().map(|(index, link)| (format!("[{}] ", index + 1), &link.url));
    let lines: Vec<Line> = own.chain(numbered).flat_map(|(mark, url)| address(&mark, url, width)).collect();
    let is_apart = !lines.is_empty() && !document.blocks.is_empty();
    is_apart.then(Line::default).into_iter().chain(lines).collect()
}

/// An address after its mark, broken where the line ends and indented there.
fn address(mark: &str, url: &str, width: usize) -> Vec<Line> {
    let indent = if mark.len() * 3 > width { 0 } else { mark.len() };
    let printable = CleanText::new(url);
    let lines = wrap(&printable, width.saturating_sub(indent)).into_iter().enumerate();
    let before = |index| if index == 0 && indent > 0 { mark.to_string() } else { " ".repeat(indent) };
    lines
        .map(|(index, text)| Line { pieces: vec![piece(before(index), Role::Mark), piece(text, Role::Caption)], ..Line::default() })
        .collect()
}

fn piece(text: String, role: Role) -> Piece {
    Piece { text, role, ..Piece::default() }
}

fn styled(text: String, role: Role) -> Line {
    Line { pieces: vec![Piece { text, role, is_bold: role == Role::Heading, ..Piece::default() }], ..Line::default() }
}

/// `CBC`, `Jane Roe`, `today 05:40, two hours ago`, `4 min`, `the page’s text`.
fn about(article: &Article, version: Version, feed_name: &str, now: Timestamp, zone: &TimeZone) -> Vec<String> {
    let exact_and_ago = |then| format!("{}, {}", time_words::exact(now, then, zone), time_words::ago(now, then));
    let when = match (article.row.published, article.row.updated) {
        (Some(published), _) => exact_and_ago(published),
        (None, Some(updated)) => format!("updated {}", exact_and_ago(updated)),
        (None, None) => format!("no date, came {}", time_words::moment(now, article.row.sorted_at, zone)),
    };
    let authors = article.authors.iter().take(3).map(ToString::to_string).filter(|author| author != feed_name);
    let changed = article.row.is_changed.then(|| "changed by the publisher".to_string());
    let words = article.text(version).word_count();
    let length = if words == 0 { EditionStory::HEADLINE_ONLY.to_string() } else { time_words::length(minutes(words)) };
    let is_old = version == Version::Page && article.is_page_old();
    let source = (words > 0).then(|| in_words(&article.document, article.page.as_ref(), version));
    let source = source.map(|source| if is_old { format!("{source}, older than the change") } else { source });
    let enclosures = (!article.enclosures.is_empty()).then(|| count_of(article.enclosures.len(), "enclosure"));
    [feed_name.to_string()]
        .into_iter()
        .chain(authors)
        .chain([when])
        .chain(changed)
        .chain([length])
        .chain(source)
        .chain(enclosures)
        .collect()
}
