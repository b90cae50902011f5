//! Why a request brought nothing, as a person says it. Text from outside is clean in here: a message can be shown as it is.

use jiff::SignedDuration;
use std::fmt;
use std::time::Duration;

use crate::domain::clean_text::CleanText;
use crate::domain::cure::Trouble;

/// The longest piece of outside text in a message, in characters.
const LONGEST_QUOTE: usize = 200;

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("`{address}` is not an address; write one like https://example.org/feed")]
    NotAnAddress { address: String },
    #[error("`{scheme}` addresses cannot be asked for; write one that begins with https, http or file")]
    Scheme { scheme: String },
    #[error("the user agent has a character that cannot be sent; write it in plain ASCII")]
    UserAgent,
    #[error("the header {name} cannot be sent; write its name and value in plain ASCII")]
    Header { name: String },
    #[error("{reason}")]
    Secret { reason: String },

    #[error("could not find the host {host}")]
    UnknownHost { host: String },
    #[error("{host} refuses connections")]
    ConnectionRefused { host: String },
    #[error("no way to reach {host}; is the network up?")]
    Unreachable { host: String },
    #[error("redirected to {host}, where too many other requests wait")]
    Crowded { host: String },
    #[error("could not connect to {host} in {} s", Seconds(*.timeout))]
    ConnectTimeout { host: String, timeout: Duration },
    #[error("no answer in {} s", Seconds(*.timeout))]
    NoAnswer { timeout: Duration },
    #[error("only part of the answer came in {} s", Seconds(*.timeout))]
    Unfinished { timeout: Duration },
    #[error("{host} hung up before its answer was whole")]
    HungUp { host: String },
    #[error("{0}")]
    Certificate(CertificateTrouble),
    #[error("no secure connection to {host}: {reason}")]
    Tls { host: String, reason: String },
    #[error("the proxy does not let us through: {reason}")]
    Proxy { reason: String },
    #[error("{reason}; until that is mended, only files and this machine are asked")]
    UnusableProxy { reason: String },

    #[error("{}", StatusWords(*.status))]
    Status { status: u16, retry_after: Option<SignedDuration> },
    #[error("{} with a page that asks for a browser or a person", StatusWords(*.status))]
    Challenge { status: u16, retry_after: Option<SignedDuration> },
    #[error("{host} does not speak HTTP as it should: {reason}")]
    Malformed { host: String, reason: String },
    #[error("more than {}", Size(*.limit_bytes))]
    TooLarge { limit_bytes: usize },
    #[error("the answer is packed as `{coding}`, which was not asked for")]
    UnknownPacking { coding: String },
    #[error("the answer's {coding} packing is broken")]
    BrokenPacking { coding: &'static str },

    #[error("{} without saying where to", StatusWords(*.status))]
    RedirectNowhere { status: u16 },
    #[error("redirected more than {limit} times")]
    TooManyRedirects { limit: usize },
    #[error("redirected in a circle")]
    RedirectLoop,
    #[error("redirected to a `{scheme}` address, which no server may send us to")]
    RedirectScheme { scheme: String },
    #[error("redirected from https to http at {host}, where anybody on the way could read or change it")]
    RedirectDowngrade { host: String },
    #[error("redirected to {host}, a private address; name that address itself as the feed if you mean it")]
    RedirectPrivate { host: String },

    #[error("a file address names no other machine; write it as file:///folder/feed.xml")]
    FileElsewhere,
    #[error("no file {path}")]
    NoFile { path: String },
    #[error("{path} is a folder; name a file in it")]
    Folder { path: String },
    #[error("{path} is not an ordinary file")]
    NotAFile { path: String },
    #[error("not allowed to read {path}")]
    FileDenied { path: String },
    #[error("could not read {path}: {reason}")]
    FileTrouble { path: String, reason: String },

    #[error("could not set up the network client: {reason}")]
    Client { reason: String },
    #[error("the request failed: {reason}")]
    Other { reason: String },
}

/// What is wrong with a server's certificate, or with ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateTrouble {
    #[error("the certificate is not trusted")]
    NotTrusted,
    #[error("the certificate has expired; is this machine's clock right?")]
    Expired,
    #[error("the certificate is not valid yet; is this machine's clock right?")]
    NotYetValid,
    #[error("the certificate is for another name")]
    OtherName,
    #[error("the certificate was withdrawn")]
    Revoked,
    #[error("this machine has no root certificates; install the package ca-certificates")]
    NoRoots,
}

