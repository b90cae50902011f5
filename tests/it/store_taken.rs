//! A store whose file is taken away while it is open: it is put back, and a mark that would be lost is refused.

use std::fs;
use std::path::Path;

use matins::domain::list::{Filter, ListQuery};
use matins::domain::status::Mark;
use matins::store::{FILE_NAME, Journal, Store, StoreError, Visit};

use crate::store_sample::*;

#[cfg(unix)]
/// An open store with two articles, the first of them marked read.
fn open_with_a_mark(folder: &Path, journal: Journal) -> Store {
    let in_the_way = folder.join("matins.db-shm");
    if journal == Journal::Rollback {
        fs::create_dir(&in_the_way).expect("in the way of the log");
    }
    let store = Store::open(&folder.join(FILE_NAME)).expect("opens");
    assert_eq!(store.journal(), journal);
    if journal == Journal::Rollback {
        fs::remove_dir(&in_the_way).expect("out of the way");
    }
    save(&store, FEED, vec![article("a", 1), article("b", 2)]);
    let marked = wait(store.front().mark(vec![id_of(&store, "a")], Mark::Read, "read".into(), NOW)).expect("marks");
    assert_eq!(marked.changed.len(), 1);
    store
}

#[cfg(unix)]
fn mark_last(store: &Store) -> Result<(), StoreError> {
    let ids = vec![id_of(store, "b")];
    wait(store.front().mark(ids, Mark::Star, "star".into(), NOW)).map(drop)
}

#[cfg(unix)]
#[test]
fn a_store_that_was_taken_away_is_put_back_and_the_mark_that_found_it_out_is_refused() {
    let check = |what: &str, journal: Journal, remove: fn(&Path)| {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("data");
        fs::create_dir(&folder).expect("a folder");
        let path = folder.join(FILE_NAME);
        let store = open_with_a_mark(&folder, journal);
        let last = id_of(&store, "b");
        remove(&folder);
        let taken = |is_back| Err(StoreError::TakenAway { path: path.clone(), is_back });
        assert_eq!(mark_last(&store), taken(true), "{what}");
        assert_eq!(mark_last(&store), taken(false), "{what}: the copy is another file");
        assert_eq!(titles(&store, ListQuery { filter: Filter::Starred, ..ListQuery::default() }), [""; 0], "{what}: so nothing is shown");
        drop(Store::open(&path).expect("opens beside the other"));
        drop(store);
        let store = Store::open(&path).expect("opens again");
        let list = wait(store.front().list(ListQuery::default())).expect("a list");
        let statuses: Vec<_> = list.rows.iter().map(|row| (row.id == last, row.status.is_read, row.status.is_starred)).collect();
        assert_eq!(statuses, [(false, true, false), (true, false, false)], "{what}");
        index_words(&store);
        assert_eq!(titles(&store, ListQuery { search: "text".into(), ..ListQuery::default() }).len(), 2, "{what}: words are found");
        assert_eq!(mark_last(&store), Ok(()), "{what}");
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o600, "{what}");
        drop(store);
        assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1, "{what}: nothing else is left");
    };
    for journal in [Journal::Wal, Journal::Rollback] {
        check("its file", journal, |folder| fs::remove_file(folder.join(FILE_NAME)).expect("removed"));
        check("its folder", journal, |folder| fs::remove_dir_all(folder).expect("removed"));
        check("moved", journal, |folder| fs::rename(folder.join(FILE_NAME), folder.with_file_name("elsewhere.db")).expect("moved"));
    }
}

#[cfg(unix)]
#[test]
fn a_store_that_another_has_replaced_keeps_nothing_and_leaves_the_other_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    let store = open_with_a_mark(folder.path(), Journal::Wal);
    for name in ["matins.db", "matins.db-wal", "matins.db-shm"] {
        fs::remove_file(folder.path().join(name)).expect("removed");
    }
    let other = Store::open(&path).expect("begun by another program");
    save(&other, FEED, vec![article("c", 1)]);
    let error = mark_last(&store).expect_err("would be lost");
    assert_eq!(error, StoreError::TakenAway { path: path.clone(), is_back: false });
    let saved = wait(store.back().save(fetched(FEED, vec![article("d", 1)]), Visit::default()));
    assert_eq!(saved.map(drop), Err(error));
    drop(store);
    save(&other, FEED, vec![article("e", 2)]);
    drop(other);
    assert_eq!(titles(&Store::open(&path).expect("opens again"), ListQuery::default()), ["c", "e"]);
}

#[cfg(unix)]
#[test]
fn a_store_that_cannot_be_put_back_is_tried_again_with_the_next_mark() {
    let outer = tempfile::tempdir().expect("a folder");
    let folder = outer.path().join("data");
    fs::create_dir(&folder).expect("a folder");
    let store = open_with_a_mark(&folder, Journal::Wal);
    fs::remove_dir_all(&folder).expect("removed");
    fs::write(&folder, "in the way").expect("written");
    let error = mark_last(&store).expect_err("would be lost");
    assert!(error.to_string().starts_with("press it again before you leave: "), "{error}");
    fs::remove_file(&folder).expect("out of the way");
    assert!(matches!(mark_last(&store), Err(StoreError::TakenAway { is_back: true, .. })));
    drop(store);
    assert_eq!(titles(&Store::open(&folder.join(FILE_NAME)).expect("opens"), ListQuery::default()), ["a", "b"]);
}
