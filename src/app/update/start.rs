//! Opening, coming back to where one was, and changes of the screen as a whole.

use super::{list, refresh, text};
use crate::app::effect::{Effect, RefreshPlan};
use crate::app::model::place::Place;
use crate::app::model::{Model, OnList};
use crate::domain::theme::Theme;

pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let mut effects = vec![Effect::RecallPlace];
    effects.extend(refresh::count(model));
    effects.extend(refresh::check_health(model));
    effects
}

/// Goes to the place that was left, then asks for what is due.
pub(super) fn recall(model: &mut Model, place: Option<Place>) -> Vec<Effect> {
    let place = place.unwrap_or_default();
    let known = model.paper.sections.iter().position(|section| *section.name == *place.section);
    model.section = known.unwrap_or(0);
    let theme = place.theme.clone().filter(|name| *name != *model.theme.name);
    model.on_list = if known.is_some() { OnList::Restore(place) } else { OnList::Nothing };
    let mut effects: Vec<Effect> = theme.map(|name| Effect::LoadTheme { name }).into_iter().collect();
    effects.extend(list::load(model));
    if model.screen.is_refreshing_at_start {
        effects.push(Effect::Refresh(RefreshPlan { section: None, is_forced: false }));
    }
    effects
}

/// Where one is, to come back to.
pub(super) fn remember(model: &Model) -> Effect {
    Effect::RememberPlace(Place {
        section: model.section().map(|section| section.name.to_string()).unwrap_or_default(),
        article: model.list.selected_id(),
        is_open: model.is_text_open,
        offset: model.text.offset(),
        width: model.text.shown().map_or(0, |text| text.width),
        theme: Some(model.theme.name.to_string()),
    })
}

pub(super) fn resize(model: &mut Model, width: u16, height: u16) -> Vec<Effect> {
    (model.width, model.height) = (width, height);
    let visible = model.rows_visible();
    model.list.scroll(visible);
    let height = model.text_height();
    model.text.scroll_to(model.text.offset(), height);
    let mut effects = text::load_selected(model);
    effects.extend(list::load_missing(model));
    effects
}

pub(super) fn take_theme(model: &mut Model, theme: Theme) -> Vec<Effect> {
    let is_change = *theme.name != *model.theme.name;
    model.theme = theme;
    if is_change && model.notice.is_none() {
        model.say(format!("theme {}", model.theme.name));
    }
    vec![remember(model)]
}

pub(super) fn open_sample(model: &mut Model) -> Vec<Effect> {
    if model.is_sample {
        model.say("this is the sample edition");
        return Vec::new();
    }
    vec![remember(model), Effect::OpenSample]
}
