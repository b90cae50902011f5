//! How much may wait to be read and kept. How many requests may be under way is the fetcher's.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::workshop::LARGE;
use crate::fetch::Place;

/// Answers that wait to be read and kept, in kB; above it, answers keep their requests' places until there is room.
const MOST_UNREAD_KB: usize = 16 * 1024;
/// How many times its size a large answer counts: what is made of it takes a hundred times that, and few are to wait together.
const WEIGHT_OF_LARGE: usize = 8;

/// The room for answers.
pub(super) struct Unread(Arc<Semaphore>);

impl Default for Unread {
    fn default() -> Unread {
        Unread(Arc::new(Semaphore::new(MOST_UNREAD_KB)))
    }
}

impl Unread {
    /// Lets the next request go, once there is room, while an answer of `bytes` is read and kept; what is given is its room.
    pub async fn admit(&self, request: Place, bytes: usize) -> Option<OwnedSemaphorePermit> {
        let weight = if bytes > LARGE { WEIGHT_OF_LARGE } else { 1 };
        let kilobytes = (bytes / 1024).saturating_mul(weight).min(MOST_UNREAD_KB);
        let kilobytes = u32::try_from(kilobytes).unwrap_or(u32::MAX);
        // Semaphores fail only when closed, and nobody closes this.
        let room = self.0.clone().acquire_many_owned(kilobytes).await.ok();
        drop(request);
        room
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::FetchSettings;
    use crate::fetch::Fetcher;
    use futures_util::FutureExt;
    use tokio::task::unconstrained;

    #[tokio::test]
    async fn an_answer_gives_its_requests_place_to_the_next_unless_too_much_waits() {
        let fetcher = Fetcher::new(&FetchSettings { at_once: 1, ..crate::refresh::tests::settings() }).expect("a fetcher");
        let (mut first, mut second, mut third) = (fetcher.enter("").await, fetcher.enter("").await, fetcher.enter("").await);
        let unread = Unread::default();
        first.begin().await;
        let big = unread.admit(first, usize::MAX).now_or_never().expect("room");
        assert!(second.begin().now_or_never().is_some(), "the place is free again");
        let mut waiting = Box::pin(unread.admit(second, 5000));
        assert!(waiting.as_mut().now_or_never().is_none());
        assert!(third.begin().now_or_never().is_none(), "the answer keeps its place");
        drop(big);
        assert!(waiting.now_or_never().is_some());
        assert!(third.begin().now_or_never().is_some());
    }

    #[tokio::test]
    async fn many_small_answers_wait_together_and_large_ones_do_not() {
        let fetcher = Fetcher::new(&crate::refresh::tests::settings()).expect("a fetcher");
        let admitted = async |bytes: usize| {
            let (unread, mut rooms) = (Unread::default(), Vec::new());
            while let Some(room) = unconstrained(unread.admit(fetcher.enter("").await, bytes)).now_or_never() {
                rooms.push(room);
            }
            rooms.len()
        };
        assert_eq!((admitted(128 * 1024).await, admitted(512 * 1024).await, admitted(2 << 20).await), (128, 4, 1));
    }
}
