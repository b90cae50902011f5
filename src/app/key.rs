//! One key press, and how it is written: `j`, `G`, `ctrl-d`, `alt-x`, `shift-tab`, `pagedown`, `f5`.

use std::fmt;
use std::str::FromStr;

/// A key with its modifiers. Shift is part of a character (`G`) and stands alone only on `shift-tab`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: KeyCode,
    pub is_ctrl: bool,
    pub is_alt: bool,
}

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyCode {
    Char(char),
    /// A character that was pasted: it is text and never a command.
    Pasted(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    F(u8),
}

/// Names of the keys that are not characters; the first of a key is how it is written.
const NAMES: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("return", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("escape", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("shift-tab", KeyCode::BackTab),
    ("backtab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("pageup", KeyCode::PageUp),
    ("pgup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("pgdn", KeyCode::PageDown),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("space", KeyCode::Char(' ')),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Key {
        Key { code, is_ctrl: false, is_alt: false }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Key, String> {
        let (mut rest, mut key) = (text, Key::plain(KeyCode::Esc));
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-").filter(|after| !after.is_empty()) {
                (rest, key.is_ctrl) = (after, true);
            } else if let Some(after) = rest.strip_prefix("alt-").filter(|after| !after.is_empty()) {
                (rest, key.is_alt) = (after, true);
            } else {
                break;
            }
        }
        key.code = code(rest).ok_or_else(|| format!("`{text}` is not a key; write it like j, G, ctrl-d, alt-x, space, pagedown or f5"))?;
        Ok(key)
    }
}

fn code(name: &str) -> Option<KeyCode> {
    let mut characters = name.chars();
    if let (Some(c), None) = (characters.next(), characters.next()) {
        return (!c.is_control() && c != ' ').then_some(KeyCode::Char(c));
    }
    let lower = name.to_lowercase();
    let number = || lower.strip_prefix('f')?.parse().ok().filter(|n| (1..=24).contains(n)).map(KeyCode::F);
    NAMES.iter().find(|(known, _)| *known == lower).map(|(_, code)| *code).or_else(number)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_ctrl { "ctrl-" } else { "" })?;
        f.write_str(if self.is_alt { "alt-" } else { "" })?;
        match self.code {
            KeyCode::Char(c) if c != ' ' => write!(f, "{c}"),
            KeyCode::Pasted(c) => write!(f, "pasted {c}"),
            KeyCode::F(number) => write!(f, "f{number}"),
            other => f.write_str(NAMES.iter().find(|(_, code)| *code == other).map_or("", |(name, _)| name)),
        }
    }
}

/// Keys pressed one after another, as a command table or a settings file writes them: `g g`, `ctrl-d`.
///
/// # Errors
/// Names the first word that is not a key.
pub fn sequence(text: &str) -> Result<Vec<Key>, String> {
    let keys: Vec<Key> = text.split_whitespace().map(Key::from_str).collect::<Result<_, _>>()?;
    if keys.is_empty() { Err("a key is missing here; write it like j, G or ctrl-d".into()) } else { Ok(keys) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_written_alike() {
        for text in ["j", "G", "?", "ctrl-d", "alt-x", "ctrl-alt-a", "shift-tab", "space", "pagedown", "f12", "-", "é"] {
            assert_eq!(text.parse::<Key>().map(|key| key.to_string()), Ok(text.to_string()));
        }
        for wrong in ["", "ctrl-", "jj", "f99", "hyper-x", "\u{1b}"] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong:?}");
        }
        assert_eq!(sequence("g g").map(|keys| keys.len()), Ok(2));
        assert!(sequence("  ").is_err());
    }
}
