//! Brings an older store up to date by numbered files that are never edited. A copy is kept before one runs; one that
//! fails leaves the store as it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction};

use super::error::StoreError;
use super::{open, place};

/// One step from the version before it, as SQL.
pub(super) type Migration = &'static str;

/// All steps in order: the first makes version 1.
pub(super) const MIGRATIONS: &[Migration] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_unread.sql"),
    include_str!("migrations/0003_asking.sql"),
    include_str!("migrations/0004_cures.sql"),
    include_str!("migrations/0005_hosts.sql"),
    include_str!("migrations/0006_pages.sql"),
    include_str!("migrations/0007_page_claims.sql"),
    include_str!("migrations/0008_reader.sql"),
    include_str!("migrations/0009_editions.sql"),
    include_str!("migrations/0010_max_age.sql"),
];

/// How long one waits while another process copies the store and runs the steps.
const PATIENCE: Duration = Duration::from_secs(60);

/// The version that these steps lead to.
pub(super) fn latest(migrations: &[Migration]) -> i64 {
    i64::try_from(migrations.len()).unwrap_or(i64::MAX)
}

/// Runs the steps that are missing in one transaction; gives the version that it found. Several processes may do this at once:
/// one copies the store and runs the steps, with the lock held all the time, and the others find it done.
pub(super) fn bring_up_to_date(connection: &Connection, path: &Path, migrations: &[Migration]) -> Result<i64, StoreError> {
    let told = |error| StoreError::from_sqlite(path, error);
    let transaction = open::begin_within(connection, PATIENCE).map_err(told)?;
    let found = version(&transaction).map_err(told)?;
    if found > 0 && found < latest(migrations) {
        keep_copy(path, found)?;
    }
    run(&transaction, found, migrations).and_then(|()| transaction.commit()).map_err(told)?;
    Ok(found)
}

/// Where the copy of a store of that version lies: `matins.db.version-1`.
pub(super) fn copy_path(path: &Path, version: i64) -> PathBuf {
    open::beside(path, &format!(".version-{version}"))
}

fn run(transaction: &Transaction<'_>, found: i64, migrations: &[Migration]) -> rusqlite::Result<()> {
    let done = usize::try_from(found).unwrap_or(usize::MAX);
    for migration in migrations.iter().skip(done) {
        transaction.execute_batch(migration)?;
    }
    if done < migrations.len() {
        transaction.pragma_update(None, "user_version", latest(migrations))?;
        transaction.pragma_update(None, "application_id", open::APPLICATION_ID)?;
    }
    Ok(())
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Copies under another name first, so that a copy that stands is a whole one. The connection that holds the lock cannot
/// copy; another one can, as it only reads.
fn keep_copy(path: &Path, version: i64) -> Result<(), StoreError> {
    let target = copy_path(path, version);
    let unfinished = open::beside(&target, ".unfinished");
    // An earlier try that was cut short; only a whole copy has the target's name.
    let _ = fs::remove_file(&unfinished);
    let reader = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX);
    place::copy(&reader.map_err(|error| StoreError::from_sqlite(&target, error))?, &unfinished)?;
    fs::rename(&unfinished, &target).map_err(|error| StoreError::CannotCreate { path: target, reason: error.to_string() })
}

#[cfg(test)]
mod tests;
