//! The tab strip: as many tabs around the one in front as fit, and a sign where there are more.

use super::pen::Pen;
use crate::app::layout::{Area, Arrangement, Layout};
use crate::app::model::Model;
use crate::app::model::list::View;
use crate::app::words;
use crate::domain::theme::ThemeRole;
use crate::domain::wrap::fitting;

pub fn draw(model: &Model, layout: &Layout, pen: &mut Pen<'_>) {
    if layout.tabs.is_empty() {
        return;
    }
    let place = place(model, layout);
    pen.write_right(layout.tabs, &place, ThemeRole::Dim);
    let area = Area { width: layout.tabs.width.saturating_sub(pen.width(&place)), ..layout.tabs };
    if model.list.view == View::Starred { draw_starred(model, area, pen) } else { draw_strip(model, area, pen) }
}

/// In place of the strip, where one looks at no section: what one looks at, and the way back.
fn draw_starred(model: &Model, area: Area, pen: &mut Pen<'_>) {
    let glyphs = pen.glyphs();
    let used = front_tab(area.x, area.y, area.width, &format!("{} Starred", glyphs.starred), pen);
    let room = area.width.saturating_sub(used + 2);
    let way_back = fitting(&words::starred_top(model), usize::from(room), glyphs.ellipsis).unwrap_or_default();
    pen.write(area.x + used + 1, area.y, room, &way_back, ThemeRole::Dim);
}

fn draw_strip(model: &Model, area: Area, pen: &mut Pen<'_>) {
    let labels: Vec<String> = (0..model.paper.sections.len()).map(|index| label(model, index)).collect();
    let widths: Vec<u16> = labels.iter().map(|label| pen.width(label)).collect();
    let room = area.width.saturating_sub(2);
    let (mut first, mut last) = visible(&widths, model.section, room);
    // the bar of the tab in front would stand where the sign does
    let gap = u16::from(first > 0 && first == model.section);
    if gap > 0 {
        (first, last) = visible(&widths, model.section, room.saturating_sub(gap));
    }
    let glyphs = pen.glyphs();
    let end = area.x + area.width;
    let mut x = area.x;
    x += pen.write(x, area.y, end - x, if first > 0 { glyphs.more_left } else { " " }, ThemeRole::Dim) + gap;
    for (index, label) in labels.iter().enumerate().take(last).skip(first) {
        let is_front = index == model.section;
        if index > first && !is_front && index != model.section + 1 {
            pen.write(x.saturating_sub(1), area.y, 1, glyphs.tab_rule, ThemeRole::Dim);
        }
        x += tab(model, index, label, (x, area.y, end.saturating_sub(x)), pen);
    }
    if last < labels.len() {
        pen.write(end.saturating_sub(1), area.y, 1, glyphs.more_right, ThemeRole::Dim);
    }
}

/// Where one is in the list and how many wait to be shown, on screens that have no other row for it: ` 3/18 +2`.
fn place(model: &Model, layout: &Layout) -> String {
    let is_needed = layout.arrangement == Arrangement::OneAtATime && layout.tabs.width >= 30 && !model.list.is_empty();
    let arrived = if model.list.arrived > 0 { format!(" +{}", model.list.arrived) } else { String::new() };
    if is_needed { format!(" {}/{}{arrived}", model.list.selected() + 1, model.list.len()) } else { String::new() }
}

/// Draws one tab and the column behind it; the one in front stands between two bars.
fn tab(model: &Model, index: usize, label: &str, (x, y, room): (u16, u16, u16), pen: &mut Pen<'_>) -> u16 {
    if index != model.section {
        let role = if model.counts.get(index).is_some_and(|counts| counts.unread > 0) { ThemeRole::Tab } else { ThemeRole::Dim };
        return pen.write(x, y, room, &format!(" {label} "), role) + 1;
    }
    let start = x.saturating_sub(1);
    front_tab(start, y, room + (x - start), label, pen) - (x - start)
}

/// Draws the tab in front between its bars; returns the columns used.
fn front_tab(x: u16, y: u16, room: u16, label: &str, pen: &mut Pen<'_>) -> u16 {
    let glyphs = pen.glyphs();
    let used = pen.write(x, y, room, glyphs.tab_left, ThemeRole::Accent);
    let used = used + pen.write(x + used, y, room.saturating_sub(used), &format!(" {label} "), ThemeRole::TabSelected);
    used + pen.write(x + used, y, room.saturating_sub(used), glyphs.tab_right, ThemeRole::Accent)
}

/// `Canada 18`; the count is of unread articles and left out when there are none.
fn label(model: &Model, index: usize) -> String {
    let section = &model.paper.sections[index];
    match model.counts.get(index).map_or(0, |counts| counts.unread) {
        0 => section.short_name.to_string(),
        unread => format!("{} {unread}", section.short_name),
    }
}

/// The run of tabs that fits around the one in front, its neighbours first to the right and then to the left.
fn visible(widths: &[u16], front: usize, room: u16) -> (usize, usize) {
    let column = |index: usize| widths.get(index).map_or(u16::MAX, |width| width.saturating_add(3));
    let (mut first, mut last) = (front.min(widths.len()), (front + 1).min(widths.len()));
    let mut used = if widths.is_empty() { 0 } else { column(front) };
    loop {
        let (left, right) = (first.checked_sub(1), (last < widths.len()).then_some(last));
        let fits = |index: Option<usize>| index.filter(|index| used.saturating_add(column(*index)) <= room);
        match (fits(left), fits(right)) {
            (Some(index), None) => (first, used) = (index, used + column(index)),
            (Some(index), Some(_)) if front - index < last - front => (first, used) = (index, used + column(index)),
            (_, Some(index)) => (last, used) = (index + 1, used + column(index)),
            (None, None) => return (first, last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tab_in_front_is_always_among_the_visible_ones() {
        let widths = [7, 7, 16, 9, 6, 5, 10, 8];
        for (front, room) in (0..8).flat_map(|front| (0..120).map(move |room| (front, room))) {
            let (first, last) = visible(&widths, front, room);
            assert!(first <= front && front < last && last <= widths.len());
        }
        assert_eq!(visible(&widths, 0, 200), (0, 8));
        assert_eq!(visible(&[], 0, 10), (0, 0));
    }
}
