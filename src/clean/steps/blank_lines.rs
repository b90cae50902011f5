//! Gives text without markup the paragraphs that its blank lines mean, and its lines where they are not just wrapped.
//!
//! before: `One\n\nTwo\nthree`
//! after:  `One<br><br>Two<br>three`

use super::super::page::Page;
use super::super::tree::{Id, Tree};

/// Elements that bring lines or paragraphs of their own: with one of them, line ends mean nothing.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "ul",
    "ol",
    "li",
    "table",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "figure",
    "dl",
    "hr",
    "pre",
    "center",
];
/// Columns from which a line looks as if it had been wrapped by a program.
const WRAPPED_FROM: usize = 50;
const WRAPPED_TO: usize = 100;

pub(super) fn run(tree: &mut Tree, _: &Page) {
    if tree.elements().into_iter().any(|id| tree.is(id, BLOCKS)) {
        return;
    }
    let texts: Vec<Id> = tree.texts().into_iter().filter(|id| tree.text(*id).is_some_and(|text| text.trim().contains('\n'))).collect();
    let keeps_lines = !texts.iter().any(|id| tree.text(*id).is_some_and(is_wrapped));
    for id in texts {
        let text = tree.text(id).unwrap_or_default().replace("\r\n", "\n");
        split(tree, id, &text, keeps_lines);
    }
}

/// Whether a program broke the lines: most lines that are followed by another are nearly full.
fn is_wrapped(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let followed = lines.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty()).map(|pair| pair[0].chars().count());
    let (full, all) =
        followed.fold((0, 0), |(full, all), length| (full + usize::from((WRAPPED_FROM..WRAPPED_TO).contains(&length)), all + 1));
    full * 3 >= all * 2
}

fn split(tree: &mut Tree, id: Id, text: &str, keeps_lines: bool) {
    let mut blank = 0;
    let mut is_first = true;
    for line in text.split('\n') {
        if line.trim().is_empty() && !is_first {
            blank += 1;
            continue;
        }
        let breaks = match (is_first, blank) {
            (true, _) => 0,
            (_, 0) => usize::from(keeps_lines),
            _ => 2,
        };
        for _ in 0..breaks {
            let line_break = tree.element("br");
            tree.insert_before(id, line_break);
        }
        let line = tree.text_node(&if breaks == 0 && !is_first { format!(" {line}") } else { line.to_string() });
        tree.insert_before(id, line);
        (blank, is_first) = (0, false);
    }
    tree.detach(id);
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn plain_text_has_paragraphs_and_lines() {
        check(super::run, "One\n\nTwo\nthree", "One<br><br>Two<br>three");
        check(super::run, "One\r\n \r\n\r\nTwo <b>bold</b>", "One<br><br>Two <b>bold</b>");
        check(super::run, "<p>One\n\nTwo</p>", "<p>One\n\nTwo</p>");
        let wrapped = "This line is wrapped by a program at seventy-two columns or so, as in\nmail, and goes on here.";
        check(super::run, wrapped, &wrapped.replace('\n', " "));
    }
}
