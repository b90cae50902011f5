//! Writes the fractions, powers, indices, roots, brackets and tables of MathML on one line, as people type them.
//!
//! before: `<math><mfrac><mn>1</mn><mn>2</mn></mfrac><msup><mn>10</mn><mn>6</mn></msup><msqrt><mi>x</mi></msqrt></math>`
//! after:  `<math><mfrac><mn>1</mn>/<mn>2</mn>·</mfrac><msup><mn>10</mn><sup>6</sup></msup><msqrt>√<mi>x</mi></msqrt></math>`

use super::super::page::Page;
use super::super::tree::{Id, Tree};

/// Bytes of a part that may stand without brackets.
const MAX_TERM: usize = 16;
const PARTS: &[&str] = &["mfrac", "msup", "msub", "msubsup", "munder", "munderover", "msqrt", "mroot", "mfenced", "mtable"];
/// Signs of what stands unseen between two factors.
const UNSEEN: &[char] = &['\u{2061}', '\u{2062}', '\u{2063}'];
/// Signs that open a table.
const OPENING: &[&str] = &["(", "[", "{", "|", "‖"];

pub(super) fn run(tree: &mut Tree, _: &Page) {
    // the inner ones first
    for id in tree.elements().into_iter().rev().filter(|id| tree.is(*id, PARTS)).collect::<Vec<_>>() {
        match (tree.name(id), tree.child_elements(id).as_slice()) {
            ("mfrac", &[above, below]) => {
                part(tree, id, below);
                enclose(tree, above);
                put_before(tree, below, "/");
                enclose(tree, below);
            }
            ("msup", &[_, up]) => script(tree, up, "sup"),
            ("msub" | "munder", &[_, low]) => script(tree, low, "sub"),
            ("msubsup" | "munderover", &[_, low, up]) => {
                script(tree, low, "sub");
                script(tree, up, "sup");
            }
            ("mfenced", inner) => fenced(tree, id, inner),
            ("mtable", rows) => table(tree, id, rows),
            ("msqrt", &[inner]) => root(tree, inner),
            ("msqrt", &[first, ..]) => {
                put_before(tree, first, "√(");
                put_behind(tree, id, ")");
            }
            ("mroot", &[inner, degree]) => {
                tree.insert_before(inner, degree);
                script(tree, degree, "sup");
                root(tree, inner);
            }
            _ => {}
        }
        if tree.is(id, &["munder", "munderover"]) && tree.after(id).is_some() {
            put_behind(tree, id, " ");
        }
    }
}

/// Keeps a fraction apart from the number before it and the factor behind it.
fn part(tree: &mut Tree, id: Id, below: Id) {
    if tree.before(id).is_some_and(|before| tree.is(before, &["mn"])) {
        put_before(tree, id, " ");
    }
    let is_unseen =
        |id: &Id| tree.short_text(*id, MAX_TERM).is_some_and(|text| text.chars().all(|c| UNSEEN.contains(&c) || c.is_whitespace()));
    let next = tree.element_after(id);
    let next = next.filter(|next| tree.is(*next, &["mo"]) && is_unseen(next)).and_then(|sign| tree.element_after(sign)).or(next);
    let Some(next) = next.filter(|next| !tree.is(*next, &["mo"])) else { return };
    match tree.inner_text(next, 1).trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        true => put_behind(tree, id, "·"),
        false if is_one(tree, below) => put_behind(tree, id, " "),
        false => {}
    }
}

/// Brackets by their attributes, and what stands between what is in them.
fn fenced(tree: &mut Tree, id: Id, inner: &[Id]) {
    let said = |name, usual: &str| tree.attribute(id, name).unwrap_or(usual).trim().to_string();
    let (open, close, separators) = (said("open", "("), said("close", ")"), said("separators", ","));
    let separators: Vec<char> = separators.chars().filter(|c| !c.is_whitespace()).collect();
    for (at, part) in inner.iter().enumerate().skip(1) {
        if let Some(separator) = separators.get(at - 1).or(separators.last()) {
            put_before(tree, *part, &separator.to_string());
        }
    }
    if let Some(first) = inner.first() {
        put_before(tree, *first, &open);
        put_behind(tree, id, &close);
    }
}

/// Rows apart by semicolons, in brackets where none stand around them.
fn table(tree: &mut Tree, id: Id, rows: &[Id]) {
    for (at, row) in rows.iter().enumerate() {
        for cell in tree.child_elements(*row).into_iter().skip(1) {
            put_before(tree, cell, ", ");
        }
        if at > 0 {
            put_before(tree, *row, "; ");
        }
    }
    let is_open = tree.before(id).is_some_and(|before| OPENING.contains(&tree.inner_text(before, MAX_TERM).trim()));
    if let Some(first) = rows.first().filter(|_| !is_open) {
        put_before(tree, *first, "[");
        put_behind(tree, id, "]");
    }
}

