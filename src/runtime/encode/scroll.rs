//! Rows that moved up or down together, as those of a list or a text do: the terminal can move them itself, which costs
//! some twenty bytes instead of all that stands in them. Finds the move; knows nothing of styles.

use std::io::Write;

use ratatui::buffer::{Buffer, Cell};

use super::super::picture::Picture;
use super::{SHORTEST_ERASURE as ERASURE, is_bare, looks_the_same};

/// The most rows that something is looked for from its place.
const FARTHEST: u16 = 24;
/// Characters that a move must save; its own bytes are fewer.
const LEAST_SAVED: i32 = 40;

/// The rows `top..=bottom` move by `by` rows, up or down; blank ones come in at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scroll {
    top: u16,
    bottom: u16,
    by: u16,
    is_up: bool,
}

impl Scroll {
    /// The move that saves most, if any is worth its bytes. The pictures are of one size.
    pub fn find(before: &Buffer, after: &Buffer) -> Option<Scroll> {
        let blank = Buffer::empty(after.area);
        let costs: Vec<(i32, i32)> = (0..after.area.height).map(|y| (cost(before, after, y), cost(&blank, after, y))).collect();
        if costs.iter().map(|(changed, _)| changed).sum::<i32>() < LEAST_SAVED {
            return None;
        }
        let moves = (1..=FARTHEST.min(after.area.height.saturating_sub(1))).flat_map(|by| [(by, true), (by, false)]);
        let (before, after) = (Rows::of(before), Rows::of(after));
        let found = moves.flat_map(|(by, is_up)| runs(&before, &after, by, is_up));
        let best = found.max_by_key(|scroll| scroll.saves(&costs))?;
        (best.saves(&costs) >= LEAST_SAVED).then_some(best)
    }

    /// What need not be written any more, less what must be written instead.
    fn saves(self, costs: &[(i32, i32)]) -> i32 {
        let comes_in = if self.is_up { self.bottom + 1 - self.by..self.bottom + 1 } else { self.top..self.top + self.by };
        let rows = self.top..=self.bottom;
        rows.filter_map(|y| {
            costs.get(usize::from(y)).map(|(changed, written)| if comes_in.contains(&y) { changed - written } else { *changed })
        })
        .sum()
    }

    /// The bytes: a region, one line feed or reverse line feed a row at its edge, and no region. The cursor is elsewhere then.
    pub fn write(self, out: &mut Vec<u8>) {
        let (edge, feed) = if self.is_up { (self.bottom, "\n") } else { (self.top, "\x1bM") };
        // Writing to a vector cannot fail.
        let _ = write!(out, "\x1b[{};{}r\x1b[{}H{}\x1b[r", self.top + 1, self.bottom + 1, edge + 1, feed.repeat(usize::from(self.by)));
    }

    /// What the terminal shows after it.
    pub fn of(self, before: &Picture) -> Picture {
        let mut moved = Buffer::clone(before);
        let comes_from = |y: u16| {
            let from = if self.is_up { y.checked_add(self.by) } else { y.checked_sub(self.by) };
            from.filter(|from| (self.top..=self.bottom).contains(from))
        };
        for y in self.top..=self.bottom {
            let from = comes_from(y);
            for x in 0..before.area.width {
                moved[(x, y)] = from.map_or_else(Cell::default, |from| before[(x, from)].clone());
            }
        }
        before.moved(moved, |y| if (self.top..=self.bottom).contains(&y) { comes_from(y) } else { Some(y) })
    }
}

/// What a row costs, roughly: a byte for each character that is another, and little for any number of blanks.
fn cost(before: &Buffer, after: &Buffer, y: u16) -> i32 {
    let changed = row(before, y).zip(row(after, y)).filter(|(one, other)| !looks_the_same(one, other));
    let (blanks, characters): (Vec<_>, Vec<_>) = changed.partition(|(_, cell)| is_bare(cell));
    i32::try_from(characters.len() + blanks.len().min(ERASURE)).unwrap_or(i32::MAX)
}

/// A picture with a digest of the characters of each row, as nearly all pairs of rows differ in those.
struct Rows<'a> {
    picture: &'a Buffer,
    digests: Vec<u64>,
}

impl<'a> Rows<'a> {
    fn of(picture: &'a Buffer) -> Rows<'a> {
        // FNV-1a.
        let add = |digest: u64, byte: u8| (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let digest = |y| row(picture, y).flat_map(|cell| cell.symbol().bytes()).fold(0xcbf2_9ce4_8422_2325, add);
        Rows { picture, digests: (0..picture.area.height).map(digest).collect() }
    }

    fn look_the_same(&self, y: u16, other: &Rows<'_>, other_y: u16) -> bool {
        self.digests.get(usize::from(y)) == other.digests.get(usize::from(other_y))
            && row(self.picture, y).zip(row(other.picture, other_y)).all(|(one, other)| looks_the_same(one, other))
    }
}

fn row(picture: &Buffer, y: u16) -> std::slice::Iter<'_, Cell> {
    let width = usize::from(picture.area.width);
    picture.content().get(usize::from(y) * width..).unwrap_or_default().get(..width).unwrap_or_default().iter()
}

/// The runs of rows that stand `by` rows from where they stood, each with the rows that it uncovers.
fn runs(before: &Rows<'_>, after: &Rows<'_>, by: u16, is_up: bool) -> Vec<Scroll> {
    let is_moved = |y: u16| {
        let (from, to) = if is_up { (y + by, y) } else { (y, y + by) };
        before.look_the_same(from, after, to)
    };
    let mut runs: Vec<Scroll> = Vec::new();
    for y in (0..after.picture.area.height.saturating_sub(by)).filter(|y| is_moved(*y)) {
        match runs.last_mut() {
            Some(run) if run.bottom + 1 == y + by => run.bottom = y + by,
            _ => runs.push(Scroll { top: y, bottom: y + by, by, is_up }),
        }
    }
    runs
}
