//! What only a feed's own server may learn: where it is kept, never what it is. Revealing is the shell's work.

use std::fmt;

/// A value for a header, or where it is kept.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Secret {
    /// Written in the settings themselves; not shown by `Debug` all the same.
    Text(String),
    /// In a variable of the environment.
    Environment(String),
    /// The first line that a program prints; the program first, then its arguments.
    Command(Vec<String>),
}

/// Who asks (RFC 7617, RFC 6750).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    Password { user: String, password: Secret },
    Token(Secret),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Secret::Text(_) => f.write_str("Text"),
            Secret::Environment(name) => write!(f, "Environment({name:?})"),
            Secret::Command(words) => write!(f, "Command({words:?})"),
        }
    }
}
