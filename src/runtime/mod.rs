//! The shell around the pure core: terminal, input, signals, clock, links, the loop, performing effects.

mod decode;
mod desktop;
mod encode;
mod input;
mod late;
pub mod links;
mod pace;
mod panics;
mod picture;
mod reader;
pub mod secrets;
mod signals;
mod terminal;
mod writer;

pub use desktop::Desktop;
pub use encode::encode;
pub use late::LateRefresher;
pub use panics::report as report_panics;
pub use picture::Picture;
pub use reader::{BETWEEN_LOOKS, Ending, Session, run};
pub use terminal::{TerminalError, check as check_terminal, size};

use crate::domain::clock::Clock;

/// The machine's clock.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
pub fn system_clock() -> Clock {
    Clock::new(jiff::Timestamp::now)
}
