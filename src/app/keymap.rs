//! The keys in force: the command table's own, changed by the settings. Finds the command of a key sequence.

use super::command::{COMMANDS, Command, Entry, Scope, by_id};
use super::key::{Key, sequence};
use crate::domain::nearest::suggestion;
use crate::domain::settings::KeySetting;

/// Every binding in force, in the order of the command table.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// A command and the keys that it listens to.
#[derive(Clone, Debug)]
pub struct Binding {
    pub entry: &'static Entry,
    pub sequences: Vec<Vec<Key>>,
}

/// What keys pressed so far mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Command(Command),
    /// The beginning of a longer sequence.
    Unfinished,
    Nothing,
}

impl Keymap {
    /// The table's keys with the settings' changes, and what is wrong with those: (line, message). A change that clashes
    /// with what is in force in the end is left out, so that keys can be swapped in lines of any order.
    pub fn new(settings: &[KeySetting]) -> (Keymap, Vec<(&KeySetting, String)>) {
        let mut map = Keymap { bindings: COMMANDS.iter().map(|entry| Binding { entry, sequences: own(entry) }).collect() };
        let mut problems = Vec::new();
        let mut changed: Vec<(&KeySetting, &'static Entry)> = Vec::new();
        for setting in settings {
            match changes(setting) {
                Ok((entry, sequences)) => {
                    map.set(entry, &sequences);
                    changed.push((setting, entry));
                }
                Err(message) => problems.push((setting, message)),
            }
        }
        while let Some((at, message)) = changed.iter().enumerate().rev().find_map(|(at, (_, entry))| Some((at, map.clash(entry)?))) {
            let (setting, entry) = changed.remove(at);
            map.set(entry, &own(entry));
            problems.push((setting, message));
        }
        problems.sort_by_key(|(setting, _)| setting.line);
        (map, problems)
    }

    fn set(&mut self, entry: &Entry, sequences: &[Vec<Key>]) {
        self.bindings.iter_mut().filter(|own| own.entry.id == entry.id).for_each(|own| own.sequences = sequences.to_vec());
    }

    /// Why the keys of a command cannot be in force, if they cannot.
    fn clash(&self, entry: &Entry) -> Option<String> {
        let own = self.bindings.iter().find(|own| own.entry.id == entry.id)?;
        let mut others = self.bindings.iter().filter(|other| other.entry.id != entry.id);
        let (keys, other) = others.find_map(|other| clash(entry, &own.sequences, other))?;
        Some(format!("`{keys}` already means `{other}`; give that command other keys too"))
    }

    /// What these keys mean where `scope` is on top.
    pub fn meaning(&self, scope: Scope, pressed: &[Key]) -> Meaning {
        let here = || self.bindings.iter().filter(|binding| binding.entry.scopes.contains(&scope));
        if let Some(binding) = here().find(|binding| binding.sequences.iter().any(|keys| keys == pressed)) {
            return Meaning::Command(binding.entry.command);
        }
        let is_unfinished = here().flat_map(|binding| &binding.sequences).any(|keys| keys.starts_with(pressed));
        if is_unfinished { Meaning::Unfinished } else { Meaning::Nothing }
    }

    /// The bindings that hold in a scope, in the order of the table; commands without keys are left out.
    pub fn bindings(&self, scope: Scope) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |binding| binding.entry.scopes.contains(&scope) && !binding.sequences.is_empty())
    }

    /// The first key of a command as a person reads it, if it has one.
    pub fn first_key(&self, command: Command) -> Option<String> {
        let binding = self.bindings.iter().find(|binding| binding.entry.command == command)?;
        binding.sequences.first().map(|keys| written(keys))
    }

    /// The same for a sentence: where it has no key, the id by which the settings give it one, in backquotes.
    pub fn key_of(&self, command: Command) -> String {
        let id = || COMMANDS.iter().find(|entry| entry.command == command).map(|entry| format!("`{}`", entry.id));
        self.first_key(command).or_else(id).unwrap_or_default()
    }
}

/// The table's keys of a command.
fn own(entry: &Entry) -> Vec<Vec<Key>> {
    entry.keys.iter().filter_map(|keys| sequence(keys).ok()).collect()
}

/// The command and the keys that a line of the settings gives it.
fn changes(setting: &KeySetting) -> Result<(&'static Entry, Vec<Vec<Key>>), String> {
    let entry = by_id(&setting.command).ok_or_else(|| unknown(&setting.command))?;
    Ok((entry, setting.keys.iter().map(|keys| sequence(keys)).collect::<Result<_, _>>()?))
}

/// Keys as a person reads them: `g g`, `Ctrl-d`, `Enter`.
pub fn written(keys: &[Key]) -> String {
    keys.iter().map(|key| pretty(&key.to_string())).collect::<Vec<_>>().join(" ")
}

fn pretty(key: &str) -> String {
    let key = key.replace("page", "page ");
    let key = key.trim_end();
    let mut characters = key.chars();
    match (characters.next(), key.chars().count()) {
        (Some(first), 2..) => first.to_uppercase().chain(characters).collect(),
        _ => key.to_string(),
    }
}

