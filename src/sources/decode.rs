//! From the unpacked bytes of a document to its text: byte order marks, declared and real character encodings.
//! Never fails: what cannot be decoded is replaced, and each surprise is a note. Knows nothing of XML but its declaration.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{charsets::encoding_of, code_pages::CodePage, controls, guess, notes::Notes};

/// Bytes in which a declaration is looked for; programs print warnings before it.
const DECLARATION_WITHIN: usize = 2048;
/// Characters of an encoding's name that are quoted.
const LONGEST_NAME: usize = 40;

/// The text of an unpacked document, free of control characters.
pub(crate) fn decode(body: &[u8], content_type: Option<&str>, base_url: Option<&str>, notes: &mut Notes) -> String {
    let text = decode_text(body, content_type, base_url, notes);
    // One mark belongs to the encoding, and programs that join files leave a second: neither is part of the text.
    let text = text.trim_start_matches('\u{feff}');
    if text.contains(controls::is_harmful) {
        notes.add("repaired: control characters removed");
    }
    controls::remove(text).into_owned()
}

fn decode_text<'a>(body: &'a [u8], content_type: Option<&str>, base_url: Option<&str>, notes: &mut Notes) -> Cow<'a, str> {
    if let Some(endian) = utf_32(body) {
        let (text, had_errors) = decode_utf_32(body, endian);
        tell_of_wide(&text, "UTF-32", had_errors, content_type, notes);
        return Cow::Owned(text);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(body) {
        let claimed = Labels::of(body, content_type, &mut Notes::default()).claimed;
        if encoding == UTF_8 && claimed.first().is_some_and(|claimed| *claimed != UTF_8) {
            notes.add(format!("repaired: declared as {}, but marked as UTF-8", claimed[0].name()));
        }
        return match encoding == UTF_8 {
            true => by_content(&body[mark..], Labels::default(), base_url, notes),
            false => decode_wide(encoding, &body[mark..], content_type, notes),
        };
    }
    if let Some(encoding) = utf_16_without_mark(body) {
        notes.add(format!("repaired: {} without a byte order mark", encoding.name()));
        return decode_wide(encoding, body, content_type, notes);
    }
    by_content(body, Labels::of(body, content_type, notes), base_url, notes)
}

fn decode_wide<'a>(encoding: &'static Encoding, body: &'a [u8], content_type: Option<&str>, notes: &mut Notes) -> Cow<'a, str> {
    let (text, had_errors) = encoding.decode_without_bom_handling(body);
    tell_of_wide(&text, encoding.name(), had_errors, content_type, notes);
    text
}

/// Tells what a text of two or four bytes a character was claimed to be otherwise.
fn tell_of_wide(text: &str, name: &str, had_errors: bool, content_type: Option<&str>, notes: &mut Notes) {
    let start: String = text.chars().take(DECLARATION_WITHIN).collect();
    let claimed = Labels::of(start.as_bytes(), content_type, &mut Notes::default()).claimed;
    if let Some(other) = claimed.iter().find(|claimed| **claimed != UTF_16LE && **claimed != UTF_16BE) {
        notes.add(format!("repaired: declared as {}, but is {name}", other.name()));
    }
    if had_errors {
        notes.add(format!("repaired: bytes that are not {name}"));
    }
}

/// Whether the bytes look like a text of two or four bytes a character.
pub(super) fn is_wide(body: &[u8]) -> bool {
    let has_mark = body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff");
    has_mark || utf_32(body).is_some() || utf_16_without_mark(body).is_some()
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

/// The text, and whether any of the bytes were no character.
fn decode_utf_32(body: &[u8], endian: Endian) -> (String, bool) {
    let code = |four: &[u8]| {
        let four = [four[0], four[1], four[2], four[3]];
        match endian {
            Endian::Little => u32::from_le_bytes(four),
            Endian::Big => u32::from_be_bytes(four),
        }
    };
    let chars = || body.chunks_exact(4).map(|four| char::from_u32(code(four)));
    (chars().map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), body.len() % 4 > 0 || chars().any(|c| c.is_none()))
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
    /// The first claim, where it is a code page of DOS.
    page: Option<CodePage>,
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
        let page = labels.first().and_then(|label| CodePage::of(label));
        let claimed: Vec<_> = labels.iter().filter_map(|label| encoding_of(label)).collect();
        let is_known = |label: &str| encoding_of(label).is_some() || CodePage::of(label).is_some();
        let unknown = labels
            .iter()
            .find(|label| !is_known(label) && !["utf-32", "utf32", "utf_32", "ucs"].iter().any(|wide| label.starts_with(wide)));
        if let Some(label) = unknown {
            let name: String = label.chars().filter(|c| c.is_ascii_graphic()).take(LONGEST_NAME).collect();
            let read_as = match claimed.first() {
                _ if std::str::from_utf8(body).is_ok() => "read as UTF-8".to_string(),
                Some(encoding) => format!("read as {}", encoding.name()),
                None => "read as its bytes look".to_string(),
            };
            notes.add(format!("repaired: charset {name} is not known; {read_as}"));
        }
        Labels { claimed, page }
    }
}

