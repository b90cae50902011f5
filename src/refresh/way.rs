//! What a request teaches of how to reach its feed next time. Rules only.

use jiff::Timestamp;

use crate::domain::feed::Way;
use crate::fetch::Trail;

/// Failures in a row after which a way that a person accepted is given up, when nobody says no but nobody answers either.
const PATIENCE: u32 = 5;

/// A failure, as far as it matters for the way.
pub(super) struct Setback<'a> {
    pub error: &'a str,
    /// Whether the same request may well succeed later.
    pub is_passing: bool,
    /// Whether a server answered at all.
    pub is_answer: bool,
    /// In a row, this one included.
    pub failures: u32,
}

/// After an answer that is a feed. A permanent redirect counts when it led to the same address twice in a row; one that leads
/// back to the settings' address (`url`) ends the move.
pub(super) fn after_success(way: Way, trail: &Trail, url: &str, at: Timestamp) -> Way {
    let is_home = |address: &str| url::Url::parse(url.trim()).is_ok_and(|url| url.as_str() == address);
    let way = Way { is_http1: trail.is_http1, lapsed: None, ..way };
    match &trail.moved_to {
        None => Way { moving_to: None, ..way },
        Some(to) if is_home(to) => Way { is_http1: way.is_http1, ..Way::default() },
        Some(to) if way.moving_to.as_ref() == Some(to) => Way { address: way.moving_to, moving_to: None, moved_at: Some(at), ..way },
        Some(to) => Way { moving_to: Some(to.clone()), ..way },
    }
}

/// After a failure. One that will hardly pass ends a move: the settings' address is asked again. What protocol worked is open.
/// A way that a person accepted ends when its server says no, or when nobody answered for long, and that is kept to be told.
pub(super) fn after_failure(way: Way, setback: &Setback<'_>) -> Way {
    let is_lasting = !setback.is_passing;
    match way.accepted_at {
        Some(_) if (is_lasting && setback.is_answer) || setback.failures >= PATIENCE => {
            Way { lapsed: Some(format!("{}: {}", way.words(), setback.error)), ..Way::default() }
        }
        Some(_) => way,
        None if is_lasting => Way { lapsed: way.lapsed, ..Way::default() },
        None => Way { is_http1: false, ..way },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = "https://a.example/feed";

    fn way(address: Option<&str>, moving_to: Option<&str>) -> Way {
        Way { address: address.map(str::to_string), moving_to: moving_to.map(str::to_string), ..Way::default() }
    }

    #[test]
    fn a_permanent_redirect_counts_when_it_was_seen_twice() {
        let check = |before: Way, moved_to: Option<&str>, expected: Way, why: &str| {
            let trail = Trail { moved_to: moved_to.map(str::to_string), ..Trail::default() };
            let after = after_success(before, &trail, HOME, Timestamp::UNIX_EPOCH);
            assert_eq!(Way { moved_at: None, ..after }, expected, "{why}");
        };
        let (b, c) = ("https://b.example/", "https://c.example/");
        check(way(None, None), None, way(None, None), "no redirect");
        check(way(None, None), Some(b), way(None, Some(b)), "the first time");
        check(way(None, Some(b)), Some(b), way(Some(b), None), "the second time");
        check(way(None, Some(b)), Some(c), way(None, Some(c)), "elsewhere the second time");
        check(way(None, Some(b)), None, way(None, None), "not so the second time");
        check(way(Some(b), None), None, way(Some(b), None), "asked where it moved to");
        check(way(Some(b), None), Some(c), way(Some(b), Some(c)), "it moves on");
        check(way(Some(b), Some(c)), Some(c), way(Some(c), None), "it has moved on");
        check(way(Some(b), None), Some(HOME), way(None, None), "it moves back home");
    }

    fn setback(is_passing: bool, is_answer: bool, failures: u32) -> Setback<'static> {
        Setback { error: "404 Not Found", is_passing, is_answer, failures }
    }

    #[test]
    fn a_failure_that_stays_ends_a_move_and_one_that_passes_does_not() {
        let moved = || Way { is_http1: true, ..way(Some("https://b.example/"), None) };
        assert_eq!(after_failure(moved(), &setback(true, true, 1)), Way { is_http1: false, ..moved() });
        assert_eq!(after_failure(moved(), &setback(false, true, 1)), Way::default());
    }

    #[test]
    fn what_a_person_accepted_ends_when_a_server_says_no_or_nobody_answers_for_long() {
        let accepted = || Way { is_http1: true, accepted_at: Some(Timestamp::UNIX_EPOCH), ..way(Some("https://b.example/"), None) };
        let lapsed = Way { lapsed: Some("at https://b.example/, over HTTP/1.1: 404 Not Found".into()), ..Way::default() };
        let check = |setback: Setback<'_>, is_over: bool, why: &str| {
            assert_eq!(after_failure(accepted(), &setback), if is_over { lapsed.clone() } else { accepted() }, "{why}");
        };
        check(setback(true, true, 1), false, "the server is busy");
        check(setback(false, false, 4), false, "the network is down");
        check(setback(false, true, 1), true, "the server says no");
        check(setback(true, true, 5), true, "the server is busy for long");
        let again = after_failure(lapsed.clone(), &setback(false, true, 6));
        assert_eq!(again, lapsed, "it is told until the feed answers again");
        assert_eq!(after_success(again, &Trail::default(), HOME, Timestamp::UNIX_EPOCH), Way::default());
    }
}
