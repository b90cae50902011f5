//! Editions, kept by day and never changed, what they told, and what the next one is made from. What is read depends on how
//! much is within the sections' windows, never on how much is stored.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Result, Row as SqlRow, params};

use super::moment::{micros, timestamp};
use super::rows::{to_row, unreadable};
use super::{body, list, pages};
use crate::domain::article::{ArticleId, PageStamp, Row};
use crate::domain::document::Document;
use crate::domain::edition::Edition;
use crate::domain::list::ListQuery;
use crate::domain::material::{Candidate, Material, Stock, Told};

/// The columns of a row, then what else a candidate needs.
const CANDIDATE: &str =
    "SELECT article, feed.url, feed.title, text.title, text.url, authors, published, updated, sorted_at, is_read, is_starred, is_changed,
        versions, page.fetched_at, text_digest, arrived_at, body.document
    FROM status JOIN text USING (article) JOIN feed USING (feed) LEFT JOIN body USING (article) LEFT JOIN page USING (article)
    WHERE article = ?1";
const UNREAD: &str = "SELECT count(*) FROM status INDEXED BY status_unread
    WHERE feed = (SELECT feed FROM feed WHERE url = ?1) AND is_read = 0 AND sorted_at >= ?2";
const TOLD: &str = "SELECT told.article, told.date, made_at, story, feed.url, told.url, told.title, lead, text_digest, words, sorted_at
    FROM told JOIN edition USING (date) JOIN status USING (article) JOIN feed USING (feed)";

/// The edition of that day.
pub(super) fn edition(connection: &Connection, date: Date) -> Result<Option<Edition>> {
    let mut statement = connection.prepare_cached("SELECT edition FROM edition WHERE date = ?1")?;
    let to_edition = |row: &SqlRow<'_>| {
        let bytes = row.get_ref(0)?.as_blob().map_err(|error| unreadable(0, Box::new(error)))?;
        body::unpack(bytes).map_err(|error| unreadable(0, error))
    };
    statement.query_row([date.to_string()], to_edition).optional()
}

/// The days that have an edition, the first first.
pub(super) fn dates(connection: &Connection) -> Result<Vec<Date>> {
    let mut statement = connection.prepare_cached("SELECT date FROM edition ORDER BY date")?;
    statement.query_map([], |row| date(row, 0))?.collect()
}

/// Keeps an edition and what it tells, unless its day has one already; gives the one that is kept.
pub(super) fn keep(connection: &Connection, edition: Edition) -> Result<Edition> {
    if let Some(kept) = self::edition(connection, edition.date)? {
        return Ok(kept);
    }
    let bytes = body::pack(&edition).map_err(rusqlite::Error::ToSqlConversionFailure)?;
    let (date, sql) = (edition.date.to_string(), "INSERT INTO edition (date, made_at, edition) VALUES (?1, ?2, ?3)");
    connection.prepare_cached(sql)?.execute(params![date, micros(edition.made_at), bytes])?;
    let sql = "INSERT OR IGNORE INTO told (article, date, story, url, title, lead, text_digest, words)
        SELECT article, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM status WHERE article = ?1";
    let mut tell = connection.prepare_cached(sql)?;
    for sources in edition.stories().map(|story| &story.sources) {
        let story = sources.first().map_or(0, |source| source.id.0);
        for one in sources {
            let words = i64::try_from(one.words).unwrap_or(i64::MAX);
            tell.execute(params![one.id.0, date, story, one.url, one.title.as_str(), one.lead.as_str(), one.text_digest, words])?;
        }
    }
    drop(tell);
    Ok(edition)
}

/// What the queries find, one for each section, with the texts; what was ever told of that, and all that was told since then.
pub(super) fn material(connection: &Connection, queries: &[ListQuery], told_since: Timestamp) -> Result<Material> {
    let mut articles: HashMap<ArticleId, Candidate> = HashMap::new();
    let mut sections = Vec::with_capacity(queries.len());
    for query in queries {
        let mut stock = Stock { articles: list::ids(connection, query, query.limit)?, unread: unread(connection, query)? };
        for id in &stock.articles {
            if !articles.contains_key(id) {
                articles.extend(candidate(connection, *id)?.map(|candidate| (*id, candidate)));
            }
        }
        // what is starred is on a list whatever its age
        let is_within = |row: &Row| query.since.is_none_or(|since| row.sorted_at >= since);
        stock.articles.retain(|id| articles.get(id).is_some_and(|candidate| is_within(&candidate.row)));
        sections.push(stock);
    }
    let wanted: BTreeSet<ArticleId> = sections.iter().flat_map(|stock| &stock.articles).copied().collect();
    let articles: Vec<Candidate> = wanted.iter().filter_map(|id| articles.remove(id)).collect();
    Ok(Material { told: told(connection, &wanted, told_since)?, articles, sections })
}

