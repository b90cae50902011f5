//! Signals as messages: a new size, the way back from the background, the order to end.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// What the system tells the program.
pub enum Told {
    Resized,
    Continued,
    MustEnd,
}

/// Listens to the signals that matter.
pub struct Signals {
    resized: Signal,
    continued: Signal,
    terminated: Signal,
    hung_up: Signal,
    interrupted: Signal,
}

impl Signals {
    /// # Errors
    /// When the system does not let the program listen.
    pub fn new() -> std::io::Result<Signals> {
        Ok(Signals {
            resized: signal(SignalKind::window_change())?,
            continued: signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
            terminated: signal(SignalKind::terminate())?,
            hung_up: signal(SignalKind::hangup())?,
            interrupted: signal(SignalKind::interrupt())?,
        })
    }

    /// The next signal.
    pub async fn next(&mut self) -> Told {
        tokio::select! {
            _ = self.resized.recv() => Told::Resized,
            _ = self.continued.recv() => Told::Continued,
            _ = self.terminated.recv() => Told::MustEnd,
            _ = self.hung_up.recv() => Told::MustEnd,
            _ = self.interrupted.recv() => Told::MustEnd,
        }
    }
}
