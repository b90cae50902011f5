//! Drops what works a page and says nothing: forms to be filled in, buttons, navigation, leftovers of drawings; of formulas only the
//! notation. Forms and their kin in which there is nothing to fill in are boxes like others.
//!
//! before: `<p>a</p><form><input><button>Go</button></form><nav>Home</nav><math><mi>x</mi><annotation>\x</annotation></math>`
//! after:  `<p>a</p><math><mi>x</mi></math>`

use super::super::page::Page;
use super::super::tree::{Id, ROOT, Tree};

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
    "annotation",
    "annotation-xml",
    "rp",
    "area",
    "param",
    "track",
    "menu",
];
/// What a label may stand beside.
const CONTROLS: &[&str] = &["input", "select", "textarea", "button"];
/// Classes with which forums write quotes.
const QUOTES: &[&str] = &["quotecontent", "bbcode_quote", "quote_body", "bbcodequote", "bb_quote", "quoteblock"];
/// Bytes of text above which a form is taken for a wrapper around the article.
const FORM_TEXT: usize = 600;
/// Bytes of text beside a form up to which the form is the article.
const MAX_BESIDE: usize = 16;

pub(super) fn run(tree: &mut Tree, _: &Page) {
    drop_forms(tree);
    for id in tree.elements() {
        if is_word(tree, id) {
            tree.unwrap(id);
        } else if tree.is(id, MACHINERY) && !is_list(tree, id) || is_closed_dialog(tree, id) {
            tree.detach(id);
        } else if tree.is(id, &["progress", "meter"]) {
            tree.unwrap(id);
        } else if tree.is(id, &["dialog"]) {
            tree.rename(id, "div");
        } else if tree.is(id, &["div"]) && tree.has_class(id, QUOTES) {
            tree.rename(id, "blockquote");
        } else if tree.is(id, &["noscript"]) {
            open_noscript(tree, id);
        }
    }
}

/// Drops the forms that are there to be filled in; others are boxes. What hides in a form works no page before the eyes.
pub(in crate::clean) fn drop_forms(tree: &mut Tree) {
    let lengths = tree.text_lengths();
    let is_hidden = |id| tree.attribute(id, "type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("hidden"));
    let is_control = |id| tree.is(id, &["button"]) || (tree.is(id, &["input"]) && !is_hidden(id));
    let controls = tree.sums(is_control, |one, other| one || other);
    let paragraphs = tree.sums(|id| tree.is(id, &["p"]), |one, other| one || other);
    for id in tree.elements().into_iter().filter(|id| tree.is(*id, &["form", "fieldset"])).collect::<Vec<_>>() {
        let is_article = lengths[ROOT] - lengths[id] <= MAX_BESIDE && paragraphs[id];
        if controls[id] && lengths[id] < FORM_TEXT && !is_article {
            tree.detach(id);
        } else {
            tree.rename(id, "div");
        }
    }
}

/// Whether a button stands between the words of a sentence, or a label beside nothing to fill in.
fn is_word(tree: &Tree, id: Id) -> bool {
    let is_text = |beside: Option<Id>| beside.and_then(|id| tree.text(id)).is_some_and(|text| text.contains(char::is_alphanumeric));
    match tree.name(id) {
        "button" => is_text(tree.before(id)) && is_text(tree.after(id)),
        "label" => tree.attribute(id, "for").is_none() && tree.child_elements(id).iter().all(|inner| !tree.is(*inner, CONTROLS)),
        _ => false,
    }
}

fn is_closed_dialog(tree: &Tree, id: Id) -> bool {
    tree.is(id, &["dialog"]) && tree.attribute(id, "open").is_none()
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
        check(
            super::run,
            "<p>b</p><dialog>a</dialog><form>Mail<input type=email></form><fieldset>x<button>y</button></fieldset>",
            "<p>b</p>",
        );
        check(super::run, "<img src=a><noscript><img src=a></noscript>", "<img src=\"a\">");
        check(super::run, "<noscript><p>n</p></noscript>", "<p>n</p>");
        check(super::run, "<div class=quotecontent>q</div>", "<blockquote class=\"quotecontent\">q</blockquote>");
    }

    #[test]
    fn what_an_author_put_into_a_form_or_a_dialog_stays() {
        check(super::run, "<fieldset><legend>Key</legend><p>a</p></fieldset>", "<div><legend>Key</legend><p>a</p></div>");
        check(super::run, "<form><input type=hidden value=x><p>a</p></form>", "<div><p>a</p></div>");
        check(super::run, "<form><input type=search><p>All there is.</p></form>", "<div><p>All there is.</p></div>");
        check(super::run, "<p>It costs <form>12 dollars</form></p>", "<p>It costs </p><div>12 dollars</div><p></p>");
        check(super::run, "<dialog open><p>a</p></dialog><meter value=1>60%</meter>", "<div open=\"\"><p>a</p></div>60%");
        check(super::run, "<p>Press <button>Save</button> to keep it.</p>", "<p>Press Save to keep it.</p>");
        check(super::run, "<p>It snowed. <button>Share</button></p>", "<p>It snowed. </p>");
        check(super::run, "<form><label>12 dollars</label></form>", "<div>12 dollars</div>");
        check(super::run, "<p>a</p><label for=x>Menu</label><label><input type=checkbox>Dark</label>", "<p>a</p>");
        check(super::run, "<menu><li>a</menu>", "<menu><li>a</li></menu>");
    }
}
