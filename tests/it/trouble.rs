//! Stories of everything that can be wrong with files, folders, network and terminal: the real program says what and what to
//! do, or shows a screen that can be used; it never panics, and what is on the disk stays.

use std::fs;
use std::path::Path;

use crate::commands::{Home, Told, bare, feed};
use crate::screen::{Start, Terminal};

fn reader(home: &Home, size: (u16, u16)) -> Terminal {
    Terminal::start(&Start { size, arguments: &[], folder: home.folder.path(), variables: &[] })
}

/// Leaves the reader; it must have come to its end in peace.
fn leave(mut terminal: Terminal) {
    terminal.types("q");
    let status = terminal.ends();
    assert_eq!(status.exit_code(), 0, "{}", written(&terminal));
    assert!(!written(&terminal).contains("panicked"));
}

fn written(terminal: &Terminal) -> String {
    String::from_utf8_lossy(&terminal.bytes()).into_owned()
}

/// A text as the terminal's lines break it.
fn without_breaks(text: &str) -> String {
    text.replace("\r\n", "").replace('\n', "")
}

/// The reader does not open, says why, and ends with 1.
fn check_refused(home: &Home, expected: &str) {
    let mut terminal = reader(home, (80, 24));
    assert_eq!(terminal.ends().exit_code(), 1);
    let told = without_breaks(&written(&terminal));
    assert!(told.contains(expected) && !told.contains("panicked"), "{told}");
}

fn read_only(path: &Path, is_read_only: bool) {
    use std::os::unix::fs::PermissionsExt;
    let closed = if path.is_dir() { 0o500 } else { 0o400 };
    fs::set_permissions(path, fs::Permissions::from_mode(if is_read_only { closed } else { closed | 0o200 })).expect("permissions");
}

#[test]
fn without_any_feed_in_reach_it_says_so() {
    let unreachable = || {
        let home = Home::empty();
        // Port 9 discards, where there is anything at all.
        home.feeds(&format!("[[section]]\nname = \"A\"\nfeeds = [\"http://127.0.0.1:9/\", \"{}\"]\n", home.url("missing.xml")));
        home
    };
    let told = unreachable().run(&["refresh"]);
    assert_eq!((told.code, told.out.as_str()), (3, "2 feeds asked, 0 answered, 0 new articles\n"));
    assert!(told.err.contains("matins: http://127.0.0.1:9/: ") && told.err.contains("missing.xml: no file "), "{told:?}");
    assert!(
        told.err.ends_with(
            "no feed at all could be reached; perhaps this machine has no way to the network, which `matins demo` does not need\n"
        )
    );
    let (home, other) = (unreachable(), unreachable());
    let terminal = reader(&home, (80, 24));
    terminal.sees("None of your 2 feeds could be reached.");
    terminal.sees("D opens the sample edition");
    leave(terminal);
    let small = reader(&other, (20, 5));
    small.sees("None of your 2");
    leave(small);
}

#[test]
fn a_store_that_lost_everything_is_begun_anew_and_says_so() {
    let home = Home::new();
    assert!(!home.run(&["list"]).err.contains("empty"), "a new one is nothing to tell");
    fs::write(home.store(), "").expect("emptied");
    let told = home.run(&["list"]);
    let expected = "matins: the store was empty (0 bytes) and is begun anew; if it had your marks, restore a copy of ";
    assert!(told.code == 0 && told.err.starts_with(expected), "{told:?}");
    assert!(!home.run(&["list"]).err.contains("empty"));
    fs::write(home.store(), "").expect("emptied");
    let terminal = reader(&home, (120, 30));
    terminal.sees("the store was empty (0 bytes) and is begun anew; if it had your marks, restore a copy of ");
    leave(terminal);
}

