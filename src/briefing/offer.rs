//! Where each story stands: in the one section that has most of it, however many sections have some.

use std::collections::HashSet;

use super::gather::Story;
use super::make::Newsroom;
use super::news::{Verdict, verdict};
use crate::domain::article::ArticleId;

/// A story with what is new of it and where it stands.
#[derive(Debug)]
pub(super) struct Offer<'a> {
    pub story: &'a Story<'a>,
    pub verdict: Verdict,
    /// The sections whose feeds report it, in the order of the paper.
    pub sections: Vec<usize>,
    /// The one that may tell it; none when there is nothing to tell.
    pub home: Option<usize>,
}

/// One for each story that some section has.
pub(super) fn offers<'a>(newsroom: &Newsroom<'_>, stories: &'a [Story<'a>]) -> Vec<Offer<'a>> {
    let takes: Vec<HashSet<ArticleId>> = (0..newsroom.making.sections.len()).map(|at| taken(newsroom, at)).collect();
    let offers = stories.iter().map(|story| offer(newsroom, story, &takes));
    offers.filter(|offer| !offer.sections.is_empty()).collect()
}

/// The articles that a section takes.
fn taken(newsroom: &Newsroom<'_>, section: usize) -> HashSet<ArticleId> {
    let feeds = newsroom.feeds_of(&newsroom.making.sections[section]);
    newsroom.stock(section).filter(|row| feeds.contains(&row.feed_url.as_str())).map(|row| row.id).collect()
}

fn offer<'a>(newsroom: &Newsroom<'_>, story: &'a Story<'a>, takes: &[HashSet<ArticleId>]) -> Offer<'a> {
    let verdict = verdict(story, newsroom.making.is_view, |url| newsroom.name(url));
    let count = |section: &HashSet<ArticleId>| match &verdict {
        Verdict::Tell { pieces, .. } => pieces.iter().filter(|at| section.contains(&story.pieces[**at].id())).count(),
        _ => 0,
    };
    let counts: Vec<usize> = takes.iter().map(count).collect();
    let most = counts.iter().copied().max().filter(|most| *most > 0);
    let home = most.and_then(|most| counts.iter().position(|count| *count == most));
    let has = |section: &HashSet<ArticleId>| story.pieces.iter().any(|piece| section.contains(&piece.id()));
    let sections = takes.iter().enumerate().filter(|(_, section)| has(section)).map(|(at, _)| at).collect();
    Offer { story, verdict, sections, home }
}
