//! A store that cannot be opened or written says why and what to do, and no file is ever overwritten.

use std::fs;
use std::path::Path;
use std::thread;

use matins::domain::list::ListQuery;
use matins::domain::status::Mark;
use matins::store::{FILE_NAME, Journal, Store, StoreError, Visit};

use crate::store_sample::*;

/// A closed store with some articles, as bytes.
fn stored_bytes() -> Vec<u8> {
    let (folder, store) = new_store();
    save(&store, FEED, (0..200).map(|hour| article(&hour.to_string(), hour)).collect());
    index_words(&store);
    save(&store, FEED, vec![article("late", 0)]);
    drop(store);
    fs::read(folder.path().join(FILE_NAME)).expect("the file")
}

fn error_of(path: &Path) -> StoreError {
    Store::open(path).expect_err("does not open")
}

#[test]
fn a_new_store_is_private_and_in_log_mode_and_leaves_one_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("data/matins").join(FILE_NAME);
    let store = Store::open(&path).expect("opens");
    assert_eq!((store.journal(), store.is_read_only()), (Journal::Wal, false));
    save(&store, FEED, vec![article("a", 1)]);
    #[cfg(unix)]
    for name in ["matins.db", "matins.db-wal", "matins.db-shm"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path.with_file_name(name)).expect(name).permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    drop(store);
    assert_eq!(fs::read_dir(path.parent().expect("a folder")).expect("the folder").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_store_that_others_can_read_becomes_private() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, store) = new_store();
    drop(store);
    let path = folder.path().join(FILE_NAME);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("opened up");
    drop(Store::open(&path).expect("opens"));
    assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_store_cut_short_anywhere_is_told_and_left_as_it_is() {
    let bytes = stored_bytes();
    let folder = tempfile::tempdir().expect("a folder");
    for sixteenth in 1..16 {
        let path = folder.path().join(format!("{sixteenth}.db"));
        let cut = &bytes[..bytes.len() * sixteenth / 16];
        fs::write(&path, cut).expect("written");
        let error = error_of(&path);
        assert!(matches!(error, StoreError::Damaged { .. }), "{sixteenth}: {error}");
        assert!(fs::read(&path).expect("still there") == cut, "{sixteenth}: it was changed");
    }
}

#[test]
fn a_store_with_any_page_overwritten_never_panics() {
    let bytes = stored_bytes();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    for page in 0..bytes.len() / 4096 {
        let mut damaged = bytes.clone();
        damaged[page * 4096 + 100..(page + 1) * 4096].fill(0x5a);
        fs::write(&path, &damaged).expect("written");
        let Ok(store) = Store::open(&path) else { continue };
        let front = store.front();
        let told = |error: StoreError| assert!(matches!(error, StoreError::Damaged { .. } | StoreError::Failed { .. }), "{page}: {error}");
        match wait(front.list(ListQuery { search: "text".into(), ..ListQuery::default() })) {
            Ok(list) => list.ids.iter().for_each(|id| drop(wait(front.article(*id)).map_err(told))),
            Err(error) => told(error),
        }
        let _ = wait(front.list(ListQuery::default())).map_err(told);
        let _ = wait(front.feeds(None)).map_err(told);
        let _ = wait(front.undo(NOW)).map_err(told);
        let _ = wait(store.back().save(fetched(FEED, vec![article("new", 1)]), Visit::default())).map_err(told);
        let _ = wait(store.back().index_words()).map_err(told);
    }
}

#[test]
fn an_empty_file_becomes_a_store_and_that_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    assert_eq!(Store::open(&path).expect("opens").begun_anew(), None, "a new one is nothing to tell");
    fs::write(&path, "").expect("written");
    let store = Store::open(&path).expect("opens");
    let told = format!("the store was empty (0 bytes) and is begun anew; if it had your marks, restore a copy of {}", path.display());
    assert_eq!(store.begun_anew(), Some(&*told));
    assert_eq!(save(&store, FEED, vec![article("a", 1)]).new, 1);
    // A log that was taken away while it had everything.
    fs::copy(&path, folder.path().join("header.db")).expect("copied");
    drop(store);
    assert_eq!(Store::open(&path).expect("opens").begun_anew(), None);
    let header = Store::open(&folder.path().join("header.db")).expect("opens");
    assert!(header.begun_anew().is_some_and(|told| told.starts_with("the store was empty (4096 bytes)")), "{:?}", header.begun_anew());
    fs::write(folder.path().join("matins.db.version-4"), "a copy").expect("written");
    fs::write(&path, "").expect("written");
    let told = format!("{told} (matins.db.version-4 beside it is an older one)");
    assert_eq!(Store::open(&path).expect("opens").begun_anew(), Some(&*told));
}

