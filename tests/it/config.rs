//! Settings, feeds and themes: what is shipped, what a person gets wrong, and `matins config`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use matins::assets;
use matins::config::{self, Paths};
use matins::domain::section::Section;
use proptest::prelude::*;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The sections of the briefing that this paper replaces, in their order.
pub const SECTIONS: [&str; 14] = [
    "Weather",
    "International News",
    "Canadian News",
    "U.S. Top Stories",
    "Artificial Intelligence",
    "Digital Strategy",
    "Public Health",
    "Science",
    "Government & Policy",
    "Enterprise Architecture & IT Governance",
    "AI & Emerging Tech",
    "Cybersecurity & Privacy",
    "University AI",
    "Corporate AI",
];

const WRONG_SETTINGS: &str = r#"# an old file
theme = "paper"

[screen]
theme = "papre"
mesure = 80
measure = "wide"
headline_lines = 9
refresh_at_start = 1
interval = "1h"

[fetch]
interval = "hourly"
total_timeout = "3h"
at_once = -1
at_once_per_host = 4
user_agent = "mátins"
proxi = "none"

[keyz]
[keys]
"article.toggle_read" = ["m", 7]
article.star = "s"
"#;

const WRONG_FEEDS: &str = r#"window = "24h"

[[section]]
name = "World"
icon = "🌍🌍"
window = "-3h"
limit = 5.5
feeds = [
  "https://world.example/rss",
  "world.example/rss",
  { url = "~/saved.xml" },
  { url = "feeds/saved.xml", title = "" },
  { title = "Nothing" },
  { url = "https://world.example/atom", fulltext = true },
  "https://world.example/rss",
  42,
]
fallbacks = []

[[section]]
name = "Empty"

[[section]]
name = "world"
feeds = ["ftp://files.example/rss", "/srv/feeds/a.xml", "https://more.example/rss"]

[[sections]]
name = "Lost"
"#;

#[test]
fn a_file_full_of_mistakes_is_told_line_by_line_and_the_rest_is_in_force() {
    let config = config::parse(Some(("settings.toml", WRONG_SETTINGS)), Some(("feeds.toml", WRONG_FEEDS)));
    let told: String = config.problems.iter().map(|problem| format!("{problem}\n")).collect();
    insta::assert_snapshot!("mistakes", told);
    assert_eq!(config.settings.fetch.at_once_per_host, 4);
    assert_eq!(config.settings.keys.iter().map(|key| (key.command.as_str(), key.line)).collect::<Vec<_>>(), [("article.star", 23)]);
    let sections: Vec<_> = config.paper.sections.iter().map(|section| (section.name.as_str(), section.feeds.len())).collect();
    assert_eq!(sections, [("World", 3)]);
}

#[test]
fn the_shipped_paper_has_the_fourteen_sections_in_order_and_no_mistake() {
    let config = config::parse(None, None);
    assert_eq!(config.problems, []);
    assert_eq!(config.paper.sections.iter().map(|section| section.name.as_str()).collect::<Vec<_>>(), SECTIONS);
    for section in &config.paper.sections {
        check_shipped_section(section);
    }
}

fn check_shipped_section(section: &Section) {
    let name = section.name.as_str();
    let count = section.feeds.len();
    assert!((1..=8).contains(&count), "{name} has {count} feeds");
    assert!(count >= 3 || has_comment_above(assets::FEEDS, &format!("name = \"{name}\"")), "{name} has few feeds and says not why");
    for feed in section.all_feeds() {
        let title = feed.title.as_ref().expect(&feed.url);
        assert!(title.width() <= 18, "{title} is long");
        assert!(feed.url.starts_with("https://"), "{}", feed.url);
    }
    assert!(section.short_name.width() <= 13, "{name} has a long tab");
    assert_eq!(section.limit, if name == "Weather" { 3 } else { 5 });
}

/// Whether a `[[section]]` has a comment right above it, by a line in it.
fn has_comment_above(text: &str, line: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|its| *its == line).expect("the line");
    let header = lines[..at].iter().rposition(|line| *line == "[[section]]").expect("a header");
    lines[header - 1].starts_with("# ")
}

