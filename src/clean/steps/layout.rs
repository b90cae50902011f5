//! Opens tables that only place things; tables of data stay tables.
//!
//! before: `<table><tr><td><p>One</p><p>Two</p></td></tr></table>`
//! after:  `<div><p>One</p><p>Two</p></div>`

use std::collections::HashSet;

use super::super::page::Page;
use super::super::tree::{Id, Tree};

/// Columns of a table that can still be set as one.
const MAX_COLUMNS: usize = 40;
/// Bytes of text in one cell above which it is an article, not a value.
const MAX_CELL_BYTES: usize = 1_200;

const PARTS: &[&str] = &["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"];

pub(super) fn run(tree: &mut Tree, _: &Page) {
    // inner tables first: what is then still a table inside another makes that one layout
    let mut around = HashSet::new();
    for table in tree.elements().into_iter().rev().filter(|id| tree.is(*id, &["table"])).collect::<Vec<_>>() {
        if around.contains(&table) || is_layout(tree, table) {
            open(tree, table);
        } else {
            around.extend(tree.ancestors(table));
        }
    }
}

/// A table, its rows and its cells, and none of a table inside it.
fn parts(tree: &Tree, table: Id) -> Vec<Id> {
    let mut parts = vec![table];
    let mut at = 0;
    while let Some(id) = parts.get(at) {
        let inner = tree.child_elements(*id).into_iter().filter(|child| tree.is(*child, PARTS) && !tree.is(*child, &["table"]));
        parts.extend(inner.collect::<Vec<_>>());
        at += 1;
    }
    parts
}

fn open(tree: &mut Tree, table: Id) {
    for id in parts(tree, table) {
        match tree.name(id) {
            "tbody" | "thead" | "tfoot" | "tr" => tree.unwrap(id),
            _ => tree.rename(id, "div"),
        }
    }
    if let [only] = tree.children(table).as_slice() {
        tree.unwrap(*only);
    }
}

fn is_layout(tree: &Tree, table: Id) -> bool {
    let parts = parts(tree, table);
    let rows: Vec<Id> = parts.iter().copied().filter(|id| tree.is(*id, &["tr"])).collect();
    let columns = rows.iter().map(|row| tree.child_elements(*row).len()).max().unwrap_or(0);
    let has = |names: &[&str]| parts.iter().any(|id| tree.is(*id, names));
    let is_said = matches!(tree.attribute(table, "role"), Some("presentation" | "none"));
    let is_shape = !(2..=MAX_COLUMNS).contains(&columns);
    is_said || is_shape || (!has(&["th", "caption"]) && (rows.len() < 2 || holds_articles(tree, &parts)))
}

/// Whether cells hold blocks of text rather than values.
fn holds_articles(tree: &Tree, parts: &[Id]) -> bool {
    let is_article = |cell: Id| {
        let blocks = tree
            .child_elements(cell)
            .into_iter()
            .filter(|child| tree.is(*child, &["p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "pre", "figure"]));
        blocks.count() > 2 || tree.short_text(cell, MAX_CELL_BYTES).is_none()
    };
    parts.iter().any(|id| tree.is(*id, &["td"]) && is_article(*id))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn layout_is_opened() {
        check(super::run, "<table><tr><td><p>One</p><p>Two</p></td></tr></table>", "<div><p>One</p><p>Two</p></div>");
        check(super::run, "<table><tr><td>a<tr><td>b</table>", "<div><div>a</div><div>b</div></div>");
        check(
            super::run,
            "<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>",
            "<div role=\"presentation\"><div>a</div><div>b</div><div>c</div><div>d</div></div>",
        );
        check(
            super::run,
            "<table><tr><td>a<td><table><tr><th>h<th>i<tr><td>1<td>2</table></table>",
            "<div><div>a</div><div><table><tbody><tr><th>h</th><th>i</th></tr><tr><td>1</td><td>2</td></tr></tbody></table></div></div>",
        );
    }

    #[test]
    fn data_stays() {
        let table = "<table><tbody><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></tbody></table>";
        check(super::run, table, table);
    }
}
