//! Ways through the tree, none of them recursive.

#[cfg(test)]
use super::Data;
use super::{Id, ROOT, Tree};

#[cfg(test)]
thread_local! {
    /// Nodes and runs of text that were looked at on this thread.
    pub(in crate::clean) static LOOKS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts a look at a node or a run, for the tests that hold cleaning to what it may cost.
#[inline]
pub(in crate::clean) fn look() {
    #[cfg(test)]
    LOOKS.set(LOOKS.get() + 1);
}

/// One step of a walk: into a node, or out of it after its children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::clean) enum Step {
    Into(Id),
    OutOf(Id),
}

impl Tree {
    pub(in crate::clean) fn children(&self, id: Id) -> Vec<Id> {
        self.siblings(self.nodes[id].first).collect()
    }

    /// A node and those after it beside it.
    fn siblings(&self, first: Option<Id>) -> impl Iterator<Item = Id> {
        std::iter::successors(first, |child| self.nodes[*child].after).inspect(|_| look())
    }

    pub(in crate::clean) fn child_elements(&self, id: Id) -> Vec<Id> {
        self.children(id).into_iter().filter(|child| !self.name(*child).is_empty()).collect()
    }

    pub(in crate::clean) fn first_element(&self, id: Id) -> Option<Id> {
        self.siblings(self.nodes[id].first).find(|child| !self.name(*child).is_empty())
    }

    /// The next element beside a node.
    pub(in crate::clean) fn element_after(&self, id: Id) -> Option<Id> {
        self.siblings(self.nodes[id].after).find(|next| !self.name(*next).is_empty())
    }

    pub(in crate::clean) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.nodes[id].parent, |parent| self.nodes[*parent].parent)
    }

    /// The step after `step` in a walk that began at `top`; `skip` passes over the children of a node just entered.
    pub(in crate::clean) fn next(&self, top: Id, step: Step, skip: bool) -> Option<Step> {
        look();
        match step {
            Step::Into(id) => Some(self.nodes[id].first.filter(|_| !skip).map_or(Step::OutOf(id), Step::Into)),
            Step::OutOf(id) if id == top => None,
            Step::OutOf(id) => Some(match self.nodes[id].after {
                Some(after) => Step::Into(after),
                None => Step::OutOf(self.nodes[id].parent?),
            }),
        }
    }

    /// Everything inside a node, in the order of the text.
    pub(in crate::clean) fn descendants(&self, top: Id) -> impl Iterator<Item = Id> {
        let steps = std::iter::successors(Some(Step::Into(top)), move |step| self.next(top, *step, false));
        steps.filter_map(|step| if let Step::Into(id) = step { Some(id) } else { None }).skip(1)
    }

    /// Every element of the tree, in the order of the text. What is detached later is still in it.
    pub(in crate::clean) fn elements(&self) -> Vec<Id> {
        self.descendants(ROOT).filter(|id| !self.name(*id).is_empty()).collect()
    }

    pub(in crate::clean) fn texts(&self) -> Vec<Id> {
        self.descendants(ROOT).filter(|id| self.text(*id).is_some()).collect()
    }

    /// The text inside a node as it stands, at most `limit` bytes and the rest of the text node that reaches it.
    pub(in crate::clean) fn inner_text(&self, id: Id, limit: usize) -> String {
        let mut out = String::new();
        let own = self.text(id).is_some().then_some(id);
        for text in own.into_iter().chain(self.descendants(id)).filter_map(|id| self.text(id)) {
            out.push_str(text);
            if out.len() >= limit {
                break;
            }
        }
        out
    }

    /// For each node what it says itself, joined with what all inside it say; in one walk.
    pub(in crate::clean) fn sums<T: Copy + Default>(&self, own: impl Fn(Id) -> T, join: impl Fn(T, T) -> T) -> Vec<T> {
        let mut sums = vec![T::default(); self.nodes.len()];
        let mut step = Some(Step::Into(ROOT));
        while let Some(now) = step {
            if let Step::OutOf(id) = now {
                sums[id] = join(sums[id], own(id));
                if let Some(parent) = self.nodes[id].parent {
                    sums[parent] = join(sums[parent], sums[id]);
                }
            }
            step = self.next(ROOT, now, false);
        }
        sums
    }

    /// How many bytes of text are inside each node.
    pub(in crate::clean) fn text_lengths(&self) -> Vec<usize> {
        self.sums(|id| self.text(id).map_or(0, str::len), |one, other| one + other)
    }

    /// The text inside a node that is at most so many bytes, in as many nodes or a few more.
    pub(in crate::clean) fn short_text(&self, id: Id, most: usize) -> Option<String> {
        let mut out = String::new();
        for (number, text) in self.descendants(id).enumerate() {
            out.push_str(self.text(text).unwrap_or_default());
            if out.len() > most || number > most {
                return None;
            }
        }
        Some(out)
    }

    /// Whether a node stands in code or other text whose white space counts.
    pub(in crate::clean) fn is_in_code(&self, id: Id) -> bool {
        self.ancestors(id).any(|ancestor| self.is(ancestor, &["pre", "code", "kbd", "samp", "tt", "listing", "xmp", "textarea"]))
    }
}

#[cfg(test)]
impl Tree {
    /// The tree as compact HTML, for the tests of the steps.
    pub(in crate::clean) fn outline(&self) -> String {
        let mut out = String::new();
        let mut step = self.next(ROOT, Step::Into(ROOT), false);
        while let Some(now) = step {
            match now {
                Step::Into(id) => match &self.nodes[id].data {
                    Data::Text(text) => out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
                    Data::Element { name, attributes } => {
                        let attributes: String = attributes.iter().map(|(name, value)| format!(" {name}=\"{value}\"")).collect();
                        out.push_str(&format!("<{name}{attributes}>"));
                    }
                    Data::Root => {}
                },
                Step::OutOf(id) if self.is(id, &["", "br", "img", "hr"]) => {}
                Step::OutOf(id) => out.push_str(&format!("</{}>", self.name(id))),
            }
            step = self.next(ROOT, now, false);
        }
        out
    }
}
