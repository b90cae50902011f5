//! Dates that begin with digits and name no month: ISO 8601 in all precisions, and what resembles it.

use jiff::{Timestamp, civil::Date, tz::Offset};

use super::{Clock, Order, Told, Zone, calendars, full_year, offset_minutes, words};

/// Minutes east in Korea, for dates that Korean programs write without a zone.
const KOREA: i32 = 540;
/// Seconds since 1970 are believed in these lengths only.
const EPOCH_SECONDS_DIGITS: usize = 10;
const EPOCH_MILLISECONDS_DIGITS: usize = 13;

/// Reads a date from a folded text.
pub(super) fn read(text: &str, order: Order) -> Option<Told> {
    let is_korean = text.contains(['년', '월']) || text.contains("오전") || text.contains("오후");
    let after_word = without_weekday(text);
    let is_after_word = after_word.len() < text.len();
    let text = plain(after_word);
    if let Some(told) = epoch(&text).filter(|_| !is_after_word) {
        return Some(told);
    }
    let (date, rest) = packed_moment(&text).or_else(|| week(&text)).or_else(|| date(&text, order, is_after_word))?;
    let rest = rest.strip_prefix(" -").unwrap_or(rest).trim_start();
    let rest = if rest == "." { "" } else { rest };
    let (clock, rest) = if rest.is_empty() { (Clock::default(), "") } else { clock(rest)? };
    let zone = match zone_of(rest)? {
        Zone::Unsaid if is_korean => Zone::East(KOREA),
        zone => zone,
    };
    Some(Told { date, clock, zone })
}

/// East Asian date words become signs.
fn plain(text: &str) -> String {
    let text =
        close_up(&words::without_eastern_weekday(text)).replace(['년', '年'], "-").replace(['월', '月'], "-").replace(['일', '日'], " ");
    text.replace(['시', '時', '时'], ":").replace(['분', '分'], ":").replace(['초', '秒'], " ").replace("- ", "-")
}

/// `24. 9. 2025` as `24.9.2025`.
fn close_up(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(". ") {
        let is_between = rest[..at].ends_with(|c: char| c.is_ascii_digit()) && rest[at + 2..].starts_with(|c: char| c.is_ascii_digit());
        out.push_str(&rest[..at + if is_between { 1 } else { 2 }]);
        rest = &rest[at + 2..];
    }
    out + rest
}

fn without_weekday(text: &str) -> &str {
    let word = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let rest = text[word..].trim_start_matches(['.', ',', ' ']);
    match &text[..word] {
        "" => text,
        // In Vietnamese a weekday is of two words.
        "thứ" | "chủ" => rest.trim_start_matches(char::is_alphabetic).trim_start_matches([',', ' ']),
        _ => rest,
    }
}

fn epoch(text: &str) -> Option<Told> {
    let text = text.split_once('.').filter(|(whole, _)| whole.len() == EPOCH_SECONDS_DIGITS).map_or(text, |(whole, _)| whole);
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let seconds = match text.len() {
        EPOCH_SECONDS_DIGITS => number,
        EPOCH_MILLISECONDS_DIGITS => number / 1000,
        _ => return None,
    };
    let local = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
    Some(Told {
        date: local.date(),
        clock: Clock { hour: local.hour(), minute: local.minute(), second: local.second() },
        zone: Zone::East(0),
    })
}

/// `YYYYMMDDhhmmss`: the date, and the digits of the time.
fn packed_moment(text: &str) -> Option<(Date, &str)> {
    let (all, rest) = digits(text);
    (all.len() == 14 && rest.is_empty()).then_some(())?;
    Some((calendar(&all[..4], &all[4..6], &all[6..8])?, &text[8..]))
}

