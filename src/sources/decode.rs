//! From the bytes of a document to its text: gzip, byte order marks, declared and real character encodings.
//! Never fails: what cannot be decoded is replaced, and each surprise is a note. Knows nothing of XML but its declaration.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{controls, notes::Notes};

/// Bytes that a compressed document may grow to.
const MAX_INFLATED: u64 = 8 * 1024 * 1024;
/// Bytes in which a declaration is looked for; programs print warnings before it.
const DECLARATION_WITHIN: usize = 2048;
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The text of a document, free of control characters.
pub(crate) fn decode(body: &[u8], content_type: Option<&str>, notes: &mut Notes) -> String {
    let body = inflate(body, notes);
    let text = decode_text(&body, content_type, notes);
    if text.contains(controls::is_harmful) {
        notes.add("repaired: control characters removed");
    }
    controls::remove(&text).into_owned()
}

/// Unpacks gzip, as much of it as is whole.
fn inflate<'a>(body: &'a [u8], notes: &mut Notes) -> Cow<'a, [u8]> {
    if !body.starts_with(&GZIP_MAGIC) {
        return Cow::Borrowed(body);
    }
    let mut out = Vec::new();
    let end = flate2::read::GzDecoder::new(body).take(MAX_INFLATED).read_to_end(&mut out);
    if out.is_empty() {
        return Cow::Borrowed(body);
    }
    notes.add("repaired: the document is gzip inside its transfer");
    if end.is_err() {
        notes.add("repaired: the gzip data is damaged; what is whole was read");
    } else if out.len() as u64 == MAX_INFLATED {
        notes.add("repaired: the document is larger than 8 MB; the rest was left out");
    }
    Cow::Owned(out)
}

fn decode_text<'a>(body: &'a [u8], content_type: Option<&str>, notes: &mut Notes) -> Cow<'a, str> {
    if let Some(width) = utf_32(body) {
        return Cow::Owned(decode_utf_32(body, width));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(body) {
        return match encoding == UTF_8 {
            true => by_content(&body[mark..], Labels::default(), notes),
            false => encoding.decode_without_bom_handling(&body[mark..]).0,
        };
    }
    if let Some(encoding) = utf_16_without_mark(body) {
        notes.add(format!("repaired: {} without a byte order mark", encoding.name()));
        return encoding.decode_without_bom_handling(body).0;
    }
    by_content(body, Labels::of(body, content_type, notes), notes)
}

#[derive(Clone, Copy)]
enum Endian {
    Little,
    Big,
}

fn utf_32(body: &[u8]) -> Option<Endian> {
    match body.get(..4)? {
        [0xff, 0xfe, 0, 0] => Some(Endian::Little),
        [0, 0, 0xfe, 0xff] => Some(Endian::Big),
        [1..=255, 0, 0, 0] => Some(Endian::Little),
        [0, 0, 0, 1..=255] => Some(Endian::Big),
        _ => None,
    }
}

