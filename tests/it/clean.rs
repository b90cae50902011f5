//! Cleaning and setting from end to end: our own bodies at three widths, wild input, and real pages where they are at hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use matins::clean::clean;
use matins::domain::setting::{Fit, Role, Setting};
use matins::typeset::{LinkMarks, Options, set};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const PAGE: &str = "https://example.org/news/";

fn options(width: usize) -> Options {
    Options::within(width, LinkMarks::Numbered)
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Files of a folder in order, or none, with a message, when it is not there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return skipped(folder);
    };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn skipped(folder: &Path) -> Vec<PathBuf> {
    eprintln!("skipped: {} is not here", folder.display());
    Vec::new()
}

/// Whether a line of code is that wide: its empty lines are as wide as all of it.
fn near(setting: &Setting, breadth: usize) -> bool {
    setting.lines.iter().any(|line| line.breadth == breadth && line.pieces.iter().any(|piece| piece.role.is_code()))
}

/// Columns of a text by the highest count of any terminal.
fn most_columns(text: &str) -> usize {
    let by_character = text.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>();
    let by_code_point = text.chars().filter_map(UnicodeWidthChar::width).sum();
    by_character.max(by_code_point).max(text.width())
}

/// Asserts what holds for every text at every width.
fn assert_sound(setting: &Setting) {
    for line in &setting.lines {
        let text = line.text();
        let room = setting.fit.measure.max(line.breadth);
        assert!(most_columns(&text) <= room, "wider than {room}: {text:?}");
        let is_code = line.pieces.iter().any(|piece| piece.role.is_code());
        assert!(
            line.breadth <= setting.fit.pane || is_code || text.is_empty() || near(setting, line.breadth),
            "wider than the pane: {text:?}"
        );
        assert!(!text.contains(|c: char| c.is_control()), "a control character in {text:?}");
    }
    let blank = |at: usize| setting.lines.get(at).is_none_or(|line| line.text().trim().is_empty());
    let is_code = |at: usize| setting.lines[at].pieces.iter().any(|piece| piece.role == Role::Code);
    assert!(setting.lines.is_empty() || !blank(0) || is_code(0), "a blank line at the top");
    let near_code = |at: usize| (at.saturating_sub(3)..(at + 4).min(setting.lines.len())).any(is_code);
    for at in 1..setting.lines.len() {
        assert!(!(blank(at - 1) && blank(at)) || near_code(at), "two blank lines at {at} in\n{}", setting.text());
    }
}

#[test]
fn our_bodies_are_set_as_they_were() {
    for file in files(&folder("tests/fixtures/bodies")) {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let html = fs::read_to_string(&file).expect("a fixture");
        let document = clean(&html, Some(PAGE));
        for width in [72, 40, 20] {
            let setting = set(&document, &options(width));
            assert_sound(&setting);
            insta::assert_snapshot!(format!("{name}_{width}"), setting.text());
        }
    }
}

#[test]
fn the_bodies_that_are_compared_with_other_programs_are_set_as_they_were() {
    for file in files(&folder("docs/typesetting")) {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let document = clean(&fs::read_to_string(&file).expect("a body"), Some(PAGE));
        let setting = set(&document, &options(64));
        assert_sound(&setting);
        insta::assert_snapshot!(format!("beside_{name}"), setting.text());
    }
}

#[test]
fn what_is_written_as_html_is_read_again_as_the_same() {
    for file in files(&folder("tests/fixtures/bodies")).into_iter().chain(files(&folder("assets/demo/articles"))) {
        let document = clean(&fs::read_to_string(&file).expect("a body"), Some(PAGE));
        let again = clean(&matins::exchange::document::html(&document), Some(PAGE));
        assert_eq!(again.blocks, document.blocks, "{}", file.display());
    }
}

