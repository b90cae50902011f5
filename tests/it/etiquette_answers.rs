//! What answers teach: validators, `Retry-After`, refusals, failures, an end.

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::SignedDuration;
use matins::domain::feed::FeedState;
use matins::refresh::Outcome;

use crate::etiquette_when::wait_after_503;
use crate::etiquette_world::{A, B, DAY, ELSEWHERE, HOUR, MINUTE, SAME_HOST, World, due, feed, feed_with, forced, insisting, redirect};
use crate::fetch_server::{answer, say};
use crate::refresh_newsroom::NOON;

/// Both validators go back byte for byte as they came.
#[tokio::test]
async fn validators() {
    let etag: &[u8] = b"W/\"caf\xe9 , \\ odd\"";
    let world = World::new(move |asked, stream| {
        if asked.header("if-none-match") == Some(etag) && asked.header("if-modified-since") == Some(b"yesterday, I think") {
            return say(stream, b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
        }
        let body = feed_with("", &["One"]);
        say(stream, b"HTTP/1.1 200 OK\r\nConnection: close\r\nLast-Modified: yesterday, I think\r\nETag: ");
        say(stream, &[etag, b"\r\n\r\n", body.as_bytes()].concat());
    });
    let reader = world.reader();
    reader.refresh(due(&[A])).await;
    world.wait(HOUR);
    assert_eq!(reader.refresh(due(&[A])).await.1[A], Outcome::Unchanged);
}

/// Validators are replaced by every 200 and 304, and dropped when a 200 comes without.
#[tokio::test]
async fn validators_are_replaced() {
    let turn = AtomicUsize::new(0);
    let world = World::answering(move |_| match turn.fetch_add(1, Ordering::SeqCst) {
        0 => answer("200 OK", &[("ETag", "\"1\""), ("Last-Modified", "then")], feed_with("", &["One"])),
        1 => answer("304 Not Modified", &[("ETag", "\"2\"")], ""),
        2 => answer("200 OK", &[("ETag", "\"3\"")], feed_with("", &["One"])),
        _ => answer("200 OK", &[], feed_with("", &["One"])),
    });
    let reader = world.reader();
    for _ in 0..5 {
        reader.refresh(due(&[A])).await;
        world.wait(HOUR);
    }
    let sent = |name: &str| -> Vec<String> {
        world.log().iter().map(|logged| String::from_utf8_lossy(logged.asked.header(name).unwrap_or(b"-")).into_owned()).collect()
    };
    assert_eq!(sent("if-none-match"), ["-", "\"1\"", "\"2\"", "\"3\"", "-"]);
    assert_eq!(sent("if-modified-since"), ["-", "then", "then", "-", "-"]);
}

/// A second refresh where nothing changed costs one request a feed: no body is read, and no row is written but the feed's own.
#[tokio::test]
async fn nothing_new_costs_nothing() {
    let world = World::answering(|asked| match asked.header("if-none-match") {
        Some(_) => answer("304 Not Modified", &[], ""),
        None => answer("200 OK", &[("ETag", "\"1\"")], feed_with("", &["One", "Two"])),
    });
    let reader = world.reader();
    reader.refresh(due(&[A, B])).await;
    reader.store.back().index_words().await.expect("the index");
    let articles = world.count_rows_written(&["status", "text", "body", "text_before", "search_data"]);
    let feeds = world.count_rows_written(&["feed", "quiet_host", "memory"]);
    world.wait(HOUR);
    let (summary, outcomes) = reader.refresh(due(&[A, B])).await;
    assert_eq!((summary.ok, &outcomes[A], &outcomes[B]), (2, &Outcome::Unchanged, &Outcome::Unchanged), "a body that is read is `Saved`");
    assert_eq!((world.log().len(), articles()), (4, 0));
    assert_eq!(feeds(), 2 * 3, "each feed's row: its claim, when it answered, how it was reached");
    reader
        .store
        .front()
        .mark(vec![matins::domain::article::ArticleId(1)], matins::domain::status::Mark::Read, "read".into(), world.moment())
        .await
        .expect("marks");
    assert_eq!(articles(), 1, "the count counts");
}

/// `Retry-After` in seconds is kept to, by hand too.
#[tokio::test]
async fn retry_after_seconds() {
    let wait = wait_after_503(&[("Retry-After", "18000")]).await;
    assert!((5 * HOUR..=5 * HOUR + 40 * MINUTE).contains(&wait), "up to a tenth more: {wait}");
    let world = World::answering(|_| answer("503 No", &[("Retry-After", "18000")], ""));
    let reader = world.reader();
    reader.refresh(due(&[A])).await;
    world.wait(HOUR);
    assert!(matches!(reader.refresh(forced(&[A])).await.1[A], Outcome::LeftAlone { until } if until.as_second() == NOON + 5 * HOUR));
    assert_eq!(reader.refresh(insisting(&[A])).await.0.asked, 1);
}

/// `Retry-After` as a date is kept to.
#[tokio::test]
async fn retry_after_date() {
    let date = ("Retry-After", "Sun, 22 Nov 2026 17:00:00 GMT");
    let wait = wait_after_503(&[date]).await;
    assert!((5 * HOUR..=5 * HOUR + 40 * MINUTE).contains(&wait), "{wait}");
    let wait = wait_after_503(&[date, ("Date", "Sun, 22 Nov 2026 14:00:00 GMT")]).await;
    assert!((3 * HOUR..=3 * HOUR + 30 * MINUTE).contains(&wait), "{wait}");
}

/// A server's wish is never shorter than an hour and never longer than a day.
#[tokio::test]
async fn retry_after_is_clamped() {
    let wait = wait_after_503(&[("Retry-After", "0")]).await;
    assert!((HOUR..2 * HOUR).contains(&wait), "{wait}");
    let wait = wait_after_503(&[("Retry-After", "99999999999999999999")]).await;
    assert!((DAY..DAY + 3 * HOUR).contains(&wait), "{wait}");
}

/// A 429 backs off the whole host, longer each time, across restarts, and no other host.
#[tokio::test]
async fn too_many_requests() {
    let world = World::answering(|asked| match asked.path.starts_with("http://a.example/") {
        true => answer("429 Slow", &[], ""),
        false => feed(&["One"]),
    });
    let urls = ["http://a.example/1", "http://a.example/2", "http://a.example/3", B];
    for _ in 0..24 {
        let (_, outcomes) = world.reader().refresh(due(&urls)).await;
        assert!(!matches!(outcomes[B], Outcome::Failed { .. }));
        world.wait(30 * MINUTE);
    }
    let refused = world.times_of("http://a.example/");
    assert!((3..=4).contains(&refused.len()), "one request, then silence, doubled each time: {refused:?}");
    let gaps: Vec<i64> = refused.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps[0] >= HOUR && gaps[1] >= 2 * HOUR && gaps.iter().skip(2).all(|gap| *gap >= 4 * HOUR), "{gaps:?}");
    assert_eq!(world.times_of(B).len(), 12);
    assert!(urls.iter().all(|url| !world.times_of(url).is_empty()), "each in its turn");
    let health = world.reader().health("http://a.example/2").await;
    assert!(
        health.next_try.is_some_and(|next| next > world.moment() - SignedDuration::from_mins(30)),
        "the host's wish is the feed's next try"
    );
}

