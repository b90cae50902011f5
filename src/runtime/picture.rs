//! What is shown at one moment: cells, and which of them are links. Made once, then only read.

use std::ops::{Deref, DerefMut};

use ratatui::buffer::Buffer;

use crate::ui::Hyperlink;

/// Links of one picture at most; what is beyond has no link.
const MOST_LINKS: usize = 1000;

/// A screen full of cells with their links.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    cells: Buffer,
    /// For each cell the place of its link in `openings`, from 1, or 0; empty when no cell has one.
    marks: Vec<u16>,
    /// What opens each link (OSC 8): an id that is the same for all its cells, and its address.
    openings: Vec<String>,
}

impl Picture {
    pub fn new(cells: Buffer, links: Vec<Hyperlink>) -> Picture {
        let mut picture = Picture { cells, ..Picture::default() };
        for link in links {
            picture.add(&link);
        }
        picture
    }

    fn add(&mut self, link: &Hyperlink) {
        let opening = format!("\x1b]8;id={};{}\x1b\\", link.number, link.url);
        let known = self.openings.iter().rposition(|known| *known == opening);
        let place = known.unwrap_or_else(|| {
            self.openings.push(opening);
            self.openings.len() - 1
        });
        let Some(mark) = u16::try_from(place + 1).ok().filter(|_| place < MOST_LINKS) else { return };
        self.marks.resize(self.cells.content().len(), 0);
        let start = usize::from(link.y) * usize::from(self.cells.area.width) + usize::from(link.x);
        self.marks.iter_mut().skip(start).take(usize::from(link.width)).for_each(|cell| *cell = mark);
    }

    /// What opens the link of a cell.
    pub(super) fn opening(&self, x: u16, y: u16) -> Option<&str> {
        let at = usize::from(y) * usize::from(self.cells.area.width) + usize::from(x);
        let mark = self.marks.get(at).copied().filter(|mark| *mark > 0)?;
        self.openings.get(usize::from(mark) - 1).map(String::as_str)
    }

    /// Other cells with the same links, each row's taken from another row or from none.
    pub(super) fn moved(&self, cells: Buffer, from: impl Fn(u16) -> Option<u16>) -> Picture {
        let width = usize::from(self.cells.area.width);
        let row = |y: u16| from(y).and_then(|y| self.marks.chunks(width.max(1)).nth(usize::from(y)));
        let rows = (0..self.cells.area.height).filter(|_| !self.marks.is_empty());
        let marks = rows.flat_map(|y| row(y).map_or_else(|| vec![0; width], <[u16]>::to_vec)).collect();
        Picture { cells, marks, openings: self.openings.clone() }
    }

    /// The same links over other cells.
    pub fn with_cells(&self, cells: Buffer) -> Picture {
        Picture { cells, ..self.clone() }
    }
}

impl From<Buffer> for Picture {
    fn from(cells: Buffer) -> Picture {
        Picture { cells, ..Picture::default() }
    }
}

impl Deref for Picture {
    type Target = Buffer;

    fn deref(&self) -> &Buffer {
        &self.cells
    }
}

impl DerefMut for Picture {
    fn deref_mut(&mut self) -> &mut Buffer {
        &mut self.cells
    }
}
