//! Sections and the feeds in them, as the settings say. The paper is all sections in order.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::clean_text::CleanText;
use super::feed::FeedHealth;
use super::plain_text::plain;
use super::secret::{Login, Secret};

/// All sections of one's paper, in the order of their tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    pub sections: Vec<Section>,
    /// Sections that stay in the list without feeds, each with the number of those before it that have some.
    pub empty: Vec<(usize, Section)>,
}

/// A named group of feeds with its own tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub name: CleanText,
    /// A name for narrow tabs; the name itself when the settings give none.
    pub short_name: CleanText,
    /// One character of two columns or fewer, or empty.
    pub icon: CleanText,
    /// How far back the section looks.
    pub window: SignedDuration,
    /// Articles of this section in an edition.
    pub limit: usize,
    /// The most articles of one feed that the section's list shows, so that no feed floods it.
    pub per_feed: usize,
    pub feeds: Vec<Feed>,
    /// Asked only when every feed above failed or had nothing in the window.
    pub fallback: Vec<Feed>,
    /// As those of a feed.
    pub opml: Vec<(String, String)>,
}

/// One feed of a section, with its options.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    pub url: String,
    /// The name to show; the feed's own title when the settings give none.
    pub title: Option<CleanText>,
    /// Whether to fetch each article's page for its full text.
    pub full_text: bool,
    /// Sent instead of the program's own, for a publisher that refuses it.
    pub user_agent: Option<String>,
    /// Sent to its server, by name; they go before what is sent otherwise.
    pub headers: Vec<(String, Secret)>,
    pub login: Option<Login>,
    /// Attributes that came with it in an OPML file and mean nothing here, to leave with it again. See [`is_opml_attribute`].
    pub opml: Vec<(String, String)>,
}

/// Attributes of one OPML outline that are kept at most.
pub const MOST_ATTRIBUTES: usize = 40;
/// Attributes of an OPML outline that say what the feed itself says.
const OWN_ATTRIBUTES: &[&str] = &["xmlUrl", "url", "title", "xmlns"];
/// Bytes of an attribute's name, and of its value: other readers keep whole scripts in them.
const LONGEST_ATTRIBUTE_NAME: usize = 60;
const LONGEST_ATTRIBUTE: usize = 2000;

/// Whether an attribute may be kept with a feed: its name is plain and not one of our own, its value short and harmless.
#[must_use]
pub fn is_opml_attribute(name: &str, value: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    let is_name = name.len() <= LONGEST_ATTRIBUTE_NAME && name.splitn(2, ':').all(is_word);
    is_name && !is_own_attribute(name) && value.len() <= LONGEST_ATTRIBUTE && !value.chars().any(char::is_control)
}

/// Whether an attribute of an OPML outline, by its name, is written anew by every export.
#[must_use]
pub fn is_own_attribute(name: &str) -> bool {
    OWN_ATTRIBUTES.iter().any(|own| own.eq_ignore_ascii_case(name)) || name.starts_with("matins:")
}

impl Default for Section {
    /// A section without name and feeds, with what holds where the settings say nothing.
    fn default() -> Section {
        Section {
            name: CleanText::default(),
            short_name: CleanText::default(),
            icon: CleanText::default(),
            window: SignedDuration::from_hours(24),
            limit: 5,
            per_feed: 20,
            feeds: Vec::new(),
            fallback: Vec::new(),
            opml: Vec::new(),
        }
    }
}

impl Section {
    /// Feeds and fallback feeds, in order.
    pub fn all_feeds(&self) -> impl Iterator<Item = &Feed> {
        self.feeds.iter().chain(&self.fallback)
    }

    /// The moment before which an article is out of this section's window.
    pub fn since(&self, now: Timestamp) -> Timestamp {
        now.checked_sub(self.window).unwrap_or(Timestamp::MIN)
    }
}

impl Paper {
    /// Every feed once, in the order of the tabs, with the first options given for it.
    pub fn feeds(&self) -> Vec<&Feed> {
        let mut seen = std::collections::HashSet::new();
        self.sections.iter().flat_map(Section::all_feeds).filter(|feed| seen.insert(feed.url.as_str())).collect()
    }

    /// The feed of that address as the settings have it, or a bare one.
    pub fn feed(&self, url: &str) -> Feed {
        let known = self.sections.iter().flat_map(Section::all_feeds).find(|feed| feed.url == url);
        known.cloned().unwrap_or_else(|| Feed { url: url.to_string(), ..Feed::default() })
    }

    /// Whether some section asks that feed by itself, and not only as fallback.
    pub fn is_ordinary(&self, url: &str) -> bool {
        self.sections.iter().flat_map(|section| &section.feeds).any(|feed| feed.url == url)
    }

    /// When the first of its feeds is due. One that stands in for others counts only until its time has come: whether it is
    /// needed then is known only when they have been asked.
    pub fn next_due(&self, feeds: &[FeedHealth], now: Timestamp) -> Option<Timestamp> {
        let counts = |feed: &&FeedHealth| self.is_ordinary(&feed.url) || feed.next_try > Some(now);
        feeds.iter().filter(counts).filter_map(|feed| feed.next_try).min()
    }

    /// The section of that name or short name, as [`find_name`] finds it.
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.place_of(name).and_then(|place| self.sections.get(place))
    }

    /// Where it stands among the sections.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        let names: Vec<[&str; 2]> = self.sections.iter().map(|section| [section.name.as_str(), section.short_name.as_str()]).collect();
        find_name(name, &names)
    }
}

