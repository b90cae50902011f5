//! The text of the sheets: help, written from the command table, and the health of every feed.

use super::health_name;
use crate::app::keymap::written;
use crate::app::model::Model;
use crate::app::model::sheet::SheetKind;
use crate::app::wrap::wrap;
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::time_words::{clock_time, moment};

/// The widest sheet, in columns.
const WIDEST: u16 = 84;
/// Columns of keys in the help.
const KEY_COLUMNS: usize = 18;

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

/// The keys of the scope beneath the sheet.
fn help(model: &Model) -> Vec<SheetLine> {
    let scope = if model.is_text_open { crate::app::command::Scope::Text } else { crate::app::command::Scope::List };
    let width = usize::from(sheet_width(model));
    let room = width.saturating_sub(KEY_COLUMNS).max(8);
    let mut lines = Vec::new();
    for binding in model.keymap.bindings(scope) {
        let keys = binding.sequences.iter().map(|keys| written(keys)).collect::<Vec<_>>().join(", ");
        for (index, title) in wrap(binding.entry.title, room).into_iter().enumerate() {
            let keys = if index == 0 { keys.as_str() } else { "" };
            lines.push(plain(format!("{keys:<0$}{title}", KEY_COLUMNS.min(width / 2))));
        }
    }
    lines
}

/// Every feed of the paper by section, the failing ones in full.
fn health(model: &Model) -> Vec<SheetLine> {
    let width = usize::from(sheet_width(model));
    let mut lines = vec![plain(summary(model))];
    for section in &model.paper.sections {
        lines.push(plain(""));
        lines.push(SheetLine { text: section.name.to_string(), is_heading: true, is_failure: false });
        for feed in section.all_feeds() {
            let health = model.health.get(&feed.url);
            let is_failure = health.is_some_and(|health| health.state == FeedState::Failing);
            let name = health_name(&model.paper, &feed.url, health);
            let told = format!("{} {name}: {}", if is_failure { "!" } else { " " }, told(model, &feed.url, health));
            let indented = wrap(&told, width.saturating_sub(2)).into_iter().enumerate();
            lines.extend(indented.map(|(index, text)| SheetLine {
                text: format!(
                    "{}{text}",
                    if index == 0 && !is_failure {
                        "  "
                    } else if index == 0 {
                        ""
                    } else {
                        "    "
                    }
                ),
                is_heading: false,
                is_failure,
            }));
        }
    }
    lines
}

fn summary(model: &Model) -> String {
    let feeds = model.paper.feeds();
    let failing = feeds.iter().filter(|feed| model.health.get(&feed.url).is_some_and(|health| health.state == FeedState::Failing)).count();
    match failing {
        0 => format!("{} feeds, none failing.", feeds.len()),
        failing => format!("{failing} of {} feeds failing.", feeds.len()),
    }
}

/// How one feed is doing, in words.
fn told(model: &Model, url: &str, health: Option<&FeedHealth>) -> String {
    if model.refresh.waiting.iter().any(|waiting| waiting == url) {
        return "being asked now".into();
    }
    let when = |moment_of: Option<jiff::Timestamp>| moment_of.map(|then| moment(model.now, then, &model.zone));
    let Some(health) = health else { return "never asked".into() };
    let next = health.next_try.map(|next| format!(", next try {}", clock_time(model.now, next, &model.zone))).unwrap_or_default();
    let last = when(health.last_success).map_or("never reached".to_string(), |then| format!("last answer {then}"));
    match health.state {
        FeedState::Never => "never asked".into(),
        FeedState::Ok => format!("ok, {last}, {} articles, {} unread", health.articles, health.unread),
        FeedState::Silent => format!("silent since {}, {last}", when(health.newest).unwrap_or_else(|| "the first time".into())),
        FeedState::Failing => format!("{}; {last}{next}", health.error.as_deref().unwrap_or("failed")),
    }
}
