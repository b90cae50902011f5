//! The best of several things that say the same: lowest rank, then first come.

/// Keeps the value of the lowest rank offered so far.
#[derive(Debug)]
pub(crate) struct Best<T>(Option<(u8, T)>);

impl<T> Default for Best<T> {
    fn default() -> Best<T> {
        Best(None)
    }
}

impl<T> Best<T> {
    /// Makes the value only when it would be kept.
    pub(crate) fn offer(&mut self, rank: u8, value: impl FnOnce() -> Option<T>) {
        if self.0.as_ref().is_some_and(|(kept, _)| *kept <= rank) {
            return;
        }
        if let Some(value) = value() {
            self.0 = Some((rank, value));
        }
    }

    /// As [`Best::offer`], but of several of one rank the last is kept.
    pub(crate) fn offer_later(&mut self, rank: u8, value: impl FnOnce() -> Option<T>) {
        if self.0.as_ref().is_some_and(|(kept, _)| *kept < rank) {
            return;
        }
        if let Some(value) = value() {
            self.0 = Some((rank, value));
        }
    }

    pub(crate) fn peek(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    pub(crate) fn take(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }
}
