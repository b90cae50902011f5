//! Marks are acts: durable, undone and redone across restarts, never lost between two programs on one file.

use std::thread;

use matins::domain::article::ArticleId;
use matins::domain::list::{Counts, ListQuery};
use matins::domain::status::{Mark, Status};
use matins::store::{FILE_NAME, FrontDesk, Marked, Store, Undone};

use crate::store_sample::*;

fn mark(front: &FrontDesk, ids: &[ArticleId], mark: Mark, label: &str) -> Marked {
    wait(front.mark(ids.to_vec(), mark, label.into(), NOW)).expect("marks")
}

fn status(store: &Store, id: ArticleId) -> Status {
    wait(store.front().rows(vec![id])).expect("rows")[0].status
}

fn with_articles(count: i64) -> (tempfile::TempDir, Store, Vec<ArticleId>) {
    let (folder, store) = new_store();
    save(&store, FEED, (0..count).map(|hour| article(&hour.to_string(), hour)).collect());
    let ids = wait(store.front().list(ListQuery::default())).expect("a list").ids;
    (folder, store, ids)
}

#[test]
fn a_mark_says_what_it_changed_and_each_mark_leaves_the_other_alone() {
    let (_folder, store, ids) = with_articles(3);
    let front = store.front();
    assert_eq!(mark(&front, &ids[..2], Mark::Read, "read").changed, ids[..2]);
    assert_eq!(mark(&front, &[ids[0], ids[2], ids[2], ArticleId(-1)], Mark::Read, "read").changed, [ids[2]]);
    mark(&front, &ids[..1], Mark::Star, "star");
    assert_eq!(status(&store, ids[0]), Status { is_read: true, is_starred: true });
    mark(&front, &ids[..1], Mark::Unread, "unread");
    assert_eq!(status(&store, ids[0]), Status { is_read: false, is_starred: true });
    mark(&front, &ids[..1], Mark::Unstar, "unstar");
    assert_eq!(status(&store, ids[0]), Status::default());
}

#[test]
fn undo_and_redo_work_across_restarts_and_restore_exactly_what_was() {
    let (folder, store, ids) = with_articles(3);
    let path = folder.path().join(FILE_NAME);
    mark(&store.front(), &ids[..1], Mark::Read, "one read");
    mark(&store.front(), &ids, Mark::Read, "all read");
    drop(store);
    let store = Store::open(&path).expect("opens");
    let mut rest = ids[1..].to_vec();
    rest.sort();
    let all = Some(Undone { label: "all read".into(), ids: rest });
    assert_eq!(wait(store.front().undo(NOW)).expect("undoes"), all);
    assert!(status(&store, ids[0]).is_read && !status(&store, ids[1]).is_read && !status(&store, ids[2]).is_read);
    drop(store);
    let store = Store::open(&path).expect("opens");
    assert_eq!(wait(store.front().redo(NOW)).expect("redoes"), all);
    assert!(ids.iter().all(|id| status(&store, *id).is_read));
}

#[test]
fn an_act_after_an_undo_takes_the_place_of_what_was_undone_but_one_that_changes_nothing_does_not() {
    let (_folder, store, ids) = with_articles(2);
    let front = store.front();
    mark(&front, &ids[..1], Mark::Read, "first");
    wait(front.undo(NOW)).expect("undoes").expect("an act");
    assert_eq!(mark(&front, &ids, Mark::Unread, "nothing"), Marked::default());
    assert_eq!(wait(front.redo(NOW)).expect("redoes").expect("an act").label, "first");
    wait(front.undo(NOW)).expect("undoes").expect("an act");
    mark(&front, &ids[1..], Mark::Star, "second");
    assert_eq!(wait(front.redo(NOW)).expect("redoes"), None);
    assert_eq!(wait(front.undo(NOW)).expect("undoes").expect("an act").label, "second");
    assert_eq!(wait(front.undo(NOW)).expect("undoes"), None);
}

