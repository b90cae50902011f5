//! Days of calendars and countings other than year, month and day of the Gregorian one. Knows nothing of how they are written.

use jiff::civil::{Date, ISOWeekDate, Weekday, date};

/// Years that are those of the Persian calendar.
pub(super) const PERSIAN: std::ops::RangeInclusive<i16> = 1370..=1420;
/// Years that are those of the Islamic calendar, whose months begin as somebody sees the moon.
pub(super) const ISLAMIC: std::ops::RangeInclusive<i16> = 1421..=1500;
/// One day in both calendars.
const IN_PERSIA: (i32, i32, i32) = (1401, 10, 12);
const ELSEWHERE: Date = date(2023, 1, 2);

/// A day of the Persian calendar; leap years in their cycle of 33.
pub(super) fn persian(year: i16, month: i8, day: i8) -> Option<Date> {
    let (year, month, day) = (i32::from(year), i32::from(month), i32::from(day));
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 => days_before(year + 1, 1, 1) - days_before(year, 12, 1),
        _ => return None,
    };
    let days = days_before(year, month, day) - days_before(IN_PERSIA.0, IN_PERSIA.1, IN_PERSIA.2);
    (1..=length).contains(&day).then(|| ELSEWHERE.checked_add(jiff::Span::new().days(days)).ok())?
}

/// Days since a day long ago.
fn days_before(year: i32, month: i32, day: i32) -> i32 {
    let year = year + 1595;
    let months = if month < 7 { (month - 1) * 31 } else { (month - 7) * 30 + 186 };
    365 * year + year / 33 * 8 + (year % 33 + 3) / 4 + months + day
}

/// A day of a week of the year (ISO 8601), Monday being 1.
pub(super) fn of_week(year: i16, week: i8, day: i8) -> Option<Date> {
    Some(ISOWeekDate::new(year, week, Weekday::from_monday_one_offset(day).ok()?).ok()?.date())
}
