//! Stories of asking a server on loopback that is slow, rude, lying or broken.

use async_compression::tokio::write::GzipEncoder;
use tokio::io::AsyncWriteExt;

use crate::fetch_server::{Server, answer, dead_port, hang, say, settings};
use matins::domain::feed::Validators;
use matins::domain::settings::FetchSettings;
use matins::fetch::{Answer, Cut, FetchError, Fetcher, Request};

/// Long enough that a healthy answer is never late.
const PATIENT: i64 = 20_000;
/// Short, for servers that never finish.
const HASTY: i64 = 300;

const FEED: &str = "<rss><channel><title>News</title></channel></rss>";

async fn fetch_with(settings: &FetchSettings, request: Request) -> Result<Answer, FetchError> {
    Fetcher::new(settings).expect("a fetcher").fetch(request).await
}

async fn fetch(url: &str) -> Result<Answer, FetchError> {
    fetch_with(&settings(PATIENT), Request { url: url.into(), ..Request::default() }).await
}

async fn reason(settings: &FetchSettings, url: &str) -> String {
    let answer = fetch_with(settings, Request { url: url.into(), ..Request::default() }).await;
    answer.expect_err("a reason").to_string()
}

fn body(answer: Answer) -> String {
    match answer {
        Answer::Body { bytes, .. } => String::from_utf8(bytes).expect("text"),
        Answer::Unchanged { .. } => "unchanged".into(),
    }
}

#[tokio::test]
async fn a_feed_is_asked_for_politely() {
    let server = Server::answering(answer("200 OK", &[("Content-Type", "text/xml; charset=utf-8"), ("Set-Cookie", "id=7")], FEED));
    let Answer::Body { status, bytes, content_type, final_url, validators, cut: None } =
        fetch(&server.url("/feed")).await.expect("an answer")
    else {
        panic!("a body")
    };
    assert_eq!((status, bytes.as_slice(), content_type.as_deref()), (Some(200), FEED.as_bytes(), Some("text/xml; charset=utf-8")));
    assert_eq!((final_url, validators), (server.url("/feed"), Validators::default()));
    fetch(&server.url("/feed")).await.expect("an answer");
    let asked = &server.asked()[1];
    let agent = format!("matins/{} (news reader)", env!("CARGO_PKG_VERSION"));
    assert_eq!(asked.header("user-agent"), Some(agent.as_bytes()));
    assert_eq!(asked.header("accept-encoding"), Some(&b"gzip, br, zstd"[..]));
    assert!(asked.header("accept").is_some_and(|accept| accept.starts_with(b"application/atom+xml")));
    for absent in ["cookie", "referer", "if-none-match", "if-modified-since", "authorization"] {
        assert_eq!(asked.header(absent), None, "{absent}");
    }
}

#[tokio::test]
async fn a_feed_or_the_settings_may_name_another_user_agent() {
    let server = Server::answering(answer("200 OK", &[], FEED));
    let named = FetchSettings { user_agent: "of the settings".into(), ..settings(PATIENT) };
    let of_the_feed = Request { url: server.url("/"), user_agent: Some("of the feed".into()), ..Request::default() };
    fetch_with(&named, of_the_feed).await.expect("an answer");
    fetch_with(&named, Request { url: server.url("/"), ..Request::default() }).await.expect("an answer");
    let agents: Vec<_> = server.asked().iter().map(|asked| asked.header("user-agent").map(<[u8]>::to_vec)).collect();
    assert_eq!(agents, [Some(b"of the feed".to_vec()), Some(b"of the settings".to_vec())]);
}

#[tokio::test]
async fn validators_are_kept_byte_for_byte_and_a_304_keeps_them() {
    let odd: &[u8] = b"W/\"caf\xe9, \\\" x\"";
    let server = Server::start(move |asked, stream| {
        if asked.header("if-none-match") == Some(odd) && asked.header("if-modified-since") == Some(b"Yesterday,  I think") {
            return say(stream, b"HTTP/1.1 304 Not Modified\r\nLast-Modified: today\r\n\r\n");
        }
        say(stream, b"HTTP/1.1 200 OK\r\nETag:   ");
        say(stream, odd);
        say(stream, b"\r\nLast-Modified: Yesterday,  I think\r\nContent-Length: 6\r\n\r\n<rss/>");
    });
    let Ok(Answer::Body { validators, .. }) = fetch(&server.url("/")).await else { panic!("a body") };
    assert_eq!(validators, Validators { etag: Some(odd.to_vec()), last_modified: Some(b"Yesterday,  I think".to_vec()) });
    let again = fetch_with(&settings(PATIENT), Request { url: server.url("/"), validators, ..Request::default() }).await;
    let kept = Validators { etag: Some(odd.to_vec()), last_modified: Some(b"today".to_vec()) };
    assert_eq!(again, Ok(Answer::Unchanged { status: Some(304), validators: kept }));
}

#[tokio::test]
async fn a_304_that_nobody_asked_for_is_an_error() {
    let server = Server::answering("HTTP/1.1 304 Not Modified\r\n\r\n");
    assert_eq!(reason(&settings(PATIENT), &server.url("/")).await, "304 Not Modified");
}

