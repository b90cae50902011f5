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

/// Whether a box is lines in the letters of a typewriter, of which one begins with spaces that hold.
pub(super) fn is_typed(tree: &Tree, id: Id) -> bool {
    let is_run = |child: &Id| tree.text(*child).is_some() || tree.is(*child, &["br", "span", "font", "b", "i", "em", "strong"]);
    let is_indent = |child: &Id| tree.text(*child).is_some_and(|text| text.trim_start_matches(['\n', '\r']).starts_with("\u{a0}\u{a0}"));
    let children = || tree.children(id);
    let follows_break = |pair: &[Id]| tree.is(pair[0], &["br"]) && is_indent(&pair[1]);
    tree.is_monospaced(id) && children().iter().all(is_run) && children().windows(2).any(follows_break)
}

/// Outside a `pre` the end of a line in the source is a space; with breaks beside, the breaks are the lines.
pub(super) fn drop_wrapping(tree: &mut Tree, code: Id) {
    let texts: Vec<Id> = tree.descendants(code).filter(|id| tree.text(*id).is_some_and(|text| text.contains('\n'))).collect();
    for id in texts {
        let text = tree.text(id).unwrap_or_default().replace(['\n', '\r'], "");
        tree.set_text(id, text);
    }
}
