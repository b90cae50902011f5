//! The texts of articles' own pages, and which are still to be fetched.

use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Result, Row as SqlRow, params};

use super::body;
use super::moment::{micros, timestamp};
use crate::domain::article::{ArticleId, PageStamp};
use crate::domain::clean_text::CleanText;
use crate::domain::full_text::{PageText, Refusal};

/// In place of the time of a page that is to be fetched again, since its feed's text changed.
pub(super) const WANTED: i64 = 0;
/// The same once that brought nothing: what it gave before the change is still there.
const GIVEN_UP: i64 = -1;

type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Keeps what an article's page gave, in place of what it gave before; a text that was fit to be read only gives way to another.
pub(super) fn keep(connection: &Connection, id: ArticleId, page: &PageText, at: Timestamp) -> Result<()> {
    let (document, refusal, error) = match page {
        PageText::Good(document) => {
            let mut document = document.clone();
            body::shallow(&mut document);
            (Some(body::pack(&document).map_err(rusqlite::Error::ToSqlConversionFailure)?), None, None)
        }
        PageText::Refused(refusal) => (None, Some(refusal.id()), None),
        PageText::Failed(error) => (None, None, Some(error.as_str())),
    };
    let sql =
        "INSERT INTO page (article, fetched_at, document, refusal, error) SELECT article, ?2, ?3, ?4, ?5 FROM status WHERE article = ?1
        ON CONFLICT (article) DO UPDATE SET fetched_at = excluded.fetched_at, document = excluded.document, refusal = excluded.refusal,
            error = excluded.error WHERE excluded.document IS NOT NULL OR page.document IS NULL";
    if connection.prepare_cached(sql)?.execute(params![id.0, micros(at), document, refusal, error])? == 0 {
        let sql = "UPDATE page SET fetched_at = ?3 WHERE article = ?1 AND fetched_at = ?2";
        connection.prepare_cached(sql)?.execute([id.0, WANTED, GIVEN_UP])?;
    }
    Ok(())
}

/// What the time that is stored of a page says of it.
pub(super) fn stamp(fetched_at: Option<i64>) -> PageStamp {
    match fetched_at {
        None => PageStamp::Never,
        Some(WANTED | GIVEN_UP) => PageStamp::Old,
        Some(at) => PageStamp::At(timestamp(at)),
    }
}

/// What an article's page gave, if it was ever fetched.
pub(super) fn page(connection: &Connection, id: ArticleId) -> Result<Option<PageText>> {
    let sql = "SELECT document, refusal, error FROM page WHERE article = ?1";
    connection.prepare_cached(sql)?.query_row([id.0], to_page).optional()
}

fn to_page(row: &SqlRow<'_>) -> Result<PageText> {
    let unreadable = |error: Trouble| rusqlite::Error::FromSqlConversionFailure(0, Type::Blob, error);
    if let Some(bytes) = row.get_ref(0)?.as_blob_or_null().map_err(|error| unreadable(Box::new(error)))? {
        return Ok(PageText::Good(body::unpack(bytes).map_err(unreadable)?));
    }
    let refusal: Option<String> = row.get(1)?;
    let known = refusal.and_then(|id| Refusal::named(&id));
    let error: Option<String> = row.get(2)?;
    Ok(known.map_or_else(|| PageText::Failed(CleanText::new(&error.unwrap_or_default())), PageText::Refused))
}

/// What a feed said of an article whose page is kept, without its numbers, as it is stored now.
pub(super) fn teaser(connection: &Connection, id: ArticleId) -> Result<Option<String>> {
    let sql = "SELECT title, body.document FROM page JOIN text USING (article) JOIN body USING (article) WHERE article = ?1";
    let to_teaser = |row: &SqlRow<'_>| {
        // one that cannot be read any more is another one
        let text = row.get_ref(1)?.as_blob().ok().and_then(|bytes| body::unpack(bytes).ok());
        let title: String = row.get(0)?;
        Ok(without_numbers(&title, &text.map(|text| body::plain_text(&text)).unwrap_or_default()))
    };
    connection.prepare_cached(sql)?.query_row([id.0], to_teaser).optional()
}

/// The words of a title and a text.
pub(super) fn without_numbers(title: &str, text: &str) -> String {
    let words = title.split_whitespace().chain(text.split_whitespace()).map(|word| word.replace(char::is_numeric, ""));
    words.collect::<Vec<_>>().join(" ")
}

/// Says of a page that it was fetched before its feed's text changed.
pub(super) fn make_old(connection: &Connection, id: ArticleId) -> Result<()> {
    connection.prepare_cached("UPDATE page SET fetched_at = ?2 WHERE article = ?1")?.execute([id.0, WANTED])?;
    Ok(())
}

/// Unread articles of these feeds whose page was never fetched since they changed, newest first, that came since then.
pub(super) fn wanted(connection: &Connection, urls: &[String], since: Timestamp, most: usize) -> Result<Vec<ArticleId>> {
    let sql = "SELECT status.article, sorted_at FROM status JOIN feed USING (feed) JOIN text USING (article)
        WHERE feed.url = ?1 AND is_read = 0 AND arrived_at >= ?2 AND text.url IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM page WHERE page.article = status.article AND fetched_at <> ?4)
        ORDER BY sorted_at DESC LIMIT ?3";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found: Vec<(i64, ArticleId)> = Vec::new();
    for url in urls {
        let rows = statement.query_map(params![url, micros(since), i64::try_from(most).unwrap_or(i64::MAX), WANTED], |row| {
            Ok((row.get(1)?, ArticleId(row.get(0)?)))
        })?;
        found.extend(rows.collect::<Result<Vec<_>>>()?);
    }
    found.sort_by_key(|(sorted_at, _)| std::cmp::Reverse(*sorted_at));
    Ok(found.into_iter().take(most).map(|(_, id)| id).collect())
}
