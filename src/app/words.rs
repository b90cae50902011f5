//! What the screen says in words: headers, empty states, the bottom line, the sheets.

mod bottom;
mod fate;
mod header;
mod health;
mod health_sheet;
mod links;
mod quiet;
mod sheets;
mod status;

pub use bottom::{hints, said};
pub use header::{text_header, text_links};
pub use health::{concern, found_words, health_facts, health_state, host_quiet, left_alone};
pub use health_sheet::{
    DetailKind, EACH_REFRESH, GUTTER, HealthColumns, HealthRow, health_below, health_columns, health_details, health_heights, health_rows,
    health_summary, sheet_hints,
};
pub use links::{article_links, link_address, link_hints, links_heights, shown_address};
pub use quiet::{fruitless_paper, quiet_lines};
pub use sheets::{sheet_height, sheet_lines, sheet_title, sheet_width};
pub use status::{ASKED_ELSEWHERE, list_footer, refreshed, starred_top, text_footer};

use super::model::Model;
use super::model::sheet::SheetKind;
use crate::domain::article::Row;
use crate::domain::feed::FeedHealth;
use crate::domain::section::{Feed, Paper};
pub use crate::domain::wording::{count_of, listed};

/// The name of an article's feed: the settings', else the feed's own, else its host.
pub fn feed_name(paper: &Paper, row: &Row) -> String {
    name_in(paper, &row.feed_url)
        .or_else(|| row.feed_title.as_ref().map(ToString::to_string))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| address_name(&row.feed_url))
}

/// The name of a feed: the settings', else its own, else its host.
pub fn health_name(paper: &Paper, url: &str, health: Option<&FeedHealth>) -> String {
    let own = || health.and_then(|health| health.title.as_ref()).map(ToString::to_string);
    name_in(paper, url).or_else(own).filter(|name| !name.is_empty()).unwrap_or_else(|| address_name(url))
}

/// What a feed is called before the first sign that sets a subtitle or an owner apart: `The Batch | DeepLearning.AI`.
pub fn short_name(name: &str) -> &str {
    const SHORTEST: usize = 3;
    let ends = [" - ", " – ", " — ", " | ", " (", " » ", " :: ", ": "].into_iter().filter_map(|sign| name.find(sign));
    let name = ends.filter(|end| *end >= SHORTEST).min().map_or(name, |end| &name[..end]);
    name.trim_end_matches([' ', '-', '|', '–'])
}

/// A feed that failed the last time it was asked.
pub struct Failing {
    pub url: String,
    pub error: String,
    pub next_try: Option<jiff::Timestamp>,
}

/// Every failing feed of the paper in the order of the tabs: by the store, and by this session's refresh, whose failures
/// a store that takes nothing does not know.
pub fn failing_feeds(model: &Model) -> Vec<Failing> {
    let told = |url: &str| model.refresh.failed.iter().find(|(failed, _)| failed == url).map(|(_, error)| error.clone());
    let failing = |feed: &Feed| {
        let health = model.health.get(&feed.url);
        let error = health.and_then(|health| health.error.clone()).or_else(|| told(&feed.url))?;
        Some(Failing { url: feed.url.clone(), error, next_try: health.and_then(|health| health.next_try) })
    };
    model.paper.feeds().into_iter().filter_map(failing).collect()
}

/// Whether the sheet of feed health is on the screen.
fn is_health_shown(model: &Model) -> bool {
    model.sheet.as_ref().is_some_and(|sheet| sheet.kind == SheetKind::Health)
}

fn name_in(paper: &Paper, url: &str) -> Option<String> {
    let feeds = paper.sections.iter().flat_map(|section| section.all_feeds());
    feeds.filter(|feed| feed.url == url).find_map(|feed| feed.title.as_ref()).map(ToString::to_string)
}

/// What tells a feed without a name from others of its host: `example.org/news.xml`.
fn address_name(url: &str) -> String {
    let host = host(url);
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let last = path.split(['?', '#']).next().unwrap_or_default().rsplit('/').find(|part| !part.is_empty());
    last.filter(|last| **last != host).map_or(host.clone(), |last| format!("{host}/{last}"))
}

/// When something is due, near now: `at 14:30`, `tomorrow 06:00`, `now`.
fn due(model: &Model, next: jiff::Timestamp) -> String {
    health::due(model.now, next, &model.zone)
}

/// The host of an address without `www.`; for a file, its name.
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    if url.starts_with("file:") {
        return rest.rsplit('/').find(|part| !part.is_empty()).unwrap_or(rest).to_string();
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_string()
}

/// A headline in typographic quotes, cut to what fits in a notice.
pub fn quoted(title: &str) -> String {
    format!("“{}”", crate::domain::wrap::cut(title, 40, "…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_said_without_their_machinery() {
        let check = |url: &str, expected: &str| assert_eq!(host(url), expected, "{url}");
        check("https://www.cbc.ca/webfeed/rss/rss-canada", "cbc.ca");
        check("http://127.0.0.1:8080/x", "127.0.0.1:8080");
        check("file:///home/jane/feeds/saved.xml", "saved.xml");
        check("nonsense", "nonsense");
    }

    #[test]
    fn subtitles_of_feeds_are_left_out_where_there_is_little_room() {
        let check = |name: &str, expected: &str| assert_eq!(short_name(name), expected, "{name}");
        check("The Batch | DeepLearning.AI", "The Batch");
        check("CNN.com - RSS Channel - App International Edition", "CNN.com");
        check("Rest of World -", "Rest of World");
        check("Turing News (Alan Turing Institute)", "Turing News");
        check("A - Z of tools", "A - Z of tools");
        check("CBC", "CBC");
        check("日本 - ニュース", "日本");
    }
}
