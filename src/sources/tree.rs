//! A document as a simple tree of elements and text, with the questions that reading a feed asks of it.
//! Made by `tolerant`; never deeper than its depth cap, so that walking it may recurse.

use std::borrow::Cow;

pub(crate) use crate::domain::html_names::is_one_of;

use super::space::Space;

/// One piece of a document.
#[derive(Debug)]
pub(crate) enum Node<'a> {
    Element(Element<'a>),
    /// Text with its references resolved.
    Text(Cow<'a, str>),
    /// Text of a CDATA section: verbatim.
    Cdata(Cow<'a, str>),
}

/// An element with everything in it.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    pub(crate) space: Space,
    /// The name as it is written, prefix included.
    pub(crate) name: &'a str,
    pub(crate) attributes: Vec<Attribute<'a>>,
    pub(crate) children: Vec<Node<'a>>,
    /// Whether the document ended inside it.
    pub(crate) is_cut: bool,
}

/// An attribute; its value has its references resolved.
#[derive(Debug)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: Cow<'a, str>,
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

impl<'a> Element<'a> {
    pub(crate) fn local(&self) -> &'a str {
        local(self.name)
    }

    pub(crate) fn is(&self, space: Space, local: &str) -> bool {
        self.space == space && self.local().eq_ignore_ascii_case(local)
    }

    /// Whether its name without a prefix is one of these.
    pub(crate) fn is_named(&self, names: &[&str]) -> bool {
        is_one_of(self.local(), names)
    }

    /// The element's children that are whole.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element<'a>> {
        elements(&self.children).filter(|element| !element.is_cut)
    }

    /// The first child of that name in RSS's or Atom's namespaces.
    pub(crate) fn child(&self, local: &str) -> Option<&Element<'a>> {
        self.elements().find(|element| matches!(element.space, Space::Core | Space::Atom) && element.local().eq_ignore_ascii_case(local))
    }

    /// The value of an attribute, by its name with or without a prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let exact = self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name));
        let found = exact.or_else(|| self.attributes.iter().find(|attribute| local(attribute.name).eq_ignore_ascii_case(name)));
        found.map(|attribute| attribute.value.trim()).filter(|value| !value.is_empty())
    }

    /// `xml:base`, `xml:lang` and the like; never the attribute of that name without the prefix.
    pub(crate) fn xml_attribute(&self, name: &str) -> Option<&str> {
        let is_it = |attribute: &&Attribute| {
            attribute.name.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("xml:"))
                && local(attribute.name).eq_ignore_ascii_case(name)
        };
        self.attributes.iter().find(is_it).map(|attribute| attribute.value.trim())
    }

    /// All text in the element, trimmed.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        push_text(&self.children, &mut out);
        out.trim().to_string()
    }

    /// [`Element::text`], if there is any.
    pub(crate) fn some_text(&self) -> Option<String> {
        Some(self.text()).filter(|text| !text.is_empty())
    }

    pub(crate) fn has_elements(&self) -> bool {
        elements(&self.children).next().is_some()
    }
}

pub(crate) fn elements<'t, 'a>(nodes: &'t [Node<'a>]) -> impl Iterator<Item = &'t Element<'a>> {
    nodes.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) | Node::Cdata(_) => None,
    })
}

fn push_text(nodes: &[Node<'_>], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) | Node::Cdata(text) => out.push_str(text),
            Node::Element(element) => push_text(&element.children, out),
        }
    }
}
