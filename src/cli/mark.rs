//! `matins mark`: changes status, and says how many changed.

use anyhow::bail;
use clap::ValueEnum;
use serde_json::json;

use super::{Context, Exit, UsageError, output, selection::Selection, values};
use crate::app::words::listed;
use crate::domain::article::ArticleId;
use crate::domain::list::ListQuery;
use crate::domain::section::Span;
use crate::domain::status::Mark;
use crate::runtime;
use crate::store::{Marked, Store};

/// Unknown numbers that are named.
const NAMED: usize = 10;

const ADVICE: &str = "\
Say which articles by their numbers or by options, not both; options together
narrow the choice. It prints how many changed: those that were so already are
left alone. What was printed is on the disk; `u` in the reader takes it back.

Examples:
  matins mark read 1234 1240           Two articles, by their numbers
  matins mark read --section Weather   All of one section
  matins mark read --older-than 7d     Everything stored that is older
  matins mark unstar --all             No article is starred any more";

/// Mark articles read, unread, starred or not
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
pub(super) struct Arguments {
    /// What the articles become
    #[arg(value_enum)]
    mark: Kind,
    /// Numbers of articles, as `matins list` prints them
    #[arg(value_parser = values::article)]
    ids: Vec<ArticleId>,
    #[command(flatten)]
    selection: Selection,
    /// Every article that is stored
    #[arg(long, conflicts_with_all = ["section", "feed"])]
    all: bool,
    /// Only articles older than so long, by their dates or else by when they came: 90m, 24h, 7d, 2w
    #[arg(long, value_name = "TIME")]
    older_than: Option<Span>,
    /// Print how many changed, and their numbers, as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Read,
    Unread,
    Star,
    Unstar,
}

impl Kind {
    fn mark(self) -> (Mark, &'static str) {
        match self {
            Kind::Read => (Mark::Read, "marked read"),
            Kind::Unread => (Mark::Unread, "marked unread"),
            Kind::Star => (Mark::Star, "starred"),
            Kind::Unstar => (Mark::Unstar, "unstarred"),
        }
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let is_by_rule = arguments.all || arguments.older_than.is_some() || !arguments.selection.is_empty();
    if arguments.ids.is_empty() != is_by_rule {
        let not_both = if is_by_rule { ", not both" } else { "" };
        let message = format!("say which articles: their numbers, or --section, --feed, --all or --older-than{not_both}");
        return Err(UsageError(message).into());
    }
    let store = context.store()?;
    let marked = if is_by_rule { mark_matching(arguments, context, &store)? } else { mark(arguments, &store)? };
    match arguments.json {
        true => output::print_json(&json!({"changed": marked.changed.len(), "ids": marked.changed}))?,
        false => output::print(&format!("{} changed\n", marked.changed.len()))?,
    }
    tell_unknown(&arguments.ids, &store)
}

fn mark(arguments: &Arguments, store: &Store) -> anyhow::Result<Marked> {
    let (mark, label) = arguments.mark.mark();
    let now = runtime::system_clock().now();
    Ok(super::wait(store.front().mark(arguments.ids.clone(), mark, format!("{label} from the command line"), now))?)
}

fn mark_matching(arguments: &Arguments, context: &Context, store: &Store) -> anyhow::Result<Marked> {
    let (mark, label) = arguments.mark.mark();
    let now = runtime::system_clock().now();
    let before = arguments.older_than.map(|span| now.checked_sub(span.0)).transpose()?;
    let feeds = arguments.selection.feeds(context, store, true)?;
    let query = ListQuery { feeds, before, limit: usize::MAX, ..ListQuery::default() };
    Ok(super::wait(store.front().mark_matching(query, mark, format!("{label} from the command line"), now))?)
}

/// A number that is no article's is a mistake, though the others have been marked.
fn tell_unknown(ids: &[ArticleId], store: &Store) -> anyhow::Result<Exit> {
    let stored = super::wait(store.front().rows(ids.to_vec()))?;
    let is_unknown = |id: &&ArticleId| stored.iter().all(|row| row.id != **id);
    let unknown: Vec<String> = ids.iter().filter(is_unknown).map(ToString::to_string).collect();
    match unknown.as_slice() {
        [] => Ok(Exit::Done),
        [id] => bail!("there is no article {id}; `matins list` prints the numbers"),
        ids => bail!("there are no articles {}; `matins list` prints the numbers", listed(ids, NAMED)),
    }
}
