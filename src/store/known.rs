//! What is stored of a feed's articles before its answer is kept: their digests, and which of them the feed now gives another id.
//! Looks only.

use std::collections::{HashMap, HashSet, VecDeque};

use rusqlite::{Connection, OptionalExtension, Result, params};

use super::body;
use super::linkless::{Dates, is_same};
use super::moment::micros;
use super::save::FetchedFeed;
use crate::domain::article::{MADE_ID, NewArticle};
use crate::domain::document::Document;

/// Where an article leads and how it is called: what tells it apart when its id does not.
type Place = (String, String);
/// What an answer does not list, the newest first.
#[derive(Default)]
struct Unlisted {
    /// Ids and digests of what has a link.
    placed: HashMap<Place, VecDeque<(String, i64)>>,
    /// What has none, by its title.
    titled: HashMap<String, Titled>,
    texts_left: usize,
}

/// What there is without a link under one title.
#[derive(Default)]
struct Titled {
    /// In the store, and in the answer.
    stored: usize,
    listed: usize,
    unlisted: Vec<Linkless>,
}

struct Linkless {
    article: i64,
    id: String,
    digest: i64,
    /// When it was published or else updated, in microseconds.
    date: Option<i64>,
    /// Whether its document ended before it said what it is known by.
    is_cut: bool,
}

/// Of a feed's newest articles, in which one is looked for that has another id now: a feed that renames lists what is new.
const LOOKED_BACK: u32 = 2000;
/// Stored texts that one answer may have looked at: a feed that gives all articles one title and one date is not to cost the
/// square of their number.
const MOST_TEXTS: usize = 200;
const DIGEST: &str = "SELECT digest FROM feed JOIN status USING (feed) JOIN text USING (article)
    WHERE feed.url = ?1 AND feed_article_id = ?2";
const NEWEST: &str = "SELECT feed_article_id, digest, title, url, article, coalesce(published, updated), reader IS NULL FROM
    (SELECT article FROM status WHERE feed = (SELECT feed FROM feed WHERE url = ?1) ORDER BY sorted_at DESC, article DESC LIMIT ?2)
    JOIN status USING (article) JOIN text USING (article) ORDER BY article DESC";

/// What the feed has stored of the titles of its answer under other ids.
fn unlisted(connection: &Connection, fetched: &FetchedFeed, articles: &[NewArticle]) -> Result<Unlisted> {
    let listed: HashSet<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    let titles: HashSet<&str> = articles.iter().map(|article| article.title.as_str()).collect();
    let mut unlisted = Unlisted { texts_left: MOST_TEXTS, ..Unlisted::default() };
    for article in articles.iter().filter(|article| article.url.is_none()) {
        unlisted.titled.entry(article.title.to_string()).or_default().listed += 1;
    }
    let mut statement = connection.prepare_cached(NEWEST)?;
    let mut rows = statement.query(params![fetched.url, LOOKED_BACK])?;
    while let Some(row) = rows.next()? {
        let (id, title) = (row.get_ref(0)?.as_str()?, row.get_ref(2)?.as_str()?);
        if !titles.contains(title) {
            continue;
        }
        match row.get_ref(3)?.as_str_or_null()? {
            Some(_) if listed.contains(id) => {}
            Some(url) => {
                let place = ((fetched.link_key)(url), title.to_string());
                unlisted.placed.entry(place).or_default().push_back((id.to_string(), row.get(1)?));
            }
            None => {
                let titled = unlisted.titled.entry(title.to_string()).or_default();
                titled.stored += 1;
                if !listed.contains(id) {
                    let is_cut = row.get::<_, bool>(6)? && id.starts_with(MADE_ID);
                    let (article, id, digest, date) = (row.get(4)?, id.to_string(), row.get(1)?, row.get(5)?);
                    titled.unlisted.push(Linkless { article, id, digest, date, is_cut });
                }
            }
        }
    }
    Ok(unlisted)
}

#[derive(Default)]
pub(super) struct Known {
    digests: HashMap<String, i64>,
    /// From an id that is not stored to the one under which its article is.
    old_ids: HashMap<String, String>,
}