#[test]
fn an_empty_file_or_none_is_not_begun_anew_where_its_log_has_something() {
    let (folder, store) = new_store();
    save(&store, FEED, vec![article("a", 1)]);
    let lost = tempfile::tempdir().expect("a folder");
    let (path, log) = (lost.path().join(FILE_NAME), lost.path().join("matins.db-wal"));
    fs::copy(folder.path().join("matins.db-wal"), &log).expect("copied");
    let before = fs::read(&log).expect("the log");
    for is_there in [false, true] {
        if is_there {
            fs::write(&path, "").expect("written");
        }
        let error = error_of(&path).to_string();
        assert!(error.contains("it is empty, but its log, matins.db-wal, is not"), "{error}");
        assert_eq!((fs::read(&log).expect("the log"), path.exists()), (before.clone(), is_there));
    }
}

#[test]
fn a_file_of_something_else_is_told_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    for text in ["my shopping list", &"a long letter ".repeat(1000)] {
        fs::write(&path, text).expect("written");
        assert_eq!(error_of(&path), StoreError::NotAStore { path: path.clone() });
        assert_eq!(fs::read_to_string(&path).expect("still there"), text);
    }
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).expect("a file").execute_batch("CREATE TABLE recipes (name TEXT)").expect("a table");
    let before = fs::read(&other).expect("the file");
    assert_eq!(error_of(&other), StoreError::NotAStore { path: other.clone() });
    assert_eq!(fs::read(&other).expect("still there"), before);
}

#[test]
fn a_store_of_a_newer_matins_is_refused_and_said_which() {
    let (folder, store) = new_store();
    drop(store);
    let path = folder.path().join(FILE_NAME);
    let file = rusqlite::Connection::open(&path).expect("the file");
    file.pragma_update(None, "user_version", 999).expect("newer");
    drop(file);
    let error = error_of(&path);
    assert_eq!(error, StoreError::Newer { path: path.clone(), found: 999, known: 10 });
    assert!(error.to_string().contains("store version 999, this one knows up to 10); update matins"), "{error}");
    fs::set_permissions(&path, read_only(&path)).expect("protected");
    assert_eq!(error_of(&path), error, "also when it can only be read");
}

#[test]
fn the_log_of_a_store_of_a_newer_matins_is_not_folded_into_it() {
    let (folder, store) = new_store();
    drop(store);
    let newer = rusqlite::Connection::open(folder.path().join(FILE_NAME)).expect("the file");
    newer.pragma_update(None, "wal_autocheckpoint", 0).expect("set");
    newer.pragma_update(None, "user_version", 999).expect("newer");
    // What is there when the newer program has been killed.
    let killed = tempfile::tempdir().expect("a folder");
    let files = ["matins.db", "matins.db-wal"];
    for name in files {
        fs::copy(folder.path().join(name), killed.path().join(name)).expect("copied");
    }
    let bytes = || files.map(|name| fs::read(killed.path().join(name)).expect("still there"));
    let before = bytes();
    assert!(!before[1].is_empty());
    let error = error_of(&killed.path().join(FILE_NAME));
    assert!(matches!(error, StoreError::Newer { found: 999, .. }), "{error}");
    assert!(bytes() == before);
}

fn read_only(path: &Path) -> fs::Permissions {
    let mut permissions = fs::metadata(path).expect("it").permissions();
    permissions.set_readonly(true);
    permissions
}

