//! A panic while the full screen is up: on the loop it ends the screen, anywhere else it costs what was being done.
//! The program that breaks is this test binary, in a terminal, with a clock that breaks when a file says so.

#![expect(clippy::disallowed_methods, reason = "the program that breaks is told by the environment what to do")]

use std::io::stdin;
use std::path::Path;
use std::sync::Arc;

use matins::domain::clock::Clock;
use matins::domain::list::{Filter, ListQuery};
use matins::runtime::{self, TerminalError, report_panics};
use matins::store::Store;
use rustix::termios::{LocalModes, tcgetattr};
use tempfile::{Builder, TempDir};

use crate::harness::{NOW, Setup, rss};
use crate::screen::{Start, Terminal};

/// Where the child finds its paper, and which of its threads are to break.
const FOLDER: &str = "MATINS_TEST_BROKEN_FOLDER";
const BREAKS: &str = "MATINS_TEST_BREAKS";
/// The child's folder for its store.
const STORE: &str = "store";
/// While this file stands, the clock breaks.
const SIGN: &str = "break";

/// The child: reads until its clock breaks or it is left, and says how it found the terminal afterwards.
#[test]
fn reads_until_it_breaks() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let is_screen = std::env::var(BREAKS).is_ok_and(|part| part == "screen");
    let (sign, screen) = (Path::new(&folder).join(SIGN), std::thread::current().id());
    let clock = Clock::new(move || {
        let is_here = (std::thread::current().id() == screen) == is_screen;
        assert!(!is_here || !sign.exists(), "broken on purpose");
        NOW.parse().expect("a moment")
    });
    let feeds = std::fs::read_to_string(Path::new(&folder).join("feeds.toml")).expect("feeds");
    let setup = Setup { feeds, folder: Arc::new(store_folder(&folder)), ..Setup::new().size(100, 30) };
    let (store, session) = setup.session(clock);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let ending = runtime.block_on(runtime::run(session));
    drop(store);
    let report = report_panics(Path::new(&folder), &Clock::fixed(NOW.parse().expect("a moment")));
    let modes = tcgetattr(stdin()).expect("a terminal").local_modes;
    assert!(modes.contains(LocalModes::ICANON | LocalModes::ECHO), "the terminal takes lines again");
    println!("\nbroke {}, report {}", matches!(ending, Err(TerminalError::Broke)), report.is_some());
}

/// A folder in that of the parent, who removes it.
fn store_folder(folder: &str) -> TempDir {
    let mut folder = Builder::new().prefix(STORE).rand_bytes(0).tempdir_in(folder).expect("a folder");
    folder.disable_cleanup(true);
    folder
}

/// A paper of three articles, opened by the child in a terminal.
fn open_child(folder: &TempDir, breaks: &str) -> Terminal {
    let paper = Setup::new().section("News", "", &[("CBC", rss("CBC", &[("First", 1, ""), ("Second", 2, ""), ("Third", 3, "")]))]);
    let feed = folder.path().join("feed.xml");
    std::fs::rename(paper.folder.path().join("CBC.xml"), &feed).expect("a feed");
    let feeds = format!("[[section]]\nname = \"News\"\nfeeds = [\"file://{}\"]\n", feed.display());
    std::fs::write(folder.path().join("feeds.toml"), feeds).expect("feeds");
    let program = std::env::current_exe().expect("this binary");
    let path = folder.path().to_string_lossy().to_string();
    let arguments = &["--exact", "panics::reads_until_it_breaks", "--nocapture", "--test-threads=1"];
    let variables = &[(FOLDER, path.as_str()), (BREAKS, breaks)];
    Terminal::start_program(&program.to_string_lossy(), &Start { size: (100, 30), arguments, folder: folder.path(), variables })
}

fn unread(folder: &TempDir) -> usize {
    let store = Store::open(&folder.path().join(STORE).join("matins.db")).expect("a store");
    let query = ListQuery { filter: Filter::Unread, ..ListQuery::default() };
    futures_executor::block_on(store.front().list(query)).expect("a list").ids.len()
}

#[test]
fn a_screen_that_breaks_gives_the_terminal_back_and_has_kept_every_mark() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut terminal = open_child(&folder, "screen");
    terminal.sees("3 unread");
    terminal.types("m");
    terminal.sees("2 unread");
    std::fs::write(folder.path().join(SIGN), "").expect("a sign");
    terminal.types("j");
    terminal.sees("broke true, report true");
    assert_eq!(terminal.ends().exit_code(), 0);
    let report = std::fs::read_to_string(folder.path().join("broken.txt")).expect("a report");
    assert!(report.contains("broken on purpose") && report.contains("reader.rs"), "{report}");
    let bytes = terminal.bytes();
    assert!(!bytes.windows(17).any(|window| window == b"broken on purpose"), "a panic was written across the picture");
    assert_eq!(unread(&folder), 2);
}

#[test]
fn what_breaks_behind_the_screen_costs_what_was_being_done() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(SIGN), "").expect("a sign");
    let mut terminal = open_child(&folder, "background");
    terminal.sees("the refresh broke off");
    std::fs::remove_file(folder.path().join(SIGN)).expect("no sign");
    terminal.types("R");
    terminal.sees("3 unread");
    terminal.types("q");
    terminal.sees("broke false, report true");
    assert_eq!(terminal.ends().exit_code(), 0);
}
