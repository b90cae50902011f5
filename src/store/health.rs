//! How each feed is doing: what its server last said, and whether it has fallen silent.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::moment::{micros, timestamp};
use super::rows::json;
use crate::domain::clean_text::CleanText;
use crate::domain::cure::Trouble;
use crate::domain::feed::{FeedHealth, FeedState, Hints, Validators, Way};
use crate::domain::habit::{self, Habit};
use crate::domain::schedule;

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
    /// How long its server said that the answer stays new, where it said so by `max-age`.
    pub max_age: Option<SignedDuration>,
    pub way: Way,
    /// What was wrong when it last failed, until it answers well.
    pub trouble: Option<Trouble>,
}

const RECORD: &str = "SELECT etag, last_modified, next_try, failures_in_a_row, last_success,
    (SELECT max(sorted_at) FROM status WHERE status.feed = feed.feed), last_answer, quiet_until, claimed_until, is_gone,
    ask_every, skip_hours, skip_days, address, moving_to, is_http1, is_plain, moved_at, accepted_at, lapsed, trouble, max_age
    FROM feed WHERE url = ?1";
/// Whether any server but this feed's has answered since the feed was last asked in vain.
const OTHERS_ANSWER: &str = "SELECT EXISTS (SELECT 1 FROM feed AS this, feed AS other
    WHERE this.url = ?1 AND other.feed <> this.feed AND other.last_answer > this.last_error)";
const HEALTH: &str = "SELECT title, last_success, last_error, http_status, error, next_try, failures_in_a_row, articles,
    unread, notes, feed,
    last_answer, is_gone, bytes, home_url, trouble, address, moving_to, is_http1, is_plain, moved_at, accepted_at, lapsed,
    (SELECT quiet_until FROM quiet_host WHERE host = asked_host)
    FROM feed WHERE url = ?1";
/// The two servers that answered last: one of them is another than a feed's own.
const LAST_ANSWERS: &str = "SELECT url, last_answer FROM feed WHERE last_answer IS NOT NULL ORDER BY last_answer DESC LIMIT 2";
/// How long before a failure another server's answer shows that the network was there.
const ABOUT_THEN: SignedDuration = SignedDuration::from_mins(10);
const NEWEST: &str = "SELECT max(sorted_at) FROM status INDEXED BY status_newest WHERE feed = ?1";
/// The days on which something came, newest first, and how much.
const DAYS: &str = "SELECT sorted_at / 86400000000 AS day, count(*) FROM status INDEXED BY status_newest
    WHERE feed = ?1 AND sorted_at >= ?2 GROUP BY day ORDER BY day DESC";

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
        way: way(row, 13)?,
        trouble: row.get::<_, Option<String>>(20)?.map(|word| Trouble::from_word(&word)),
        max_age: row.get::<_, Option<i64>>(21)?.map(SignedDuration::from_secs),
    })
}

pub(super) fn do_others_answer(connection: &Connection, url: &str) -> Result<bool> {
    connection.prepare_cached(OTHERS_ANSWER)?.query_row([url], |row| row.get(0))
}

/// The health of each address, in order; of all feeds in the order in which they were first stored.
pub(super) fn feeds(connection: &Connection, urls: Option<&[String]>) -> Result<Vec<FeedHealth>> {
    let Some(urls) = urls else {
        let all: Vec<String> =
            connection.prepare_cached("SELECT url FROM feed ORDER BY feed")?.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
        return feeds(connection, Some(&all));
    };
    let mut statement = connection.prepare_cached(HEALTH)?;
    let answers = last_answers(connection)?;
    let mut health = |url: &String| {
        let known = statement.query_row([url], |row| to_health(connection, url, row)).optional()?;
        let health = known.unwrap_or_else(|| FeedHealth::never(url));
        let since = health.last_error.map(|error| error.checked_sub(ABOUT_THEN).unwrap_or(Timestamp::MIN));
        let do_others_answer = answers.iter().any(|(other, answered)| other != url && since.is_some_and(|since| *answered >= since));
        Ok::<_, rusqlite::Error>(FeedHealth { do_others_answer, ..health })
    };
    urls.iter().map(&mut health).collect()
}

