//! What an edition is made from, as the store gives it: the articles that may be in it, and what earlier editions told.

use jiff::Timestamp;
use jiff::civil::Date;

use super::article::{ArticleId, Row};
use super::clean_text::CleanText;
use super::document::Document;
use super::feed::FeedHealth;
use super::full_text::PageText;

/// What the store has for an edition, all of one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Material {
    /// Every article that some section may take, once.
    pub articles: Vec<Candidate>,
    /// One for each section that was asked for, in order.
    pub sections: Vec<Stock>,
    /// What earlier editions told: of each of those articles, and all of the last days. Oldest first.
    pub told: Vec<Told>,
}

/// An article that may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub row: Row,
    /// Of its title and its feed's text, as it is stored.
    pub text_digest: i64,
    pub arrived: Timestamp,
    /// The feed's text.
    pub document: Document,
    /// What the article's own page gave, once it was fetched.
    pub page: Option<PageText>,
}

/// What there is for one section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    /// Its articles within the window, newest first.
    pub articles: Vec<ArticleId>,
    /// Address of a feed and how many unread articles it has in the window, also beyond those above.
    pub unread: Vec<(String, usize)>,
}

/// An article as an edition told it, by itself or as a source of its story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub article: ArticleId,
    /// The article that told the story.
    pub story: ArticleId,
    /// Of the edition, and when it was made.
    pub date: Date,
    pub told_at: Timestamp,
    /// Where the article stands in a list.
    pub sorted_at: Timestamp,
    pub feed_url: String,
    pub url: Option<String>,
    pub title: String,
    pub lead: String,
    pub text_digest: i64,
    pub words: usize,
}

/// A feed of the paper, with the name that it is shown with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFeed {
    pub name: CleanText,
    pub health: FeedHealth,
}
