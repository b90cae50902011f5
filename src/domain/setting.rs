//! A document set to a width: lines of styled pieces, ready to be drawn or printed without further thought.

/// A text set at one width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    pub fit: Fit,
    pub lines: Vec<Line>,
}

/// The columns that a text is set for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fit {
    /// No line of running text is wider.
    pub measure: usize,
    /// What a table may take instead, and from where on code is scrolled sideways; the measure where nothing may leave it.
    pub pane: usize,
}

/// One line of a setting; empty between blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub pieces: Vec<Piece>,
    /// Columns of the table or the code that this line belongs to, when that is wider than the measure; else 0.
    pub breadth: usize,
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
    /// Parts of code.
    Keyword,
    /// Strings, numbers, constants.
    Literal,
    Comment,
    /// What is defined or called.
    Name,
    /// Our own signs of code: the marks around a word of it, the rule beside a block.
    CodeSign,
    Caption,
    /// Bullets, numbers, rules of quotes and tables, marks of links: quieter than text.
    Mark,
    Link,
}

impl Role {
    /// Whether this is code or a part of it.
    pub fn is_code(self) -> bool {
        matches!(self, Role::Code | Role::Keyword | Role::Literal | Role::Comment | Role::Name)
    }

    /// Whether this is a sign that typesetting added, and no part of the text.
    pub fn is_sign(self) -> bool {
        matches!(self, Role::Mark | Role::CodeSign)
    }
}

impl Fit {
    /// One that nothing leaves.
    pub fn within(measure: usize) -> Fit {
        Fit { measure, pane: measure }
    }
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
