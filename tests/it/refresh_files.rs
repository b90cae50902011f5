//! Stories of a paper of saved feeds: `file:` addresses, end to end into a real store.

use jiff::Timestamp;
use matins::domain::feed::FeedState;
use matins::domain::list::ListQuery;
use matins::refresh::{Outcome, Progress, Summary};

use crate::refresh_newsroom::{NOON, Newsroom, feed_of, in_short, outcomes, plan_of};

#[tokio::test]
async fn a_folder_of_saved_feeds_is_a_paper() {
    let newsroom = Newsroom::new();
    let one = newsroom.file("one.xml", &feed_of(&["First", "Second"]));
    let two = newsroom.file(
        "two.json",
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":1,"content_text":"A note without a title"}]}"#,
    );
    let (summary, told) = newsroom.refresh(plan_of(&[&one, &two])).await;
    assert_eq!(summary, Summary { asked: 2, ok: 2, new: 3, ..Summary::default() });
    assert_eq!(told[0], Progress::Planned { urls: vec![one.clone(), two.clone()] });
    assert_eq!(told.len(), 7);
    let mut titles = newsroom.titles().await;
    titles.sort();
    assert_eq!(titles, ["A note without a title", "First", "Second"]);
    newsroom.store.back().index_words().await.expect("the words");
    let row = newsroom.store.front().list(ListQuery { search: "second".into(), ..ListQuery::default() }).await.expect("a list").rows[0].id;
    let article = newsroom.store.front().article(row).await.expect("the store").expect("an article");
    assert_eq!((article.document.word_count(), article.row.feed_url, article.row.feed_title.as_deref()), (2, one.clone(), Some("Paper")));
    let health = newsroom.health(&one).await;
    assert_eq!((health.state, health.http_status, health.articles), (FeedState::Ok, None, 2));
}

#[tokio::test]
async fn a_file_is_always_due_and_read_again_only_when_it_changed() {
    let newsroom = Newsroom::new();
    let url = newsroom.file("one.xml", &feed_of(&["First"]));
    newsroom.refresh(plan_of(&[&url])).await;
    let (summary, told) = newsroom.refresh(plan_of(&[&url])).await;
    assert_eq!((summary.asked, outcomes(&told)[&url].clone()), (1, Outcome::Unchanged));
    newsroom.file("one.xml", &feed_of(&["First", "Second, later"]));
    let (summary, told) = newsroom.refresh(plan_of(&[&url])).await;
    assert_eq!((summary.new, outcomes(&told)[&url].clone()), (1, Outcome::Saved { new: 1, changed: 0 }));
}

#[tokio::test]
async fn what_is_no_feed_fails_with_a_reason_and_costs_nobody_else() {
    let newsroom = Newsroom::new();
    let page = newsroom.file("page.xml", "<!doctype html><html><head><title>Log in</title></head><body><form></form></body></html>");
    let empty = newsroom.file("empty.xml", "");
    let missing = page.replace("page.xml", "missing.xml");
    let good = newsroom.file("good.xml", &feed_of(&["First"]));
    let (summary, told) = newsroom.refresh(plan_of(&[&page, &empty, &missing, &good])).await;
    assert_eq!((summary.asked, summary.ok, summary.failed.len()), (4, 1, 3));
    let outcomes = outcomes(&told);
    let reason = |url: &str| match &outcomes[url] {
        Outcome::Failed { error, next_try } => {
            assert_eq!(next_try.map(Timestamp::as_second), Some(NOON + 3600), "by itself; whoever refreshes reads it at once");
            error.clone()
        }
        other => panic!("{url}: {other:?}"),
    };
    assert!(reason(&page).starts_with("this seems to be "), "{}", reason(&page));
    assert_eq!(reason(&empty), "this is empty, not a feed");
    assert!(reason(&missing).starts_with("no file /"), "{}", reason(&missing));
    let health = newsroom.health(&page).await;
    assert_eq!((health.state, health.error, health.failures_in_a_row), (FeedState::Failing, Some(reason(&page)), 1));
    assert_eq!(health.last_error, Timestamp::from_second(NOON).ok());
    newsroom.file("page.xml", &feed_of(&["Repaired"]));
    newsroom.refresh(plan_of(&[&page])).await;
    assert_eq!(newsroom.health(&page).await.state, FeedState::Ok);
}

#[tokio::test]
async fn nothing_is_asked_when_the_store_has_gone() {
    let newsroom = Newsroom::new();
    let url = newsroom.file("one.xml", &feed_of(&["First"]));
    let Newsroom { store, folder: _folder, refresher, .. } = newsroom;
    drop(store);
    let (report, mut told) = tokio::sync::mpsc::unbounded_channel();
    let summary = refresher.refresh(plan_of(&[&url]), report).await;
    assert_eq!(summary, Summary { not_saved: Some("the store is closed; start matins again".to_string()), ..Summary::default() });
    let mut all = Vec::new();
    while let Ok(progress) = told.try_recv() {
        all.push(progress);
    }
    assert_eq!(in_short(&all), ["planned 1".to_string(), format!("finished {url}")]);
}

/// The saved feeds beside the repository, when they are there.
#[tokio::test]
async fn feeds_of_the_wild_are_refreshed_without_a_crash() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/realfeeds");
    let Ok(entries) = std::fs::read_dir(&folder) else { return eprintln!("skipped: no {}", folder.display()) };
    let paths = entries
        .filter_map(|entry| entry.ok()?.path().canonicalize().ok())
        .filter(|path| path.extension().is_some_and(|name| name != "tsv"));
    let urls: Vec<String> = paths.map(|path| url::Url::from_file_path(path).expect("an address").to_string()).collect();
    let newsroom = Newsroom::new();
    let feeds: Vec<&str> = urls.iter().map(String::as_str).collect();
    let (summary, _) = newsroom.refresh(plan_of(&feeds)).await;
    assert_eq!(summary.failed, []);
    eprintln!("{} feeds, {} articles", summary.asked, summary.new);
    let (again, _) = newsroom.refresh(plan_of(&feeds)).await;
    assert_eq!((again.asked, again.new), (summary.asked, 0));
}
