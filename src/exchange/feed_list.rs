//! Lists of feeds that enter and leave: OPML, and the `urls` file of newsboat. Reads what is whole, says what is not taken and
//! what to do instead. Whether an address can be asked is for the settings to say.

mod opml_reader;
mod opml_writer;
mod urls_file;

pub use opml_writer::{KnownFeed, opml};

use std::collections::HashSet;

use crate::domain::clean_text::CleanText;
use crate::domain::section::{Feed, Section};
use crate::domain::wording::shortened;
use crate::sources::{self, ListFile};

/// Bytes of a list; one of ten thousand feeds has one or two million.
const MOST_BYTES: usize = 8_000_000;
/// Feeds of one list; more are no list of a person's.
const MOST_FEEDS: usize = 10_000;
/// Lines, or outlines, that are refused one by one; the rest is counted.
const REFUSED_TOLD: usize = 100;

/// What a file offers.
#[derive(Debug, Default)]
pub struct Offer {
    pub feeds: Vec<OfferedFeed>,
    /// The sections of an OPML file with their options, in its order; they stand here without feeds.
    pub sections: Vec<Section>,
    /// The names of those that have no feeds in the file either.
    pub empty: HashSet<String>,
    /// What is not taken, each in a sentence that says what to do instead.
    pub refused: Vec<String>,
    /// What is not taken beyond those.
    pub refused_more: usize,
    /// What such a thing is called: a line, a feed.
    pub refused_noun: &'static str,
    /// Repairs, and what else a person may want to know.
    pub notes: Vec<String>,
}

/// One feed of a list from elsewhere.
#[derive(Debug, PartialEq, Eq)]
pub struct OfferedFeed {
    /// The section that the list puts it into, if it says.
    pub section: Option<String>,
    pub is_fallback: bool,
    pub feed: Feed,
    /// What a person calls its place: `line 3`, or its title.
    pub place: String,
}

/// Reads a list of feeds; what kind it is shows in the file itself.
///
/// # Errors
/// When there is no such list in it: says what it seems to be, as the end of a sentence that begins with the file's name.
pub fn read(body: &[u8]) -> Result<Offer, String> {
    if body.len() > MOST_BYTES {
        return Err(format!("is larger than {} MB, which is no list of feeds; give it in parts", MOST_BYTES / 1_000_000));
    }
    let (file, repairs) = sources::read_list(body);
    let mut offer = Offer::default();
    match file {
        ListFile::Outlines(outlines, namespaces) => {
            offer.refused_noun = "feed";
            opml_reader::read(&outlines, &namespaces, &mut offer);
        }
        ListFile::Text(text) => {
            offer.refused_noun = "line";
            urls_file::read(&text, &mut offer);
        }
    }
    if offer.feeds.is_empty() && offer.refused.is_empty() {
        return Err(what_instead(body));
    }
    offer.notes.splice(0..0, repairs);
    Ok(offer)
}

fn what_instead(body: &[u8]) -> String {
    let is_feed = sources::read(sources::RawFeed { body, ..Default::default() }).is_ok();
    let what = if is_feed { "is a feed itself, not a list of feeds" } else { "has no feeds in it" };
    let advice =
        if is_feed { "add its address with `matins add URL`" } else { "give an OPML file, or a file with an address on each line" };
    format!("{what}; {advice}")
}

impl Offer {
    fn refuse(&mut self, sentence: String) {
        match self.refused.len() < REFUSED_TOLD {
            true => self.refused.push(sentence),
            false => self.refused_more += 1,
        }
    }

    fn offer(&mut self, feed: OfferedFeed) {
        match self.feeds.len() < MOST_FEEDS {
            true => self.feeds.push(feed),
            false => self.refuse(format!("{}: a list of more than {MOST_FEEDS} feeds; give the rest in another file", feed.place)),
        }
    }
}

/// The address without the scheme that some programs give feeds.
fn without_feed_scheme(address: &str) -> String {
    let address = address.trim();
    let rest = address.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("feed:")).map(|_| &address[5..]);
    match rest.map(|rest| (rest, rest.strip_prefix("//"))) {
        None => address.to_string(),
        Some((_, Some(host))) => format!("http://{host}"),
        Some((whole, None)) => whole.to_string(),
    }
}

fn no_program(place: &str, what: &str) -> String {
    format!(
        "{place}: {what} is a program, and matins runs none for feeds; let cron write what it prints into a file and add that \
         as file:///home/you/feeds/name.xml"
    )
}

fn no_filter(place: &str, address: &str) -> String {
    let instead =
        if address.is_empty() || address.contains('@') { "`matins add URL`".to_string() } else { format!("`matins add {address}`") };
    format!("{place}: its articles go through a filter program, and matins runs none; to have the feed as it is: {instead}")
}

/// Text of a list as a sentence may quote it.
fn quoted(text: &str) -> String {
    /// Characters quoted.
    const QUOTED: usize = 60;
    format!("`{}`", shortened(&CleanText::new(text), QUOTED))
}

#[cfg(test)]
mod tests;
