//! Stories of answers that break off in the middle: what is whole in them is read, and nothing is built on the rest.

use async_compression::tokio::write::GzipEncoder;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::AsyncWriteExt;

use crate::commands::Home;
use crate::fetch_server::{Server, answer, say};
use crate::refresh_newsroom::{Newsroom, feed_of, outcomes, plan_of};
use matins::domain::feed::FeedState;
use matins::refresh::{Outcome, Plan};

const HEAD: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nCache-Control: max-age=86400\r\nETag: \"whole\"\r\n";

/// A feed of three articles, and where it is inside its third.
fn paper() -> (String, usize) {
    let whole = feed_of(&["First", "Second", "Third"]);
    let inside = whole.find("Of Third").expect("a third article");
    (whole, inside)
}

async fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzipEncoder::new(Vec::new());
    encoder.write_all(bytes).await.expect("packed");
    encoder.shutdown().await.expect("packed");
    encoder.into_inner()
}

/// What a refresh makes of an answer that ends too early: titles, newest first, and notes.
async fn read(broken: Vec<u8>) -> (Vec<String>, Vec<String>) {
    let server = Server::answering(broken);
    let (newsroom, url) = (Newsroom::new(), server.url("/feed"));
    newsroom.refresh(plan_of(&[&url])).await;
    (newsroom.titles().await, newsroom.health(&url).await.notes)
}

#[tokio::test]
async fn the_whole_articles_of_an_answer_that_breaks_off_are_read() {
    let (whole, inside) = paper();
    let check = async |what: &str, broken: Vec<u8>, note: &str| {
        let (titles, notes) = read(broken).await;
        assert_eq!(titles, ["First", "Second"], "{what}: {notes:?}");
        assert_eq!(notes.first().map(String::as_str), Some(note), "{what}: {notes:?}");
    };
    let broke = |count: usize| format!("the connection broke after {count} bytes: read what came");
    let part = &whole[..inside];
    let short = format!("{HEAD}Content-Length: {}\r\n\r\n{part}", whole.len());
    check("a length that is too long", short.into_bytes(), &broke(inside)).await;
    let chunked = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{part}\r\n", part.len());
    check("no last chunk", chunked.into_bytes(), &broke(inside)).await;
    let garbled = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{part}\r\nzz\r\n", part.len());
    check("a chunk that is none", garbled.into_bytes(), &broke(inside)).await;
    let packed = gzip(part.as_bytes()).await;
    let early = [format!("{HEAD}Content-Encoding: gzip\r\n\r\n").as_bytes(), &packed[..packed.len() - 9]].concat();
    let (titles, notes) = read(early).await;
    assert_eq!(titles, ["First", "Second"], "{notes:?}");
    assert!(notes[0].starts_with("the gzip packing broke after ") && notes[0].ends_with(" bytes: read what came"), "{notes:?}");
}

#[tokio::test]
async fn a_packed_document_that_no_header_speaks_of_is_read_alike_everywhere() {
    let names: Vec<String> = (1_u32..=100).map(|number| format!("Number {}", number.wrapping_mul(2_654_435_761))).collect();
    let packed = gzip(feed_of(&names.iter().map(String::as_str).collect::<Vec<_>>()).as_bytes()).await;
    let check = async |packed: &[u8], least: usize| {
        let home = Home::empty();
        fs::write(home.path("feed.xml.gz"), packed).expect("written");
        let parsed = home.json(&["parse", "feed.xml.gz"]);
        let listed = |name: &str| parsed[name].as_array().expect("a list").clone();
        let (titles, notes) = read(answer("200 OK", &[], packed)).await;
        assert!(titles.len() >= least, "{}", titles.len());
        assert_eq!(
            (titles.len(), &notes[1..]),
            (
                listed("articles").len(),
                &listed("notes").iter().map(|note| note.as_str().expect("words").to_string()).collect::<Vec<_>>()[1..]
            )
        );
    };
    check(&packed, 100).await;
    check(&packed[..packed.len() - 30], 50).await;
}

#[tokio::test]
async fn a_character_that_is_cut_costs_no_other() {
    let whole = feed_of(&["Café", "Ni", "Noël"]).replace("Of Noël", "Éte");
    let inside = whole.find("Éte").expect("a character") + 1;
    let broken = format!("{HEAD}Content-Length: {}\r\n\r\n", whole.len()).into_bytes();
    let (titles, notes) = read([broken, whole.as_bytes()[..inside].to_vec()].concat()).await;
    assert_eq!(titles, ["Café", "Ni"], "{notes:?}");
    assert!(!notes.iter().any(|note| note.contains("windows-1252")), "{notes:?}");
}

