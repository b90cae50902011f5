//! Refreshing, what comes of it, and what others commit to the store.

use jiff::SignedDuration;

use super::list;
use crate::app::command::Command;
use crate::app::effect::{Effect, RefreshPlan};
use crate::app::event::FeedOutcome;
use crate::app::model::refresh::RefreshState;
use crate::app::model::{Model, OnList};
use crate::app::query;
use crate::app::words;
use crate::domain::feed::{FeedHealth, FeedState};

/// The shortest time between two refreshes that nobody asked for.
const SHORTEST_SLEEP: SignedDuration = SignedDuration::from_mins(1);

/// A second wish to refresh within this time is meant: it asks even servers that answered a few minutes ago.
const INSISTING: SignedDuration = SignedDuration::from_mins(1);

/// Said to whoever asks for a refresh meanwhile; true until it ends.
const UNDER_WAY: &str = "a refresh is under way";

/// Asks feeds now: of one section, or of all.
pub(super) fn ask(model: &mut Model, section: Option<usize>) -> Vec<Effect> {
    let since = model.asked_at.map(|asked_at| model.now.duration_since(asked_at));
    let is_insisting = since.is_some_and(|since| since < INSISTING);
    if !model.refresh.is_running {
        model.asked_at = Some(model.now);
    }
    insist(model, RefreshPlan { section, is_forced: true, is_insisting, ..RefreshPlan::default() })
}

/// Begins a refresh that a person asked for, or says that one is under way.
pub(super) fn insist(model: &mut Model, plan: RefreshPlan) -> Vec<Effect> {
    if model.refresh.is_running {
        model.say(UNDER_WAY);
    }
    begin(model, plan)
}

/// A feed is due: asks what is due.
pub(super) fn wake(model: &mut Model) -> Vec<Effect> {
    begin(model, RefreshPlan::default())
}

/// Begins a refresh, if none is under way.
pub(super) fn begin(model: &mut Model, plan: RefreshPlan) -> Vec<Effect> {
    if model.refresh.is_running {
        return Vec::new();
    }
    model.refresh.start(model.now);
    model.refresh.is_by_hand = plan.is_forced;
    vec![Effect::Refresh(plan)]
}

pub(super) fn planned(model: &mut Model, urls: Vec<String>) -> Vec<Effect> {
    model.refresh.plan(urls);
    Vec::new()
}

pub(super) fn started(model: &mut Model, url: String) -> Vec<Effect> {
    model.refresh.begin(url);
    Vec::new()
}

pub(super) fn arrived(model: &mut Model, url: String) -> Vec<Effect> {
    model.refresh.arrive(url);
    Vec::new()
}

pub(super) fn answered(model: &mut Model, url: &str, outcome: FeedOutcome) -> Vec<Effect> {
    model.refresh.answer(url);
    model.refresh.asked += usize::from(outcome.is_asked());
    match outcome {
        FeedOutcome::Saved { new } => model.refresh.new += new,
        FeedOutcome::Fresh => not_asked_again(model, url),
        FeedOutcome::LeftAlone { until } => model.refresh.left_alone.push(until),
        FeedOutcome::NotDue => model.refresh.gone += usize::from(model.health.get(url).is_some_and(|feed| feed.is_gone)),
        FeedOutcome::Elsewhere => model.refresh.elsewhere += 1,
        FeedOutcome::Unchanged => {}
        FeedOutcome::Failed { error } => model.refresh.failed.push((url.to_string(), error)),
        FeedOutcome::NotSaved { error, answer } => {
            model.refresh.failed.extend(answer.and_then(Result::err).map(|reason| (url.to_string(), reason)));
            if model.refresh.lose(url, &error) {
                model.warn(format!("not saved: {error}"));
            }
        }
    }
    Vec::new()
}

/// A feed that was asked a few minutes ago: how it went then.
fn not_asked_again(model: &mut Model, url: &str) {
    let failing = model.health.get(url).filter(|feed| feed.state == FeedState::Failing);
    let quiet_until = failing.and_then(|feed| feed.host_quiet_until).filter(|until| *until > model.now);
    match quiet_until {
        Some(until) => model.refresh.left_alone.push(until),
        None if failing.is_some() => model.refresh.failed_before += 1,
        None => model.refresh.fresh += 1,
    }
}

pub(super) fn ended(model: &mut Model) -> Vec<Effect> {
    model.refresh.end();
    model.notice.take_if(|notice| notice.forms == [UNDER_WAY]);
    if let Some(words) = words::refreshed(model).filter(|_| model.notice.is_none()) {
        model.say_shorter(words);
    }
    // a list that is loaded anew has nothing to catch up with
    let is_loaded_anew = std::mem::take(&mut model.list.is_filling) || model.list.is_empty();
    let mut effects = look_around(model);
    effects.extend(if is_loaded_anew { list::load(model) } else { catch_up(model) });
    effects
}

