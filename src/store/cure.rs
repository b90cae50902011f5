//! Keeps the way of asking that a person accepted for a feed, and takes it back.

use jiff::Timestamp;
use rusqlite::{Connection, Result, params};

use super::health;
use super::moment::micros;
use crate::domain::feed::Way;

/// From now on the feed is asked in this way, or as its settings say when there is none. What its server said of another
/// way (validators, waits, failures, that it is gone) counts no more, and it is due at once.
pub(super) fn keep(connection: &Connection, url: &str, way: Option<&Way>, at: Timestamp) -> Result<()> {
    let sql =
        "UPDATE feed SET address = ?2, is_http1 = ?3, is_plain = ?4, accepted_at = ?5, moved_at = ?6, moving_to = NULL, lapsed = NULL,
        etag = NULL, last_modified = NULL, failures_in_a_row = 0, trouble = NULL, is_gone = 0, quiet_until = NULL, last_answer = NULL, next_try = ?7 WHERE feed = ?1";
    let feed = health::number(connection, url)?;
    let (default, now) = (Way::default(), micros(at));
    let accepted = way.unwrap_or(&default);
    let moved_at = accepted.address.as_ref().map(|_| now);
    connection.prepare_cached(sql)?.execute(params![
        feed,
        accepted.address,
        accepted.is_http1,
        accepted.is_plain,
        way.map(|_| now),
        moved_at,
        now
    ])?;
    Ok(())
}
