//! Entities that a document declares for itself. External ones are never fetched; expansion is bounded.

use std::collections::HashMap;

use crate::domain::entities;

/// Declarations that are heeded.
const MAX_ENTITIES: usize = 500;
/// Entities inside entities.
const MAX_DEPTH: usize = 6;
/// References resolved for one entity.
const MAX_STEPS: usize = 10_000;
/// Bytes of one entity's text.
const MAX_TEXT: usize = 10_000;
/// Bytes that all references of a document may bring.
const MAX_EXPANSION: usize = 1_000_000;

/// The internal entities of one document.
#[derive(Default)]
pub(super) struct Declared<'a> {
    values: HashMap<&'a str, &'a str>,
    /// Expanded texts, so that each entity is expanded once.
    texts: HashMap<&'a str, Option<String>>,
    expanded: usize,
}

impl<'a> Declared<'a> {
    /// Takes the entities of an internal subset; the first declaration of a name holds.
    pub(super) fn read(&mut self, subset: &'a str) {
        for declaration in subset.split("<!ENTITY").skip(1).take(MAX_ENTITIES) {
            let declaration = declaration.trim_start();
            let Some((name, value)) = declaration.split_once(char::is_whitespace) else { continue };
            let value = value.trim_start();
            let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            if let Some(value) = value[1..].split(quote).next() {
                self.values.entry(name).or_insert(value);
            }
        }
    }

    /// The text of an entity that is declared; markup in it counts as text. Nothing in place of one that is endless or too large,
    /// and when all together are.
    pub(super) fn text_of(&mut self, name: &str) -> Option<Option<&str>> {
        let (name, value) = self.values.get_key_value(name).map(|(name, value)| (*name, *value))?;
        if !self.texts.contains_key(name) {
            let mut expansion = Expansion { values: &self.values, steps: 0, out: String::new() };
            let text = expansion.push(value, 0).map(|()| expansion.out);
            self.texts.insert(name, text);
        }
        let text = self.texts.get(name)?.as_deref();
        self.expanded += text.map_or(0, str::len);
        Some(text.filter(|_| self.expanded <= MAX_EXPANSION))
    }
}

struct Expansion<'e, 'a> {
    values: &'e HashMap<&'a str, &'a str>,
    steps: usize,
    out: String,
}

impl Expansion<'_, '_> {
    /// `None` when a bound is reached.
    fn push(&mut self, value: &str, depth: usize) -> Option<()> {
        let mut rest = value;
        while let Some(at) = rest.find('&') {
            self.steps += 1;
            self.push_text(&rest[..at])?;
            if depth >= MAX_DEPTH || self.steps >= MAX_STEPS {
                return None;
            }
            let after = &rest[at + 1..];
            let name = entities::name_at(after);
            match name.map(|name| (name, self.values.get(name))) {
                Some((_, Some(inner))) => self.push(inner, depth + 1)?,
                Some((name, None)) => self.push_text(&entities::decode(&format!("&{name};")))?,
                None => self.push_text("&")?,
            }
            rest = &after[name.map_or(0, |name| name.len() + 1)..];
        }
        self.push_text(rest)
    }

    fn push_text(&mut self, text: &str) -> Option<()> {
        self.out.push_str(text);
        (self.out.len() <= MAX_TEXT).then_some(())
    }
}