#[test]
fn only_so_many_acts_are_kept() {
    let (_folder, store, ids) = with_articles(1);
    for round in 0..300 {
        mark(&store.front(), &ids, Mark::Read, &format!("read {round}"));
        mark(&store.front(), &ids, Mark::Unread, &format!("unread {round}"));
    }
    let labels: Vec<String> = std::iter::from_fn(|| wait(store.front().undo(NOW)).expect("undoes")).map(|undone| undone.label).collect();
    assert_eq!((labels.len(), labels[0].as_str(), labels[499].as_str()), (500, "unread 299", "read 50"));
}

#[test]
fn requests_are_done_in_the_order_in_which_they_were_made_not_awaited() {
    let (_folder, store, ids) = with_articles(1);
    let front = store.front();
    let last = front.mark(ids.clone(), Mark::Read, "first".into(), NOW);
    let after = front.rows(ids.clone());
    let undo = front.undo(NOW);
    let end = front.rows(ids);
    assert!(!wait(end).expect("rows")[0].status.is_read);
    assert_eq!(wait(undo).expect("undoes").expect("an act").label, "first");
    assert!(wait(after).expect("rows")[0].status.is_read);
    drop(last);
}

#[test]
fn marks_of_two_programs_on_one_file_are_all_kept() {
    let (folder, store, ids) = with_articles(400);
    let path = folder.path().join(FILE_NAME);
    let marker = |which: usize| {
        let (path, ids) = (path.clone(), ids.clone());
        thread::spawn(move || {
            let store = Store::open(&path).expect("opens");
            for id in ids.iter().skip(which).step_by(4) {
                assert_eq!(mark(&store.front(), &[*id], Mark::Read, "read").changed, [*id]);
            }
        })
    };
    let markers: Vec<_> = (0..4).map(marker).collect();
    for round in 0..30 {
        save(&store, "https://example.org/busy", (0..20).map(|number| article(&format!("{round}.{number}"), 1)).collect());
    }
    markers.into_iter().for_each(|marker| marker.join().expect("marked"));
    let query = ListQuery { feeds: Some(vec![FEED.into()]), ..ListQuery::default() };
    assert_eq!(wait(store.front().counts(vec![query])).expect("counts"), [Counts { total: 400, unread: 0, is_capped: false }]);
    let acts = std::iter::from_fn(|| wait(store.front().undo(NOW)).expect("undoes"));
    assert_eq!(acts.count(), 400);
}

#[test]
fn what_another_program_or_the_back_desk_did_is_told_once_and_ones_own_marks_are_not() {
    let (folder, store, ids) = with_articles(1);
    let other = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
    let mut changes = store.front().changes();
    wait(store.front().recall("settle".into())).expect("recalls");
    changes.mark_unchanged();
    mark(&store.front(), &ids, Mark::Read, "own");
    wait(store.front().recall("settle".into())).expect("recalls");
    assert!(!changes.has_changed().expect("open"));
    save(&store, "https://example.org/own", vec![article("own", 1)]);
    wait(changes.changed()).expect("told of the back desk");
    mark(&other.front(), &ids, Mark::Star, "other");
    wait(store.front().recall("look".into())).expect("recalls");
    wait(changes.changed()).expect("told of the other program");
    assert!(status(&store, ids[0]).is_starred);
    drop(other);
    drop(store);
    assert!(wait(changes.changed()).is_err(), "ends with the store");
}

#[test]
fn small_state_of_the_screen_is_remembered() {
    let (folder, store) = new_store();
    let front = store.front();
    assert_eq!(wait(front.recall("tab".into())), Ok(None));
    for value in ["Canada", "World 🌍"] {
        assert_eq!(wait(front.remember("tab".into(), value.into())), Ok(()));
    }
    drop(store);
    let store = Store::open(&folder.path().join(FILE_NAME)).expect("opens");
    assert_eq!(wait(store.front().recall("tab".into())), Ok(Some("World 🌍".into())));
}
