//! What was learnt on the way to an answer, good or bad.

use jiff::SignedDuration;

/// What was learnt on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// The server that gave the last answer, as [`super::host_key`] names it; `None` when nobody answered.
    pub host: Option<String>,
    /// Where permanent redirects alone (301, 308) led from the address that was asked, without name and password.
    pub moved_to: Option<String>,
    /// Whether a redirect that is not permanent was followed: what came after it is not where the feed moved to.
    pub is_detour: bool,
    /// Whether HTTP/1.1 was spoken on purpose at the end.
    pub is_http1: bool,
    /// Bytes of documents that came, as they were sent.
    pub bytes: usize,
    /// How long the server says that its answer stays new.
    pub fresh_for: Option<SignedDuration>,
    /// The `max-age` that is in force from now on, also for a 304 that says nothing of it.
    pub max_age: Option<SignedDuration>,
    /// Whether the document was packed otherwise than the headers say, and was read all the same.
    pub is_packed_otherwise: bool,
    /// The beginning of the page of a refusal (403, 429, 503), unpacked.
    pub refused_with: Vec<u8>,
    /// The `Link` headers of the last answer, joined by commas.
    pub links: Option<String>,
    /// Whether a refusal says in its headers that it is a challenge to browsers.
    pub is_challenge: bool,
}
