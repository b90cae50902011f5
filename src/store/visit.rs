//! Keeps how a feed was reached, together with what came of it. Each ends the claim on the feed.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::moment::{micros, timestamp};
use crate::domain::cure::Trouble;
use crate::domain::feed::{Hints, Way};
use crate::domain::schedule;

/// How a feed was reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// Of the document, when one came.
    pub hints: Option<Hints>,
    /// How long the server says that a good answer stays new.
    pub max_age: Option<SignedDuration>,
    pub way: Way,
    /// Since when a person had wanted it asked as it was asked. One who changed that meanwhile is not overruled.
    pub accepted_before: Option<Timestamp>,
    /// Bytes of the document, when one came.
    pub bytes: Option<usize>,
    /// The host that answered; `None` when nobody did.
    pub host: Option<String>,
    /// Whether the server said that the feed is gone for good.
    pub is_gone: bool,
    /// How long the server asks us to stay away.
    pub retry_after: Option<SignedDuration>,
    /// What is wrong, when it failed.
    pub trouble: Option<Trouble>,
    /// Whether the host said "too many requests".
    pub is_refusal: bool,
}

/// A claim that lapsed may be another instance's by now.
const KEEP: &str = "UPDATE feed SET claimed_until = CASE WHEN claimed_by = ?7 THEN NULL ELSE claimed_until END, 
    last_answer = coalesce(?2, last_answer), quiet_until = ?3, is_gone = ?4, bytes = coalesce(?5, bytes), trouble = ?6 WHERE url = ?1";
const KEEP_WAY: &str = "UPDATE feed SET address = ?2, moving_to = ?3, is_http1 = ?4, is_plain = ?5, moved_at = ?6, accepted_at = ?7,
    lapsed = ?8 WHERE url = ?1 AND (address IS NOT ?2 OR moving_to IS NOT ?3 OR is_http1 <> ?4 OR is_plain <> ?5
    OR moved_at IS NOT ?6 OR accepted_at IS NOT ?7 OR lapsed IS NOT ?8)";
/// Whether the way is still the one that was begun with: a person may have taken another meanwhile.
const IS_SAME_WAY: &str = "SELECT accepted_at IS ?2 FROM feed WHERE url = ?1";
const KEEP_MAX_AGE: &str = "UPDATE feed SET max_age = ?2 WHERE url = ?1 AND max_age IS NOT ?2";
const KEEP_HINTS: &str = "UPDATE feed SET ask_every = ?2, skip_hours = ?3, skip_days = ?4
    WHERE url = ?1 AND (ask_every IS NOT ?2 OR skip_hours <> ?3 OR skip_days <> ?4)";

/// `claimer` is the instance that asked.
pub(super) fn keep_success(connection: &Connection, claimer: i64, url: &str, at: Timestamp, visit: &Visit) -> Result<()> {
    keep(connection, claimer, url, at, None, visit)?;
    connection.prepare_cached(KEEP_MAX_AGE)?.execute(params![url, visit.max_age.map(|max_age| max_age.as_secs())])?;
    if let Some(Hints { every, skip_hours, skip_days }) = visit.hints {
        let every = every.map(|every| every.as_secs());
        connection.prepare_cached(KEEP_HINTS)?.execute(params![url, every, skip_hours, skip_days])?;
    }
    if let Some(host) = &visit.host {
        // Sooner, it is one feed that was asked all the same: of the others the host said what it said.
        let sql = "DELETE FROM quiet_host WHERE host = ?1 AND quiet_until <= ?2";
        connection.prepare_cached(sql)?.execute(params![host, micros(at)])?;
    }
    Ok(())
}

/// Gives when the feed is asked again, if ever.
pub(super) fn keep_failure(
    connection: &Connection,
    claimer: i64,
    url: &str,
    at: Timestamp,
    next_try: Timestamp,
    visit: &Visit,
) -> Result<Option<Timestamp>> {
    let wish = visit.retry_after.map(|wait| schedule::after_wish(at, wait));
    keep(connection, claimer, url, at, wish, visit)?;
    let refused = match &visit.host {
        Some(host) if visit.is_refusal => Some(keep_refusal(connection, host, at, visit.retry_after)?),
        _ => None,
    };
    let next_try = if visit.is_gone { None } else { Some(refused.map_or(next_try, |until| until.max(next_try))) };
    connection.prepare_cached("UPDATE feed SET next_try = ?2 WHERE url = ?1")?.execute(params![url, next_try.map(micros)])?;
    Ok(next_try)
}

fn keep(connection: &Connection, claimer: i64, url: &str, at: Timestamp, quiet_until: Option<Timestamp>, visit: &Visit) -> Result<()> {
    let Visit { way, host, is_gone, .. } = visit;
    connection.prepare_cached(KEEP)?.execute(params![
        url,
        host.as_ref().map(|_| micros(at)),
        quiet_until.map(micros),
        is_gone,
        visit.bytes.map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX)),
        visit.trouble.map(Trouble::word),
        claimer,
    ])?;
    let accepted_before = visit.accepted_before.map(micros);
    let is_same: Option<bool> =
        connection.prepare_cached(IS_SAME_WAY)?.query_row(params![url, accepted_before], |row| row.get(0)).optional()?;
    let is_kept = is_same.unwrap_or(false);
    if is_kept {
        keep_way(connection, url, way)?;
    }
    // What one address said of its document says nothing of another's.
    if !is_kept || visit.accepted_before.is_some() && way.accepted_at.is_none() {
        connection.prepare_cached("UPDATE feed SET etag = NULL, last_modified = NULL WHERE url = ?1")?.execute([url])?;
    }
    Ok(())
}

fn keep_way(connection: &Connection, url: &str, way: &Way) -> Result<()> {
    let (moved_at, accepted_at) = (way.moved_at.map(micros), way.accepted_at.map(micros));
    let values = params![url, way.address, way.moving_to, way.is_http1, way.is_plain, moved_at, accepted_at, way.lapsed];
    connection.prepare_cached(KEEP_WAY)?.execute(values)?;
    Ok(())
}

/// Refusals of requests that were under way together count once.
pub(super) fn keep_refusal(connection: &Connection, host: &str, at: Timestamp, retry_after: Option<SignedDuration>) -> Result<Timestamp> {
    let mut known = connection.prepare_cached("SELECT quiet_until, refusals FROM quiet_host WHERE host = ?1")?;
    let known = known.query_row([host], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?))).optional()?;
    if let Some((until, _)) = known.filter(|(until, _)| timestamp(*until) > at) {
        return Ok(timestamp(until));
    }
    let refusals = known.map_or(0, |(_, refusals)| refusals).saturating_add(1);
    let until = schedule::after_refusal(at, refusals, retry_after, host);
    let sql = "INSERT INTO quiet_host (host, quiet_until, refusals) VALUES (?1, ?2, ?3)
        ON CONFLICT (host) DO UPDATE SET quiet_until = excluded.quiet_until, refusals = excluded.refusals, probe_until = NULL";
    connection.prepare_cached(sql)?.execute(params![host, micros(until), refusals])?;
    Ok(until)
}
