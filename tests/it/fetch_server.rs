//! A server on loopback that behaves as badly as a story asks. One thread a connection, one request a connection;
//! a story says what to do with each request and later reads what was asked.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use jiff::SignedDuration;
use matins::domain::settings::FetchSettings;

/// One request as it came in.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    /// By lower-case name, byte for byte.
    pub headers: HashMap<String, Vec<u8>>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.get(name).map(Vec::as_slice)
    }
}

/// A server that runs until the test ends.
pub struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Does `act` on each request, after it was written down. What is left unread or unsaid when `act` ends is cut off.
    pub fn start(act: impl Fn(&Asked, &mut TcpStream) + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let (asked, act) = (Arc::new(Mutex::new(Vec::new())), Arc::new(act));
        let seen: Arc<Mutex<Vec<Asked>>> = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (Ok(mut stream), act, seen) = (stream, act.clone(), seen.clone()) else { continue };
                thread::spawn(move || {
                    if let Some(request) = read_request(&mut stream) {
                        seen.lock().expect("the list").push(request.clone());
                        act(&request, &mut stream);
                    }
                });
            }
        });
        Server { address, asked }
    }

    /// Answers every request with the same bytes.
    pub fn answering(answer: impl Into<Vec<u8>>) -> Server {
        let answer = answer.into();
        Server::start(move |_, stream| say(stream, &answer))
    }

    /// Closes every connection without reading, which makes the system send a reset.
    pub fn resetting() -> Server {
        Server::unread(|stream| drop(stream.peek(&mut [0])))
    }

    /// Says its piece before it was asked, and reads nothing.
    pub fn talking(words: &'static str) -> Server {
        Server::unread(move |stream| {
            say(stream, words.as_bytes());
            hang(stream);
        })
    }

    /// Notes each connection as one request, and does `act` without reading it.
    fn unread(act: impl Fn(&mut TcpStream) + Send + 'static) -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen: Arc<Mutex<Vec<Asked>>> = asked.clone();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                seen.lock().expect("the list").push(Asked { path: "unread".into(), headers: HashMap::new() });
                act(&mut stream);
            }
        });
        Server { address, asked }
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("the list").clone()
    }
}

/// Sends bytes; a reader that has gone is no trouble of the server's.
pub fn say(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes);
}

/// Waits until the other side closes.
pub fn hang(stream: &mut TcpStream) {
    let mut rest = [0; 1024];
    while stream.read(&mut rest).is_ok_and(|count| count > 0) {}
}

/// A whole answer: status line, headers, length and body.
pub fn answer(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut out = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n", body.len()).into_bytes();
    for (name, value) in headers {
        out.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(body);
    out
}

/// A port of loopback where nobody listens.
pub fn dead_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// The shipped limits, with `total_timeout` in milliseconds.
pub fn settings(total_timeout: i64) -> FetchSettings {
    FetchSettings {
        interval: SignedDuration::from_hours(1),
        connect_timeout: SignedDuration::from_secs(10),
        total_timeout: SignedDuration::from_millis(total_timeout),
        at_once: 128,
        at_once_per_host: 2,
        max_body_bytes: 8 * 1024 * 1024,
        max_redirects: 10,
        prefetch_bytes: 20_000_000,
        ..FetchSettings::default()
    }
}

fn read_request(stream: &mut TcpStream) -> Option<Asked> {
    let mut head = Vec::new();
    let mut byte = [0; 1];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        if head.is_empty() && !byte[0].is_ascii_alphabetic() {
            // The greeting of an encrypted connection: hung up on, as by any server without one.
            return None;
        }
        head.push(byte[0]);
    }
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let path = String::from_utf8_lossy(lines.next()?).split(' ').nth(1)?.to_string();
    let headers = lines.filter_map(|line| {
        let at = line.iter().position(|byte| *byte == b':')?;
        let name = String::from_utf8_lossy(&line[..at]).to_lowercase();
        Some((name, line[at + 1..].trim_ascii_start().to_vec()))
    });
    Some(Asked { path, headers: headers.collect() })
}
