//! Opens the file: creates it with mode 0600, looks whose it is before anything is written, picks the journal, falls back
//! to reading only. Never deletes or overwrites a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Result as SqlResult, Transaction, TransactionBehavior};

use super::error::StoreError;
use super::journal::{self, Journal};
use super::migrate::{self, MIGRATIONS};

/// Marks a SQLite file as a store of matins: "mtns".
pub(super) const APPLICATION_ID: i64 = 0x6d74_6e73;
/// Statements that a connection keeps prepared.
const PREPARED_STATEMENTS: usize = 64;
/// Ends the name of an empty file that stands beside a store from before it is made until it has its tables.
const BEGINNING: &str = ".beginning";
/// Bytes of the log that stay on disk after it was folded into the file.
const LOG_LEFT_BYTES: u32 = 16 << 20;

/// A connection to a store that is up to date.
pub(super) struct Opened {
    pub connection: Connection,
    pub journal: Journal,
    pub is_read_only: bool,
    /// What to tell when there was a file, but nothing in it.
    pub begun_anew: Option<String>,
    /// Whether the file can be read only by promising that nobody changes it.
    is_immutable: bool,
}

pub(super) fn open(path: &Path, busy_timeout: Duration) -> Result<Opened, StoreError> {
    // Looked at before the file, which another process that is just beginning makes first.
    let has_log = !is_log_empty(path);
    let size = fs::metadata(path).ok().map(|metadata| metadata.len());
    if has_log && size.unwrap_or(0) == 0 {
        return Err(log_alone(path));
    }
    if size.is_none() {
        create(path)?;
    }
    if path.is_dir() {
        return Err(StoreError::CannotOpen { path: path.into(), reason: "it is a folder".into() });
    }
    if is_protected(path) {
        return open_to_read(path, busy_timeout);
    }
    match open_to_write(path, size, busy_timeout) {
        Err(StoreError::ReadOnly { .. } | StoreError::CannotOpen { .. }) => open_to_read(path, busy_timeout),
        Ok(opened) => {
            keep_private(path);
            Ok(opened)
        }
        failed => failed,
    }
}

/// The second desk's connection to what was opened.
pub(super) fn again(path: &Path, busy_timeout: Duration, first: &Opened) -> Result<Connection, StoreError> {
    let access = match (first.is_read_only, first.is_immutable) {
        (_, true) => Access::Immutable,
        (true, _) => Access::Read,
        _ => Access::Write,
    };
    connect(path, busy_timeout, access).map_err(|error| StoreError::from_sqlite(path, error))
}

/// `is_full` has each commit wait until the disk itself says that it is kept.
pub(super) fn tune(connection: Connection, path: &Path, checkpoint_pages: u32, is_full: bool) -> Result<Connection, StoreError> {
    let tune = || -> SqlResult<()> {
        connection.pragma_update(None, "synchronous", if is_full { "full" } else { "normal" })?;
        connection.pragma_update(None, "fullfsync", is_full)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        set(&connection, "wal_autocheckpoint", checkpoint_pages)?;
        set(&connection, "journal_size_limit", LOG_LEFT_BYTES)
    };
    tune().map_err(|error| StoreError::from_sqlite(path, error))?;
    Ok(connection)
}

/// `size` is that of the file before it was opened, in bytes; none when there was no file.
fn open_to_write(path: &Path, size: Option<u64>, busy_timeout: Duration) -> Result<Opened, StoreError> {
    let told = |error| told(path, error);
    // A file without tables that another process is just making, or did not come to the end of, has lost nothing.
    let size = size.filter(|_| !beside(path, BEGINNING).exists());
    let has_log = !is_log_empty(path);
    let connection = connect(path, busy_timeout, Access::Write).map_err(told)?;
    // Closing a file that turns out not to be ours must not fold its log into it.
    keep_log(&connection, has_log).map_err(told)?;
    let version = match identify(&connection, path) {
        Err(StoreError::CannotOpen { .. }) => {
            // In log mode, where the log's shared memory cannot be had: leave that mode, then look again.
            journal::choose(&connection, path, false).map_err(told)?;
            identify(&connection, path)?
        }
        identified => identified?,
    };
    if connection.is_readonly("main").map_err(told)? {
        return Err(StoreError::ReadOnly { path: path.into() });
    }
    let journal = journal::choose(&connection, path, version == 0).map_err(told)?;
    let mut begun_anew = None;
    if version < migrate::latest(MIGRATIONS) {
        let is_first = migrate::bring_up_to_date(&connection, path, MIGRATIONS)? == 0;
        begun_anew = size.filter(|_| is_first).map(|size| was_empty(path, size));
    }
    let _ = fs::remove_file(beside(path, BEGINNING));
    keep_log(&connection, false).map_err(told)?;
    Ok(Opened { connection, journal, is_read_only: false, begun_anew, is_immutable: false })
}

