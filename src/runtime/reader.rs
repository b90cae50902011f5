//! The loop: takes events, changes the model, starts effects, sends pictures. It is the only place that waits.

use std::collections::VecDeque;
use std::future::{pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::sync::Notify;
use tokio::sync::mpsc::{Receiver, UnboundedReceiver, UnboundedSender, channel, unbounded_channel};
use tokio::sync::watch::{self, error::RecvError};
use tokio::time::Instant;

use super::desktop::Desktop;
use super::input::{self, Keyboard, MOST_KEYS};
use super::links::{Events, Links};
use super::pace::Pace;
use super::panics;
use super::picture::Picture;
use super::signals::{Signals, Told};
use super::terminal::{self, TerminalError};
use super::writer::Writer;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::Key;
use crate::app::model::{Model, Opening};
use crate::app::update::{quit, update};
use crate::ui;

/// The shortest time between two looks at what others have put into the store: a refresh commits a hundred times a second,
/// and each look asks the store for all that is on the screen.
pub const BETWEEN_LOOKS: Duration = Duration::from_millis(250);
/// Effects under way at which keys wait: fewer than the store's desk lets wait. It bounds what the two queues of the loop can
/// hold, answers and ends, as an effect has a few of them; a refresh has two for each feed of the paper.
const MOST_UNDER_WAY: usize = 1024;
/// How long leaving waits for work under way that must not be lost.
const LAST_WORK: Duration = Duration::from_secs(3);

/// What the reader runs on.
pub struct Session {
    pub opening: Opening,
    pub links: Links,
    pub desktop: Desktop,
}

/// How the reader was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Left,
    /// The person asked for the sample edition.
    Sample,
}

/// Opens the full screen and stays until it is left. The terminal is given back in any case.
///
/// # Errors
/// When the terminal cannot be taken, or the screen broke off.
pub async fn run(session: Session) -> Result<Ending, TerminalError> {
    panics::mind();
    let signals = Signals::new()?;
    terminal::take()?;
    let ending = match Reader::new(session) {
        Ok(reader) => reader.run(signals).await,
        Err(error) => Err(error.into()),
    };
    terminal::give_back();
    ending
}

/// What the loop holds.
struct Reader {
    model: Model,
    links: Links,
    desktop: Desktop,
    events: Events,
    answers: UnboundedReceiver<Event>,
    ended: UnboundedReceiver<Weight>,
    on_end: UnboundedSender<Weight>,
    keys: Receiver<Key>,
    /// Told when the terminal is gone.
    gone: Arc<Notify>,
    /// Dropped after `keys`, so that its thread does not wait for room there.
    _keyboard: Keyboard,
    writer: Writer,
    wake_at: Option<Instant>,
    /// When the store may be looked at again.
    look_at: Instant,
    pace: Pace,
    /// Keys to be taken before those of the keyboard.
    postponed: VecDeque<Key>,
    /// Effects under way that keys wait for, that leaving waits for, and that pictures wait a moment for.
    holding: usize,
    kept: usize,
    quick: usize,
    /// All effects under way.
    under_way: usize,
    ending: Option<Ending>,
}

/// How an effect under way holds up keys and pictures.
#[derive(Clone, Copy)]
struct Weight {
    holds_keys: bool,
    is_kept: bool,
    is_quick: bool,
}

/// Tells the loop that an effect has ended, also when it ended in a panic: keys must not wait for ever.
struct LaysDown {
    weight: Weight,
    on_end: UnboundedSender<Weight>,
}

impl Drop for LaysDown {
    fn drop(&mut self) {
        let _ = self.on_end.send(self.weight);
    }
}

impl Reader {
    fn new(session: Session) -> std::io::Result<Reader> {
        let (events, answers) = unbounded_channel();
        let (on_end, ended) = unbounded_channel();
        let (pressed, keys) = channel(MOST_KEYS);
        let gone = Arc::new(Notify::new());
        let keyboard = input::start(pressed, gone.clone())?;
        let ends = gone.clone();
        let writer = Writer::start(session.opening.settings.screen.is_synchronized, move || ends.notify_one())?;
        Ok(Reader {
            model: Model::new(session.opening),
            links: session.links,
            desktop: session.desktop,
            events,
            answers,
            ended,
            on_end,
            keys,
            gone,
            _keyboard: keyboard,
            writer,
            wake_at: None,
            look_at: Instant::now(),
            pace: Pace::default(),
            postponed: VecDeque::new(),
            holding: 0,
            kept: 0,
            quick: 0,
            under_way: 0,
            ending: None,
        })
    }

    /// Runs to the end, which a panic is too: what was under way is kept, then the terminal is given back.
    async fn run(mut self, signals: Signals) -> Result<Ending, TerminalError> {
        let went = AssertUnwindSafe(self.read(signals)).catch_unwind().await;
        if went.is_err() {
            let _ = catch_unwind(AssertUnwindSafe(|| self.leave()));
        }
        self.finish().await;
        self.writer.close();
        went.map_err(|_| TerminalError::Broke).map(|()| self.ending.unwrap_or(Ending::Left))
    }

