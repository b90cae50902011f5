//! From the unpacked bytes of a document to its text: byte order marks, declared and real character encodings.
//! Never fails: what cannot be decoded is replaced, and each surprise is a note. Knows nothing of XML but its declaration.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{charsets::encoding_of, code_pages::CodePage, controls, guess, notes::Notes, surrogates};

/// Bytes in which a declaration is looked for; programs print warnings before it.
const DECLARATION_WITHIN: usize = 2048;
/// Characters of an encoding's name that are quoted.
const LONGEST_NAME: usize = 40;

/// The text of an unpacked document, free of control characters.
pub(crate) fn decode(body: &[u8], content_type: Option<&str>, base_url: Option<&str>, notes: &mut Notes) -> String {
    let text = decode_text(body, content_type, base_url, notes);
    // The mark of the encoding is gone: this is another, which programs that join files leave, and no part of the text.
    if text.starts_with('\u{feff}') {
        notes.add("repaired: more than one byte order mark");
    }
    let text = text.trim_start_matches('\u{feff}');
    if text.contains(controls::is_harmful) {
        notes.add("repaired: control characters removed");
    }
    controls::remove(text).into_owned()
}

fn decode_text<'a>(body: &'a [u8], content_type: Option<&str>, base_url: Option<&str>, notes: &mut Notes) -> Cow<'a, str> {
    if let Some(endian) = utf_32(body) {
        let mark = [[0xff, 0xfe, 0, 0], [0, 0, 0xfe, 0xff]].iter().find_map(|mark| body.strip_prefix(mark));
        if mark.is_none() {
            notes.add("repaired: UTF-32 without a byte order mark");
        }
        let body = mark.unwrap_or(body);
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
    (chars().map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), !body.len().is_multiple_of(4) || chars().any(|c| c.is_none()))
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
    let joined = surrogates::joined(body);
    let (good, bad) = joined.utf8_chunks().fold((0, 0), |(good, bad), chunk| {
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
        return Cow::Owned(mostly_utf_8(&joined, notes));
    }
    notes.add(format!("repaired: bytes that are not UTF-8, read as {}", guessed.name()));
    guessed.decode_without_bom_handling(body).0
}

/// UTF-8 where it is, windows-1252 where it is not.
fn mostly_utf_8(body: &[u8], notes: &mut Notes) -> String {
    let read_as = if std::str::from_utf8(body).is_ok() { "CESU-8" } else { "windows-1252" };
    notes.add(format!("repaired: bytes that are not UTF-8, read as {read_as}"));
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
mod tests;
