//! How many requests may be under way in all, and how much may wait to be read. Places at one host are the fetcher's: a
//! request has its own there before it comes here, so that the feeds of a slow host never take the places of others.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Answers that wait to be read and kept, in kB; above it, answers keep their requests' places until there is room.
const UNREAD_KB: usize = 16 * 1024;

/// The places.
pub(super) struct Limits {
    all: Arc<Semaphore>,
    unread: Arc<Semaphore>,
}

/// The place of a request; or, afterwards, of its answer. Given back when dropped.
pub(super) struct Place {
    _permit: Option<OwnedSemaphorePermit>,
}

impl Limits {
    /// At least one.
    pub fn new(all: usize) -> Limits {
        Limits { all: Arc::new(Semaphore::new(all.clamp(1, Semaphore::MAX_PERMITS))), unread: Arc::new(Semaphore::new(UNREAD_KB)) }
    }

    /// Waits for a place, first come, first served.
    pub async fn enter(&self) -> Place {
        // Semaphores fail only when closed, and nobody closes these.
        Place { _permit: self.all.clone().acquire_owned().await.ok() }
    }

    /// Lets the next request go while an answer of `bytes` is read and kept.
    pub async fn leave(&self, request: Place, bytes: usize) -> Place {
        let kilobytes = u32::try_from((bytes / 1024).min(UNREAD_KB)).unwrap_or(u32::MAX);
        let _permit = self.unread.clone().acquire_many_owned(kilobytes).await.ok();
        drop(request);
        Place { _permit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[test]
    fn there_are_so_many_places_and_no_more() {
        let limits = Limits::new(2);
        let enter = || limits.enter().now_or_never();
        let (first, second) = (enter().expect("a place"), enter().expect("a place"));
        assert!(enter().is_none());
        drop(first);
        drop((enter().expect("a place again"), second));
        assert!(Limits::new(0).enter().now_or_never().is_some(), "none is one");
    }

    #[test]
    fn an_answer_gives_its_requests_place_to_the_next_unless_too_much_waits() {
        let limits = Limits::new(1);
        let enter = || limits.enter().now_or_never();
        let big = limits.leave(enter().expect("a place"), usize::MAX).now_or_never().expect("room");
        let request = enter().expect("the place is free again");
        let mut waiting = Box::pin(limits.leave(request, 5000));
        assert!(waiting.as_mut().now_or_never().is_none());
        assert!(enter().is_none(), "the answer keeps its place");
        drop(big);
        assert!(waiting.now_or_never().is_some());
        assert!(enter().is_some());
    }
}
