//! An edition as Markdown with front matter, for notes and static sites: the document of it, written as any document is.

use super::{OVER, address, asked, byline, change, failure, size};
use crate::domain::clean_text::CleanText;
use crate::domain::document::{Block, Document, Span};
use crate::domain::edition::{Edition, EditionSection, EditionStory};
use crate::domain::numbering::Numbering;
use crate::exchange::document;

/// The edition as Markdown. Its front matter is YAML.
#[must_use]
pub fn markdown(edition: &Edition) -> String {
    let mut blocks = vec![heading(1, vec![span(Edition::TITLE)]), paragraph(&edition.dateline), paragraph(&size(edition))];
    edition.sections.iter().for_each(|one| section(&mut blocks, one));
    blocks.extend([Block::Rule, paragraph(OVER), paragraph(&asked(edition))]);
    let failed: Vec<Vec<Block>> = edition.sources.failed.iter().map(|failed| vec![paragraph(&failure(failed))]).collect();
    if !failed.is_empty() {
        blocks.push(Block::List { ordered: false, start: 1, reversed: false, numbering: Numbering::default(), items: failed });
    }
    format!("{}{}", front_matter(edition), document::markdown(&Document { blocks, ..Document::default() }))
}

/// Strings of JSON are strings of YAML.
fn front_matter(edition: &Edition) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let tags: Vec<String> = edition.tags.iter().map(|tag| quoted(tag)).collect();
    let sources = &edition.sources;
    let lines = [
        format!("title: {}", quoted(&edition.title())),
        format!("date: {}", edition.date),
        format!("made_at: {}", edition.made_at),
        format!("tags: [{}]", tags.join(", ")),
        format!("stories: {}", edition.stories().count()),
        format!("reading_minutes: {}", edition.reading_minutes),
        format!("sources_asked: {}", sources.asked),
        format!("sources_failed: {}", sources.failed.len()),
    ];
    format!("---\n{}\n---\n\n", lines.join("\n"))
}

fn section(blocks: &mut Vec<Block>, section: &EditionSection) {
    let name = format!("{} {}", section.icon, section.name);
    blocks.push(heading(2, vec![span(name.trim_start())]));
    blocks.push(paragraph(&section.note));
    section.stories.iter().for_each(|one| story(blocks, one));
    let surplus = section.surplus_words();
    blocks.extend((!surplus.is_empty()).then(|| paragraph(&surplus)));
}

fn story(blocks: &mut Vec<Block>, story: &EditionStory) {
    blocks.push(heading(3, vec![Span { link: address(story).map(str::to_string), ..span(&story.title) }]));
    blocks.push(Block::Paragraph { text: vec![Span { italic: true, ..span(&byline(story)) }] });
    blocks.extend(change(story).iter().map(|change| paragraph(change)));
    blocks.extend(story.summary_text().iter().map(|summary| paragraph(summary)));
}

fn heading(level: u8, text: Vec<Span>) -> Block {
    Block::Heading { level, text }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: vec![span(text)] }
}

fn span(text: &str) -> Span {
    Span { text: CleanText::new(text), ..Span::default() }
}
