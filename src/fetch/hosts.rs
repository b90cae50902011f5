//! How many requests may be under way: at one host, with a pause between two of them, and in all. This machine needs no pause.
//! Whoever waits for a host holds no place among all: else the requests that wait for a busy host would keep it from all
//! others, and from the one that is to leave it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};
use url::Url;

use super::address::is_this_machine;
use super::room::{Room, Rooms};

/// All hosts that were asked so far. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    per_host: usize,
    pause: Duration,
    hosts: Arc<Mutex<HashMap<String, Arc<Host>>>>,
    all: Arc<Semaphore>,
    rooms: Rooms,
}

#[derive(Debug)]
struct Host {
    places: Arc<Semaphore>,
    pause: Duration,
    /// When the last request to it was due or over.
    last: Mutex<Option<Instant>>,
}

/// The place of one request: at its host, among all once it has begun, and the room of its answer once that is large. Given back
/// when dropped. An address without a host has all the places there that it wants.
#[derive(Debug)]
pub struct Place {
    key: Option<String>,
    at_host: Option<AtHost>,
    all: Arc<Semaphore>,
    among_all: Option<OwnedSemaphorePermit>,
    pub(super) room: Room,
}

#[derive(Debug)]
struct AtHost {
    host: Arc<Host>,
    _permit: Option<OwnedSemaphorePermit>,
}

/// The name of an address's server: `example.org`, or `example.org:8080` where the port is written. `None` without a host.
/// `http` and `https` are one server.
pub fn host_key(url: &str) -> Option<String> {
    key(&Url::parse(url.trim()).ok()?)
}

pub(super) fn key(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    match url.port() {
        Some(port) => Some(format!("{host}:{port}")),
        None => Some(host).filter(|host| !host.is_empty()),
    }
}

impl Hosts {
    /// At least one each.
    pub(super) fn new(per_host: usize, in_all: usize, pause: Duration) -> Hosts {
        let places = |count: usize| count.clamp(1, Semaphore::MAX_PERMITS);
        let all = Arc::new(Semaphore::new(places(in_all)));
        Hosts { per_host: places(per_host), pause, hosts: Arc::default(), all, rooms: Rooms::default() }
    }

    /// Waits for a place at the host, first come, first served, and for the pause after the request before.
    pub(super) async fn enter(&self, url: &Url) -> Place {
        let mut place = self.nowhere();
        place.key = key(url);
        if let Some(key) = place.key.clone() {
            let host = self.host(key, is_this_machine(url));
            // Semaphores fail only when closed, and nobody closes these.
            let _permit = host.places.clone().acquire_owned().await.ok();
            place.at_host = Some(AtHost { host, _permit });
            place.pause().await;
        }
        place
    }

    /// The place of a request that asks no host.
    pub(super) fn nowhere(&self) -> Place {
        Place { key: None, at_host: None, all: self.all.clone(), among_all: None, room: self.rooms.none_yet() }
    }

    fn host(&self, key: String, is_own: bool) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let pause = if is_own { Duration::ZERO } else { self.pause };
        let new = || Arc::new(Host { places: Arc::new(Semaphore::new(self.per_host)), pause, last: Mutex::default() });
        hosts.entry(key).or_insert_with(new).clone()
    }
}

impl Place {
    /// Waits for a place among all requests, first come, first served.
    pub async fn begin(&mut self) {
        if self.among_all.is_none() {
            self.among_all = self.all.clone().acquire_owned().await.ok();
        }
    }

    /// Gives the place among all back, to begin another time.
    pub fn step_back(&mut self) {
        self.among_all = None;
    }

    /// Gives the place at the host back; what came keeps the one among all.
    pub(super) fn leave_host(&mut self) {
        self.key = None;
        self.at_host = None;
    }

    pub(super) fn is_at(&self, url: &Url) -> bool {
        self.key == key(url)
    }

    /// Waits until the host may be asked again.
    pub(super) async fn pause(&self) {
        let Some(host) = self.at_host.as_ref().map(|at| &at.host).filter(|host| !host.pause.is_zero()) else { return };
        let turn = {
            let mut last = host.last.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let turn = last.map_or(now, |last| now.max(last + host.pause));
            *last = Some(turn);
            turn
        };
        sleep_until(turn).await;
    }
}

