//! One connection of the sample's server: one request of HTTP/1.1 (RFC 9112), one answer, close.
//! It knows nothing of feeds, and no client can make it wait for ever or remember much.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::edition::{Edition, File};

/// For the whole request to arrive, and again for the answer to leave.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest request line and headers.
const MOST_REQUEST_BYTES: usize = 16 * 1024;

/// What we need to know of a request.
#[derive(Debug, PartialEq, Eq)]
struct Request {
    is_head: bool,
    path: String,
    if_none_match: Option<String>,
}

/// Status and reason for a request that cannot be answered.
type Refusal = (u16, &'static str);

/// Answers one request; a client that is slow, silent or talks nonsense costs only its own task.
pub(super) async fn serve(mut stream: TcpStream, edition: Arc<Edition>) {
    let Ok(Some(head)) = timeout(PATIENCE, read_head(&mut stream)).await else { return };
    let answer = match head.and_then(|head| read_request(&head)) {
        Ok(request) => answer(&request, &edition).await,
        Err(refusal) => refuse(refusal),
    };
    let write = async {
        if stream.write_all(answer.as_bytes()).await.is_ok() {
            stream.shutdown().await.ok();
        }
    };
    timeout(PATIENCE, write).await.ok();
}

/// The request up to its empty line; `None` when the client left before that.
async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> Option<Result<String, Refusal>> {
    let mut head = Vec::new();
    let mut chunk = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if head.len() > MOST_REQUEST_BYTES {
            return Some(Err((431, "Request Header Fields Too Large")));
        }
        match stream.read(&mut chunk).await {
            Ok(count) if count > 0 => head.extend_from_slice(&chunk[..count]),
            _ => return None,
        }
    }
    Some(Ok(String::from_utf8_lossy(&head).into_owned()))
}

fn read_request(head: &str) -> Result<Request, Refusal> {
    let mut lines = head.lines();
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, target, version) = (words.next(), words.next(), words.next());
    let path = match (target, version) {
        (Some(target), Some("HTTP/1.1" | "HTTP/1.0")) if target.starts_with('/') => target.split(['?', '#']).next().unwrap_or_default(),
        _ => return Err((400, "Bad Request")),
    };
    let is_head = match method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err((405, "Method Not Allowed")),
    };
    let mut headers = lines.filter_map(|line| line.split_once(':'));
    let if_none_match = headers.find(|(name, _)| name.eq_ignore_ascii_case("if-none-match"));
    Ok(Request { is_head, path: path.to_string(), if_none_match: if_none_match.map(|(_, value)| value.trim().to_string()) })
}

async fn answer(request: &Request, edition: &Edition) -> String {
    let file = match edition.file(&request.path) {
        Ok(file) => file,
        Err(refusal) => return refuse(refusal),
    };
    sleep(file.delay).await;
    if request.if_none_match.as_deref().is_some_and(|known| is_known(known, &file.etag)) {
        return format!("HTTP/1.1 304 Not Modified\r\nETag: {}\r\nConnection: close\r\n\r\n", file.etag);
    }
    let body = if request.is_head { "" } else { file.body.as_str() };
    headers_of(file) + body
}

fn headers_of(file: &File) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\nETag: {}\r\nConnection: close\r\n\r\n",
        file.media_type,
        file.body.len(),
        file.etag
    )
}

/// Whether a client's `If-None-Match` names this validator (RFC 9110, section 13.1.2).
fn is_known(if_none_match: &str, etag: &str) -> bool {
    if_none_match == "*" || if_none_match.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)
}

fn refuse((status, reason): Refusal) -> String {
    let allow = if status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
    let length = reason.len();
    format!(
        "HTTP/1.1 {status} {reason}\r\n{allow}Content-Type: text/plain; charset=utf-8\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{reason}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_or_refused() {
        let check = |head: &str, expected: Result<(bool, &str, Option<&str>), u16>| {
            let found = read_request(head);
            let found = found.as_ref().map(|r| (r.is_head, r.path.as_str(), r.if_none_match.as_deref())).map_err(|(status, _)| *status);
            assert_eq!(found, expected, "{head:?}");
        };
        check("GET /feeds/a.rss HTTP/1.1\r\nHost: x\r\n\r\n", Ok((false, "/feeds/a.rss", None)));
        check("HEAD /a?b=1#c HTTP/1.0\r\nif-none-match:  \"1\" \r\n\r\n", Ok((true, "/a", Some("\"1\""))));
        check("POST / HTTP/1.1\r\n\r\n", Err(405));
        check("GET http://elsewhere/ HTTP/1.1\r\n\r\n", Err(400));
        check("GET / SPDY\r\n\r\n", Err(400));
        check("\r\n\r\n", Err(400));
    }

    #[test]
    fn validators_are_compared_as_a_list() {
        let check = |sent: &str, expected: bool| assert_eq!(is_known(sent, "\"7\""), expected, "{sent}");
        check("\"7\"", true);
        check("\"1\", W/\"7\"", true);
        check("*", true);
        check("\"77\"", false);
        check("", false);
    }

    #[tokio::test]
    async fn an_endless_request_is_refused_and_a_broken_one_dropped() {
        let long = vec![b'a'; MOST_REQUEST_BYTES * 2];
        assert_eq!(read_head(&mut long.as_slice()).await.map(|head| head.map_err(|(status, _)| status)), Some(Err(431)));
        assert_eq!(read_head(&mut b"GET / HT".as_slice()).await, None);
    }
}
