//! The map of `ARCHITECTURE.md` as a test: which folder may use which, and where an outside crate lives.

use std::fs;
use std::path::{Path, PathBuf};

/// Folder, the folders it may use, the outside crates that live only there.
pub const MAP: &[(&str, &[&str], &[&str])] = &[
    ("domain", &[], &["deunicode", "unicode_width"]),
    ("config", &["domain", "assets"], &["directories", "toml", "toml_edit"]),
    ("clean", &["domain", "assets"], &["html5ever", "dom_smoothie", "pulldown_cmark", "toml"]),
    ("typeset", &["domain"], &["html2text", "unicode_linebreak"]),
    ("sources", &["domain"], &["feed_rs", "encoding_rs"]),
    ("fetch", &["domain"], &["reqwest", "rustls", "async_compression"]),
    ("store", &["domain"], &["rusqlite", "rustix", "zstd"]),
    ("briefing", &["domain"], &[]),
    ("exchange", &["domain", "sources"], &[]),
    ("refresh", &["domain", "fetch", "sources", "clean", "store"], &[]),
    ("app", &["domain"], &[]),
    ("ui", &["domain", "app"], &["ratatui"]),
    ("demo", &["domain", "assets"], &[]),
    (
        "runtime",
        &[
            "domain", "config", "clean", "typeset", "sources", "fetch", "store", "briefing", "exchange", "refresh", "app", "ui", "demo",
            "assets",
        ],
        &["crossterm", "ratatui", "rustix"],
    ),
    (
        "cli",
        &[
            "domain", "config", "clean", "typeset", "sources", "fetch", "store", "briefing", "exchange", "refresh", "app", "ui", "demo",
            "assets", "runtime",
        ],
        &["clap", "anyhow", "rustix"],
    ),
];

#[test]
fn every_folder_uses_only_what_the_map_allows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (folder, allowed, _) in MAP {
        for file in rust_files(&root.join(folder)) {
            for (number, line) in code_lines(&file) {
                for used in paths_after(&line, "crate::").filter(|used| used != folder && !allowed.contains(&used.as_str())) {
                    wrong.push(format!("{}:{number}: {folder} may not use {used}", file.display()));
                }
                for (home_of, krate) in strangers(folder) {
                    if paths_before(&line, krate) {
                        wrong.push(format!("{}:{number}: {krate} lives in {home_of}", file.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_the_sources_is_on_the_map() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let folders = fs::read_dir(root).expect("src").filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir());
    let missing: Vec<_> = folders.filter(|path| !MAP.iter().any(|(folder, _, _)| path.ends_with(folder))).collect();
    assert!(missing.is_empty(), "not on the map: {missing:?}");
}

/// Outside crates that live elsewhere and not also in this folder.
fn strangers(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let own: &[&str] = MAP.iter().find(|(name, _, _)| *name == folder).map_or(&[], |(_, _, crates)| crates);
    MAP.iter().flat_map(|(home, _, crates)| crates.iter().map(move |krate| (*home, *krate))).filter(move |(_, krate)| !own.contains(krate))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = paths.flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] }).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    files
}

/// Lines of code, without comments, numbered from 1, up to the file's own tests.
fn code_lines(file: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(file).expect("a source file");
    let code = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    code.enumerate().map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default().to_string())).collect()
}

/// The words that follow `prefix` in a line, also inside `{…}` right after it.
fn paths_after(line: &str, prefix: &str) -> impl Iterator<Item = String> {
    let word = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = Vec::new();
    for rest in line.split(prefix).skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group.split('}').next().unwrap_or_default().split(',').map(word)),
            None => found.push(word(rest)),
        }
    }
    found.into_iter().filter(|name| !name.is_empty())
}

/// Whether a path of that crate stands in the line.
fn paths_before(line: &str, krate: &str) -> bool {
    line.match_indices(&format!("{krate}::")).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}
