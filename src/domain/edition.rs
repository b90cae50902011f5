//! The edition of one morning as it was made: whole and in words, so that it reads the same for ever, whatever becomes of
//! its articles, feeds and settings. How it is made stands in `briefing/`, how it is written in `exchange/briefing/`.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::article::ArticleId;
use super::clean_text::CleanText;
use super::summary::Summary;
use super::wording::{count_of, listed};
use super::words::count;

/// Words that a person reads in a minute.
pub const WORDS_A_MINUTE: usize = 230;

/// One finite page: every section of the paper in its place, the few stories that matter in each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// The day that it is for.
    pub date: Date,
    pub made_at: Timestamp,
    /// `Sunday 22 November 2026, made at 06:00`: in the words of the place where it was made.
    pub dateline: CleanText,
    /// In plain lower-case letters and digits, without `#`.
    pub tags: Vec<String>,
    /// In the order of the paper.
    pub sections: Vec<EditionSection>,
    pub sources: Sources,
    /// At [`WORDS_A_MINUTE`], a minute begun counts.
    pub reading_minutes: usize,
}

/// One section of an edition, with stories or with the reason why there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionSection {
    pub name: CleanText,
    /// One character, or empty.
    pub icon: CleanText,
    pub state: SectionState,
    /// How its stories were chosen, or why there are none, and which of its feeds failed: sentences.
    pub note: CleanText,
    pub stories: Vec<EditionStory>,
    /// What there was besides, feed by feed, the most first: `+23 more from arXiv`.
    pub surplus: Vec<Surplus>,
}

/// How a section came out, in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionState {
    /// It has stories.
    News,
    /// Its feeds answered and had nothing that was not told or read already.
    #[default]
    NothingNew,
    /// None of its feeds could be had.
    Failing,
    /// None of its feeds was ever asked.
    NotAsked,
}

/// One event and what is told of it. The words are those of the article that tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionStory {
    pub title: CleanText,
    pub url: Option<String>,
    /// The name of the feed whose article tells it.
    pub feed: CleanText,
    pub published: Option<Timestamp>,
    /// When that was, as the morning said it: `today 05:40`; empty when the article has no date.
    pub when: CleanText,
    /// Sentences of the article; none where it has no text: "headline only".
    pub summary: Option<Summary>,
    /// Every article that reports it, the one that tells it first. Never empty.
    pub sources: Vec<Source>,
    pub news: News,
    /// What is new of a story that an earlier edition told: `told on Saturday 21 November; since then also in CTV`.
    pub change: CleanText,
    /// Why it is here, each reason in words.
    pub reasons: Vec<CleanText>,
}

/// One article of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub id: ArticleId,
    /// The name of its feed, and the feed's address.
    pub feed: CleanText,
    pub feed_url: String,
    pub title: CleanText,
    pub url: Option<String>,
    /// Of its title and text as they were: another one when they have changed. See [`super::article::Stamp`].
    pub text_digest: i64,
    /// Words of its text as it was.
    pub words: usize,
    /// How its text began.
    pub lead: CleanText,
}

/// What is new about a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// No edition has told it.
    #[default]
    New,
    /// Others report it too, or there is more of it, since it was told.
    Developing,
    /// Its publisher changed it since it was told.
    Edited,
}

/// Articles of one feed that are not in the edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surplus {
    /// The feed's name.
    pub feed: CleanText,
    pub count: usize,
}

/// What the edition was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    /// Feeds that were asked, and those of them whose last answer was good.
    pub asked: usize,
    pub ok: usize,
    pub failed: Vec<FailedSource>,
    /// Names of feeds that were never asked.
    pub not_asked: Vec<CleanText>,
    /// When the last of them was asked: `today 05:58`; empty when none was.
    pub last_asked: CleanText,
}

/// A feed that failed when it was last asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedSource {
    pub name: CleanText,
    pub url: String,
    pub error: CleanText,
    /// When it is asked again: `at 08:40`; empty when never.
    pub next_try: CleanText,
}

impl Edition {
    /// What stands above every edition.
    pub const TITLE: &'static str = "Morning News Briefing";

    /// `Morning News Briefing, Sunday 22 November 2026`
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}, {}", Edition::TITLE, self.date.strftime("%A %-d %B %Y"))
    }

    /// Every story in order.
    pub fn stories(&self) -> impl Iterator<Item = &EditionStory> {
        self.sections.iter().flat_map(|section| &section.stories)
    }

    /// Words that a person reads of it.
    #[must_use]
    pub fn words(&self) -> usize {
        self.sections.iter().map(EditionSection::words).sum()
    }

    /// The edition with that section alone, or none when it has no such section.
    #[must_use]
    pub fn only(self, section: &str) -> Option<Edition> {
        let sections: Vec<_> = self.sections.into_iter().filter(|one| one.name.as_str() == section).collect();
        let words = sections.iter().map(EditionSection::words).sum();
        (!sections.is_empty()).then_some(Edition { sections, reading_minutes: minutes(words), ..self })
    }
}

impl EditionSection {
    /// Words that a person reads of it.
    #[must_use]
    pub fn words(&self) -> usize {
        count(&self.name) + count(&self.note) + self.stories.iter().map(EditionStory::words).sum::<usize>()
    }

    /// `+23 more from arXiv, +2 from CBC`; empty when all is told.
    #[must_use]
    pub fn surplus_words(&self) -> String {
        /// Feeds that are named.
        const NAMED: usize = 3;
        let more = |place: usize| if place == 0 { " more" } else { "" };
        let one = |(place, surplus): (usize, &Surplus)| format!("+{}{} from {}", surplus.count, more(place), surplus.feed);
        let mut parts: Vec<String> = self.surplus.iter().take(NAMED).enumerate().map(one).collect();
        let others = self.surplus.get(NAMED..).unwrap_or_default();
        if !others.is_empty() {
            let count: usize = others.iter().map(|surplus| surplus.count).sum();
            parts.push(format!("+{count} from {}", count_of(others.len(), "other feed")));
        }
        parts.join(", ")
    }
}

impl EditionStory {
    /// Said of a story of which there is nothing but the headline.
    pub const HEADLINE_ONLY: &'static str = "headline only";

    /// Words that a person reads of it.
    #[must_use]
    pub fn words(&self) -> usize {
        let summary = self.summary.iter().flat_map(|summary| &summary.sentences).map(|sentence| count(&sentence.text));
        count(&self.title) + summary.sum::<usize>() + count(&self.change) + count(&self.byline())
    }

    /// Names of the feeds that report it, each once, the one that tells it first.
    #[must_use]
    pub fn feeds(&self) -> Vec<&str> {
        let mut names: Vec<&str> = vec![&self.feed];
        for source in &self.sources {
            if !names.contains(&source.feed.as_str()) {
                names.push(&source.feed);
            }
        }
        names
    }

    /// `CBC, today 05:40, also Global and CTV`.
    #[must_use]
    pub fn byline(&self) -> String {
        /// Feeds that are named.
        const NAMED: usize = 6;
        let others: Vec<String> = self.feeds().iter().skip(1).map(ToString::to_string).collect();
        let also = (!others.is_empty()).then(|| format!("also {}", listed(&others, NAMED)));
        let when = (!self.when.is_empty()).then(|| self.when.to_string());
        [Some(self.feed.to_string()), when, also].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The summary as one text.
    #[must_use]
    pub fn summary_text(&self) -> Option<String> {
        self.summary.as_ref().map(Summary::text)
    }
}

/// Minutes that so many words take.
#[must_use]
pub fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE)
}
