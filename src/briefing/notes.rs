//! What a section says of itself: how its stories were chosen, or why there are none, and which of its feeds failed.
//! "No updates" alone never stands for a failure.

use super::make::Newsroom;
use super::news::Verdict;
use super::offer::Offer;
use crate::domain::edition::SectionState;
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::quiet::{NAMED, failed, first_failures, no_articles, not_asked, nothing_since};
use crate::domain::section::{Feed, Section};
use crate::domain::time_words::{due, moment};
use crate::domain::wording::{count_of, length_of, listed};

/// Failures told in full.
const TOLD: usize = 4;

/// A section's stories, counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// That could be told, and that are.
    pub found: usize,
    pub shown: usize,
    /// How they were chosen.
    pub has_coverage: bool,
    pub has_several_feeds: bool,
    /// That are left out: told before, read before, told under another section.
    pub told: usize,
    pub read: usize,
    pub elsewhere: usize,
}

impl Tally {
    /// What is left out of the section at that place.
    pub fn of(offers: &[Offer<'_>], at: usize) -> Tally {
        let here = || offers.iter().filter(|offer| offer.sections.contains(&at));
        let count = |is_wanted: fn(&Verdict) -> bool| here().filter(|offer| is_wanted(&offer.verdict)).count();
        Tally {
            told: count(|verdict| matches!(verdict, Verdict::Told)),
            read: count(|verdict| matches!(verdict, Verdict::Read)),
            elsewhere: here().filter(|offer| offer.home.is_some_and(|home| home != at)).count(),
            ..Tally::default()
        }
    }
}

/// How a section came out.
pub(super) fn state(newsroom: &Newsroom<'_>, section: &Section, shown: usize) -> SectionState {
    let is = |feed: &Feed, wanted: &[FeedState]| newsroom.health(&feed.url).is_some_and(|health| wanted.contains(&health.state));
    let has = |wanted: &[FeedState]| section.all_feeds().any(|feed| is(feed, wanted));
    match shown {
        1.. => SectionState::News,
        _ if has(&[FeedState::Ok, FeedState::Silent]) => SectionState::NothingNew,
        _ if has(&[FeedState::Failing]) => SectionState::Failing,
        _ => SectionState::NotAsked,
    }
}

/// Sentences, the most important first.
pub(super) fn note(newsroom: &Newsroom<'_>, section: &Section, tally: &Tally, has_news: bool) -> String {
    let first = if has_news { Some(chosen(section, tally)) } else { nothing_new(newsroom, section) };
    let mut sentences: Vec<String> = first.into_iter().collect();
    sentences.extend(left_out(tally));
    sentences.extend(stand_ins(newsroom, section));
    sentences.extend(failures(newsroom, section));
    sentences.extend(never_asked(newsroom, section));
    sentences.join(" ")
}

/// `5 of 43 stories of the last 24 hours, those that several sources report first.`
fn chosen(section: &Section, tally: &Tally) -> String {
    let time = length_of(section.window);
    let how = match tally {
        Tally { has_coverage: true, .. } => "those that several sources report first",
        Tally { has_several_feeds: true, .. } => "the newest first, feeds in turn",
        _ => "the newest first",
    };
    match (tally.shown, tally.found) {
        (1, 1) => format!("One story in the last {time}."),
        (shown, found) if shown == found => format!("All {} of the last {time}, {how}.", count_of(found, "story")),
        (shown, found) => format!("{shown} of {} of the last {time}, {how}.", count_of(found, "story")),
    }
}

/// `Nothing new since yesterday 18:20 (WHO, STAT and CIDRAP).`
fn nothing_new(newsroom: &Newsroom<'_>, section: &Section) -> Option<String> {
    let making = newsroom.making;
    let is_well = |feed: &FeedHealth| matches!(feed.state, FeedState::Ok | FeedState::Silent);
    let well: Vec<&FeedHealth> = section.all_feeds().filter_map(|feed| newsroom.health(&feed.url)).filter(|feed| is_well(feed)).collect();
    let names: Vec<String> = well.iter().map(|feed| newsroom.name(&feed.url)).collect();
    match well.iter().filter_map(|feed| feed.newest).max() {
        _ if well.is_empty() => None,
        Some(newest) => Some(nothing_since(&moment(making.now, newest, making.zone), &names) + "."),
        None => Some(no_articles(&names)),
    }
}

/// `Left out: 6 that earlier editions told, 2 that were read.`
fn left_out(tally: &Tally) -> Option<String> {
    let parts =
        [(tally.told, "that earlier editions told"), (tally.read, "that you had read"), (tally.elsewhere, "told in another section")];
    let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
    (!parts.is_empty()).then(|| format!("Left out: {}.", listed(&parts, parts.len())))
}

/// `STAT stands in.`
fn stand_ins(newsroom: &Newsroom<'_>, section: &Section) -> Option<String> {
    let since = section.since(newsroom.making.now);
    let has_news = |feed: &&Feed| newsroom.health(&feed.url).and_then(|health| health.newest).is_some_and(|newest| newest >= since);
    let names: Vec<String> = section.fallback.iter().filter(has_news).map(|feed| newsroom.name(&feed.url)).collect();
    let verb = if names.len() == 1 { "stands" } else { "stand" };
    (newsroom.has_stand_ins(section) && !names.is_empty()).then(|| format!("{} {verb} in.", listed(&names, NAMED)))
}

/// `CDC failed: no answer in 20 s; trying again at 08:10.`
fn failures(newsroom: &Newsroom<'_>, section: &Section) -> Vec<String> {
    let needed = newsroom.feeds_of(section);
    let failing = needed.into_iter().filter(|url| newsroom.is_failing(url)).filter_map(|url| newsroom.health(url));
    first_failures(failing.map(|health| failure(newsroom, health)).collect(), TOLD)
}

fn failure(newsroom: &Newsroom<'_>, health: &FeedHealth) -> String {
    let making = newsroom.making;
    let next = health.next_try.map(|next| due(making.now, next, making.zone));
    failed(&newsroom.name(&health.url), health.why(), next)
}

fn never_asked(newsroom: &Newsroom<'_>, section: &Section) -> Option<String> {
    let is_never = |url: &str| newsroom.health(url).is_none_or(|health| health.state == FeedState::Never);
    let never = section.feeds.iter().filter(|feed| is_never(&feed.url));
    let names: Vec<String> = never.map(|feed| newsroom.name(&feed.url)).collect();
    not_asked(&names)
}
