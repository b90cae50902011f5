//! `matins feeds`: the health of every feed of the paper.

use std::io::Write;

use jiff::Timestamp;
use serde::Serialize;

use super::{Context, Exit};
use crate::app::words::health_name;
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::time_words::moment;
use crate::refresh::Plan;
use crate::runtime;

/// Show how every feed is doing
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Ask all of them now
    #[arg(long)]
    check: bool,
    /// Print JSON
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
    let paper = &context.config.paper;
    let exit = if arguments.check {
        let plan = Plan { sections: paper.sections.clone(), only_feed: None, is_forced: true, is_insisting: true };
        super::exit_of(&super::refresh::refresh(context, plan)?)
    } else {
        Exit::Done
    };
    let urls = paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
    let feeds = super::wait(context.store()?.front().feeds(Some(urls)))?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if arguments.json {
        let told: Vec<Told> = feeds.iter().map(|feed| told(feed, context)).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&told)?)?;
    } else {
        for feed in &feeds {
            writeln!(out, "{}", line(feed, context))?;
        }
    }
    out.flush()?;
    Ok(exit)
}

fn told<'a>(feed: &'a FeedHealth, context: &Context) -> Told<'a> {
    let paper = &context.config.paper;
    let has = |section: &&crate::domain::section::Section| section.all_feeds().any(|own| own.url == feed.url);
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

/// `failing  CBC              12 articles, 3 unread  https://…: no answer in 20 s; next try today 08:10`.
fn line(feed: &FeedHealth, context: &Context) -> String {
    let (now, zone) = (runtime::system_clock().now(), jiff::tz::TimeZone::system());
    let state = match feed.state {
        FeedState::Ok => "ok",
        FeedState::Failing => "failing",
        FeedState::Never => "never",
        FeedState::Silent => "silent",
    };
    let name: String = health_name(&context.config.paper, &feed.url, Some(feed)).chars().take(20).collect();
    let said = |what: &str, when: Option<Timestamp>| when.map(|when| format!("; {what} {}", moment(now, when, &zone))).unwrap_or_default();
    let error = feed.error.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
    let times = said("last answer", feed.last_success) + &said("next try", feed.next_try.filter(|_| feed.error.is_some()));
    format!("{state:<8} {name:<20} {:>5} articles, {:>4} unread  {}{error}{times}", feed.articles, feed.unread, feed.url)
}
