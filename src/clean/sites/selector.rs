//! The few selectors of style sheets that site rules need: `div`, `.class`, `#id`, `[name]`, `[name=value]`, several of them
//! together, and `outer inner`.

use serde::Deserialize;

use crate::clean::tree::{Id, Tree};

/// Simple selectors, outermost first; the last is of the element itself.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Selector(Vec<Vec<Part>>);

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Name(String),
    Class(String),
    Attribute(String, Option<String>),
}

impl TryFrom<String> for Selector {
    type Error = String;

    fn try_from(text: String) -> Result<Selector, String> {
        let steps: Option<Vec<_>> = text.split_whitespace().map(parts).collect();
        steps.filter(|steps| !steps.is_empty()).map(Selector).ok_or_else(|| format!("`{text}` is no selector that is known here"))
    }
}

fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mark = rest.chars().next().filter(|mark| ".#[".contains(*mark));
        let body = mark.map_or(rest, |_| &rest[1..]);
        let end = body.find(if mark == Some('[') { &[']'][..] } else { &['.', '#', '['][..] });
        let (word, after) = body.split_at(end.unwrap_or(body.len()));
        parts.push(match mark {
            Some('.') => Part::Class(word.to_lowercase()),
            Some('#') => Part::Attribute("id".into(), Some(word.to_string())),
            Some('[') => match word.split_once('=') {
                Some((name, value)) => Part::Attribute(name.to_string(), Some(value.trim_matches('"').to_string())),
                None => Part::Attribute(word.to_string(), None),
            },
            _ => Part::Name(word.to_lowercase()),
        });
        rest = if mark == Some('[') { after.strip_prefix(']')? } else { after };
        if word.is_empty() || word.contains(['>', '+', '~', ':', '*', ',']) {
            return None;
        }
    }
    Some(parts)
}

impl Selector {
    /// Whether an element is one that is meant.
    pub(super) fn fits(&self, tree: &Tree, id: Id) -> bool {
        let Some((own, outer)) = self.0.split_last() else { return false };
        if !own.iter().all(|part| part.fits(tree, id)) {
            return false;
        }
        let mut ancestors = tree.ancestors(id);
        outer.iter().rev().all(|parts| ancestors.any(|ancestor| parts.iter().all(|part| part.fits(tree, ancestor))))
    }
}

impl Part {
    fn fits(&self, tree: &Tree, id: Id) -> bool {
        match self {
            Part::Name(name) => tree.name(id) == name,
            Part::Class(class) => tree.has_class(id, &[class]),
            Part::Attribute(name, None) => tree.attribute(id, name).is_some(),
            Part::Attribute(name, Some(value)) => tree.attribute(id, name) == Some(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::tree::parse;

    #[test]
    fn selectors_find_what_they_name() {
        let html = "<div class='Story main' id=s><p class=ad>a</p><section role=note><p data-x=1>b</p></section></div>";
        let check = |selector: &str, expected: usize| {
            let tree = parse(html);
            let selector = Selector::try_from(selector.to_string()).expect("a selector");
            assert_eq!(tree.elements().into_iter().filter(|id| selector.fits(&tree, *id)).count(), expected, "{selector:?}");
        };
        check("p", 2);
        check("p.ad", 1);
        check(".story", 1);
        check("#s p", 2);
        check("div.main section p", 1);
        check("[role=note]", 1);
        check("p[data-x]", 1);
        check("section div", 0);
    }

    #[test]
    fn what_is_no_selector_is_said() {
        for wrong in ["", "p > a", "p:first-child", "a,b", "[x", "."] {
            assert!(Selector::try_from(wrong.to_string()).is_err(), "{wrong:?}");
        }
    }
}
