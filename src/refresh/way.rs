//! What a request teaches of how to reach its feed next time. Rules only.

use crate::domain::feed::Way;
use crate::fetch::Trail;

/// After an answer that is a feed. A permanent redirect counts when it led to the same address twice in a row; one that leads
/// back to the settings' address (`url`) ends the move.
pub(super) fn after_success(way: Way, trail: &Trail, url: &str) -> Way {
    let is_home = |address: &str| url::Url::parse(url.trim()).is_ok_and(|url| url.as_str() == address);
    let Way { address, moving_to, .. } = way;
    let is_http1 = trail.is_http1;
    match &trail.moved_to {
        None => Way { address, moving_to: None, is_http1 },
        Some(to) if is_home(to) => Way { address: None, moving_to: None, is_http1 },
        Some(to) if moving_to.as_ref() == Some(to) => Way { address: moving_to, moving_to: None, is_http1 },
        Some(to) => Way { address, moving_to: Some(to.clone()), is_http1 },
    }
}

/// After a failure. One that will hardly pass ends a move: the settings' address is asked again. What protocol worked is open.
pub(super) fn after_failure(way: Way, is_passing: bool) -> Way {
    match is_passing {
        true => Way { is_http1: false, ..way },
        false => Way::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = "https://a.example/feed";

    fn way(address: Option<&str>, moving_to: Option<&str>) -> Way {
        Way { address: address.map(str::to_string), moving_to: moving_to.map(str::to_string), is_http1: false }
    }

    #[test]
    fn a_permanent_redirect_counts_when_it_was_seen_twice() {
        let check = |before: Way, moved_to: Option<&str>, expected: Way, why: &str| {
            let trail = Trail { moved_to: moved_to.map(str::to_string), ..Trail::default() };
            assert_eq!(after_success(before, &trail, HOME), expected, "{why}");
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

    #[test]
    fn a_failure_that_stays_ends_a_move_and_one_that_passes_does_not() {
        let moved = || Way { is_http1: true, ..way(Some("https://b.example/"), None) };
        assert_eq!(after_failure(moved(), true), Way { is_http1: false, ..moved() });
        assert_eq!(after_failure(moved(), false), Way::default());
    }
}