/// The value of `name = "value"`, quotes optional.
fn value_after(text: &str, name: &str) -> Option<String> {
    let rest = text[text.find(name)? + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '>' | '?' | '/')).unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_string())
}

/// Decodes by what the bytes are where that shows, else by what is claimed, else by what they look like.
fn by_content<'a>(body: &'a [u8], labels: Labels, base_url: Option<&str>, notes: &mut Notes) -> Cow<'a, str> {
    let escaping = labels.claimed.first().copied().filter(|encoding| *encoding == ISO_2022_JP);
    let body = without_half_character(body);
    match (std::str::from_utf8(body), escaping.or(guess::escaping(body))) {
        (Ok(_), Some(encoding)) => {
            if escaping.is_none() {
                notes.add("repaired: no encoding declared, read as ISO-2022-JP");
            }
            return encoding.decode_without_bom_handling(body).0;
        }
        (Ok(text), None) => {
            let wrong = labels.claimed.iter().find(|encoding| **encoding != UTF_8 && !text.is_ascii());
            if let Some(encoding) = wrong {
                notes.add(format!("repaired: declared as {}, but is UTF-8", encoding.name()));
            } else if let Some(page) = labels.page.filter(|_| !text.is_ascii()) {
                notes.add(format!("repaired: declared as {}, but is UTF-8", page.name()));
            }
            return Cow::Borrowed(text);
        }
        (Err(_), _) => {}
    }
    if let Some(page) = labels.page {
        return Cow::Owned(page.decode(body));
    }
    let is_unlikely = |encoding: &Encoding| encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE;
    let (unlikely, candidates): (Vec<_>, Vec<_>) = labels.claimed.into_iter().partition(|encoding| is_unlikely(encoding));
    match candidates.first() {
        Some(_) => by_claim(body, &candidates, unlikely.first().copied(), base_url, notes),
        None => by_likeness(body, base_url, notes),
    }
}

/// The body of a document that is UTF-8 but for a last character that its end cuts, without that one.
fn without_half_character(body: &[u8]) -> &[u8] {
    match std::str::from_utf8(body) {
        // Few bytes of another encoding may look like one such character.
        Err(error) if error.error_len().is_none() && !body[..error.valid_up_to()].is_ascii() => &body[..error.valid_up_to()],
        _ => body,
    }
}

/// Decodes by the first claim that holds; `refuted` is one that does not. Latin-1 fits all bytes, so that a claim of it says little.
fn by_claim<'a>(
    body: &'a [u8],
    candidates: &[&'static Encoding],
    refuted: Option<&'static Encoding>,
    base_url: Option<&str>,
    notes: &mut Notes,
) -> Cow<'a, str> {
    let decoded: Vec<_> = candidates.iter().map(|encoding| (*encoding, encoding.decode_without_bom_handling(body))).collect();
    let holding = decoded.iter().position(|(_, (_, had_errors))| !had_errors);
    let (claimed, (text, had_errors)) = match decoded.into_iter().nth(holding.unwrap_or(0)) {
        Some(found) => found,
        None => return by_likeness(body, base_url, notes),
    };
    let better = match (holding, claimed == WINDOWS_1252) {
        (Some(_), true) => guess::against_latin(body, base_url),
        (Some(_), false) => None,
        (None, _) => guess::wide(body, base_url).filter(|found| *found != claimed),
    };
    if let Some(encoding) = better {
        notes.add(format!("repaired: declared as {}, but is {}", claimed.name(), encoding.name()));
        return encoding.decode_without_bom_handling(body).0;
    }
    if had_errors {
        notes.add(format!("repaired: bytes that are not {}", claimed.name()));
    } else if let Some(other) = refuted.iter().chain(candidates).find(|other| **other != claimed) {
        notes.add(format!("repaired: declared as {}, but is {}", other.name(), claimed.name()));
    }
    text
}

