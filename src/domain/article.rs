//! One item of a feed, as the store gives it back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

use super::full_text::{PageText, Version};
use super::{clean_text::CleanText, document::Document, feed::Enclosure, status::Status};

/// What the id of an article begins with to which its feed gives neither an id nor a link.
pub const MADE_ID: &str = "digest:";

/// The number of an article in this store: never reused, and what `show` and `mark` take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub i64);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for ArticleId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<ArticleId, Self::Err> {
        text.parse().map(ArticleId)
    }
}

/// What a list shows of an article; never its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: ArticleId,
    pub feed_url: String,
    /// The feed's own title, when it has said one.
    pub feed_title: Option<CleanText>,
    pub title: CleanText,
    pub url: Option<String>,
    pub author: Option<CleanText>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// Where it stands in a list: its date, or that of its last change, never later than its arrival; its arrival when it has neither.
    pub sorted_at: Timestamp,
    pub status: Status,
    /// Whether the publisher changed it after it was first stored.
    pub is_changed: bool,
    pub stamp: Stamp,
}

/// Tells the texts of an article from those that it had before: the later of two stamps is the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// How often the publisher changed the title or the text since it was first stored.
    pub feed: i64,
    pub page: PageStamp,
}

/// When an article's page was fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageStamp {
    #[default]
    Never,
    /// Before its feed's text changed.
    Old,
    At(Timestamp),
}

/// A whole article, for reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub row: Row,
    pub authors: Vec<CleanText>,
    pub categories: Vec<CleanText>,
    pub enclosures: Vec<Enclosure>,
    pub comments_url: Option<String>,
    /// The feed's text.
    pub document: Document,
    /// What the article's own page gave, once it was fetched.
    pub page: Option<PageText>,
}

impl Article {
    /// Whether its page gave a text that is fit to be read.
    #[must_use]
    pub fn has_page(&self) -> bool {
        matches!(self.page, Some(PageText::Good(_)))
    }

    /// The version that is shown when this one is wished for: the page's text only where it is fit to be read.
    #[must_use]
    pub fn shown(&self, wish: Version) -> Version {
        if self.has_page() { wish } else { Version::Feed }
    }

    /// Whether its page's text is from before its feed's last change.
    #[must_use]
    pub fn is_page_old(&self) -> bool {
        self.row.stamp.page == PageStamp::Old
    }

    /// The text in that version; the feed's where there is no other.
    #[must_use]
    pub fn text(&self, version: Version) -> &Document {
        match &self.page {
            Some(PageText::Good(document)) if version == Version::Page => document,
            _ => &self.document,
        }
    }
}

/// An article of a fetched feed, read and cleaned, ready to be stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewArticle {
    /// See [`super::feed::ParsedArticle::id`].
    pub id: String,
    pub url: Option<String>,
    /// Plain text; a sentence of the body or the address when the feed gives no title.
    pub title: CleanText,
    pub authors: Vec<CleanText>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub categories: Vec<CleanText>,
    pub enclosures: Vec<Enclosure>,
    pub comments_url: Option<String>,
    pub document: Document,
    /// Whether the feed's document ended before its text did.
    pub is_cut: bool,
}
