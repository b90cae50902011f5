//! Stories of refreshing from servers on loopback: what is asked, when, how often, and what one bad server costs the others.

use std::collections::HashSet;
use std::sync::{Arc, Condvar, Mutex, mpsc as channel};

use jiff::Timestamp;
use matins::domain::feed::FeedState;
use matins::domain::secret::{Login, Secret};
use matins::refresh::{Outcome, Plan, Progress};
use tokio::sync::mpsc;

use crate::fetch_server::{Server, answer, hang, say};
use crate::refresh_newsroom::{NOON, Newsroom, dated_feed_of, feed_of, in_short, outcomes, plan_of, section};

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(NOON + minutes * 60).expect("a moment")
}

#[tokio::test]
async fn a_second_refresh_asks_once_with_the_validators_and_reads_nothing() {
    let etag: &[u8] = b"W/\"caf\xe9\"";
    let server = Server::start(move |asked, stream| {
        if asked.header("if-none-match") == Some(etag) {
            return say(stream, b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
        }
        let body = feed_of(&["First"]);
        say(stream, format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nETag: ", body.len()).as_bytes());
        say(stream, &[etag, b"\r\n\r\n", body.as_bytes()].concat());
    });
    let (newsroom, url) = (Newsroom::new(), server.url("/feed"));
    let (_, told) = newsroom.refresh(plan_of(&[&url])).await;
    assert_eq!(outcomes(&told)[&url], Outcome::Saved { new: 1, changed: 0 });

    let (summary, told) = newsroom.refresh(plan_of(&[&url])).await;
    assert_eq!((summary.asked, outcomes(&told)[&url].clone()), (0, Outcome::NotDue { next_try: Some(at(60)) }));
    assert_eq!(server.asked().len(), 1);

    newsroom.wait(60);
    let (summary, told) = newsroom.refresh(plan_of(&[&url])).await;
    assert_eq!((summary.asked, summary.ok, outcomes(&told)[&url].clone()), (1, 1, Outcome::Unchanged));
    let health = newsroom.health(&url).await;
    assert_eq!((health.http_status, health.last_success, health.next_try), (Some(304), Some(at(60)), Some(at(120))));

    newsroom.refresh(Plan { is_insisting: true, ..plan_of(&[&url]) }).await;
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn a_failing_feed_backs_off_and_keeps_what_it_had() {
    let is_well = Arc::new(Mutex::new(true));
    let well = is_well.clone();
    let server = Server::start(move |_, stream| match *well.lock().expect("the state") {
        true => say(stream, &answer("200 OK", &[], feed_of(&["First"]))),
        false => say(stream, &answer("503 No", &[("Retry-After", "7200")], "")),
    });
    let (newsroom, url) = (Newsroom::new(), server.url("/feed"));
    newsroom.refresh(plan_of(&[&url])).await;
    *is_well.lock().expect("the state") = false;
    newsroom.wait(60);
    let (summary, told) = newsroom.refresh(plan_of(&[&url])).await;
    assert_eq!(summary.failed, [(url.clone(), "503 Service Unavailable".to_string())]);
    let Outcome::Failed { next_try: Some(next_try), .. } = outcomes(&told)[&url] else { panic!("a failure") };
    assert!(next_try >= at(60 + 120) && next_try <= at(60 + 132), "the server's wish and up to a tenth: {next_try}");
    let health = newsroom.health(&url).await;
    assert_eq!((health.state, health.http_status, health.next_try), (FeedState::Failing, Some(503), Some(next_try)));
    assert_eq!(newsroom.titles().await, ["First"]);
}

#[tokio::test]
async fn an_asking_that_breaks_costs_one_feed() {
    let server = Server::answering(answer("200 OK", &[], feed_of(&["First"])));
    let (good, bad) = (server.url("/good"), server.url("/bad"));
    let newsroom = Newsroom::revealing(Arc::new(|_| panic!("no secrets today")));
    let mut plan = plan_of(&[&good, &bad]);
    plan.sections[0].feeds[1].login = Some(Login::Token(Secret::Environment("TOKEN".into())));
    let (summary, _) = newsroom.refresh(plan).await;
    assert_eq!(summary.failed, [(bad.clone(), "matins broke while asking for this feed; please report it".to_string())]);
    assert_eq!((newsroom.health(&bad).await.state, newsroom.titles().await), (FeedState::Failing, vec!["First".to_string()]));
}

#[tokio::test]
async fn one_dead_server_among_thirty_delays_nobody() {
    let (free, freed) = channel::channel::<()>();
    let freed = Mutex::new(freed);
    let dead = Server::start(move |_, _| {
        // Hangs until all others are done, then hangs up.
        let _ = freed.lock().expect("the line").recv();
    });
    let others: Vec<Server> = (0..29).map(|_| Server::answering(answer("200 OK", &[], feed_of(&["First"])))).collect();
    let dead_url = dead.url("/feed");
    let urls: Vec<String> = std::iter::once(dead_url.clone()).chain(others.iter().map(|server| server.url("/feed"))).collect();
    let plan = plan_of(&urls.iter().map(String::as_str).collect::<Vec<_>>());
    let newsroom = Newsroom::new();
    let (report, mut told) = mpsc::unbounded_channel();
    let watching = async {
        let mut finished = Vec::new();
        while let Some(progress) = told.recv().await {
            if let Progress::Finished { url, .. } = progress {
                finished.push(url);
            }
            if finished.len() == 29 {
                let _ = free.send(());
                let _ = free.send(());
            }
        }
        finished
    };
    let (summary, finished) = tokio::join!(newsroom.refresher.refresh(plan, report), watching);
    assert_eq!((summary.ok, finished.len(), finished.last()), (29, 30, Some(&dead_url)));
    assert_eq!(summary.failed, [(dead_url, "127.0.0.1 hung up before its answer was whole".to_string())]);
}

#[tokio::test]
async fn a_host_gets_as_many_requests_at_once_as_the_settings_say() {
    let at_once = Arc::new((Mutex::new((0, 0)), Condvar::new()));
    let shared = at_once.clone();
    let server = Server::start(move |_, stream| {
        let (counts, changed) = &*shared;
        let mut now = counts.lock().expect("the counts");
        *now = (now.0 + 1, now.1.max(now.0 + 1));
        changed.notify_all();
        // The first request waits for a second, so that the limit is reached.
        let mut now = changed.wait_while(now, |now| now.1 < 2).expect("the counts");
        say(stream, &answer("200 OK", &[], feed_of(&["First"])));
        now.0 -= 1;
    });
    let urls: Vec<String> = (0..8).map(|number| server.url(&format!("/{number}"))).collect();
    let (summary, _) = Newsroom::new().refresh(plan_of(&urls.iter().map(String::as_str).collect::<Vec<_>>())).await;
    assert_eq!((summary.ok, at_once.0.lock().expect("the counts").1), (8, 2));
}

#[tokio::test]
async fn a_feed_of_two_sections_is_asked_once() {
    let server = Server::answering(answer("200 OK", &[], feed_of(&["First"])));
    let url = server.url("/feed");
    let plan = Plan { sections: vec![section(&[&url], &[]), section(&[&url], &[&url])], ..Plan::default() };
    let (summary, told) = Newsroom::new().refresh(plan).await;
    assert_eq!((summary.asked, server.asked().len()), (1, 1));
    let steps = ["started", "arrived", "finished"].map(|step| format!("{step} {url}"));
    assert_eq!(in_short(&told), [&["planned 1".to_string()], &steps[..]].concat());
}

#[tokio::test]
async fn fallback_feeds_are_asked_only_when_no_ordinary_feed_has_news() {
    let check = async |answers: &[Vec<u8>], expected: bool, why: &str| {
        let ordinary: Vec<Server> = answers.iter().map(|answer| Server::answering(answer.clone())).collect();
        let fallback = Server::answering(answer("200 OK", &[], feed_of(&["Instead"])));
        let urls: Vec<String> = ordinary.iter().map(|server| server.url("/")).collect();
        let feeds: Vec<&str> = urls.iter().map(String::as_str).collect();
        let plan = Plan { sections: vec![section(&feeds, &[&fallback.url("/")])], ..Plan::default() };
        let newsroom = Newsroom::new();
        let (summary, told) = newsroom.refresh(plan).await;
        assert_eq!(fallback.asked().len(), usize::from(expected), "{why}");
        let planned = told.iter().filter(|progress| matches!(progress, Progress::Planned { .. })).count();
        assert_eq!(planned, usize::from(!answers.is_empty()) + usize::from(expected), "{why}");
        assert_eq!(newsroom.titles().await.contains(&"Instead".to_string()), expected, "{why}");
        assert_eq!(summary.asked, answers.len() + usize::from(expected), "{why}");
    };
    let news = answer("200 OK", &[], feed_of(&["News"]));
    let old = answer("200 OK", &[], dated_feed_of(&["Old"], "Tue, 10 Nov 2026 11:00:00 GMT"));
    let broken = answer("404 Gone", &[], "");
    check(std::slice::from_ref(&news), false, "it has news").await;
    check(std::slice::from_ref(&broken), true, "it failed").await;
    check(std::slice::from_ref(&old), true, "its news is old").await;
    check(&[old.clone(), news.clone(), broken.clone()], false, "one of three has news").await;
    check(&[old, broken], true, "neither has news").await;
    check(&[], true, "there is no other").await;
}

#[tokio::test]
async fn fallback_feeds_start_while_other_sections_are_still_waiting() {
    let (free, freed) = channel::channel::<()>();
    let freed = Mutex::new(freed);
    let slow = Server::start(move |_, stream| {
        // Answers only when the fallback feed was asked.
        let _ = freed.lock().expect("the line").recv();
        say(stream, &answer("200 OK", &[], feed_of(&["Slow"])));
    });
    let fallback = Server::start(move |_, stream| {
        say(stream, &answer("200 OK", &[], feed_of(&["Instead"])));
        let _ = free.send(());
    });
    let broken = Server::answering(answer("500 Oh", &[], ""));
    let sections = vec![section(&[&broken.url("/")], &[&fallback.url("/")]), section(&[&slow.url("/")], &[])];
    let (summary, told) = Newsroom::new().refresh(Plan { sections, ..Plan::default() }).await;
    assert_eq!((summary.ok, summary.failed.len()), (2, 1));
    let planned: Vec<usize> =
        told.iter().filter_map(|progress| if let Progress::Planned { urls } = progress { Some(urls.len()) } else { None }).collect();
    assert_eq!(planned, [2, 1]);
    let urls: HashSet<String> = outcomes(&told).into_keys().collect();
    assert_eq!(urls, HashSet::from([broken.url("/"), fallback.url("/"), slow.url("/")]));
}

#[tokio::test]
async fn one_feed_alone_is_asked_even_when_it_is_a_fallback() {
    let server = Server::answering(answer("200 OK", &[], feed_of(&["First"])));
    let (ordinary, fallback) = (server.url("/ordinary"), server.url("/fallback"));
    let sections = vec![section(&[&ordinary], &[&fallback])];
    let (summary, _) = Newsroom::new().refresh(Plan { sections, only_feed: Some(fallback), ..Plan::default() }).await;
    assert_eq!((summary.asked, server.asked()[0].path.as_str()), (1, "/fallback"));
}

#[tokio::test]
async fn a_refresh_that_is_killed_between_keeps_no_validators_without_their_articles() {
    let (half, halfway) = mpsc::unbounded_channel();
    let is_first = std::sync::atomic::AtomicBool::new(true);
    let server = Server::start(move |_, stream| {
        let whole = answer("200 OK", &[("ETag", "\"one\""), ("Last-Modified", "yesterday")], feed_of(&["First", "Second"]));
        if is_first.swap(false, std::sync::atomic::Ordering::SeqCst) {
            say(stream, &whole[..whole.len() - 20]);
            let _ = half.send(());
            return hang(stream);
        }
        say(stream, &whole);
    });
    let (newsroom, url) = (Newsroom::new(), server.url("/feed"));
    let (mut halfway, report) = (halfway, mpsc::unbounded_channel().0);
    tokio::select! {
        _ = newsroom.refresher.refresh(plan_of(&[&url]), report) => panic!("the server never finishes"),
        _ = halfway.recv() => (),
    }
    // The request that was stopped gives its claim on the feed back when the runtime comes to it.
    tokio::task::yield_now().await;
    assert_eq!((newsroom.titles().await.len(), newsroom.health(&url).await.state), (0, FeedState::Never));
    let (summary, _) = newsroom.refresh(plan_of(&[&url])).await;
    assert_eq!(summary.new, 2);
    assert!(server.asked()[1].header("if-none-match").is_none() && server.asked()[1].header("if-modified-since").is_none());
}

#[tokio::test]
async fn an_answer_that_is_no_feed_does_not_replace_the_validators_of_one_that_was() {
    let turn = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_, stream| match turn.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
        1 => say(stream, &answer("200 OK", &[("ETag", "\"page\"")], "<!doctype html><html><body>Just a moment</body></html>")),
        _ => say(stream, &answer("200 OK", &[("ETag", "\"feed\"")], feed_of(&["First"]))),
    });
    let (newsroom, url) = (Newsroom::new(), server.url("/feed"));
    for _ in 0..3 {
        newsroom.refresh(Plan { is_insisting: true, ..plan_of(&[&url]) }).await;
    }
    let sent: Vec<_> = server.asked().iter().map(|asked| asked.header("if-none-match").map(<[u8]>::to_vec)).collect();
    assert_eq!(sent, [None, Some(b"\"feed\"".to_vec()), Some(b"\"feed\"".to_vec())]);
}

#[tokio::test]
async fn a_packing_that_is_not_as_its_header_says_is_a_repair() {
    let server = Server::answering(answer("200 OK", &[("Content-Encoding", "gzip")], feed_of(&["First"])));
    let (newsroom, url) = (Newsroom::new(), server.url("/feed"));
    let (summary, _) = newsroom.refresh(plan_of(&[&url])).await;
    let notes = newsroom.health(&url).await.notes;
    assert_eq!(summary.new, 1);
    assert!(notes.iter().any(|note| note.contains("packed otherwise than its headers say")), "{notes:?}");
}
