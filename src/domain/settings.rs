//! The settings in force. `config/settings.toml` says of each what it does and its default.

use jiff::SignedDuration;

/// All settings but the paper itself. The default is empty: the shipped file sets every one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub screen: ScreenSettings,
    pub fetch: FetchSettings,
    /// Overrides of the command table's keys, in the order of the file.
    pub keys: Vec<KeySetting>,
}

/// How the reader looks and behaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScreenSettings {
    /// The name of a file in `assets/themes`.
    pub theme: String,
    pub glyphs: Glyphs,
    /// The widest line of running text, in columns, 20 to 200.
    pub measure: usize,
    /// Lines of a headline, 1 to 3; one where list and text are stacked, and on screens of few rows.
    pub headline_lines: usize,
    /// Whether the reader refreshes what is due when it opens.
    pub is_refreshing_at_start: bool,
    /// Whether frames are sent as synchronized updates, so that none is seen half drawn.
    pub is_synchronized: bool,
    /// Whether links of a text are links of the terminal too.
    pub has_hyperlinks: bool,
}

/// Which characters the screen is drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// By the locale: Unicode where it is UTF-8.
    #[default]
    Auto,
    Unicode,
    Ascii,
}

/// How feeds are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchSettings {
    /// Time between two automatic requests of one feed.
    pub interval: SignedDuration,
    pub connect_timeout: SignedDuration,
    /// For a whole request, redirects and body included.
    pub total_timeout: SignedDuration,
    pub at_once: usize,
    pub at_once_per_host: usize,
    /// Between two requests to one host; this machine needs none.
    pub pause_per_host: SignedDuration,
    /// A proxy's address, "none", or empty for what the environment says.
    pub proxy: String,
    /// A proxy that is named and cannot be used, or settings that may name one, as a sentence says it: no other machine is asked.
    pub unusable_proxy: Option<String>,
    /// What the environment says of proxies, where `proxy` leaves it to the environment.
    pub environment: EnvironmentProxies,
    /// After decompression.
    pub max_body_bytes: usize,
    pub max_redirects: usize,
    /// Empty for the program's own.
    pub user_agent: String,
    /// Bytes of pages that are fetched ahead after one refresh, for feeds with `full_text`; 0 fetches none.
    pub prefetch_bytes: usize,
}

/// Which requests go through a proxy of the environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentProxies {
    pub has_http: bool,
    pub has_https: bool,
    /// As `NO_PROXY` says it.
    pub except: String,
}

/// One line of `[keys]`: a command's id and the keys that it gets instead of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySetting {
    pub command: String,
    pub keys: Vec<String>,
    /// Where it stands in the file, from 1.
    pub line: usize,
}

/// One mistake in the settings, in words that say what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    /// From 1; 0 when the whole file is meant.
    pub line: usize,
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}
