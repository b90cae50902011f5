//! Joins the articles that may be told, and those that were, into stories. What of a story is new is decided elsewhere.

use std::collections::{BTreeMap, HashMap};

use super::stories::{Stories, Telling};
use crate::domain::article::{ArticleId, PageStamp};
use crate::domain::document::Document;
use crate::domain::full_text::PageText;
use crate::domain::material::{Candidate, Material, Told};
use crate::domain::teaser::is_teaser;
use crate::domain::wrap::cut;

/// Columns of an article's beginning that tell what it is about.
const LEAD: usize = 300;
/// Letters of a beginning from which two texts that share it are one.
const LETTERS: usize = 40;

/// An article that may be told, with what is looked at more than once.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    pub candidate: &'a Candidate,
    /// The text that is told from: the feed's, or its page's where the feed has only a beginning.
    pub document: &'a Document,
    pub is_teaser: bool,
    /// How the feed's text begins, and its words.
    pub lead: String,
    pub words: usize,
}

/// Articles that report the same event.
#[derive(Debug, Default)]
pub(super) struct Story<'a> {
    pub pieces: Vec<Piece<'a>>,
    pub told: Vec<&'a Told>,
}

impl<'a> Piece<'a> {
    fn of(candidate: &'a Candidate) -> Piece<'a> {
        let own = &candidate.document;
        let is_page_old = candidate.row.stamp.page == PageStamp::Old;
        let document = match &candidate.page {
            Some(PageText::Good(page)) if !is_page_old && (own.blocks.is_empty() || is_teaser(own)) => page,
            _ => own,
        };
        Piece { candidate, document, is_teaser: is_teaser(document), lead: lead(own), words: own.word_count() }
    }

    pub fn id(&self) -> ArticleId {
        self.candidate.row.id
    }

    pub fn feed_url(&self) -> &'a str {
        &self.candidate.row.feed_url
    }
}

/// The stories of the material, in the order of the articles that name them.
pub(super) fn stories(material: &Material) -> Vec<Story<'_>> {
    let mut pieces: Vec<Piece<'_>> = material.articles.iter().map(Piece::of).collect();
    pieces.sort_by_key(|piece| (piece.candidate.row.sorted_at, piece.id()));
    let mut told_of: HashMap<ArticleId, Vec<&Told>> = pieces.iter().map(|piece| (piece.id(), Vec::new())).collect();
    let mut gone: Vec<&Told> = Vec::new();
    for told in &material.told {
        match told_of.get_mut(&told.article) {
            Some(before) => before.push(told),
            None => gone.push(told),
        }
    }
    gone.sort_by_key(|told| (told.sorted_at, told.article));
    let mut gone = gone.into_iter().peekable();
    let (mut known, mut stories) = (Known::default(), BTreeMap::<ArticleId, Story<'_>>::new());
    for piece in pieces {
        while let Some(told) = gone.next_if(|told| told.sorted_at <= piece.candidate.row.sorted_at) {
            stories.entry(known.story(&telling_of_told(told), Some(told))).or_default().told.push(told);
        }
        let told = told_of.remove(&piece.id()).unwrap_or_default();
        let last = told.iter().max_by_key(|told| told.told_at).copied();
        let story = stories.entry(known.story(&telling(&piece), last)).or_default();
        story.told.extend(told);
        story.pieces.push(piece);
    }
    stories.into_values().filter(|story| !story.pieces.is_empty()).collect()
}

/// The stories so far.
#[derive(Default)]
struct Known {
    stories: Stories,
    /// Where a story went that an edition told as one with another.
    joined: HashMap<ArticleId, ArticleId>,
    /// What the stories that editions told are called here.
    told: HashMap<ArticleId, ArticleId>,
    /// By the letters of title and beginning: a copy is one however long after.
    copies: HashMap<String, ArticleId>,
}

impl Known {
    /// The story of a telling. What was told as one stays one.
    fn story(&mut self, telling: &Telling<'_>, told: Option<&Told>) -> ArticleId {
        let found = self.stories.add(telling);
        let found = self.joined.get(&found).copied().unwrap_or(found);
        let lead = letters(telling.lead);
        let is_telling = lead.len() >= LETTERS;
        let found = if is_telling { *self.copies.entry(letters(telling.title) + "/" + &lead).or_insert(found) } else { found };
        let Some(told) = told else { return found };
        let story = *self.told.entry(told.story).or_insert(found);
        if story != found {
            self.joined.insert(found, story);
        }
        story
    }
}

fn telling<'a>(piece: &'a Piece<'_>) -> Telling<'a> {
    let row = &piece.candidate.row;
    Telling { id: row.id, feed: &row.feed_url, title: &row.title, lead: &piece.lead, url: row.url.as_deref(), arrived: row.sorted_at }
}

fn telling_of_told(told: &Told) -> Telling<'_> {
    Telling {
        id: told.article,
        feed: &told.feed_url,
        title: &told.title,
        lead: &told.lead,
        url: told.url.as_deref(),
        arrived: told.sorted_at,
    }
}

/// The letters and digits of a text, in lower case.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How a text begins, in whole words.
fn lead(document: &Document) -> String {
    let mut lead = String::new();
    for line in document.plain_text().lines() {
        lead.push_str(line);
        lead.push(' ');
        if lead.len() > LEAD {
            break;
        }
    }
    cut(lead.trim_end(), LEAD, "")
}
