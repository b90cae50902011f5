//! Stories of feeds on disk.

use std::fs;
use std::path::Path;

use crate::fetch_server::settings;
use matins::domain::feed::Validators;
use matins::domain::settings::FetchSettings;
use matins::fetch::{Answer, FetchError, Fetcher, Request};

async fn fetch(url: &str, validators: Validators) -> Result<Answer, FetchError> {
    let settings = FetchSettings { max_body_bytes: 1000, ..settings(20_000) };
    Fetcher::new(&settings).expect("a fetcher").fetch(Request { url: url.into(), validators, ..Request::default() }).await
}

async fn reason(url: &str) -> String {
    fetch(url, Validators::default()).await.expect_err("a reason").to_string()
}

fn url_of(path: &Path) -> String {
    url::Url::from_file_path(path).expect("an absolute path").to_string()
}

#[tokio::test]
async fn a_file_is_read_once_until_it_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("été 100%.xml");
    fs::write(&path, "<rss/>").expect("a file");
    let url = url_of(&path);
    assert!(url.contains("%20100%25"), "{url}");
    let Ok(Answer::Body { status: None, bytes, content_type: None, final_url, validators, cut: None }) =
        fetch(&url, Validators::default()).await
    else {
        panic!("a body")
    };
    assert_eq!((bytes.as_slice(), final_url), (&b"<rss/>"[..], url.clone()));
    let again = fetch(&url, validators.clone()).await;
    assert_eq!(again, Ok(Answer::Unchanged { status: None, validators: validators.clone() }));
    fs::write(&path, "<rss></rss>").expect("a file");
    assert!(matches!(fetch(&url, validators).await, Ok(Answer::Body { bytes, .. }) if bytes == b"<rss></rss>"));
}

#[tokio::test]
async fn a_file_above_the_limit_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.xml");
    fs::write(&path, "<rss/>".repeat(1000)).expect("a file");
    let Ok(Answer::Body { bytes, validators, cut: Some(_), .. }) = fetch(&url_of(&path), Validators::default()).await else {
        panic!("a part")
    };
    assert_eq!((bytes.len(), validators), (1000, Validators::default()), "the limit may be another one next time");
}

#[tokio::test]
async fn what_is_no_readable_file_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let shown = |name: &str| at(name).display().to_string();
    fs::write(at("big.xml"), [b' '; 1001]).expect("a file");
    fs::write(at("fits.xml"), [b' '; 1000]).expect("a file");
    assert_eq!(reason(&url_of(folder.path())).await, format!("{} is a folder; name a file in it", folder.path().display()));
    assert_eq!(reason(&url_of(&at("none.xml"))).await, format!("no file {}", shown("none.xml")));
    assert_eq!(reason(&url_of(&at("big.xml/x"))).await, format!("no file {}", shown("big.xml/x")));
    let cut = async |name: &str| match fetch(&url_of(&at(name)), Validators::default()).await {
        Ok(Answer::Body { bytes, cut, .. }) => (bytes.len(), cut.map(|cut| cut.error.to_string())),
        other => panic!("{other:?}"),
    };
    assert_eq!(cut("big.xml").await, (1000, Some("more than 1 kB".to_string())));
    assert_eq!(cut("fits.xml").await, (1000, None));
    assert_eq!(reason("file://server/share/feed.xml").await, "a file address names no other machine; write it as file:///folder/feed.xml");
    assert_eq!(reason("file:///dev/zero").await, "/dev/zero is not an ordinary file");
    assert_eq!(reason("file:///none%1B%5D0;x%07").await, "no file /none");
    assert!(reason("file:///a%00b").await.starts_with("could not read /ab: "));
}

#[tokio::test]
async fn a_named_pipe_does_not_hold_us_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR).expect("a pipe");
    assert_eq!(reason(&url_of(&pipe)).await, format!("{} is not an ordinary file", pipe.display()));
}

#[tokio::test]
async fn a_file_from_before_1970_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("feed.xml");
    std::fs::write(&path, "<rss/>").expect("a file");
    let long_ago = std::time::UNIX_EPOCH - std::time::Duration::from_secs(60);
    std::fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(long_ago)).expect("a time");
    let url = url::Url::from_file_path(&path).expect("an address").to_string();
    assert!(matches!(fetch(&url, Validators::default()).await, Ok(Answer::Body { .. })));
}
