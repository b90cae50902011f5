//! Damages the HTML of real articles at random, by the million, cleans it and sets it at widths from 1 to 300: no panic, no line
//! wider than asked, no control character, no time out of proportion. What fails is kept in `target/mutated/`.
//! `cargo run --release --example mutate_bodies -- COUNT [SEED [FOLDER…]]`; a folder holds feeds, or pages as `.html` or `.html.gz`.
#![allow(clippy::print_stdout, clippy::panic, reason = "a tool for the command line")]

mod dice;

use std::fs;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dice::Dice;
use flate2::read::GzDecoder;
use matins::clean::{clean, extract};
use matins::sources::{RawFeed, read};
use matins::typeset::{LinkMarks, Options, set};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What a kilobyte may take, and what any document may: below that the machine's own pauses count.
const PER_KILOBYTE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 20 } else { 1 });
const ANY: Duration = Duration::from_millis(if cfg!(debug_assertions) { 400 } else { 20 });
/// Most bodies are shortened to that, so that many are tried.
const PIECE: usize = 1500;
/// One in so many stays whole.
const WHOLE_EVERY: usize = 400;
/// Bytes of a body; a piece that is doubled again and again would else grow without end.
const LONGEST: usize = 300_000;
const WIDEST: usize = 300;
/// Failures after which it is no use to go on.
const ENOUGH: usize = 20;

/// What is put into bodies: the words of HTML and of its faults.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "<", ">", "&", "\"", "'", "/", "=", ";", "</", "/>", "<!", "<!--", "-->", "<![CDATA[", "]]>", "<?", "<p", "<br>", "</br>", "</p>", "<p>", "<div>", "</div>",
    "<b>", "</b>", "<i>", "</i>", "<a href='/x?utm_source=rss#y'>", "<a href=\"#fn1\">", "<a id=fn1>", "</a>", "<sup>", "</sup>", "<sub>2</sub>", "<code>", "</code>",
    "<pre>", "</pre>", "<pre class='brush: php'>", "<div class=highlight>", "<td class=gutter>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "<td rowspan=3 colspan=2>",
    "<td colspan=99999999 rowspan=0>", "<th>", "</td>", "<thead>", "<tbody>", "<caption>", "<ul>", "<ol start=99>", "<ol reversed type=A>", "<ol start=-2147483648>", "</ul>", "</ol>", "<li>",
    "<li value=7>", "</li>", "<dl>", "<dt>", "<dd>", "</dl>", "<blockquote>", "</blockquote>", "<h1>", "<h2 id=a>", "</h2>", "<h6>", "<hr>", "<figure>", "<figcaption>", "</figure>",
    "<img src=/a.png alt='", "<img srcset='a 1x, b 2x' width=1>", "<iframe src=https://www.youtube.com/embed/a>", "<video><source src=v.mp4>", "<svg>", "<math><mi>", "<script>",
    "</script>", "<style>", "<form>", "<select><option>", "<template>", "<noscript>", "<details><summary>", "<ruby>漢<rt>kan", "<span style='display:none'>", "<font size=7>",
    "&lt;p&gt;", "&lt;/p&gt;", "&amp;lt;b&amp;gt;", "&amp;nbsp;", "&nbsp;&nbsp;&nbsp;", "&shy;", "&#0;", "&#27;[2J", "&#x202e;", "&#xd800;", "&#99999999999;", "&bogus;", "&#9;",
    "\t", "\n", "\n\n", "\r\n", "    ", "\0", "\u{1b}[31m", "\u{1b}]8;;x\u{7}", "\u{9b}2J", "\u{202e}", "\u{2066}", "\u{200b}", "\u{200d}", "\u{ad}", "\u{feff}", "\u{fe0f}", "\u{301}", "\u{2028}",
    "é", "語", "日本語のとても長い文章", "👩\u{200d}👩\u{200d}👧", "🇨🇦", "ｶﾞ", "क्षत्रिय", "น้ำ", "한", "\u{fdfd}", "Zażółć", "incomprehensibilities", "1,234.5", "https://example.org/a/b?c=d&utm_medium=x",
    "# ", "## ", "* ", "- ", "1. ", "> ", "```", "**", "__", "`", "](http://e.example/)", "![", "[^1]", "| a | b |\n|---|---|\n", "---\n",
    "<p>The post <a>x</a> appeared first on <a>y</a>.</p>", "Read more", " class=\"share newsletter\"", " hidden", " aria-hidden=true", " title=\"", " width=1 height=1",
    "<sup>1</sup>", "<i></i>", "<img src=x>", "<a href=x>", "<fieldset>", "<div class=ad>", "<td class=gutter>1", " style=user-select:none",
    "<img src=/e.png alt=n>", "<a href=/f><img src=/a.png alt='A film'></a>", "<td colspan=37>", "<td rowspan=99999 colspan=99999>", "<math><mfrac><mn>1</mn><mn>2</mn></mfrac>", "<msup><mi>x</mi><mrow>",
    "<dialog open>", "<meter>", "<legend>", "\n> quoted\n", "**strong**", "desk@example.org", "www.example.org", "<mark>", "<h3>", "<input type=hidden>",
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let seed: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    if folders.is_empty() {
        folders = ["realfeeds", "probe", "articles/html"].iter().map(|name| root.join("../shared/corpora").join(name)).collect();
    }
    let bodies: Vec<String> = folders.iter().flat_map(|folder| bodies(folder)).collect();
    assert!(!bodies.is_empty(), "no bodies in {folders:?}");
    println!("{} bodies", bodies.len());

    let mut tally = Tally { begun: Instant::now(), bytes: 0, spent: Duration::ZERO, slowest: Duration::ZERO, failures: 0 };
    for number in 0..count {
        let mut dice = Dice::of(seed, number);
        let body = damaged(&bodies, &mut dice);
        let options = options(&mut dice);
        if let Some(fault) = tally.try_one(&body, options) {
            let path = keep(number, &body);
            println!("{number} at width {}: {fault}, kept as {}", options.fit.measure, path.display());
        }
        if tally.failures >= ENOUGH {
            break;
        }
        if number > 0 && number % 1_000_000 == 0 {
            tally.print(number);
        }
    }
    tally.print(count);
    std::process::exit(i32::from(tally.failures > 0));
}

