//! The legacy encoding of bytes that are no UTF-8 and of which nothing, or nothing true, is said: told by content, as
//! browsers tell it (chardetng). Guesses only; `decode` says when a guess is wanted.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, IBM866, ISO_2022_JP, KOI8_R, KOI8_U, SHIFT_JIS, WINDOWS_1251};
use url::Url;

/// Bytes that a guess is made from; more would not change it.
const LOOKED_AT: usize = 1024 * 1024;
/// Bytes beyond ASCII without which two of them in a row mean nothing.
const FEW: usize = 4;
/// Bytes beyond ASCII that it takes to contradict what a document says of itself.
const MANY: usize = 24;
/// Letters in a row that Western languages do not accent.
const RUN: usize = 3;

/// The encoding that the bytes are most likely in; `base_url` says of which country they are.
pub(super) fn encoding(body: &[u8], base_url: Option<&str>) -> &'static Encoding {
    let country = base_url.and_then(top_level_domain);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Never the last piece: a document that is cut inside a character is still of its encoding.
    detector.feed(&body[..body.len().min(LOOKED_AT)], false);
    detector.guess(country.as_deref().map(str::as_bytes), Utf8Detection::Deny)
}

/// ISO-2022-JP, which is ASCII but for its escape sequences (RFC 1468), if the bytes are that.
pub(super) fn escaping(body: &[u8]) -> Option<&'static Encoding> {
    let has_sequence = body.windows(3).any(|three| matches!(three, b"\x1b$B" | b"\x1b$@"));
    (has_sequence && body.is_ascii() && fits(body, ISO_2022_JP)).then_some(ISO_2022_JP)
}

/// The encoding of several bytes a character that the whole of the bytes fits; `None` when there is none.
pub(super) fn wide(body: &[u8], base_url: Option<&str>) -> Option<&'static Encoding> {
    let found = encoding(body, base_url);
    (beyond_ascii(body) >= FEW && is_wide(found) && fits(body, found)).then_some(found)
}

/// An encoding that contradicts a claim of Latin-1, which programs make without knowing: of another script, without doubt.
pub(super) fn against_latin(body: &[u8], base_url: Option<&str>) -> Option<&'static Encoding> {
    if beyond_ascii(body) < MANY {
        return None;
    }
    let found = encoding(body, base_url);
    let is_cyrillic = [WINDOWS_1251, KOI8_R, KOI8_U, IBM866].contains(&found);
    let is_certain = if is_cyrillic { is_mostly_runs(body) } else { is_wide(found) && fits(body, found) };
    is_certain.then_some(found)
}

fn is_wide(encoding: &'static Encoding) -> bool {
    [SHIFT_JIS, EUC_JP, EUC_KR, BIG5, GBK, GB18030].contains(&encoding)
}

/// Whether the bytes decode without a fault, but for a character that the end cuts.
fn fits(body: &[u8], encoding: &'static Encoding) -> bool {
    let whole = |body: &[u8]| !encoding.decode_without_bom_handling(body).1;
    whole(body) || (0..4).any(|cut| body.len() > cut && whole(&body[..body.len() - cut]))
}

fn beyond_ascii(body: &[u8]) -> usize {
    body.iter().filter(|byte| !byte.is_ascii()).count()
}

/// Whether most bytes beyond ASCII stand in rows, as the letters of another script do.
fn is_mostly_runs(body: &[u8]) -> bool {
    let in_runs: usize = body.split(u8::is_ascii).map(<[u8]>::len).filter(|length| *length >= RUN).sum();
    in_runs * 2 > beyond_ascii(body)
}

/// The last label of a host's name, in the form that chardetng asks for: else it panics.
fn top_level_domain(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let label = url.domain()?.trim_end_matches('.').rsplit('.').next()?;
    label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-').then(|| label.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_is_read_off_the_address() {
        let check = |address: &str, expected: Option<&str>| assert_eq!(top_level_domain(address).as_deref(), expected, "{address}");
        check("https://News.Example.JP/feed", Some("jp"));
        check("https://example.рф./feed", Some("xn--p1ai"));
        check("https://192.0.2.1/feed", None);
        check("file:///feed", None);
    }

    #[test]
    fn a_cut_character_does_not_spoil_the_guess() {
        let (bytes, _, _) = SHIFT_JIS.encode("港のニュース、今日の天気と新しい船の話");
        assert_eq!(wide(&bytes, None), Some(SHIFT_JIS));
        assert_eq!(wide(&bytes[..bytes.len() - 1], None), Some(SHIFT_JIS));
    }
}
