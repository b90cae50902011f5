//! The language of code: as the classes of the page name it, or as the code itself shows beyond doubt.

use crate::clean::tree::{Id, Tree};
use crate::domain::clean_text::CleanText;

const PREFIXES: &[&str] = &["language-", "lang-", "highlight-source-", "highlight-text-", "brush:", "prettyprint-"];
const NO_LANGUAGE: &[&str] = &["text", "plain", "plaintext", "none", "txt", "nohighlight", "code", "raw", "html-basic"];
/// Classes of highlighters that stand beside the bare name of a language.
const HIGHLIGHTERS: &[&str] = &["hljs", "sourcecode", "highlight", "brush", "brush:"];
/// Names that a class of code is by itself.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "bash", "c", "clojure", "cpp", "csharp", "css", "diff", "elixir", "go", "golang", "haskell", "html", "java", "javascript", "js",
    "json", "kotlin", "lua", "perl", "php", "python", "r", "ruby", "rust", "scala", "sh", "shell", "sql", "swift", "toml", "ts",
    "typescript", "xml", "yaml", "yml", "zig",
];
/// Characters at the start that are looked at.
const MAX_BEGINNING: usize = 24;
const MAX_LANGUAGE_BYTES: usize = 24;

/// How the first line of code begins, and the language that this is.
const BEGINNINGS: &[(&str, &str)] = &[
    ("#!/bin/bash", "bash"),
    ("#!/usr/bin/env bash", "bash"),
    ("#!/bin/sh", "sh"),
    ("#!/usr/bin/env python", "python"),
    ("#!/usr/bin/python", "python"),
    ("#!/usr/bin/env ruby", "ruby"),
    ("#!/usr/bin/env zsh", "bash"),
    ("#!/bin/zsh", "bash"),
    ("#!/usr/bin/env node", "javascript"),
    ("#!/usr/bin/perl", "perl"),
    ("<?php", "php"),
    ("<?xml", "xml"),
    ("<!doctype html", "html"),
    ("<html", "html"),
    ("diff --git ", "diff"),
    ("--- a/", "diff"),
    ("@@ -", "diff"),
    ("#include <", "c"),
    ("int main(", "c"),
    ("package main\n", "go"),
    ("func main() {", "go"),
    ("fn main() {", "rust"),
    ("use std::", "rust"),
    ("#[derive(", "rust"),
    ("impl ", "rust"),
    ("import java.", "java"),
    ("using system", "csharp"),
    ("from __future__ import ", "python"),
    ("if __name__ ==", "python"),
    ("import numpy as np", "python"),
    ("console.log(", "javascript"),
    ("document.", "javascript"),
    ("'use strict'", "javascript"),
    ("\"use strict\"", "javascript"),
    ("create table ", "sql"),
    ("insert into ", "sql"),
    ("alter table ", "sql"),
    ("@media ", "css"),
    ("$ ", "console"),
];

/// The language, as the class of the code, of what is around it, or of what is in it names it.
pub(super) fn of(tree: &Tree, pre: Id, text: &str) -> Option<CleanText> {
    named(tree, pre).or_else(|| shown(text).map(CleanText::new))
}

fn named(tree: &Tree, pre: Id) -> Option<CleanText> {
    let inside = tree.child_elements(pre).into_iter().take(1).filter(|child| tree.is(*child, &["code"]));
    let around = tree.ancestors(pre).take(2);
    let name = inside.chain([pre]).chain(around).find_map(|id| named_by(tree, id))?;
    let is_name =
        name.len() <= MAX_LANGUAGE_BYTES && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '.' | '_'));
    (is_name && !name.is_empty() && !NO_LANGUAGE.contains(&name.as_str())).then(|| CleanText::new(&name))
}

fn named_by(tree: &Tree, id: Id) -> Option<String> {
    if let Some(name) = ["data-lang", "data-language"].iter().find_map(|attribute| tree.attribute(id, attribute)) {
        return Some(name.trim().to_lowercase());
    }
    let classes: Vec<String> = tree.classes(id).map(str::to_lowercase).collect();
    let prefixed =
        classes.iter().find_map(|class| PREFIXES.iter().find_map(|prefix| class.strip_prefix(prefix).filter(|name| !name.is_empty())));
    let beside = || {
        let is_highlighted = classes.iter().any(|class| HIGHLIGHTERS.contains(&class.as_str()));
        let other = classes.iter().find(|class| !HIGHLIGHTERS.contains(&class.as_str()) && !class.contains('-'));
        other.filter(|_| is_highlighted && !tree.is(id, &["div"])).map(String::as_str)
    };
    // `brush: php; gutter: false` is three classes
    let bare = || classes.iter().find(|class| NAMES.contains(&class.as_str()) && tree.is(id, &["pre", "code"])).map(String::as_str);
    let named = prefixed.or_else(beside).or_else(bare)?;
    Some(named.trim_end_matches(';').to_string())
}

/// The language that the code shows by how it begins, by its first line, or by being JSON as a whole.
fn shown(text: &str) -> Option<&'static str> {
    let start: String = text.trim_start().chars().take(MAX_BEGINNING).collect::<String>().to_ascii_lowercase();
    let begun = BEGINNINGS.iter().find(|(beginning, _)| start.starts_with(beginning)).map(|(_, name)| *name);
    let is_json = || start.starts_with(['{', '[']) && start.contains('"') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    begun.or_else(|| first_line(text.trim_start().lines().next().unwrap_or_default())).or_else(|| is_json().then_some("json"))
}

/// The language of which a whole line is of a form that no other has, and prose neither.
fn first_line(line: &str) -> Option<&'static str> {
    let line = line.trim_end();
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
    let words: Vec<&str> = line.split(' ').take(5).collect();
    match words.as_slice() {
        ["def" | "class" | "async", ..] if line.ends_with("):") => Some("python"),
        ["from", module, "import", name, ..] if is_word(module) && is_word(name.trim_end_matches(',')) => Some("python"),
        ["const", name, "=", ..] if is_word(name) && line.ends_with(';') => Some("javascript"),
        ["fn", ..] | ["pub", "fn" | "struct" | "enum", ..] if line.ends_with(") {") || (line.contains("->") && line.ends_with('{')) => {
            Some("rust")
        }
        ["func", ..] if line.ends_with('{') && !line.contains("->") => Some("go"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_shows_its_language_only_beyond_doubt() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(shown(text), expected, "{text:?}");
        check("#!/bin/bash\necho", Some("bash"));
        check("<?php echo 1;", Some("php"));
        check("<!DOCTYPE html><p>", Some("html"));
        check("{\"a\": [1]}", Some("json"));
        check("{ \"a\": [1] ...", None);
        check("[]", None);
        check("let a = 1;", None);
        check("const a = 1;", Some("javascript"));
        check("const list = [", None);
        check("$ cargo run", Some("console"));
        check("def area(self):\n    return 1", Some("python"));
        check("class Box(Base):", Some("python"));
        check("from pathlib import Path", Some("python"));
        check("from here on import duties rise", None);
        check("pub fn area(&self) -> u8 {", Some("rust"));
        check("package main\n\nfunc main() {", Some("go"));
        check("package maintenance", None);
        check("public class Box {", None);
        check("impl Box {", Some("rust"));
        check("pub fn main() !void {", None);
        check("func area() -> Int {", None);
        check("defer the meeting", None);
        check("CREATE TABLE a (b);", Some("sql"));
    }
}
