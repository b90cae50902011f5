//! `matins feeds`: the health of every feed of the paper.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::columns::fit;
use super::{Context, Exit, output};
use crate::app::words::health_name;
use crate::app::wrap::wrap;
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::section::{Paper, Section};
use crate::domain::time_words::{clock_time, moment};
use crate::refresh::Plan;
use crate::runtime;

/// Columns of a feed's name, of a time, and of the words below a feed that is not well; the whole fits into 80.
const NAME: usize = 18;
const TIME: usize = 16;
const WORDS: usize = 71;

const ADVICE: &str = "\
A feed is `silent` when it answers but has brought nothing for three times as
long as is usual for it and at least a week, and `never` when it was not asked
yet. `due` is one that the next refresh asks; a fallback feed is asked only
when every ordinary feed of its section failed or had nothing new. With --check
the exit code is 3 when a feed failed.

Examples:
  matins feeds                         Those that need a look first
  matins feeds --check                 Ask every feed now, then show them
  matins feeds --json                  Everything, for a script";

/// Show how every feed is doing
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(super) struct Arguments {
    /// Ask all feeds now, fallback feeds too, whether they are due or not
    #[arg(long)]
    check: bool,
    /// Print a JSON array in the order of the paper
    #[arg(long)]
    json: bool,
}

/// One feed as scripts read it.
#[derive(Serialize)]
struct Told<'a> {
    url: &'a str,
    title: String,
    sections: Vec<String>,
    state: FeedState,
    last_success: Option<Timestamp>,
    last_error: Option<Timestamp>,
    http_status: Option<u16>,
    error: Option<&'a str>,
    next_try: Option<Timestamp>,
    articles: u64,
    unread: u64,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let (paper, store) = (&context.config.paper, context.store()?);
    let exit = match arguments.check {
        true => super::exit_of(&super::refresh::refresh(context, &store, everything(paper))?),
        false => Exit::Done,
    };
    let urls = paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
    let feeds = super::wait(store.front().feeds(Some(urls)))?;
    match arguments.json {
        true => output::print_json(&feeds.iter().map(|feed| told(feed, paper)).collect::<Vec<_>>())?,
        false => output::print(&table(feeds, paper, runtime::system_clock().now(), &TimeZone::system()))?,
    }
    Ok(exit)
}

/// A plan that asks fallback feeds like ordinary ones.
fn everything(paper: &Paper) -> Plan {
    let all = |section: &Section| Section { feeds: section.all_feeds().cloned().collect(), fallback: Vec::new(), ..section.clone() };
    Plan { sections: paper.sections.iter().map(all).collect(), only_feed: None, is_forced: true, is_insisting: true }
}

fn told<'a>(feed: &'a FeedHealth, paper: &Paper) -> Told<'a> {
    let has = |section: &&Section| section.all_feeds().any(|own| own.url == feed.url);
    Told {
        url: &feed.url,
        title: health_name(paper, &feed.url, Some(feed)),
        sections: paper.sections.iter().filter(has).map(|section| section.name.to_string()).collect(),
        state: feed.state,
        last_success: feed.last_success,
        last_error: feed.last_error,
        http_status: feed.http_status,
        error: feed.error.as_deref(),
        next_try: feed.next_try,
        articles: feed.articles,
        unread: feed.unread,
    }
}

/// The feeds, those that need a look first, and a line that counts them.
fn table(mut feeds: Vec<FeedHealth>, paper: &Paper, now: Timestamp, zone: &TimeZone) -> String {
    feeds.sort_by_key(|feed| concern(feed.state));
    let header = format!("state    {}  unread  stored  {}  next try\n", fit("feed", NAME), fit("last success", TIME));
    let rows = feeds.iter().map(|feed| row(feed, paper, now, zone));
    [header].into_iter().chain(rows).chain([format!("\n{}\n", count(&feeds))]).collect()
}

fn row(feed: &FeedHealth, paper: &Paper, now: Timestamp, zone: &TimeZone) -> String {
    let name = fit(&health_name(paper, &feed.url, Some(feed)), NAME);
    let last = feed.last_success.map_or_else(|| "never".into(), |last| moment(now, last, zone));
    let next = next_try(feed, paper, now, zone);
    let row = format!("{:<7}  {name}  {:>6}  {:>6}  {last:<TIME$}  {next}\n", word(feed.state), feed.unread, feed.articles);
    // An address is never broken, so that it can be copied.
    let below = trouble(feed, now, zone).map(|words| [wrap(&words, WORDS), vec![feed.url.clone()]].concat()).unwrap_or_default();
    [row].into_iter().chain(below.iter().map(|line| format!("         {line}\n"))).collect()
}

fn next_try(feed: &FeedHealth, paper: &Paper, now: Timestamp, zone: &TimeZone) -> String {
    let is_ordinary = paper.sections.iter().flat_map(|section| &section.feeds).any(|ordinary| ordinary.url == feed.url);
    match feed.next_try {
        _ if !is_ordinary => "when needed".into(),
        Some(next) if next > now => clock_time(now, next, zone),
        _ => "due".into(),
    }
}

/// What is wrong with a feed.
fn trouble(feed: &FeedHealth, now: Timestamp, zone: &TimeZone) -> Option<String> {
    let again = if feed.failures_in_a_row > 1 { format!(" ({} times in a row)", feed.failures_in_a_row) } else { String::new() };
    match feed.state {
        FeedState::Failing => Some(format!("{}{again}", feed.error.as_deref().unwrap_or("it failed without a word"))),
        FeedState::Silent => feed.newest.map(|newest| format!("nothing new since {}", moment(now, newest, zone))),
        FeedState::Never | FeedState::Ok => None,
    }
}

/// `65 feeds: 3 failing, 1 silent, 61 ok`.
fn count(feeds: &[FeedHealth]) -> String {
    let states = [FeedState::Failing, FeedState::Silent, FeedState::Never, FeedState::Ok];
    let counts = states.map(|state| (feeds.iter().filter(|feed| feed.state == state).count(), state));
    let parts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, state)| format!("{count} {}", word(*state))).collect();
    format!("{}: {}", crate::app::words::count_of(feeds.len(), "feed"), parts.join(", "))
}

fn concern(state: FeedState) -> u8 {
    match state {
        FeedState::Failing => 0,
        FeedState::Silent => 1,
        FeedState::Never => 2,
        FeedState::Ok => 3,
    }
}

fn word(state: FeedState) -> &'static str {
    match state {
        FeedState::Failing => "failing",
        FeedState::Silent => "silent",
        FeedState::Never => "never",
        FeedState::Ok => "ok",
    }
}
