//! Unpacks gzip, Brotli and Zstandard bodies in small steps up to a size, so that a small body cannot fill the memory.
//! Servers lie about packing both ways; a document that is plainly not packed is taken as it is. The one place where gzip is undone.

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
use async_compression::zstd::DParameter;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::{
    download::too_large,
    error::{FetchError, quote},
    room::Room,
};

/// What we say that we can unpack.
pub(super) const OFFERED: &str = "gzip, br, zstd";
/// Packings inside packings that are undone.
const DEEPEST_PACKING: usize = 3;
/// Bytes unpacked before other work gets its turn.
const STEP_BYTES: usize = 64 * 1024;
/// Nothing that is written to be read shrinks to less than one part in so many.
const BOMB_TIMES: usize = 100;
/// A Zstandard frame may ask for this much memory: 8 MB, as RFC 9659 allows on the web.
const ZSTD_WINDOW_LOG: u32 = 23;
const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b, 0x08];

/// What came out of the packings, and why that is not all.
#[derive(Debug)]
pub struct Unpacked {
    pub bytes: Vec<u8>,
    pub broken: Option<FetchError>,
    /// Whether it was packed otherwise than the headers say.
    pub is_otherwise: bool,
}

/// Undoes the codings, last one first, also gzip that one calls something else, and gzip that no header speaks of, as that of a
/// file. Of a packing that breaks off, what came before.
///
/// # Errors
/// When nothing can be unpacked, or when a small body grows past the limit.
pub(super) async fn unpack(codings: &[String], bytes: Vec<u8>, limit: usize, room: &mut Room) -> Result<Unpacked, FetchError> {
    if codings.len() > DEEPEST_PACKING {
        return Err(FetchError::UnknownPacking { coding: quote(&codings.join(", ")) });
    }
    let mut unpacked = Unpacked { bytes, broken: None, is_otherwise: false };
    for coding in codings.iter().rev() {
        if is_plain(&unpacked.bytes) {
            unpacked.is_otherwise = true;
            break;
        }
        unpacked.is_otherwise |= unpacked.bytes.starts_with(GZIP_MAGIC) && !matches!(coding.as_str(), "gzip" | "x-gzip");
        unpacked.take(undo(coding, &unpacked.bytes, limit, room).await?);
    }
    for _ in 0..DEEPEST_PACKING {
        if !unpacked.bytes.starts_with(GZIP_MAGIC) {
            break;
        }
        match gunzip(&unpacked.bytes, limit, room).await {
            // No header says that it is gzip: whoever reads it says what it seems to be.
            Err(FetchError::BrokenPacking { .. }) => break,
            inner => unpacked.take(inner?),
        }
        unpacked.is_otherwise = true;
    }
    Ok(unpacked)
}

impl Unpacked {
    /// Goes on with what was packed inside; what broke first is what broke.
    fn take(&mut self, inner: Unpacked) {
        self.bytes = inner.bytes;
        self.broken = self.broken.take().or(inner.broken);
    }
}

async fn undo(coding: &str, packed: &[u8], limit: usize, room: &mut Room) -> Result<Unpacked, FetchError> {
    let mut rest = packed;
    match coding {
        _ if packed.starts_with(GZIP_MAGIC) => gunzip(packed, limit, room).await,
        "deflate" if is_zlib(packed) => {
            let read = read(ZlibDecoder::new(&mut rest), limit, room).await;
            judge("deflate", packed.len() - rest.len(), read, limit)
        }
        "gzip" | "x-gzip" => gunzip(packed, limit, room).await,
        "br" => {
            let read = read(BrotliDecoder::new(&mut rest), limit, room).await;
            judge("brotli", packed.len() - rest.len(), read, limit)
        }
        "zstd" => {
            let mut decoder = ZstdDecoder::with_params(&mut rest, &[DParameter::window_log_max(ZSTD_WINDOW_LOG)]);
            decoder.multiple_members(true);
            let read = read(decoder, limit, room).await;
            judge("zstd", packed.len() - rest.len(), read, limit)
        }
        _ => Err(FetchError::UnknownPacking { coding: quote(coding) }),
    }
}