/// Decodes what is not quite UTF-8, and of which nothing else is said.
fn by_likeness<'a>(body: &'a [u8], base_url: Option<&str>, notes: &mut Notes) -> Cow<'a, str> {
    let (good, bad) = body.utf8_chunks().fold((0, 0), |(good, bad), chunk| {
        let beyond = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (good + beyond, bad + usize::from(!chunk.invalid().is_empty()))
    });
    // Pairs of bytes in East Asian encodings look like UTF-8 by chance; single bytes of other encodings never do.
    let wide = if good < 3 * bad { guess::wide(body, base_url) } else { None };
    let guessed = match wide {
        None if good * 8 >= bad => WINDOWS_1252,
        found => found.unwrap_or_else(|| guess::encoding(body, base_url)),
    };
    if guessed == WINDOWS_1252 {
        return Cow::Owned(mostly_utf_8(body, notes));
    }
    notes.add(format!("repaired: bytes that are not UTF-8, read as {}", guessed.name()));
    guessed.decode_without_bom_handling(body).0
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

    fn check(body: &[u8], content_type: Option<&str>, expected: &str) -> Vec<String> {
        let mut notes = Notes::default();
        assert_eq!(decode(body, content_type, None, &mut notes), expected, "{body:?}");
        notes.finish()
    }

    fn wide(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn byte_order_marks_are_no_control_characters() {
        assert!(check(b"\xff\xfe\0\0<\0\0\0\xe9\0\0\0", None, "<é").is_empty());
        assert!(check(b"\0\0\xfe\xff\0\0\0<\0\0\0\xe9", None, "<é").is_empty());
        assert!(check("\u{feff}\u{feff}<é".as_bytes(), None, "<é").is_empty());
        assert_eq!(check("\u{feff}<é\u{feff}>".as_bytes(), None, "<é>"), ["repaired: control characters removed"]);
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
        assert!(decode(&late, None, None, &mut Notes::default()).ends_with('ł'));
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
        assert_eq!(notes, ["repaired: charset x-bogus is not known; read as UTF-8"]);
    }

    #[test]
    fn every_false_claim_is_told() {
        let latin = Some("text/xml; charset=iso-8859-1");
        let notes = check("<?xml encoding='utf-8'?>é".as_bytes(), latin, "<?xml encoding='utf-8'?>é");
        assert_eq!(notes, ["repaired: declared as windows-1252, but is UTF-8"]);
        let notes = check(b"<?xml encoding='windows-1251'?>\xcf", latin, "<?xml encoding='windows-1251'?>П");
        assert_eq!(notes, ["repaired: declared as windows-1252, but is windows-1251"]);
        assert!(check(b"<?xml encoding='utf-8'?>e", latin, "<?xml encoding='utf-8'?>e").is_empty());
        let notes = check(b"<?xml encoding='windows-1251'?>\xcf", Some("text/xml; charset=utf-8"), "<?xml encoding='windows-1251'?>П");
        assert_eq!(notes, ["repaired: declared as UTF-8, but is windows-1251"]);
        let declared = |encoding: &str| format!("<?xml encoding='{encoding}'?>é");
        for (mark, order) in [(b"\xff\xfe", u16::to_le_bytes as fn(u16) -> [u8; 2]), (b"\xfe\xff", u16::to_be_bytes)] {
            let body = |encoding: &str| [mark.as_slice(), &wide(&declared(encoding), order)].concat();
            assert!(check(&body("utf-16"), Some("text/xml; charset=utf-16"), &declared("utf-16")).is_empty());
            let note = check(&body("utf-8"), None, &declared("utf-8")).remove(0);
            assert!(note.starts_with("repaired: declared as UTF-8, but is UTF-16"), "{note}");
        }
        let body: Vec<u8> = declared("utf-8").chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert_eq!(check(&body, None, &declared("utf-8")), ["repaired: declared as UTF-8, but is UTF-32"]);
        let half = [b"\xff\xfe", wide("<a>", u16::to_le_bytes).as_slice(), b"\0\xd8x\0"].concat();
        assert_eq!(check(&half, None, "<a>\u{fffd}x"), ["repaired: bytes that are not UTF-16LE"]);
    }

    #[test]
    fn a_declared_code_page_is_believed_and_an_unknown_name_is_told() {
        assert!(check(b"<?xml encoding='cp437'?>caf\x82", None, "<?xml encoding='cp437'?>café").is_empty());
        assert!(check(b"caf\x82", Some("text/xml; charset=IBM850"), "café").is_empty());
        let notes = check("<?xml encoding='cp437'?>é".as_bytes(), None, "<?xml encoding='cp437'?>é");
        assert_eq!(notes, ["repaired: declared as cp437, but is UTF-8"]);
        let notes = check(b"<?xml encoding='klingon'?>caf\xe9", None, "<?xml encoding='klingon'?>café");
        let bytes = "repaired: bytes that are not UTF-8, read as windows-1252";
        assert_eq!(notes, ["repaired: charset klingon is not known; read as its bytes look", bytes]);
        let notes = check(b"<?xml encoding='hz-gb-2312'?>\xe9", None, "<?xml encoding='hz-gb-2312'?>é");
        assert_eq!(notes[0], "repaired: charset hz-gb-2312 is not known; read as its bytes look");
    }

    #[test]
    fn legacy_encodings_are_told_by_content() {
        let check = |encoding: &'static Encoding, text: &str, claim: &str| {
            let text = format!("<?xml version='1.0'{claim}?><rss><channel><title>{text}</title></channel></rss>");
            let (bytes, _, has_lost) = encoding.encode(&text);
            assert!(!has_lost, "{text}");
            let mut notes = Notes::default();
            assert_eq!(decode(&bytes, None, None, &mut notes), text, "{claim}");
            assert!(notes.finish()[0].ends_with(encoding.name()), "{claim}");
        };
        check(ISO_2022_JP, "港のニュース", "");
        for claim in ["", " encoding='utf-8'", " encoding='iso-8859-1'"] {
            check(encoding_rs::SHIFT_JIS, "港のニュース、今日の天気と新しい船の話", claim);
            check(encoding_rs::EUC_JP, "港のニュース、今日の天気と新しい船の話", claim);
            check(encoding_rs::GBK, "港口新闻：今天的天气和新船的故事，还有灯塔", claim);
            check(encoding_rs::BIG5, "港口新聞：今天的天氣和新船的故事，還有燈塔", claim);
            check(encoding_rs::EUC_KR, "항구 소식: 오늘의 날씨와 새로운 배 이야기", claim);
            check(encoding_rs::WINDOWS_1251, "Новости порта: погода на сегодня и новый корабль", claim);
            check(encoding_rs::KOI8_U, "Новости порта: погода на сегодня и новый корабль", claim);
        }
        check(encoding_rs::EUC_KR, "항구 소식: 오늘의 날씨와 새로운 배 이야기", " encoding='shift_jis'");
        check(encoding_rs::WINDOWS_1250, "Wiadomości z portu: pogoda na dziś, żeglarze i łódź, źródło", "");
    }

    #[test]
    fn accents_of_western_languages_are_no_other_script() {
        let french = "<?xml version='1.0' encoding='iso-8859-1'?>L'été dernier, à la fête du château, des élèves d'à côté ont été reçus par le maire ; où est né le garçon ? À Évreux, très tôt, même l'hôtel était fermé.";
        let (bytes, _, _) = WINDOWS_1252.encode(french);
        assert!(check(&bytes, None, french).is_empty());
        let bare = french.replace(" encoding='iso-8859-1'", "");
        let (bytes, _, _) = WINDOWS_1252.encode(&bare);
        check(&bytes, None, &bare);
    }

    #[test]
    fn one_bad_byte_does_not_spoil_the_good_ones() {
        check("é \u{0}".as_bytes().iter().copied().chain(*b"\x92").collect::<Vec<_>>().as_slice(), None, "é ’");
        check(b"x\xe2\x82", None, "x\u{fffd}");
    }
}
