//! The thread that reads the keyboard. It ends when the terminal is gone, and never spins on a dead one.

use std::fs::File;
use std::io::IsTerminal;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread::JoinHandle;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tokio::sync::{Notify, mpsc::Sender};

use super::decode::Decoder;
use crate::app::key::Key;

/// Keys that wait for the loop; more wait in the terminal, whose own buffer has an end too.
pub const MOST_KEYS: usize = 1024;

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

/// Starts reading the terminal, which is the standard input or else the controlling terminal. `gone` is told when nothing
/// will come any more, after the last key.
pub fn start(keys: Sender<Key>, gone: Arc<Notify>) -> std::io::Result<Keyboard> {
    let stdin = std::io::stdin();
    let tty: OwnedFd = if stdin.is_terminal() { stdin.as_fd().try_clone_to_owned()? } else { File::open("/dev/tty")?.into() };
    let (leash, held) = UnixStream::pair()?;
    let work = move || {
        read(&tty, &held, &keys);
        gone.notify_one();
    };
    let thread = std::thread::Builder::new().name("keyboard".into()).spawn(work)?;
    Ok(Keyboard { leash: Some(leash), thread: Some(thread) })
}

/// Reads until the end; returns when the terminal is gone, the thread is called back or nobody listens.
fn read(tty: &OwnedFd, held: &UnixStream, keys: &Sender<Key>) {
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
            if keys.blocking_send(key).is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::thread;
    use tokio::sync::mpsc::channel;

    const BURST: usize = 100_000;

    /// A keyboard on which somebody types very many keys at once.
    fn burst() -> (tokio::sync::mpsc::Receiver<Key>, [JoinHandle<()>; 2], UnixStream) {
        let (keys, waiting) = channel(MOST_KEYS);
        let (mut typist, tty) = UnixStream::pair().expect("a line");
        let (leash, held) = UnixStream::pair().expect("a leash");
        let typing = thread::spawn(move || drop(typist.write_all(&[b'j'; BURST])));
        let reading = thread::spawn(move || read(&tty.into(), &held, &keys));
        (waiting, [typing, reading], leash)
    }

    #[test]
    fn a_burst_of_keys_waits_in_the_terminal_and_none_is_lost() {
        let (mut waiting, threads, _leash) = burst();
        while waiting.len() < MOST_KEYS {
            thread::yield_now();
        }
        assert!(!threads[1].is_finished());
        let mut count = 0;
        while waiting.blocking_recv().is_some() {
            assert!(waiting.len() <= MOST_KEYS);
            count += 1;
        }
        assert_eq!(count, BURST);
    }

    #[test]
    fn a_burst_of_keys_holds_up_nobody_who_leaves() {
        let (waiting, threads, _leash) = burst();
        while waiting.len() < MOST_KEYS {
            thread::yield_now();
        }
        drop(waiting);
        threads.into_iter().for_each(|thread| thread.join().expect("it ends"));
    }
}
