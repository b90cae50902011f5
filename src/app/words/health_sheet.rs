//! What stands on the sheet of feed health: a row for every feed, and all that is known of the one under the cursor.

use super::health::{due, found_words, health_facts, health_state};
use super::sheets::sheet_room;
use super::{count_of, health_name, listed, sheet_width};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::model::sheet::{SheetKind, next_cure};
use crate::domain::columns::columns;
use crate::domain::cure::{advice, cures};
use crate::domain::feed::{FeedHealth, FeedState, is_file};
use crate::domain::wrap::{cut, wrap};

/// The most rows of what is known of one feed.
const MOST_DETAILS: u16 = 13;
/// Sheets of fewer rows show the list alone.
pub(super) const FEWEST_ROWS: u16 = 5;
/// From so many rows of details on, what to do stands apart.
const AIRY: u16 = 9;
/// Columns before a name on this sheet: the bar, the sign of a state, a space.
pub const GUTTER: u16 = 3;
/// The widest name of a feed, and the widest next try; narrower sheets show none.
const WIDEST_NAME: u16 = 24;
const WIDEST_NEXT: u16 = 18;
const NARROWEST_WITH_NEXT: u16 = 64;
/// When a file is read again.
pub const EACH_REFRESH: &str = "each refresh";
/// Sections named for one feed.
const SECTIONS: usize = 2;

/// A feed in the list.
pub struct HealthRow {
    pub name: String,
    /// How it is doing, in the lines that it has room for where every feed has.
    pub state: Vec<String>,
    /// When it is asked again, if it fails.
    pub next: String,
    pub kind: FeedState,
    pub is_selected: bool,
}

/// Columns of the parts of a row, the same for all of them.
#[derive(Clone, Copy)]
pub struct HealthColumns {
    pub name: u16,
    pub state: u16,
    pub next: u16,
}

/// What a line of the details is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailKind {
    Name,
    /// An address, or what is quieter than the rest.
    Quiet,
    Failure,
    Fact,
    /// What a person can do next.
    Cure,
}

/// Rows of the list and rows of details that the sheet has room for.
pub fn health_heights(model: &Model) -> (u16, u16) {
    let room = sheet_room(model);
    let feeds = model.sheet.as_ref().map_or(0, |sheet| u16::try_from(sheet.feeds.len()).unwrap_or(u16::MAX));
    if room < FEWEST_ROWS {
        return (room.min(feeds), 0);
    }
    let details = least_details(room);
    let most = room - details - 1;
    let list = lines_of_all(model).filter(|lines| *lines <= most).unwrap_or(feeds.clamp(1, most));
    (list, details.max(room.min(MOST_DETAILS + list + 1) - list - 1))
}

fn least_details(room: u16) -> u16 {
    (room * 3 / 5).min(MOST_DETAILS)
}

/// Lines of all feeds with their reasons broken rather than cut; none where there is not even a line for each.
fn lines_of_all(model: &Model) -> Option<u16> {
    let feeds = &model.sheet.as_ref()?.feeds;
    if feeds.is_empty() || feeds.len() > usize::from(sheet_room(model)) {
        return None;
    }
    let width = usize::from(health_columns(model).state);
    u16::try_from(feeds.iter().map(|url| wrap(&told(model, url), width).len()).sum::<usize>()).ok()
}

/// As wide as what stands in them needs, so that the reasons have the rest.
pub fn health_columns(model: &Model) -> HealthColumns {
    let width = sheet_width(model);
    let feeds = model.sheet.as_ref().map_or(&[][..], |sheet| &sheet.feeds);
    let widest = |words: fn(&Model, &str) -> String, most: u16| {
        let widest = feeds.iter().map(|url| columns(&words(model, url))).max().unwrap_or(0);
        u16::try_from(widest).unwrap_or(most).min(most)
    };
    let name =
        widest(|model, url| health_name(&model.paper, url, model.health.get(url)), WIDEST_NAME.min((width / 2).saturating_sub(GUTTER)));
    let next = if width >= NARROWEST_WITH_NEXT { widest(next_try, WIDEST_NEXT) } else { 0 };
    let taken = GUTTER + name + 2 + if next > 0 { next + 2 } else { 0 };
    HealthColumns { name, state: width.saturating_sub(taken), next }
}

