//! Trouble that cannot be made from outside: a full disk, another program's lock, a request that breaks.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;

use super::*;
use crate::domain::article::{ArticleId, NewArticle};
use crate::domain::clean_text::CleanText;
use crate::domain::document::{Block, Document, Span};
use crate::domain::feed::Validators;
use crate::domain::list::ListQuery;
use crate::domain::status::Mark;

pub(super) fn wait<T>(answer: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(answer)
}

pub(super) fn fetched(url: &str, articles: Vec<NewArticle>, at: Timestamp) -> FetchedFeed {
    FetchedFeed {
        url: url.into(),
        title: None,
        home_url: None,
        validators: Validators::default(),
        http_status: Some(200),
        articles,
        notes: Vec::new(),
        link_key: str::to_owned,
        at,
        next_try: at,
    }
}

pub(super) fn article(id: usize, published: Timestamp, text: &str) -> NewArticle {
    let blocks = vec![Block::Paragraph { text: vec![Span::plain(text)] }];
    NewArticle {
        id: id.to_string(),
        title: CleanText::new(&format!("Title {id}")),
        published: Some(published),
        document: Document { blocks, ..Document::default() },
        ..NewArticle::default()
    }
}

#[test]
fn a_full_disk_is_told_and_costs_nothing_that_was_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
    let at = Timestamp::UNIX_EPOCH;
    wait(store.back().save(fetched("https://a", vec![article(1, at, "one")], at), Visit::default())).expect("saves");
    let fill = store.back.queue().ask(|desk| desk.read(|connection| connection.query_row("PRAGMA max_page_count = 1", [], |_| Ok(()))));
    wait(fill).expect("no more pages");
    let many = (2..500).map(|id| article(id, at, &format!("{id} ").repeat(500))).collect();
    let validators = Validators { etag: Some(b"\"many\"".to_vec()), last_modified: None };
    let answer = FetchedFeed { validators, ..fetched("https://a", many, at) };
    let error = wait(store.back().save(answer, Visit::default())).expect_err("no space");
    assert!(matches!(error, StoreError::DiskFull { .. }), "{error}");
    let records = wait(store.back().records(vec!["https://a".into()])).expect("records");
    assert_eq!(records[0].validators, Validators::default(), "or the articles would never be asked for again");
    let ids = wait(store.front().list(ListQuery::default())).expect("lists").ids;
    assert_eq!(ids.len(), 1);
    assert_eq!(wait(store.front().mark(ids.clone(), Mark::Read, "read".into(), at)).expect("marks").changed, ids);
}

#[test]
fn the_unread_articles_of_a_feed_are_as_many_as_one_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
    let at = Timestamp::UNIX_EPOCH;
    let check = |what: &str, expected: u64| {
        let url = || "https://a".to_string();
        let counted = wait(store.front().counts(vec![ListQuery { feeds: Some(vec![url()]), ..ListQuery::default() }])).expect("counts");
        let told = wait(store.front().feeds(Some(vec![url()]))).expect("health")[0].unread;
        assert_eq!((told, u64::from(counted[0].unread)), (expected, expected), "{what}");
    };
    let save = |text: &str| {
        let articles = (1..=4).map(|id| article(id, at, text)).collect();
        wait(store.back().save(fetched("https://a", articles, at), Visit::default())).expect("saves");
    };
    let mark = |mark| drop(wait(store.front().mark_matching(ListQuery::default(), mark, "mark".into(), at)).expect("marks"));
    save("one");
    wait(store.back().save(fetched("https://b", vec![article(1, at, "one")], at), Visit::default())).expect("saves");
    check("saved", 4);
    mark(Mark::Star);
    check("starred", 4);
    wait(store.front().mark(vec![ArticleId(1), ArticleId(2), ArticleId(2)], Mark::Read, "two".into(), at)).expect("marks");
    check("two read", 2);
    save("another text");
    check("replaced", 2);
    mark(Mark::Read);
    check("all read", 0);
    wait(store.front().undo(at)).expect("undoes");
    check("undone", 2);
    wait(store.front().redo(at)).expect("redoes");
    check("done again", 0);
    mark(Mark::Unread);
    check("all unread", 4);
}

