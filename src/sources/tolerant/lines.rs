//! Which line of a text a position is in. Knows nothing of what stands there.

/// Tells line numbers; asked in rising order, it reads the text once.
pub(super) struct Lines<'a> {
    text: &'a str,
    counted_to: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Lines<'a> {
        Lines { text, counted_to: 0, line: 1 }
    }

    pub(super) fn at(&mut self, position: usize) -> usize {
        if position > self.counted_to {
            self.line += self.text.as_bytes()[self.counted_to..position].iter().filter(|byte| **byte == b'\n').count();
            self.counted_to = position;
        }
        self.line
    }
}
