//! Reading the document that a command is about: a file, or standard input.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};

use crate::config::printable;

/// The largest document; no setting lets a fetch take more.
const MOST_BYTES: u64 = 64_000_000;

/// The bytes of a file, or of standard input for `-`.
///
/// # Errors
/// When it cannot be read or is larger than 64 MB.
pub(super) fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
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
