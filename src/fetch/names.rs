//! From host names to addresses. A name that a redirect led to finds only public addresses: it is checked here, where the
//! connection is made, so that a name cannot show one address to a check and another to the connection.

use futures_util::future::{BoxFuture, FutureExt};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::address::is_private;

/// Finds the addresses of a host name; ports are not looked at.
pub(super) type LookUp = Arc<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync>;

/// Asks the system.
pub(super) fn system() -> LookUp {
    Arc::new(|name| async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) }.boxed())
}

/// Why a name led to no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NameTrouble {
    #[error("no address is known for {0}")]
    Unknown(String),
    #[error("{0} is a private address")]
    Private(String),
}

/// Names that redirects in flight lead to. Other names, such as a proxy's, are not checked.
#[derive(Clone, Default)]
pub(super) struct Watched(Arc<Mutex<HashMap<String, usize>>>);

/// Keeps a name watched while it lives.
pub(super) struct Watch {
    watched: Watched,
    name: String,
}

impl Watched {
    pub(super) fn watch(&self, name: &str) -> Watch {
        self.count(name, |count| count + 1);
        Watch { watched: self.clone(), name: name.to_string() }
    }

    fn contains(&self, name: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains_key(name)
    }

    fn count(&self, name: &str, change: impl Fn(usize) -> usize) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match change(names.get(name).copied().unwrap_or(0)) {
            0 => names.remove(name),
            count => names.insert(name.to_string(), count),
        };
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.watched.count(&self.name, |count| count.saturating_sub(1));
    }
}

/// What a client asks for addresses.
pub(super) struct Names {
    pub(super) look_up: LookUp,
    pub(super) watched: Watched,
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_string();
        let is_watched = self.watched.contains(&name);
        let found = (self.look_up)(name.clone());
        Box::pin(async move {
            let addresses = found.await.map_err(|_| NameTrouble::Unknown(name.clone()))?;
            let usable = choose(name, addresses, is_watched)?;
            Ok(Box::new(usable.into_iter()) as Addrs)
        })
    }
}

fn choose(name: String, mut addresses: Vec<SocketAddr>, is_watched: bool) -> Result<Vec<SocketAddr>, NameTrouble> {
    if addresses.is_empty() {
        return Err(NameTrouble::Unknown(name));
    }
    addresses.retain(|address| !is_watched || !is_private(address.ip()));
    if addresses.is_empty() { Err(NameTrouble::Private(name)) } else { Ok(addresses) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watched_name_finds_only_public_addresses() {
        let check = |addresses: &[&str], is_watched: bool, expected: Result<&[&str], NameTrouble>| {
            let parse = |list: &[&str]| list.iter().map(|text| SocketAddr::new(text.parse().expect("an address"), 0)).collect::<Vec<_>>();
            assert_eq!(choose("n".into(), parse(addresses), is_watched), expected.map(parse), "{addresses:?}");
        };
        check(&["1.1.1.1", "127.0.0.1"], true, Ok(&["1.1.1.1"]));
        check(&["10.0.0.1", "::1"], true, Err(NameTrouble::Private("n".into())));
        check(&["10.0.0.1", "::1"], false, Ok(&["10.0.0.1", "::1"]));
        check(&[], false, Err(NameTrouble::Unknown("n".into())));
    }

    #[test]
    fn a_name_stays_watched_until_its_last_redirect_ends() {
        let watched = Watched::default();
        let (first, second) = (watched.watch("a.example"), watched.watch("a.example"));
        drop(first);
        assert!(watched.contains("a.example"));
        drop(second);
        assert!(!watched.contains("a.example"));
    }
}
