//! A refresh of 1,000 feeds of 30 articles, each from a host of its own on loopback: most answer in 50 ms, 2 % in 3 s, and 1 %
//! never do. How long until the others are kept and until their words are found, what that takes of the processor, how long a key
//! waits meanwhile, and what a second refresh costs where nothing changed. Its own work (documents, looks at the store) is done
//! before or is small. Linux only, where all of 127.0.0.0/8 is this machine. `cargo bench --bench crowd`
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a bench tells its figures, reads the clock and waits")]

mod program;
mod stored;

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use matins::store::{FILE_NAME, Store};
use program::{Program, told};
use rusqlite::{Connection, OpenFlags};
use stored::words;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const FEEDS: usize = 1000;
const ARTICLES: usize = 30;
const USUAL: Duration = Duration::from_millis(50);
const SLOW: Duration = Duration::from_secs(3);
const KEYS: usize = 30;
const PAUSE: Duration = Duration::from_millis(45);
/// A time at which nobody looks any more.
const LONG: Duration = Duration::from_secs(120);

/// What the servers saw.
#[derive(Default)]
struct Seen {
    requests: AtomicUsize,
    unchanged: AtomicUsize,
}

fn main() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let seen = Arc::new(Seen::default());
    let port = serve(&seen);
    let feeds = |from: usize| (from..FEEDS).step_by(stored::SECTIONS).map(|feed| format!("\"http://{}:{port}/{feed}\"", host(feed)));
    let section = |from: usize| {
        format!("[[section]]\nname = \"Section {from}\"\nwindow = \"3650d\"\nfeeds = [{}]\n", feeds(from).collect::<Vec<_>>().join(","))
    };
    std::fs::write(folder.path().join("feeds.toml"), (0..stored::SECTIONS).map(section).collect::<String>()).expect("a paper");
    std::fs::write(folder.path().join("settings.toml"), "[fetch]\ntotal_timeout = \"60s\"\n").expect("settings");
    // The empty store.
    drop(Store::open(&folder.path().join(FILE_NAME)).expect("a store"));
    one(folder.path(), &seen, "into an empty store", &[]);
    one(folder.path(), &seen, "again, nothing changed", &["refresh", "--force"]);
}

