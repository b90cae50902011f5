//! Taking the terminal and giving it back as it was, whatever happens.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::QueueableCommand;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};

/// Whether the terminal is ours, so that nothing else is written to it.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// Why the reader cannot open here.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    #[error("the reader needs a terminal, and the output is not one; `matins list` prints articles, `matins show ID` one of them")]
    NotATerminal,
    #[error("the terminal says that it is `{0}`, which cannot show a full screen; `matins list` prints articles instead")]
    TooSimple(String),
    #[error("could not take the terminal: {0}")]
    Refused(#[from] std::io::Error),
    #[error("the screen broke off, by a mistake in matins itself; what was read, marked and starred is kept")]
    Broke,
}

/// Whether a full screen can be shown; `term` is the value of `TERM`.
///
/// # Errors
/// When the output is no terminal or a terminal without cursor movement.
pub fn check(term: Option<&str>) -> Result<(), TerminalError> {
    match term {
        _ if !std::io::stdout().is_terminal() => Err(TerminalError::NotATerminal),
        Some(name @ ("dumb" | "unknown")) => Err(TerminalError::TooSimple(name.to_string())),
        _ => Ok(()),
    }
}

/// The bytes that open the full screen.
pub fn opening() -> Vec<u8> {
    let mut out = Vec::new();
    // Writing to a vector cannot fail.
    let _ = out.queue(EnterAlternateScreen).and_then(|out| out.queue(Hide)).and_then(|out| out.queue(EnableBracketedPaste));
    out
}

/// The bytes that leave it, in an order that also mends half-sent ones.
pub fn closing() -> Vec<u8> {
    let mut out = b"\x1b[0m\x1b[?2026l".to_vec();
    let _ = out.queue(DisableBracketedPaste).and_then(|out| out.queue(Show)).and_then(|out| out.queue(LeaveAlternateScreen));
    out
}

/// Puts the terminal into raw mode.
pub fn take() -> std::io::Result<()> {
    enable_raw_mode()?;
    IS_TAKEN.store(true, Ordering::SeqCst);
    Ok(())
}

/// Whether the terminal is ours to write to.
pub fn is_taken() -> bool {
    IS_TAKEN.load(Ordering::SeqCst)
}

/// Puts it back as it was. A dead terminal is no reason to fail.
pub fn give_back() {
    if IS_TAKEN.swap(false, Ordering::SeqCst) {
        let _ = disable_raw_mode();
    }
}

/// Columns and rows of the terminal, when it says.
pub fn size() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok().filter(|(width, height)| *width > 0 && *height > 0)
}
