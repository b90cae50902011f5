//! Going from section to section, and the hunt for the next unread article across them.

use super::{list, text};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::model::list::View;
use crate::app::model::{Hunt, Model, OnList};
use crate::app::query;
use crate::app::words;
use crate::domain::article::ArticleId;
use crate::domain::list::{Counts, Filter, ListQuery};

pub(super) fn step(model: &mut Model, is_forward: bool) -> Vec<Effect> {
    let count = model.paper.sections.len();
    match model.section {
        _ if count == 0 => Vec::new(),
        at if is_forward => go_to(model, (at + 1) % count),
        at => go_to(model, (at + count - 1) % count),
    }
}

pub(super) fn go_to(model: &mut Model, index: usize) -> Vec<Effect> {
    if index >= model.paper.sections.len() {
        let count = model.paper.sections.len();
        model.say(format!("there {} only {}", if count == 1 { "is" } else { "are" }, words::count_of(count, "section")));
        return Vec::new();
    }
    let was_open = std::mem::take(&mut model.is_text_open);
    match index == model.section {
        false => list::leave_for(model, index),
        true if model.list.view == View::Starred => list::show(model, View::Window),
        true if was_open => text::close(model),
        true => Vec::new(),
    }
}

/// Counts have come. Those from before the last change of status do not show it, and are asked for again.
pub(super) fn take_counts(model: &mut Model, counts: Vec<Counts>, marks: u64) -> Vec<Effect> {
    if marks == model.marks {
        model.counts = counts;
    }
    if model.counting.end() { super::refresh::count(model) } else { Vec::new() }
}

/// Looks for an unread article after the cursor (or before it), first here, then in the other sections in order.
pub(super) fn find_unread(model: &mut Model, is_forward: bool) -> Vec<Effect> {
    hunt_on(model, Hunt { is_forward, left: 0 })
}

/// Asks which articles of the section in front are unread.
pub(super) fn hunt_on(model: &mut Model, hunt: Hunt) -> Vec<Effect> {
    model.on_list = OnList::GoToUnread(hunt);
    let all = match model.list.view {
        View::Starred => Some(ListQuery::default()),
        View::Window | View::All => model.section().map(query::all_stored),
    };
    let unread = all.map(|all| ListQuery { filter: Filter::Unread, ..all });
    unread.map(|query| Effect::FindUnread { generation: model.generation, query }).into_iter().collect()
}

/// The unread articles of the section in front have come.
pub(super) fn take_unread(model: &mut Model, generation: u64, unread: &[ArticleId]) -> Vec<Effect> {
    let OnList::GoToUnread(hunt) = model.on_list else { return Vec::new() };
    if generation != model.generation {
        return Vec::new();
    }
    model.on_list = OnList::Nothing;
    let is_here = hunt.left == 0;
    let found = if is_here { model.list.neighbour(unread, hunt.is_forward) } else { model.list.outermost(unread, hunt.is_forward) };
    match found {
        Some(index) => go_to_article(model, index),
        None => go_to_unread_elsewhere(model, unread, hunt),
    }
}

/// Goes on to the next section that has unread articles by its count; a count may be out of date, so each is looked at.
fn go_to_unread_elsewhere(model: &mut Model, unread: &[ArticleId], hunt: Hunt) -> Vec<Effect> {
    let count = model.paper.sections.len();
    let has_unread = |section: &usize| model.counts.get(*section).is_some_and(|counts| counts.unread > 0);
    let at =
        |distance: usize| if hunt.is_forward { (model.section + distance) % count } else { (model.section + count - distance) % count };
    // behind the starred articles of every feed lies the section in front, with others
    let nearest = usize::from(model.list.view != View::Starred);
    let next = (nearest..count).map(at).find(has_unread).filter(|_| hunt.left < count);
    let Some(section) = next else { return go_around(model, unread, hunt) };
    let was_open = model.is_text_open;
    let effects = list::leave_for(model, section);
    model.is_text_open = was_open;
    model.on_list = OnList::GoToUnread(Hunt { left: hunt.left + 1, ..hunt });
    effects
}

/// Nothing is unread elsewhere: what is left here lies on the other side of the cursor.
fn go_around(model: &mut Model, unread: &[ArticleId], hunt: Hunt) -> Vec<Effect> {
    let left: Vec<ArticleId> = unread.iter().filter(|id| model.list.selected_id() != Some(**id)).copied().collect();
    match model.list.outermost(&left, hunt.is_forward) {
        Some(index) => go_to_article(model, index),
        None => {
            say_all_read(model);
            Vec::new()
        }
    }
}

fn say_all_read(model: &mut Model) {
    let key = model.keymap.key_of(Command::ShowArrived);
    match model.list.arrived {
        0 => model.say("nothing else is unread: that is all for now"),
        new => model.say(format!("nothing else here is unread; {new} new, press {key} to show")),
    }
}

/// Puts the cursor on an article; in full width it is opened, and so read.
fn go_to_article(model: &mut Model, index: usize) -> Vec<Effect> {
    let mut effects = list::select(model, index);
    if model.is_text_open {
        effects.extend(text::mark_opened(model));
    }
    effects
}
