//! When feeds are asked: by what servers and documents say, across restarts and instances, by hand.

use jiff::SignedDuration;
use matins::refresh::Outcome;
use matins::store::Intent;

use crate::etiquette_world::{A, DAY, HOUR, MINUTE, World, due, feed, feed_with, forced, insisting};
use crate::fetch_server::{answer, say};
use crate::refresh_newsroom::NOON;

/// Seconds between the first answer and the next automatic request, looking every ten minutes for a week.
async fn wait_after(first: Vec<u8>) -> i64 {
    let world = World::answering(move |_| first.clone());
    let reader = world.reader();
    reader.refresh(due(&[A])).await;
    for _ in 0..(7 * DAY / (10 * MINUTE)) {
        world.wait(10 * MINUTE);
        reader.refresh(due(&[A])).await;
        if let [first, second, ..] = &world.log()[..] {
            return second.at - first.at;
        }
    }
    i64::MAX
}

async fn wait_after_200(headers: &[(&str, &str)], head: &str) -> i64 {
    wait_after(answer("200 OK", headers, feed_with(head, &["One"]))).await
}

pub async fn wait_after_503(headers: &[(&str, &str)]) -> i64 {
    wait_after(answer("503 No", headers, "")).await
}

/// A feed is asked at its interval, an hour at least whatever the settings say, a day at most whatever its server says.
#[tokio::test]
async fn interval() {
    assert_eq!(wait_after_200(&[], "").await, HOUR, "the settings of these stories say a minute");
    assert_eq!(wait_after_200(&[("Cache-Control", "max-age=60")], "").await, HOUR);
    assert_eq!(wait_after_200(&[("Cache-Control", "max-age=9999999")], "").await, DAY);
}

/// `Cache-Control: max-age` makes the interval longer.
#[tokio::test]
async fn max_age() {
    assert_eq!(wait_after_200(&[("Cache-Control", "public, max-age=10800")], "").await, 3 * HOUR);
    assert_eq!(wait_after_200(&[("Cache-Control", "max-age=10800"), ("Age", "3600")], "").await, 2 * HOUR);
}

/// `Expires` makes the interval longer, by the server's clock; `max-age` goes before it.
#[tokio::test]
async fn expires() {
    let expires = ("Expires", "Sun, 22 Nov 2026 17:00:00 GMT");
    assert_eq!(wait_after_200(&[expires], "").await, 5 * HOUR);
    assert_eq!(wait_after_200(&[expires, ("Date", "Sun, 22 Nov 2026 14:00:00 GMT")], "").await, 3 * HOUR);
    assert_eq!(wait_after_200(&[expires, ("Cache-Control", "max-age=7200")], "").await, 2 * HOUR);
}

/// `ttl` of RSS makes the interval longer.
#[tokio::test]
async fn ttl() {
    assert_eq!(wait_after_200(&[], "<ttl>240</ttl>").await, 4 * HOUR);
}

/// `sy:updatePeriod` and `sy:updateFrequency` make the interval longer.
#[tokio::test]
async fn update_period() {
    let head = "<sy:updatePeriod xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>daily</sy:updatePeriod>";
    assert_eq!(wait_after_200(&[], head).await, DAY);
    let head = format!("{head}<sy:updateFrequency xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>4</sy:updateFrequency>");
    assert_eq!(wait_after_200(&[], &head).await, 6 * HOUR);
}

/// Nothing is asked in the hours of `skipHours`.
#[tokio::test]
async fn skip_hours() {
    let hours: String = (13..20).map(|hour| format!("<hour>{hour}</hour>")).collect();
    assert_eq!(wait_after_200(&[], &format!("<skipHours>{hours}</skipHours>")).await, 8 * HOUR, "the stories begin at noon");
}

/// Nothing is asked on the days of `skipDays`.
#[tokio::test]
async fn skip_days() {
    let days = "<skipDays><day>Sunday</day><day>Monday</day></skipDays>";
    assert_eq!(wait_after_200(&[], days).await, 36 * HOUR, "the stories begin on a Sunday");
}

/// What a document said of when to ask stays known when the next answer is that nothing has changed.
#[tokio::test]
async fn hints_outlive_a_304() {
    let world = World::answering(|asked| match asked.header("if-none-match") {
        Some(_) => answer("304 Not Modified", &[], ""),
        None => answer("200 OK", &[("ETag", "\"1\"")], feed_with("<ttl>180</ttl>", &["One"])),
    });
    let reader = world.reader();
    for _ in 0..10 {
        reader.refresh(due(&[A])).await;
        world.wait(HOUR);
    }
    assert_eq!(world.times(), [0, 3 * HOUR, 6 * HOUR, 9 * HOUR]);
}

