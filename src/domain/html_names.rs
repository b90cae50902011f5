//! Elements of HTML by what they do to a line, each name once: that tells a tag from a `<` that stands for itself, and where a
//! paragraph ends. It must not know what an element means.

/// Elements that begin and end a line of their own.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend",
    "li", "main", "menu", "nav", "ol", "optgroup", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
];
/// Elements that do not break a line.
#[rustfmt::skip]
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
];
/// Elements that stand for something else, or say something of the page.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "area", "audio", "base", "body", "br", "button", "canvas", "col", "colgroup", "embed", "frame", "frameset", "head", "html",
    "iframe", "img", "input", "link", "map", "marquee", "math", "meta", "meter", "noframes", "noscript", "object", "option",
    "output", "param", "picture", "progress", "rp", "rt", "ruby", "script", "select", "source", "style", "svg", "template",
    "textarea", "title", "track", "video",
];

/// Elements that never have content. `link` and `source` are missing: in feeds they do.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "meta", "param", "track", "wbr"];

pub(crate) fn is_element(name: &str) -> bool {
    [BLOCKS, INLINE, OTHERS].into_iter().any(|names| is_one_of(name, names))
}

pub(crate) fn is_void(name: &str) -> bool {
    is_one_of(name, VOID)
}

pub(crate) fn is_inline(name: &str) -> bool {
    is_one_of(name, INLINE)
}

/// `name` is in lower case, as the parser has it.
pub(crate) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether a name is one of these, in capitals or not.
pub(crate) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_stands_once() {
        let mut names = [BLOCKS, INLINE, OTHERS].concat();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(is_element("BLOCKQUOTE") && is_block("dd") && !is_block("br") && is_inline("sup") && !is_element("string"));
    }
}
