//! Keeps one feed's answer: new articles, changed ones, and the validators that say so, together.
//!
//! An article is known by its feed and the feed's id for it; where that is new, by link and title, or without a link by title,
//! date and text. It keeps its place in the list and its status whatever its feed says later, but for one case: a text that has
//! changed and has a later date moves up to that date.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};
use serde::Serialize;

use super::body::{self, Packer};
use super::digest::Digest;
use super::health;
use super::known::Known;
use super::moment::micros;
use super::pages::{self, without_numbers};
use super::search;
use crate::domain::article::{ArticleId, NewArticle};
use crate::domain::clean_text::CleanText;
use crate::domain::counts::without_counts;
use crate::domain::document::Document;
use crate::domain::feed::Validators;

/// Words from which a feed's text may say what its page says. In one below that a count of comments may change, so that it
/// is another one only where more than its numbers changed.
const WHOLE_TEXT_WORDS: usize = 50;
/// What reads and cleans: another version of it may make another text of what is the same with the publisher.
const READER: &str = env!("CARGO_PKG_VERSION");
/// Texts of one article that are kept after its publisher replaced them.
const TEXTS_BEFORE: i64 = 3;

/// A good answer of a feed, read and cleaned.
#[derive(Clone, Debug)]
pub struct FetchedFeed {
    pub url: String,
    /// The feed's own title; none leaves the one that is stored.
    pub title: Option<CleanText>,
    pub home_url: Option<String>,
    pub validators: Validators,
    pub http_status: Option<u16>,
    /// In the order of the feed. Of two with one id the first counts.
    pub articles: Vec<NewArticle>,
    /// Repairs that the document needed.
    pub notes: Vec<String>,
    /// What is alike for two links that lead to one page.
    pub link_key: fn(&str) -> String,
    pub at: Timestamp,
    pub next_try: Timestamp,
}

/// How many articles an answer brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    pub new: u32,
    /// Those whose title or text is another than before.
    pub changed: u32,
}

/// An answer with all the slow work done, so that the write that follows is short.
pub(super) struct Prepared {
    fetched: FetchedFeed,
    articles: Vec<Ready>,
}

impl Prepared {
    pub(super) fn url(&self) -> &str {
        &self.fetched.url
    }

    pub(super) fn at(&self) -> Timestamp {
        self.fetched.at
    }
}

struct Ready {
    /// Without its document, which is packed.
    article: NewArticle,
    plain_text: String,
    words: usize,
    digest: i64,
    text_digest: i64,
    /// Absent when nothing seems to have changed.
    body: Option<Vec<u8>>,
    /// The id under which it seems to be stored, if that is another one.
    old_id: Option<String>,
}

/// Digests everything and packs what is not stored yet.
pub(super) fn prepare(connection: &Connection, mut fetched: FetchedFeed) -> Result<Prepared> {
    let mut seen = HashSet::new();
    let mut articles = std::mem::take(&mut fetched.articles);
    articles.retain(|article| seen.insert(article.id.clone()));
    let known = Known::look(connection, &fetched, &articles)?;
    let mut packer = Packer::new().map_err(unwritable)?;
    let articles = articles.into_iter().map(|article| ready(article, &known, &mut packer)).collect::<Result<_>>()?;
    Ok(Prepared { fetched, articles })
}

fn ready(mut article: NewArticle, known: &Known, packer: &mut Packer) -> Result<Ready> {
    body::shallow(&mut article.document);
    let plain_text = body::plain_text(&article.document);
    let text_digest = Digest::of(&[&article.title, &without_counts(&plain_text)]);
    let digest = whole_digest(&article)?;
    let is_known = known.digest(&article.id) == Some(digest);
    let body = if is_known { None } else { Some(packer.pack(&article.document).map_err(unwritable)?) };
    let old_id = known.old_id(&article.id).cloned();
    let words = article.document.word_count();
    // Many answers may wait to be written, and a document takes many times what it takes packed.
    article.document = Document::default();
    Ok(Ready { article, plain_text, words, digest, text_digest, body, old_id })
}

fn whole_digest(article: &NewArticle) -> Result<i64> {
    let NewArticle { id: _, url, title, authors, published, updated, categories, enclosures, comments_url, document, is_cut: _ } = article;
    let whole = (url, title, authors, published, updated, categories, enclosures, comments_url, document);
    let mut digest = Digest::new();
    serde_json::to_writer(&mut digest, &whole).map_err(unwritable)?;
    Ok(digest.value())
}

fn unwritable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(unwritable)
}

