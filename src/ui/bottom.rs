//! The bottom line: what is going on at its left, the few keys that matter here at its right, where they keep their place.

use super::pen::Pen;
use crate::app::layout::{Area, Layout};
use crate::app::model::{Model, Notice};
use crate::app::words;
use crate::domain::theme::ThemeRole;
use crate::domain::wrap::{cut, fitting, wrap};

/// Columns of the keys, of a hundred.
const SHARE_OF_KEYS: u32 = 60;
/// Rows that a notice takes in its longest form.
const FEW_ROWS: usize = 2;

pub fn draw(model: &Model, layout: &Layout, pen: &mut Pen<'_>) {
    let area = layout.bottom;
    if area.is_empty() {
        return;
    }
    pen.fill(area, ThemeRole::Bar);
    let hints = hints(model, area.width, pen);
    pen.write_right(Area { width: area.width.saturating_sub(1), ..area }, &hints, ThemeRole::Bar);
    let said = words::said(model);
    let (room, ellipsis) = (usize::from(area.width.saturating_sub(pen.width(&hints) + 3)), pen.glyphs().ellipsis);
    let mut role = said.notice.as_ref().map_or(ThemeRole::Notice, role_of);
    let line = fitting(&said.together(), room, ellipsis).unwrap_or_else(|| {
        if let Some(notice) = &said.notice {
            draw_above(notice, area, pen);
            role = ThemeRole::Notice;
        }
        let shortest = said.going_on.last().map_or("", String::as_str);
        fitting(&said.going_on, room, ellipsis).unwrap_or_else(|| cut(shortest, room, ellipsis))
    });
    pen.write(area.x + 1, area.y, area.width, &line, role);
}

fn role_of(notice: &Notice) -> ThemeRole {
    if notice.is_failure { ThemeRole::Failing } else { ThemeRole::Notice }
}

/// A notice that has no room beside the keys stands in rows of its own above them, for as long as it is there.
fn draw_above(notice: &Notice, area: Area, pen: &mut Pen<'_>) {
    let width = area.width.saturating_sub(2);
    let rows = usize::from(area.y);
    let mut forms = notice.forms.iter().map(|form| wrap(form, usize::from(width)));
    let Some(lines) = forms.find(|lines| lines.len() <= FEW_ROWS).or(notice.forms.last().map(|last| wrap(last, usize::from(width)))) else {
        return;
    };
    let first = area.y.saturating_sub(u16::try_from(lines.len().min(rows)).unwrap_or(area.y));
    pen.fill(Area { y: first, height: area.y - first, ..area }, ThemeRole::Bar);
    for (line, y) in lines.iter().zip(first..area.y) {
        pen.write(area.x + 1, y, width, line, role_of(notice));
    }
}

/// What is said of the list on the left and of the text on the right.
pub fn draw_footer(model: &Model, layout: &Layout, pen: &mut Pen<'_>) {
    let area = layout.footer;
    if area.is_empty() {
        return;
    }
    if !model.is_text_open {
        let room = layout.list.width.saturating_sub(2);
        pen.write(area.x + 1, area.y, room, &list_footer(model, room, pen), ThemeRole::Dim);
        pen.write(layout.rule.x, area.y, 1, pen.glyphs().upright, ThemeRole::Dim);
    }
    let inside = Area { width: area.width.saturating_sub(layout.margin.min(area.width)), ..area };
    pen.write_right(inside, &words::text_footer(model), ThemeRole::Dim);
}

/// What is said of the list, in as many words as there is room for.
pub fn list_footer(model: &Model, room: u16, pen: &Pen<'_>) -> String {
    fitting(&words::list_footer(model), usize::from(room), pen.glyphs().ellipsis).unwrap_or_default()
}

/// As many hints as fit in their share of the line, whatever is said beside them; the last is the last to go.
fn hints(model: &Model, width: u16, pen: &Pen<'_>) -> String {
    let hints: Vec<String> = words::hints(model).iter().map(|(key, word)| format!("{key} {word}")).collect();
    let Some((last, others)) = hints.split_last() else { return String::new() };
    let room = u16::try_from(u32::from(width) * SHARE_OF_KEYS / 100).unwrap_or(width);
    let mut line = String::new();
    for hint in others {
        let longer = format!("{line}{hint}  ");
        if pen.width(&longer) + pen.width(last) > room {
            break;
        }
        line = longer;
    }
    format!("{line}{last}")
}
