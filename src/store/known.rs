//! What is stored of a feed's articles before its answer is kept: their digests, and which of them the feed now gives another id.
//! Looks only.

use std::collections::{HashMap, HashSet, VecDeque};

use rusqlite::{Connection, Result};

use super::save::FetchedFeed;
use crate::domain::article::NewArticle;

/// Where an article leads and how it is called: what tells it apart when its id does not.
type Place = (String, String);

#[derive(Default)]
pub(super) struct Known {
    digests: HashMap<String, i64>,
    /// From an id that is not stored to the one under which its article is.
    old_ids: HashMap<String, String>,
}

impl Known {
    /// One look at the feed's articles: it costs what the feed has stored, whatever else the store holds. `articles` are those
    /// of the answer, each id once.
    pub(super) fn look(connection: &Connection, fetched: &FetchedFeed, articles: &[NewArticle]) -> Result<Known> {
        let listed: HashSet<&str> = articles.iter().map(|article| article.id.as_str()).collect();
        let titles: HashSet<&str> = articles.iter().map(|article| article.title.as_str()).collect();
        let mut known = Known::default();
        let mut unlisted: HashMap<Place, VecDeque<String>> = HashMap::new();
        let sql = "SELECT feed_article_id, digest, text.title, text.url FROM feed JOIN status USING (feed) JOIN text USING (article)
            WHERE feed.url = ?1 ORDER BY article DESC";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([&fetched.url])?;
        while let Some(row) = rows.next()? {
            let (id, title) = (row.get_ref(0)?.as_str()?, row.get_ref(2)?.as_str()?);
            known.digests.insert(id.to_string(), row.get(1)?);
            if let Some(url) = row.get_ref(3)?.as_str_or_null()?.filter(|_| titles.contains(title) && !listed.contains(id)) {
                unlisted.entry(((fetched.link_key)(url), title.to_string())).or_default().push_back(id.to_string());
            }
        }
        known.match_up(articles, unlisted, fetched.link_key);
        Ok(known)
    }

    /// Gives each article with a new id the stored one of its place, the newest first, none to two.
    fn match_up(&mut self, articles: &[NewArticle], mut unlisted: HashMap<Place, VecDeque<String>>, link_key: fn(&str) -> String) {
        if unlisted.is_empty() {
            return;
        }
        for article in articles.iter().filter(|article| !self.digests.contains_key(&article.id)) {
            let place = article.url.as_deref().map(|url| (link_key(url), article.title.to_string()));
            if let Some(old) = place.and_then(|place| unlisted.get_mut(&place)?.pop_front()) {
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
