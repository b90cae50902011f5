//! The internet of the stories of etiquette: one server on loopback that is every host's proxy, a clock that stories move,
//! and readers over one store. What was asked is written down with its moment.

use std::collections::HashMap;
use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, mpsc as channel};

use jiff::{SignedDuration, Timestamp};
use matins::domain::clock::Clock;
use matins::domain::feed::FeedHealth;
use matins::domain::section::Section;
use matins::domain::settings::FetchSettings;
use matins::fetch::Fetcher;
use matins::refresh::{Outcome, Plan, Refresher, Reveal, Summary};
use matins::store::Store;
use tokio::sync::mpsc;

use crate::fetch_server::{Asked, Server, answer, say, settings};
use crate::refresh_newsroom::{NOON, outcomes, section};

pub const MINUTE: i64 = 60;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;
pub const A: &str = "http://a.example/feed";
pub const B: &str = "http://b.example/feed";
/// Another feed of the host of `A`.
pub const SAME_HOST: &str = "http://a.example/other";
/// A host without a name, so that no story looks up one.
pub const ELSEWHERE: &str = "http://192.0.2.7/feed";

/// One request, with the seconds since the story began.
#[derive(Clone, Debug)]
pub struct Logged {
    pub at: i64,
    pub asked: Asked,
}

/// Everything outside of matins, and the folder of its store.
pub struct World {
    folder: tempfile::TempDir,
    now: Arc<AtomicI64>,
    log: Arc<Mutex<Vec<Logged>>>,
    server: Server,
}

/// One running matins.
pub struct Reader {
    pub store: Store,
    pub refresher: Refresher,
}

impl World {
    /// Does `act` on each request; its path is the whole address.
    pub fn new(act: impl Fn(&Asked, &mut TcpStream) + Send + Sync + 'static) -> World {
        World::acting(move |asked, _, stream| act(asked, stream))
    }

    /// Gives each request an answer.
    pub fn answering(answer: impl Fn(&Asked) -> Vec<u8> + Send + Sync + 'static) -> World {
        World::acting(move |asked, _, stream| say(stream, &answer(asked)))
    }

    /// The same, knowing the moment.
    pub fn timed(answer: impl Fn(&Asked, i64) -> Vec<u8> + Send + Sync + 'static) -> World {
        World::acting(move |asked, now, stream| say(stream, &answer(asked, now)))
    }

    fn acting(act: impl Fn(&Asked, i64, &mut TcpStream) + Send + Sync + 'static) -> World {
        let (now, log) = (Arc::new(AtomicI64::new(NOON)), Arc::new(Mutex::new(Vec::new())));
        let (clock, lines): (Arc<AtomicI64>, Arc<Mutex<Vec<Logged>>>) = (now.clone(), log.clone());
        let server = Server::start(move |asked, stream| {
            let now = clock.load(Ordering::SeqCst);
            lines.lock().expect("the log").push(Logged { at: now - NOON, asked: asked.clone() });
            act(asked, now, stream);
        });
        World { folder: tempfile::tempdir().expect("a folder"), now, log, server }
    }

    /// Starts matins over the one store. The settings' interval is a minute, which is less than manners allow.
    pub fn reader(&self) -> Reader {
        self.reader_with(FetchSettings { proxy: self.server.url("/"), ..self.settings(20_000) })
    }

    /// One that waits for an answer for a moment only.
    pub fn hasty_reader(&self) -> Reader {
        self.reader_with(FetchSettings { proxy: self.server.url("/"), ..self.settings(3_000) })
    }

    /// One that soon gives up waiting for other instances to leave a host, and pauses so many seconds between requests to one.
    pub fn impatient_reader(&self, pause: i64) -> Reader {
        let pause_per_host = SignedDuration::from_secs(pause);
        self.reader_with(FetchSettings { proxy: self.server.url("/"), pause_per_host, ..self.settings(1_000) })
    }

    /// The address of the server that is every host's proxy.
    pub fn address(&self) -> String {
        self.server.url("/")
    }

    pub fn reader_with(&self, settings: FetchSettings) -> Reader {
        self.reader_revealing(settings, matins::runtime::secrets::reveal())
    }

    /// One that learns the secrets of feeds so.
    pub fn reader_revealing(&self, settings: FetchSettings, reveal: Reveal) -> Reader {
        let store = Store::open(&self.folder.path().join("matins.db")).expect("a store");
        let now = self.now.clone();
        let clock = Clock::new(move || Timestamp::from_second(now.load(Ordering::SeqCst)).expect("a moment"));
        let fetcher = Fetcher::new(&settings).expect("a fetcher");
        let refresher = Refresher::new(fetcher, store.back(), settings, clock, reveal, || ());
        Reader { store, refresher }
    }

