//! `settings.toml`: overrides laid over the shipped file. What is wrong is told and left out; the rest is in force.

use toml::de::{DeTable, DeValue};

use super::report::{Entry, Report, entries, shortened};
use super::settings_table::{ROWS, Row};
use super::value;
use crate::assets;
use crate::domain::nearest::{nearest, suggestion};
use crate::domain::settings::{KeySetting, Problem, Settings};

/// The sections of the file.
const SECTIONS: &[&str] = &["screen", "fetch", "keys"];
/// The name in messages about the file that is built in.
const SHIPPED: &str = "the shipped settings.toml";
/// Commands with keys of their own; there are far fewer commands.
const MOST_KEYS: usize = 1000;
/// The setting without which nothing may be asked, once it is named.
const PROXY: &str = "proxy";
/// How deep `[keys]` may nest: a command's id has two words.
const KEY_DEPTH: usize = 4;

/// The settings of a reader without files.
pub(super) fn shipped() -> (Settings, Vec<Problem>) {
    let mut settings = Settings::default();
    let problems = apply(SHIPPED, assets::SETTINGS, &mut settings);
    (settings, problems)
}

/// Lays a file over settings.
pub(super) fn apply(file: &str, text: &str, settings: &mut Settings) -> Vec<Problem> {
    let mut report = Report::new(file, text);
    let mut room = String::new();
    let table = report.open(text, &mut room, "until that is mended, the shipped settings are in force");
    for entry in table.iter().flat_map(entries) {
        read_section(&entry, settings, &mut report);
    }
    let is_toml = report.is_toml;
    let problems = report.into_problems();
    hold_back(text, is_toml, &problems, settings);
    problems
}

/// Keeps every request back when a mistake is about a proxy: one was named, and it is not known which.
fn hold_back(text: &str, is_toml: bool, problems: &[Problem], settings: &mut Settings) {
    let lines: Vec<&str> = text.lines().collect();
    let is_header = |line: &&str| line.trim_start().starts_with('[');
    let found = problems.iter().find_map(|problem| {
        let at = problem.line.saturating_sub(1);
        let concerned = match lines.get(at..)? {
            // Mistakes beyond those that are told may be anywhere.
            _ if !is_toml || problem.line == 0 => 0..lines.len(),
            [header, below @ ..] if is_header(header) => at..at + 1 + below.iter().take_while(|line| !is_header(line)).count(),
            _ => at..at + 1,
        };
        let named = lines[concerned.clone()].iter().position(|line| names_proxy(line))?;
        Some((concerned.start + named + 1, problem))
    });
    settings.fetch.unusable_proxy = found.map(|(line, problem)| {
        let why = if is_toml { &problem.message } else { "the file is not TOML; mend it" };
        format!("the proxy in settings.toml (line {line}) cannot be used: {why}")
    });
}

/// Whether a line may be meant to name a proxy.
fn names_proxy(line: &str) -> bool {
    let setting = line.split('#').next().unwrap_or_default();
    let is_empty = setting.split_once('=').is_some_and(|(_, value)| value.trim() == "\"\"");
    let mut words = setting.split(|c: char| !c.is_alphanumeric() && c != '_');
    !is_empty && words.any(|word| nearest(word, [PROXY]).is_some())
}

fn read_section(entry: &Entry, settings: &mut Settings, report: &mut Report) {
    match (entry.key, entry.value) {
        ("keys", DeValue::Table(table)) => read_keys(table, "", KEY_DEPTH, &mut settings.keys, report),
        (section, DeValue::Table(table)) if SECTIONS.contains(&section) => read_rows(section, table, settings, report),
        (section, value) if SECTIONS.contains(&section) => {
            let wrong = value::must(&format!("be a section: write [{section}] on a line of its own and its settings below"), value);
            report.tell(&entry.at, format!("`{section}` {wrong}"));
        }
        (key, _) => match ROWS.iter().find(|row| row.key == key) {
            Some(row) => report.tell(&entry.at, format!("`{key}` stands outside its section: put it below [{}]", row.section)),
            None => match setting_meant(key) {
                Some(meant) => report.tell(&entry.at, format!("`{}` means nothing here; did you mean {meant}?", shortened(key))),
                None => report.unknown(entry, "here", SECTIONS),
            },
        },
    }
}