/// A 429 ends the asking of its host for the rest of a refresh, also where a person insists; what another feed of the host answers
/// to one who insists later takes nothing of the wait back.
#[tokio::test]
async fn too_many_requests_by_hand() {
    let third = "http://a.example/third";
    let world = World::answering(|asked| match asked.path.as_str() {
        A => answer("429 Slow", &[("Retry-After", "7200")], ""),
        _ => feed(&["One"]),
    });
    let reader = world.reader();
    let (summary, outcomes) = reader.refresh(insisting(&[A, SAME_HOST, B])).await;
    assert!(matches!(outcomes[SAME_HOST], Outcome::LeftAlone { until } if until >= world.moment() + SignedDuration::from_hours(2)));
    assert_eq!((summary.asked, world.times_of("http://a.example/").len(), world.times_of(B).len()), (2, 1, 1));
    assert_eq!(reader.refresh(insisting(&[SAME_HOST])).await.0.new, 1, "the next refresh is another matter");
    assert_eq!(reader.refresh(forced(&[third])).await.0.asked, 0, "the host's wish stands");
    world.wait(HOUR);
    assert_eq!(reader.refresh(due(&[SAME_HOST, third])).await.0.asked, 0);
    world.wait(2 * HOUR);
    // One finds out, and the other follows then or a little later.
    reader.refresh(due(&[SAME_HOST, third])).await;
    world.wait(10 * MINUTE);
    reader.refresh(due(&[third])).await;
    assert_eq!(world.times_of(third).len(), 1);
}

/// When the wait of a host is over, one of its feeds finds out: one that did not fail, else that which answered longest ago, so that
/// one that is refused for ever keeps no other from its turn. Once it has answered well, the others follow.
#[tokio::test]
async fn too_many_requests_in_turn() {
    let (same, third) = (SAME_HOST, "http://a.example/third");
    let world = World::answering(|asked| if asked.path == A { answer("429 Slow", &[], "") } else { feed(&["One"]) });
    for _ in 0..6 {
        world.reader().refresh(due(&[A, same, third])).await;
        world.wait(4 * HOUR);
    }
    let later: Vec<i64> = (1..6).map(|round| round * 4 * HOUR).collect();
    assert_eq!([same, third].map(|url| world.times_of(url)), [later.clone(), later], "asked as soon as the first wait was over");
    assert_eq!(world.times_of(A), [0, 4 * HOUR, 8 * HOUR, 16 * HOUR], "by its own waits");
}

