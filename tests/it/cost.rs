//! What the line carries, counted in bytes of pictures on a terminal of 80x24, and what a key asks of the store. The paper
//! is the sample edition. Nothing here watches the clock; times stand in `benches/`.

use jiff::Timestamp;
use matins::app::effect::Effect;
use matins::app::event::Event;
use matins::app::key::sequence;
use matins::app::layout::Area;
use matins::app::update::update;
use matins::demo::DemoServer;
use matins::domain::clock::Clock;
use matins::runtime::{Picture, encode};
use ratatui::buffer::Buffer;

use crate::harness::{NOW, Reader, Setup};
use crate::screen::{Start, Terminal};

/// The most bytes that each may cost.
const CURSOR_MOVE: usize = 200;
const NEXT_ARTICLE: usize = 3000;
const FIRST_PICTURE: usize = 6000;
/// Bytes that open the full screen, and those around a picture of more than one piece (see `runtime/writer.rs`).
const OPENING: usize = 22;
const AROUND: usize = 16;
const ONE_PIECE: usize = 256;
/// The feed of the sample that takes its time on purpose.
const SLOW: &str = "long-view.atom";

/// The sample edition with all its other feeds answered.
fn sample() -> Reader {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let now: Timestamp = NOW.parse().expect("a moment");
    let server = runtime.block_on(DemoServer::start(Clock::fixed(now))).expect("a port on loopback");
    let feeds: String = server.feeds_toml().lines().filter(|line| !line.contains(SLOW)).map(|line| format!("{line}\n")).collect();
    let reader = Setup { feeds, is_sample: true, ..Setup::new() }.size(80, 24).open();
    assert_eq!(reader.model.paper.sections.len(), 14);
    reader
}

/// Bytes that bring the terminal from one picture to the next.
fn bytes(before: Option<&Picture>, after: &Picture) -> usize {
    match encode(before, after).len() {
        small @ 0..=ONE_PIECE => small,
        large => large + AROUND,
    }
}

/// Bytes that a happening costs.
fn cost(reader: &mut Reader, happening: impl FnOnce(&mut Reader)) -> usize {
    let before = reader.picture();
    happening(reader);
    bytes(Some(&before), &reader.picture())
}

/// The later picture with the earlier one's text pane: what a move costs before the next article has come.
fn without_text(before: &Picture, after: &Picture, text: Area) -> Picture {
    let mut picture = Buffer::clone(after);
    for (x, y) in (text.y..text.y + text.height).flat_map(|y| (text.x..text.x + text.width).map(move |x| (x, y))) {
        picture[(x, y)] = before[(x, y)].clone();
    }
    before.with_cells(picture)
}

/// The same, its notice of what was fetched read and gone.
fn told() -> Reader {
    let mut reader = sample();
    reader.press("k");
    reader
}

#[test]
fn the_first_picture_is_small() {
    let first = bytes(None, &sample().picture()) + OPENING;
    assert!(first <= FIRST_PICTURE, "{first} bytes");
}

#[test]
fn what_changes_nothing_on_the_screen_sends_nothing() {
    let mut reader = told();
    let mut check = |what: &str, happening: &dyn Fn(&mut Reader)| assert_eq!(cost(&mut reader, happening), 0, "{what}");
    check("somebody commits elsewhere", &|reader| reader.happen(Event::StoreChanged));
    check("a key without a meaning", &|reader| _ = reader.press("Z"));
    check("up from the top", &|reader| _ = reader.press("k"));
    check("the size is told again", &|reader| _ = reader.resize(80, 24));
    check("help and back", &|reader| _ = reader.press("? esc"));
}

/// Bytes of one move: until the next article comes, and with it; and where it led.
struct Move {
    alone: usize,
    whole: usize,
    title: String,
}

/// Every move down through every section.
fn moves(reader: &mut Reader) -> Vec<Move> {
    let mut moves = Vec::new();
    for _ in 0..14 {
        while reader.model.list.selected() + 1 < reader.model.list.len() {
            let before = reader.picture();
            reader.press("j");
            let after = reader.picture();
            let (text, title) = (reader.model.layout().text, reader.line_with("▌"));
            let alone = bytes(Some(&before), &without_text(&before, &after, text));
            moves.push(Move { alone, whole: bytes(Some(&before), &after), title });
        }
        reader.press("tab");
    }
    moves
}

#[test]
fn every_move_of_the_cursor_is_small_and_so_is_the_article_that_it_brings() {
    let moves = moves(&mut told());
    assert!(moves.len() > 40, "only {} moves", moves.len());
    for Move { alone, whole, title } in moves {
        assert!(alone <= CURSOR_MOVE, "{alone} bytes to move to {title}");
        assert!(whole <= NEXT_ARTICLE, "{whole} bytes to move to {title} and show it");
    }
}

