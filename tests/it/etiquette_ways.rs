//! How servers are reached: redirects, hosts, protocols.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};

use jiff::SignedDuration;
use matins::domain::settings::FetchSettings;
use matins::refresh::Outcome;
use matins::store::{Intent, Manners};

use crate::etiquette_world::{A, B, DAY, ELSEWHERE, HOUR, SAME_HOST, World, due, feed, feed_with, insisting, redirect};
use crate::fetch_server::{answer, hang, say};

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

/// A move outlives faults of our own: a mistake in the settings, a proxy that is not there, a limit of ours.
#[tokio::test]
async fn own_faults() {
    let (world, _) = asked_after_redirects("301 Moved", |_| feed(&["One"])).await;
    let usual = FetchSettings { proxy: world.address(), ..world.settings(20_000) };
    let dead = format!("http://127.0.0.1:{}", crate::fetch_server::dead_port());
    let faults = [
        FetchSettings { unusable_proxy: Some("the proxy cannot be used".into()), ..usual.clone() },
        FetchSettings { proxy: dead, ..usual.clone() },
    ];
    let too_small = FetchSettings { max_body_bytes: 60, ..usual.clone() };
    for (settings, times) in faults.into_iter().map(|settings| (settings, 6)).chain([(too_small, 1)]) {
        for _ in 0..times {
            assert_eq!(world.reader_with(settings.clone()).refresh(insisting(&[A])).await.0.failed.len(), 1);
        }
        let health = world.reader().health(A).await;
        assert_eq!(health.way.address.as_deref(), Some(ELSEWHERE), "{:?}", health.error);
    }
}

/// What is not asked for want of a usable proxy is as due as before when that is mended.
#[tokio::test]
async fn mended_proxy() {
    let world = World::answering(|_| feed(&["One"]));
    let usual = FetchSettings { proxy: world.address(), ..world.settings(20_000) };
    let unusable = FetchSettings { unusable_proxy: Some("the proxy cannot be used".into()), ..usual.clone() };
    let (summary, _) = world.reader_with(unusable).refresh(due(&[A])).await;
    let told = "the proxy cannot be used; until that is mended, only files and this machine are asked";
    assert_eq!(summary.failed, [(A.to_string(), told.to_string())]);
    assert_eq!(world.reader_with(usual).refresh(due(&[A])).await.0.ok, 1);
}

/// What a person accepted begins anew: failures before it do not count, and one page in the feed's place ends it as little as one
/// server that is busy.
#[tokio::test]
async fn cure_of_a_feed_that_failed_for_long() {
    let turn = AtomicUsize::new(0);
    let page = "<!doctype html><html><body>Log in first</body></html>";
    let world = World::answering(move |asked| match asked.path.as_str() {
        ELSEWHERE => match turn.fetch_add(1, Ordering::SeqCst) {
            0 | 2 => answer("503 Busy", &[], ""),
            _ => answer("200 OK", &[("Content-Type", "text/html")], page),
        },
        _ => answer("404 No", &[], ""),
    });
    let reader = world.reader();
    for _ in 0..6 {
        reader.refresh(insisting(&[A])).await;
    }
    let way = matins::domain::feed::Way { address: Some(ELSEWHERE.into()), ..Default::default() };
    reader.store.front().cure(A.into(), Some(way), world.moment()).await.expect("keeps");
    let mut is_over = Vec::new();
    for _ in 0..5 {
        reader.refresh(insisting(&[A])).await;
        is_over.push(reader.health(A).await.way.lapsed.is_some());
    }
    assert_eq!(is_over, [false, false, false, false, true], "busy, a page, busy, a page, and that again");
}

/// At most one connection to one host at a time, also where redirects lead; other hosts wait for nobody.
#[tokio::test]
async fn one_connection_a_host() {
    assert_eq!(most_at_elsewhere(1).await, 1);
    assert!(most_at_elsewhere(20).await > 1, "the story would see it");
}