/// `YYYY-Www-D` of ISO 8601, with or without dashes and day.
fn week(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = digits(text);
    let (week, rest) = digits(rest.trim_start_matches('-').strip_prefix('w')?);
    let (week, day, rest) = match (week.len(), rest.strip_prefix('-').map(digits)) {
        (2, Some((day, rest))) => (week, day, rest),
        (2, None) => (week, "1", rest),
        (3, _) => (&week[..2], &week[2..], rest),
        _ => return None,
    };
    let is_whole = year.len() == 4 && day.len() == 1;
    Some((calendars::of_week(year.parse().ok()?, week.parse().ok()?, day.parse().ok()?).filter(|_| is_whole)?, rest))
}

/// After a word the date must be a whole one: `Wed 2025-09-24`, but not `Room 2025`.
fn date(text: &str, order: Order, is_after_word: bool) -> Option<(Date, &str)> {
    let (is_short, body) = text.strip_prefix('-').map_or((false, text), |body| (true, body));
    let (first, rest) = digits(body);
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'));
    let (second, rest) = separator.map_or(("", rest), |separator| group(rest, separator));
    let (third, rest) = separator.filter(|_| !second.is_empty()).map_or(("", rest), |separator| group(rest, separator));
    if is_after_word && third.is_empty() && first.len() != 8 {
        return None;
    }
    let date = match is_short {
        true => short(first, second, third)?,
        false => full(first, second, third, separator, order)?,
    };
    Some((date, rest))
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len()))
}

/// The next group of digits, or a month's name as its number, after the separator.
fn group(text: &str, separator: char) -> (&str, &str) {
    let Some(body) = text.strip_prefix(separator) else { return ("", text) };
    let (found, rest) = digits(body);
    if !found.is_empty() {
        return (found, rest);
    }
    let (word, rest) = body.split_at(body.find(|c: char| !c.is_alphabetic()).unwrap_or(body.len()));
    match words::month(word).filter(|_| rest.starts_with(separator)) {
        Some(month) => (MONTH_DIGITS[usize::try_from(month - 1).unwrap_or(0)], rest),
        None => ("", text),
    }
}

const MONTH_DIGITS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

/// `-YYMM` and `-YY-MM` of ISO 8601:1988.
fn short(first: &str, second: &str, third: &str) -> Option<Date> {
    match (first.len(), second.len(), third) {
        (4, 0, "") => calendar(&first[..2], &first[2..], "1"),
        (2, 2, "") => calendar(first, second, "1"),
        _ => None,
    }
}

fn full(first: &str, second: &str, third: &str, separator: Option<char>, order: Order) -> Option<Date> {
    match (first.len(), second.len(), third.len()) {
        (4, 0, 0) if separator.is_none() => calendar(first, "1", "1"),
        (5, 0, 0) => ordinal(&first[..2], &first[2..]),
        (6, 0, 0) => calendar(&first[..2], &first[2..4], &first[4..]),
        (8, 0, 0) => calendar(&first[..4], &first[4..6], &first[6..]),
        (4, 3, 0) => ordinal(first, second),
        (4, 1 | 2, 0) => calendar(first, second, "1"),
        (4, 1..=3, 1 | 2) => calendar(first, second, third),
        (1 | 2, 1 | 2, 4) => year_last(first, second, third, separator, order),
        (2, 2, 2) if separator == Some('-') => calendar(first, second, third),
        (1 | 2, 1 | 2, 2) => year_last(first, second, third, separator, order),
        _ => None,
    }
}

fn calendar(year: &str, month: &str, day: &str) -> Option<Date> {
    let (year, month, day) = (full_year(year)?, month.parse().ok()?, day.parse().ok()?);
    match year {
        year if calendars::PERSIAN.contains(&year) => calendars::persian(year, month, day),
        year if calendars::ISLAMIC.contains(&year) => None,
        year => Date::new(year, month, day).ok(),
    }
}

fn ordinal(year: &str, day: &str) -> Option<Date> {
    let first = calendar(year, "1", "1")?;
    let day: i16 = day.parse().ok()?;
    (1..=first.days_in_year()).contains(&day).then(|| first.with().day_of_year(day).build().ok())?
}

