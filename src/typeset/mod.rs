//! A document to lines of styled pieces at one width. Pure and in time linear in the text; it knows no colours and no
//! terminal, only columns. No line is ever wider than asked, but for tables and code where a pane is given.

mod blocks;
mod code;
mod columns;
mod even;
mod glyphs;
mod highlight;
mod languages;
mod measure;
mod paragraph;
mod phrases;
mod sheet;
mod table;

use std::collections::HashMap;

use crate::domain::document::Document;
use crate::domain::setting::{Fit, Setting};
use blocks::Setter;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Columns that no line exceeds, from 1, but tables and code where the pane is wider.
    pub fit: Fit,
    pub links: LinkMarks,
    /// Whether signs of our own, quotes, dashes and the like are plain ASCII.
    pub is_ascii: bool,
    /// Whether it is for a screen: code is told apart into keywords, literals and the like, and signs that need no colour tell code
    /// and headings apart from text and from each other.
    pub is_for_screen: bool,
}

impl Options {
    /// For a page that nothing leaves, without the signs of a screen.
    pub fn within(width: usize, links: LinkMarks) -> Options {
        Options { fit: Fit::within(width), links, is_ascii: false, is_for_screen: false }
    }
}

/// Whether a link is followed by its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkMarks {
    None,
    /// `[3]` after the text of the third link of the document.
    #[default]
    Numbered,
}

/// Sets a document. A measure of 0 is taken for 1; a character that is wider than the room it has becomes `?`.
pub fn set(document: &Document, options: &Options) -> Setting {
    let measure = options.fit.measure.max(1);
    let options = Options { fit: Fit { measure, pane: options.fit.pane.max(measure) }, ..*options };
    let numbers: HashMap<&str, usize> = document.links.iter().enumerate().rev().map(|(at, link)| (link.url.as_str(), at + 1)).collect();
    let mut setter = Setter::new(&options, &numbers);
    setter.set_blocks(&document.blocks);
    Setting { fit: options.fit, lines: setter.finish() }
}