#[test]
fn a_store_that_can_only_be_read_is_read() {
    let home = Home::refreshed();
    read_only(&home.store(), true);
    let before = fs::read(home.store()).expect("the store");
    let terminal = reader(&home, (100, 24));
    terminal.sees("Canada 3");
    terminal.sees("The text of New 1");
    terminal.sees(&format!("make {}", home.store().display()).chars().take(60).collect::<String>());
    leave(terminal);
    let advice = format!("make {} and its folder writable (chmod u+w)", home.store().display());
    for arguments in [&["mark", "read", "--all"][..], &["refresh"], &["feeds", "--check"]] {
        let told = home.run(arguments);
        assert_eq!((told.code, told.out.as_str()), (1, ""), "{told:?}");
        assert!(told.err.starts_with(&format!("matins: {advice}")), "{told:?}");
    }
    assert_eq!(home.titles(&["--unread"]).len(), 8);
    assert!(home.prints(&["feeds"]).contains("4 feeds: "));
    assert!(fs::read(home.store()).expect("the store") == before);
}

#[test]
fn a_mark_that_could_not_be_saved_is_told_and_taken_back() {
    let home = Home::refreshed();
    read_only(&home.store(), true);
    let mut terminal = reader(&home, (100, 24));
    terminal.sees("make /");
    for key in ["m", "s", "A"] {
        terminal.types("j");
        terminal.no_longer_sees("not marked");
        terminal.types(key);
        terminal.sees("not marked: make /");
        let screen = terminal.sees("Canada 3");
        let unread = screen.lines().filter(|line| line.contains(" ● ") || line.contains("▌●")).count();
        assert_eq!(unread, 3, "after {key}:\n{screen}");
        assert!(!screen.contains('★'), "{screen}");
    }
    terminal.types("q");
    terminal.ends();
    assert_eq!((home.titles(&["--unread"]).len(), home.titles(&["--starred"]).len()), (8, 0));
}

#[test]
fn a_store_that_is_taken_away_while_it_is_open_is_told_and_put_back() {
    let home = Home::refreshed();
    let mut terminal = reader(&home, (100, 24));
    terminal.sees("The text of New 1");
    terminal.types("j");
    terminal.sees("The text of New 2");
    terminal.types("s");
    terminal.sees("★");
    fs::remove_file(home.store()).expect("removed");
    terminal.types("s");
    terminal.sees("not marked: start matins again: /");
    terminal.sees("★");
    terminal.types("q");
    terminal.ends();
    assert_eq!(home.titles(&["--starred"]).len(), 1);
}

#[test]
fn a_store_in_a_folder_that_takes_no_file_is_read() {
    let home = Home::refreshed();
    home.write("elsewhere.toml", "");
    fs::create_dir(home.path("data")).expect("a folder");
    fs::rename(home.store(), home.path("data/matins.db")).expect("moved");
    read_only(&home.path("data"), true);
    let data = home.path("data").display().to_string();
    let list = home.prints(&["--data", &data, "list"]);
    assert_eq!(list.lines().count(), 8);
    assert_eq!(home.run(&["--data", &data, "mark", "read", "--all"]).code, 1);
    read_only(&home.path("data"), false);
    assert_eq!(home.prints(&["--data", &data, "mark", "read", "--all"]), "8 changed\n");
}

/// No command and no reader opens it, each says why, and the file stays as it was to the byte.
fn check_refused_and_left_alone(home: &Home, expected: &str) {
    let before = fs::read(home.store()).expect("the store");
    for arguments in [&["list"][..], &["show", "1"], &["mark", "read", "--all"], &["refresh"], &["feeds"], &["feeds", "--check"]] {
        let told = home.run(arguments);
        assert_eq!((told.code, told.out.as_str()), (1, ""), "{arguments:?}: {told:?}");
        assert!(told.err.contains(expected) && told.err.lines().count() == 1, "{arguments:?}: {told:?}");
    }
    check_refused(home, expected);
    assert!(fs::read(home.store()).expect("still there") == before, "the file was changed");
}

#[test]
fn a_store_that_was_cut_short_is_told_and_left_alone() {
    let home = Home::refreshed();
    let whole = fs::read(home.store()).expect("the store");
    fs::write(home.store(), &whole[..whole.len() / 2]).expect("cut");
    check_refused_and_left_alone(&home, "or move it away to start anew: it is damaged");
}

