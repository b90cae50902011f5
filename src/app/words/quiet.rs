//! Why a section has nothing to show. "No updates" alone never stands for a failure.

use jiff::SignedDuration;

use super::fate::{Fate, fates};
use super::{Failing, due, failing_feeds, health_name, listed};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::model::list::View;
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::quiet::{NAMED, failed, first_failures, no_articles, not_asked, nothing_since};
use crate::domain::section::{Feed, Section, Span};
use crate::domain::time_words::moment;
use crate::domain::wrap::wrap;

/// Failures, with nothing but failures before them, after which a refresh is not expected to bring anything; and the time.
const TELLING: usize = 20;
const LONG: SignedDuration = SignedDuration::from_secs(10);

/// From this height sentences are set apart even where they must then be scrolled.
const ROOMY: usize = 11;

/// What stands where a list would be: sentences, broken into lines, an empty line between them where there is room. As many
/// failures are told as leave room for the next step.
pub fn quiet_lines(model: &Model, width: usize, height: usize) -> Vec<String> {
    let Some(section) = model.section() else { return Vec::new() };
    if let Some(sentences) = fruitless_paper(model, section) {
        return paragraphs(&sentences, width, height);
    }
    let failing = failing_in(model, section).len();
    let told = |told: usize| paragraphs(&quiet_section(model, section, told), width, height);
    let most = (1..failing).rev().map(told).find(|lines| lines.len() <= height);
    Some(told(failing)).filter(|lines| lines.len() <= height).or(most).unwrap_or_else(|| told(failing))
}

/// An empty line between the sentences where they all have room then, or where they are scrolled anyway.
fn paragraphs(sentences: &[String], width: usize, height: usize) -> Vec<String> {
    let paragraphs: Vec<Vec<String>> = sentences.iter().map(|sentence| wrap(sentence, width)).collect();
    let (airy, dense) = (paragraphs.join(&String::new()), paragraphs.concat());
    if airy.len() <= height || (dense.len() > height && height >= ROOMY) { airy } else { dense }
}

/// Sentences for a section without articles, one paragraph each, so many failures in full, the next step last.
fn quiet_section(model: &Model, section: &Section, told: usize) -> Vec<String> {
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
    sentences.extend(failures(model, section, told));
    sentences.extend(not_saved(model, section));
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
            let nothing = nothing_since(&moment(model.now, newest, &model.zone), &names);
            Some(format!("{nothing}; this section looks back {window}."))
        }
        _ => Some(no_articles(&names)),
    }
}

fn failing_in(model: &Model, section: &Section) -> Vec<Failing> {
    failing_feeds(model).into_iter().filter(|failing| is_in(section, failing)).collect()
}

fn is_in(section: &Section, failing: &Failing) -> bool {
    section.all_feeds().any(|feed| feed.url == failing.url)
}

fn failures(model: &Model, section: &Section, most: usize) -> Vec<String> {
    first_failures(failing_in(model, section).iter().map(|failing| failure(model, failing)).collect(), most)
}

/// `CDC failed: no answer in 20 s; trying again at 08:10.`
fn failure(model: &Model, failing: &Failing) -> String {
    failed(&name(model, &failing.url), &failing.error, failing.next_try.map(|next| due(model, next)))
}

/// `What came could not be saved: free some space on the disk of …`
fn not_saved(model: &Model, section: &Section) -> Option<String> {
    let error = model.refresh.not_saved.as_ref()?;
    let is_here = section.all_feeds().any(|feed| model.refresh.is_unsaved(&feed.url));
    is_here.then(|| format!("What came could not be saved: {error}."))
}

fn never_asked(model: &Model, section: &Section, asked: &[&FeedHealth]) -> Option<String> {
    let is_known = |url: &str| asked.iter().any(|feed| feed.url == url && (feed.state != FeedState::Never || feed.last_error.is_some()));
    let is_told = |url: &str| is_known(url) || model.refresh.is_awaiting(url) || model.refresh.is_unsaved(url);
    let never = section.feeds.iter().filter(|feed| !is_told(&feed.url));
    let names: Vec<String> = never.map(|feed| name(model, &feed.url)).collect();
    not_asked(&names)
}

