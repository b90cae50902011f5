//! Words to articles, by the full-text index over plain text. What a person types is never SQLite's query language.

use rusqlite::{Connection, Result, params};

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

/// Takes an article out of the index, if it is there.
pub(super) fn forget(connection: &Connection, article: i64) -> Result<()> {
    connection.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([article])?;
    Ok(())
}

/// Puts an article into the index that is not there.
pub(super) fn index(connection: &Connection, article: i64, title: &str, body: &str) -> Result<()> {
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
