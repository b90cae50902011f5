//! Moving in the list, loading it, and what arrives for it.

use super::{refresh, sections, start, target, text};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::model::list::{ListPane, View};
use crate::app::model::{Model, OnList};
use crate::app::query;
use crate::app::words;
use crate::domain::article::{ArticleId, Row};
use crate::domain::list::{ListQuery, Snapshot};
use crate::domain::section::{Section, Span};

/// Asks for the list of the section in front.
pub(super) fn load(model: &mut Model) -> Vec<Effect> {
    model.generation += 1;
    model.list.is_loading = true;
    let generation = model.generation;
    current_query(model).map(|query| Effect::LoadList { generation, query }).into_iter().collect()
}

pub(super) fn current_query(model: &Model) -> Option<ListQuery> {
    match model.list.view {
        View::Window => model.section().map(|section| query::in_window(section, model.now)),
        View::All => model.section().map(query::all_stored),
        View::Starred => Some(query::starred()),
    }
}

pub(super) fn take_snapshot(model: &mut Model, generation: u64, snapshot: Snapshot) -> Vec<Effect> {
    if generation != model.generation {
        return Vec::new();
    }
    let visible = model.rows_visible();
    let wish = std::mem::take(&mut model.on_list);
    let place_article = match &wish {
        OnList::Restore(place) => place.article,
        _ => None,
    };
    // while a list fills and nobody has moved in it, its top stays in front
    let here = model.list.selected_id().filter(|_| !model.list.is_filling);
    let keep = place_article.or(here).or_else(|| model.cursors.get(&model.section).copied());
    model.list.show(snapshot, keep, visible);
    if let (Some(_), Some(id)) = (place_article, model.list.selected_id()) {
        model.cursors.insert(model.section, id);
    }
    model.list.is_filling |= model.list.is_empty();
    let mut effects = load_missing(model);
    effects.extend(match wish {
        OnList::Restore(place) if place.is_open && model.list.selected_id() == place.article => text::restore(model),
        OnList::GoToUnread(hunt) => sections::hunt_on(model, hunt),
        _ => text::load_selected(model),
    });
    effects
}

/// The list could not be had: says so in its place.
pub(super) fn take_failure(model: &mut Model, generation: u64, error: String) -> Vec<Effect> {
    if generation == model.generation {
        model.list.is_loading = false;
        model.list.failure = Some(error);
        model.on_list = OnList::Nothing;
    }
    Vec::new()
}

/// Rows have come. Those asked for before the last change of status may not show it, and are asked for again.
pub(super) fn take_rows(model: &mut Model, rows: Vec<Row>, marks: u64) -> Vec<Effect> {
    if marks != model.marks {
        return load_rows(model, rows.into_iter().map(|row| row.id).collect());
    }
    model.list.take_rows(rows);
    Vec::new()
}

pub(super) fn load_rows(model: &Model, ids: Vec<ArticleId>) -> Vec<Effect> {
    let is_urgent = model.list.selected_row().is_none() && model.list.selected_id().is_some_and(|id| ids.contains(&id));
    if ids.is_empty() { Vec::new() } else { vec![Effect::LoadRows { ids, marks: model.marks, is_urgent }] }
}

/// Rows near the screen that are not loaded.
pub(super) fn load_missing(model: &Model) -> Vec<Effect> {
    load_rows(model, model.list.missing(model.rows_visible()))
}

pub(super) fn travel(model: &mut Model, command: Command) -> Vec<Effect> {
    if model.list.is_empty() {
        return scroll_quiet(model, command);
    }
    let visible = model.rows_visible();
    let to = target(command, model.list.selected(), visible, model.list.len());
    select(model, to)
}

/// Where there is no article, the sentences that say why are scrolled.
fn scroll_quiet(model: &mut Model, command: Command) -> Vec<Effect> {
    let area = model.layout().quiet();
    let (length, height) = (words::quiet_lines(model, usize::from(area.width), usize::from(area.height)).len(), usize::from(area.height));
    let last = length.saturating_sub(height);
    model.list.quiet_offset = target(command, model.list.quiet_offset, height, length).min(last);
    Vec::new()
}

/// Puts the cursor on a place of the list.
pub(super) fn select(model: &mut Model, to: usize) -> Vec<Effect> {
    let visible = model.rows_visible();
    model.list.is_filling = model.list.is_empty();
    model.list.select(to, visible);
    if let Some(id) = model.list.selected_id().filter(|_| model.list.view != View::Starred) {
        model.cursors.insert(model.section, id);
    }
    let mut effects = load_missing(model);
    effects.extend(text::load_selected(model));
    effects
}

/// The list as it would be now has come: counts what is new, or takes it where the list may still fill.
pub(super) fn take_arrived(model: &mut Model, generation: u64, ids: &[ArticleId]) -> Vec<Effect> {
    let mut effects = if model.catching_up.end() { refresh::catch_up(model) } else { Vec::new() };
    if generation != model.generation {
        return effects;
    }
    let known: std::collections::HashSet<_> = model.list.ids().iter().collect();
    model.list.arrived = ids.iter().filter(|id| !known.contains(id)).count();
    if model.list.is_filling && model.list.arrived > 0 {
        effects.extend(load(model));
    }
    effects
}

pub(super) fn show_arrived(model: &mut Model) -> Vec<Effect> {
    if model.list.arrived == 0 {
        model.say("nothing new has arrived here");
        return Vec::new();
    }
    load(model)
}

/// Shows this, or the section's window when it is shown already.
pub(super) fn toggle(model: &mut Model, view: View) -> Vec<Effect> {
    show(model, if model.list.view == view { View::Window } else { view })
}

pub(super) fn show(model: &mut Model, view: View) -> Vec<Effect> {
    let said = |section: &Section| match view {
        // the tab in front says where one is back
        View::Window if model.list.view == View::Starred => None,
        View::Window => Some(format!("the last {} of {}", String::from(Span(section.window)), section.name)),
        // the row under the list says it for as long as it holds, where there is one
        View::All if model.layout().tells_of_list() => None,
        View::All => Some(format!("all that is stored of {}", section.name)),
        // and the top does
        View::Starred => None,
    };
    if let Some(words) = model.section().and_then(said) {
        model.say(words);
    }
    if [view, model.list.view].contains(&View::Starred) {
        // other articles altogether: back at the section, the cursor is where it was there
        model.list = ListPane::awaited(view);
    }
    model.list.view = view;
    load(model)
}

/// Leaves the list for that of another section.
pub(super) fn leave_for(model: &mut Model, section: usize) -> Vec<Effect> {
    model.section = section;
    model.list = ListPane::default();
    model.text.clear();
    let mut effects = load(model);
    effects.extend(refresh::count(model));
    effects.push(start::remember(model));
    effects
}
