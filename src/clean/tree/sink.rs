//! Takes what html5ever reads into the arena. The text has been through the fence first.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_fragment};

use super::{Data, Id, ROOT, Tree};

/// Reads fenced HTML as the content of a body.
pub(in crate::clean) fn parse(fenced: &str) -> Tree {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let context = QualName::new(None, ns!(html), local_name!("body"));
    let sink = Sink { tree: RefCell::new(Tree::new()) };
    parse_fragment(sink, options, context, Vec::new(), false).one(fenced)
}

struct Sink {
    tree: RefCell<Tree>,
}

/// A node while it is read: the parser asks for names far more often than it changes anything.
#[derive(Clone)]
struct Handle {
    id: Id,
    name: Option<Rc<QualName>>,
}

impl Sink {
    fn node(&self, data: Data) -> Handle {
        Handle { id: self.tree.borrow_mut().add(data), name: None }
    }

    /// Adds text to the text node that stands there, or a new one.
    fn append_text(&self, last: Option<Id>, text: &str, place: impl FnOnce(&mut Tree, Id)) {
        let mut tree = self.tree.borrow_mut();
        if let Some(Data::Text(before)) = last.map(|last| &mut tree.nodes[last].data) {
            before.push_str(text);
            return;
        }
        let node = tree.add(Data::Text(text.to_string()));
        place(&mut tree, node);
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    /// The body's content stands in an `html` element that the parser makes for itself.
    fn finish(self) -> Tree {
        let mut tree = self.tree.into_inner();
        for child in tree.children(ROOT) {
            if tree.is(child, &["html"]) {
                tree.unwrap(child);
            }
        }
        tree
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: ROOT, name: None }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        const NOTHING: ExpandedName<'static> = ExpandedName { ns: &ns!(), local: &local_name!("") };
        target.name.as_ref().map_or(NOTHING, |name| name.expanded())
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let attributes = attributes.into_iter().map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string())).collect();
        let data = Data::Element { name: name.local.to_string(), attributes };
        Handle { name: Some(Rc::new(name)), ..self.node(data) }
    }

    /// Comments and instructions are not text; an empty text keeps the parser content.
    fn create_comment(&self, _: StrTendril) -> Handle {
        self.node(Data::Text(String::new()))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.node(Data::Text(String::new()))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(node) => self.tree.borrow_mut().append(parent.id, node.id),
            NodeOrText::AppendText(text) => {
                let last = self.tree.borrow().nodes[parent.id].last;
                self.append_text(last, &text, |tree, node| tree.append(parent.id, node));
            }
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, new: NodeOrText<Handle>) {
        match new {
            NodeOrText::AppendNode(node) => self.tree.borrow_mut().insert_before(sibling.id, node.id),
            NodeOrText::AppendText(text) => {
                let before = self.tree.borrow().nodes[sibling.id].before;
                self.append_text(before, &text, |tree, node| tree.insert_before(sibling.id, node));
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.tree.borrow().parent(element.id).is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// Templates do not come through the fence; their content would be text like any other.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        for child in tree.children(node.id) {
            tree.append(new_parent.id, child);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_the_tree_a_browser_would_make() {
        let check = |input: &str, expected: &str| assert_eq!(parse(input).outline(), expected, "{input:?}");
        check("<p>a &lt; b &amp; c</p>d", "<p>a &lt; b &amp; c</p>d");
        check("<b><p>a</b>b</p>", "<b></b><p><b>a</b>b</p>");
        check("<table><td>x", "<table><tbody><tr><td>x</td></tr></tbody></table>");
        check("<table>y<tr><td>x</table>", "y<table><tbody><tr><td>x</td></tr></tbody></table>");
        check("a<!-- c -->b", "ab");
        check("", "");
    }
}