/// All members; the first alone when what follows it is junk.
async fn gunzip(packed: &[u8], limit: usize, room: &mut Room) -> Result<Unpacked, FetchError> {
    let mut rest = packed;
    let mut all = GzipDecoder::new(&mut rest);
    all.multiple_members(true);
    let (bytes, end) = read(all, limit, room).await;
    if matches!(end, End::Broken) {
        let (first, end) = read(GzipDecoder::new(packed), limit, room).await;
        if matches!(end, End::Whole) && first.len() == bytes.len() {
            return Ok(Unpacked { bytes, broken: None, is_otherwise: false });
        }
    }
    judge("gzip", packed.len() - rest.len(), (bytes, end), limit)
}

/// How the reading of a packing ended.
enum End {
    Whole,
    TooLarge,
    Broken,
}

/// `taken` is how much of the packed bytes was used for it.
fn judge(coding: &'static str, taken: usize, (bytes, end): (Vec<u8>, End), limit: usize) -> Result<Unpacked, FetchError> {
    let is_bomb = || bytes.len() / BOMB_TIMES > taken;
    match end {
        End::Whole => Ok(Unpacked { bytes, broken: None, is_otherwise: false }),
        End::TooLarge if is_bomb() => Err(too_large(limit)),
        End::TooLarge => Ok(Unpacked { bytes, broken: Some(too_large(limit)), is_otherwise: false }),
        End::Broken if bytes.is_empty() => Err(FetchError::BrokenPacking { coding }),
        End::Broken => Ok(Unpacked { bytes, broken: Some(FetchError::BrokenPacking { coding }), is_otherwise: false }),
    }
}

/// What a decoder gives, up to the limit.
async fn read(mut decoder: impl AsyncRead + Unpin, limit: usize, place: &mut Room) -> (Vec<u8>, End) {
    let mut unpacked = Vec::new();
    let mut step = vec![0; STEP_BYTES];
    loop {
        let count = match decoder.read(&mut step).await {
            Ok(0) => return (unpacked, End::Whole),
            Ok(count) => count,
            Err(_) => return (unpacked, End::Broken),
        };
        place.hold(unpacked.len() + count).await;
        let room = limit - unpacked.len();
        unpacked.extend_from_slice(&step[..count.min(room)]);
        if count > room {
            return (unpacked, End::TooLarge);
        }
        tokio::task::yield_now().await;
    }
}

/// Whether the bytes begin as zlib does (RFC 1950, section 2.2), which `deflate` means on the web.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

