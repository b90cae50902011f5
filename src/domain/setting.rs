//! A document set to a width: lines of styled pieces, ready to be drawn or printed without further thought.

/// A text set at one width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Columns that it was set for; no line is wider.
    pub width: usize,
    pub lines: Vec<Line>,
}

/// One line of a setting; empty between blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub pieces: Vec<Piece>,
}

/// A run of text in one style. Its text is clean: it came from a [`super::clean_text::CleanText`] or from us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub role: Role,
    pub is_bold: bool,
    pub is_italic: bool,
    pub is_struck: bool,
    /// The number of the link that this run belongs to, from 1.
    pub link: Option<usize>,
}

/// What a piece is; a theme decides how that looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    #[default]
    Text,
    Heading,
    Quote,
    Code,
    Caption,
    /// Bullets, numbers, rules of quotes and tables, marks of links: quieter than text.
    Mark,
    Link,
}

impl Line {
    /// The line without its styles.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

impl Setting {
    /// The text without its styles, each line ended, no spaces at line ends.
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{}\n", line.text().trim_end())).collect()
    }
}
