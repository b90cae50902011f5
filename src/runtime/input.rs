//! The thread that reads the keyboard. It ends when the terminal is gone, and never spins on a dead one.

use std::fs::File;
use std::io::IsTerminal;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::thread::JoinHandle;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tokio::sync::mpsc::UnboundedSender;

use super::decode::Decoder;
use crate::app::key::Key;

/// What the keyboard says.
pub enum Input {
    Key(Key),
    /// The terminal is gone: nothing will come any more.
    Gone,
}

/// The thread that reads; it ends when this is dropped, so that the next reader of the terminal loses no key to it.
pub struct Keyboard {
    /// Closed to call the thread back.
    leash: Option<UnixStream>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        drop(self.leash.take());
        drop(self.thread.take().map(JoinHandle::join));
    }
}

/// Starts reading the terminal, which is the standard input or else the controlling terminal.
pub fn start(keys: UnboundedSender<Input>) -> std::io::Result<Keyboard> {
    let stdin = std::io::stdin();
    let tty: OwnedFd = if stdin.is_terminal() { stdin.as_fd().try_clone_to_owned()? } else { File::open("/dev/tty")?.into() };
    let (leash, held) = UnixStream::pair()?;
    let work = move || {
        read(&tty, &held, &keys);
        let _ = keys.send(Input::Gone);
    };
    let thread = std::thread::Builder::new().name("keyboard".into()).spawn(work)?;
    Ok(Keyboard { leash: Some(leash), thread: Some(thread) })
}

/// Reads until the end; returns when the terminal is gone, the thread is called back or nobody listens.
fn read(tty: &OwnedFd, held: &UnixStream, keys: &UnboundedSender<Input>) {
    let mut decoder = Decoder::default();
    let mut bytes = [0; 4096];
    loop {
        let patience = decoder.patience().and_then(|patience| Timespec::try_from(patience).ok());
        let mut watched = [PollFd::new(tty, PollFlags::IN), PollFd::new(held, PollFlags::IN)];
        let ready = match poll(&mut watched, patience.as_ref()) {
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
            Ok(ready) => ready,
        };
        let found = if ready == 0 {
            decoder.give_up_waiting()
        } else {
            let is_called_back = !watched[1].revents().is_empty();
            if is_called_back || !watched[0].revents().contains(PollFlags::IN) {
                return;
            }
            match rustix::io::read(tty, &mut bytes) {
                Ok(0) => return,
                Ok(count) => decoder.take(&bytes[..count]),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => continue,
                Err(_) => return,
            }
        };
        for key in found {
            if keys.send(Input::Key(key)).is_err() {
                return;
            }
        }
    }
}
