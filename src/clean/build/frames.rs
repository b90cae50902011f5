//! What is open around the text that is being read: lists, quotes, figures; and what each becomes when it ends.

use super::line::joined;
use crate::clean::tree::Id;
use crate::domain::document::{Block, Span};
use crate::domain::numbering::Numbering;

pub(super) enum Kind {
    /// The text itself, an entry of a list, a term.
    Blocks,
    Quote,
    List {
        ordered: bool,
        start: i64,
        reversed: bool,
        numbering: Numbering,
        items: Vec<Vec<Block>>,
    },
    /// What a term means: it joins the entry of the term.
    Definition,
    Figure {
        caption: Vec<Span>,
    },
    Caption,
}

pub(super) struct Frame {
    /// The element that opened it.
    pub id: Id,
    pub kind: Kind,
    pub blocks: Vec<Block>,
}

impl Frame {
    pub(super) fn new(id: Id, kind: Kind) -> Frame {
        Frame { id, kind, blocks: Vec::new() }
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List { .. })
    }

    /// Whether it counts for how deep the text is nested.
    pub(super) fn is_nesting(&self) -> bool {
        matches!(self.kind, Kind::List { .. } | Kind::Quote | Kind::Figure { .. })
    }

    pub(super) fn push(&mut self, block: Block) {
        match &mut self.kind {
            Kind::List { items, .. } => match items.last_mut() {
                Some(item) => item.push(block),
                None => items.push(vec![block]),
            },
            _ => self.blocks.push(block),
        }
    }

    /// Ends it inside what is around it.
    pub(super) fn close_into(self, parent: &mut Frame) {
        match self.kind {
            Kind::Blocks => parent.take_item(self.blocks),
            Kind::Quote => parent.push(Block::Quote { blocks: self.blocks }),
            Kind::List { ordered, start, reversed, numbering, items } => {
                parent.push(Block::List { ordered, start, reversed, numbering, items })
            }
            Kind::Definition => parent.take_definition(self.blocks),
            Kind::Figure { caption } => parent.take_figure(self.blocks, caption),
            Kind::Caption => parent.take_caption(joined(self.blocks)),
        }
    }

    fn take_item(&mut self, mut blocks: Vec<Block>) {
        match &mut self.kind {
            Kind::List { items, .. } => items.push(blocks),
            _ => self.blocks.append(&mut blocks),
        }
    }

    /// Text before the first term explains none: such a list is one like others.
    fn take_definition(&mut self, mut blocks: Vec<Block>) {
        let Kind::List { items, numbering, .. } = &mut self.kind else { return self.blocks.append(&mut blocks) };
        match items.last_mut() {
            Some(item) => item.append(&mut blocks),
            None => {
                *numbering = Numbering::default();
                items.push(blocks);
            }
        }
    }

    fn take_figure(&mut self, blocks: Vec<Block>, caption: Vec<Span>) {
        blocks.into_iter().for_each(|block| self.push(block));
        self.take_caption(caption);
    }

    /// A caption belongs to the picture before it, waits for one in a figure, or is a paragraph.
    fn take_caption(&mut self, mut spans: Vec<Span>) {
        if spans.is_empty() {
            return;
        }
        let last = match &mut self.kind {
            Kind::List { items, .. } => items.last_mut().and_then(|item| item.last_mut()),
            _ => self.blocks.last_mut(),
        };
        if let Some(Block::Image { caption, .. }) = last {
            *caption = spans;
        } else if let Kind::Figure { caption } = &mut self.kind {
            caption.append(&mut spans);
        } else {
            self.push(Block::Paragraph { text: spans });
        }
    }
}
