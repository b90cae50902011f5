//! The HTTP clients, built when first needed: one for each way that a request may go and each protocol. They follow no
//! redirect, keep no cookie, send no referrer and unpack nothing; that is done here in the open.

use reqwest::{Client, ClientBuilder, Proxy, redirect::Policy};
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use url::Url;

use super::{
    address::{is_private, is_this_machine},
    cause,
    error::{FetchError, quote},
    names::{LookUp, Names, Watch, Watched},
};

use crate::domain::address::is_host_in;
use crate::domain::settings::{EnvironmentProxies, FetchSettings};

/// How long a connection is kept for the next feed of the same host.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// How a request may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// To this machine itself: never through a proxy.
    ThisMachine,
    /// To a host that the person named.
    Named,
    /// To a host that a server named: to public addresses only.
    Redirected,
}

/// What is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    /// HTTP/2 where the server has it.
    Best,
    Http1,
}

/// How requests leave.
enum ProxyChoice {
    /// As `HTTPS_PROXY` and its like say.
    Environment(EnvironmentProxies),
    None,
    Through(Box<Proxy>),
}

impl ProxyChoice {
    fn new(settings: &FetchSettings) -> Result<ProxyChoice, FetchError> {
        match settings.proxy.trim() {
            "" => Ok(ProxyChoice::Environment(settings.environment.clone())),
            "none" => Ok(ProxyChoice::None),
            address => {
                let proxy = Proxy::all(address).map_err(|error| FetchError::Proxy { reason: cause::deepest(&error) })?;
                Ok(ProxyChoice::Through(Box::new(proxy)))
            }
        }
    }
}

/// All clients. Cheap to clone.
#[derive(Clone)]
pub(super) struct Clients(Arc<Inner>);

struct Inner {
    connect_timeout: Duration,
    proxy: ProxyChoice,
    look_up: LookUp,
    watched: Watched,
    has_roots: bool,
    built: [OnceLock<Client>; 6],
}

impl Clients {
    /// Builds the client that is needed in any case, so that a machine where none can be built says so at once.
    pub(super) fn new(connect_timeout: Duration, settings: &FetchSettings, look_up: LookUp) -> Result<Clients, FetchError> {
        // An error only says that a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let proxy = ProxyChoice::new(settings)?;
        let mut inner = Inner { connect_timeout, proxy, look_up, watched: Watched::default(), has_roots: true, built: Default::default() };
        let first = inner.build(Route::Named, Protocol::Best).or_else(|_| {
            inner.has_roots = false;
            inner.build(Route::Named, Protocol::Best)
        });
        let first = first.map_err(|error| FetchError::Client { reason: cause::deepest(&error) })?;
        let _ = inner.place(Route::Named, Protocol::Best).set(first);
        Ok(Clients(Arc::new(inner)))
    }

    pub(super) fn get(&self, route: Route, protocol: Protocol) -> Result<&Client, FetchError> {
        let place = self.0.place(route, protocol);
        if let Some(client) = place.get() {
            return Ok(client);
        }
        let built = self.0.build(route, protocol).map_err(|error| FetchError::Client { reason: cause::deepest(&error) })?;
        Ok(place.get_or_init(|| built))
    }

    /// Lets a name that a redirect led to find only public addresses, while the watch lives.
    pub(super) fn watch(&self, name: &str) -> Watch {
        self.0.watched.watch(name)
    }

    /// The same for the name of an address, after a look at it where a proxy is in use, which would look it up in a network of
    /// its own and may take any of its addresses. A name that only the proxy knows is the proxy's to judge.
    pub(super) async fn watch_checked(&self, url: &Url, name: &str, deadline: Instant) -> Result<Watch, FetchError> {
        let watch = self.watch(name);
        if !self.may_be_proxied(url) {
            return Ok(watch);
        }
        let found = timeout_at(deadline, (self.0.look_up)(name.to_string())).await;
        match found {
            Ok(Ok(addresses)) if addresses.iter().any(|address| is_private(address.ip())) => {
                Err(FetchError::RedirectPrivate { host: quote(name) })
            }
            _ => Ok(watch),
        }
    }

    /// Whether a request goes through a proxy, as far as can be said.
    pub(super) fn is_proxied(&self, url: &Url) -> bool {
        let is_excepted = || match &self.0.proxy {
            ProxyChoice::Environment(EnvironmentProxies { except, .. }) => is_excepted(url.host_str().unwrap_or_default(), except),
            _ => false,
        };
        !is_this_machine(url) && self.may_be_proxied(url) && !is_excepted()
    }

    /// Whether there is a proxy for such addresses, of which this one may be excepted.
    fn may_be_proxied(&self, url: &Url) -> bool {
        match &self.0.proxy {
            ProxyChoice::None => false,
            ProxyChoice::Through(_) => true,
            ProxyChoice::Environment(environment) if url.scheme() == "https" => environment.has_https,
            ProxyChoice::Environment(environment) => environment.has_http,
        }
    }

    pub(super) fn connect_timeout(&self) -> Duration {
        self.0.connect_timeout
    }

    /// Whether the machine has root certificates to check servers against.
    pub(super) fn has_roots(&self) -> bool {
        self.0.has_roots
    }
}

impl Inner {
    fn place(&self, route: Route, protocol: Protocol) -> &OnceLock<Client> {
        &self.built[route as usize * 2 + protocol as usize]
    }

    fn build(&self, route: Route, protocol: Protocol) -> reqwest::Result<Client> {
        let mut builder = self.plain(route);
        builder = match &self.proxy {
            _ if route == Route::ThisMachine => builder.no_proxy(),
            ProxyChoice::Environment(_) => builder,
            ProxyChoice::None => builder.no_proxy(),
            ProxyChoice::Through(proxy) => builder.proxy(Proxy::clone(proxy)),
        };
        if route == Route::Redirected {
            // A kept connection would be used again without a look at its address.
            builder = builder.pool_max_idle_per_host(0);
        }
        if protocol == Protocol::Http1 {
            builder = builder.http1_only();
        }
        if !self.has_roots {
            builder = builder.tls_certs_only([]);
        }
        builder.build()
    }

    fn plain(&self, route: Route) -> ClientBuilder {
        // The person's own addresses may have a name that a redirect leads to at the same time.
        let watched = if route == Route::Redirected { self.watched.clone() } else { Watched::default() };
        Client::builder()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .dns_resolver(Arc::new(Names { look_up: self.look_up.clone(), watched }))
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
    }
}

/// Whether `NO_PROXY` names the host; what it says of networks is taken to be of this one.
fn is_excepted(host: &str, except: &str) -> bool {
    except
        .split(',')
        .map(|part| part.trim().trim_start_matches('.'))
        .filter(|part| !part.is_empty())
        .any(|part| part == "*" || part.contains('/') || is_host_in(host.trim_matches(['[', ']']), part))
}

impl fmt::Debug for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clients")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_that_the_environment_leaves_out_are_asked_directly() {
        let check = |host: &str, except: &str, expected: bool| assert_eq!(is_excepted(host, except), expected, "{host} in {except}");
        check("news.example", "", false);
        check("news.example", "other.example, .example", true);
        check("news.example", "news.example", true);
        check("badnews.example", "news.example", false);
        check("news.example", "*", true);
        check("192.0.2.2", "192.0.2.2", true);
        check("192.0.2.2", "10.0.0.0/8", true);
    }
}
