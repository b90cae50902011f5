//! One request over HTTP and the redirects that it leads to, until a document, a 304 or a reason is there. Every hop is
//! checked before it is made; one that is refused or cut off is tried once more over HTTP/1.1.

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode, Version};
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};
use url::{Host, Url};

use super::{
    Answer, Cut, Fetcher, Place, Request, Trail,
    address::{check_redirect, host_name, is_meant, is_same_host, is_this_machine},
    cause,
    client::{Protocol, Route},
    download::{self, Break},
    error::FetchError,
    header, hosts,
    packing::{self, Unpacked},
};
use crate::domain::feed::Validators;

/// Refusals whose page may be a challenge.
const TELLING: [StatusCode; 3] = [StatusCode::FORBIDDEN, StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE];
/// How much of such a page is looked at, and how long it is waited for.
const REFUSAL_BYTES: usize = 64_000;
const REFUSAL_TIMEOUT: Duration = Duration::from_secs(5);

/// A request on its way.
pub(super) struct Trip<'a> {
    fetcher: &'a Fetcher,
    request: &'a Request,
    trail: &'a mut Trail,
    headers: HeaderMap,
    /// The address that the person gave.
    written: Url,
    /// Whether the address that is asked now is what that person meant, and not only what a server sent us to.
    is_meant: bool,
    /// The place at the host that is asked now, and among all.
    place: &'a mut Place,
    /// Moves on while a place at another host is waited for: that is not the server's fault.
    deadline: Instant,
    /// How much longer such places may be waited for, all together.
    patience: Duration,
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
        fetcher: &'a Fetcher,
        request: &'a Request,
        written: Url,
        place: &'a mut Place,
        trail: &'a mut Trail,
    ) -> Result<Trip<'a>, FetchError> {
        let user_agent = request.user_agent.as_deref().unwrap_or(&fetcher.limits.user_agent);
        let headers = header::of_request(user_agent, request.is_plain, &request.validators)?;
        let deadline = Instant::now() + fetcher.limits.total_timeout;
        let patience = fetcher.limits.patience;
        Ok(Trip { fetcher, request, trail, headers, written, is_meant: true, place, deadline, patience })
    }

    pub(super) async fn run(mut self) -> Result<Answer, FetchError> {
        let mut url = self.first()?;
        if !self.place.is_at(&url) {
            self.go_to(&url).await?;
        }
        let mut visited = vec![url.clone()];
        let mut protocol = if self.request.is_http1 { Protocol::Http1 } else { Protocol::Best };
        loop {
            match self.hop_or_try_http1(&url, &mut protocol).await? {
                Step::Done(answer) => {
                    self.trail.is_http1 = protocol == Protocol::Http1;
                    if matches!(&answer, Answer::Body { cut: Some(_), .. }) {
                        // Of half an answer nobody says that it stays new.
                        (self.trail.fresh_for, self.trail.max_age) = (None, None);
                    }
                    return Ok(answer);
                }
                Step::Redirect { status, to } => {
                    url = self.next(&visited, &url, to.ok_or(FetchError::RedirectNowhere { status })?)?;
                    self.note_redirect(status, &url);
                }
            }
            self.go_to(&url).await?;
            visited.push(url.clone());
        }
    }

    /// The address to begin with: the written one, or where it moved to.
    fn first(&mut self) -> Result<Url, FetchError> {
        let Some(instead) = &self.request.instead else { return Ok(self.written.clone()) };
        let instead = Url::parse(instead).map_err(|_| FetchError::not_an_address(instead))?;
        check_redirect(&self.written, &instead, &self.written)?;
        self.is_meant = is_meant(&self.written, &instead, &self.written);
        Ok(without_credentials(instead))
    }

    /// The address to go on with, when a redirect may be followed.
    fn next(&mut self, visited: &[Url], from: &Url, to: Url) -> Result<Url, FetchError> {
        check_redirect(from, &to, &self.written)?;
        self.is_meant = is_meant(from, &to, &self.written);
        let to = without_credentials(to);
        if visited.contains(&to) {
            return Err(FetchError::RedirectLoop);
        }
        let limit = self.fetcher.limits.max_redirects;
        if visited.len() > limit { Err(FetchError::TooManyRedirects { limit }) } else { Ok(to) }
    }

    fn note_redirect(&mut self, status: u16, to: &Url) {
        self.trail.is_detour |= !matches!(status, 301 | 308);
        if !self.trail.is_detour {
            self.trail.moved_to = Some(without_credentials(to.clone()).into());
        }
    }

    /// Waits for the next host's place and pause. The place at the host before and the one among all are given back first, so
    /// that no two requests wait for each other.
    async fn go_to(&mut self, url: &Url) -> Result<(), FetchError> {
        let (since, place, fetcher) = (Instant::now(), &mut *self.place, self.fetcher);
        let ready = async {
            if place.is_at(url) {
                place.pause().await;
            } else {
                *place = fetcher.hosts.nowhere();
                *place = fetcher.hosts.enter(url).await;
                place.begin().await;
            }
        };
        timeout(self.patience, ready).await.map_err(|_| FetchError::Crowded { host: host_name(url) })?;
        self.deadline += since.elapsed();
        self.patience = self.patience.saturating_sub(since.elapsed());
        Ok(())
    }

    async fn hop_or_try_http1(&mut self, url: &Url, protocol: &mut Protocol) -> Result<Step, FetchError> {
        let first = self.hop(url, *protocol).await;
        if *protocol == Protocol::Http1 || !is_worth_http1(&first) {
            return first.map_err(|setback| setback.error);
        }
        let second = match self.go_to(url).await {
            Ok(()) => self.hop(url, Protocol::Http1).await,
            Err(crowded) => Err(crowded.into()),
        };
        match (first, second) {
            (Ok(half), Err(_)) => Ok(half),
            (Ok(half), Ok(other)) if is_cut(&other) => Ok(half),
            (_, second) => {
                *protocol = Protocol::Http1;
                second.map_err(|setback| setback.error)
            }
        }
    }

    async fn hop(&mut self, url: &Url, protocol: Protocol) -> Result<Step, Setback> {
        let (route, Fetcher { clients, limits, .. }) = (self.route(url), self.fetcher);
        if let Some(reason) = limits.unusable_proxy.clone().filter(|_| route != Route::ThisMachine) {
            return Err(FetchError::UnusableProxy { reason }.into());
        }
        let _watch = match (route, url.host()) {
            (Route::Redirected, Some(Host::Domain(name))) => Some(clients.watch_checked(url, name, self.deadline).await?),
            _ => None,
        };
        let asked = clients.get(route, protocol)?.get(url.clone()).headers(self.headers_for(url)).send();
        let response = timeout_at(self.deadline, asked).await.map_err(|_| FetchError::NoAnswer { timeout: limits.total_timeout })?;
        let response = response.map_err(|error| cause::explain(&error, url, clients))?;
        self.trail.host = hosts::key(url);
        let known = self.request.max_age.filter(|_| response.status() == StatusCode::NOT_MODIFIED);
        self.trail.max_age = header::max_age(response.headers(), known);
        self.trail.fresh_for = header::fresh_for(response.headers(), self.trail.max_age, self.request.now);
        self.trail.links = header::links(response.headers());
        match response.status() {
            StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION => Ok(Step::Done(self.read(url, response).await?)),
            StatusCode::NOT_MODIFIED if self.request.validators != Validators::default() => Ok(Step::Done(self.unchanged(&response))),
            StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT => {
                Ok(Step::Redirect { status: response.status().as_u16(), to: header::location(response.headers(), url) })
            }
            _ => {
                let refusal = refusal(&response, self.request.now);
                self.read_refusal(response).await;
                Err(refusal)
            }
        }
    }

    /// Keeps the beginning of the page of a refusal, which may tell a challenge; half of it may do as well.
    async fn read_refusal(&mut self, response: Response) {
        self.trail.is_challenge = header::is_challenge(response.headers());
        self.trail.refused_with = Vec::new();
        if TELLING.contains(&response.status()) {
            let codings = header::codings(response.headers());
            let deadline = self.deadline.min(Instant::now() + REFUSAL_TIMEOUT);
            let (packed, _) = download::body(response, REFUSAL_BYTES, deadline, &mut self.place.room).await;
            self.trail.bytes += packed.len();
            self.trail.refused_with =
                packing::unpack(&codings, packed, REFUSAL_BYTES, &mut self.place.room).await.map_or_else(|_| Vec::new(), |page| page.bytes);
        }
    }

    /// Name, password and the feed's own headers go to the server that the person named, and to no other.
    fn headers_for(&self, url: &Url) -> HeaderMap {
        match is_same_server(&self.written, url) {
            true => self.request.private.over(self.headers.clone()),
            false => self.headers.clone(),
        }
    }

    fn route(&self, url: &Url) -> Route {
        match self.is_meant {
            true if is_this_machine(url) => Route::ThisMachine,
            true => Route::Named,
            false => Route::Redirected,
        }
    }

    fn unchanged(&self, response: &Response) -> Answer {
        let validators = header::renewed_validators(response.headers(), &self.request.validators);
        Answer::Unchanged { status: Some(response.status().as_u16()), validators }
    }

    async fn read(&mut self, url: &Url, response: Response) -> Result<Answer, FetchError> {
        let Fetcher { clients, limits, .. } = self.fetcher;
        let (limit, status) = (limits.max_body_bytes, response.status().as_u16());
        let headers = response.headers().clone();
        let (packed, broken) = download::body(response, limit, self.deadline, &mut self.place.room).await;
        let broken = broken.map(|broken| match broken {
            Break::TooLarge => download::too_large(limit),
            Break::Late => FetchError::Unfinished { timeout: limits.total_timeout },
            Break::Cut(error) => cause::explain(&error, url, clients),
        });
        let came = packed.len();
        self.trail.bytes += came;
        let unpacked = match (packing::unpack(&header::codings(&headers), packed, limit, &mut self.place.room).await, broken) {
            // What does not come to its end cannot be unpacked to its end.
            (Err(FetchError::BrokenPacking { .. }), Some(broken)) => return Err(broken),
            (unpacked, broken) => unpacked.map(|unpacked| Unpacked { broken: broken.or(unpacked.broken), ..unpacked })?,
        };
        self.trail.is_packed_otherwise = unpacked.is_otherwise;
        let cut = match unpacked.broken {
            Some(error) if unpacked.bytes.is_empty() => return Err(error),
            broken => broken.map(|error| Cut { error, came }),
        };
        Ok(Answer::Body {
            status: Some(status),
            bytes: unpacked.bytes,
            content_type: header::content_type(&headers),
            final_url: without_credentials(url.clone()).to_string(),
            validators: if cut.is_some() { Validators::default() } else { header::validators(&headers) },
            cut,
        })
    }
}

