//! Effects under way: what keys, pictures and leaving wait for.

use tokio::sync::mpsc::UnboundedSender;
use tokio::time::Instant;

use crate::app::effect::Effect;

/// Counts of effects under way.
#[derive(Default)]
pub(super) struct UnderWay {
    /// All of them.
    pub all: usize,
    /// Those that leaving waits for.
    pub kept: usize,
    /// Those that pictures wait a moment for.
    pub quick: usize,
    /// Those that change what a person has read or kept: keys wait for them, and so does leaving.
    pub marks: usize,
    holding: usize,
    /// Since when keys wait.
    pub held_since: Option<Instant>,
}

/// How an effect under way holds up keys and pictures.
#[derive(Clone, Copy)]
pub(super) struct Weight {
    holds_keys: bool,
    is_kept: bool,
    is_quick: bool,
}

impl Weight {
    pub fn of(effect: &Effect) -> Weight {
        Weight { holds_keys: effect.holds_keys(), is_kept: effect.is_kept(), is_quick: effect.is_quick() }
    }

    /// Tells the loop when it is dropped that the effect has ended, also when it ended in a panic: keys must not wait for ever.
    pub fn laid_down_with(self, on_end: &UnboundedSender<Weight>) -> LaysDown {
        LaysDown { weight: self, on_end: on_end.clone() }
    }
}

pub(super) struct LaysDown {
    weight: Weight,
    on_end: UnboundedSender<Weight>,
}

impl Drop for LaysDown {
    fn drop(&mut self) {
        let _ = self.on_end.send(self.weight);
    }
}

impl UnderWay {
    pub fn take_up(&mut self, weight: Weight) {
        self.all += 1;
        self.kept += usize::from(weight.is_kept);
        self.quick += usize::from(weight.is_quick);
        self.marks += usize::from(weight.holds_keys && weight.is_kept);
        self.holding += usize::from(weight.holds_keys);
        self.held_since = self.held_since.or_else(|| self.holds_keys().then(Instant::now));
    }

    pub fn lay_down(&mut self, weight: Weight) {
        self.all -= 1;
        self.kept -= usize::from(weight.is_kept);
        self.quick -= usize::from(weight.is_quick);
        self.marks -= usize::from(weight.holds_keys && weight.is_kept);
        self.holding -= usize::from(weight.holds_keys);
        self.held_since = self.held_since.filter(|_| self.holds_keys());
    }

    /// Whether keys wait for one of them.
    pub fn holds_keys(&self) -> bool {
        self.holding > 0
    }
}
