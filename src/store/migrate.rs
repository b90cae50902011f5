//! Brings an older store up to date by numbered files that are never edited. A copy is kept before one runs; one that
//! fails leaves the store as it was.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::error::StoreError;
use super::open;

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
];

/// The version that these steps lead to.
pub(super) fn latest(migrations: &[Migration]) -> i64 {
    i64::try_from(migrations.len()).unwrap_or(i64::MAX)
}

/// Runs the steps that are missing in one transaction; gives the version that it found. Two processes may do this at once; one
/// of them finds it done.
pub(super) fn bring_up_to_date(connection: &Connection, path: &Path, migrations: &[Migration]) -> Result<i64, StoreError> {
    let found = version(connection).map_err(|error| StoreError::from_sqlite(path, error))?;
    if found > 0 && found < latest(migrations) {
        keep_copy(connection, path, found)?;
    }
    run(connection, migrations).map_err(|error| StoreError::from_sqlite(path, error))
}

/// Where the copy of a store of that version lies: `matins.db.version-1`.
pub(super) fn copy_path(path: &Path, version: i64) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".version-{version}"));
    PathBuf::from(name)
}

fn run(connection: &Connection, migrations: &[Migration]) -> rusqlite::Result<i64> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    let done = usize::try_from(found).unwrap_or(usize::MAX);
    for migration in migrations.iter().skip(done) {
        transaction.execute_batch(migration)?;
    }
    if done < migrations.len() {
        transaction.pragma_update(None, "user_version", latest(migrations))?;
        transaction.pragma_update(None, "application_id", open::APPLICATION_ID)?;
    }
    transaction.commit()?;
    Ok(found)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Copies under another name first, so that a copy that stands is a whole one.
fn keep_copy(connection: &Connection, path: &Path, version: i64) -> Result<(), StoreError> {
    let target = copy_path(path, version);
    let mut unfinished = target.clone().into_os_string();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    let failed = |reason: String| StoreError::CannotCreate { path: target.clone(), reason };
    // An earlier try that was cut short; only a whole copy has the target's name.
    let _ = fs::remove_file(&unfinished);
    open::private_file(&unfinished).map_err(|error| failed(error.to_string()))?;
    let name = unfinished.to_str().ok_or_else(|| failed("its name is not UTF-8".into()))?;
    connection.execute("VACUUM INTO ?1", [name]).map_err(|error| StoreError::from_sqlite(&target, error))?;
    let settle = || fs::File::open(&unfinished)?.sync_all().and_then(|()| fs::rename(&unfinished, &target));
    settle().map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests;
