//! What a command needs to know of the terminal and the environment that it prints to. It never writes there.

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

/// Whether the locale is one of UTF-8 (POSIX, XBD 8.2).
pub(crate) fn has_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    locale.unwrap_or_default().to_lowercase().replace('-', "").contains("utf8")
}

/// A variable of the environment, if it is set and is text.
#[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
