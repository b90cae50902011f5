//! Where each pane stands: a pure function of the size and what is asked for, used by `update` and by `ui`.

use crate::domain::setting::Fit;

/// A rectangle of cells, from the top left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

/// The largest screen that is drawn.
const WIDEST: u16 = 1000;
const HIGHEST: u16 = 500;
/// From this width list and text stand side by side.
const SIDE_BY_SIDE: u16 = 100;
/// From this width the list stands above the text.
const STACKED: u16 = 60;
/// Below this height one pane is shown at a time.
const STACKED_HEIGHT: u16 = 14;
/// From this height a list has air between its rows.
const AIRY_HEIGHT: u16 = 30;
/// Columns of the list beside the text, of a hundred.
const LIST_SHARE: u32 = 43;
/// Free columns on either side of the text, at least.
const MARGIN: u16 = 3;

/// How the panes stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    SideBySide,
    Stacked,
    OneAtATime,
}

/// The places of everything on the screen. Areas of no height or width are not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub arrangement: Arrangement,
    pub masthead: Area,
    pub tabs: Area,
    /// An empty row under the tabs.
    pub air: Area,
    pub list: Area,
    /// The rule between list and text: one column, or one row.
    pub rule: Area,
    pub text: Area,
    /// What is said of list and text, when they stand side by side.
    pub footer: Area,
    pub bottom: Area,
    /// Lines of one headline in the list, and empty lines behind it.
    pub row_lines: u16,
    pub row_gap: u16,
    /// Columns of running text inside `text`, and free columns before it.
    pub measure: u16,
    pub margin: u16,
    /// Columns of tables and code inside `text` that are wider than the measure.
    pub breadth: u16,
}

/// What of the preferences and the state the layout depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    pub is_text_only: bool,
    /// Whether there is nothing to read, so that a pane under the list would stay empty.
    pub is_list_only: bool,
    pub measure: u16,
    pub headline_lines: u16,
}

/// The columns and rows of a screen that are drawn; what is beyond them stays empty.
pub fn drawn(width: u16, height: u16) -> (u16, u16) {
    (width.min(WIDEST), height.min(HIGHEST))
}

/// The layout of a screen of `width` columns and `height` rows; defined for every size, down to nothing.
pub fn layout(width: u16, height: u16, wish: Wish) -> Layout {
    let arrangement = match (width, height) {
        (SIDE_BY_SIDE.., STACKED_HEIGHT..) => Arrangement::SideBySide,
        (STACKED.., STACKED_HEIGHT..) => Arrangement::Stacked,
        _ => Arrangement::OneAtATime,
    };
    let mut rest = Area { x: 0, y: 0, width, height };
    let masthead = rest.take_top(u16::from(arrangement != Arrangement::OneAtATime));
    let tabs = rest.take_top(u16::from(height >= 3));
    let air = rest.take_top(u16::from(height >= AIRY_HEIGHT && arrangement == Arrangement::SideBySide));
    let bottom = rest.take_bottom(u16::from(height >= 4));
    let footer = rest.take_bottom(u16::from(arrangement == Arrangement::SideBySide));
    let (list, rule, text) = panes(rest, arrangement, wish);
    let is_airy = height >= AIRY_HEIGHT && arrangement == Arrangement::SideBySide;
    let row_lines = match arrangement {
        Arrangement::SideBySide | Arrangement::OneAtATime if height > 8 => wish.headline_lines.clamp(1, 3),
        _ => 1,
    };
    let (measure, margin) = column(text.width, wish.measure);
    let breadth = text.width.saturating_sub(2 * u16::from(text.width > 10)).max(measure);
    let row_gap = u16::from(is_airy);
    Layout { arrangement, masthead, tabs, air, list, rule, text, footer, bottom, row_lines, row_gap, measure, margin, breadth }
}

fn panes(mut rest: Area, arrangement: Arrangement, wish: Wish) -> (Area, Area, Area) {
    let nothing = Area::default();
    match arrangement {
        _ if wish.is_text_only => (nothing, nothing, rest),
        Arrangement::OneAtATime => (rest, nothing, nothing),
        Arrangement::Stacked if wish.is_list_only => (rest, nothing, nothing),
        Arrangement::Stacked => {
            let list = rest.take_top(part(rest.height, 2, 5).max(3));
            let rule = rest.take_top(1);
            (list, rule, rest)
        }
        Arrangement::SideBySide => {
            let list = rest.take_left(part(rest.width, LIST_SHARE, 100));
            let rule = rest.take_left(1);
            (list, rule, rest)
        }
    }
}

