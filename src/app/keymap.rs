//! The keys in force: the command table's own, changed by the settings. Finds the command of a key sequence.

use super::command::{COMMANDS, Command, Entry, Scope, by_id};
use super::key::{Key, sequence};
use crate::domain::nearest::nearest;
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
    /// The table's keys with the settings' changes, and what is wrong with those: (line, message).
    pub fn new(settings: &[KeySetting]) -> (Keymap, Vec<(usize, String)>) {
        let own = |entry: &'static Entry| entry.keys.iter().filter_map(|keys| sequence(keys).ok()).collect();
        let mut map = Keymap { bindings: COMMANDS.iter().map(|entry| Binding { entry, sequences: own(entry) }).collect() };
        let mut problems = Vec::new();
        for setting in settings {
            if let Err(message) = map.apply(setting) {
                problems.push((setting.line, message));
            }
        }
        (map, problems)
    }

    fn apply(&mut self, setting: &KeySetting) -> Result<(), String> {
        let entry = by_id(&setting.command).ok_or_else(|| unknown(&setting.command))?;
        let sequences: Vec<Vec<Key>> = setting.keys.iter().map(|keys| sequence(keys)).collect::<Result<_, _>>()?;
        let clash = self.bindings.iter().filter(|other| other.entry.id != entry.id).find_map(|other| clash(entry, &sequences, other));
        match clash {
            Some((keys, other)) => Err(format!("`{keys}` already means `{other}`; give that command other keys first, above this line")),
            None => {
                self.bindings.iter_mut().filter(|own| own.entry.id == entry.id).for_each(|own| own.sequences.clone_from(&sequences));
                Ok(())
            }
        }
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

    /// The first key of a command as a person reads it; empty when it has none.
    pub fn key_of(&self, command: Command) -> String {
        let binding = self.bindings.iter().find(|binding| binding.entry.command == command);
        binding.and_then(|binding| binding.sequences.first()).map(|keys| written(keys)).unwrap_or_default()
    }
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
    match nearest(id, COMMANDS.iter().map(|entry| entry.id)) {
        Some(name) => format!("there is no command `{id}`; did you mean `{name}`?"),
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
            let (_, problems) = Keymap::new(&[setting(command, keys)]);
            assert_eq!(problems.first().map(|(_, message)| message.as_str()), expected, "{command} {keys:?}");
        };
        check("article.toggle_star", &["*"], None);
        check("article.toggle_star", &[], None);
        check(
            "article.toggle_star",
            &["m"],
            Some("`m` already means `article.toggle_read`; give that command other keys first, above this line"),
        );
        check(
            "article.toggle_star",
            &["m x"],
            Some("`m x` already means `article.toggle_read`; give that command other keys first, above this line"),
        );
        check("article.togle_star", &["*"], Some("there is no command `article.togle_star`; did you mean `article.toggle_star`?"));
        check(
            "article.toggle_star",
            &["hyper-x"],
            Some("`hyper-x` is not a key; write it like j, G, ctrl-d, alt-x, space, pagedown or f5"),
        );
    }

    #[test]
    fn sequences_wait_for_their_end() {
        let (map, problems) = Keymap::new(&[setting("cursor.top", &["g g"])]);
        assert_eq!(problems, []);
        let g: Key = "g".parse().expect("a key");
        assert_eq!(map.meaning(Scope::List, &[g]), Meaning::Unfinished);
        assert_eq!(map.meaning(Scope::List, &[g, g]), Meaning::Command(Command::MoveToTop));
    }
}
