//! Refreshing, what comes of it, and what others commit to the store.

use super::list;
use crate::app::effect::{Effect, RefreshPlan};
use crate::app::event::FeedOutcome;
use crate::app::model::Model;
use crate::app::query;
use crate::app::words;
use crate::domain::feed::FeedHealth;

/// Asks feeds now: of one section, or of all.
pub(super) fn ask(model: &mut Model, section: Option<usize>) -> Vec<Effect> {
    if model.refresh.is_running {
        model.say("a refresh is under way");
        return Vec::new();
    }
    vec![Effect::Refresh(RefreshPlan { section, is_forced: true })]
}

/// The hour is over: asks what is due.
pub(super) fn wake(model: &mut Model) -> Vec<Effect> {
    if model.refresh.is_running {
        return Vec::new();
    }
    vec![Effect::Refresh(RefreshPlan { section: None, is_forced: false })]
}

pub(super) fn planned(model: &mut Model, urls: Vec<String>) -> Vec<Effect> {
    if !model.refresh.is_running {
        model.refresh.start();
    }
    model.refresh.plan(urls);
    Vec::new()
}

pub(super) fn started(model: &mut Model, url: String) -> Vec<Effect> {
    model.refresh.begin(url);
    Vec::new()
}

pub(super) fn answered(model: &mut Model, url: &str, outcome: FeedOutcome) -> Vec<Effect> {
    model.refresh.answer(url);
    match outcome {
        FeedOutcome::Saved { new } => {
            model.refresh.new += new;
            model.refresh.has_succeeded = true;
        }
        FeedOutcome::Unchanged | FeedOutcome::NotDue => model.refresh.has_succeeded = true,
        FeedOutcome::Failed { error } => model.refresh.failed.push((url.to_string(), error)),
    }
    Vec::new()
}

pub(super) fn ended(model: &mut Model) -> Vec<Effect> {
    model.refresh.end();
    if model.refresh.new > 0 && model.notice.is_none() {
        model.say(words::count_of(usize::try_from(model.refresh.new).unwrap_or(usize::MAX), "new article"));
    }
    let mut effects = store_changed(model);
    if std::mem::take(&mut model.list.is_filling) {
        effects.extend(list::load(model));
    }
    effects.extend(model.now.checked_add(model.interval).ok().map(Effect::WakeAt));
    effects
}

pub(super) fn refused(model: &mut Model, error: String) -> Vec<Effect> {
    model.refresh.end();
    model.warn(error);
    Vec::new()
}

/// Counts, health, statuses on the screen and arrivals may all be different now; the list stays as it is.
pub(super) fn store_changed(model: &mut Model) -> Vec<Effect> {
    let mut effects = count(model);
    effects.extend(check_health(model));
    let ids = model.list.loaded();
    if !ids.is_empty() {
        effects.push(Effect::LoadRows { ids });
    }
    let generation = model.generation;
    effects.extend(list::current_query(model).map(|query| Effect::ListArrived { generation, query }));
    model.text.forget_others();
    effects
}

pub(super) fn store_failed(model: &mut Model, error: String) -> Vec<Effect> {
    model.list.is_loading = false;
    model.counting = Default::default();
    model.checking = Default::default();
    model.warn(error);
    Vec::new()
}

/// Asks for the counts of all tabs, one question at a time.
pub(super) fn count(model: &mut Model) -> Vec<Effect> {
    if model.counting.is_under_way {
        model.counting.is_stale = true;
        return Vec::new();
    }
    model.counting.is_under_way = true;
    let queries = model.paper.sections.iter().map(|section| query::in_window(section, model.now)).collect();
    vec![Effect::LoadCounts { queries }]
}

/// Asks for the health of all feeds, one question at a time.
pub(super) fn check_health(model: &mut Model) -> Vec<Effect> {
    if model.checking.is_under_way {
        model.checking.is_stale = true;
        return Vec::new();
    }
    model.checking.is_under_way = true;
    let urls = model.paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
    vec![Effect::LoadHealth { urls }]
}

pub(super) fn take_health(model: &mut Model, feeds: Vec<FeedHealth>) -> Vec<Effect> {
    model.health = feeds.into_iter().map(|feed| (feed.url.clone(), feed)).collect();
    model.checking.is_under_way = false;
    if std::mem::take(&mut model.checking.is_stale) { check_health(model) } else { Vec::new() }
}