/// The settings that a key outside of every section may have been meant to be, and where they belong.
fn setting_meant(key: &str) -> Option<String> {
    if suggestion(key, SECTIONS.iter().copied()).is_some() {
        return None;
    }
    let names = suggestion(key, ROWS.iter().map(|row| row.key))?;
    let row = ROWS.iter().find(|row| names.contains(&format!("`{}`", row.key)))?;
    Some(format!("{names} below [{}]", row.section))
}

fn read_rows(section: &str, table: &DeTable, settings: &mut Settings, report: &mut Report) {
    for entry in entries(table) {
        match ROWS.iter().find(|row| row.key == entry.key) {
            Some(row) if row.section == section => report.keep(&entry, row.set(settings, entry.value), &mut ()),
            Some(row) => report.tell(&entry.at, format!("`{}` belongs below [{}], not below [{section}]", entry.key, row.section)),
            None => report.unknown(&entry, &format!("below [{section}]"), &names(section)),
        }
    }
}

fn names(section: &str) -> Vec<&'static str> {
    ROWS.iter().filter(|row| row.section == section).map(|row: &Row| row.key).collect()
}

/// Commands and their keys. `article.star = "s"` without quotes around the id is a table in TOML; it is meant the same.
fn read_keys(table: &DeTable, prefix: &str, depth: usize, keys: &mut Vec<KeySetting>, report: &mut Report) {
    for entry in entries(table) {
        if keys.len() >= MOST_KEYS {
            return report.tell(&entry.at, format!("more than {MOST_KEYS} commands with keys; the rest is left out"));
        }
        let command = format!("{prefix}{}", entry.key);
        match (entry.value, keys_of(entry.value)) {
            (DeValue::Table(inner), _) if depth > 0 => read_keys(inner, &format!("{command}."), depth - 1, keys, report),
            (_, Some(names)) => {
                let line = report.line(&entry.at);
                match keys.iter_mut().find(|earlier| earlier.command == command) {
                    Some(earlier) => {
                        report.tell(&entry.at, format!("`{command}` has keys in line {} already; put all of them there", earlier.line));
                    }
                    None => keys.push(KeySetting { command, keys: names, line }),
                }
            }
            (value, None) => {
                let wrong = value::must("be a key in quotes or a list of them, like [\"m\", \"ctrl-d\"]", value);
                report.tell(&entry.at, format!("`{}` {wrong}", shortened(&command)));
            }
        }
    }
}

