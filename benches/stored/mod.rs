//! Stores of a thousand and of a hundred thousand articles, built once in the target folder, and the paper over them.
//! Nobody else may change them: a bench that writes takes a copy.
#![allow(dead_code, reason = "each bench uses its part")]

use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use matins::domain::article::NewArticle;
use matins::domain::clean_text::CleanText;
use matins::domain::document::{Block, Document, Link, Span};
use matins::domain::feed::Validators;
use matins::domain::list::ListQuery;
use matins::store::{FetchedFeed, Store, Visit};

pub const NOW: Timestamp = Timestamp::constant(1_760_000_000, 0);
pub const SIZES: [usize; 2] = [1000, 100_000];
pub const SECTIONS: usize = 14;
pub const FEEDS: usize = 8;
/// Each feed brings that many articles a day, so that a window of 24 hours holds as many in both stores.
const A_DAY: usize = 8;
/// No feed is asked again before then, so that a reader that opens on these stores asks nobody.
const NEXT_TRY: Timestamp = Timestamp::constant(9_000_000_000, 0);

pub fn wait<T>(answer: impl Future<Output = Result<T, matins::store::StoreError>>) -> T {
    futures_executor::block_on(answer).expect("an answer")
}

pub fn section(number: usize) -> ListQuery {
    let feeds = (number * FEEDS..(number + 1) * FEEDS).map(url).collect();
    ListQuery { feeds: Some(feeds), since: Some(NOW - SignedDuration::from_hours(24)), per_feed: Some(20), ..ListQuery::default() }
}

/// The settings file of a paper over all feeds of the store, looking back so far; no feed brings more than 20 articles.
pub fn paper(window: &str) -> String {
    let section = |number: usize| {
        let feeds: Vec<String> = (number * FEEDS..(number + 1) * FEEDS).map(|feed| format!("{:?}", url(feed))).collect();
        format!("[[section]]\nname = \"Section {number}\"\nwindow = \"{window}\"\nfeeds = [{}]\n", feeds.join(", "))
    };
    (0..SECTIONS).map(section).collect()
}

pub fn url(feed: usize) -> String {
    format!("https://example.org/{feed}/feed.xml")
}

pub fn built(size: usize) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{size}/matins.db"))
}

pub fn open(size: usize) -> Store {
    Store::open(&built(size)).expect("opens")
}

/// Fills a store once; a later run finds it.
pub fn build(size: usize) -> Store {
    let path = built(size);
    let feeds = SECTIONS * FEEDS;
    let is_whole = path.with_file_name("whole-3").exists();
    if !is_whole {
        let _ = fs::remove_dir_all(path.parent().expect("a folder"));
    }
    let store = Store::open(&path).expect("opens");
    for feed in (0..feeds).filter(|_| !is_whole) {
        wait(
            store
                .back()
                .save(fetched(feed, (0..size / feeds + 1).map(|number| article(feed * 1_000_000 + number)).collect()), Visit::default()),
        );
    }
    fs::write(path.with_file_name("whole-3"), "").expect("written");
    store
}

/// A store to write into, so that the built one stays as it is.
pub fn copy(size: usize) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let path = folder.path().join("matins.db");
    fs::copy(built(size), &path).expect("copied");
    (folder, Store::open(&path).expect("opens"))
}

pub fn fetched(feed: usize, articles: Vec<NewArticle>) -> FetchedFeed {
    FetchedFeed {
        url: url(feed),
        title: Some(CleanText::new("A feed")),
        home_url: None,
        validators: Validators::default(),
        http_status: Some(200),
        articles,
        notes: Vec::new(),
        link_key: str::to_owned,
        at: NOW,
        next_try: NEXT_TRY,
    }
}

/// Words of an article, one in three of them common.
pub fn words(number: usize, from: usize, count: usize) -> String {
    let word = |place: usize| match (place % 3, number.wrapping_mul(2_654_435_761) / 7 + place * 37) {
        (0, _) => ["the", "harbour", "of", "and", "morning"][place % 5].to_string(),
        (_, mixed) => format!("w{}", mixed % 20_000),
    };
    (from..from + count).map(word).collect::<Vec<_>>().join(" ")
}

/// Some 150 words with a link: an article like those in feeds.
pub fn article(number: usize) -> NewArticle {
    let link = format!("https://example.org/{number}/more");
    let linked = Span { link: Some(link.clone()), ..Span::plain("more of it") };
    let paragraph = |part: usize| Block::Paragraph { text: vec![Span::plain(&words(number, part * 50, 50)), linked.clone()] };
    let back = i64::try_from(number % 1_000_000 * 24 * 60 / A_DAY).expect("minutes");
    NewArticle {
        id: format!("https://example.org/?p={number}"),
        url: Some(format!("https://example.org/{number}")),
        title: CleanText::new(&words(number, number % 7, 50)[..60]),
        authors: vec![CleanText::new("Ann Author")],
        published: NOW.checked_sub(SignedDuration::from_mins(back)).ok(),
        document: Document {
            blocks: (0..3).map(paragraph).collect(),
            links: vec![Link { url: link, text: CleanText::new("more of it") }],
            ..Document::default()
        },
        ..NewArticle::default()
    }
}
