//! CESU-8 (UTR 26): UTF-8 in which a character beyond U+FFFF is written as two halves of UTF-16, three bytes each, as old
//! databases and Java write it. Only mends bytes; what else they are is for `decode` to say.

use std::borrow::Cow;

/// Bytes of one half.
const HALF: usize = 3;

/// The bytes with their halves joined to characters; a half alone becomes the replacement character.
pub(super) fn joined(body: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Vec::new();
    let (mut at, mut copied) = (0, 0);
    while let Some(found) = body[at..].iter().position(|byte| *byte == 0xed) {
        at += found;
        let Some(first) = half(&body[at..]) else {
            at += 1;
            continue;
        };
        out.extend_from_slice(&body[copied..at]);
        at += HALF;
        let pair = half(&body[at..]).and_then(|second| char::decode_utf16([first, second]).next()?.ok());
        at += if pair.is_some() { HALF } else { 0 };
        out.extend_from_slice(pair.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]).as_bytes());
        copied = at;
    }
    if copied == 0 {
        return Cow::Borrowed(body);
    }
    out.extend_from_slice(&body[copied..]);
    Cow::Owned(out)
}

/// The half that the bytes begin with.
fn half(bytes: &[u8]) -> Option<u16> {
    match bytes {
        [0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, ..] => Some(0xd000 | u16::from(second & 0x3f) << 6 | u16::from(third & 0x3f)),
        _ => None,
    }
}
