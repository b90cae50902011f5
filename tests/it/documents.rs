//! House rules for pages and files: links lead somewhere, pages written from the source are up to date, files keep their form.

use std::fs;
use std::path::{Path, PathBuf};

use matins::app::command::Scope;
use matins::app::keymap::{Keymap, written};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let found = paths.flat_map(|path| if path.is_dir() { files(&path, extension) } else { vec![path] });
    let mut found: Vec<PathBuf> = found.filter(|path| path.extension().is_some_and(|its| its == extension)).collect();
    found.sort();
    found
}

fn pages() -> Vec<PathBuf> {
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root().join(name));
    top.into_iter().chain(files(&root().join("docs"), "md")).collect()
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut broken = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|target| !target.contains("://")) {
            let path = page.parent().expect("a folder").join(target.split('#').next().unwrap_or_default());
            if !path.exists() {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_page_of_keys_is_up_to_date() {
    let path = root().join("docs/keys.md");
    let page = keys_page();
    if fs::read_to_string(&path).unwrap_or_default() != page {
        fs::write(&path, page).expect("written");
        assert!(path.as_os_str().is_empty(), "docs/keys.md was out of date and is written anew: commit it");
    }
}

/// `docs/keys.md`, from the command table.
fn keys_page() -> String {
    let mut page = String::from(
        "# Keys\n\nThis page is written from the command table by a test. Under `[keys]` in `settings.toml` a command gets other keys by its name:\n\n\
         ```toml\n[keys]\n\"article.toggle_read\" = [\"m\", \"d\"]\n\"cursor.top\" = \"g g\"\n```\n",
    );
    let (keymap, _) = Keymap::new(&[]);
    for (scope, title) in [(Scope::List, "In the list"), (Scope::Text, "In an article"), (Scope::Sheet, "On a sheet (help, feed health)")] {
        page += &format!("\n## {title}\n\n| Keys | | Command |\n| --- | --- | --- |\n");
        for binding in keymap.bindings(scope) {
            let keys: Vec<String> = binding.sequences.iter().map(|keys| format!("`{}`", written(keys))).collect();
            page += &format!("| {} | {} | `{}` |\n", keys.join(" "), binding.entry.title, binding.entry.id);
        }
    }
    page
}

#[test]
fn every_source_file_says_what_it_is_for_and_keeps_to_one_thing() {
    let mut wrong = Vec::new();
    for file in files(&root().join("src"), "rs") {
        let text = fs::read_to_string(&file).expect("a file");
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        if !text.starts_with("//!") {
            wrong.push(format!("{}: does not say what it is for", file.display()));
        }
        if code.lines().count() > 400 {
            wrong.push(format!("{}: {} lines", file.display(), code.lines().count()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_map_of_the_architecture_page_names_every_folder() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the page");
    let folders = fs::read_dir(root().join("src")).expect("src").filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir());
    let missing: Vec<PathBuf> =
        folders.filter(|path| !page.contains(&format!("| `{}/` |", path.file_name().unwrap_or_default().to_string_lossy()))).collect();
    assert!(missing.is_empty(), "not on the map: {missing:?}");
}
