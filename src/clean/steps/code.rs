//! Brings code into one shape: a `pre` without line numbers, whatever the highlighter made of it.
//!
//! before: `<table class="highlight"><tr><td class="gutter"><pre>1</pre></td><td class="code"><pre>x = 1</pre></td></tr></table>`
//! after:  `<div class="highlight"><div class="code"><pre>x = 1</pre></div></div>`

use std::collections::HashSet;

use super::super::page::Page;
use super::super::tree::{Id, Tree};

mod lines;

/// Classes of line numbers and buttons beside code.
const GUTTERS: &[&str] = &[
    "gutter",
    "gl",
    "lineno",
    "linenos",
    "linenodiv",
    "line-number",
    "line-numbers",
    "line-numbers-rows",
    "linenumber",
    "linenumbers",
    "lnt",
    "ln",
    "blob-num",
    "hljs-ln-numbers",
    "hljs-ln-line-numbers",
    "rouge-gutter",
    "crayon-nums",
    "code-toolbar-item",
    "copy-btn",
    "copybtn",
    "btn-clipboard",
    "toolbar",
];
/// Classes of one line of code in a table's cell.
const CODE_CELLS: &[&str] = &["blob-code", "hljs-ln-code", "code", "rouge-code", "crayon-code", "crayon-line", "line"];

pub(super) fn run(tree: &mut Tree, _: &Page) {
    let outer = outer_tables(tree);
    for id in tree.elements() {
        match tree.name(id) {
            "ol" if lines::is_code_list(tree, id) => lines::open_list(tree, id),
            "xmp" | "listing" => tree.rename(id, "pre"),
            "table" if !outer.contains(&id) => open_code_table(tree, id),
            "code" if tree.parent(id).is_some() && is_block(tree, id) => {
                lines::drop_wrapping(tree, id);
                tree.rename(id, "pre");
            }
            "div" if lines::is_styled_as_pre(tree, id) || is_lines(tree, id) => {
                if tree.first_element(id).is_some_and(|first| tree.is(first, &["div"])) {
                    lines::drop_wrapping(tree, id);
                }
                tree.rename(id, "pre");
            }
            "div" | "p" if lines::is_typed(tree, id) => {
                lines::drop_wrapping(tree, id);
                tree.rename(id, "pre");
            }
            "pre" if !tree.ancestors(id).any(|ancestor| tree.is(ancestor, &["pre"])) => drop_gutters(tree, id),
            _ => {}
        }
    }
}

/// Whether a box holds nothing but boxes that a highlighter calls its lines.
fn is_lines(tree: &Tree, id: Id) -> bool {
    let parts = tree.child_elements(id);
    !parts.is_empty() && parts.iter().all(|part| tree.has_class(*part, &["crayon-line"]))
}

/// Tables that hold another table: these only place things, and what they hold is looked at by itself.
fn outer_tables(tree: &Tree) -> HashSet<Id> {
    let tables = tree.elements().into_iter().filter(|id| tree.is(*id, &["table"]));
    tables.filter_map(|id| tree.ancestors(id).find(|ancestor| tree.is(*ancestor, &["table"]))).collect()
}

/// Whether a `code` outside a `pre` holds lines of its own.
fn is_block(tree: &Tree, id: Id) -> bool {
    !tree.ancestors(id).any(|ancestor| tree.is(ancestor, &["pre", "td", "th", "li"]))
        && tree.descendants(id).any(|inner| tree.is(inner, &["br", "div"]))
}

fn drop_gutters(tree: &mut Tree, pre: Id) {
    let gutters: Vec<Id> = tree.descendants(pre).filter(|id| tree.has_class(*id, GUTTERS) || lines::is_number(tree, *id)).collect();
    gutters.into_iter().for_each(|gutter| tree.detach(gutter));
}

/// A table that only puts numbers beside code becomes the code.
fn open_code_table(tree: &mut Tree, table: Id) {
    let parts: Vec<Id> = tree.descendants(table).collect();
    let cells = parts.iter().copied().filter(|id| tree.is(*id, &["td", "th"]));
    let (gutters, code): (Vec<Id>, Vec<Id>) = cells.partition(|cell| is_gutter(tree, *cell));
    let is_code = |cell: &Id| {
        tree.has_class(*cell, CODE_CELLS)
            || tree.descendants(*cell).any(|id| tree.is(id, &["pre", "code"]) || tree.has_class(id, CODE_CELLS))
    };
    if gutters.is_empty() || code.is_empty() || !code.iter().all(is_code) {
        return;
    }
    gutters.iter().for_each(|gutter| tree.detach(*gutter));
    if code.len() == 1 && !parts.iter().any(|id| tree.is(*id, &["pre"])) {
        return lines::open_cell(tree, table, code[0]);
    }
    if code.len() == 1 {
        for id in parts {
            if tree.is(id, &["tbody", "thead", "tr"]) {
                tree.unwrap(id);
            }
        }
        tree.rename(code[0], "div");
        return tree.rename(table, "div");
    }
    join_lines(tree, table, &code);
}