struct Tally {
    begun: Instant,
    bytes: usize,
    spent: Duration,
    slowest: Duration,
    failures: usize,
}

impl Tally {
    fn try_one(&mut self, body: &str, options: Options) -> Option<String> {
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| clean_and_set(body, options)));
        let took = started.elapsed();
        self.bytes += body.len();
        self.spent += took;
        self.slowest = self.slowest.max(took);
        let fault = match outcome {
            Err(_) => Some("panic".to_string()),
            Ok(Err(fault)) => Some(fault),
            Ok(Ok(())) if took > limit(body) && is_slow_again(body, options) => {
                Some(format!("slow: {} ms for {} bytes", took.as_millis(), body.len()))
            }
            Ok(Ok(())) => None,
        };
        self.failures += usize::from(fault.is_some());
        fault
    }

    fn print(&self, count: usize) {
        println!(
            "{count} bodies, {} MB in {:.0} s: {} failures, {:.3} ms per kB, slowest {} ms",
            self.bytes / 1_000_000,
            self.begun.elapsed().as_secs_f64(),
            self.failures,
            self.spent.as_secs_f64() * 1e6 / self.bytes.max(1) as f64,
            self.slowest.as_millis()
        );
    }
}

fn limit(body: &str) -> Duration {
    ANY.max(PER_KILOBYTE * u32::try_from(body.len() / 1000).unwrap_or(u32::MAX))
}

/// Whether it is the body, and not the machine, that takes long: by the processor's time, where the system tells it.
fn is_slow_again(body: &str, options: Options) -> bool {
    (0..4).all(|_| {
        let (started, before) = (Instant::now(), processor_time());
        let _ = clean_and_set(body, options);
        let took = processor_time().zip(before).map_or(started.elapsed(), |(after, before)| after.saturating_sub(before));
        took > limit(body)
    })
}

