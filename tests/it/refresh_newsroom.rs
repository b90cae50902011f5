//! What stories of refreshing need: a store in a folder of its own, a clock that a story moves, and feeds to ask.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use matins::domain::clock::Clock;
use matins::domain::feed::FeedHealth;
use matins::domain::list::ListQuery;
use matins::domain::section::{Feed, Section};
use matins::fetch::Fetcher;
use matins::refresh::{Outcome, Plan, Progress, Refresher, Reveal, Summary};
use matins::store::Store;
use tokio::sync::mpsc;

use crate::fetch_server::settings;

/// The moment at which stories begin: 22 November 2026, 12:00 UTC.
pub const NOON: i64 = 1_795_348_800;

/// A store and a refresher over it. The folder goes with it.
pub struct Newsroom {
    pub store: Store,
    pub folder: tempfile::TempDir,
    pub refresher: Refresher,
    now: Arc<AtomicI64>,
}

impl Newsroom {
    pub fn new() -> Newsroom {
        Newsroom::revealing(matins::runtime::secrets::reveal())
    }

    /// One that learns the secrets of feeds so.
    pub fn revealing(reveal: Reveal) -> Newsroom {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("matins.db")).expect("a store");
        let now = Arc::new(AtomicI64::new(NOON));
        let told = now.clone();
        let clock = Clock::new(move || Timestamp::from_second(told.load(Ordering::SeqCst)).expect("a moment"));
        let settings = settings(20_000);
        let fetcher = Fetcher::new(&settings).expect("a fetcher");
        let refresher = Refresher::new(fetcher, store.back(), settings, clock, reveal, || ());
        Newsroom { store, folder, refresher, now }
    }

    pub fn wait(&self, minutes: i64) {
        self.now.fetch_add(minutes * 60, Ordering::SeqCst);
    }

    /// Refreshes to the end; gives the figures and all that was told.
    pub async fn refresh(&self, plan: Plan) -> (Summary, Vec<Progress>) {
        let (report, mut told) = mpsc::unbounded_channel();
        let summary = self.refresher.refresh(plan, report).await;
        let mut all = Vec::new();
        while let Some(progress) = told.recv().await {
            all.push(progress);
        }
        (summary, all)
    }

    /// Writes a file and gives its address.
    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        url::Url::from_file_path(path).expect("an address").to_string()
    }

    /// Titles in the store, newest first.
    pub async fn titles(&self) -> Vec<String> {
        let list = self.store.front().list(ListQuery::default()).await.expect("a list");
        list.rows.iter().map(|row| row.title.to_string()).collect()
    }

    pub async fn health(&self, url: &str) -> FeedHealth {
        self.store.front().feeds(Some(vec![url.to_string()])).await.expect("the health").remove(0)
    }
}

/// A section that looks back a day.
pub fn section(feeds: &[&str], fallback: &[&str]) -> Section {
    let feeds_of = |urls: &[&str]| urls.iter().map(|url| Feed { url: url.to_string(), ..Feed::default() }).collect();
    Section { feeds: feeds_of(feeds), fallback: feeds_of(fallback), ..Section::default() }
}

/// A plan over one section without fallback feeds.
pub fn plan_of(feeds: &[&str]) -> Plan {
    Plan { sections: vec![section(feeds, &[])], ..Plan::default() }
}

/// A feed with one article for each title, dated an hour before noon.
pub fn feed_of(titles: &[&str]) -> String {
    dated_feed_of(titles, "Sun, 22 Nov 2026 11:00:00 GMT")
}

pub fn dated_feed_of(titles: &[&str], date: &str) -> String {
    let article = |title: &&str| {
        format!("<item><title>{title}</title><guid>{title}</guid><pubDate>{date}</pubDate><description>Of {title}.</description></item>")
    };
    format!("<rss version=\"2.0\"><channel><title>Paper</title>{}</channel></rss>", titles.iter().map(article).collect::<String>())
}

/// How it went with each feed, by its address.
pub fn outcomes(told: &[Progress]) -> HashMap<String, Outcome> {
    let finished = told.iter().filter_map(|progress| match progress {
        Progress::Finished { url, outcome } => Some((url.clone(), outcome.clone())),
        _ => None,
    });
    finished.collect()
}

/// What was told, in short: `planned 2`, `started URL`, `arrived URL`, `finished URL`.
pub fn in_short(told: &[Progress]) -> Vec<String> {
    let say = |progress: &Progress| match progress {
        Progress::Planned { urls } => format!("planned {}", urls.len()),
        Progress::Started { url } => format!("started {url}"),
        Progress::Arrived { url } => format!("arrived {url}"),
        Progress::Finished { url, .. } => format!("finished {url}"),
    };
    told.iter().map(say).collect()
}