#[test]
fn whether_others_answer_is_told_of_a_feed_that_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
    let at = |minutes: i64| Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(minutes);
    let answered = |url: &str, minutes: i64| {
        let visit = Visit { host: Some("host".into()), ..Visit::default() };
        let (at, none) = (at(minutes), Validators::default());
        wait(store.back().unchanged(url.into(), none, Some(304), at, at, visit)).expect("kept");
    };
    let failed = |minutes: i64| {
        wait(store.back().failed("https://a".into(), None, "no host".into(), at(minutes), at(0), Visit::default())).expect("kept")
    };
    let check = |expected: bool, what: &str| {
        let health = wait(store.front().feeds(Some(vec!["https://a".into()]))).expect("health").remove(0);
        assert_eq!(health.do_others_answer, expected, "{what}");
    };
    failed(100);
    check(false, "nobody ever answered");
    answered("https://a", 99);
    check(false, "only it did itself");
    answered("https://b", 89);
    check(false, "another one did, long before");
    answered("https://b", 91);
    check(true, "another one did a moment before");
    failed(200);
    check(false, "and nobody since it failed again");
    answered("https://b", 300);
    check(true, "another one did after that");
}

fn found(store: &Store, words: &str) -> usize {
    wait(store.front().list(ListQuery { search: words.into(), ..ListQuery::default() })).expect("lists").ids.len()
}

#[test]
fn words_that_a_killed_program_left_out_of_the_index_are_found_after_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    let at = Timestamp::UNIX_EPOCH;
    drop(Store::open(&path).expect("opens"));
    let killed = open::open(&path, Duration::ZERO).expect("opens").connection;
    let save = |from: usize, count: usize| {
        let articles = (from..from + count).map(|id| article(id, at, "a lantern")).collect();
        let prepared = save::prepare(&killed, fetched("https://a", articles, at)).expect("prepared");
        save::save(&killed, &prepared).expect("saved");
    };
    save(0, 100);
    assert!(search::index_next(&killed, 600).expect("indexed"), "there is more");
    save(100, 100);
    drop(killed);
    let store = Store::open(&path).expect("opens again");
    wait(store.back().index_words()).expect("the index");
    assert_eq!(found(&store, "lantern"), 200);
    wait(store.back().index_words()).expect("nothing is left to do");
    assert_eq!(found(&store, "lantern"), 200);
}

#[test]
fn words_are_put_into_the_index_when_nothing_is_asked_for_a_while() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
    let at = Timestamp::UNIX_EPOCH;
    let mut changes = store.front().changes();
    let long = "a lantern ".repeat(back::TEXT_TOGETHER / 20);
    let many = 5;
    wait(store.back().save(fetched("https://a", (0..many).map(|id| article(id, at, &long)).collect(), at), Visit::default()))
        .expect("saves");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    while found(&store, "lantern") < many {
        runtime.block_on(changes.changed()).expect("a store that goes on");
    }
}

#[test]
fn a_lock_of_another_program_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    let store = Store::open_waiting(&path, Duration::ZERO).expect("opens");
    let at = Timestamp::UNIX_EPOCH;
    wait(store.back().save(fetched("https://a", vec![article(1, at, "one")], at), Visit::default())).expect("saves");
    let other = Connection::open(&path).expect("opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("locks");
    let error = wait(store.front().remember("a".into(), "b".into())).expect_err("locked");
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
    assert_eq!(wait(store.front().list(ListQuery::default())).expect("reading goes on").ids.len(), 1);
    other.execute_batch("ROLLBACK").expect("unlocks");
    wait(store.front().remember("a".into(), "b".into())).expect("free again");
}

#[test]
fn a_request_that_breaks_costs_its_own_answer_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
    let broken = store.front.queue().ask(|desk| -> Result<(), StoreError> {
        desk.write(|connection| {
            memory::remember(connection, "half", "done")?;
            panic!("a mistake of ours")
        })
    });
    assert_eq!(wait(broken), Err(StoreError::Closed));
    assert_eq!(wait(store.front().recall("half".into())), Ok(None));
    assert_eq!(wait(store.front().remember("a".into(), "b".into())), Ok(()));
    assert_eq!(wait(store.front().recall("a".into())), Ok(Some("b".into())));
}

#[test]
fn requests_past_the_limit_of_the_queue_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
    let (release, gate) = std::sync::mpsc::channel::<()>();
    let held = store.front.queue().ask(move |_| Ok(gate.recv().is_err()));
    let mut answers: Vec<_> = (0..5000).map(|_| store.front().recall("a".into())).collect();
    assert_eq!(wait(answers.pop().expect("the last")), Err(StoreError::Overloaded));
    drop(release);
    assert_eq!(wait(held), Ok(true));
    assert_eq!(wait(answers.swap_remove(0)), Ok(None));
}

