//! How many requests may be under way, in all and to one host. A request waits for its host first, so that the feeds of a slow
//! host never take the places of others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::{Host, Url};

/// The places.
pub(super) struct Limits {
    all: Arc<Semaphore>,
    hosts: Mutex<HashMap<(Host, u16), Arc<Semaphore>>>,
    per_host: usize,
}

/// A place, given back when dropped.
pub(super) struct Place {
    host: Option<OwnedSemaphorePermit>,
    _all: Option<OwnedSemaphorePermit>,
}

impl Limits {
    /// At least one of each.
    pub fn new(all: usize, per_host: usize) -> Limits {
        let most = Semaphore::MAX_PERMITS;
        Limits { all: Arc::new(Semaphore::new(all.clamp(1, most))), hosts: Mutex::default(), per_host: per_host.clamp(1, most) }
    }

    /// Waits for a place, first come, first served.
    pub async fn enter(&self, url: &str) -> Place {
        // Semaphores fail only when closed, and nobody closes these.
        let host = match self.host(url) {
            Some(host) => host.acquire_owned().await.ok(),
            None => None,
        };
        Place { host, _all: self.all.clone().acquire_owned().await.ok() }
    }

    fn host(&self, url: &str) -> Option<Arc<Semaphore>> {
        let url = Url::parse(url.trim()).ok()?;
        let key = (url.host()?.to_owned(), port(&url));
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        Some(hosts.entry(key).or_insert_with(|| Arc::new(Semaphore::new(self.per_host))).clone())
    }
}

impl Place {
    /// Lets the next request go to the host, while the answer is still being read and kept.
    pub fn leave_host(&mut self) {
        self.host = None;
    }
}

/// 0 for both `http` and `https`: one server.
fn port(url: &Url) -> u16 {
    url.port().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[test]
    fn a_host_gives_its_places_and_no_more() {
        let limits = Limits::new(3, 2);
        let enter = |url: &str| limits.enter(url).now_or_never();
        let mut first = enter("https://a.example/1").expect("a place");
        let second = enter("http://a.example/2").expect("a place");
        assert!(enter("https://A.example/3").is_none(), "two are under way to that host");
        let file = enter("file:///feed.xml").expect("files have no host");
        assert!(enter("https://b.example/").is_none(), "three are under way in all");
        drop(file);
        let other = enter("https://a.example:8443/").expect("another server");
        drop(second);
        first.leave_host();
        drop(enter("https://a.example/3").expect("the host has a place again"));
        drop((first, other));
    }

    #[test]
    fn a_request_that_waits_for_its_host_takes_nobodys_place() {
        let limits = Limits::new(2, 1);
        let _slow = limits.enter("https://slow.example/1").now_or_never().expect("a place");
        let mut waiting = Box::pin(limits.enter("https://slow.example/2"));
        assert!(waiting.as_mut().now_or_never().is_none());
        assert!(limits.enter("https://quick.example/").now_or_never().is_some());
    }

    #[test]
    fn a_limit_of_none_is_one() {
        assert!(Limits::new(0, 0).enter("https://a.example/").now_or_never().is_some());
    }
}
