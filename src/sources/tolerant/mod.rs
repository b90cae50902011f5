//! A reader of XML, and of what was meant to be XML, that never fails and takes linear time: bytes of markup to a tree.
//! Each repair is a note. It fetches nothing, and expands entities within a fixed bound.

mod doctype;
mod fields;
mod lexer;
mod lines;
mod nesting;
mod php;
mod telling;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::controls;
use super::notes::Notes;
use super::space::{self, Space};
use super::tree::{self, Element, Node, local};
use doctype::Declared;
use lexer::{Lexer, StartTag, Token};
use lines::Lines;

use crate::domain::{entities, html_names};

/// Elements inside one another; deeper ones become neighbours.
const MAX_DEPTH: usize = 96;
/// Elements in a document; the rest is left out.
const MAX_ELEMENTS: usize = 400_000;
/// Namespace declarations that are heeded.
const MAX_DECLARATIONS: usize = 20_000;

/// The top level of a document: junk, comments and declarations gone.
pub(crate) fn read<'a>(text: &'a str, notes: &mut Notes) -> Vec<Node<'a>> {
    let before = notes.clone();
    let (top, unclosed) = read_once(text, &HashSet::new(), notes);
    if unclosed.is_empty() {
        return top;
    }
    // Only the end of the document tells what was never closed; with that known, it is read again.
    *notes = before;
    read_once(text, &unclosed, notes).0
}

/// Reads with the beginnings of elements known whose end tags are missing; returns those that it finds.
fn read_once<'a>(text: &'a str, unclosed: &HashSet<usize>, notes: &mut Notes) -> (Vec<Node<'a>>, HashSet<usize>) {
    let mut reader = Reader {
        lexer: Lexer::new(text),
        notes,
        lines: Lines::of(text),
        declared: Declared::default(),
        open: Vec::new(),
        too_deep: Vec::new(),
        top: Vec::new(),
        spaces: HashMap::new(),
        declarations: 0,
        elements: 0,
        unclosed,
        found: HashSet::new(),
        has_declaration: false,
        told: Vec::new(),
    };
    reader.run();
    (reader.top, reader.found)
}

/// An element whose end tag has not come, with the namespaces to forget when it does.
struct Open<'a> {
    element: Element<'a>,
    declared: Vec<&'a str>,
    /// Where its start tag is.
    position: usize,
}

struct Reader<'a, 'n> {
    lexer: Lexer<'a>,
    notes: &'n mut Notes,
    lines: Lines<'a>,
    declared: Declared<'a>,
    open: Vec<Open<'a>>,
    /// Names of elements beyond the depth cap that are open.
    too_deep: Vec<&'a str>,
    top: Vec<Node<'a>>,
    spaces: HashMap<&'a str, Vec<Space>>,
    declarations: usize,
    elements: usize,
    /// Where fields begin that have no end tag.
    unclosed: &'n HashSet<usize>,
    /// Such beginnings, found while reading.
    found: HashSet<usize>,
    has_declaration: bool,
    /// Repairs of which one note is enough, that have it.
    told: Vec<&'static str>,
}

