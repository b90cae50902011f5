//! Counting and listing in words, as a person does. What is counted is said by whoever asks.

use std::borrow::Cow;

use jiff::SignedDuration;

/// Hours from which a length of time is said in days, and days from which it is said in years.
const HOURS_SAID: i64 = 48;
const DAYS_SAID: i64 = 730;

/// `1 article`, `2 articles`, `2 stories`.
#[must_use]
pub fn count_of(count: usize, noun: &str) -> String {
    match noun.strip_suffix('y').filter(|_| count != 1) {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}{}", if count == 1 { "" } else { "s" }),
    }
}

/// Words joined as a person lists them: `a`, `a and b`, `a, b and c`; beyond `most` the rest is counted.
#[must_use]
pub fn listed(names: &[String], most: usize) -> String {
    let shown = &names[..names.len().min(most)];
    match (shown, names.len() - shown.len()) {
        ([], _) => String::new(),
        (shown, 0) => match shown.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
            None => String::new(),
        },
        (shown, more) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A length of time: `90 minutes`, `24 hours`, `7 days`.
#[must_use]
pub fn length_of(time: SignedDuration) -> String {
    let count = |count: i64, unit| count_of(usize::try_from(count).unwrap_or(0), unit);
    match (time.as_mins(), time.as_hours()) {
        (minutes, hours) if minutes % 60 != 0 && hours < HOURS_SAID => count(minutes, "minute"),
        (_, hours) if hours < HOURS_SAID || hours % 24 != 0 => count(hours, "hour"),
        (_, hours) if hours / 24 < DAYS_SAID => count(hours / 24, "day"),
        (_, hours) => count(hours / 24 / 365, "year"),
    }
}

/// A place in an order: `1st`, `2nd`, `13th`.
#[must_use]
pub fn ordinal(place: usize) -> String {
    let end = match (place % 100, place % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{place}{end}")
}

/// A text as a message may quote it: its first `most` characters, and `…` where there are more.
#[must_use]
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_quoted_ends_somewhere() {
        let check = |text: &str, expected: &str| assert_eq!(shortened(text, 3), expected);
        check("", "");
        check("été", "été");
        check("étés", "été…");
    }

    #[test]
    fn names_are_listed_as_a_person_does() {
        let check = |names: &[&str], expected: &str| {
            assert_eq!(listed(&names.iter().map(ToString::to_string).collect::<Vec<_>>(), 3), expected);
        };
        check(&[], "");
        check(&["WHO"], "WHO");
        check(&["WHO", "STAT"], "WHO and STAT");
        check(&["WHO", "STAT", "CIDRAP"], "WHO, STAT and CIDRAP");
        check(&["a", "b", "c", "d", "e"], "a, b, c and 2 more");
    }

    #[test]
    fn things_are_counted_in_words() {
        let check = |count: usize, noun: &str, expected: &str| assert_eq!(count_of(count, noun), expected);
        check(1, "article", "1 article");
        check(0, "article", "0 articles");
        check(1, "story", "1 story");
        check(2, "story", "2 stories");
        check(2, "day", "2 days");
    }

    #[test]
    fn lengths_and_places_are_said_as_a_person_does() {
        let check = |minutes: i64, expected: &str| assert_eq!(length_of(SignedDuration::from_mins(minutes)), expected);
        check(90, "90 minutes");
        check(60, "1 hour");
        check(180, "3 hours");
        check(24 * 60, "24 hours");
        check(36 * 60, "36 hours");
        check(48 * 60, "2 days");
        check(49 * 60, "49 hours");
        check(30 * 24 * 60, "30 days");
        check(3650 * 24 * 60, "10 years");
        assert_eq!([1, 2, 3, 4, 11, 12, 13, 21, 111].map(ordinal).join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 111th");
    }
}