#[test]
fn a_store_of_a_newer_matins_is_told_and_left_alone() {
    let home = Home::refreshed();
    let file = rusqlite::Connection::open(home.store()).expect("the store");
    file.pragma_update(None, "user_version", 999).expect("newer");
    drop(file);
    let files = || fs::read_dir(home.folder.path()).expect("the folder").count();
    let before = files();
    check_refused_and_left_alone(&home, "was written by a newer matins (store version 999, this one knows up to");
    assert_eq!(files(), before, "no file was left beside it");
}

#[test]
fn a_file_of_something_else_is_told_and_left_alone() {
    let home = Home::refreshed();
    home.write("matins.db", "my shopping list\n");
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(home.store(), fs::Permissions::from_mode(0o644)).expect("permissions");
    check_refused_and_left_alone(&home, "is not a store of matins; move it away, or name another folder with --data");
    assert_eq!(fs::metadata(home.store()).expect("it").permissions().mode() & 0o777, 0o644, "it stays as open as it was");
}

#[test]
fn an_article_that_is_damaged_costs_itself_only() {
    let home = Home::refreshed();
    let number = home.number("New 2");
    let file = rusqlite::Connection::open(home.store()).expect("the store");
    file.execute("UPDATE body SET document = x'00' WHERE article = ?1", [&number]).expect("damaged");
    drop(file);
    let told = home.run(&["show", &number]);
    assert!(told.code == 1 && told.err.contains("it is damaged"), "{told:?}");
    let mut terminal = reader(&home, (120, 30));
    terminal.sees("The text of New 1");
    terminal.types("j");
    terminal.sees("or move it away");
    terminal.types("j");
    terminal.sees("The text of New 3");
    leave(terminal);
    assert_eq!(home.prints(&["mark", "read", &number]), "1 changed\n");
}

const MISTAKES: &str = "[screen]\ntheme = \"papre\"\nmeasure = 66\nmesure = 66\n[keys]\n\"article.togle_read\" = [\"m\"]\n\"article.toggle_star\" = \"nokey\"\n";

#[test]
fn settings_full_of_mistakes_leave_the_reader_usable() {
    let home = Home::refreshed();
    home.write("settings.toml", MISTAKES);
    let paper = fs::read_to_string(home.path("feeds.toml")).expect("the feeds");
    home.feeds(&format!("{paper}[[section]]\nnam = \"Lost\"\n"));
    let mut terminal = reader(&home, (100, 24));
    terminal.sees("mistakes in the settings, `matins config check` names them all");
    terminal.sees("The text of New 1");
    terminal.types("j");
    terminal.sees("The text of New 2");
    leave(terminal);
    let checked = home.run(&["config", "check"]);
    let count = checked.out.lines().count();
    assert_eq!(
        (checked.code, checked.err.as_str()),
        (2, format!("matins: {count} mistakes in the settings; what is right is in force\n").as_str())
    );
    for expected in [
        "settings.toml:2: `theme` must be one of",
        "settings.toml:4: `mesure` means nothing below [screen]; did you mean `measure`?",
        "settings.toml:6: there is no command `article.togle_read`; did you mean `article.toggle_read`?",
        "settings.toml:7: ",
        "feeds.toml:9: `Section 3` has no feeds and is left out",
        "feeds.toml:10: `nam` means nothing in a section; did you mean `name`?",
    ] {
        assert!(checked.out.contains(expected), "{expected} in\n{}", checked.out);
    }
    let listed = home.run(&["list"]);
    assert_eq!((listed.code, listed.out.lines().count(), listed.err.lines().count()), (0, 8, count), "{listed:?}");
}

#[test]
fn a_feed_list_without_a_section_leaves_the_shipped_one_in_force() {
    let home = Home::empty();
    home.feeds("[[section]]\nname = \"Lost\"\n");
    home.write("settings.toml", "[screen]\nrefresh_at_start = false\n");
    let terminal = reader(&home, (200, 24));
    terminal.sees("no section is left; until that is mended, the shipped feeds are in force");
    terminal.sees("Weather");
    leave(terminal);
    assert_eq!(home.run(&["config", "check"]).code, 2);
}

