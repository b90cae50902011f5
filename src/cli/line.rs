//! A line on stderr that is written over, where stderr is a terminal; elsewhere nothing. It needs no escape sequence, so that
//! any terminal will do.

use std::io::Write;

use super::terminal;
use crate::domain::columns::columns;
use crate::domain::wrap::prefix;

/// The line; what it says is harmless already.
#[derive(Default)]
pub(super) struct Line {
    /// Columns that stand on it now.
    width: usize,
}

impl Line {
    pub fn write(&mut self, text: &str) {
        let mut error = std::io::stderr().lock();
        let Some(room) = terminal::columns(&error) else { return };
        // A full line would move on to the next one.
        let text = prefix(text, room.saturating_sub(1));
        let _ = write!(error, "\r{text:<0$}", self.width).and_then(|()| error.flush());
        self.width = columns(text);
    }

    pub fn clear(&mut self) {
        // blanks what stands there, then brings the cursor back
        self.write("");
        self.write("");
    }
}
