//! What stands on the sheet of an article's links.

use super::health_sheet::{FEWEST_ROWS, keys_of};
use super::sheets::sheet_room;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::model::sheet::ArticleLink;
use crate::domain::article::Article;
use crate::domain::clean_text::CleanText;
use crate::domain::full_text::Version;
use crate::domain::wrap::wrap;

/// Lines of the address of the link under the cursor.
const ADDRESS_LINES: u16 = 2;
/// Endings of pictures, for files of which the feed does not say what they are.
const PICTURES: &[&str] = &[".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"];

/// The links of an article: those of the text in that version by number, then its page, its comments and its enclosures.
pub fn article_links(article: &Article, version: Version) -> Vec<ArticleLink> {
    let link = |mark: &str, text: &str, url: &str| {
        let text = if text.is_empty() { super::host(url) } else { text.to_string() };
        ArticleLink { mark: mark.to_string(), text, url: url.to_string() }
    };
    let numbered = article.text(version).links.iter().enumerate().map(|(at, one)| link(&format!("[{}]", at + 1), &one.text, &one.url));
    let page = article.row.url.iter().map(|url| link("page", &article.row.title, url));
    let comments = article.comments_url.iter().map(|url| link("comments", "comments on it", url));
    let enclosures = article.enclosures.iter().map(|one| {
        let media = one.media_type.as_deref().and_then(|media| media.split('/').next());
        let name = one.url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let is_picture = one.media_type.is_none() && PICTURES.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
        let media = media.filter(|media| matches!(*media, "audio" | "video" | "image"));
        let media = media.unwrap_or(if is_picture { "image" } else { "file" });
        link(media, &CleanText::new(name), &one.url)
    });
    numbered.chain(page).chain(comments).chain(enclosures).collect()
}

/// An address on one line, harmless to look at.
pub fn shown_address(url: &str) -> String {
    CleanText::new(url).to_string()
}

/// Rows of the list of links and rows below it: a rule and the address of the link under the cursor.
pub fn links_heights(model: &Model) -> (u16, u16) {
    let room = sheet_room(model);
    let links = model.sheet.as_ref().map_or(0, |sheet| u16::try_from(sheet.links.len()).unwrap_or(u16::MAX));
    let below = if room < FEWEST_ROWS { 0 } else { ADDRESS_LINES + 1 };
    (links.clamp(1, room - below), below)
}

/// The address of the link under the cursor, in the lines that there are for it.
pub fn link_address(model: &Model) -> Vec<String> {
    let url = model.sheet.as_ref().and_then(|sheet| sheet.link()).map(|link| shown_address(&link.url)).unwrap_or_default();
    let width = usize::from(super::sheet_width(model)).saturating_sub(2);
    wrap(&url, width).into_iter().take(usize::from(ADDRESS_LINES)).collect()
}

/// The keys of the sheet of links: (key, word).
pub fn link_hints(model: &Model) -> Vec<(String, &'static str)> {
    let mut hints = keys_of(model, &[(Command::GoBack, "back"), (Command::OpenArticle, "open"), (Command::CopyLink, "copy")]);
    hints.push(("1-9".into(), "go to"));
    hints
}