#[test]
fn shipped_icons_are_drawn_alike_by_every_terminal() {
    let paper = config::parse(None, None).paper;
    let mut icons: Vec<char> = Vec::new();
    for section in &paper.sections {
        let line = format!("icon = \"{}\"", section.icon);
        assert!(assets::FEEDS.lines().any(|its| its == line), "cleaning changed the icon of {}", section.name);
        let mut characters = section.icon.chars();
        let (icon, rest) = (characters.next().expect("an icon"), characters.count());
        assert_eq!((rest, icon.width(), icon.width_cjk()), (0, Some(2), Some(2)), "{icon} of {}", section.name);
        icons.push(icon);
    }
    let count = icons.len();
    icons.sort_unstable();
    icons.dedup();
    assert_eq!(icons.len(), count, "two sections have the same icon");
}

#[test]
fn every_setting_has_a_sentence() {
    let settings = shipped_settings();
    assert_eq!(settings.len(), 18);
    for (section, key, default, sentence) in settings {
        assert!(sentence.ends_with('.') && sentence.starts_with(char::is_uppercase), "{section}.{key} = {default}: {sentence:?}");
    }
}

#[test]
fn the_sentence_about_themes_names_them_all_and_all_files_are_built_in() {
    let (_, _, default, sentence) = shipped_settings().into_iter().find(|(_, key, ..)| key == "theme").expect("a theme");
    for name in config::theme_names() {
        assert!(sentence.contains(&format!("\"{name}\"")), "{name}: {sentence}");
    }
    assert_eq!(default, format!("\"{}\"", config::theme_names()[0]));
    let mut files: Vec<String> =
        fs::read_dir(root().join("assets/themes")).expect("themes").map(|file| stem(&file.expect("a file").path())).collect();
    let mut names = config::theme_names();
    files.sort();
    names.sort_unstable();
    assert_eq!(files, names, "add the file to assets::THEMES");
}

#[test]
fn the_page_of_settings_is_up_to_date() {
    let path = root().join("docs/settings.md");
    let page = settings_page();
    if fs::read_to_string(&path).unwrap_or_default() != page {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, page).expect("written");
        panic!("docs/settings.md was out of date and is written anew: commit it");
    }
}

/// `docs/settings.md`, from the shipped files.
fn settings_page() -> String {
    let mut page = String::from(
        "# Settings\n\nThis page is written from the shipped files by a test.\n\n\
         `matins config path` prints where `settings.toml` and `feeds.toml` belong, `matins config init` writes a start of both,\n\
         `matins config check` tells every mistake in them, `matins config show` prints what is in force. A file that is not there is the shipped one.\n\n\
         ## settings.toml\n\nOnly what is to be different needs to be said.\n",
    );
    let mut current = String::new();
    for (section, key, default, sentence) in shipped_settings() {
        if section != current {
            page += &format!("\n### [{section}]\n\n| Setting | Default | |\n| --- | --- | --- |\n");
            current = section;
        }
        page += &format!("| `{key}` | `{default}` | {sentence} |\n");
    }
    let keys = assets::SETTINGS.lines().rev().skip(1).take_while(|line| line.starts_with("# ")).collect::<Vec<_>>();
    assert_eq!(keys.len(), 2, "words and one example stand above [keys]");
    let (words, example) = (keys[1], keys[0]);
    page += &format!("\n### [keys]\n\n{}\n\n```toml\n{}\n```\n", &words[2..], &example[2..]);
    let head = assets::FEEDS.lines().take_while(|line| line.starts_with('#'));
    page + &format!("\n## feeds.toml\n\n```text\n{}```\n", unquoted(head))
}

fn unquoted<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    lines.map(|line| format!("{}\n", line.trim_start_matches('#').strip_prefix(' ').unwrap_or_default())).collect()
}

