//! How many requests may be under way, in all and to one host, and how much may wait to be read. A request waits for its host
//! first, so that the feeds of a slow host never take the places of others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::{Host, Url};

/// Answers that wait to be read and kept, in kB; above it, answers keep their requests' places until there is room.
const UNREAD_KB: usize = 16 * 1024;

/// The places.
pub(super) struct Limits {
    all: Arc<Semaphore>,
    unread: Arc<Semaphore>,
    hosts: Mutex<HashMap<(Host, u16), Arc<Semaphore>>>,
    per_host: usize,
}

/// The place of a request; or, afterwards, of its answer. Given back when dropped.
pub(super) struct Place {
    _permits: [Option<OwnedSemaphorePermit>; 2],
}

impl Limits {
    /// At least one of each.
    pub fn new(all: usize, per_host: usize) -> Limits {
        let most = Semaphore::MAX_PERMITS;
        Limits {
            all: Arc::new(Semaphore::new(all.clamp(1, most))),
            unread: Arc::new(Semaphore::new(UNREAD_KB)),
            hosts: Mutex::default(),
            per_host: per_host.clamp(1, most),
        }
    }

    /// Waits for a place, first come, first served.
    pub async fn enter(&self, url: &str) -> Place {
        // Semaphores fail only when closed, and nobody closes these.
        let host = match self.host(url) {
            Some(host) => host.acquire_owned().await.ok(),
            None => None,
        };
        Place { _permits: [host, self.all.clone().acquire_owned().await.ok()] }
    }

    /// Lets the next request go while an answer of `bytes` is read and kept.
    pub async fn leave(&self, request: Place, bytes: usize) -> Place {
        let Place { _permits: [host, all] } = request;
        drop(host);
        let kilobytes = u32::try_from((bytes / 1024).min(UNREAD_KB)).unwrap_or(u32::MAX);
        let unread = self.unread.clone().acquire_many_owned(kilobytes).await.ok();
        drop(all);
        Place { _permits: [None, unread] }
    }

    fn host(&self, url: &str) -> Option<Arc<Semaphore>> {
        let url = Url::parse(url.trim()).ok()?;
        let key = (url.host()?.to_owned(), port(&url));
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        Some(hosts.entry(key).or_insert_with(|| Arc::new(Semaphore::new(self.per_host))).clone())
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
        let first = enter("https://a.example/1").expect("a place");
        let second = enter("http://a.example/2").expect("a place");
        assert!(enter("https://A.example/3").is_none(), "two are under way to that host");
        let file = enter("file:///feed.xml").expect("files have no host");
        assert!(enter("https://b.example/").is_none(), "three are under way in all");
        drop(file);
        let other = enter("https://a.example:8443/").expect("another server");
        drop(second);
        drop(enter("https://a.example/3").expect("the host has a place again"));
        drop((first, other));
    }

    #[test]
    fn an_answer_gives_its_requests_place_to_the_next_unless_too_much_waits() {
        let limits = Limits::new(1, 1);
        let enter = || limits.enter("https://a.example/").now_or_never();
        let big = limits.leave(enter().expect("a place"), usize::MAX).now_or_never().expect("room");
        let request = enter().expect("the place is free again");
        let mut waiting = Box::pin(limits.leave(request, 5000));
        assert!(waiting.as_mut().now_or_never().is_none());
        assert!(limits.enter("https://b.example/").now_or_never().is_none(), "the answer keeps its place");
        drop(big);
        assert!(waiting.now_or_never().is_some());
        assert!(enter().is_some());
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