/// `r asks these feeds now, a shows all that is stored, ! shows the health of every feed.`; nothing is asked twice at a time.
fn next_step(model: &Model) -> String {
    let (is_asking, is_all) = (model.refresh.is_running, model.list.view == View::All);
    let steps = [
        (!is_asking).then_some((Command::RefreshSection, "asks these feeds now")),
        (!is_all).then_some((Command::ToggleAll, "shows all that is stored")),
        Some((Command::ShowHealth, "shows the health of every feed")),
    ];
    let steps: Vec<String> =
        steps.into_iter().flatten().map(|(command, what)| format!("{} {what}", model.keymap.key_of(command))).collect();
    format!("{}.", steps.join(", "))
}

fn name(model: &Model, url: &str) -> String {
    health_name(&model.paper, url, model.health.get(url))
}

/// When no feed has ever brought anything: says plainly how that went, also with a feed of the section in front, and offers the
/// sample edition.
pub fn fruitless_paper(model: &Model, section: &Section) -> Option<Vec<String>> {
    let is_empty = model.counts.iter().all(|counts| counts.total == 0) && model.list.is_empty();
    let has_ever = model.health.values().any(|feed| feed.last_success.is_some());
    let failing = failing_feeds(model);
    let first = failing.iter().find(|failing| is_in(section, failing)).or(failing.first())?;
    if model.is_sample || !is_telling(model) || has_ever || !is_empty {
        return None;
    }
    let ends: Vec<Fate> = failing.iter().map(|feed| model.health.get(&feed.url).map_or(Fate::NoAnswer, Fate::of)).collect();
    let is_told = |feed: &Failing| model.health.get(&feed.url).is_some_and(|health| health.error.is_some());
    let is_known = !model.refresh.is_running || failing.iter().all(is_told);
    let is_cut_off = is_known && ends.iter().all(|end| *end == Fate::NoAnswer);
    let told = match ends.len() {
        count if model.refresh.is_running => so_far(model, count, is_cut_off),
        1 if is_cut_off => "Your only feed could not be reached.".to_string(),
        count if is_cut_off => format!("None of your {count} feeds could be reached."),
        _ => fates(&ends),
    };
    let perhaps = if is_cut_off { " It may be that this machine has no way to the network." } else { "" };
    let key = |command| model.keymap.key_of(command);
    let again = if model.refresh.is_running { String::new() } else { format!("{} tries again, ", key(Command::RefreshAll)) };
    Some(vec![
        told,
        format!("{}{perhaps}", failure(model, first)),
        format!(
            "{} opens the sample edition, which needs no network. {again}{} shows every feed.",
            key(Command::OpenSample),
            key(Command::ShowHealth)
        ),
    ])
}

/// Whether so many feeds have failed, or for so long, that the others are not waited for.
fn is_telling(model: &Model) -> bool {
    let refresh = &model.refresh;
    if !refresh.is_running {
        return refresh.has_ended;
    }
    let is_known = |feed: &Feed| refresh.failed.iter().any(|(url, _)| *url == feed.url);
    let is_section_done = model.section().is_some_and(|section| !section.feeds.is_empty() && section.feeds.iter().all(is_known));
    let is_slow = refresh.begun_at.is_some_and(|begun_at| model.now.duration_since(begun_at) >= LONG);
    refresh.asked == refresh.failed.len() && (refresh.asked >= TELLING || is_section_done || is_slow)
}

/// `None of the 20 feeds that were asked so far could be reached; 18 are still to answer.`
fn so_far(model: &Model, failed: usize, is_cut_off: bool) -> String {
    let (answered, planned) = model.refresh.progress();
    let how = if is_cut_off { "could be reached" } else { "brought anything" };
    let left = (planned > answered).then(|| {
        format!(
            "; {} still to answer",
            match planned - answered {
                1 => "one is".to_string(),
                left => format!("{left} are"),
            }
        )
    });
    let left = left.unwrap_or_default();
    match failed {
        1 => format!("The feed that was asked first brought nothing{left}."),
        _ => format!("None of the {failed} feeds that were asked so far {how}{left}."),
    }
}
