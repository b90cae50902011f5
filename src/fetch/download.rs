//! Reads a body as it comes in, up to a size and a deadline. What a server says of the length is only used against it.

use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use super::error::FetchError;

/// Why a body did not come whole.
pub(super) enum Break {
    TooLarge,
    Late,
    Cut(reqwest::Error),
}

/// At most `limit` bytes, as they were sent.
pub(super) async fn body(mut response: Response, limit: usize, deadline: Instant) -> Result<Vec<u8>, Break> {
    let announced = response.content_length().unwrap_or(0);
    if announced > limit as u64 {
        return Err(Break::TooLarge);
    }
    let mut bytes = Vec::new();
    loop {
        let chunk = timeout_at(deadline, response.chunk()).await.map_err(|_| Break::Late)?.map_err(Break::Cut)?;
        let Some(chunk) = chunk else { return Ok(bytes) };
        if bytes.len() + chunk.len() > limit {
            return Err(Break::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
}

/// The error of a body above the limit.
pub(super) fn too_large(limit: usize) -> FetchError {
    FetchError::TooLarge { limit_bytes: limit }
}
