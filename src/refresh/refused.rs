//! The hosts that said "too many requests" in the course of one refresh: in it nobody asks them again, whatever a person wants.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::domain::schedule;
use crate::fetch::host_key;

/// Until when each wants to be left alone. Clones share what they know.
#[derive(Clone, Default)]
pub(super) struct Refused(Arc<Mutex<HashMap<String, Timestamp>>>);

impl Refused {
    pub fn add(&self, host: String, now: Timestamp, retry_after: Option<SignedDuration>) {
        let until = schedule::after_wish(now, retry_after.unwrap_or_default());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(host, until);
    }

    /// Of the host of an address, when it is one of them.
    pub fn until(&self, url: &str) -> Option<Timestamp> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&host_key(url)?).copied()
    }
}