fn last_answers(connection: &Connection) -> Result<Vec<(String, Timestamp)>> {
    let to_answer = |row: &Row<'_>| Ok((row.get(0)?, timestamp(row.get(1)?)));
    connection.prepare_cached(LAST_ANSWERS)?.query_map([], to_answer)?.collect()
}

fn to_health(connection: &Connection, url: &str, row: &Row<'_>) -> Result<FeedHealth> {
    let feed = row.get::<_, i64>(10)?;
    let newest: Option<i64> = connection.prepare_cached(NEWEST)?.query_row([feed], |row| row.get(0))?;
    let (is_gone, host_quiet_until) = (row.get(12)?, moment(row, 23)?);
    let health = FeedHealth {
        title: row.get::<_, Option<String>>(0)?.map(CleanText::from),
        last_success: moment(row, 1)?,
        last_error: moment(row, 2)?,
        http_status: row.get(3)?,
        error: row.get(4)?,
        next_try: if is_gone { None } else { moment(row, 5)?.max(host_quiet_until) },
        host_quiet_until,
        failures_in_a_row: row.get(6)?,
        articles: row.get::<_, i64>(7)?.cast_unsigned(),
        unread: row.get::<_, i64>(8)?.cast_unsigned(),
        notes: json(row, 9)?,
        newest: newest.map(timestamp),
        last_answer: moment(row, 11)?,
        is_gone,
        bytes: row.get::<_, Option<i64>>(13)?.map(i64::cast_unsigned),
        home_url: row.get(14)?,
        trouble: row.get::<_, Option<String>>(15)?.map(|word| Trouble::from_word(&word)),
        way: way(row, 16)?,
        ..FeedHealth::never(url)
    };
    let habit = broken_habit(connection, feed, &health)?;
    Ok(FeedHealth { state: state(&health, habit.is_some()), habit, ..health })
}

/// How a feed is reached, from seven columns.
fn way(row: &Row<'_>, from: usize) -> Result<Way> {
    Ok(Way {
        address: row.get(from)?,
        moving_to: row.get(from + 1)?,
        is_http1: row.get(from + 2)?,
        is_plain: row.get(from + 3)?,
        moved_at: moment(row, from + 4)?,
        accepted_at: moment(row, from + 5)?,
        lapsed: row.get(from + 6)?,
    })
}

fn state(health: &FeedHealth, is_silent: bool) -> FeedState {
    match health {
        FeedHealth { failures_in_a_row: 1.., .. } => FeedState::Failing,
        FeedHealth { last_success: None, .. } => FeedState::Never,
        _ if is_silent => FeedState::Silent,
        _ => FeedState::Ok,
    }
}

/// The habit of a feed that was silent when it was last asked. Only one that has been quiet for long costs a look at its days.
fn broken_habit(connection: &Connection, feed: i64, health: &FeedHealth) -> Result<Option<Habit>> {
    let (Some(asked), Some(newest)) = (health.last_success, health.newest) else { return Ok(None) };
    let quiet_for = asked.duration_since(newest);
    if quiet_for <= habit::SILENT_AT_LEAST {
        return Ok(None);
    }
    let since = newest.checked_sub(habit::MEASURED_OVER).unwrap_or(Timestamp::MIN);
    let mut statement = connection.prepare_cached(DAYS)?;
    let to_day = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?.cast_unsigned()));
    let days: Vec<(i64, u64)> = statement.query_map(params![feed, micros(since)], to_day)?.collect::<Result<_>>()?;
    Ok(habit::broken_habit(&days, quiet_for))
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
    let known = "SELECT failures_in_a_row, next_try FROM feed WHERE feed = ?1";
    let sql = "UPDATE feed SET http_status = ?2, error = ?3, last_error = ?4, next_try = ?5, failures_in_a_row = ?6 WHERE feed = ?1";
    let feed = number(connection, url)?;
    let (before, due) = connection.prepare_cached(known)?.query_row([feed], |row| Ok((row.get(0)?, moment(row, 1)?)))?;
    let failures = schedule::counted(before, due, at);
    connection.prepare_cached(sql)?.execute(params![feed, http_status, error, micros(at), micros(next_try), failures])?;
    Ok(())
}
