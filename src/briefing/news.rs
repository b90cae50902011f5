//! What is new of a story: all of it, something since an earlier edition told it, or nothing.

use std::collections::HashSet;

use super::gather::{Piece, Story, letters};
use crate::domain::edition::News;
use crate::domain::material::Told;
use crate::domain::wording::listed;

/// Feeds that are named.
const NAMED: usize = 4;
/// A text has changed when it is so many words longer, and by such a share; a mended word is no news.
const MORE_WORDS: usize = 60;
const MORE_SHARE: f64 = 0.25;

/// What a story offers an edition.
#[derive(Debug)]
pub(super) enum Verdict {
    /// To be told by one of these pieces.
    Tell { pieces: Vec<usize>, news: News, change: String },
    /// An earlier edition told it and there is nothing new of it.
    Told,
    /// It was read before the edition was made.
    Read,
}

/// `name` gives the name of a feed by its address.
pub(super) fn verdict(story: &Story<'_>, is_view: bool, name: impl Fn(&str) -> String) -> Verdict {
    let all = || (0..story.pieces.len()).collect();
    if is_view {
        return Verdict::Tell { pieces: all(), news: News::New, change: String::new() };
    }
    let is_read = |piece: &Piece<'_>| piece.candidate.row.status.is_read;
    let Some(last) = story.told.iter().max_by_key(|told| told.told_at) else {
        let is_new = !story.pieces.iter().any(is_read);
        return if is_new { Verdict::Tell { pieces: all(), news: News::New, change: String::new() } } else { Verdict::Read };
    };
    let unread = |wanted: &dyn Fn(&Piece<'_>) -> bool| -> Vec<usize> {
        story.pieces.iter().enumerate().filter(|(_, piece)| !is_read(piece) && wanted(piece)).map(|(at, _)| at).collect()
    };
    let since = format!("told on {}", last.date.strftime("%A %-d %B"));
    let joined = unread(&|piece| is_further(piece, &story.told));
    if !joined.is_empty() {
        let change = format!("{since}; since then {}", further(story, &joined, name));
        return Verdict::Tell { pieces: joined, news: News::Developing, change };
    }
    let edited = unread(&|piece| edit(piece, &story.told).is_some());
    match edited.first().and_then(|at| Some((*at, edit(&story.pieces[*at], &story.told)?))) {
        Some((at, change)) => {
            let change = format!("{since}; {} has edited it since: {change}", name(story.pieces[at].feed_url()));
            Verdict::Tell { pieces: edited, news: News::Edited, change }
        }
        None => Verdict::Told,
    }
}

/// Whether a piece adds something to what was told: by another feed, or in other words by the same.
fn is_further(piece: &Piece<'_>, told: &[&Told]) -> bool {
    let is_told = told.iter().any(|told| told.article == piece.id());
    let mut own = told.iter().filter(|told| told.feed_url == piece.feed_url()).peekable();
    let is_copy = |told: &&Told| alike(&told.title, &piece.candidate.row.title) || alike(&told.lead, &piece.lead);
    !is_told && (own.peek().is_none() || !own.any(is_copy))
}

/// `also in CTV and Global`, `more from CBC`.
fn further(story: &Story<'_>, pieces: &[usize], name: impl Fn(&str) -> String) -> String {
    let told: HashSet<&str> = story.told.iter().map(|told| told.feed_url.as_str()).collect();
    let mut urls: Vec<&str> = Vec::new();
    for at in pieces {
        let url = story.pieces[*at].feed_url();
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    let names = |is_told: bool| -> Vec<String> { urls.iter().filter(|url| told.contains(**url) == is_told).map(|url| name(url)).collect() };
    let (others, same) = (names(false), names(true));
    let also = (!others.is_empty()).then(|| format!("also in {}", listed(&others, NAMED)));
    let more = (!same.is_empty()).then(|| format!("more from {}", listed(&same, NAMED)));
    [more, also].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What its publisher changed of a told article, when that is more than a mended word.
fn edit(piece: &Piece<'_>, told: &[&Told]) -> Option<String> {
    let row = &piece.candidate.row;
    let last = told.iter().filter(|told| told.article == row.id).max_by_key(|told| told.told_at)?;
    let more = piece.words.saturating_sub(last.words);
    if last.text_digest == piece.candidate.text_digest {
        None
    } else if !alike(&last.title, &row.title) {
        Some(format!("the headline was “{}”", last.title))
    } else if !alike(&last.lead, &piece.lead) {
        Some("its text begins in other words".into())
    } else if more >= MORE_WORDS && more as f64 >= last.words as f64 * MORE_SHARE {
        Some(format!("its text is {more} words longer"))
    } else {
        None
    }
}

/// Whether two texts have the same letters and digits.
fn alike(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}
