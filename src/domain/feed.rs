//! A feed as its document states it, and what we know of its server. The JSON form of [`ParsedFeed`] is pinned:
//! scripts read it from `matins parse`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::clean_text::CleanText;

/// One feed document, normalised. What the document does not say is `None`, never a guess.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedFeed {
    pub title: Option<CleanText>,
    pub home_url: Option<String>,
    pub description: Option<CleanText>,
    pub language: Option<String>,
    pub icon_url: Option<String>,
    pub updated: Option<Timestamp>,
    pub articles: Vec<ParsedArticle>,
    /// Each repair that reading needed, in words.
    pub notes: Vec<String>,
}

/// One article of a feed document. Titles and names are plain text; bodies are HTML as the feed gave it, with
/// addresses made absolute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedArticle {
    /// The feed's own id, else the normalised link, else a digest of title and text: stable from fetch to fetch.
    pub id: String,
    pub url: Option<String>,
    pub title: Option<CleanText>,
    pub authors: Vec<CleanText>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub summary_html: Option<String>,
    pub content_html: Option<String>,
    pub categories: Vec<CleanText>,
    pub enclosures: Vec<Enclosure>,
    pub comments_url: Option<String>,
    pub language: Option<String>,
}

/// A file that comes with an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    pub url: String,
    pub media_type: Option<String>,
    /// Bytes, as the feed says.
    pub length: Option<u64>,
}

/// HTTP validators, byte for byte as the server sent them (RFC 9110, section 8.8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<Vec<u8>>,
    pub last_modified: Option<Vec<u8>>,
}

/// How a feed is doing, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedState {
    /// The last answer was good.
    Ok,
    /// The last answer was an error.
    Failing,
    /// It was never asked.
    Never,
    /// It answers, but has brought nothing for much longer than is usual for it.
    Silent,
}

/// Everything known of one feed's health, as `matins feeds` and `!` show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedHealth {
    pub url: String,
    /// The feed's own title.
    pub title: Option<CleanText>,
    pub state: FeedState,
    pub last_success: Option<Timestamp>,
    pub last_error: Option<Timestamp>,
    pub http_status: Option<u16>,
    /// The last error in words, while it lasts.
    pub error: Option<String>,
    pub next_try: Option<Timestamp>,
    pub failures_in_a_row: u32,
    /// When its newest article came, by the article's own date.
    pub newest: Option<Timestamp>,
    pub articles: u64,
    pub unread: u64,
    /// Repairs that the last document needed.
    pub notes: Vec<String>,
}
