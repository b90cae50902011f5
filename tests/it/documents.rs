//! House rules about what is written: pages that say the truth, files that are used, sources that keep their size.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use matins::app::command::{COMMANDS, Entry, Scope};
use matins::app::keymap::Keymap;
use matins::config;

use crate::architecture::MAP;
use crate::commands::Home;

/// Most lines of a source file and of a function.
const MOST_LINES: usize = 400;
const MOST_LINES_OF_A_FUNCTION: usize = 60;
/// Where a path on somebody's machine begins.
const MACHINES: &[&str] = &["/home/", "/Users/", "/root/", "/tmp/", "C:\\Users\\", "C:/Users/"];
/// Beginnings of paths that examples use, since everybody sees that they stand for one's own.
const NOBODY: &[&str] = &["/home/you/", "/home/jane/", "/home/ann/"];
/// Words for what should have been done.
const UNDONE: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// Every file of the repository, by its path below the root; what is built or hidden is left out, but for `.ci`.
fn files(below: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(below)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if name == "target" || (name.starts_with('.') && name != ".ci") {
                continue;
            }
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/")),
            }
        }
    }
    found.sort();
    found
}

fn sources() -> impl Iterator<Item = (String, String)> {
    files("src").into_iter().filter(|path| path.ends_with(".rs")).map(|path| (path.clone(), read(&path)))
}

fn pages() -> Vec<String> {
    files("").into_iter().filter(|path| path.ends_with(".md")).collect()
}

#[test]
fn the_page_of_keys_is_up_to_date() {
    let path = root().join("docs/keys.md");
    let page = keys_page();
    if fs::read_to_string(&path).unwrap_or_default() != page {
        fs::write(&path, page).expect("written");
        panic!("docs/keys.md was out of date and is written anew: commit it");
    }
}

/// `docs/keys.md`, from the command table: a heading for each set of scopes in which commands hold, the widest first.
fn keys_page() -> String {
    let mut page = String::from(
        "# Keys\n\nThis page is written from the command table by a test. `?` in the reader shows the keys in force where you are.\n\n\
         Other keys for a command go below `[keys]` in `settings.toml`, by its id, instead of all that it has; two presses are\n\
         written with a space between them. `matins config check` tells when two commands would hear the same key.\n\n\
         ```toml\n[keys]\n\"cursor.top\" = [\"g g\", \"home\"]\n\"article.toggle_star\" = \"*\"\n```\n",
    );
    let mut told: Vec<&[Scope]> = Vec::new();
    for size in (1..=5).rev() {
        for entry in COMMANDS.iter().filter(|entry| entry.scopes.len() == size) {
            if !told.contains(&entry.scopes) {
                told.push(entry.scopes);
                page += &format!("\n## {}\n\n| Keys | | Id |\n| --- | --- | --- |\n", heading(entry.scopes));
                page.extend(COMMANDS.iter().filter(|other| other.scopes == entry.scopes).map(keys_row));
            }
        }
    }
    page
}

fn heading(scopes: &[Scope]) -> String {
    let name = |scope: &Scope| match scope {
        Scope::List => "a list",
        Scope::Text => "an article in full width",
        Scope::Sheet => "help and feed health",
        Scope::Links => "an article's links",
        Scope::Find => "what is typed to find",
    };
    match scopes.len() {
        5 => "Everywhere".into(),
        _ => format!("In {}", scopes.iter().map(name).collect::<Vec<_>>().join(" and in ")),
    }
}

fn keys_row(entry: &Entry) -> String {
    let keys: Vec<String> = entry.keys.iter().map(|keys| format!("`{keys}`")).collect();
    format!("| {} | {} | `{}` |\n", keys.join(" "), entry.title, entry.id)
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    let mut dead = Vec::new();
    for page in pages() {
        for link in links(&read(&page)) {
            let target = root().join(&page).parent().expect("a folder").join(&link);
            if !target.exists() {
                dead.push(format!("{page}: {link}"));
            }
        }
    }
    assert_eq!(dead, [] as [String; 0]);
}

#[test]
fn every_page_and_picture_of_docs_is_linked_from_another() {
    let linked: BTreeSet<String> = pages().iter().flat_map(|page| links(&read(page)).into_iter().map(|link| beside(page, &link))).collect();
    let lost: Vec<String> = files("docs").into_iter().filter(|path| path != "docs/pictures/make" && !linked.contains(path)).collect();
    assert_eq!(lost, [] as [String; 0], "link it from README.md or ARCHITECTURE.md");
}

/// The path below the root of what a page's link names.
fn beside(page: &str, link: &str) -> String {
    let mut path = PathBuf::from(page);
    path.pop();
    for part in Path::new(link).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path.to_string_lossy().replace('\\', "/")
}

