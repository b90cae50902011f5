//! When the next picture is due. Rules only: moments are handed in.

use std::time::Duration;

use tokio::time::Instant;

use crate::app::event::Event;

/// The shortest time between two pictures that answer keys, and from any picture to one that answers something else.
const FRAME: Duration = Duration::from_millis(33);
/// The shortest time from a picture to one that shows nothing but how a refresh goes on.
const PROGRESS: Duration = Duration::from_millis(250);
/// How long a picture waits for an answer of the store, so that it need not be drawn twice.
const GRACE: Duration = Duration::from_millis(12);

/// What is owed and what was drawn.
#[derive(Default)]
pub(super) struct Pace {
    owed: Option<Owed>,
    drawn_at: Option<Instant>,
    /// When a picture last answered a key.
    answered_at: Option<Instant>,
}

#[derive(Clone, Copy)]
struct Owed {
    since: Instant,
    soonest: Instant,
    is_for_a_key: bool,
}

impl Pace {
    /// An event has changed what there is to see. A key does not wait for what was drawn of other things.
    pub(super) fn owe(&mut self, event: &Event, now: Instant) {
        let is_for_a_key = matches!(event, Event::KeyPressed(_));
        let soonest = match event {
            Event::KeyPressed(_) => self.answered_at.map(|at| at + FRAME),
            Event::FeedStarted { .. } | Event::FeedArrived { .. } | Event::FeedAnswered { .. } => self.drawn_at.map(|at| at + PROGRESS),
            _ => self.drawn_at.map(|at| at + FRAME),
        };
        let new = Owed { since: now, soonest: soonest.unwrap_or(now), is_for_a_key };
        let owed = self.owed.get_or_insert(new);
        if is_for_a_key && !owed.is_for_a_key {
            (owed.since, owed.is_for_a_key) = (now, true);
        }
        owed.soonest = owed.soonest.min(new.soonest);
    }

    /// When to draw: a moment later while the store is about to answer, so that it is drawn once.
    pub(super) fn due(&self, is_about_to_answer: bool) -> Option<Instant> {
        let owed = self.owed?;
        let grace = if is_about_to_answer { GRACE } else { Duration::ZERO };
        Some(owed.soonest.max(owed.since + grace))
    }

    pub(super) fn drawn(&mut self, now: Instant) {
        if self.owed.take().is_some_and(|owed| owed.is_for_a_key) {
            self.answered_at = Some(now);
        }
        self.drawn_at = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::{Key, KeyCode};

    fn key() -> Event {
        Event::KeyPressed(Key::plain(KeyCode::Char('j')))
    }

    fn progress() -> Event {
        Event::FeedStarted { url: String::new() }
    }

    #[test]
    fn a_key_is_answered_at_once_whatever_else_was_drawn() {
        let start = Instant::now();
        let check = |drawn: &[Event], owed: &[Event], is_about_to_answer: bool, expected: u64, why: &str| {
            let mut pace = Pace::default();
            for event in drawn {
                pace.owe(event, start);
                pace.drawn(start);
            }
            let now = start + Duration::from_millis(5);
            owed.iter().for_each(|event| pace.owe(event, now));
            let due = pace.due(is_about_to_answer).expect("a picture is owed");
            assert_eq!(due.max(now) - start, Duration::from_millis(expected), "{why}");
        };
        check(&[], &[progress()], false, 5, "the first picture");
        check(&[progress()], &[key()], false, 5, "a key after a picture of something else");
        check(&[progress()], &[key()], true, 17, "a key whose article is about to come");
        check(&[key()], &[key()], false, 33, "a key after a key");
        check(&[key()], &[Event::Started], false, 33, "an answer after a key");
        check(&[progress()], &[Event::Started], false, 33, "an answer after anything");
        check(&[key()], &[progress()], false, 250, "nothing but progress");
        check(&[Event::Started], &[progress(), progress(), key()], false, 5, "progress and a key");
        check(&[Event::Started], &[key(), progress()], false, 5, "a key and progress");
    }

    #[test]
    fn the_wait_for_an_answer_begins_with_the_key_and_not_with_progress_before_it() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        pace.drawn(start);
        pace.owe(&progress(), start);
        let pressed = start + Duration::from_millis(100);
        pace.owe(&key(), pressed);
        assert_eq!(pace.due(true), Some(pressed + GRACE));
        pace.drawn(pressed);
        assert_eq!(pace.due(true), None);
    }
}
