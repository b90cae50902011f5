//! Room for large documents: small ones come as they like, and of large ones only so many at a time, from when they turn out to be
//! large until they are read. A hundred requests at once would else have as many of them in memory. A server that hangs in the
//! middle of a large one keeps its room until its time is over; only other large ones wait for that.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes from which a document is large.
const LARGE_BYTES: usize = 256 * 1024;
/// Large documents in memory that nobody reads yet: while one comes, another may wait.
const MOST_LARGE: usize = 2;

/// Files that are read at the same time: each by a thread of its own, of which each keeps some of the memory that it had.
const MOST_FILES: usize = 4;

/// Where all large documents have room, and files their turn.
#[derive(Clone, Debug)]
pub(super) struct Rooms {
    large: Arc<Semaphore>,
    files: Arc<Semaphore>,
}

/// The room of one document; given back when dropped.
#[derive(Debug)]
pub(super) struct Room {
    rooms: Rooms,
    held: Option<OwnedSemaphorePermit>,
}

impl Default for Rooms {
    fn default() -> Rooms {
        Rooms { large: Arc::new(Semaphore::new(MOST_LARGE)), files: Arc::new(Semaphore::new(MOST_FILES)) }
    }
}

impl Rooms {
    pub(super) fn none_yet(&self) -> Room {
        Room { rooms: self.clone(), held: None }
    }
}

impl Room {
    /// Waits for a file's turn to be read, which ends when what is given is dropped.
    pub(super) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        self.rooms.files.clone().acquire_owned().await.ok()
    }

    /// Waits for room, if a document of so many bytes needs any.
    pub(super) async fn hold(&mut self, bytes: usize) {
        if bytes > LARGE_BYTES && self.held.is_none() {
            // Semaphores fail only when closed, and nobody closes this.
            self.held = self.rooms.large.clone().acquire_owned().await.ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[test]
    fn small_documents_wait_for_nobody_and_large_ones_for_each_other() {
        let rooms = Rooms::default();
        let hold = |bytes: usize| {
            let mut room = rooms.none_yet();
            room.hold(bytes).now_or_never().map(|()| room)
        };
        let mut held: Vec<Room> = (0..MOST_LARGE).map(|_| hold(LARGE_BYTES + 1).expect("room")).collect();
        assert!(hold(LARGE_BYTES + 1).is_none());
        assert!(hold(LARGE_BYTES).is_some(), "a small one");
        assert!(held[0].hold(LARGE_BYTES * 9).now_or_never().is_some(), "one that has room");
        held.pop();
        assert!(hold(usize::MAX).is_some());
    }
}
