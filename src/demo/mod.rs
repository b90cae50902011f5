//! The sample edition: articles written by us, served on loopback by a small server inside the process and fetched
//! through the real pipeline. It listens on 127.0.0.1 alone, needs no network, and must never be asked for anything but the sample.

mod edition;
mod http;
mod template;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

use crate::domain::clock::Clock;
use edition::Edition;

/// Connections served at once; a further one is closed unanswered.
const MOST_CONNECTIONS: usize = 256;
/// Rest after the system refused a connection, for instance for want of file handles.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves the sample edition on 127.0.0.1 until it is dropped.
pub struct DemoServer {
    address: SocketAddr,
    edition: Arc<Edition>,
    accepting: JoinHandle<()>,
}

impl DemoServer {
    /// Starts on a port that the system chooses. Ages in the sample count from the clock's present moment and then stand
    /// still, so that an article that is fetched twice is the same article.
    ///
    /// # Errors
    /// When the system gives no port on loopback.
    pub async fn start(clock: Clock) -> std::io::Result<DemoServer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let edition = Arc::new(Edition::new(&format!("http://{address}"), clock.now()));
        let accepting = tokio::spawn(accept(listener, Arc::clone(&edition)));
        Ok(DemoServer { address, edition, accepting })
    }

    /// The `feeds.toml` of the sample, with the addresses of this server.
    pub fn feeds_toml(&self) -> String {
        self.edition.feeds_toml.clone()
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for DemoServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Owns the tasks of all connections, so that they end with it.
async fn accept(listener: TcpListener, edition: Arc<Edition>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                while connections.try_join_next().is_some() {}
                if connections.len() < MOST_CONNECTIONS {
                    connections.spawn(http::serve(stream, Arc::clone(&edition)));
                }
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}
