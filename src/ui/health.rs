//! The sheet of feed health: a row for every feed, under it what is known of the one under the cursor.

use super::pen::Pen;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::words::{DetailKind, HealthRow, health_below, health_details, health_heights, health_rows};
use crate::app::wrap::cut;
use crate::domain::feed::FeedState;
use crate::domain::theme::ThemeRole;

/// Columns before a name: the bar, the sign of a state, a space.
const GUTTER: u16 = 3;
/// The widest name of a feed.
const NAME: u16 = 24;
/// Columns of the next try; narrower sheets show none.
const NEXT: u16 = 18;
const NARROWEST_WITH_NEXT: u16 = 64;

/// Draws into the inside of a sheet.
pub fn draw(model: &Model, inside: Area, pen: &mut Pen<'_>) {
    let (list, details) = health_heights(model);
    for (row, y) in health_rows(model).iter().zip(inside.y..inside.y + inside.height) {
        draw_row(row, Area { y, height: 1, ..inside }, pen);
    }
    draw_details(model, Area { y: inside.y + list, height: details.min(inside.height.saturating_sub(list)), ..inside }, pen);
}

fn draw_row(row: &HealthRow, area: Area, pen: &mut Pen<'_>) {
    let glyphs = pen.glyphs();
    let (role, sign) = match row.kind {
        FeedState::Failing => (ThemeRole::Failing, "!"),
        FeedState::Silent => (ThemeRole::Accent, "~"),
        FeedState::Never | FeedState::Ok => (ThemeRole::Sheet, " "),
    };
    let is_quiet = matches!(row.kind, FeedState::Never | FeedState::Ok);
    let name = NAME.min((area.width / 2).saturating_sub(GUTTER));
    let next = if area.width >= NARROWEST_WITH_NEXT { NEXT } else { 0 };
    let state = area.width.saturating_sub(GUTTER + name + 2 + next);
    pen.write(area.x + 1, area.y, 1, sign, role);
    let used = pen.write(area.x + GUTTER, area.y, name, &cut(&row.name, usize::from(name), glyphs.ellipsis), role);
    let words = cut(&row.state, usize::from(state), glyphs.ellipsis);
    pen.write(area.x + GUTTER + name + 2, area.y, state, &words, if is_quiet { ThemeRole::Dim } else { ThemeRole::Sheet });
    pen.write_right(area, &cut(&row.next, usize::from(next), glyphs.ellipsis), ThemeRole::Dim);
    if row.is_selected {
        pen.select(area, GUTTER, used);
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
