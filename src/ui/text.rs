//! The reading pane: lines that were set long before, drawn in their roles; what is wider than the pane, in part.

use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::pen::{Hyperlink, Pen};
use crate::app::layout::{Area, Layout};
use crate::app::model::Model;
use crate::app::model::text::Text;
use crate::domain::address::is_openable;
use crate::domain::columns::columns;
use crate::domain::setting::{Line, Piece, Role};
use crate::domain::theme::ThemeRole;

pub fn draw(model: &Model, layout: &Layout, pen: &mut Pen<'_>) {
    let area = layout.text;
    let Some(text) = model.text.shown().filter(|_| !area.is_empty()) else { return };
    let from = model.text.offset();
    for ((index, line), y) in (from..).zip(text.lines(from)).zip(area.y..area.y + area.height) {
        let row = Row::of(line, layout, model.text.sideways(), y);
        row.draw(line, text, pen);
        for (run, is_here) in model.text.find.iter().flat_map(|find| find.in_line(index)) {
            row.mark(run.column, run.columns, is_here, pen);
        }
    }
}

/// Where a line stands on the screen.
struct Row {
    /// Its columns, of which some are free where it is not wide.
    area: Area,
    /// Columns of it that have gone out on the left.
    gone: usize,
    /// Whether it may be wider than its columns.
    is_wide: bool,
}

impl Row {
    fn of(line: &Line, layout: &Layout, sideways: usize, y: u16) -> Row {
        let pane = layout.text;
        let row = |margin: u16, gone, is_wide| {
            let width = if is_wide { layout.breadth } else { pane.width.saturating_sub(margin) };
            Row { area: Area { x: pane.x + margin, y, width: width.min(pane.width - margin), height: 1 }, gone, is_wide }
        };
        match u16::try_from(line.breadth).unwrap_or(u16::MAX) {
            breadth if breadth <= layout.measure => row(layout.margin, 0, false),
            // under the text, or as near to that as it fits
            breadth => {
                let most = line.breadth.saturating_sub(usize::from(layout.breadth));
                let edge = pane.width.saturating_sub(layout.breadth) / 2;
                let free = pane.width.saturating_sub(edge + breadth.min(layout.breadth));
                row(layout.margin.min(free), sideways.min(most), true)
            }
        }
    }

    fn draw(&self, line: &Line, text: &Text, pen: &mut Pen<'_>) {
        let (mut column, mut goes_on) = (0, false);
        for piece in &line.pieces {
            let style = style(piece, pen);
            let start = column;
            for cluster in piece.text.graphemes(true) {
                let columns = columns(cluster);
                match self.place(column, columns) {
                    Some(x) => drop(pen.write_styled(x, self.area.y, self.area.x + self.area.width - x, cluster, style)),
                    None => goes_on |= column >= self.gone,
                }
                column += columns;
            }
            self.link(piece, start, column, text, pen);
        }
        if self.is_wide {
            self.draw_ends(goes_on, column > 0 && self.gone > 0, pen);
        }
    }

    /// The signs of what lies beyond the edges.
    fn draw_ends(&self, goes_on: bool, has_gone: bool, pen: &mut Pen<'_>) {
        let (glyphs, Area { x, y, width, .. }) = (pen.glyphs(), self.area);
        if goes_on {
            pen.write(x + width.saturating_sub(1), y, 1, glyphs.more_right, ThemeRole::Accent);
        }
        if has_gone {
            pen.write(x, y, 1, glyphs.more_left, ThemeRole::Accent);
        }
    }

    /// Where so many columns of the line stand, when all of them are on the screen.
    fn place(&self, column: usize, columns: usize) -> Option<u16> {
        let from = column.checked_sub(self.gone)?;
        let is_inside = from + columns <= usize::from(self.area.width);
        is_inside.then(|| u16::try_from(from).map_or(u16::MAX, |from| self.area.x.saturating_add(from)))
    }

    /// The columns of the line from one to another that are on the screen.
    fn part(&self, from: usize, to: usize) -> Option<Area> {
        let width = usize::from(self.area.width);
        let (from, to) = (from.saturating_sub(self.gone).min(width), to.saturating_sub(self.gone).min(width));
        let columns = u16::try_from(to - from).ok().filter(|columns| *columns > 0)?;
        Some(Area { x: self.area.x + u16::try_from(from).ok()?, width: columns, ..self.area })
    }

    fn link(&self, piece: &Piece, from: usize, to: usize, text: &Text, pen: &mut Pen<'_>) {
        let Some(number) = piece.link else { return };
        let link = text.article.text(text.version).links.get(number.wrapping_sub(1)).filter(|link| is_openable(&link.url));
        if let Some((link, Area { x, y, width, .. })) = link.zip(self.part(from, to)) {
            pen.link(Hyperlink { x, y, width, number, url: link.url.clone() });
        }
    }

    /// Marks what was found; the place that one is at in reversed ink.
    fn mark(&self, column: usize, columns: usize, is_here: bool, pen: &mut Pen<'_>) {
        let Some(area) = self.part(column, column + columns) else { return };
        let style = pen.style(ThemeRole::Found);
        pen.tint(area, if is_here { style.add_modifier(Modifier::REVERSED) } else { style });
    }
}

/// The style of a piece: its role's, and what the author emphasised.
fn style(piece: &Piece, pen: &Pen<'_>) -> Style {
    let part_of_code = |role| pen.style(ThemeRole::Code).patch(pen.style(role));
    let style = match piece.role {
        Role::Text => pen.style(ThemeRole::Text),
        Role::Heading => pen.style(ThemeRole::Heading),
        Role::Quote => pen.style(ThemeRole::Quote),
        Role::Code if piece.link.is_some() => part_of_code(ThemeRole::Link),
        Role::Code => pen.style(ThemeRole::Code),
        Role::Keyword => part_of_code(ThemeRole::Keyword),
        Role::Literal => part_of_code(ThemeRole::Literal),
        Role::Comment => part_of_code(ThemeRole::Comment),
        Role::Name => part_of_code(ThemeRole::Name),
        Role::CodeSign => code_sign(pen),
        Role::Caption => pen.style(ThemeRole::Caption),
        Role::Mark => pen.style(ThemeRole::Mark),
        Role::Link => pen.style(ThemeRole::Link),
    };
    let emphasis = [(piece.is_bold, Modifier::BOLD), (piece.is_italic, Modifier::ITALIC), (piece.is_struck, Modifier::CROSSED_OUT)];
    emphasis.into_iter().filter(|(is_set, _)| *is_set).fold(style, |style, (_, modifier)| style.add_modifier(modifier))
}

/// On a ground of its own code needs no sign: there they are air.
fn code_sign(pen: &Pen<'_>) -> Style {
    let code = pen.style(ThemeRole::Code);
    code.bg.map_or(pen.style(ThemeRole::Mark), |ground| code.fg(ground))
}
