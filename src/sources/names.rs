//! The name of a person out of the forms that feeds give it: `ann@example.com (Ann)`, `Ann <ann@example.com>`.

use crate::domain::clean_text::CleanText;

use super::best::Best;
use super::space::Space;
use super::titles;
use super::tree::Element;

/// Authors of one article; the rest is left out.
const MAX_AUTHORS: usize = 50;

/// The authors that an article or a feed names, best source first.
#[derive(Debug, Default)]
pub(crate) struct Authors {
    named: Vec<CleanText>,
    /// Mail addresses without a name: only where nothing names anybody.
    addresses: Vec<CleanText>,
    podcast: Best<CleanText>,
    editor: Best<CleanText>,
}

impl Authors {
    /// Takes what the field says of authors, if it is about them.
    pub(crate) fn take(&mut self, field: &Element<'_>) {
        match (field.space, field.local().to_ascii_lowercase().as_str()) {
            (Space::Core | Space::Atom, "author") => match field.child("name").or_else(|| field.child("email")) {
                Some(name) => self.add(person(&name.text())),
                None if field.has_elements() => {}
                None => self.add(person(&field.text())),
            },
            (Space::DublinCore, "creator" | "author") => self.add(person(&field.text())),
            (Space::Itunes, "author") => self.podcast.offer(0, || person(&field.text())),
            _ => {}
        }
    }

    /// Takes the people who answer for a whole feed.
    pub(crate) fn take_editor(&mut self, field: &Element<'_>) {
        match (field.space, field.local().to_ascii_lowercase().as_str()) {
            (Space::Core, "managingeditor") => self.editor.offer(0, || person(&field.text())),
            (Space::Core, "webmaster") => self.editor.offer(1, || person(&field.text())),
            _ => {}
        }
    }

    /// Adds one name; the same name in another case is the same person.
    pub(crate) fn add(&mut self, name: Option<CleanText>) {
        let Some(name) = name else { return };
        let list = if is_mail(&name) { &mut self.addresses } else { &mut self.named };
        if list.len() < MAX_AUTHORS && !list.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
            list.push(name);
        }
    }

    pub(crate) fn finish(self) -> Vec<CleanText> {
        match (self.named.is_empty(), self.podcast.take(), self.addresses.is_empty()) {
            (false, _, _) => self.named,
            (true, Some(podcast), _) => vec![podcast],
            (true, None, false) => self.addresses,
            (true, None, true) => self.editor.take().into_iter().collect(),
        }
    }
}

/// The name, or the mail address where there is no name.
pub(crate) fn person(text: &str) -> Option<CleanText> {
    // `<ann@example.com>` is no tag: taken apart before tags are removed.
    let text = text.trim().trim_start_matches("mailto:");
    let (outer, inner) = parts(text);
    let name = match (is_mail(outer), inner) {
        (true, Some(inner)) if !inner.trim().is_empty() => inner,
        (_, Some(inner)) if is_mail(inner) && !outer.is_empty() => outer,
        (_, Some(inner)) if outer.is_empty() => inner,
        _ => text,
    };
    titles::name(name.trim().trim_matches('"'))
}

/// What stands before the brackets and in them.
fn parts(text: &str) -> (&str, Option<&str>) {
    for (open, close) in [('(', ')'), ('（', '）'), ('<', '>')] {
        let Some(start) = text.find(open) else { continue };
        let inside = &text[start + open.len_utf8()..];
        if let Some(inner) = inside.trim_end().strip_suffix(close) {
            return (text[..start].trim(), Some(inner));
        }
    }
    (text, None)
}

/// Whether a text is one mail address.
pub(crate) fn is_mail(text: &str) -> bool {
    let text = text.trim().trim_start_matches("mailto:");
    text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.')) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_found_beside_the_address() {
        let check =
            |input: &str, expected: &str| assert_eq!(person(input).map(CleanText::into_string).unwrap_or_default(), expected, "{input:?}");
        check("ann@example.com (Ann Example)", "Ann Example");
        check("Ann Example (ann@example.com)", "Ann Example");
        check("Ann Example <ann@example.com>", "Ann Example");
        check("\"Ann\" <ann@example.com>", "Ann");
        check("<ann@example.com>", "ann@example.com");
        check("ann@example.com", "ann@example.com");
        check("mailto:ann@example.com", "ann@example.com");
        check("山田（yamada@example.jp）", "山田");
        check("Ann (Rome)", "Ann (Rome)");
        check("ann@example.com ()", "ann@example.com ()");
        check("Ann &amp; Bob", "Ann & Bob");
        check("", "");
    }
}