fn open_to_read(path: &Path, busy_timeout: Duration) -> Result<Opened, StoreError> {
    let mut is_immutable = false;
    let mut identified = look(path, busy_timeout, Access::Read);
    // A folder that takes no new file leaves no place for the log's shared memory. With nothing in the log it is not missed.
    let is_kept_off = matches!(identified, Err(StoreError::CannotOpen { .. } | StoreError::ReadOnly { .. })) || is_mounted_to_read(path);
    if is_kept_off && identified.is_err() && is_log_empty(path) {
        is_immutable = true;
        identified = look(path, busy_timeout, Access::Immutable);
    }
    let (connection, version) = identified?;
    if version < migrate::latest(MIGRATIONS) {
        return Err(StoreError::ReadOnly { path: path.into() });
    }
    let journal = journal::current(&connection).map_err(|error| told(path, error))?;
    Ok(Opened { connection, journal, is_read_only: true, begun_anew: None, is_immutable })
}

fn look(path: &Path, busy_timeout: Duration, access: Access) -> Result<(Connection, i64), StoreError> {
    let connection = connect(path, busy_timeout, access).map_err(|error| told(path, error))?;
    let version = identify(&connection, path)?;
    Ok((connection, version))
}

/// The version of the store in the file; 0 when it is new. Reads only.
fn identify(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|error| told(path, error));
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    let (application, version) = (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
    let known = migrate::latest(MIGRATIONS);
    match (tables, application, version) {
        (0, 0, 0) => Ok(0),
        (_, APPLICATION_ID, found) if found > known => Err(StoreError::Newer { path: path.into(), found, known }),
        (1.., APPLICATION_ID, 1..) => Ok(version),
        _ => Err(StoreError::NotAStore { path: path.into() }),
    }
}

#[derive(Clone, Copy)]
enum Access {
    Write,
    Read,
    Immutable,
}

fn connect(path: &Path, busy_timeout: Duration, access: Access) -> SqlResult<Connection> {
    let shared = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match access {
        Access::Write => Connection::open_with_flags(path, shared | OpenFlags::SQLITE_OPEN_READ_WRITE),
        Access::Read => Connection::open_with_flags(path, shared | OpenFlags::SQLITE_OPEN_READ_ONLY),
        Access::Immutable => {
            let flags = shared | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(immutable_uri(path), flags)
        }
    }?;
    connection.busy_timeout(busy_timeout)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    set(&connection, "mmap_size", 0)?;
    // Without this, each value that is bound has its statement planned anew.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

fn keep_log(connection: &Connection, is_kept: bool) -> SqlResult<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, is_kept).map(drop)
}

/// For a setting that answers with its new value or with nothing.
fn set(connection: &Connection, name: &str, value: u32) -> SqlResult<()> {
    let mut statement = connection.prepare(&format!("PRAGMA {name} = {value}"))?;
    statement.query([])?.next()?;
    Ok(())
}

/// A number that no other instance has.
pub(super) fn random(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    connection.query_row("SELECT random()", [], |row| row.get(0)).map_err(|error| StoreError::from_sqlite(path, error))
}

/// A file: URI as SQLite reads them, every byte that means something there escaped.
fn immutable_uri(path: &Path) -> PathBuf {
    let escaped: String = path.as_os_str().as_encoded_bytes().iter().map(|byte| uri_byte(*byte)).collect();
    let lead = if path.is_absolute() { "//" } else { "" };
    format!("file:{lead}{escaped}?immutable=1").into()
}

fn uri_byte(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

/// A file that begins as SQLite's do is a damaged store, not a stranger.
fn told(path: &Path, error: rusqlite::Error) -> StoreError {
    let is_stranger = error.sqlite_error_code() == Some(ErrorCode::NotADatabase);
    if is_stranger && has_header(path) {
        return StoreError::Damaged { path: path.into(), reason: "its first page cannot be read".into() };
    }
    StoreError::from_sqlite(path, error)
}

fn has_header(path: &Path) -> bool {
    use std::io::Read;
    let mut start = [0; 16];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *b"SQLite format 3\0"
}

/// Whether nobody at all has leave to write the file or its folder. Root is asked to keep to that too.
fn is_protected(path: &Path) -> bool {
    is_readonly(path) || is_closed(folder_of(path)) || is_mounted_to_read(path)
}

/// Whether the file lies on a file system that takes nothing.
fn is_mounted_to_read(path: &Path) -> bool {
    rustix::fs::statvfs(path).is_ok_and(|found| found.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY))
}