#[tokio::test]
async fn refusals_are_said_with_their_wish_to_wait() {
    let server = Server::answering(answer("503 Nope", &[("Retry-After", "7200")], "<html>"));
    let error = fetch(&server.url("/")).await.expect_err("a reason");
    assert_eq!(error.to_string(), "503 Service Unavailable");
    assert_eq!((error.status(), error.retry_after().map(|wait| wait.as_secs())), (Some(503), Some(7200)));
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn a_server_that_never_answers_costs_the_total_timeout_and_no_more() {
    let server = Server::start(|_, stream| hang(stream));
    assert_eq!(reason(&settings(HASTY), &server.url("/")).await, "no answer in 0.3 s");
}

#[tokio::test]
async fn a_server_that_drips_for_ever_is_left() {
    let server = Server::start(|_, stream| {
        say(stream, b"HTTP/1.1 200 OK\r\n\r\n");
        // Ends when the other side has gone.
        while std::io::Write::write_all(stream, b" ").is_ok() {}
    });
    let slow = FetchSettings { max_body_bytes: usize::MAX, ..settings(HASTY) };
    let answer = fetch_with(&slow, Request { url: server.url("/"), ..Request::default() }).await;
    let Ok(Answer::Body { cut: Some(cut), .. }) = answer else { panic!("a part") };
    assert_eq!(cut.error.to_string(), "only part of the answer came in 0.3 s");
}

#[tokio::test]
async fn a_reset_and_a_hang_up_are_tried_once_more_and_then_said() {
    let hosts_words = "127.0.0.1 hung up before its answer was whole";
    let resetting = Server::resetting();
    assert_eq!(reason(&settings(PATIENT), &resetting.url("/")).await, hosts_words);
    assert_eq!(resetting.asked().len(), 2);
    let silent = Server::start(|_, _| ());
    assert_eq!(reason(&settings(PATIENT), &silent.url("/")).await, hosts_words);
    assert_eq!(silent.asked().len(), 2);
}

#[tokio::test]
async fn a_second_try_after_a_hang_up_may_do_better() {
    let first = std::sync::atomic::AtomicBool::new(true);
    let server = Server::start(move |_, stream| match first.swap(false, std::sync::atomic::Ordering::SeqCst) {
        true => say(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>"),
        false => say(stream, &answer("200 OK", &[], FEED)),
    });
    assert_eq!(fetch(&server.url("/")).await.map(body), Ok(FEED.to_string()));
}

#[tokio::test]
async fn a_length_that_lies_is_told_with_the_part_that_came() {
    let check = async |head: &str, expected: &str, came: Option<usize>| {
        let server = Server::answering(format!("HTTP/1.1 200 OK\r\nETag: \"x\"\r\n{head}"));
        let Ok(Answer::Body { bytes, cut, validators, .. }) = fetch(&server.url("/")).await else { panic!("a body") };
        let hung_up = FetchError::HungUp { host: "127.0.0.1".into() };
        assert_eq!((bytes.as_slice(), cut), (expected.as_bytes(), came.map(|came| Cut { error: hung_up, came })), "{head}");
        assert_eq!(validators.etag.is_some(), came.is_none(), "half a document has no validators");
    };
    check("Content-Length: 999\r\n\r\n<rss>", "<rss>", Some(5)).await;
    check("Transfer-Encoding: chunked\r\n\r\nff\r\n<rss>", "<rss>", Some(5)).await;
    check("Content-Length: 5\r\n\r\n<rss></rss>", "<rss>", None).await;
    let nothing = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n");
    assert_eq!(reason(&settings(PATIENT), &nothing.url("/")).await, "127.0.0.1 hung up before its answer was whole");
}

#[tokio::test]
async fn what_is_no_http_is_said() {
    let server = Server::answering("SSH-2.0-OpenSSH_9.2\r\n");
    let said = reason(&settings(PATIENT), &server.url("/")).await;
    assert!(said.starts_with("127.0.0.1 does not speak HTTP as it should: "), "{said}");
}

#[tokio::test]
async fn a_body_above_the_limit_is_left_at_the_limit() {
    for head in ["Content-Length: 999999999999\r\n", ""] {
        let endless = Server::start(move |_, stream| {
            say(stream, format!("HTTP/1.1 200 OK\r\nETag: \"x\"\r\n{head}\r\n").as_bytes());
            while std::io::Write::write_all(stream, &[b' '; 4096]).is_ok() {}
        });
        let Ok(Answer::Body { bytes, cut: Some(cut), validators, .. }) = fetch(&endless.url("/")).await else { panic!("a part") };
        assert_eq!((bytes.len(), cut.error.to_string().as_str()), (8 * 1024 * 1024, "more than 8 MB"), "{head}");
        assert_eq!(validators, Validators::default(), "the limit may be another one next time");
    }
}

#[tokio::test]
async fn a_bomb_is_not_inflated() {
    let mut encoder = GzipEncoder::new(Vec::new());
    for _ in 0..64 {
        encoder.write_all(&[0; 1 << 20]).await.expect("packed");
    }
    encoder.shutdown().await.expect("packed");
    let bomb = encoder.into_inner();
    assert!(bomb.len() < 100_000);
    let server = Server::answering(answer("200 OK", &[("Content-Encoding", "gzip")], bomb));
    assert_eq!(reason(&settings(PATIENT), &server.url("/")).await, "more than 8 MB");
}

#[tokio::test]
async fn packed_bytes_that_unpack_to_nothing_are_counted_too() {
    let mut encoder = GzipEncoder::new(Vec::new());
    encoder.shutdown().await.expect("packed");
    let empty_member = encoder.into_inner().repeat(1000);
    let server = Server::start(move |_, stream| {
        say(stream, b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
        while std::io::Write::write_all(stream, &empty_member).is_ok() {}
    });
    assert_eq!(reason(&settings(PATIENT), &server.url("/")).await, "more than 8 MB");
}

#[tokio::test]
async fn redirects_are_followed_and_the_last_address_is_told() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/" => say(stream, &answer("301 Moved", &[("Location", "/two?x=1#part")], "")),
        "/two?x=1" => say(stream, &answer("307 Elsewhere", &[("Location", "three")], "")),
        _ => say(stream, &answer("200 OK", &[], FEED)),
    });
    let etag = Validators { etag: Some(b"\"x\"".to_vec()), last_modified: None };
    let request = Request { url: server.url("/"), validators: etag, ..Request::default() };
    let Ok(Answer::Body { final_url, .. }) = fetch_with(&settings(PATIENT), request).await else { panic!("a body") };
    assert_eq!(final_url, server.url("/three"));
    assert!(server.asked().iter().all(|asked| asked.header("referer").is_none() && asked.header("if-none-match").is_some()));
}

