//! What a person did to an article, apart from its text.

use serde::{Deserialize, Serialize};

/// The state of one article as a person left it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub is_read: bool,
    pub is_starred: bool,
}

/// One change of status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Read,
    Unread,
    Star,
    Unstar,
}

impl Mark {
    /// The status after this mark.
    pub fn apply(self, status: Status) -> Status {
        match self {
            Mark::Read => Status { is_read: true, ..status },
            Mark::Unread => Status { is_read: false, ..status },
            Mark::Star => Status { is_starred: true, ..status },
            Mark::Unstar => Status { is_starred: false, ..status },
        }
    }
}
