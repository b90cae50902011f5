//! One request over HTTP and the redirects that it leads to, until a document, a 304 or a reason is there. Every hop is
//! checked before it is made; one that is refused or cut off is tried once more over HTTP/1.1.

use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode, Version};
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

use super::{
    Answer, Limits, Request,
    address::{check_redirect, host_name, is_same_host, is_this_machine},
    cause,
    client::{Clients, Protocol, Route},
    download::{self, Break},
    error::FetchError,
    header, packing,
};
use crate::domain::feed::Validators;

/// A request on its way.
pub(super) struct Trip<'a> {
    clients: &'a Clients,
    limits: &'a Limits,
    known: &'a Validators,
    headers: HeaderMap,
    /// The address that the person gave.
    written: Url,
    deadline: Instant,
}

/// Where one hop led.
enum Step {
    Done(Answer),
    Redirect { status: u16, to: Option<Url> },
}

/// A hop that failed.
struct Setback {
    error: FetchError,
    is_worth_http1: bool,
}

impl From<FetchError> for Setback {
    fn from(error: FetchError) -> Setback {
        Setback { is_worth_http1: matches!(error, FetchError::HungUp { .. }), error }
    }
}

impl<'a> Trip<'a> {
    pub(super) fn new(
        clients: &'a Clients,
        limits: &'a Limits,
        request: &'a Request,
        written: Url,
        deadline: Instant,
    ) -> Result<Trip<'a>, FetchError> {
        let user_agent = request.user_agent.as_deref().unwrap_or(&limits.user_agent);
        let headers = header::of_request(user_agent, &request.validators)?;
        Ok(Trip { clients, limits, known: &request.validators, headers, written, deadline })
    }

    pub(super) async fn run(self) -> Result<Answer, FetchError> {
        let mut visited = vec![self.written.clone()];
        let mut protocol = Protocol::Best;
        let mut url = self.written.clone();
        loop {
            match self.hop_or_try_http1(&url, &mut protocol).await? {
                Step::Done(answer) => return Ok(answer),
                Step::Redirect { status, to } => url = self.next(&visited, &url, to.ok_or(FetchError::RedirectNowhere { status })?)?,
            }
            visited.push(url.clone());
        }
    }

    /// The address to go on with, when a redirect may be followed.
    fn next(&self, visited: &[Url], from: &Url, to: Url) -> Result<Url, FetchError> {
        check_redirect(from, &to, &self.written)?;
        let to = with_own_credentials(from, to);
        if visited.contains(&to) {
            return Err(FetchError::RedirectLoop);
        }
        if visited.len() > self.limits.max_redirects {
            return Err(FetchError::TooManyRedirects { limit: self.limits.max_redirects });
        }
        Ok(to)
    }

    async fn hop_or_try_http1(&self, url: &Url, protocol: &mut Protocol) -> Result<Step, FetchError> {
        match self.hop(url, *protocol).await {
            Err(setback) if setback.is_worth_http1 && *protocol == Protocol::Best => {
                *protocol = Protocol::Http1;
                self.hop(url, *protocol).await.map_err(|setback| setback.error)
            }
            step => step.map_err(|setback| setback.error),
        }
    }

    async fn hop(&self, url: &Url, protocol: Protocol) -> Result<Step, Setback> {
        let route = self.route(url);
        let _watch = match (route, url.host()) {
            (Route::Redirected, Some(Host::Domain(name))) => Some(self.clients.watch(name)),
            _ => None,
        };
        let asked = self.clients.get(route, protocol)?.get(url.clone()).headers(self.headers.clone()).send();
        let response = timeout_at(self.deadline, asked).await.map_err(|_| FetchError::NoAnswer { timeout: self.limits.total_timeout })?;
        let response = response.map_err(|error| cause::explain(&error, &host_name(url), self.clients))?;
        match response.status() {
            StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION => Ok(Step::Done(self.read(url, response).await?)),
            StatusCode::NOT_MODIFIED if *self.known != Validators::default() => Ok(Step::Done(self.unchanged(&response))),
            StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT => {
                Ok(Step::Redirect { status: response.status().as_u16(), to: header::location(response.headers(), url) })
            }
            _ => Err(refusal(&response)),
        }
    }

    fn route(&self, url: &Url) -> Route {
        match is_same_host(url, &self.written) {
            true if is_this_machine(url) => Route::ThisMachine,
            true => Route::Named,
            false => Route::Redirected,
        }
    }

    fn unchanged(&self, response: &Response) -> Answer {
        let validators = header::renewed_validators(response.headers(), self.known);
        Answer::Unchanged { status: Some(response.status().as_u16()), validators }
    }

    async fn read(&self, url: &Url, response: Response) -> Result<Answer, FetchError> {
        let (limit, status) = (self.limits.max_body_bytes, response.status().as_u16());
        let headers = response.headers().clone();
        let packed = download::body(response, limit, self.deadline).await.map_err(|broken| match broken {
            Break::TooLarge => download::too_large(limit),
            Break::Late => FetchError::Unfinished { timeout: self.limits.total_timeout },
            Break::Cut(error) => cause::explain(&error, &host_name(url), self.clients),
        })?;
        let bytes = packing::unpack(&header::codings(&headers), packed, limit).await?;
        Ok(Answer::Body {
            status: Some(status),
            bytes,
            content_type: header::content_type(&headers),
            final_url: without_credentials(url.clone()).to_string(),
            validators: header::validators(&headers),
        })
    }
}

/// A status that is no answer. Some publishers refuse HTTP/2 from clients that are no browser.
fn refusal(response: &Response) -> Setback {
    let status = response.status();
    let error = FetchError::Status { status: status.as_u16(), retry_after: header::retry_after(response.headers()) };
    Setback { is_worth_http1: status == StatusCode::FORBIDDEN && response.version() > Version::HTTP_11, error }
}

/// Name and password go on to the same server only, and only those that the person gave.
fn with_own_credentials(from: &Url, to: Url) -> Url {
    let mut to = without_credentials(to);
    if from.origin() == to.origin() {
        let _ = to.set_username(from.username());
        let _ = to.set_password(from.password());
    }
    to
}

fn without_credentials(mut url: Url) -> Url {
    // Fails only for addresses without a host, which have none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_stay_with_their_server() {
        let check = |from: &str, to: &str, expected: &str| {
            let url = |text: &str| Url::parse(text).expect("an address");
            assert_eq!(with_own_credentials(&url(from), url(to)).as_str(), expected, "{from} -> {to}");
        };
        check("https://me:pw@a.example/", "https://a.example/new", "https://me:pw@a.example/new");
        check("https://me:pw@a.example/", "https://b.example/new", "https://b.example/new");
        check("https://me:pw@a.example/", "https://me:pw@a.example:444/", "https://a.example:444/");
        check("https://a.example/", "https://evil:x@b.example/", "https://b.example/");
    }
}