/// Whether speaking HTTP/1.1 may bring what did not come, or not whole.
fn is_worth_http1(step: &Result<Step, Setback>) -> bool {
    match step {
        Ok(Step::Done(Answer::Body { cut: Some(cut), .. })) => matches!(cut.error, FetchError::HungUp { .. }),
        Ok(_) => false,
        Err(setback) => setback.is_worth_http1,
    }
}

fn is_cut(step: &Step) -> bool {
    matches!(step, Step::Done(Answer::Body { cut: Some(_), .. }))
}

/// A status that is no answer. Some publishers refuse HTTP/2 from clients that are no browser.
fn refusal(response: &Response, now: Option<Timestamp>) -> Setback {
    let status = response.status();
    let error = FetchError::Status { status: status.as_u16(), retry_after: header::retry_after(response.headers(), now) };
    Setback { is_worth_http1: status == StatusCode::FORBIDDEN && response.version() > Version::HTTP_11, error }
}

/// The same server, also when it has moved from `http` to `https`.
fn is_same_server(written: &Url, url: &Url) -> bool {
    let is_upgrade = || (written.scheme(), url.scheme()) == ("http", "https") && (written.port(), url.port()) == (None, None);
    written.origin() == url.origin() || (is_same_host(written, url) && is_upgrade())
}

/// Where a server sends us, and what is told of it, has no name and password: those of a feed stand in the settings.
fn without_credentials(mut url: Url) -> Url {
    // Fails only for addresses without a host, which have none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    url
}
