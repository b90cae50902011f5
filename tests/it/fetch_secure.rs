//! Stories of certificates: servers that are not trusted, machines that trust nobody, and encryption that a redirect would leave.
//! What a machine trusts is read from the environment, so these stories run themselves again in an environment of their own.
//! `fetch_fixtures/loopback.*` is a certificate for `localhost` that signs itself, made for these stories; its key is no secret.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::fetch_server::{Server, answer, settings};
use matins::fetch::{Answer, Fetcher, Request};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/fetch_fixtures").join(name)
}

/// A server over TLS on loopback that gives every request the same answer; its address by name.
fn secure_server(answer: Vec<u8>) -> String {
    let certificate = CertificateDer::from(std::fs::read(fixture("loopback.der")).expect("the certificate"));
    let key = PrivateKeyDer::try_from(std::fs::read(fixture("loopback.key.der")).expect("the key")).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(vec![certificate], key));
    let config = Arc::new(config.expect("a configuration"));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (config, answer) = (config.clone(), answer.clone());
            thread::spawn(move || {
                let mut tls = StreamOwned::new(ServerConnection::new(config).expect("a connection"), stream);
                let mut head = [0; 4096];
                if tls.read(&mut head).is_ok_and(|count| count > 0) {
                    let _ = tls.write_all(&answer);
                    tls.conn.send_close_notify();
                    let _ = tls.flush();
                }
            });
        }
    });
    format!("https://localhost:{port}/feed")
}

async fn outcome(url: &str) -> Result<String, String> {
    let fetcher = Fetcher::new(&settings(20_000)).expect("a fetcher");
    match fetcher.fetch(Request { url: url.into(), ..Request::default() }).await {
        Ok(Answer::Body { bytes, .. }) => Ok(String::from_utf8(bytes).expect("text")),
        Ok(Answer::Unchanged { .. }) => Err("unchanged".into()),
        Err(error) => Err(error.to_string()),
    }
}

/// Runs one of the ignored stories below where only these certificates are trusted.
#[expect(clippy::disallowed_methods, reason = "the story needs an environment of its own")]
fn run_trusting(certificates: &str, story: &str) {
    let program = std::env::current_exe().expect("this program");
    let mut run = std::process::Command::new(program);
    run.args(["--ignored", "--exact", story]).env("SSL_CERT_FILE", certificates).env("SSL_CERT_DIR", "/nonexistent");
    let output = run.output().expect("a run");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[tokio::test]
async fn a_server_that_vouches_for_itself_is_not_trusted() {
    let url = secure_server(answer("200 OK", &[], "<rss/>"));
    let error = outcome(&url).await.expect_err("a reason");
    // A machine without certificates says so instead; the next story holds that.
    assert!(error == "the certificate is not trusted" || error.starts_with("this machine has no root certificates"), "{error}");
}

#[test]
fn without_root_certificates_only_secure_addresses_fail() {
    run_trusting("/nonexistent/roots.pem", "fetch_secure::without_roots");
}

#[tokio::test]
#[ignore = "run by the story above, in an environment of its own"]
async fn without_roots() {
    let url = secure_server(answer("200 OK", &[], "<rss/>"));
    let advice = "this machine has no root certificates; install the package ca-certificates";
    assert_eq!(outcome(&url).await, Err(advice.to_string()));
    let plain = Server::answering(answer("200 OK", &[], "<rss/>"));
    assert_eq!(outcome(&plain.url("/")).await, Ok("<rss/>".into()));
}

#[test]
fn a_trusted_server_is_read_and_may_not_send_us_out_of_encryption() {
    run_trusting(fixture("loopback.pem").to_str().expect("a path"), "fetch_secure::with_the_fixture_trusted");
}

#[tokio::test]
#[ignore = "run by the story above, in an environment of its own"]
async fn with_the_fixture_trusted() {
    let url = secure_server(answer("200 OK", &[], "<rss/>"));
    assert_eq!(outcome(&url).await, Ok("<rss/>".into()));
    let by_number = url.replace("localhost", "[::ffff:127.0.0.1]");
    assert_eq!(outcome(&by_number).await, Err("the certificate is for another name".into()));
    let plain = Server::answering(answer("200 OK", &[], "<rss/>"));
    let leaving = secure_server(answer("302 Found", &[("Location", &format!("http://localhost:{}/", plain.port()))], ""));
    let reason = "redirected from https to http at localhost, where anybody on the way could read or change it";
    assert_eq!(outcome(&leaving).await, Err(reason.into()));
    assert!(plain.asked().is_empty());
    let talks_plainly = Server::talking("HTTP/1.1 400 Bad Request\r\n\r\n").url("/").replace("http:", "https:");
    let error = outcome(&talks_plainly).await.expect_err("a reason");
    assert!(error.starts_with("no secure connection to 127.0.0.1: "), "{error}");
}