/// Where the links and pictures of a page lead inside the repository, outside of code.
fn links(page: &str) -> Vec<String> {
    let prose: String = page.split("```").step_by(2).collect();
    let after = |mark: &'static str, end: char| {
        let found: Vec<String> = prose.split(mark).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0.to_string())).collect();
        found
    };
    let all = after("](", ')').into_iter().chain(after("src=\"", '"'));
    let own = all.filter(|link| !link.contains("://") && !link.starts_with('#'));
    own.map(|link| link.split('#').next().unwrap_or_default().to_string()).collect()
}

#[test]
fn links_are_found_where_they_stand() {
    let page = "[a](b.md#c) ![d](e/f.svg) [web](https://example.com/) [here](#there)\n```\n[code](no.md)\n```\n<img src=\"../g.svg\">";
    assert_eq!(links(page), ["b.md", "e/f.svg", "../g.svg"]);
    assert_eq!(beside("docs/why/keys.md", "../g.svg"), "docs/g.svg");
}

#[test]
fn the_map_of_the_architecture_is_the_one_that_is_tested() {
    let written: Vec<(String, BTreeSet<String>, BTreeSet<String>)> = map_rows(&read("ARCHITECTURE.md"));
    let tested: Vec<_> = MAP
        .iter()
        .map(|(folder, allowed, crates)| {
            (
                folder.to_string(),
                allowed.iter().map(|name| name.to_string()).collect(),
                crates.iter().map(|name| name.to_string()).collect(),
            )
        })
        .collect();
    assert_eq!(written, tested, "ARCHITECTURE.md (left) and MAP in tests/it/architecture.rs (right) differ");
}

/// Folder, folders that it may use, and outside crates, of each row of the map; `all` and `all but` are spelled out.
fn map_rows(page: &str) -> Vec<(String, BTreeSet<String>, BTreeSet<String>)> {
    let map = page.split("\n## ").find(|part| part.starts_with("The map")).expect("a map");
    let rows = map.lines().filter(|line| line.starts_with("| `") && !line.starts_with("| `src/`"));
    let cells: Vec<Vec<&str>> = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect();
    let name = |cell: &str| cell.trim_matches('`').trim_end_matches('/').to_string();
    let folders: Vec<String> = cells.iter().map(|row| name(row[0])).collect();
    let allowed = |own: &str, cell: &str| -> BTreeSet<String> {
        let words: BTreeSet<String> = cell.split([',', ' ']).filter(|word| !word.is_empty()).map(str::to_string).collect();
        match words.contains("all") {
            false => words.into_iter().filter(|word| word != "–").collect(),
            true => folders.iter().cloned().chain(["assets".into()]).filter(|folder| folder != own && !words.contains(folder)).collect(),
        }
    };
    let crates = |cell: &str| cell.split('`').skip(1).step_by(2).map(|name| name.replace('-', "_")).collect();
    cells.iter().map(|row| (name(row[0]), allowed(&name(row[0]), row[2]), crates(row[3]))).collect()
}

#[test]
fn every_file_of_assets_is_built_in() {
    let built_in = read("src/assets.rs");
    let is_named = |path: &str| built_in.contains(&format!("\"{path}\""));
    let is_used = |path: &str| is_named(&format!("../{path}")) || path.strip_prefix("assets/demo/").is_some_and(is_named);
    let unused: Vec<String> = [files("assets"), files("config")].concat().into_iter().filter(|path| !is_used(path)).collect();
    assert_eq!(unused, [] as [String; 0], "add it to src/assets.rs, or delete it");
}

#[test]
fn every_source_file_says_first_what_it_is_for() {
    let silent: Vec<String> = sources().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    assert_eq!(silent, [] as [String; 0]);
}

#[test]
fn files_and_functions_stay_short() {
    let mut long = Vec::new();
    for (path, text) in sources() {
        if text.lines().count() > MOST_LINES {
            long.push(format!("{path} has {} lines", text.lines().count()));
        }
        long.extend(
            functions(&text)
                .filter(|(_, lines)| *lines > MOST_LINES_OF_A_FUNCTION)
                .map(|(name, lines)| format!("{path}: {name} has {lines} lines")),
        );
    }
    assert_eq!(long, [] as [String; 0], "split it");
}

/// Each function of a formatted source file with its lines, counted up to the brace under its beginning.
fn functions(text: &str) -> impl Iterator<Item = (String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let is_modifier = |word: &str| ["", "pub", "pub(super)", "pub(crate)", "async", "const"].contains(&word);
    let begins = |line: &str| line.split_once("fn ").is_some_and(|(before, _)| before.trim_end().split(' ').all(is_modifier));
    let length = |at: usize| {
        let line = lines[at];
        let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
        lines[at..].iter().position(|line| *line == end).map_or(1, |last| last + 1)
    };
    let is_whole = |line: &str| line.ends_with('}') || line.ends_with(';');
    let found: Vec<(String, usize)> = (0..lines.len())
        .filter(|at| begins(lines[*at].trim_start()))
        .map(|at| (lines[at].trim().to_string(), if is_whole(lines[at]) { 1 } else { length(at) }))
        .collect();
    found.into_iter()
}

