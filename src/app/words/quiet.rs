//! Why a section has nothing to show. "No updates" alone never stands for a failure.

use super::{health_name, listed};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::section::{Section, Span};
use crate::domain::time_words::{clock_time, moment};

/// Feeds named in one sentence.
const NAMED: usize = 4;
/// Failures told in full.
const TOLD: usize = 4;

/// Sentences for a section without articles, one paragraph each, the next step last.
pub fn quiet_section(model: &Model, section: &Section) -> Vec<String> {
    if model.list.is_loading {
        return Vec::new();
    }
    let asked: Vec<&FeedHealth> = section.all_feeds().filter_map(|feed| model.health.get(&feed.url)).collect();
    let waiting: Vec<String> =
        section.feeds.iter().filter(|feed| model.refresh.is_awaiting(&feed.url)).map(|feed| name(model, &feed.url)).collect();
    let mut sentences: Vec<String> = Vec::new();
    if !waiting.is_empty() {
        sentences.push(format!("Fetching {}. That takes a few seconds.", listed(&waiting, NAMED)));
    }
    sentences.extend(nothing_new(model, section, &asked));
    sentences.extend(failures(model, &asked));
    sentences.extend(never_asked(model, section, &asked));
    sentences.push(next_step(model));
    sentences
}

/// `Nothing new since yesterday 18:20 (WHO, STAT and CIDRAP).`
fn nothing_new(model: &Model, section: &Section, asked: &[&FeedHealth]) -> Option<String> {
    let well: Vec<&&FeedHealth> = asked.iter().filter(|feed| matches!(feed.state, FeedState::Ok | FeedState::Silent)).collect();
    let names: Vec<String> = well.iter().map(|feed| name(model, &feed.url)).collect();
    let newest = well.iter().filter_map(|feed| feed.newest).max();
    match newest {
        _ if well.is_empty() => None,
        Some(newest) if !model.list.is_all => {
            let window = String::from(Span(section.window));
            Some(format!(
                "Nothing new since {} ({}); this section looks back {window}.",
                moment(model.now, newest, &model.zone),
                listed(&names, NAMED)
            ))
        }
        _ => Some(format!("{} answered, but had no articles at all.", listed(&names, NAMED))),
    }
}

fn failures<'a>(model: &'a Model, asked: &'a [&FeedHealth]) -> impl Iterator<Item = String> + 'a {
    let failing = asked.iter().filter(|feed| feed.state == FeedState::Failing);
    let count = failing.clone().count();
    let told = failing.take(TOLD).map(|feed| failure(model, feed));
    told.chain((count > TOLD).then(|| format!("{} more feeds failed.", count - TOLD)))
}

/// `CDC could not be reached: no answer in 20 s; trying again at 08:10.`
pub(super) fn failure(model: &Model, feed: &FeedHealth) -> String {
    let error = feed.error.as_deref().unwrap_or("it failed without a word");
    let next = feed.next_try.map(|next| format!("; trying again {}", at(clock_time(model.now, next, &model.zone)))).unwrap_or_default();
    format!("{} failed: {error}{next}.", name(model, &feed.url))
}

/// `at 14:30`, but `tomorrow 06:00`.
fn at(when: String) -> String {
    if when.starts_with(|c: char| c.is_ascii_digit()) { format!("at {when}") } else { when }
}

fn never_asked(model: &Model, section: &Section, asked: &[&FeedHealth]) -> Option<String> {
    let is_known = |url: &str| asked.iter().any(|feed| feed.url == url && feed.state != FeedState::Never);
    let never = section.feeds.iter().filter(|feed| !is_known(&feed.url) && !model.refresh.is_awaiting(&feed.url));
    let names: Vec<String> = never.map(|feed| name(model, &feed.url)).collect();
    (!names.is_empty()).then(|| format!("Not asked yet: {}.", listed(&names, NAMED)))
}

fn next_step(model: &Model) -> String {
    let key = |command| model.keymap.key_of(command);
    let all = if model.list.is_all { String::new() } else { format!(", {} shows all that is stored", key(Command::ToggleAll)) };
    format!("{} asks these feeds now{all}, {} shows the health of every feed.", key(Command::RefreshSection), key(Command::ShowHealth))
}

fn name(model: &Model, url: &str) -> String {
    health_name(&model.paper, url, model.health.get(url))
}

/// When no feed has ever been reached: says so plainly and offers the sample edition.
pub fn unreachable_paper(model: &Model) -> Option<Vec<String>> {
    let is_over = model.refresh.has_ended && !model.refresh.is_running;
    let is_empty = model.counts.iter().all(|counts| counts.total == 0) && model.list.is_empty();
    let has_ever = model.health.values().any(|feed| feed.last_success.is_some());
    if model.is_sample || !is_over || has_ever || model.refresh.has_succeeded || !is_empty || model.refresh.failed.is_empty() {
        return None;
    }
    let (first_url, first_error) = model.refresh.failed.first()?;
    let key = |command| model.keymap.key_of(command);
    Some(vec![
        format!("None of your {} feeds could be reached.", model.refresh.failed.len()),
        format!("The first, {}: {first_error}. It may be that this machine has no way to the network.", name(model, first_url)),
        format!(
            "{} opens the sample edition, which needs no network. {} tries again, {} shows every feed.",
            key(Command::OpenSample),
            key(Command::RefreshAll),
            key(Command::ShowHealth)
        ),
    ])
}
