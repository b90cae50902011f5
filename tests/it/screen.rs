//! The real program in a pseudo-terminal, with a model of the terminal behind it: what a person would see.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long something may take that happens at once on an idle machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running program and its terminal.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    parser: Option<vt100::Parser>,
    bytes: Vec<u8>,
    has_ended: bool,
    /// Whether the far side of the terminal is to be closed at the next byte.
    is_hanging_up: bool,
}

/// What the program is run with.
pub struct Start<'a> {
    pub size: (u16, u16),
    pub arguments: &'a [&'a str],
    pub folder: &'a Path,
    pub variables: &'a [(&'a str, &'a str)],
}

fn one_based(size: u16) -> NonZero<u16> {
    NonZero::new(size).expect("not zero")
}

impl Terminal {
    /// Runs the program with its folders inside `folder`.
    pub fn start(start: &Start<'_>) -> Terminal {
        Terminal::start_program(env!("CARGO_BIN_EXE_matins"), start)
    }

    /// Runs another program in the same surroundings.
    pub fn start_program(program: &str, start: &Start<'_>) -> Terminal {
        let (cols, rows) = start.size;
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("a terminal");
        let mut command = CommandBuilder::new(program);
        command.args(start.arguments);
        command.env_clear();
        let folder = start.folder.to_string_lossy().to_string();
        let usual = [
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("TZ", "UTC"),
            ("HOME", &folder),
            ("MATINS_CONFIG", &folder),
            ("MATINS_DATA", &folder),
        ];
        usual.iter().chain(start.variables).for_each(|(name, value)| command.env(name, value));
        let child = pair.slave.spawn_command(command).expect("the program");
        drop(pair.slave);
        let seen = Arc::new(Seen::default());
        seen.state.lock().expect("a lock").parser = Some(vt100::Parser::new(one_based(rows), one_based(cols), 0));
        let mut output = pair.master.try_clone_reader().expect("output");
        let theirs = seen.clone();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if theirs.take(&bytes[..count]) {
                    break;
                }
            }
            drop(output);
            theirs.state.lock().expect("a lock").has_ended = true;
            theirs.changed.notify_all();
        });
        let keyboard = pair.master.take_writer().expect("a keyboard");
        Terminal { child, master: Some(pair.master), keyboard: Some(keyboard), seen }
    }

    /// Types bytes as they stand.
    pub fn types(&mut self, bytes: &str) {
        let keyboard = self.keyboard.as_mut().expect("a keyboard");
        keyboard.write_all(bytes.as_bytes()).and_then(|()| keyboard.flush()).expect("typed");
    }

    /// Waits until the screen satisfies a wish; fails with the screen when it never does.
    pub fn until(&self, wish: &str, is_so: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        let mut state = self.seen.state.lock().expect("a lock");
        loop {
            let screen = state.screen();
            if is_so(&screen) {
                return screen;
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !state.has_ended, "never saw {wish} on\n{screen}");
            state = self.seen.changed.wait_timeout(state, left).expect("a lock").0;
        }
    }

    pub fn sees(&self, text: &str) -> String {
        self.until(text, |screen| screen.contains(text))
    }

    pub fn no_longer_sees(&self, text: &str) -> String {
        self.until(&format!("no {text}"), |screen| !screen.contains(text))
    }

    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.seen.state.lock().expect("a lock").parser.as_mut().expect("a parser").screen_mut().set_size(one_based(rows), one_based(cols));
        let master = self.master.as_ref().expect("a terminal");
        master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("resized");
    }

    pub fn process_id(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    /// Every byte that was written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.state.lock().expect("a lock").bytes.clone()
    }

    /// Takes the terminal away, as a connection that is lost does.
    pub fn hang_up(&mut self) {
        self.seen.state.lock().expect("a lock").is_hanging_up = true;
        self.types("?");
        let state = self.seen.state.lock().expect("a lock");
        drop(self.seen.changed.wait_while(state, |state| !state.has_ended).expect("a lock"));
        self.keyboard = None;
        self.master = None;
    }

    /// Waits for the end of the program.
    pub fn ends(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        let mut state = self.seen.state.lock().expect("a lock");
        while !state.has_ended && Instant::now() < end {
            state = self.seen.changed.wait_timeout(state, PATIENCE).expect("a lock").0;
        }
        assert!(state.has_ended, "it goes on with\n{}", state.screen());
        drop(state);
        self.child.wait().expect("an end")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Seen {
    /// Takes what was written; true when the terminal is to be closed.
    fn take(&self, bytes: &[u8]) -> bool {
        let mut state = self.state.lock().expect("a lock");
        state.bytes.extend_from_slice(bytes);
        if let Some(parser) = state.parser.as_mut() {
            parser.process(bytes);
        }
        self.changed.notify_all();
        state.is_hanging_up
    }
}

impl State {
    fn screen(&self) -> String {
        self.parser.as_ref().map(|parser| parser.screen().contents()).unwrap_or_default()
    }
}
