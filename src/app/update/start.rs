//! Opening, coming back to where one was, and changes of the screen as a whole.

use super::{list, refresh, sheet, text};
use crate::app::effect::{Effect, RefreshPlan};
use crate::app::layout::drawn;
use crate::app::model::list::View;
use crate::app::model::place::Place;
use crate::app::model::{Model, OnList};
use crate::app::words;
use crate::domain::theme::Theme;

pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let mut effects = vec![Effect::RecallPlace];
    effects.extend(refresh::count(model));
    effects.extend(refresh::check_health(model));
    effects
}

/// Goes to the place that was left, then asks for what is due.
pub(super) fn recall(model: &mut Model, place: Option<Place>) -> Vec<Effect> {
    let mut place = place.unwrap_or_default();
    model.text.take_positions(std::mem::take(&mut place.positions));
    let known = model.section_names.iter().position(|name| *name == place.section).or_else(|| model.paper.place_of(&place.section));
    model.section = known.unwrap_or(0);
    model.on_list = if known.is_some() { OnList::Restore(place) } else { OnList::Nothing };
    let mut effects = list::load(model);
    if model.screen.is_refreshing_at_start {
        effects.extend(refresh::begin(model, RefreshPlan::default()));
    }
    effects
}

/// Where one is, to come back to.
pub(super) fn remember(model: &Model) -> Effect {
    // the starred articles are of other sections too: the place is the one that Esc leads back to
    let is_starred = model.list.view == View::Starred;
    Effect::RememberPlace(Place {
        section: model.section_names.get(model.section).cloned().unwrap_or_default(),
        article: if is_starred { model.cursors.get(&model.section).copied() } else { model.list.selected_id() },
        is_open: model.is_text_open && !is_starred,
        positions: model.text.positions(),
    })
}

pub(super) fn resize(model: &mut Model, width: u16, height: u16) -> Vec<Effect> {
    (model.width, model.height) = drawn(width, height);
    let visible = model.rows_visible();
    model.list.scroll(visible);
    let height = model.text_height();
    model.text.scroll_to(model.text.offset(), height);
    sheet::keep_inside(model);
    let mut effects = text::load_selected(model);
    effects.extend(list::load_missing(model));
    effects
}

pub(super) fn take_theme(model: &mut Model, theme: Theme) -> Vec<Effect> {
    model.theme = theme;
    let name = &model.theme.name;
    model.say(format!("theme {name}; `theme = \"{name}\"` in settings.toml keeps it"));
    Vec::new()
}

pub(super) fn open_sample(model: &mut Model) -> Vec<Effect> {
    if model.is_sample {
        model.say("this is the sample edition");
        return Vec::new();
    }
    if model.section().and_then(|section| words::fruitless_paper(model, section)).is_none() {
        model.say("`matins demo` opens the sample edition");
        return Vec::new();
    }
    vec![remember(model), Effect::OpenSample]
}