    pub fn settings(&self, total_timeout: i64) -> FetchSettings {
        FetchSettings { interval: SignedDuration::from_mins(1), at_once_per_host: 1, ..settings(total_timeout) }
    }

    pub fn wait(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn moment(&self) -> Timestamp {
        Timestamp::from_second(self.now.load(Ordering::SeqCst)).expect("a moment")
    }

    pub fn log(&self) -> Vec<Logged> {
        self.log.lock().expect("the log").clone()
    }

    /// When anything was asked.
    pub fn times(&self) -> Vec<i64> {
        self.times_of("")
    }

    /// When addresses that begin so were asked.
    pub fn times_of(&self, url: &str) -> Vec<i64> {
        self.log().iter().filter(|logged| logged.asked.path.starts_with(url)).map(|logged| logged.at).collect()
    }

    pub fn store_file(&self) -> std::path::PathBuf {
        self.folder.path().join("matins.db")
    }

    /// Counts the rows of these tables that anybody writes from now on.
    pub fn count_rows_written(&self, tables: &[&str]) -> impl Fn() -> i64 + use<> {
        let file = rusqlite::Connection::open(self.store_file()).expect("the store");
        let written = format!("written_{}", tables[0]);
        let acts = ["INSERT", "UPDATE", "DELETE"];
        file.execute_batch(&format!("CREATE TABLE {written} (what TEXT)")).expect("a table");
        for (table, act) in tables.iter().flat_map(|table| acts.iter().map(move |act| (table, act))) {
            let sql = format!("CREATE TRIGGER {act}_{table} AFTER {act} ON {table} BEGIN INSERT INTO {written} VALUES ('{table}'); END");
            file.execute_batch(&sql).expect("a trigger");
        }
        move || file.query_row(&format!("SELECT count(*) FROM {written}"), [], |row| row.get(0)).expect("a count")
    }
}

impl Reader {
    /// Refreshes to the end; gives the figures and how it went with each feed.
    pub async fn refresh(&self, plan: Plan) -> (Summary, HashMap<String, Outcome>) {
        let (report, mut told) = mpsc::unbounded_channel();
        let summary = self.refresher.refresh(plan, report).await;
        let mut all = Vec::new();
        while let Some(progress) = told.recv().await {
            all.push(progress);
        }
        (summary, outcomes(&all))
    }

    pub async fn health(&self, url: &str) -> FeedHealth {
        self.store.front().feeds(Some(vec![url.to_string()])).await.expect("the health").remove(0)
    }
}

/// A feed as an answer.
pub fn feed(titles: &[&str]) -> Vec<u8> {
    answer("200 OK", &[], feed_with("", titles))
}

/// A feed document with more in its head.
pub fn feed_with(head: &str, titles: &[&str]) -> String {
    let article = |title: &&str| format!("<item><title>{title}</title><guid>{title}</guid><description>Of {title}.</description></item>");
    format!("<rss version=\"2.0\"><channel><title>Paper</title>{head}{}</channel></rss>", titles.iter().map(article).collect::<String>())
}

/// A SOCKS5 proxy (RFC 1928) that gives every request the same answer, and the names that it was asked for.
pub fn socks_proxy(answer: Vec<u8>) -> (SocketAddr, channel::Receiver<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = listener.local_addr().expect("an address");
    let (names, named) = channel::channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            if let Some(name) = shake_hands(&mut stream) {
                let _ = names.send(name);
                let _ = stream.read(&mut [0; 4096]);
                say(&mut stream, &answer);
            }
        }
    });
    (address, named)
}

fn shake_hands(stream: &mut TcpStream) -> Option<String> {
    let mut greeting = [0; 2];
    stream.read_exact(&mut greeting).ok()?;
    stream.read_exact(&mut vec![0; usize::from(greeting[1])]).ok()?;
    say(stream, &[5, 0]);
    let mut head = [0; 5];
    stream.read_exact(&mut head).ok()?;
    let mut name = vec![0; usize::from(head[4])];
    stream.read_exact(&mut name).ok()?;
    stream.read_exact(&mut [0; 2]).ok()?;
    say(stream, &[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    (head[3] == 3).then(|| String::from_utf8_lossy(&name).into_owned())
}

pub fn paper(urls: &[&str]) -> Vec<Section> {
    vec![section(urls, &[])]
}

pub fn due(urls: &[&str]) -> Plan {
    Plan { sections: paper(urls), ..Plan::default() }
}

pub fn forced(urls: &[&str]) -> Plan {
    Plan { is_forced: true, ..due(urls) }
}

pub fn insisting(urls: &[&str]) -> Plan {
    Plan { is_insisting: true, ..forced(urls) }
}

/// A redirect as an answer.
pub fn redirect(status: &str, to: &str) -> Vec<u8> {
    answer(status, &[("Location", to)], "")
}