#[test]
fn a_file_where_a_folder_should_be_is_told() {
    let home = Home::refreshed();
    home.write("file", "mine");
    let check = |arguments: &[&str], code: i32, expected: &str| {
        let told = home.run(arguments);
        assert!(told.code == code && told.err.contains(expected), "{arguments:?}: {told:?}");
    };
    let no_folder = "file is not a folder; see that its folder can be written, or name another with --data";
    check(&["--data", "file", "list"], 1, no_folder);
    check(&["--data", "file/below/it", "refresh"], 1, no_folder);
    check(&["--config", "file", "list"], 0, "file/feeds.toml: cannot be read: what should be its folder is a file; until that is mended");
    check(&["--config", "file", "config", "check"], 2, "2 mistakes in the settings");
    check(&["--config", "file", "config", "init"], 1, "another folder can be given with --config DIR");
    fs::create_dir_all(home.path("folder/matins.db")).expect("a folder");
    check(&["--data", "folder", "list"], 1, "could not open folder/matins.db: it is a folder");
    fs::create_dir(home.path("closed")).expect("a folder");
    read_only(&home.path("closed"), true);
    check(&["--data", "closed", "list"], 1, "could not create closed/matins.db: its folder can only be read; see that");
    assert_eq!(fs::read_to_string(home.path("file")).expect("it"), "mine");
}

#[test]
fn an_empty_variable_is_none() {
    let home = Home::empty();
    let mut command = home.command(&["--data", "", "config", "path"]);
    let told = Told::of(&command.env("MATINS_CONFIG", "").output().expect("matins runs"));
    assert_eq!(told.code, 0, "{told:?}");
    assert!(told.out.contains(&home.path("").display().to_string()) && told.out.contains("matins/settings.toml"), "{told:?}");
}

/// Only root can become a user that the system knows nothing of; for others the rule stands in `config/paths.rs`.
#[test]
fn a_user_without_a_home_folder_is_told_what_to_give() {
    use std::os::unix::process::CommandExt;
    if !rustix::process::geteuid().is_root() {
        return eprintln!("skipped: only root can become somebody without a home");
    }
    let run = |arguments: &[&str]| {
        let output = bare(arguments).uid(3_999_999_999).output();
        output.map(|output| Told::of(&output)).map_err(|error| eprintln!("skipped: the program is out of that user's reach: {error}"))
    };
    for arguments in [&["list"][..], &["config", "path"], &["refresh"]] {
        let Ok(told) = run(arguments) else { return };
        let expected = "matins: this user has no home folder: say where to keep things with --config DIR and --data DIR\n";
        assert_eq!((told.code, told.err.as_str()), (2, expected), "{arguments:?}");
    }
    let home = Home::empty();
    home.write("feed.xml", &feed("F", &[("A", false)]));
    let Ok(told) = run(&["parse", &home.path("feed.xml").display().to_string()]) else { return };
    assert!(told.code == 0 || told.err.contains("ermission denied"), "{told:?}");
}

#[test]
fn twenty_columns_and_five_rows_are_enough() {
    let home = Home::refreshed();
    let mut terminal = reader(&home, (20, 5));
    terminal.sees("New 1");
    for keys in
        ["j", "\r", " ", "\x1b", "?", "j", "\x1b", "!", "j", "\x1b", "l", "h", "n", "m", "s", "A", "u", "a", "z", "t", "r", "G", "g"]
    {
        terminal.types(keys);
    }
    terminal.types("?");
    terminal.sees("Keys in");
    for (width, height) in [(1, 1), (2, 3), (19, 4), (300, 100), (20, 5)] {
        terminal.resize(width, height);
    }
    terminal.types("\x1b");
    terminal.until("a list again", |screen| screen.contains("Canada") && !screen.contains("Keys in"));
    leave(terminal);
}

