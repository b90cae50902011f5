//! The text of the sheets, and the help, which is written from the command table.

use crate::app::command::Command;
use crate::app::keymap::{Binding, written};
use crate::app::model::Model;
use crate::app::model::sheet::SheetKind;
use crate::domain::columns::columns;
use crate::domain::wrap::wrap;

/// The widest sheet, in columns.
const WIDEST: u16 = 84;
/// Columns of keys in the help.
const KEY_COLUMNS: usize = 22;

/// The title of the sheet on top.
pub fn sheet_title(kind: SheetKind) -> &'static str {
    match kind {
        SheetKind::Help => "Keys in force here",
        SheetKind::Health => "Feed health",
        SheetKind::Links => "Links of this article",
    }
}

/// Columns of text on a sheet.
pub fn sheet_width(model: &Model) -> u16 {
    model.width.saturating_sub(if model.width > 50 { 10 } else { 4 }).min(WIDEST)
}

/// Lines of text that a sheet shows at once.
pub fn sheet_height(model: &Model) -> u16 {
    let length = u16::try_from(sheet_lines(model).len()).unwrap_or(u16::MAX).max(1);
    length.min(sheet_room(model))
}

/// Lines that the screen has for a sheet, 1 at least.
pub fn sheet_room(model: &Model) -> u16 {
    model.height.saturating_sub(if model.height > 12 { 6 } else { 3 }).max(1)
}

/// Everything that stands on a sheet of text, no line wider than it.
pub fn sheet_lines(model: &Model) -> Vec<String> {
    match model.sheet.as_ref().map(|sheet| sheet.kind) {
        Some(SheetKind::Help) => help(model),
        Some(SheetKind::Health | SheetKind::Links) | None => Vec::new(),
    }
}

/// The keys of the scope beneath the sheet, the ten for sections on one line.
fn help(model: &Model) -> Vec<String> {
    let scope = model.scope_beneath();
    let sections: Vec<&Binding> =
        model.keymap.bindings(scope).filter(|binding| matches!(binding.entry.command, Command::GoToSection(_))).collect();
    let numbers: Vec<String> = sections.iter().filter_map(|binding| binding.sequences.first()).map(|keys| written(keys)).collect();
    let mut lines = Vec::new();
    for binding in model.keymap.bindings(scope) {
        match binding.entry.command {
            Command::GoToSection(0) => lines.extend(help_lines(model, &numbers.join(" "), "first to tenth section", "section.first …")),
            Command::GoToSection(_) => {}
            _ => {
                let keys = binding.sequences.iter().map(|keys| written(keys)).collect::<Vec<_>>().join(", ");
                lines.extend(help_lines(model, &keys, binding.entry.title, binding.entry.id));
            }
        }
    }
    lines
}

/// Keys, what they do, and the command's id at the right edge where there is room for it.
fn help_lines(model: &Model, keys: &str, title: &str, id: &str) -> Vec<String> {
    let width = usize::from(sheet_width(model));
    let column = KEY_COLUMNS.min(width / 2);
    let titles = wrap(title, width.saturating_sub(column).max(8)).into_iter().enumerate();
    let mut lines: Vec<String> = titles.map(|(index, title)| format!("{:<column$}{title}", if index == 0 { keys } else { "" })).collect();
    if let Some(first) = lines.first_mut().filter(|first| columns(first) + id.len() + 2 <= width) {
        *first = format!("{first}{id:>0$}", width - columns(first));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::COMMANDS;

    #[test]
    fn on_the_widest_sheet_every_command_has_room_for_its_id() {
        let is_wide = |width: usize| width + KEY_COLUMNS + 2 > usize::from(WIDEST);
        let wide: Vec<&str> =
            COMMANDS.iter().filter(|entry| is_wide(columns(entry.title) + entry.id.len())).map(|entry| entry.id).collect();
        assert!(wide.is_empty(), "{wide:?}");
    }
}