/// What this thread has had of a processor, on Linux.
fn processor_time() -> Option<Duration> {
    let line = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    line.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Some are cleaned under an address that is long, and some taken for whole pages.
fn clean_and_set(body: &str, options: Options) -> Result<(), String> {
    let base = format!("https://example.org/{}/", "news".repeat(if body.len().is_multiple_of(16) { 450 } else { 1 }));
    let document = if body.len() % 16 == 1 { extract(body, Some(&base)).document } else { clean(body, Some(&base)) };
    let setting = set(&document, &options);
    for line in &setting.lines {
        let text = line.text();
        let by_code_point = text.chars().filter_map(UnicodeWidthChar::width).sum();
        let columns = text.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>().max(text.width()).max(by_code_point);
        if columns > options.fit.measure {
            return Err(format!("{columns} columns: {text:?}"));
        }
        if text.contains(acts) {
            return Err(format!("a character that acts: {text:?}"));
        }
    }
    Ok(())
}

/// Characters that could act on a terminal, or turn a text around.
fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn options(dice: &mut Dice) -> Options {
    let links = if dice.below(2) == 0 { LinkMarks::Numbered } else { LinkMarks::None };
    Options { is_ascii: dice.below(8) == 0, is_for_screen: dice.below(2) == 0, ..Options::within(1 + dice.below(WIDEST), links) }
}

/// Pages as they are, feeds as the bodies of their articles.
fn bodies(folder: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.retain(|path| path.is_file());
    paths.iter().flat_map(|path| bodies_of(path)).filter(|body| !body.trim().is_empty()).collect()
}

fn bodies_of(path: &Path) -> Vec<String> {
    let bytes = fs::read(path).unwrap_or_default();
    let is_page = |end: &str| path.extension().is_some_and(|extension| extension == end);
    if is_page("html") {
        return vec![String::from_utf8_lossy(&bytes).into_owned()];
    }
    if is_page("gz") {
        let mut page = String::new();
        let _ = GzDecoder::new(bytes.as_slice()).read_to_string(&mut page);
        return vec![page];
    }
    let feed = read(RawFeed { body: &bytes, ..RawFeed::default() });
    let articles = feed.map(|feed| feed.articles).unwrap_or_default();
    articles.into_iter().flat_map(|article| [article.content_html, article.summary_html]).flatten().collect()
}

fn damaged(bodies: &[String], dice: &mut Dice) -> String {
    let original = bodies[dice.below(bodies.len())].as_bytes();
    let mut body = match dice.below(WHOLE_EVERY) {
        0 => original.to_vec(),
        // nothing but words, at random
        number if number % 10 == 1 => Vec::new(),
        _ => {
            let start = dice.below(original.len());
            original[start..(start + dice.below(PIECE)).min(original.len())].to_vec()
        }
    };
    let changes = if body.is_empty() { 100 } else { 12 };
    for _ in 0..=dice.below(changes) {
        damage(&mut body, bodies, dice);
    }
    body.truncate(LONGEST);
    String::from_utf8_lossy(&body).into_owned()
}

fn damage(body: &mut Vec<u8>, bodies: &[String], dice: &mut Dice) {
    let place = dice.below(body.len() + 1);
    match dice.below(12) {
        0 => body.truncate(place),
        1 => drop(body.drain(dice.stretch(body.len()))),
        2 => {
            let again = body[dice.stretch(body.len())].to_vec();
            body.splice(place..place, again);
        }
        3 => {
            let other = bodies[dice.below(bodies.len())].as_bytes();
            let piece = &other[dice.stretch(other.len())];
            body.splice(place..place, piece.iter().copied());
        }
        4 => {
            let times = if dice.below(20) == 0 { 5000 } else { 60 };
            let again = dice.word(WORDS).repeat(1 + dice.below(times));
            body.splice(place..place, again);
        }
        // a sign of markup becomes another
        5 => {
            let signs = b"<>&\"'/=; ";
            if let Some(at) = body.iter().skip(place).position(|byte| signs.contains(byte)) {
                body[at + place] = signs[dice.below(signs.len())];
            }
        }
        6 => {
            if let Some(byte) = body.get_mut(place) {
                *byte = dice.byte();
            }
        }
        _ => drop(body.splice(place..place, dice.word(WORDS).iter().copied())),
    }
}

fn keep(number: usize, body: &str) -> PathBuf {
    let folder = Path::new("target/mutated");
    let path = folder.join(format!("{number}.html"));
    fs::create_dir_all(folder).and_then(|()| fs::write(&path, body)).expect("a place for what failed");
    path
}
