//! HTTP and file manners: one address in, its bytes or a reason in words out. Conditional, capped in time and size, wary of
//! where a redirect leads. Knows nothing of feeds, keeps nothing, reads no clock.

mod address;
mod cause;
mod client;
mod cut;
mod download;
mod error;
mod file;
mod header;
mod hop;
mod hosts;
mod names;
mod packing;
mod private;
mod room;
mod trail;

use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use url::Url;

use crate::domain::{feed::Validators, settings::FetchSettings};
use client::Clients;
pub use cut::Cut;
pub use error::{CertificateTrouble, FetchError};
use hosts::Hosts;
pub use hosts::{Place, host_key};
pub use packing::Unpacked;
pub use private::PrivateHeaders;
use room::Rooms;
pub use trail::Trail;

/// One address to ask for, with what is known from the last answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `http`, `https` or `file`.
    pub url: String,
    /// Of the last good answer; empty asks for the whole document.
    pub validators: Validators,
    /// The `max-age` that came with them, which a 304 need not repeat.
    pub max_age: Option<SignedDuration>,
    /// Instead of the program's own.
    pub user_agent: Option<String>,
    /// Where a permanent redirect led before: asked instead, but with the trust of a redirect only.
    pub instead: Option<String>,
    /// Whether to speak HTTP/1.1 from the start.
    pub is_http1: bool,
    /// Whether to accept what a browser accepts, for a server that refuses who asks for a feed.
    pub is_plain: bool,
    /// Sent to the server of `url` only.
    pub private: PrivateHeaders,
    /// For servers that say when, but not what time it is with them.
    pub now: Option<Timestamp>,
}

/// A good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing is new. `status` is `None` for a file. `validators` are the ones to send next.
    Unchanged { status: Option<u16>, validators: Validators },
    /// The document, unpacked. `status` is `None` for a file; `final_url` is where it was found, without name and password.
    /// Of one that broke off there is `cut`, and no validators: they would keep the whole one away.
    Body { status: Option<u16>, bytes: Vec<u8>, content_type: Option<String>, final_url: String, validators: Validators, cut: Option<Cut> },
}

/// Asks for addresses. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct Fetcher {
    clients: Clients,
    limits: Limits,
    hosts: Hosts,
}

/// The limits of one request.
#[derive(Clone, Debug)]
struct Limits {
    total_timeout: Duration,
    max_body_bytes: usize,
    max_redirects: usize,
    user_agent: String,
    /// How long one request may wait for places at the hosts that it is redirected to.
    patience: Duration,
    /// Why nothing goes out to other machines.
    unusable_proxy: Option<String>,
}

/// How long a request that has begun may wait for other requests to leave the hosts that it is redirected to.
pub const LONGEST_CROWD: SignedDuration = SignedDuration::from_mins(2);
/// What is sent when neither the feed nor the settings say otherwise.
const USER_AGENT: &str = concat!("matins/", env!("CARGO_PKG_VERSION"), " (news reader)");

impl Fetcher {
    /// Fails only when no client can be built at all. Without root certificates it is built, and `https` addresses fail
    /// with a message that says so.
    pub fn new(settings: &FetchSettings) -> Result<Fetcher, FetchError> {
        Fetcher::with_names(settings, names::system())
    }

    fn with_names(settings: &FetchSettings, look_up: names::LookUp) -> Result<Fetcher, FetchError> {
        let limits = Limits {
            total_timeout: duration(settings.total_timeout),
            max_body_bytes: settings.max_body_bytes,
            max_redirects: settings.max_redirects,
            user_agent: match settings.user_agent.trim() {
                "" => USER_AGENT.to_string(),
                own => own.to_string(),
            },
            patience: duration(LONGEST_CROWD),
            unusable_proxy: settings.unusable_proxy.clone(),
        };
        let hosts = Hosts::new(settings.at_once_per_host, settings.at_once, duration(settings.pause_per_host));
        Ok(Fetcher { clients: Clients::new(duration(settings.connect_timeout), settings, look_up)?, limits, hosts })
    }

    /// Asks once, following redirects, all within the total timeout. Dropping the future ends the request.
    pub async fn fetch(&self, request: Request) -> Result<Answer, FetchError> {
        let mut place = self.enter(request.instead.as_ref().unwrap_or(&request.url)).await;
        self.fetch_from(&mut place, request).await.0
    }

    /// Waits until the address's host has a place for one more request and its pause is over.
    pub async fn enter(&self, url: &str) -> Place {
        match Url::parse(url.trim()) {
            Ok(url) => self.hosts.enter(&url).await,
            Err(_) => self.hosts.nowhere(),
        }
    }

    /// [`Fetcher::fetch`] from a place that was waited for, with what was learnt on the way. The answer has the place among
    /// all still, until it is dropped.
    pub async fn fetch_from(&self, place: &mut Place, request: Request) -> (Result<Answer, FetchError>, Trail) {
        let mut trail = Trail::default();
        place.begin().await;
        let answer = self.ask(place, &request, &mut trail).await;
        place.leave_host();
        (answer, trail)
    }

    async fn ask(&self, place: &mut Place, request: &Request, trail: &mut Trail) -> Result<Answer, FetchError> {
        let url = Url::parse(request.url.trim()).map_err(|_| FetchError::not_an_address(&request.url))?;
        match url.scheme() {
            "file" => file::fetch(&url, &request.validators, &self.limits, &mut place.room).await,
            "http" | "https" => hop::Trip::new(self, request, url, place, trail)?.run().await,
            other => Err(FetchError::Scheme { scheme: other.to_string() }),
        }
    }
}

/// Undoes the packing of what no server sent: gzip, whatever it is called.
///
/// # Errors
/// When a small document grows past the limit, in bytes.
pub async fn unpack(bytes: Vec<u8>, limit: usize) -> Result<Unpacked, FetchError> {
    packing::unpack(&[], bytes, limit, &mut Rooms::default().none_yet()).await
}

/// Whether the address is this machine's own by its look: it needs no manners, and no proxy.
pub fn is_this_machine(url: &str) -> bool {
    Url::parse(url.trim()).is_ok_and(|url| address::is_this_machine(&url))
}

/// Settings are never negative; one that is counts as none.
fn duration(setting: SignedDuration) -> Duration {
    Duration::try_from(setting).unwrap_or_default()
}

#[cfg(test)]
mod tests;
