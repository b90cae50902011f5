//! What the reader of markup tells of its repairs: each with its line, and of what runs through a whole document the first.
//! Changes nothing of what is read.

use super::space::{self, Space};
use super::{Reader, php};

impl Reader<'_, '_> {
    pub(super) fn note(&mut self, position: usize, what: &str) {
        if !self.notes.is_open() {
            return self.notes.count();
        }
        let line = self.lines.at(position);
        let what: String = what.chars().filter(|c| !c.is_control()).take(80).collect();
        self.notes.add(format!("repaired: {what} at line {line}"));
    }

    /// Of what runs through a whole document only the first place is told.
    pub(super) fn note_once(&mut self, position: usize, what: &'static str) {
        if !self.told.contains(&what) {
            self.told.push(what);
            self.note(position, what);
        }
    }

    /// What stands before the first one is told where it is read, unless it is white space.
    pub(super) fn xml_declaration(&mut self, is_sound: bool, position: usize) {
        let is_again = std::mem::replace(&mut self.has_declaration, true);
        match is_again {
            true => self.note_once(position, "<?xml again"),
            false if position > 0 && self.lexer.is_blank_before(position) => self.note(position, "white space before <?xml"),
            false => {}
        }
        if !is_sound {
            self.note_once(position, "damaged <?xml");
        }
    }

    pub(super) fn tell_text_between(&mut self, text: &str, position: usize) {
        let position = position + text.len() - text.trim_start().len();
        match text.trim() {
            "" => {}
            text if php::is_message(text) => self.note(position, "output of PHP"),
            _ => self.note(position, "text between articles"),
        }
    }

    pub(super) fn tell_undeclared(&mut self, name: &str) {
        let Some((prefix, _)) = name.rsplit_once(':') else { return };
        let is_usual = || space::of_prefix(prefix).is_some_and(|space| space != Space::Xml);
        if self.notes.is_open() && !self.spaces.contains_key(prefix) && is_usual() {
            self.notes.add(format!("repaired: undeclared prefix {prefix}:"));
        }
    }
}
