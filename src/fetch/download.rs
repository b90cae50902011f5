//! Reads a body as it comes in, up to a size and a deadline. What a server says of the length is not believed.

use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use super::error::FetchError;
use super::room::Room;

/// Why a body did not come whole.
pub(super) enum Break {
    TooLarge,
    Late,
    Cut(reqwest::Error),
}

/// At most `limit` bytes, as they were sent, and why there are no more of them. Waiting for room is not the server's fault, and
/// does not count.
pub(super) async fn body(mut response: Response, limit: usize, mut deadline: Instant, place: &mut Room) -> (Vec<u8>, Option<Break>) {
    let mut bytes = Vec::new();
    loop {
        let chunk = match timeout_at(deadline, response.chunk()).await {
            Ok(Ok(Some(chunk))) => chunk,
            Ok(Ok(None)) => return (bytes, None),
            Ok(Err(error)) => return (bytes, Some(Break::Cut(error))),
            Err(_) => return (bytes, Some(Break::Late)),
        };
        let since = Instant::now();
        place.hold(bytes.len() + chunk.len()).await;
        deadline += since.elapsed();
        let room = limit - bytes.len();
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return (bytes, Some(Break::TooLarge));
        }
    }
}

/// The error of a body above the limit.
pub(super) fn too_large(limit: usize) -> FetchError {
    FetchError::TooLarge { limit_bytes: limit }
}
