//! Text in columns of a table.

use crate::domain::columns::columns;
use crate::domain::wrap::cut;

/// The text in exactly so many columns: cut after a word, or with spaces behind it.
pub(super) fn fit(text: &str, width: usize) -> String {
    let text = cut(text, width, "…");
    let spaces = width.saturating_sub(columns(&text));
    format!("{text}{}", " ".repeat(spaces))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_takes_the_columns_of_its_table() {
        let check = |text: &str, expected: &str| assert_eq!(fit(text, 9), expected, "{text}");
        check("CBC", "CBC      ");
        check("Canadian Broadcasting", "Canadian…");
        check("日本経済新聞", "日本経済…");
        check("人民日报", "人民日报 ");
        check("", "         ");
    }
}