/// `24.09.2025` and `24/09/2025`: in the feed's order where both are possible, else in the only one that is. Nobody writes the
/// month first with dots, whatever language the feed names.
fn year_last(first: &str, second: &str, year: &str, separator: Option<char>, order: Order) -> Option<Date> {
    let is_month_first = match order {
        Order::BySign => separator == Some('/'),
        Order::DayFirst => false,
        Order::MonthFirst => separator != Some('.'),
    };
    let (day_first, month_first) = (calendar(year, second, first), calendar(year, first, second));
    if is_month_first { month_first.or(day_first) } else { day_first.or(month_first) }
}

/// A time of day after the date, with what follows it.
fn clock(text: &str) -> Option<(Clock, &str)> {
    let is_after_t = text.starts_with('t');
    let text = text.strip_prefix('t').unwrap_or(text).trim_start_matches([' ', ',', ':', '.']);
    let (before, text) = half(text);
    let (hour, rest) = digits(text);
    let (clock, rest) = match (hour.len(), rest.strip_prefix(':')) {
        (1 | 2, Some(rest)) => minutes(hour, rest)?,
        (4 | 6, None) => (packed(hour)?, rest),
        (2, None) if is_after_t => (Clock::new(hour.parse().ok()?, 0, 0)?, rest),
        (1 | 2, None) if before.is_some() || half(rest.trim_start()).0.is_some() => (Clock::new(hour.parse().ok()?, 0, 0)?, rest),
        _ => return None,
    };
    let rest = fraction(rest);
    let (after, rest) = half(rest.trim_start());
    Some((clock.in_half(before.or(after))?, rest))
}

fn minutes<'a>(hour: &str, rest: &'a str) -> Option<(Clock, &'a str)> {
    let (minute, rest) = digits(rest);
    let (second, rest) = rest.strip_prefix(':').map_or(("0", rest), digits);
    let second = if second.is_empty() { "0" } else { second };
    let is_over = rest.starts_with(':') || minute.is_empty() || minute.len() > 2 || second.len() > 2;
    (!is_over).then_some(())?;
    Some((Clock::new(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?)?, rest))
}

fn packed(digits: &str) -> Option<Clock> {
    let second = if digits.len() == 6 { &digits[4..] } else { "0" };
    Clock::new(digits[..2].parse().ok()?, digits[2..4].parse().ok()?, second.parse().ok()?)
}

fn fraction(text: &str) -> &str {
    match text.strip_prefix(['.', ',']) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => digits(rest).1,
        _ => text,
    }
}

/// Morning or afternoon, if the text begins with it.
fn half(text: &str) -> (Option<bool>, &str) {
    let word = &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())];
    match words::is_afternoon(word) {
        Some(is_afternoon) => (Some(is_afternoon), text[word.len()..].trim_start()),
        None => (None, text),
    }
}

/// The zone; `None` when something else follows.
pub(super) fn zone_of(text: &str) -> Option<Zone> {
    let text = text.trim().trim_end_matches("uhr").trim();
    if text.is_empty() || text == "00:00" {
        return Some(Zone::Unsaid);
    }
    let name = &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())];
    let rest = text[name.len()..].trim();
    if rest.is_empty() {
        return Some(words::zone(name).map_or_else(|| Zone::of_word(name), Zone::East));
    }
    let sign = match rest.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let body = rest.trim_start_matches(['+', '-', '−']);
    let body = without_name(body)?;
    let body = body.strip_suffix('z').filter(|offset| offset.bytes().all(|byte| matches!(byte, b'0' | b':'))).unwrap_or(body);
    let (hours, minutes) = body.split_once(':').map_or((body, None), |(hours, minutes)| (hours, Some(minutes)));
    Some(Zone::East(sign * offset_minutes(hours, minutes)?))
}

/// An offset without the zone's name after it, as Go writes both: `0200 cest`, `0300 +03`, with ` m=+0.01` of its other clock.
fn without_name(text: &str) -> Option<&str> {
    let text = text.split(" m=").next().unwrap_or(text);
    let Some((offset, name)) = text.split_once(' ') else { return Some(text) };
    (name.chars().all(char::is_alphabetic) || offset.starts_with(name.trim_start_matches(['+', '-']))).then_some(offset)
}