pub(super) fn save(connection: &Connection, prepared: &Prepared) -> Result<Saved> {
    let Prepared { fetched, articles } = prepared;
    let feed = health::number(connection, &fetched.url)?;
    let mut saved = Saved::default();
    let mut with_other_words = Vec::new();
    // The feed's first article gets the highest number, so that those of one moment stand in the feed's order.
    for ready in articles.iter().rev() {
        match stored_or_renamed(connection, feed, ready)? {
            None => {
                insert(connection, feed, ready, fetched.at)?;
                saved.new += 1;
            }
            Some(before) if before.digest == Some(ready.digest) => keep_reader(connection, &before, ready)?,
            // A part is no news of what is stored whole; and what another process has just stored is as new as this.
            Some(before) if ready.body.is_none() || (ready.article.is_cut && before.digest.is_some()) => {}
            Some(before) => {
                saved.changed += u32::from(replace(connection, &before, ready, fetched.at)?);
                with_other_words.push((before.article, ready));
            }
        }
    }
    keep_feed(connection, feed, fetched, saved)?;
    // Together and last: any other write in between has the index put on the disk what it has so far, in a piece of its own.
    for (article, ready) in with_other_words {
        search::replace(connection, article, &ready.article.title, &ready.plain_text)?;
    }
    Ok(saved)
}

/// What is stored of an article. The digests are absent when only its status is left, the reader also where the text was cut.
struct Stored {
    article: i64,
    sorted_at: i64,
    digest: Option<i64>,
    text_digest: Option<i64>,
    reader: Option<String>,
}

/// How another text is told of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    /// A person may have seen a part of it, and now the rest has come.
    Rest,
    /// The publisher changed it.
    Change,
}

impl Stored {
    fn told(&self, ready: &Ready) -> Told {
        let is_other = self.text_digest.is_some_and(|digest| digest != ready.text_digest);
        match self.reader.as_deref() {
            Some(READER) if is_other => Told::Change,
            None if is_other => Told::Rest,
            _ => Told::Nothing,
        }
    }
}

fn stored(connection: &Connection, feed: i64, feed_article_id: &str) -> Result<Option<Stored>> {
    let sql = "SELECT article, sorted_at, digest, text_digest, reader FROM status LEFT JOIN text USING (article)
        WHERE feed = ?1 AND feed_article_id = ?2";
    let to_stored = |row: &rusqlite::Row<'_>| {
        Ok(Stored { article: row.get(0)?, sorted_at: row.get(1)?, digest: row.get(2)?, text_digest: row.get(3)?, reader: row.get(4)? })
    };
    connection.prepare_cached(sql)?.query_row(params![feed, feed_article_id], to_stored).optional()
}

/// What is stored of an article, which gets the feed's new id where it has another one.
fn stored_or_renamed(connection: &Connection, feed: i64, ready: &Ready) -> Result<Option<Stored>> {
    let id = &ready.article.id;
    let found = stored(connection, feed, id)?;
    let Some(old_id) = ready.old_id.as_ref().filter(|_| found.is_none()) else { return Ok(found) };
    let sql = "UPDATE status SET feed_article_id = ?3 WHERE feed = ?1 AND feed_article_id = ?2";
    connection.prepare_cached(sql)?.execute(params![feed, old_id, id])?;
    stored(connection, feed, id)
}

fn insert(connection: &Connection, feed: i64, ready: &Ready, at: Timestamp) -> Result<()> {
    let sorted_at = date(&ready.article).unwrap_or(at).min(at);
    let sql = "INSERT INTO status (feed, feed_article_id, sorted_at, arrived_at) VALUES (?1, ?2, ?3, ?4)";
    connection.prepare_cached(sql)?.execute(params![feed, ready.article.id, micros(sorted_at), micros(at)])?;
    let article = connection.last_insert_rowid();
    keep_text(connection, article, ready, Told::Nothing)
}

/// Whether the title or text changed; a new address or date alone is taken over without a word.
fn replace(connection: &Connection, before: &Stored, ready: &Ready, at: Timestamp) -> Result<bool> {
    let told = before.told(ready);
    if told == Told::Change {
        keep_text_before(connection, before.article, at)?;
        move_up(connection, before, ready, at)?;
        forget_page(connection, before, ready)?;
    }
    keep_text(connection, before.article, ready, told)?;
    Ok(told == Told::Change)
}