#[test]
#[ignore = "takes a while, and reads a folder of feeds beside this repository"]
fn on_a_paper_of_real_feeds_the_next_article_is_small_too() {
    let Ok(folder) = std::fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/realfeeds")) else {
        return println!("skipped: there is no folder of feeds beside this repository");
    };
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let section = |number: usize| {
        let urls: Vec<String> = files.iter().skip(number).step_by(14).map(|path| format!("\"file://{}\"", path.display())).collect();
        format!("[[section]]\nname = \"Section {number}\"\nwindow = \"3650d\"\nper_feed = 8\nfeeds = [{}]\n", urls.join(", "))
    };
    let mut reader = Setup { feeds: (0..14).map(section).collect(), ..Setup::new() }.size(80, 24).open();
    let first = bytes(None, &reader.picture()) + OPENING;
    let moves = moves(&mut reader);
    let figures = |mut all: Vec<usize>| {
        all.sort_unstable();
        (all[all.len() / 2], all[all.len() * 95 / 100], all[all.len() - 1])
    };
    let (alone, whole) = (figures(moves.iter().map(|one| one.alone).collect()), figures(moves.iter().map(|one| one.whole).collect()));
    println!("bytes (median, 95 %, most) of {} moves: {alone:?} alone, {whole:?} with the article; first picture {first}", moves.len());
    assert!(whole.2 <= NEXT_ARTICLE && first <= FIRST_PICTURE);
}

#[test]
fn going_to_the_next_section_is_small() {
    let mut reader = told();
    for _ in 0..14 {
        let section = cost(&mut reader, |reader| _ = reader.press("tab"));
        assert!(section <= NEXT_ARTICLE, "{section} bytes to the next section");
    }
}

#[test]
fn a_mark_is_small() {
    let mut reader = sample();
    for key in ["m", "s", "m", "s"] {
        let mark = cost(&mut reader, |reader| _ = reader.press(key));
        assert!((1..=CURSOR_MOVE).contains(&mark), "{mark} bytes for {key}");
    }
}

/// Whatever the store holds, a move asks for one article and at most one batch of rows.
#[test]
fn a_move_of_the_cursor_asks_for_no_more_than_what_comes_on_the_screen() {
    let mut reader = sample();
    reader.press("2");
    for key in ["j", "k", "ctrl-d", "G", "g"] {
        let key = sequence(key).expect("a key").remove(0);
        let effects = update(&mut reader.model, Event::KeyPressed(key), NOW.parse().expect("a moment"));
        let articles = effects.iter().filter(|effect| matches!(effect, Effect::LoadArticle { .. })).count();
        let rows = effects.iter().filter(|effect| matches!(effect, Effect::LoadRows { .. })).count();
        assert!(articles <= 1 && rows <= 1 && articles + rows == effects.len(), "{key}: {effects:?}");
    }
}

#[test]
fn the_program_itself_sends_no_more_than_that() {
    let folder = tempfile::tempdir().expect("a folder");
    let item = |number| format!("<item><title>Headline {number}</title><guid>{number}</guid><description>Text.</description></item>");
    let items: String = (0..8).map(item).collect();
    let feed = folder.path().join("feed.xml");
    std::fs::write(&feed, format!("<rss version=\"2.0\"><channel><title>Feed</title>{items}</channel></rss>")).expect("a feed");
    let feeds = format!("[[section]]\nname = \"News\"\nfeeds = [\"file://{}\"]\n", feed.display());
    std::fs::write(folder.path().join("feeds.toml"), feeds).expect("feeds");
    let start = || Terminal::start(&Start { size: (80, 24), arguments: &[], folder: folder.path(), variables: &[] });
    start().sees("8 new articles");
    std::fs::write(folder.path().join("settings.toml"), "[screen]\nrefresh_at_start = false\n").expect("settings");
    let mut terminal = start();
    terminal.sees("1 of 8");
    terminal.types("j");
    terminal.sees("2 of 8");
    terminal.types("k");
    terminal.sees("1 of 8");
    // All that the start brings has come, and both articles are kept: from here on a key is one picture.
    let first = terminal.bytes().len();
    assert!(first <= FIRST_PICTURE, "{first} bytes to open and move twice");
    terminal.types("ZZZZj");
    terminal.sees("2 of 8");
    let moved = terminal.bytes().len() - first;
    assert!((1..=2 * CURSOR_MOVE).contains(&moved), "{moved} bytes for four keys without a meaning and a move");
}
