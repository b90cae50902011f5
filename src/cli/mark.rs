//! `matins mark`: changes status, and says how many changed.

use std::io::Write;

use clap::ValueEnum;

use super::{Context, Exit, UsageError, selection::Selection};
use crate::domain::article::ArticleId;
use crate::domain::list::ListQuery;
use crate::domain::section::Span;
use crate::domain::status::Mark;
use crate::runtime;

/// Mark articles read, unread, starred or not
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_enum)]
    mark: Kind,
    /// Numbers of articles, as `matins list` prints them
    ids: Vec<ArticleId>,
    #[command(flatten)]
    selection: Selection,
    /// Every article stored
    #[arg(long, conflicts_with_all = ["section", "feed"])]
    all: bool,
    /// Only articles older than 90m, 24h, 7d or 2w
    #[arg(long, value_name = "TIME")]
    older_than: Option<Span>,
    /// Print JSON
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
        let message = "say which articles: numbers, or --section, --feed, --all or --older-than";
        return Err(UsageError(message.into()).into());
    }
    let store = context.store()?;
    let now = runtime::system_clock().now();
    let (mark, label) = arguments.mark.mark();
    let label = format!("{label} from the command line");
    let marked = if is_by_rule {
        let before = arguments.older_than.map(|span| now.checked_sub(span.0)).transpose()?;
        let feeds = arguments.selection.feeds(context, true)?;
        super::wait(store.front().mark_matching(ListQuery { feeds, before, limit: usize::MAX, ..ListQuery::default() }, mark, label, now))?
    } else {
        super::wait(store.front().mark(arguments.ids.clone(), mark, label, now))?
    };
    let mut out = std::io::stdout().lock();
    match arguments.json {
        true => writeln!(out, "{}", serde_json::json!({"changed": marked.changed.len(), "ids": marked.changed}))?,
        false => writeln!(out, "{} changed", marked.changed.len())?,
    }
    Ok(Exit::Done)
}
