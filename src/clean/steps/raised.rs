//! Writes raised and lowered text with the characters that exist for it, so that x² and H₂O do not become x2 and H2O.
//!
//! before: `x<sup>2</sup> H<sub>2</sub>O 5<sup>th</sup> x<sup>k</sup> a<sub>max</sub> note<sup>[3]</sup>`
//! after:  `x<sup>²</sup> H<sub>₂</sub>O 5<sup>th</sup> x<sup>^k</sup> a<sub>_max</sub> note<sup>³</sup>`

use super::super::page::Page;
use super::super::tree::{Id, Tree};

const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾nⁿiⁱaᵃoº,,";
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎";
/// Endings of ordinal numbers and of shortened words, and signs, which read well on the line.
#[rustfmt::skip]
const ON_THE_LINE: &[&str] = &[
    "st", "nd", "rd", "th", "e", "er", "ère", "re", "os", "as", "ème", "me", "mes", "lle", "lles", "gr", "ie", "ier", "ière", "iers",
    "nde", "nds", "ième", "ièmes", "èmes", "res", "ers", "tm", "sm", "™", "®", "©", "°", "*", "†", "‡",
];
/// Bytes of text that is still an exponent and no remark.
const MAX_BYTES: usize = 24;
/// Signs that join the terms of an exponent.
const OPERATORS: &str = "+-−=/·×*^_<>≤≥";

pub(super) fn run(tree: &mut Tree, _: &Page) {
    // the inner ones first
    for id in tree.elements().into_iter().rev().filter(|id| tree.is(*id, &["sup", "sub"])).collect::<Vec<_>>() {
        let (table, sign) = if tree.is(id, &["sup"]) { (RAISED, '^') } else { (LOWERED, '_') };
        let Some(text) = tree.short_text(id, MAX_BYTES).filter(|_| !tree.is_in_code(id)) else { continue };
        let texts: Vec<Id> = tree.descendants(id).filter(|inner| tree.text(*inner).is_some_and(|text| !text.trim().is_empty())).collect();
        if let Some(new) = exchanged(text.trim(), table) {
            // a link keeps its number, whatever brackets stand around it
            let best =
                texts.iter().copied().max_by_key(|id| (tree.text(*id).is_some_and(|text| text.contains(char::is_alphanumeric)), *id));
            texts.iter().for_each(|id| tree.set_text(*id, String::new()));
            best.into_iter().for_each(|id| tree.set_text(id, new.clone()));
        } else if let (Some((open, close)), [first, .., last] | [first @ last]) = (signs(text.trim(), sign), texts.as_slice()) {
            mark(tree, id, (*first, *last), (&open, close));
        }
    }
}

/// A text in raised or lowered characters, where there are such for all of it.
fn exchanged(text: &str, table: &str) -> Option<String> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let text = bare.unwrap_or(text);
    let exchange = |c: char| table.chars().zip(table.chars().skip(1)).step_by(2).find(|(plain, _)| *plain == c).map(|(_, raised)| raised);
    let is_said = !text.is_empty() && !ON_THE_LINE.contains(&text.to_lowercase().as_str());
    text.chars().filter(|c| !c.is_whitespace()).map(exchange).collect::<Option<String>>().filter(|_| is_said)
}

/// What stands before and behind an exponent or index on the line: brackets around all but one number or name. None for words.
fn signs(text: &str, sign: char) -> Option<(String, &'static str)> {
    let is_operator = |c: char| OPERATORS.contains(c);
    let is_term = |c: char| c.is_alphanumeric() || c.is_whitespace() || is_operator(c) || ",()./".contains(c);
    let mut words = text.split_whitespace();
    let is_formula =
        !text.contains(char::is_whitespace) || text.contains(is_operator) || words.any(|word| word.chars().eq(word.chars().next()));
    let is_exponent = is_formula && text.chars().all(is_term) && text.contains(char::is_alphanumeric);
    if !is_exponent || ON_THE_LINE.contains(&text.to_lowercase().as_str()) {
        return None;
    }
    let number = text.strip_prefix(['+', '-', '−']).unwrap_or(text);
    let is_one = number.chars().all(|c| c.is_ascii_digit() || c == '.') || text.chars().all(|c| c.is_alphabetic() || c == ',');
    let has_brackets = text.starts_with('(') && text.find(')') == Some(text.len() - 1);
    Some(if is_one || has_brackets { (sign.to_string(), "") } else { (format!("{sign}("), ")") })
}

