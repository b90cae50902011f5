//! The bottom line: what is going on, and the few keys that matter here.

use super::pen::Pen;
use crate::app::layout::{Area, Layout};
use crate::app::model::Model;
use crate::app::words;
use crate::app::wrap::cut;
use crate::domain::theme::ThemeRole;

pub fn draw(model: &Model, layout: &Layout, pen: &mut Pen<'_>) {
    draw_footer(model, layout, pen);
    let area = layout.bottom;
    if area.is_empty() {
        return;
    }
    pen.fill(area, ThemeRole::Bar);
    if let Some(asked) = words::find_line(model) {
        pen.write(area.x + 1, area.y, area.width.saturating_sub(1), &asked, ThemeRole::Notice);
        return;
    }
    let (said, is_failure) = words::activity(model);
    let said = if said.is_empty() && !layout.tells_of_list() { place(model) } else { said };
    let role = if is_failure { ThemeRole::Failing } else { ThemeRole::Notice };
    let is_notice = model.notice.is_some();
    let hints = hints(model, area.width, if is_notice { pen.width(&said) } else { pen.width(&said).min(area.width / 2) }, pen);
    let room = area.width.saturating_sub(pen.width(&hints) + 3);
    let ellipsis = pen.glyphs().ellipsis;
    pen.write(area.x + 1, area.y, room, &cut(&said, usize::from(room), ellipsis), role);
    pen.write_right(Area { width: area.width.saturating_sub(1), ..area }, &hints, ThemeRole::Bar);
}

/// What is said of the list on the left and of the text on the right.
fn draw_footer(model: &Model, layout: &Layout, pen: &mut Pen<'_>) {
    let area = layout.footer;
    if area.is_empty() {
        return;
    }
    if !model.is_text_open {
        let room = layout.list.width.saturating_sub(2);
        let footer = cut(&words::list_footer(model), usize::from(room), pen.glyphs().ellipsis);
        pen.write(area.x + 1, area.y, room, &footer, ThemeRole::Dim);
        pen.write(layout.rule.x, area.y, 1, pen.glyphs().upright, ThemeRole::Dim);
    }
    let inside = Area { width: area.width.saturating_sub(layout.margin.min(area.width)), ..area };
    pen.write_right(inside, &words::text_footer(model), ThemeRole::Dim);
}

/// Where there is no other row for it: the place in the list, or in the text.
fn place(model: &Model) -> String {
    if model.is_text_open { words::text_footer(model) } else { words::list_footer(model) }
}

/// As many hints as fit beside `taken` columns of what is said; the help's key is the last to go.
fn hints(model: &Model, width: u16, taken: u16, pen: &Pen<'_>) -> String {
    let room = width.saturating_sub(taken + 4);
    let mut line = String::new();
    for (key, word) in words::hints(model) {
        let longer = if line.is_empty() { format!("{key} {word}") } else { format!("{line}  {key} {word}") };
        if pen.width(&longer) > room {
            break;
        }
        line = longer;
    }
    line
}
