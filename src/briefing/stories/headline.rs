//! A headline without what is not of it, and whether its capitals tell names.

use super::tokens::Token;

/// What stands before a headline and is no part of it.
const LABELS: &[&str] = &["Show HN: ", "Ask HN: ", "Tell HN: ", "Exclusive: ", "Breaking: ", "Watch: ", "Updated: ", "Update: "];

/// Whether nearly every word of a headline begins with a capital letter.
pub(super) fn is_title_case(title: &[Token]) -> bool {
    let words: Vec<&Token> = title.iter().skip(1).filter(|token| token.number.is_none() && token.text.chars().count() > 3).collect();
    words.iter().filter(|token| token.is_capital).count() * 4 >= words.len() * 3 && words.len() > 2
}

/// A headline without its label and without the name of its paper: "Exclusive: …", "… - Daily Courier", "… | World | The Mercury".
pub(super) fn bare(title: &str) -> &str {
    let title = title.trim();
    let mut rest = LABELS.iter().find_map(|label| title.strip_prefix(label)).unwrap_or(title);
    while let Some((at, mark)) = [" | ", " - ", " — ", " – "].iter().filter_map(|mark| rest.rfind(mark).map(|at| (at, mark))).max() {
        let outlet = &rest[at + mark.len()..];
        let words = |text: &str| text.split_whitespace().count();
        let is_name = outlet.split_whitespace().all(|word| !word.starts_with(char::is_lowercase)) && words(outlet) <= 4;
        if !is_name || words(&rest[..at]) < 4 {
            return rest;
        }
        rest = &rest[..at];
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_paper_is_no_part_of_a_headline() {
        let check = |title: &str, expected: &str| assert_eq!(bare(title), expected);
        check("Truce along the border holds | World | The Mercury", "Truce along the border holds");
        check("Truce along the border holds - Daily Courier", "Truce along the border holds");
        check("Kestrel – tiny server written in C", "Kestrel – tiny server written in C");
        check("Porto - Benfica", "Porto - Benfica");
        check("Exclusive: Truce holds", "Truce holds");
    }
}
