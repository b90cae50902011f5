//! What a person waits for, on a store of a thousand articles and on one of a hundred thousand: the figures should be
//! the same. The stores are built once, in the target folder. `cargo bench --bench store`

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use divan::{Bencher, black_box};
use jiff::{SignedDuration, Timestamp};
use matins::domain::article::{ArticleId, NewArticle};
use matins::domain::clean_text::CleanText;
use matins::domain::document::{Block, Document, Link, Span};
use matins::domain::feed::Validators;
use matins::domain::list::{Filter, ListQuery};
use matins::domain::status::Mark;
use matins::store::{FetchedFeed, Store};
use tokio::runtime::Runtime;

const NOW: Timestamp = Timestamp::constant(1_760_000_000, 0);
const SIZES: [usize; 2] = [1000, 100_000];
const SECTIONS: usize = 14;
const FEEDS: usize = 8;
/// Each feed brings that many articles a day, so that a window of 24 hours holds as many in both stores.
const A_DAY: usize = 8;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| tokio::runtime::Builder::new_current_thread().build().expect("a runtime"));

fn main() {
    SIZES.iter().for_each(|size| drop(build(*size)));
    divan::main();
}

fn wait<T>(answer: impl Future<Output = Result<T, matins::store::StoreError>>) -> T {
    RUNTIME.block_on(answer).expect("an answer")
}

#[divan::bench(args = SIZES)]
fn list_of_a_section(bencher: Bencher, size: usize) {
    let store = open(size);
    bencher.bench(|| wait(store.front().list(section(black_box(3)))));
}

#[divan::bench(args = SIZES)]
fn list_of_all_that_is_stored_of_a_section(bencher: Bencher, size: usize) {
    let store = open(size);
    bencher.bench(|| wait(store.front().list(ListQuery { since: None, per_feed: None, ..section(3) })));
}

#[divan::bench(args = SIZES)]
fn counts_of_all_sections(bencher: Bencher, size: usize) {
    let store = open(size);
    bencher.bench(|| wait(store.front().counts((0..SECTIONS).map(section).collect())));
}

#[divan::bench(args = SIZES)]
fn search_for_a_common_word(bencher: Bencher, size: usize) {
    let store = open(size);
    bencher.bench(|| wait(store.front().list(ListQuery { search: "harbour".into(), ..ListQuery::default() })));
}

#[divan::bench(args = SIZES)]
fn search_for_a_rare_word(bencher: Bencher, size: usize) {
    let store = open(size);
    bencher.bench(|| wait(store.front().list(ListQuery { search: "w777".into(), ..ListQuery::default() })));
}

#[divan::bench(args = SIZES)]
fn health_of_all_feeds(bencher: Bencher, size: usize) {
    let store = open(size);
    bencher.bench(|| wait(store.front().feeds(None)));
}

#[divan::bench(args = SIZES)]
fn open_and_first_list(bencher: Bencher, size: usize) {
    let path = built(size);
    bencher.bench(|| {
        let store = Store::open(&path).expect("opens");
        let snapshot = wait(store.front().list(section(0)));
        (store, snapshot)
    });
}

#[divan::bench(args = SIZES)]
fn read_an_article(bencher: Bencher, size: usize) {
    let store = open(size);
    bencher.bench(|| wait(store.front().article(ArticleId(black_box(500)))).expect("an article"));
}

#[divan::bench(args = SIZES)]
fn mark_one(bencher: Bencher, size: usize) {
    let (_copy, store) = copy(size);
    let mut is_read = false;
    bencher.bench_local(|| {
        is_read = !is_read;
        let mark = if is_read { Mark::Read } else { Mark::Unread };
        wait(store.front().mark(vec![ArticleId(500)], mark, "mark".into(), NOW))
    });
}

#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn mark_a_thousand_and_undo(bencher: Bencher, size: usize) {
    let (_copy, store) = copy(size);
    let all = ListQuery { filter: Filter::Unread, limit: 1000, ..ListQuery::default() };
    bencher.bench_local(|| {
        wait(store.front().mark_matching(all.clone(), Mark::Read, "mark".into(), NOW));
        wait(store.front().undo(NOW))
    });
}

