//! Words to articles, by the full-text index over plain text. What a person types is never SQLite's query language.
//!
//! New articles are put into the index some time after they are saved, always in the order of their numbers: what is behind the
//! highest number of the index is still to come, whoever saved it and however that ended.

use rusqlite::{Connection, Error, OptionalExtension, Result, ffi, params};

use super::body;
use super::list::Place;

/// Words of a search that count; more are ignored.
const WORD_LIMIT: usize = 32;

/// The query for FTS5: every word a quoted prefix, all of them needed. None when there is no word to look for.
pub(super) fn expression(search: &str) -> Option<String> {
    let words = search.split(|c: char| c.is_whitespace() || c.is_control());
    let words = words.filter(|word| word.chars().any(char::is_alphanumeric)).take(WORD_LIMIT);
    let quoted: Vec<String> = words.map(|word| format!("\"{}\"*", word.replace('"', "\"\""))).collect();
    (!quoted.is_empty()).then(|| quoted.join(" "))
}

/// The feed and place of every article that has the words, in no order.
pub(super) fn matches(connection: &Connection, expression: &str) -> Result<Vec<(i64, Place)>> {
    let sql = "SELECT sorted_at, article, is_read, is_starred, feed FROM search JOIN status ON article = search.rowid
        WHERE search MATCH ?1";
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_map([expression], |row| Ok((row.get(4)?, Place::from_row(row)?)))?.collect()
}

/// The number of the last article in the index; 0 when there is none.
fn last(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT rowid FROM search ORDER BY rowid DESC LIMIT 1")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Gives an article other words, unless its turn is still to come.
pub(super) fn replace(connection: &Connection, article: i64, title: &str, body: &str) -> Result<()> {
    if article > last(connection)? {
        return Ok(());
    }
    connection.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([article])?;
    index(connection, article, title, body)
}

/// Whether the words of all articles are in the index.
pub(super) fn is_whole(connection: &Connection) -> Result<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM text WHERE article > ?1)";
    connection.prepare_cached(sql)?.query_row([last(connection)?], |row| row.get(0))
}

/// Puts the next articles into the index, up to so many bytes of text; whether there may be more. To be called in a write
/// transaction.
pub(super) fn index_next(connection: &Connection, enough_bytes: usize) -> Result<bool> {
    let sql = "SELECT article, title, document FROM text LEFT JOIN body USING (article) WHERE article > ?1 ORDER BY article";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([last(connection)?])?;
    let (mut bytes, mut article) = (0, 0);
    while let Some(row) = rows.next()?.filter(|_| bytes < enough_bytes) {
        // A damaged text is found by its title, and holds up no other.
        let document = row.get_ref(2)?.as_blob_or_null()?.and_then(|bytes| body::unpack(bytes).ok()).unwrap_or_default();
        let (title, text) = (row.get_ref(1)?.as_str()?, body::plain_text(&document));
        article = row.get(0)?;
        index(connection, article, title, &text)?;
        bytes += title.len() + text.len();
    }
    // Or the same articles would be taken again and again.
    if last(connection)? < article {
        let reason = "the index of words does not grow".to_string();
        return Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CORRUPT), Some(reason)));
    }
    Ok(bytes >= enough_bytes)
}

fn index(connection: &Connection, article: i64, title: &str, body: &str) -> Result<()> {
    connection.prepare_cached("INSERT INTO search (rowid, title, body) VALUES (?1, ?2, ?3)")?.execute(params![article, title, body])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_becomes_quoted_prefixes() {
        let check = |typed: &str, expected: Option<&str>| assert_eq!(expression(typed).as_deref(), expected, "{typed:?}");
        check("", None);
        check("  \u{0}\" * -- ", None);
        check("fed rate", Some("\"fed\"* \"rate\"*"));
        check("say \"no\"", Some("\"say\"* \"\"\"no\"\"\"*"));
        check("a\0b", Some("\"a\"* \"b\"*"));
        check("NOT title:x", Some("\"NOT\"* \"title:x\"*"));
    }
}
