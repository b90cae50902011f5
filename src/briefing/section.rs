//! One section of an edition: the best of its stories, what is left over, and a note that says how it came out.

use super::gather::{Piece, Story};
use super::make::{Newsroom, at_home};
use super::news::Verdict;
use super::notes::{self, Tally};
use super::offer::Offer;
use super::rank::{self, Standing};
use super::reasons::{self, Grounds};
use super::summary::summary;
use crate::domain::clean_text::CleanText;
use crate::domain::edition::{EditionSection, EditionStory, News, SectionState, Source, Surplus};
use crate::domain::section::Section;
use crate::domain::time_words::moment;

/// Words from which a text says more than its headline.
const SOME_WORDS: usize = 15;

/// A story as one section would tell it.
struct Contender<'a, 'o> {
    offer: &'o Offer<'a>,
    /// The piece that tells it.
    main: &'o Piece<'a>,
    standing: Standing,
}

/// The section at that place of the paper.
pub(super) fn section(newsroom: &Newsroom<'_>, offers: &[Offer<'_>], at: usize) -> EditionSection {
    let settings = &newsroom.making.sections[at];
    let feeds = newsroom.feeds_of(settings);
    let mut contenders: Vec<_> = at_home(offers, at).filter_map(|offer| contender(newsroom, settings, &feeds, offer)).collect();
    contenders.sort_by_key(|one| std::cmp::Reverse((one.main.candidate.row.sorted_at, one.main.id())));
    let has_coverage = has_enough_feeds(offers, at, &feeds);
    let standings: Vec<Standing> = contenders.iter().map(|one| one.standing).collect();
    let chosen = rank::choose(&standings, has_coverage, settings.limit);
    let told: Vec<_> = chosen.iter().map(|one| (&contenders[one.at], one.before)).collect();
    let stories: Vec<EditionStory> = told.iter().map(|(one, before)| story(newsroom, at, one, *before)).collect();
    let left = (0..contenders.len()).filter(|at| chosen.iter().all(|one| one.at != *at));
    let left: Vec<&str> = left.map(|at| contenders[at].main.feed_url()).collect();
    let has_several_feeds = standings.iter().any(|one| one.feed != standings[0].feed);
    let tally = Tally { found: contenders.len(), shown: stories.len(), has_coverage, has_several_feeds, ..Tally::of(offers, at) };
    let state = notes::state(newsroom, settings, stories.len());
    EditionSection {
        name: settings.name.clone(),
        icon: settings.icon.clone(),
        state,
        note: CleanText::new(&notes::note(newsroom, settings, &tally, state == SectionState::News)),
        stories,
        surplus: surplus(newsroom, at, &feeds, &left),
    }
}

/// Whether so many of its feeds have something that it says something when several have the same.
fn has_enough_feeds(offers: &[Offer<'_>], at: usize, feeds: &[&str]) -> bool {
    let pieces = || offers.iter().filter(|offer| offer.sections.contains(&at)).flat_map(|offer| &offer.story.pieces);
    feeds.iter().filter(|url| pieces().any(|piece| piece.feed_url() == **url)).count() >= rank::ENOUGH_FEEDS
}

fn contender<'a, 'o>(newsroom: &Newsroom<'_>, section: &Section, feeds: &[&str], offer: &'o Offer<'a>) -> Option<Contender<'a, 'o>> {
    let Verdict::Tell { pieces, news, .. } = &offer.verdict else { return None };
    let place = |piece: &Piece<'_>| feeds.iter().position(|url| *url == piece.feed_url());
    let has_text = |piece: &Piece<'_>| piece.document.word_count() >= SOME_WORDS;
    let newest = |piece: &Piece<'_>| std::cmp::Reverse((piece.candidate.row.sorted_at, piece.id()));
    let own = pieces.iter().map(|at| &offer.story.pieces[*at]).filter_map(|piece| Some((place(piece)?, piece)));
    let (feed, main) = own.min_by_key(|(place, piece)| (!has_text(piece), *place, newest(piece)))?;
    let age = newsroom.making.now.duration_since(main.candidate.row.sorted_at).as_secs_f64();
    let standing = Standing {
        feed,
        sources: feeds_of(offer.story).len(),
        age: age / section.window.as_secs_f64().max(1.0),
        is_again: *news != News::New,
        is_starred: offer.story.pieces.iter().any(|piece| piece.candidate.row.status.is_starred),
    };
    Some(Contender { offer, main, standing })
}

/// Addresses of the feeds that report a story, each once.
fn feeds_of<'a>(story: &Story<'a>) -> Vec<&'a str> {
    let mut urls: Vec<&str> = story.pieces.iter().map(Piece::feed_url).collect();
    urls.sort_unstable();
    urls.dedup();
    urls
}