impl FetchError {
    /// The HTTP status, when there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            FetchError::Status { status, .. } | FetchError::Challenge { status, .. } | FetchError::RedirectNowhere { status } => {
                Some(*status)
            }
            _ => None,
        }
    }

    /// How long the server asks us to stay away (RFC 9110, section 10.2.3); not clamped.
    pub fn retry_after(&self) -> Option<SignedDuration> {
        match self {
            FetchError::Status { retry_after, .. } | FetchError::Challenge { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Whether no server was reached at all, so that trying again is a burden to nobody.
    pub fn is_offline(&self) -> bool {
        use FetchError::{Client, ConnectTimeout, Proxy, Secret, UnknownHost, Unreachable, UnusableProxy};
        matches!(
            self,
            UnknownHost { .. }
                | Unreachable { .. }
                | ConnectTimeout { .. }
                | Proxy { .. }
                | UnusableProxy { .. }
                | Secret { .. }
                | Client { .. }
        )
    }

    /// Whether a setting or this machine is at fault, so that it says nothing of the server: nobody was asked, or only our proxy.
    pub fn is_ours(&self) -> bool {
        use FetchError::{Client, Header, Proxy, Secret, UnusableProxy, UserAgent};
        matches!(self, Client { .. } | Header { .. } | Proxy { .. } | Secret { .. } | UnusableProxy { .. } | UserAgent)
    }

    /// Whether the same request may well succeed later: a server that is down or busy, as against one that says no.
    pub fn is_passing(&self) -> bool {
        use FetchError::{ConnectionRefused, Crowded, HungUp, NoAnswer, Unfinished, UnknownHost};
        match self {
            FetchError::Status { status, .. } | FetchError::Challenge { status, .. } => Trouble::of_status(*status) == Trouble::Busy,
            UnknownHost { .. } => false,
            NoAnswer { .. } | Unfinished { .. } | ConnectionRefused { .. } | HungUp { .. } | Crowded { .. } => true,
            other => other.is_offline(),
        }
    }

    /// What it means for a cure.
    pub fn trouble(&self) -> Trouble {
        use FetchError as E;
        match self {
            E::Status { status, .. } => Trouble::of_status(*status),
            E::Challenge { .. } => Trouble::Challenge,
            E::UnknownHost { .. } => Trouble::UnknownHost,
            E::ConnectionRefused { .. } => Trouble::Closed,
            E::HungUp { .. } | E::NoAnswer { .. } | E::Malformed { .. } => Trouble::Cut,
            E::Unfinished { .. } => Trouble::Slow,
            E::Certificate(_) => Trouble::Certificate,
            E::Proxy { .. } | E::UnusableProxy { .. } => Trouble::Proxy,
            E::TooLarge { .. } => Trouble::TooLarge,
            E::RedirectNowhere { .. } | E::TooManyRedirects { .. } | E::RedirectLoop => Trouble::Misled,
            E::RedirectScheme { .. } | E::RedirectDowngrade { .. } | E::RedirectPrivate { .. } => Trouble::Misled,
            _ => Trouble::Other,
        }
    }

    /// A refusal that came with a challenge's page says so.
    #[must_use]
    pub fn or_challenge(self, is_challenge: bool) -> FetchError {
        match self {
            FetchError::Status { status, retry_after } if is_challenge => FetchError::Challenge { status, retry_after },
            other => other,
        }
    }

    pub(super) fn not_an_address(address: &str) -> FetchError {
        FetchError::NotAnAddress { address: quote(address) }
    }
}

/// Outside text, made harmless and short.
pub(super) fn quote(text: &str) -> String {
    let head: String = text.chars().take(LONGEST_QUOTE).collect();
    CleanText::new(&head).into_string()
}

/// Whole seconds without a fraction: `20`, else `0.3`.
struct Seconds(Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_secs_f64().fmt(f)
    }
}

/// `8 MB`, `64 kB`, `300 bytes`.
pub(super) struct Size(pub(super) usize);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            bytes @ 0..1_000 => write!(f, "{bytes} bytes"),
            bytes @ 1_000..1_000_000 => write!(f, "{} kB", bytes / 1_000),
            bytes => write!(f, "{} MB", bytes / 1_000_000),
        }
    }
}

/// `403 Forbidden`; the number alone when nobody gave it a name.
struct StatusWords(u16);

impl fmt::Display for StatusWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = reqwest::StatusCode::from_u16(self.0).ok().and_then(|status| status.canonical_reason());
        match reason {
            Some(reason) => write!(f, "{} {reason}", self.0),
            None => write!(f, "status {}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_what_a_person_says() {
        let check = |error: FetchError, expected: &str| assert_eq!(error.to_string(), expected);
        let status = |status| FetchError::Status { status, retry_after: None };
        check(status(403), "403 Forbidden");
        check(status(599), "status 599");
        check(FetchError::NoAnswer { timeout: Duration::from_secs(20) }, "no answer in 20 s");
        check(FetchError::NoAnswer { timeout: Duration::from_millis(300) }, "no answer in 0.3 s");
        check(FetchError::UnknownHost { host: "example.invalid".into() }, "could not find the host example.invalid");
        check(FetchError::Certificate(CertificateTrouble::NotTrusted), "the certificate is not trusted");
        check(FetchError::TooLarge { limit_bytes: 8 * 1024 * 1024 }, "more than 8 MB");
        check(FetchError::TooLarge { limit_bytes: 64_000 }, "more than 64 kB");
        check(FetchError::TooManyRedirects { limit: 10 }, "redirected more than 10 times");
        check(FetchError::RedirectNowhere { status: 302 }, "302 Found without saying where to");
    }

    #[test]
    fn no_byte_of_an_address_acts_on_the_terminal() {
        let message = FetchError::not_an_address("\u{1b}]0;title\u{7}\u{202e}nope\n").to_string();
        assert!(message.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{message:?}");
    }
}
