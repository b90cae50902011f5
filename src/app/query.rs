//! Which articles a section's list holds.

use jiff::Timestamp;

use crate::domain::list::{Filter, ListQuery};
use crate::domain::section::Section;

/// What came within the section's window, no feed flooding the others, and whatever was starred.
pub fn in_window(section: &Section, now: Timestamp) -> ListQuery {
    ListQuery {
        since: Some(section.since(now)),
        per_feed: (section.all_feeds().count() > 1).then_some(section.per_feed),
        ..all_stored(section)
    }
}

/// What is starred, whatever its feed.
pub fn starred() -> ListQuery {
    ListQuery { filter: Filter::Starred, ..ListQuery::default() }
}

/// All that is stored of the section's feeds.
pub fn all_stored(section: &Section) -> ListQuery {
    ListQuery { feeds: Some(section.all_feeds().map(|feed| feed.url.clone()).collect()), ..ListQuery::default() }
}
