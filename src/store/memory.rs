//! Small state of the screen, such as the tab that was open: texts by name.

use rusqlite::{Connection, OptionalExtension, Result};

pub(super) fn recall(connection: &Connection, key: &str) -> Result<Option<String>> {
    connection.prepare_cached("SELECT value FROM memory WHERE key = ?1")?.query_row([key], |row| row.get(0)).optional()
}

pub(super) fn remember(connection: &Connection, key: &str, value: &str) -> Result<()> {
    let sql = "INSERT INTO memory (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    connection.prepare_cached(sql)?.execute([key, value])?;
    Ok(())
}
