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
use super::links::{Events, Links, Started};
use super::pace::Pace;
use super::panics;
use super::picture::Picture;
use super::signals::{Signals, Told};
use super::terminal::{self, TerminalError};
use super::under_way::{UnderWay, Weight};
use super::writer::Writer;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::Key;
use crate::app::model::{Model, Opening};
use crate::app::update::{leaves, quit, update};
use crate::ui;

/// The shortest time between two looks at what others have put into the store: a refresh commits a hundred times a second,
/// and each look asks the store for all that is on the screen.
pub const BETWEEN_LOOKS: Duration = Duration::from_millis(250);
/// Effects under way at which keys wait: fewer than the store's desk lets wait. It bounds what the two queues of the loop can
/// hold, answers and ends, as an effect has a few of them; a refresh has two for each feed of the paper.
const MOST_UNDER_WAY: usize = 1024;
/// How long keys wait for the store before a person is told.
const LONG_WAIT: Duration = Duration::from_millis(500);
/// How long leaving waits for marks under way: longer than the store itself waits for others. And for the place.
const LAST_MARKS: Duration = Duration::from_secs(6);
const LAST_PLACE: Duration = Duration::from_millis(300);

/// What the reader runs on.
pub struct Session {
    pub opening: Opening,
    pub links: Links,
    pub desktop: Desktop,
}

/// How the reader was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    Left,
    /// Left with the last change of status not saved, and why.
    Unsaved(String),
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
    under_way: UnderWay,
    /// Whether a change was not saved and no picture has told of it yet.
    is_failure_unseen: bool,
    /// Why the last change was not saved, until another key than one that leaves: who leaves may not have read it.
    unsaved: Option<String>,
    /// Whether a person left a wait for the store.
    is_done_waiting: bool,
    ending: Option<Ending>,
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
            under_way: UnderWay::default(),
            is_failure_unseen: false,
            unsaved: None,
            is_done_waiting: false,
            ending: None,
        })
    }

    /// Runs to the end, which a panic is too: what was under way is kept, then the terminal is given back.
    async fn run(mut self, signals: Signals) -> Result<Ending, TerminalError> {
        let went = AssertUnwindSafe(self.read(signals)).catch_unwind().await;
        if went.is_err() {
            let _ = catch_unwind(AssertUnwindSafe(|| self.leave()));
        }
        let unsaved = self.finish().await.map(Ending::Unsaved);
        self.writer.close();
        went.map_err(|_| TerminalError::Broke).map(|()| unsaved.or(self.ending).unwrap_or(Ending::Left))
    }

    async fn read(&mut self, mut signals: Signals) {
        let mut changes = self.links.front.changes();
        self.take(Event::Started);
        while self.ending.is_none() {
            let draw_at = self.pace.due(self.under_way.quick > 0);
            let tell_wait_at = self.tell_wait_at();
            let postponed = self.postponed.front().filter(|_| !self.under_way.holds_keys()).copied();
            tokio::select! {
                biased;
                told = signals.next() => self.told(&told),
                Some(weight) = self.ended.recv() => self.work_ended(weight),
                Some(event) = self.answers.recv() => self.take(event),
                () = until(draw_at) => self.draw(),
                key = ready(postponed), if postponed.is_some() => self.take_postponed(key),
                Some(key) = self.keys.recv(), if self.hears_keys() => self.take_key(key),
                () = self.gone.notified(), if self.hears_keys() => self.leave(),
                () = until(tell_wait_at) => self.tell_wait(),
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
        if let Event::MarkFailed { error } = &event {
            self.unsaved = Some(error.clone());
            self.drop_typed_ahead();
        }
        self.pace.owe(&event, Instant::now());
        let is_key = matches!(event, Event::KeyPressed(_));
        let effects = update(&mut self.model, event, self.links.clock.now());
        for effect in effects {
            self.start(effect);
        }
        if is_key && self.ending.is_none() {
            self.unsaved = None;
        }
    }

    fn start(&mut self, effect: Effect) {
        let weight = Weight::of(&effect);
        let work = match self.links.start(effect, self.events.clone()) {
            Started::Work(work) => work,
            Started::Own(own) => return self.perform(own),
        };
        self.under_way.take_up(weight);
        let lays_down = weight.laid_down_with(&self.on_end);
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
        self.under_way.lay_down(weight);
        if self.model.is_waiting && !self.under_way.holds_keys() {
            self.take(Event::Waiting(false));
        }
        while let Ok(event) = self.answers.try_recv() {
            self.take(event);
        }
    }

    fn take_postponed(&mut self, key: Option<Key>) {
        self.postponed.pop_front();
        key.into_iter().for_each(|key| self.take(Event::KeyPressed(key)));
    }

    /// When a person is to be told that keys wait for the store.
    fn tell_wait_at(&self) -> Option<Instant> {
        self.under_way.held_since.filter(|_| !self.model.is_waiting).map(|since| since + LONG_WAIT)
    }

    /// What was typed before this was told is about what comes after the wait.
    fn tell_wait(&mut self) {
        while let Ok(key) = self.keys.try_recv() {
            self.postponed.push_back(key);
        }
        self.take(Event::Waiting(true));
    }

    /// A key that comes while the store is waited for leaves, or has its turn later.
    fn take_key(&mut self, key: Key) {
        match self.model.is_waiting {
            _ if self.is_failure_unseen => {}
            false => self.take(Event::KeyPressed(key)),
            true if leaves(&self.model, key) => {
                self.is_done_waiting = true;
                self.leave();
            }
            true if self.postponed.len() < MOST_KEYS => self.postponed.push_back(key),
            true => {}
        }
    }

    /// What was typed before a person could see that a change was not saved may go where nobody wants to go any more.
    fn drop_typed_ahead(&mut self) {
        self.is_failure_unseen = true;
        self.postponed.clear();
    }

    /// Not while keys wait for an effect, unless a person was told so, nor while so many effects are under way that their answers
    /// would pile up.
    fn hears_keys(&self) -> bool {
        self.model.is_waiting || !self.under_way.holds_keys() && self.under_way.all < MOST_UNDER_WAY
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
        self.is_failure_unseen = false;
        self.pace.drawn(Instant::now());
        let mut picture = Buffer::empty(Rect::new(0, 0, self.model.width, self.model.height));
        let links = ui::view(&self.model, &mut picture);
        self.writer.show(Picture::new(picture, links));
    }

    /// Waits for what must not be lost, shown when it is long, and left by one more key that leaves. Says why a mark was not
    /// saved after all. The place is not worth a wait.
    async fn finish(&mut self) -> Option<String> {
        let begun = Instant::now();
        let mut unsaved = self.unsaved.take();
        while self.under_way.kept > 0 {
            let patience = if self.under_way.marks > 0 && !self.is_done_waiting { LAST_MARKS } else { LAST_PLACE };
            let deadline = begun + patience;
            let tell_at = (!self.model.is_waiting).then_some(begun + LAST_PLACE);
            tokio::select! {
                biased;
                Some(event) = self.answers.recv() => unsaved = failed_mark(event).or(unsaved),
                Some(weight) = self.ended.recv() => self.under_way.lay_down(weight),
                () = tokio::time::sleep_until(deadline) => break,
                () = until(tell_at) => { self.model.is_waiting = true; self.draw() }
                Some(key) = self.keys.recv() => if leaves(&self.model, key) { break },
            }
        }
        unsaved.or_else(|| (self.under_way.marks > 0).then(|| "the store did not answer in time".to_string()))
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

fn failed_mark(event: Event) -> Option<String> {
    match event {
        Event::MarkFailed { error } => Some(error),
        _ => None,
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
