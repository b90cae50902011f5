//! `matins feeds`: the health of every feed of the paper.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::columns::fit;
use super::{Context, Exit, output};
use crate::app::words::{EACH_REFRESH, concern, health_facts, health_name, health_state, host_quiet};
use crate::domain::cure::{Cure, advice, cures};
use crate::domain::feed::{FeedHealth, FeedState, is_file};
use crate::domain::habit::Habit;
use crate::domain::section::{Paper, Section};
use crate::domain::time_words::{clock_time, moment};
use crate::domain::wrap::wrap;
use crate::refresh::Plan;
use crate::runtime;

/// Columns of a feed's name, of a time, and of the words below a feed that is not well; the whole fits into 80.
const NAME: usize = 18;
const TIME: usize = 16;
const WORDS: usize = 71;
/// What stands before a cure that was not tried.
const TRY: &str = "--cure tries: ";

const ADVICE: &str = "\
A feed is `silent` when it answers but has brought nothing for much longer than
is usual for it and at least a week, and `never` when it was not asked yet.
`due` is one that the next refresh asks; a fallback feed is asked only when
every ordinary feed of its section failed or had nothing new, and a file is read
at each refresh. With --check the exit code is 3 when a feed failed.

A cure asks a feed in another way: where its site links to now, over HTTP/1.1.
--cure tries what fits and keeps nothing; --accept has the feed asked so from
then on, until it stops working. feeds.toml is not changed.

Examples:
  matins feeds                         Those that need a look first
  matins feeds --check                 Ask every feed now, then show them
  matins feeds CBC                     All that is known of one
  matins feeds CBC --cure              Try the cures that fit it
  matins feeds CBC --cure --accept     Take the first that works
  matins feeds CBC --take-back         Ask it as feeds.toml says again
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
    /// Only this feed, in full, by its address or the name that the table shows
    #[arg(value_name = "FEED")]
    feed: Option<String>,
    /// Try the cures that fit the feed, one after another, until one works
    #[arg(long, requires = "feed", conflicts_with_all = ["json", "check"])]
    cure: bool,
    /// Have the feed asked from now on in the way that worked
    #[arg(long, requires = "cure")]
    accept: bool,
    /// Have the feed asked as feeds.toml says again
    #[arg(long, requires = "feed", conflicts_with_all = ["json", "check", "cure"])]
    take_back: bool,
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
    /// None where the next refresh asks it in any case: it never was asked, or is a file; or in none, as it is gone.
    next_try: Option<Timestamp>,
    articles: u64,
    unread: u64,
    newest: Option<Timestamp>,
    /// What was usual before it fell silent: `4 a day`.
    usually: Option<String>,
    /// Bytes of its last document.
    bytes: Option<u64>,
    repairs: &'a [String],
    /// Where it is asked instead of `url`, and over HTTP/1.1, because that worked.
    asked_at: Option<&'a str>,
    is_http1: bool,
    /// Since when a person wants it asked so.
    accepted: Option<Timestamp>,
    /// Until when its host asked to be left alone, or did.
    left_alone_until: Option<Timestamp>,
    /// What can be tried, in words.
    cures: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let (paper, store) = (&context.config.paper, context.store()?);
    let given = arguments.feed.as_ref().map(|given| context.feed(&store, given)).transpose()?;
    if let Some(url) = given.as_ref().filter(|_| arguments.cure || arguments.take_back) {
        return super::cure::run(url, arguments.cure.then_some(arguments.accept), context, &store);
    }
    let urls = given.clone().map_or_else(|| paper.feeds().into_iter().map(|feed| feed.url.clone()).collect(), |url| vec![url]);
    let exit = match arguments.check {
        true => super::exit_of(&super::refresh::refresh(context, &store, Plan { only_feed: given.clone(), ..everything(paper) })?),
        false => Exit::Done,
    };
    let feeds = super::wait(store.front().feeds(Some(urls)))?;
    match arguments.json {
        true => output::print_json(&feeds.iter().map(|feed| told(feed, paper)).collect::<Vec<_>>())?,
        false if given.is_some() => output::print(&feeds.iter().map(|feed| in_full(feed, paper)).collect::<String>())?,
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
        next_try: feed.next_try.filter(|_| !is_file(&feed.url)),
        articles: feed.articles,
        unread: feed.unread,
        newest: feed.newest,
        usually: feed.habit.map(Habit::words),
        bytes: feed.bytes,
        repairs: &feed.notes,
        asked_at: feed.way.address.as_deref(),
        is_http1: feed.way.is_http1,
        accepted: feed.way.accepted_at,
        left_alone_until: feed.host_quiet_until,
        cures: cures(feed).iter().map(Cure::words).collect(),
    }
}

/// All that is known of one feed, a sentence a line, and what can be done.
pub(super) fn in_full(feed: &FeedHealth, paper: &Paper) -> String {
    let (now, zone) = (runtime::system_clock().now(), TimeZone::system());
    let mut words = vec![health_state(feed, now)];
    words.extend(health_facts(feed, now, &zone));
    words.extend(cures(feed).first().map(|cure| format!("{TRY}{}", cure.words())));
    words.extend(advice(feed));
    let lines = words.iter().flat_map(|words| wrap(words, WORDS));
    let below: String = lines.map(|line| format!("  {line}\n")).collect();
    format!("{}\n  {}\n{below}", health_name(paper, &feed.url, Some(feed)), feed.url)
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
    let trouble = trouble(feed, now, zone);
    // An address is never broken, so that it can be copied.
    let address = (!trouble.is_empty()).then(|| feed.url.clone());
    let repairs = (feed.state == FeedState::Ok && !feed.notes.is_empty()).then(|| health_state(feed, now));
    let below: Vec<String> = repairs.iter().chain(&trouble).flat_map(|words| wrap(words, WORDS)).chain(address).collect();
    [row].into_iter().chain(below.iter().map(|line| format!("         {line}\n"))).collect()
}

fn next_try(feed: &FeedHealth, paper: &Paper, now: Timestamp, zone: &TimeZone) -> String {
    match feed.next_try {
        _ if feed.is_gone => "no more".into(),
        _ if !paper.is_ordinary(&feed.url) => "when needed".into(),
        _ if is_file(&feed.url) => EACH_REFRESH.into(),
        Some(next) if next > now => clock_time(now, next, zone),
        _ => "due".into(),
    }
}

/// What is wrong with a feed or out of the ordinary, and what can be tried, a sentence each.
fn trouble(feed: &FeedHealth, now: Timestamp, zone: &TimeZone) -> Vec<String> {
    let state = matches!(feed.state, FeedState::Failing | FeedState::Silent).then(|| health_state(feed, now));
    let cure = cures(feed).first().map(|cure| format!("{TRY}{}", cure.words()));
    let state = state.into_iter().chain(host_quiet(feed, now, zone));
    [state.collect(), feed.remarks(), cure.into_iter().collect::<Vec<_>>()].concat()
}

/// `65 feeds: 3 failing, 1 silent, 61 ok`.
fn count(feeds: &[FeedHealth]) -> String {
    let states = [FeedState::Failing, FeedState::Silent, FeedState::Never, FeedState::Ok];
    let counts = states.map(|state| (feeds.iter().filter(|feed| feed.state == state).count(), state));
    let parts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, state)| format!("{count} {}", word(*state))).collect();
    format!("{}: {}", crate::app::words::count_of(feeds.len(), "feed"), parts.join(", "))
}

fn word(state: FeedState) -> &'static str {
    match state {
        FeedState::Failing => "failing",
        FeedState::Silent => "silent",
        FeedState::Never => "never",
        FeedState::Ok => "ok",
    }
}
