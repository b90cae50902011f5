//! Tells the parts of code apart, by the grammars of syntect. It only names what stands there: where it fails, or gives
//! up, the code is shown as it is.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::domain::setting::Role;

/// Bytes of code that are highlighted in one document; what is beyond stays plain.
pub(super) const MOST_BYTES: usize = 40_000;
/// Bytes of a line that is highlighted; data and minified code are longer.
const LONGEST_LINE: usize = 400;

/// A part of a line, in bytes, and what it is.
pub(super) type Token = (Range<usize>, Role);

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Names that pages give to languages, and the nearest that the grammars know.
const NEAREST: &[(&str, &str)] = &[
    ("c#", "cs"),
    ("console", "sh"),
    ("golang", "go"),
    ("javascriptreact", "js"),
    ("jsonc", "json"),
    ("jsx", "js"),
    ("kotlin", "java"),
    ("kt", "java"),
    ("shell-session", "sh"),
    ("ts", "js"),
    ("tsx", "js"),
    ("typescript", "js"),
    ("zsh", "sh"),
];

/// Beginnings of scopes (as Sublime Text names them) and their roles; the innermost that has one decides.
const ROLES: &[(&str, Role)] = &[
    ("comment", Role::Comment),
    ("string", Role::Literal),
    ("constant", Role::Literal),
    ("keyword.operator", Role::Code),
    ("keyword", Role::Keyword),
    ("storage", Role::Keyword),
    ("entity.name", Role::Name),
    ("support.function", Role::Name),
    ("punctuation.definition.comment", Role::Comment),
    ("punctuation.definition.string", Role::Literal),
];

static SCOPES: LazyLock<Vec<(Scope, Role)>> =
    LazyLock::new(|| ROLES.iter().filter_map(|(name, role)| Some((Scope::new(name).ok()?, *role))).collect());

/// The tokens of each line of a text, none for code in a language that is not known.
pub(super) fn tokens(language: Option<&str>, text: &str) -> Vec<Vec<Token>> {
    catch_unwind(AssertUnwindSafe(|| syntax(language, text).map(|syntax| read(syntax, text)))).ok().flatten().unwrap_or_default()
}

fn syntax(language: Option<&str>, text: &str) -> Option<&'static SyntaxReference> {
    let Some(language) = language else {
        return text.starts_with("#!").then(|| SYNTAXES.find_syntax_by_first_line(text)).flatten();
    };
    let name = language.to_lowercase();
    let name = NEAREST.iter().find(|(known, _)| *known == name).map_or(name.as_str(), |(_, nearest)| nearest);
    SYNTAXES.find_syntax_by_token(name)
}

/// Reads line after line; from one that cannot be read, or is too long to, the rest stays plain.
fn read(syntax: &SyntaxReference, text: &str) -> Vec<Vec<Token>> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut out = Vec::new();
    for line in text.split('\n').take_while(|line| line.len() <= LONGEST_LINE) {
        let Ok(changes) = state.parse_line(&format!("{line}\n"), &SYNTAXES) else { break };
        let mut tokens: Vec<Token> = Vec::new();
        let mut at = 0;
        for (place, change) in changes {
            push(&mut tokens, at..place.min(line.len()), role(&stack));
            at = place.min(line.len());
            if stack.apply(&change).is_err() {
                return out;
            }
        }
        push(&mut tokens, at..line.len(), role(&stack));
        out.push(tokens);
    }
    out
}

fn push(tokens: &mut Vec<Token>, range: Range<usize>, role: Role) {
    match tokens.last_mut() {
        _ if range.is_empty() => {}
        Some((last, its)) if *its == role && last.end == range.start => last.end = range.end,
        _ => tokens.push((range, role)),
    }
}

fn role(stack: &ScopeStack) -> Role {
    let of = |scope: &Scope| SCOPES.iter().find(|(known, _)| known.is_prefix_of(*scope)).map(|(_, role)| *role);
    stack.as_slice().iter().rev().find_map(of).unwrap_or(Role::Code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Option<&str>, line: &str, expected: &[(&str, Role)]) {
        let lines = tokens(language, line);
        let told: Vec<(&str, Role)> = lines.iter().flatten().map(|(range, role)| (&line[range.clone()], *role)).collect();
        let told: Vec<(&str, Role)> = told.into_iter().filter(|(_, role)| *role != Role::Code).collect();
        assert_eq!(told, expected, "{line}");
    }

    #[test]
    fn parts_of_code_are_told_apart() {
        check(Some("rust"), "let a = \"x\"; // y", &[("let", Role::Keyword), ("\"x\"", Role::Literal), ("// y", Role::Comment)]);
        check(
            Some("Python"),
            "def f(): return 12",
            &[("def", Role::Keyword), ("f", Role::Name), ("return", Role::Keyword), ("12", Role::Literal)],
        );
        check(None, "let a = 1", &[]);
        check(Some("no such language"), "let a = 1", &[]);
    }

    #[test]
    fn what_is_too_long_stays_plain() {
        let long = "a ".repeat(LONGEST_LINE);
        assert_eq!(tokens(Some("rust"), &format!("let a;\n{long}\nlet b;")).len(), 1);
    }

    #[test]
    fn tokens_are_in_order_and_inside_their_line() {
        let text = "fn é() { \"日本\" } // 🙂\n#!x\n\\";
        for language in ["rust", "sh", "html", "js", "sql", "yaml"] {
            for (line, tokens) in text.split('\n').zip(tokens(Some(language), text)) {
                assert!(tokens.iter().all(|(range, _)| line.get(range.clone()).is_some()), "{language} {tokens:?}");
                assert!(tokens.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "{language} {tokens:?}");
            }
        }
    }
}
