//! Everything the screen shows, and what is under way.

pub mod find;
pub mod list;
pub mod place;
pub mod refresh;
pub mod sheet;
pub mod text;

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::{Timestamp, tz::TimeZone};

use super::command::Scope;
use super::key::Key;
use super::keymap::Keymap;
use super::layout::{Layout, Wish, drawn, layout};
use super::plain;
use crate::domain::article::ArticleId;
use crate::domain::feed::FeedHealth;
use crate::domain::list::Counts;
use crate::domain::plain_text;
use crate::domain::section::{Paper, Section};
use crate::domain::settings::{ScreenSettings, Settings};
use crate::domain::theme::Theme;

/// The state of the reader.
#[derive(Clone, Debug)]
pub struct Model {
    pub width: u16,
    pub height: u16,
    /// The moment of the last event.
    pub now: Timestamp,
    pub zone: TimeZone,
    pub screen: ScreenSettings,
    pub is_ascii: bool,
    /// How often each feed is asked by itself.
    pub interval: jiff::SignedDuration,
    pub theme: Theme,
    pub keymap: Keymap,
    pub paper: Paper,
    /// What the settings call the sections, also where the paper's own names are plain: by this a place is found again.
    pub section_names: Vec<String>,
    /// Which section is in front.
    pub section: usize,
    pub counts: Vec<Counts>,
    pub health: HashMap<String, FeedHealth>,
    pub list: list::ListPane,
    pub text: text::TextPane,
    /// Whether the article is read in full width.
    pub is_text_open: bool,
    pub sheet: Option<sheet::Sheet>,
    pub trial: Option<sheet::Trial>,
    /// Trials so far.
    pub trials: u64,
    pub refresh: refresh::RefreshState,
    /// When a person last asked for a refresh.
    pub asked_at: Option<Timestamp>,
    pub notice: Option<Notice>,
    /// Keys of a sequence that is not finished.
    pub pressed: Vec<Key>,
    /// Where the cursor stood in each section, by its place in the paper.
    pub cursors: HashMap<usize, ArticleId>,
    /// What to do when the list comes.
    pub on_list: OnList,
    /// Late answers of an earlier list carry an older number and are dropped.
    pub generation: u64,
    /// Changes of status so far; rows that were asked for before the last one may be out of date.
    pub marks: u64,
    pub counting: Loading,
    pub checking: Loading,
    /// Rows and arrivals, asked for again when the store changed.
    pub catching_up: Loading,
    pub is_sample: bool,
    /// Whether keys wait for the store, and have for long.
    pub is_waiting: bool,
}

/// A load that is asked for again only after the last one has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    pub is_under_way: bool,
    pub is_stale: bool,
}

impl Loading {
    /// Whether to ask now; if an answer is still awaited, to ask again after it.
    pub fn begin(&mut self) -> bool {
        self.is_stale = self.is_under_way;
        !std::mem::replace(&mut self.is_under_way, true)
    }

    /// The answer has come; whether to ask again.
    pub fn end(&mut self) -> bool {
        self.is_under_way = false;
        std::mem::take(&mut self.is_stale)
    }
}

/// What a person is told once, until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The same in ever fewer words.
    pub forms: Vec<String>,
    pub is_failure: bool,
}

impl Notice {
    /// One that tells of a failure, in ever fewer words.
    pub fn failure(forms: impl Into<Vec<String>>) -> Notice {
        Notice { forms: forms.into(), is_failure: true }
    }
}

/// What follows when a list has been loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OnList {
    #[default]
    Nothing,
    /// Put the cursor there, and open the text if it was open, scrolled as it was.
    Restore(place::Place),
    GoToUnread(Hunt),
}

/// The hunt for an unread article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hunt {
    pub is_forward: bool,
    /// Sections that were left without finding one; beyond the first, lists are searched from their edge.
    pub left: usize,
}

/// What the reader opens with.
#[derive(Clone, Debug)]
pub struct Opening {
    pub width: u16,
    pub height: u16,
    pub now: Timestamp,
    pub zone: TimeZone,
    pub settings: Settings,
    pub paper: Paper,
    pub theme: Theme,
    pub is_ascii: bool,
    /// Whether this is the sample edition.
    pub is_sample: bool,
    /// Mistakes in the settings, said once at the start.
    pub notice: Option<Notice>,
}

