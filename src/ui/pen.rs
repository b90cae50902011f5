//! Writing text into the buffer, cut to its area, in the roles of the theme. The only place that touches cells.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::glyphs::{ASCII, Glyphs, UNICODE};
use crate::app::layout::Area;
use crate::domain::columns::columns;
use crate::domain::plain_text::plain_character;
use crate::domain::theme::{Colour, Theme, ThemeRole};

/// Columns beside something that covers the middle of the screen; of fewer nothing can be read.
const LEAST_BESIDE: u16 = 24;

/// A buffer with a theme, and the links that stand in it.
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    is_ascii: bool,
    links: Vec<Hyperlink>,
}

/// Cells of one row that belong to a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hyperlink {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    /// The same for all cells of a link, on however many rows.
    pub number: usize,
    /// See [`crate::domain::address::is_openable`].
    pub url: String,
}

impl<'a> Pen<'a> {
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, is_ascii: bool) -> Pen<'a> {
        Pen { buffer, theme, is_ascii, links: Vec::new() }
    }

    /// Notes that cells are part of a link.
    pub fn link(&mut self, link: Hyperlink) {
        self.links.push(link);
    }

    /// The links that were noted.
    pub fn into_links(self) -> Vec<Hyperlink> {
        self.links
    }

    pub fn is_ascii(&self) -> bool {
        self.is_ascii
    }

    pub fn glyphs(&self) -> Glyphs {
        if self.is_ascii { ASCII } else { UNICODE }
    }

    /// The style of a role, in the terms of the terminal.
    pub fn style(&self, role: ThemeRole) -> Style {
        let own = self.theme.style(role);
        let modifiers = [
            (own.is_bold, Modifier::BOLD),
            (own.is_dim, Modifier::DIM),
            (own.is_italic, Modifier::ITALIC),
            (own.is_underlined, Modifier::UNDERLINED),
            (own.is_reversed, Modifier::REVERSED),
        ];
        let faint = if own.is_dim { Modifier::empty() } else { Modifier::DIM };
        let style = Style { sub_modifier: faint, fg: own.foreground.map(colour), bg: own.background.map(colour), ..Style::default() };
        modifiers.into_iter().filter(|(is_set, _)| *is_set).fold(style, |style, (_, modifier)| style.add_modifier(modifier))
    }

    /// Lays the look of what is under the cursor over a row that is drawn, with a bar at its edge. A ground of its own fills the
    /// row; else only the `used` columns behind the gutter stand out, as more would cost a slow line too much.
    pub fn select(&mut self, row: Area, gutter: u16, used: u16) {
        let style = self.style(ThemeRole::Selected);
        let is_reversed = style.add_modifier.contains(Modifier::REVERSED);
        let ink = style.fg.or(self.style(ThemeRole::Text).fg).unwrap_or(Color::Reset);
        let words = Area { x: row.x + gutter, width: used.min(row.width.saturating_sub(gutter)), ..row };
        // coloured ink would become patches of another paper
        self.tint(if style.bg.is_some() { row } else { words }, if is_reversed { style.fg(ink) } else { style });
        let bar = self.style(ThemeRole::Accent).remove_modifier(Modifier::REVERSED);
        self.write_styled(row.x, row.y, 1, self.glyphs().selected, bar);
    }

    /// Empties the whole screen in the theme's ink and paper.
    pub fn clear(&mut self) {
        let style = self.style(ThemeRole::Text);
        self.buffer.reset();
        self.buffer.set_style(self.buffer.area, style);
    }

    /// Empties an area in a role.
    pub fn fill(&mut self, area: Area, role: ThemeRole) {
        let style = self.style(role);
        for (x, y) in cells(area) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
            self.mend_left_of(x, y);
        }
    }

    /// Lays a style over what stands in an area already.
    pub fn tint(&mut self, area: Area, style: Style) {
        for (x, y) in cells(area) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                cell.set_style(style);
            }
        }
    }

    /// Dims what stands in an area, all of it alike.
    pub fn quieten(&mut self, area: Area) {
        let style = self.style(ThemeRole::Text).patch(self.style(ThemeRole::Dim));
        for (x, y) in cells(area) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                let symbol = std::mem::take(&mut *cell).symbol().to_string();
                cell.set_symbol(&symbol).set_style(style);
            }
        }
    }

    /// Empties what stands beside an area and is cut by it: words, or all of it where there is little more than that.
    pub fn clear_cut_words(&mut self, area: Area) {
        let right = area.x.saturating_add(area.width);
        if area.x < LEAST_BESIDE {
            self.fill(Area { x: 0, width: area.x, ..area }, ThemeRole::Text);
            return self.fill(Area { x: right, width: self.buffer.area.width.saturating_sub(right), ..area }, ThemeRole::Text);
        }
        for y in area.y..area.y.saturating_add(area.height) {
            self.clear_word((0..area.x).rev().map(|x| (x, y)));
            self.clear_word((right..self.buffer.area.width).map(|x| (x, y)));
        }
    }

    fn clear_word(&mut self, places: impl Iterator<Item = (u16, u16)>) {
        for place in places {
            match self.buffer.cell_mut(place).filter(|cell| cell.symbol() != " ") {
                Some(cell) => drop(cell.set_symbol(" ")),
                None => return,
            }
        }
    }

    /// Writes text from (x, y) into at most `width` columns; returns the columns used.
    pub fn write(&mut self, x: u16, y: u16, width: u16, text: &str, role: ThemeRole) -> u16 {
        let style = self.style(role);
        self.write_styled(x, y, width, text, style)
    }

    /// The same in a style of its own.
    pub fn write_styled(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let mut used = 0;
        for cluster in text.graphemes(true) {
            let cluster = printable(cluster, self.is_ascii);
            let columns = u16::try_from(columns(cluster)).unwrap_or(0);
            if columns == 0 {
                continue;
            }
            if used + columns > width || !self.put(x.saturating_add(used), y, columns, cluster, style) {
                break;
            }
            used += columns;
        }
        used
    }

    /// Puts one character; false when it does not lie on the screen.
    fn put(&mut self, x: u16, y: u16, columns: u16, cluster: &str, style: Style) -> bool {
        let is_inside = x.checked_add(columns).is_some_and(|end| end <= self.buffer.area.right());
        let Some(cell) = self.buffer.cell_mut((x, y)).filter(|_| is_inside) else { return false };
        cell.set_symbol(cluster).set_style(style);
        self.mend_left_of(x, y);
        for extra in 1..columns {
            if let Some(cell) = self.buffer.cell_mut((x + extra, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
        true
    }

    /// Empties a wide character whose second half has just been written over.
    fn mend_left_of(&mut self, x: u16, y: u16) {
        if let Some(lead) = x.checked_sub(1).and_then(|left| self.buffer.cell_mut((left, y))).filter(|cell| columns(cell.symbol()) > 1) {
            lead.set_symbol(" ");
        }
    }

    /// Writes text so that it ends at the right edge of an area's first row; returns the columns used.
    pub fn write_right(&mut self, area: Area, text: &str, role: ThemeRole) -> u16 {
        let width = u16::try_from(columns(text)).unwrap_or(u16::MAX).min(area.width);
        self.write(area.x + area.width - width, area.y, width, text, role)
    }

    /// Columns of a text as it is written here.
    pub fn width(&self, text: &str) -> u16 {
        u16::try_from(columns(text)).unwrap_or(u16::MAX)
    }
}

/// The character itself; in ASCII as much of its plain form as fits where it stood. Texts that may grow became plain before
/// they were laid out.
fn printable(cluster: &str, is_ascii: bool) -> &str {
    if !is_ascii || cluster.is_ascii() {
        return cluster;
    }
    let plain = cluster.chars().next().map_or("", plain_character);
    match (columns(cluster), plain.len()) {
        (2, 2..) => &plain[..2],
        (1, 1..) => &plain[..1],
        (2, _) => "??",
        _ => "?",
    }
}

fn cells(area: Area) -> impl Iterator<Item = (u16, u16)> {
    (area.y..area.y.saturating_add(area.height)).flat_map(move |y| (area.x..area.x.saturating_add(area.width)).map(move |x| (x, y)))
}

fn colour(colour: Colour) -> Color {
    match colour {
        Colour::Terminal(number) => Color::Indexed(number),
        Colour::Fixed(red, green, blue) => Color::Rgb(red, green, blue),
    }
}