fn put_before(tree: &mut Tree, id: Id, sign: &str) {
    let sign = tree.text_node(sign);
    tree.insert_before(id, sign);
}

/// Puts a sign behind all that is in an element.
fn put_behind(tree: &mut Tree, id: Id, sign: &str) {
    let sign = tree.text_node(sign);
    tree.append(id, sign);
}

fn root(tree: &mut Tree, inner: Id) {
    put_before(tree, inner, "√");
    enclose(tree, inner);
}

/// The text of a part that is one number or name.
fn term(tree: &Tree, id: Id) -> Option<String> {
    let text: String = tree.short_text(id, MAX_TERM * 4)?.split_whitespace().collect();
    (!text.is_empty() && text.len() <= MAX_TERM).then_some(text)
}

/// Brackets around what is more than one number or name.
fn enclose(tree: &mut Tree, id: Id) {
    if !is_one(tree, id) {
        put_before(tree, id, "(");
        put_behind(tree, id, ")");
    }
}

/// Whether a part is one number or name, or one with a power or an index.
fn is_one(tree: &Tree, id: Id) -> bool {
    let Some(text) = term(tree, id) else { return false };
    let names = tree.descendants(id).chain([id]).filter(|id| tree.is(*id, &["mi", "mn", "mtext"])).count();
    let is_script = tree.is(id, &["msup", "msub"]);
    text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ',')) && (names <= 1 || is_script)
}

/// A short part becomes raised or lowered text, a longer one stands in brackets.
fn script(tree: &mut Tree, id: Id, name: &str) {
    let is_simple = !tree.descendants(id).any(|inner| tree.is(inner, &["sup", "sub"]));
    match term(tree, id).filter(|_| is_simple) {
        Some(text) => {
            let (script, text) = (tree.element(name), tree.text_node(&text));
            tree.append(script, text);
            tree.replace(id, script);
        }
        None => {
            put_before(tree, id, if name == "sup" { "^(" } else { "_(" });
            put_behind(tree, id, ")");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_text};

    #[test]
    fn formulas_are_written_on_a_line() {
        check(
            super::run,
            "<math><mfrac><mn>1</mn><mn>2</mn></mfrac><msup><mn>10</mn><mn>6</mn></msup><msqrt><mi>x</mi></msqrt></math>",
            "<math><mfrac><mn>1</mn>/<mn>2</mn>·</mfrac><msup><mn>10</mn><sup>6</sup></msup><msqrt>√<mi>x</mi></msqrt></math>",
        );
        let check = |formula: &str, expected: &str| check_text(&format!("<p>a <math>{formula}</math>.</p>"), &format!("a {expected}."));
        check("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2");
        check("<msup><mn>10</mn><mrow><mo>−</mo><mn>6</mn></mrow></msup>", "10⁻⁶");
        check("<msup><mi>e</mi><mfrac><mi>x</mi><mn>2</mn></mfrac></msup>", "e^(x/2)");
        check("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup><mo>=</mo><msqrt><mi>a</mi><mo>+</mo><mn>1</mn></msqrt>", "x\\_i²=√(a+1)");
        check("<msup><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></msup>", "a^(b²)");
        let half = "<mfrac><mn>1</mn><mn>2</mn></mfrac>";
        check(&format!("<mn>2</mn>{half}"), "2 1/2");
        check(&format!("{half}<msup><mn>10</mn><mn>6</mn></msup>"), "1/2·10⁶");
        check(&format!("{half}<mo>\u{2062}</mo><mi>x</mi><mo>+</mo>{half}"), "1/2 x+1/2");
        check("<mfrac><mn>1</mn><mrow><mn>2</mn><mi>π</mi></mrow></mfrac><mi>x</mi>", "1/(2π)x");
        check("<mfrac><mn>1</mn><msup><mi>r</mi><mn>2</mn></msup></mfrac>", "1/r²");
        check("<mi>f</mi><mfenced><mi>a</mi><mi>b</mi></mfenced>", "f(a,b)");
        check("<mfenced open='|' close='|' separators=''><mi>a</mi></mfenced>", "|a|");
        let rows =
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable>";
        check(rows, "\\[1, 2; 3, 4\\]");
        check(&format!("<mo>(</mo>{rows}<mo>)</mo>"), "(1, 2; 3, 4)");
        let sum = "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>";
        check(sum, "∑\\_(i=1)ⁿ i");
        check("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√x");
    }
}
