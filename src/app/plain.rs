//! Names on their way into the model, in plain ASCII for terminals without UTF-8: before anything is laid out. Titles stay as
//! they were written, since they leave the program again (clipboard, journal); `Model::plain` is for where they are laid out.

use super::event::Event;
use crate::domain::article::{Article, Row};
use crate::domain::clean_text::CleanText;
use crate::domain::feed::FeedHealth;
use crate::domain::list::Snapshot;
use crate::domain::plain_text::plain;
use crate::domain::section::Paper;

/// The paper with plain names; addresses stay.
pub(super) fn paper(mut paper: Paper) -> Paper {
    for section in &mut paper.sections {
        section.name = text(&section.name);
        section.short_name = text(&section.short_name);
        for feed in section.feeds.iter_mut().chain(&mut section.fallback) {
            feed.title = feed.title.as_ref().map(text);
        }
    }
    paper
}

/// The event with plain names.
pub(super) fn event(event: Event) -> Event {
    match event {
        Event::ListLoaded { generation, snapshot } => {
            let rows = snapshot.rows.into_iter().map(row).collect();
            Event::ListLoaded { generation, snapshot: Snapshot { rows, ..snapshot } }
        }
        Event::RowsLoaded { rows, marks } => Event::RowsLoaded { rows: rows.into_iter().map(row).collect(), marks },
        Event::HealthLoaded { feeds } => {
            let named = |feed: FeedHealth| FeedHealth { title: feed.title.as_ref().map(text), ..feed };
            Event::HealthLoaded { feeds: feeds.into_iter().map(named).collect() }
        }
        Event::ArticleLoaded { article, version, setting } => {
            let authors = article.authors.iter().map(text).collect();
            let article = Article { row: row(article.row.clone()), authors, ..*article };
            Event::ArticleLoaded { article: Box::new(article), version, setting }
        }
        event => event,
    }
}

fn row(row: Row) -> Row {
    let (feed_title, author) = (row.feed_title.as_ref().map(text), row.author.as_ref().map(text));
    Row { feed_title, author, ..row }
}

fn text(text: &CleanText) -> CleanText {
    if text.is_ascii() { text.clone() } else { CleanText::new(&plain(text)) }
}