#[test]
fn what_is_struck_is_never_told_as_it_stands() {
    let check = |html: &str, expected: &str| assert_eq!(set(&clean(html, Some(PAGE)), &options(72)).text().trim_end(), expected, "{html}");
    check("Sale: <del>1000</del><ins>900</ins> people came.", "Sale: ~1000~ 900 people came.");
    check("It cost <s>$50 <b>or so</b></s> $40", "It cost ~$50 or so~ $40");
    check("<del>Not <a href=/x>here</a> at all.</del>", "~Not~ ~here~[1] ~at all.~");
}

/// Text that means something to HTML or to a terminal is text in every format.
#[test]
fn hostile_text_is_only_text_wherever_it_is_written() {
    let body = "<p>&lt;script&gt;alert(1)&lt;/script&gt; <a href=\"https://e.example/?a=&quot;&gt;&lt;b&gt;\">&lt;b&gt;</a> \u{1b}[31m `x` ]( </p>\
        <pre><code>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;\n```\n</code></pre><table><tr><th>a|b</th><th>c</th></tr><tr><td>&lt;i&gt;</td><td>`|`</td></tr></table>";
    let document = clean(body, Some(PAGE));
    let html = matins::exchange::document::html(&document);
    let markdown = matins::exchange::document::markdown(&document);
    assert!(!html.contains("<script") && !html.contains("<b>") && !html.contains("<i>"), "{html}");
    assert!(markdown.contains("\\<script>alert") && markdown.contains("````") && markdown.contains("a\\|b"), "{markdown}");
    for written in [html, markdown, document.plain_text(), set(&document, &options(40)).text()] {
        assert!(!written.contains(|c: char| c.is_control() && c != '\n'), "{written:?}");
    }
}

#[test]
fn the_same_text_is_plain_in_ascii() {
    let document = clean("<ul><li>“One” – two…</li></ul><blockquote>3°C</blockquote><pre>a</pre><hr><p>x</p>", None);
    let setting = set(&document, &Options { is_ascii: true, ..options(40) });
    assert_eq!(setting.text(), format!("* \"One\" - two...\n\n| 3degC\n\n  a\n\n{}\n\nx\n", "-".repeat(40)));
}

