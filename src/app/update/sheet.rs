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
    model.sheet = Some(match kind {
        SheetKind::Health => super::health::sheet(model),
        SheetKind::Help => Sheet { kind, offset: 0, feeds: Vec::new(), cursor: 0 },
    });
    if kind == SheetKind::Health { super::refresh::check_health(model) } else { Vec::new() }
}

pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    model.sheet = None;
    model.trial = None;
    Vec::new()
}

pub(super) fn travel(model: &mut Model, command: Command) -> Vec<Effect> {
    let (length, height) = (words::sheet_lines(model).len(), usize::from(words::sheet_height(model)));
    let rows = usize::from(words::health_heights(model).0);
    match &mut model.sheet {
        Some(sheet) if sheet.kind == SheetKind::Health => {
            sheet.cursor = target(command, sheet.cursor, rows, sheet.feeds.len()).min(sheet.feeds.len().saturating_sub(1));
        }
        Some(sheet) => sheet.offset = target(command, sheet.offset, height, length),
        None => {}
    }
    keep_inside(model);
    Vec::new()
}

/// Scrolls no further than there are lines to fill the sheet, and so that the cursor is on it.
pub(super) fn keep_inside(model: &mut Model) {
    let last = words::sheet_lines(model).len().saturating_sub(usize::from(words::sheet_height(model)));
    let rows = usize::from(words::health_heights(model).0);
    match &mut model.sheet {
        Some(sheet) if sheet.kind == SheetKind::Health => {
            let last = sheet.feeds.len().saturating_sub(rows);
            sheet.offset = sheet.offset.clamp((sheet.cursor + 1).saturating_sub(rows), sheet.cursor).min(last);
        }
        Some(sheet) => sheet.offset = sheet.offset.min(last),
        None => {}
    }
}
