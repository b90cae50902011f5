//! Whether day or month is first in dates like 03/04/2026: told by all dates of a feed together, then by its language.

use super::{Dates, LONGEST};
use crate::sources::notes::Notes;

/// Which of two numbers is the month, where a date alone does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// With slashes the month, as in America; with dots and dashes the day.
    #[default]
    BySign,
    DayFirst,
    /// Also with dashes, as an American feed writes them.
    MonthFirst,
}

/// English that is written outside America: the day is first.
const DAY_FIRST_ENGLISH: &[&str] = &["en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za"];
/// No month has a higher number.
const LAST_MONTH: u8 = 12;

impl Dates {
    /// Looks at all dates of a feed; tells of zones that nobody knows.
    pub(crate) fn of_feed(texts: impl Iterator<Item = String>, language: Option<&str>, notes: &mut Notes) -> Dates {
        let (mut is_day_first, mut is_month_first, mut doubtful) = (false, false, None);
        for text in texts.filter(|text| text.len() <= LONGEST) {
            match leading_numbers(&text) {
                Some((first, second, _)) if first > LAST_MONTH && second <= LAST_MONTH => is_day_first = true,
                Some((first, second, _)) if second > LAST_MONTH && first <= LAST_MONTH => is_month_first = true,
                Some((first, second, date)) if first != second && !date.contains('.') && doubtful.is_none() => {
                    doubtful = Some(date.to_string());
                }
                _ => {}
            }
            if let Some(zone) = Dates::default().unknown_zone(&text) {
                notes.add(format!("repaired: unknown zone {zone}, read as UTC"));
            }
        }
        let order = match (is_day_first, is_month_first) {
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            (true, true) => Order::BySign,
            (false, false) => of_language(language),
        };
        if let Some(date) = doubtful.filter(|_| order == Order::BySign) {
            let part = if date.contains('/') { "month" } else { "day" };
            notes.add(format!("guessed: the {part} is first in dates like {date}"));
        }
        Dates { order }
    }
}

fn of_language(language: Option<&str>) -> Order {
    match language.map(|language| language.to_ascii_lowercase().replace('_', "-")) {
        Some(english) if english.starts_with("en") && !DAY_FIRST_ENGLISH.contains(&english.as_str()) => match english.as_str() {
            "en" => Order::BySign,
            _ => Order::MonthFirst,
        },
        Some(_) => Order::DayFirst,
        None => Order::BySign,
    }
}

/// The two numbers that a date of day, month and year begins with, and that date.
fn leading_numbers(text: &str) -> Option<(u8, u8, &str)> {
    let text = text.trim().trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, ',' | '.' | ' '));
    let mut parts = text.splitn(3, ['/', '.', '-']);
    let (first, second, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let year = rest.bytes().take_while(u8::is_ascii_digit).count();
    let date = &text[..text.len() - rest.len() + year];
    // Two digits each with dashes are the year, the month and the day.
    let shortest_year = if date.contains('-') { 4 } else { 2 };
    if year < shortest_year || first.len() > 2 || second.len() > 2 {
        return None;
    }
    Some((first.parse().ok()?, second.parse().ok()?, date))
}
