//! `matins refresh`: fetches what is due, once.

use anyhow::bail;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;

use super::line::Line;
use super::{Context, Exit, UsageError, output};
use crate::app::words::{ASKED_ELSEWHERE, count_of, left_alone};
use crate::domain::time_words::clock_time;
use crate::fetch::Fetcher;
use crate::refresh::{Outcome, Plan, Progress, Refresher, Summary};
use crate::runtime;
use crate::store::{Store, StoreError};

const ADVICE: &str = "\
A reader that is open at the same time shows what has come. Fallback feeds are
asked only when every ordinary feed of their section failed or had nothing new.

Examples:
  matins refresh                       What is due: each feed once an hour
  matins refresh --section Canada      One section, by its name or short name
  matins refresh --force --json        All feeds now, the outcome for a script

In a crontab, every half hour:
  */30 * * * *  matins refresh

Feeds that failed are named on standard error, and the exit code is then 3. What
could not be saved is told there too, and the exit code is then 1.
A feed that goes on failing is asked less and less often; `matins feeds` says
when.";

/// Fetch what is due, once
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(super) struct Arguments {
    /// Only the feeds of this section, by its name or short name
    #[arg(long, value_name = "NAME")]
    section: Option<String>,
    /// Only this feed of the paper, by its address or the name that `matins feeds` shows
    #[arg(long, value_name = "FEED", conflicts_with = "section")]
    feed: Option<String>,
    /// Also feeds that are not due yet
    #[arg(long)]
    force: bool,
    /// Print how many were asked, answered and new, and which failed, as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let store = context.store()?;
    let plan = plan(arguments, context, &store)?;
    let (refresher, runtime) = (refresher(context, &store)?, super::reader::async_runtime()?);
    let summary = runtime.block_on(ask(&refresher, plan.clone()));
    name_failures(&summary, &store)?;
    if arguments.force {
        name_those_left_alone(&summary);
    }
    match arguments.json {
        true => output::print_json(&told(&summary))?,
        false => output::print(&format!("{}\n", sentence(&summary, runtime::system_clock().now(), &TimeZone::system())))?,
    }
    if summary.not_saved.is_none() {
        runtime.block_on(fetch_pages(&refresher, &plan));
    }
    Ok(super::exit_of(&summary))
}

fn plan(arguments: &Arguments, context: &Context, store: &Store) -> anyhow::Result<Plan> {
    let paper = &context.config.paper;
    let sections = match &arguments.section {
        Some(name) => vec![context.section(name)?.clone()],
        None => paper.sections.clone(),
    };
    let only_feed = arguments.feed.as_ref().map(|given| context.feed(store, given)).transpose()?;
    if let Some(url) = only_feed.as_ref().filter(|url| paper.feeds().iter().all(|feed| feed.url != **url)) {
        return Err(UsageError(format!("{url} has left the paper; put it into feeds.toml again to ask it")).into());
    }
    Ok(Plan { sections, only_feed, is_forced: arguments.force, is_insisting: arguments.force })
}

fn told(summary: &Summary) -> serde_json::Value {
    let failed: Vec<_> = summary.failed.iter().map(|(url, error)| json!({"url": url, "error": error})).collect();
    let left_alone: Vec<_> = summary.left_alone.iter().map(|(url, until)| json!({"url": url, "until": until})).collect();
    json!({"asked": summary.asked, "ok": summary.ok, "new": summary.new, "failed": failed, "left_alone": left_alone,
        "not_saved": summary.not_saved})
}

fn sentence(summary: &Summary, now: Timestamp, zone: &TimeZone) -> String {
    let untils: Vec<Timestamp> = summary.left_alone.iter().map(|(_, until)| *until).collect();
    let left_alone = left_alone(&untils, now, zone).map(|words| format!("; {} {words}", untils.len())).unwrap_or_default();
    match summary {
        Summary { asked: 0, elsewhere: 1.., .. } => ASKED_ELSEWHERE.into(),
        Summary { asked: 0, not_saved: Some(_), .. } => "no feed was asked".into(),
        Summary { asked: 0, .. } => format!("no feed is due{left_alone}; --force asks nevertheless"),
        Summary { asked, ok, new, elsewhere, .. } => {
            let others = if *elsewhere > 0 { format!("; another matins is asking {elsewhere} more") } else { String::new() };
            format!("{} asked, {ok} answered, {}{others}", count_of(*asked, "feed"), count_of(*new as usize, "new article")) + &left_alone
        }
    }
}

/// Asks feeds now, and no pages; names those that failed on stderr.
pub(super) fn refresh(context: &Context, store: &Store, plan: Plan) -> anyhow::Result<Summary> {
    let summary = super::reader::async_runtime()?.block_on(ask(&refresher(context, store)?, plan));
    name_failures(&summary, store)?;
    name_those_left_alone(&summary);
    Ok(summary)
}

