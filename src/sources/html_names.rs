//! Which names are elements of HTML: that tells a tag from a `<` that stands for itself.

const NAMES: &[&str] = &[
    "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo", "big", "blink", "blockquote", "body",
    "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "dialog", "dir",
    "div", "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link",
    "main", "map", "mark", "marquee", "math", "menu", "meta", "meter", "nav", "nobr", "noframes", "noscript", "object", "ol", "optgroup", "option",
    "output", "p", "param", "picture", "pre", "progress", "q", "rp", "rt", "ruby", "s", "samp", "script", "section", "select", "small",
    "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot",
    "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr",
];

/// Elements that never have content. `link` and `source` are missing: in feeds they do.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "meta", "param", "track", "wbr"];

/// Elements that do not break a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blink", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

fn is_in(names: &[&str], name: &str) -> bool {
    name.len() <= 12 && names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

pub(crate) fn is_element(name: &str) -> bool {
    is_in(NAMES, name)
}

pub(crate) fn is_void(name: &str) -> bool {
    is_in(VOID, name)
}

pub(crate) fn is_inline(name: &str) -> bool {
    is_in(INLINE, name)
}
