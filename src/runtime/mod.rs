//! The shell around the pure core: terminal, input, signals, clock, links, the loop, performing effects.

mod decode;
mod desktop;
mod encode;
mod input;
mod late;
pub mod links;
pub mod morning;
mod pace;
mod panics;
mod picture;
mod reader;
pub mod secrets;
mod signals;
mod terminal;
mod under_way;
mod writer;

pub use desktop::Desktop;
pub use encode::encode;
pub use late::LateRefresher;
pub use panics::report as report_panics;
pub use picture::Picture;
pub use reader::{BETWEEN_LOOKS, Ending, Session, run};
pub use terminal::{TerminalError, check as check_terminal, size};

use crate::domain::clock::Clock;

/// How far a thread steps back, of 19.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Lets other threads and programs have the processor before this thread, where the system knows of that.
pub fn step_back() {
    // Elsewhere it would be the whole program that steps back.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(NICE);
}

/// The machine's clock.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
pub fn system_clock() -> Clock {
    Clock::new(jiff::Timestamp::now)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rustix::process::getpriority_process;

    #[test]
    fn a_thread_steps_back_alone() {
        let before = getpriority_process(None).expect("a priority");
        let stepped = std::thread::spawn(|| {
            step_back();
            getpriority_process(None).expect("a priority")
        });
        assert_eq!(stepped.join().expect("a thread"), (before + NICE).min(19));
        assert_eq!(getpriority_process(None).expect("a priority"), before);
    }
}