impl Drop for AtHost {
    fn drop(&mut self) {
        let mut last = self.host.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = (*last).max(Some(Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("an address")
    }

    #[test]
    fn both_schemes_of_a_host_are_one_server_and_another_port_is_another() {
        let check = |url: &str, expected: Option<&str>| assert_eq!(host_key(url).as_deref(), expected, "{url}");
        check("https://A.example/1", Some("a.example"));
        check("http://a.example./2", Some("a.example"));
        check("https://a.example:443/", Some("a.example"));
        check("https://a.example:8443/", Some("a.example:8443"));
        check("http://[::1]:80/", Some("[::1]"));
        check("file:///feed.xml", None);
        check("nonsense", None);
    }

    #[test]
    fn a_host_gives_its_places_and_no_more() {
        let hosts = Hosts::new(2, 9, Duration::ZERO);
        let enter = |text: &str| hosts.enter(&url(text)).now_or_never();
        let first = enter("https://a.example/1").expect("a place");
        let second = enter("http://a.example/2").expect("a place");
        assert!(enter("https://A.example/3").is_none(), "two are under way to that host");
        let others = (enter("file:///feed.xml").expect("files have no host"), enter("https://b.example/").expect("another host"));
        drop(second);
        drop(enter("https://a.example/3").expect("the host has a place again"));
        drop((first, others));
        assert!(Hosts::new(0, 9, Duration::ZERO).enter(&url("https://a.example/")).now_or_never().is_some(), "none is one");
    }

    #[test]
    fn there_are_so_many_places_in_all_and_no_more() {
        let hosts = Hosts::new(1, 1, Duration::ZERO);
        let enter = |text: &str| hosts.enter(&url(text)).now_or_never().expect("another host");
        let (mut first, mut second) = (enter("https://a.example/"), enter("https://b.example/"));
        assert!(first.begin().now_or_never().is_some() && first.begin().now_or_never().is_some(), "one that has begun waits for nobody");
        first.leave_host();
        drop(enter("https://a.example/"));
        assert!(second.begin().now_or_never().is_none(), "the first has left its host, and has its place among all still");
        first.step_back();
        assert!(second.begin().now_or_never().is_some());
        assert!(Hosts::new(1, 0, Duration::ZERO).nowhere().begin().now_or_never().is_some(), "none is one");
    }

    #[tokio::test(start_paused = true)]
    async fn requests_to_one_host_are_a_pause_apart() {
        let hosts = Hosts::new(1, 9, Duration::from_secs(1));
        let start = Instant::now();
        let first = hosts.enter(&url("https://a.example/1")).await;
        assert_eq!(start.elapsed(), Duration::ZERO, "nobody asked before");
        first.pause().await;
        assert_eq!(start.elapsed(), Duration::from_secs(1), "a second try of the same request");
        tokio::time::advance(Duration::from_secs(7)).await;
        drop(first);
        let second = hosts.enter(&url("http://a.example/2")).await;
        assert_eq!(start.elapsed(), Duration::from_secs(9), "a second after the answer");
        drop(hosts.enter(&url("https://b.example/")).await);
        assert_eq!(start.elapsed(), Duration::from_secs(9), "another host waits for nobody");
        drop(second);
        tokio::time::advance(Duration::from_secs(60)).await;
        drop(hosts.enter(&url("https://a.example/3")).await);
        assert_eq!(start.elapsed(), Duration::from_secs(69), "long enough ago");
    }

    #[tokio::test(start_paused = true)]
    async fn two_places_of_a_host_start_a_pause_apart() {
        let hosts = Hosts::new(2, 9, Duration::from_secs(1));
        let start = Instant::now();
        let address = url("https://a.example/");
        let places = tokio::join!(hosts.enter(&address), hosts.enter(&address));
        assert_eq!(start.elapsed(), Duration::from_secs(1));
        drop(places);
    }

    #[tokio::test(start_paused = true)]
    async fn this_machine_is_asked_without_a_pause() {
        let hosts = Hosts::new(1, 9, Duration::from_secs(1));
        let start = Instant::now();
        for _ in 0..3 {
            drop(hosts.enter(&url("http://127.0.0.1:8000/")).await);
            drop(hosts.enter(&url("http://localhost/")).await);
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
    }
}