    async fn read(&mut self, mut signals: Signals) {
        let mut changes = self.links.front.changes();
        self.take(Event::Started);
        while self.ending.is_none() {
            let draw_at = self.pace.due(self.quick > 0);
            let postponed = self.postponed.front().filter(|_| self.holding == 0).copied();
            tokio::select! {
                biased;
                told = signals.next() => self.told(&told),
                Some(weight) = self.ended.recv() => self.work_ended(weight),
                Some(event) = self.answers.recv() => self.take(event),
                () = until(draw_at) => self.draw(),
                key = ready(postponed), if postponed.is_some() => self.take_postponed(key),
                Some(key) = self.keys.recv(), if self.takes_keys() => self.take(Event::KeyPressed(key)),
                () = self.gone.notified(), if self.takes_keys() => self.leave(),
                Ok(()) = next_change(&mut changes, self.look_at) => { changes.borrow_and_update(); self.look() }
                () = until(self.wake_at) => { self.wake_at = None; self.take(Event::Woken) }
            }
        }
    }

    fn look(&mut self) {
        self.look_at = Instant::now() + BETWEEN_LOOKS;
        self.take(Event::StoreChanged);
    }

    fn take(&mut self, event: Event) {
        self.pace.owe(&event, Instant::now());
        let effects = update(&mut self.model, event, self.links.clock.now());
        for effect in effects {
            self.start(effect);
        }
    }

    fn start(&mut self, effect: Effect) {
        let weight = Weight { holds_keys: effect.holds_keys(), is_kept: effect.is_kept(), is_quick: effect.is_quick() };
        let work = match self.links.start(effect, self.events.clone()) {
            Ok(work) => work,
            Err(own) => return self.perform(own),
        };
        self.holding += usize::from(weight.holds_keys);
        self.kept += usize::from(weight.is_kept);
        self.quick += usize::from(weight.is_quick);
        self.under_way += 1;
        let lays_down = LaysDown { weight, on_end: self.on_end.clone() };
        tokio::spawn(async move {
            let _lays_down = lays_down;
            work.await;
        });
    }

    /// The effects that are the loop's own.
    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Quit => self.ending = Some(Ending::Left),
            Effect::OpenSample => self.ending = Some(Ending::Sample),
            Effect::Press(key) => self.postponed.push_back(key),
            Effect::OpenAddress { url } => self.desktop.open(&url, &self.events),
            Effect::Copy { text, what } => {
                if let Some(message) = self.desktop.copy(&text, &what, &self.events) {
                    self.writer.tell(message);
                }
            }
            Effect::Redraw => self.writer.forget(),
            Effect::Suspend => self.suspend(),
            Effect::WakeAt(at) => {
                let wait = at.duration_since(self.links.clock.now());
                self.wake_at = Some(Instant::now() + Duration::try_from(wait).unwrap_or(Duration::ZERO));
            }
            _ => {}
        }
    }

    fn work_ended(&mut self, weight: Weight) {
        self.lay_down(weight);
        while let Ok(event) = self.answers.try_recv() {
            self.take(event);
        }
    }

    fn take_postponed(&mut self, key: Option<Key>) {
        self.postponed.pop_front();
        key.into_iter().for_each(|key| self.take(Event::KeyPressed(key)));
    }

    fn lay_down(&mut self, weight: Weight) {
        self.holding -= usize::from(weight.holds_keys);
        self.kept -= usize::from(weight.is_kept);
        self.quick -= usize::from(weight.is_quick);
        self.under_way -= 1;
    }

    /// Not while keys wait for an effect, nor while so many effects are under way that their answers would pile up.
    fn takes_keys(&self) -> bool {
        self.holding == 0 && self.under_way < MOST_UNDER_WAY
    }

    fn told(&mut self, told: &Told) {
        match told {
            Told::MustEnd => self.leave(),
            Told::Continued => self.come_back(),
            Told::Resized => self.measure(),
        }
    }

    fn measure(&mut self) {
        if let Some((width, height)) = terminal::size() {
            self.take(Event::Resized { width, height });
        }
    }

    /// Ends at once, with the place kept and what is being written awaited.
    fn leave(&mut self) {
        let effects = quit(&self.model);
        effects.into_iter().for_each(|effect| self.start(effect));
        self.ending = Some(Ending::Left);
    }

    fn draw(&mut self) {
        self.pace.drawn(Instant::now());
        let mut picture = Buffer::empty(Rect::new(0, 0, self.model.width, self.model.height));
        let links = ui::view(&self.model, &mut picture);
        self.writer.show(Picture::new(picture, links));
    }

    /// Waits for what must not be lost: marks and the place.
    async fn finish(&mut self) {
        let deadline = Instant::now() + LAST_WORK;
        while self.kept > 0 {
            tokio::select! {
                Some(weight) = self.ended.recv() => self.lay_down(weight),
                () = tokio::time::sleep_until(deadline) => return,
            }
        }
    }

    /// Gives the terminal to the shell, with all processes of this job; the signal that continues it brings it back.
    fn suspend(&mut self) {
        self.writer.pause();
        terminal::give_back();
        let _ = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
    }

    /// Takes the terminal again, which may have another size and other contents now.
    fn come_back(&mut self) {
        terminal::give_back();
        let _ = terminal::take();
        self.measure();
        self.take(Event::Resumed);
    }
}

/// Waits until others have changed the store, and at least until `not_before`.
async fn next_change(changes: &mut watch::Receiver<u64>, not_before: Instant) -> Result<(), RecvError> {
    tokio::time::sleep_until(not_before).await;
    changes.changed().await
}

/// Waits until a moment, or for ever.
async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => pending().await,
    }
}
