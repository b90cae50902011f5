//! The footers of the panes and the bottom line.

use super::health_name;
use crate::app::command::{COMMANDS, Command, Scope};
use crate::app::keymap::written;
use crate::app::model::Model;
use crate::domain::time_words::clock_time;

/// `18 unread · 3 new, press . to show`.
pub fn list_footer(model: &Model) -> String {
    let counts = model.counts.get(model.section).copied().unwrap_or_default();
    let place = if model.list.is_empty() { String::new() } else { format!("{} of {}", model.list.selected() + 1, model.list.len()) };
    let unread = format!("{} unread", counts.unread);
    let scope = if model.list.is_all { "all that is stored".to_string() } else { String::new() };
    let arrived = match model.list.arrived {
        0 => String::new(),
        new => format!("{new} new, press {} to show", model.keymap.key_of(Command::ShowArrived)),
    };
    [place, unread, scope, arrived].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// How far the article is read: `24 %`; empty when all of it is on the screen.
pub fn text_footer(model: &Model) -> String {
    let height = model.text_height();
    let fits = model.text.offset() == 0 && model.text.is_at_end(height);
    if model.text.shown().is_none() || fits { String::new() } else { format!("{} %", model.text.percent(height)) }
}

/// What is going on: a notice, the refresh, or which feeds failed. The flag tells whether it is a failure.
pub fn activity(model: &Model) -> (String, bool) {
    if let Some(notice) = &model.notice {
        return (notice.text.clone(), notice.is_failure);
    }
    if model.refresh.is_running {
        return (refreshing(model), false);
    }
    (failing(model).unwrap_or_default(), false)
}

/// `refreshing 31/38 · 1 failing`, and who is being waited for at the end.
fn refreshing(model: &Model) -> String {
    let (answered, planned) = model.refresh.progress();
    let failed = match model.refresh.failed.len() {
        0 => String::new(),
        count => format!(" · {count} failing"),
    };
    let waiting = match model.refresh.waiting.first() {
        Some(url) if planned - answered <= 3 => format!(" · waiting for {}", health_name(&model.paper, url, model.health.get(url))),
        _ => String::new(),
    };
    format!("refreshing {answered}/{planned}{failed}{waiting}")
}

/// `! CTV failed: 403 Forbidden, next 08:40`, or how many failed.
fn failing(model: &Model) -> Option<String> {
    let failing: Vec<_> =
        model.paper.feeds().into_iter().filter_map(|feed| model.health.get(&feed.url)).filter(|feed| feed.error.is_some()).collect();
    let key = model.keymap.key_of(Command::ShowHealth);
    match failing.as_slice() {
        [] => None,
        [feed] => {
            let next = feed.next_try.map(|next| format!(", next {}", clock_time(model.now, next, &model.zone))).unwrap_or_default();
            Some(format!(
                "! {} failed: {}{next}",
                health_name(&model.paper, &feed.url, Some(feed)),
                feed.error.as_deref().unwrap_or_default()
            ))
        }
        many => Some(format!("! {} feeds failed, {key} shows why", many.len())),
    }
}

/// The few keys that matter in the topmost scope: (key, word).
pub fn hints(model: &Model) -> Vec<(String, &'static str)> {
    let scope = model.scope();
    let wanted: &[Command] = match scope {
        Scope::List => &[
            Command::ShowHelp,
            Command::OpenArticle,
            Command::ToggleRead,
            Command::ToggleStar,
            Command::NextUnread,
            Command::MarkSectionRead,
            Command::RefreshAll,
            Command::Quit,
        ],
        Scope::Text => &[Command::ShowHelp, Command::GoBack, Command::NextUnread, Command::ToggleRead, Command::ToggleStar, Command::Quit],
        Scope::Sheet => &[Command::GoBack],
    };
    let hint = |command: &Command| COMMANDS.iter().find(|entry| entry.command == *command && !entry.hint.is_empty());
    let bindings = |command: &Command| {
        let entry = hint(command)?;
        let binding = model.keymap.bindings(scope).find(|binding| binding.entry.command == entry.command)?;
        Some((written(binding.sequences.first()?), entry.hint))
    };
    wanted.iter().filter_map(bindings).collect()
}