/// `31 feeds: 2 failing, 1 silent`, and of those that were never asked how many a refresh is about to ask.
pub fn health_summary(model: &Model) -> String {
    let feeds = model.paper.feeds();
    let kind = |url: &str| match model.health.get(url).map_or(FeedState::Never, |feed| feed.state) {
        FeedState::Failing => Some("failing"),
        _ if model.refresh.is_unsaved(url) => Some("not saved"),
        FeedState::Silent => Some("silent"),
        FeedState::Never if model.refresh.is_awaiting(url) => Some("still to answer"),
        FeedState::Never => Some("never asked"),
        FeedState::Ok => None,
    };
    let count = |wanted: &str| feeds.iter().filter(|feed| kind(&feed.url) == Some(wanted)).count();
    let counts = ["failing", "not saved", "silent", "still to answer", "never asked"].map(|kind| (count(kind), kind));
    let told: Vec<String> = counts.iter().filter(|(count, _)| *count > 0).map(|(count, kind)| format!("{count} {kind}")).collect();
    let told = if told.is_empty() { "none failing".into() } else { told.join(", ") };
    format!("{}: {told}", count_of(feeds.len(), "feed"))
}

/// The rows on the screen.
pub fn health_rows(model: &Model) -> Vec<HealthRow> {
    let Some(sheet) = &model.sheet else { return Vec::new() };
    let (list, width) = (health_heights(model).0, usize::from(health_columns(model).state));
    let is_broken = lines_of_all(model).is_some_and(|lines| lines <= list);
    let rows = sheet.feeds.iter().enumerate().skip(sheet.offset).take(usize::from(list));
    rows.map(|(at, url)| HealthRow {
        name: health_name(&model.paper, url, model.health.get(url)),
        state: if is_broken { wrap(&told(model, url), width) } else { vec![told(model, url)] },
        next: next_try(model, url),
        kind: model.health.get(url).map_or(FeedState::Never, |feed| feed.state),
        is_selected: at == sheet.cursor,
    })
    .collect()
}

/// When a feed that fails is asked again.
fn next_try(model: &Model, url: &str) -> String {
    let failing = model.health.get(url).filter(|feed| feed.state == FeedState::Failing);
    if failing.is_some() && is_file(url) {
        return EACH_REFRESH.into();
    }
    failing.and_then(|feed| feed.next_try).map(|next| due(model.now, next, &model.zone)).unwrap_or_default()
}

fn told(model: &Model, url: &str) -> String {
    state_now(model, model.health.get(url).unwrap_or(&FeedHealth::never(url)))
}

/// How it is doing, or that it is being asked; one that never was, that it waits.
fn state_now(model: &Model, feed: &FeedHealth) -> String {
    match feed.state {
        _ if model.refresh.is_saving(&feed.url) => "being saved now".into(),
        _ if model.refresh.is_asking(&feed.url) => "being asked now".into(),
        FeedState::Never if model.refresh.is_awaiting(&feed.url) => "waits for its turn".into(),
        FeedState::Never if model.refresh.is_unsaved(&feed.url) => "not saved".into(),
        _ => health_state(feed, model.now),
    }
}

/// Why the store does not know what came of asking it last.
fn not_saved(model: &Model, feed: &FeedHealth) -> Option<String> {
    let error = model.refresh.not_saved.as_ref().filter(|_| model.refresh.is_unsaved(&feed.url))?;
    Some(format!("what came last is not saved: {error}"))
}

/// Feeds below the last row of the list.
pub fn health_below(model: &Model) -> usize {
    let list = usize::from(health_heights(model).0);
    model.sheet.as_ref().map_or(0, |sheet| sheet.feeds.len().saturating_sub(sheet.offset + list))
}

