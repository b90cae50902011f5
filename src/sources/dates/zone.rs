//! The zone of a date: an offset, or the name of one, also of a place (`Europe/Berlin`), whose summer time the built-in database
//! of zones knows. Nothing here asks the system.

use std::sync::LazyLock;

use super::{numeric, words};
use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{Offset, TimeZone, TimeZoneDatabase},
};

/// Beginnings of the names of zones, in the database or not.
#[rustfmt::skip]
const REGIONS: &[&str] = &[
    "africa", "america", "antarctica", "arctic", "asia", "atlantic", "australia", "brazil", "canada", "chile", "etc", "europe", "indian",
    "mexico", "pacific", "us",
];
/// Letters of an abbreviation.
const ABBREVIATION: std::ops::RangeInclusive<usize> = 2..=5;

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// What a date says of its zone.
#[derive(Clone, Debug, Default)]
pub(super) enum Zone {
    #[default]
    Unsaid,
    /// Minutes east of Greenwich.
    East(i32),
    Place(TimeZone),
    /// A name that nobody knows; what it names is taken for UTC.
    Unknown(String),
}

impl Zone {
    pub(super) fn is_unsaid(&self) -> bool {
        matches!(self, Zone::Unsaid)
    }

    /// The zone that one word of a folded date names, when it is a place's; else it stays unknown.
    pub(super) fn of_word(word: &str) -> Zone {
        // Of names so short only abbreviations are known, and those are told apart before.
        let place = if word.len() > 2 && word.is_ascii() { DATABASE.get(word).ok() } else { None };
        place.map_or_else(|| Zone::Unknown(word.to_string()), Zone::Place)
    }

    /// The moment of a time in the zone; one that the clocks skip is read as before they did.
    pub(super) fn moment(&self, local: DateTime) -> Option<Timestamp> {
        match self {
            Zone::Unsaid | Zone::Unknown(_) => Offset::UTC.to_timestamp(local).ok(),
            Zone::East(minutes) => Offset::from_seconds(minutes.checked_mul(60)?).ok()?.to_timestamp(local).ok(),
            Zone::Place(place) => place.to_timestamp(local).ok(),
        }
    }

    /// An unknown name as the date has it, when it looks like an abbreviation or a place; other words are just words.
    pub(super) fn unknown(&self, original: &str) -> Option<String> {
        let Zone::Unknown(name) = self else { return None };
        let upper = name.to_ascii_uppercase();
        let is_abbreviation = name.is_ascii() && ABBREVIATION.contains(&name.len()) && original.contains(&upper);
        match name.contains('/') {
            true => Some(name.clone()),
            false => is_abbreviation.then_some(upper),
        }
    }
}

/// The zone that the last of the asides names, where one does: a known one before one that nobody knows.
pub(super) fn of_asides(asides: &[String]) -> Zone {
    let named = |aside: &String| numeric::zone_of(aside).filter(|zone| !zone.is_unsaid() && !words::is_empty(aside));
    let zones: Vec<Zone> = asides.iter().rev().filter_map(named).collect();
    let known = zones.iter().find(|zone| !matches!(zone, Zone::Unknown(_)));
    known.or(zones.first()).cloned().unwrap_or_default()
}

/// A zone's name that holds its offset, as in `PST8PDT`, and the text without it.
fn take_rule(text: &str) -> Option<(Zone, String)> {
    let is_letters = |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_rule = |word: &str| word.is_ascii() && word.len() == 7 && is_letters(&word[..3]) && is_letters(&word[4..]);
    let name = text.split_whitespace().find(|word| is_rule(word))?;
    let zone = DATABASE.get(name).map(Zone::Place).ok()?;
    Some((zone, text.replacen(name, "", 1)))
}

/// The name of a place's zone in a folded text, and the text without it.
pub(super) fn take_place(text: &str) -> Option<(Zone, String)> {
    if let Some(taken) = take_rule(text) {
        return Some(taken);
    }
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
    let start = REGIONS.iter().filter_map(|region| text.find(&format!("{region}/"))).min()?;
    let before = &text[..start];
    if before.ends_with(is_of_name) {
        return None;
    }
    let name = &text[start..];
    let name = &name[..name.find(|c| !is_of_name(c)).unwrap_or(name.len())];
    let zone = DATABASE.get(name).map_or_else(|_| Zone::Unknown(name.to_string()), Zone::Place);
    Some((zone, format!("{before}{}", &text[start + name.len()..])))
}
