//! Lists of feeds from elsewhere, as far as bytes and markup go: OPML to plain outlines, anything else to its text. What the
//! outlines mean is the business of `exchange`.

use super::tree::{Element, Node, elements};
use super::{decode, notes::Notes, tolerant};

/// What a file of feeds holds.
#[derive(Debug)]
pub enum ListFile {
    /// With the namespaces that the document's first element declares: prefix and address.
    Outlines(Vec<Outline>, Vec<(String, String)>),
    /// Not markup.
    Text(String),
}

/// One outline with its attributes as they are written, references resolved.
#[derive(Debug, Default)]
pub struct Outline {
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Outline>,
}

/// Reads a file of feeds, with each repair in words. Never fails, and takes time in proportion to the file.
#[must_use]
pub fn read_list(body: &[u8]) -> (ListFile, Vec<String>) {
    let mut notes = Notes::default();
    let text = decode::decode(body, None, None, &mut notes);
    // A program may have printed a warning before it.
    if !text.trim_start().starts_with('<') && !text.contains("<opml") {
        return (ListFile::Text(text), notes.finish());
    }
    let nodes = tolerant::read(&text, &mut notes);
    let namespaces = elements(&nodes).next().map(|root| declared(root).collect()).unwrap_or_default();
    (ListFile::Outlines(outlines(&nodes), namespaces), notes.finish())
}

/// The outlines in these nodes, whatever stands around them; also those that the document ended in.
fn outlines(nodes: &[Node<'_>]) -> Vec<Outline> {
    let one = |element: &Element<'_>| {
        let children = outlines(&element.children);
        match element.local().eq_ignore_ascii_case("outline") {
            true => vec![Outline { attributes: attributes(element), children }],
            false => children,
        }
    };
    elements(nodes).flat_map(one).collect()
}

fn attributes(element: &Element<'_>) -> Vec<(String, String)> {
    element.attributes.iter().map(|attribute| (attribute.name.to_string(), attribute.value.trim().to_string())).collect()
}

fn declared(element: &Element<'_>) -> impl Iterator<Item = (String, String)> {
    element.attributes.iter().filter_map(|attribute| {
        let prefix = attribute.name.strip_prefix("xmlns:")?;
        Some((prefix.to_string(), attribute.value.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(outlines: &[Outline]) -> String {
        let one = |outline: &Outline| {
            let attributes: Vec<String> = outline.attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
            format!("[{}{}]", attributes.join(" "), shown(&outline.children))
        };
        outlines.iter().map(one).collect()
    }

    fn read(text: &[u8]) -> (String, Vec<String>) {
        match read_list(text) {
            (ListFile::Outlines(outlines, _), notes) => (shown(&outlines), notes),
            (ListFile::Text(text), notes) => (text, notes),
        }
    }

    #[test]
    fn outlines_are_found_wherever_they_stand() {
        let check = |text: &str, expected: &str| assert_eq!(read(text.as_bytes()).0, expected, "{text}");
        check("<opml><body><outline text='A'><outline text='B'/></outline><outline text='C'/></body></opml>", "[text=A[text=B]][text=C]");
        check("<OPML><BODY><OUTLINE TEXT='A'/></BODY></OPML>", "[TEXT=A]");
        check("\u{feff} <?xml version='1.0'?><!-- x --><outline a=' b '/>", "[a=b]");
        check("https://a.example/ \"~A\"\n", "https://a.example/ \"~A\"\n");
        check("", "");
    }

    #[test]
    fn what_is_whole_in_a_damaged_document_is_read_and_repairs_are_told() {
        let check = |text: &[u8], expected: &str, note: &str| {
            let (found, notes) = read(text);
            assert_eq!(found, expected);
            assert!(notes.iter().any(|told| told.contains(note)), "{notes:?}");
        };
        check(b"<opml><body><outline a='x?a=1&b=2'/></body></opml>", "[a=x?a=1&b=2]", "bare &");
        check("<opml><outline a='caf&eacute; &mdash;'/></opml>".as_bytes(), "[a=caf\u{e9} \u{2014}]", "undefined entity &eacute;");
        check(b"<opml><body><outline a='1'><outline b='2'/>", "[a=1[b=2]]", "the document ends inside");
        check(b"<opml><outline b='2'/><outline c='https://a.exa", "[b=2]", "");
        check(b"<?xml version='1.0' encoding='utf-8'?><outline a='caf\xe9'/>", "[a=caf\u{e9}]", "");
    }
}
