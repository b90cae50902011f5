//! What is stored of a feed's articles before its answer is kept: their digests, and which of them the feed now gives another id.
//! Looks only.

use std::collections::{HashMap, HashSet, VecDeque};

use rusqlite::{Connection, OptionalExtension, Result, params};

use super::save::FetchedFeed;
use crate::domain::article::{MADE_ID, NewArticle};

/// Where an article leads and how it is called: what tells it apart when its id does not. One that its document cut before it
/// said where it leads has its title only.
type Place = (Option<String>, String);
/// Ids and digests that an answer does not list, the newest of each place first.
type Unlisted = HashMap<Place, VecDeque<(String, i64)>>;

/// Of a feed's newest articles, in which one is looked for that has another id now: a feed that renames lists what is new.
const LOOKED_BACK: u32 = 2000;
const DIGEST: &str = "SELECT digest FROM feed JOIN status USING (feed) JOIN text USING (article)
    WHERE feed.url = ?1 AND feed_article_id = ?2";
const NEWEST: &str = "SELECT feed_article_id, digest, title, url, reader IS NULL FROM
    (SELECT article FROM status WHERE feed = (SELECT feed FROM feed WHERE url = ?1) ORDER BY sorted_at DESC, article DESC LIMIT ?2)
    JOIN status USING (article) JOIN text USING (article) ORDER BY article DESC";

/// What the feed has stored of the titles of its answer under other ids.
fn unlisted(connection: &Connection, fetched: &FetchedFeed, articles: &[NewArticle]) -> Result<Unlisted> {
    let listed: HashSet<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    let titles: HashSet<&str> = articles.iter().map(|article| article.title.as_str()).collect();
    let mut unlisted = Unlisted::new();
    let mut statement = connection.prepare_cached(NEWEST)?;
    let mut rows = statement.query(params![fetched.url, LOOKED_BACK])?;
    while let Some(row) = rows.next()? {
        let (id, title) = (row.get_ref(0)?.as_str()?, row.get_ref(2)?.as_str()?);
        let link = row.get_ref(3)?.as_str_or_null()?.map(fetched.link_key);
        let has_place = link.is_some() || (row.get(4)? && id.starts_with(MADE_ID));
        if has_place && titles.contains(title) && !listed.contains(id) {
            unlisted.entry((link, title.to_string())).or_default().push_back((id.to_string(), row.get(1)?));
        }
    }
    Ok(unlisted)
}

/// The one stored article of a title, which is cut now before it says where it leads; of several nobody knows which.
fn of_title(unlisted: &mut Unlisted, title: &str) -> Option<(String, i64)> {
    let mut places = unlisted.iter_mut().filter(|((_, of), found)| of == title && !found.is_empty());
    let (_, found) = places.next().filter(|(_, found)| found.len() == 1)?;
    if places.next().is_some() { None } else { found.pop_front() }
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
            known.match_up(articles, unlisted, fetched.link_key);
        }
        Ok(known)
    }

    /// Gives each article with a new id the stored one of its place, the newest first, none to two. What is cut before its link
    /// is the stored one of its title, and the stored one that was cut so is the next of its title.
    fn match_up(&mut self, articles: &[NewArticle], mut unlisted: Unlisted, link_key: fn(&str) -> String) {
        let new: Vec<&NewArticle> = articles.iter().filter(|article| !self.digests.contains_key(&article.id)).collect();
        for article in new {
            let place = |link| (link, article.title.to_string());
            let found = match article.url.as_deref() {
                Some(url) => [Some(link_key(url)), None].into_iter().find_map(|link| unlisted.get_mut(&place(link))?.pop_front()),
                None if article.is_cut && article.id.starts_with(MADE_ID) => of_title(&mut unlisted, &article.title),
                None => None,
            };
            if let Some((old, digest)) = found {
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
