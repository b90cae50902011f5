//! A feed as its document states it, and what we know of its server. The JSON form of [`ParsedFeed`] is pinned:
//! scripts read it from `matins parse`.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::clean_text::CleanText;
use super::cure::Trouble;
use super::habit::Habit;

/// One feed document, normalised. What the document does not say is `None`, never a guess.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedFeed {
    pub title: Option<CleanText>,
    pub home_url: Option<String>,
    pub description: Option<CleanText>,
    pub language: Option<String>,
    pub icon_url: Option<String>,
    pub updated: Option<Timestamp>,
    pub articles: Vec<ParsedArticle>,
    /// Each repair that reading needed, in words.
    pub notes: Vec<String>,
    /// When it is worth asking; no part of the JSON.
    #[serde(skip)]
    pub hints: Hints,
}

/// What a feed document says of when it is worth asking (RSS `ttl`, `skipHours`, `skipDays`; the syndication module).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// The shortest time between two requests.
    pub every: Option<SignedDuration>,
    /// Hours in UTC at which nothing new comes: bit 0 is midnight.
    pub skip_hours: u32,
    /// Days in UTC on which nothing new comes: bit 0 is Monday.
    pub skip_days: u8,
}

/// How a feed is reached, where its settings do not say: what its server taught us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Asked instead of the settings' address: a permanent redirect that was seen twice led there, to a feed.
    pub address: Option<String>,
    /// Where a permanent redirect led the last time, when that was the first time.
    pub moving_to: Option<String>,
    /// Asked over HTTP/1.1 from the start, because that worked where HTTP/2 was refused or cut off.
    pub is_http1: bool,
    /// Asked for anything, as a plain browser asks, because that worked where asking for a feed did not.
    pub is_plain: bool,
    /// Since when it is asked at `address`.
    pub moved_at: Option<Timestamp>,
    /// Since when a person wants it asked in this way.
    pub accepted_at: Option<Timestamp>,
    /// The way that a person accepted and that stopped working, and why, until the feed answers again.
    pub lapsed: Option<String>,
}

impl Way {
    /// What is out of the ordinary in it, in a few words: `at https://b.example/, over HTTP/1.1`.
    pub fn words(&self) -> String {
        let address = self.address.as_ref().map(|address| format!("at {address}"));
        let protocol = self.is_http1.then(|| "over HTTP/1.1".to_string());
        let plain = self.is_plain.then(|| "with the `Accept` of a browser".to_string());
        [address, protocol, plain].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Whether an address is of a file, which every refresh reads.
pub fn is_file(url: &str) -> bool {
    url.trim_start().get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
}

/// One article of a feed document. Titles and names are plain text; bodies are HTML as the feed gave it, with
/// addresses made absolute.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedArticle {
    /// The feed's own id, else the normalised link, else a digest of title and text: stable from fetch to fetch.
    pub id: String,
    pub url: Option<String>,
    pub title: Option<CleanText>,
    pub authors: Vec<CleanText>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub summary_html: Option<String>,
    pub content_html: Option<String>,
    pub categories: Vec<CleanText>,
    pub enclosures: Vec<Enclosure>,
    pub comments_url: Option<String>,
    pub language: Option<String>,
    /// Whether the document ended before its text did.
    #[serde(skip)]
    pub is_cut: bool,
}

/// A file that comes with an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    pub url: String,
    pub media_type: Option<String>,
    /// Bytes, as the feed says.
    pub length: Option<u64>,
}

/// HTTP validators, byte for byte as the server sent them (RFC 9110, section 8.8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<Vec<u8>>,
    pub last_modified: Option<Vec<u8>>,
}

/// How a feed is doing, in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedState {
    /// The last answer was good.
    Ok,
    /// The last answer was an error.
    Failing,
    /// It was never asked.
    #[default]
    Never,
    /// It answers, but has brought nothing for much longer than is usual for it.
    Silent,
}

/// Everything known of one feed's health, as `matins feeds` and `!` show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHealth {
    pub url: String,
    /// The feed's own title.
    pub title: Option<CleanText>,
    pub state: FeedState,
    pub last_success: Option<Timestamp>,
    pub last_error: Option<Timestamp>,
    pub http_status: Option<u16>,
    /// The last error in words, while it lasts.
    pub error: Option<String>,
    pub next_try: Option<Timestamp>,
    /// Until when its host asked to be left alone, which may be past.
    pub host_quiet_until: Option<Timestamp>,
    pub failures_in_a_row: u32,
    /// When its newest article came, by the article's own date.
    pub newest: Option<Timestamp>,
    pub articles: u64,
    pub unread: u64,
    /// Repairs that the last document needed.
    pub notes: Vec<String>,
    /// When its server last said anything at all, good or bad.
    pub last_answer: Option<Timestamp>,
    /// Whether its server said that it is gone for good (410): it is asked only when a person insists.
    pub is_gone: bool,
    /// What its server taught us of how to reach it.
    pub way: Way,
    /// Bytes of the last document, unpacked.
    pub bytes: Option<u64>,
    /// The page of its site, as the feed says.
    pub home_url: Option<String>,
    /// What is wrong, while it fails.
    pub trouble: Option<Trouble>,
    /// Whether other servers answered when it failed: then it is not our network that is at fault.
    pub do_others_answer: bool,
    /// What was usual for it before it fell silent.
    pub habit: Option<Habit>,
}

impl FeedHealth {
    /// A feed of which nothing is known.
    pub fn never(url: &str) -> FeedHealth {
        FeedHealth { url: url.to_string(), ..FeedHealth::default() }
    }

    /// What it fails with.
    #[must_use]
    pub fn why(&self) -> &str {
        self.error.as_deref().unwrap_or("it failed without a word")
    }

    /// What is out of the ordinary in how it is asked, one sentence each.
    pub fn remarks(&self) -> Vec<String> {
        let Way { address, moving_to, is_http1, accepted_at, lapsed, .. } = &self.way;
        let is_own = accepted_at.is_none();
        let accepted = (!is_own).then(|| format!("you had it asked {}; feeds.toml still has {}", self.way.words(), self.url));
        let lapsed = lapsed.as_ref().map(|lapsed| format!("what you accepted stopped working ({lapsed}); asked as feeds.toml says again"));
        let moved = address.as_ref().filter(|_| is_own).map(|address| format!("moved for good to {address}; asked there"));
        let moving = moving_to.as_ref().map(|to| format!("redirected for good to {to}; asked there if that is so again"));
        let http1 = (*is_http1 && is_own).then(|| "asked over HTTP/1.1, which worked when the first try did not".to_string());
        [accepted, lapsed, moved, moving, http1].into_iter().flatten().collect()
    }
}
