//! How much may still be fetched ahead. What is under way has its room before it has come, so that several at once do not
//! overrun the budget together.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// Room that a page under way has at least while others are, as nobody knows how large it will be.
const A_PAGE: usize = 1024 * 1024;

/// Bytes that may come, and those that came.
pub(super) struct Budget {
    bytes: usize,
    state: Mutex<State>,
    ended: Notify,
}

#[derive(Clone, Copy, Default)]
struct State {
    spent: usize,
    under_way: usize,
    /// The largest page that came.
    largest: usize,
}

impl Budget {
    pub fn new(bytes: usize) -> Budget {
        Budget { bytes, state: Mutex::default(), ended: Notify::new() }
    }

    /// Waits until a page may begin; false when there is no room any more. Each that began must `end`.
    pub async fn begin(&self) -> bool {
        loop {
            let ended = self.ended.notified();
            match self.try_begin() {
                Some(may_begin) => return may_begin,
                None => ended.await,
            }
        }
    }

    /// Whether a page may begin; nothing is known while others have the room that it needs. Where there is little, pages
    /// come one after the other, as long as one like those before has room.
    fn try_begin(&self) -> Option<bool> {
        let mut state = self.state();
        let left = self.bytes.saturating_sub(state.spent);
        let reserved = (state.under_way + 1).saturating_mul(state.largest.max(A_PAGE));
        let may_begin = left > 0 && (reserved <= left || (state.under_way == 0 && state.largest <= left));
        state.under_way += usize::from(may_begin);
        (may_begin || state.under_way == 0).then_some(may_begin)
    }

    /// A page has ended, with so many bytes.
    pub fn end(&self, bytes: usize) {
        let mut state = self.state();
        state.spent = state.spent.saturating_add(bytes);
        state.under_way -= 1;
        state.largest = state.largest.max(bytes);
        drop(state);
        self.ended.notify_waiters();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_under_way_have_their_room() {
        let budget = Budget::new(3 * A_PAGE);
        let begin = |expected, why: &str| assert_eq!(budget.try_begin(), expected, "{why}");
        begin(Some(true), "the first of three");
        begin(Some(true), "the second");
        begin(Some(true), "the third");
        begin(None, "the fourth waits for what the others leave");
        (0..3).for_each(|_| budget.end(A_PAGE / 2));
        begin(Some(true), "there is room again");
        begin(None, "for one");
        budget.end(A_PAGE);
        begin(Some(false), "half a page is left, and pages were larger");
    }
}
