//! Whose turn it is to write, within this process: the person's first. SQLite's own lock would have the front desk poll
//! for its turn, and lose it to the next feed.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// One writer at a time; the back desk steps back while the front desk waits.
#[derive(Default)]
pub(super) struct Turn {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_writing: bool,
    is_front_waiting: bool,
}

/// Held while writing.
pub(super) struct Writing<'a>(&'a Turn);

impl Turn {
    pub(super) fn take(&self, is_front: bool) -> Writing<'_> {
        let mut state = self.lock();
        state.is_front_waiting |= is_front;
        while state.is_writing || (state.is_front_waiting && !is_front) {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.is_writing = true;
        if is_front {
            state.is_front_waiting = false;
        }
        Writing(self)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.lock().is_writing = false;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, mpsc};
    use std::thread;

    #[test]
    fn the_person_writes_before_the_next_feed() {
        let turn = Arc::new(Turn::default());
        let (send, receive) = mpsc::channel();
        let held = turn.take(false);
        let writer = |is_front: bool| {
            let (turn, send) = (Arc::clone(&turn), send.clone());
            thread::spawn(move || {
                let _writing = turn.take(is_front);
                send.send(is_front).expect("a listener");
            })
        };
        let person = writer(true);
        while !turn.lock().is_front_waiting {
            thread::yield_now();
        }
        let feed = writer(false);
        drop(held);
        person.join().expect("person");
        feed.join().expect("feed");
        assert_eq!(receive.try_iter().collect::<Vec<_>>(), [true, false]);
    }
}
