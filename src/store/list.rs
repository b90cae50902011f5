//! Which articles a list holds and how many, from the indexes of the status table alone: batches of each feed's newest,
//! merged. What is read depends on how long the list is, never on how much is stored. Never looks at a text or body.

use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};

use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::moment::micros;
use super::search;
use crate::domain::article::ArticleId;
use crate::domain::list::{Counts, Filter, ListQuery};

/// Places that are read of one feed at a time.
const BATCH: usize = 128;

/// Where an article stands, and its status. The greatest is the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub sorted_at: i64,
    pub article: i64,
    pub is_read: bool,
    pub is_starred: bool,
}

impl Place {
    pub(super) fn from_row(row: &Row<'_>) -> Result<Place> {
        Ok(Place { sorted_at: row.get(0)?, article: row.get(1)?, is_read: row.get(2)?, is_starred: row.get(3)? })
    }
}

/// The ids of a list, newest first. At most `limit` of them, which may be more than a list may hold.
pub(super) fn ids(connection: &Connection, query: &ListQuery, limit: usize) -> Result<Vec<ArticleId>> {
    Ok(places(connection, query, limit)?.0.iter().map(|place| ArticleId(place.article)).collect())
}

/// The counts of what [`ids`] gives for the same query.
pub(super) fn counts(connection: &Connection, query: &ListQuery, limit: usize) -> Result<Counts> {
    let (places, is_capped) = places(connection, query, limit)?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Counts { total: count(places.len()), unread: count(places.iter().filter(|place| !place.is_read).count()), is_capped })
}

/// What is on the list, and whether a feed has reached its cap.
fn places(connection: &Connection, query: &ListQuery, limit: usize) -> Result<(Vec<Place>, bool)> {
    let feeds = feed_numbers(connection, query.feeds.as_deref())?;
    match search::expression(&query.search) {
        Some(words) => Ok((found(connection, query, &words, &feeds, limit)?, false)),
        None => merge(streams(connection, query, &feeds)?, query.filter, limit),
    }
}

/// Each feed once; addresses that were never stored have no number.
fn feed_numbers(connection: &Connection, urls: Option<&[String]>) -> Result<HashSet<i64>> {
    let Some(urls) = urls else {
        return connection.prepare_cached("SELECT feed FROM feed")?.query_map([], |row| row.get(0))?.collect();
    };
    let mut number = connection.prepare_cached("SELECT feed FROM feed WHERE url = ?1")?;
    let numbers = urls.iter().filter_map(|url| number.query_row([url], |row| row.get(0)).optional().transpose());
    numbers.collect()
}

/// Whether `filter` lets it onto the list. The cap of a feed is spent before this, so that the unread of a list are
/// the unread ones of that list, and reading does not bring up older ones.
fn is_wanted(place: Place, filter: Filter) -> bool {
    match filter {
        Filter::All => true,
        Filter::Unread => !place.is_read,
        Filter::Starred => place.is_starred,
    }
}

/// Of each feed one stream of the newest, under its cap, and one of what is starred, whatever its date. A star changes nothing
/// about the first, so that it brings up no other article; what stands in both comes twice, one right after the other.
fn streams<'a>(connection: &'a Connection, query: &ListQuery, feeds: &HashSet<i64>) -> Result<Vec<Stream<'a>>> {
    let start = query.before.map_or((i64::MAX, i64::MAX), |before| (micros(before), i64::MIN));
    let since = query.since.map_or(i64::MIN, micros);
    let cap = query.per_feed.unwrap_or(usize::MAX);
    let newest = if query.filter == Filter::Unread && query.per_feed.is_none() { UNREAD } else { NEWEST };
    let mut streams = Vec::with_capacity(feeds.len() * 2);
    for feed in feeds {
        streams.push(Stream::open(connection, STARRED, *feed, i64::MIN, start, usize::MAX)?);
        if query.filter != Filter::Starred {
            streams.push(Stream::open(connection, newest, *feed, since, start, cap)?);
        }
    }
    Ok(streams)
}

