//! When a document says that it is worth asking: `ttl`, `skipHours` and `skipDays` of RSS 2.0, `updatePeriod` and
//! `updateFrequency` of the RSS 1.0 syndication module. Nonsense says nothing.

use jiff::SignedDuration;

use super::tree::Element;
use crate::domain::feed::Hints;

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Seconds of each period of the syndication module.
const PERIODS: [(&str, i64); 5] =
    [("hourly", 3600), ("daily", 86_400), ("weekly", 604_800), ("monthly", 2_592_000), ("yearly", 31_536_000)];
/// Longer waits than this many minutes are a mistake.
const LONGEST_MINUTES: i64 = 525_600;

/// Reads the elements of a feed's head. Of `ttl` and the syndication module, the longer wait counts.
pub(super) fn read<'t, 'a: 't>(fields: impl Iterator<Item = &'t Element<'a>>) -> Hints {
    let (mut hints, mut ttl, mut period, mut frequency) = (Hints::default(), None, None, None);
    for field in fields {
        match field.local().to_ascii_lowercase().as_str() {
            "ttl" => ttl = minutes(&field.text()).or(ttl),
            "updateperiod" => period = seconds(&field.text()).or(period),
            "updatefrequency" => frequency = field.text().parse::<i64>().ok().filter(|times| *times > 0).or(frequency),
            "skiphours" => hints.skip_hours |= field.elements().filter_map(|hour| hour_bit(&hour.text())).fold(0, |all, bit| all | bit),
            "skipdays" => hints.skip_days |= field.elements().filter_map(|day| day_bit(&day.text())).fold(0, |all, bit| all | bit),
            _ => {}
        }
    }
    let updates = match (period, frequency) {
        (None, None) => None,
        (period, frequency) => Some(SignedDuration::from_secs(period.unwrap_or(86_400) / frequency.unwrap_or(1))),
    };
    hints.every = ttl.max(updates);
    hints
}

fn minutes(text: &str) -> Option<SignedDuration> {
    text.parse().ok().filter(|minutes| (1..=LONGEST_MINUTES).contains(minutes)).map(SignedDuration::from_mins)
}

fn seconds(period: &str) -> Option<i64> {
    PERIODS.iter().find(|(name, _)| period.eq_ignore_ascii_case(name)).map(|(_, seconds)| *seconds)
}

/// Midnight is 0, by older versions also 24.
fn hour_bit(text: &str) -> Option<u32> {
    text.parse::<u32>().ok().filter(|hour| *hour <= 24).map(|hour| 1 << (hour % 24))
}

fn day_bit(text: &str) -> Option<u8> {
    DAYS.iter().position(|day| text.eq_ignore_ascii_case(day)).map(|day| 1 << day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::{RawFeed, read};

    fn hints(head: &str) -> Hints {
        let document = format!(
            "<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'><channel><title>A</title>{head}<item><title>B</title></item></channel></rss>"
        );
        read(RawFeed { body: document.as_bytes(), ..RawFeed::default() }).expect("a feed").hints
    }

    #[test]
    fn the_wait_that_a_document_asks_for_is_read() {
        let check = |head: &str, minutes: Option<i64>| assert_eq!(hints(head).every, minutes.map(SignedDuration::from_mins), "{head}");
        check("<ttl>90</ttl>", Some(90));
        check("<ttl> 90 </ttl>", Some(90));
        check("<ttl>0</ttl>", None);
        check("<ttl>soon</ttl>", None);
        check("<ttl>99999999999999999999</ttl>", None);
        check("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>", Some(60));
        check("<sy:updatePeriod> daily\n</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", Some(360));
        check("<sy:updatePeriod>weekly</sy:updatePeriod>", Some(7 * 24 * 60));
        check("<sy:updateFrequency>2</sy:updateFrequency>", Some(12 * 60));
        check("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", Some(60));
        check("<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", Some(60));
        check("", None);
    }

    #[test]
    fn hours_and_days_without_news_are_read() {
        let read = hints("<skipHours><hour>0</hour><hour>24</hour><hour>23</hour><hour>25</hour><hour>x</hour></skipHours>");
        assert_eq!(read.skip_hours, 1 | 1 << 23);
        let read = hints("<skipDays><day>Saturday</day><day>SUNDAY</day><day>Someday</day></skipDays>");
        assert_eq!(read.skip_days, 0b110_0000);
    }
}