/// Section, key, default and sentence of each setting in the shipped file.
fn shipped_settings() -> Vec<(String, String, String, String)> {
    let (mut section, mut sentence, mut settings) = (String::new(), String::new(), Vec::new());
    for line in assets::SETTINGS.lines() {
        if let Some(words) = line.strip_prefix("# ") {
            sentence = if sentence.is_empty() { words.into() } else { format!("{sentence} {words}") };
            continue;
        }
        match line.split_once(" = ") {
            Some((key, default)) => settings.push((section.clone(), key.into(), default.into(), std::mem::take(&mut sentence))),
            None => sentence.clear(),
        }
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']).into();
        }
    }
    settings
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_in_the_files_break_the_reader(settings: Vec<u8>, feeds: Vec<u8>) {
        check_any(&String::from_utf8_lossy(&settings), &String::from_utf8_lossy(&feeds));
    }

    #[test]
    fn no_text_that_resembles_settings_breaks_the_reader(
        settings in "(\\[(screen|fetch|keys|x)\\]\n|(theme|measure|interval|at_once|max_body_mb|\"a.b\"|x\\.y) = (-?[0-9]{1,25}|\"\\PC{0,9}\"|[0-9]\\.5|true|\\[\\]|\\{\\})\n){0,12}",
        feeds in "(\\[\\[section\\]\\]\n|(name|short|icon|window|limit|feeds|fallback|x) = (-?[0-9]{1,9}|\"\\PC{0,9}\"|true|\\[\"\\PC{0,9}\", [0-9]\\]|\\[\\{ url = \"(https:|file:)?/{0,3}\\PC{0,9}\" \\}\\])\n){0,12}",
    ) {
        check_any(&settings, &feeds);
    }
}

/// Whatever the files say, what is in force can be worked with and what is told can be printed.
fn check_any(settings_text: &str, feeds_text: &str) {
    let config = config::parse(Some(("s", settings_text)), Some(("f", feeds_text)));
    let lines = settings_text.lines().count().max(feeds_text.lines().count()) + 1;
    for problem in &config.problems {
        assert!(problem.line <= lines, "{problem}");
        assert!(!problem.message.contains(char::is_control), "{problem:?}");
    }
    let (screen, fetch) = (&config.settings.screen, &config.settings.fetch);
    assert!((20..=200).contains(&screen.measure) && (1..=3).contains(&screen.headline_lines));
    assert!(config::theme(&screen.theme).is_some());
    assert!(fetch.at_once > 0 && fetch.at_once_per_host > 0 && fetch.max_body_bytes > 0);
    assert!(fetch.interval.as_secs() >= 60 && fetch.total_timeout.as_secs() >= 1);
    assert!(!config.paper.sections.is_empty());
    for section in &config.paper.sections {
        assert!(!section.feeds.is_empty() && !section.name.is_empty() && !section.short_name.is_empty());
        assert!(section.icon.width() <= 2 && section.window.as_secs() >= 60 && section.limit > 0 && section.per_feed > 0);
        assert!(section.all_feeds().all(|feed| feed.url.bytes().all(|byte| byte.is_ascii_graphic())));
    }
}

