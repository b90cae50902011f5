//! The HTTP clients, built when first needed: one for each way that a request may go and each protocol. They follow no
//! redirect, keep no cookie, send no referrer and unpack nothing; that is done here in the open.

use reqwest::{Client, ClientBuilder, Proxy, redirect::Policy};
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::{
    address::is_private,
    cause,
    error::{FetchError, quote},
    names::{LookUp, Names, Watch, Watched},
};

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
    Environment,
    None,
    Through(Box<Proxy>),
}

impl ProxyChoice {
    fn new(setting: &str) -> Result<ProxyChoice, FetchError> {
        match setting.trim() {
            "" => Ok(ProxyChoice::Environment),
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
    pub(super) fn new(connect_timeout: Duration, proxy: &str, look_up: LookUp) -> Result<Clients, FetchError> {
        // An error only says that a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let proxy = ProxyChoice::new(proxy)?;
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

    /// The same, after a look at the name where a proxy may be in use, which would look it up in a network of its own and may
    /// take any of its addresses. A name that only the proxy knows is the proxy's to judge.
    pub(super) async fn watch_checked(&self, name: &str, deadline: Instant) -> Result<Watch, FetchError> {
        let watch = self.watch(name);
        if matches!(self.0.proxy, ProxyChoice::None) {
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
            ProxyChoice::Environment => builder,
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

impl fmt::Debug for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clients")
    }
}
