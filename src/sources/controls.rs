//! Characters that no feed means and no terminal should get, taken out of text that is not yet `CleanText`.

use std::borrow::Cow;

use crate::domain::{control_sequences, entities};

/// A text without control characters but tab and line feed: line ends become `\n`, and C1 controls, which come
/// from windows-1252 taken for Latin-1, the characters that were meant.
pub(crate) fn remove(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unwanted) {
        return Cow::Borrowed(text);
    }
    // Before C1 controls become letters, only sequences of escapes are sought: those are letters of windows-1252 in truth.
    let text = if text.contains('\u{1b}') { control_sequences::without(text) } else { Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\u{80}'..='\u{9f}' => out.extend(entities::numeric(&format!("#{}", u32::from(c))).filter(|c| !c.is_control())),
            c if is_unwanted(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether the character is a control that [`remove`] takes out and whose loss is worth a word.
pub(crate) fn is_harmful(c: char) -> bool {
    c != '\r' && is_unwanted(c) && !is_mark(c)
}

/// Whether the character changes the direction of the text around it (UAX 9): by it one text can be made to look like another.
pub(crate) fn turns_text(c: char) -> bool {
    is_mark(c) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Marks of direction, which honest Arabic and Hebrew texts have in them too.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// Whether [`remove`] takes the character out, or puts another one in its place.
pub(crate) fn is_unwanted(c: char) -> bool {
    (c.is_control() && c != '\t' && c != '\n') || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}') || turns_text(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_go_and_line_ends_are_one() {
        let check = |input: &str, expected: &str| assert_eq!(remove(input), expected, "{input:?}");
        check("a\u{1b}[2Jb\u{0}\u{7f}", "ab");
        check("Hos\u{1b}]2;t\u{7}tile", "Hostile");
        check("a\r\nb\rc\td\n", "a\nb\nc\td\n");
        check("it\u{92}s \u{81}so\u{85}", "it’s so…");
        check("a\u{202e}b\u{2066}c\u{200f}", "abc");
        check("plain", "plain");
    }
}