fn story(newsroom: &Newsroom<'_>, section: usize, contender: &Contender<'_, '_>, before: usize) -> EditionStory {
    let Contender { offer, main, standing } = contender;
    let (row, now, zone) = (&main.candidate.row, newsroom.making.now, newsroom.making.zone);
    let published = row.published.or(row.updated);
    let (news, change) = match &offer.verdict {
        Verdict::Tell { news, change, .. } => (*news, change.as_str()),
        _ => (News::New, ""),
    };
    let others = offer.story.pieces.iter().filter(|piece| piece.id() != main.id());
    let sources: Vec<Source> = std::iter::once(*main).chain(others).map(|piece| source(newsroom, piece)).collect();
    let when = published.map(|_| moment(now, row.sorted_at, zone)).unwrap_or_default();
    let grounds = Grounds { newsroom, section, story: offer.story, main, standing, before, change };
    EditionStory {
        title: row.title.clone(),
        url: row.url.clone(),
        feed: CleanText::new(&newsroom.name(main.feed_url())),
        published,
        when: CleanText::new(&when),
        summary: summary(&row.title, main.document, main.is_teaser),
        sources,
        news,
        change: CleanText::new(change),
        reasons: reasons::reasons(&grounds).iter().map(|reason| CleanText::new(reason)).collect(),
    }
}

fn source(newsroom: &Newsroom<'_>, piece: &Piece<'_>) -> Source {
    let row = &piece.candidate.row;
    Source {
        id: row.id,
        feed: CleanText::new(&newsroom.name(&row.feed_url)),
        feed_url: row.feed_url.clone(),
        title: row.title.clone(),
        url: row.url.clone(),
        text_digest: piece.candidate.text_digest,
        words: piece.words,
        lead: CleanText::new(&piece.lead),
    }
}

/// What is left over by the name of its feed, the most first: stories that were not chosen, and what lies beyond what was looked at.
fn surplus(newsroom: &Newsroom<'_>, section: usize, feeds: &[&str], left: &[&str]) -> Vec<Surplus> {
    let Some(stock) = newsroom.making.material.sections.get(section) else { return Vec::new() };
    let unread_here = |url: &str| newsroom.stock(section).filter(|row| row.feed_url == url && !row.status.is_read).count();
    let count = |url: &str| {
        let beyond = stock.unread.iter().find(|(of, _)| of == url).map_or(0, |(_, count)| count.saturating_sub(unread_here(url)));
        left.iter().filter(|of| **of == url).count() + beyond
    };
    let mut all: Vec<Surplus> = Vec::new();
    for (name, count) in feeds.iter().map(|url| (newsroom.name(url), count(url))).filter(|(_, count)| *count > 0) {
        match all.iter_mut().find(|surplus| surplus.feed.as_str() == name) {
            Some(known) => known.count += count,
            None => all.push(Surplus { feed: CleanText::new(&name), count }),
        }
    }
    all.sort_by_key(|surplus| std::cmp::Reverse(surplus.count));
    all
}
