//! What a person waits for, on a store of a thousand articles and on one of a hundred thousand: the figures should be
//! the same. The stores are built once, in the target folder. `cargo bench --bench store`

mod stored;

use divan::{Bencher, black_box};
use jiff::tz::TimeZone;
use matins::config;
use matins::domain::article::ArticleId;
use matins::domain::list::{Filter, ListQuery};
use matins::domain::status::Mark;
use matins::runtime::morning;
use matins::store::{Store, Visit};
use stored::{NOW, SECTIONS, SIZES, article, build, built, copy, fetched, open, section, wait};

fn main() {
    SIZES.iter().for_each(|size| drop(build(*size)));
    divan::main();
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
        .bench_local_values(|fetched| wait(store.back().save(fetched, Visit::default())));
}

#[divan::bench(args = SIZES)]
fn save_fifty_known_articles(bencher: Bencher, size: usize) {
    let (_copy, store) = copy(size);
    let known: Vec<_> = (20_000_000..20_000_050).map(article).collect();
    wait(store.back().save(fetched(0, known.clone()), Visit::default()));
    bencher.with_inputs(|| fetched(0, known.clone())).bench_local_values(|fetched| wait(store.back().save(fetched, Visit::default())));
}

/// What the front page and `matins briefing` wait for on the first start of a day: a paper of fourteen sections with 112 feeds,
/// of which 896 articles are in the windows. Nothing is kept.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn make_an_edition(bencher: Bencher, size: usize) {
    let store = open(size);
    let paper = config::parse(None, Some(("feeds.toml", &stored::paper("24h")))).paper;
    bencher.bench_local(|| wait(morning::view(&store, &paper, &paper.sections, NOW, &TimeZone::UTC)));
}