fn keys_of(value: &DeValue) -> Option<Vec<String>> {
    let key = |value: &DeValue| value.as_str().map(str::trim).filter(|key| !key.is_empty()).map(str::to_string);
    match value {
        DeValue::Array(list) => list.iter().map(|value| key(value.get_ref())).collect(),
        value => key(value).map(|key| vec![key]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    fn read(text: &str) -> (Settings, Vec<String>) {
        let (mut settings, _) = shipped();
        let problems = apply("s.toml", text, &mut settings);
        (settings, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_shipped_file_sets_every_row_and_has_no_mistake() {
        let (settings, problems) = shipped();
        assert_eq!(problems, []);
        let table: toml::Table = assets::SETTINGS.parse().expect("TOML");
        for row in ROWS {
            assert!(table[row.section].get(row.key).is_some(), "{} is not in the shipped file", row.key);
            assert_eq!(row.show(&settings).to_string().trim(), table[row.section][row.key].to_string(), "{}", row.key);
        }
        let pinned = (settings.screen.measure, settings.screen.headline_lines, settings.fetch.at_once, settings.fetch.max_body_bytes);
        assert_eq!(pinned, (72, 2, 128, 8_000_000));
    }

    #[test]
    fn a_setting_replaces_the_shipped_one_and_leaves_the_rest() {
        let (settings, problems) = read("[screen]\nmeasure = 66\n[fetch]\ninterval = \"90m\"\n");
        assert_eq!(problems, [""; 0]);
        let (mut expected, _) = shipped();
        expected.screen.measure = 66;
        expected.fetch.interval = SignedDuration::from_mins(90);
        assert_eq!(settings, expected);
    }

    #[test]
    fn each_mistake_is_told_and_what_is_right_stays_in_force() {
        let check = |wrong: &str, expected: &str| {
            let (settings, problems) = read(&format!("{wrong}\n[screen]\nheadline_lines = 1\n"));
            assert_eq!(problems, [expected], "{wrong}");
            assert_eq!(settings.screen.headline_lines, 1, "{wrong}");
        };
        check("scren = 1", "s.toml:1: `scren` means nothing here; did you mean `screen`?");
        check("[colours]", "s.toml:1: `colours` means nothing here; known there: screen, fetch, keys");
        check("timeout = 5", "s.toml:1: `timeout` means nothing here; did you mean `connect_timeout` or `total_timeout` below [fetch]?");
        check("tiemout = 5", "s.toml:1: `tiemout` means nothing here; did you mean `connect_timeout` or `total_timeout` below [fetch]?");
        check("mesure = 66", "s.toml:1: `mesure` means nothing here; did you mean `measure` below [screen]?");
        check("measure = 66", "s.toml:1: `measure` stands outside its section: put it below [screen]");
        check("fetch = 3", "s.toml:1: `fetch` must be a section: write [fetch] on a line of its own and its settings below, not 3");
        check("[fetch]\nmeasure = 66", "s.toml:2: `measure` belongs below [screen], not below [fetch]");
        check("[fetch]\nintervall = \"1h\"", "s.toml:2: `intervall` means nothing below [fetch]; did you mean `interval`?");
        check("[fetch]\n\nat_once = 0", "s.toml:3: `at_once` must be a whole number from 1 to 512, not 0");
        check("[fetch]\nmax_body_mb = 8.5", "s.toml:2: `max_body_mb` must be a whole number from 1 to 64, not 8.5");
        check("[fetch]\ninterval = 60", "s.toml:2: `interval` must be a length of time from \"1m\" to \"30d\", not 60");
        check(
            "[fetch]\nuser_agent = \"a\\nb\"",
            "s.toml:2: `user_agent` must be at most 400 plain letters, digits and signs (ASCII), in quotes, not \"a b\"",
        );
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_kept_in_mind() {
        let check = |text: &str, expected: Option<&str>| {
            let seen = read(text).0.fetch.unusable_proxy;
            let whole = expected.map(|expected| format!("the proxy in settings.toml (line {expected}"));
            assert!(seen.as_ref().is_none_or(|seen| !seen.contains("hush")), "{seen:?}");
            match (&seen, &whole) {
                (Some(seen), Some(whole)) => assert!(seen.starts_with(whole), "{text}: {seen}"),
                both => assert!(seen.is_none() && whole.is_none(), "{text}: {both:?}"),
            }
        };
        check("[fetch]\nproxy = \"sock5://127.0.0.1:9050\"", Some("2) cannot be used: `proxy` must be \"none\", or an address like"));
        check("[fetch]\n\nproxy = \"http://u:hush@127.0.0.1:1\"", Some("3) cannot be used: `proxy` must be without name and password"));
        check("[fetch]\nproxy = \"sock5://u:hush@127.0.0.1:1\"", Some("2) cannot be used: `proxy` must be without name and password"));
        check("[fetch]\nproxy = 9050", Some("2) cannot be used: `proxy` must be \"none\""));
        check("[fetch]\nproxi = \"http://p:1\"", Some("2) cannot be used: `proxi` means nothing below [fetch]; did you mean `proxy`?"));
        check("proxy = \"http://p:1\"", Some("1) cannot be used: `proxy` stands outside its section"));
        check("proxi = \"http://p:1\"", Some("1) cannot be used: `proxi` means nothing here"));
        check("[screen]\nproxy = \"http://p:1\"", Some("2) cannot be used: `proxy` belongs below [fetch]"));
        check("[screen]\nproxi = \"http://p:1\"", Some("2) cannot be used: `proxi` means nothing below [screen]"));
        check("[fetsh]\nat_once = 9\nproxy = \"http://p:1\"\n[screen]", Some("3) cannot be used: `fetsh` means nothing here"));
        check("[[fetch]]\nproxy = \"http://p:1\"", Some("2) cannot be used: `fetch` must be a section"));
        check("[fetch]\nproxy = http://p:1", Some("2) cannot be used: the file is not TOML; mend it"));
        check(&format!("{}[fetch]\nproxy = 1", (0..300).map(|n| format!("x{n} = 1\n")).collect::<String>()), Some("302) cannot be used: "));
        check("[fetch]\nproxy = \"\"\nat_once = x", None);
        check("[fetch]\nproxy = \"http://p:1\"", None);
        check("[fetch]\nproxy = \"http://p:1\"\nat_once = 0\n[screen]\nmeasure = 1", None);
        check("[fetch]\nuser_agent = \"by proxy\"\nat_once = 0", None);
        check("[fetch]\nat_once = 0 # behind a proxy", None);
        check("[fetch]\nproxy = \"none\"", None);
    }

    #[test]
    fn mistakes_of_the_screen_are_told() {
        let check = |wrong: &str, expected: &str| assert_eq!(read(&format!("[screen]\n{wrong}\n")).1, [expected], "{wrong}");
        let themes = "\"terminal\", \"paper\", \"night\", \"mono\"";
        check("theme = \"nigth\"", &format!("s.toml:2: `theme` must be one of {themes}, not \"nigth\"; did you mean \"night\"?"));
        check("theme = 3", &format!("s.toml:2: `theme` must be one of {themes}, not 3"));
        check("glyphs = \"utf8\"", "s.toml:2: `glyphs` must be one of \"auto\", \"unicode\", \"ascii\", not \"utf8\"");
        check("measure = 500", "s.toml:2: `measure` must be a whole number from 20 to 200, not 500");
        check("refresh_at_start = \"yes\"", "s.toml:2: `refresh_at_start` must be true or false, not \"yes\"");
    }

    #[test]
    fn keys_are_kept_with_their_lines() {
        let (settings, problems) = read("[keys]\n\"list.down\" = [\"j\", \"down\"]\narticle.star = \"s\"\n\"view.help\" = []\n");
        assert_eq!(problems, [""; 0]);
        let key = |command: &str, keys: &[&str], line| KeySetting {
            command: command.into(),
            keys: keys.iter().map(ToString::to_string).collect(),
            line,
        };
        assert_eq!(settings.keys, [key("list.down", &["j", "down"], 2), key("article.star", &["s"], 3), key("view.help", &[], 4)]);
    }

    #[test]
    fn keys_that_are_none_are_told() {
        let check = |wrong: &str, expected: &str| assert_eq!(read(&format!("[keys]\n{wrong}\n")).1, [expected], "{wrong}");
        let wanted = "must be a key in quotes or a list of them, like [\"m\", \"ctrl-d\"]";
        check("\"a.b\" = 1", &format!("s.toml:2: `a.b` {wanted}, not 1"));
        check("\"a.b\" = [\"m\", 1]", &format!("s.toml:2: `a.b` {wanted}, not a list"));
        check("\"a.b\" = \"\"", &format!("s.toml:2: `a.b` {wanted}, not \"\""));
        check("a.b = \"m\"\n\"a.b\" = \"n\"", "s.toml:3: `a.b` has keys in line 2 already; put all of them there");
    }

    #[test]
    fn keys_have_an_end() {
        let (settings, problems) = read(&format!("[keys]\n{}", (0..1500).map(|number| format!("c{number} = \"x\"\n")).collect::<String>()));
        assert_eq!(settings.keys.len(), 1000);
        assert_eq!(problems, ["s.toml:1002: more than 1000 commands with keys; the rest is left out"]);
    }

    #[test]
    fn of_a_file_that_is_not_toml_what_is_right_is_in_force() {
        let (settings, problems) = read("[screen]\nmeasure = 66\nglyphs = ascii\n");
        assert_eq!(settings.screen.measure, 66);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with("s.toml:3: this is not TOML: "), "{problems:?}");
        assert!(problems[0].ends_with("; what is right in the file is in force"), "{problems:?}");
        let (settings, problems) = read("[screen]\nglyphs = \"ascii\"\nmeasure = 66\nmeasure = 80\nhedline_lines = 1\n");
        assert_eq!((settings.screen.glyphs, settings.screen.measure), (crate::domain::settings::Glyphs::Ascii, 66));
        assert_eq!(
            problems,
            [
                "s.toml:4: this is not TOML: duplicate key; what is right in the file is in force",
                "s.toml:5: `hedline_lines` means nothing below [screen]; did you mean `headline_lines`?",
            ]
        );
    }
}