impl<'a> Reader<'a, '_> {
    fn run(&mut self) {
        while self.elements < MAX_ELEMENTS {
            let position = self.lexer.position();
            let Some(token) = self.lexer.next(self.open.last().map_or("", |open| open.element.name)) else {
                return self.finish();
            };
            match token {
                Token::Text(text) => self.text(text, position),
                Token::Cdata(text, is_whole) => self.cdata(text, is_whole, position),
                Token::Doctype(subset) => self.declared.read(subset),
                Token::Skipped(what) => self.note(position, what),
                Token::Hidden => {}
                Token::Declaration(is_sound) => self.xml_declaration(is_sound, position),
                Token::OddComment => self.note_once(position, "-- in a comment"),
                Token::Start(tag) => self.start(tag, position),
                Token::End(name) => self.end(name, position),
            }
        }
        self.notes.add(format!("repaired: more than {MAX_ELEMENTS} elements; the rest was left out"));
        self.finish();
    }

    fn push(&mut self, node: Node<'a>) {
        match self.open.last_mut() {
            Some(open) => open.element.children.push(node),
            None => self.top.push(node),
        }
    }

    fn text(&mut self, text: &'a str, position: usize) {
        if self.open.is_empty() {
            return self.stray_text(text, position);
        }
        if self.open.last().is_some_and(|open| nesting::holds_no_text(open.element.name)) {
            self.tell_text_between(text, position);
        }
        if text.starts_with('<') {
            self.note(position, "stray <");
        }
        let is_html = self.open.last().is_some_and(|open| nesting::holds_html(&open.element));
        let sign = if is_html { text.strip_prefix('<') } else { None };
        let mut rest = Cow::Borrowed(sign.unwrap_or(text));
        if rest.contains("]]>") {
            self.note(position, "stray ]]>");
            rest = Cow::Owned(rest.replace("]]>", ""));
        }
        let rest = match rest {
            Cow::Borrowed(rest) => self.resolve(rest, position),
            Cow::Owned(rest) => Cow::Owned(self.resolve(&rest, position).into_owned()),
        };
        let text = if sign.is_some() { Cow::Owned(format!("&lt;{rest}")) } else { rest };
        if let Some(Node::Text(before)) = self.open.last_mut().and_then(|open| open.element.children.last_mut()) {
            return before.to_mut().push_str(&text);
        }
        self.push(Node::Text(text));
    }

    fn stray_text(&mut self, text: &str, position: usize) {
        if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
            return;
        }
        let is_after = tree::elements(&self.top).any(|element| nesting::is_content(element.name));
        match php::is_message(text) {
            true => self.note(position, "output of PHP"),
            false => self.notes.add(format!("repaired: text {} the document", if is_after { "after" } else { "before" })),
        }
    }

    fn cdata(&mut self, text: &'a str, is_whole: bool, position: usize) {
        if !is_whole {
            self.note(position, "CDATA without end");
        }
        if text.contains("<![CDATA[") {
            self.note(position, "CDATA inside CDATA");
            return self.push(Node::Cdata(Cow::Owned(text.replace("<![CDATA[", ""))));
        }
        self.push(Node::Cdata(Cow::Borrowed(text)));
    }

    /// Resolves references; `position` is where the text begins.
    fn resolve<'t>(&mut self, text: &'t str, position: usize) -> Cow<'t, str> {
        entities::resolve(text, |after, at, out| self.reference(after, position + at, out))
    }

    /// Writes the text of the reference after a `&`; returns how many bytes it took.
    fn reference(&mut self, after: &str, position: usize, out: &mut String) -> usize {
        let Some(name) = entities::name_at(after) else {
            self.note(position, "bare &");
            out.push('&');
            return 0;
        };
        if let Some(c) = entities::numeric(name) {
            let is_replaced = c == char::REPLACEMENT_CHARACTER && !["#65533", "#xfffd"].iter().any(|own| own.eq_ignore_ascii_case(name));
            if is_replaced {
                self.note(position, &format!("impossible character &{name};"));
            }
            if entities::is_of_windows(name) {
                self.note_once(position, "references to characters of windows-1252");
            }
            match controls::is_harmful(c) {
                true => self.note(position, &format!("control character &{name};")),
                false => out.push(c),
            }
            return name.len() + 1;
        }
        match (name, self.declared.text_of(name), entities::named(name)) {
            ("amp" | "lt" | "gt" | "quot" | "apos", _, Some(text)) => out.push_str(text),
            (_, Some(Some(text)), _) => out.push_str(&controls::remove(text)),
            (_, Some(None), _) => self.note(position, &format!("endless or too large entity &{name}; left out")),
            (_, None, Some(text)) => {
                self.note(position, &format!("undefined entity &{name};"));
                out.push_str(text);
            }
            (_, None, None) => {
                self.note(position, &format!("unknown entity &{name};"));
                out.push('&');
                return 0;
            }
        }
        name.len() + 1
    }

    fn start(&mut self, tag: StartTag<'a>, position: usize) {
        self.elements += 1;
        if let Some(fault) = tag.fault {
            self.note(position, fault);
        }
        self.make_room_for(&tag, position);
        if self.open.len() >= MAX_DEPTH {
            self.note(position, "elements too deep");
            if !tag.is_closed {
                self.too_deep.push(tag.name);
            }
            return;
        }
        let declared = self.declare(&tag);
        self.tell_undeclared(tag.name);
        let attributes = tag.attributes.into_iter().map(|mut attribute| {
            if attribute.value.contains('&') {
                attribute.value = Cow::Owned(self.resolve(&attribute.value, position).into_owned());
            }
            attribute
        });
        let attributes = attributes.collect();
        let element = Element { space: self.space_of(tag.name), name: tag.name, attributes, children: Vec::new(), is_cut: false };
        let is_void = html_names::is_void(tag.name) && !self.open.is_empty();
        self.open.push(Open { element, declared, position });
        if tag.is_closed || is_void {
            self.close_last();
        }
    }

    /// Closes what a start tag shows to have ended.
    fn make_room_for(&mut self, tag: &StartTag<'a>, position: usize) {
        let depth = match tag.is_closed {
            true => self.open.len(),
            false => nesting::depth_kept(self.open.iter().map(|open| open.element.name), tag.name),
        };
        let depth = depth.min(self.depth_before_unclosed(tag.name));
        while self.open.len() > depth {
            self.end_unclosed(position);
        }
    }

    /// Up to the field without end tag that an element of that name cannot stand in.
    fn depth_before_unclosed(&self, name: &str) -> usize {
        let is_ended =
            |open: &Open| fields::is_ended_by(&open.element, name) || (nesting::is_root(name) && !nesting::is_root(open.element.name));
        let ends = |open: &Open| self.unclosed.contains(&open.position) && is_ended(open);
        let found = if self.unclosed.is_empty() { None } else { self.open.iter().position(ends) };
        found.unwrap_or(self.open.len())
    }

    /// Closes the last element, whose end tag is missing.
    fn end_unclosed(&mut self, position: usize) {
        let Some(open) = self.open.last() else { return };
        let name = open.element.name;
        if fields::is_field(name) {
            self.found.insert(open.position);
        }
        self.note(position, &format!("<{name}> without end"));
        self.close_last();
    }

    fn declare(&mut self, tag: &StartTag<'a>) -> Vec<&'a str> {
        let mut declared = Vec::new();
        for attribute in &tag.attributes {
            let prefix = match attribute.name.split_once(':') {
                Some((xmlns, prefix)) if xmlns.eq_ignore_ascii_case("xmlns") => prefix,
                None if attribute.name.eq_ignore_ascii_case("xmlns") => "",
                _ => continue,
            };
            if self.declarations < MAX_DECLARATIONS {
                self.declarations += 1;
                self.spaces.entry(prefix).or_default().push(space::of_declaration(prefix, &attribute.value));
                declared.push(prefix);
            }
        }
        // The root says what its prefix stands for, when the address does not.
        if self.open.is_empty() && nesting::is_root(tag.name) && self.space_of(tag.name) == Space::Other {
            let prefix = space::prefix(tag.name);
            self.spaces.entry(prefix).or_default().push(Space::Core);
            declared.push(prefix);
        }
        declared
    }

    fn space_of(&self, name: &str) -> Space {
        let prefix = space::prefix(name);
        match self.spaces.get(prefix).and_then(|declared| declared.last()) {
            Some(space) => *space,
            None if prefix.is_empty() => Space::Core,
            None => space::of_prefix(prefix).unwrap_or(Space::Other),
        }
    }

    fn end(&mut self, name: &'a str, position: usize) {
        if self.too_deep.last().is_some_and(|open| open.eq_ignore_ascii_case(name)) {
            self.too_deep.pop();
            return;
        }
        let is_it = |open: &Open| open.element.name.eq_ignore_ascii_case(name);
        let same_local = |open: &Open| local(open.element.name).eq_ignore_ascii_case(local(name));
        let found = match self.open.last() {
            Some(last) if same_local(last) => Some(self.open.len() - 1),
            _ => self.open.iter().rposition(is_it),
        };
        let Some(depth) = found else {
            if !html_names::is_void(name) {
                self.note(position, &format!("</{name}> without beginning"));
            }
            return;
        };
        self.too_deep.clear();
        if self.open[depth].element.name != name {
            self.note_once(position, "end tags unlike their start tags");
        }
        while self.open.len() > depth {
            if self.open.len() > depth + 1 {
                self.end_unclosed(position);
            } else {
                self.close_last();
            }
        }
    }

    fn close_last(&mut self) {
        let Some(Open { element, declared, .. }) = self.open.pop() else { return };
        for prefix in declared {
            if let Some(spaces) = self.spaces.get_mut(prefix) {
                spaces.pop();
            }
        }
        self.push(Node::Element(element));
    }

    fn finish(&mut self) {
        if let Some(open) = self.open.last() {
            let name = open.element.name;
            self.notes.add(format!(
                "repaired: the document ends inside <{}>",
                name.chars().filter(|c| !c.is_control()).take(80).collect::<String>()
            ));
        }
        let mut has_root = false;
        while let Some(open) = self.open.last_mut() {
            open.element.is_cut = true;
            let name = open.element.name;
            let has = |is_it: fn(&str) -> bool| tree::elements(&open.element.children).any(|child| is_it(child.name));
            has_root |= has(nesting::is_root);
            if (fields::is_field(name) && has(nesting::is_article)) || (has_root && html_names::is_inline(name)) {
                self.found.insert(open.position);
            }
            self.close_last();
        }
    }
}

#[cfg(test)]
mod tests;
