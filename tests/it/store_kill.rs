//! A program that is killed while it marks and saves has kept every mark that it said was kept.

#![expect(clippy::disallowed_methods, reason = "the program that is killed is this test binary, told by the environment what to do")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use matins::domain::article::ArticleId;
use matins::domain::feed::Validators;
use matins::domain::list::ListQuery;
use matins::domain::status::Mark;
use matins::store::{FILE_NAME, FetchedFeed, Store, Visit};

use crate::store_sample::*;

const STORE: &str = "MATINS_TEST_KILLED_STORE";
const ARTICLES: i64 = 1500;
const BUSY: &str = "https://example.org/busy";

/// The child: marks one article after the other read and says so, while feeds are saved behind it, until it is killed.
#[test]
fn marks_until_it_is_killed() {
    let Ok(path) = std::env::var(STORE) else { return };
    let store = Store::open(Path::new(&path)).expect("opens");
    let ids = wait(store.front().list(ListQuery { feeds: Some(vec![FEED.into()]), ..ListQuery::default() })).expect("a list").ids;
    for (round, id) in ids.into_iter().enumerate() {
        let busy = (0..10).map(|number| article(&format!("{round}.{number}"), 1)).collect();
        let validators = Validators { etag: Some(round.to_string().into_bytes()), last_modified: None };
        let _saving = store.back().save(FetchedFeed { validators, ..fetched(BUSY, busy) }, Visit::default());
        wait(store.front().mark(vec![id], Mark::Read, format!("read {id}"), NOW)).expect("marks");
        println!("\nmarked {id}");
    }
}

/// A kill between the validators and the articles would hide the articles until the feed changes.
fn check_that_validators_came_with_their_articles(store: &Store) {
    let records = wait(store.back().records(vec![BUSY.into()])).expect("records");
    let Some(round) = records[0].validators.etag.clone().and_then(|etag| String::from_utf8(etag).ok()) else { return };
    let busy = ListQuery { feeds: Some(vec![BUSY.into()]), ..ListQuery::default() };
    let ids = wait(store.front().list(busy)).expect("a list").ids;
    let rows = wait(store.front().rows(ids)).expect("rows");
    let of_round = rows.iter().filter(|row| row.title.starts_with(&format!("Title {round}.")));
    assert_eq!(of_round.count(), 10, "round {round}");
}

/// Starts the child, kills it when it has said so many marks, and gives all that it said.
fn marked_before_the_kill(path: &Path, enough: usize) -> Vec<ArticleId> {
    let mut child = Command::new(std::env::current_exe().expect("this binary"))
        .args(["--exact", "store_kill::marks_until_it_is_killed", "--nocapture", "--test-threads=1"])
        .env(STORE, path)
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut marked = Vec::new();
    for line in BufReader::new(child.stdout.take().expect("its output")).lines() {
        if let Some(id) = line.expect("a line").strip_prefix("marked ") {
            marked.push(id.parse().expect("an id"));
        }
        if marked.len() == enough {
            child.kill().expect("SIGKILL");
        }
    }
    assert!(!child.wait().expect("its end").success(), "it was killed, it did not end by itself");
    marked
}

#[test]
fn no_mark_that_was_answered_is_lost_when_the_program_is_killed() {
    let (folder, store) = new_store();
    let path = folder.path().join(FILE_NAME);
    save(&store, FEED, (0..ARTICLES).map(|hour| article(&hour.to_string(), hour)).collect());
    for enough in [1, 7, 40, 150] {
        let all = wait(store.front().list(ListQuery { feeds: Some(vec![FEED.into()]), ..ListQuery::default() })).expect("a list").ids;
        wait(store.front().mark(all, Mark::Unread, "again".into(), NOW)).expect("marks");
        let marked = marked_before_the_kill(&path, enough);
        assert!(marked.len() >= enough);
        let rows = wait(store.front().rows(marked.clone())).expect("rows");
        assert!(rows.len() == marked.len() && rows.iter().all(|row| row.status.is_read), "after {enough}");
        check_that_validators_came_with_their_articles(&store);
        let last = wait(store.front().undo(NOW)).expect("undoes").expect("an act");
        assert!(last.ids[0] == *marked.last().expect("one") || !marked.contains(&last.ids[0]), "the record goes with the mark");
    }
    drop(store);
    let file = rusqlite::Connection::open(path).expect("the file");
    let check: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("checks");
    assert_eq!(check, "ok");
}
