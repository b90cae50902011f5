//! Stories of the real program in a terminal: opening, leaving, dying.

use crate::screen::{Start, Terminal};
use tempfile::TempDir;

/// Bytes that leave the full screen.
const LEFT: &[u8] = b"\x1b[?1049l";

/// A folder with a paper of one section of `count` articles without dates, so that they are always new.
fn paper(count: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let item = |number| format!("<item><title>Headline {number}</title><guid>{number}</guid><description>Text.</description></item>");
    let items: String = (0..count).map(item).collect();
    let path = folder.path().join("feed.xml");
    std::fs::write(&path, format!("<rss version=\"2.0\"><channel><title>Feed</title>{items}</channel></rss>")).expect("a feed");
    let feed = format!("{{ url = \"file://{}\", title = \"Feed\" }}", path.display());
    std::fs::write(folder.path().join("feeds.toml"), format!("[[section]]\nname = \"News\"\nper_feed = 1000\nfeeds = [{feed}]\n"))
        .expect("feeds");
    folder
}

fn start(folder: &TempDir) -> Terminal {
    Terminal::start(&Start { size: (120, 40), arguments: &[], folder: folder.path(), variables: &[] })
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[test]
fn the_sample_edition_fills_fourteen_tabs_without_a_network() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut terminal = Terminal::start(&Start { size: (200, 50), arguments: &["demo"], folder: folder.path(), variables: &[] });
    terminal.sees("the sample edition");
    for tab in [
        "Weather",
        "World",
        "Canada",
        "U.S.",
        "AI",
        "Digital",
        "Health",
        "Science",
        "Gov",
        "Architecture",
        "Emerging",
        "Security",
        "Univ AI",
        "Corp AI",
    ] {
        let has_count =
            |line: &str| line.split(&format!("{tab} ")).nth(1).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        terminal.until(tab, |screen| screen.lines().any(has_count));
    }
    terminal.types("2\r");
    terminal.sees("Esc back");
    terminal.types("\x1b");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(!folder.path().join("matins.db").exists(), "the sample edition leaves nothing behind");
}

#[test]
fn leaving_gives_the_terminal_back_and_coming_back_finds_the_same_place() {
    let folder = paper(20);
    let mut terminal = start(&folder);
    terminal.sees("20 unread");
    terminal.types("jjm");
    terminal.sees("19 unread");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(contains(&terminal.bytes(), LEFT));
    let mut again = start(&folder);
    again.sees("3 of 20 · 19 unread");
    again.types("q");
    again.ends();
}

#[test]
fn a_lost_connection_and_a_polite_end_leave_nothing_running() {
    let folder = paper(5);
    let mut terminal = start(&folder);
    terminal.sees("5 unread");
    terminal.types("m");
    terminal.sees("4 unread");
    terminal.hang_up();
    terminal.ends();
    let mut again = start(&folder);
    again.sees("4 unread");
    let process = rustix::process::Pid::from_raw(again.process_id().cast_signed()).expect("a process");
    rustix::process::kill_process(process, rustix::process::Signal::TERM).expect("told to end");
    assert_eq!(again.ends().exit_code(), 0);
    assert!(contains(&again.bytes(), LEFT));
}

#[test]
fn the_way_to_the_shell_and_back_leaves_both_as_they_were() {
    let folder = paper(5);
    let arguments = &["-i", "-m"];
    let variables = &[("PS1", "shell> "), ("ENV", "")];
    let mut terminal = Terminal::start_program("/bin/sh", &Start { size: (120, 40), arguments, folder: folder.path(), variables });
    terminal.sees("shell>");
    terminal.types(&format!("{}\r", env!("CARGO_BIN_EXE_matins")));
    terminal.sees("5 unread");
    terminal.types("jm");
    terminal.sees("4 unread");
    terminal.types("\x1a");
    terminal.until("the shell", |screen| screen.trim_end().ends_with("shell>"));
    // A terminal that was left raw would show no line before it is whole, and this one without its carriage return.
    terminal.types("echo back $((1 + 1))\r");
    terminal.sees("back 2");
    terminal.types("fg\r");
    terminal.until("the same place", |screen| screen.contains("2 of 5 · 4 unread") && !screen.contains("back 2"));
    terminal.types("q");
    terminal.until("the shell again", |screen| screen.contains("fg") && screen.trim_end().ends_with("shell>"));
    terminal.types("exit\r");
    terminal.ends();
}