/// The newest of all streams, one after the other.
fn merge(mut streams: Vec<Stream<'_>>, filter: Filter, limit: usize) -> Result<(Vec<Place>, bool)> {
    let mut heads = BinaryHeap::with_capacity(streams.len());
    for (index, stream) in streams.iter_mut().enumerate() {
        heads.extend(stream.next()?.map(|place| (place, index)));
    }
    let mut places = Vec::new();
    while places.len() < limit {
        let Some((place, index)) = heads.pop() else { break };
        heads.extend(streams[index].next()?.map(|place| (place, index)));
        let is_twice = places.last() == Some(&place);
        places.extend(Some(place).filter(|place| !is_twice && is_wanted(*place, filter)));
    }
    Ok((places, streams.iter().any(|stream| stream.is_spent)))
}

const NEWEST: &str = "SELECT sorted_at, article, is_read, is_starred FROM status INDEXED BY status_newest
    WHERE feed = ?1 AND sorted_at >= ?2 AND (sorted_at, article) < (?3, ?4)
    ORDER BY sorted_at DESC, article DESC LIMIT ?5";
const UNREAD: &str = "SELECT sorted_at, article, is_read, is_starred FROM status INDEXED BY status_unread
    WHERE feed = ?1 AND sorted_at >= ?2 AND (sorted_at, article) < (?3, ?4) AND is_read = 0
    ORDER BY sorted_at DESC, article DESC LIMIT ?5";
const STARRED: &str = "SELECT sorted_at, article, is_read, is_starred FROM status INDEXED BY status_starred
    WHERE feed = ?1 AND sorted_at >= ?2 AND (sorted_at, article) < (?3, ?4) AND is_starred = 1
    ORDER BY sorted_at DESC, article DESC LIMIT ?5";

/// The places of one feed, newest first, read in batches that go on where the last one ended.
struct Stream<'a> {
    connection: &'a Connection,
    sql: &'static str,
    feed: i64,
    since: i64,
    /// Only places below this `(sorted_at, article)` are still to be read.
    below: (i64, i64),
    left: usize,
    /// Whether as many were read as may be; there may be more, or just so many.
    is_spent: bool,
    batch: VecDeque<Place>,
}

impl<'a> Stream<'a> {
    fn open(connection: &'a Connection, sql: &'static str, feed: i64, since: i64, below: (i64, i64), left: usize) -> Result<Stream<'a>> {
        let mut stream = Stream { connection, sql, feed, since, below, left, is_spent: false, batch: VecDeque::new() };
        stream.fill()?;
        Ok(stream)
    }

    fn next(&mut self) -> Result<Option<Place>> {
        if self.batch.is_empty() && self.left > 0 {
            self.fill()?;
        }
        Ok(self.batch.pop_front())
    }

    fn fill(&mut self) -> Result<()> {
        let wanted = BATCH.min(self.left);
        let mut statement = self.connection.prepare_cached(self.sql)?;
        let (sorted_at, article) = self.below;
        let rows = statement.query_map(params![self.feed, self.since, sorted_at, article, wanted as i64], Place::from_row)?;
        self.batch = rows.collect::<Result<_>>()?;
        let has_more = self.batch.len() == wanted;
        self.left = if has_more { self.left - wanted } else { 0 };
        self.is_spent = has_more && self.left == 0;
        if let Some(last) = self.batch.back() {
            self.below = (last.sorted_at, last.article);
        }
        Ok(())
    }
}

/// The same list among the articles that have all words. The cap of a feed counts those only.
fn found(connection: &Connection, query: &ListQuery, words: &str, feeds: &HashSet<i64>, limit: usize) -> Result<Vec<Place>> {
    let mut matches = search::matches(connection, words)?;
    matches.retain(|(feed, place)| feeds.contains(feed) && is_within(*place, query));
    matches.sort_unstable_by_key(|(_, place)| std::cmp::Reverse(*place));
    let mut left: HashMap<i64, usize> = HashMap::new();
    let cap = query.per_feed.unwrap_or(usize::MAX);
    matches.retain(|(feed, place)| take_one(left.entry(*feed).or_insert(cap)) || place.is_starred);
    Ok(matches.into_iter().map(|(_, place)| place).filter(|place| is_wanted(*place, query.filter)).take(limit).collect())
}

fn is_within(place: Place, query: &ListQuery) -> bool {
    let is_since = query.since.is_none_or(|since| place.sorted_at >= micros(since));
    (is_since || place.is_starred) && query.before.is_none_or(|before| place.sorted_at < micros(before))
}

fn take_one(left: &mut usize) -> bool {
    let is_left = *left > 0;
    *left = left.saturating_sub(1);
    is_left
}

#[cfg(test)]
mod tests;