#[test]
fn deep_nesting_ends() {
    let deep = format!("a = {}", "[".repeat(100_000));
    let dotted = format!("[keys]\n{}x = 1", "a.".repeat(50_000));
    for text in [deep, dotted, "[".repeat(100_000), "a = {b=".repeat(50_000)] {
        let config = config::parse(Some(("s", &text)), Some(("f", &text)));
        assert!(!config.problems.is_empty());
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_mistake() {
    let config = config::parse(Some(("s", "\u{feff}[screen]\r\nmeasure = 66\r\nmesure = 1\r\n")), None);
    assert_eq!(config.settings.screen.measure, 66);
    assert_eq!(config.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [3]);
}

#[test]
fn files_that_cannot_be_read_leave_the_shipped_ones_in_force() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = Paths { config_dir: folder.path().into(), data_dir: folder.path().into() };
    assert_eq!(config::load(&paths), config::parse(None, None));
    fs::write(paths.settings_file(), b"[screen]\nmeasure = 66\n# \xff\n").expect("written");
    fs::create_dir(paths.feeds_file()).expect("made");
    let mut config = config::load(&paths);
    let shipped = config::parse(None, None);
    assert!(config.settings.fetch.unusable_proxy.take().is_some_and(|told| told.contains("may name a proxy")));
    assert_eq!((config.settings, config.paper), (shipped.settings, shipped.paper));
    assert_eq!(config.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [3, 0]);
}

#[expect(clippy::disallowed_methods, reason = "these tests run the program")]
fn matins(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_matins"));
    command.env_remove("MATINS_CONFIG").env_remove("MATINS_DATA").args(["--config", "config", "--data", "data"]);
    command.current_dir(folder).args(arguments).output().expect("matins runs")
}

/// Exit code, stdout, stderr.
fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code().expect("an exit code"), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_new_user_is_told_where_the_files_would_be_and_gets_a_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| told(&matins(folder.path(), arguments));
    let missing = "settings  config/settings.toml  not there: the shipped settings are in force\n\
                   feeds     config/feeds.toml     not there: the shipped feeds are in force\n\
                   store     data/matins.db        not there yet\n";
    assert_eq!(run(&["config", "path"]), (0, missing.into(), String::new()));
    let absent = "matins: there is no folder config; the shipped settings are in force; `matins config init` makes it\n";
    assert_eq!(run(&["config", "check"]), (0, "no mistakes\n".into(), absent.into()));
    assert_eq!(run(&["list"]).2.lines().next(), absent.lines().next());
    assert_eq!(run(&["config", "init"]), (0, "config/settings.toml: written\nconfig/feeds.toml: written\n".into(), String::new()));
    let kept = "config/settings.toml: is there already, left as it is\nconfig/feeds.toml: is there already, left as it is\n";
    assert_eq!(run(&["config", "init"]), (0, kept.into(), String::new()));
    assert_eq!(run(&["config", "check"]), (0, "no mistakes\n".into(), String::new()));
    let (code, text, _) = run(&["config", "path", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((code, &json["feeds"]["exists"], &json["store"]["path"]), (0, &true.into(), &"data/matins.db".into()));
}

#[test]
fn every_mistake_is_told_at_once_with_exit_code_2() {
    let folder = with_files("[screen]\nmesure = 66\n[fetch]\nat_once = 0\n", "[[section]]\nname = \"A\"\nfeeds = [\"a.example/rss\"]\n");
    let (code, out, err) = told(&matins(folder.path(), &["config", "check"]));
    let expected = "config/settings.toml:2: `mesure` means nothing below [screen]; did you mean `measure`?\n\
                    config/settings.toml:4: `at_once` must be a whole number from 1 to 512, not 0\n\
                    config/feeds.toml: no section is left; until that is mended, the shipped feeds are in force\n\
                    config/feeds.toml:1: `A` has no feeds and is left out; give it feeds = [\"https://example.com/feed.xml\"]\n\
                    config/feeds.toml:3: `url` has no https:// before it; did you mean \"https://a.example/rss\"?\n";
    assert_eq!((code, out.as_str(), err.as_str()), (2, expected, "matins: 5 mistakes in the settings; what is right is in force\n"));
    let (code, out, _) = told(&matins(folder.path(), &["config", "check", "--json"]));
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((code, json.as_array().map(Vec::len), &json[1]["line"]), (2, Some(5), &4.into()));
}

#[test]
fn json_of_the_settings_holds_nothing_that_a_terminal_obeys() {
    let feed = "{ url = \"https://a.example/rss\", opml = { note = \"a\\u202eb\" } }";
    let folder = with_files("", &format!("[[section]]\nname = \"A\"\nfeeds = [{feed}]\n"));
    let (code, json, _) = told(&matins(folder.path(), &["config", "show", "--json"]));
    assert!(code == 0 && json.contains("a\\u202eb") && !json.contains('\u{202e}'), "{json}");
}

#[test]
fn what_is_in_force_is_shown_and_can_be_saved() {
    let settings = "[screen]\nmeasure = 66\nmesure = 1\n[keys]\n\"article.toggle_star\" = \"*\"\n\"article.toggle_read\" = \"q\"\n\"artcle.star\" = \"z\"\n";
    let folder = with_files(settings, "[[section]]\nname = \"A\"\nfeeds = [\"https://a.example/rss\"]\n");
    let (code, out, err) = told(&matins(folder.path(), &["config", "show"]));
    assert!(out.contains("measure = 66\n") && out.contains("interval = \"1h\"\n") && out.contains("toggle_star"), "{out}");
    assert_eq!((code, err.lines().count()), (0, 3), "{err}");
    assert!(err.starts_with("matins: config/settings.toml:3: `mesure` means nothing"), "{err}");
    let (_, feeds, _) = told(&matins(folder.path(), &["config", "show", "feeds"]));
    let saved = with_files(&out, &feeds);
    assert_eq!(told(&matins(saved.path(), &["config", "check"])), (0, "no mistakes\n".into(), String::new()));
    assert_eq!(told(&matins(saved.path(), &["config", "show"])).1, out);
    let (_, json, _) = told(&matins(folder.path(), &["config", "show", "--json"]));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["settings"]["screen"]["measure"], 66);
    assert_eq!(json["feeds"]["section"][0]["feeds"][0]["url"], "https://a.example/rss");
    assert_eq!(json["problems"][0]["line"], 3);
}

#[test]
fn a_start_that_cannot_be_written_says_where_and_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("config"), "a file in the way").expect("written");
    let (code, out, err) = told(&matins(folder.path(), &["config", "init"]));
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.starts_with("matins: could not write config; another folder can be given with --config DIR: "), "{err}");
}

