//! Whether the file that is open is still the one at its path, and putting a copy back where it was taken away: what is written
//! to a file without a name is gone when it is closed. Never overwrites a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Result as SqlResult, ffi};

use super::error::StoreError;
use super::{journal, open};

/// A path, and which file was there when it was opened.
pub(super) struct Place {
    pub path: PathBuf,
    file: Option<FileNumber>,
}

/// What tells a file from all others of this machine while it is open.
type FileNumber = (u64, u64);

impl Place {
    /// For a file that has just been opened.
    pub(super) fn of(path: &Path) -> Place {
        Place { path: path.to_path_buf(), file: file_at(path).ok().flatten() }
    }

    /// Fails, as SQLite itself does with a rollback journal, where the path leads to another file, or to none.
    pub(super) fn check(&self) -> SqlResult<()> {
        match file_at(&self.path) {
            Ok(file) if self.file.is_some() && file != self.file => {
                Err(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_READONLY_DBMOVED), None))
            }
            _ => Ok(()),
        }
    }

    /// Puts a copy of what is open to where nothing is any more, for the next start; what is open stays apart from it. Says what
    /// to tell in either case.
    pub(super) fn put_back(&self, connection: &Connection) -> StoreError {
        let path = self.path.clone();
        if !matches!(file_at(&path), Ok(None)) {
            return StoreError::TakenAway { path, is_back: false };
        }
        match self.copy_back(connection) {
            Ok(is_back) => StoreError::TakenAway { path, is_back },
            Err(error) => StoreError::NotPutBack { path, reason: error.to_string() },
        }
    }

    /// Whether the copy is there now: somebody else's file that came meanwhile stays.
    fn copy_back(&self, connection: &Connection) -> Result<bool, StoreError> {
        let failed = |error: io::Error| StoreError::CannotCreate { path: self.path.clone(), reason: error.to_string() };
        open::private_folder(open::folder_of(&self.path)).map_err(failed)?;
        // Two processes may be at it, each with a copy of its own.
        let copied = open::beside(&self.path, &format!(".copy{}", open::random(connection, &self.path)?));
        // What is left of a copy on a full disk would leave even less for the next try.
        copy(connection, &copied).inspect_err(|_| drop(fs::remove_file(&copied)))?;
        let settled = self.settle(&copied);
        let _ = fs::remove_file(&copied);
        settled.map_err(failed)
    }

    /// Gives the copy the store's name, unless a file has it.
    fn settle(&self, copied: &Path) -> io::Result<bool> {
        if file_at(&self.path)?.is_some() {
            return Ok(false);
        }
        // a log that was left behind is part of the copy, which it would spoil
        for log in ["-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(open::beside(&self.path, log));
        }
        match fs::hard_link(copied, &self.path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            // where there are no hard links
            Err(_) => fs::rename(copied, &self.path).map(|()| true),
        }
    }
}

/// Copies an open store into a new file, whole and on the disk when this returns.
pub(super) fn copy(connection: &Connection, target: &Path) -> Result<(), StoreError> {
    let failed = |reason: String| StoreError::CannotCreate { path: target.into(), reason };
    open::private_file(target).map_err(|error| failed(error.to_string()))?;
    let name = target.to_str().ok_or_else(|| failed("its name is not UTF-8".into()))?;
    let copied = connection.execute("VACUUM INTO ?1", [name]).and_then(|_| journal::choose(&Connection::open(target)?, target, true));
    copied.map_err(|error| StoreError::from_sqlite(target, error))?;
    fs::File::open(target).and_then(|file| file.sync_all()).map_err(|error| failed(error.to_string()))
}

#[cfg(unix)]
fn file_at(path: &Path) -> io::Result<Option<FileNumber>> {
    use std::os::unix::fs::MetadataExt;
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some((metadata.dev(), metadata.ino()))),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Elsewhere a file that is open stays where it is.
#[cfg(not(unix))]
fn file_at(path: &Path) -> io::Result<Option<FileNumber>> {
    Ok(path.exists().then_some((0, 0)))
}
