//! The refresh under way, as the bottom line tells it.

use std::collections::HashSet;

use jiff::Timestamp;

/// Counts of the refresh under way, or of the last one.
#[derive(Clone, Debug, Default)]
pub struct RefreshState {
    pub is_running: bool,
    pub begun_at: Option<Timestamp>,
    planned: HashSet<String>,
    answered: HashSet<String>,
    /// Feeds whose requests are on their way, in the order in which they went out.
    pub under_way: Vec<String>,
    /// Those of them that have answered, and whose answers are being read and saved.
    arrived: HashSet<String>,
    pub new: u32,
    /// Feeds that answered a few minutes ago and were not asked again.
    pub fresh: usize,
    /// Feeds that failed a few minutes ago and were not asked again.
    pub failed_before: usize,
    /// Until when feeds that were not asked for that want to be left alone.
    pub left_alone: Vec<Timestamp>,
    /// Feeds that were not asked as they are gone for good.
    pub gone: usize,
    /// Whether a person asked for it.
    pub is_by_hand: bool,
    /// Feeds that were asked, whatever came of it.
    pub asked: usize,
    /// Feeds that another process is asking.
    pub elsewhere: usize,
    pub failed: Vec<(String, String)>,
    /// Feeds of which the store has not kept how it went this time.
    unsaved: HashSet<String>,
    /// Why, in the words of the store, the first time.
    pub not_saved: Option<String>,
    /// Whether a refresh has come to its end in this session.
    pub has_ended: bool,
}

impl RefreshState {
    pub fn plan(&mut self, urls: Vec<String>) {
        self.planned.extend(urls);
    }

    pub fn start(&mut self, now: Timestamp) {
        *self = RefreshState { is_running: true, begun_at: Some(now), has_ended: self.has_ended, ..RefreshState::default() };
    }

    pub fn begin(&mut self, url: String) {
        self.under_way.push(url);
    }

    pub fn arrive(&mut self, url: String) {
        self.arrived.insert(url);
    }

    /// The store did not keep how it went with a feed; whether this is the first time.
    pub fn lose(&mut self, url: &str, error: &str) -> bool {
        self.unsaved.insert(url.to_string());
        let is_first = self.not_saved.is_none();
        self.not_saved.get_or_insert_with(|| error.to_string());
        is_first
    }

    pub fn answer(&mut self, url: &str) {
        self.under_way.retain(|asked| asked != url);
        self.answered.insert(url.to_string());
    }

    pub fn end(&mut self) {
        self.is_running = false;
        self.has_ended = true;
        self.under_way.clear();
    }

    /// Feeds answered and feeds planned.
    pub fn progress(&self) -> (usize, usize) {
        (self.answered.len(), self.planned.len().max(self.answered.len()))
    }

    /// The first of the feeds under way that have not answered.
    pub fn waiting_for(&self) -> Option<&String> {
        self.under_way.iter().find(|url| !self.arrived.contains(*url))
    }

    /// Whether this feed has answered, and its answer is being read and saved.
    pub fn is_saving(&self, url: &str) -> bool {
        self.is_asking(url) && self.arrived.contains(url)
    }

    /// Whether the store has not kept how it went with this feed.
    pub fn is_unsaved(&self, url: &str) -> bool {
        self.unsaved.contains(url)
    }

    /// Whether the request of this feed is on its way.
    pub fn is_asking(&self, url: &str) -> bool {
        self.under_way.iter().any(|asked| asked == url)
    }

    /// Whether this feed is still to answer: it is being asked, or waits for its turn.
    pub fn is_awaiting(&self, url: &str) -> bool {
        let is_planned = self.planned.is_empty() || self.planned.contains(url);
        self.is_running && is_planned && !self.answered.contains(url)
    }
}