#[divan::bench(args = SIZES, sample_count = 50, sample_size = 1)]
fn save_fifty_new_articles(bencher: Bencher, size: usize) {
    let (_copy, store) = copy(size);
    let mut next = 10_000_000;
    bencher
        .with_inputs(|| {
            next += 50;
            fetched(0, (next..next + 50).map(article).collect())
        })
        .bench_local_values(|fetched| wait(store.back().save(fetched)));
}

#[divan::bench(args = SIZES)]
fn save_fifty_known_articles(bencher: Bencher, size: usize) {
    let (_copy, store) = copy(size);
    let known: Vec<_> = (20_000_000..20_000_050).map(article).collect();
    wait(store.back().save(fetched(0, known.clone())));
    bencher.with_inputs(|| fetched(0, known.clone())).bench_local_values(|fetched| wait(store.back().save(fetched)));
}

fn section(number: usize) -> ListQuery {
    let feeds = (number * FEEDS..(number + 1) * FEEDS).map(url).collect();
    ListQuery { feeds: Some(feeds), since: Some(NOW - SignedDuration::from_hours(24)), per_feed: Some(20), ..ListQuery::default() }
}

fn url(feed: usize) -> String {
    format!("https://example.org/{feed}/feed.xml")
}

fn built(size: usize) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{size}/matins.db"))
}

fn open(size: usize) -> Store {
    Store::open(&built(size)).expect("opens")
}

/// Fills a store once; a later run finds it.
fn build(size: usize) -> Store {
    let path = built(size);
    let feeds = SECTIONS * FEEDS;
    let is_whole = path.with_file_name("whole").exists();
    if !is_whole {
        let _ = fs::remove_dir_all(path.parent().expect("a folder"));
    }
    let store = Store::open(&path).expect("opens");
    for feed in (0..feeds).filter(|_| !is_whole) {
        wait(store.back().save(fetched(feed, (0..size / feeds + 1).map(|number| article(feed * 1_000_000 + number)).collect())));
    }
    fs::write(path.with_file_name("whole"), "").expect("written");
    store
}

/// A store to write into, so that the built one stays as it is.
fn copy(size: usize) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let path = folder.path().join("matins.db");
    fs::copy(built(size), &path).expect("copied");
    (folder, Store::open(&path).expect("opens"))
}

fn fetched(feed: usize, articles: Vec<NewArticle>) -> FetchedFeed {
    FetchedFeed {
        url: url(feed),
        title: Some(CleanText::new("A feed")),
        home_url: None,
        validators: Validators::default(),
        http_status: Some(200),
        articles,
        notes: Vec::new(),
        at: NOW,
        next_try: NOW,
    }
}

/// Some 150 words, one in three of them common, with a link: an article like those in feeds.
fn article(number: usize) -> NewArticle {
    let word = |place: usize| match (place % 3, number.wrapping_mul(2_654_435_761) / 7 + place * 37) {
        (0, _) => ["the", "harbour", "of", "and", "morning"][place % 5].to_string(),
        (_, mixed) => format!("w{}", mixed % 20_000),
    };
    let text = |from: usize| (from..from + 50).map(word).collect::<Vec<_>>().join(" ");
    let link = format!("https://example.org/{number}/more");
    let linked = Span { link: Some(link.clone()), ..Span::plain("more of it") };
    let blocks = (0..3).map(|part| Block::Paragraph { text: vec![Span::plain(&text(part * 50)), linked.clone()] }).collect();
    let back = i64::try_from(number % 1_000_000 * 24 * 60 / A_DAY).expect("minutes");
    NewArticle {
        id: format!("https://example.org/?p={number}"),
        url: Some(format!("https://example.org/{number}")),
        title: CleanText::new(&text(number % 7)[..60]),
        authors: vec![CleanText::new("Ann Author")],
        published: NOW.checked_sub(SignedDuration::from_mins(back)).ok(),
        document: Document { blocks, links: vec![Link { url: link, text: CleanText::new("more of it") }], ..Document::default() },
        ..NewArticle::default()
    }
}