/// Opens for reading, and tells of every change that it was not kept.
fn check_read_only(path: &Path, what: &str) {
    let store = Store::open(path).expect(what);
    assert!(store.is_read_only(), "{what}");
    let list = wait(store.front().list(ListQuery::default())).expect("reads");
    assert_eq!(list.rows.len(), 2, "{what}");
    let told = StoreError::ReadOnly { path: path.into() };
    assert_eq!(wait(store.front().mark(list.ids.clone(), Mark::Read, "read".into(), NOW)), Err(told.clone()), "{what}");
    assert_eq!(wait(store.back().save(fetched(FEED, vec![article("c", 1)]), Visit::default())), Err(told.clone()), "{what}");
    assert_eq!(wait(store.front().remember("a".into(), "b".into())), Err(told.clone()), "{what}");
    assert!(told.to_string().contains("chmod u+w"), "{told}");
    assert_eq!(wait(store.front().list(ListQuery::default())).expect("reads"), list, "{what}");
}

#[cfg(unix)]
#[test]
fn a_store_that_cannot_be_written_opens_for_reading() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, store) = new_store();
    save(&store, FEED, vec![article("a", 1), article("b", 2)]);
    drop(store);
    let path = folder.path().join(FILE_NAME);
    fs::set_permissions(&path, read_only(&path)).expect("protected");
    check_read_only(&path, "a protected file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("free");
    drop(Store::open(&path).expect("clears the log away"));
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).expect("protected");
    check_read_only(&path, "a protected folder");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).expect("free");
    assert!(!Store::open(&path).expect("opens").is_read_only());
}

#[test]
fn a_place_where_no_file_can_be_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    let error = error_of(&file.join(FILE_NAME));
    assert!(matches!(error, StoreError::CannotCreate { .. }), "{error}");
    let error = error_of(folder.path());
    assert!(matches!(&error, StoreError::CannotOpen { reason, .. } if reason == "it is a folder"), "{error}");
}

#[test]
fn where_the_log_cannot_be_had_a_rollback_journal_does_the_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    // The log's shared memory would have this name.
    fs::create_dir(folder.path().join("matins.db-shm")).expect("in the way");
    for round in 0..2 {
        let store = Store::open(&path).expect("opens");
        let other = Store::open(&path).expect("opens twice");
        assert_eq!((store.journal(), other.journal()), (Journal::Rollback, Journal::Rollback));
        save(&store, FEED, vec![article(&format!("a{round}"), 1)]);
        save(&other, FEED, vec![article(&format!("b{round}"), 1)]);
        let ids = wait(other.front().list(ListQuery::default())).expect("a list").ids;
        assert_eq!(ids.len(), 2 * (round + 1));
        wait(store.front().mark(ids, Mark::Read, "read".into(), NOW)).expect("marks");
        assert!(wait(other.front().undo(NOW)).expect("undoes").is_some());
    }
}

#[test]
fn a_store_in_log_mode_moves_to_where_the_log_cannot_be_had() {
    let (folder, store) = new_store();
    save(&store, FEED, vec![article("a", 1)]);
    drop(store);
    fs::create_dir(folder.path().join("matins.db-shm")).expect("in the way");
    let store = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
    assert_eq!((store.journal(), store.is_read_only()), (Journal::Rollback, false));
    save(&store, FEED, vec![article("b", 2)]);
    assert_eq!(titles(&store, ListQuery::default()), ["a", "b"]);
}

#[test]
fn many_programs_may_open_a_new_store_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new").join(FILE_NAME);
    let start = std::sync::Arc::new(std::sync::Barrier::new(8));
    let opener = |number: i64| {
        let (path, start) = (path.clone(), start.clone());
        thread::spawn(move || {
            start.wait();
            let store = Store::open(&path).expect("opens");
            save(&store, &format!("https://example.org/{number}"), vec![article("a", number)]);
            store.begun_anew().map(str::to_string)
        })
    };
    let openers: Vec<_> = (0..8).map(opener).collect();
    let told: Vec<_> = openers.into_iter().filter_map(|opener| opener.join().expect("opened")).collect();
    assert_eq!(told, [""; 0], "what another program has just made has lost nothing");
    assert_eq!(titles(&Store::open(&path).expect("opens"), ListQuery::default()).len(), 8);
}

#[test]
fn a_start_that_was_cut_short_has_lost_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    fs::write(folder.path().join("matins.db.beginning"), "").expect("written");
    fs::write(&path, "").expect("written");
    assert_eq!(Store::open(&path).expect("opens").begun_anew(), None);
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "no trace of the beginning is left");
    fs::write(&path, "").expect("emptied");
    assert!(Store::open(&path).expect("opens").begun_anew().is_some());
}
