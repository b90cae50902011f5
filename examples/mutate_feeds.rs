//! Damages real feed documents at random, by the million, and reads each: no panic, no slow reading, no control character.
//! `cargo run --release --example mutate_feeds -- COUNT [SEED [FOLDER]]`; what fails is kept in `target/mutated/`.
#![allow(clippy::print_stdout, clippy::panic, reason = "a tool for the command line")]

mod dice;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dice::Dice;
use matins::domain::feed::ParsedFeed;
use matins::domain::foreign;
use matins::sources::{RawFeed, read};

/// No document of these sizes may take longer.
const SLOW: Duration = Duration::from_millis(if cfg!(debug_assertions) { 5000 } else { 500 });
/// Most documents are shortened to that, so that many are tried; the beginning stays.
const HEAD: usize = 1500;
const PIECE: usize = 6000;
/// One in so many stays whole.
const WHOLE_EVERY: usize = 40;
/// Failures after which it is no use to go on.
const ENOUGH: usize = 20;

/// What is put into documents: the words of feeds and of their faults.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "<", ">", "&", "\"", "'", "/", "=", ";", "]]>", "<![CDATA[", "<!--", "-->", "<?", "?>", "</", "/>", "<!", "<!DOCTYPE x [", "]>",
    "<!ENTITY a \"&a;\">", "<!ENTITY b \"<item>\">", "&a;", "&b;", "&nbsp;", "&#0;", "&#27;", "&#x202e;", "&#xd800;", "&#99999999999;", "&amp;amp;", "&bogus;",
    "<rss>", "<channel>", "</channel>", "<item>", "</item>", "<item/>", "<entry>", "</entry>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "</feed>",
    "<title>", "</title>", "<title type='xhtml'><div>", "<link>", "</link>", "<link href='", "<guid isPermaLink='false'>", "</guid>", "<id>", "</id>",
    "<description>", "</description>", "<content:encoded>", "<content type='application/octet-stream'>", "<summary mode='base64'>", "====",
    "<pubDate>", "</pubDate>", "<updated>99999-13-45T99:99:99+99:99", "24 Sep 2025 10:44 +9999", "٢٤ سبتمبر", "<dc:date>", "<dc:creator>", "（a@b）",
    "<media:group>", "<media:content url='x' fileSize='-1' type='//'>", "<media:thumbnail url='http://e.example/", "<enclosure url='http://[::' length='99999999999999999999'/>",
    "<itunes:duration>١٢:٣٤", "xml:base='http://e.example/a/'", " xml:base='//'", " xml:base='http://e.example/a/long/address/of/a/place/that/every/relative/one/in/it/grows/by/when/it/is/written/out/in/full/'", "<a href='#x'>", "<a href=x>", " xmlns='urn:x'", " xmlns:media=''", " xmlns:x='http://www.w3.org/2005/Atom'", " a='", " b=\"",
    "<p>", "<table><tr><td>", "<img alt=\"", "<a href=' javascript:x ' srcset='a 1x, b", "<script>", "<svg>", "<br", "\0", "\u{1b}[2J", "\u{9b}", "\u{202e}", "\u{feff}", "é", "語",
    "{\"items\":[", "\"items\":", "{", "}", "[", "]", ",", ":", "\\", "\\u", "\\ud83d", "\"id\":", "\"content_html\":\"", "1e999", "NaN",
    "<br />\n<b>Warning</b>:  x in <b>/f.php</b> on line <b>3</b><br />", "<b>Notice</b>:", " on line <b>", "PHP Warning:  x in /f.php on line 3\n", "<b>Oops ",
    "<pubDate>03/04/2026", "25/04/2026 10:00 Europe/Berlin", "10:00 America/", "[Asia/", " 10:44 QQT", "encoding='cp437'", "encoding='klingon'",
    "encoding='utf-16'", "encoding=\"shift_jis\"", "encoding=koi8-r", "\n\n", "www.", "http:/", "://", "?", "#", "..",
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let seed: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = arguments.next().map_or_else(|| root.join("../shared/corpora/realfeeds"), PathBuf::from);
    let feeds = documents(&folder);
    assert!(!feeds.is_empty(), "no documents in {}", folder.display());
    keep_caught_panics_quiet();

    let (begun, mut slowest, mut articles, mut refused, mut failures) = (Instant::now(), Duration::ZERO, 0, 0, 0);
    for number in 0..count {
        let mut dice = Dice::of(seed, number);
        let document = damaged(&feeds, &mut dice);
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| try_one(&document, &mut dice)));
        let took = Instant::now() - started;
        slowest = slowest.max(took);
        let fault = match outcome {
            Err(_) => Some("panic".to_string()),
            Ok(Err(fault)) => Some(fault),
            Ok(Ok(_)) if took > SLOW && is_slow_again(&document) => {
                Some(format!("slow: {} ms for {} bytes", took.as_millis(), document.len()))
            }
            Ok(Ok(Some(found))) => {
                articles += found;
                None
            }
            Ok(Ok(None)) => {
                refused += 1;
                None
            }
        };
        if let Some(fault) = fault {
            failures += 1;
            println!("{number}: {fault}, kept as {}", keep(root, number, &document).display());
        }
        if failures >= ENOUGH {
            break;
        }
    }
    let seconds = (Instant::now() - begun).as_secs_f64();
    println!(
        "{count} documents in {seconds:.0} s: {failures} failures, {articles} articles, {refused} no feeds, slowest {} ms",
        slowest.as_millis()
    );
    std::process::exit(i32::from(failures > 0));
}

/// Whether it is the document, and not the machine, that takes long.
fn is_slow_again(document: &[u8]) -> bool {
    (0..3).all(|_| {
        let started = Instant::now();
        let _ = read(RawFeed { body: document, ..RawFeed::default() });
        started.elapsed() > SLOW
    })
}

