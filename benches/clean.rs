//! Cleaning and setting the bodies of articles on one core, beside the crate that many terminal readers use: bytes of HTML a
//! second. Bodies are those of a folder of real feeds, or of the sample edition where there is none. `cargo bench --bench clean`

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use matins::clean::clean;
use matins::sources::{RawFeed, read};
use matins::typeset::{LinkMarks, Options, set};

/// Bytes from which a body is an article and no teaser.
const ARTICLE: usize = 1_000;
const WIDTH: usize = 72;

fn main() {
    divan::main();
}

fn bodies() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../shared/corpora/realfeeds", "assets/demo/feeds"];
    let folder = folders.iter().map(|folder| root.join(folder)).find(|folder| folder.is_dir()).expect("a folder of feeds");
    let mut paths: Vec<_> = fs::read_dir(folder).expect("a folder of feeds").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let feeds = paths.iter().filter_map(|path| read(RawFeed { body: &fs::read(path).ok()?, ..RawFeed::default() }).ok());
    let articles = feeds.flat_map(|feed| feed.articles);
    articles.filter_map(|article| article.content_html.or(article.summary_html)).filter(|body| body.len() >= ARTICLE).collect()
}

fn over_all(bencher: Bencher, set_one: impl Fn(&str) -> usize + Sync) {
    let bodies = bodies();
    let bytes: usize = bodies.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| bodies.iter().map(|body| set_one(black_box(body))).sum::<usize>());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn cleaned_and_set(bencher: Bencher) {
    let options = Options::within(WIDTH, LinkMarks::Numbered);
    over_all(bencher, |body| set(&clean(body, None), &options).lines.len());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn cleaned(bencher: Bencher) {
    over_all(bencher, |body| clean(body, None).blocks.len());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn html2text(bencher: Bencher) {
    over_all(bencher, |body| {
        catch_unwind(AssertUnwindSafe(|| html2text::from_read(body.as_bytes(), WIDTH).map_or(0, |text| text.len()))).unwrap_or(0)
    });
}
