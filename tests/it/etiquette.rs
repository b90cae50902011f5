//! How matins asks, rule by rule: each story below is one rule, and `docs/etiquette.md` is written from their names and first
//! lines. One server on loopback stands for the whole internet, as the proxy of every host; the clock is the story's own.

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::SignedDuration;
use matins::domain::feed::FeedState;
use matins::domain::secret::{Login, Secret};
use matins::domain::section::{Feed, Section};
use matins::domain::settings::FetchSettings;
use matins::refresh::{Outcome, Plan};

use crate::etiquette_world::{Reader, World, feed, feed_with};
use crate::fetch_server::{answer, hang, say};
use crate::refresh_newsroom::{NOON, section};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const A: &str = "http://a.example/feed";
const B: &str = "http://b.example/feed";
/// A host without a name, so that no story looks up one.
const ELSEWHERE: &str = "http://192.0.2.7/feed";

fn paper(urls: &[&str]) -> Vec<Section> {
    vec![section(urls, &[])]
}

fn due(urls: &[&str]) -> Plan {
    Plan { sections: paper(urls), ..Plan::default() }
}

fn forced(urls: &[&str]) -> Plan {
    Plan { is_forced: true, ..due(urls) }
}

fn insisting(urls: &[&str]) -> Plan {
    Plan { is_insisting: true, ..forced(urls) }
}

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

