//! What a command needs to know of the terminal it prints to. It never writes to it.

use std::io::IsTerminal;
use std::os::fd::AsFd;

/// Columns of the terminal on a stream; `None` when it is something else.
pub(crate) fn columns(stream: &(impl IsTerminal + AsFd)) -> Option<usize> {
    if !stream.is_terminal() {
        return None;
    }
    let size = rustix::termios::tcgetwinsize(stream).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}
