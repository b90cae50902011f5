//! The sample edition as a client meets it: over a socket, on loopback, with time standing still.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::config::SECTIONS;
use feed_rs::model::Feed;
use jiff::Timestamp;
use matins::assets;
use matins::demo::DemoServer;
use matins::domain::{clock::Clock, section::Span};
use matins::sources::{self, RawFeed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const FAILING: [&str; 2] = ["/feeds/clinic-dispatch.rss", "/feeds/lakeshore-lab.rss"];
/// The one document that no strict XML parser accepts, on purpose.
const BROKEN: &str = "/feeds/town-and-council.rss";
const SLOW: &str = "/feeds/long-view.atom";

fn now() -> Timestamp {
    "2026-11-22T11:00:00Z".parse().expect("a moment")
}

async fn start() -> DemoServer {
    DemoServer::start(Clock::fixed(now())).await.expect("a port on loopback")
}

/// The whole answer to these bytes.
async fn send(server: &DemoServer, request: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("to send");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
}

/// Status line, headers and body.
async fn get(server: &DemoServer, path: &str) -> (String, String) {
    let answer = send(server, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("an empty line");
    (head.to_string(), body.to_string())
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    head.lines().filter_map(|line| line.split_once(": ")).find(|(known, _)| *known == name).map_or("", |(_, value)| value)
}

/// A section of the sample's `feeds.toml`: paths of its feeds and of its fallback.
struct Section {
    name: String,
    short: String,
    icon: String,
    window: Span,
    feeds: Vec<String>,
    fallback: Vec<String>,
}

fn sections(server: &DemoServer) -> Vec<Section> {
    let file: toml::Table = server.feeds_toml().parse().expect("TOML");
    let base = format!("http://{}", server.address());
    let paths = |section: &toml::Table, key: &str| {
        let feeds = section.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
        feeds.iter().map(|feed| feed["url"].as_str().expect("a url").strip_prefix(&base).expect("this server").to_string()).collect()
    };
    let section = |value: &toml::Value| {
        let section = value.as_table().expect("a table");
        let text = |key: &str| section[key].as_str().expect("a string").to_string();
        Section {
            name: text("name"),
            short: text("short"),
            icon: text("icon"),
            window: text("window").parse().expect("a length of time"),
            feeds: paths(section, "feeds"),
            fallback: paths(section, "fallback"),
        }
    };
    file["section"].as_array().expect("sections").iter().map(section).collect()
}

/// Every feed document that is built in.
fn feed_paths() -> impl Iterator<Item = String> {
    assets::DEMO.iter().filter(|(name, _)| name.starts_with("feeds/")).map(|(name, _)| format!("/{name}"))
}

/// A document as feed-rs reads it; the broken one after the repairs that our own reader would make.
async fn read(server: &DemoServer, path: &str) -> Feed {
    let (head, mut body) = get(server, path).await;
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{path}: {head}");
    if path == BROKEN {
        assert!(feed_rs::parser::parse(body.as_bytes()).is_err(), "{path} is whole");
        body = body.replace(" & ", " &amp; ").replace("&mdash;", "–").replace("&ldquo;", "“").replace("&rdquo;", "”");
    }
    feed_rs::parser::parse(body.as_bytes()).expect(path)
}

async fn dates(server: &DemoServer, paths: &[String]) -> Vec<Timestamp> {
    let mut dates = Vec::new();
    for path in paths.iter().filter(|path| !FAILING.contains(&path.as_str())) {
        for article in read(server, path).await.entries {
            let date = article.published.expect("a date");
            dates.push(Timestamp::from_second(date.timestamp()).expect("a moment"));
        }
    }
    dates
}

#[test]
fn every_file_of_the_sample_is_built_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let mut folders = vec![root.clone()];
    let mut on_disk = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        let paths = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
        let (inner, files): (Vec<PathBuf>, Vec<PathBuf>) = paths.partition(|path| path.is_dir());
        folders.extend(inner);
        on_disk.extend(files.iter().map(|file| file.strip_prefix(&root).expect("inside").to_string_lossy().into_owned()));
    }
    let built_in: BTreeSet<String> = assets::DEMO.iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!(built_in, on_disk);
}

