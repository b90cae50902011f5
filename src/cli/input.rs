//! Reading the document that a command is about: a file, or standard input.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use super::output;
use crate::config::printable;
use crate::fetch::{self, Cut, FetchError, Unpacked};

/// The largest document; no setting lets a fetch take more.
const MOST_BYTES: u64 = 64_000_000;
/// Up to here a packing shows whether it is one that is only made to fill the memory.
const PROBED_BYTES: u64 = 16_000_000;
const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];
const UNPACKED: &str = "repaired: the document is packed as gzip";

/// A document that a command is about.
pub(super) struct Document {
    pub(super) bytes: Vec<u8>,
    /// What had to be undone or given up to have it.
    pub(super) notes: Vec<String>,
    /// Whether its packing breaks off.
    pub(super) is_cut: bool,
}

impl Document {
    /// Puts the notes before those of the answer, or tells them on standard error where it has none.
    pub(super) fn hand_notes(self, answer: Option<&mut Vec<String>>) {
        match answer {
            Some(notes) => notes.splice(0..0, self.notes).for_each(drop),
            None => self.notes.iter().for_each(|note| output::warn(note)),
        }
    }
}

/// What a file, or standard input for `-`, holds; gzip is unpacked.
///
/// # Errors
/// When it cannot be read or is larger than 64 MB, unpacked too.
pub(super) fn read(file: &Path) -> anyhow::Result<Document> {
    unpacked(file, read_bytes(file)?, MOST_BYTES)
}

fn unpacked(file: &Path, packed: Vec<u8>, most_bytes: u64) -> anyhow::Result<Document> {
    let came = packed.len();
    let too_large = || anyhow!("{} unpacks to more than {} MB", name(file), most_bytes / 1_000_000);
    if packed.starts_with(GZIP_MAGIC) && most_bytes > PROBED_BYTES {
        let probe = super::wait(fetch::unpack(packed.clone(), PROBED_BYTES as usize));
        drop(probe.map_err(|_| anyhow!("{} unpacks to more than a hundred times its size, as no feed and no article does", name(file)))?);
    }
    let unpacked = super::wait(fetch::unpack(packed, most_bytes as usize)).map_err(|_| too_large())?;
    let Unpacked { bytes, broken, is_otherwise } = unpacked;
    if matches!(broken, Some(FetchError::TooLarge { .. })) {
        bail!(too_large());
    }
    let is_cut = broken.is_some();
    let unpacked = is_otherwise.then(|| UNPACKED.to_string());
    let notes = unpacked.into_iter().chain(broken.map(|error| Cut { error, came }.note())).collect();
    Ok(Document { bytes, notes, is_cut })
}

fn read_bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = MOST_BYTES + 1;
    let read = match is_standard_input(file) {
        true => std::io::stdin().lock().take(limit).read_to_end(&mut bytes),
        false => File::open(file).and_then(|file| file.take(limit).read_to_end(&mut bytes)),
    };
    read.with_context(|| format!("could not read {}", name(file)))?;
    if bytes.len() as u64 > MOST_BYTES {
        bail!("{} is larger than {} MB, which is no article and no feed", name(file), MOST_BYTES / 1_000_000);
    }
    Ok(bytes)
}

/// What a person calls it.
pub(super) fn name(file: &Path) -> String {
    if is_standard_input(file) { "standard input".into() } else { printable(file) }
}

fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gzip of zeros that are stored as they are.
    fn packed(blocks: usize) -> Vec<u8> {
        let block = [&[0, 0xff, 0xff, 0, 0][..], &[0; 0xffff]].concat();
        [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff][..], &block.repeat(blocks)].concat()
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_and_not_cut() {
        let read = |blocks, most| unpacked(Path::new("-"), packed(blocks), most).map(|document| document.notes);
        assert_eq!(read(16, 1_000_000).err().map(|error| error.to_string()).as_deref(), Some("standard input unpacks to more than 1 MB"));
        assert_eq!(read(1, 1_000_000).ok(), Some(vec![UNPACKED.to_string(), "the gzip packing broke after 65 kB: read what came".into()]));
    }

    #[test]
    fn what_is_made_to_fill_the_memory_is_refused_early() {
        use std::io::Write;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        (0..20).for_each(|_| encoder.write_all(&vec![b' '; 1_000_000]).expect("packed"));
        let bomb = encoder.finish().expect("packed");
        let refused = unpacked(Path::new("-"), bomb, MOST_BYTES).map(|document| document.bytes.len()).err().map(|error| error.to_string());
        let expected = "standard input unpacks to more than a hundred times its size, as no feed and no article does";
        assert_eq!(refused.as_deref(), Some(expected));
        assert_eq!(unpacked(Path::new("-"), packed(300), MOST_BYTES).map(|document| document.bytes.len()).ok(), Some(300 * 0xffff));
    }
}
