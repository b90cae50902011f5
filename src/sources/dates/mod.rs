//! Dates as feeds write them: RFC 822 and W3C dates with any part missing or misspelt, and national forms.
//! Never guesses: a date that contradicts itself is none. Knows no clock.

mod calendars;
mod numeric;
mod order;
mod words;
mod written;
mod zone;

use jiff::{
    Timestamp,
    civil::{Date, Time},
};

use super::notes::Notes;
use order::Order;
use zone::Zone;

/// No date is longer.
const LONGEST: usize = 100;
/// Years that are those of the Thai calendar.
const BUDDHIST: std::ops::Range<i16> = 2500..2700;
/// RFC 2822, section 4.3: two digits below this are of this century.
const CENTURY_PIVOT: i16 = 50;

/// How the dates of one feed are to be read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Dates {
    order: Order,
}

/// A date as it says itself.
struct Told {
    date: Date,
    clock: Clock,
    zone: Zone,
}

impl Dates {
    /// The moment that a date says, to the second; without a zone it is taken as UTC, without a time as midnight.
    pub(crate) fn read(self, text: &str) -> Option<Timestamp> {
        self.tell(text)?.moment()
    }

    /// As [`Dates::read`]; of a date that cannot be read, a note tells.
    pub(crate) fn read_noted(self, text: &str, notes: &mut Notes) -> Option<Timestamp> {
        let moment = self.read(text);
        if moment.is_none() {
            notes.add_quoted("date that cannot be read", text);
        }
        moment
    }

    /// The name of the date's zone, when nobody knows it.
    fn unknown_zone(self, text: &str) -> Option<String> {
        self.tell(text)?.zone.unknown(text)
    }

    fn tell(self, text: &str) -> Option<Told> {
        let text = text.trim().trim_matches(['"', '\'']).trim();
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        let text = words::fold(text);
        let (place, text) = zone::take_place(&text).unwrap_or((Zone::Unsaid, text));
        let (text, asides) = without_asides(&text);
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let told = numeric::read(&text, self.order).or_else(|| written::read(&text))?;
        // An offset goes before the name beside it (RFC 9557, section 3.4).
        let named = if told.zone.is_unsaid() && place.is_unsaid() { zone::of_asides(&asides) } else { place };
        Some(if told.zone.is_unsaid() { Told { zone: named, ..told } } else { told })
    }
}

impl Told {
    fn moment(&self) -> Option<Timestamp> {
        let Told { date, clock, zone } = self;
        let (date, hour) = if clock.hour == 24 { (date.tomorrow().ok()?, 0) } else { (*date, clock.hour) };
        zone.moment(date.to_datetime(Time::new(hour, clock.minute, clock.second.min(59), 0).ok()?))
    }
}

/// Without what stands in brackets, and that: the name of a zone (RFC 5322, section 3.2.2, and RFC 9557), a weekday.
fn without_asides(text: &str) -> (String, Vec<String>) {
    let (mut depth, mut kept, mut asides) = (0, String::new(), Vec::new());
    for c in text.chars() {
        match c {
            '(' | '[' => {
                depth += 1;
                asides.push(String::new());
            }
            ')' | ']' if depth > 0 => depth -= 1,
            c if depth == 0 => kept.push(c),
            c => asides.iter_mut().last().into_iter().for_each(|aside| aside.push(c)),
        }
    }
    (kept.trim().to_string(), asides)
}

/// The parts of a date as they are found.
#[derive(Clone, Copy, Debug, Default)]
struct Clock {
    hour: i8,
    minute: i8,
    second: i8,
}

impl Clock {
    /// A time of day; 24:00 and a leap second are let through, and folded by [`Told::moment`].
    fn new(hour: u32, minute: u32, second: u32) -> Option<Clock> {
        let is_midnight = hour == 24 && minute == 0 && second == 0;
        if (hour > 23 && !is_midnight) || minute > 59 || second > 60 {
            return None;
        }
        Some(Clock { hour: i8::try_from(hour).ok()?, minute: i8::try_from(minute).ok()?, second: i8::try_from(second).ok()? })
    }

    fn in_half(self, is_afternoon: Option<bool>) -> Option<Clock> {
        match is_afternoon {
            None => Some(self),
            Some(_) if self.hour > 23 => None,
            Some(true) if self.hour < 12 => Some(Clock { hour: self.hour + 12, ..self }),
            Some(false) if self.hour == 12 => Some(Clock { hour: 0, ..self }),
            Some(_) => Some(self),
        }
    }
}

