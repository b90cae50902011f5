//! Foreign parsers that may panic on what publishers send: the panic is caught and means nothing but "no answer".

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a foreign parser; none when it panics.
pub fn guarded<T>(parse: impl FnOnce() -> T) -> Option<T> {
    let before = IS_GUARDED.replace(true);
    let parsed = catch_unwind(AssertUnwindSafe(parse));
    IS_GUARDED.set(before);
    parsed.ok()
}

/// Whether this thread is inside a foreign parser: a panic hook stays silent then.
#[must_use]
pub fn is_guarded() -> bool {
    IS_GUARDED.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_answer_and_known_while_it_lasts() {
        assert_eq!(guarded(is_guarded), Some(true));
        assert_eq!(guarded(|| std::panic::resume_unwind(Box::new("broken"))), None::<()>);
        assert!(!is_guarded());
    }
}
