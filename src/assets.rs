//! What is built into the program: the shipped settings and feeds, themes, the sample edition.

/// Every setting with its default and one sentence.
pub const SETTINGS: &str = include_str!("../config/settings.toml");
/// The fourteen sections and their feeds.
pub const FEEDS: &str = include_str!("../config/feeds.toml");
/// Themes by name, the default first: every file of `assets/themes`.
pub const THEMES: &[(&str, &str)] = &[
    ("terminal", include_str!("../assets/themes/terminal.toml")),
    ("paper", include_str!("../assets/themes/paper.toml")),
    ("night", include_str!("../assets/themes/night.toml")),
    ("mono", include_str!("../assets/themes/mono.toml")),
];
