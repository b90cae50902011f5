//! Sections of `feeds.toml` that are meant to have no feeds: told apart from those whose feeds are mistakes.

use toml::de::{DeTable, DeValue};

/// Whether a section says itself that it has no ordinary feeds: so one stands there whose last feed was removed.
pub(super) fn is_left_empty(table: &DeTable) -> bool {
    let feeds = table.iter().find(|(key, _)| key.get_ref() == "feeds");
    feeds.and_then(|(_, feeds)| feeds.get_ref().as_array()).is_some_and(|feeds| feeds.is_empty())
}

/// Whether there are sections and none of them was meant to have a feed.
pub(super) fn is_all_empty(table: &DeTable) -> bool {
    let is_empty = |list: &DeValue| list.as_array().is_some_and(|list| list.is_empty());
    let has_none = |section: &DeTable| {
        let fallback = section.iter().find(|(key, _)| key.get_ref() == "fallback");
        is_left_empty(section) && fallback.is_none_or(|(_, list)| is_empty(list.get_ref()))
    };
    let sections = table.iter().find(|(key, _)| key.get_ref() == "section").and_then(|(_, sections)| sections.get_ref().as_array());
    sections.is_some_and(|all| !all.is_empty() && all.iter().all(|one| one.get_ref().as_table().is_some_and(has_none)))
}
