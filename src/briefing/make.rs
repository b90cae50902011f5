//! An edition out of the material: every section in its place, each story in one section only, and what it was made from.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::offer::{self, Offer};
use super::{gather, length, section, sources};
use crate::domain::article::{ArticleId, Row};
use crate::domain::clean_text::CleanText;
use crate::domain::edition::{Edition, EditionSection, SectionState, minutes};
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::material::{Material, NamedFeed};
use crate::domain::section::{Section, has_stand_ins};

/// All that an edition is made from.
#[derive(Clone, Copy, Debug)]
pub struct Making<'a> {
    /// The day that it is for.
    pub date: Date,
    pub now: Timestamp,
    pub zone: &'a TimeZone,
    /// In the order of the paper; the material has a stock for each.
    pub sections: &'a [Section],
    /// Every feed of those sections, with what was last heard of it.
    pub feeds: &'a [NamedFeed],
    pub material: &'a Material,
    /// Whether it is only looked at, and so has also what was read or told before.
    pub is_view: bool,
}

/// Makes the edition. The same material gives the same edition.
#[must_use]
pub fn make(making: &Making<'_>) -> Edition {
    let newsroom = Newsroom::new(making);
    let stories = gather::stories(making.material);
    let offers = offer::offers(&newsroom, &stories);
    let mut sections: Vec<EditionSection> = (0..making.sections.len()).map(|at| section::section(&newsroom, &offers, at)).collect();
    length::shorten(&mut sections);
    let words = sections.iter().map(EditionSection::words).sum();
    let moment = making.now.to_zoned(making.zone.clone());
    let night = if moment.date() == making.date { String::new() } else { moment.strftime(" on %A").to_string() };
    let dateline = format!("{}, made at {}{night}", making.date.strftime("%A %-d %B %Y"), moment.strftime("%H:%M"));
    Edition {
        date: making.date,
        made_at: making.now,
        dateline: CleanText::new(&dateline),
        tags: tags(making.sections, &sections),
        sections,
        sources: sources::sources(&newsroom),
        reading_minutes: minutes(words),
    }
}

/// `briefing` and the sections that have news, as words that mail and notes can be filed by.
fn tags(settings: &[Section], sections: &[EditionSection]) -> Vec<String> {
    let with_news = settings.iter().zip(sections).filter(|(_, section)| section.state == SectionState::News);
    let tags = with_news.map(|(section, _)| gather::letters(&section.short_name)).filter(|tag| !tag.is_empty());
    ["briefing".to_string()].into_iter().chain(tags).collect()
}

/// The making with what is looked up in it often.
pub(super) struct Newsroom<'a> {
    pub making: &'a Making<'a>,
    feeds: HashMap<&'a str, &'a NamedFeed>,
    rows: HashMap<ArticleId, &'a Row>,
}

impl<'a> Newsroom<'a> {
    fn new(making: &'a Making<'a>) -> Newsroom<'a> {
        let rows = making.material.articles.iter().map(|candidate| &candidate.row);
        Newsroom {
            making,
            feeds: making.feeds.iter().map(|feed| (feed.health.url.as_str(), feed)).collect(),
            rows: rows.map(|row| (row.id, row)).collect(),
        }
    }

    /// The articles of a section's stock, newest first.
    pub fn stock(&self, section: usize) -> impl Iterator<Item = &'a Row> {
        let ids = self.making.material.sections.get(section).map_or(&[][..], |stock| &stock.articles);
        ids.iter().filter_map(|id| self.rows.get(id).copied())
    }

    /// The name of a feed; its address for one that has left the paper.
    pub fn name(&self, url: &str) -> String {
        self.feeds.get(url).map_or_else(|| url.to_string(), |feed| feed.name.to_string())
    }

    pub fn health(&self, url: &str) -> Option<&'a FeedHealth> {
        self.feeds.get(url).map(|feed| &feed.health)
    }

    pub fn is_failing(&self, url: &str) -> bool {
        self.health(url).is_some_and(|health| health.state == FeedState::Failing)
    }

    /// Whether the fallback feeds of a section stand in.
    pub fn has_stand_ins(&self, section: &Section) -> bool {
        let ordinary = section.feeds.iter().filter_map(|feed| self.health(&feed.url));
        has_stand_ins(ordinary.map(|health| (health.state == FeedState::Failing, health.newest)), section.since(self.making.now))
    }

    /// Addresses of the feeds that a section takes its stories from, in order.
    pub fn feeds_of(&self, section: &'a Section) -> Vec<&'a str> {
        let stand_ins = if self.has_stand_ins(section) { section.fallback.as_slice() } else { &[] };
        section.feeds.iter().chain(stand_ins).map(|feed| feed.url.as_str()).collect()
    }
}

/// The offers that a section may tell.
pub(super) fn at_home<'a, 'o>(offers: &'o [Offer<'a>], section: usize) -> impl Iterator<Item = &'o Offer<'a>> {
    offers.iter().filter(move |offer| offer.home == Some(section))
}