/// Whether the bytes start as a feed does, in any Unicode encoding: no packing starts so.
fn is_plain(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|byte| !matches!(byte, 0xef | 0xbb | 0xbf | 0xfe | 0xff | 0 | b' ' | b'\t' | b'\r' | b'\n'));
    start.is_some_and(|at| matches!(bytes[at], b'<' | b'{'))
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::fetch::room::Rooms;
    use async_compression::tokio::write::{BrotliEncoder, GzipEncoder, ZlibEncoder};
    use tokio::io::AsyncWriteExt;

    const FEED: &[u8] = b"<rss><channel><title>News</title></channel></rss>";
    const LIMIT: usize = 1 << 20;

    async fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzipEncoder::new(Vec::new());
        encoder.write_all(bytes).await.expect("packed");
        encoder.shutdown().await.expect("packed");
        encoder.into_inner()
    }

    async fn brotli(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = BrotliEncoder::new(Vec::new());
        encoder.write_all(bytes).await.expect("packed");
        encoder.shutdown().await.expect("packed");
        encoder.into_inner()
    }

    async fn check(codings: &[&str], bytes: &[u8], expected: Result<&[u8], &str>) {
        let codings: Vec<String> = codings.iter().map(ToString::to_string).collect();
        let seen = unpack(&codings, bytes.to_vec(), LIMIT, &mut Rooms::default().none_yet()).await.map_err(|error| error.to_string());
        let seen = seen.map(|unpacked| {
            assert_eq!(unpacked.broken, None, "{codings:?}");
            unpacked.bytes
        });
        assert_eq!(seen, expected.map(<[u8]>::to_vec).map_err(str::to_string), "{codings:?}");
    }

    #[tokio::test]
    async fn each_packing_that_we_offer_is_undone() {
        let zstd = zstd::encode_all(FEED, 3).expect("zstd");
        check(&[], FEED, Ok(FEED)).await;
        check(&["gzip"], &gzip(FEED).await, Ok(FEED)).await;
        check(&["x-gzip"], &gzip(FEED).await, Ok(FEED)).await;
        check(&["br"], &brotli(FEED).await, Ok(FEED)).await;
        check(&["zstd"], &zstd, Ok(FEED)).await;
        check(&["gzip", "zstd"], &zstd::encode_all(&*gzip(FEED).await, 3).expect("zstd"), Ok(FEED)).await;
    }

    #[tokio::test]
    async fn servers_that_lie_about_packing_are_understood() {
        check(&["gzip"], FEED, Ok(FEED)).await;
        check(&["utf-8"], FEED, Ok(FEED)).await;
        check(&["br"], b"\xef\xbb\xbf {}", Ok(b"\xef\xbb\xbf {}")).await;
        check(&[], &gzip(FEED).await, Ok(FEED)).await;
        check(&["gzip"], &gzip(&gzip(FEED).await).await, Ok(FEED)).await;
        let two = [gzip(&FEED[..9]).await, gzip(&FEED[9..]).await].concat();
        check(&["gzip"], &two, Ok(FEED)).await;
        check(&["br"], &gzip(FEED).await, Ok(FEED)).await;
        check(&["deflate"], &gzip(FEED).await, Ok(FEED)).await;
        let mut zlib = ZlibEncoder::new(Vec::new());
        zlib.write_all(FEED).await.expect("packed");
        zlib.shutdown().await.expect("packed");
        check(&["deflate"], &zlib.into_inner(), Ok(FEED)).await;
        let junk = [gzip(FEED).await, b"junk".to_vec()].concat();
        check(&["gzip"], &junk, Ok(FEED)).await;
        let early = &gzip(FEED).await[..12];
        check(&[], early, Ok(early)).await;
    }

    #[tokio::test]
    async fn a_packing_that_is_not_as_the_headers_say_is_noticed() {
        let check = async |codings: &[&str], bytes: &[u8], expected: bool| {
            let codings: Vec<String> = codings.iter().map(ToString::to_string).collect();
            let seen = unpack(&codings, bytes.to_vec(), LIMIT, &mut Rooms::default().none_yet()).await.expect("unpacked");
            assert_eq!((seen.bytes.as_slice(), seen.is_otherwise), (FEED, expected), "{codings:?}");
        };
        let packed = gzip(FEED).await;
        check(&[], FEED, false).await;
        check(&["gzip"], &packed, false).await;
        check(&["gzip", "x-gzip"], &gzip(&packed).await, false).await;
        check(&["br"], &brotli(FEED).await, false).await;
        check(&["gzip"], FEED, true).await;
        check(&["zstd"], &packed, true).await;
        check(&[], &packed, true).await;
        check(&["gzip"], &gzip(&packed).await, true).await;
    }

    #[tokio::test]
    async fn broken_and_unknown_packings_are_named() {
        let whole = gzip(FEED).await;
        check(&["gzip"], &whole[..10], Err("the answer's gzip packing is broken")).await;
        check(&["br"], b"\x91nonsense", Err("the answer's brotli packing is broken")).await;
        check(&["zstd"], b"(\xb5/\xfdnonsense", Err("the answer's zstd packing is broken")).await;
        check(&["deflate"], b"x\x9cnonsense", Err("the answer's deflate packing is broken")).await;
        check(&["deflate"], b"nonsense", Err("the answer is packed as `deflate`, which was not asked for")).await;
        check(&["gzip"; 4], &whole, Err("the answer is packed as `gzip, gzip, gzip, gzip`, which was not asked for")).await;
    }

    #[tokio::test]
    async fn of_a_packing_that_breaks_off_the_part_before_is_given() {
        let check = async |codings: &[&str], bytes: &[u8], expected: &[u8], error: FetchError| {
            let codings: Vec<String> = codings.iter().map(ToString::to_string).collect();
            let seen = unpack(&codings, bytes.to_vec(), LIMIT, &mut Rooms::default().none_yet()).await.expect("a part");
            assert_eq!((seen.bytes.as_slice(), seen.broken), (expected, Some(error)), "{codings:?}");
        };
        let (whole, broken) = (gzip(FEED).await, FetchError::BrokenPacking { coding: "gzip" });
        check(&["gzip"], &whole[..whole.len() - 8], FEED, broken.clone()).await;
        check(&[], &whole[..whole.len() - 8], FEED, broken.clone()).await;
        let two = [whole.clone(), whole[..whole.len() - 8].to_vec()].concat();
        check(&["gzip"], &two, &FEED.repeat(2), broken).await;
        let long: Vec<u8> =
            (0..40_000).flat_map(|number: u32| format!("<item>{}</item>", number.wrapping_mul(2_654_435_761)).into_bytes()).collect();
        let packings = [("br", brotli(&long).await), ("zstd", zstd::encode_all(&*long, 3).expect("zstd")), ("gzip", gzip(&long).await)];
        for (coding, packed) in packings {
            let seen = unpack(&[coding.to_string()], packed[..packed.len() / 2].to_vec(), LIMIT, &mut Rooms::default().none_yet())
                .await
                .expect("a part");
            assert!(seen.bytes.len() > long.len() / 4 && long.starts_with(&seen.bytes), "{coding}: {} bytes", seen.bytes.len());
            assert!(seen.broken.is_some(), "{coding}");
        }
        let noise: Vec<u8> = (0_u32..1 << 20).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let large = [FEED, &noise].concat();
        check(&["gzip"], &gzip(&large).await, &large[..LIMIT], too_large(LIMIT)).await;
    }

    #[tokio::test]
    async fn a_bomb_stops_at_the_limit() {
        let zeros = vec![0u8; 64 << 20];
        let bomb = zstd::encode_all(&*zeros, 3).expect("zstd");
        assert!(bomb.len() < 16_000);
        check(&["zstd"], &bomb, Err("more than 1 MB")).await;
    }

    /// A decoder without end that counts what is taken from it.
    struct Endless(std::sync::Arc<std::sync::atomic::AtomicUsize>);

    impl AsyncRead for Endless {
        fn poll_read(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            buffer: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<io::Result<()>> {
            let room = buffer.remaining();
            self.0.fetch_add(room, std::sync::atomic::Ordering::SeqCst);
            buffer.initialize_unfilled().fill(b'a');
            buffer.advance(room);
            std::task::Poll::Ready(Ok(()))
        }
    }

    #[tokio::test]
    async fn no_more_than_a_step_past_the_limit_is_taken_from_a_decoder() {
        let taken = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        assert!(
            matches!(read(Endless(taken.clone()), LIMIT, &mut Rooms::default().none_yet()).await, (bytes, End::TooLarge) if bytes.len() == LIMIT)
        );
        let taken = taken.load(std::sync::atomic::Ordering::SeqCst);
        assert!((LIMIT..=LIMIT + STEP_BYTES).contains(&taken), "{taken} bytes for a limit of {LIMIT}");
    }

    #[tokio::test]
    async fn a_frame_may_not_ask_for_more_memory_than_the_web_allows() {
        let mut encoder = zstd::Encoder::new(Vec::new(), 19).expect("an encoder");
        encoder.set_parameter(zstd::zstd_safe::CParameter::WindowLog(27)).expect("a window");
        io::Write::write_all(&mut encoder, FEED).expect("packed");
        let wide = encoder.finish().expect("packed");
        check(&["zstd"], &wide, Err("the answer's zstd packing is broken")).await;
    }
}
