//! The sheet of feed health: a row for every feed, under it what is known of the one under the cursor.

use super::pen::Pen;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::words::{
    DetailKind, GUTTER, HealthColumns, HealthRow, health_below, health_columns, health_details, health_heights, health_rows,
};
use crate::domain::feed::FeedState;
use crate::domain::theme::ThemeRole;
use crate::domain::wrap::cut;

/// Draws into the inside of a sheet.
pub fn draw(model: &Model, inside: Area, pen: &mut Pen<'_>) {
    let (list, details) = health_heights(model);
    let (columns, mut rest) = (health_columns(model), Area { height: list.min(inside.height), ..inside });
    for row in health_rows(model) {
        draw_row(&row, columns, rest, pen);
        let lines = u16::try_from(row.state.len()).unwrap_or(rest.height).min(rest.height);
        (rest.y, rest.height) = (rest.y + lines, rest.height - lines);
    }
    draw_details(model, Area { y: inside.y + list, height: details.min(inside.height.saturating_sub(list)), ..inside }, pen);
}

/// Draws a feed in the first rows of an area, as many as its state has lines.
fn draw_row(row: &HealthRow, columns: HealthColumns, area: Area, pen: &mut Pen<'_>) {
    let glyphs = pen.glyphs();
    let (role, sign) = match row.kind {
        FeedState::Failing => (ThemeRole::Failing, "!"),
        FeedState::Silent => (ThemeRole::Accent, "~"),
        FeedState::Never | FeedState::Ok => (ThemeRole::Sheet, " "),
    };
    let is_quiet = matches!(row.kind, FeedState::Never | FeedState::Ok);
    let HealthColumns { name, state, next } = columns;
    for (index, (line, y)) in row.state.iter().zip(area.y..area.y + area.height).enumerate() {
        let area = Area { y, height: 1, ..area };
        let mut used = 0;
        if index == 0 {
            pen.write(area.x + 1, y, 1, sign, role);
            used = pen.write(area.x + GUTTER, y, name, &cut(&row.name, usize::from(name), glyphs.ellipsis), role);
            pen.write_right(area, &cut(&row.next, usize::from(next), glyphs.ellipsis), ThemeRole::Dim);
        }
        let words = cut(line, usize::from(state), glyphs.ellipsis);
        pen.write(area.x + GUTTER + name + 2, y, state, &words, if is_quiet { ThemeRole::Dim } else { ThemeRole::Sheet });
        if row.is_selected {
            pen.select(area, GUTTER, used);
        }
    }
}

/// A thin rule, and below it as much as there is room for.
fn draw_details(model: &Model, area: Area, pen: &mut Pen<'_>) {
    if area.height < 2 {
        return;
    }
    let rule = pen.glyphs().level.repeat(usize::from(area.width));
    pen.write(area.x, area.y, area.width, &rule, ThemeRole::Dim);
    let below = health_below(model);
    if below > 0 {
        pen.write_right(Area { width: area.width.saturating_sub(1), ..area }, &format!(" {below} more "), ThemeRole::Dim);
    }
    for ((kind, line), y) in health_details(model).iter().zip(area.y + 1..=area.y + area.height) {
        let role = match kind {
            DetailKind::Name => ThemeRole::Heading,
            DetailKind::Quiet => ThemeRole::Dim,
            DetailKind::Failure => ThemeRole::Failing,
            DetailKind::Fact => ThemeRole::Sheet,
            DetailKind::Cure => ThemeRole::Accent,
        };
        pen.write(area.x + 1, y, area.width.saturating_sub(1), line, role);
    }
}
