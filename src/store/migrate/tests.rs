//! Stores of every earlier version come up to date with all they hold; a step that fails changes nothing.

use super::super::Store;
use super::super::tests::wait;
use super::*;
use crate::domain::article::ArticleId;
use crate::domain::list::{Counts, ListQuery};

/// What a store of version 1 held: two feeds, a read and a starred article, an act to undo, a word to find.
const SAMPLE: &str = include_str!("../migrations/0001_sample.sql");
/// A step that no release has, to see steps at work.
const NEXT: Migration = "ALTER TABLE feed ADD COLUMN colour TEXT; UPDATE feed SET colour = 'red';";
const BROKEN: Migration = "DELETE FROM text; INSERT INTO nowhere VALUES (1);";

fn sample(folder: &Path) -> (PathBuf, Connection) {
    let path = folder.join(super::super::FILE_NAME);
    let connection = Connection::open(&path).expect("a file");
    bring_up_to_date(&connection, &path, &MIGRATIONS[..1]).expect("version 1");
    connection.execute_batch(SAMPLE).expect("the sample");
    (path, connection)
}

fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).expect(sql)
}

#[test]
fn a_store_of_version_1_opens_with_all_it_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, connection) = sample(folder.path());
    drop(connection);
    let store = Store::open(&path).expect("opens");
    let front = store.front();
    let counts = wait(front.counts(vec![ListQuery::default()])).expect("counts");
    assert_eq!(counts, [Counts { total: 3, unread: 2, is_capped: false }]);
    let found = wait(front.list(ListQuery { search: "lantern".into(), ..ListQuery::default() })).expect("a list");
    assert_eq!(found.ids, [ArticleId(2)]);
    let article = wait(front.article(ArticleId(2))).expect("reads").expect("an article");
    assert!(article.row.status.is_starred && article.row.is_changed);
    assert_eq!(article.document.blocks.len(), 1);
    let undone = wait(front.undo(jiff::Timestamp::UNIX_EPOCH)).expect("undoes").expect("an act");
    assert_eq!((undone.label.as_str(), undone.ids), ("mark read", vec![ArticleId(1)]));
    let feeds = wait(front.feeds(None)).expect("health");
    let unread = feeds.iter().map(|feed| (feed.articles, feed.unread)).collect::<Vec<_>>();
    assert_eq!(unread, [(2, 2), (1, 1)], "counted when the step ran, and again when the mark was undone");
    let records = wait(store.back().records(vec!["https://example.org/a".into()])).expect("records");
    assert_eq!(records[0].validators.etag.as_deref(), Some(&b"\"v1\""[..]));
}

#[test]
fn a_copy_of_the_older_store_is_kept_before_a_step_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, connection) = sample(folder.path());
    std::fs::write(folder.path().join("matins.db.version-1.unfinished"), "cut short").expect("an earlier try");
    bring_up_to_date(&connection, &path, &[MIGRATIONS[0], NEXT]).expect("steps");
    assert_eq!((version(&connection).expect("version"), number(&connection, "SELECT count(*) FROM feed WHERE colour = 'red'")), (2, 2));
    let copy = Connection::open(copy_path(&path, 1)).expect("the copy");
    assert_eq!((version(&copy).expect("version"), number(&copy, "SELECT count(*) FROM text")), (1, 3));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(copy_path(&path, 1)).expect("the copy").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_step_that_fails_leaves_the_store_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, connection) = sample(folder.path());
    bring_up_to_date(&connection, &path, &[MIGRATIONS[0], NEXT, BROKEN]).expect_err("a broken step");
    assert_eq!((version(&connection).expect("version"), number(&connection, "SELECT count(*) FROM text")), (1, 3));
    assert!(connection.prepare("SELECT colour FROM feed").is_err(), "the good step is gone too");
}

#[test]
fn nothing_runs_and_no_copy_is_made_when_the_store_is_up_to_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, connection) = sample(folder.path());
    bring_up_to_date(&connection, &path, &MIGRATIONS[..1]).expect("nothing to do");
    assert!(!copy_path(&path, 1).exists());
}

#[test]
fn of_several_starts_at_once_after_an_upgrade_every_one_opens() {
    for _ in 0..10 {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, connection) = sample(folder.path());
        drop(connection);
        let together = std::sync::Barrier::new(6);
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    together.wait();
                    Store::open(&path).expect("opens");
                });
            }
        });
        let copy = Connection::open(copy_path(&path, 1)).expect("the copy");
        assert_eq!((version(&copy).expect("version"), number(&copy, "SELECT count(*) FROM text")), (1, 3));
    }
}