async fn wait_after_503(headers: &[(&str, &str)]) -> i64 {
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

/// A claim that a killed instance left behind ends by itself.
#[tokio::test]
async fn claim_of_the_dead() {
    let world = World::answering(|_| feed(&["One"]));
    let reader = world.reader();
    let until = world.moment() + SignedDuration::from_secs(80);
    reader.store.back().claim(A.into(), None, world.moment(), until, |_| true).await.expect("claimed");
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

/// A second refresh where nothing changed costs one request a feed: no body is read, and of articles no row is written.
#[tokio::test]
async fn nothing_new_costs_nothing() {
    let world = World::answering(|asked| match asked.header("if-none-match") {
        Some(_) => answer("304 Not Modified", &[], ""),
        None => answer("200 OK", &[("ETag", "\"1\"")], feed_with("", &["One", "Two"])),
    });
    let reader = world.reader();
    reader.refresh(due(&[A, B])).await;
    let count = world.count_rows_written();
    world.wait(HOUR);
    let (summary, outcomes) = reader.refresh(due(&[A, B])).await;
    assert_eq!((summary.ok, &outcomes[A], &outcomes[B]), (2, &Outcome::Unchanged, &Outcome::Unchanged), "a body that is read is `Saved`");
    assert_eq!((world.log().len(), count()), (4, 0));
    reader
        .store
        .front()
        .mark(vec![matins::domain::article::ArticleId(1)], matins::domain::status::Mark::Read, "read".into(), world.moment())
        .await
        .expect("marks");
    assert_eq!(count(), 1, "the count counts");
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
    assert!(
        matches!(reader.refresh(forced(&[A])).await.1[A], Outcome::NotDue { next_try: Some(next) } if next.as_second() == NOON + 5 * HOUR)
    );
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

/// A server's wish is never shorter than an hour and never longer than about a day.
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
    let health = world.reader().health("http://a.example/2").await;
    assert!(
        health.next_try.is_some_and(|next| next > world.moment() - SignedDuration::from_mins(30)),
        "the host's wish is the feed's next try"
    );
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
        for (place, hours) in [1, 2, 4, 8, 16, 24].into_iter().enumerate() {
            let range = hours * HOUR..=hours * HOUR * 11 / 10 + 10 * MINUTE;
            assert!(gaps.get(place).is_none_or(|gap| range.contains(gap)), "{url}: {gaps:?}");
        }
        assert!(gaps.len() >= 6, "{gaps:?}");
        second.insert(times[5]);
    }
    assert!(second.len() > 5, "spread over the hour: {second:?}");
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
    assert_eq!(health.remarks(), ["its server says that it is gone for good; it is no longer asked"]);
    world.reader().refresh(insisting(&[A])).await;
    assert_eq!(world.log().len(), 2);
}

fn redirect(status: &str, to: &str) -> Vec<u8> {
    answer(status, &[("Location", to)], "")
}

/// What was asked over some hours at a host that redirects to another one.
async fn asked_after_redirects(status: &'static str, there: fn(usize) -> Vec<u8>) -> (World, Vec<String>) {
    let turn = AtomicUsize::new(0);
    let world = World::answering(move |asked| match asked.path.as_str() {
        ELSEWHERE => there(turn.fetch_add(1, Ordering::SeqCst)),
        _ => redirect(status, ELSEWHERE),
    });
    for _ in 0..4 {
        world.reader().refresh(due(&[A])).await;
        world.wait(HOUR);
    }
    let asked = world.log().iter().map(|logged| if logged.asked.path == A { "home" } else { "there" }.to_string()).collect();
    (world, asked)
}

/// A permanent redirect (301, 308) is remembered after it was seen twice and led to a feed; the articles stay where they are.
#[tokio::test]
async fn permanent_redirect() {
    for status in ["301 Moved", "308 Moved"] {
        let (world, asked) = asked_after_redirects(status, |_| feed(&["One"])).await;
        assert_eq!(asked, ["home", "there", "home", "there", "there", "there"], "{status}");
        let health = world.reader().health(A).await;
        assert_eq!((health.articles, health.way.address.as_deref()), (1, Some(ELSEWHERE)));
        assert_eq!(health.remarks(), [format!("moved for good to {ELSEWHERE}; asked there")]);
    }
}

/// A temporary redirect (302, 303, 307) is never remembered.
#[tokio::test]
async fn temporary_redirect() {
    for status in ["302 Found", "303 See", "307 Temporary"] {
        let (world, asked) = asked_after_redirects(status, |_| feed(&["One"])).await;
        assert_eq!(asked, ["home", "there"].repeat(4), "{status}");
        assert_eq!(world.reader().health(A).await.remarks(), Vec::<String>::new());
    }
}

/// A permanent redirect that leads to no feed is not remembered.
#[tokio::test]
async fn redirect_to_no_feed() {
    let page = |_| answer("200 OK", &[("Content-Type", "text/html")], "<!doctype html><html><body>Parked</body></html>");
    let (world, asked) = asked_after_redirects("301 Moved", page).await;
    assert!(asked.chunks(2).all(|pair| pair == ["home", "there"]) && asked.len() >= 4, "{asked:?}");
    assert_eq!(world.reader().health(A).await.way.address, None);
}

/// When the address that a feed moved to says no, its own address is asked again.
#[tokio::test]
async fn redirect_forgotten() {
    let there = |turn| if turn < 2 { feed(&["One"]) } else { answer("404 No", &[], "") };
    let (world, asked) = asked_after_redirects("301 Moved", there).await;
    assert_eq!(asked, ["home", "there", "home", "there", "there"]);
    world.wait(DAY);
    world.reader().refresh(due(&[A])).await;
    assert_eq!(world.log().last().expect("a request").asked.path, ELSEWHERE);
    assert_eq!(world.log().iter().filter(|logged| logged.asked.path == A).count(), 3, "its own address sent us there");
}

/// At most one connection to one host at a time, also where redirects lead; other hosts wait for nobody.
#[tokio::test]
async fn one_connection_a_host() {
    let (now, most) = (AtomicUsize::new(0), std::sync::Arc::new(AtomicUsize::new(0)));
    let seen = most.clone();
    let world = World::new(move |asked, stream| {
        let is_redirect = asked.path.contains("redirect");
        if !is_redirect {
            seen.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        }
        if is_redirect {
            return say(stream, &redirect("302 Found", &format!("{ELSEWHERE}/{}", asked.path.len())));
        }
        std::thread::yield_now();
        now.fetch_sub(1, Ordering::SeqCst);
        say(stream, &feed(&["One"]));
    });
    let direct = (0..10).map(|number| format!("http://192.0.2.7/{number}"));
    let urls: Vec<String> = direct.chain((0..10).map(|number| format!("http://{number}.example/redirect{}", "/".repeat(number)))).collect();
    let (summary, _) = world.reader().refresh(due(&urls.iter().map(String::as_str).collect::<Vec<_>>())).await;
    assert_eq!((summary.ok, most.load(Ordering::SeqCst)), (20, 1));
}

/// Two requests to one host are a second apart; this machine needs no pause.
#[tokio::test(start_paused = true)]
async fn a_second_apart() {
    let config = matins::config::parse(None, None);
    let fetcher = matins::fetch::Fetcher::new(&config.settings.fetch).expect("a fetcher");
    let start = tokio::time::Instant::now();
    for number in 0..3 {
        drop(fetcher.enter(&format!("https://a.example/{number}")).await);
        drop(fetcher.enter(&format!("http://127.0.0.1/{number}")).await);
    }
    assert_eq!(start.elapsed().as_secs(), 2);
    drop(fetcher.enter("https://b.example/").await);
    assert_eq!(start.elapsed().as_secs(), 2, "another host waits for nobody");
}

/// A request that is cut off is tried once over HTTP/1.1; what worked is remembered and shown.
#[tokio::test]
async fn http1() {
    let turn = AtomicUsize::new(0);
    let world = World::new(move |_, stream| match turn.fetch_add(1, Ordering::SeqCst) {
        0 => {}
        _ => say(stream, &feed(&["One"])),
    });
    let reader = world.reader();
    let (summary, _) = reader.refresh(due(&[A])).await;
    assert_eq!((summary.ok, world.log().len()), (1, 2));
    let health = reader.health(A).await;
    assert_eq!(health.remarks(), ["asked over HTTP/1.1, which worked when the first try did not"]);
    world.wait(HOUR);
    reader.refresh(due(&[A])).await;
    assert_eq!(world.log().len(), 3);
    let cut = World::new(|_, _| {});
    assert_eq!((cut.reader().refresh(due(&[A])).await.0.failed.len(), cut.log().len()), (1, 2), "once, and no more");
}

/// Redirects to other schemes, in circles, without end and into private networks are refused, with the reason in the feed's health.
#[tokio::test]
async fn refused_redirects() {
    let targets = [
        ("file:///etc/passwd", "redirected to a `file` address, which no server may send us to"),
        ("gopher://a.example/", "redirected to a `gopher` address, which no server may send us to"),
        ("data:text/xml,x", "redirected to a `data` address, which no server may send us to"),
        (A, "redirected in a circle"),
        ("http://127.0.0.1/", "redirected to 127.0.0.1, a private address"),
        ("http://2130706433/", "redirected to 127.0.0.1, a private address"),
        ("http://0x7f.1/", "redirected to 127.0.0.1, a private address"),
        ("http://localhost/", "redirected to localhost, a private address"),
        ("http://169.254.169.254/latest", "redirected to 169.254.169.254, a private address"),
        ("http://[::1]/", "redirected to [::1], a private address"),
        ("http://[::ffff:192.168.0.1]/", "redirected to [::ffff:c0a8:1], a private address"),
        ("http://[64:ff9b::10.0.0.1]/", "redirected to [64:ff9b::a00:1], a private address"),
        ("http://[fe80::1]/", "redirected to [fe80::1], a private address"),
    ];
    for (to, reason) in targets {
        for status in ["301 Moved", "302 Found"] {
            let world = World::answering(move |_| redirect(status, to));
            let reader = world.reader();
            reader.refresh(due(&[A])).await;
            let error = reader.health(A).await.error.unwrap_or_default();
            assert!(error.starts_with(reason), "{to}: {error}");
            assert_eq!(world.log().len(), 1, "{to}");
        }
    }
    let world = World::answering(|asked| redirect("302 Found", &format!("{}/x", asked.path)));
    let reader = world.reader();
    reader.refresh(due(&[A])).await;
    assert_eq!(reader.health(A).await.error.as_deref(), Some("redirected more than 10 times"));
}

/// Fourteen days of two instances that look every quarter of an hour, with three restarts: every rule at once.
#[tokio::test]
async fn fourteen_days() {
    let begun = NOON;
    let world = World::timed(move |asked, now| {
        let day = (now - begun) / DAY;
        match asked.path.as_str() {
            "http://plain.example/" => feed(&["One"]),
            "http://patient.example/" => answer("200 OK", &[("Cache-Control", "max-age=21600")], feed_with("", &["One"])),
            "http://night.example/" => {
                let hours: String = (0..6).map(|hour| format!("<hour>{hour}</hour>")).collect();
                answer("200 OK", &[], feed_with(&format!("<skipHours>{hours}</skipHours>"), &["One"]))
            }
            "http://ends.example/" if day >= 5 => answer("410 Gone", &[], ""),
            "http://moves.example/" if day >= 2 => redirect("301 Moved", ELSEWHERE),
            "http://busy.example/1" | "http://busy.example/2" if day == 3 => answer("429 Slow", &[], ""),
            "http://breaks.example/" if (6..9).contains(&day) => answer("500 Oh", &[], ""),
            _ => feed(&["One"]),
        }
    });
    let hosts = ["plain", "patient", "night", "ends", "moves", "breaks"];
    let urls: Vec<String> = hosts.iter().map(|host| format!("http://{host}.example/")).collect();
    let mut urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    urls.extend(["http://busy.example/1", "http://busy.example/2"]);
    let mut readers: [Reader; 2] = [world.reader(), world.reader()];
    for quarter in 0..14 * 24 * 4 {
        if [3, 7, 11].contains(&(quarter / 96)) && quarter % 96 == 50 {
            readers = [world.reader(), world.reader()];
        }
        let (one, other) = tokio::join!(readers[0].refresh(due(&urls)), readers[1].refresh(due(&urls)));
        assert!(one.0.asked + other.0.asked <= urls.len());
        world.wait(15 * MINUTE);
    }
    let gaps = |url: &str| -> Vec<i64> { world.times_of(url).windows(2).map(|pair| pair[1] - pair[0]).collect() };
    for url in &urls {
        assert!(gaps(url).iter().all(|gap| *gap >= HOUR), "{url}: never twice within an hour: {:?}", gaps(url));
    }
    assert_eq!(world.times_of("http://plain.example/").len(), 14 * 24);
    assert_eq!(world.times_of("http://patient.example/").len(), 14 * 4);
    assert_eq!(world.times_of("http://night.example/").len(), 14 * 18);
    assert!(world.times_of("http://night.example/").iter().all(|at| (at + 12 * HOUR) % DAY >= 6 * HOUR));
    assert_eq!(world.times_of("http://ends.example/").len(), 5 * 24 + 1);
    assert_eq!(world.times_of("http://moves.example/").len(), 2 * 24 + 2);
    assert_eq!(world.times_of(ELSEWHERE).len(), 12 * 24);
    let broken = world.times_of("http://breaks.example/").into_iter().filter(|at| (6 * DAY..9 * DAY).contains(at)).count();
    assert!((6..=8).contains(&broken), "{broken}");
    let busy = world.times_of("http://busy.example/").into_iter().filter(|at| (3 * DAY..4 * DAY).contains(at)).count();
    assert!((4..=7).contains(&busy), "two feeds, one host: {busy}");
    for reader in &readers {
        assert_eq!(reader.health("http://moves.example/").await.articles, 1);
    }
}

/// A server that never ends its answer is left after the total timeout, and costs nobody else anything.
#[tokio::test]
async fn hanging_server() {
    let world = World::new(|asked, stream| match asked.path.as_str() {
        A => hang(stream),
        _ => say(stream, &feed(&["One"])),
    });
    let reader = world.hasty_reader();
    let (summary, outcomes) = reader.refresh(due(&[A, B])).await;
    assert_eq!((summary.ok, summary.failed.len()), (1, 1));
    assert!(matches!(&outcomes[A], Outcome::Failed { error, .. } if error.starts_with("no answer in ")));
}

const HUSH: &str = "correct-horse-battery";
/// "me:correct-horse-battery" in base 64.
const PACKED: &str = "Basic bWU6Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5";

fn hushed() -> Secret {
    Secret::Command(vec!["echo".into(), HUSH.into()])
}

/// A plan over one feed with options.
fn with_options(feed: Feed) -> Plan {
    let mut plan = insisting(&[A]);
    plan.sections[0].feeds = vec![Feed { url: A.into(), ..feed }];
    plan
}

/// The value of a header in each request so far.
fn sent(world: &World, name: &str) -> Vec<String> {
    world.log().iter().map(|logged| String::from_utf8_lossy(logged.asked.header(name).unwrap_or(b"-")).into_owned()).collect()
}

/// The user agent and headers are the feed's own where its settings say so.
#[tokio::test]
async fn own_headers() {
    let world = World::answering(|_| feed(&["One"]));
    let reader = world.revealing_reader();
    reader.refresh(with_options(Feed::default())).await;
    let headers = vec![("Accept-Language".into(), Secret::Text("fr".into())), ("X-Key".into(), hushed())];
    reader.refresh(with_options(Feed { user_agent: Some("other/1.0".into()), headers, ..Feed::default() })).await;
    let agents = sent(&world, "user-agent");
    assert!(agents[0].starts_with("matins/") && agents[1] == "other/1.0", "{agents:?}");
    assert_eq!((sent(&world, "accept-language"), sent(&world, "x-key")), (vec!["-".into(), "fr".into()], vec!["-".into(), HUSH.into()]));
}

/// Basic and bearer authentication, with secrets from programs and from the environment.
#[tokio::test]
async fn authentication() {
    let world = World::answering(|_| feed(&["One"]));
    let reader = world.revealing_reader();
    let logins = [
        Login::Password { user: "me".into(), password: hushed() },
        Login::Token(hushed()),
        Login::Token(Secret::Environment("PATH".into())),
    ];
    for login in logins {
        reader.refresh(with_options(Feed { login: Some(login), ..Feed::default() })).await;
    }
    let named = sent(&world, "authorization").pop().expect("a request");
    assert_eq!(sent(&world, "authorization")[..2], [PACKED.to_string(), format!("Bearer {HUSH}")]);
    assert!(named.starts_with("Bearer "), "{named}");
    let missing = Login::Token(Secret::Environment("MATINS_NO_SUCH_NAME".into()));
    let (summary, _) = reader.refresh(with_options(Feed { login: Some(missing), ..Feed::default() })).await;
    assert!(summary.failed[0].1.contains("the environment has no MATINS_NO_SUCH_NAME"), "{summary:?}");
    assert_eq!(world.log().len(), 3, "without its secret nothing is asked");
}

/// A secret goes to its feed's own host and to no other, redirected or moved; it is not stored, and no message holds it.
#[tokio::test]
async fn secrets_stay() {
    let world = World::answering(|asked| match asked.path.as_str() {
        A => redirect("301 Moved", ELSEWHERE),
        _ => feed(&["One"]),
    });
    let reader = world.revealing_reader();
    let headers = vec![("X-Key".into(), hushed())];
    let feed = Feed { login: Some(Login::Password { user: "me".into(), password: hushed() }), headers, ..Feed::default() };
    for _ in 0..3 {
        reader.refresh(with_options(feed.clone())).await;
    }
    assert_eq!(sent(&world, "authorization"), [PACKED, "-", PACKED, "-", "-"]);
    assert_eq!(sent(&world, "x-key"), [HUSH, "-", HUSH, "-", "-"]);
    let shown = format!("{:?} {:?}", reader.health(A).await, Secret::Text(HUSH.into()));
    drop(reader);
    let stored = std::fs::read(world.store_file()).expect("the store");
    let is_stored = |text: &str| stored.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(is_stored(A) && !is_stored(HUSH) && !is_stored(&PACKED[6..]) && !shown.contains(HUSH));
}

/// A password in an address is refused when the settings are read, and not quoted.
#[test]
fn passwords_in_addresses() {
    let address = format!("https://me:{HUSH}@a.example/feed");
    let wrong = matins::config::feed_url(&address).expect_err("refused");
    assert!(wrong.contains("without name and password") && !wrong.contains(HUSH), "{wrong}");
    let wrong = matins::config::parse(Some(("s", &format!("[fetch]\nproxy = \"http://me:{HUSH}@a.example\""))), None).problems;
    assert!(wrong.len() == 1 && !wrong[0].message.contains(HUSH), "{wrong:?}");
}

/// An HTTP proxy is asked for everything but this machine.
#[tokio::test]
async fn http_proxy() {
    let world = World::answering(|_| feed(&["One"]));
    let own = crate::fetch_server::Server::answering(feed(&["Own"]));
    let (summary, _) = world.reader().refresh(due(&[A, B, &own.url("/")])).await;
    assert_eq!((summary.new, world.log().len(), own.asked().len()), (3, 2, 1));
}

/// A SOCKS proxy is asked, and with `socks5h` it looks up the names.
#[tokio::test]
async fn socks_proxy() {
    let (address, names) = crate::etiquette_world::socks_proxy(feed(&["One"]));
    let world = World::answering(|_| feed(&["Not through the proxy"]));
    let reader = world.reader_with(FetchSettings { proxy: format!("socks5h://{address}"), ..world.settings(20_000) });
    assert_eq!(reader.refresh(due(&[A])).await.0.new, 1);
    assert_eq!((names.recv().expect("a name"), world.log().len()), ("a.example".to_string(), 0));
}

/// Without a proxy in the settings, those of the environment are asked; with "none", none.
#[test]
#[expect(clippy::disallowed_methods, reason = "the story needs an environment of its own")]
fn environment_proxy() {
    let world = World::answering(|_| feed(&["One"]));
    let program = std::env::current_exe().expect("this program");
    let mut run = std::process::Command::new(program);
    run.args(["--ignored", "--exact", "etiquette::in_an_environment_with_a_proxy"]);
    run.env("HTTP_PROXY", world.address()).env("http_proxy", world.address()).env_remove("NO_PROXY").env_remove("no_proxy");
    let output = run.output().expect("a run");
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
    assert_eq!(world.log().len(), 1);
}

#[tokio::test]
#[ignore = "run by the story above, in an environment of its own"]
async fn in_an_environment_with_a_proxy() {
    let world = World::answering(|_| feed(&["Not through the proxy"]));
    let refresh = async |proxy: &str| {
        let settings = FetchSettings { proxy: proxy.into(), ..world.settings(500) };
        world.reader_with(settings).refresh(insisting(&["http://192.0.2.7/feed"])).await.0.new
    };
    assert_eq!((refresh("").await, refresh("none").await), (1, 0));
}

/// Rules whose stories need more than this world: what they say, the file and the story.
const HELD_ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "A redirect from `https` to `http` is refused.",
        include_str!("fetch_secure.rs"),
        "a_trusted_server_is_read_and_may_not_send_us_out_of_encryption",
    ),
    (
        "A redirect to a name that resolves to a private address is refused; a private address that a person wrote is asked.",
        include_str!("../../src/fetch/tests.rs"),
        "a_redirect_to_a_name_that_resolves_to_a_private_address_is_refused",
    ),
    (
        "Private addresses are known in every dress: decimal, octal, hexadecimal, short, mapped, translated, NAT64, 6to4, Teredo.",
        include_str!("../../src/fetch/address.rs"),
        "private_addresses_are_known_in_every_dress",
    ),
    (
        "Requests to one host are a pause apart, redirects and second tries included.",
        include_str!("../../src/fetch/hosts.rs"),
        "requests_to_one_host_are_a_pause_apart",
    ),
];

