//! Writes the fractions, powers, indices and roots of MathML on one line, as people type them.
//!
//! before: `<math><mfrac><mn>1</mn><mn>2</mn></mfrac><msup><mn>10</mn><mn>6</mn></msup><msqrt><mi>x</mi></msqrt></math>`
//! after:  `<math><mfrac><mn>1</mn>/<mn>2</mn></mfrac><msup><mn>10</mn><sup>6</sup></msup><msqrt>√<mi>x</mi></msqrt></math>`

use super::super::page::Page;
use super::super::tree::{Id, Tree};

/// Bytes of a part that may stand without brackets.
const MAX_TERM: usize = 16;
const PARTS: &[&str] = &["mfrac", "msup", "msub", "msubsup", "munder", "munderover", "msqrt", "mroot"];

pub(super) fn run(tree: &mut Tree, _: &Page) {
    // the inner ones first
    for id in tree.elements().into_iter().rev().filter(|id| tree.is(*id, PARTS)).collect::<Vec<_>>() {
        match (tree.name(id), tree.child_elements(id).as_slice()) {
            ("mfrac", &[above, below]) => {
                enclose(tree, above);
                let line = tree.text_node("/");
                tree.insert_before(below, line);
                enclose(tree, below);
            }
            ("msup", &[_, up]) => script(tree, up, "sup"),
            ("msub" | "munder", &[_, low]) => script(tree, low, "sub"),
            ("msubsup" | "munderover", &[_, low, up]) => {
                script(tree, low, "sub");
                script(tree, up, "sup");
            }
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
    let is_one = |text: String| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ','));
    if !term(tree, id).is_some_and(is_one) {
        put_before(tree, id, "(");
        put_behind(tree, id, ")");
    }
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
            "<math><mfrac><mn>1</mn>/<mn>2</mn></mfrac><msup><mn>10</mn><sup>6</sup></msup><msqrt>√<mi>x</mi></msqrt></math>",
        );
        let check = |formula: &str, expected: &str| check_text(&format!("<p>a <math>{formula}</math>.</p>"), &format!("a {expected}."));
        check("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2");
        check("<msup><mn>10</mn><mrow><mo>−</mo><mn>6</mn></mrow></msup>", "10⁻⁶");
        check("<msup><mi>e</mi><mfrac><mi>x</mi><mn>2</mn></mfrac></msup>", "e^(x/2)");
        check("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup><mo>=</mo><msqrt><mi>a</mi><mo>+</mo><mn>1</mn></msqrt>", "x\\_i²=√(a+1)");
        check("<msup><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></msup>", "a^(b²)");
        check("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√x");
    }
}
