//! Changes of status: asked for here, shown when they are on disk, which the next key waits for.

use super::{list, refresh, text};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::list::View;
use crate::app::words;
use crate::domain::article::ArticleId;
use crate::domain::status::{Mark, Status};

/// What is said where a list has nothing left to mark.
const ALL_READ: &str = "everything on this list is read already";

/// Asks for a change of one article's status to be kept; it is shown when it is on disk, and keys wait for that.
pub(super) fn set(model: &mut Model, id: ArticleId, mark: Mark, label: String) -> Vec<Effect> {
    model.list.is_filling = false;
    vec![Effect::Mark { ids: vec![id], mark, label, is_whole_list: false }]
}

/// Toggles read, or the star, of the article under the cursor.
pub(super) fn toggle(model: &mut Model, is_star: bool) -> Vec<Effect> {
    let Some(row) = model.list.selected_row() else {
        model.say("there is no article here to mark");
        return Vec::new();
    };
    let (id, title) = (row.id, words::quoted(&row.title));
    let (mark, verb) = match (is_star, row.status) {
        (true, Status { is_starred: true, .. }) => (Mark::Unstar, "unstarred"),
        (true, _) => (Mark::Star, "starred"),
        (false, Status { is_read: true, .. }) => (Mark::Unread, "marked unread"),
        (false, _) => (Mark::Read, "marked read"),
    };
    set(model, id, mark, format!("{verb} {title}"))
}

/// Marks what is on the list read, and nothing that arrived after it.
pub(super) fn section_read(model: &mut Model) -> Vec<Effect> {
    let is_unread = |id: &&ArticleId| model.list.status(**id).is_none_or(|status| !status.is_read);
    let ids: Vec<ArticleId> = model.list.ids().iter().filter(is_unread).copied().collect();
    if ids.is_empty() {
        model.say(ALL_READ);
        return Vec::new();
    }
    let name = match model.list.view {
        View::Starred => "starred articles".to_string(),
        View::Window | View::All => model.section_names.get(model.section).cloned().unwrap_or_default(),
    };
    model.list.is_filling = false;
    vec![Effect::Mark { ids, mark: Mark::Read, label: format!("marked {name} read"), is_whole_list: true }]
}

/// A change is on disk: shows it, and offers to take it back if it was of a whole list.
pub(super) fn marked(model: &mut Model, ids: &[ArticleId], mark: Mark, told: Option<String>) -> Vec<Effect> {
    model.marks += 1;
    model.list.apply(ids, mark);
    count_here(model, ids.len(), mark);
    match told {
        // somebody else was quicker
        Some(_) if ids.is_empty() => model.say(ALL_READ),
        Some(told) => offer_undo(model, &told, ids.len()),
        None => {}
    }
    refresh::count(model)
}

fn offer_undo(model: &mut Model, told: &str, changed: usize) {
    let (key, count) = (model.keymap.key_of(Command::Undo), words::count_of(changed, "article"));
    model.say_shorter([
        format!("{told}: {count} · {key} undoes it"),
        format!("{count} read · {key} undoes it"),
        format!("{key} undoes it"),
    ]);
}

/// Counts the change in the tab in front at once, so that no picture has a list and a count that disagree. What it means
/// for the other tabs is told by the store.
fn count_here(model: &mut Model, changed: usize, mark: Mark) {
    let Some(counts) = model.counts.get_mut(model.section).filter(|_| model.list.view == View::Window) else { return };
    let changed = u32::try_from(changed).unwrap_or(u32::MAX);
    match mark {
        Mark::Read => counts.unread = counts.unread.saturating_sub(changed),
        Mark::Unread => counts.unread = counts.unread.saturating_add(changed),
        Mark::Star | Mark::Unstar => {}
    }
}

/// The store did not take it: what is on the screen is what is on disk.
pub(super) fn failed(model: &mut Model, error: &str) -> Vec<Effect> {
    model.warn(format!("not marked: {error}"));
    Vec::new()
}

pub(super) fn undone(model: &mut Model, label: Option<String>, ids: Vec<ArticleId>, is_redo: bool) -> Vec<Effect> {
    let verb = if is_redo { "redo" } else { "undo" };
    let Some(label) = label else {
        model.say(format!("there is nothing to {verb}"));
        return Vec::new();
    };
    model.say(if is_redo { format!("done again: {label}") } else { format!("undone: {label}") });
    model.marks += 1;
    let here = ids.into_iter().filter(|id| model.list.row_of(*id).is_some()).collect();
    let mut effects = list::load_rows(model, here);
    effects.extend(refresh::count(model));
    effects.extend(text::load_selected(model));
    effects
}
