//! The real program in a pseudo-terminal, with the moment of everything that it writes.
#![allow(dead_code, reason = "each bench uses its part")]

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long something may take that happens at once.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running program.
pub struct Program {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    written: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    _master: Box<dyn MasterPty + Send>,
    pub started_at: Instant,
    pub first_byte_at: Option<Instant>,
    pub bytes: usize,
}

impl Program {
    /// Runs the program on the settings and the store of two folders.
    pub fn start(arguments: &[&str], config: &Path, data: &Path, (cols, rows): (u16, u16)) -> Program {
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_matins"));
        command.args(arguments);
        command.env_clear();
        [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("TZ", "UTC")].iter().for_each(|(name, value)| command.env(name, value));
        [("MATINS_CONFIG", config), ("MATINS_DATA", data), ("HOME", config)].iter().for_each(|(name, value)| command.env(name, value));
        let (send, written) = channel();
        let mut output = pair.master.try_clone_reader().expect("output");
        let keyboard = pair.master.take_writer().expect("a keyboard");
        std::thread::spawn(move || {
            let mut bytes = [0; 65536];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if send.send((Instant::now(), bytes[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        let started_at = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program");
        let size = |size| NonZero::new(size).expect("not zero");
        let screen = vt100::Parser::new(size(rows), size(cols), 0);
        Program { child, keyboard, written, screen, _master: pair.master, started_at, first_byte_at: None, bytes: 0 }
    }

    pub fn types(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).and_then(|()| self.keyboard.flush()).expect("typed");
    }

    /// Waits until the screen is as wished; the moment of the byte that made it so.
    pub fn until(&mut self, is_so: impl Fn(&str) -> bool) -> Instant {
        loop {
            let said = self.written.recv_timeout(PATIENCE);
            assert!(said.is_ok(), "never on\n{}", self.text());
            let (at, bytes) = said.expect("bytes");
            self.first_byte_at.get_or_insert(at);
            self.bytes += bytes.len();
            self.screen.process(&bytes);
            if is_so(&self.text()) {
                return at;
            }
        }
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// What it has taken of the processors so far, in steps of 10 ms. Linux only (proc(5)).
    pub fn processor_time(&self) -> Duration {
        let id = self.child.process_id().expect("a running program");
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).expect("a running program");
        // After the name: the 12th and 13th field are the time in the program and in the kernel.
        let fields = stat.rsplit(')').next().into_iter().flat_map(str::split_whitespace).skip(11);
        Duration::from_millis(fields.take(2).map(|ticks| ticks.parse::<u64>().expect("a number") * 10).sum())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The median, the shortest and the longest, in milliseconds.
pub fn told(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |index: usize| times.get(index).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0);
    format!("{:7.1} ms  ({:.1} to {:.1})", at(times.len() / 2), at(0), at(times.len().saturating_sub(1)))
}
