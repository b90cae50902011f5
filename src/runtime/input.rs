//! The thread that reads the keyboard. It ends when the terminal is gone, and never spins on a dead one.

use std::fs::File;
use std::io::IsTerminal;
use std::os::fd::{AsFd, OwnedFd};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tokio::sync::mpsc::UnboundedSender;

use super::decode::Decoder;
use crate::app::key::Key;

/// How long the rest of an escape sequence may stay on the way.
const REJOIN: Timespec = Timespec { tv_sec: 0, tv_nsec: 40_000_000 };

/// What the keyboard says.
pub enum Input {
    Key(Key),
    /// The terminal is gone: nothing will come any more.
    Gone,
}

/// Starts reading the terminal, which is the standard input or else the controlling terminal.
pub fn start(keys: UnboundedSender<Input>) -> std::io::Result<()> {
    let stdin = std::io::stdin();
    let tty: OwnedFd = if stdin.is_terminal() { stdin.as_fd().try_clone_to_owned()? } else { File::open("/dev/tty")?.into() };
    let work = move || {
        read(&tty, &keys);
        let _ = keys.send(Input::Gone);
    };
    std::thread::Builder::new().name("keyboard".into()).spawn(work)?;
    Ok(())
}

/// Reads until the end; returns when the terminal is gone or nobody listens.
fn read(tty: &OwnedFd, keys: &UnboundedSender<Input>) {
    let mut decoder = Decoder::default();
    let mut bytes = [0; 4096];
    loop {
        let patience = decoder.is_waiting().then_some(REJOIN);
        let mut watched = [PollFd::new(tty, PollFlags::IN)];
        let ready = match poll(&mut watched, patience.as_ref()) {
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
            Ok(ready) => ready,
        };
        let found = if ready == 0 {
            decoder.give_up_waiting()
        } else {
            let said = watched[0].revents();
            if !said.contains(PollFlags::IN) {
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