/// A year of two digits in full; three digits are years since 1900, which old programs wrote.
fn full_year(digits: &str) -> Option<i16> {
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        1 | 2 if year < CENTURY_PIVOT => Some(2000 + year),
        1 | 2 => Some(1900 + year),
        3 if year >= 100 => Some(1900 + year),
        4 if BUDDHIST.contains(&year) => Some(year - 543),
        4 => Some(year),
        _ => None,
    }
}

/// Minutes of an offset's digits: `5`, `05`, `0530`, `530`, with minutes apart where a colon stood.
fn offset_minutes(hours: &str, minutes: Option<&str>) -> Option<i32> {
    let number = |text: &str| text.parse::<i32>().ok();
    let hours = Some(hours).filter(|hours| hours.is_ascii())?;
    let (hours, minutes) = match (hours.len(), minutes) {
        (1 | 2, None) => (number(hours)?, 0),
        (1 | 2, Some(minutes)) if minutes.len() == 2 => (number(hours)?, number(minutes)?),
        (3 | 4, None) => (number(&hours[..hours.len() - 2])?, number(&hours[hours.len() - 2..])?),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        let found = Dates::default().read(input).map(|moment| moment.to_string());
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{input:?}");
    }

    #[test]
    fn mail_dates_with_parts_missing_are_read() {
        check("Wed, 24 Sep 2025 10:44:00 GMT", "2025-09-24T10:44:00Z");
        check("24 Sep 2025 10:44 +0200", "2025-09-24T08:44:00Z");
        check("2025-09-24T10:44:00+°5", "none");
        check("Wed, 24 Sep 25 10:44:00 EDT", "2025-09-24T14:44:00Z");
        check("Wed,24 September, 2025", "2025-09-24T00:00:00Z");
        check("24 Sep 2025 10:44:00 WAT", "2025-09-24T09:44:00Z");
        check("24 Sep 2025 10:44:00 CAT", "2025-09-24T08:44:00Z");
        check("24 Sep 2025 10:44:00 Eastern", "2025-09-24T15:44:00Z");
        check("24 Sep 2025 10:44:00 GMT-3", "2025-09-24T13:44:00Z");
        check("Wed Sep 24 10:44:00 2025", "2025-09-24T10:44:00Z");
        check("Wed Sep 24 10:44:00 CEST 2025", "2025-09-24T08:44:00Z");
        check("September 24th, 2025 at 9:05 pm", "2025-09-24T21:05:00Z");
        check("24-Sep-2025 12:00 AM", "2025-09-24T00:00:00Z");
        check("Wed, 24 Sep 2025 24:00:00 GMT", "2025-09-25T00:00:00Z");
        check("Wed, 24 Sep 2025 23:59:60 GMT", "2025-09-24T23:59:59Z");
        check("Wed, 24 Sep 125 10:44:00 GMT", "2025-09-24T10:44:00Z");
    }

    #[test]
    fn web_dates_of_every_precision_are_read() {
        check("2025", "2025-01-01T00:00:00Z");
        check("2025-09", "2025-09-01T00:00:00Z");
        check("2025-09-24", "2025-09-24T00:00:00Z");
        check("20250924", "2025-09-24T00:00:00Z");
        check("20250924T104400Z", "2025-09-24T10:44:00Z");
        check("2025-267", "2025-09-24T00:00:00Z");
        check("2023-W01-1", "2023-01-02T00:00:00Z");
        check("2023W017T10:44Z", "2023-01-08T10:44:00Z");
        check("2020-W53", "2020-12-28T00:00:00Z");
        check("2023-W54-1", "none");
        check("2025-09-24T10:44Z", "2025-09-24T10:44:00Z");
        check("2025-09-24T10:44:00.123456789-0330", "2025-09-24T14:14:00Z");
        check("2025-09-24 10:44:00 EST", "2025-09-24T15:44:00Z");
        check("2025-09-24 10:44:00 +02:00", "2025-09-24T08:44:00Z");
        check("2025-09-24 10:44:00 +0000 UTC", "2025-09-24T10:44:00Z");
        check("2025-09-24 10:44:00 -0700 PDT", "2025-09-24T17:44:00Z");
        check("2025-09-24 10:44:00.5 +0200 CEST", "2025-09-24T08:44:00Z");
        check("2025-09-24 10:44:00.5 +0300 +03 m=+0.01", "2025-09-24T07:44:00Z");
        check("2025-9-4T1:2:3Z", "2025-09-04T01:02:03Z");
        check("2025-09-24T10:44:00 00:00", "2025-09-24T10:44:00Z");
        check("2025-09-24T10:44:00+02:00[Europe/Paris]", "2025-09-24T08:44:00Z");
        check("2025-09-24T10", "2025-09-24T10:00:00Z");
        check("20250924104400", "2025-09-24T10:44:00Z");
        check("1758710640.123", "2025-09-24T10:44:00Z");
        check("1758710640", "2025-09-24T10:44:00Z");
        check("1758710640123", "2025-09-24T10:44:00Z");
    }

    #[test]
    fn dates_of_other_languages_are_read() {
        check("mer, 24 sept. 2025 10:44:00 +0200", "2025-09-24T08:44:00Z");
        check("mar., 24 déc. 2024 10:44:00 GMT", "2024-12-24T10:44:00Z");
        check("Mi, 24 Dez 2025 10:44:00 +0100", "2025-12-24T09:44:00Z");
        check("24. März 2025, 10:44 Uhr", "2025-03-24T10:44:00Z");
        check("24 de enero de 2025", "2025-01-24T00:00:00Z");
        check("Ср, 24 сен 2025 10:44:00 +0300", "2025-09-24T07:44:00Z");
        check("śr, 24 wrz 2025 10:44:00 +0200", "2025-09-24T08:44:00Z");
        check("2025年9月24日 10:44", "2025-09-24T10:44:00Z");
        check("24.09.2025 10:44", "2025-09-24T10:44:00Z");
        check("24.09.2025, 10:44 Uhr", "2025-09-24T10:44:00Z");
        check("24. 9. 2025 10:44", "2025-09-24T10:44:00Z");
        check("24/09/2025 - 10:44", "2025-09-24T10:44:00Z");
        check("24 settembre 2025 ore 10:44", "2025-09-24T10:44:00Z");
        check("24 de septiembre de 2025 a las 10:44", "2025-09-24T10:44:00Z");
        check("24 syyskuuta 2025 klo 10.44", "2025-09-24T10:44:00Z");
        check("24 Eylül 2025 Çarşamba 10:44", "2025-09-24T10:44:00Z");
        check("24 sept. 2025 10h44", "2025-09-24T10:44:00Z");
        check("24 tháng 9, 2025 10:44", "2025-09-24T10:44:00Z");
        check("수, 24 9월 2025 10:44:00 +0900", "2025-09-24T01:44:00Z");
        check("2025. 9. 24. 오후 8:44", "2025-09-24T11:44:00Z");
        check("2025年9月24日(水) 20時05分", "2025-09-24T20:05:00Z");
        check("24 กันยายน 2568 10:44", "2025-09-24T10:44:00Z");
        check("24 मार्च 2025", "2025-03-24T00:00:00Z");
        check("24 בספטמבר 2025 10:44", "2025-09-24T10:44:00Z");
        check("٢٤ سبتمبر ٢٠٢٥", "2025-09-24T00:00:00Z");
        check("24 rugsėjo 2025", "2025-09-24T00:00:00Z");
        check("ngày 2 tháng 1 năm 2023", "2023-01-02T00:00:00Z");
        check("Thứ Hai, ngày 2 tháng 1 năm 2023 lúc 10:44", "2023-01-02T10:44:00Z");
        check("2 de xaneiro de 2023", "2023-01-02T00:00:00Z");
        check("2 de xullo de 2023", "2023-07-02T00:00:00Z");
        check("2023 m. sausio 2 d.", "2023-01-02T00:00:00Z");
        check("2023 m. sausio 2 d. 10:44", "2023-01-02T10:44:00Z");
        check("2023. gada 2. janvāris", "2023-01-02T00:00:00Z");
        check("2023. gada 2. janvārī, 10:44", "2023-01-02T10:44:00Z");
        check("2023. 1. 2.", "2023-01-02T00:00:00Z");
        check("2023.01.02.", "2023-01-02T00:00:00Z");
        check("1º de enero de 2023", "2023-01-01T00:00:00Z");
        check("2023年1月2日 星期一", "2023-01-02T00:00:00Z");
        check("2023年1月2日 星期一 10:44", "2023-01-02T10:44:00Z");
        check("2023年1月2日周一 10:44", "2023-01-02T10:44:00Z");
        check("2023年1月1日 星期日 10:44", "2023-01-01T10:44:00Z");
        check("2023年1月2日月曜日 10時44分", "2023-01-02T10:44:00Z");
        check("2023년 1월 2일 월요일 10:44", "2023-01-02T01:44:00Z");
        check("Thứ Hai, 02/01/2023 10:00", "2023-02-01T10:00:00Z");
        check("Thứ Hai, 25/12/2023 10:00", "2023-12-25T10:00:00Z");
        check("Thứ Sáu, 29/12/2023", "2023-12-29T00:00:00Z");
        check("Chủ Nhật, 31/12/2023", "2023-12-31T00:00:00Z");
        check("2 janv. 2023 10h", "2023-01-02T10:00:00Z");
        check("2 janv. 2023 à 10 h", "2023-01-02T10:00:00Z");
        check("24. März 2025, 10 Uhr", "2025-03-24T10:00:00Z");
        check("2023-01-02T10:00:00+0000Z", "2023-01-02T10:00:00Z");
        check("2023-01-02T10:00:00+00:00Z", "2023-01-02T10:00:00Z");
        check("Mon, 02 Jan 2023 10:00:00 +0000Z", "2023-01-02T10:00:00Z");
        check("2023-01-02T10:00:00+0200Z", "none");
        check("Mon, 02 Jan 2023 10:00:00 +0200Z", "none");
        check("09/24/2025 10:44 AM", "2025-09-24T10:44:00Z");
        check("24/09/2025", "2025-09-24T00:00:00Z");
    }

    #[test]
    fn years_of_the_persian_calendar_are_read_and_of_the_islamic_ones_none() {
        check("1401/10/12", "2023-01-02T00:00:00Z");
        check("۱۴۰۴/۰۱/۰۱ ۱۰:۴۴", "2025-03-21T10:44:00Z");
        check("1403-12-30", "2025-03-20T00:00:00Z");
        check("1399/12/30", "2021-03-20T00:00:00Z");
        check("1404/12/30", "none");
        check("1404/07/31", "none");
        check("1446/10/12", "none");
    }

    #[test]
    fn zones_of_places_are_known_in_summer_and_winter() {
        check("24 Jul 2025 10:44:00 Europe/Berlin", "2025-07-24T08:44:00Z");
        check("24 Jan 2025 10:44:00 Europe/Berlin", "2025-01-24T09:44:00Z");
        check("Thu, 24 Jul 2025 10:44:00 America/New_York", "2025-07-24T14:44:00Z");
        check("2025-07-24 10:44 America/Argentina/Buenos_Aires", "2025-07-24T13:44:00Z");
        check("2025-07-24T10:44:00[Europe/Paris]", "2025-07-24T08:44:00Z");
        check("2025-07-24T10:44:00+01:00[Europe/Paris]", "2025-07-24T09:44:00Z");
        check("24 Jul 2025 10:44:00 Japan", "2025-07-24T01:44:00Z");
        check("24 Jul 2025 10:44:00 PST8PDT", "2025-07-24T17:44:00Z");
        check("2025-01-24 10:44 EST5EDT", "2025-01-24T15:44:00Z");
        check("24 Jul 2025 10:44:00 Europe/Atlantis", "2025-07-24T10:44:00Z");
        check("30 Mar 2025 02:30:00 Europe/Berlin", "2025-03-30T01:30:00Z");
        check("2025-07-24 10:44:00 NPT", "2025-07-24T04:59:00Z");
        check("2025-07-24 10:44:00 QQT", "2025-07-24T10:44:00Z");
        check("Mon, 02 Jan 2023 10:00:00 (EST)", "2023-01-02T15:00:00Z");
        check("Mon, 02 Jan 2023 10:00:00 (UTC+2)", "2023-01-02T08:00:00Z");
        check("Mon, 02 Jan 2023 10:00:00 [GMT+2]", "2023-01-02T08:00:00Z");
        check("2023-01-02 10:00 (CET)", "2023-01-02T09:00:00Z");
        check("2023-01-02 10:00 (Japan)", "2023-01-02T01:00:00Z");
        check("2023-01-02 (Mon) 10:00 (PST)", "2023-01-02T18:00:00Z");
        check("Mon, 02 Jan 2023 10:00:00 +0100 (EST)", "2023-01-02T09:00:00Z");
        check("Mon, 02 Jan 2023 10:00:00 (on the quay)", "2023-01-02T10:00:00Z");
    }

    #[test]
    fn the_dates_of_a_feed_tell_together_which_number_is_the_month() {
        let check = |dates: &[&str], language: Option<&str>, expected: &str, note: Option<&str>| {
            let mut notes = Notes::default();
            let read = Dates::of_feed(dates.iter().map(ToString::to_string), language, &mut notes);
            let moment = read.read(dates[0]).map(|moment| moment.to_string());
            assert_eq!(moment.as_deref(), Some(expected), "{dates:?} {language:?}");
            assert_eq!(notes.finish(), note.into_iter().collect::<Vec<_>>(), "{dates:?} {language:?}");
        };
        let (april, march) = ("2026-04-03T00:00:00Z", "2026-03-04T00:00:00Z");
        check(&["03/04/2026", "25/04/2026"], None, april, None);
        check(&["03/04/2026", "04/25/2026"], Some("de"), march, None);
        check(&["03-04-2026 00:00", "04-25-2026 10:00"], None, march, None);
        check(&["Fri, 03/04/26", "Sat, 25/04/26"], None, april, None);
        check(&["03/04/2026"], Some("es"), april, None);
        check(&["03/04/2026"], Some("en_GB"), april, None);
        check(&["03/04/2026"], Some("en-us"), march, None);
        let guessed = "guessed: the month is first in dates like 03/04/2026";
        check(&["03/04/2026"], None, march, Some(guessed));
        check(&["03/04/2026", "25/04/2026", "04/25/2026"], None, march, Some(guessed));
        check(&["03-04-2026"], None, april, Some("guessed: the day is first in dates like 03-04-2026"));
        check(&["03-04-2026", "25-04-2026"], None, april, None);
        check(&["03-04-2026"], Some("fr"), april, None);
        check(&["03-04-26"], None, "2003-04-26T00:00:00Z", None);
        check(&["03.04.2026"], None, april, None);
        check(&["03.04.2026"], Some("en-US"), april, None);
        check(&["03.04.2026", "04/25/2026"], None, april, None);
        check(&["3. 4. 2026 00:00"], Some("en-US"), april, None);
        check(&["04.25.2026"], Some("en-US"), "2026-04-25T00:00:00Z", None);
    }

    #[test]
    fn a_zone_that_nobody_knows_is_told() {
        let check = |date: &str, note: Option<&str>| {
            let mut notes = Notes::default();
            Dates::of_feed([date.to_string()].into_iter(), None, &mut notes);
            assert_eq!(notes.finish(), note.into_iter().collect::<Vec<_>>(), "{date}");
        };
        check("24 Jul 2025 10:44:00 QQT", Some("repaired: unknown zone QQT, read as UTC"));
        check("2025-07-24 10:44:00 QQT", Some("repaired: unknown zone QQT, read as UTC"));
        check("24 Jul 2025 10:44 Europe/Atlantis", Some("repaired: unknown zone europe/atlantis, read as UTC"));
        check("24 Jul 2025 10:44:00 +0200 (QQT)", None);
        check("24 Jul 2025 10:44:00 (QQT)", Some("repaired: unknown zone QQT, read as UTC"));
        check("2025-09-24 (WED) 10:44", None);
        check("24 Jul 2025 10:44:00 QQT+2", None);
        check("24 Eylül 2025 10:44 Çarşamba", None);
        check("24 Jul 2025 10:44 hs", None);
        check("Wed Sep 24 10:44:00 CEST 2025", None);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "2025-02-30",
            "Wed, 24 Sep",
            "24 Sept 2025 25:00",
            "12:00",
            "99999999999999",
            "1",
            "Wed, 24 Sep 2025 10:44 +9x",
            "Tue, 30 Nov -0001 00:00:00 +0000",
            "0000-00-00 00:00:00",
            "24 Sep 2025 1:2:3:4",
            "24 Foo 2025 10:44",
            "September 2024",
            "Sep 2024",
            "Sep 2024 10:44",
            "Autumn 2024",
            "Issue 2024",
            "Room 2024-05",
            "Room 240902",
            "Room 1758710640",
        ] {
            check(text, "none");
        }
    }
}
