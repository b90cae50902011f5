//! Where a person is in the paper: kept across restarts.

use serde::{Deserialize, Serialize};

use crate::domain::article::ArticleId;

/// A section, an article in it, and how far it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    pub section: String,
    pub article: Option<ArticleId>,
    /// Whether the article is read in full width.
    pub is_open: bool,
    /// Lines of the text above the pane.
    pub offset: usize,
    /// The width that `offset` was counted at.
    pub width: usize,
}
