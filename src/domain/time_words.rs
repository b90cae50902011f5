//! Times as a person says them: `2 h`, `yesterday 18:20`, `Tue 17 Nov`.

use jiff::{Timestamp, tz::TimeZone};

/// How long ago, in at most six columns: `now`, `5 min`, `2 h`, `3 d`, `6 w`, `4 y`.
pub fn age(now: Timestamp, then: Timestamp) -> String {
    match now.as_second() - then.as_second() {
        i64::MIN..60 => "now".into(),
        s @ 60..3600 => format!("{} min", s / 60),
        s @ 3600..86_400 => format!("{} h", s / 3600),
        s @ 86_400..1_209_600 => format!("{} d", s / 86_400),
        s @ 1_209_600..31_536_000 => format!("{} w", s / 604_800),
        s => format!("{} y", s / 31_536_000),
    }
}

/// How long something takes: `4 min`, `2 h`, `2 h 5 min`.
pub fn length(minutes: usize) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// How long ago, in words: `just now`, `5 minutes ago`, `two hours ago`, `3 days ago`.
pub fn ago(now: Timestamp, then: Timestamp) -> String {
    let (count, unit) = match now.as_second() - then.as_second() {
        i64::MIN..60 => return "just now".into(),
        s @ 60..3600 => (s / 60, "minute"),
        s @ 3600..86_400 => (s / 3600, "hour"),
        s @ 86_400..1_209_600 => (s / 86_400, "day"),
        s @ 1_209_600..31_536_000 => (s / 604_800, "week"),
        s => (s / 31_536_000, "year"),
    };
    let number = match count {
        1 if unit == "hour" => "an".to_string(),
        1 => "a".to_string(),
        2..=9 => ["two", "three", "four", "five", "six", "seven", "eight", "nine"][usize::try_from(count - 2).unwrap_or(0)].to_string(),
        count => count.to_string(),
    };
    format!("{number} {unit}{} ago", if count == 1 { "" } else { "s" })
}

/// A moment by day and hour: `today 05:40`, `yesterday 18:20`, `tomorrow 06:00`, `Tue 17 Nov 09:12`, `3 Mar 2024`.
pub fn moment(now: Timestamp, then: Timestamp, zone: &TimeZone) -> String {
    let (here, there) = (now.to_zoned(zone.clone()), then.to_zoned(zone.clone()));
    let days = (here.date() - there.date()).get_days();
    let clock = there.strftime("%H:%M");
    match days {
        0 => format!("today {clock}"),
        1 => format!("yesterday {clock}"),
        -1 => format!("tomorrow {clock}"),
        days if days.abs() < 300 => there.strftime("%a %-d %b %H:%M").to_string(),
        _ => there.strftime("%-d %b %Y").to_string(),
    }
}

/// The same with day and hour however long ago: `3 Mar 2024 09:12`.
pub fn exact(now: Timestamp, then: Timestamp, zone: &TimeZone) -> String {
    let words = moment(now, then, zone);
    if words.contains(':') { words } else { format!("{words} {}", then.to_zoned(zone.clone()).strftime("%H:%M")) }
}

/// A moment near now, as short as it can be said: `14:30` today, else as [`moment`].
pub fn clock_time(now: Timestamp, then: Timestamp, zone: &TimeZone) -> String {
    let words = moment(now, then, zone);
    words.strip_prefix("today ").map_or(words.clone(), str::to_string)
}

/// When something is due, near now: `at 14:30`, `tomorrow 06:00`, `within a minute`.
pub fn due(now: Timestamp, next: Timestamp, zone: &TimeZone) -> String {
    let when = clock_time(now, next, zone);
    match when.starts_with(|c: char| c.is_ascii_digit()) {
        _ if next <= now => "within a minute".into(),
        true => format!("at {when}"),
        false => when,
    }
}

/// A date for a masthead: `Sunday 22 November`.
pub fn long_date(now: Timestamp, zone: &TimeZone) -> String {
    now.to_zoned(zone.clone()).strftime("%A %-d %B").to_string()
}

/// The same, short: `Sun 22 Nov`.
pub fn short_date(now: Timestamp, zone: &TimeZone) -> String {
    now.to_zoned(zone.clone()).strftime("%a %-d %b").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn long_texts_take_hours() {
        assert_eq!([1, 59, 60, 125].map(length), ["1 min", "59 min", "1 h", "2 h 5 min"]);
    }

    #[test]
    fn ages_are_short() {
        let now = at("2026-11-22T12:00:00Z");
        let check = |then: &str, expected: &str| assert_eq!(age(now, at(then)), expected, "{then}");
        check("2026-11-22T12:30:00Z", "now");
        check("2026-11-22T11:59:30Z", "now");
        check("2026-11-22T11:15:00Z", "45 min");
        check("2026-11-22T09:30:00Z", "2 h");
        check("2026-11-19T12:00:00Z", "3 d");
        check("2026-10-11T12:00:00Z", "6 w");
        check("2022-01-01T00:00:00Z", "4 y");
        check("0001-01-01T00:00:00Z", "2027 y");
    }

    #[test]
    fn words_for_how_long_ago() {
        let now = at("2026-11-22T12:00:00Z");
        let check = |then: &str, expected: &str| assert_eq!(ago(now, at(then)), expected, "{then}");
        check("2026-11-22T12:00:00Z", "just now");
        check("2026-11-22T11:59:00Z", "a minute ago");
        check("2026-11-22T11:00:00Z", "an hour ago");
        check("2026-11-22T10:00:00Z", "two hours ago");
        check("2026-11-10T12:00:00Z", "12 days ago");
    }

    #[test]
    fn moments_are_said_by_day() {
        let (now, zone) = (at("2026-11-22T12:00:00Z"), TimeZone::UTC);
        let check = |then: &str, expected: &str| assert_eq!(moment(now, at(then), &zone), expected, "{then}");
        check("2026-11-22T05:40:00Z", "today 05:40");
        check("2026-11-21T18:20:00Z", "yesterday 18:20");
        check("2026-11-23T06:00:00Z", "tomorrow 06:00");
        check("2026-11-17T09:12:00Z", "Tue 17 Nov 09:12");
        check("2024-03-03T00:00:00Z", "3 Mar 2024");
        assert_eq!(clock_time(now, at("2026-11-22T14:30:00Z"), &zone), "14:30");
    }
}