/// A page that was kept would hide what the feed has corrected, and never be fetched again.
fn forget_page(connection: &Connection, before: &Stored, ready: &Ready) -> Result<()> {
    if ready.words >= WHOLE_TEXT_WORDS {
        connection.prepare_cached("DELETE FROM page WHERE article = ?1")?.execute([before.article])?;
        return Ok(());
    }
    if pages::teaser(connection, ArticleId(before.article))?
        .is_some_and(|teaser| teaser != without_numbers(&ready.article.title, &ready.plain_text))
    {
        pages::make_old(connection, ArticleId(before.article))?;
    }
    Ok(())
}

fn move_up(connection: &Connection, before: &Stored, ready: &Ready, at: Timestamp) -> Result<()> {
    let Some(later) = date(&ready.article).map(|date| micros(date.min(at))).filter(|later| *later > before.sorted_at) else {
        return Ok(());
    };
    connection.prepare_cached("UPDATE status SET sorted_at = ?2 WHERE article = ?1")?.execute([before.article, later])?;
    Ok(())
}

fn date(article: &NewArticle) -> Option<Timestamp> {
    article.published.or(article.updated)
}

fn keep_text(connection: &Connection, article: i64, ready: &Ready, told: Told) -> Result<()> {
    let sql =
        "INSERT INTO text (article, title, url, authors, published, updated, categories, enclosures, comments_url, digest, text_digest, reader)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        ON CONFLICT (article) DO UPDATE SET title = excluded.title, url = excluded.url, authors = excluded.authors,
        published = excluded.published, updated = excluded.updated, categories = excluded.categories, enclosures = excluded.enclosures,
        comments_url = excluded.comments_url, digest = excluded.digest, text_digest = excluded.text_digest, reader = excluded.reader, is_changed = is_changed OR ?13,
        versions = versions + ?14";
    let new = &ready.article;
    connection.prepare_cached(sql)?.execute(params![
        article,
        new.title.as_str(),
        new.url,
        json(&new.authors)?,
        new.published.map(micros),
        new.updated.map(micros),
        json(&new.categories)?,
        json(&new.enclosures)?,
        new.comments_url,
        ready.digest,
        ready.text_digest,
        (!new.is_cut).then_some(READER),
        told == Told::Change,
        told != Told::Nothing,
    ])?;
    keep_body(connection, article, ready)
}

/// What another version made, or only a part of, is the same now: from here on another text is a change of the publisher's.
fn keep_reader(connection: &Connection, before: &Stored, ready: &Ready) -> Result<()> {
    if !ready.article.is_cut && before.reader.as_deref() != Some(READER) {
        connection.prepare_cached("UPDATE text SET reader = ?2 WHERE article = ?1")?.execute(params![before.article, READER])?;
    }
    Ok(())
}

fn keep_body(connection: &Connection, article: i64, ready: &Ready) -> Result<()> {
    let sql = "INSERT INTO body (article, document) VALUES (?1, ?2) ON CONFLICT (article) DO UPDATE SET document = excluded.document";
    connection.prepare_cached(sql)?.execute(params![article, ready.body])?;
    Ok(())
}

fn keep_text_before(connection: &Connection, article: i64, at: Timestamp) -> Result<()> {
    let keep = "INSERT OR IGNORE INTO text_before (article, replaced_at, title, document)
        SELECT article, ?2, title, document FROM text JOIN body USING (article) WHERE article = ?1";
    connection.prepare_cached(keep)?.execute([article, micros(at)])?;
    let forget = "DELETE FROM text_before WHERE article = ?1 AND replaced_at NOT IN
        (SELECT replaced_at FROM text_before WHERE article = ?1 ORDER BY replaced_at DESC LIMIT ?2)";
    connection.prepare_cached(forget)?.execute([article, TEXTS_BEFORE])?;
    Ok(())
}

fn keep_feed(connection: &Connection, feed: i64, fetched: &FetchedFeed, saved: Saved) -> Result<()> {
    let sql = "UPDATE feed SET title = coalesce(?2, title), home_url = coalesce(?3, home_url), etag = ?4, last_modified = ?5,
        http_status = ?6, last_success = ?7, next_try = ?8, notes = ?9, articles = articles + ?10, error = NULL, failures_in_a_row = 0
        WHERE feed = ?1";
    connection.prepare_cached(sql)?.execute(params![
        feed,
        fetched.title.as_deref(),
        fetched.home_url,
        fetched.validators.etag,
        fetched.validators.last_modified,
        fetched.http_status,
        micros(fetched.at),
        micros(fetched.next_try),
        json(&fetched.notes)?,
        saved.new,
    ])?;
    Ok(())
}
