//! Drops what works a page and says nothing: forms, buttons, navigation, leftovers of drawings; of formulas only the notation.
//!
//! before: `<p>a</p><form><input><button>Go</button></form><nav>Home</nav><math><mi>x</mi><annotation>\x</annotation></math>`
//! after:  `<p>a</p><math><mi>x</mi></math>`

use super::super::page::Page;
use super::super::tree::{Id, Tree};

const MACHINERY: &[&str] = &[
    "script",
    "style",
    "link",
    "meta",
    "base",
    "input",
    "button",
    "select",
    "option",
    "textarea",
    "label",
    "nav",
    "svg",
    "template",
    "title",
    "dialog",
    "annotation",
    "annotation-xml",
    "rp",
    "area",
    "param",
    "track",
    "progress",
    "meter",
    "menu",
];
/// Classes with which forums write quotes.
const QUOTES: &[&str] = &["quotecontent", "bbcode_quote", "quote_body", "bbcodequote", "bb_quote", "quoteblock"];
/// Bytes of text above which a form is taken for a wrapper around the article.
const FORM_TEXT: usize = 600;

pub(super) fn run(tree: &mut Tree, _: &Page) {
    let lengths = tree.text_lengths();
    for id in tree.elements() {
        if tree.is(id, MACHINERY) && !is_list(tree, id) {
            tree.detach(id);
        } else if tree.is(id, &["form", "fieldset"]) {
            match lengths[id] {
                FORM_TEXT.. => tree.rename(id, "div"),
                _ => tree.detach(id),
            }
        } else if tree.is(id, &["div"]) && tree.has_class(id, QUOTES) {
            tree.rename(id, "blockquote");
        } else if tree.is(id, &["noscript"]) {
            open_noscript(tree, id);
        }
    }
}

/// A menu with articles of a list in it is a list by an old name.
fn is_list(tree: &Tree, id: Id) -> bool {
    tree.is(id, &["menu"]) && tree.child_elements(id).iter().any(|child| tree.is(*child, &["li"]))
}

/// What stands for a picture that a script would load is not needed beside that picture.
fn open_noscript(tree: &mut Tree, id: Id) {
    let has_twin = tree.before(id).is_some_and(|before| {
        let near = if tree.text(before).is_some_and(|text| text.trim().is_empty()) { tree.before(before) } else { Some(before) };
        near.is_some_and(|near| tree.is(near, &["img", "picture"]))
    });
    if has_twin { tree.detach(id) } else { tree.unwrap(id) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn forms_navigation_and_notation_go() {
        let header = "<p>a</p><form><input><button>Go</button></form><nav>Home</nav><math><mi>x</mi><annotation>\\x</annotation></math>";
        check(super::run, header, "<p>a</p><math><mi>x</mi></math>");
        check(super::run, &format!("<form><p>{}</p></form>", "long ".repeat(200)), &format!("<div><p>{}</p></div>", "long ".repeat(200)));
        check(super::run, "<img src=a><noscript><img src=a></noscript>", "<img src=\"a\">");
        check(super::run, "<noscript><p>n</p></noscript>", "<p>n</p>");
        check(super::run, "<div class=quotecontent>q</div>", "<blockquote class=\"quotecontent\">q</blockquote>");
        check(super::run, "<menu><li>a</menu>", "<menu><li>a</li></menu>");
    }
}
