//! TOML in which the characters that do not show are written as escapes: the same for who saves it, harmless for a terminal.

use toml_edit::visit_mut::{VisitMut, visit_document_mut, visit_value_mut};
use toml_edit::{DocumentMut, Key, Value};

use crate::domain::clean_text::is_hidden;

/// The text of a document, for a terminal.
pub(super) fn text(mut document: DocumentMut) -> String {
    visit_document_mut(&mut Escaping, &mut document);
    document.to_string()
}

/// A key, escaped where needed.
pub(super) fn key(name: &str) -> Key {
    let escaped = escaped(name).and_then(|escaped| escaped.parse().ok());
    escaped.unwrap_or_else(|| Key::new(name))
}

struct Escaping;

impl VisitMut for Escaping {
    fn visit_value_mut(&mut self, value: &mut Value) {
        let escaped = value.as_str().and_then(escaped).and_then(|escaped| escaped.parse::<Value>().ok());
        if let Some(mut escaped) = escaped {
            escaped.decor_mut().clone_from(value.decor());
            *value = escaped;
        }
        visit_value_mut(self, value);
    }
}

/// A text with characters that do not show as a basic string of TOML; none for another text.
fn escaped(text: &str) -> Option<String> {
    let sign = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if is_hidden(c) => format!("\\U{:08X}", u32::from(c)),
        c => c.to_string(),
    };
    text.contains(is_hidden).then(|| format!("\"{}\"", text.chars().map(sign).collect::<String>()))
}
