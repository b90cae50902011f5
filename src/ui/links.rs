//! The sheet of an article's links: a row for each, under them the address of the one under the cursor.

use super::pen::Pen;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::model::sheet::ArticleLink;
use crate::app::words::{self, link_address, links_heights};
use crate::domain::theme::ThemeRole;
use crate::domain::wrap::cut;

/// Columns before a text: the bar, the mark, a space.
const GUTTER: u16 = 10;
/// The widest host at the right edge; narrower sheets show none.
const HOST: u16 = 26;
const NARROWEST_WITH_HOST: u16 = 56;

/// Draws into the inside of a sheet.
pub fn draw(model: &Model, inside: Area, pen: &mut Pen<'_>) {
    let Some(sheet) = &model.sheet else { return };
    let (list, below) = links_heights(model);
    let rows = sheet.links.iter().enumerate().skip(sheet.offset);
    for ((at, link), y) in rows.zip(inside.y..inside.y + list.min(inside.height)) {
        draw_row(link, &model.plain(&link.text), at == sheet.cursor, Area { y, height: 1, ..inside }, pen);
    }
    if below > 0 && inside.height > list {
        let rule = pen.glyphs().level.repeat(usize::from(inside.width));
        pen.write(inside.x, inside.y + list, inside.width, &rule, ThemeRole::Dim);
        for (line, y) in link_address(model).iter().zip(inside.y + list + 1..inside.y + inside.height) {
            pen.write(inside.x + 1, y, inside.width.saturating_sub(1), line, ThemeRole::Caption);
        }
    }
}

fn draw_row(link: &ArticleLink, text: &str, is_selected: bool, area: Area, pen: &mut Pen<'_>) {
    let glyphs = pen.glyphs();
    let gutter = GUTTER.min(area.width / 3);
    let host =
        if area.width >= NARROWEST_WITH_HOST { cut(&words::host(&link.url), usize::from(HOST), glyphs.ellipsis) } else { String::new() };
    let room = area.width.saturating_sub(gutter + pen.width(&host) + 2);
    pen.write_right(Area { width: gutter.saturating_sub(1), ..area }, &link.mark, ThemeRole::Mark);
    let used = pen.write(area.x + gutter, area.y, room, &cut(text, usize::from(room), glyphs.ellipsis), ThemeRole::Sheet);
    pen.write_right(area, &host, ThemeRole::Dim);
    if is_selected {
        pen.select(area, gutter, used);
    }
}
