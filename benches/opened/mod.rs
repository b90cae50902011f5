//! A reader without a terminal: the real core, store, pipeline and typesetting, driven as the loop of `runtime` drives
//! them, with what it did counted.
#![allow(dead_code, reason = "each bench uses its part")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use matins::app::effect::Effect;
use matins::app::event::Event;
use matins::app::key::sequence;
use matins::app::model::{Model, Opening};
use matins::app::update::update;
use matins::config;
use matins::domain::clock::Clock;
use matins::fetch::Fetcher;
use matins::refresh::Refresher;
use matins::runtime::links::{Links, Started};
use matins::runtime::{BETWEEN_LOOKS, LateRefresher, Picture};
use matins::store::Store;
use matins::ui;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::runtime::Runtime;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

/// An open reader.
pub struct Reader {
    pub model: Model,
    pub store: Store,
    links: Links,
    runtime: Runtime,
    events: UnboundedSender<Event>,
    answers: UnboundedReceiver<Event>,
    ended: (UnboundedSender<()>, UnboundedReceiver<()>),
    changes: watch::Receiver<u64>,
    look_at: tokio::time::Instant,
    under_way: usize,
    pub cost: Cost,
}

/// What was done since it was last asked.
#[derive(Debug, Default)]
pub struct Cost {
    pub events: usize,
    pub effects: BTreeMap<&'static str, usize>,
    /// Time on the loop that no key can use.
    pub in_update: Duration,
}

impl Reader {
    /// Opens the store and all that the first picture needs, as the command line does; nothing has happened yet.
    pub fn open(path: &Path, settings: &str, feeds: &str, (width, height): (u16, u16), clock: Clock) -> Reader {
        let config = config::parse(Some(("settings.toml", settings)), Some(("feeds.toml", feeds)));
        assert_eq!(config.problems, [], "the settings");
        let store = Store::open(path).expect("a store");
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        let fetcher = Fetcher::new(&config.settings.fetch).expect("a fetcher");
        let refresher =
            Refresher::new(fetcher, store.back(), config.settings.fetch.clone(), clock.clone(), matins::runtime::secrets::reveal(), || ());
        let paper = Arc::new(config.paper.clone());
        let now = clock.now();
        let links = Links { front: store.front(), refresher: LateRefresher::new(|| Ok(refresher)), paper, clock, is_ascii: false };
        let opening = Opening {
            width,
            height,
            now,
            zone: TimeZone::UTC,
            theme: config::theme(&config.settings.screen.theme).expect("a theme"),
            settings: config.settings,
            paper: config.paper,
            is_ascii: false,
            is_sample: false,
            notice: None,
        };
        let (events, answers) = unbounded_channel();
        let (model, changes) = (Model::new(opening), store.front().changes());
        let (ended, cost) = (unbounded_channel(), Cost::default());
        Reader { model, store, links, runtime, events, answers, ended, changes, look_at: tokio::time::Instant::now(), under_way: 0, cost }
    }

    /// Takes one event and starts what follows from it.
    pub fn take(&mut self, event: Event) {
        let start = Instant::now();
        let effects = update(&mut self.model, event, self.links.clock.now());
        self.cost.in_update += start.elapsed();
        self.cost.events += 1;
        for effect in effects {
            *self.cost.effects.entry(name(&effect)).or_default() += 1;
            let Started::Work(work) = self.links.start(effect, self.events.clone()) else { continue };
            let ended = self.ended.0.clone();
            self.under_way += 1;
            self.runtime.spawn(async move {
                work.await;
                let _ = ended.send(());
            });
        }
    }

    /// Takes answers until the model is as wished.
    pub fn until(&mut self, is_so: impl Fn(&Model) -> bool) {
        while !is_so(&self.model) {
            let event = self.runtime.block_on(self.answers.recv()).expect("an answer");
            self.take(event);
        }
    }

    /// Takes answers until nothing is under way.
    pub fn settle(&mut self) {
        while self.under_way > 0 {
            let happened = self.runtime.block_on(async {
                tokio::select! {
                    biased;
                    event = self.answers.recv() => event,
                    _ = self.ended.1.recv() => { self.under_way -= 1; None }
                    () = tokio::time::sleep_until(self.look_at), if self.changes.has_changed().unwrap_or(false) => {
                        self.changes.borrow_and_update();
                        self.look_at = tokio::time::Instant::now() + BETWEEN_LOOKS;
                        Some(Event::StoreChanged)
                    }
                }
            });
            happened.into_iter().for_each(|event| self.take(event));
            while let Ok(event) = self.answers.try_recv() {
                self.take(event);
            }
        }
    }

    /// Presses keys, each with all that follows from it.
    pub fn press(&mut self, keys: &str) {
        for key in sequence(keys).expect("keys") {
            self.take(Event::KeyPressed(key));
            self.settle();
        }
    }

    pub fn picture(&self) -> Picture {
        let mut picture = Buffer::empty(Rect::new(0, 0, self.model.width, self.model.height));
        let links = ui::view(&self.model, &mut picture);
        Picture::new(picture, links)
    }
}

fn name(effect: &Effect) -> &'static str {
    match effect {
        Effect::LoadList { .. } => "lists",
        Effect::ListArrived { .. } => "looks for arrivals",
        Effect::LoadRows { .. } => "rows",
        Effect::LoadCounts { .. } => "counts",
        Effect::LoadHealth { .. } => "health",
        Effect::LoadArticle { .. } => "articles",
        _ => "other",
    }
}
