//! The reading pane: the lines of one article, how far they are scrolled, and how far others were read.

use std::collections::HashSet;
use std::sync::Arc;

use super::find::Find;
use super::place::Position;
use crate::domain::article::{Article, ArticleId, PageStamp, Row};
use crate::domain::full_text::Version;
use crate::domain::setting::{Fit, Line, Setting};

/// Texts kept set, so that going back is at once.
const TEXTS_KEPT: usize = 24;
/// Articles of which is kept how far they were read.
const POSITIONS_KEPT: usize = 300;

/// The article in the reading pane and those read lately.
#[derive(Clone, Debug, Default)]
pub struct TextPane {
    /// Latest last; the shown one is among them.
    texts: Vec<Text>,
    shown: Option<Which>,
    /// What was asked for and has not come yet.
    pub awaited: Option<Which>,
    offset: usize,
    /// Whether it was read to its end, and not scrolled back.
    is_over: bool,
    /// Columns that wide tables and code are moved to the left.
    sideways: usize,
    /// What is being found in the shown text.
    pub find: Option<Find>,
    positions: Vec<Position>,
    /// Articles of which a person wants the feed's text, where there is the page's too.
    of_feed: HashSet<ArticleId>,
    /// Articles whose page's text has come since theirs was set.
    arrived: HashSet<ArticleId>,
    /// The page that a person waits for.
    pub page: Option<PageWait>,
}

/// What stands above a text. It tells how long ago that was, and so is true for a minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub lines: Vec<Line>,
    /// The minute for which it was made.
    pub minute: i64,
}

/// Which text: that of an article, in one of its versions, set for some columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    pub article: ArticleId,
    pub version: Version,
    pub fit: Fit,
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
    pub fit: Fit,
    /// Title, source and time, an empty line.
    pub header: Header,
    pub setting: Arc<Setting>,
    /// The addresses of the article and of its links.
    pub links: Vec<Line>,
    /// Columns of the widest table or code; 0 when none is wider than the measure.
    pub breadth: usize,
}

impl Text {
    pub fn new(article: Article, version: Version, setting: Arc<Setting>, header: Header, links: Vec<Line>) -> Text {
        let breadth = setting.lines.iter().map(|line| line.breadth).max().unwrap_or(0);
        Text { article: Arc::new(article), version, fit: setting.fit, header, setting, links, breadth }
    }

    pub fn which(&self) -> Which {
        Which { article: self.article.row.id, version: self.version, fit: self.fit }
    }

    /// Whether it is what is shown for this wish: the page's text may be wished for where there is none.
    fn answers(&self, wish: Which) -> bool {
        self.which() == Which { version: self.article.shown(wish.version), ..wish }
    }

    /// Whether the store has this text no more. A page may have been fetched before its row was loaded.
    fn is_outdated(&self, row: &Row) -> bool {
        let (set, stored) = (self.article.row.stamp, row.stamp);
        match self.version {
            Version::Feed => stored.feed > set.feed,
            Version::Page => stored.page > set.page || (stored.page == PageStamp::Never && stored.feed > set.feed),
        }
    }