impl Known {
    /// Costs what the answer lists and, where an id of it is new, [`LOOKED_BACK`], however much the feed has stored. `articles`
    /// are those of the answer, each id once.
    pub(super) fn look(connection: &Connection, fetched: &FetchedFeed, articles: &[NewArticle]) -> Result<Known> {
        let mut known = Known::default();
        let mut statement = connection.prepare_cached(DIGEST)?;
        for article in articles {
            if let Some(digest) = statement.query_row([&fetched.url, &article.id], |row| row.get(0)).optional()? {
                known.digests.insert(article.id.clone(), digest);
            }
        }
        if known.digests.len() < articles.len() {
            let unlisted = unlisted(connection, fetched, articles)?;
            known.match_up(connection, articles, unlisted, fetched.link_key);
        }
        Ok(known)
    }

    /// Gives each article with a new id the stored one that it is, the newest first, none to two.
    fn match_up(&mut self, connection: &Connection, articles: &[NewArticle], mut unlisted: Unlisted, link_key: fn(&str) -> String) {
        let new: Vec<&NewArticle> = articles.iter().filter(|article| !self.digests.contains_key(&article.id)).collect();
        for article in new {
            let title = article.title.to_string();
            let old = match &article.url {
                Some(url) => unlisted.placed.get_mut(&(link_key(url), title)).and_then(VecDeque::pop_front),
                None if article.is_cut && article.id.starts_with(MADE_ID) => unlisted.take_of_title(&title),
                None => unlisted.take_titled(connection, article),
            };
            if let Some((old, digest)) = old.or_else(|| unlisted.take_cut(&article.title)) {
                self.digests.insert(old.clone(), digest);
                self.old_ids.insert(article.id.clone(), old);
            }
        }
    }

    pub(super) fn old_id(&self, id: &str) -> Option<&String> {
        self.old_ids.get(id)
    }

    /// The digest of the article that has the id now, or had the one before it.
    pub(super) fn digest(&self, id: &str) -> Option<i64> {
        self.digests.get(self.old_id(id).map_or(id, String::as_str)).copied()
    }
}

impl Unlisted {
    /// Takes the stored one of a title that a document cut before its link: what comes whole is that one.
    fn take_cut(&mut self, title: &str) -> Option<(String, i64)> {
        let unlisted = &mut self.titled.get_mut(title)?.unlisted;
        let place = unlisted.iter().position(|stored| stored.is_cut)?;
        let Linkless { id, digest, .. } = unlisted.remove(place);
        Some((id, digest))
    }

    /// Takes the one stored article of a title, which is cut now before its link; of several nobody knows which.
    fn take_of_title(&mut self, title: &str) -> Option<(String, i64)> {
        let mut places = self.placed.iter_mut().filter(|((_, of), found)| of == title && !found.is_empty());
        let (_, found) = places.next().filter(|(_, found)| found.len() == 1)?;
        if places.next().is_some() { None } else { found.pop_front() }
    }

    /// Takes the stored one that an article without a link is, by its id and digest.
    fn take_titled(&mut self, connection: &Connection, article: &NewArticle) -> Option<(String, i64)> {
        let (titled, texts_left) = (self.titled.get_mut(article.title.as_str())?, &mut self.texts_left);
        let does_title_tell = (titled.stored, titled.listed) == (1, 1);
        let (date, words) = (article.published.or(article.updated).map(micros), article.document.word_count());
        let is_it = |stored: &Linkless| {
            let mut has_same_text = || {
                *texts_left = texts_left.checked_sub(1)?;
                Some(document(connection, stored.article)? == article.document)
            };
            is_same(does_title_tell, Dates::of(stored.date, date), words, || has_same_text().unwrap_or(false))
        };
        let place = titled.unlisted.iter().position(is_it)?;
        let Linkless { id, digest, .. } = titled.unlisted.remove(place);
        Some((id, digest))
    }
}

/// The text of a stored article; none where it is damaged or cannot be had, which whoever saves will meet again.
fn document(connection: &Connection, article: i64) -> Option<Document> {
    let mut statement = connection.prepare_cached("SELECT document FROM body WHERE article = ?1").ok()?;
    let packed: Vec<u8> = statement.query_row([article], |row| row.get(0)).ok()?;
    body::unpack(&packed).ok()
}