#[tokio::test]
async fn nothing_of_a_half_answer_keeps_the_whole_one_away() {
    let turn = AtomicUsize::new(0);
    let server = Server::start(move |_, stream| {
        let (whole, inside) = paper();
        let broken = format!("{HEAD}Content-Length: {}\r\n\r\n{}", whole.len(), &whole[..inside]);
        match turn.fetch_add(1, Ordering::SeqCst) {
            // The first whole, then a try and its second one over HTTP/1.1, then whole again.
            1 | 2 => say(stream, broken.as_bytes()),
            _ => say(stream, &answer("200 OK", &[("ETag", "\"whole\"")], whole)),
        }
    });
    let (newsroom, url) = (Newsroom::new(), server.url("/feed"));
    newsroom.refresh(plan_of(&[&url])).await;
    newsroom.wait(60);
    let (summary, told) = newsroom.refresh(plan_of(&[&url])).await;
    let outcome = outcomes(&told)[&url].clone();
    assert_eq!((summary.ok, outcome), (1, Outcome::Saved { new: 0, changed: 0 }), "the third article is as it was");
    let health = newsroom.health(&url).await;
    assert_eq!((health.state, newsroom.titles().await.len()), (FeedState::Ok, 3));
    newsroom.wait(60);
    let (summary, _) = newsroom.refresh(plan_of(&[&url])).await;
    assert_eq!(summary.ok, 1, "half an answer is not new for a day");
    let sent: Vec<bool> = server.asked().iter().map(|asked| asked.header("if-none-match").is_some()).collect();
    assert_eq!(sent, [false, true, true, false]);
    assert_eq!(newsroom.health(&url).await.notes, Vec::<String>::new());
}

#[tokio::test]
async fn a_second_try_that_is_whole_is_taken_and_one_that_fails_is_not() {
    let server = |second: Vec<u8>| {
        let turn = AtomicUsize::new(0);
        Server::start(move |_, stream| {
            let (whole, inside) = paper();
            match turn.fetch_add(1, Ordering::SeqCst) {
                0 => say(stream, format!("{HEAD}Content-Length: {}\r\n\r\n{}", whole.len(), &whole[..inside]).as_bytes()),
                _ => say(stream, &second),
            }
        })
    };
    let check = async |second: Vec<u8>, expected: usize| {
        let (server, newsroom) = (server(second), Newsroom::new());
        newsroom.refresh(plan_of(&[&server.url("/feed")])).await;
        assert_eq!((newsroom.titles().await.len(), server.asked().len()), (expected, 2));
    };
    check(answer("200 OK", &[], paper().0), 3).await;
    check(answer("403 No", &[], ""), 2).await;
    check(Vec::new(), 2).await;
}

#[tokio::test]
async fn an_answer_that_breaks_off_before_its_first_article_fails_as_ever() {
    let (whole, _) = paper();
    let before = whole.find("<item>").expect("an article");
    for part in ["", "<!doctype html><title>Ouch", &whole[..before], &whole[..before + 20]] {
        let server = Server::answering(format!("{HEAD}Content-Length: 9999\r\n\r\n{part}"));
        let (summary, _) = Newsroom::new().refresh(plan_of(&[&server.url("/feed")])).await;
        let reason = summary.failed.first().map(|(_, reason)| reason.as_str());
        assert_eq!(reason, Some("127.0.0.1 hung up before its answer was whole"), "{part}");
    }
}

/// A feed larger than the shipped 8 MB; what makes it so costs no time to read.
fn large(mut padding: impl FnMut() -> String) -> String {
    let mut article = |number: u32| format!("<item><title>{number}</title><guid>{number}</guid><!-- {} --></item>", padding());
    format!("<rss><channel><title>Paper</title>{}</channel></rss>", (0..50).map(&mut article).collect::<String>())
}

#[tokio::test]
async fn of_a_feed_above_the_limit_the_first_articles_are_read() {
    let large = large(|| "word ".repeat(40_000));
    let packed = zstd::encode_all(large.as_bytes(), 3).expect("packed");
    for (what, server) in [
        ("plain", Server::answering(answer("200 OK", &[("ETag", "\"large\"")], &large))),
        ("of unknown length", Server::answering(format!("HTTP/1.1 200 OK\r\nETag: \"large\"\r\n\r\n{large}"))),
    ] {
        let (newsroom, url) = (Newsroom::new(), server.url("/feed"));
        let (summary, _) = newsroom.refresh(plan_of(&[&url])).await;
        assert!((40..50).contains(&summary.new), "{what}: {summary:?}");
        let notes = newsroom.health(&url).await.notes;
        assert_eq!(notes[0], "more than 8 MB: read the first 8 MB; `max_body_mb` in settings.toml allows more", "{what}");
        newsroom.refresh(Plan { is_insisting: true, ..plan_of(&[&url]) }).await;
        assert_eq!(server.asked()[1].header("if-none-match"), None, "{what}: the limit may be another one by then");
    }
    let bomb = Server::answering(answer("200 OK", &[("Content-Encoding", "zstd")], packed));
    let (summary, _) = Newsroom::new().refresh(plan_of(&[&bomb.url("/feed")])).await;
    assert_eq!(summary.failed[0].1, "more than 8 MB", "packed so small, it is no feed");
}

#[tokio::test]
async fn a_packed_feed_above_the_limit_is_no_bomb() {
    let mut state = 1_u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{:x} ", state >> 20)
    };
    let feed = large(|| (0..17_000).map(|_| noise()).collect());
    assert!(feed.len() > 9_000_000);
    let packed = zstd::encode_all(feed.as_bytes(), 1).expect("packed");
    let server = Server::answering(answer("200 OK", &[("Content-Encoding", "zstd")], packed));
    let (newsroom, url) = (Newsroom::new(), server.url("/feed"));
    let (summary, _) = newsroom.refresh(plan_of(&[&url])).await;
    assert!((40..50).contains(&summary.new), "{summary:?}");
    assert!(newsroom.health(&url).await.notes[0].starts_with("more than 8 MB: read the first 8 MB"));
}
