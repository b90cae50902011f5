//! The loop: takes events, changes the model, starts effects, sends pictures. It is the only place that waits.

use std::collections::VecDeque;
use std::future::{pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use futures_util::FutureExt;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch::{Receiver, error::RecvError};
use tokio::time::Instant;

use super::desktop::Desktop;
use super::input::{self, Input, Keyboard};
use super::links::{Events, Links};
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

/// The shortest time between two pictures.
const FRAME: Duration = Duration::from_millis(33);
/// How long a picture waits for an answer of the store, so that it need not be drawn twice.
const GRACE: Duration = Duration::from_millis(30);
/// The shortest time between two looks at what others have put into the store: a refresh commits a hundred times a second,
/// and each look asks the store for all that is on the screen.
pub const BETWEEN_LOOKS: Duration = Duration::from_millis(250);
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
    keys: UnboundedReceiver<Input>,
    _keyboard: Keyboard,
    writer: Writer,
    wake_at: Option<Instant>,
    /// When the store may be looked at again.
    look_at: Instant,
    /// Since when the picture is out of date.
    stale_since: Option<Instant>,
    drawn_at: Option<Instant>,
    /// Keys to be taken before those of the keyboard.
    postponed: VecDeque<Key>,
    /// Effects under way that keys wait for, that leaving waits for, and that pictures wait a moment for.
    holding: usize,
    kept: usize,
    quick: usize,
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
        let (pressed, keys) = unbounded_channel();
        let keyboard = input::start(pressed.clone())?;
        let writer = Writer::start(session.opening.settings.screen.is_synchronized, move || drop(pressed.send(Input::Gone)))?;
        Ok(Reader {
            model: Model::new(session.opening),
            links: session.links,
            desktop: session.desktop,
            events,
            answers,
            ended,
            on_end,
            keys,
            _keyboard: keyboard,
            writer,
            wake_at: None,
            look_at: Instant::now(),
            stale_since: None,
            drawn_at: None,
            postponed: VecDeque::new(),
            holding: 0,
            kept: 0,
            quick: 0,
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
            let draw_at = self.draw_at();
            let postponed = self.postponed.front().filter(|_| self.holding == 0).copied();
            tokio::select! {
                biased;
                told = signals.next() => self.told(&told),
                Some(weight) = self.ended.recv() => self.work_ended(weight),
                Some(event) = self.answers.recv() => self.take(event),
                () = until(draw_at) => self.draw(),
                key = ready(postponed), if postponed.is_some() => self.take_postponed(key),
                Some(input) = self.keys.recv(), if self.holding == 0 => self.pressed(input),
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
        let now = self.links.clock.now();
        let effects = update(&mut self.model, event, now);
        self.stale_since.get_or_insert_with(Instant::now);
        for effect in effects {
            self.start(effect);
        }
    }

    fn start(&mut self, effect: Effect) {
        let weight = Weight { holds_keys: effect.holds_keys(), is_kept: effect.is_kept(), is_quick: effect.is_quick() };
        let own = effect.clone();
        let Some(work) = self.links.start(effect, self.events.clone()) else { return self.perform(&own) };
        self.holding += usize::from(weight.holds_keys);
        self.kept += usize::from(weight.is_kept);
        self.quick += usize::from(weight.is_quick);
        let lays_down = LaysDown { weight, on_end: self.on_end.clone() };
        tokio::spawn(async move {
            let _lays_down = lays_down;
            work.await;
        });
    }

    /// The effects that are the loop's own.
    fn perform(&mut self, effect: &Effect) {
        match effect {
            Effect::Quit => self.ending = Some(Ending::Left),
            Effect::OpenSample => self.ending = Some(Ending::Sample),
            Effect::Press(key) => self.postponed.push_back(*key),
            Effect::OpenAddress { url } => self.desktop.open(url, &self.events),
            Effect::Copy { text, what } => {
                if let Some(message) = self.desktop.copy(text, what, &self.events) {
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
    }

    fn pressed(&mut self, input: Input) {
        match input {
            Input::Key(key) => self.take(Event::KeyPressed(key)),
            Input::Gone => self.leave(),
        }
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

    /// When the next picture is due: a moment later while the store is about to answer, so that it is drawn once.
    fn draw_at(&self) -> Option<Instant> {
        let stale_since = self.stale_since?;
        let grace = if self.quick > 0 { GRACE } else { Duration::ZERO };
        let soonest = self.drawn_at.map_or(stale_since, |drawn_at| drawn_at + FRAME);
        Some(soonest.max(stale_since + grace))
    }

    fn draw(&mut self) {
        self.stale_since = None;
        self.drawn_at = Some(Instant::now());
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
async fn next_change(changes: &mut Receiver<u64>, not_before: Instant) -> Result<(), RecvError> {
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