fn documents(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.retain(|path| path.extension().is_some_and(|extension| extension != "tsv"));
    paths.into_iter().filter_map(|path| fs::read(path).ok()).collect()
}

/// Panics that the reading of feeds catches are no news.
fn keep_caught_panics_quiet() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !foreign::is_guarded() {
            tell(panic);
        }
    }));
}

fn keep(root: &Path, number: usize, document: &[u8]) -> PathBuf {
    let folder = root.join("target/mutated");
    let path = folder.join(format!("{number}.feed"));
    fs::create_dir_all(&folder).and_then(|()| fs::write(&path, document)).expect("a place for what failed");
    path
}

/// How many articles there are; what is wrong with them.
fn try_one(document: &[u8], dice: &mut Dice) -> Result<Option<usize>, String> {
    let base_url = [None, Some("https://e.example/feed.xml"), Some("file:///feed"), Some("https://e.example.jp/a/b?c")][dice.below(4)];
    let content_type =
        [None, Some("text/xml; charset=iso-8859-1"), Some("application/rss+xml; charset=utf-8"), Some("charset=")][dice.below(4)];
    let Ok(feed) = read(RawFeed { body: document, content_type, base_url, is_cut: dice.below(4) == 0 }) else { return Ok(None) };
    if let Some(text) = strings(&feed).find(|text| text.contains(acts)) {
        return Err(format!("control character in {:?}", text.chars().take(200).collect::<String>()));
    }
    if feed.articles.iter().any(|article| article.id.is_empty()) {
        return Err("an article without an id".into());
    }
    Ok(Some(feed.articles.len()))
}

/// Characters that could act on a terminal, or turn a text around.
fn acts(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn strings(feed: &ParsedFeed) -> impl Iterator<Item = &str> {
    let head = [&feed.home_url, &feed.language, &feed.icon_url].into_iter().flatten().map(String::as_str);
    let names = [&feed.title, &feed.description].into_iter().flatten().map(|text| text.as_str());
    let articles = feed.articles.iter().flat_map(|article| {
        let texts = [&article.url, &article.summary_html, &article.content_html, &article.comments_url, &article.language];
        let lines = article.title.iter().chain(&article.authors).chain(&article.categories).map(|text| text.as_str());
        let files = article.enclosures.iter().flat_map(|file| [Some(&file.url), file.media_type.as_ref()]).flatten().map(String::as_str);
        texts.into_iter().flatten().map(String::as_str).chain(lines).chain(files).chain([article.id.as_str()])
    });
    head.chain(names).chain(articles).chain(feed.notes.iter().map(String::as_str))
}

fn damaged(feeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let original = &feeds[dice.below(feeds.len())];
    let mut document = match dice.below(WHOLE_EVERY) {
        0 => original.clone(),
        _ => {
            let start = dice.below(original.len()).max(HEAD.min(original.len()));
            let end = (start + dice.below(PIECE)).min(original.len());
            [&original[..HEAD.min(start)], &original[start..end]].concat()
        }
    };
    for _ in 0..=dice.below(8) {
        damage(&mut document, feeds, dice);
    }
    document
}

fn damage(document: &mut Vec<u8>, feeds: &[Vec<u8>], dice: &mut Dice) {
    let place = dice.below(document.len() + 1);
    match dice.below(14) {
        0 => flip(document, place, 1 << dice.below(8)),
        1 => flip(document, place, dice.byte()),
        2 => document.truncate(place),
        3 => drop(document.drain(dice.stretch(document.len()))),
        4 => {
            let again = document[dice.stretch(document.len())].to_vec();
            document.splice(place..place, again);
        }
        5 => {
            let other = &feeds[dice.below(feeds.len())];
            let piece = &other[dice.stretch(other.len())];
            document.splice(place..place, piece.iter().copied());
        }
        6..=8 => drop(document.splice(place..place, dice.word(WORDS).iter().copied())),
        9 => {
            let word = dice.word(WORDS).repeat(1 + dice.below(2000));
            document.splice(place..place, word);
        }
        // A sign of markup goes, or becomes another.
        10 => {
            let signs = b"<>&\"'/=;![]{}:,";
            let sign = document.iter().skip(place).position(|byte| signs.contains(byte));
            if let Some(at) = sign.map(|at| at + place) {
                document[at] = signs[dice.below(signs.len())];
            }
        }
        // A name becomes a word.
        11 => {
            if let Some(at) = document.iter().skip(place).position(|byte| *byte == b'<').map(|at| at + place + 1) {
                let end =
                    document[at..].iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b':').map_or(at, |length| at + length);
                document.splice(at..end, dice.word(WORDS).iter().copied());
            }
        }
        12 => re_encode(document, dice),
        _ => {
            let stretch = dice.stretch(document.len());
            document[stretch].reverse();
        }
    }
}

fn flip(document: &mut [u8], place: usize, bits: u8) {
    if let Some(byte) = document.get_mut(place) {
        *byte ^= bits;
    }
}

/// The document in another encoding, with and without a mark, or with bytes of one.
fn re_encode(document: &mut Vec<u8>, dice: &mut Dice) {
    let text = String::from_utf8_lossy(document).into_owned();
    *document = match dice.below(6) {
        0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
        2 => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
        3 => [0xef, 0xbb, 0xbf].into_iter().chain(document.iter().copied()).collect(),
        4 => text.chars().map(|c| u8::try_from(u32::from(c) & 0xff).unwrap_or(b'?')).collect(),
        _ => document.iter().map(|byte| if dice.below(50) == 0 { byte | 0x80 } else { *byte }).collect(),
    };
}