/// Each cell is a line of code: puts them into one `pre`.
fn join_lines(tree: &mut Tree, table: Id, lines: &[Id]) {
    let pre = tree.element("pre");
    for line in lines {
        let text = tree.inner_text(*line, usize::MAX);
        let text = tree.text_node(&format!("{}\n", text.trim_matches('\n')));
        tree.append(pre, text);
    }
    tree.replace(table, pre);
}

fn is_gutter(tree: &Tree, cell: Id) -> bool {
    let is_number = |text: &str| !text.trim().is_empty() && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace());
    tree.has_class(cell, GUTTERS) || tree.attribute(cell, "data-line-number").is_some() || {
        let in_code = tree.descendants(cell).any(|id| tree.is(id, &["pre", "code"]) || tree.has_class(id, GUTTERS));
        in_code && is_number(&tree.inner_text(cell, 20_000))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn numbered_lines_become_code() {
        check(
            super::run,
            "<table class=\"highlight\"><tr><td class=\"gutter\"><pre>1</pre></td><td class=\"code\"><pre>x = 1</pre></td></tr></table>",
            "<div class=\"highlight\"><div class=\"code\"><pre>x = 1</pre></div></div>",
        );
        check(
            super::run,
            "<table><tr><td class=blob-num>1<td class=blob-code>a<tr><td class=blob-num>2<td class=blob-code> b</table>",
            "<pre>a\n b\n</pre>",
        );
        check(
            super::run,
            "<table><tr><td class=gutter><div>1</div><div>2</div></td><td class=code><div class=box><div class=line><code>if</code> x</div><div class=line><code>&nbsp;</code>y</div></div></td></tr></table>",
            "<pre>if x\n\u{a0}y\n</pre>",
        );
        check(super::run, "<ol class=linenums><li><code>a</code></li><li><code> b</code></li></ol>", "<pre>a\n b\n</pre>");
        check(super::run, "<pre><span style='color:#777; user-select: none'>12</span>a</pre>", "<pre>a</pre>");
        check(super::run, "<p><code>a<br />\n b<br />\n</code></p>", "<p><pre>a<br> b<br></pre></p>");
        check(super::run, "<pre><span class=lineno>1 </span>a</pre>", "<pre>a</pre>");
        check(super::run, "<p><code>a<br>b</code> <code>c</code></p>", "<p><pre>a<br>b</pre> <code>c</code></p>");
    }

    #[test]
    fn lines_in_the_letters_of_a_typewriter_are_code_when_they_are_indented() {
        check(
            super::run,
            "<div style='font-family: Courier New'>if a {<br>\n&nbsp;&nbsp;<b>b</b>();<br>}</div>",
            "<pre style=\"font-family: Courier New\">if a {<br>\u{a0}\u{a0}<b>b</b>();<br>}</pre>",
        );
        let verse = "<p style=\"font-family: Courier\">The tide comes in,<br>the tide goes out.</p>";
        check(super::run, verse, verse);
        let text = "<div style=\"font-family: Courier\"><p>A whole text,<br>\u{a0}\u{a0}in one font.</p></div>";
        check(super::run, text, text);
    }

    #[test]
    fn code_that_only_its_style_calls_code_keeps_its_lines_and_indent() {
        use super::super::testing::check_text;
        let code = "```\nlet x = 5;\n    y = 6;\n```";
        let style = "font-family: 'Droid Sans Mono', monospace; white-space: pre;";
        check_text(&format!("<div style=\"{style}\">let x = 5;<br>&nbsp; &nbsp; y = 6;</div>"), code);
        let lines = "<div><span>let</span><span> x = 5;</span></div>\n<div><span>    y = 6;</span></div>";
        check_text(&format!("<div style=\"{style}\">{lines}</div>"), code);
        check_text("<p><code>let x = 5;</code><br>\n<code>&nbsp;&nbsp;&nbsp; y = 6;</code></p>", code);
        let crayon =
            "<div class=crayon-pre><div class=crayon-line>let x = 5;</div><div class=crayon-line>&nbsp; &nbsp; <i>y</i> = 6;</div></div>";
        check_text(crayon, code);
        let numbers = "<td class=crayon-nums><div class=crayon-num>1</div><div class=crayon-num>2</div></td>";
        check_text(&format!("<table class=crayon-table><tr>{numbers}<td>{crayon}</td></tr></table>"), code);
    }

    #[test]
    fn a_table_of_data_stays() {
        let table = "<table><tbody><tr><td>1</td><td>a</td></tr></tbody></table>";
        check(super::run, table, table);
    }
}