/// Puts signs around an element's text, without the space at its ends.
fn mark(tree: &mut Tree, id: Id, (first, last): (Id, Id), (open, close): (&str, &str)) {
    let start = tree.text(first).unwrap_or_default().trim_start().to_string();
    tree.set_text(first, start);
    let end = tree.text(last).unwrap_or_default().trim_end().to_string();
    tree.set_text(last, end);
    let (open, close) = (tree.text_node(open), tree.text_node(close));
    if let Some(inner) = tree.first(id) {
        tree.insert_before(inner, open);
    }
    tree.append(id, close);
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn powers_indices_and_notes_are_set_in_their_characters() {
        check(
            super::run,
            "x<sup>2</sup> H<sub>2</sub>O 5<sup>th</sup> x<sup>k</sup> note<sup>[3]</sup>",
            "x<sup>²</sup> H<sub>₂</sub>O 5<sup>th</sup> x<sup>^k</sup> note<sup>³</sup>",
        );
        check(super::run, "x<sub>n+1</sub> a<sub>max</sub> v<sub>i,j</sub>", "x<sub>_(n+1)</sub> a<sub>_max</sub> v<sub>_i,j</sub>");
        check(
            super::run,
            "10<sup>12.5</sup> 2<sup>1/2</sup> 2<sup>n/2</sup> 10<sup>−3.5</sup> a<sup>1,2</sup> x<sup>(k)</sup>",
            "10<sup>^12.5</sup> 2<sup>^(1/2)</sup> 2<sup>^(n/2)</sup> 10<sup>^−3.5</sup> a<sup>¹,²</sup> x<sup>^(k)</sup>",
        );
        check(
            super::run,
            "2<sup><em>k</em>+1</sup> 2<sup>2<sup>n</sup></sup> e<sup>−<i>kt</i></sup> a<sub><i>n</i>+1</sub> x<sup>2y+1</sup>",
            "2<sup>^(<em>k</em>+1)</sup> 2<sup>^(2<sup>ⁿ</sup>)</sup> e<sup>^(−<i>kt</i>)</sup> a<sub>_(<i>n</i>+1)</sub> x<sup>^(2y+1)</sup>",
        );
        check(
            super::run,
            "x<sup>n + 1</sup> O(n<sup>log n</sup>) 10<sup>a</sup>",
            "x<sup>ⁿ⁺¹</sup> O(n<sup>^(log n)</sup>) 10<sup>ᵃ</sup>",
        );
        check(super::run, "M<sup>lle</sup> 1<sup>st</sup> XIX<sup>e</sup>", "M<sup>lle</sup> 1<sup>st</sup> XIX<sup>e</sup>");
        check(super::run, "a<sup>[<a href=x>1</a>]</sup> a<sup>1, 2</sup>", "a<sup><a href=\"x\">¹</a></sup> a<sup>¹,²</sup>");
        check(super::run, "a<sup>in beta</sup> a<sup><b>new</b> here</sup>", "a<sup>in beta</sup> a<sup><b>new</b> here</sup>");
        check(super::run, "a<sup>…</sup> b<sup>.</sup>", "a<sup>…</sup> b<sup>.</sup>");
        check(super::run, "a<sup>see the note below</sup>", "a<sup>see the note below</sup>");
        check(super::run, "<code>a<sup>2</sup></code>", "<code>a<sup>2</sup></code>");
        check(super::run, "a<sup><a href=x>12</a></sup>", "a<sup><a href=\"x\">¹²</a></sup>");
    }
}
