//! What commands print: whole answers on standard output, single harmless lines on standard error.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{ErrorKind, Write};

use anyhow::Context;
use serde::Serialize;

use crate::domain::foreign;

/// Prints an answer.
///
/// # Errors
/// When it cannot be written; a reader that has gone is one of the causes, see [`is_closed_pipe`].
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("could not write to standard output")
}

/// Prints an answer as JSON for scripts, one field a line.
pub(super) fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    print(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// Says something on standard error, where nobody may be listening.
pub(super) fn warn(message: &str) {
    let printable: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(std::io::stderr().lock(), "matins: {printable}");
}

/// Whether the reader of our output has gone, as `head` does: that is an end, not a failure.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// From now on a panic is told in one harmless line, since its message may quote a feed. One that is caught inside a
/// foreign parser means nothing and is not told at all.
pub(super) fn tell_panics_plainly() {
    std::panic::set_hook(Box::new(|panic| {
        if foreign::is_guarded() {
            return;
        }
        warn(&format!("this is a mistake in matins itself, please report it: {panic}"));
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            let _ = writeln!(std::io::stderr().lock(), "{trace}");
        }
    }));
}
