//! The whole reader without a terminal: real update, view, store, pipeline and typesetting; keys in, screen out.
//! Every effect is performed to its end before the next key; the clock stands still.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use matins::app::effect::Effect;
use matins::app::event::Event;
use matins::app::key::sequence;
use matins::app::model::{Model, Opening};
use matins::app::update::update;
use matins::config;
use matins::domain::clock::Clock;
use matins::domain::settings::Glyphs;
use matins::fetch::Fetcher;
use matins::refresh::Refresher;
use matins::runtime::links::{Links, Started};
use matins::runtime::{Desktop, LateRefresher, Picture, Session};
use matins::store::Store;
use matins::ui;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tempfile::TempDir;
use tokio::sync::mpsc::unbounded_channel;

/// The morning of all stories.
pub const NOW: &str = "2026-11-22T08:00:00Z";

/// A folder with feeds, settings and a store, and what was opened on it.
pub struct Reader {
    pub model: Model,
    pub folder: Arc<TempDir>,
    links: Links,
    store: Option<Store>,
    runtime: tokio::runtime::Runtime,
    now: Timestamp,
    /// The same in seconds, for every clock of the reader.
    moment: Arc<AtomicI64>,
    is_late: Option<fn(&Effect) -> bool>,
    late: Vec<Event>,
    /// Effects that only the owner of a terminal performs, in order.
    pub left_over: Vec<Effect>,
}

/// What a reader is opened with.
pub struct Setup {
    pub size: (u16, u16),
    pub settings: String,
    pub feeds: String,
    pub now: Timestamp,
    pub folder: Arc<TempDir>,
    pub is_sample: bool,
}

impl Setup {
    /// An empty paper in a new folder, at 120x40.
    pub fn new() -> Setup {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Setup {
            size: (120, 40),
            settings: String::new(),
            feeds: String::new(),
            now: NOW.parse().expect("a moment"),
            folder,
            is_sample: false,
        }
    }

    pub fn size(self, width: u16, height: u16) -> Setup {
        Setup { size: (width, height), ..self }
    }

    pub fn settings(self, text: &str) -> Setup {
        Setup { settings: text.into(), ..self }
    }

    /// Adds a section with one feed a document, each written to a file of the folder.
    pub fn section(mut self, name: &str, options: &str, feeds: &[(&str, String)]) -> Setup {
        let written = feeds.iter().map(|(title, text)| format!("{{ url = \"{}\", title = \"{title}\" }}", self.feed_file(title, text)));
        let written: Vec<String> = written.collect();
        self.feeds.push_str(&format!("[[section]]\nname = \"{name}\"\n{options}\nfeeds = [{}]\n", written.join(", ")));
        self
    }

    /// Writes a feed document; its address.
    pub fn feed_file(&self, title: &str, text: &str) -> String {
        let path = self.folder.path().join(format!("{title}.xml"));
        std::fs::write(&path, text).expect("a feed file");
        format!("file://{}", path.display())
    }

    pub fn store_file(&self) -> PathBuf {
        self.folder.path().join("matins.db")
    }

    /// Opens the reader and lets everything that this starts come to its end.
    pub fn open(self) -> Reader {
        self.open_with(None)
    }

    /// The same, with the answers of such effects kept back.
    pub fn open_holding(self, is_late: fn(&Effect) -> bool) -> Reader {
        self.open_with(Some(is_late))
    }

    fn open_with(self, is_late: Option<fn(&Effect) -> bool>) -> Reader {
        let (now, folder) = (self.now, self.folder.clone());
        let moment = Arc::new(AtomicI64::new(now.as_second()));
        let told = moment.clone();
        let clock = Clock::new(move || Timestamp::from_second(told.load(Ordering::SeqCst)).expect("a moment"));
        let (store, session) = self.session(clock);
        let mut reader = Reader {
            model: Model::new(session.opening),
            folder,
            links: session.links,
            store: Some(store),
            runtime: tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime"),
            now,
            moment,
            is_late,
            late: Vec::new(),
            left_over: Vec::new(),
        };
        reader.happen(Event::Started);
        reader
    }

    /// What the reader runs on, by this clock.
    pub fn session(self, clock: Clock) -> (Store, Session) {
        let config = config::parse(Some(("settings.toml", &self.settings)), Some(("feeds.toml", &self.feeds)));
        assert_eq!(config.problems, [], "the settings of the story");
        let store = Store::open(&self.store_file()).expect("a store");
        let fetcher = Fetcher::new(&config.settings.fetch).expect("a fetcher");
        let refresher =
            Refresher::new(fetcher, store.back(), config.settings.fetch.clone(), clock.clone(), matins::runtime::secrets::reveal(), || ());
        let paper = Arc::new(config.paper.clone());
        let is_ascii = config.settings.screen.glyphs == Glyphs::Ascii;
        let links = Links { front: store.front(), refresher: LateRefresher::new(|| Ok(refresher)), paper, clock, is_ascii };
        let opening = Opening {
            width: self.size.0,
            height: self.size.1,
            now: self.now,
            zone: TimeZone::UTC,
            theme: config::theme(&config.settings.screen.theme).expect("a theme"),
            settings: config.settings,
            paper: config.paper,
            is_ascii,
            is_sample: self.is_sample,
            notice: None,
        };
        (store, Session { opening, links, desktop: Desktop::default() })
    }
}

