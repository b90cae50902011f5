//! Which feeds a command is about: a section, one feed, or all.

use super::Context;
use crate::store::Store;

/// The feeds of a section, or one feed.
#[derive(Debug, clap::Args)]
pub(super) struct Selection {
    /// Only articles of this section, by its name or short name
    #[arg(long, value_name = "NAME")]
    pub section: Option<String>,
    /// Only articles of this feed, by its address or the name that `matins feeds` shows
    #[arg(long, value_name = "FEED", conflicts_with = "section")]
    pub feed: Option<String>,
}

impl Selection {
    /// Addresses of the feeds meant; `None` is everything stored. Without a choice it is the paper, or everything when
    /// `is_everything`.
    pub fn feeds(&self, context: &Context, store: &Store, is_everything: bool) -> anyhow::Result<Option<Vec<String>>> {
        let urls = |feeds: Vec<&crate::domain::section::Feed>| feeds.into_iter().map(|feed| feed.url.clone()).collect();
        match (&self.section, &self.feed) {
            (Some(name), _) => Ok(Some(urls(context.section(name)?.all_feeds().collect()))),
            (_, Some(feed)) => Ok(Some(vec![context.feed(store, feed)?])),
            _ if is_everything => Ok(None),
            _ => Ok(Some(urls(context.config.paper.feeds()))),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.section.is_none() && self.feed.is_none()
    }
}