#[test]
fn the_sample_edition_without_a_place_for_it_is_told() {
    let home = Home::empty();
    let start = Start { size: (120, 24), arguments: &["demo"], folder: home.folder.path(), variables: &[("TMPDIR", "/nonexistent")] };
    let mut terminal = Terminal::start(&start);
    assert_eq!(terminal.ends().exit_code(), 1);
    assert!(without_breaks(&written(&terminal)).contains("; set TMPDIR to a folder that can be written"), "{}", written(&terminal));
}

/// What another program does to the store.
const LOCKED: &str = "BEGIN IMMEDIATE";

/// The reader with an article open to be marked, while another program has done that to its store.
fn reading_while(home: &Home, done: &str) -> (Terminal, rusqlite::Connection) {
    let terminal = reader(home, (120, 24));
    terminal.sees("The text of New 1");
    let other = rusqlite::Connection::open(home.store()).expect("the store");
    other.execute_batch(done).expect("done");
    (terminal, other)
}

#[test]
fn a_store_that_keeps_keys_waiting_is_told_and_can_be_left_and_what_is_lost_is_said() {
    let home = Home::refreshed();
    let (mut terminal, _other) = reading_while(&home, LOCKED);
    terminal.types("m");
    terminal.sees("waiting for the store; q leaves");
    terminal.types("j");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 1);
    let told = without_breaks(&written(&terminal));
    assert!(told.contains("matins: the last change of status was not saved: "), "{told}");
}

#[test]
fn a_wait_that_ends_is_forgotten_and_the_keys_of_meanwhile_have_their_turn() {
    let home = Home::refreshed();
    let (mut terminal, other) = reading_while(&home, LOCKED);
    terminal.types("m");
    terminal.sees("waiting for the store");
    terminal.types("j");
    other.execute_batch("ROLLBACK").expect("free");
    terminal.sees("The text of New 2");
    terminal.no_longer_sees("waiting for the store");
    terminal.sees("2 unread");
    leave(terminal);
}

#[test]
fn keys_typed_before_a_failure_could_be_seen_do_not_leave_it_behind() {
    let home = Home::refreshed();
    // for longer than the store waits, so that both keys are there before the mark fails
    let (mut terminal, other) = reading_while(&home, LOCKED);
    terminal.types("mq");
    terminal.sees("not marked: let the other program finish");
    other.execute_batch("ROLLBACK").expect("free");
    terminal.sees("The text of New 1");
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 1);
    assert!(without_breaks(&written(&terminal)).contains("matins: the last change of status was not saved: let the other program"));
}

#[test]
fn who_goes_on_after_a_failure_has_read_it() {
    let home = Home::refreshed();
    let refuse = "CREATE TRIGGER fails BEFORE UPDATE ON status BEGIN SELECT RAISE(ABORT, 'no more'); END";
    let (mut terminal, _other) = reading_while(&home, refuse);
    terminal.types("m");
    terminal.sees("not marked: ");
    terminal.types("j");
    terminal.sees("The text of New 2");
    leave(terminal);
}

#[test]
fn a_busy_store_keeps_nobody_who_has_marked_nothing() {
    let home = Home::refreshed();
    let (mut terminal, _other) = reading_while(&home, LOCKED);
    terminal.types("q");
    assert_eq!(terminal.ends().exit_code(), 0);
    assert!(!written(&terminal).contains("not saved"));
}

#[test]
fn a_byte_that_is_not_utf8_costs_no_section() {
    let home = Home::refreshed();
    let paper = fs::read(home.path("feeds.toml")).expect("the feeds");
    fs::write(home.path("feeds.toml"), [b"# caf\xe9\n".as_slice(), &paper].concat()).expect("written");
    let told = home.run(&["list"]);
    assert_eq!((told.code, told.out.lines().count()), (0, 8), "{told:?}");
    assert!(told.err.ends_with("feeds.toml:1: not UTF-8; save it in that encoding\n"), "{told:?}");
    assert_eq!(home.run(&["config", "check"]).code, 2);
}
