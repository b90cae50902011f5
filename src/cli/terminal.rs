//! What a command needs to know of the terminal it prints to. It never writes to it.

use std::io::IsTerminal;

/// Columns of the terminal on standard output; `None` when that is something else.
pub(crate) fn columns() -> Option<usize> {
    let stdout = std::io::stdout();
    if !stdout.is_terminal() {
        return None;
    }
    let size = rustix::termios::tcgetwinsize(&stdout).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}
