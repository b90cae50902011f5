//! The edition of the day: the one that is kept, or one that is made now of what is stored. It asks no feed.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::app::query::in_window;
use crate::app::words::{health_name, short_name};
use crate::briefing::{Making, make};
use crate::domain::clean_text::CleanText;
use crate::domain::edition::Edition;
use crate::domain::feed::FeedHealth;
use crate::domain::list::ListQuery;
use crate::domain::material::NamedFeed;
use crate::domain::section::{Paper, Section};
use crate::store::{Store, StoreError};

/// Hours of the night that belong to the day before: who is up late does not make the next morning's edition.
const NIGHT: SignedDuration = SignedDuration::from_hours(3);
/// How long a story is known again by what it tells; by its own articles it is known for ever.
const TOLD_REMEMBERED: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Articles of one section that are looked at.
const MOST_LOOKED_AT: usize = 600;

/// An edition, and whether it is kept.
#[derive(Debug)]
pub struct Todays {
    pub edition: Edition,
    /// Whether it was made now; one that was kept before is as it was.
    pub is_new: bool,
    /// Why it could not be kept.
    pub unkept: Option<StoreError>,
}

/// The day whose edition is read at that moment.
#[must_use]
pub fn edition_date(now: Timestamp, zone: &TimeZone) -> Date {
    now.checked_sub(NIGHT).unwrap_or(now).to_zoned(zone.clone()).date()
}

/// The day's edition, made and kept when there is none. What others keep meanwhile counts.
///
/// # Errors
/// When the store cannot be read.
pub async fn todays(store: &Store, paper: &Paper, now: Timestamp, zone: &TimeZone) -> Result<Todays, StoreError> {
    if let Some(edition) = store.front().edition(edition_date(now, zone)).await? {
        return Ok(Todays { edition, is_new: false, unkept: None });
    }
    let edition = made(store, paper, &paper.sections, now, zone, false).await?;
    match store.back().keep_edition(edition.clone()).await {
        Ok(edition) => Ok(Todays { edition, is_new: true, unkept: None }),
        Err(error) => Ok(Todays { edition, is_new: true, unkept: Some(error) }),
    }
}

/// An edition of these sections that is only looked at: not kept, and with what was read or told before.
///
/// # Errors
/// When the store cannot be read.
pub async fn view(store: &Store, paper: &Paper, sections: &[Section], now: Timestamp, zone: &TimeZone) -> Result<Edition, StoreError> {
    made(store, paper, sections, now, zone, true).await
}

async fn made(
    store: &Store,
    paper: &Paper,
    sections: &[Section],
    now: Timestamp,
    zone: &TimeZone,
    is_view: bool,
) -> Result<Edition, StoreError> {
    let queries = sections.iter().map(|section| looked_at(section, now)).collect();
    let material = store.back().material(queries, now.checked_sub(TOLD_REMEMBERED).unwrap_or(Timestamp::MIN)).await?;
    let urls = paper.feeds().into_iter().map(|feed| feed.url.clone()).collect();
    let known = store.back().feeds(urls).await?;
    let named = |health: FeedHealth| NamedFeed { name: name(paper, &health), health };
    let feeds: Vec<NamedFeed> = known.into_iter().map(named).collect();
    let material = &material;
    Ok(make(&Making { date: edition_date(now, zone), now, zone, sections, feeds: &feeds, material, is_view }))
}

/// The name that the settings give, or what the feed's own name begins with.
fn name(paper: &Paper, health: &FeedHealth) -> CleanText {
    let (shown, own) = (health_name(paper, &health.url, Some(health)), health.title.as_deref());
    CleanText::new(if own == Some(shown.as_str()) { short_name(&shown) } else { &shown })
}

/// What the section's list shows, so that nothing is told that is not there.
fn looked_at(section: &Section, now: Timestamp) -> ListQuery {
    ListQuery { limit: MOST_LOOKED_AT, ..in_window(section, now) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_belongs_to_the_day_before() {
        let check = |now: &str, expected: &str| {
            let zone = TimeZone::fixed(jiff::tz::offset(-5));
            assert_eq!(edition_date(now.parse().expect("a moment"), &zone).to_string(), expected, "{now}");
        };
        check("2026-11-22T11:00:00Z", "2026-11-22");
        check("2026-11-22T08:00:00Z", "2026-11-22");
        check("2026-11-22T07:59:59Z", "2026-11-21");
        check("2026-11-22T04:59:00Z", "2026-11-21");
    }
}
