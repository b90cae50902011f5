//! A centred sheet over the dimmed screen.

use super::pen::Pen;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::words::{sheet_height, sheet_lines, sheet_title, sheet_width};
use crate::domain::theme::ThemeRole;

pub fn draw(model: &Model, pen: &mut Pen<'_>) {
    let Some(sheet) = &model.sheet else { return };
    let screen = Area { x: 0, y: 0, width: model.width, height: model.height };
    pen.tint(screen, ThemeRole::Dim);
    let lines = sheet_lines(model);
    let height = sheet_height(model);
    let area = centred(screen, sheet_width(model) + 4, height + 3);
    pen.fill(area, ThemeRole::Sheet);
    draw_frame(model, sheet_title(sheet.kind), area, pen);
    let inside = Area { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height.saturating_sub(2) };
    for (line, y) in lines.iter().skip(sheet.offset).zip(inside.y..inside.y + inside.height) {
        let role = match (line.is_heading, line.is_failure) {
            (true, _) => ThemeRole::Heading,
            (_, true) => ThemeRole::Failing,
            _ => ThemeRole::Sheet,
        };
        pen.write(inside.x, y, inside.width, &line.text, role);
    }
    let more = lines.len().saturating_sub(sheet.offset + usize::from(inside.height));
    if more > 0 {
        let last = Area { y: area.y + area.height.saturating_sub(1), width: area.width.saturating_sub(2), ..area };
        pen.write_right(last, &format!(" {more} more "), ThemeRole::Dim);
    }
}

/// Rules above and below, the title in the upper one, the way out in the lower.
fn draw_frame(model: &Model, title: &str, area: Area, pen: &mut Pen<'_>) {
    let level = pen.glyphs().level.repeat(usize::from(area.width));
    pen.write(area.x, area.y, area.width, &level, ThemeRole::Dim);
    pen.write(area.x + 2, area.y, area.width.saturating_sub(4), &format!(" {title} "), ThemeRole::Heading);
    let last = area.y + area.height.saturating_sub(1);
    pen.write(area.x, last, area.width, &level, ThemeRole::Dim);
    let out = model.keymap.key_of(crate::app::command::Command::GoBack);
    pen.write(area.x + 2, last, area.width.saturating_sub(4), &format!(" {out} back "), ThemeRole::Dim);
}

fn centred(screen: Area, width: u16, height: u16) -> Area {
    let (width, height) = (width.min(screen.width), height.min(screen.height));
    Area { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height }
}