    pub fn len(&self) -> usize {
        self.header.lines.len() + self.setting.lines.len() + self.links.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The lines from a place on, header first, links last.
    pub fn lines(&self, from: usize) -> impl Iterator<Item = &Line> {
        let body = from.saturating_sub(self.header.lines.len());
        let links = body.saturating_sub(self.setting.lines.len());
        let part = |lines: &'_ [Line], from: usize| lines.len().min(from);
        let header = self.header.lines[part(&self.header.lines, from)..].iter();
        header.chain(&self.setting.lines[part(&self.setting.lines, body)..]).chain(&self.links[part(&self.links, links)..])
    }

    /// Letters and digits of the text above a line: the same at every width.
    fn characters_above(&self, line: usize) -> usize {
        self.setting.lines.iter().take(line.saturating_sub(self.header.lines.len())).map(characters).sum()
    }

    /// The line that has the character after so many.
    fn line_after(&self, above: usize) -> usize {
        let mut passed = 0;
        let is_before = |line: &&Line| {
            passed += characters(line);
            passed <= above
        };
        let lines = self.setting.lines.iter().take_while(is_before).count();
        if above == 0 { 0 } else { self.header.lines.len() + lines }
    }
}

fn characters(line: &Line) -> usize {
    let of = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    line.pieces.iter().filter(|piece| !piece.role.is_sign()).map(|piece| of(&piece.text)).sum()
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

    /// Whether the store has another text than the one that is shown, by what it says of the article now.
    pub fn is_outdated(&self, row: Option<&Row>) -> bool {
        let told = self.shown().zip(row).filter(|(text, row)| text.article.row.id == row.id);
        told.is_some_and(|(text, row)| text.is_outdated(row) || (text.version == Version::Page && self.has_arrived(row.id)))
    }

    /// Shows nothing, and forgets what was shown, when that article is opened or left: its text may be another one now.
    pub fn forget_outdated(&mut self, row: Option<&Row>) {
        if row.is_some_and(|row| self.shown().is_some_and(|text| text.article.row.id == row.id && text.article.row.stamp < row.stamp)) {
            self.positions = self.positions();
            let shown = self.shown.take();
            self.texts.retain(|text| Some(text.which()) != shown);
        }
    }

    /// Shows an article if it is set for these columns already, as the store has it now; true if so.
    pub fn show_kept(&mut self, id: ArticleId, fit: Fit, row: Option<&Row>) -> bool {
        let is_shown = self.shown.is_some_and(|shown| shown.article == id);
        if self.has_arrived(id) && !is_shown {
            return false;
        }
        let wish = Which { article: id, version: self.version(id), fit };
        let is_as_stored = |text: &Text| is_shown || row.is_none_or(|row| text.article.row.stamp >= row.stamp);
        let Some(at) = self.texts.iter().position(|text| text.answers(wish) && is_as_stored(text)) else { return false };
        let anchor = self.anchor();
        let text = self.texts.remove(at);
        let which = text.which();
        self.texts.push(text);
        self.turn_to(which, anchor);
        true
    }

    /// Keeps a text, and shows it if it is the one that is awaited. Nothing else takes the place of the one that is shown.
    pub fn take(&mut self, text: Text) {
        let which = text.which();
        let is_awaited = self.awaited.is_some_and(|wish| text.answers(wish));
        if !is_awaited && self.shown == Some(which) {
            return;
        }
        match which.version {
            Version::Page if !is_awaited => self.arrived.insert(which.article),
            Version::Feed if text.article.has_page() => false,
            // it is shown, or there is none any more
            Version::Page | Version::Feed => self.arrived.remove(&which.article),
        };
        let anchor = self.anchor();
        self.texts.retain(|kept| kept.which() != which);
        self.texts.push(text);
        if is_awaited {
            self.turn_to(which, anchor);
        }
        self.trim();
    }

    /// Forgets texts of the latest article from before its page came, and the oldest of all where they are many.
    fn trim(&mut self) {
        let Some(latest) = self.texts.last().map(|text| text.article.clone()) else { return };
        let shown = self.shown;
        let is_outdated = |kept: &Text| kept.article.row.id == latest.row.id && kept.article.row.stamp < latest.row.stamp;
        self.texts.retain(|kept| Some(kept.which()) == shown || !is_outdated(kept));
        if self.texts.len() > TEXTS_KEPT
            && let Some(oldest) = self.texts.iter().position(|kept| Some(kept.which()) != shown)
        {
            self.texts.remove(oldest);
        }
    }

    /// Forgets texts that may have changed; what is shown stays, since text never changes under the eyes.
    pub fn forget_others(&mut self) {
        let shown = self.shown;
        self.texts.retain(|text| Some(text.which()) == shown);
    }

    /// The text that is shown, and the characters of it that are above the screen.
    fn anchor(&self) -> Option<(Which, usize)> {
        self.shown().map(|text| (text.which(), text.characters_above(self.offset)))
    }

    fn turn_to(&mut self, which: Which, anchor: Option<(Which, usize)>) {
        self.awaited = None;
        let before = anchor.map(|(before, _)| before);
        let is_same = before.is_some_and(|before| before.article == which.article);
        if !is_same {
            self.positions = self.positions();
            self.find.take_if(|find| find.article != Some(which.article));
        }
        self.shown = Some(which);
        if before != Some(which) {
            let is_version = is_same && before.is_some_and(|before| before.version == which.version);
            let known = self.positions.iter().find(|position| position.article == which.article).map(|position| position.characters);
            let above = if is_same { anchor.map(|(_, above)| above).filter(|_| is_version) } else { known };
            self.offset = above.zip(self.shown()).map_or(0, |(above, text)| text.line_after(above));
            self.sideways = 0;
            self.is_over &= is_version;
        }
        self.find = self.find.take().and_then(|find| Some(find.again(self.shown()?, self.offset)));
    }

    /// How far articles were read: none for those at their beginning or read to their end.
    pub fn positions(&self) -> Vec<Position> {
        let mut positions = self.positions.clone();
        let Some(text) = self.shown() else { return positions };
        let article = text.article.row.id;
        positions.retain(|position| position.article != article);
        let characters = text.characters_above(self.offset);
        if characters > 0 && !self.is_over {
            positions.push(Position { article, characters });
        }
        let surplus = positions.len().saturating_sub(POSITIONS_KEPT);
        positions.drain(..surplus);
        positions
    }

    /// How far articles were read before the reader was opened.
    pub fn take_positions(&mut self, positions: Vec<Position>) {
        self.positions = positions;
    }

    /// Shows nothing. Words that are being typed go on, or their letters would act as keys.
    pub fn clear(&mut self) {
        self.positions = self.positions();
        self.shown = None;
        self.awaited = None;
        self.find.take_if(|find| !find.is_typing);
        (self.offset, self.sideways, self.is_over) = (0, 0, false);
    }

    pub fn shown(&self) -> Option<&Text> {
        let shown = self.shown?;
        self.texts.iter().rev().find(|text| text.which() == shown)
    }

    /// Whether the text in which words are being found is still on its way.
    pub fn is_find_waiting(&self) -> bool {
        let awaited = self.awaited.map(|awaited| awaited.article);
        self.find.as_ref().is_some_and(|find| find.has_no_text() && find.article == awaited)
    }

    /// Puts another header above the shown text; the lines below it stay where they are.
    pub fn set_header(&mut self, header: Header) {
        let shown = self.shown;
        let Some(text) = self.texts.iter_mut().rev().find(|text| Some(text.which()) == shown) else { return };
        let before = std::mem::replace(&mut text.header, header);
        if before.lines == text.header.lines {
            return;
        }
        if self.offset >= before.lines.len() {
            self.offset = self.offset + text.header.lines.len() - before.lines.len();
        }
        let is_of_it = |find: &Find| find.article == Some(text.article.row.id);
        self.find = self.find.take().map(|find| if is_of_it(&find) { find.again(text, self.offset) } else { find });
    }

    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Columns that wide tables and code are moved to the left.
    pub fn sideways(&self) -> usize {
        self.sideways
    }

    /// Scrolls to a line, as far as there is text to fill the pane.
    pub fn scroll_to(&mut self, line: usize, height: usize) {
        let before = self.offset;
        self.offset = line.min(self.last_offset(height));
        // A lower pane may show less of the end that was read in a higher one.
        self.is_over = self.is_at_end(height) || (self.is_over && self.offset >= before);
    }

    /// Moves wide tables and code; false when there is nothing more on that side.
    pub fn scroll_sideways(&mut self, columns: usize, is_right: bool) -> bool {
        let most = self.shown().map_or(0, |text| text.breadth.saturating_sub(text.fit.pane));
        let before = self.sideways;
        self.sideways = if is_right { (before + columns).min(most) } else { before.saturating_sub(columns) };
        self.sideways != before
    }

    /// Whether the last line is on the screen.
    pub fn is_at_end(&self, height: usize) -> bool {
        self.offset >= self.last_offset(height)
    }

    /// How far it is scrolled, in percent of the way to its end; `None` when all of it fits.
    pub fn percent(&self, height: usize) -> Option<usize> {
        let last = Some(self.last_offset(height)).filter(|last| *last > 0)?;
        Some((self.offset * 100 / last).min(100))
    }

    fn last_offset(&self, height: usize) -> usize {
        self.shown().map_or(0, Text::len).saturating_sub(height)
    }
}
