//! The lines set so far, and the margins that every new line begins with: indents, bullets, rules of quotes.

use std::borrow::Cow;

use super::measure::columns;
use crate::domain::setting::{Line, Piece, Role};

/// Columns of text that a margin must leave; a deeper one is not set.
const LEAST_TEXT: usize = 8;
/// Columns of the widest character there is.
const WIDEST_CHARACTER: usize = 2;

/// What one level of nesting puts before a line.
struct Margin {
    /// On its first line: a bullet, a number.
    first: Option<String>,
    rest: String,
    columns: usize,
}

pub(super) struct Sheet {
    width: usize,
    lines: Vec<Line>,
    margins: Vec<Margin>,
}

impl Sheet {
    pub(super) fn new(width: usize) -> Sheet {
        Sheet { width, lines: Vec::new(), margins: Vec::new() }
    }

    /// Columns left for text, at least 1.
    pub(super) fn room(&self) -> usize {
        self.width.saturating_sub(self.margins.iter().map(|margin| margin.columns).sum()).max(1)
    }

    /// Opens a level whose lines begin with `first` once and `rest` after that; both as wide. Without the room for it
    /// the mark stands on a line of its own text's start or is left out.
    pub(super) fn push_margin(&mut self, first: Option<&str>, rest: &str) {
        let wide = columns(rest).max(first.map_or(0, columns));
        let fits = self.room() >= wide + LEAST_TEXT.min(self.width / 2).max(WIDEST_CHARACTER);
        self.margins.push(match fits {
            true => Margin { first: first.map(str::to_string), rest: rest.to_string(), columns: wide },
            false => Margin { first: None, rest: String::new(), columns: 0 },
        });
    }

    pub(super) fn pop_margin(&mut self) {
        self.margins.pop();
    }

    /// Whether the next line is the first of a level: nothing stands between a bullet and its text.
    pub(super) fn is_at_mark(&self) -> bool {
        self.margins.iter().any(|margin| margin.first.is_some())
    }

    pub(super) fn push(&mut self, pieces: Vec<Piece>) {
        // one piece for all of them: deep lists have many lines
        let margin: String =
            self.margins.iter_mut().map(|margin| margin.first.take().map_or(Cow::Borrowed(margin.rest.as_str()), Cow::Owned)).collect();
        let mut line = Line::default();
        if !margin.is_empty() {
            line.pieces.push(Piece { text: margin, role: Role::Mark, ..Piece::default() });
        }
        if pieces.is_empty() {
            trim_end(&mut line);
        }
        line.pieces.extend(pieces);
        self.lines.push(line);
    }

    /// An empty line, if there is text above and no empty line yet.
    pub(super) fn gap(&mut self) {
        let is_blank =
            |line: &Line| line.pieces.iter().all(|piece| piece.role == Role::Mark && piece.text.trim_matches([' ', '│', '|']).is_empty());
        if !self.is_at_mark() && self.lines.last().is_some_and(|line| !is_blank(line)) {
            self.push(Vec::new());
        }
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Notes on the lines from `first` on how wide they are together, when that is wider than the measure.
    pub(super) fn widen_from(&mut self, first: usize) {
        let lines = self.lines.get_mut(first..).unwrap_or_default();
        let widest = lines.iter().map(|line| line.pieces.iter().map(|piece| columns(&piece.text)).sum()).max().unwrap_or(0);
        if widest > self.width {
            lines.iter_mut().for_each(|line| line.breadth = widest);
        }
    }

    /// Columns of the widest text of the lines from `first` on, at least 1.
    pub(super) fn widest_from(&self, first: usize) -> usize {
        let is_text = |piece: &&Piece| piece.role != Role::Mark || piece.link.is_some();
        let wide = |line: &Line| line.pieces.iter().filter(is_text).map(|piece| columns(&piece.text)).sum();
        self.lines.get(first..).unwrap_or_default().iter().map(wide).max().unwrap_or(0).max(1)
    }

    pub(super) fn finish(mut self) -> Vec<Line> {
        while self.lines.last().is_some_and(|line| line.text().trim().is_empty()) {
            self.lines.pop();
        }
        self.lines
    }
}

/// No spaces at the end of a line that has nothing but its margin.
fn trim_end(line: &mut Line) {
    while let Some(last) = line.pieces.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            return;
        }
        line.pieces.pop();
    }
}
