//! Writes raised and lowered text with the characters that exist for it, so that x² and H₂O do not become x2 and H2O.
//!
//! before: `x<sup>2</sup> H<sub>2</sub>O 5<sup>th</sup> x<sup>k</sup> a<sub>max</sub> note<sup>[3]</sup>`
//! after:  `x<sup>²</sup> H<sub>₂</sub>O 5<sup>th</sup> x<sup>^k</sup> a<sub>_max</sub> note<sup>³</sup>`

use super::super::page::Page;
use super::super::tree::{Id, Tree};

const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾nⁿiⁱ,,";
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎";
/// Endings of ordinal numbers and signs, which read well on the line.
const ON_THE_LINE: &[&str] =
    &["st", "nd", "rd", "th", "e", "er", "ère", "re", "o", "a", "os", "as", "ème", "me", "tm", "™", "®", "©", "°", "*", "†", "‡"];
/// Bytes of text that is still an exponent and no remark.
const MAX_BYTES: usize = 16;

pub(super) fn run(tree: &mut Tree, _: &Page) {
    let scripts: Vec<Id> = tree.elements().into_iter().filter(|id| tree.is(*id, &["sup", "sub"])).collect();
    if scripts.is_empty() {
        return;
    }
    // how many texts are in each, and which the last one is
    let texts = tree
        .sums(|id| (usize::from(tree.text(id).is_some()), id), |(one, id), (other, last)| (one + other, if other > 0 { last } else { id }));
    for id in scripts {
        let table = match tree.name(id) {
            "sup" => RAISED,
            _ => LOWERED,
        };
        let (1, only) = texts[id] else { continue };
        let text = tree.text(only).unwrap_or_default().trim();
        let Some(new) = Some(text).filter(|text| text.len() <= MAX_BYTES && !tree.is_in_code(id)).and_then(|text| set(text, table)) else {
            continue;
        };
        tree.set_text(only, new);
    }
}

fn set(text: &str, table: &str) -> Option<String> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let text = bare.unwrap_or(text);
    if text.is_empty() || ON_THE_LINE.contains(&text.to_lowercase().as_str()) {
        return None;
    }
    let characters: Vec<char> = table.chars().collect();
    let exchange = |c: char| characters.chunks(2).find(|pair| pair[0] == c).map(|pair| pair[1]);
    text.chars().map(exchange).collect::<Option<String>>().or_else(|| {
        let is_term = |c: char| c.is_alphanumeric() || "+-−=,()./".contains(c);
        let sign = if table == RAISED { '^' } else { '_' };
        (text.chars().all(is_term) && text.contains(char::is_alphanumeric)).then(|| format!("{sign}{text}"))
    })
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
        check(super::run, "x<sub>n+1</sub> a<sub>max</sub> v<sub>i,j</sub>", "x<sub>_n+1</sub> a<sub>_max</sub> v<sub>_i,j</sub>");
        check(
            super::run,
            "10<sup>12.5</sup> 2<sup>1/2</sup> 2<sup>n/2</sup> 10<sup>−3.5</sup> a<sup>1,2</sup> x<sup>(k)</sup>",
            "10<sup>^12.5</sup> 2<sup>^1/2</sup> 2<sup>^n/2</sup> 10<sup>^−3.5</sup> a<sup>¹,²</sup> x<sup>^(k)</sup>",
        );
        check(super::run, "a<sup>…</sup> b<sup>.</sup>", "a<sup>…</sup> b<sup>.</sup>");
        check(super::run, "a<sup>see the note below</sup>", "a<sup>see the note below</sup>");
        check(super::run, "<code>a<sup>2</sup></code>", "<code>a<sup>2</sup></code>");
        check(super::run, "a<sup><a href=x>12</a></sup>", "a<sup><a href=\"x\">¹²</a></sup>");
    }
}
