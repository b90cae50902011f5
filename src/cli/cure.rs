//! `matins feeds FEED --cure`: tries the cures that fit a feed, and keeps the one that works when it is accepted.

use anyhow::bail;

use super::{Context, Exit, output, refresh, wait};
use crate::app::words::{found_words, health_name};
use crate::domain::cure::{Found, advice, cures};
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::section::Feed;
use crate::refresh::Plan;
use crate::runtime;
use crate::store::Store;

/// Tries and, if `accepting` says so, accepts; without it, takes back what was accepted.
pub(super) fn run(url: &str, accepting: Option<bool>, context: &Context, store: &Store) -> anyhow::Result<Exit> {
    let paper = &context.config.paper;
    let Some(feed) = paper.feeds().into_iter().find(|feed| feed.url == url) else {
        bail!("{url} has left the paper; put it into feeds.toml again to ask it");
    };
    let health = wait(store.front().feeds(Some(vec![url.to_string()])))?.pop().unwrap_or_else(|| FeedHealth::never(url));
    let name = health_name(paper, url, Some(&health));
    match accepting {
        None if health.way.accepted_at.is_none() => bail!("nothing was accepted for {name}"),
        None => {
            wait(store.front().cure(url.to_string(), None, runtime::system_clock().now()))?;
            output::print(&format!("{name} is asked at {url} again\n"))?;
            ask(url, context, store)
        }
        Some(_) if health.state == FeedState::Ok && cures(&health).is_empty() => {
            output::print(&format!("{name} is well: there is nothing to cure\n"))?;
            Ok(Exit::Done)
        }
        Some(is_accepting) => {
            let found = first_that_works(feed, &health, context, store)?;
            let words = found_words(&found, runtime::system_clock().now());
            output::print(&format!("it works: {words}\n  {}\n", found.way.words()))?;
            if !is_accepting {
                output::print(&format!("`matins feeds {url} --cure --accept` has it asked so from now on\n"))?;
                return Ok(Exit::Done);
            }
            wait(store.front().cure(url.to_string(), Some(found.way), runtime::system_clock().now()))?;
            output::print(&format!("{name} is asked so from now on; `matins feeds {url} --take-back` takes that back\n"))?;
            ask(url, context, store)
        }
    }
}

fn first_that_works(feed: &Feed, health: &FeedHealth, context: &Context, store: &Store) -> anyhow::Result<Found> {
    let refresher = refresh::refresher(context, store)?;
    let runtime = super::reader::async_runtime()?;
    for cure in cures(health) {
        output::print(&format!("trying {}\n", cure.words()))?;
        match runtime.block_on(refresher.try_cure(feed, &cure)) {
            Ok(found) => return Ok(found),
            Err(error) => output::print(&format!("  {error}\n"))?,
        }
    }
    let none = if cures(health).is_empty() { "there is no cure to try for" } else { "no cure works for" };
    let advice = advice(health).map(|words| format!("; {words}")).unwrap_or_default();
    bail!("{none} {}{advice}", feed.url)
}

/// Asks the feed at once, as the reader does.
fn ask(url: &str, context: &Context, store: &Store) -> anyhow::Result<Exit> {
    let sections = context.config.paper.sections.clone();
    let plan = Plan { sections, only_feed: Some(url.to_string()), is_forced: true, is_insisting: true };
    Ok(super::exit_of(&refresh::refresh(context, store, plan)?))
}
