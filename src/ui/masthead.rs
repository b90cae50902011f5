//! The first row: the name of the paper and the date.

use super::pen::Pen;
use crate::app::command::Command;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::model::list::View;
use crate::domain::theme::ThemeRole;
use crate::domain::time_words::{long_date, short_date};

pub fn draw(model: &Model, area: Area, pen: &mut Pen<'_>) {
    if area.is_empty() {
        return;
    }
    let date = if area.width >= 100 { long_date(model.now, &model.zone) } else { short_date(model.now, &model.zone) };
    let used = 1 + pen.write(area.x + 1, area.y, area.width.saturating_sub(1), "matins", ThemeRole::Accent);
    let between = pen.glyphs().between;
    let sample = if model.is_sample {
        format!(" {between} the sample edition, {} leaves it", model.keymap.key_of(Command::Quit))
    } else {
        String::new()
    };
    let used =
        used + pen.write(area.x + used, area.y, area.width.saturating_sub(used), &format!(" {between} {date}{sample}"), ThemeRole::Dim);
    if let Some(section) = model.section().filter(|_| model.list.view != View::Starred) {
        let icon = if pen.is_ascii() || section.icon.is_empty() { String::new() } else { format!("{} ", section.icon) };
        let inside = Area { x: area.x + used, width: area.width.saturating_sub(used + 1), ..area };
        let name = format!("{icon}{}", section.name);
        if pen.width(&name) + 2 < inside.width {
            pen.write_right(inside, &name, ThemeRole::Dim);
        }
    }
}
