//! The thread that owns the terminal's output. Its mailbox holds one picture: the latest wins, and is drawn against the
//! last one that was sent, so that a slow or stopped terminal holds up nothing but its own pictures.

use std::fs::File;
use std::io::Write;
use std::os::fd::AsFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags};

use super::encode::encode;
use super::picture::Picture;
use super::terminal;

/// How long leaving waits for a terminal that takes no bytes.
const PATIENCE: Duration = Duration::from_secs(1);
/// Begin and end of a synchronized update; terminals that do not know it ignore it.
const SYNC: (&[u8], &[u8]) = (b"\x1b[?2026h", b"\x1b[?2026l");
/// Bytes of a picture that reach a terminal in one piece anyway, a cursor move's for instance.
const ONE_PIECE: usize = 256;

/// The handle of the writer thread.
pub struct Writer {
    mailbox: Arc<Mailbox>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Mailbox {
    slot: Mutex<Slot>,
    changed: Condvar,
}

#[derive(Default)]
struct Slot {
    picture: Option<Picture>,
    /// Bytes for the terminal that are no part of a picture.
    message: Vec<u8>,
    /// Whether the next picture is drawn on a screen of unknown content.
    is_anew: bool,
    is_closing: bool,
    /// Whether the full screen is to be left until the next picture.
    is_pausing: bool,
    /// Whether the full screen has been left.
    is_left: bool,
    /// Whether the thread has ended.
    has_ended: bool,
}

impl Writer {
    /// Starts the thread; the first picture opens the full screen. `on_failure` is called once if the terminal is gone.
    pub fn start(is_synchronized: bool, on_failure: impl FnOnce() + Send + 'static) -> std::io::Result<Writer> {
        let output = File::from(std::io::stdout().as_fd().try_clone_to_owned()?);
        let mailbox = Arc::new(Mailbox::default());
        let theirs = mailbox.clone();
        let ends = Ends { mailbox: theirs.clone(), on_failure: Some(Box::new(on_failure)) };
        let work = move || {
            let (mut ends, mut output) = (ends, output);
            let went = catch_unwind(AssertUnwindSafe(|| write_pictures(&theirs, &mut output, is_synchronized)));
            match went {
                Ok(Ok(())) => ends.on_failure = None,
                Ok(Err(_)) => {}
                // The full screen is left by whoever opened it.
                Err(_) => drop(write(&mut output, &terminal::closing())),
            }
        };
        let thread = std::thread::Builder::new().name("writer".into()).spawn(work)?;
        Ok(Writer { mailbox, thread: Some(thread) })
    }

    /// Shows a picture, instead of any that still waits.
    pub fn show(&self, picture: Picture) {
        self.mailbox.lock(|slot| (slot.picture, slot.is_pausing) = (Some(picture), false));
    }

    /// Sends the terminal something that is no part of a picture, instead of any that still waits.
    pub fn tell(&self, message: Vec<u8>) {
        self.mailbox.lock(|slot| slot.message = message);
    }

    /// Draws the next picture whole.
    pub fn forget(&self) {
        self.mailbox.lock(|slot| slot.is_anew = true);
    }

    /// Leaves the full screen until the next picture, which is drawn whole.
    pub fn pause(&self) {
        self.mailbox.lock(|slot| (slot.is_pausing, slot.is_left) = (true, false));
        self.wait_until_left();
    }

    /// Leaves the full screen and ends the thread, or gives up on a terminal that takes nothing.
    pub fn close(mut self) {
        self.mailbox.lock(|slot| (slot.is_closing, slot.is_left) = (true, false));
        if self.wait_until_left() {
            drop(self.thread.take().map(JoinHandle::join));
        }
    }

    fn wait_until_left(&self) -> bool {
        let slot = self.mailbox.slot.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.mailbox.changed.wait_timeout_while(slot, PATIENCE, |slot| !slot.is_left && !slot.has_ended);
        waited.is_ok_and(|(slot, _)| slot.is_left || slot.has_ended)
    }
}

/// Tells that the thread has ended, and of a terminal that is gone, also when the end is a panic.
struct Ends {
    mailbox: Arc<Mailbox>,
    on_failure: Option<Box<dyn FnOnce() + Send>>,
}

impl Drop for Ends {
    fn drop(&mut self) {
        self.mailbox.lock(|slot| slot.has_ended = true);
        if let Some(on_failure) = self.on_failure.take() {
            on_failure();
        }
    }
}

/// What the thread is to do next.
enum Task {
    Show { picture: Picture, is_anew: bool },
    Tell(Vec<u8>),
    Pause,
    Close,
}

impl Mailbox {
    fn lock(&self, change: impl FnOnce(&mut Slot)) {
        change(&mut self.slot.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
    }

    fn wait(&self) -> Task {
        let slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        let is_idle = |slot: &mut Slot| slot.picture.is_none() && slot.message.is_empty() && !slot.is_closing && !slot.is_pausing;
        let mut slot = self.changed.wait_while(slot, is_idle).unwrap_or_else(PoisonError::into_inner);
        if slot.is_closing {
            return Task::Close;
        }
        if std::mem::take(&mut slot.is_pausing) {
            slot.picture = None;
            return Task::Pause;
        }
        if !slot.message.is_empty() {
            return Task::Tell(std::mem::take(&mut slot.message));
        }
        match slot.picture.take() {
            Some(picture) => Task::Show { picture, is_anew: std::mem::take(&mut slot.is_anew) },
            None => Task::Pause,
        }
    }
}

fn write_pictures(mailbox: &Mailbox, output: &mut File, is_synchronized: bool) -> std::io::Result<()> {
    let (begin, end) = if is_synchronized { SYNC } else { (&b""[..], &b""[..]) };
    let mut sent: Option<Picture> = None;
    let mut is_open = false;
    loop {
        match mailbox.wait() {
            Task::Show { picture, is_anew } => {
                let opening = if is_open { Vec::new() } else { terminal::opening() };
                let bytes = encode(sent.as_ref().filter(|_| is_open && !is_anew), &picture);
                if !bytes.is_empty() {
                    let (begin, end) = if bytes.len() > ONE_PIECE { (begin, end) } else { (&b""[..], &b""[..]) };
                    is_open = write(output, &[opening.as_slice(), begin, &bytes, end].concat())?;
                }
                sent = Some(picture);
            }
            Task::Tell(message) if is_open => is_open = write(output, &message)?,
            Task::Tell(_) => {}
            Task::Pause => {
                write(output, &terminal::closing())?;
                is_open = false;
                mailbox.lock(|slot| slot.is_left = true);
            }
            Task::Close if is_open => return write(output, &terminal::closing()).map(drop),
            Task::Close => return Ok(()),
        }
    }
}

/// Writes all of it, waiting for a terminal that is set not to block; nothing once the terminal was given back, and then
/// false.
fn write(output: &mut File, mut bytes: &[u8]) -> std::io::Result<bool> {
    while !bytes.is_empty() && terminal::is_taken() {
        match output.write(bytes) {
            Ok(0) => return Err(std::io::ErrorKind::WriteZero.into()),
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                rustix::event::poll(&mut [PollFd::new(output, PollFlags::OUT)], None)?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(bytes.is_empty())
}
