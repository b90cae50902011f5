//! An edition as a whole mail (RFC 5322, MIME by RFC 2045 to 2047) with text and HTML, to pipe into any `sendmail`.

use super::{html, text};
use crate::domain::edition::Edition;

/// Columns of the text of a mail; what an encoded line has at most (RFC 2045, section 6.7).
const WIDTH: usize = 72;
const LONGEST_LINE: usize = 76;
/// Cannot stand in an encoded part: there, a `=` is followed by two digits or a line end.
const BOUNDARY: &str = "=_matins_edition";

/// Who the mail is from and to: addresses as `sendmail -t` reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    pub from: String,
    pub to: String,
}

impl Addresses {
    /// From oneself to oneself, when that is an address and nothing else: one line of visible ASCII with an `@` or a user's name.
    #[must_use]
    pub fn to(address: &str) -> Option<Addresses> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.@".contains(c);
        let is_one = address.matches('@').count() <= 1 && !address.starts_with(['@', '-']) && !address.ends_with('@');
        let is_address = !address.is_empty() && address.len() <= LONGEST_LINE && address.chars().all(is_plain) && is_one;
        is_address.then(|| Addresses { from: address.to_string(), to: address.to_string() })
    }
}

/// The mail, with the line ends of a file (LF), as local programs take it.
#[must_use]
pub fn mail(edition: &Edition, addresses: &Addresses) -> String {
    let date = jiff::fmt::rfc2822::to_string(&edition.made_at.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default();
    let id = format!("{}.{}", edition.date, edition.made_at.as_second());
    let headers = [
        format!("From: {}", addresses.from),
        format!("To: {}", addresses.to),
        format!("Date: {date}"),
        format!("Subject: {}", edition.title()),
        format!("Message-ID: <briefing.{id}@matins.invalid>"),
        "MIME-Version: 1.0".to_string(),
        format!("Content-Type: multipart/alternative; boundary=\"{BOUNDARY}\""),
    ];
    let parts = [part("text/plain", &text(edition, WIDTH)), part("text/html", &html(edition))];
    format!("{}\n\n{}--{BOUNDARY}--\n", headers.join("\n"), parts.concat())
}

fn part(kind: &str, body: &str) -> String {
    let encoded: Vec<String> = body.lines().map(quoted_printable).collect();
    format!("--{BOUNDARY}\nContent-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{}\n", encoded.join("\n"))
}

/// One line in lines of at most 76 characters (RFC 2045, section 6.7).
fn quoted_printable(line: &str) -> String {
    let (mut out, mut column, last) = (String::with_capacity(line.len()), 0, line.len().saturating_sub(1));
    for (at, byte) in line.bytes().enumerate() {
        let mut piece = encoded(byte, column == 0, at == last);
        if column + piece.len() >= LONGEST_LINE {
            out.push_str("=\n");
            column = 0;
            piece = encoded(byte, true, at == last);
        }
        column += piece.len();
        out.push_str(&piece);
    }
    out
}

/// A dot alone on a line ends a mail, `From ` begins another, and spaces at the end of a line are lost.
fn encoded(byte: u8, is_first: bool, is_last: bool) -> String {
    let is_plain = match byte {
        b'.' | b'F' => !is_first,
        b' ' => !is_last,
        byte => byte.is_ascii_graphic() && byte != b'=',
    };
    if is_plain { char::from(byte).to_string() } else { format!("={byte:02X}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_encoded_and_short() {
        let check = |line: &str, expected: &str| assert_eq!(quoted_printable(line), expected, "{line}");
        check("a = b ", "a =3D b=20");
        check("é", "=C3=A9");
        check(".", "=2E");
        check("From here", "=46rom here");
        check(&"a".repeat(80), &format!("{}=\n{}", "a".repeat(75), "a".repeat(5)));
        check(&format!("{}.", "a".repeat(75)), &format!("{}=\n=2E", "a".repeat(75)));
        let long = quoted_printable(&"é".repeat(200));
        assert!(long.lines().all(|line| line.len() <= LONGEST_LINE), "{long}");
    }

    #[test]
    fn only_an_address_becomes_one() {
        let check = |text: &str, expected: bool| assert_eq!(Addresses::to(text).is_some(), expected, "{text:?}");
        check("jane@example.org", true);
        check("jane", true);
        check("", false);
        check("jane@example.org\nBcc: all@example.org", false);
        check("jane@example.org, roe@example.org", false);
        check("-oQ/tmp@example.org", false);
        check("a@b@c", false);
        check("@", false);
    }
}