fn with_files(settings: &str, feeds: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("config")).expect("made");
    fs::write(folder.path().join("config/settings.toml"), settings).expect("written");
    fs::write(folder.path().join("config/feeds.toml"), feeds).expect("written");
    folder
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn stem(path: &Path) -> String {
    path.file_stem().expect("a name").to_string_lossy().into_owned()
}

#[test]
fn an_empty_section_of_a_name_in_use_is_told() {
    let text = "[[section]]\nname = \"A\"\nfeeds = [\"https://a.example/\"]\n\n[[section]]\nname = \"a\"\nfeeds = []\n";
    let problems: Vec<String> = config::parse(None, Some(("f.toml", text))).problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, ["f.toml:5: there is a section `A` already; this one has no feeds and is left out"]);
}

/// A slip in the middle: what stands before and after it is in force, and its mistakes are told as well.
#[test]
fn a_slip_costs_its_line_and_not_the_paper() {
    let section = |name: &str, line: &str| format!("[[section]]\n{line}\nfeeds = [\"file:///{name}.xml\"]\n");
    let feeds =
        [section("a", "name = \"Alpha\""), section("b", "name = \"Beta\"\nwindow = \"30d"), section("c", "nme = \"Gamma\"")].concat();
    let folder = with_files("[screen]\nglyphs = \"ascii\"\nmeasure = 66\nmeasure = 80\n", &feeds);
    let (code, out, err) = told(&matins(folder.path(), &["config", "check"]));
    let lines: Vec<&str> = out.lines().filter_map(|line| line.rsplit('/').next()).collect();
    assert_eq!((code, lines.len()), (2, 4), "{out}{err}");
    for expected in [
        "settings.toml:4: this is not TOML: duplicate key; what is right in the file is in force",
        "feeds.toml:6: this is not TOML: ",
        "feeds.toml:8: this section has no name",
        "feeds.toml:9: `nme` means nothing in a section; did you mean `name`?",
    ] {
        assert!(out.contains(expected), "{expected} in\n{out}");
    }
    let shown = told(&matins(folder.path(), &["config", "show"])).1;
    assert!(shown.contains("glyphs = \"ascii\"") && shown.contains("measure = 66"), "{shown}");
    let names: Vec<String> =
        config::parse(None, Some(("f", &feeds))).paper.sections.iter().map(|section| section.name.to_string()).collect();
    assert_eq!(names, ["Alpha", "Beta", "Section 3"]);
    for arguments in [&["remove", "file:///a.xml"][..], &["import", "/dev/null"]] {
        assert_ne!(told(&matins(folder.path(), arguments)).0, 0, "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("config/feeds.toml")).expect("the list"), feeds);
}
