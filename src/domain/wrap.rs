//! Breaking and cutting single-style text by columns, or by bytes, for headlines and sentences of our own.
//! Article text is set in `typeset/`.

use unicode_segmentation::UnicodeSegmentation;

use super::columns::columns;

/// Columns of something quoted, of which fewer say too little.
const SHORTEST_QUOTE: usize = 8;

/// Lines of at most `width` columns, broken at spaces, or inside a word that is wider than a line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line_width = lines.last().map_or(0, |line| columns(line));
        if line_width > 0 && line_width + 1 + columns(word) <= width {
            push(&mut lines, " ");
        } else if line_width > 0 {
            lines.push(String::new());
        }
        for cluster in word.graphemes(true) {
            if lines.last().is_some_and(|line| !line.is_empty() && columns(line) + columns(cluster) > width) {
                lines.push(String::new());
            }
            if columns(cluster) <= width {
                push(&mut lines, cluster);
            }
        }
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

/// The text, or as many whole words of it as fit with `mark` behind them.
pub fn cut(text: &str, width: usize, mark: &str) -> String {
    if columns(text) <= width {
        return text.to_string();
    }
    let room = width.saturating_sub(columns(mark));
    let fitting = prefix(text, room);
    let is_word_end = text[fitting.len()..].starts_with(' ');
    let end = if is_word_end { fitting.len() } else { fitting.rfind(' ').filter(|at| *at > 0).unwrap_or(fitting.len()) };
    let kept = fitting[..end].trim_end_matches([' ', ',', ';', ':', '—', '–', '-']);
    if columns(mark) > width { kept.to_string() } else { format!("{kept}{mark}") }
}

/// The first of these that has room; where none has, the first that has it with what it quotes cut.
pub fn fitting(forms: &[String], width: usize, mark: &str) -> Option<String> {
    let whole = forms.iter().find(|form| columns(form) <= width).cloned();
    whole.or_else(|| forms.iter().find_map(|form| with_cut_quote(form, width, mark)))
}

fn with_cut_quote(text: &str, width: usize, mark: &str) -> Option<String> {
    let (before, rest) = text.split_once('“')?;
    let (quote, behind) = rest.rsplit_once('”')?;
    let room = width.checked_sub(columns(before) + columns(behind) + 2).filter(|room| *room >= SHORTEST_QUOTE)?;
    Some(format!("{before}“{}”{behind}", cut(quote, room, mark)))
}

/// The longest beginning of at most `width` columns.
pub fn prefix(text: &str, width: usize) -> &str {
    let mut used = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += columns(cluster);
        if used > width {
            return &text[..at];
        }
    }
    text
}

/// The longest beginning of at most that many bytes; a character is never split.
pub fn prefix_of_bytes(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_breaks_at_words() {
        let check = |text: &str, width: usize, expected: &[&str]| assert_eq!(wrap(text, width), expected, "{text:?} at {width}");
        check("Rail strike ends", 11, &["Rail strike", "ends"]);
        check("", 5, &[""]);
        check("Donaudampfschiff fährt", 8, &["Donaudam", "pfschiff", "fährt"]);
        check("日本語の見出し", 6, &["日本語", "の見出", "し"]);
        check("ab", 0, &["a", "b"]);
    }

    #[test]
    fn what_is_said_in_several_forms_is_said_in_the_first_that_fits() {
        let forms = ["undone: starred “Harbour bridge to close”".to_string(), "done".to_string()];
        let check = |count: usize, width: usize, expected: Option<&str>| {
            assert_eq!(fitting(&forms[..count], width, "…").as_deref(), expected, "{count} forms at {width}");
        };
        check(2, 41, Some("undone: starred “Harbour bridge to close”"));
        check(2, 40, Some("done"));
        check(1, 40, Some("undone: starred “Harbour bridge to…”"));
        check(1, 26, Some("undone: starred “Harbour…”"));
        check(1, 25, None);
    }

    #[test]
    fn cut_text_never_ends_inside_a_word_when_there_is_a_space() {
        let check = |text: &str, width: usize, expected: &str| assert_eq!(cut(text, width, "…"), expected, "{text:?} at {width}");
        check("both sides accept, finally", 19, "both sides accept…");
        check("Harbour bridge to close", 15, "Harbour bridge…");
        check("Harbourmaster", 6, "Harbo…");
        check("日本語の見出し", 7, "日本語…");
        check("abc", 3, "abc");
        check("abc", 1, "…");
        check("abc", 0, "");
    }
}
