//! Sheets over the screen: help and feed health.

use super::target;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::sheet::{Sheet, SheetKind};
use crate::app::words;

/// Opens a sheet, or closes it if it is the one that lies on top.
pub(super) fn toggle(model: &mut Model, command: Command) -> Vec<Effect> {
    let kind = if command == Command::ShowHealth { SheetKind::Health } else { SheetKind::Help };
    if model.sheet.as_ref().is_some_and(|sheet| sheet.kind == kind) {
        return close(model);
    }
    model.sheet = Some(Sheet { kind, offset: 0 });
    if kind == SheetKind::Health { super::refresh::check_health(model) } else { Vec::new() }
}

pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    model.sheet = None;
    Vec::new()
}

pub(super) fn travel(model: &mut Model, command: Command) -> Vec<Effect> {
    let length = words::sheet_lines(model).len();
    let height = usize::from(words::sheet_height(model));
    if let Some(sheet) = &mut model.sheet {
        sheet.offset = target(command, sheet.offset, height, length);
    }
    keep_inside(model);
    Vec::new()
}

/// Scrolls no further than there are lines to fill the sheet.
pub(super) fn keep_inside(model: &mut Model) {
    let last = words::sheet_lines(model).len().saturating_sub(usize::from(words::sheet_height(model)));
    if let Some(sheet) = &mut model.sheet {
        sheet.offset = sheet.offset.min(last);
    }
}