/// The program in a terminal, the reader when there are no arguments, until all that answer are kept and their words are found.
fn one(folder: &Path, seen: &Seen, what: &str, arguments: &[&str]) {
    let before = [&seen.requests, &seen.unchanged].map(|count| count.load(Ordering::SeqCst));
    let (begun, since) = (Instant::now(), jiff::Timestamp::now().as_microsecond());
    let mut program = Program::start(arguments, folder, folder, (120, 40));
    let times = if arguments.is_empty() { moves(&mut program) } else { Vec::new() };
    let answering = (0..FEEDS).filter(|feed| answer_time(*feed) != LONG).count() as i64;
    let store = Connection::open_with_flags(folder.join(FILE_NAME), OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a store");
    let count =
        |sql: &str, since: &[i64]| store.query_row(sql, rusqlite::params_from_iter(since), |row| row.get::<_, i64>(0)).expect("a count");
    let kept = || count("SELECT count(*) FROM feed WHERE last_success >= ?1", &[since]);
    let until = |is_done: &dyn Fn() -> bool| {
        while !is_done() && begun.elapsed() < LONG {
            pause();
        }
        format!("{:.1?} ({:.1?} of the processor)", begun.elapsed(), program.processor_time())
    };
    let took = until(&|| kept() >= answering);
    let after = [&seen.requests, &seen.unchanged].map(|count| count.load(Ordering::SeqCst));
    println!("{what}: {} of {FEEDS} kept after {took}; {} requests, {} of them 304", kept(), after[0] - before[0], after[1] - before[1]);
    if arguments.is_empty() {
        println!("a cursor move on the screen while it goes on: {}", told(times));
        let took = until(&|| count("SELECT count(*) FROM search_docsize", &[]) == answering * ARTICLES as i64);
        println!("the words of all of them are found after {took}");
        println!("a cursor move on the screen after it:         {}", told(moves(&mut program)));
    }
}

/// Times from keys to pictures, down and up in turn, so that there is always somewhere to go.
fn moves(program: &mut Program) -> Vec<Duration> {
    program.until(|screen| cursor(screen).is_some());
    let first = cursor(&program.text());
    let one = |number: usize| {
        pause();
        let is_down = number.is_multiple_of(2);
        let pressed = Instant::now();
        program.types(if is_down { "j" } else { "k" });
        program.until(|screen| cursor(screen).is_some() && (cursor(screen) > first) == is_down) - pressed
    };
    (0..KEYS).map(one).collect()
}

/// The line of the screen that the cursor of the list begins on. The place in words is not always there to be read: how much is new
/// goes before it.
fn cursor(screen: &str) -> Option<usize> {
    screen.lines().enumerate().skip(2).find(|(_, line)| line.starts_with('▌')).map(|(number, _)| number)
}

fn pause() {
    std::thread::sleep(PAUSE);
}

fn host(feed: usize) -> Ipv4Addr {
    let low = u8::try_from(feed % 200).expect("small");
    Ipv4Addr::new(127, 10, u8::try_from(feed / 200).expect("small"), low + 1)
}

/// Of each hundred feeds two are slow and one hangs, spread over the paper.
fn answer_time(feed: usize) -> Duration {
    match (feed * 37 + 11) % 100 {
        0 => LONG,
        1 | 2 => SLOW,
        _ => USUAL,
    }
}

/// Starts a server for each feed; the port of all.
fn serve(seen: &Arc<Seen>) -> u16 {
    let (send, started) = std::sync::mpsc::channel();
    let seen = seen.clone();
    let documents: Vec<String> = (0..FEEDS).map(document).collect();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            let first = TcpListener::bind((host(0), 0)).await.expect("a port");
            let port = first.local_addr().expect("an address").port();
            let mut first = Some(first);
            for (feed, document) in documents.into_iter().enumerate() {
                let listener = match first.take() {
                    Some(first) => first,
                    None => TcpListener::bind((host(feed), port)).await.expect("a port"),
                };
                tokio::spawn(listen(listener, feed, document, seen.clone()));
            }
            send.send(port).expect("a bench");
            std::future::pending::<()>().await;
        });
    });
    started.recv().expect("servers")
}

async fn listen(listener: TcpListener, feed: usize, document: String, seen: Arc<Seen>) {
    while let Ok((stream, _)) = listener.accept().await {
        // One that has gone away needs no answer.
        let _ = answer(stream, feed, &document, &seen).await;
    }
}

async fn answer(mut stream: TcpStream, feed: usize, document: &str, seen: &Seen) -> std::io::Result<()> {
    let mut bytes = [0; 8192];
    let count = stream.read(&mut bytes).await?;
    let is_known = String::from_utf8_lossy(&bytes[..count]).to_ascii_lowercase().contains("if-none-match");
    seen.requests.fetch_add(1, Ordering::SeqCst);
    tokio::time::sleep(answer_time(feed)).await;
    if is_known {
        seen.unchanged.fetch_add(1, Ordering::SeqCst);
        return stream.write_all(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n").await;
    }
    let head = format!("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", document.len());
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(document.as_bytes()).await
}

/// Half of the feeds bring summaries, four in ten whole texts, one in ten long ones.
fn document(feed: usize) -> String {
    let paragraphs = [1, 1, 1, 1, 1, 7, 7, 7, 7, 32][feed % 10];
    let item = |article: usize| {
        let number = feed * 1000 + article;
        let text: String =
            (0..paragraphs).map(|part| format!("<p>{} <a href=\"/{number}\">more</a></p>", words(number, part * 60, 60))).collect();
        let title = words(number, 0, 9);
        format!("<item><title>{title}</title><guid>{number}</guid><description><![CDATA[{text}]]></description></item>")
    };
    let items: String = (0..ARTICLES).map(item).collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Feed {feed}</title>{items}</channel></rss>")
}
