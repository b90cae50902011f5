//! `file:` addresses: a feed on disk, with the same size cap as one from the network. Its validator is its time and length.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};
use url::Url;

use super::{
    Answer, Cut, Limits,
    download::too_large,
    error::{FetchError, quote},
    packing,
    room::Room,
};
use crate::domain::feed::Validators;

/// What reading a file gave.
enum Found {
    Unchanged,
    /// What is not more than the limit, and whether that is all.
    Bytes {
        bytes: Vec<u8>,
        is_whole: bool,
        validators: Validators,
    },
}

pub(super) async fn fetch(url: &Url, known: &Validators, limits: &Limits, room: &mut Room) -> Result<Answer, FetchError> {
    let path = url.to_file_path().map_err(|()| FetchError::FileElsewhere)?;
    let (limit, validators) = (limits.max_body_bytes, known.clone());
    let turn = room.turn().await;
    let size = size(&path, limits.total_timeout).await;
    drop(turn);
    room.hold(size).await;
    let turn = room.turn().await;
    let reading = tokio::task::spawn_blocking(move || read(&path, &validators, limit));
    let found = tokio::time::timeout(limits.total_timeout, reading).await;
    drop(turn);
    let found = found.map_err(|_| FetchError::NoAnswer { timeout: limits.total_timeout })?;
    match found.map_err(|error| FetchError::Other { reason: quote(&error.to_string()) })?? {
        Found::Unchanged => Ok(Answer::Unchanged { status: None, validators: known.clone() }),
        Found::Bytes { bytes, is_whole, validators } => {
            let came = bytes.len();
            let unpacked = packing::unpack(&[], bytes, limit, room).await?;
            let broken = if is_whole { unpacked.broken } else { Some(too_large(limit)) };
            let cut = broken.map(|error| Cut { error, came });
            // With another limit it would be cut elsewhere.
            let validators = if cut.is_some() { Validators::default() } else { validators };
            Ok(Answer::Body { status: None, bytes: unpacked.bytes, content_type: None, final_url: url.to_string(), validators, cut })
        }
    }
}

/// In bytes; what cannot be told fails when it is read.
async fn size(path: &Path, patience: Duration) -> usize {
    let path = path.to_path_buf();
    let looking = tokio::task::spawn_blocking(move || std::fs::metadata(path));
    let found = tokio::time::timeout(patience, looking).await;
    found.ok().and_then(Result::ok).and_then(Result::ok).map_or(0, |metadata| usize::try_from(metadata.len()).unwrap_or(usize::MAX))
}

fn read(path: &PathBuf, known: &Validators, limit: usize) -> Result<Found, FetchError> {
    let trouble = |error: std::io::Error| explain(path, &error);
    // Before opening: opening a named pipe would wait for its writer.
    check_kind(path, &std::fs::metadata(path).map_err(trouble)?)?;
    let file = File::open(path).map_err(trouble)?;
    let metadata = file.metadata().map_err(trouble)?;
    let validators = validators(&metadata);
    // A file whose time cannot be told has none, as one that was never read.
    if validators.etag.is_some() && validators == *known {
        return Ok(Found::Unchanged);
    }
    let mut bytes = Vec::with_capacity(limit.min(usize::try_from(metadata.len()).unwrap_or(limit)) + 1);
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(trouble)?;
    let is_whole = bytes.len() <= limit;
    bytes.truncate(limit);
    Ok(Found::Bytes { bytes, is_whole, validators })
}

fn check_kind(path: &Path, metadata: &Metadata) -> Result<(), FetchError> {
    match metadata {
        folder if folder.is_dir() => Err(FetchError::Folder { path: shown(path) }),
        file if file.is_file() => Ok(()),
        _ => Err(FetchError::NotAFile { path: shown(path) }),
    }
}

fn validators(metadata: &Metadata) -> Validators {
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let etag = changed.map(|time| format!("{}.{:09}-{}", time.as_secs(), time.subsec_nanos(), metadata.len()));
    Validators { etag: etag.map(String::into_bytes), last_modified: None }
}

fn explain(path: &Path, error: &std::io::Error) -> FetchError {
    let path = shown(path);
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => FetchError::NoFile { path },
        ErrorKind::PermissionDenied => FetchError::FileDenied { path },
        _ => FetchError::FileTrouble { path, reason: quote(&error.to_string()) },
    }
}

fn shown(path: &Path) -> String {
    quote(&path.to_string_lossy())
}
