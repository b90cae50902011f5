//! What is built into the program: the shipped settings and feeds, themes, the sample edition.

/// Every setting with its default and one sentence.
pub const SETTINGS: &str = include_str!("../config/settings.toml");
/// The fourteen sections and their feeds.
pub const FEEDS: &str = include_str!("../config/feeds.toml");

/// What is known of single sites' pages.
pub const SITES: &str = include_str!("../assets/clean/sites.toml");

/// Embeds files of `assets/demo/` as pairs of name and text.
macro_rules! demo_files {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../assets/demo/", $name)))),*] };
}

/// The files of the sample edition: name under `assets/demo/`, text.
pub const DEMO: &[(&str, &str)] = demo_files![
    "articles/architecture.html",
    "articles/artificial-intelligence.html",
    "articles/canada.html",
    "articles/corporate-ai.html",
    "articles/digital-strategy.html",
    "articles/emerging.html",
    "articles/government.html",
    "articles/international.html",
    "articles/public-health.html",
    "articles/science.html",
    "articles/security.html",
    "articles/united-states.html",
    "articles/university-ai.html",
    "articles/weather.html",
    "feeds.toml",
    "feeds/architecture-board.rss",
    "feeds/blueprint-review.json",
    "feeds/campus-wire.atom",
    "feeds/capital-ledger.rss",
    "feeds/coast-watch.rss",
    "feeds/east-west-wire.json",
    "feeds/edge-report.rss",
    "feeds/epidemic-week.rss",
    "feeds/factory-floor.rss",
    "feeds/field-and-bench.rss",
    "feeds/harbour-gazette.atom",
    "feeds/inference-weekly.rss",
    "feeds/kettle-harbour.atom",
    "feeds/le-fanal.rss",
    "feeds/ledger-lines.atom",
    "feeds/long-view.atom",
    "feeds/meridian.rss",
    "feeds/model-notes.json",
    "feeds/northern-courier.rss",
    "feeds/order-paper.atom",
    "feeds/patch-and-mend.rss",
    "feeds/plain-counter.rss",
    "feeds/plains-radio.atom",
    "feeds/preprint-digest.rdf",
    "feeds/privacy-desk.atom",
    "feeds/service-bench.atom",
    "feeds/standards-shelf.atom",
    "feeds/tomorrow-tools.json",
    "feeds/town-and-council.rss",
    "feeds/well-and-fair.atom",
    "feeds/world-dispatch.rdf",
    "page.html",
    "pictures/harbour-bridge.svg",
    "pictures/moss.svg",
];

/// Themes by name, the default first: every file of `assets/themes`.
pub const THEMES: &[(&str, &str)] = &[
    ("terminal", include_str!("../assets/themes/terminal.toml")),
    ("paper", include_str!("../assets/themes/paper.toml")),
    ("night", include_str!("../assets/themes/night.toml")),
    ("mono", include_str!("../assets/themes/mono.toml")),
];
