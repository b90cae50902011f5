//! The footers of the panes, and what a refresh brought.

use super::{count_of, health_name, is_health_shown, left_alone};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::model::list::View;
use crate::app::query::in_window;

/// Said when no feed was asked because another process has them in hand.
pub const ASKED_ELSEWHERE: &str = "another matins is asking these feeds now";

/// Columns of the sign of progress on a screen that is wide enough; half of them else.
const PROGRESS_COLUMNS: usize = 8;
const WIDE: u16 = 60;

/// `3 of 18 · 12 unread with 3 new, press . to show`: what is unread counts those that wait, as the tab does. In ever fewer words.
pub fn list_footer(model: &Model) -> Vec<String> {
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
    let new = (model.list.arrived > 0).then(|| format!("{} new, {} shows them", model.list.arrived, key(Command::ShowArrived)));
    let capped = capped(model).map(|most| format!("{most} a feed, {} shows all", key(Command::ToggleAll)));
    let parts: Vec<String> = [place.clone(), Some(scope), backup(model), capped].into_iter().flatten().collect();
    let least = usize::from(place.is_some()) + 1;
    let shorter = (least..=parts.len()).rev().map(|count| parts[..count].join(" · "));
    shorter.chain(new).chain(place).collect()
}

/// What stands beside the tab of the starred articles: whose they are, and the way back. In ever fewer words.
pub fn starred_top(model: &Model) -> Vec<String> {
    let key = model.keymap.key_of(Command::ToggleStarred);
    let Some(section) = model.section() else { return Vec::new() };
    let back = [&section.name, &section.short_name].map(|name| format!("{key} back to {name}"));
    let whole = format!("of all sections · {}", back[0]);
    [whole].into_iter().chain(back).chain([format!("{key} back")]).collect()
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

/// What a refresh by hand did not ask, and why: `2 feeds answered a few minutes ago, 1 wants to be left alone until 08:54`.
fn not_asked(model: &Model) -> Option<String> {
    let refresh = Some(&model.refresh).filter(|refresh| refresh.is_by_hand)?;
    let failed = if refresh.fresh > 0 { "failed" } else { "failed a few minutes ago" };
    let gone = if refresh.gone == 1 { "is gone for good" } else { "are gone for good" };
    let left_alone = left_alone(&refresh.left_alone, model.now, &model.zone).unwrap_or_default();
    let all = [
        (refresh.fresh, "answered a few minutes ago"),
        (refresh.failed_before, failed),
        (refresh.left_alone.len(), left_alone.as_str()),
        (refresh.gone, gone),
    ];
    let mut told = all.into_iter().filter(|(count, _)| *count > 0);
    let (count, first) = told.next()?;
    let others = told.map(|(count, words)| format!(", {count} {words}"));
    Some([format!("{} {first}", count_of(count, "feed"))].into_iter().chain(others).collect())
}

/// What a refresh that has ended brought, when there is something to say, and how many feeds failed, in ever fewer words.
pub fn refreshed(model: &Model) -> Option<Vec<String>> {
    let key = model.keymap.key_of(Command::RefreshAll);
    let brought = match (model.refresh.new, not_asked(model)) {
        (0, None) => (model.refresh.elsewhere > 0 && model.refresh.asked == 0).then(|| ASKED_ELSEWHERE.to_string()),
        (0, Some(not_asked)) => Some(format!("{not_asked}, {key} again insists")),
        (new, not_asked) => {
            let not_asked = not_asked.map(|words| format!(", {words}")).unwrap_or_default();
            Some(count_of(usize::try_from(new).unwrap_or(usize::MAX), "new article") + &not_asked)
        }
    }?;
    let (failed, why) = (model.refresh.failed.len(), model.keymap.key_of(Command::ShowHealth));
    if failed == 0 {
        return Some(vec![brought]);
    }
    if is_health_shown(model) {
        return Some(vec![format!("{brought} · {} failed", count_of(failed, "feed")), brought]);
    }
    let failed = [format!("{} failed, {why} shows why", count_of(failed, "feed")), format!("{failed} failed, {why} why")];
    Some(failed.iter().map(|failed| format!("{brought} · {failed}")).chain(failed.last().cloned()).collect())
}