fn decode_utf_32(body: &[u8], endian: Endian) -> String {
    let code = |four: &[u8]| {
        let four = [four[0], four[1], four[2], four[3]];
        match endian {
            Endian::Little => u32::from_le_bytes(four),
            Endian::Big => u32::from_be_bytes(four),
        }
    };
    body.chunks_exact(4).map(|four| char::from_u32(code(four)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn utf_16_without_mark(body: &[u8]) -> Option<&'static Encoding> {
    match body.get(..4)? {
        [1..=255, 0, 1..=255, 0] => Some(UTF_16LE),
        [0, 1..=255, 0, 1..=255] => Some(UTF_16BE),
        _ => None,
    }
}

/// Encodings that are claimed for the document, the most credible first.
#[derive(Default)]
struct Labels {
    claimed: Vec<&'static Encoding>,
}

impl Labels {
    fn of(body: &[u8], content_type: Option<&str>, notes: &mut Notes) -> Labels {
        let start = String::from_utf8_lossy(&body[..body.len().min(DECLARATION_WITHIN)]).to_lowercase();
        let declared = start.find("<?xml").and_then(|at| value_after(start[at..].split("?>").next().unwrap_or_default(), "encoding"));
        let meta = start.find("<meta").and_then(|at| value_after(&start[at..], "charset"));
        let http = content_type.map(str::to_lowercase).and_then(|kind| value_after(&kind, "charset"));
        let mut labels: Vec<String> = [http, declared, meta].into_iter().flatten().collect();
        // Servers add Latin-1 and ASCII of themselves: a document that says otherwise knows better.
        let by_default = |label: &String| matches!(label.as_str(), "iso-8859-1" | "us-ascii" | "latin1" | "latin-1");
        if labels.len() > 1 && by_default(&labels[0]) && !by_default(&labels[1]) {
            labels.swap(0, 1);
        }
        let unknown = labels.iter().find(|label| encoding_of(label).is_none() && !label.starts_with("utf-32") && !label.starts_with("ucs"));
        if let Some(label) = unknown {
            let name: String = label.chars().filter(|c| c.is_ascii_graphic()).collect();
            notes.add(format!("repaired: unknown encoding {name}"));
        }
        Labels { claimed: labels.iter().filter_map(|label| encoding_of(label)).collect() }
    }
}

fn encoding_of(label: &str) -> Option<&'static Encoding> {
    let plain = label.trim().trim_start_matches("x-");
    Encoding::for_label(label.as_bytes()).or_else(|| match plain {
        "win-1251" | "cp-1251" | "win1251" => Some(encoding_rs::WINDOWS_1251),
        "ansi" | "cp-1252" | "win-1252" => Some(WINDOWS_1252),
        "cp932" => Some(encoding_rs::SHIFT_JIS),
        "cp936" => Some(encoding_rs::GBK),
        "cp949" => Some(encoding_rs::EUC_KR),
        _ => None,
    })
}

/// The value of `name = "value"`, quotes optional.
fn value_after(text: &str, name: &str) -> Option<String> {
    let rest = text[text.find(name)? + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '>' | '?' | '/')).unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_string())
}

/// Decodes by what the bytes are where that shows, else by what is claimed.
fn by_content<'a>(body: &'a [u8], labels: Labels, notes: &mut Notes) -> Cow<'a, str> {
    let escaping = labels.claimed.first().filter(|encoding| **encoding == encoding_rs::ISO_2022_JP);
    match (std::str::from_utf8(body), escaping) {
        (Ok(_), Some(encoding)) => return encoding.decode_without_bom_handling(body).0,
        (Ok(text), None) => {
            let wrong = labels.claimed.first().filter(|encoding| **encoding != UTF_8 && !text.is_ascii());
            if let Some(encoding) = wrong {
                notes.add(format!("repaired: declared as {}, but is UTF-8", encoding.name()));
            }
            return Cow::Borrowed(text);
        }
        (Err(_), _) => {}
    }
    let is_wide = |encoding: &Encoding| encoding == UTF_16LE || encoding == UTF_16BE;
    let candidates = labels.claimed.iter().copied().filter(|encoding| *encoding != UTF_8 && !is_wide(encoding));
    let decoded: Vec<_> = candidates.map(|encoding| (encoding, encoding.decode_without_bom_handling(body))).collect();
    let best = decoded.iter().position(|(_, (_, had_errors))| !had_errors).or((!decoded.is_empty()).then_some(0));
    match best.and_then(|best| decoded.into_iter().nth(best)) {
        Some((encoding, (text, had_errors))) => {
            if had_errors {
                notes.add(format!("repaired: bytes that are not {}", encoding.name()));
            }
            text
        }
        None => Cow::Owned(mostly_utf_8(body, notes)),
    }
}

