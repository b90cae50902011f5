//! The first row: the name of the paper and the date.

use super::pen::Pen;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::domain::theme::ThemeRole;
use crate::domain::time_words::{long_date, short_date};

pub fn draw(model: &Model, area: Area, pen: &mut Pen<'_>) {
    if area.is_empty() {
        return;
    }
    let date = if area.width >= 100 { long_date(model.now, &model.zone) } else { short_date(model.now, &model.zone) };
    let used = 1 + pen.write(area.x + 1, area.y, area.width.saturating_sub(1), "matins", ThemeRole::Accent);
    let between = pen.glyphs().between;
    let sample = if model.is_sample { format!(" {between} the sample edition") } else { String::new() };
    pen.write(area.x + used, area.y, area.width.saturating_sub(used), &format!(" {between} {date}{sample}"), ThemeRole::Dim);
}
