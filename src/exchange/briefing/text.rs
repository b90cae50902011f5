//! An edition as plain text for a terminal or a mail: title, date, tags, the sections with their stories, and what failed.

use super::{OVER, address, asked, byline, change, failure, size};
use crate::domain::edition::{Edition, EditionSection, EditionStory};
use crate::domain::wrap::wrap;

/// What stands before a story, and as much room before its other lines.
const BULLET: &str = "• ";
const INDENT: &str = "  ";

/// The edition in lines of at most `width` columns; addresses are never broken.
#[must_use]
pub fn text(edition: &Edition, width: usize) -> String {
    let tags: Vec<String> = edition.tags.iter().map(|tag| format!("#{tag}")).collect();
    let mut page = Page { width, lines: Vec::new() };
    page.add("", Edition::TITLE);
    page.add("", &edition.dateline);
    page.add("", &tags.join(" "));
    page.gap();
    page.add("", &size(edition));
    edition.sections.iter().for_each(|section| page.section(section));
    page.gap();
    page.add("", OVER);
    page.gap();
    page.footer(edition);
    page.lines.iter().map(|line| format!("{line}\n")).collect()
}

struct Page {
    width: usize,
    lines: Vec<String>,
}

impl Page {
    fn add(&mut self, indent: &str, text: &str) {
        let room = self.width.saturating_sub(indent.len());
        self.lines.extend(wrap(text, room).iter().filter(|line| !line.is_empty()).map(|line| format!("{indent}{line}")));
    }

    /// The same with a bullet before its first line.
    fn bullet(&mut self, text: &str) {
        let at = self.lines.len();
        self.add(INDENT, text);
        if let Some(first) = self.lines.get_mut(at) {
            first.replace_range(..INDENT.len(), BULLET);
        }
    }

    fn gap(&mut self) {
        self.lines.push(String::new());
    }

    fn section(&mut self, section: &EditionSection) {
        self.gap();
        self.add("", format!("{} {}", section.icon, section.name).trim_start());
        self.add("", &section.note);
        section.stories.iter().for_each(|story| self.story(story));
        let surplus = section.surplus_words();
        if !surplus.is_empty() {
            self.gap();
            self.add(INDENT, &surplus);
        }
    }

    fn story(&mut self, story: &EditionStory) {
        self.gap();
        self.bullet(&story.title);
        self.add(INDENT, &byline(story));
        change(story).iter().for_each(|change| self.add(INDENT, change));
        story.summary_text().iter().for_each(|summary| self.add(INDENT, summary));
        self.lines.extend(address(story).map(|url| format!("{INDENT}{url}")));
    }

    fn footer(&mut self, edition: &Edition) {
        self.add("", &asked(edition));
        edition.sources.failed.iter().for_each(|failed| self.bullet(&failure(failed)));
    }
}