/// A host that answers well again is asked as before.
#[tokio::test]
async fn too_many_requests_ends() {
    let turn = AtomicUsize::new(0);
    let world = World::answering(move |_| match turn.fetch_add(1, Ordering::SeqCst) {
        0 | 3 => answer("429 Slow", &[], ""),
        _ => feed(&["One"]),
    });
    let reader = world.reader();
    for _ in 0..60 {
        reader.refresh(due(&[A])).await;
        world.wait(10 * MINUTE);
    }
    let gaps: Vec<i64> = world.times().windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!((HOUR..=HOUR + 10 * MINUTE).contains(&gaps[0]), "{gaps:?}");
    assert!((HOUR..=HOUR + 10 * MINUTE).contains(&gaps[3]), "the second refusal counts as a first: {gaps:?}");
}

/// A try by hand within the waiting time that fails as well makes the wait no step longer.
#[tokio::test]
async fn failures_ahead_of_time() {
    let world = World::answering(|_| answer("500 Oh", &[], ""));
    let reader = world.reader();
    reader.refresh(due(&[A])).await;
    for _ in 0..4 {
        reader.refresh(insisting(&[A])).await;
    }
    let health = reader.health(A).await;
    let wait = health.next_try.expect("a next try").duration_since(world.moment());
    assert!(wait <= SignedDuration::from_mins(66), "{wait:?}");
    assert_eq!((world.log().len(), health.failures_in_a_row), (5, 1));
    world.wait(2 * HOUR);
    reader.refresh(due(&[A])).await;
    assert_eq!(reader.health(A).await.failures_in_a_row, 2);
}

/// Errors back off to a day, not all feeds at the same moment.
#[tokio::test]
async fn back_off() {
    let world = World::answering(|_| answer("500 Oh", &[], ""));
    let reader = world.reader();
    let urls: Vec<String> = (0..20).map(|number| format!("http://{number}.example/feed")).collect();
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    for _ in 0..(4 * 24 * 6) {
        reader.refresh(due(&urls)).await;
        world.wait(10 * MINUTE);
    }
    let mut second = std::collections::HashSet::new();
    for url in &urls {
        let times = world.times_of(url);
        let gaps: Vec<i64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        for (place, least) in [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, DAY * 10 / 11].into_iter().enumerate() {
            let range = least..=(least * 11 / 10).min(DAY) + 10 * MINUTE;
            assert!(gaps.get(place).is_none_or(|gap| range.contains(gap)), "{url}: {gaps:?}");
        }
        assert!(gaps.len() >= 6, "{gaps:?}");
        second.insert(times[5]);
    }
    assert!(second.len() > 5, "spread over the hour: {second:?}");
}

/// A 410 from where a temporary redirect led says nothing of the feed: it is asked again.
#[tokio::test]
async fn gone_for_now() {
    let world = World::answering(|asked| match asked.path.as_str() {
        A => redirect("302 Found", ELSEWHERE),
        _ => answer("410 Gone", &[], ""),
    });
    let (_, outcomes) = world.reader().refresh(due(&[A])).await;
    assert!(matches!(&outcomes[A], Outcome::Failed { error, next_try: Some(_) } if error == "410 Gone"), "{:?}", outcomes[A]);
    assert!(!world.reader().health(A).await.is_gone);
}

/// A 410 ends the asking, says so, and stays so across restarts; a person who insists is obeyed.
#[tokio::test]
async fn gone() {
    let world = World::answering(|_| answer("410 Gone", &[], ""));
    let (_, outcomes) = world.reader().refresh(due(&[A])).await;
    let said = "410 Gone: gone for good, so it is no longer asked";
    assert_eq!(outcomes[A], Outcome::Failed { error: said.into(), next_try: None });
    for _ in 0..14 {
        world.wait(DAY);
        let reader = world.reader();
        assert_eq!(reader.refresh(due(&[A])).await.1[A], Outcome::NotDue { next_try: None });
        assert_eq!(reader.refresh(forced(&[A])).await.1[A], Outcome::NotDue { next_try: None });
    }
    let health = world.reader().health(A).await;
    assert_eq!((health.state, health.error.as_deref(), health.next_try, health.is_gone), (FeedState::Failing, Some(said), None, true));
    assert_eq!((health.error.as_deref(), health.remarks()), (Some(said), vec![]), "said once");
    world.reader().refresh(insisting(&[A])).await;
    assert_eq!(world.log().len(), 2);
}
