//! Reading the document that a command is about: a file, or standard input.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, anyhow, bail};

use crate::config::printable;
use crate::fetch::{self, Cut, Unpacked};

/// The largest document; no setting lets a fetch take more.
const MOST_BYTES: u64 = 64_000_000;
const UNPACKED: &str = "repaired: the document is packed as gzip";

/// A document that a command is about.
pub(super) struct Document {
    pub(super) bytes: Vec<u8>,
    /// What had to be undone or given up to have it.
    pub(super) notes: Vec<String>,
    /// Whether its packing breaks off.
    pub(super) is_cut: bool,
}

/// What a file, or standard input for `-`, holds; gzip is unpacked.
///
/// # Errors
/// When it cannot be read or is larger than 64 MB, unpacked too.
pub(super) fn read(file: &Path) -> anyhow::Result<Document> {
    let packed = read_bytes(file)?;
    let came = packed.len();
    let too_large = |_| anyhow!("{} unpacks to more than {} MB", name(file), MOST_BYTES / 1_000_000);
    let Unpacked { bytes, broken, is_otherwise } = super::wait(fetch::unpack(&[], packed, MOST_BYTES as usize)).map_err(too_large)?;
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