#[tokio::test]
async fn redirects_that_go_nowhere_end() {
    let circle = Server::start(|asked, stream| {
        let to = if asked.path == "/a" { "/b" } else { "/a" };
        say(stream, &answer("302 Found", &[("Location", to)], ""));
    });
    assert_eq!(reason(&settings(PATIENT), &circle.url("/a")).await, "redirected in a circle");
    let endless = Server::start(|asked, stream| {
        say(stream, &answer("302 Found", &[("Location", &format!("{}x", asked.path))], ""));
    });
    assert_eq!(reason(&settings(PATIENT), &endless.url("/")).await, "redirected more than 10 times");
    assert_eq!(endless.asked().len(), 11);
    let mute = Server::answering(answer("301 Moved", &[], ""));
    assert_eq!(reason(&settings(PATIENT), &mute.url("/")).await, "301 Moved Permanently without saying where to");
}

#[tokio::test]
async fn no_server_sends_us_to_a_file_or_into_a_private_network() {
    let check = async |to: &str, expected: &str| {
        let server = Server::answering(answer("302 Found", &[("Location", to)], ""));
        let said = reason(&settings(PATIENT), &server.url("/")).await;
        assert!(said.starts_with(expected), "{to}: {said}");
        assert_eq!(server.asked().len(), 1);
    };
    check("file:///etc/passwd", "redirected to a `file` address").await;
    check("ftp://news.example/", "redirected to a `ftp` address").await;
    check("http://127.0.0.2:1/", "redirected to 127.0.0.2, a private address").await;
    check("http://localhost:1/", "redirected to localhost, a private address").await;
    check("http://[::ffff:7f00:1]:1/", "redirected to [::ffff:7f00:1], a private address").await;
    check("http://169.254.169.254/latest/meta-data", "redirected to 169.254.169.254, a private address").await;
}

#[tokio::test]
async fn a_person_may_name_a_private_address_by_number_or_name() {
    let server = Server::answering(answer("200 OK", &[], FEED));
    let by_name = format!("http://localhost:{}/", server.port());
    assert_eq!(fetch(&by_name).await.map(body), Ok(FEED.to_string()));
}

#[tokio::test]
async fn a_password_in_the_address_is_sent_but_never_told() {
    let server = Server::answering(answer("200 OK", &[], FEED));
    let url = server.url("/").replace("http://", "http://me:secret@");
    let Ok(Answer::Body { final_url, .. }) = fetch(&url).await else { panic!("a body") };
    assert_eq!(server.asked()[0].header("authorization"), Some(&b"Basic bWU6c2VjcmV0"[..]));
    assert_eq!(final_url, server.url("/"));
}

#[tokio::test]
async fn addresses_that_lead_nowhere_are_told_apart() {
    let refused = format!("http://127.0.0.1:{}/", dead_port());
    assert_eq!(reason(&settings(PATIENT), &refused).await, "127.0.0.1 refuses connections");
    assert_eq!(
        reason(&settings(PATIENT), "gopher://a.example/").await,
        "`gopher` addresses cannot be asked for; write one that begins with https, http or file"
    );
    assert_eq!(reason(&settings(PATIENT), "news").await, "`news` is not an address; write one like https://example.org/feed");
}