impl Model {
    pub fn new(opening: Opening) -> Model {
        let (keymap, _) = Keymap::new(&opening.settings.keys);
        let (width, height) = drawn(opening.width, opening.height);
        Model {
            width,
            height,
            now: opening.now,
            zone: opening.zone,
            screen: opening.settings.screen,
            is_ascii: opening.is_ascii,
            interval: opening.settings.fetch.interval,
            theme: opening.theme,
            keymap,
            counts: vec![Counts::default(); opening.paper.sections.len()],
            section_names: opening.paper.sections.iter().map(|section| section.name.to_string()).collect(),
            paper: if opening.is_ascii { plain::paper(opening.paper) } else { opening.paper },
            section: 0,
            health: HashMap::new(),
            list: list::ListPane::awaited(list::View::Window),
            text: text::TextPane::default(),
            is_text_open: false,
            sheet: None,
            trial: None,
            trials: 0,
            refresh: refresh::RefreshState::default(),
            asked_at: None,
            notice: opening.notice,
            pressed: Vec::new(),
            cursors: HashMap::new(),
            on_list: OnList::Nothing,
            generation: 0,
            marks: 0,
            counting: Loading::default(),
            checking: Loading::default(),
            catching_up: Loading::default(),
            is_sample: opening.is_sample,
            is_waiting: false,
        }
    }

    pub fn section(&self) -> Option<&Section> {
        self.paper.sections.get(self.section)
    }

    /// The topmost scope: what hears a key first.
    pub fn scope(&self) -> Scope {
        self.scope_of(self.sheet.as_ref())
    }

    /// The scope that the help is about.
    pub fn scope_beneath(&self) -> Scope {
        self.scope_of(self.sheet.as_ref().and_then(|sheet| sheet.beneath.as_deref()))
    }

    fn scope_of(&self, sheet: Option<&sheet::Sheet>) -> Scope {
        let is_typing = self.text.find.as_ref().is_some_and(|find| find.is_typing);
        match (sheet, self.is_text_open) {
            (Some(sheet), _) if sheet.kind == sheet::SheetKind::Links => Scope::Links,
            (Some(_), _) => Scope::Sheet,
            (None, true) if is_typing => Scope::Find,
            (None, true) => Scope::Text,
            (None, false) => Scope::List,
        }
    }

    pub fn layout(&self) -> Layout {
        let measure = u16::try_from(self.screen.measure).unwrap_or(u16::MAX);
        let headline_lines = u16::try_from(self.screen.headline_lines).unwrap_or(2);
        let is_list_only = self.list.is_empty() && !self.list.is_loading;
        layout(self.width, self.height, Wish { is_text_only: self.is_text_open, is_list_only, measure, headline_lines })
    }

    /// Rows of the list on the screen.
    pub fn rows_visible(&self) -> usize {
        self.layout().rows_visible()
    }

    /// Lines of the text on the screen.
    pub fn text_height(&self) -> usize {
        usize::from(self.layout().text.height)
    }

    /// The text of the article under the cursor, when it is the one on the screen: another may stay until it has come.
    pub fn shown_text(&self) -> Option<&text::Text> {
        self.text.shown().filter(|text| Some(text.article.row.id) == self.list.selected_id() && !self.layout().text.is_empty())
    }

    /// What is being found in the text that is open, so that `n` and `N` go from place to place.
    pub fn find(&self) -> Option<&find::Find> {
        self.text.find.as_ref().filter(|_| self.is_text_open && self.sheet.is_none())
    }

    /// A text as it is laid out: in plain ASCII where the terminal has no UTF-8.
    pub fn plain<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.is_ascii && !text.is_ascii() { Cow::Owned(plain_text::plain(text)) } else { Cow::Borrowed(text) }
    }

    /// Tells something until the next key.
    pub fn say(&mut self, text: impl Into<String>) {
        self.say_shorter([text.into()]);
    }

    /// The same in ever fewer words, of which the first that fit are said.
    pub fn say_shorter(&mut self, forms: impl Into<Vec<String>>) {
        let forms = forms.into().iter().map(|form| self.plain(form).into_owned()).collect();
        self.notice = Some(Notice { forms, is_failure: false });
    }

    /// Tells of a failure until the next key.
    pub fn warn(&mut self, text: impl Into<String>) {
        let text = self.plain(&text.into()).into_owned();
        self.notice = Some(Notice::failure([text]));
    }
}
