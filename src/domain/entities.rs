//! Character references of HTML (the WHATWG table, names with a semicolon) and of XML. Knows no markup.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// `name code…` on each line, codes in hexadecimal.
const TABLE: &str = include_str!("entities.txt");
/// The longest name in the table is 31 letters.
const LONGEST_NAME: usize = 32;
/// What windows-1252 has where Latin-1 has controls; references to these mean the former (HTML, section 13.2.5.80).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a named reference of HTML, without `&` and `;`; names are case-sensitive, except that `&NBSP;` works.
pub(crate) fn named(name: &str) -> Option<&'static str> {
    static NAMES: OnceLock<HashMap<&'static str, String>> = OnceLock::new();
    let names =
        NAMES.get_or_init(|| TABLE.lines().filter_map(|line| line.split_once(' ')).map(|(name, codes)| (name, text_of(codes))).collect());
    names.get(name).or_else(|| names.get(name.to_ascii_lowercase().as_str())).map(String::as_str)
}

fn text_of(codes: &str) -> String {
    codes.split(' ').filter_map(|code| u32::from_str_radix(code, 16).ok()).filter_map(char::from_u32).collect()
}

/// The character of a numeric reference such as `#8217` or `#x2019`; `None` when it is not one.
/// What cannot stand in a text (zero, surrogates, beyond Unicode) becomes U+FFFD.
pub(crate) fn numeric(reference: &str) -> Option<char> {
    Some(match code(reference)? {
        0 => char::REPLACEMENT_CHARACTER,
        code @ 0x80..=0x9f => WINDOWS_1252[(code - 0x80) as usize],
        code => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    })
}

/// Whether a numeric reference means a character of windows-1252 by its number there.
pub(crate) fn is_of_windows(reference: &str) -> bool {
    matches!(code(reference), Some(0x80..=0x9f))
}

fn code(reference: &str) -> Option<u32> {
    let digits = reference.strip_prefix('#')?;
    Some(match digits.strip_prefix(['x', 'X']) {
        Some(hex) if !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            u32::from_str_radix(hex, 16).unwrap_or(u32::MAX)
        }
        None if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().unwrap_or(u32::MAX),
        _ => return None,
    })
}

/// The name between `&` and `;` at the start of `text` (which begins after the `&`), if it has the form of one.
pub(crate) fn name_at(text: &str) -> Option<&str> {
    let end = text
        .bytes()
        .take(LONGEST_NAME + 1)
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'_' | b'-' | b'.' | b':')))?;
    (end > 0 && text.as_bytes()[end] == b';').then(|| &text[..end])
}

/// Resolves the references of HTML in a text; what is none stays as it is.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    resolve(text, |after, _, out| match name_at(after) {
        Some(name) if push(out, name) => name.len() + 1,
        _ => {
            out.push('&');
            0
        }
    })
}

fn push(out: &mut String, name: &str) -> bool {
    if let Some(c) = numeric(name) {
        out.push(c);
        return true;
    }
    named(name).map(|text| out.push_str(text)).is_some()
}

/// A text with each `&` in it left to `reference`: it gets what follows the sign, the place of the sign, and where to write the
/// text that stands for it, and says how many bytes after the sign it took.
pub(crate) fn resolve(text: &str, mut reference: impl FnMut(&str, usize, &mut String) -> usize) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    while let Some(at) = text[done..].find('&').map(|at| done + at) {
        out.push_str(&text[done..at]);
        done = at + 1 + reference(&text[at + 1..], at, &mut out);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Whether the text has a reference that HTML knows.
pub(crate) fn has_reference(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| name_at(&text[at + 1..]).is_some_and(|name| numeric(name).is_some() || named(name).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_and_the_rest_stays() {
        let check = |input: &str, expected: &str| assert_eq!(decode(input), expected, "{input:?}");
        check("Caf&eacute; &amp; bar", "Café & bar");
        check("&#8217;&#x2019;&rsquo;", "’’’");
        check("&#146;&#128;", "’€");
        check("AT&T &unknown; &; & &#; &#x;", "AT&T &unknown; &; & &#; &#x;");
        check("&#0;&#xD800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}");
        check("&NotEqualTilde;", "≂̸");
        check("é&é;", "é&é;");
        check("&é&é&é&é&é&é&é&é&é&é&é&é&é;", "&é&é&é&é&é&é&é&é&é&é&é&é&é;");
    }
}
