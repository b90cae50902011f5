//! An edition as JSON. Its form is pinned: scripts read it from `matins briefing --json`.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::domain::article::ArticleId;
use crate::domain::clean_text::CleanText;
use crate::domain::edition::{Edition, EditionSection, EditionStory, FailedSource, News, SectionState, Source, Sources};

/// An edition as scripts read it.
#[derive(Debug, Serialize)]
pub struct Told<'a> {
    date: Date,
    made_at: Timestamp,
    title: &'static str,
    tags: &'a [String],
    sections: Vec<Section<'a>>,
    sources: Asked<'a>,
    reading_minutes: usize,
}

#[derive(Debug, Serialize)]
struct Section<'a> {
    name: &'a str,
    icon: &'a str,
    state: SectionState,
    note: &'a str,
    articles: Vec<Article<'a>>,
    more: Vec<More<'a>>,
}

#[derive(Debug, Serialize)]
struct Article<'a> {
    id: Option<ArticleId>,
    title: &'a str,
    url: Option<&'a str>,
    feed: &'a str,
    published: Option<Timestamp>,
    /// Sentences of the article; `null` when there is nothing but the headline.
    summary: Option<String>,
    news: News,
    /// What is new since it was told, if it was.
    change: Option<&'a str>,
    reasons: &'a [CleanText],
    sources: Vec<OneSource<'a>>,
}

#[derive(Debug, Serialize)]
struct OneSource<'a> {
    id: ArticleId,
    feed: &'a str,
    title: &'a str,
    url: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct More<'a> {
    feed: &'a str,
    count: usize,
}

#[derive(Debug, Serialize)]
struct Asked<'a> {
    asked: usize,
    ok: usize,
    failed: Vec<Failed<'a>>,
    not_asked: &'a [CleanText],
}

#[derive(Debug, Serialize)]
struct Failed<'a> {
    url: &'a str,
    error: &'a str,
}

/// What is written of an edition.
#[must_use]
pub fn told(edition: &Edition) -> Told<'_> {
    Told {
        date: edition.date,
        made_at: edition.made_at,
        title: Edition::TITLE,
        tags: &edition.tags,
        sections: edition.sections.iter().map(section).collect(),
        sources: asked(&edition.sources),
        reading_minutes: edition.reading_minutes,
    }
}

fn section(section: &EditionSection) -> Section<'_> {
    Section {
        name: &section.name,
        icon: &section.icon,
        state: section.state,
        note: &section.note,
        articles: section.stories.iter().map(article).collect(),
        more: section.surplus.iter().map(|surplus| More { feed: &surplus.feed, count: surplus.count }).collect(),
    }
}

fn article(story: &EditionStory) -> Article<'_> {
    Article {
        id: story.sources.first().map(|source| source.id),
        title: &story.title,
        url: story.url.as_deref(),
        feed: &story.feed,
        published: story.published,
        summary: story.summary_text(),
        news: story.news,
        change: Some(story.change.as_str()).filter(|change| !change.is_empty()),
        reasons: &story.reasons,
        sources: story.sources.iter().map(source).collect(),
    }
}

fn source(source: &Source) -> OneSource<'_> {
    OneSource { id: source.id, feed: &source.feed, title: &source.title, url: source.url.as_deref() }
}

fn asked(sources: &Sources) -> Asked<'_> {
    let failed = sources.failed.iter().map(|FailedSource { url, error, .. }| Failed { url, error }).collect();
    Asked { asked: sources.asked, ok: sources.ok, failed, not_asked: &sources.not_asked }
}