/// The most requests at the same time at the host of `ELSEWHERE`, of ten feeds that are there and ten that are redirected to it.
/// Nothing there is answered before all others were asked where they are, and one feed was led through twenty more hosts, in
/// which time any other request would have come.
async fn most_at_elsewhere(at_once_per_host: usize) -> usize {
    let state = std::sync::Arc::new((Mutex::new((0, 0, 0)), Condvar::new()));
    let shared = state.clone();
    let world = World::new(move |asked, stream| {
        let (counts, changed) = &*shared;
        let mut now = counts.lock().expect("the counts");
        if let Some(rest) = asked.path.strip_prefix("http://chain") {
            let step: usize = rest.split('.').next().and_then(|step| step.parse().ok()).unwrap_or(0);
            let mut now = changed.wait_while(now, |now| now.2 < 10).expect("the counts");
            now.2 += 1;
            changed.notify_all();
            let on = redirect("302 Found", &format!("http://chain{}.example/", step + 1));
            return say(stream, &if step < 20 { on } else { feed(&["Chain"]) });
        }
        if asked.path.contains("redirect") {
            now.2 += 1;
            changed.notify_all();
            return say(stream, &redirect("302 Found", &format!("{ELSEWHERE}/{}", asked.path.len())));
        }
        *now = (now.0 + 1, now.1.max(now.0 + 1), now.2);
        let mut now = changed.wait_while(now, |now| now.2 < 31).expect("the counts");
        now.0 -= 1;
        drop(now);
        say(stream, &feed(&["One"]));
    });
    let direct = (0..10).map(|number| format!("http://192.0.2.7/{number}"));
    let sent = (0..10).map(|number| format!("http://{number}.example/redirect{}", "/".repeat(number)));
    let urls: Vec<String> = direct.chain(sent).chain(["http://chain0.example/".to_string()]).collect();
    let settings = FetchSettings { at_once_per_host, max_redirects: 30, proxy: world.address(), ..world.settings(20_000) };
    let (summary, _) = world.reader_with(settings).refresh(due(&urls.iter().map(String::as_str).collect::<Vec<_>>())).await;
    assert_eq!(summary.ok, 21);
    state.0.lock().expect("the counts").1
}

/// A feed that is redirected to a busy host waits there without a place among all, so that who has that host's place can begin.
#[tokio::test]
async fn redirected_to_a_busy_host() {
    let world = World::answering(|asked| match asked.path.as_str() {
        A => redirect("302 Found", "http://192.0.2.7/other"),
        _ => feed(&["One"]),
    });
    let settings = FetchSettings { at_once: 1, proxy: world.address(), ..world.settings(20_000) };
    // A wait without end would fail nothing.
    let patience = std::time::Duration::from_secs(60);
    let (summary, _) = tokio::time::timeout(patience, world.reader_with(settings).refresh(due(&[A, ELSEWHERE]))).await.expect("an end");
    assert_eq!(summary.ok, 2);
}

/// A paper from one's own server needs no manners: so many connections to one host, without a pause, as the settings say.
#[tokio::test]
async fn manners_are_a_setting() {
    let both = std::sync::Arc::new(std::sync::Barrier::new(2));
    let world = World::new(move |_, stream| {
        // Neither is answered before both are asked.
        both.wait();
        say(stream, &feed(&["One"]));
    });
    let settings = FetchSettings { at_once_per_host: 2, proxy: world.address(), ..world.settings(5_000) };
    let (summary, _) = world.reader_with(settings).refresh(due(&[A, SAME_HOST])).await;
    assert_eq!((summary.ok, world.log().len()), (2, 2));
}

/// At most one connection to one host also between two instances: the one that came later waits for a while, then says so.
#[tokio::test]
async fn one_connection_a_host_for_all_instances() {
    let (begun, mut waiting) = tokio::sync::mpsc::unbounded_channel();
    let (free, freed) = std::sync::mpsc::channel::<()>();
    let freed = std::sync::Mutex::new(freed);
    let world = World::new(move |_, stream| {
        let _ = begun.send(());
        let _ = freed.lock().expect("the line").recv();
        say(stream, &feed(&["One"]));
    });
    let (one, other) = (world.reader(), world.impatient_reader(0));
    let meanwhile = async {
        waiting.recv().await.expect("a request");
        let (_, outcomes) = other.refresh(insisting(&[SAME_HOST])).await;
        let patient = world.reader();
        let (summary, ()) = tokio::join!(patient.refresh(due(&[SAME_HOST])), async {
            // The second for the one that waits for the first.
            free.send(()).and_then(|()| free.send(())).expect("a server");
        });
        (outcomes[SAME_HOST].clone(), summary.0.ok)
    };
    let (first, (outcome, later)) = tokio::join!(one.refresh(due(&[A])), meanwhile);
    assert_eq!((first.0.ok, outcome, later), (1, Outcome::AskedElsewhere, 1));
    assert_eq!(world.log().iter().map(|logged| logged.asked.path.as_str()).collect::<Vec<_>>(), [A, SAME_HOST]);
}

