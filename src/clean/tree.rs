//! The HTML tree as an arena: nodes are numbers, links between them are numbers, so nothing recurses and any node
//! moves in constant time. It knows nothing of what elements mean.

mod sink;
mod walk;

pub(super) use sink::parse;
#[cfg(test)]
pub(super) use walk::LOOKS;
pub(super) use walk::{Step, look};

/// The number of a node.
pub(super) type Id = usize;
/// The root, which every tree has.
pub(super) const ROOT: Id = 0;
/// Elements whose style says nothing: scripts show them, or something in their place.
pub(super) const SHOWN_LATER: &[&str] = &["img", "math"];

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    Root,
    Element { name: String, attributes: Vec<(String, String)> },
    Text(String),
}

#[derive(Debug)]
struct Node {
    data: Data,
    parent: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
    before: Option<Id>,
    after: Option<Id>,
}

/// A tree of elements and text.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    fn new() -> Tree {
        let mut tree = Tree { nodes: Vec::new() };
        tree.add(Data::Root);
        tree
    }

    /// A new node without a parent.
    fn add(&mut self, data: Data) -> Id {
        self.nodes.push(Node { data, parent: None, first: None, last: None, before: None, after: None });
        self.nodes.len() - 1
    }

    /// How many nodes there are, detached ones too; every number of a node is below it.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn element(&mut self, name: &str) -> Id {
        self.add(Data::Element { name: name.to_string(), attributes: Vec::new() })
    }

    pub(super) fn text_node(&mut self, text: &str) -> Id {
        self.add(Data::Text(text.to_string()))
    }

    /// The element's name in lower case; empty for text and the root.
    pub(super) fn name(&self, id: Id) -> &str {
        match &self.nodes[id].data {
            Data::Element { name, .. } => name,
            _ => "",
        }
    }

    pub(super) fn rename(&mut self, id: Id, new: &str) {
        if let Data::Element { name, .. } = &mut self.nodes[id].data {
            *name = new.to_string();
        }
    }

    pub(super) fn is(&self, id: Id, names: &[&str]) -> bool {
        names.contains(&self.name(id))
    }

    pub(super) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        let Data::Element { attributes, .. } = &self.nodes[id].data else { return None };
        attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }

    pub(super) fn set_attribute(&mut self, id: Id, wanted: &str, new: &str) {
        let Data::Element { attributes, .. } = &mut self.nodes[id].data else { return };
        match attributes.iter_mut().find(|(name, _)| name == wanted) {
            Some((_, value)) => *value = new.to_string(),
            None => attributes.push((wanted.to_string(), new.to_string())),
        }
    }

    pub(super) fn remove_attribute(&mut self, id: Id, unwanted: &str) {
        if let Data::Element { attributes, .. } = &mut self.nodes[id].data {
            attributes.retain(|(name, _)| name != unwanted);
        }
    }

    /// Class names as they are written.
    pub(super) fn classes(&self, id: Id) -> impl Iterator<Item = &str> {
        self.attribute(id, "class").unwrap_or_default().split_whitespace()
    }

    /// Whether one of its classes is one of these, whatever its case.
    pub(super) fn has_class(&self, id: Id, wanted: &[&str]) -> bool {
        self.classes(id).any(|class| wanted.iter().any(|known| known.eq_ignore_ascii_case(class)))
    }

    /// Whether the page does not show it.
    pub(super) fn is_hidden(&self, id: Id) -> bool {
        let says_so = self.attribute(id, "hidden").is_some_and(|value| value != "until-found");
        if says_so || self.is(id, SHOWN_LATER) {
            return says_so;
        }
        let style: String = self.attribute(id, "style").unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none")
            || style.contains("visibility:hidden")
            || self.attribute(id, "aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Whether an element asks for the letters of a typewriter.
    pub(super) fn is_monospaced(&self, id: Id) -> bool {
        let css = ["style", "face"].iter().filter_map(|name| self.attribute(id, name)).collect::<String>().to_ascii_lowercase();
        ["monospace", "courier", "consolas", "menlo"].iter().any(|font| css.contains(font))
    }

    /// The text of a text node.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match &self.nodes[id].data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn set_text(&mut self, id: Id, new: String) {
        if let Data::Text(text) = &mut self.nodes[id].data {
            *text = new;
        }
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.nodes[id].parent
    }

    pub(super) fn before(&self, id: Id) -> Option<Id> {
        self.nodes[id].before
    }

    pub(super) fn after(&self, id: Id) -> Option<Id> {
        self.nodes[id].after
    }

    pub(super) fn first(&self, id: Id) -> Option<Id> {
        self.nodes[id].first
    }

    pub(super) fn append(&mut self, parent: Id, child: Id) {
        self.detach(child);
        let last = self.nodes[parent].last.replace(child);
        self.nodes[child].parent = Some(parent);
        self.nodes[child].before = last;
        match last {
            Some(last) => self.nodes[last].after = Some(child),
            None => self.nodes[parent].first = Some(child),
        }
    }

    /// Puts a node before one that has a parent.
    pub(super) fn insert_before(&mut self, sibling: Id, new: Id) {
        self.detach(new);
        let Some(parent) = self.nodes[sibling].parent else { return };
        let before = self.nodes[sibling].before.replace(new);
        self.nodes[new].parent = Some(parent);
        self.nodes[new].before = before;
        self.nodes[new].after = Some(sibling);
        match before {
            Some(before) => self.nodes[before].after = Some(new),
            None => self.nodes[parent].first = Some(new),
        }
    }

    /// Takes a node, with all inside it, out of the tree.
    pub(super) fn detach(&mut self, id: Id) {
        let Some(parent) = self.nodes[id].parent.take() else { return };
        let (before, after) = (self.nodes[id].before.take(), self.nodes[id].after.take());
        match before {
            Some(before) => self.nodes[before].after = after,
            None => self.nodes[parent].first = after,
        }
        match after {
            Some(after) => self.nodes[after].before = before,
            None => self.nodes[parent].last = before,
        }
    }

    /// Puts a node's children in its place.
    pub(super) fn unwrap(&mut self, id: Id) {
        for child in self.children(id) {
            self.insert_before(id, child);
        }
        self.detach(id);
    }

    /// Puts a node in the place of another.
    pub(super) fn replace(&mut self, old: Id, new: Id) {
        self.insert_before(old, new);
        self.detach(old);
    }

    /// Puts the content of another tree in the place of a node.
    pub(super) fn graft(&mut self, id: Id, other: Tree) {
        let offset = self.nodes.len();
        for node in other.nodes {
            let moved = |id: Option<Id>| id.map(|id| id + offset);
            self.nodes.push(Node {
                data: node.data,
                parent: moved(node.parent),
                first: moved(node.first),
                last: moved(node.last),
                before: moved(node.before),
                after: moved(node.after),
            });
        }
        for child in self.children(offset + ROOT) {
            self.insert_before(id, child);
        }
        self.detach(id);
    }
}
