//! A document to lines of styled pieces at one width. Pure and in time linear in the text; it knows no colours and no
//! terminal, only columns. No line is ever wider than asked.

mod blocks;
mod code;
mod columns;
mod glyphs;
mod measure;
mod paragraph;
mod sheet;
mod table;

use std::collections::HashMap;

use crate::domain::document::Document;
use crate::domain::setting::Setting;
use blocks::Setter;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Columns that no line exceeds, from 1.
    pub width: usize,
    pub links: LinkMarks,
    /// Whether signs of our own, quotes, dashes and the like are plain ASCII.
    pub is_ascii: bool,
}

/// Whether a link is followed by its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkMarks {
    None,
    /// `[3]` after the text of the third link of the document.
    #[default]
    Numbered,
}

/// Sets a document. A `width` of 0 is taken for 1; a character that is wider than the room it has becomes `?`.
pub fn set(document: &Document, options: &Options) -> Setting {
    let options = Options { width: options.width.max(1), ..*options };
    let numbers: HashMap<&str, usize> = document.links.iter().enumerate().rev().map(|(at, link)| (link.url.as_str(), at + 1)).collect();
    let mut setter = Setter::new(&options, &numbers);
    setter.set_blocks(&document.blocks);
    Setting { width: options.width, lines: setter.finish() }
}
