//! `matins list`: articles, newest first.

use jiff::Timestamp;
use serde::Serialize;

use super::{Context, Exit, columns::fit, output, selection::Selection, terminal, values};
use crate::app::words::feed_name;
use crate::domain::article::{ArticleId, Row};
use crate::domain::list::{Filter, LIST_LIMIT, ListQuery};
use crate::domain::section::{Paper, Span};
use crate::domain::time_words::age;
use crate::domain::wrap::cut;
use crate::runtime;
use crate::store::{Store, StoreError};

/// Columns of the name of an article's feed.
const FEED: usize = 14;

const ADVICE: &str = "\
Without a choice: every stored article of the feeds in your paper. A line is
the article's number, * for unread, # for starred, its age, which is left empty
where the feed gives no date, its feed and its title. Without a date an article
counts by when it came. `matins show` and `matins mark` take the number.

Examples:
  matins list --unread --section Canada
  matins list --since 24h --limit 20
  matins list --search \"harbour bridge\"
  matins list --starred --json";

/// List articles, newest first
#[derive(Debug, clap::Args)]
#[command(after_help = ADVICE)]
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
    /// Only articles that have all these words in title or text
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// Only articles of the last hours or days, by their dates or else by when they came: 90m, 24h, 7d, 2w
    #[arg(long, value_name = "TIME")]
    since: Option<Span>,
    /// At most this many
    #[arg(long, value_name = "COUNT", default_value_t = LIST_LIMIT, value_parser = values::limit, allow_negative_numbers = true)]
    limit: usize,
    /// Print a JSON array
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
    let query = query(arguments, context, &store, now)?;
    if !query.search.is_empty() {
        find_words(&store);
    }
    let since = query.since;
    let snapshot = super::wait(store.front().list(query))?;
    if snapshot.ids.len() == LIST_LIMIT {
        output::warn(&format!(
            "only the newest {LIST_LIMIT} articles are listed; --section, --feed, --since and --search choose among the others"
        ));
    }
    let mut rows = super::wait(store.front().rows(snapshot.ids))?;
    // A list of the store keeps what is starred whatever its age; who says how old wants nothing older.
    rows.retain(|row| since.is_none_or(|since| row.sorted_at >= since));
    print(&rows, arguments.json, &context.config.paper, now)?;
    Ok(Exit::Done)
}

/// Makes sure that a search sees all that is stored, as far as the store can be written.
fn find_words(store: &Store) {
    match super::wait(store.back().index_words()) {
        Ok(()) | Err(StoreError::ReadOnly { .. }) => {}
        Err(error) => output::warn(&format!("the newest articles may not be found: {error}")),
    }
}

fn query(arguments: &Arguments, context: &Context, store: &Store, now: Timestamp) -> anyhow::Result<ListQuery> {
    let filter = match (arguments.unread, arguments.starred) {
        (true, _) => Filter::Unread,
        (_, true) => Filter::Starred,
        _ => Filter::All,
    };
    let since = arguments.since.map(|span| now.checked_sub(span.0)).transpose()?;
    let feeds = arguments.selection.feeds(context, store, arguments.all || arguments.starred)?;
    let search = arguments.search.clone().unwrap_or_default();
    Ok(ListQuery { feeds, since, filter, search, limit: arguments.limit, ..ListQuery::default() })
}

fn print(rows: &[Row], is_json: bool, paper: &Paper, now: Timestamp) -> anyhow::Result<()> {
    let listed: Vec<Listed> = rows.iter().map(|row| Listed::of(row, paper)).collect();
    if is_json {
        return output::print_json(&listed);
    }
    if rows.is_empty() {
        output::warn("no articles match; `matins refresh` fetches new ones");
    }
    let room = terminal::columns(&std::io::stdout()).unwrap_or(usize::MAX);
    let lines = rows.iter().zip(&listed).map(|(row, listed)| format!("{}\n", cut(&line(row, listed, now), room, "…")));
    output::print(&lines.collect::<String>())
}

/// `  1234 *# 2 h    CBC           Rail strike ends`: number, unread, starred, age, feed, title.
fn line(row: &Row, listed: &Listed, now: Timestamp) -> String {
    let unread = if listed.is_read { ' ' } else { '*' };
    let starred = if listed.is_starred { '#' } else { ' ' };
    // What has no date is sorted by when it came, which is not its age.
    let age = if row.published.or(row.updated).is_some() { age(now, row.sorted_at) } else { String::new() };
    let (number, feed) = (row.id.0, fit(&listed.feed, FEED));
    format!("{number:>6} {unread}{starred} {age:<6} {feed}  {}", listed.title)
}
