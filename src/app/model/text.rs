//! The reading pane: the lines of one article, and how far they are scrolled.

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::article::{Article, ArticleId};
use crate::domain::full_text::Version;
use crate::domain::setting::{Line, Setting};

/// Texts kept set, so that going back is at once.
const TEXTS_KEPT: usize = 24;

/// The article in the reading pane and those read lately.
#[derive(Clone, Debug, Default)]
pub struct TextPane {
    /// Latest last; the shown one is among them.
    texts: Vec<Text>,
    shown: Option<(ArticleId, usize)>,
    /// What was asked for and has not come yet.
    pub awaited: Option<(ArticleId, usize)>,
    offset: usize,
    /// Where to go on reading in the text that is awaited.
    resumed: Option<(ArticleId, usize)>,
    /// Articles of which a person wants the feed's text, where there is the page's too.
    of_feed: HashSet<ArticleId>,
    /// Articles whose page's text has come since theirs was set.
    arrived: HashSet<ArticleId>,
    /// The page that a person waits for.
    pub page: Option<PageWait>,
}

/// Waiting for the page of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageWait {
    pub id: ArticleId,
    /// Whose answer is awaited, for the bottom line.
    pub host: String,
    /// The line that was on top when it was asked for.
    pub offset: usize,
}

/// One article set at one width, its header included.
#[derive(Clone, Debug)]
pub struct Text {
    pub article: Arc<Article>,
    pub version: Version,
    pub width: usize,
    /// Title, source and time, an empty line.
    pub header: Vec<Line>,
    pub setting: Arc<Setting>,
    /// The addresses of the article and of its links.
    pub links: Vec<Line>,
}

impl Text {
    pub fn len(&self) -> usize {
        self.header.len() + self.setting.lines.len() + self.links.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The line at a place, header first, links last.
    pub fn line(&self, index: usize) -> Option<&Line> {
        self.header.iter().chain(&self.setting.lines).chain(&self.links).nth(index)
    }
}

impl TextPane {
    /// The version in which an article is to be loaded. One that is on the screen stays as it is.
    pub fn version(&self, id: ArticleId) -> Version {
        match self.shown() {
            Some(text) if text.article.row.id == id => text.version,
            _ if self.of_feed.contains(&id) => Version::Feed,
            _ => Version::Page,
        }
    }

    /// From now on an article is shown in that version.
    pub fn prefer(&mut self, id: ArticleId, version: Version) {
        match version {
            Version::Feed => self.of_feed.insert(id),
            Version::Page => self.of_feed.remove(&id),
        };
    }

    /// The text of an article's page has come and is not shown.
    pub fn arrive(&mut self, id: ArticleId) {
        self.arrived.insert(id);
    }

    /// Whether the text of that article's page is there to be shown.
    pub fn has_arrived(&self, id: ArticleId) -> bool {
        self.arrived.contains(&id)
    }

    /// Shows an article if it is set at this width already; true if so.
    pub fn show_kept(&mut self, id: ArticleId, width: usize) -> bool {
        let is_shown = self.shown.is_some_and(|(shown, _)| shown == id);
        if self.has_arrived(id) && !is_shown {
            return false;
        }
        let Some(at) = self.texts.iter().position(|text| text.article.row.id == id && text.width == width) else { return false };
        let text = self.texts.remove(at);
        self.texts.push(text);
        self.turn_to(id, width);
        true
    }

    /// Keeps a text, and shows it if it is the one that is awaited.
    pub fn take(&mut self, text: Text) {
        let key = (text.article.row.id, text.width);
        let is_other = self.shown().is_some_and(|shown| shown.article.row.id == key.0 && shown.version != text.version);
        if text.version == Version::Page {
            self.arrived.remove(&key.0);
        }
        self.texts.retain(|kept| (kept.article.row.id, kept.width) != key);
        if self.texts.len() >= TEXTS_KEPT {
            self.texts.remove(0);
        }
        self.texts.push(text);
        if self.awaited == Some(key) {
            self.turn_to(key.0, key.1);
            self.offset = if is_other { 0 } else { self.offset };
        }
    }

    /// Forgets texts that may have changed; what is shown stays, since text never changes under the eyes.
    pub fn forget_others(&mut self) {
        let shown = self.shown;
        self.texts.retain(|text| Some((text.article.row.id, text.width)) == shown);
    }

    fn turn_to(&mut self, id: ArticleId, width: usize) {
        let before = self.shown;
        self.awaited = None;
        self.shown = Some((id, width));
        if before.map(|(id, _)| id) != Some(id) {
            self.offset = self.resumed.take().filter(|(resumed, _)| *resumed == id).map_or(0, |(_, line)| line);
        } else if let Some((_, old_width)) = before.filter(|(_, old)| *old != width) {
            self.offset = self.offset * old_width / width.max(1);
        }
    }

    /// Begins the text of that article at a line, when it comes.
    pub fn resume_at(&mut self, id: ArticleId, line: usize) {
        self.resumed = Some((id, line));
    }

    /// Shows nothing.
    pub fn clear(&mut self) {
        self.resumed = None;
        self.shown = None;
        self.awaited = None;
        self.offset = 0;
    }

    pub fn shown(&self) -> Option<&Text> {
        let (id, width) = self.shown?;
        self.texts.iter().rev().find(|text| text.article.row.id == id && text.width == width)
    }

    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Scrolls to a line, as far as there is text to fill the pane.
    pub fn scroll_to(&mut self, line: usize, height: usize) {
        self.offset = line.min(self.last_offset(height));
    }

    /// Whether the last line is on the screen.
    pub fn is_at_end(&self, height: usize) -> bool {
        self.offset >= self.last_offset(height)
    }

    /// How much has been shown, in percent; 100 when all of it fits.
    pub fn percent(&self, height: usize) -> usize {
        let length = self.shown().map_or(0, Text::len).max(1);
        ((self.offset + height) * 100 / length).min(100)
    }

    fn last_offset(&self, height: usize) -> usize {
        self.shown().map_or(0, Text::len).saturating_sub(height)
    }
}
