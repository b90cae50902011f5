//! How each feed is doing: what its server last said, and whether it has fallen silent.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::moment::{micros, timestamp};
use super::rows::json;
use crate::domain::clean_text::CleanText;
use crate::domain::feed::{FeedHealth, FeedState, Hints, Validators, Way};

/// The newest articles whose gaps tell how often a feed brings something.
const GAPS_OF: i64 = 30;
/// Fewer articles than this do not tell what is usual.
const FEWEST_ARTICLES: usize = 3;
/// A feed is silent when nothing came for this many times its median gap, …
const SILENT_GAPS: i64 = 3;
/// … and for at least this long.
const SILENT_AT_LEAST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The page of each feed that has said what its page is, by the feed's address.
pub(super) fn home_urls(connection: &Connection) -> Result<HashMap<String, String>> {
    let mut statement = connection.prepare_cached("SELECT url, home_url FROM feed WHERE home_url IS NOT NULL")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// What is needed to ask a feed again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedRecord {
    pub url: String,
    pub validators: Validators,
    pub next_try: Option<Timestamp>,
    pub failures_in_a_row: u32,
    pub last_success: Option<Timestamp>,
    /// Where its newest article stands in a list.
    pub newest: Option<Timestamp>,
    /// When its server last said anything at all, good or bad.
    pub last_answer: Option<Timestamp>,
    /// Until when its server, or a server of its host, asked to be left alone.
    pub quiet_until: Option<Timestamp>,
    /// Until when another process has it in hand; a claim that was never given back ends by itself.
    pub claimed_until: Option<Timestamp>,
    /// Whether its server said that it is gone for good.
    pub is_gone: bool,
    /// What its last document said of when to ask.
    pub hints: Hints,
    pub way: Way,
}

const RECORD: &str = "SELECT etag, last_modified, next_try, failures_in_a_row, last_success,
    (SELECT max(sorted_at) FROM status WHERE status.feed = feed.feed), last_answer, quiet_until, claimed_until, is_gone,
    ask_every, skip_hours, skip_days, address, moving_to, is_http1 FROM feed WHERE url = ?1";
const HEALTH: &str = "SELECT title, last_success, last_error, http_status, error, next_try, failures_in_a_row, articles,
    unread, notes, feed,
    last_answer, is_gone, address, moving_to, is_http1, bytes FROM feed WHERE url = ?1";
const NEWEST: &str = "SELECT sorted_at FROM status INDEXED BY status_newest WHERE feed = ?1 ORDER BY sorted_at DESC LIMIT ?2";

/// One record for each address, in order.
pub(super) fn records(connection: &Connection, urls: &[String]) -> Result<Vec<FeedRecord>> {
    urls.iter().map(|url| record(connection, url)).collect()
}

pub(super) fn record(connection: &Connection, url: &str) -> Result<FeedRecord> {
    let known = connection.prepare_cached(RECORD)?.query_row([url], |row| to_record(url, row)).optional()?;
    Ok(known.unwrap_or_else(|| FeedRecord { url: url.to_string(), ..FeedRecord::default() }))
}

fn to_record(url: &str, row: &Row<'_>) -> Result<FeedRecord> {
    Ok(FeedRecord {
        url: url.to_string(),
        validators: Validators { etag: row.get(0)?, last_modified: row.get(1)? },
        next_try: moment(row, 2)?,
        failures_in_a_row: row.get(3)?,
        last_success: moment(row, 4)?,
        newest: moment(row, 5)?,
        last_answer: moment(row, 6)?,
        quiet_until: moment(row, 7)?,
        claimed_until: moment(row, 8)?,
        is_gone: row.get(9)?,
        hints: Hints {
            every: row.get::<_, Option<i64>>(10)?.map(SignedDuration::from_secs),
            skip_hours: row.get(11)?,
            skip_days: row.get(12)?,
        },
        way: Way { address: row.get(13)?, moving_to: row.get(14)?, is_http1: row.get(15)? },
    })
}

/// The health of each address, in order; of all feeds in the order in which they were first stored.
pub(super) fn feeds(connection: &Connection, urls: Option<&[String]>) -> Result<Vec<FeedHealth>> {
    let Some(urls) = urls else {
        let all: Vec<String> =
            connection.prepare_cached("SELECT url FROM feed ORDER BY feed")?.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
        return feeds(connection, Some(&all));
    };
    let mut statement = connection.prepare_cached(HEALTH)?;
    let mut health =
        |url: &String| Ok(statement.query_row([url], |row| to_health(connection, url, row)).optional()?.unwrap_or_else(|| never(url)));
    urls.iter().map(&mut health).collect()
}

