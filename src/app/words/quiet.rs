//! Why a section has nothing to show. "No updates" alone never stands for a failure.

use super::fate::{Fate, fates};
use super::{Failing, count_of, due, failing_feeds, health_name, listed};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::model::list::View;
use crate::app::wrap::wrap;
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::section::{Feed, Section, Span};
use crate::domain::time_words::moment;

/// Feeds named in one sentence.
const NAMED: usize = 4;
/// Failures told in full.
const TOLD: usize = 4;

/// From this height sentences are set apart even where they must then be scrolled.
const ROOMY: usize = 11;

/// What stands where a list would be: sentences, broken into lines, an empty line between them where there is room.
pub fn quiet_lines(model: &Model, width: usize, height: usize) -> Vec<String> {
    let Some(section) = model.section() else { return Vec::new() };
    let sentences = fruitless_paper(model).unwrap_or_else(|| quiet_section(model, section));
    let paragraphs: Vec<Vec<String>> = sentences.iter().map(|sentence| wrap(sentence, width)).collect();
    let airy = paragraphs.join(&String::new());
    if airy.len() <= height || height >= ROOMY { airy } else { paragraphs.concat() }
}

/// Sentences for a section without articles, one paragraph each, the next step last.
fn quiet_section(model: &Model, section: &Section) -> Vec<String> {
    if model.list.is_loading {
        return Vec::new();
    }
    if let Some(error) = &model.list.failure {
        return vec![format!("This list could not be read: {error}."), next_step(model)];
    }
    if model.list.view == View::Starred {
        let key = |command| model.keymap.key_of(command);
        let (star, back) = (key(Command::ToggleStar), key(Command::ToggleStarred));
        return vec!["Nothing is starred.".into(), format!("{star} stars an article, {back} leads back to {}.", section.name)];
    }
    let asked: Vec<&FeedHealth> = section.all_feeds().filter_map(|feed| model.health.get(&feed.url)).collect();
    let mut sentences = on_their_way(model, section);
    sentences.extend(nothing_new(model, section, &asked));
    sentences.extend(failures(model, section));
    sentences.extend(never_asked(model, section, &asked));
    sentences.push(next_step(model));
    sentences
}

/// `Fetching WHO. That takes a few seconds.` and, of a host that is asked for one feed after the other, `STAT waits for its turn.`
fn on_their_way(model: &Model, section: &Section) -> Vec<String> {
    let awaited = section.feeds.iter().filter(|feed| model.refresh.is_awaiting(&feed.url));
    let (asked, waiting): (Vec<&Feed>, Vec<&Feed>) = awaited.partition(|feed| model.refresh.is_asking(&feed.url));
    let names = |feeds: &[&Feed]| listed(&feeds.iter().map(|feed| name(model, &feed.url)).collect::<Vec<_>>(), NAMED);
    let fetching = (!asked.is_empty()).then(|| format!("Fetching {}. That takes a few seconds.", names(&asked)));
    let turn = if waiting.len() == 1 { "waits for its turn" } else { "wait for their turn" };
    let waits = (!waiting.is_empty()).then(|| format!("{} {turn}.", names(&waiting)));
    fetching.into_iter().chain(waits).collect()
}

/// `Nothing new since yesterday 18:20 (WHO, STAT and CIDRAP).`
fn nothing_new(model: &Model, section: &Section, asked: &[&FeedHealth]) -> Option<String> {
    let well: Vec<&&FeedHealth> = asked.iter().filter(|feed| matches!(feed.state, FeedState::Ok | FeedState::Silent)).collect();
    let names: Vec<String> = well.iter().map(|feed| name(model, &feed.url)).collect();
    let newest = well.iter().filter_map(|feed| feed.newest).max();
    match newest {
        _ if well.is_empty() => None,
        Some(newest) if model.list.view == View::Window => {
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

fn failures(model: &Model, section: &Section) -> Vec<String> {
    let failing: Vec<Failing> =
        failing_feeds(model).into_iter().filter(|failing| section.all_feeds().any(|feed| feed.url == failing.url)).collect();
    let told = failing.iter().take(TOLD).map(|failing| failure(model, failing));
    told.chain((failing.len() > TOLD).then(|| format!("{} failed.", count_of(failing.len() - TOLD, "more feed")))).collect()
}

/// `CDC failed: no answer in 20 s; trying again at 08:10.`
fn failure(model: &Model, failing: &Failing) -> String {
    let next = failing.next_try.map(|next| format!("; trying again {}", due(model, next))).unwrap_or_default();
    format!("{} failed: {}{next}.", name(model, &failing.url), failing.error)
}

fn never_asked(model: &Model, section: &Section, asked: &[&FeedHealth]) -> Option<String> {
    let is_known = |url: &str| asked.iter().any(|feed| feed.url == url && (feed.state != FeedState::Never || feed.last_error.is_some()));
    let never = section.feeds.iter().filter(|feed| !is_known(&feed.url) && !model.refresh.is_awaiting(&feed.url));
    let names: Vec<String> = never.map(|feed| name(model, &feed.url)).collect();
    (!names.is_empty()).then(|| format!("Not asked yet: {}.", listed(&names, NAMED)))
}

fn next_step(model: &Model) -> String {
    let key = |command| model.keymap.key_of(command);
    let all = if model.list.view == View::All { String::new() } else { format!(", {} shows all that is stored", key(Command::ToggleAll)) };
    format!("{} asks these feeds now{all}, {} shows the health of every feed.", key(Command::RefreshSection), key(Command::ShowHealth))
}

fn name(model: &Model, url: &str) -> String {
    health_name(&model.paper, url, model.health.get(url))
}

/// When no feed has ever brought anything: says plainly how that went and offers the sample edition.
pub fn fruitless_paper(model: &Model) -> Option<Vec<String>> {
    let is_over = model.refresh.has_ended && !model.refresh.is_running;
    let is_empty = model.counts.iter().all(|counts| counts.total == 0) && model.list.is_empty();
    let has_ever = model.health.values().any(|feed| feed.last_success.is_some());
    let failing = failing_feeds(model);
    let first = failing.first()?;
    if model.is_sample || !is_over || has_ever || !is_empty {
        return None;
    }
    let ends: Vec<Fate> = failing.iter().map(|feed| model.health.get(&feed.url).map_or(Fate::NoAnswer, Fate::of)).collect();
    let is_cut_off = ends.iter().all(|end| *end == Fate::NoAnswer);
    let told = match ends.len() {
        1 if is_cut_off => "Your only feed could not be reached.".to_string(),
        count if is_cut_off => format!("None of your {count} feeds could be reached."),
        _ => fates(&ends),
    };
    let perhaps = if is_cut_off { " It may be that this machine has no way to the network." } else { "" };
    let key = |command| model.keymap.key_of(command);
    Some(vec![
        told,
        format!("{}: {}.{perhaps}", name(model, &first.url), first.error),
        format!(
            "{} opens the sample edition, which needs no network. {} tries again, {} shows every feed.",
            key(Command::OpenSample),
            key(Command::RefreshAll),
            key(Command::ShowHealth)
        ),
    ])
}
