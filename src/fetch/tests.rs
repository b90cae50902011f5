//! Stories about host names, told with a table instead of the system's names.

use futures_util::FutureExt;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

use super::*;
use crate::domain::settings::EnvironmentProxies;

/// `home.example` and `inner.example` are this machine, `mixed.example` also; few others have an address.
fn table() -> names::LookUp {
    Arc::new(|name| {
        let found = match name.as_str() {
            "mixed.example" => Ok(vec![SocketAddr::from(([1, 1, 1, 1], 0)), SocketAddr::from((Ipv4Addr::LOCALHOST, 0))]),
            "public.example" => Ok(vec![SocketAddr::from(([1, 1, 1, 1], 0))]),
            "home.example" | "inner.example" => Ok(vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 0))]),
            _ => Err(io::Error::other("unknown")),
        };
        std::future::ready(found).boxed()
    })
}

fn settings() -> FetchSettings {
    FetchSettings {
        connect_timeout: SignedDuration::from_secs(10),
        total_timeout: SignedDuration::from_secs(20),
        at_once: 1,
        at_once_per_host: 1,
        max_body_bytes: 1000,
        max_redirects: 3,
        ..FetchSettings::default()
    }
}

fn fetcher() -> Fetcher {
    Fetcher::with_names(&settings(), table()).expect("a fetcher")
}

/// Sends every request for `/` to another address, and answers all others; gives its port.
fn redirecting(to: &'static str) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let count = stream.read(&mut head).unwrap_or(0);
            let to = to.replace("PORT", &port.to_string());
            let answer = match head[..count].starts_with(b"GET / ") {
                true => format!("HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: {to}\r\n\r\n"),
                false => "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 6\r\n\r\n<rss/>".to_string(),
            };
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    port
}

async fn outcome(url: String) -> String {
    match fetcher().fetch(Request { url, ..Request::default() }).await {
        Ok(Answer::Body { bytes, .. }) => String::from_utf8(bytes).expect("text"),
        other => other.map_or_else(|error| error.to_string(), |answer| format!("{answer:?}")),
    }
}

#[tokio::test]
async fn a_name_that_no_one_knows_is_said() {
    assert_eq!(outcome("http://nowhere.invalid/feed".into()).await, "could not find the host nowhere.invalid");
}

#[tokio::test]
async fn a_host_that_the_person_named_may_be_private_and_may_redirect_to_itself() {
    let port = redirecting("http://home.example:PORT/feed");
    assert_eq!(outcome(format!("http://home.example:{port}/")).await, "<rss/>");
}

#[tokio::test]
async fn a_redirect_to_a_name_that_resolves_to_a_private_address_is_refused() {
    let port = redirecting("http://inner.example:PORT/feed");
    let reason = "redirected to inner.example, a private address; name that address itself as the feed if you mean it";
    assert_eq!(outcome(format!("http://home.example:{port}/")).await, reason);
    assert_eq!(outcome(format!("http://inner.example:{port}/feed")).await, "<rss/>");
}

#[tokio::test]
async fn a_redirect_from_a_name_to_its_own_number_is_refused() {
    let port = redirecting("http://127.0.0.1:PORT/feed");
    let reason = "redirected to 127.0.0.1, a private address; name that address itself as the feed if you mean it";
    assert_eq!(outcome(format!("http://home.example:{port}/")).await, reason);
}

#[tokio::test]
async fn a_host_that_the_person_named_is_asked_while_a_redirect_leads_to_its_name() {
    let port = redirecting("http://home.example:PORT/feed");
    let fetcher = fetcher();
    let request = Request { url: format!("http://home.example:{port}/feed"), ..Request::default() };
    let _in_flight = fetcher.clients.watch("home.example");
    assert!(fetcher.fetch(request).await.is_ok());
}