/// A refresh cannot be; its end is told apart.
pub(super) fn refused(model: &mut Model, error: String) -> Vec<Effect> {
    model.warn(error);
    Vec::new()
}

/// A refresh broke off; its end is told apart.
pub(super) fn broke(model: &mut Model) -> Vec<Effect> {
    let again = model.keymap.key_of(Command::RefreshAll);
    model.warn(format!("the refresh broke off, by a mistake in matins itself; {again} tries again"));
    Vec::new()
}

/// Counts, health, statuses on the screen and arrivals may all be different now; the list stays as it is.
pub(super) fn store_changed(model: &mut Model) -> Vec<Effect> {
    model.notice.take_if(|notice| notice.forms == [words::ASKED_ELSEWHERE]);
    let mut effects = look_around(model);
    effects.extend(catch_up(model));
    effects
}

/// Forgets what may have changed, and asks for counts and health.
fn look_around(model: &mut Model) -> Vec<Effect> {
    model.text.forget_others();
    let mut effects = count(model);
    effects.extend(check_health(model));
    effects
}

/// Asks for the rows near the screen and for what has arrived, one question at a time.
pub(super) fn catch_up(model: &mut Model) -> Vec<Effect> {
    let Some(query) = list::current_query(model) else { return Vec::new() };
    if !model.catching_up.begin() {
        return Vec::new();
    }
    let near = model.list.near(model.rows_visible());
    model.list.keep_rows(&near);
    let mut effects = list::load_rows(model, near);
    effects.push(Effect::ListArrived { generation: model.generation, query });
    effects
}

/// What was asked of the store may not come: a hunt that waits for it ends, or the next list would take it up.
pub(super) fn store_failed(model: &mut Model, error: String) -> Vec<Effect> {
    if matches!(model.on_list, OnList::GoToUnread(_)) {
        model.on_list = OnList::Nothing;
    }
    (model.counting, model.checking, model.catching_up) = Default::default();
    model.warn(error);
    Vec::new()
}

/// Asks for the counts of all tabs, one question at a time.
pub(super) fn count(model: &mut Model) -> Vec<Effect> {
    if !model.counting.begin() {
        return Vec::new();
    }
    let queries = model.paper.sections.iter().map(|section| query::in_window(section, model.now)).collect();
    vec![Effect::LoadCounts { queries, marks: model.marks }]
}

/// Asks for the health of all feeds, one question at a time.
pub(super) fn check_health(model: &mut Model) -> Vec<Effect> {
    if !model.checking.begin() {
        return Vec::new();
    }
    let urls = model.paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
    vec![Effect::LoadHealth { urls }]
}

/// With a failure of this refresh that the store does not know, as it could not be kept.
fn with_unkept(refresh: &RefreshState, feed: FeedHealth) -> FeedHealth {
    let told = refresh.failed.iter().find(|(url, _)| *url == feed.url && feed.error.is_none());
    match told {
        Some((_, error)) if feed.last_success <= refresh.begun_at => {
            FeedHealth { state: FeedState::Failing, error: Some(error.clone()), ..feed }
        }
        _ => feed,
    }
}

/// The health of all feeds has come, and with it the moment when the next of them is due.
pub(super) fn take_health(model: &mut Model, feeds: Vec<FeedHealth>) -> Vec<Effect> {
    let soonest = model.now.checked_add(SHORTEST_SLEEP).unwrap_or(model.now);
    let usual = model.now.checked_add(model.interval).unwrap_or(soonest);
    // A feed of which nothing could be kept is as due as before: asked again at once, it would only come to the same.
    let failed =
        |feed: &FeedHealth| model.refresh.is_unsaved(&feed.url) || model.refresh.failed.iter().any(|(failed, _)| *failed == feed.url);
    let is_due = |feed: &FeedHealth| feed.next_try.is_some_and(|next| next <= model.now);
    let (in_vain, others): (Vec<_>, Vec<_>) = feeds.into_iter().partition(|feed| is_due(feed) && failed(feed));
    let again = (!in_vain.is_empty()).then_some(usual);
    // what another instance had in hand may be left by it
    let elsewhere = (model.refresh.elsewhere > 0).then_some(soonest);
    let next = model.paper.next_due(&others, model.now).into_iter().chain(again).chain(elsewhere).min().unwrap_or(usual).max(soonest);
    let refresh = &model.refresh;
    model.health = others.into_iter().chain(in_vain).map(|feed| (feed.url.clone(), with_unkept(refresh, feed))).collect();
    let is_by_itself = model.screen.is_refreshing_at_start || model.refresh.has_ended;
    let mut effects: Vec<Effect> = is_by_itself.then_some(Effect::WakeAt(next)).into_iter().collect();
    if model.checking.end() {
        effects.extend(check_health(model));
    }
    effects
}
