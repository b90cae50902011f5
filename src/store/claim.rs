//! Which instance asks a feed, and whether its host has room for another request. Called in a write transaction, so that
//! looking and taking are one. What a killed instance claimed is freed by the next one of its machine, or ends by itself.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::health::{self, FeedRecord};
use super::instance;
use super::moment::{micros, timestamp};
use super::pages::WANTED;
use crate::domain::article::ArticleId;

/// A feed that somebody wants to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    pub url: String,
    /// The host that will be asked; none needs no manners.
    pub host: Option<Manners>,
    pub now: Timestamp,
    /// When the claim ends by itself.
    pub until: Timestamp,
}

/// An article's page that somebody wants to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageIntent {
    pub id: ArticleId,
    pub host: Option<Manners>,
    pub now: Timestamp,
    /// When the claim ends by itself.
    pub until: Timestamp,
    /// Whether a person asks for it: then also when it was fetched before, or when this instance has it in hand.
    pub is_by_hand: bool,
}

/// What all instances together keep to at one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manners {
    pub host: String,
    /// Requests at the same time.
    pub at_once: u32,
    /// Between two requests.
    pub pause: SignedDuration,
}

/// What came of wanting to ask a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is to be asked, with what is known of it now.
    Taken(FeedRecord),
    /// What is known of it now says not to.
    NotWanted(FeedRecord),
    /// Another instance asks its host right now, or did a moment ago; or one feed finds out whether it refuses still.
    HostBusy,
}

/// Frees what instances claimed whose process has ended.
pub(super) fn free_those_of_the_gone(connection: &Connection, now: Timestamp) -> Result<()> {
    let sql = "SELECT claimed_by FROM feed WHERE claimed_until > ?1 UNION SELECT claimed_by FROM page_claim WHERE claimed_until > ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let claimers: Vec<Option<i64>> = statement.query_map([micros(now)], |row| row.get(0))?.collect::<Result<_>>()?;
    for gone in claimers.into_iter().flatten().filter(|claimer| instance::is_gone(*claimer)) {
        connection.prepare_cached("UPDATE feed SET claimed_until = NULL WHERE claimed_by = ?1")?.execute([gone])?;
        connection.prepare_cached("DELETE FROM page_claim WHERE claimed_by = ?1")?.execute([gone])?;
    }
    Ok(())
}

/// `claimer` is the instance that claims.
pub(super) fn claim(connection: &Connection, claimer: i64, intent: &Intent, is_wanted: impl FnOnce(&FeedRecord) -> bool) -> Result<Claim> {
    let Intent { url, now, until, .. } = intent;
    let host = intent.host.as_ref().map(|manners| manners.host.as_str());
    let mut record = health::record(connection, url)?;
    record.quiet_until = record.quiet_until.max(host_quiet_until(connection, host)?);
    if !is_wanted(&record) {
        keep_quiet(connection, &record, host)?;
        return Ok(Claim::NotWanted(record));
    }
    if let Some(manners) = &intent.host
        && (is_probed(connection, manners, *now)? || is_busy(connection, claimer, manners, *now)?)
    {
        return Ok(Claim::HostBusy);
    }
    probe(connection, host, *now, *until)?;
    let feed = health::number(connection, url)?;
    let sql = "UPDATE feed SET claimed_until = ?2, claimed_by = ?3, asked_host = ?4 WHERE feed = ?1";
    connection.prepare_cached(sql)?.execute(params![feed, micros(*until), claimer, host])?;
    Ok(Claim::Taken(record))
}

/// Whether other instances leave no room at the host now. What this one does there itself it knows better than the store,
/// where a request lasts until its answer is kept.
fn is_busy(connection: &Connection, claimer: i64, manners: &Manners, now: Timestamp) -> Result<bool> {
    if !is_crowded(connection, claimer, manners, now)? {
        return is_too_soon(connection, claimer, manners, now);
    }
    // they may have been killed since somebody looked last
    free_those_of_the_gone(connection, now)?;
    Ok(is_crowded(connection, claimer, manners, now)? || is_too_soon(connection, claimer, manners, now)?)
}

/// Whether others are at the host, and as many as may be.
fn is_crowded(connection: &Connection, claimer: i64, manners: &Manners, now: Timestamp) -> Result<bool> {
    let count = |sql: &str| -> Result<(u32, u32)> {
        let mut statement = connection.prepare_cached(sql)?;
        statement.query_row(params![manners.host, micros(now), claimer], |row| Ok((row.get(0)?, row.get(1)?)))
    };
    let (feeds, of_others) =
        count("SELECT count(*), count(*) FILTER (WHERE claimed_by <> ?3) FROM feed WHERE asked_host = ?1 AND claimed_until > ?2")?;
    let (pages, pages_of_others) =
        count("SELECT count(*), count(*) FILTER (WHERE claimed_by <> ?3) FROM page_claim WHERE host = ?1 AND claimed_until > ?2")?;
    Ok(of_others.saturating_add(pages_of_others) > 0 && feeds.saturating_add(pages) >= manners.at_once)
}

/// Whether another instance was at the host less than a pause ago.
fn is_too_soon(connection: &Connection, claimer: i64, manners: &Manners, now: Timestamp) -> Result<bool> {
    let sql = "SELECT max(max(coalesce(last_answer, 0), coalesce(last_error, 0))) FROM feed WHERE asked_host = ?1 AND claimed_by <> ?2";
    let last: Option<i64> = connection.prepare_cached(sql)?.query_row(params![manners.host, claimer], |row| row.get(0))?;
    // A moment in the future is of a clock that was wrong.
    let since = last.map(|last| now.duration_since(timestamp(last))).filter(|since| !since.is_negative());
    Ok(since.is_some_and(|since| since < manners.pause))
}