#[tokio::test]
async fn the_sample_is_a_paper_of_fourteen_sections() {
    let server = start().await;
    let sections = sections(&server);
    assert_eq!(sections.iter().map(|section| section.name.as_str()).collect::<Vec<_>>(), SECTIONS);
    let shorts: Vec<_> = sections.iter().map(|section| section.short.as_str()).collect();
    assert_eq!(shorts.join(" "), "Weather World Canada U.S. AI Digital Health Science Gov Architecture Emerging Security Univ AI Corp AI");
    for section in &sections {
        assert_eq!(section.icon.chars().count(), 1, "{}: one character draws alike everywhere", section.name);
    }
}

#[tokio::test]
async fn the_feed_list_is_what_a_person_would_write() {
    let server = start().await;
    let port = server.address().port().to_string();
    insta::assert_snapshot!(server.feeds_toml().replace(&port, "PORT"));
}

#[tokio::test(start_paused = true)]
async fn every_section_has_four_articles_of_its_window_and_none_from_the_future() {
    let server = start().await;
    for section in sections(&server) {
        let since = now() - section.window.0;
        let mut dates_found = dates(&server, &section.feeds).await;
        dates_found.extend(dates(&server, &section.fallback).await);
        assert!(dates_found.iter().all(|date| *date < now()), "{}", section.name);
        let fresh = dates_found.iter().filter(|date| **date >= since).count();
        assert!(fresh >= 4, "{} has {fresh} within its window", section.name);
    }
}

#[tokio::test(start_paused = true)]
async fn fallbacks_have_a_reason_to_be_asked() {
    let server = start().await;
    let with_fallback: Vec<Section> = sections(&server).into_iter().filter(|section| !section.fallback.is_empty()).collect();
    assert_eq!(with_fallback.iter().map(|section| section.name.as_str()).collect::<Vec<_>>(), [SECTIONS[9], SECTIONS[12]]);
    for section in with_fallback {
        let fresh = dates(&server, &section.feeds).await.into_iter().filter(|date| *date >= now() - section.window.0);
        assert_eq!(fresh.count(), 0, "{}", section.name);
    }
}

#[tokio::test(start_paused = true)]
async fn every_document_of_the_sample_is_in_the_feed_list_and_every_article_says_what_it_is() {
    let server = start().await;
    let listed: BTreeSet<String> = sections(&server).into_iter().flat_map(|section| [section.feeds, section.fallback].concat()).collect();
    let mut kinds = BTreeMap::new();
    for path in feed_paths() {
        assert!(listed.contains(&path), "{path} is in no section");
        let feed = read(&server, &path).await;
        *kinds.entry(format!("{:?}", feed.feed_type)).or_insert(0) += 1;
        for article in &feed.entries {
            assert!(article.title.as_ref().is_some_and(|title| !title.content.is_empty()), "{path}: {}", article.id);
            let page = article.links.iter().find(|link| link.rel.as_deref() != Some("enclosure")).expect("a link");
            let page = page.href.strip_prefix(&format!("http://{}", server.address())).expect("a page of this server");
            let (head, body) = get(&server, page).await;
            assert!(head.starts_with("HTTP/1.1 200 OK") && body.contains("<main>"), "{path}: {page}");
        }
    }
    assert_eq!(kinds.keys().map(String::as_str).collect::<Vec<_>>(), ["Atom", "JSON", "RSS1", "RSS2"]);
}

#[tokio::test(start_paused = true)]
async fn our_own_reader_repairs_one_document_and_no_other() {
    let server = start().await;
    let mut titles = Vec::new();
    for path in feed_paths() {
        let (head, body) = get(&server, &path).await;
        let base_url = format!("http://{}{path}", server.address());
        let raw =
            RawFeed { body: body.as_bytes(), content_type: Some(header(&head, "Content-Type")), base_url: Some(&base_url), is_cut: false };
        let feed = sources::read(raw).expect(&path);
        assert_eq!(feed.notes.is_empty(), path != BROKEN, "{path}: {:?}", feed.notes);
        assert!(feed.title.is_some(), "{path}");
        for article in feed.articles {
            assert!(article.url.is_some() && article.published.is_some(), "{path}: {}", article.id);
            titles.push(article.title.expect("a title").into_string());
        }
    }
    for expected in [
        "Water at 14.6°C off Gull Island, the warmest reading of the year",
        "Current Conditions: Drizzle, 8.4°C",
        "離島の診療所、ドローンで薬を届ける試験を開始",
        "À Saint-Aubin, la bibliothèque rouvre : café, bébés et télétravail",
        "Rail strike ends as both sides accept the mediator’s terms",
        "Open data that somebody actually opened",
        "A tax letter that says “you owe nothing” in the first line",
    ] {
        assert!(titles.iter().any(|title| title == expected), "{expected}");
    }
    assert!(!titles.iter().any(|title| title.contains(['<', '&'])), "{titles:?}");
}

