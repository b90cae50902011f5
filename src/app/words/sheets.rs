//! The text of the sheets: help, written from the command table, and the health of every feed.

use super::{count_of, due, health_name};
use crate::app::command::{Command, Scope};
use crate::app::keymap::{Binding, written};
use crate::app::model::Model;
use crate::app::model::sheet::SheetKind;
use crate::app::wrap::wrap;
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::section::Feed;
use crate::domain::time_words::moment;
use unicode_width::UnicodeWidthStr;

/// The widest sheet, in columns.
const WIDEST: u16 = 84;
/// Columns of keys in the help.
const KEY_COLUMNS: usize = 22;

/// One line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetLine {
    pub text: String,
    pub is_heading: bool,
    pub is_failure: bool,
}

/// The title of the sheet on top.
pub fn sheet_title(kind: SheetKind) -> &'static str {
    match kind {
        SheetKind::Help => "Keys in force here",
        SheetKind::Health => "Feed health",
    }
}

/// Columns of text on a sheet.
pub fn sheet_width(model: &Model) -> u16 {
    model.width.saturating_sub(if model.width > 50 { 10 } else { 4 }).min(WIDEST)
}

/// Lines of text that a sheet shows at once.
pub fn sheet_height(model: &Model) -> u16 {
    let length = u16::try_from(sheet_lines(model).len()).unwrap_or(u16::MAX);
    length.min(model.height.saturating_sub(if model.height > 12 { 6 } else { 3 })).max(1)
}

/// Everything that stands on the sheet on top, no line wider than it.
pub fn sheet_lines(model: &Model) -> Vec<SheetLine> {
    match model.sheet.as_ref().map(|sheet| sheet.kind) {
        Some(SheetKind::Help) => help(model),
        Some(SheetKind::Health) => health(model),
        None => Vec::new(),
    }
}

fn plain(text: impl Into<String>) -> SheetLine {
    SheetLine { text: text.into(), is_heading: false, is_failure: false }
}

/// The keys of the scope beneath the sheet, the ten for sections on one line.
fn help(model: &Model) -> Vec<SheetLine> {
    let scope = if model.is_text_open { Scope::Text } else { Scope::List };
    let sections: Vec<&Binding> =
        model.keymap.bindings(scope).filter(|binding| matches!(binding.entry.command, Command::GoToSection(_))).collect();
    let numbers: Vec<String> = sections.iter().filter_map(|binding| binding.sequences.first()).map(|keys| written(keys)).collect();
    let mut lines = Vec::new();
    for binding in model.keymap.bindings(scope) {
        match binding.entry.command {
            Command::GoToSection(0) => lines.extend(help_lines(model, &numbers.join(" "), "first to tenth section", "section.first …")),
            Command::GoToSection(_) => {}
            _ => {
                let keys = binding.sequences.iter().map(|keys| written(keys)).collect::<Vec<_>>().join(", ");
                lines.extend(help_lines(model, &keys, binding.entry.title, binding.entry.id));
            }
        }
    }
    lines
}

/// Keys, what they do, and the command's id at the right edge where there is room for it.
fn help_lines(model: &Model, keys: &str, title: &str, id: &str) -> Vec<SheetLine> {
    let width = usize::from(sheet_width(model));
    let column = KEY_COLUMNS.min(width / 2);
    let titles = wrap(title, width.saturating_sub(column).max(8)).into_iter().enumerate();
    let mut lines: Vec<String> = titles.map(|(index, title)| format!("{:<column$}{title}", if index == 0 { keys } else { "" })).collect();
    if let Some(first) = lines.first_mut().filter(|first| first.width() + id.len() + 2 <= width) {
        *first = format!("{first}{id:>0$}", width - first.width());
    }
    lines.into_iter().map(plain).collect()
}

/// What fails, in full and first; then every feed of the paper by section.
fn health(model: &Model) -> Vec<SheetLine> {
    let is_failing = |feed: &&&Feed| model.health.get(&feed.url).is_some_and(|health| health.state == FeedState::Failing);
    let feeds = model.paper.feeds();
    let mut lines = vec![plain(summary(model))];
    lines.extend(feeds.iter().filter(is_failing).flat_map(|feed| health_lines(model, feed)));
    for section in &model.paper.sections {
        lines.push(plain(""));
        lines.push(SheetLine { text: section.name.to_string(), is_heading: true, is_failure: false });
        lines.extend(section.all_feeds().flat_map(|feed| health_lines(model, feed)));
    }
    lines
}

/// One feed: its name, how it is doing, and a sign before it when it fails.
fn health_lines(model: &Model, feed: &Feed) -> Vec<SheetLine> {
    let health = model.health.get(&feed.url);
    let is_failure = health.is_some_and(|health| health.state == FeedState::Failing);
    let is_backup = model.paper.sections.iter().all(|section| !section.feeds.contains(feed));
    let backup = if is_backup { " (backup)" } else { "" };
    let told = format!("{}{backup}: {}", health_name(&model.paper, &feed.url, health), told(model, &feed.url, health));
    let lines = wrap(&told, usize::from(sheet_width(model)).saturating_sub(4)).into_iter().enumerate();
    let sign = |index| match (index, is_failure) {
        (0, true) => "! ",
        (0, false) => "  ",
        _ => "    ",
    };
    lines.map(|(index, text)| SheetLine { text: format!("{}{text}", sign(index)), is_heading: false, is_failure }).collect()
}

fn summary(model: &Model) -> String {
    let feeds = model.paper.feeds();
    let failing = feeds.iter().filter(|feed| model.health.get(&feed.url).is_some_and(|health| health.state == FeedState::Failing)).count();
    match failing {
        0 => format!("{}, none failing.", count_of(feeds.len(), "feed")),
        failing => format!("{failing} of {} failing:", count_of(feeds.len(), "feed")),
    }
}

/// How one feed is doing, in words.
fn told(model: &Model, url: &str, health: Option<&FeedHealth>) -> String {
    if model.refresh.waiting.iter().any(|waiting| waiting == url) {
        return "being asked now".into();
    }
    let when = |moment_of: Option<jiff::Timestamp>| moment_of.map(|then| moment(model.now, then, &model.zone));
    let Some(health) = health else { return "never asked".into() };
    let next = health.next_try.map(|next| format!(", next try {}", due(model, next))).unwrap_or_default();
    let last = when(health.last_success).map_or("never reached".to_string(), |then| format!("last answer {then}"));
    let state = match health.state {
        FeedState::Never => "never asked".into(),
        FeedState::Ok => {
            format!("ok, {last}, {}, {} unread", count_of(usize::try_from(health.articles).unwrap_or(usize::MAX), "article"), health.unread)
        }
        FeedState::Silent => format!("silent since {}, {last}", when(health.newest).unwrap_or_else(|| "the first time".into())),
        FeedState::Failing => format!("{}; {last}{next}", health.error.as_deref().unwrap_or("failed")),
    };
    [vec![state], health.remarks()].concat().join("; ")
}
