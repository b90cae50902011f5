//! A centred sheet over the dimmed screen.

use super::pen::Pen;
use super::{health, links};
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::model::sheet::{Sheet, SheetKind};
use crate::app::words::{health_heights, health_summary, links_heights, sheet_height, sheet_hints, sheet_lines, sheet_title, sheet_width};
use crate::domain::theme::ThemeRole;

pub fn draw(model: &Model, pen: &mut Pen<'_>) {
    let Some(sheet) = &model.sheet else { return };
    let screen = Area { x: 0, y: 0, width: model.width, height: model.height };
    pen.quieten(screen);
    let height = match (sheet.kind, health_heights(model)) {
        (SheetKind::Help, _) => sheet_height(model),
        (SheetKind::Links, _) => links_heights(model).0 + links_heights(model).1,
        (SheetKind::Health, (list, 0)) => list,
        (SheetKind::Health, (list, details)) => list + details + 1,
    };
    let layout = model.layout();
    let above = layout.masthead.height + layout.tabs.height;
    let area = centred(screen, above, sheet_width(model) + 4, height + 3);
    pen.fill(area, ThemeRole::Sheet);
    pen.clear_cut_words(area);
    draw_frame(model, sheet.kind, area, pen);
    let inside = Area { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height.saturating_sub(2) };
    match sheet.kind {
        SheetKind::Help => draw_text(model, sheet, area, inside, pen),
        SheetKind::Health => health::draw(model, inside, pen),
        SheetKind::Links => links::draw(model, inside, pen),
    }
}

fn draw_text(model: &Model, sheet: &Sheet, area: Area, inside: Area, pen: &mut Pen<'_>) {
    let lines = sheet_lines(model);
    for (line, y) in lines.iter().skip(sheet.offset).zip(inside.y..inside.y + inside.height) {
        pen.write(inside.x, y, inside.width, line, ThemeRole::Sheet);
    }
    let more = lines.len().saturating_sub(sheet.offset + usize::from(inside.height));
    if more > 0 {
        let last = Area { y: area.y + area.height.saturating_sub(1), width: area.width.saturating_sub(2), ..area };
        pen.write_right(last, &format!(" {more} more "), ThemeRole::Dim);
    }
}

/// Rules above and below, the title in the upper one, the way out and the keys that mean something in the lower.
fn draw_frame(model: &Model, kind: SheetKind, area: Area, pen: &mut Pen<'_>) {
    let level = pen.glyphs().level.repeat(usize::from(area.width));
    let room = area.width.saturating_sub(4);
    pen.write(area.x, area.y, area.width, &level, ThemeRole::Dim);
    let used = pen.write(area.x + 2, area.y, room, &format!(" {} ", sheet_title(kind)), ThemeRole::Heading);
    let summary = format!(" {} ", health_summary(model));
    if kind == SheetKind::Health && used + pen.width(&summary) < room {
        pen.write_right(Area { width: area.width.saturating_sub(2), ..area }, &summary, ThemeRole::Dim);
    }
    let last = area.y + area.height.saturating_sub(1);
    pen.write(area.x, last, area.width, &level, ThemeRole::Dim);
    let keys: Vec<String> = sheet_hints(model).iter().map(|(key, word)| format!("{key} {word}")).collect();
    pen.write(area.x + 2, last, room, &format!(" {} ", keys.join("  ")), ThemeRole::Dim);
}

/// In the middle, and below the first `above` rows where there is room.
fn centred(screen: Area, above: u16, width: u16, height: u16) -> Area {
    let (width, height) = (width.min(screen.width), height.min(screen.height));
    let y = ((screen.height - height) / 2).max(above).min(screen.height - height);
    Area { x: (screen.width - width) / 2, y, width, height }
}
