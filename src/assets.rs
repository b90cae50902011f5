//! What is built into the program: the shipped settings and feeds, themes, the sample edition.

/// Every setting with its default and one sentence.
pub const SETTINGS: &str = include_str!("../config/settings.toml");
/// The fourteen sections and their feeds.
pub const FEEDS: &str = include_str!("../config/feeds.toml");