#[tokio::test]
async fn two_feeds_fail_on_purpose() {
    let server = start().await;
    assert!(get(&server, FAILING[0]).await.0.starts_with("HTTP/1.1 503 "));
    assert!(get(&server, FAILING[1]).await.0.starts_with("HTTP/1.1 404 "));
}

#[tokio::test(start_paused = true)]
async fn the_slow_feed_answers_after_three_seconds_and_holds_up_nobody() {
    let server = start().await;
    let started = tokio::time::Instant::now();
    let timed = async |path| {
        let (head, _) = get(&server, path).await;
        assert!(head.starts_with("HTTP/1.1 200 OK"), "{path}: {head}");
        started.elapsed()
    };
    let (slow, quick) = tokio::join!(timed(SLOW), timed("/feeds/field-and-bench.rss"));
    assert!(slow >= Duration::from_secs(3) && slow < Duration::from_secs(4), "{slow:?}");
    assert!(quick < Duration::from_secs(3), "{quick:?}");
}

#[tokio::test]
async fn a_client_that_has_the_document_is_told_so() {
    let server = start().await;
    let path = "/feeds/northern-courier.rss";
    let (head, body) = get(&server, path).await;
    let etag = header(&head, "ETag");
    assert_eq!(header(&head, "Content-Length"), body.len().to_string());
    let again = |etag: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: {etag}\r\n\r\n");
    let same = send(&server, &again(etag)).await;
    assert!(same.starts_with("HTTP/1.1 304 Not Modified\r\n") && same.ends_with("\r\n\r\n") && same.contains(etag), "{same}");
    assert!(send(&server, &again("\"other\"")).await.starts_with("HTTP/1.1 200 OK"));
    let other = get(&server, "/feeds/meridian.rss").await.0;
    assert_ne!(header(&other, "ETag"), etag);
}

#[tokio::test]
async fn answers_say_what_they_are() {
    let server = start().await;
    for (path, expected) in [
        ("/feeds/northern-courier.rss", "application/rss+xml; charset=utf-8"),
        ("/feeds/harbour-gazette.atom", "application/atom+xml; charset=utf-8"),
        ("/feeds/world-dispatch.rdf", "application/rdf+xml; charset=utf-8"),
        ("/feeds/model-notes.json", "application/feed+json; charset=utf-8"),
        ("/pictures/moss.svg", "image/svg+xml"),
        ("/articles/eels-at-the-lock?from=reader", "text/html; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
    ] {
        let (head, _) = get(&server, path).await;
        assert!(head.starts_with("HTTP/1.1 200 OK"), "{path}: {head}");
        assert_eq!(header(&head, "Content-Type"), expected, "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_client_can_hurt_the_server() {
    let server = start().await;
    let check = async |request: &str, expected: &str| {
        let answer = send(&server, request).await;
        assert!(answer.starts_with(expected), "{request:.40}: {answer}");
    };
    check("GET /../Cargo.toml HTTP/1.1\r\n\r\n", "HTTP/1.1 404 ").await;
    check("DELETE / HTTP/1.1\r\n\r\n", "HTTP/1.1 405 ").await;
    check("\u{1b}]0;x\u{7}\r\n\r\n", "HTTP/1.1 400 ").await;
    check("HEAD /feeds/meridian.rss HTTP/1.1\r\n\r\n", "HTTP/1.1 200 ").await;
    // A client that stops in the middle is dropped after a while, without an answer, and others are served.
    assert_eq!(send(&server, "GET / HT").await, "");
    check("GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 ").await;
}

#[tokio::test]
async fn the_server_ends_when_it_is_dropped() {
    let server = start().await;
    let address = server.address();
    assert!(address.ip().is_loopback());
    drop(server);
    tokio::task::yield_now().await;
    assert!(TcpStream::connect(address).await.is_err());
}
