//! Which process asks a feed. Called in a write transaction, so that looking and taking are one.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::health::{self, FeedRecord};
use super::moment::{micros, timestamp};

/// What came of wanting to ask a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is to be asked, with what is known of it now.
    Taken(FeedRecord),
    /// What is known of it now says not to.
    NotWanted(FeedRecord),
}

pub(super) fn claim(
    connection: &Connection,
    url: &str,
    host: Option<&str>,
    now: Timestamp,
    until: Timestamp,
    is_wanted: impl FnOnce(&FeedRecord) -> bool,
) -> Result<Claim> {
    let mut record = health::record(connection, url)?;
    record.quiet_until = record.quiet_until.max(host_quiet_until(connection, host)?);
    if !is_wanted(&record) {
        keep_quiet(connection, &record)?;
        return Ok(Claim::NotWanted(record));
    }
    probe(connection, host, now, until)?;
    let feed = health::number(connection, url)?;
    connection.prepare_cached("UPDATE feed SET claimed_until = ?2 WHERE feed = ?1")?.execute([feed, micros(until)])?;
    Ok(Claim::Taken(record))
}

pub(super) fn release(connection: &Connection, url: &str, until: Timestamp) -> Result<()> {
    let sql = "UPDATE feed SET claimed_until = NULL WHERE url = ?1 AND claimed_until = ?2";
    connection.prepare_cached(sql)?.execute(params![url, micros(until)])?;
    Ok(())
}

fn host_quiet_until(connection: &Connection, host: Option<&str>) -> Result<Option<Timestamp>> {
    let sql = "SELECT max(quiet_until, coalesce(probe_until, quiet_until)) FROM quiet_host WHERE host = ?1";
    let until = connection.prepare_cached(sql)?.query_row([host], |row| row.get(0)).optional()?;
    Ok(until.map(timestamp))
}

/// Of a host that refused, one feed finds out whether it does so still.
fn probe(connection: &Connection, host: Option<&str>, now: Timestamp, until: Timestamp) -> Result<()> {
    let sql = "UPDATE quiet_host SET probe_until = ?3 WHERE host = ?1 AND quiet_until <= ?2";
    connection.prepare_cached(sql)?.execute(params![host, micros(now), micros(until)])?;
    Ok(())
}

/// Health tells of the host's wish as the feed's next try.
fn keep_quiet(connection: &Connection, record: &FeedRecord) -> Result<()> {
    let sql = "UPDATE feed SET next_try = ?2 WHERE feed = ?1 AND is_gone = 0 AND (next_try IS NULL OR next_try < ?2)";
    if let Some(until) = record.quiet_until {
        let feed = health::number(connection, &record.url)?;
        connection.prepare_cached(sql)?.execute([feed, micros(until)])?;
    }
    Ok(())
}
