//! `matins remove`: a feed out of the person's own feed list. Its articles and marks stay in the store.

use super::{Exit, Places, UsageError, output, usage};
use crate::config::{self, FeedList, FeedListError, Paths, Removed, printable};
use crate::domain::nearest::nearest;

const ADVICE: &str = "\
The feed leaves every section that has it. Comments and everything else in
feeds.toml stay as they are, and so does a section that becomes empty. Articles
and marks stay in the store: add the feed again, and they are all there.

Examples:
  matins remove https://example.com/feed.xml";

/// Take a feed out of your feed list
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(super) struct Arguments {
    /// Its address, as `matins feeds --json` prints it
    #[arg(value_name = "URL")]
    url: String,
}

pub(super) fn run(arguments: &Arguments, places: &Places) -> anyhow::Result<Exit> {
    let paths = Paths::find(places.config.clone(), places.data.clone()).map_err(usage)?;
    let mut list = FeedList::open(&paths).map_err(told)?;
    let url = config::feed_url(&arguments.url).unwrap_or_else(|_| arguments.url.clone());
    let removed = list.remove(&url);
    if removed.is_empty() {
        return Err(UsageError(unknown(&arguments.url, &list.addresses())).into());
    }
    if list.addresses().is_empty() {
        let advice = format!("delete {} to have the shipped sections again", printable(list.path()));
        return Err(UsageError(format!("{url} is the last feed of your list; add another one first, or {advice}")).into());
    }
    let file = list.save().map_err(told)?;
    output::print(&summary(&url, &removed))?;
    if list.is_new() {
        output::print(&format!("the shipped sections without it are now your own list: {}\n", printable(&file)))?;
    }
    Ok(Exit::Done)
}

/// As an error of usage or settings, unless it is the disk's.
pub(super) fn told(error: FeedListError) -> anyhow::Error {
    match error {
        FeedListError::Write { .. } | FeedListError::Changed(_) => error.into(),
        _ => usage(error).into(),
    }
}

fn summary(url: &str, removed: &[Removed]) -> String {
    let from = |removed: &Removed| {
        let list = if removed.is_fallback { ", where it was a fallback" } else { "" };
        let left = if removed.left == 0 { "; that section is empty now, and has no tab until a feed is added to it" } else { "" };
        format!("removed {url} from {}{list}{left}\n", removed.section)
    };
    let lines: String = removed.iter().map(from).collect();
    lines + "its articles and marks stay in the store\n"
}

fn unknown(given: &str, addresses: &[String]) -> String {
    let bare = |address: &str| address.split_once("://").map_or(address, |(_, rest)| rest).trim_end_matches('/').to_lowercase();
    let wanted = bare(given);
    let holds = addresses.iter().find(|address| !wanted.is_empty() && bare(address).contains(&wanted)).map(String::as_str);
    let advice = match holds.or_else(|| nearest(given, addresses.iter().map(String::as_str))) {
        Some(near) => format!("did you mean {near}?"),
        None => "`matins feeds` shows them all".to_string(),
    };
    format!("there is no feed `{given}` in your list; {advice}")
}
