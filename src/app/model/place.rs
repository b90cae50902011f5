//! Where a person is in the paper: kept across restarts.

use serde::{Deserialize, Serialize};

use crate::domain::article::ArticleId;

/// A section, an article in it, and how far articles were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    pub section: String,
    pub article: Option<ArticleId>,
    /// Whether the article is read in full width.
    pub is_open: bool,
    /// How far articles were read, the latest last; a bounded number of them.
    pub positions: Vec<Position>,
}

/// How far an article was read, whatever the width: the letters and digits of its text above the first line on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub article: ArticleId,
    pub characters: usize,
}
