//! What a summary costs, by the length of its article, and that its cost ends where the text that is looked at ends.
//! `cargo bench --bench summary`

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use matins::briefing::summary::summary;
use matins::domain::document::{Block, Document, Span};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const SENTENCES: &[&str] = &[
    "The strike that stopped freight from Thunder Bay to Halifax ended when both sides accepted the terms of Mr. Arbour-Singh.",
    "He said that trains are to run again from 8 a.m. on Monday, with 3.5 % fewer wagons than in the U.S. and in Mexico.",
    "Grain moves first, the railway expects, then everything that spoils.",
    "“It took nine days to stop it,” a dispatcher said.",
    "What happens next?",
];

fn main() {
    divan::main();
}

/// An article of so many characters, a new figure in every sentence.
fn article(characters: usize) -> Document {
    let mut blocks = Vec::new();
    let mut length = 0;
    while length < characters {
        let number = blocks.len();
        let text: String = SENTENCES.iter().map(|sentence| format!("{sentence} Depot {number} waits. ")).collect();
        length += text.chars().count();
        blocks.push(Block::Paragraph { text: vec![Span::plain(&text)] });
    }
    Document { blocks, ..Document::default() }
}

#[divan::bench(args = [300, 1_000, 5_000, 20_000, 100_000])]
fn of_characters(bencher: Bencher, characters: usize) {
    let document = article(characters);
    bencher
        .counter(BytesCount::new(characters))
        .bench(|| summary("Rail strike ends as both sides accept the terms", black_box(&document), false));
}
