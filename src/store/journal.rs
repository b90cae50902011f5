//! How commits reach the file: a write-ahead log where the file system can do it, else a rollback journal. The log needs
//! memory shared by all processes that use the file, which a network file system does not give to two machines.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, Result, Transaction, TransactionBehavior};

use super::open::begin_within;

/// File systems of other machines, or of the host of a virtual one, by the names that Linux gives them.
const REMOTE: &[&str] = &[
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse.ceph",
    "fuse.davfs2",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb2",
    "smb3",
    "smbfs",
    "vboxsf",
];
/// Tries to switch while other processes open the same new file.
const SWITCH_TRIES: usize = 5;

/// How commits reach the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Journal {
    /// A write-ahead log: readers and a writer do not wait for each other.
    Wal,
    /// A rollback journal, for file systems that cannot share memory between processes.
    Rollback,
}

/// Gives a new file the best journal that works here; one that has its journal keeps it while it works. Says which it is.
pub(super) fn choose(connection: &Connection, path: &Path, is_new: bool) -> Result<Journal> {
    if is_remote(path) {
        return fall_back(connection);
    }
    match current(connection) {
        _ if is_new => {}
        Ok(Journal::Rollback) => return Ok(Journal::Rollback),
        Ok(Journal::Wal) if works_at_once(connection) => return Ok(Journal::Wal),
        _ => {}
    }
    for _ in 0..SWITCH_TRIES {
        match try_log(connection) {
            Ok(Journal::Wal) => return Ok(Journal::Wal),
            Ok(Journal::Rollback) => return fall_back(connection),
            Err(error) if is_busy(&error) => drop(Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?),
            Err(_) => return fall_back(connection),
        }
    }
    current(connection)
}

/// Whether a file in log mode can be written so. That somebody else is writing proves it too, and is not waited for.
fn works_at_once(connection: &Connection) -> bool {
    begin_within(connection, Duration::ZERO).map_or_else(|error| is_busy(&error), |_| true)
}

/// Asks for the log and proves it: the switch itself succeeds also where the shared memory cannot be had.
fn try_log(connection: &Connection) -> Result<Journal> {
    let mode: String = connection.query_row("PRAGMA journal_mode = wal", [], |row| row.get(0))?;
    if mode != "wal" {
        return Ok(Journal::Rollback);
    }
    drop(Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?);
    Ok(Journal::Wal)
}

/// Without the shared memory, a file that is already in log mode can be opened by nobody but its only user.
fn fall_back(connection: &Connection) -> Result<Journal> {
    let switch = || connection.query_row("PRAGMA journal_mode = delete", [], |row| row.get::<_, String>(0));
    if switch().is_err() {
        connection.query_row("PRAGMA locking_mode = exclusive", [], |_| Ok(()))?;
        let switched = switch();
        connection.query_row("PRAGMA locking_mode = normal", [], |_| Ok(()))?;
        switched?;
    }
    current(connection)
}

/// What the file is in now. The read makes a connection that asked for another mode let go of its lock.
pub(super) fn current(connection: &Connection) -> Result<Journal> {
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    Ok(if mode == "wal" { Journal::Wal } else { Journal::Rollback })
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn is_remote(path: &Path) -> bool {
    let Ok(real) = fs::canonicalize(path) else { return false };
    // Only Linux has this file. Elsewhere the proof above decides alone.
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    file_system(&mounts, &real).is_some_and(|kind| REMOTE.contains(&kind))
}

/// The kind of file system that `path` is on, by the lines of proc(5) mountinfo.
fn file_system<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let parsed = mounts.lines().filter_map(|line| {
        let (place, kind) = line.split_once(" - ")?;
        Some((unescape(place.split(' ').nth(4)?), kind.split(' ').next()?))
    });
    let holding = parsed.filter(|(place, _)| path.starts_with(place));
    // Of two mounts on one place the later one hides the other.
    holding.max_by_key(|(place, _)| place.len()).map(|(_, kind)| kind)
}

/// Spaces and the like stand as three octal digits in mountinfo.
fn unescape(place: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(place.to_string(), |text, (code, plain)| text.replace(code, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:36 / /home rw,relatime shared:2 - nfs4 server:/home rw,vers=4.2
41 40 0:37 / /home/ann/local\\040disk rw - xfs /dev/sdb1 rw
42 22 0:38 / /mnt/c rw,noatime - 9p C:\\134 rw
43 22 0:39 / /data rw - ext4 /dev/sdc1 rw
44 22 0:40 / /data rw - cifs //nas/data rw
";

    #[test]
    fn the_file_system_is_that_of_the_nearest_mount() {
        let check = |path: &str, expected: &str| assert_eq!(file_system(MOUNTS, Path::new(path)), Some(expected), "{path}");
        check("/var/lib/matins.db", "ext4");
        check("/home/ann/.local/share/matins/matins.db", "nfs4");
        check("/home/ann/local disk/matins.db", "xfs");
        check("/homework/matins.db", "ext4");
        check("/mnt/c/matins.db", "9p");
        check("/data/matins.db", "cifs");
        assert_eq!(file_system("", Path::new("/a")), None);
        assert_eq!(file_system("garbage\n - \n", Path::new("/a")), None);
    }
}
