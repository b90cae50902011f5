//! The list pane: headlines down one edge, source and age down the other.

use super::bottom::list_footer;
use super::pen::Pen;
use crate::app::layout::{Area, Arrangement, Layout};
use crate::app::model::Model;
use crate::app::model::list::View;
use crate::app::words;
use crate::domain::article::Row;
use crate::domain::theme::ThemeRole;
use crate::domain::time_words::age;
use crate::domain::wrap::{cut, wrap};

/// Columns before a headline: the bar, the sign of unread, a space.
const GUTTER: u16 = 3;
/// Columns of the age at the right edge.
const AGE: u16 = 7;
/// The widest name of a source in a row.
const SOURCE: u16 = 16;
/// Narrower lists show no source, and still narrower ones no age.
const NARROWEST_WITH_SOURCE: u16 = 34;
const NARROWEST_WITH_AGE: u16 = 26;

pub fn draw(model: &Model, layout: &Layout, pen: &mut Pen<'_>) {
    draw_rule(model, layout, pen);
    let area = layout.list;
    if area.is_empty() {
        return;
    }
    if model.list.is_empty() {
        return draw_quiet(model, layout, pen);
    }
    let columns = Columns::of(model, layout, pen);
    let step = layout.row_lines + layout.row_gap;
    let last_is_flush = |y: u16| y + layout.row_lines <= area.y + area.height;
    let places = (0..).map(|index: u16| area.y + index * step).take_while(|y| *y < area.y + area.height && last_is_flush(*y));
    for (index, y) in places.enumerate() {
        let at = model.list.offset() + index;
        if let Some(row) = model.list.row(at) {
            draw_row(model, row, at == model.list.selected(), columns, Area { y, height: layout.row_lines, ..area }, pen);
        }
    }
}

fn draw_row(model: &Model, row: &Row, is_selected: bool, columns: Columns, area: Area, pen: &mut Pen<'_>) {
    let glyphs = pen.glyphs();
    let role = if row.status.is_read { ThemeRole::Headline } else { ThemeRole::Unread };
    if !row.status.is_read {
        pen.write(area.x + 1, area.y, 1, glyphs.unread, ThemeRole::Unread);
    }
    let side = side(model, row, columns, area, pen);
    let room = area.width.saturating_sub(GUTTER + 1);
    let lines = headline(row, &model.plain(&row.title), area.height, room, room.saturating_sub(side + 1), glyphs.ellipsis);
    for (index, y) in (area.y..area.y + area.height).enumerate() {
        let line = lines.get(index).map_or("", String::as_str);
        let used = pen.write(area.x + GUTTER, y, room, line, role);
        if index + 1 == lines.len() && row.status.is_starred {
            pen.write(area.x + GUTTER + used, y, 2, &format!(" {}", glyphs.starred), ThemeRole::Starred);
        }
        if is_selected {
            pen.select(Area { y, height: 1, ..area }, GUTTER, used);
        }
    }
}

/// Columns of source and age at the right edge, the same for every row of a list.
#[derive(Clone, Copy)]
struct Columns {
    source: u16,
    age: u16,
}

impl Columns {
    fn of(model: &Model, layout: &Layout, pen: &Pen<'_>) -> Columns {
        let width = layout.list.width;
        let share = if layout.row_lines > 1 && width >= 46 { 4 } else { 3 };
        let names = model.section().into_iter().flat_map(|section| section.all_feeds());
        // an article of any feed may stand among the starred ones
        let names = names.filter(|_| model.list.view != View::Starred);
        let longest = names
            .map(|feed| words::health_name(&model.paper, &feed.url, model.health.get(&feed.url)))
            .map(|name| pen.width(words::short_name(&name)))
            .max()
            .unwrap_or(SOURCE);
        let source = if width >= NARROWEST_WITH_SOURCE { longest.min(SOURCE).min(width / 10 * share) } else { 0 };
        Columns { source, age: if width >= NARROWEST_WITH_AGE { AGE } else { 0 } }
    }
}

/// Writes source and age at the right of the row's last line; returns the columns that they take there.
fn side(model: &Model, row: &Row, columns: Columns, area: Area, pen: &mut Pen<'_>) -> u16 {
    let last = Area { y: area.y + area.height - 1, height: 1, width: area.width.saturating_sub(1), ..area };
    let changed = if row.is_changed { format!("{} ", pen.glyphs().changed) } else { String::new() };
    let age = if row.published.or(row.updated).is_some() && columns.age > 0 { age(model.now, row.sorted_at) } else { String::new() };
    let name = words::feed_name(&model.paper, row);
    let name = words::short_name(&name);
    let source = if columns.source == 0 {
        String::new()
    } else {
        cut(&format!("{changed}{name}"), usize::from(columns.source), pen.glyphs().ellipsis)
    };
    pen.write_right(last, &age, ThemeRole::Dim);
    let before = Area { width: last.width.saturating_sub(columns.age), ..last };
    let written = pen.write_right(before, &source, ThemeRole::Dim);
    columns.age + if area.height == 1 { columns.source } else { written }
}

/// The headline in at most `count` lines; the last of them leaves room for source and age.
fn headline(row: &Row, title: &str, count: u16, room: u16, last_room: u16, mark: &str) -> Vec<String> {
    let star = if row.status.is_starred { 2 } else { 0 };
    let (count, last_room) = (usize::from(count), usize::from(last_room.saturating_sub(star)));
    let mut lines = wrap(title, usize::from(room.saturating_sub(star)));
    if lines.len() >= count {
        let rest = lines.split_off(count.saturating_sub(1)).join(" ");
        lines.push(cut(&rest, last_room, mark));
    }
    lines
}

/// Sentences where there is no article to list.
fn draw_quiet(model: &Model, layout: &Layout, pen: &mut Pen<'_>) {
    let area = layout.quiet();
    let lines = words::quiet_lines(model, usize::from(area.width), usize::from(area.height));
    for (line, y) in lines.iter().skip(model.list.quiet_offset).zip(area.y..area.y + area.height) {
        pen.write(area.x, y, area.width, line, ThemeRole::Text);
    }
}

/// The thin rule between list and text; lying, it carries what is said of both.
fn draw_rule(model: &Model, layout: &Layout, pen: &mut Pen<'_>) {
    let (area, glyphs) = (layout.rule, pen.glyphs());
    if area.is_empty() {
        return;
    }
    if layout.arrangement == Arrangement::SideBySide {
        for y in area.y..area.y + area.height {
            pen.write(area.x, y, 1, glyphs.upright, ThemeRole::Dim);
        }
        return;
    }
    pen.write(area.x, area.y, area.width, &glyphs.level.repeat(usize::from(area.width)), ThemeRole::Dim);
    let progress = words::text_footer(model);
    let room = area.width.saturating_sub(8 + pen.width(&progress));
    let about = format!(" {} ", list_footer(model, room, pen));
    pen.write(area.x + 2, area.y, area.width.saturating_sub(4), &about, ThemeRole::Dim);
    if !progress.is_empty() {
        // its sign is a part of the rule, which has no gap before it
        pen.write_right(Area { width: area.width.saturating_sub(2), ..area }, &format!("{progress} "), ThemeRole::Dim);
    }
}