/// Name and sentence of each rule above, in order.
fn rules() -> Vec<(String, String)> {
    let lines: Vec<&str> = include_str!("etiquette.rs").lines().collect();
    let is_story = |at: &usize| lines[*at].starts_with("#[tokio::test") || lines[*at] == "#[test]";
    let rule = |at: usize| {
        let sentence: Vec<&str> = lines[..at].iter().rev().map_while(|line| line.strip_prefix("/// ")).collect();
        let head = lines[at..].iter().find_map(|line| line.split_once("fn ")).expect("a story").1;
        let name = head.split('(').next().unwrap_or_default().replace('_', " ");
        (name, sentence.into_iter().rev().collect::<Vec<_>>().join(" "))
    };
    (0..lines.len()).filter(is_story).map(rule).filter(|(_, sentence)| !sentence.is_empty()).collect()
}

#[test]
fn the_page_of_etiquette_is_up_to_date() {
    let mut page = String::from(
        "# Etiquette\n\nHow matins asks servers. This page is written from the stories in `tests/it/etiquette.rs` by a test; \
         each rule is a story there of the same name.\n\n| Rule | |\n| --- | --- |\n",
    );
    for (name, sentence) in rules() {
        page += &format!("| {name} | {sentence} |\n");
    }
    page += "\nHeld beside the code:\n\n";
    for (sentence, file, story) in HELD_ELSEWHERE {
        assert!(file.contains(&format!("fn {story}()")), "no story {story}");
        page += &format!("* {sentence} (`{story}`)\n");
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/etiquette.md");
    if std::fs::read_to_string(&path).unwrap_or_default() != page {
        std::fs::write(&path, page).expect("written");
        panic!("docs/etiquette.md was out of date and is written anew: commit it");
    }
}
