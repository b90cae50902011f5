//! The language of code: as the classes of the page name it, or as the code itself shows beyond doubt.

use crate::clean::tree::{Id, Tree};
use crate::domain::clean_text::CleanText;

const PREFIXES: &[&str] = &["language-", "lang-", "highlight-source-", "highlight-text-", "brush:", "prettyprint-"];
const NO_LANGUAGE: &[&str] = &["text", "plain", "plaintext", "none", "txt", "nohighlight", "code", "raw", "html-basic"];
/// Classes of highlighters that stand beside the bare name of a language.
const HIGHLIGHTERS: &[&str] = &["hljs", "sourcecode", "highlight", "brush", "brush:"];
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
    ("#!/usr/bin/env node", "javascript"),
    ("#!/usr/bin/perl", "perl"),
    ("<?php", "php"),
    ("<?xml", "xml"),
    ("<!doctype html", "html"),
    ("<html", "html"),
    ("diff --git ", "diff"),
    ("#include <", "c"),
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
    let named = prefixed.or_else(beside)?;
    Some(named.trim_end_matches(';').to_string())
}

/// The language that the code shows by how it begins, or by being JSON as a whole.
fn shown(text: &str) -> Option<&'static str> {
    let start: String = text.trim_start().chars().take(MAX_BEGINNING).collect::<String>().to_ascii_lowercase();
    let begun = BEGINNINGS.iter().find(|(beginning, _)| start.starts_with(beginning)).map(|(_, name)| *name);
    let is_json = || start.starts_with(['{', '[']) && start.contains('"') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    begun.or_else(|| is_json().then_some("json"))
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
    }
}