/// A host that a killed instance was asking is free again when its claim ends by itself.
#[tokio::test]
async fn host_of_the_dead() {
    let world = World::answering(|_| feed(&["One"]));
    let reader = world.impatient_reader(0);
    let host = Some(Manners { host: "a.example".into(), at_once: 1, pause: SignedDuration::ZERO });
    let until = world.moment() + SignedDuration::from_secs(80);
    let dead = world.reader();
    dead.store.back().claim(Intent { url: A.into(), host, now: world.moment(), until }, |_| true).await.expect("claimed");
    drop(dead);
    assert_eq!(reader.refresh(due(&[SAME_HOST])).await.1[SAME_HOST], Outcome::AskedElsewhere);
    world.wait(80);
    assert_eq!(world.reader().refresh(due(&[SAME_HOST, A])).await.0.ok, 2);
}

/// Requests of two instances to one host are a second apart, also after one that failed.
#[tokio::test]
async fn a_second_apart_for_all_instances() {
    for status in ["200 OK", "500 Oh"] {
        let world = World::answering(move |_| answer(status, &[], feed_with("", &["One"])));
        world.reader().refresh(due(&[A])).await;
        let (_, outcomes) = world.impatient_reader(1).refresh(due(&[SAME_HOST])).await;
        assert_eq!(outcomes[SAME_HOST], Outcome::AskedElsewhere, "{status}");
        world.wait(1);
        world.impatient_reader(1).refresh(due(&[SAME_HOST])).await;
        assert_eq!(world.times(), [0, 1], "{status}");
    }
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

/// A cure is tried when a person says so, once, and keeps nothing; an accepted one is asked instead, until its server says no.
#[tokio::test]
async fn cure() {
    let turn = AtomicUsize::new(0);
    let page =
        format!("<!doctype html><html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"{ELSEWHERE}\"></head></html>");
    let world = World::answering(move |asked| match asked.path.as_str() {
        ELSEWHERE if turn.fetch_add(1, Ordering::SeqCst) < 2 => feed(&["One"]),
        "http://a.example/" => answer("200 OK", &[("Content-Type", "text/html")], &page),
        _ => answer("404 No", &[], ""),
    });
    let reader = world.reader();
    reader.refresh(due(&[A])).await;
    assert_eq!(world.log().len(), 1, "nothing is tried by itself");
    let cures = matins::domain::cure::cures(&reader.health(A).await);
    let site = matins::domain::section::Feed { url: A.into(), ..Default::default() };
    let cure = cures.iter().find(|cure| cure.words().contains("links to")).expect("a cure");
    let found = reader.refresher.try_cure(&site, cure).await.expect("it works");
    assert_eq!((world.log().len(), reader.health(A).await.way.address), (3, None));
    reader.store.front().cure(A.into(), Some(found.way), world.moment()).await.expect("keeps");
    reader.refresh(due(&[A])).await;
    world.wait(HOUR);
    reader.refresh(due(&[A])).await;
    world.wait(DAY);
    reader.refresh(due(&[A])).await;
    let asked: Vec<String> = world.log().into_iter().map(|logged| logged.asked.path).collect();
    assert_eq!(asked, [A, "http://a.example/", ELSEWHERE, ELSEWHERE, ELSEWHERE, A]);
    let health = reader.health(A).await;
    assert_eq!(
        health.remarks(),
        [format!("what you accepted stopped working (at {ELSEWHERE}: 404 Not Found); asked as feeds.toml says again")]
    );
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
