//! What a picture, a key and the first picture cost on a store of a thousand articles and on one of a hundred thousand:
//! the figures should be the same. Bytes and allocations of a cursor move stand beside the times. `cargo bench --bench frame`

mod opened;
mod stored;

use divan::{AllocProfiler, Bencher, black_box};
use matins::app::event::Event;
use matins::domain::clock::Clock;
use matins::runtime::encode;
use opened::Reader;
use stored::{NOW, SIZES, build, built, paper};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

/// Columns, rows and articles in the store.
const SCREENS: [(u16, u16, usize); 4] = [(80, 24, 1000), (80, 24, 100_000), (120, 40, 1000), (120, 40, 100_000)];
const SETTINGS: &str = "[screen]\nrefresh_at_start = false\n";

fn main() {
    SIZES.iter().for_each(|size| drop(build(*size)));
    divan::main();
}

fn unopened((width, height, size): (u16, u16, usize)) -> Reader {
    Reader::open(&built(size), SETTINGS, &paper("24h"), (width, height), Clock::fixed(NOW))
}

fn opened(screen: (u16, u16, usize)) -> Reader {
    let mut reader = unopened(screen);
    reader.take(Event::Started);
    reader.settle();
    assert!(reader.model.list.len() > 20, "a list to move in");
    reader
}

#[divan::bench(args = SCREENS)]
fn picture(bencher: Bencher, screen: (u16, u16, usize)) {
    let reader = opened(screen);
    bencher.bench_local(|| black_box(&reader).picture());
}

/// All that is stored of a section is on the list.
#[divan::bench(args = SCREENS)]
fn picture_of_a_long_list(bencher: Bencher, screen: (u16, u16, usize)) {
    let mut reader = opened(screen);
    reader.press("a G");
    bencher.bench_local(|| black_box(&reader).picture());
}

/// The key, what it asks of the store, the picture and its bytes; the article is one that was not on the screen before.
#[divan::bench(args = SCREENS)]
fn cursor_move(bencher: Bencher, screen: (u16, u16, usize)) {
    let mut reader = opened(screen);
    let mut before = reader.picture();
    bencher.bench_local(|| {
        reader.press(if reader.model.list.selected() + 1 == reader.model.list.len() { "g" } else { "j" });
        let after = reader.picture();
        let bytes = encode(Some(&before), &after);
        before = after;
        bytes
    });
}

/// From the closed store to the bytes of the first picture with a list, without the process around it.
#[divan::bench(args = SCREENS, sample_count = 30, sample_size = 1)]
fn first_picture(bencher: Bencher, screen: (u16, u16, usize)) {
    bencher.bench_local(|| {
        let mut reader = unopened(screen);
        reader.take(Event::Started);
        reader.until(|model| model.text.shown().is_some());
        let bytes = encode(None, &reader.picture());
        (bytes, reader)
    });
}