/// Whether the fallback feeds of a section stand in: each ordinary one, told by whether its last try failed and when its newest
/// article came, failed or has nothing since then.
pub fn has_stand_ins(mut ordinary: impl Iterator<Item = (bool, Option<Timestamp>)>, since: Timestamp) -> bool {
    !ordinary.any(|(is_failing, newest)| !is_failing && newest >= Some(since))
}

/// The place of what has that name or short name, in any case; else of the only one that has it but for accents, which may be
/// written in several ways (Unicode, annex 15).
pub fn find_name(wanted: &str, names: &[[&str; 2]]) -> Option<usize> {
    let wanted = CleanText::new(wanted).to_lowercase();
    let bare = |name: &str| plain(name).to_lowercase();
    let bare_wanted = bare(&wanted);
    if bare_wanted.is_empty() {
        return None;
    }
    let exact = (0..2).find_map(|which| names.iter().position(|name| name[which].to_lowercase() == wanted));
    let mut alike = names.iter().enumerate().filter(|(_, name)| name.iter().any(|name| bare(name) == bare_wanted)).map(|(place, _)| place);
    exact.or_else(|| alike.next().filter(|_| alike.next().is_none()))
}

/// A length of time as people write it: `90m`, `24h`, `7d`, `2w`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span(pub SignedDuration);

impl std::str::FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Span, String> {
        let wrong = || format!("`{text}` is not a length of time; write it like 90m, 24h, 7d or 2w");
        let text = text.trim();
        let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?);
        let seconds = match unit.trim() {
            "s" => 1,
            "m" | "min" => 60,
            "h" => 3600,
            "d" => 86_400,
            "w" => 604_800,
            _ => return Err(wrong()),
        };
        let number: i64 = number.parse().map_err(|_| wrong())?;
        number.checked_mul(seconds).filter(|s| *s <= 100 * 366 * 86_400).map(|s| Span(SignedDuration::from_secs(s))).ok_or_else(wrong)
    }
}

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Span, String> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> String {
        let seconds = span.0.as_secs();
        match seconds {
            s if s > 86_400 && s % 86_400 == 0 => format!("{}d", s / 86_400),
            s if s > 0 && s % 3600 == 0 => format!("{}h", s / 3600),
            s if s > 0 && s % 60 == 0 => format!("{}m", s / 60),
            s => format!("{s}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_feed_that_is_due_wakes_the_reader_and_none_that_only_stands_in() {
        let feeds = |urls: &[&str]| urls.iter().map(|url| Feed { url: (*url).into(), ..Feed::default() }).collect();
        let news = Section { feeds: feeds(&["a", "b"]), fallback: feeds(&["f", "b"]), ..Section::default() };
        let paper = Paper { sections: vec![news], ..Paper::default() };
        let at = |second: i64| Timestamp::from_second(second).expect("a moment");
        let check = |tries: &[(&str, i64)], expected: Option<i64>, why: &str| {
            let known = |(url, next): &(&str, i64)| FeedHealth { next_try: Some(at(*next)), ..FeedHealth::never(url) };
            let feeds: Vec<FeedHealth> = tries.iter().map(known).collect();
            assert_eq!(paper.next_due(&feeds, at(1000)), expected.map(at), "{why}");
        };
        check(&[("a", 2000), ("b", 1500)], Some(1500), "the first of them");
        check(&[("a", 900), ("b", 1500)], Some(900), "one is due already");
        check(&[("a", 2000), ("f", 900)], Some(2000), "nobody needed the fallback feed");
        check(&[("a", 2000), ("f", 1500)], Some(1500), "the fallback feed may be needed then");
        check(&[("b", 900)], Some(900), "it stands in elsewhere, but is asked by itself too");
        check(&[], None, "no feed was ever asked");
    }

    #[test]
    fn a_section_is_found_however_its_name_is_typed() {
        let section =
            |name: &str, short: &str| Section { name: CleanText::new(name), short_name: CleanText::new(short), ..Section::default() };
        let sections = vec![section("Santé ❤\u{fe0f}", "Santé"), section("Pêche", "P"), section("Péché", "P2"), section("Łódź", "Ł")];
        let paper = Paper { sections, ..Paper::default() };
        let check = |name: &str, expected: Option<usize>| assert_eq!(paper.place_of(name), expected, "{name:?}");
        check("santé", Some(0));
        check(" SANTE\u{301} ", Some(0));
        check("Sante\u{301} ❤\u{fe0f}", Some(0));
        check("sante", Some(0));
        check("p\u{e9}ch\u{e9}", Some(2));
        check("peche", None);
        check("lodz", Some(3));
        check("Lyon", None);
        check("", None);
    }

    #[test]
    fn lengths_of_time_are_read_as_people_write_them() {
        let check =
            |text: &str, seconds: Option<i64>| assert_eq!(text.parse::<Span>().ok().map(|span| span.0.as_secs()), seconds, "{text:?}");
        check("24h", Some(86_400));
        check("90m", Some(5400));
        check("30d", Some(2_592_000));
        check("2 w", Some(1_209_600));
        check("", None);
        check("h", None);
        check("24", None);
        check("-3h", None);
        check("99999999999999999999h", None);
        check("9999999d", None);
    }
}
