//! Panics while the full screen is up: kept in silence, so that none of them writes across the picture, and told when the
//! terminal was given back. Whether one ends the screen is decided where it is caught, not here.

use std::backtrace::Backtrace;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};

use super::terminal;
use crate::domain::clock::Clock;
use crate::domain::foreign::is_guarded;

/// Panics that are kept; one that repeats itself says the same again.
const MOST_KEPT: usize = 8;
/// The report's name in the folder of the store.
const REPORT: &str = "broken.txt";

static KEPT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// From now on panics behind the full screen are kept; without one they are told as before.
pub fn mind() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| if terminal::is_taken() { keep(panic) } else { tell(panic) }));
    });
}

/// Those inside a foreign parser are caught there and mean nothing.
fn keep(panic: &PanicHookInfo<'_>) {
    if is_guarded() {
        return;
    }
    let thread = std::thread::current();
    let text = format!("in the thread {}: {panic}\n{}", thread.name().unwrap_or("without a name"), Backtrace::force_capture());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < MOST_KEPT {
        kept.push(text);
    }
}

/// Writes what was kept into a report, in place of an earlier one; where it stands, or `None` when nothing was kept or nothing
/// can be written there.
pub fn report(folder: &Path, clock: &Clock) -> Option<PathBuf> {
    let kept = std::mem::take(&mut *KEPT.lock().unwrap_or_else(PoisonError::into_inner));
    if kept.is_empty() {
        return None;
    }
    let path = folder.join(REPORT);
    let text = format!("matins {}, {}\n\n{}\n", env!("CARGO_PKG_VERSION"), clock.now(), kept.join("\n\n"));
    std::fs::write(&path, text).ok().map(|()| path)
}
