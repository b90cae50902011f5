//! `matins list`: articles, newest first.

use std::io::Write;

use jiff::Timestamp;
use serde::Serialize;

use super::{Context, Exit, selection::Selection};
use crate::app::words::feed_name;
use crate::domain::article::{ArticleId, Row};
use crate::domain::list::{Filter, LIST_LIMIT, ListQuery};
use crate::domain::section::{Paper, Span};
use crate::domain::time_words::age;
use crate::runtime;

/// List articles, newest first
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Only unread articles
    #[arg(long, conflicts_with_all = ["starred", "all"])]
    unread: bool,
    /// Only starred articles, also of feeds that have left the paper
    #[arg(long, conflicts_with = "all")]
    starred: bool,
    /// Everything stored, also of feeds that have left the paper
    #[arg(long)]
    all: bool,
    /// Only articles with these words in title or text
    #[arg(long, value_name = "WORDS", default_value = "")]
    search: String,
    /// Only articles of the last 90m, 24h, 7d or 2w
    #[arg(long, value_name = "TIME")]
    since: Option<Span>,
    /// At most this many
    #[arg(long, value_name = "COUNT", default_value_t = LIST_LIMIT)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// One article as scripts read it.
#[derive(Serialize)]
pub(super) struct Listed {
    id: ArticleId,
    section: Option<String>,
    feed: String,
    title: String,
    url: Option<String>,
    author: Option<String>,
    published: Option<Timestamp>,
    is_read: bool,
    is_starred: bool,
    story: Option<String>,
}

impl Listed {
    pub(super) fn of(row: &Row, paper: &Paper) -> Listed {
        let section = paper.sections.iter().find(|section| section.all_feeds().any(|feed| feed.url == row.feed_url));
        Listed {
            id: row.id,
            section: section.map(|section| section.name.to_string()),
            feed: feed_name(paper, row),
            title: row.title.to_string(),
            url: row.url.clone(),
            author: row.author.as_ref().map(ToString::to_string),
            published: row.published,
            is_read: row.status.is_read,
            is_starred: row.status.is_starred,
            story: None,
        }
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let store = context.store()?;
    let now = runtime::system_clock().now();
    let rows = super::wait(async {
        let snapshot = store.front().list(query(arguments, context, now)?).await?;
        anyhow::Ok(store.front().rows(snapshot.ids).await?)
    })?;
    let listed: Vec<Listed> = rows.iter().map(|row| Listed::of(row, &context.config.paper)).collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&listed)?)?;
    } else {
        for (row, listed) in rows.iter().zip(&listed) {
            writeln!(out, "{}", line(row, listed, now))?;
        }
    }
    out.flush()?;
    if rows.is_empty() && !arguments.json {
        super::warn("no articles match; `matins refresh` fetches new ones");
    }
    Ok(Exit::Done)
}

fn query(arguments: &Arguments, context: &Context, now: Timestamp) -> anyhow::Result<ListQuery> {
    let filter = match (arguments.unread, arguments.starred) {
        (true, _) => Filter::Unread,
        (_, true) => Filter::Starred,
        _ => Filter::All,
    };
    let since = arguments.since.map(|span| now.checked_sub(span.0)).transpose()?;
    let feeds = arguments.selection.feeds(context, arguments.all || arguments.starred)?;
    Ok(ListQuery { feeds, since, filter, search: arguments.search.clone(), limit: arguments.limit, ..ListQuery::default() })
}

/// `  1234 *# 2 h    CBC           Rail strike ends`: number, unread, starred, age, source, title.
fn line(row: &Row, listed: &Listed, now: Timestamp) -> String {
    let unread = if listed.is_read { ' ' } else { '*' };
    let starred = if listed.is_starred { '#' } else { ' ' };
    let source: String = listed.feed.chars().take(14).collect();
    format!("{:>6} {unread}{starred} {:<7} {source:<14}  {}", row.id.0, age(now, row.sorted_at), listed.title)
}
