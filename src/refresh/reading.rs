//! From the bytes of an answer to cleaned articles. Runs in the workshop.

use super::article;
use crate::domain::article::NewArticle;
use crate::domain::clean_text::CleanText;
use crate::domain::feed::Hints;
use crate::sources::{self, NotAFeed, RawFeed};

/// Articles of one document that are kept: the first ones, which are the newest in nearly all feeds.
const MOST_ARTICLES: usize = 2000;
/// Elements of all texts of one document together; feeds of 8 MB have fewer. The tags of further ones go, their text stays.
const MOST_ELEMENTS: usize = 200_000;

/// The bytes of an answer and where they are from.
pub(super) struct Bytes {
    pub bytes: Vec<u8>,
    pub content_type: Option<String>,
    pub url: String,
    /// Whether more of it was to come.
    pub is_cut: bool,
}

/// A document read and cleaned.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub title: Option<CleanText>,
    pub home_url: Option<String>,
    pub articles: Vec<NewArticle>,
    pub notes: Vec<String>,
    pub hints: Hints,
}

/// How a document is read.
pub(super) type Read = fn(Bytes) -> Result<Reading, NotAFeed>;

pub(super) fn read(bytes: Bytes) -> Result<Reading, NotAFeed> {
    let Bytes { bytes: body, content_type, url, is_cut } = bytes;
    let raw = RawFeed { body: &body, content_type: content_type.as_deref(), base_url: Some(&url), is_cut };
    let mut feed = sources::read(raw)?;
    // What follows takes many times as much.
    drop(body);
    if feed.articles.len() > MOST_ARTICLES {
        feed.notes.push(format!("kept the first {MOST_ARTICLES} of {} articles", feed.articles.len()));
        feed.articles.truncate(MOST_ARTICLES);
    }
    let mut elements = MOST_ELEMENTS;
    let articles = feed.articles.into_iter().map(|parsed| article::to_new(parsed, &url, &mut elements)).collect();
    Ok(Reading { title: feed.title, home_url: feed.home_url, articles, notes: feed.notes, hints: feed.hints })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_without_end_is_cut() {
        let article = |number| format!("<item><title>One</title><guid>{number}</guid></item>");
        let document = format!("<rss><channel>{}</channel></rss>", (0..2001).map(article).collect::<String>());
        let bytes = Bytes { bytes: document.into_bytes(), content_type: None, url: "https://a.example/".into(), is_cut: false };
        let reading = read(bytes).expect("a feed");
        assert_eq!(reading.articles.len(), MOST_ARTICLES);
        assert_eq!(reading.notes.last().map(String::as_str), Some("kept the first 2000 of 2001 articles"));
    }

    #[test]
    fn texts_of_one_feed_have_so_many_elements_together() {
        let article =
            |number| format!("<item><guid>{number}</guid><description><![CDATA[{}]]></description></item>", "<p>a".repeat(50_000));
        let document = format!("<rss><channel>{}</channel></rss>", (0..5).map(article).collect::<String>());
        let bytes = Bytes { bytes: document.into_bytes(), content_type: None, url: "https://a.example/".into(), is_cut: false };
        let articles = read(bytes).expect("a feed").articles;
        let counts: Vec<usize> = articles.iter().map(|article| article.document.blocks.len()).collect();
        assert_eq!(counts, [50_000, 50_000, 50_000, 50_000, 1]);
        assert_eq!(articles[4].document.word_count(), 50_000);
    }
}
