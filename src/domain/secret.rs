//! What only a feed's own server may learn: where it is kept, never what it is. Revealing is the shell's work.

use std::fmt;

use super::base64::base64;

/// What stands in the place of a secret.
const HIDDEN: &str = "[secret]";
/// Bytes of the shortest value that is looked for: a shorter one is part of ordinary words.
const SHORTEST: usize = 4;

/// A value for a header, or where it is kept.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Secret {
    /// Written in the settings themselves; not shown by `Debug` all the same.
    Text(String),
    /// In a variable of the environment.
    Environment(String),
    /// The first line that a program prints; the program first, then its arguments.
    Command(Vec<String>),
}

/// Who asks (RFC 7617, RFC 6750).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    Password { user: String, password: Secret },
    Token(Secret),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Secret::Text(_) => f.write_str("Text"),
            Secret::Environment(name) => write!(f, "Environment({name:?})"),
            Secret::Command(words) => write!(f, "Command({words:?})"),
        }
    }
}

/// Revealed values that a server may say back: none of them is to be shown or kept.
#[derive(Clone, Default)]
pub struct Hush(Vec<String>);

impl Hush {
    /// The value, and what stands for it in an encoding of bytes as text.
    pub fn add(&mut self, value: &str) {
        let encoded = base64(value.as_bytes());
        let encoded = encoded.trim_end_matches('=');
        let forms = [value.to_string(), encoded.to_string(), encoded.replace('+', "-").replace('/', "_")];
        self.0.extend(forms.into_iter().filter(|_| value.len() >= SHORTEST));
    }

    /// Whether a text holds one of them.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| self.length_at(&text[at..]).is_some())
    }

    /// The text without them.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        let (mut told, mut rest) = (String::new(), text);
        while let Some(first) = rest.chars().next() {
            let length = self.length_at(rest);
            match length {
                Some(_) => told.push_str(HIDDEN),
                None => told.push(first),
            }
            rest = &rest[length.unwrap_or(first.len_utf8())..];
        }
        told
    }

    /// Bytes of the longest that a text begins with.
    fn length_at(&self, text: &str) -> Option<usize> {
        self.0.iter().filter_map(|value| spelled_length(value, text)).max()
    }
}

impl fmt::Debug for Hush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hush")
    }
}

/// Bytes of a value at the beginning of a text, in either case (hosts have but one) and with any of its bytes as in an address,
/// `%41`. One that was cut short, as quotes are, counts too.
fn spelled_length(value: &str, text: &str) -> Option<usize> {
    let mut rest = text.as_bytes();
    for (at, wanted) in value.bytes().enumerate() {
        let spelled = if let [b'%', high, low, ..] = rest { hexadecimal(*high, *low) } else { None };
        let (found, length) = match (spelled, rest) {
            (Some(byte), _) => (byte, 3),
            (None, _) if at >= SHORTEST && rest.starts_with("…".as_bytes()) => break,
            (None, [b'+', ..]) if wanted == b' ' => (b' ', 1),
            (None, [byte, ..]) => (*byte, 1),
            (None, []) => return None,
        };
        if !found.eq_ignore_ascii_case(&wanted) {
            return None;
        }
        rest = &rest[length..];
    }
    Some(text.len() - rest.len())
}

fn hexadecimal(high: u8, low: u8) -> Option<u8> {
    let digit = |sign: u8| char::from(sign).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_every_dress() {
        let check = |value: &str, text: &str, expected: &str| {
            let mut hush = Hush::default();
            hush.add(value);
            assert_eq!((hush.hide(text).as_str(), hush.is_in(text)), (expected, text != expected), "{value} in {text}");
        };
        check("SEKRETTOK", "", "");
        check("SEKRETTOK", "your token SEKRETTOK, again SEKRETTOK", "your token [secret], again [secret]");
        check("SEKRETTOK", "no host sekrettok.example", "no host [secret].example");
        check("SEKRETTOK", "/a?t=%53EKRET%54ok&u=1", "/a?t=[secret]&u=1");
        check("SEKRETTOK", "U0VLUkVUVE9L and u0vluknot", "[secret] and u0vluknot");
        check("SEKRETTOK", "a title SEKRET… (long)", "a title [secret]… (long)");
        check("SEKRETTOK", "SEK… SEKRE", "SEK… SEKRE");
        check("me:paß wört", "bWU6cGHDnyB3w7ZydA== bWU6cGHDnyB3w7ZydA%3D%3D", "[secret]== [secret]%3D%3D");
        check("paß wört", "é paß wört pa%C3%9f+w%c3%b6rt%", "é [secret] [secret]%");
        check("abc", "abc is too short", "abc is too short");
        check("100%", "100% %", "[secret] %");
    }
}
