//! A `pre` as a block of code: its lines exactly.

use super::language;
use crate::clean::tree::{Id, Step, Tree};
use crate::domain::clean_text::CleanText;
use crate::domain::document::Block;

/// Elements that a highlighter makes one line each of.
const LINES: &[&str] = &["div", "p", "li", "tr"];

pub(super) fn block(tree: &Tree, pre: Id) -> Block {
    let text = lines(tree, pre);
    let text = CleanText::preformatted(&text);
    let blank = text.lines().take_while(|line| line.trim().is_empty()).map(|line| line.len() + 1).sum::<usize>();
    let text = CleanText::preformatted(text.get(blank..).unwrap_or_default().trim_end());
    Block::Code { language: language::of(tree, pre, &text), text }
}

fn lines(tree: &Tree, pre: Id) -> String {
    let mut out = String::new();
    let is_on_one_line = !tree.descendants(pre).any(|id| tree.text(id).is_some_and(|text| text.contains('\n')));
    let mut step = tree.next(pre, Step::Into(pre), false);
    while let Some(now) = step.filter(|step| *step != Step::OutOf(pre)) {
        let (Step::Into(id) | Step::OutOf(id)) = now;
        let ends_line = tree.is(id, LINES) && !out.is_empty() && !out.ends_with('\n');
        if ends_line || (tree.is(id, &["br"]) && now == Step::Into(id)) {
            out.push('\n');
        }
        let is_next_line = || is_on_one_line && is_line(tree, id) && tree.before(id).is_some_and(|before| is_line(tree, before));
        if now == Step::Into(id) && (is_blank_line(tree, id) || is_next_line()) {
            out.push('\n');
        }
        if let (Step::Into(_), Some(text)) = (now, tree.text(id)) {
            out.push_str(text);
        }
        step = tree.next(pre, now, false);
    }
    out
}

/// Whether an element is a line of a highlighter that leaves the line ends to the style.
fn is_line(tree: &Tree, id: Id) -> bool {
    tree.is(id, &["span"]) && tree.has_class(id, &["line"])
}

/// Whether a highlighter's line holds nothing and no line end stands before it.
fn is_blank_line(tree: &Tree, id: Id) -> bool {
    let is_empty =
        tree.first(id).is_none_or(|inner| tree.first(inner).is_none() && tree.text(inner).is_none() && tree.after(inner).is_none());
    let is_line = tree.is(id, LINES) && tree.classes(id).any(|class| class.ends_with("line"));
    is_line && is_empty && tree.before(id).is_none_or(|before| tree.text(before).is_none())
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
        let lines =
            "<div class=\"line\">a</div><div class=\"line\"></div><div class=\"line\"><span></span></div><div class=\"line\">b</div>";
        check_text(&format!("<pre class=\"shiki\"><code>{lines}</code></pre>"), "```\na\n\n\nb\n```");
        check_text("<pre><div class=line>a</div>\n<div class=line></div>\n<div class=line>b</div></pre>", "```\na\n\n\nb\n```");
        let spans = "<span class=line>a</span><span class=line></span><span class=line>b</span>";
        check_text(&format!("<pre><code>{spans}</code></pre>"), "```\na\n\nb\n```");
        check_text("<pre><span class=line>a\n</span><span class=line>b</span></pre>", "```\na\nb\n```");
        check_text("<pre>a<br><div></div>b</pre>", "```\na\nb\n```");
        check_text("<pre>\n\n  a &amp;lt; b\n\n</pre>", "```\n  a &lt; b\n```");
    }
}
