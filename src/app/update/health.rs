//! The sheet of feed health: the feed under the cursor, and the cure that is tried for it.

use super::refresh;
use crate::app::command::Command;
use crate::app::effect::{Effect, RefreshPlan};
use crate::app::model::Model;
use crate::app::model::sheet::{Sheet, SheetKind, Trial, next_cure};
use crate::app::words;
use crate::domain::cure::Found;
use crate::domain::feed::{FeedHealth, FeedState};

/// The sheet as it is when it is opened: feeds that need a look first.
pub(super) fn sheet(model: &Model) -> Sheet {
    let state = |url: &str| model.health.get(url).map_or(FeedState::Never, |feed| feed.state);
    let mut feeds: Vec<String> = model.paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
    feeds.sort_by_key(|url| words::concern(state(url)));
    Sheet { feeds, ..Sheet::new(SheetKind::Health) }
}

/// Does something with the feed under the cursor.
pub(super) fn perform(model: &mut Model, command: Command) -> Vec<Effect> {
    let feed = model.sheet.as_ref().filter(|sheet| sheet.kind == SheetKind::Health).and_then(Sheet::feed).cloned();
    let Some(feed) = feed else { return Vec::new() };
    let health = model.health.get(&feed).cloned().unwrap_or_else(|| FeedHealth::never(&feed));
    match command {
        Command::TryCure => try_cure(model, &health),
        Command::AcceptCure => accept(model, feed),
        Command::DropCure if health.way.accepted_at.is_some() => vec![Effect::KeepCure { feed, way: None }],
        Command::DropCure => {
            model.say("nothing was accepted for this feed");
            Vec::new()
        }
        _ => ask(model, feed),
    }
}

fn try_cure(model: &mut Model, health: &FeedHealth) -> Vec<Effect> {
    let is_under_way = |trial: &Trial| trial.feed == health.url && trial.result.is_none();
    if model.trial.as_ref().is_some_and(is_under_way) {
        return Vec::new();
    }
    let Some(cure) = next_cure(model.trial.as_ref(), health) else {
        model.say("there is no cure to try for this feed");
        return Vec::new();
    };
    model.trials += 1;
    let generation = model.trials;
    model.trial = Some(Trial { feed: health.url.clone(), cure: cure.clone(), generation, result: None });
    vec![Effect::TryCure { generation, feed: health.url.clone(), cure }]
}

pub(super) fn tried(model: &mut Model, generation: u64, result: Result<Found, String>) -> Vec<Effect> {
    if let Some(trial) = model.trial.as_mut().filter(|trial| trial.generation == generation) {
        trial.result = Some(result);
    }
    Vec::new()
}

fn accept(model: &mut Model, feed: String) -> Vec<Effect> {
    match &model.trial {
        Some(Trial { feed: tried, result: Some(Ok(found)), .. }) if *tried == feed => {
            vec![Effect::KeepCure { feed, way: Some(found.way.clone()) }]
        }
        _ => Vec::new(),
    }
}

/// What a person accepted, or took back, is on disk: the feed is asked so at once.
pub(super) fn kept(model: &mut Model, feed: String, is_accepted: bool) -> Vec<Effect> {
    model.trial = None;
    let done = if is_accepted { "accepted" } else { "taken back" };
    let when = if model.refresh.is_running { "it is asked after this refresh" } else { "asking it now" };
    model.say(format!("{done}; {when}"));
    let mut effects = refresh::begin(model, RefreshPlan { feed: Some(feed), ..RefreshPlan::insisting() });
    effects.extend(refresh::check_health(model));
    effects
}

/// Leaves a trial of the feed under the cursor; whether there was one.
pub(super) fn leave_trial(model: &mut Model) -> bool {
    let feed = model.sheet.as_ref().and_then(Sheet::feed);
    let is_here = feed.is_some() && model.trial.as_ref().map(|trial| &trial.feed) == feed;
    if is_here {
        model.trial = None;
    }
    is_here
}

/// Asks the feed under the cursor, whatever it answered a moment ago.
fn ask(model: &mut Model, feed: String) -> Vec<Effect> {
    refresh::insist(model, RefreshPlan { feed: Some(feed), ..RefreshPlan::insisting() })
}
