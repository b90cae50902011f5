//! What became of feeds of which none brought anything: who was silent, who answered with what.

use super::{count_of, listed};
use crate::domain::cure::Trouble;
use crate::domain::feed::FeedHealth;

/// From here on a status says that something went wrong (RFC 9110, section 15).
const FIRST_ERROR: u16 = 400;
/// Statuses named in one sentence.
const NAMED: usize = 3;

/// How asking a feed ended that brought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    NoAnswer,
    /// The status of the answer.
    Error(u16),
    NoFeed,
    /// An answer that could not be taken: too large, or one that sent us where none may.
    Unusable,
}

impl Fate {
    /// As the last try ended.
    pub fn of(feed: &FeedHealth) -> Fate {
        match (feed.http_status, feed.trouble) {
            (Some(status @ FIRST_ERROR..), _) => Fate::Error(status),
            (_, Some(Trouble::NoFeed | Trouble::Challenge)) => Fate::NoFeed,
            (Some(_), _) | (_, Some(Trouble::TooLarge | Trouble::Misled)) => Fate::Unusable,
            _ => Fate::NoAnswer,
        }
    }
}

/// `Nothing has come: of 8 feeds 3 did not answer, 4 answered with an error (404 and 500) and 1 sent no feed.`
pub fn fates(fates: &[Fate]) -> String {
    let count = |is_wanted: fn(&Fate) -> bool| fates.iter().filter(|fate| is_wanted(fate)).count();
    let mut statuses: Vec<u16> =
        fates.iter().filter_map(|fate| if let Fate::Error(status) = fate { Some(*status) } else { None }).collect();
    statuses.sort_unstable();
    statuses.dedup();
    let statuses: Vec<String> = statuses.iter().map(ToString::to_string).collect();
    let told = [
        (count(|fate| *fate == Fate::NoAnswer), "did not answer".to_string()),
        (count(|fate| matches!(fate, Fate::Error(_))), format!("answered with an error ({})", listed(&statuses, NAMED))),
        (count(|fate| *fate == Fate::NoFeed), "sent no feed".to_string()),
        (count(|fate| *fate == Fate::Unusable), "sent what cannot be taken".to_string()),
    ];
    let mut told = told.into_iter().filter(|(count, _)| *count > 0);
    match (fates.len(), told.clone().count()) {
        (1, _) => format!("Your only feed {}.", told.next().map(|(_, words)| words).unwrap_or_default()),
        (all, 1) => format!("None of your {all} feeds brought anything: all {}.", told.next().map(|(_, words)| words).unwrap_or_default()),
        (all, kinds) => {
            let parts: Vec<String> = told.map(|(count, words)| format!("{count} {words}")).collect();
            format!("Nothing has come: of {} {}.", count_of(all, "feed"), listed(&parts, kinds))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_that_brought_nothing_are_told_by_how_they_ended() {
        let check = |ends: &[Fate], expected: &str| assert_eq!(fates(ends), expected);
        let (none, error, page) = (Fate::NoAnswer, Fate::Error, Fate::NoFeed);
        check(&[error(404)], "Your only feed answered with an error (404).");
        check(&[page, page], "None of your 2 feeds brought anything: all sent no feed.");
        check(&[error(500), error(404), error(404)], "None of your 3 feeds brought anything: all answered with an error (404 and 500).");
        check(
            &[none, none, error(404), page, Fate::Unusable],
            "Nothing has come: of 5 feeds 2 did not answer, 1 answered with an error (404), 1 sent no feed and 1 sent what cannot be taken.",
        );
    }

    #[test]
    fn what_was_kept_of_a_feed_tells_how_its_last_try_ended() {
        let check = |http_status, trouble, expected| {
            assert_eq!(Fate::of(&FeedHealth { http_status, trouble, ..FeedHealth::never("https://a.example/") }), expected);
        };
        check(None, None, Fate::NoAnswer);
        check(None, Some(Trouble::UnknownHost), Fate::NoAnswer);
        check(Some(404), Some(Trouble::Gone), Fate::Error(404));
        check(Some(403), Some(Trouble::Challenge), Fate::Error(403));
        check(Some(200), Some(Trouble::NoFeed), Fate::NoFeed);
        check(None, Some(Trouble::NoFeed), Fate::NoFeed);
        check(Some(200), Some(Trouble::TooLarge), Fate::Unusable);
    }
}
