//! Numbers of JSON that no number of the program holds digit by digit: they become strings before anything reads them, as an id of
//! thirty digits is no amount. Knows nothing of feeds.

use std::borrow::Cow;

/// Digits that a 64-bit number may have too many of.
const LONG: usize = 20;
/// Digits of a number that becomes a string; a longer one is no id.
const LONGEST: usize = 1000;

/// The text with quotes around its whole numbers beyond 64 bits; sound JSON stays sound.
pub(crate) fn quoted(text: &str) -> Cow<'_, str> {
    let (mut out, mut done, mut is_string, mut at) = (String::new(), 0, false, 0);
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if !is_string && (LONG..=LONGEST).contains(&digits) && is_whole(bytes, at, at + digits) {
            let start = if at > 0 && bytes[at - 1] == b'-' { at - 1 } else { at };
            out.push_str(&text[done..start]);
            out.push_str(&format!("\"{}\"", &text[start..at + digits]));
            done = at + digits;
        }
        is_string ^= *byte == b'"';
        at += if is_string && *byte == b'\\' { 2 } else { digits.max(1) };
    }
    if done == 0 { Cow::Borrowed(text) } else { Cow::Owned(out + &text[done..]) }
}

/// Whether the digits are all of a number: no fraction and no power of ten before or behind them.
fn is_whole(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| b".eE+".contains(byte) || byte.is_ascii_alphabetic());
    !is_part(start.checked_sub(1).and_then(|before| bytes.get(before))) && !is_part(bytes.get(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_beyond_64_bits_become_strings() {
        let check = |input: &str, expected: &str| assert_eq!(quoted(input), expected, "{input}");
        let long = "12345678901234567890123";
        check(&format!("{{\"id\": {long}, \"n\":[-{long}]}}"), &format!("{{\"id\": \"{long}\", \"n\":[\"-{long}\"]}}"));
        check(&format!("{{\"id\":\"{long}\\\" {long}\"}}"), &format!("{{\"id\":\"{long}\\\" {long}\"}}"));
        check(&format!("[0.{long}, {long}.5, {long}e2, 1e{long}]"), &format!("[0.{long}, {long}.5, {long}e2, 1e{long}]"));
        check("[1234567890123456789, 1]", "[1234567890123456789, 1]");
        check(&format!("[{long}"), &format!("[\"{long}\""));
        check("\"é\\", "\"é\\");
    }
}