/// All that is known of the feed under the cursor, and what to do about it, no line wider than the sheet.
pub fn health_details(model: &Model) -> Vec<(DetailKind, String)> {
    let Some(url) = model.sheet.as_ref().and_then(|sheet| sheet.feed()) else { return Vec::new() };
    let never = FeedHealth::never(url);
    let feed = model.health.get(url).unwrap_or(&never);
    let state = if feed.state == FeedState::Failing { DetailKind::Failure } else { DetailKind::Fact };
    let width = usize::from(sheet_width(model)).saturating_sub(2);
    let mut told = vec![(DetailKind::Name, title(model, feed)), (DetailKind::Quiet, cut(url, width, "…"))];
    told.push((state, state_now(model, feed)));
    told.extend(not_saved(model, feed).map(|words| (DetailKind::Failure, words)));
    let mut facts = health_facts(feed, model.now, &model.zone).into_iter().map(|fact| (DetailKind::Fact, fact));
    told.extend(facts.next());
    if health_heights(model).1 >= AIRY {
        told.push((DetailKind::Fact, String::new()));
    }
    told.extend(what_to_do(model, feed));
    told.extend(facts);
    told.into_iter().flat_map(|(kind, words)| wrap(&words, width).into_iter().map(move |line| (kind, line))).collect()
}

/// `Clinic Dispatch · Public Health`.
fn title(model: &Model, feed: &FeedHealth) -> String {
    let sections = model.paper.sections.iter();
    let named =
        sections.clone().filter(|section| section.feeds.iter().any(|own| own.url == feed.url)).map(|section| section.name.to_string());
    let backups = sections.filter(|section| section.fallback.iter().any(|own| own.url == feed.url));
    let all: Vec<String> = named.chain(backups.map(|section| format!("stands in for {}", section.name))).collect();
    format!("{} · {}", health_name(&model.paper, &feed.url, Some(feed)), listed(&all, SECTIONS))
}

/// The cure under way, its result, or the one to try; how to take one back; and advice where nothing has worked yet.
fn what_to_do(model: &Model, feed: &FeedHealth) -> Vec<(DetailKind, String)> {
    let key = |command| model.keymap.key_of(command);
    let cure = |words: String| (DetailKind::Cure, words);
    let trial = model.trial.as_ref().filter(|trial| trial.feed == feed.url);
    let mut told = match trial.map(|trial| (&trial.cure, &trial.result)) {
        None => Vec::new(),
        Some((tried, None)) => return vec![cure(format!("trying {} … {} leaves it", tried.words(), key(Command::GoBack)))],
        Some((tried, Some(Err(error)))) => vec![cure(format!("tried {}: {error}", tried.words()))],
        Some((_, Some(Ok(found)))) => {
            let keys = format!("{} takes it, {} leaves it", key(Command::AcceptCure), key(Command::GoBack));
            let way = found.way.words();
            return vec![cure(format!("it works: {}", found_words(found, model.now))), cure(keys), (DetailKind::Quiet, way)];
        }
    };
    if let Some(next) = next_cure(trial, feed).filter(|next| trial.is_none_or(|trial| *next != trial.cure)) {
        told.push(cure(format!("{} try: {}", key(Command::TryCure), next.words())));
    }
    if feed.way.accepted_at.is_some() && trial.is_none() {
        told.push(cure(format!("{} takes back what you accepted", key(Command::DropCure))));
    }
    told.extend(advice(feed).map(|words| (DetailKind::Quiet, words)));
    told
}

/// The keys of the sheet on top that mean something now: (key, word).
pub fn sheet_hints(model: &Model) -> Vec<(String, &'static str)> {
    if model.sheet.as_ref().is_some_and(|sheet| sheet.kind == SheetKind::Links) {
        return super::link_hints(model);
    }
    let mut hints = vec![(Command::GoBack, "back")];
    let Some(url) = model.sheet.as_ref().and_then(|sheet| sheet.feed()) else { return keys_of(model, &hints) };
    hints.push((Command::RefreshFeed, "ask now"));
    let Some(feed) = model.health.get(url) else { return keys_of(model, &hints) };
    let trial = model.trial.as_ref().filter(|trial| trial.feed == *url);
    match trial.and_then(|trial| trial.result.as_ref()) {
        Some(Ok(_)) => hints.push((Command::AcceptCure, "accept")),
        _ if !cures(feed).is_empty() => hints.push((Command::TryCure, "try")),
        _ => {}
    }
    if feed.way.accepted_at.is_some() {
        hints.push((Command::DropCure, "take back"));
    }
    keys_of(model, &hints)
}

/// The hints of those commands that have a key.
pub(super) fn keys_of(model: &Model, hints: &[(Command, &'static str)]) -> Vec<(String, &'static str)> {
    hints.iter().filter_map(|(command, word)| Some((model.keymap.first_key(*command)?, *word))).collect()
}
