//! Why a story is in the edition, each reason in words, for whoever questions its place.

use super::gather::{Piece, Story};
use super::make::Newsroom;
use super::rank::Standing;
use crate::domain::article::ArticleId;
use crate::domain::time_words::ago;
use crate::domain::wording::{count_of, length_of, listed, ordinal};

/// Feeds that are named.
const NAMED: usize = 8;

/// What its place in a section comes from.
pub(super) struct Grounds<'a> {
    pub newsroom: &'a Newsroom<'a>,
    pub section: usize,
    pub story: &'a Story<'a>,
    pub main: &'a Piece<'a>,
    pub standing: &'a Standing,
    /// Stories of its feed that stand above it.
    pub before: usize,
    pub change: &'a str,
}

pub(super) fn reasons(grounds: &Grounds<'_>) -> Vec<String> {
    let starred = grounds.standing.is_starred.then(|| "you have starred it".to_string());
    let change = (!grounds.change.is_empty()).then(|| grounds.change.to_string());
    let reasons = [Some(coverage(grounds)), place(grounds), Some(age(grounds)), change, starred, turn(grounds)];
    reasons.into_iter().flatten().collect()
}

/// `4 of your feeds report it: CBC, Global, CTV and La Presse`
fn coverage(grounds: &Grounds<'_>) -> String {
    let mut names: Vec<String> = vec![grounds.newsroom.name(grounds.main.feed_url())];
    for piece in &grounds.story.pieces {
        let name = grounds.newsroom.name(piece.feed_url());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.len() {
        1 => format!("only {} reports it", names[0]),
        count => format!("{count} of your feeds report it: {}", listed(&names, NAMED)),
    }
}

/// `the 2nd of 18 articles of CBC in the last 24 hours`
fn place(grounds: &Grounds<'_>) -> Option<String> {
    let (section, url) = (&grounds.newsroom.making.sections[grounds.section], grounds.main.feed_url());
    let own: Vec<ArticleId> = grounds.newsroom.stock(grounds.section).filter(|row| row.feed_url == url).map(|row| row.id).collect();
    let place = own.iter().position(|id| *id == grounds.main.id())? + 1;
    let (name, time) = (grounds.newsroom.name(url), length_of(section.window));
    Some(match own.len() {
        1 => format!("the only article of {name} in the last {time}"),
        count => format!("the {} newest of {} of {name} in the last {time}", ordinal(place), count_of(count, "article")),
    })
}

/// `it was two hours old`
fn age(grounds: &Grounds<'_>) -> String {
    let row = &grounds.main.candidate.row;
    let ago = ago(grounds.newsroom.making.now, row.sorted_at);
    match row.published.or(row.updated) {
        Some(_) => format!("it came out {ago}"),
        None => format!("it has no date and came {ago}"),
    }
}

/// `the 3rd of CBC here, which counts less`
fn turn(grounds: &Grounds<'_>) -> Option<String> {
    let name = grounds.newsroom.name(grounds.main.feed_url());
    (grounds.before > 0).then(|| format!("the {} story from {name} here, so others went first", ordinal(grounds.before + 1)))
}
