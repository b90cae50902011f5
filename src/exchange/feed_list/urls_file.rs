//! The `urls` file of newsboat: an address on each line, then tags, `"~a title"` and `"!"` for hidden. A plain list of addresses is
//! one too. The first tag becomes the section; the others are kept as the feed's categories, for export.

use std::collections::{HashMap, hash_map::Entry};

use super::{Offer, OfferedFeed, REFUSED_TOLD, no_filter, no_program, quoted, without_feed_scheme};
use crate::domain::clean_text::CleanText;
use crate::domain::section::{Feed, is_opml_attribute};

pub(super) fn read(text: &str, offer: &mut Offer) {
    let lines: Vec<(usize, Vec<String>)> = text.lines().enumerate().map(|(index, line)| (index + 1, words(line))).collect();
    // Prose is not refused line by line.
    if !lines.iter().any(|(_, words)| words.first().is_some_and(|word| is_of_a_list(word))) {
        return;
    }
    let mut counts = Counts::default();
    for (number, words) in &lines {
        if let Some((first, tags)) = words.split_first() {
            line(&format!("line {number}"), first, tags, &mut counts, offer);
        }
    }
    counts.tell(offer);
}

/// What the summary says of many lines at once.
#[derive(Default)]
struct Counts {
    hidden: usize,
    more_tags: usize,
    /// The line and the section where each address came first.
    places: HashMap<String, (String, Option<String>)>,
}

impl Counts {
    fn tell(&self, offer: &mut Offer) {
        let feeds = |count: usize| if count == 1 { "1 feed".to_string() } else { format!("{count} feeds") };
        if self.hidden > 0 {
            offer.notes.push(format!("{} hidden in newsboat; here nothing is hidden, so take out what you do not want", were(self.hidden)));
        }
        if self.more_tags > 0 {
            let which = feeds(self.more_tags);
            offer
                .notes
                .push(format!("the first tag names the section; the further ones of {which} are kept with the feed, for `matins export`"));
        }
    }
}

fn were(count: usize) -> String {
    if count == 1 { "1 feed was".into() } else { format!("{count} feeds were") }
}

/// Whether a line that begins so is one of a list of feeds.
fn is_of_a_list(word: &str) -> bool {
    let begins = ["http://", "https://", "file://", "feed:", "query:", "exec:", "filter:"];
    begins.iter().any(|begin| word.get(..begin.len()).is_some_and(|start| start.eq_ignore_ascii_case(begin)))
}

fn line(place: &str, first: &str, tags: &[String], counts: &mut Counts, offer: &mut Offer) {
    match first.split_once(':').map(|(kind, rest)| (kind.to_ascii_lowercase(), rest)) {
        Some((kind, rest)) if kind == "exec" => offer.refuse(no_program(place, &quoted(rest))),
        Some((kind, rest)) if kind == "filter" => offer.refuse(no_filter(place, filtered(rest))),
        Some((kind, rest)) if kind == "query" => {
            let name = quoted(rest.split(':').next().unwrap_or_default());
            offer.refuse(format!("{place}: {name} is a search over other feeds, not a feed; `matins list --search WORDS` finds articles"));
        }
        _ => {
            let mut feed = feed(place, first, tags, counts);
            stay(&mut feed, counts, offer);
            offer.offer(feed);
        }
    }
}

/// Leaves a feed that came before in the section where it came first.
fn stay(feed: &mut OfferedFeed, counts: &mut Counts, offer: &mut Offer) {
    match counts.places.entry(feed.feed.url.clone()) {
        Entry::Vacant(new) => {
            new.insert((feed.place.clone(), feed.section.clone()));
        }
        Entry::Occupied(first) => {
            let (place, section) = first.get();
            if *section != feed.section && offer.notes.len() < REFUSED_TOLD {
                offer.notes.push(format!("{}: {} stands in {place} already and stays there", feed.place, quoted(first.key())));
            }
            feed.section.clone_from(section);
        }
    }
}

/// The address in `program:address`, if there is one that can be typed again.
fn filtered(rest: &str) -> &str {
    let begins = ["http://", "https://"].iter().filter_map(|begin| rest.find(begin)).min();
    let address = begins.map_or("", |at| &rest[at..]);
    if address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'`') { address } else { "" }
}

fn feed(place: &str, address: &str, tags: &[String], counts: &mut Counts) -> OfferedFeed {
    let title = tags.iter().find_map(|tag| tag.strip_prefix('~')).map(CleanText::new).filter(|title| !title.is_empty());
    counts.hidden += usize::from(tags.iter().any(|tag| tag.starts_with('!')));
    let mut names = tags.iter().filter(|tag| !tag.starts_with(['~', '!'])).map(|tag| CleanText::new(tag)).filter(|tag| !tag.is_empty());
    let section = names.next().map(CleanText::into_string);
    let more: Vec<String> = names.map(CleanText::into_string).collect();
    let categories = ("category".to_string(), more.join(","));
    let opml = if !more.is_empty() && is_opml_attribute(&categories.0, &categories.1) { vec![categories] } else { Vec::new() };
    counts.more_tags += usize::from(!opml.is_empty());
    let feed = Feed { url: without_feed_scheme(address), title, opml, ..Feed::default() };
    OfferedFeed { section, is_fallback: false, feed, place: place.to_string() }
}

/// A line cut at blanks outside of double quotes; in those, `\"` is a quote. What follows a `#` at the start of a word is a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut letters = line.trim().chars().peekable();
    while let Some(first) = letters.peek().copied() {
        match first {
            '#' => break,
            '"' => {
                letters.next();
                words.push(in_quotes(&mut letters));
            }
            blank if blank.is_whitespace() => drop(letters.next()),
            _ => {
                let word: String = std::iter::from_fn(|| letters.next_if(|letter| !letter.is_whitespace())).collect();
                words.push(word);
            }
        }
    }
    words
}

fn in_quotes(letters: &mut impl Iterator<Item = char>) -> String {
    let mut word = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => word.extend(letters.next()),
            letter => word.push(letter),
        }
    }
    word
}
