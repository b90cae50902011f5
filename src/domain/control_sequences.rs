//! Control sequences of terminals (ECMA-48) in text from outside: found whole, so that no letters of theirs stay behind.

use std::borrow::Cow;

/// Characters of the longest sequence that is taken out whole: beyond that it is a text with an escape in it.
const LONGEST: usize = 512;

/// The text without whole control sequences. An escape that begins none of them stays, alone, for who takes out controls.
pub(crate) fn without(text: &str) -> Cow<'_, str> {
    const BEGINNINGS: [char; 3] = ['\u{1b}', '\u{9b}', '\u{9d}'];
    if !text.contains(BEGINNINGS) {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(BEGINNINGS) {
        let (before, from) = rest.split_at(at);
        let length = sequence(from).unwrap_or_else(|| from.chars().next().map_or(0, char::len_utf8));
        out.push_str(before);
        if sequence(from).is_none() {
            out.push_str(&from[..length]);
        }
        rest = &from[length..];
    }
    Cow::Owned(out + rest)
}

/// Bytes of the sequence that the text begins with. Angle brackets are in none: markup must not be eaten.
fn sequence(text: &str) -> Option<usize> {
    let rest = |beginnings: [&str; 2]| beginnings.iter().find_map(|beginning| text.strip_prefix(beginning));
    if let Some(body) = rest(["\u{1b}[", "\u{9b}"]) {
        return Some(text.len() - body.len() + control(body)?);
    }
    if let Some(body) = rest(["\u{1b}]", "\u{9d}"]) {
        return Some(text.len() - body.len() + command(body)?);
    }
    let is_plain = text.starts_with('\u{1b}') && text[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '=');
    is_plain.then_some(2)
}

/// `1;31m`: parameters, then one final character.
fn control(body: &str) -> Option<usize> {
    let is_parameter = |c: char| matches!(c, ' '..='/' | '0'..=';' | '=' | '?') && !matches!(c, '"' | '&' | '\'');
    let end = body.char_indices().take(LONGEST).find(|(_, c)| !is_parameter(*c))?;
    matches!(end.1, '@'..='~').then_some(end.0 + 1)
}

/// `0;title` up to a bell or the end of a string; not over the end of a line.
fn command(body: &str) -> Option<usize> {
    let (at, end) = body.char_indices().take(LONGEST).find(|(_, c)| c.is_control() || matches!(c, '<' | '>'))?;
    match end {
        '\u{7}' | '\u{9c}' => Some(at + end.len_utf8()),
        '\u{1b}' if body[at + 1..].starts_with('\\') => Some(at + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_sequences_go_and_nothing_else() {
        let check = |input: &str, expected: &str| assert_eq!(without(input), expected, "{input:?}");
        check("Red \u{1b}[31mALERT\u{1b}[0m title", "Red ALERT title");
        check("\u{1b}[38:2::1:2:3mRed\u{9b}1;4H", "Red");
        check("Hos\u{1b}]2;t\u{7}tile", "Hostile");
        check("\u{1b}]52;c;aGk=\u{1b}\\copied \u{9d}0;x\u{9c}twice", "copied twice");
        check("\u{1b}creset \u{1b}=keys", "reset keys");
        check("plain", "plain");
        check("\u{1b}[", "\u{1b}[");
    }

    #[test]
    fn what_begins_no_sequence_eats_no_text() {
        let check = |input: &str| assert_eq!(without(input), input, "{input:?}");
        check("a lone \u{1b} in a title");
        check("\u{1b}]2;a title without an end");
        check("<![CDATA[\u{1b}]]></title>");
        check("<b \u{1b}[<i>\u{1b}]0;<b>\u{7}");
        check("\"\u{1b}\"");
        check(&format!("\u{1b}]2;{}\u{7}", "x".repeat(LONGEST)));
        check(&format!("\u{1b}[{}m", "1;".repeat(LONGEST)));
    }
}
