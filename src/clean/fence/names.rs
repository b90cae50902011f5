//! What the fence knows of element names: which are void, format text, end a paragraph, or end one another.

use crate::domain::html_names::is_void;

/// How an element behaves when it is opened and closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Has no content and no end tag.
    Void,
    /// Stands for a page of its own; closed at once, or the parser would take what follows for its content.
    Frame,
    /// Its tags are left out; its content stays.
    Ignored,
    /// Styles a run of text; the parser opens it again after a block, so few may be open.
    Formatting,
    /// A table or a part of one: end tags from inside do not reach past it.
    TablePart,
    Other,
}

pub(super) fn kind(name: &str) -> Kind {
    match name {
        "basefont" | "bgsound" | "image" | "keygen" | "link" | "source" => Kind::Void,
        "iframe" => Kind::Frame,
        "html" | "head" | "body" | "frameset" | "frame" | "plaintext" | "nobr" | "colgroup" => Kind::Ignored,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "s" | "small" | "strike" | "strong" | "tt" | "u" => Kind::Formatting,
        "table" | "caption" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" => Kind::TablePart,
        _ if is_void(name) => Kind::Void,
        _ => Kind::Other,
    }
}

/// Whether a start tag ends the paragraph that is open (HTML, section 13.2.6.4.7).
pub(super) fn ends_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
            | "xmp"
    )
}

/// The elements that a start tag ends, and those at which the search for them stops.
pub(super) fn implied_ends(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "menu", "dir", "td", "th", "table", "blockquote"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "td", "th", "table", "ul", "ol"]),
        "td" | "th" => (&["td", "th", "caption"], &["tr", "table"]),
        "tr" => (&["tr", "caption"], &["thead", "tbody", "tfoot", "table"]),
        "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "caption"], &["table"]),
        "a" => (&["a"], &["table", "td", "th"]),
        "option" | "optgroup" => (&["option"], &["select"]),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => (&["h1", "h2", "h3", "h4", "h5", "h6"], &["div", "section", "li", "table", "td", "th"]),
        _ => (&[], &[]),
    }
}
