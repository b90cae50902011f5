//! What an edition was made from: which feeds were asked, which answered, which failed with what.

use super::make::Newsroom;
use crate::domain::clean_text::CleanText;
use crate::domain::edition::{FailedSource, Sources};
use crate::domain::feed::{FeedHealth, FeedState};
use crate::domain::section::Section;
use crate::domain::time_words::{due, moment};

/// The feeds that the sections took part with: ordinary ones, and those that stand in.
pub(super) fn sources(newsroom: &Newsroom<'_>) -> Sources {
    let making = newsroom.making;
    let mut urls: Vec<&str> = Vec::new();
    for url in making.sections.iter().flat_map(|section: &Section| newsroom.feeds_of(section)) {
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    let feeds: Vec<&FeedHealth> = urls.iter().filter_map(|url| newsroom.health(url)).collect();
    let is = |state: FeedState| feeds.iter().filter(move |feed| feed.state == state);
    let ordinary = |url: &str| making.sections.iter().flat_map(|section| &section.feeds).any(|feed| feed.url == url);
    let name = |url: &str| CleanText::new(&newsroom.name(url));
    let last_asked = feeds.iter().filter_map(|feed| feed.last_success.max(feed.last_error)).max();
    let (asked, failed) = (feeds.len() - is(FeedState::Never).count(), is(FeedState::Failing).count());
    Sources {
        asked,
        ok: asked - failed,
        failed: is(FeedState::Failing).map(|feed| failed_source(newsroom, feed)).collect(),
        not_asked: is(FeedState::Never).filter(|feed| ordinary(&feed.url)).map(|feed| name(&feed.url)).collect(),
        last_asked: CleanText::new(&last_asked.map(|then| moment(making.now, then, making.zone)).unwrap_or_default()),
    }
}

fn failed_source(newsroom: &Newsroom<'_>, feed: &FeedHealth) -> FailedSource {
    let making = newsroom.making;
    FailedSource {
        name: CleanText::new(&newsroom.name(&feed.url)),
        url: feed.url.clone(),
        error: CleanText::new(feed.why()),
        next_try: CleanText::new(&feed.next_try.map(|next| due(making.now, next, making.zone)).unwrap_or_default()),
    }
}