/// A 304 need not repeat `Cache-Control`: what the last answer said of it stays, until another says otherwise. `Expires` is a
/// moment, and passes.
#[tokio::test]
async fn max_age_outlives_a_304() {
    let times = async |first: &'static [(&'static str, &'static str)], then: &'static [(&'static str, &'static str)]| {
        let world = World::answering(move |asked| match asked.header("if-none-match") {
            Some(_) => answer("304 Not Modified", then, ""),
            None => answer("200 OK", &[first, &[("ETag", "\"1\"")]].concat(), feed_with("", &["One"])),
        });
        for _ in 0..9 {
            world.reader().refresh(due(&[A])).await;
            world.wait(HOUR);
        }
        world.times()
    };
    let long = &[("Cache-Control", "max-age=14400")];
    assert_eq!(times(long, &[]).await, [0, 4 * HOUR, 8 * HOUR]);
    assert_eq!(times(long, &[("Cache-Control", "max-age=7200")]).await, [0, 4 * HOUR, 6 * HOUR, 8 * HOUR]);
    assert_eq!(times(long, &[("Cache-Control", "no-cache")]).await, [0, 4 * HOUR, 5 * HOUR, 6 * HOUR, 7 * HOUR, 8 * HOUR]);
    let expires = &[("Expires", "Sun, 22 Nov 2026 18:00:00 GMT")];
    assert_eq!(times(expires, &[]).await, [0, 6 * HOUR, 7 * HOUR, 8 * HOUR]);
}

/// When a feed is asked next is kept when matins is started anew.
#[tokio::test]
async fn restart() {
    let world = World::answering(|_| feed(&["One"]));
    for _ in 0..3 {
        world.reader().refresh(due(&[A])).await;
        world.wait(19 * MINUTE);
    }
    assert_eq!(world.times(), [0]);
    world.wait(3 * MINUTE);
    world.reader().refresh(due(&[A])).await;
    assert_eq!(world.times(), [0, HOUR]);
}

/// Two instances at once do not ask the same feed twice, and neither waits for the other.
#[tokio::test]
async fn two_instances() {
    let world = World::answering(|_| feed(&["One"]));
    let urls: Vec<String> = (0..20).map(|number| format!("http://{number}.example/feed")).collect();
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    let (one, other) = (world.reader(), world.reader());
    for round in 1..=3 {
        let (first, second) = tokio::join!(one.refresh(due(&urls)), other.refresh(due(&urls)));
        assert_eq!((world.log().len(), first.0.asked + second.0.asked), (round * 20, 20));
        assert_eq!(first.0.failed.len() + second.0.failed.len(), 0);
        world.wait(HOUR);
    }
}

/// A feed that one instance is asking right now is not asked by another one, whatever a person wants; it says so.
#[tokio::test]
async fn claim() {
    let (begun, mut waiting) = tokio::sync::mpsc::unbounded_channel();
    let (free, freed) = std::sync::mpsc::channel::<()>();
    let freed = std::sync::Mutex::new(freed);
    let world = World::new(move |_, stream| {
        let _ = begun.send(());
        let _ = freed.lock().expect("the line").recv();
        say(stream, &feed(&["One"]));
    });
    let (one, other) = (world.reader(), world.reader());
    let meanwhile = async {
        waiting.recv().await.expect("a request");
        let outcomes = [other.refresh(due(&[A])).await, other.refresh(insisting(&[A])).await].map(|(_, outcomes)| outcomes[A].clone());
        free.send(()).expect("a server");
        outcomes
    };
    let (first, outcomes) = tokio::join!(one.refresh(due(&[A])), meanwhile);
    assert_eq!(outcomes, [Outcome::AskedElsewhere, Outcome::AskedElsewhere]);
    assert_eq!((first.0.new, world.log().len()), (1, 1));
}

/// A claim that a killed instance left behind is free for the next refresh on its machine, and ends by itself for others.
#[tokio::test]
async fn claim_of_the_dead() {
    let world = World::answering(|_| feed(&["One"]));
    let reader = world.reader();
    let until = world.moment() + SignedDuration::from_secs(80);
    let intent = Intent { url: A.into(), host: None, now: world.moment(), until };
    reader.store.back().claim(intent, |_| true).await.expect("claimed");
    assert_eq!(reader.refresh(due(&[A])).await.1[A], Outcome::AskedElsewhere);
    world.wait(80);
    assert_eq!(reader.refresh(due(&[A])).await.0.new, 1);
}

/// A refresh by hand within five minutes of the last answer is answered from the store, and says so.
#[tokio::test]
async fn fresh() {
    let world = World::answering(|_| feed(&["One"]));
    let reader = world.reader();
    reader.refresh(due(&[A])).await;
    world.wait(4 * MINUTE);
    let (summary, outcomes) = reader.refresh(forced(&[A])).await;
    assert_eq!((summary.asked, summary.fresh), (0, 1));
    assert!(matches!(outcomes[A], Outcome::Fresh { answered } if answered.as_second() == NOON));
    world.wait(MINUTE);
    assert_eq!(reader.refresh(forced(&[A])).await.0.asked, 1);
    assert_eq!(world.times(), [0, 5 * MINUTE]);
}

/// Who insists is asked for at once.
#[tokio::test]
async fn insisting_asks() {
    let world = World::answering(|_| feed(&["One"]));
    let reader = world.reader();
    reader.refresh(due(&[A])).await;
    assert_eq!(reader.refresh(insisting(&[A])).await.0.asked, 1);
    assert_eq!(world.times(), [0, 0]);
}