#[test]
fn no_mark_that_was_on_the_screen_is_lost_when_the_program_is_killed() {
    let folder = paper(60);
    let mut left = 60;
    for round in 0..6 {
        let mut terminal = start(&folder);
        terminal.sees(&format!("{left} unread"));
        terminal.types("g");
        for mark in 0..=round {
            left -= 1;
            terminal.types("nm");
            if mark == round {
                terminal.sees(&format!("{left} unread"));
            }
        }
        let process = rustix::process::Pid::from_raw(terminal.process_id().cast_signed()).expect("a process");
        rustix::process::kill_process(process, rustix::process::Signal::KILL).expect("killed");
        terminal.ends();
    }
    start(&folder).sees(&format!("{left} unread"));
}

#[test]
fn resizing_ends_on_the_right_picture() {
    let folder = paper(30);
    let mut terminal = start(&folder);
    terminal.sees("30 unread");
    for (width, height) in [(80, 24), (40, 20), (20, 5), (150, 45), (80, 24)] {
        terminal.resize(width, height);
    }
    terminal.until("a rule across 80 columns", |screen| screen.lines().any(|line| line.starts_with("──") && line.chars().count() == 80));
}

#[test]
fn an_idle_reader_writes_nothing_and_a_cursor_move_little() {
    let folder = paper(30);
    let mut terminal = start(&folder);
    terminal.sees("30 unread");
    terminal.sees("1 of 30");
    terminal.types("j");
    terminal.sees("2 of 30");
    let before = terminal.bytes().len();
    terminal.types("j");
    terminal.sees("3 of 30");
    let moved = terminal.bytes().len() - before;
    assert!(moved < 2000, "a cursor move wrote {moved} bytes");
}

#[test]
fn a_burst_of_keys_leads_where_they_say() {
    let folder = paper(100);
    let mut terminal = start(&folder);
    terminal.sees("1 of 100");
    terminal.types(&"jjjkk".repeat(5_000));
    terminal.types(&"k".repeat(90));
    terminal.sees("8 of 100");
    terminal.types(&format!("{}q", "j".repeat(5_000)));
    assert_eq!(terminal.ends().exit_code(), 0);
    start(&folder).sees("100 of 100");
}

#[test]
fn without_colour_or_utf_8_it_is_still_readable() {
    let folder = paper(3);
    let terminal =
        Terminal::start(&Start { size: (80, 24), arguments: &[], folder: folder.path(), variables: &[("NO_COLOR", "1"), ("LANG", "C")] });
    let screen = terminal.sees("* Headline");
    assert!(screen.is_ascii(), "{screen}");
    let bytes = terminal.bytes();
    assert!(!contains(&bytes, b"38;5") && !contains(&bytes, b"38;2"), "colour in a terminal without");
}

#[test]
fn a_terminal_that_cannot_show_a_screen_gets_a_sentence() {
    let folder = paper(1);
    let mut terminal = Terminal::start(&Start { size: (80, 24), arguments: &[], folder: folder.path(), variables: &[("TERM", "dumb")] });
    assert_eq!(terminal.ends().exit_code(), 1);
    assert!(String::from_utf8_lossy(&terminal.bytes()).contains("`matins list` prints articles instead"));
}

#[test]
fn a_first_run_that_reaches_nothing_opens_the_sample_edition_on_a_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let feed = format!("file://{}", folder.path().join("absent.xml").display());
    std::fs::write(folder.path().join("feeds.toml"), format!("[[section]]\nname = \"News\"\nfeeds = [\"{feed}\"]\n")).expect("feeds");
    let mut terminal = start(&folder);
    terminal.sees("Your only feed could not be reached");
    terminal.types("D");
    terminal.sees("· the sample edition, q leaves it");
    terminal.types("?");
    terminal.sees("Keys in force here");
    terminal.types("q");
    terminal.no_longer_sees("Keys in force here");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
}
