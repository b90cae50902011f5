//! One refresh of 170 feeds of 30 articles each, from files into an empty store: how long it takes, what it asks of the store,
//! how long the loop is busy with it, and how long a key waits meanwhile. `cargo bench --bench refresh`
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

mod opened;
mod program;
mod stored;

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use matins::app::event::Event;
use matins::domain::clock::Clock;
use opened::Reader;
use program::{Program, told};
use stored::{NOW, SECTIONS, words};

const FEEDS: usize = 170;
const ARTICLES: usize = 30;
/// Keys pressed while it goes on.
const KEYS: usize = 20;
const PAUSE: Duration = Duration::from_millis(45);

fn main() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let paper = feeds(folder.path(), 0);
    std::fs::write(folder.path().join("feeds.toml"), &paper).expect("a paper");
    println!("a refresh of {FEEDS} feeds of {ARTICLES} articles each, from files");
    without_a_terminal(folder.path(), &paper, "into an empty store");
    without_a_terminal(folder.path(), &paper, "again, unchanged");
    feeds(folder.path(), 1);
    keys_meanwhile(folder.path());
    feeds(folder.path(), 2);
    bytes_of_a_refresh(folder.path());
}

fn without_a_terminal(folder: &Path, paper: &str, what: &str) {
    let mut reader = Reader::open(&folder.join("matins.db"), "", paper, (120, 40), Clock::fixed(NOW));
    let start = Instant::now();
    reader.take(Event::Started);
    reader.settle();
    let cost = std::mem::take(&mut reader.cost);
    println!(
        "{what}: {:.0?}, {} events, {:.1?} in update, asked of the store: {:?}",
        start.elapsed(),
        cost.events,
        cost.in_update,
        cost.effects
    );
}

/// The real program, which begins with a refresh that brings as many articles again.
fn keys_meanwhile(folder: &Path) {
    let mut program = Program::start(&[], folder, folder, (120, 40));
    program.until(|screen| screen.contains(" 1 of ") && screen.contains("refreshing"));
    let (busy, is_busy) = moves(&mut program, 2);
    println!("a cursor move on the screen while it goes on: {}{}", told(busy), if is_busy { "" } else { " (it ended before the last)" });
    program.until(|screen| !screen.contains("refreshing"));
    let (idle, _) = moves(&mut program, 2 + KEYS);
    println!("a cursor move on the screen after it:         {}", told(idle));
}

/// The same once more, looked at from afar.
fn bytes_of_a_refresh(folder: &Path) {
    let mut program = Program::start(&[], folder, folder, (80, 24));
    program.until(|screen| screen.contains(" 1 of ") && screen.contains("refreshing"));
    let first = program.bytes;
    program.until(|screen| !screen.contains("refreshing"));
    println!("bytes at 80x24: {first} for the first picture, {} for the whole refresh after it", program.bytes - first);
}

/// Times of `KEYS` moves down, the first one to place `from`; whether the refresh went on to the last.
#[expect(clippy::disallowed_methods, reason = "a bench may wait")]
fn moves(program: &mut Program, from: usize) -> (Vec<Duration>, bool) {
    let mut is_busy = true;
    let one = |place: usize| {
        // A person presses no key before the last one's picture is 33 ms old; sooner, the rate of pictures is measured.
        std::thread::sleep(PAUSE);
        let pressed = Instant::now();
        program.types("j");
        let wanted = format!(" {place} of ");
        let seen = program.until(|screen| screen.contains(&wanted)) - pressed;
        is_busy &= program.text().contains("refreshing");
        seen
    };
    let times = (from..from + KEYS).map(one).collect();
    (times, is_busy)
}

/// Writes the feeds of a day into a folder; the settings file of a paper over them.
fn feeds(folder: &Path, day: usize) -> String {
    let section = |number: usize| {
        let urls: Vec<String> =
            (number..FEEDS).step_by(SECTIONS).map(|feed| format!("\"file://{}\"", written(folder, feed, day))).collect();
        format!("[[section]]\nname = \"Section {number}\"\nwindow = \"3650d\"\nfeeds = [{}]\n", urls.join(", "))
    };
    (0..SECTIONS).map(section).collect()
}

fn written(folder: &Path, feed: usize, day: usize) -> String {
    let item = |article: usize| {
        let number = (day * FEEDS + feed) * 1000 + article;
        let date = NOW.checked_sub(SignedDuration::from_mins(i64::try_from(number % 977).expect("minutes"))).expect("a moment");
        let date = jiff::fmt::rfc2822::to_string(&date.to_zoned(jiff::tz::TimeZone::UTC)).expect("a date");
        let title = words(number, 0, 9);
        let text: String = (0..4).map(|part| format!("<p>{} <a href=\"/{number}\">more</a></p>", words(number, part * 60, 60))).collect();
        format!(
            "<item><title>{title}</title><guid>{number}</guid><pubDate>{date}</pubDate><description><![CDATA[{text}]]></description></item>"
        )
    };
    let items: String = (0..ARTICLES).map(item).collect();
    let path = folder.join(format!("feed-{feed}.xml"));
    let document = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Feed {feed}</title>{items}</channel></rss>");
    std::fs::write(&path, document).expect("a feed");
    path.display().to_string()
}
