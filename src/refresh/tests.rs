//! Stories about a reader that breaks, which no document is known to make it do.

use jiff::{SignedDuration, Timestamp};
use std::fs;
use tokio::sync::mpsc;

use super::*;
use crate::domain::feed::FeedState;
use crate::domain::section::Feed;
use crate::sources::NotAFeed;
use crate::store::Store;
use reading::{Bytes, Reading};

pub(super) fn settings() -> FetchSettings {
    let (connect_timeout, total_timeout) = (SignedDuration::from_secs(10), SignedDuration::from_secs(20));
    FetchSettings { connect_timeout, total_timeout, at_once: 4, at_once_per_host: 2, max_body_bytes: 1000, ..FetchSettings::default() }
}

fn section(urls: &[String]) -> Section {
    Section { feeds: urls.iter().map(|url| Feed { url: url.clone(), ..Feed::default() }).collect(), ..Section::default() }
}

/// Breaks on documents that say so.
fn break_or_read(bytes: Bytes) -> Result<Reading, NotAFeed> {
    assert!(bytes.bytes != b"break", "at line 7");
    reading::read(bytes)
}

#[tokio::test]
async fn a_reader_that_breaks_costs_one_feed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        url::Url::from_file_path(path).expect("an address").to_string()
    };
    let good = "<rss><channel><item><title>One</title><guid>1</guid></item></channel></rss>";
    let urls = [file("good.xml", good), file("bad.xml", "break"), file("also.xml", good)];
    let store = Store::open(&folder.path().join("store.db")).expect("a store");
    let fetcher = Fetcher::new(&settings()).expect("a fetcher");
    let clock = Clock::fixed(Timestamp::UNIX_EPOCH);
    let closed: Reveal = Arc::new(|_| panic!("no feed has a secret"));
    let mut refresher = Refresher::new(fetcher, store.back(), settings(), clock, closed, || ());
    Arc::get_mut(&mut refresher.parts).expect("no clone yet").read = break_or_read;
    let plan = Plan { sections: vec![section(&urls)], ..Plan::default() };

    let summary = refresher.refresh(plan, mpsc::unbounded_channel().0).await;

    let reason = "matins could not cope with this document; please report it (at line 7)";
    assert_eq!(summary, Summary { asked: 3, ok: 2, new: 2, failed: vec![(urls[1].clone(), reason.into())], ..Summary::default() });
    let health = store.front().feeds(Some(urls.to_vec())).await.expect("the health");
    let states: Vec<_> = health.iter().map(|feed| (feed.state, feed.error.as_deref())).collect();
    assert_eq!(states, [(FeedState::Ok, None), (FeedState::Failing, Some(reason)), (FeedState::Ok, None)]);
}