fn is_readonly(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}

/// Whether a folder takes no new file. Only on Unix does its flag mean that.
fn is_closed(folder: &Path) -> bool {
    cfg!(unix) && is_readonly(folder)
}

/// What to tell of a file without anything in it: it may have had marks, of which an earlier version's copy may have some.
fn was_empty(path: &Path, size: u64) -> String {
    let copies = (1..migrate::latest(MIGRATIONS)).rev().map(|version| migrate::copy_path(path, version));
    let copy = copies.into_iter().find(|copy| copy.exists()).and_then(|copy| Some(copy.file_name()?.to_string_lossy().into_owned()));
    let older = copy.map(|name| format!(" ({name} beside it is an older one)")).unwrap_or_default();
    format!("the store was empty ({size} bytes) and is begun anew; if it had your marks, restore a copy of {}{older}", path.display())
}

/// The log of a file that is gone or empty. SQLite would delete it, with whatever is only there.
fn log_alone(path: &Path) -> StoreError {
    let log = beside(path, "-wal");
    let name = log.file_name().unwrap_or_default().to_string_lossy();
    StoreError::Damaged { path: path.into(), reason: format!("it is empty, but its log, {name}, is not; move both") }
}

fn is_log_empty(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).map_or(true, |metadata| metadata.len() == 0)
}

/// A file next to the store, such as SQLite keeps there.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Begins to write, waiting so long while others do.
pub(super) fn begin_within(connection: &Connection, patience: Duration) -> SqlResult<Transaction<'_>> {
    let usual: u32 = connection.query_row("PRAGMA busy_timeout", [], |row| row.get(0))?;
    connection.busy_timeout(patience)?;
    let begun = Transaction::new_unchecked(connection, TransactionBehavior::Immediate);
    connection.busy_timeout(Duration::from_millis(usual.into()))?;
    begun
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn create(path: &Path) -> Result<(), StoreError> {
    let folder = folder_of(path);
    let cannot = |reason| StoreError::CannotCreate { path: path.into(), reason };
    if is_closed(folder) {
        return Err(cannot("its folder can only be read".into()));
    }
    let created = private_folder(folder).and_then(|()| private_file(&beside(path, BEGINNING))).and_then(|()| private_file(path));
    created.map_err(|error| cannot(file_in_the_way(folder).unwrap_or_else(|| error.to_string())))
}

/// The system says that something is no folder, but not what.
fn file_in_the_way(folder: &Path) -> Option<String> {
    let file = folder.ancestors().find(|place| fs::metadata(place).is_ok_and(|metadata| !metadata.is_dir()))?;
    Some(format!("{} is not a folder", file.display()))
}

#[cfg(unix)]
pub(super) fn private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
pub(super) fn private_folder(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// Makes an empty file that only its owner may read. One that another process has just made is as good.
pub(super) fn private_file(path: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// What somebody reads is nobody else's business. A file of another owner stays as it is.
fn keep_private(path: &Path) {
    #[cfg(unix)]
    for file in ["", "-wal", "-shm"].map(|suffix| beside(path, suffix)) {
        if fs::metadata(&file).is_ok_and(|metadata| std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0) {
            let _ = fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600));
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_any_name_can_be_read_without_the_logs_shared_memory() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a?b#c%41 d&e=f;ü.db");
        drop(open(&path, Duration::ZERO).expect("made"));
        let files = || fs::read_dir(folder.path()).expect("the folder").count();
        let (connection, version) = look(&path, Duration::ZERO, Access::Immutable).expect("reads");
        assert_eq!((version, files()), (migrate::latest(MIGRATIONS), 1));
        connection.execute_batch("CREATE TABLE a (b)").expect_err("only reads");
        drop(connection);
        let _log = look(&path, Duration::ZERO, Access::Read).expect("reads");
        assert_eq!(files(), 3, "the other way leaves a log and its shared memory");
    }

    #[test]
    fn a_store_opens_while_another_process_writes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("matins.db");
        let first = open(&path, Duration::ZERO).expect("made");
        first.connection.execute_batch("BEGIN IMMEDIATE").expect("writes");
        let second = open(&path, Duration::ZERO).expect("opens without waiting");
        assert_eq!((second.journal, second.is_read_only), (Journal::Wal, false));
    }

    #[test]
    fn a_log_with_something_in_it_is_not_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("matins.db");
        assert!(is_log_empty(&path));
        fs::write(folder.path().join("matins.db-wal"), "").expect("written");
        assert!(is_log_empty(&path));
        fs::write(folder.path().join("matins.db-wal"), "pages").expect("written");
        assert!(!is_log_empty(&path));
    }
}
