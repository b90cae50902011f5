//! Undoes gzip that a document is packed in, whatever its server said. Never fails: of what is damaged it gives what is whole.

use std::borrow::Cow;
use std::io::Read;

use super::notes::Notes;

/// Bytes that a compressed document may grow to.
const MAX_INFLATED: u64 = 8 * 1024 * 1024;
/// Packings inside packings that are undone.
const DEEPEST_PACKING: usize = 3;
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Unpacks gzip, also several times packed, as much of it as is whole; the body itself when it is no gzip or wholly damaged.
pub(crate) fn inflate<'a>(body: &'a [u8], notes: &mut Notes) -> Cow<'a, [u8]> {
    let mut body = Cow::Borrowed(body);
    for _ in 0..DEEPEST_PACKING {
        let Some(unpacked) = inflate_once(&body, notes) else { break };
        body = Cow::Owned(unpacked);
    }
    body
}

fn inflate_once(body: &[u8], notes: &mut Notes) -> Option<Vec<u8>> {
    if !body.starts_with(&GZIP_MAGIC) {
        return None;
    }
    let mut out = Vec::new();
    let end = flate2::read::GzDecoder::new(body).take(MAX_INFLATED).read_to_end(&mut out);
    if out.is_empty() {
        return None;
    }
    notes.add("repaired: the document is gzip inside its transfer");
    if end.is_err() {
        notes.add("repaired: the gzip data is damaged; what is whole was read");
    } else if out.len() as u64 == MAX_INFLATED {
        notes.add("repaired: the document is larger than 8 MB; the rest was left out");
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// How many notes there are.
    fn check(body: &[u8], expected: &str) -> usize {
        let mut notes = Notes::default();
        assert_eq!(inflate(body, &mut notes), expected.as_bytes());
        notes.finish().len()
    }

    #[test]
    fn gzip_is_unpacked_even_when_cut() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all("<rss>é</rss>".as_bytes()).expect("packs");
        let packed = packer.finish().expect("packs");
        check(&packed, "<rss>é</rss>");
        check(&[packed.as_slice(), b"junk"].concat(), "<rss>é</rss>");
        assert_eq!(check(&packed[..packed.len() - 5], "<rss>é</rss>"), 2);
    }

    #[test]
    fn a_bomb_stops_at_the_cap() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(&vec![b'a'; 9 * 1024 * 1024]).expect("packs");
        let packed = packer.finish().expect("packs");
        let text = inflate(&packed, &mut Notes::default());
        assert_eq!(text.len() as u64, MAX_INFLATED);
    }
}