/// Takes the page of an article in hand, unless somebody has it, or it was fetched, or other instances leave no room at its host.
pub(super) fn claim_page(connection: &Connection, claimer: i64, intent: &PageIntent) -> Result<bool> {
    let PageIntent { id, host, now, until, is_by_hand } = intent;
    if let Some(manners) = host
        && is_busy(connection, claimer, manners, *now)?
    {
        return Ok(false);
    }
    let sql = "INSERT INTO page_claim (article, host, claimed_until, claimed_by) SELECT article, ?2, ?3, ?4 FROM status
        WHERE article = ?1 AND (?7 OR NOT EXISTS (SELECT 1 FROM page WHERE page.article = ?1 AND fetched_at <> ?6))
        ON CONFLICT (article) DO UPDATE SET host = excluded.host, claimed_until = excluded.claimed_until,
        claimed_by = excluded.claimed_by WHERE page_claim.claimed_until <= ?5
        OR (?7 AND page_claim.claimed_by = ?4)";
    let host = host.as_ref().map(|manners| &manners.host);
    let values = params![id.0, host, micros(*until), claimer, micros(*now), WANTED, is_by_hand];
    Ok(connection.prepare_cached(sql)?.execute(values)? == 1)
}

pub(super) fn release_page(connection: &Connection, claimer: i64, id: ArticleId) -> Result<()> {
    let sql = "DELETE FROM page_claim WHERE article = ?1 AND claimed_by = ?2";
    connection.prepare_cached(sql)?.execute([id.0, claimer]).map(drop)
}

pub(super) fn release(connection: &Connection, url: &str, until: Timestamp) -> Result<()> {
    let sql = "UPDATE feed SET claimed_until = NULL WHERE url = ?1 AND claimed_until = ?2";
    connection.prepare_cached(sql)?.execute(params![url, micros(until)])?;
    Ok(())
}

/// Until when a host wants to be left alone, if it said so.
pub(super) fn host_quiet_until(connection: &Connection, host: Option<&str>) -> Result<Option<Timestamp>> {
    let sql = "SELECT quiet_until FROM quiet_host WHERE host = ?1";
    let until = connection.prepare_cached(sql)?.query_row([host], |row| row.get(0)).optional()?;
    Ok(until.map(timestamp))
}

/// Of a host that refused, one feed finds out whether it does so still.
fn probe(connection: &Connection, host: Option<&str>, now: Timestamp, until: Timestamp) -> Result<()> {
    let sql = "UPDATE quiet_host SET probe_until = ?3 WHERE host = ?1 AND quiet_until <= ?2";
    connection.prepare_cached(sql)?.execute(params![host, micros(now), micros(until)])?;
    Ok(())
}

/// Whether a feed is finding out just now, which the others wait for.
fn is_probed(connection: &Connection, manners: &Manners, now: Timestamp) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM quiet_host, feed WHERE host = ?1 AND probe_until > ?2 AND asked_host = host
        AND claimed_until > ?2)";
    connection.prepare_cached(sql)?.query_row(params![manners.host, micros(now)], |row| row.get(0))
}

/// Health tells of the host's wish as the feed's next try: also of one that comes to be known only after this.
fn keep_quiet(connection: &Connection, record: &FeedRecord, host: Option<&str>) -> Result<()> {
    let feed = health::number(connection, &record.url)?;
    let sql = "UPDATE feed SET asked_host = ?2 WHERE feed = ?1 AND asked_host IS NOT ?2";
    connection.prepare_cached(sql)?.execute(params![feed, host])?;
    let sql = "UPDATE feed SET next_try = ?2 WHERE feed = ?1 AND is_gone = 0 AND (next_try IS NULL OR next_try < ?2)";
    if let Some(until) = record.quiet_until {
        connection.prepare_cached(sql)?.execute([feed, micros(until)])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a process that has ended is needed")]
    fn who_waits_for_a_host_goes_on_when_the_process_that_is_there_has_ended() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(Store::open(&folder.path().join(crate::store::FILE_NAME)).expect("a store"));
        let connection = Connection::open(folder.path().join(crate::store::FILE_NAME)).expect("opens");
        let now: Timestamp = "2026-11-22T08:00:00Z".parse().expect("a moment");
        let host = Some(Manners { host: "a.example".into(), at_once: 1, pause: SignedDuration::ZERO });
        let claim_of = |claimer: i64, url: &str| {
            let until = now.checked_add(SignedDuration::from_mins(3)).expect("a moment");
            claim(&connection, claimer, &Intent { url: url.into(), host: host.clone(), now, until }, |_| true).expect("asked")
        };
        let mut child = std::process::Command::new("true").spawn().expect("a process");
        let (here, there) = (instance::number(1), instance::of_process(i64::from(child.id()), 2));
        assert!(matches!(claim_of(there, "https://a.example/1"), Claim::Taken(_)));
        assert_eq!(claim_of(here, "https://a.example/2"), Claim::HostBusy);
        child.wait().expect("its end");
        assert!(matches!(claim_of(here, "https://a.example/2"), Claim::Taken(_)));
    }
}