/// UTF-8 where it is, windows-1252 where it is not.
fn mostly_utf_8(body: &[u8], notes: &mut Notes) -> String {
    notes.add("repaired: bytes that are not UTF-8, read as windows-1252");
    let mut out = String::with_capacity(body.len());
    for chunk in body.utf8_chunks() {
        out.push_str(chunk.valid());
        match chunk.invalid() {
            [byte] => out.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0),
            [] => {}
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn check(body: &[u8], content_type: Option<&str>, expected: &str) -> Vec<String> {
        let mut notes = Notes::default();
        assert_eq!(decode(body, content_type, &mut notes), expected, "{body:?}");
        notes.finish()
    }

    fn wide(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn byte_order_marks_decide() {
        check(b"\xef\xbb\xbf<a>\xc3\xa9", None, "<a>é");
        check(&[b"\xff\xfe", wide("<a>é", u16::to_le_bytes).as_slice()].concat(), None, "<a>é");
        check(&[b"\xfe\xff", wide("<a>é", u16::to_be_bytes).as_slice()].concat(), None, "<a>é");
        check(b"\xff\xfe\0\0<\0\0\0\xe9\0\0\0", None, "<é");
        check(b"\0\0\xfe\xff\0\0\0<\0\0\0\xe9", None, "<é");
    }

    #[test]
    fn wide_encodings_are_seen_without_a_mark() {
        check(&wide("<a>é", u16::to_le_bytes), None, "<a>é");
        check(&wide("<a>é", u16::to_be_bytes), None, "<a>é");
        check(b"<\0\0\0\xe9\0\0\0", None, "<é");
        check(b"\0\0\0<\0\0\0\xe9", None, "<é");
    }

    #[test]
    fn what_is_declared_is_believed_when_it_can_be() {
        check(
            "<?xml version='1.0' encoding='windows-1251'?>"
                .as_bytes()
                .to_vec()
                .iter()
                .chain(b"\xcf\xf0")
                .copied()
                .collect::<Vec<_>>()
                .as_slice(),
            None,
            "<?xml version='1.0' encoding='windows-1251'?>Пр",
        );
        check(b"\xcf\xf0", Some("text/xml; charset=windows-1251"), "Пр");
        check(b"<meta charset=windows-1251>\xcf\xf0", None, "<meta charset=windows-1251>Пр");
        check(b"\xcf", Some("text/xml; charset=\"koi8-r\""), "о");
        let late = [b"<?xml version=\"1.0\"                                                encoding=\"iso-8859-2\"?>".as_slice(), b"\xb3"]
            .concat();
        assert!(decode(&late, None, &mut Notes::default()).ends_with('ł'));
    }

    #[test]
    fn a_false_declaration_is_seen_through() {
        let notes = check("<?xml encoding='iso-8859-1'?>é’".as_bytes(), None, "<?xml encoding='iso-8859-1'?>é’");
        assert_eq!(notes, ["repaired: declared as windows-1252, but is UTF-8"]);
        let notes = check(b"<?xml encoding='utf-8'?>caf\xe9 \x92s", None, "<?xml encoding='utf-8'?>café ’s");
        assert_eq!(notes, ["repaired: bytes that are not UTF-8, read as windows-1252"]);
        check("<?xml encoding='utf-16'?>é".as_bytes(), None, "<?xml encoding='utf-16'?>é");
        check(b"<?xml encoding='windows-1251'?>\xcf", Some("text/xml; charset=iso-8859-1"), "<?xml encoding='windows-1251'?>П");
        let notes = check("<?xml encoding='x-bogus'?>é".as_bytes(), None, "<?xml encoding='x-bogus'?>é");
        assert_eq!(notes, ["repaired: unknown encoding x-bogus"]);
    }

    #[test]
    fn one_bad_byte_does_not_spoil_the_good_ones() {
        check("é \u{0}".as_bytes().iter().copied().chain(*b"\x92").collect::<Vec<_>>().as_slice(), None, "é ’");
        check(b"x\xe2\x82", None, "x\u{fffd}");
    }

    #[test]
    fn gzip_is_unpacked_even_when_cut() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all("<rss>é</rss>".as_bytes()).expect("packs");
        let packed = packer.finish().expect("packs");
        check(&packed, None, "<rss>é</rss>");
        check(&[packed.as_slice(), b"junk"].concat(), None, "<rss>é</rss>");
        let notes = check(&packed[..packed.len() - 5], None, "<rss>é</rss>");
        assert_eq!(notes.len(), 2);
    }

    #[test]
    fn a_bomb_stops_at_the_cap() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(&vec![b'a'; 9 * 1024 * 1024]).expect("packs");
        let text = decode(&packer.finish().expect("packs"), None, &mut Notes::default());
        assert_eq!(text.len() as u64, MAX_INFLATED);
    }
}
