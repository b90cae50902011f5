//! Code whose lines are elements: lists with a number a line, cells with a box a line, lines with a number inside.

use crate::clean::tree::{Id, Tree};

/// Classes of lists that are numbered code.
const LISTS: &[&str] = &["linenums", "dp-c", "dp-xml", "dp-py", "dp-sql", "hljs-ol", "code-list"];
/// Bytes of a number of a line.
const MAX_NUMBER: usize = 8;

/// Whether each entry of a list is a line of code.
pub(super) fn is_code_list(tree: &Tree, list: Id) -> bool {
    let entries = tree.child_elements(list);
    let is_code = |entry: &Id| matches!(tree.child_elements(*entry).as_slice(), [only] if tree.is(*only, &["code"]));
    let in_pre = || tree.ancestors(list).any(|ancestor| tree.is(ancestor, &["pre"]));
    let is_named = tree.has_class(list, LISTS);
    is_named && !entries.is_empty() && entries.iter().all(is_code) && !in_pre()
}

pub(super) fn open_list(tree: &mut Tree, list: Id) {
    let lines = tree.child_elements(list);
    super::join_lines(tree, list, &lines);
}

/// A cell of a table that numbers its lines, without a `pre`: the innermost boxes are the lines.
pub(super) fn open_cell(tree: &mut Tree, table: Id, cell: Id) {
    let mut holder = cell;
    while let [only] = tree.child_elements(holder).as_slice() {
        if !tree.is(*only, &["div", "code"]) {
            break;
        }
        holder = *only;
    }
    let lines = tree.child_elements(holder);
    let lines = if lines.iter().all(|line| tree.is(*line, &["div", "p"])) { lines } else { vec![holder] };
    super::join_lines(tree, table, &lines);
}

/// Whether an element is the number of a line, which a page keeps from being copied.
pub(super) fn is_number(tree: &Tree, id: Id) -> bool {
    let is_kept = |style: &str| style.replace(' ', "").contains("user-select:none");
    let is_number = |text: String| text.trim().chars().all(|c| c.is_ascii_digit());
    tree.attribute(id, "style").is_some_and(is_kept) && tree.short_text(id, MAX_NUMBER).is_some_and(is_number)
}

/// Elements that only dress words.
const DRESS: &[&str] = &["br", "span", "font", "b", "i", "em", "strong"];

/// Whether a box is lines of code without saying so: its lines are a `code` each, or it is set in the letters of a typewriter and a
/// line begins with spaces that hold.
pub(super) fn is_typed(tree: &Tree, id: Id) -> bool {
    is_code_by_line(tree, id) || is_indented(tree, id)
}

fn is_indented(tree: &Tree, id: Id) -> bool {
    let is_run = |child: &Id| tree.text(*child).is_some() || tree.is(*child, DRESS);
    let is_hard = |text: &str| text.starts_with('\u{a0}') && text.chars().take_while(|c| matches!(c, ' ' | '\u{a0}')).count() > 1;
    let is_indent = |child: &Id| tree.text(*child).is_some_and(|text| is_hard(text.trim_start_matches(['\n', '\r'])));
    let children = || tree.children(id);
    let follows_break = |pair: &[Id]| tree.is(pair[0], &["br"]) && is_indent(&pair[1]);
    tree.is_monospaced(id) && children().iter().all(is_run) && children().windows(2).any(follows_break)
}

/// A box of several lines whose style keeps white space, in the letters of a typewriter: what editors put on the clipboard.
pub(super) fn is_styled_as_pre(tree: &Tree, id: Id) -> bool {
    let style = || tree.attribute(id, "style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let keeps_space = || style().split(';').any(|rule| rule == "white-space:pre");
    let is_plain = |inner: Id| tree.text(inner).is_some() || tree.is(inner, DRESS) || tree.is(inner, &["div"]);
    let is_line = |inner: &Id| tree.is(*inner, &["div", "br"]) || tree.text(*inner).is_some_and(|text| text.trim().contains('\n'));
    // only the outermost, so that each is looked at once
    let is_inside = || tree.ancestors(id).any(|around| tree.is_monospaced(around) || tree.is(around, &["pre"]));
    tree.is_monospaced(id)
        && keeps_space()
        && !is_inside()
        && tree.descendants(id).all(is_plain)
        && tree.descendants(id).any(|inner| is_line(&inner))
}

/// Breaks between elements of code, and nothing else.
fn is_code_by_line(tree: &Tree, id: Id) -> bool {
    let is_blank = |child: &Id| tree.text(*child).is_some_and(|text| text.trim_matches([' ', '\n', '\r', '\t']).is_empty());
    let parts: Vec<Id> = tree.children(id).into_iter().filter(|child| !is_blank(child)).collect();
    let is_pair = |pair: &[Id]| tree.is(pair[0], &["br"]) || tree.is(pair[1], &["br"]);
    parts.len() > 2 && parts.iter().all(|part| tree.is(*part, &["code", "br"])) && parts.windows(2).all(is_pair)
}

/// Outside a `pre` the end of a line in the source is a space; with breaks beside, the breaks are the lines.
pub(super) fn drop_wrapping(tree: &mut Tree, code: Id) {
    let texts: Vec<Id> = tree.descendants(code).filter(|id| tree.text(*id).is_some_and(|text| text.contains('\n'))).collect();
    for id in texts {
        let text = tree.text(id).unwrap_or_default().replace(['\n', '\r'], "");
        tree.set_text(id, text);
    }
}
