//! The footers of the panes and the bottom line.

use super::{count_of, due, failing_feeds, health_name};
use crate::app::command::{Command, Scope};
use crate::app::keymap::written;
use crate::app::model::Model;
use crate::app::model::list::View;
use crate::app::query::in_window;

/// Said when no feed was asked because another process has them in hand.
pub const ASKED_ELSEWHERE: &str = "another matins is asking these feeds now";

/// Columns of the sign of progress on a screen that is wide enough; half of them else.
const PROGRESS_COLUMNS: usize = 8;
const WIDE: u16 = 60;

/// `3 of 18 · 12 unread with 3 new, press . to show`: what is unread counts those that wait, as the tab does.
pub fn list_footer(model: &Model) -> String {
    let key = |command| model.keymap.key_of(command);
    let counts = model.counts.get(model.section).copied().unwrap_or_default();
    let place = (!model.list.is_empty()).then(|| format!("{} of {}", model.list.selected() + 1, model.list.len()));
    let scope = match model.list.view {
        View::Window => format!("{} unread", counts.unread),
        View::All => "all that is stored".to_string(),
        View::Starred => "starred, of every feed".to_string(),
    };
    let is_counted = model.list.view == View::Window && usize::try_from(counts.unread).is_ok_and(|unread| unread >= model.list.arrived);
    let scope = match model.list.arrived {
        0 => scope,
        new => format!("{scope}{}{new} new, press {} to show", if is_counted { " with " } else { " · " }, key(Command::ShowArrived)),
    };
    let capped = capped(model).map(|most| format!("{most} a feed, {} shows all", key(Command::ToggleAll)));
    [place, Some(scope), backup(model), capped].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The most articles of a feed, when one has reached it and so may have more in the window.
fn capped(model: &Model) -> Option<usize> {
    let is_capped = model.counts.get(model.section).is_some_and(|counts| counts.is_capped);
    in_window(model.section()?, model.now).per_feed.filter(|_| is_capped && model.list.view == View::Window)
}

/// `CDC Backup stands in`, when articles of a fallback feed are on the list.
fn backup(model: &Model) -> Option<String> {
    let section = model.section().filter(|_| model.list.view != View::Starred)?;
    let feed = section.fallback.iter().find(|feed| model.list.rows().any(|row| row.feed_url == feed.url))?;
    Some(format!("{} stands in", health_name(&model.paper, &feed.url, model.health.get(&feed.url))))
}

/// How far the article is read: `━━────── 24 %`; empty when all of it is on the screen.
pub fn text_footer(model: &Model) -> String {
    let Some(percent) = model.text.percent(model.text_height()) else { return String::new() };
    let (done, left) = if model.is_ascii { ("=", "-") } else { ("━", "─") };
    let columns = if model.width < WIDE { PROGRESS_COLUMNS / 2 } else { PROGRESS_COLUMNS };
    let passed = (percent * columns).div_ceil(100);
    format!("{}{} {percent:>2} %", done.repeat(passed), left.repeat(columns - passed))
}

/// What is going on: a notice, the refresh, or which feeds failed. The flag tells whether it is a failure.
pub fn activity(model: &Model) -> (String, bool) {
    if let Some(notice) = &model.notice {
        return (notice.text.clone(), notice.is_failure);
    }
    if let Some(page) = page(model) {
        return (page, false);
    }
    if model.refresh.is_running {
        return (refreshing(model), false);
    }
    (failing(model).unwrap_or_default(), false)
}

/// That a page is waited for, or that its text has come for the article that is shown.
fn page(model: &Model) -> Option<String> {
    let key = |command| model.keymap.key_of(command);
    if let Some(wait) = &model.text.page {
        return Some(format!("fetching the page of {}, {} leaves it", wait.host, key(Command::GoBack)));
    }
    let shown = model.text.shown().map(|text| text.article.row.id)?;
    if model.text.is_outdated(model.list.row_of(shown)) {
        return Some(format!("this text has changed, {} shows it as it is now", key(Command::ShowFullText)));
    }
    model.text.has_arrived(shown).then(|| format!("the page’s text has come, {} shows it", key(Command::ShowFullText)))
}

/// `refreshing 31/38 · 1 failing`, and who is being waited for at the end.
fn refreshing(model: &Model) -> String {
    let (answered, planned) = model.refresh.progress();
    let failed = match model.refresh.failed.len() {
        0 => String::new(),
        count => format!(" · {count} failing"),
    };
    let waiting = match model.refresh.under_way.first() {
        Some(url) if planned - answered <= 3 => format!(" · waiting for {}", health_name(&model.paper, url, model.health.get(url))),
        _ => String::new(),
    };
    let progress = if planned == 0 { String::new() } else { format!(" {answered}/{planned}") };
    format!("refreshing{progress}{failed}{waiting}")
}

/// What a refresh that has ended brought, when there is something to say.
pub fn refreshed(model: &Model) -> Option<String> {
    let key = model.keymap.key_of(Command::RefreshAll);
    match (model.refresh.new, model.refresh.fresh) {
        (0, 0) => (model.refresh.elsewhere > 0 && model.refresh.asked == 0).then(|| ASKED_ELSEWHERE.to_string()),
        (0, fresh) => Some(format!("{} answered a few minutes ago, {key} again insists", count_of(fresh, "feed"))),
        (new, _) => Some(count_of(usize::try_from(new).unwrap_or(usize::MAX), "new article")),
    }
}

/// `! CTV failed: 403 Forbidden, next 08:40`, or how many failed.
fn failing(model: &Model) -> Option<String> {
    let failing = failing_feeds(model);
    match failing.as_slice() {
        [] => None,
        [feed] => {
            let next = feed.next_try.map(|next| format!(", next {}", due(model, next))).unwrap_or_default();
            Some(format!("! {} failed: {}{next}", health_name(&model.paper, &feed.url, model.health.get(&feed.url)), feed.error))
        }
        many => Some(format!("{} feeds failed, {} shows why", many.len(), model.keymap.key_of(Command::ShowHealth))),
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
        Scope::Text => &[
            Command::ShowHelp,
            Command::GoBack,
            Command::NextUnread,
            Command::ToggleRead,
            Command::ToggleStar,
            Command::OpenPage,
            Command::ShowLinks,
            Command::FindInText,
            Command::Quit,
        ],
        Scope::Sheet | Scope::Links | Scope::Find => &[Command::GoBack],
    };
    let hint = |command: &Command| {
        let binding = model.keymap.bindings(scope).find(|binding| binding.entry.command == *command && !binding.entry.hint.is_empty())?;
        Some((written(binding.sequences.first()?), binding.entry.hint))
    };
    let is_about_an_article =
        |command: &Command| matches!(command, Command::OpenArticle | Command::ToggleRead | Command::ToggleStar | Command::MarkSectionRead);
    wanted.iter().filter(|command| !model.list.is_empty() || !is_about_an_article(command)).filter_map(hint).collect()
}
