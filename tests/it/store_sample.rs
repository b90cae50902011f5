//! Feeds and articles for the stories about the store, and waiting for its answers.

use jiff::{SignedDuration, Timestamp};
use matins::domain::article::{ArticleId, NewArticle};
use matins::domain::clean_text::CleanText;
use matins::domain::document::{Block, Document, Span};
use matins::domain::feed::Validators;
use matins::domain::list::ListQuery;
use matins::store::{FILE_NAME, FetchedFeed, Saved, Store, Visit};
use tempfile::TempDir;

pub const NOW: Timestamp = Timestamp::constant(1_760_000_000, 0);
pub const FEED: &str = "https://example.org/feed";

pub fn wait<T>(answer: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(answer)
}

pub fn new_store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
    (folder, store)
}

pub fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

pub fn document(text: &str) -> Document {
    let blocks = vec![Block::Paragraph { text: vec![Span::plain(text)] }];
    Document { blocks, ..Document::default() }
}

/// An article of some hours ago.
pub fn article(id: &str, hours_ago: i64) -> NewArticle {
    NewArticle {
        id: id.into(),
        url: Some(format!("https://example.org/{id}")),
        title: CleanText::new(&format!("Title {id}")),
        published: Some(NOW - hours(hours_ago)),
        document: document(&format!("Text of {id}")),
        ..NewArticle::default()
    }
}

pub fn fetched(url: &str, articles: Vec<NewArticle>) -> FetchedFeed {
    FetchedFeed {
        url: url.into(),
        title: Some(CleanText::new("The feed")),
        home_url: None,
        validators: Validators::default(),
        http_status: Some(200),
        articles,
        notes: Vec::new(),
        link_key: str::to_owned,
        at: NOW,
        next_try: NOW + hours(1),
    }
}

pub fn save(store: &Store, url: &str, articles: Vec<NewArticle>) -> Saved {
    wait(store.back().save(fetched(url, articles), Visit::default())).expect("saves")
}

/// Has a search find all that is stored, which happens by itself a moment later.
pub fn index_words(store: &Store) {
    wait(store.back().index_words()).expect("the index");
}

/// The titles of a list, without the word "Title".
pub fn titles(store: &Store, query: ListQuery) -> Vec<String> {
    let snapshot = wait(store.front().list(query)).expect("a list");
    snapshot.rows.iter().map(|row| row.title.trim_start_matches("Title ").to_string()).collect()
}

/// The id of the article with that title.
pub fn id_of(store: &Store, title: &str) -> ArticleId {
    let snapshot = wait(store.front().list(ListQuery::default())).expect("a list");
    snapshot.rows.iter().find(|row| row.title.trim_start_matches("Title ") == title).expect("the article").id
}
