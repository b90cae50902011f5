//! What the entries of a list stand behind, as its author wants it: figures, letters, Roman numerals, or the terms that they explain.

use serde::{Deserialize, Serialize};

/// How the entries of an ordered list are numbered; its JSON form is the `type` of HTML, or `terms`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Numbering {
    #[default]
    #[serde(rename = "1")]
    Figures,
    #[serde(rename = "a")]
    Letters,
    #[serde(rename = "A")]
    Capitals,
    #[serde(rename = "i")]
    Roman,
    #[serde(rename = "I")]
    RomanCapitals,
    /// No numbers and no bullets: the first block of an entry is a term, those after it say what it means.
    #[serde(rename = "terms")]
    Terms,
}

/// Names in the `type` of a list and in style sheets.
const NAMES: &[(Numbering, &str, &[&str])] = &[
    (Numbering::Figures, "1", &["decimal"]),
    (Numbering::Letters, "a", &["lower-alpha", "lower-latin"]),
    (Numbering::Capitals, "A", &["upper-alpha", "upper-latin"]),
    (Numbering::Roman, "i", &["lower-roman"]),
    (Numbering::RomanCapitals, "I", &["upper-roman"]),
];
const ROMAN: &[(i64, &str)] = &[
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];
/// The highest number that Roman numerals can write.
const MOST_ROMAN: i64 = 3_999;

impl Numbering {
    /// By the value of HTML's `type` or of a style sheet's `list-style-type`.
    pub fn named(name: &str) -> Option<Numbering> {
        NAMES.iter().find(|(_, html, css)| *html == name || css.contains(&name)).map(|(numbering, _, _)| *numbering)
    }

    /// The value of HTML's `type`.
    pub fn html(self) -> &'static str {
        NAMES.iter().find(|(numbering, _, _)| *numbering == self).map_or("1", |(_, html, _)| html)
    }

    pub fn is_figures(&self) -> bool {
        *self == Numbering::Figures
    }

    /// What stands before the entry at a place, from 0, of a list that counts from `start` up, or down.
    pub fn at(self, place: usize, start: i64, reversed: bool) -> String {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        self.written(if reversed { start.saturating_sub(place) } else { start.saturating_add(place) })
    }

    /// A number as it is written; in figures where the letters or numerals have none for it.
    pub fn written(self, number: i64) -> String {
        match self {
            Numbering::Letters if number > 0 => letters(number),
            Numbering::Capitals if number > 0 => letters(number).to_ascii_uppercase(),
            Numbering::Roman if (1..=MOST_ROMAN).contains(&number) => roman(number),
            Numbering::RomanCapitals if (1..=MOST_ROMAN).contains(&number) => roman(number).to_ascii_uppercase(),
            _ => number.to_string(),
        }
    }
}

/// a to z, then aa.
fn letters(mut number: i64) -> String {
    let mut out = Vec::new();
    while number > 0 {
        out.push(char::from(b'a' + u8::try_from((number - 1) % 26).unwrap_or(0)));
        number = (number - 1) / 26;
    }
    out.iter().rev().collect()
}

fn roman(mut number: i64) -> String {
    let mut out = String::new();
    for (value, sign) in ROMAN {
        while number >= *value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_in_figures_letters_and_numerals() {
        let check = |name: &str, number: i64, expected: &str| {
            let numbering = Numbering::named(name).expect("a numbering");
            assert_eq!(numbering.written(number), expected, "{name} {number}");
            assert_eq!(Numbering::named(numbering.html()), Some(numbering));
        };
        check("1", 7, "7");
        check("a", 1, "a");
        check("A", 28, "AB");
        check("lower-latin", 26, "z");
        check("i", 1994, "mcmxciv");
        check("upper-roman", 4, "IV");
        check("a", 0, "0");
        check("I", -3, "-3");
        check("i", 4000, "4000");
        assert_eq!(Numbering::named("disc"), None);
    }
}
