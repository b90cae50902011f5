//! What can go wrong with the store, in words that say what to do. SQLite's own codes become one of these here only.

use std::path::{Path, PathBuf};

use rusqlite::ffi::{self, ErrorCode};

/// Why the store could not do what was asked. The file is never deleted or overwritten. What can befall an open store
/// begins with what to do, since the reader's bottom line has room for the beginning only.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error("could not create {}: {reason}; see that its folder can be written, or name another with --data", path.display())]
    CannotCreate { path: PathBuf, reason: String },
    #[error("could not open {}: {reason}; check its permissions, or name another folder with --data", path.display())]
    CannotOpen { path: PathBuf, reason: String },
    #[error("make {} and its folder writable (chmod u+w): as it can only be read, nothing was kept", path.display())]
    ReadOnly { path: PathBuf },
    #[error("{} is not a store of matins; move it away, or name another folder with --data", path.display())]
    NotAStore { path: PathBuf },
    #[error("restore a copy of {}, or move it away to start anew: it is damaged ({reason}) and was left as it is", path.display())]
    Damaged { path: PathBuf, reason: String },
    #[error(
        "{} was written by a newer matins (store version {found}, this one knows up to {known}); update matins",
        path.display()
    )]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error(
        "start matins again: {} was taken away while it was open; {}",
        path.display(),
        if *is_back { "it is back, but for this" } else { "another file is in its place" }
    )]
    TakenAway { path: PathBuf, is_back: bool },
    #[error("press it again before you leave: {} was taken away while it was open, and could not be put back: {reason}", path.display())]
    NotPutBack { path: PathBuf, reason: String },
    #[error("free some space on the disk of {} and try again: none is left", path.display())]
    DiskFull { path: PathBuf },
    #[error("let the other program finish and try again: {} has been locked for {seconds} s", path.display())]
    Locked { path: PathBuf, seconds: u64 },
    #[error("check the disk: could not read or write {} ({reason})", path.display())]
    Failed { path: PathBuf, reason: String },
    #[error("too much is waiting for the store; try again in a moment")]
    Overloaded,
    #[error("the store is closed; start matins again")]
    Closed,
}

impl StoreError {
    pub(super) fn from_sqlite(path: &Path, error: rusqlite::Error) -> StoreError {
        use rusqlite::Error as E;
        let path = path.to_path_buf();
        match error {
            E::SqliteFailure(failure, message) => from_code(path, failure, message),
            E::FromSqlConversionFailure(_, _, reason) => StoreError::Damaged { path, reason: reason.to_string() },
            E::InvalidColumnType(..) | E::IntegralValueOutOfRange(..) | E::Utf8Error(..) => {
                StoreError::Damaged { path, reason: error.to_string() }
            }
            other => StoreError::Failed { path, reason: other.to_string() },
        }
    }
}

fn from_code(path: PathBuf, failure: ffi::Error, message: Option<String>) -> StoreError {
    let reason = message.unwrap_or_else(|| failure.to_string());
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            StoreError::Locked { path, seconds: super::BUSY_TIMEOUT.as_secs() }
        }
        ErrorCode::DiskFull => StoreError::DiskFull { path },
        _ if failure.extended_code == ffi::SQLITE_READONLY_DBMOVED => StoreError::TakenAway { path, is_back: false },
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => StoreError::ReadOnly { path },
        ErrorCode::DatabaseCorrupt => StoreError::Damaged { path, reason },
        ErrorCode::NotADatabase => StoreError::NotAStore { path },
        ErrorCode::CannotOpen => StoreError::CannotOpen { path, reason },
        // Making room for the log's shared memory fails so.
        _ if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE => StoreError::DiskFull { path },
        _ if failure.extended_code == ffi::SQLITE_IOERR_SHORT_READ => StoreError::Damaged { path, reason },
        _ => StoreError::Failed { path, reason },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_names_the_file_and_the_next_step() {
        let check = |code, expected: &str| {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let told = StoreError::from_sqlite(Path::new("/d/matins.db"), error).to_string();
            assert!(told.contains("/d/matins.db") && told.contains(expected) && !told.ends_with('.'), "{told}");
        };
        check(ffi::SQLITE_BUSY, "let the other program finish");
        check(ffi::SQLITE_FULL, "free some");
        check(ffi::SQLITE_IOERR_SHMSIZE, "free some");
        check(ffi::SQLITE_READONLY, "chmod u+w");
        check(ffi::SQLITE_READONLY_DBMOVED, "start matins again");
        check(ffi::SQLITE_CORRUPT, "restore a copy");
        check(ffi::SQLITE_NOTADB, "move it away");
        check(ffi::SQLITE_CANTOPEN, "check its permissions");
        check(ffi::SQLITE_IOERR_SHORT_READ, "is damaged");
        check(ffi::SQLITE_IOERR, "check the disk");
    }
}
