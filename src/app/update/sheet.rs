//! Sheets over the screen: help, feed health, links.

use super::target;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::sheet::{Sheet, SheetKind};
use crate::app::words;

/// Opens a sheet, or closes it if it is the one that lies on top.
pub(super) fn toggle(model: &mut Model, command: Command) -> Vec<Effect> {
    let kind = match command {
        Command::ShowHealth => SheetKind::Health,
        Command::ShowLinks => SheetKind::Links,
        _ => SheetKind::Help,
    };
    if model.sheet.as_ref().is_some_and(|sheet| sheet.kind == kind) {
        return close(model);
    }
    model.sheet = match kind {
        SheetKind::Health => Some(super::health::sheet(model)),
        SheetKind::Links => super::links::sheet(model),
        SheetKind::Help => Some(Sheet { beneath: model.sheet.take().map(Box::new), ..Sheet::new(kind) }),
    };
    if kind == SheetKind::Health { super::refresh::check_health(model) } else { Vec::new() }
}

/// Closes the sheet on top; the one beneath it is as it was.
pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    model.sheet = model.sheet.take().and_then(|sheet| sheet.beneath).map(|beneath| *beneath);
    if model.sheet.is_none() {
        model.trial = None;
    }
    keep_inside(model);
    Vec::new()
}

pub(super) fn travel(model: &mut Model, command: Command) -> Vec<Effect> {
    let (rows, length) = (rows(model), length(model));
    match &mut model.sheet {
        Some(sheet) if sheet.kind == SheetKind::Help => sheet.offset = target(command, sheet.offset, rows, length),
        Some(sheet) => sheet.cursor = target(command, sheet.cursor, rows, length).min(length.saturating_sub(1)),
        None => {}
    }
    keep_inside(model);
    Vec::new()
}

/// Scrolls no further than there are lines to fill the sheet, and so that the cursor is on it.
pub(super) fn keep_inside(model: &mut Model) {
    let (rows, length) = (rows(model), length(model));
    let Some(sheet) = &mut model.sheet else { return };
    if sheet.kind != SheetKind::Help {
        sheet.offset = sheet.offset.clamp((sheet.cursor + 1).saturating_sub(rows), sheet.cursor);
    }
    sheet.offset = sheet.offset.min(length.saturating_sub(rows));
}

/// Rows that the sheet on top has for its lines, or for what the cursor moves over; 1 at least.
fn rows(model: &Model) -> usize {
    let rows = match model.sheet.as_ref().map(|sheet| sheet.kind) {
        Some(SheetKind::Links) => words::links_heights(model).0,
        Some(SheetKind::Health) => words::health_heights(model).0,
        Some(SheetKind::Help) | None => words::sheet_height(model),
    };
    usize::from(rows).max(1)
}

/// How many lines, feeds or links the sheet on top has.
fn length(model: &Model) -> usize {
    match &model.sheet {
        Some(sheet) if sheet.kind != SheetKind::Help => sheet.feeds.len() + sheet.links.len(),
        _ => words::sheet_lines(model).len(),
    }
}