async fn ask(refresher: &Refresher, plan: Plan) -> Summary {
    let (report, mut progress) = tokio::sync::mpsc::unbounded_channel();
    let shown = async {
        let mut bar = Bar::default();
        while let Some(step) = progress.recv().await {
            bar.take(&step);
        }
        bar.line.clear();
    };
    tokio::join!(refresher.refresh(plan, report), shown).0
}

/// Fetches the pages of new articles, where feeds want that.
async fn fetch_pages(refresher: &Refresher, plan: &Plan) {
    let (report, mut kept) = tokio::sync::mpsc::unbounded_channel();
    let shown = async {
        let (mut line, mut count) = (Line::default(), 0);
        line.write("fetching pages");
        while kept.recv().await.is_some() {
            count += 1;
            line.write(&format!("fetching pages, {count} fetched"));
        }
        line.clear();
    };
    tokio::join!(refresher.pages_ahead(plan, report), shown);
}

fn name_failures(summary: &Summary, store: &Store) -> anyhow::Result<()> {
    for (url, error) in &summary.failed {
        output::warn(&format!("{url}: {error}"));
    }
    if let Some(error) = &summary.not_saved {
        output::warn(&format!("not saved: {error}"));
        return Ok(());
    }
    let is_all = summary.asked > 1 && summary.failed.len() == summary.asked && summary.held_back == 0;
    if is_all && !has_answered(store, summary)? {
        output::warn("no feed at all could be reached; perhaps this machine has no way to the network, which `matins demo` does not need");
    }
    Ok(())
}

fn name_those_left_alone(summary: &Summary) {
    let (now, zone) = (runtime::system_clock().now(), TimeZone::system());
    for (url, until) in &summary.left_alone {
        let until = clock_time(now, *until, &zone);
        output::warn(&format!("{url}: not asked, as its server wants to be left alone until {until}"));
    }
}

/// Whether a server of those that failed said anything at all.
fn has_answered(store: &Store, summary: &Summary) -> anyhow::Result<bool> {
    let failed = summary.failed.iter().map(|(url, _)| url.clone()).collect();
    let feeds = super::wait(store.front().feeds(Some(failed)))?;
    Ok(feeds.iter().any(|feed| feed.http_status.is_some() || feed.last_answer.is_some_and(|then| Some(then) >= feed.last_error)))
}

/// The pipeline over this store.
pub(super) fn refresher(context: &Context, store: &Store) -> anyhow::Result<Refresher> {
    if store.is_read_only() {
        bail!(StoreError::ReadOnly { path: store.path().into() });
    }
    let settings = context.config.settings.fetch.clone();
    let fetcher = Fetcher::new(&settings)?;
    Ok(Refresher::new(fetcher, store.back(), settings, runtime::system_clock(), runtime::secrets::reveal(), || ()))
}

/// How far the refresh is.
#[derive(Default)]
struct Bar {
    planned: usize,
    finished: usize,
    failed: usize,
    line: Line,
}

impl Bar {
    fn take(&mut self, step: &Progress) {
        match step {
            Progress::Planned { urls } => self.planned += urls.len(),
            Progress::Started { .. } | Progress::Arrived { .. } => {}
            Progress::Finished { outcome, .. } => {
                self.finished += 1;
                self.failed += usize::from(matches!(outcome, Outcome::Failed { .. } | Outcome::NotSaved { answer: Some(Err(_)), .. }));
            }
        }
        let failed = if self.failed > 0 { format!(", {} failed", self.failed) } else { String::new() };
        self.line.write(&format!("refreshing {}/{}{failed}", self.finished, self.planned));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    #[test]
    fn the_last_line_says_who_was_asked_and_who_is_in_other_hands() {
        let check = |summary: Summary, expected: &str| {
            assert_eq!(sentence(&summary, Timestamp::UNIX_EPOCH, &TimeZone::UTC), expected);
        };
        check(Summary::default(), "no feed is due; --force asks nevertheless");
        let left_alone = |hours: &[i64]| -> Vec<(String, Timestamp)> {
            hours.iter().map(|hour| (String::new(), Timestamp::UNIX_EPOCH + SignedDuration::from_hours(*hour))).collect()
        };
        let kept = Summary { left_alone: left_alone(&[2]), ..Summary::default() };
        check(kept, "no feed is due; 1 wants to be left alone until 02:00; --force asks nevertheless");
        let kept = Summary { asked: 2, ok: 1, left_alone: left_alone(&[2, 1]), ..Summary::default() };
        check(kept, "2 feeds asked, 1 answered, 0 new articles; 2 want to be left alone until 01:00 or later");
        check(Summary { elsewhere: 2, ..Summary::default() }, "another matins is asking these feeds now");
        let some = Summary { asked: 2, ok: 1, new: 1, ..Summary::default() };
        check(some.clone(), "2 feeds asked, 1 answered, 1 new article");
        check(Summary { elsewhere: 3, ..some }, "2 feeds asked, 1 answered, 1 new article; another matins is asking 3 more");
    }
}
