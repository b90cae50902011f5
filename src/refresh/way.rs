//! What a request teaches of how to reach its feed next time. Rules only.

use jiff::Timestamp;

use crate::domain::feed::Way;
use crate::fetch::Trail;

/// Failures in a row after which a move or an accepted way is given up, when nobody says no but nobody answers either.
const PATIENCE: u32 = 5;

/// A failure, as far as it matters for the way.
pub(super) struct Setback<'a> {
    pub error: &'a str,
    pub kind: Kind,
    /// In a row, this one included.
    pub failures: u32,
    /// Whether the failure before it was of the same trouble.
    pub is_again: bool,
}

/// What a failure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing: a setting, a secret or the network of ours is at fault, as far as can be said.
    Ours,
    /// Nobody was reached there, while other servers were.
    Unreached,
    /// The server is down or busy.
    Passing,
    /// The server says no.
    Refused,
    /// What came is no feed, or is not taken by us. A network that wants a log-in first answers so once for all.
    NoFeed,
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

/// After a failure. A move or an accepted way ends when its server says no, or when nobody answered for long: the settings'
/// address is asked again. Of a way that a person accepted that is kept to be told; else what protocol worked is open.
pub(super) fn after_failure(way: Way, setback: &Setback<'_>) -> Way {
    let is_over = match setback.kind {
        Kind::Ours => false,
        Kind::Refused => true,
        Kind::NoFeed => setback.is_again,
        Kind::Unreached | Kind::Passing => setback.is_again && setback.failures >= PATIENCE,
    };
    match (way.accepted_at, setback.kind) {
        (Some(_), _) if is_over => Way { lapsed: Some(format!("{}: {}", way.words(), setback.error)), ..Way::default() },
        (None, _) if is_over => Way { lapsed: way.lapsed, ..Way::default() },
        (Some(_), _) | (None, Kind::Ours | Kind::Unreached) => way,
        (None, Kind::NoFeed) => Way { is_http1: false, moving_to: None, ..way },
        (None, _) => Way { is_http1: false, ..way },
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

    /// All of one trouble.
    fn setback(kind: Kind, failures: u32) -> Setback<'static> {
        Setback { error: "404 Not Found", kind, failures, is_again: failures > 1 }
    }

    #[test]
    fn what_failed_otherwise_before_or_by_our_own_fault_ends_nothing() {
        let moved = || way(Some("https://b.example/"), None);
        let check = |kind: Kind, is_again: bool, is_over: bool| {
            let setback = Setback { is_again, ..setback(kind, 9) };
            assert_eq!(after_failure(moved(), &setback), if is_over { Way::default() } else { moved() }, "{kind:?} {is_again}");
        };
        check(Kind::Ours, true, false);
        check(Kind::Unreached, false, false);
        check(Kind::Unreached, true, true);
        check(Kind::Passing, false, false);
        check(Kind::Passing, true, true);
        check(Kind::NoFeed, false, false);
        check(Kind::NoFeed, true, true);
        check(Kind::Refused, false, true);
    }

    #[test]
    fn a_move_ends_when_a_server_says_no_or_nobody_answers_for_long() {
        let moved = || Way { is_http1: true, ..way(Some("https://b.example/"), Some("https://c.example/")) };
        let check = |kind: Kind, failures: u32, expected: Way, why: &str| {
            assert_eq!(after_failure(moved(), &setback(kind, failures)), expected, "{why}");
        };
        check(Kind::Unreached, 4, moved(), "the network is down");
        check(Kind::Unreached, 5, Way::default(), "the host may be gone");
        check(Kind::Passing, 1, Way { is_http1: false, ..moved() }, "the server is busy");
        check(Kind::Refused, 1, Way::default(), "the server says no");
        check(Kind::NoFeed, 1, Way { is_http1: false, moving_to: None, ..moved() }, "the network wants a log-in first");
        check(Kind::NoFeed, 2, Way::default(), "there is no feed any more");
    }

    #[test]
    fn what_a_person_accepted_ends_when_a_server_says_no_or_nobody_answers_for_long() {
        let accepted = || Way { is_http1: true, accepted_at: Some(Timestamp::UNIX_EPOCH), ..way(Some("https://b.example/"), None) };
        let lapsed = Way { lapsed: Some("at https://b.example/, over HTTP/1.1: 404 Not Found".into()), ..Way::default() };
        let check = |setback: Setback<'_>, is_over: bool, why: &str| {
            assert_eq!(after_failure(accepted(), &setback), if is_over { lapsed.clone() } else { accepted() }, "{why}");
        };
        check(setback(Kind::Passing, 1), false, "the server is busy");
        check(setback(Kind::Unreached, 4), false, "the network is down");
        check(setback(Kind::NoFeed, 1), false, "the network wants a log-in first");
        check(setback(Kind::NoFeed, 2), true, "there is no feed any more");
        check(setback(Kind::Refused, 1), true, "the server says no");
        check(setback(Kind::Passing, 5), true, "the server is busy for long");
        let again = after_failure(lapsed.clone(), &setback(Kind::Refused, 6));
        assert_eq!(again, lapsed, "it is told until the feed answers again");
        assert_eq!(after_success(again, &Trail::default(), HOME, Timestamp::UNIX_EPOCH), Way::default());
    }
}
