//! From the chain of errors of the HTTP crates to one sentence. Nothing else looks into their errors.

use rustls::CertificateError;
use std::error::Error;
use std::io::{self, ErrorKind};
use url::Url;

use super::{
    address::host_name,
    client::Clients,
    error::{CertificateTrouble, FetchError, quote},
    names::NameTrouble,
};

/// What hyper and h2 say when a connection ends too early; their errors have no public kind for it.
const HANG_UPS: &[&str] = &[
    "connection closed before message completed",
    "connection error",
    "stream error",
    "http2 error",
    "operation was canceled",
    "end of file before message length reached",
    "unexpected EOF",
];
/// The same for answers that are no HTTP.
const NONSENSE: &[&str] =
    &["invalid HTTP", "invalid URI", "invalid content-length", "invalid chunk", "message head is too large", "Invalid chunk"];
/// The same for proxies.
const PROXIES: &[&str] = &["tunnel error", "SOCKS error", "proxy"];

/// Says why a request failed, and whether it was the proxy's fault.
pub(super) fn explain(error: &reqwest::Error, url: &Url, clients: &Clients) -> FetchError {
    let host = host_name(url);
    let explained = explain_for(error, host.clone(), clients);
    let is_through = error.is_connect() && clients.is_proxied(url);
    let reason = match &explained {
        _ if !is_through => return explained,
        FetchError::ConnectionRefused { .. } => "it refuses connections".into(),
        FetchError::Unreachable { .. } => "no way to reach it".into(),
        FetchError::UnknownHost { host: name } if *name != host => format!("could not find its host {name}"),
        FetchError::ConnectTimeout { timeout, .. } => format!("no connection through it in {} s", timeout.as_secs_f64()),
        _ => return explained,
    };
    FetchError::Proxy { reason }
}

fn explain_for(error: &reqwest::Error, host: String, clients: &Clients) -> FetchError {
    let chain = || std::iter::successors(Some(error as &(dyn Error + 'static)), |error| below(*error));
    if let Some(known) = chain().find_map(|link| known_cause(link, &host, clients)) {
        return known;
    }
    if error.is_timeout() {
        return FetchError::ConnectTimeout { host, timeout: clients.connect_timeout() };
    }
    let says = |words: &[&str]| chain().skip(1).any(|link| words.iter().any(|word| link.to_string().contains(word)));
    match deepest(error) {
        reason if says(PROXIES) => FetchError::Proxy { reason },
        reason if says(NONSENSE) => FetchError::Malformed { host, reason },
        _ if says(HANG_UPS) => FetchError::HungUp { host },
        reason => FetchError::Other { reason },
    }
}

/// The innermost reason in words.
pub(super) fn deepest(error: &(dyn Error + 'static)) -> String {
    let last = std::iter::successors(Some(error), |error| below(*error)).last();
    quote(&last.map(ToString::to_string).unwrap_or_default())
}

/// The next error inwards; `io::Error` hides the one it carries from `source`.
fn below<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

fn known_cause(link: &(dyn Error + 'static), host: &str, clients: &Clients) -> Option<FetchError> {
    let host = host.to_string();
    if let Some(trouble) = link.downcast_ref::<NameTrouble>() {
        return Some(match trouble {
            NameTrouble::Unknown(name) => FetchError::UnknownHost { host: quote(name) },
            NameTrouble::Private(name) => FetchError::RedirectPrivate { host: quote(name) },
        });
    }
    if let Some(trouble) = link.downcast_ref::<rustls::Error>() {
        return Some(secure_connection(trouble, host, clients.has_roots()));
    }
    let io_error = link.downcast_ref::<io::Error>()?;
    if io_error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>() || inner.is::<NameTrouble>()) {
        return None;
    }
    match io_error.kind() {
        ErrorKind::ConnectionRefused => Some(FetchError::ConnectionRefused { host }),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::AddrNotAvailable | ErrorKind::NetworkDown => {
            Some(FetchError::Unreachable { host })
        }
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof => {
            Some(FetchError::HungUp { host })
        }
        _ => None,
    }
}

fn secure_connection(error: &rustls::Error, host: String, has_roots: bool) -> FetchError {
    let rustls::Error::InvalidCertificate(trouble) = error else {
        return FetchError::Tls { host, reason: quote(&error.to_string()) };
    };
    FetchError::Certificate(match trouble {
        _ if !has_roots => CertificateTrouble::NoRoots,
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => CertificateTrouble::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => CertificateTrouble::NotYetValid,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => CertificateTrouble::OtherName,
        CertificateError::Revoked => CertificateTrouble::Revoked,
        _ => CertificateTrouble::NotTrusted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_fail_with_a_sentence() {
        let check = |error: CertificateError, has_roots: bool, expected: CertificateTrouble| {
            let error = rustls::Error::InvalidCertificate(error);
            assert_eq!(secure_connection(&error, "h".into(), has_roots), FetchError::Certificate(expected));
        };
        check(CertificateError::UnknownIssuer, true, CertificateTrouble::NotTrusted);
        check(CertificateError::UnknownIssuer, false, CertificateTrouble::NoRoots);
        check(CertificateError::Expired, true, CertificateTrouble::Expired);
        check(CertificateError::NotValidForName, true, CertificateTrouble::OtherName);
    }

    #[test]
    fn an_error_inside_an_io_error_is_found() {
        let inner = NameTrouble::Unknown("a.example".into());
        let outer = io::Error::other(io::Error::other(inner.clone()));
        assert_eq!(deepest(&outer), inner.to_string());
    }
}