#[test]
fn pieces_say_what_they_are() {
    let document =
        clean("<h2>Head</h2><p>See <a href=/a><b>this</b></a> <del>not</del> <code>c</code></p><blockquote>q</blockquote>", Some(PAGE));
    let setting = set(&document, &options(40));
    let pieces: Vec<_> = setting.lines.iter().flat_map(|line| &line.pieces).filter(|piece| !piece.text.trim().is_empty()).collect();
    let said: Vec<_> = pieces.iter().map(|piece| (piece.text.trim(), piece.role, piece.is_bold, piece.is_struck, piece.link)).collect();
    let expected = [
        ("Head", Role::Heading, true, false, None),
        ("See", Role::Text, false, false, None),
        ("this", Role::Link, true, false, Some(1)),
        ("[1]", Role::Mark, false, false, Some(1)),
        ("~", Role::Text, false, true, None),
        ("not", Role::Text, false, true, None),
        ("~", Role::Text, false, true, None),
        ("c", Role::Code, false, false, None),
        ("│", Role::Mark, false, false, None),
        ("q", Role::Quote, false, false, None),
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_screen_tells_code_and_headings_apart_without_any_colour() {
    let body = "<h1>One</h1><h2>Two words</h2><h3>Three</h3><h4>Four</h4><p><b>Bold</b></p><p>Use <code>a b</code> or \
        <a href=/c><code>c</code></a>.</p><ul><li><code>x</code><code>y</code> z</ul><pre>fn main() {\n\n}</pre>";
    let check = |is_ascii: bool, expected: &str| {
        let setting = set(&clean(body, Some(PAGE)), &Options { is_for_screen: true, is_ascii, ..options(20) });
        assert_eq!(setting.text(), expected);
        assert_sound(&setting);
        for line in &setting.lines {
            let signs = line.pieces.iter().filter(|piece| piece.role.is_sign()).map(|piece| piece.text.as_str());
            assert!(!signs.collect::<String>().contains(char::is_alphabetic), "a word is a sign in {:?}", line.text());
        }
    };
    check(
        false,
        "One\n━━━\n\nTwo words\n─────────\n\n── Three\n\n─ Four\n\nBold\n\nUse `a b` or `c`[1].\n\n• `xy` z\n\n┊ fn main() {\n┊\n┊ }\n",
    );
    check(
        true,
        "One\n===\n\nTwo words\n---------\n\n-- Three\n\n- Four\n\nBold\n\nUse `a b` or `c`[1].\n\n* `xy` z\n\n: fn main() {\n:\n: }\n",
    );
}

#[test]
fn a_document_survives_its_json() {
    for file in files(&folder("tests/fixtures/bodies")) {
        let document = clean(&fs::read_to_string(&file).expect("a fixture"), Some(PAGE));
        let json = serde_json::to_string(&document).expect("json");
        assert_eq!(serde_json::from_str::<matins::domain::document::Document>(&json).expect("a document"), document, "{}", file.display());
    }
}

/// Tags, text and trouble in any order.
fn soup() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "p",
        "div",
        "b",
        "i",
        "a",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tr",
        "td",
        "th",
        "pre",
        "code",
        "blockquote",
        "h2",
        "br",
        "hr",
        "img",
        "figure",
        "figcaption",
        "sup",
        "q",
        "iframe",
        "script",
        "noscript",
        "caption",
        "span",
        "ruby",
        "rt",
    ]);
    let attribute = prop::sample::select(vec![
        "",
        " href=/x",
        " src=/a.png alt='a b'",
        " class=code",
        " colspan=3",
        " rowspan=2",
        " start=-7",
        " reversed",
        " style='display:none'",
    ]);
    let text = prop_oneof![
        "[a-z0-9 .,&;<>\"'=-]{0,30}",
        "\\PC{0,12}",
        any::<String>(),
        Just("日本語のとても長い文章".to_string()),
        Just("&amp;lt;p&amp;gt;".to_string()),
        Just("1,234,567.89".to_string()),
        Just("\u{1b}[2J\u{9b}31m\u{202e}".to_string()),
        Just("👩‍👩‍👧‍👦🇨🇦é\u{301}\u{301}".to_string()),
        Just("\n\n\t  x".to_string()),
    ];
    let part = prop_oneof![
        3 => (tag.clone(), attribute).prop_map(|(tag, attribute)| format!("<{tag}{attribute}>")),
        2 => tag.prop_map(|tag| format!("</{tag}>")),
        3 => text,
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

/// Parts of characters of many scripts, in styles that may divide them.
fn scripts() -> impl Strategy<Value = String> {
    let parts = [
        "त",
        "्",
        "रि",
        "क्ष",
        "க",
        "ௌ",
        "ஷ்",
        "น้ำ",
        "ก",
        "ل",
        "آ",
        "ِ",
        "\u{1112}",
        "\u{1161}",
        "\u{11ab}",
        "한",
        "ក",
        "្ខ",
        "👩",
        "\u{200d}",
        "🚀",
        "👍",
        "🏽",
        "🇨",
        "🇦",
        "❤",
        "\u{fe0f}",
        "1\u{fe0f}\u{20e3}",
        "日",
        "e\u{301}",
        " ",
        "-",
        "a",
        "<b>",
        "</b>",
        "<i>",
        "<br>",
        "<pre>",
        "<li>",
    ];
    prop::collection::vec(prop::sample::select(parts.to_vec()), 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_cleaned_and_set_at_any_width(html in soup(), width in 1usize..=300, is_ascii in any::<bool>()) {
        let document = clean(&html, Some(PAGE));
        for links in [LinkMarks::None, LinkMarks::Numbered] {
            assert_sound(&set(&document, &Options { is_ascii, ..Options::within(width, links) }));
            let fit = Fit { measure: width, pane: width + width / 2 };
            assert_sound(&set(&document, &Options { is_ascii, fit, is_for_screen: true, ..Options::within(width, links) }));
        }
        for span in [matins::exchange::document::markdown(&document), matins::exchange::document::html(&document), document.plain_text()] {
            prop_assert!(!span.contains(|c: char| c.is_control() && c != '\n'));
        }
    }

    #[test]
    fn scripts_whose_characters_are_made_of_several_stay_within_the_line(html in scripts(), width in 1usize..=12) {
        assert_sound(&set(&clean(&html, None), &options(width)));
    }

    #[test]
    fn any_string_is_cleaned_and_set(text in any::<String>(), width in 1usize..=300) {
        assert_sound(&set(&clean(&text, None), &options(width)));
    }
}

#[test]
fn hard_bodies_and_real_ones_are_set_at_every_width() {
    let shared = folder("../shared/corpora");
    let pages = files(&shared.join("probe")).into_iter().chain(files(&shared.join("realfeeds")));
    for file in pages {
        let text = String::from_utf8_lossy(&fs::read(&file).expect("a file")).into_owned();
        for body in bodies(&text).into_iter().chain([text.clone()]).take(8) {
            let document = clean(&body, Some(PAGE));
            for width in [100, 72, 20, 3] {
                assert_sound(&set(&document, &options(width)));
            }
        }
    }
}

#[test]
fn our_bodies_are_sound_at_every_width_with_and_without_a_pane() {
    for file in files(&folder("tests/fixtures/bodies")) {
        let document = clean(&fs::read_to_string(&file).expect("a fixture"), Some(PAGE));
        for width in 1..=300 {
            assert_sound(&set(&document, &options(width)));
            assert_sound(&set(&document, &Options { fit: Fit { measure: width.min(72), pane: width }, ..options(width) }));
        }
    }
}

/// What stands in a feed's elements for bodies, as a rough reader would find it.
fn bodies(feed: &str) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["description", "content:encoded", "content", "summary"] {
        for part in feed.split(&format!("<{name}")).skip(1) {
            let body = part.split_once('>').map_or("", |(_, body)| body).split(&format!("</{name}>")).next().unwrap_or_default();
            let plain = body.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
            found.push(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"));
        }
    }
    found
}

#[test]
fn hostile_html_ends() {
    let deep = |tag: &str, count: usize| format!("{}x", tag.repeat(count));
    let hostile = [
        deep("<div>", 100_000),
        deep("<b>", 60_000),
        deep("<ul><li>", 5_000),
        deep("<blockquote>", 5_000),
        deep("<table><tr><td>", 5_000),
        deep("<p><b class=x>", 20_000),
        deep("<a href=x>", 30_000),
        deep("<!--", 50_000),
        deep("<svg>", 50_000),
        deep("<b><i><u><font>", 50).repeat(200),
        format!("<p {}>x", (0..50_000).map(|n| format!("a{n}=1 ")).collect::<String>()),
        format!("<table><tr>{}</tr></table>", "<td>c</td>".repeat(3_000)),
        format!("<table>{}</table>", "<tr><th>a<td>b".repeat(5_000)),
        format!("<p>{}", "x".repeat(500_000)),
        format!("<p>{}", "日".repeat(200_000)),
        format!("<pre>{}", "x".repeat(500_000)),
        format!("<p>{}", "word (opens in a new tab)".repeat(20_000)),
        "<table><tr><td><ul><li><pre>\t</pre>".repeat(300),
        "<table><tr><td rowspan=2 colspan=3>a<td>b</table>".repeat(2_000),
    ];
    for html in hostile {
        let document = clean(&html, None);
        for width in [72, 20, 1] {
            assert!(set(&document, &options(width)).lines.len() <= 2 * html.len() + 1);
        }
    }
}

fn matins(arguments: &[&str], input: &str) -> Output {
    use std::io::Write;
    let command = || {
        let mut command = program();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let mut child = command().spawn().expect("the program");
    child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("to be read");
    child.wait_with_output().expect("its output")
}

#[expect(clippy::disallowed_methods, reason = "the test runs the program as a person would")]
fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_matins"))
}

#[test]
fn the_command_cleans_standard_input() {
    let html = "<h1>Head</h1><p>Snow on the <a href='/a?utm_source=rss'>dam</a>.</p>";
    let check = |arguments: &[&str], expected: &str| {
        let output = matins(&[&["clean", "-", "--base-url", PAGE], arguments].concat(), html);
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{arguments:?}");
        assert_eq!(output.status.code(), Some(0));
    };
    check(&[], "Head\n\nSnow on the dam.\n");
    check(&["--width", "8"], "Head\n\nSnow on\nthe dam.\n");
    check(&["--links"], "Head\n\nSnow on the dam[1].\n\n[1] https://example.org/a\n");
    check(&["--format", "markdown"], "# Head\n\nSnow on the [dam](https://example.org/a).\n");
}

#[test]
fn the_json_of_the_command_is_as_pinned() {
    let output = matins(&["clean", "-", "--format", "json"], "<p>a <b>b</b></p><img src='https://e.example/i.png' alt=x>");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("json");
    let expected = serde_json::json!({
        "blocks": [
            {"type": "paragraph", "text": [{"text": "a "}, {"text": "b", "bold": true}]},
            {"type": "image", "alt": "x", "url": "https://e.example/i.png", "caption": []},
        ],
        "links": [{"url": "https://e.example/i.png", "text": "x"}],
        "images": [{"url": "https://e.example/i.png", "alt": "x"}],
        "notes": [],
    });
    assert_eq!(json, expected);
}

#[test]
fn a_picture_that_links_elsewhere_says_where() {
    let html = "<a href=https://www.film.example/watch?v=1><img src=/a.png alt='The film'></a>";
    let document = clean(html, Some(PAGE));
    assert_eq!(set(&document, &options(72)).text(), "[image: The film][1] → film.example[2]\n");
    assert_eq!(set(&document, &Options { is_ascii: true, ..options(72) }).text(), "[image: The film][1] -> film.example[2]\n");
    let json = serde_json::to_value(&document.blocks).expect("json");
    let expected = serde_json::json!([
        {"type": "image", "alt": "The film", "url": "https://example.org/a.png", "caption": [], "link": "https://www.film.example/watch?v=1"}
    ]);
    assert_eq!(json, expected);
}

#[test]
fn a_cell_over_several_columns_is_attributed_to_none_of_them() {
    let head = "<tr><th>Province</th><th>2020 Men</th><th>2020 Women</th><th>2021</th><th>Change</th></tr>";
    let rows = "<tr><td>Ontario</td><td>1</td><td>2</td><td>3</td><td>4</td></tr><tr><td colspan=4>Total for all</td><td>26 M</td></tr>";
    let document = clean(&format!("<table>{head}{rows}</table>"), None);
    let ontario = "Province: Ontario\n2020 Men: 1\n2020 Women: 2\n2021: 3\nChange: 4\n";
    assert_eq!(set(&document, &options(30)).text(), format!("{ontario}\nTotal for all\nChange: 26 M\n"));
    let expected = "Province  2020 Men  2020 Women  2021  Change\n────────  ────────  ──────────  ────  ──────\n\
        Ontario          1           2     3  4\nTotal for all                         26 M\n";
    assert_eq!(set(&document, &options(72)).text(), expected);
    let title = "<tr><td colspan=2>How full each of the lakes was</td></tr>";
    let document = clean(&format!("<table>{title}<tr><td>Upper</td><td>3</td></tr></table>"), None);
    assert_eq!(set(&document, &options(40)).text(), "How full each of the lakes was\nUpper  3\n");
}

#[test]
fn a_wrong_width_and_a_missing_file_are_told() {
    let wrong = matins(&["clean", "-", "--width", "0"], "");
    assert_eq!(wrong.status.code(), Some(2));
    let missing = matins(&["clean", "no/such/file.html"], "");
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("could not read no/such/file.html"));
}