fn candidate(connection: &Connection, id: ArticleId) -> Result<Option<Candidate>> {
    let mut statement = connection.prepare_cached(CANDIDATE)?;
    let found = statement.query_row([id.0], to_candidate).optional()?;
    let Some(candidate) = found else { return Ok(None) };
    let page = if candidate.row.stamp.page != PageStamp::Never { pages::page(connection, id)? } else { None };
    Ok(Some(Candidate { page, ..candidate }))
}

fn to_candidate(row: &SqlRow<'_>) -> Result<Candidate> {
    let bytes = row.get_ref(16)?.as_blob_or_null().map_err(|error| unreadable(16, Box::new(error)))?;
    // a damaged text costs its summary, not the edition
    let document: Document = bytes.and_then(|bytes| body::unpack(bytes).ok()).unwrap_or_default();
    Ok(Candidate { row: to_row(row)?, text_digest: row.get(14)?, arrived: timestamp(row.get(15)?), document, page: None })
}

/// Unread articles of each feed within the window, however many are taken.
fn unread(connection: &Connection, query: &ListQuery) -> Result<Vec<(String, usize)>> {
    let mut statement = connection.prepare_cached(UNREAD)?;
    let since = query.since.map_or(i64::MIN, micros);
    let count = |url: &String| {
        let count: i64 = statement.query_row(params![url, since], |row| row.get(0))?;
        Ok((url.clone(), usize::try_from(count).unwrap_or(0)))
    };
    query.feeds.iter().flatten().map(count).collect()
}

/// Oldest first.
fn told(connection: &Connection, articles: &BTreeSet<ArticleId>, since: Timestamp) -> Result<Vec<Told>> {
    let mut recent = connection.prepare_cached(&format!("{TOLD} WHERE date IN (SELECT date FROM edition WHERE made_at >= ?1)"))?;
    let mut told: Vec<Told> = recent.query_map([micros(since)], to_told)?.collect::<Result<_>>()?;
    let mut earlier = connection.prepare_cached(&format!("{TOLD} WHERE article = ?1 AND made_at < ?2"))?;
    for id in articles {
        told.extend(earlier.query_map([id.0, micros(since)], to_told)?.collect::<Result<Vec<_>>>()?);
    }
    told.sort_by_key(|told| (told.told_at, told.story, told.article));
    Ok(told)
}

fn to_told(row: &SqlRow<'_>) -> Result<Told> {
    Ok(Told {
        article: ArticleId(row.get(0)?),
        date: date(row, 1)?,
        told_at: timestamp(row.get(2)?),
        story: ArticleId(row.get(3)?),
        sorted_at: timestamp(row.get(10)?),
        feed_url: row.get(4)?,
        url: row.get(5)?,
        title: row.get(6)?,
        lead: row.get(7)?,
        text_digest: row.get(8)?,
        words: usize::try_from(row.get::<_, i64>(9)?).unwrap_or(0),
    })
}

fn date(row: &SqlRow<'_>, column: usize) -> Result<Date> {
    let text: String = row.get(column)?;
    text.parse().map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{article, fetched, wait};
    use super::super::{FILE_NAME, Store, Visit};
    use super::*;

    #[test]
    fn an_edition_is_made_from_the_rows_that_lists_show() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
        let at = Timestamp::UNIX_EPOCH;
        for text in ["one", "another"] {
            wait(store.back().save(fetched("https://a", vec![article(1, at, text)], at), Visit::default())).expect("saves");
        }
        let rows = wait(store.front().list(ListQuery::default())).expect("lists").rows;
        let material = wait(store.back().material(vec![ListQuery::default()], at)).expect("material");
        assert_eq!(material.articles.iter().map(|candidate| &candidate.row).collect::<Vec<_>>(), rows.iter().collect::<Vec<_>>());
        assert_eq!(rows[0].stamp.feed, 1, "it was changed once");
    }
}