#[test]
fn functions_are_measured_from_their_first_line_to_their_last() {
    let text = "impl A {\n    pub async fn a() {\n        if b {\n        }\n    }\n\n    fn c() -> u8 { 1 }\n}\n\nfn d(\n    e: u8,\n) {\n}\n// a fn in words\n";
    let found: Vec<usize> = functions(text).map(|(_, lines)| lines).collect();
    assert_eq!(found, [4, 1, 4]);
}

#[test]
fn nothing_is_left_undone_or_bound_to_a_machine() {
    let mut wrong = Vec::new();
    for path in files("") {
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for (number, line) in text.lines().enumerate() {
            if is_of_a_machine(line) || line.contains(env!("CARGO_MANIFEST_DIR")) {
                wrong.push(format!("{path}:{}: a path of a machine", number + 1));
            }
            if UNDONE.iter().any(|word| line.contains(word)) {
                wrong.push(format!("{path}:{}: something left undone", number + 1));
            }
        }
    }
    assert_eq!(wrong, [] as [String; 0]);
}

/// Whether a line holds an absolute path of somebody's machine.
fn is_of_a_machine(line: &str) -> bool {
    let is_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '.' || c == '_');
    MACHINES.iter().any(|start| {
        line.match_indices(start).any(|(at, _)| {
            let (before, rest) = (line[..at].chars().next_back(), &line[at..]);
            let is_inside = is_name(before) || before == Some('-');
            !is_inside && is_name(rest[start.len()..].chars().next()) && !NOBODY.iter().any(|known| rest.starts_with(known))
        })
    })
}

#[test]
fn a_path_of_a_machine_is_told_from_an_example() {
    let check = |parts: [&str; 2], expected: bool| assert_eq!(is_of_a_machine(&parts.concat()), expected, "{parts:?}");
    check(["path = \"/ho", "me/mary/x\""], true);
    check(["(/ro", "ot/papers)"], true);
    check(["C:\\Us", "ers\\mary"], true);
    check(["file:///ho", "me/you/feeds/news.xml"], false);
    check(["https://example.com/wo", "rk/a"], false);
    check(["the folder /t", "mp/ is"], false);
}

#[test]
fn every_example_of_the_readme_works() {
    let home = Home::refreshed();
    let number = home.number("Old 1");
    let examples: Vec<Vec<String>> =
        blocks(&read("README.md"), "sh").iter().flat_map(|block| block.lines().filter_map(example).collect::<Vec<_>>()).collect();
    assert!(examples.len() >= 8, "{examples:?}");
    for words in examples {
        let arguments: Vec<&str> = words.iter().map(|word| if word == "1234" { &number } else { word.as_str() }).collect();
        let told = home.run(&arguments);
        let expected: &[i32] = match arguments[0] {
            "refresh" | "feeds" | "briefing" => &[0, 3],
            // The page is on a host that is not there.
            "show" if arguments.contains(&"--full") => &[1],
            _ => &[0],
        };
        assert!(expected.contains(&told.code), "{arguments:?}: {told:?}");
    }
}

/// The arguments of a line that runs the program and prints; what follows a pipe, an arrow or two ampersands is the shell's.
fn example(line: &str) -> Option<Vec<String>> {
    let line = line.strip_prefix("matins ")?.split(['|', '>', '#', '&']).next()?;
    let mut words: Vec<String> = Vec::new();
    for (index, part) in line.split('"').enumerate() {
        match index % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_string)),
            _ => words.push(part.to_string()),
        }
    }
    (words.first().is_some_and(|word| word != "demo")).then_some(words)
}

#[test]
fn settings_in_pages_have_no_mistake() {
    let readme = blocks(&read("README.md"), "toml");
    assert_eq!(readme.len(), 2, "one of settings.toml and one of feeds.toml");
    check_settings(&readme[0], Some(&readme[1]));
    let keys = blocks(&keys_page(), "toml");
    assert_eq!(keys.len(), 1);
    check_settings(&keys[0], None);
}

fn check_settings(settings: &str, feeds: Option<&str>) {
    let config = config::parse(Some(("settings.toml", settings)), feeds.map(|feeds| ("feeds.toml", feeds)));
    assert_eq!(config.problems, []);
    let (_, problems) = Keymap::new(&config.settings.keys);
    assert_eq!(problems, []);
}

/// A page's blocks of code in a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let fences = page.split("```").skip(1).step_by(2);
    fences.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).map(str::to_string).collect()
}