fn unknown(id: &str) -> String {
    match suggestion(id, COMMANDS.iter().map(|entry| entry.id)) {
        Some(names) => format!("there is no command `{id}`; did you mean {names}?"),
        None => format!("there is no command `{id}`; the help (?) and docs/keys.md name them all"),
    }
}

/// Keys that two commands of one scope would both hear, one as the other's beginning included.
fn clash(entry: &Entry, sequences: &[Vec<Key>], other: &Binding) -> Option<(String, &'static str)> {
    let share = entry.scopes.iter().any(|scope| other.entry.scopes.contains(scope));
    let collide = |keys: &&Vec<Key>| other.sequences.iter().any(|theirs| theirs.starts_with(keys) || keys.starts_with(theirs));
    sequences.iter().find(|keys| share && collide(keys)).map(|keys| (written(keys), other.entry.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(command: &str, keys: &[&str]) -> KeySetting {
        KeySetting { command: command.into(), keys: keys.iter().map(ToString::to_string).collect(), line: 7 }
    }

    #[test]
    fn the_table_has_no_clash() {
        let (map, _) = Keymap::new(&[]);
        for binding in &map.bindings {
            for other in map.bindings.iter().filter(|other| other.entry.id != binding.entry.id) {
                assert_eq!(clash(binding.entry, &binding.sequences, other), None, "{}", binding.entry.id);
            }
        }
    }

    #[test]
    fn every_key_of_the_table_reaches_its_command_in_each_of_its_scopes() {
        let (map, _) = Keymap::new(&[]);
        for entry in COMMANDS {
            for (scope, keys) in entry.scopes.iter().flat_map(|scope| entry.keys.iter().map(move |keys| (*scope, keys))) {
                let keys = sequence(keys).expect("a key");
                assert_eq!(map.meaning(scope, &keys), Meaning::Command(entry.command), "{}", entry.id);
            }
        }
    }

    #[test]
    fn settings_change_keys_and_their_mistakes_are_named() {
        let check = |command: &str, keys: &[&str], expected: Option<&str>| {
            let settings = [setting(command, keys)];
            let (_, problems) = Keymap::new(&settings);
            assert_eq!(problems.first().map(|(_, message)| message.as_str()), expected, "{command} {keys:?}");
        };
        check("article.toggle_star", &["*"], None);
        check("article.toggle_star", &[], None);
        check("article.toggle_star", &["m"], Some("`m` already means `article.toggle_read`; give that command other keys too"));
        check("article.toggle_star", &["m x"], Some("`m x` already means `article.toggle_read`; give that command other keys too"));
        check("article.togle_star", &["*"], Some("there is no command `article.togle_star`; did you mean `article.toggle_star`?"));
        check(
            "article.toggle_star",
            &["hyper-x"],
            Some("`hyper-x` is not a key; write it like j, G, ctrl-d, alt-x, space, pagedown or f5"),
        );
    }

    #[test]
    fn keys_are_swapped_in_lines_of_any_order_and_what_clashes_in_the_end_is_left_out() {
        let check = |lines: &[(&str, &str)], star: &str, read: &str, told: &[(usize, &str)], why: &str| {
            let settings = lines.iter().enumerate().map(|(at, (command, keys))| KeySetting { line: at + 1, ..setting(command, &[keys]) });
            let settings: Vec<KeySetting> = settings.collect();
            let (map, problems) = Keymap::new(&settings);
            let problems: Vec<(usize, String)> = problems.into_iter().map(|(setting, message)| (setting.line, message)).collect();
            assert_eq!([Command::ToggleStar, Command::ToggleRead].map(|command| map.key_of(command)), [star, read], "{why}");
            let told: Vec<(usize, String)> = told.iter().map(|(line, message)| (*line, (*message).to_string())).collect();
            assert_eq!(problems, told, "{why}");
        };
        let (star, read) = ("article.toggle_star", "article.toggle_read");
        check(&[(star, "m"), (read, "s")], "m", "s", &[], "swapped");
        check(&[(read, "s"), (star, "m")], "m", "s", &[], "swapped the other way round");
        let twice = "`x` already means `article.toggle_star`; give that command other keys too";
        check(&[(star, "x"), (read, "x")], "x", "m", &[(2, twice)], "the same keys twice");
        let back = "`m` already means `article.toggle_read`; give that command other keys too";
        check(
            &[(star, "m"), (read, "u")],
            "s",
            "m",
            &[(1, back), (2, "`u` already means `mark.undo`; give that command other keys too")],
            "a swap of which one half fails",
        );
    }

    #[test]
    fn sequences_wait_for_their_end() {
        let settings = [setting("cursor.top", &["g g"])];
        let (map, problems) = Keymap::new(&settings);
        assert_eq!(problems, []);
        let g: Key = "g".parse().expect("a key");
        assert_eq!(map.meaning(Scope::List, &[g]), Meaning::Unfinished);
        assert_eq!(map.meaning(Scope::List, &[g, g]), Meaning::Command(Command::MoveToTop));
    }
}
