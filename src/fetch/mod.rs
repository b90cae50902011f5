//! HTTP and file manners: one address in, its bytes or a reason in words out. Conditional, capped in time and size, wary of
//! where a redirect leads. Knows nothing of feeds, keeps nothing, reads no clock.

mod address;
mod cause;
mod client;
mod download;
mod error;
mod file;
mod header;
mod hop;
mod names;
mod packing;

use jiff::SignedDuration;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

use crate::domain::{feed::Validators, settings::FetchSettings};
use client::Clients;
pub use error::{CertificateTrouble, FetchError};

/// One address to ask for, with what is known from the last answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `http`, `https` or `file`.
    pub url: String,
    /// Of the last good answer; empty asks for the whole document.
    pub validators: Validators,
    /// Instead of the program's own.
    pub user_agent: Option<String>,
}

/// A good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing is new. `status` is `None` for a file. `validators` are the ones to send next.
    Unchanged { status: Option<u16>, validators: Validators },
    /// The document, unpacked. `status` is `None` for a file; `final_url` is where it was found, without name and password.
    Body { status: Option<u16>, bytes: Vec<u8>, content_type: Option<String>, final_url: String, validators: Validators },
}

/// Asks for addresses. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct Fetcher {
    clients: Clients,
    limits: Limits,
}

/// The limits of one request.
#[derive(Clone, Debug)]
struct Limits {
    total_timeout: Duration,
    max_body_bytes: usize,
    max_redirects: usize,
    user_agent: String,
}

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
        };
        Ok(Fetcher { clients: Clients::new(duration(settings.connect_timeout), look_up)?, limits })
    }

    /// Asks once, following redirects, all within the total timeout. Dropping the future ends the request.
    pub async fn fetch(&self, request: Request) -> Result<Answer, FetchError> {
        let url = Url::parse(request.url.trim()).map_err(|_| FetchError::not_an_address(&request.url))?;
        match url.scheme() {
            "file" => file::fetch(&url, &request.validators, &self.limits).await,
            "http" | "https" => {
                let deadline = Instant::now() + self.limits.total_timeout;
                hop::Trip::new(&self.clients, &self.limits, &request, url, deadline)?.run().await
            }
            other => Err(FetchError::Scheme { scheme: other.to_string() }),
        }
    }
}

/// Settings are never negative; one that is counts as none.
fn duration(setting: SignedDuration) -> Duration {
    Duration::try_from(setting).unwrap_or_default()
}

#[cfg(test)]
mod tests;
