//! `matins export`: the sections and feeds in force, as a file that other readers take.

use std::collections::HashMap;

use clap::ValueEnum;

use super::{Context, Exit, output};
use crate::app::words::count_of;
use crate::domain::feed::FeedHealth;
use crate::domain::section::Feed;
use crate::exchange::feed_list::{self, KnownFeed};
use crate::runtime;

const ADVICE: &str = "\
Every section is an outline with its feeds inside, as OPML 2.0. Window, icon and
such stand in a namespace of our own, so that `matins import` makes the same
paper of the file again. Passwords, tokens and headers never leave; attributes
that came with a feed by `matins import` leave with it.

Examples:
  matins export > feeds.opml
  matins --config ~/papers/local export > local.opml";

/// Print your sections and feeds as OPML
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(super) struct Arguments {
    /// The form to print
    #[arg(long, value_enum, default_value_t = Format::Opml)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// OPML 2.0
    Opml,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let Format::Opml = arguments.format;
    let paper = &context.config.paper;
    let known = known_feeds(context)?;
    let text = feed_list::opml(paper, runtime::system_clock().now(), |url| known.get(url).cloned().unwrap_or_default());
    let private = paper.feeds().into_iter().filter(|feed| is_private(feed)).count();
    if private > 0 {
        let who = if private == 1 { "logs in or sends headers" } else { "log in or send headers" };
        let feeds = count_of(private, "feed");
        output::warn(&format!("{feeds} {who}: what is needed for that stays in feeds.toml and is not in the export"));
    }
    output::print(&text)?;
    Ok(Exit::Done)
}

fn is_private(feed: &Feed) -> bool {
    feed.login.is_some() || !feed.headers.is_empty()
}

/// What the feeds said of themselves; nothing when nothing was ever fetched.
fn known_feeds(context: &Context) -> anyhow::Result<HashMap<String, KnownFeed>> {
    if !context.paths.store_file().exists() {
        return Ok(HashMap::new());
    }
    let store = context.store()?;
    let urls = context.config.paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
    let feeds = super::wait(store.front().feeds(Some(urls)))?;
    let one = |feed: FeedHealth| (feed.url, KnownFeed { title: feed.title.map(String::from), home_url: feed.home_url });
    Ok(feeds.into_iter().map(one).collect())
}
