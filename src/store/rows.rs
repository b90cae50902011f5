//! What a list shows of an article, and a whole article for reading.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Result, Row as SqlRow};
use serde::de::DeserializeOwned;

use super::body;
use super::moment::timestamp;
use super::pages;
use crate::domain::article::{Article, ArticleId, Row, Stamp};
use crate::domain::clean_text::CleanText;
use crate::domain::document::Document;
use crate::domain::status::Status;
use crate::domain::tracking;

const ROW: &str =
    "SELECT article, feed.url, feed.title, text.title, text.url, authors, published, updated, sorted_at, is_read, is_starred, is_changed,
        versions, page.fetched_at
    FROM status JOIN text USING (article) JOIN feed USING (feed) LEFT JOIN page USING (article) WHERE article = ?1";
const REST: &str = "SELECT authors, categories, enclosures, comments_url, document
    FROM text LEFT JOIN body USING (article) WHERE article = ?1";

/// The rows of these articles, in the order asked; those that are not stored are left out.
pub(super) fn rows(connection: &Connection, ids: &[ArticleId]) -> Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(ROW)?;
    ids.iter().filter_map(|id| statement.query_row([id.0], to_row).optional().transpose()).collect()
}

/// A whole article, or none when it is not stored.
pub(super) fn article(connection: &Connection, id: ArticleId) -> Result<Option<Article>> {
    let Some(row) = connection.prepare_cached(ROW)?.query_row([id.0], to_row).optional()? else { return Ok(None) };
    let mut statement = connection.prepare_cached(REST)?;
    let article = statement.query_row([id.0], |rest| to_article(row, rest)).optional()?;
    article.map(|article| Ok(Article { page: pages::page(connection, id)?, ..article })).transpose()
}

pub(super) fn to_row(row: &SqlRow<'_>) -> Result<Row> {
    let authors: Vec<CleanText> = json(row, 5)?;
    Ok(Row {
        id: ArticleId(row.get(0)?),
        feed_url: row.get(1)?,
        feed_title: row.get::<_, Option<String>>(2)?.map(CleanText::from),
        title: CleanText::from(row.get::<_, String>(3)?),
        // the store keeps the address by which the article is known
        url: row.get::<_, Option<String>>(4)?.map(tracking::without),
        author: (!authors.is_empty()).then(|| CleanText::from(authors.iter().map(CleanText::as_str).collect::<Vec<_>>().join(", "))),
        published: row.get::<_, Option<i64>>(6)?.map(timestamp),
        updated: row.get::<_, Option<i64>>(7)?.map(timestamp),
        sorted_at: timestamp(row.get(8)?),
        status: Status { is_read: row.get(9)?, is_starred: row.get(10)? },
        is_changed: row.get(11)?,
        stamp: Stamp { feed: row.get(12)?, page: pages::stamp(row.get(13)?) },
    })
}

fn to_article(row: Row, rest: &SqlRow<'_>) -> Result<Article> {
    let document = match rest.get_ref(4)?.as_blob_or_null().map_err(|error| unreadable(4, Box::new(error)))? {
        Some(bytes) => body::unpack(bytes).map_err(|error| unreadable(4, error))?,
        None => Document::default(),
    };
    Ok(Article {
        row,
        authors: json(rest, 0)?,
        categories: json(rest, 1)?,
        enclosures: json(rest, 2)?,
        comments_url: rest.get::<_, Option<String>>(3)?.map(tracking::without),
        document,
        page: None,
    })
}

pub(super) fn json<T: DeserializeOwned>(row: &SqlRow<'_>, column: usize) -> Result<T> {
    let text = row.get_ref(column)?.as_str().map_err(|error| unreadable(column, Box::new(error)))?;
    serde_json::from_str(text).map_err(|error| unreadable(column, Box::new(error)))
}

pub(super) fn unreadable(column: usize, error: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, error)
}
