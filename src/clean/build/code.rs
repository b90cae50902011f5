//! A `pre` as a block of code: its lines exactly, and the language that its classes name.

use crate::clean::tree::{Id, Step, Tree};
use crate::domain::clean_text::CleanText;
use crate::domain::document::Block;

/// Elements that a highlighter makes one line each of.
const LINES: &[&str] = &["div", "p", "li", "tr"];
const PREFIXES: &[&str] = &["language-", "lang-", "highlight-source-", "highlight-text-", "brush:", "prettyprint-"];
const NO_LANGUAGE: &[&str] = &["text", "plain", "plaintext", "none", "txt", "nohighlight", "code", "raw", "html-basic"];
/// Classes of highlighters that stand beside the bare name of a language.
const HIGHLIGHTERS: &[&str] = &["hljs", "sourcecode", "highlight", "brush", "brush:"];
const MAX_LANGUAGE_BYTES: usize = 24;

pub(super) fn block(tree: &Tree, pre: Id) -> Block {
    let text = lines(tree, pre);
    let text = CleanText::preformatted(&text);
    let blank = text.lines().take_while(|line| line.trim().is_empty()).map(|line| line.len() + 1).sum::<usize>();
    let text = CleanText::preformatted(text.get(blank..).unwrap_or_default().trim_end());
    Block::Code { language: language(tree, pre), text }
}

fn lines(tree: &Tree, pre: Id) -> String {
    let mut out = String::new();
    let mut step = tree.next(pre, Step::Into(pre), false);
    while let Some(now) = step.filter(|step| *step != Step::OutOf(pre)) {
        let (Step::Into(id) | Step::OutOf(id)) = now;
        let ends_line = tree.is(id, LINES) && !out.is_empty() && !out.ends_with('\n');
        if ends_line || (tree.is(id, &["br"]) && now == Step::Into(id)) {
            out.push('\n');
        }
        if let (Step::Into(_), Some(text)) = (now, tree.text(id)) {
            out.push_str(text);
        }
        step = tree.next(pre, now, false);
    }
    out
}

/// The language, as the class of the code, of what is around it, or of what is in it names it.
fn language(tree: &Tree, pre: Id) -> Option<CleanText> {
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
    let classes = tree.classes(id);
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

#[cfg(test)]
mod tests {
    use crate::clean::steps::testing::check_text;

    #[test]
    fn code_keeps_its_lines_and_says_its_language() {
        check_text("<pre><code class=\"language-rust\">fn a() {\n\tb();\n}\n</code></pre>", "```rust\nfn a() {\n    b();\n}\n```");
        check_text("<pre class=\"brush: php; gutter: false\">a</pre>", "```php\na\n```");
        check_text("<pre class=\"sourceCode python\">a</pre>", "```python\na\n```");
        check_text("<div class=\"highlight highlight-source-c\"><pre>a</pre></div>", "```c\na\n```");
        check_text("<pre>a<br>&nbsp; b<div>c</div><div>d</div></pre>", "```\na\n  b\nc\nd\n```");
        check_text("<pre>\n\n  a &amp;lt; b\n\n</pre>", "```\n  a &lt; b\n```");
    }
}
