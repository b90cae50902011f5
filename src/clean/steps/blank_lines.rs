//! Gives text without markup the paragraphs that its blank lines mean, and its lines where they are not just wrapped.
//!
//! before: `One\n\nTwo\nthree`
//! after:  `One<br><br>Two<br>three`

use super::super::fence::MAX_ELEMENTS;
use super::super::page::Page;
use super::super::tree::{Id, Tree};
use crate::domain::html_names::is_block;

/// Columns from which a line looks as if it had been wrapped by a program.
const WRAPPED_FROM: usize = 50;
const WRAPPED_TO: usize = 100;

pub(super) fn run(tree: &mut Tree, page: &Page) {
    // elements that bring lines or paragraphs of their own: with one of them, line ends mean nothing
    if tree.elements().into_iter().any(|id| is_block(tree.name(id)) || tree.is(id, &["br"])) {
        return;
    }
    let texts: Vec<Id> = tree.texts().into_iter().filter(|id| tree.text(*id).is_some_and(|text| text.trim().contains('\n'))).collect();
    let keeps_lines = !texts.iter().any(|id| tree.text(*id).is_some_and(is_wrapped));
    let most = page.elements.get().min(MAX_ELEMENTS);
    let mut elements = most;
    for id in texts {
        let text = tree.text(id).unwrap_or_default().replace("\r\n", "\n");
        split(tree, id, &text, keeps_lines, &mut elements);
    }
    page.elements.set(page.elements.get() + elements - most);
}

/// Whether a program broke the lines: most lines that are followed by another are nearly full.
pub(in crate::clean) fn is_wrapped(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let followed = lines.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty()).map(|pair| pair[0].chars().count());
    let (full, all) =
        followed.fold((0, 0), |(full, all), length| (full + usize::from((WRAPPED_FROM..WRAPPED_TO).contains(&length)), all + 1));
    full * 3 >= all * 2
}

/// `elements` is how many breaks there may still be; the lines after the last run on.
fn split(tree: &mut Tree, id: Id, text: &str, keeps_lines: bool, elements: &mut usize) {
    let mut lines = text.split('\n');
    let mut paragraph = lines.next().unwrap_or_default().to_string();
    let mut blank = 0;
    for line in lines {
        if line.trim().is_empty() {
            blank += 1;
            continue;
        }
        let breaks = if blank > 0 { 2 } else { usize::from(keeps_lines) }.min(*elements);
        *elements -= breaks;
        if breaks == 0 {
            paragraph.push(' ');
        } else {
            insert(tree, id, std::mem::take(&mut paragraph), breaks);
        }
        paragraph.push_str(line);
        blank = 0;
    }
    insert(tree, id, paragraph, 0);
    tree.detach(id);
}

fn insert(tree: &mut Tree, id: Id, text: String, breaks: usize) {
    let text = tree.text_node(&text);
    tree.insert_before(id, text);
    for _ in 0..breaks {
        let line_break = tree.element("br");
        tree.insert_before(id, line_break);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::MAX_ELEMENTS;

    #[test]
    fn plain_text_has_paragraphs_and_lines() {
        check(super::run, "One\n\nTwo\nthree", "One<br><br>Two<br>three");
        check(super::run, "One\r\n \r\n\r\nTwo <b>bold</b>", "One<br><br>Two <b>bold</b>");
        check(super::run, "<p>One\n\nTwo</p>", "<p>One\n\nTwo</p>");
        let wrapped = "This line is wrapped by a program at seventy-two columns or so, as in\nmail, and goes on here.";
        check(super::run, wrapped, &wrapped.replace('\n', " "));
    }

    #[test]
    fn lines_without_number_are_not_each_an_element() {
        let mut left = 3 * MAX_ELEMENTS;
        let document = crate::clean::clean_within(&"x\n".repeat(100_000), None, &mut left);
        let crate::domain::document::Block::Paragraph { text } = &document.blocks[0] else { panic!("no paragraph") };
        assert_eq!((text.len(), left), (2 * MAX_ELEMENTS + 1, 2 * MAX_ELEMENTS));
        assert_eq!(document.word_count(), 100_000);
    }
}