impl Reader {
    /// Lets something happen, and everything that follows from it.
    pub fn happen(&mut self, event: Event) {
        let mut waiting = VecDeque::from([event]);
        while let Some(event) = waiting.pop_front() {
            for effect in update(&mut self.model, event, self.now) {
                let (events, mut answers) = unbounded_channel();
                let is_late = self.is_late.is_some_and(|is_late| is_late(&effect));
                match self.links.start(effect, events) {
                    Started::Work(work) => self.runtime.block_on(work),
                    Started::Own(Effect::Press(key)) => waiting.push_back(Event::KeyPressed(key)),
                    Started::Own(own) => self.left_over.push(own),
                }
                while let Ok(answer) = answers.try_recv() {
                    if is_late { self.late.push(answer) } else { waiting.push_back(answer) }
                }
            }
        }
    }

    /// Keeps back the answers of such effects, as a slow disk or network would.
    pub fn hold(&mut self, is_late: fn(&Effect) -> bool) -> &mut Reader {
        self.is_late = Some(is_late);
        self
    }

    /// Lets the answers that were kept back come in.
    pub fn let_go(&mut self) -> &mut Reader {
        self.is_late = None;
        for answer in std::mem::take(&mut self.late) {
            self.happen(answer);
        }
        self
    }

    /// Presses keys, written as in the settings with spaces between them: `ctrl-d j m`.
    pub fn press(&mut self, keys: &str) -> &mut Reader {
        for key in sequence(keys).expect("keys") {
            self.happen(Event::KeyPressed(key));
        }
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Reader {
        self.happen(Event::Resized { width, height });
        self
    }

    /// Lets time pass; nothing happens by itself.
    pub fn later(&mut self, hours: i64) -> &mut Reader {
        self.now = self.now.checked_add(jiff::SignedDuration::from_hours(hours)).expect("a moment");
        self.moment.store(self.now.as_second(), Ordering::SeqCst);
        self
    }

    /// The screen as text, without spaces at line ends.
    pub fn screen(&self) -> String {
        let picture = self.picture();
        let width = usize::from(picture.area.width).max(1);
        let line = |cells: &[ratatui::buffer::Cell]| {
            let mut text = String::new();
            let mut columns = 0;
            for (x, cell) in cells.iter().enumerate() {
                if x >= columns {
                    text.push_str(cell.symbol());
                    columns = x + unicode_width::UnicodeWidthStr::width(cell.symbol()).max(1);
                }
            }
            text.trim_end().to_string()
        };
        picture.content().chunks(width).map(line).collect::<Vec<_>>().join("\n")
    }

    pub fn picture(&self) -> Picture {
        let mut picture = Buffer::empty(Rect::new(0, 0, self.model.width, self.model.height));
        let links = ui::view(&self.model, &mut picture);
        Picture::new(picture, links)
    }

    /// Leaves the reader and opens it anew on the same folder.
    pub fn reopen(mut self, setup: impl FnOnce(Setup) -> Setup) -> Reader {
        self.press("q");
        drop(self.store.take());
        let feeds = std::fs::read_to_string(self.folder.path().join("feeds.toml")).unwrap_or_default();
        setup(Setup { folder: self.folder.clone(), feeds, now: self.now, ..Setup::new() }).open()
    }

    /// Titles of what the store lists.
    pub fn list(&self, query: matins::domain::list::ListQuery) -> Vec<String> {
        let snapshot = self.runtime.block_on(self.links.front.list(query)).expect("a list");
        snapshot.rows.iter().map(|row| row.title.to_string()).collect()
    }

    /// The line of the screen that has this text, or the whole screen as the failure.
    #[expect(clippy::panic, reason = "this is how a story fails")]
    pub fn line_with(&self, text: &str) -> String {
        let screen = self.screen();
        let line = screen.lines().find(|line| line.contains(text)).map(str::to_string);
        line.unwrap_or_else(|| panic!("no line with {text:?} on\n{screen}"))
    }

    /// Asserts that this text is on the screen.
    pub fn sees(&self, text: &str) -> &Reader {
        self.line_with(text);
        self
    }

    /// Asserts that this text is not on the screen.
    pub fn does_not_see(&self, text: &str) -> &Reader {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} is on\n{screen}");
        self
    }
}

/// An RSS feed whose articles are (title, hours before the morning, HTML).
pub fn rss(title: &str, articles: &[(&str, i64, &str)]) -> String {
    let now: Timestamp = NOW.parse().expect("a moment");
    let item = |(headline, hours, html): &(&str, i64, &str)| {
        let date = now.checked_sub(jiff::SignedDuration::from_hours(*hours)).expect("a moment");
        let date = jiff::fmt::rfc2822::to_string(&date.to_zoned(TimeZone::UTC)).expect("a date");
        format!(
            "<item><title>{headline}</title><guid>{title}/{headline}</guid><pubDate>{date}</pubDate><description><![CDATA[{html}]]></description></item>"
        )
    };
    let items: String = articles.iter().map(item).collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>{title}</title>{items}</channel></rss>")
}
