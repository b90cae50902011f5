//! What a person does to statuses, and undoing it. Each act is one transaction with its own record, so that undo and redo
//! work across restarts and processes, and restore exactly what was.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::moment::micros;
use crate::domain::article::ArticleId;
use crate::domain::status::{Mark, Status};

/// Acts that can be undone; older ones are forgotten.
const ACT_LIMIT: i64 = 500;

/// What a mark changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// Those whose status is another than before, in the order asked.
    pub changed: Vec<ArticleId>,
}

/// What undo or redo changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The label that the act was given.
    pub label: String,
    /// The articles of the act, oldest in the store first.
    pub ids: Vec<ArticleId>,
}

/// Marks these articles; those that have that status already, or are not stored, are left alone.
/// Whatever was undone before can no longer be redone.
pub(super) fn mark(connection: &Connection, ids: &[ArticleId], mark: Mark, label: &str, at: Timestamp) -> Result<Marked> {
    let mut act = None;
    let mut changed = Vec::new();
    for id in ids {
        let Some(before) = status(connection, *id)? else { continue };
        let after = mark.apply(before);
        if after == before {
            continue;
        }
        let act = match act {
            Some(act) => act,
            None => *act.insert(begin(connection, label, at)?),
        };
        set(connection, *id, after, at)?;
        record(connection, act, *id, before, after)?;
        changed.push(*id);
    }
    Ok(Marked { changed })
}

/// Takes back the last act that still stands.
pub(super) fn undo(connection: &Connection, at: Timestamp) -> Result<Option<Undone>> {
    let last = "SELECT act, label FROM act WHERE undone_at IS NULL ORDER BY act DESC LIMIT 1";
    let statuses = "SELECT article, was_read, was_starred FROM act_change WHERE act = ?1 ORDER BY article";
    replay(connection, last, statuses, Some(at), at)
}

/// Does again what was undone last.
pub(super) fn redo(connection: &Connection, at: Timestamp) -> Result<Option<Undone>> {
    let next = "SELECT act, label FROM act WHERE undone_at IS NOT NULL ORDER BY act LIMIT 1";
    let statuses = "SELECT article, is_read, is_starred FROM act_change WHERE act = ?1 ORDER BY article";
    replay(connection, next, statuses, None, at)
}

fn replay(connection: &Connection, which: &str, statuses: &str, undone_at: Option<Timestamp>, at: Timestamp) -> Result<Option<Undone>> {
    let found = connection.prepare_cached(which)?.query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?))).optional()?;
    let Some((act, label)) = found else { return Ok(None) };
    let mut statement = connection.prepare_cached(statuses)?;
    let to_status = |row: &rusqlite::Row<'_>| Ok((ArticleId(row.get(0)?), Status { is_read: row.get(1)?, is_starred: row.get(2)? }));
    let changes = statement.query_map([act], to_status)?.collect::<Result<Vec<_>>>()?;
    for (id, status) in &changes {
        set(connection, *id, *status, at)?;
    }
    connection.prepare_cached("UPDATE act SET undone_at = ?2 WHERE act = ?1")?.execute(params![act, undone_at.map(micros)])?;
    Ok(Some(Undone { label, ids: changes.into_iter().map(|(id, _)| id).collect() }))
}

fn status(connection: &Connection, id: ArticleId) -> Result<Option<Status>> {
    let mut statement = connection.prepare_cached("SELECT is_read, is_starred FROM status WHERE article = ?1")?;
    statement.query_row([id.0], |row| Ok(Status { is_read: row.get(0)?, is_starred: row.get(1)? })).optional()
}

fn set(connection: &Connection, id: ArticleId, status: Status, at: Timestamp) -> Result<()> {
    let sql = "UPDATE status SET is_read = ?2, is_starred = ?3, marked_at = ?4 WHERE article = ?1";
    connection.prepare_cached(sql)?.execute(params![id.0, status.is_read, status.is_starred, micros(at)])?;
    Ok(())
}

fn begin(connection: &Connection, label: &str, at: Timestamp) -> Result<i64> {
    connection.prepare_cached("DELETE FROM act WHERE undone_at IS NOT NULL")?.execute([])?;
    connection.prepare_cached("INSERT INTO act (label, done_at) VALUES (?1, ?2)")?.execute(params![label, micros(at)])?;
    let act = connection.last_insert_rowid();
    connection.prepare_cached("DELETE FROM act WHERE act <= ?1")?.execute([act - ACT_LIMIT])?;
    Ok(act)
}

fn record(connection: &Connection, act: i64, id: ArticleId, before: Status, after: Status) -> Result<()> {
    let sql = "INSERT INTO act_change (act, article, was_read, was_starred, is_read, is_starred) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let params = params![act, id.0, before.is_read, before.is_starred, after.is_read, after.is_starred];
    connection.prepare_cached(sql)?.execute(params)?;
    Ok(())
}