/// Commits that the log holds: frames whose header says how large the file is after them.
fn commits(path: &std::path::Path) -> usize {
    let log = std::fs::read(path.with_extension("db-wal")).expect("the log");
    let frames = log.get(32..).unwrap_or_default().chunks(24 + 4096);
    frames.filter(|frame| frame.get(4..8).is_some_and(|size| size != [0; 4])).count()
}

#[test]
fn answers_that_bring_nothing_are_kept_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    let store = Store::open(&path).expect("opens");
    let at = Timestamp::UNIX_EPOCH;
    let url = |number: usize| format!("https://{number}.example/");
    let unchanged = |number: usize| store.back().unchanged(url(number), Validators::default(), Some(304), at, at, Visit::default());
    let before = commits(&path);
    wait(unchanged(0)).expect("kept");
    assert_eq!(commits(&path), before + 1, "one alone is one");
    let (release, gate) = std::sync::mpsc::channel::<()>();
    let held = store.back.queue().ask(move |_| Ok(gate.recv().is_err()));
    let answers: Vec<_> = (1..=together::MOST_TOGETHER * 3).map(unchanged).collect();
    drop(release);
    assert_eq!(wait(held), Ok(true));
    assert!(answers.into_iter().all(|answer| wait(answer).is_ok()));
    assert_eq!(commits(&path), before + 4);
    let records = wait(store.back().records((0..=together::MOST_TOGETHER * 3).map(url).collect())).expect("records");
    assert!(records.iter().all(|record| record.last_success == Some(at)));
}

#[test]
fn of_writes_that_are_kept_together_all_are_or_none_is_and_each_asker_knows() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
    let (release, gate) = std::sync::mpsc::channel::<()>();
    let queue = store.back.queue();
    let held = queue.ask(move |_| Ok(gate.recv().is_err()));
    let remember = |key: &'static str| queue.write_small(move |connection| memory::remember(connection, key, "kept"));
    let (before, broken, after) = (remember("a"), queue.write_small(|_| Err::<(), _>(rusqlite::Error::InvalidQuery)), remember("b"));
    let apart = queue.ask(|_| Ok(()));
    let later = remember("c");
    drop(release);
    assert_eq!(wait(held), Ok(true));
    let ends = [wait(before), wait(broken), wait(after)];
    assert!(ends.iter().all(|end| matches!(end, Err(StoreError::Failed { .. }))), "{ends:?}");
    assert_eq!((wait(apart), wait(later)), (Ok(()), Ok(())));
    let kept = ["a", "b", "c"].map(|key| wait(store.front().recall(key.into())).expect("recalls"));
    assert_eq!(kept, [None, None, Some("kept".into())]);
}

#[test]
fn dropping_the_store_finishes_what_is_queued_and_refuses_what_comes_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    let store = Store::open(&path).expect("opens");
    let front = store.front();
    let answers: Vec<_> = (0..50).map(|number| front.remember(format!("{number}"), "kept".into())).collect();
    drop(store);
    assert!(answers.into_iter().all(|answer| wait(answer).is_ok()));
    assert_eq!(wait(front.recall("1".into())), Err(StoreError::Closed));
    let store = Store::open(&path).expect("opens again");
    assert_eq!(wait(store.front().recall("49".into())), Ok(Some("kept".into())));
}

#[test]
fn the_built_in_sqlite_has_the_fix_of_the_reset_of_the_log() {
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

#[test]
fn marks_reach_the_disk_before_they_are_answered_and_feeds_need_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE_NAME);
    let settings = |thread: &Thread| {
        let names = ["synchronous", "foreign_keys", "mmap_size", "trusted_schema"];
        let ask = move |desk: &Desk| {
            desk.read(|connection| {
                // A setting that SQLite was built without answers nothing.
                let value = |name| connection.pragma_query_value(None, name, |row| row.get(0)).or(Ok(0));
                names.into_iter().map(value).collect::<rusqlite::Result<Vec<i64>>>()
            })
        };
        wait(thread.queue().ask(ask)).expect("settings")
    };
    let (full, normal) = (2, 1);
    let store = Store::open(&path).expect("opens");
    assert_eq!(settings(&store.front), [full, 1, 0, 0]);
    assert_eq!(settings(&store.back), [normal, 1, 0, 0]);
    drop(store);
    std::fs::create_dir(folder.path().join("matins.db-shm")).expect("in the way of the log");
    let store = Store::open(&path).expect("opens");
    assert_eq!((store.journal(), settings(&store.back)[0]), (Journal::Rollback, full), "a rollback journal is not safe with less");
}
