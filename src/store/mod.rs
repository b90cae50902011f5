//! The store: one SQLite file behind two owned threads. The front desk answers what a person waits for and keeps marks;
//! the back desk saves feeds. All SQL lives here; nothing here reads the clock, the network or the settings.

mod answer;
mod back;
mod body;
mod claim;
mod cure;
mod desk;
mod digest;
mod editions;
mod error;
mod front;
mod health;
mod instance;
mod journal;
mod known;
mod linkless;
mod list;
mod marks;
mod memory;
mod migrate;
mod moment;
mod open;
mod pages;
mod place;
mod rows;
mod save;
mod search;
mod together;
mod turn;
mod visit;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub use answer::Answer;
pub use back::BackDesk;
pub use claim::{Claim, Intent, Manners, PageIntent};
pub use error::StoreError;
pub use front::{FrontDesk, ROWS_AHEAD};
pub use health::FeedRecord;
pub use journal::Journal;
pub use marks::{Marked, Undone};
pub use save::{FetchedFeed, Saved};
pub use visit::Visit;

use desk::{Desk, Thread};

/// The name of the store's file in the data folder.
pub const FILE_NAME: &str = "matins.db";
/// How long a write waits for another process to end its own.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Pages of the log at which a commit itself folds it into the file; the back desk is to do it long before.
const CHECKPOINT_PAGES: u32 = 8000;

/// The open store. Dropping it finishes the queued work and joins both threads.
pub struct Store {
    path: PathBuf,
    journal: Journal,
    is_read_only: bool,
    begun_anew: Option<String>,
    front: Thread,
    back: Thread,
    front_desk: FrontDesk,
    back_desk: BackDesk,
}

impl Store {
    /// Opens the store in the file `path` (see [`FILE_NAME`]), creating it and its folder when they are not there, and
    /// brings an older store up to date. Blocks on the disk.
    ///
    /// A file or folder that cannot be written opens for reading only. Any error leaves the file as it was.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        Store::open_waiting(path, BUSY_TIMEOUT)
    }

    fn open_waiting(path: &Path, busy_timeout: Duration) -> Result<Store, StoreError> {
        let opened = open::open(path, busy_timeout)?;
        let (journal, is_read_only) = (opened.journal, opened.is_read_only);
        let second = open::again(path, busy_timeout, &opened)?;
        let begun_anew = opened.begun_anew;
        let turn = Arc::new(turn::Turn::default());
        let desk = |connection, is_front| Desk::new(path, connection, is_read_only, is_front, Arc::clone(&turn));
        let front_connection = open::tune(opened.connection, path, CHECKPOINT_PAGES, true)?;
        let back_connection = open::tune(second, path, CHECKPOINT_PAGES, journal == Journal::Rollback)?;
        let front = Thread::start("matins front desk", desk(front_connection, true), None, None)?;
        let claimer = instance::number(open::random(&back_connection, path)?);
        let back = Thread::start("matins back desk", desk(back_connection, false), Some(front.queue()), Some(back::index_next))?;
        let (front_desk, back_desk) = (FrontDesk::new(front.queue()), BackDesk::new(back.queue(), claimer));
        Ok(Store { path: path.to_path_buf(), journal, is_read_only, begun_anew, front, back, front_desk, back_desk })
    }

    /// The desk that answers what a person waits for.
    pub fn front(&self) -> FrontDesk {
        self.front_desk.clone()
    }

    /// The desk that saves feeds.
    pub fn back(&self) -> BackDesk {
        self.back_desk.clone()
    }

    /// How commits reach the file.
    pub fn journal(&self) -> Journal {
        self.journal
    }

    /// Whether the store can only be read; every change then fails with [`StoreError::ReadOnly`].
    pub fn is_read_only(&self) -> bool {
        self.is_read_only
    }

    /// What to tell a person when the file was there, but empty, and whatever it may have had is lost.
    pub fn begun_anew(&self) -> Option<&str> {
        self.begun_anew.as_deref()
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).field("journal", &self.journal).finish_non_exhaustive()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.back.finish();
        self.front.finish();
    }
}

#[cfg(test)]
mod tests;