#[tokio::test]
async fn who_is_redirected_waits_for_a_crowded_host_so_long_and_no_longer() {
    let port = redirecting("http://inner.example:PORT/feed");
    let settings = FetchSettings { pause_per_host: SignedDuration::ZERO, ..settings() };
    let mut fetcher = Fetcher::with_names(&settings, table()).expect("a fetcher");
    fetcher.limits.patience = Duration::ZERO;
    let request = Request { url: format!("http://home.example:{port}/"), ..Request::default() };
    let in_the_way = fetcher.enter(&format!("http://inner.example:{port}/")).await;
    let crowded = FetchError::Crowded { host: "inner.example".into() };
    assert_eq!(fetcher.fetch(request.clone()).await, Err(crowded.clone()));
    assert!(crowded.is_passing() && !crowded.is_offline());
    drop(in_the_way);
    let private = FetchError::RedirectPrivate { host: "inner.example".into() };
    assert_eq!(fetcher.fetch(request).await, Err(private), "it got there, and was refused as ever");
}

#[tokio::test]
async fn behind_a_proxy_a_name_with_a_private_address_among_others_is_refused() {
    let ask = async |settings: FetchSettings, name: &str| {
        let fetcher = Fetcher::with_names(&settings, table()).expect("a fetcher");
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        let url = Url::parse(&format!("https://{name}/")).expect("an address");
        fetcher.clients.watch_checked(&url, name, deadline).await.is_ok()
    };
    let check = async |proxy: &str, name: &str, expected: bool| {
        let is_ok = ask(FetchSettings { proxy: proxy.into(), ..settings() }, name).await;
        assert_eq!(is_ok, expected, "{name} through {proxy}");
    };
    let proxy = "http://192.0.2.1:8080";
    check(proxy, "mixed.example", false).await;
    check(proxy, "home.example", false).await;
    check(proxy, "public.example", true).await;
    check(proxy, "known-to-the-proxy.example", true).await;
    // Who connects himself takes the public one of the two.
    check("none", "mixed.example", true).await;
    check("", "mixed.example", true).await;
    // What is excepted is told by the proxy's own rules, which we only guess.
    let environment = EnvironmentProxies { has_http: false, has_https: true, except: "10.0.0.0/8".into() };
    assert!(!ask(FetchSettings { environment, ..settings() }, "mixed.example").await);
}

#[tokio::test]
async fn a_third_large_document_waits_until_one_of_two_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let request = |name: &str, bytes: usize| {
        let path = folder.path().join(name);
        std::fs::write(&path, vec![b'a'; bytes]).expect("written");
        Request { url: Url::from_file_path(path).expect("an address").into(), ..Request::default() }
    };
    let fetcher = Fetcher::with_names(&FetchSettings { at_once: 9, max_body_bytes: 1 << 20, ..settings() }, table()).expect("a fetcher");
    let fetch = async |fetcher: &Fetcher, request: Request| {
        let mut place = fetcher.enter(&request.url).await;
        assert!(fetcher.fetch_from(&mut place, request).await.0.is_ok());
        place
    };
    let (first, _second) = (fetch(&fetcher, request("1", 300_000)).await, fetch(&fetcher, request("2", 300_000)).await);
    let (other, third) = (fetcher.clone(), request("3", 300_000));
    let third = tokio::spawn(async move { drop(fetch(&other, third).await) });
    for _ in 0..9 {
        drop(fetch(&fetcher, request("small", 3_000)).await);
    }
    assert!(!third.is_finished());
    drop(first);
    third.await.expect("read");
}

#[tokio::test]
async fn half_an_answer_is_kept_where_there_is_no_time_for_a_second_try() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 60\r\n\r\n<rss/>");
        }
    });
    let settings = FetchSettings { pause_per_host: SignedDuration::from_hours(1), ..settings() };
    let mut fetcher = Fetcher::with_names(&settings, table()).expect("a fetcher");
    fetcher.limits.patience = Duration::ZERO;
    let request = Request { url: format!("http://home.example:{port}/"), ..Request::default() };
    let answer = fetcher.fetch(request).await;
    assert!(matches!(&answer, Ok(Answer::Body { bytes, cut: Some(_), .. }) if bytes == b"<rss/>"), "{answer:?}");
}