/// `share` parts of `whole`.
fn part(length: u16, share: u32, whole: u32) -> u16 {
    u16::try_from(u32::from(length) * share / whole).unwrap_or(length)
}

/// The width of running text in a pane and its distance from the pane's left edge.
fn column(pane: u16, wanted: u16) -> (u16, u16) {
    let least = if pane >= 40 { MARGIN } else { u16::from(pane > 10) };
    let measure = wanted.min(pane.saturating_sub(2 * least)).max(1);
    (measure, (pane.saturating_sub(measure) / 2).max(least.min(pane)))
}

impl Area {
    pub fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    fn take_top(&mut self, rows: u16) -> Area {
        let rows = rows.min(self.height);
        let top = Area { height: rows, ..*self };
        self.y += rows;
        self.height -= rows;
        top
    }

    fn take_bottom(&mut self, rows: u16) -> Area {
        let rows = rows.min(self.height);
        self.height -= rows;
        Area { y: self.y + self.height, height: rows, ..*self }
    }

    fn take_left(&mut self, columns: u16) -> Area {
        let columns = columns.min(self.width);
        let left = Area { width: columns, ..*self };
        self.x += columns;
        self.width -= columns;
        left
    }
}

impl Layout {
    /// Whether a row of its own says what the list holds.
    pub fn tells_of_list(&self) -> bool {
        !self.footer.is_empty() || !self.rule.is_empty()
    }

    /// What a text is set for.
    pub fn fit(&self) -> Fit {
        Fit { measure: usize::from(self.measure), pane: usize::from(self.breadth) }
    }

    /// The inside of the list's pane, for sentences where there is no article.
    pub fn quiet(&self) -> Area {
        let margin = if self.list.width >= 30 { MARGIN } else { 1 }.min(self.list.width / 2);
        let air = u16::from(self.list.height > 6);
        Area { x: self.list.x + margin, y: self.list.y + air, width: self.list.width - 2 * margin, height: self.list.height - air }
    }

    /// Rows of the list that are wholly visible, at least one.
    pub fn rows_visible(&self) -> usize {
        usize::from(((self.list.height + self.row_gap) / (self.row_lines + self.row_gap)).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WISH: Wish = Wish { is_text_only: false, is_list_only: false, measure: 72, headline_lines: 2 };

    #[test]
    fn panes_follow_the_width() {
        let check = |width, height, expected| assert_eq!(layout(width, height, WISH).arrangement, expected, "{width}x{height}");
        check(120, 40, Arrangement::SideBySide);
        check(100, 24, Arrangement::SideBySide);
        check(99, 40, Arrangement::Stacked);
        check(80, 24, Arrangement::Stacked);
        check(60, 14, Arrangement::Stacked);
        check(59, 40, Arrangement::OneAtATime);
        check(120, 10, Arrangement::OneAtATime);
        check(20, 5, Arrangement::OneAtATime);
    }

    #[test]
    fn no_area_leaves_the_screen_and_none_overlap_at_any_size() {
        let large = [(2000, 600, false), (u16::MAX, u16::MAX, false)];
        for (width, height, is_text_only) in
            large.into_iter().chain((0..180).step_by(3).flat_map(|w| (0..60).flat_map(move |h| [(w, h, false), (w, h, true)])))
        {
            let l = layout(width, height, Wish { is_text_only, ..WISH });
            let areas = [l.air, l.masthead, l.tabs, l.list, l.rule, l.text, l.footer, l.bottom];
            let cells: u32 = areas.iter().map(|a| u32::from(a.width) * u32::from(a.height)).sum();
            assert_eq!(cells, u32::from(width) * u32::from(height), "{width}x{height}");
            assert!(areas.iter().all(|a| a.x + a.width <= width && a.y + a.height <= height), "{width}x{height}");
            assert!(l.measure >= 1 && l.margin + l.measure <= l.text.width.max(1), "{width}x{height} {l:?}");
        }
    }
}