fn to_health(connection: &Connection, url: &str, row: &Row<'_>) -> Result<FeedHealth> {
    let newest: Vec<i64> =
        connection.prepare_cached(NEWEST)?.query_map(params![row.get::<_, i64>(10)?, GAPS_OF], |row| row.get(0))?.collect::<Result<_>>()?;
    let last_success = moment(row, 1)?;
    let mut health = FeedHealth {
        title: row.get::<_, Option<String>>(0)?.map(CleanText::from),
        last_success,
        last_error: moment(row, 2)?,
        http_status: row.get(3)?,
        error: row.get(4)?,
        next_try: moment(row, 5)?,
        failures_in_a_row: row.get(6)?,
        articles: row.get::<_, i64>(7)?.cast_unsigned(),
        unread: row.get::<_, i64>(8)?.cast_unsigned(),
        notes: json(row, 9)?,
        newest: newest.first().copied().map(timestamp),
        last_answer: moment(row, 11)?,
        is_gone: row.get(12)?,
        way: Way { address: row.get(13)?, moving_to: row.get(14)?, is_http1: row.get(15)? },
        bytes: row.get::<_, Option<i64>>(16)?.map(i64::cast_unsigned),
        ..never(url)
    };
    health.state = state(&health, last_success.is_some_and(|asked| is_silent(&newest, asked)));
    Ok(health)
}

fn never(url: &str) -> FeedHealth {
    FeedHealth {
        url: url.to_string(),
        title: None,
        state: FeedState::Never,
        last_success: None,
        last_error: None,
        http_status: None,
        error: None,
        next_try: None,
        failures_in_a_row: 0,
        newest: None,
        articles: 0,
        unread: 0,
        notes: Vec::new(),
        last_answer: None,
        is_gone: false,
        way: Way::default(),
        bytes: None,
    }
}

fn state(health: &FeedHealth, is_silent: bool) -> FeedState {
    match health {
        FeedHealth { failures_in_a_row: 1.., .. } => FeedState::Failing,
        FeedHealth { last_success: None, .. } => FeedState::Never,
        _ if is_silent => FeedState::Silent,
        _ => FeedState::Ok,
    }
}

/// Whether nothing has come for three times the feed's own median gap and at least a week, when it was last asked.
/// `newest` are the places of its newest articles, newest first.
fn is_silent(newest: &[i64], asked: Timestamp) -> bool {
    if newest.len() < FEWEST_ARTICLES {
        return false;
    }
    let mut gaps: Vec<i64> = newest.windows(2).map(|pair| pair[0] - pair[1]).collect();
    gaps.sort_unstable();
    let usual = gaps[gaps.len() / 2].saturating_mul(SILENT_GAPS);
    let at_least = i64::try_from(SILENT_AT_LEAST.as_micros()).unwrap_or(i64::MAX);
    micros(asked).saturating_sub(newest[0]) > usual.max(at_least)
}

fn moment(row: &Row<'_>, column: usize) -> Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(timestamp))
}

/// The feed's number; a feed that was never stored is from now on.
pub(super) fn number(connection: &Connection, url: &str) -> Result<i64> {
    connection.prepare_cached("INSERT INTO feed (url) VALUES (?1) ON CONFLICT (url) DO NOTHING")?.execute([url])?;
    connection.prepare_cached("SELECT feed FROM feed WHERE url = ?1")?.query_row([url], |row| row.get(0))
}

pub(super) fn unchanged(
    connection: &Connection,
    url: &str,
    validators: &Validators,
    http_status: Option<u16>,
    at: Timestamp,
    next_try: Timestamp,
) -> Result<()> {
    let sql = "UPDATE feed SET etag = coalesce(?2, etag), last_modified = coalesce(?3, last_modified), http_status = ?4,
        last_success = ?5, next_try = ?6, error = NULL, failures_in_a_row = 0 WHERE feed = ?1";
    let Validators { etag, last_modified } = validators;
    let feed = number(connection, url)?;
    connection.prepare_cached(sql)?.execute(params![feed, etag, last_modified, http_status, micros(at), micros(next_try)])?;
    Ok(())
}

pub(super) fn failed(
    connection: &Connection,
    url: &str,
    http_status: Option<u16>,
    error: &str,
    at: Timestamp,
    next_try: Timestamp,
) -> Result<()> {
    let sql = "UPDATE feed SET http_status = ?2, error = ?3, last_error = ?4, next_try = ?5,
        failures_in_a_row = failures_in_a_row + 1 WHERE feed = ?1";
    let feed = number(connection, url)?;
    connection.prepare_cached(sql)?.execute(params![feed, http_status, error, micros(at), micros(next_try)])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_silent_when_its_own_pace_says_so() {
        let day = 86_400_000_000;
        let asked = timestamp(1000 * day);
        let check = |what: &str, days_ago: &[i64], expected: bool| {
            let newest: Vec<i64> = days_ago.iter().map(|days| (1000 - days) * day).collect();
            assert_eq!(is_silent(&newest, asked), expected, "{what}");
        };
        check("a daily feed, eight days later", &[8, 9, 10, 11], true);
        check("a daily feed, seven days later", &[7, 8, 9, 10], false);
        check("a weekly feed, three weeks later", &[21, 28, 35, 42], false);
        check("a weekly feed, a month later", &[30, 37, 44, 51], true);
        check("many at once, then nothing", &[8, 8, 8, 8], true);
        check("one long pause does not make it a slow feed", &[8, 9, 300, 301, 302], true);
        check("two articles tell nothing", &[500, 501], false);
        check("no article tells nothing", &[], false);
    }
}
