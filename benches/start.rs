//! How long a person waits for the real program: from its start to the first byte and to the picture that shows a headline,
//! in a pseudo-terminal, with the shipped settings. The store is the same for all runs. `cargo bench --bench start`
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

mod program;
mod stored;

use std::time::Duration;

use program::{Program, told};
use stored::{SIZES, build, built, paper, section, wait};

const RUNS: usize = 20;

fn main() {
    let config = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    std::fs::write(config.path().join("feeds.toml"), paper("3650d")).expect("a paper");
    println!("from the start of the program, median of {RUNS} runs (shortest to longest)");
    let version = |_| {
        let mut program = Program::start(&["--version"], config.path(), config.path(), (80, 24));
        program.until(|screen| screen.contains("matins")) - program.started_at
    };
    println!("{:44}{}", "a process that prints its version", told((0..RUNS).map(version).collect()));
    for (size, screen) in SIZES.into_iter().flat_map(|size| [(size, (80, 24)), (size, (120, 40))]) {
        let headline = first_headline(size);
        let (first_bytes, headlines): (Vec<Duration>, Vec<Duration>) = (0..RUNS)
            .map(|_| {
                let mut program = Program::start(&[], config.path(), built(size).parent().expect("a folder"), screen);
                let seen = program.until(|screen| screen.contains(&headline)) - program.started_at;
                (program.first_byte_at.expect("a byte") - program.started_at, seen)
            })
            .unzip();
        let (width, height) = screen;
        println!("{size:6} articles, {width}x{height}: {:19}{}", "the first byte", told(first_bytes));
        println!("{size:6} articles, {width}x{height}: {:19}{}", "a headline", told(headlines));
    }
}

/// The beginning of the headline on top of the first section.
fn first_headline(size: usize) -> String {
    let store = build(size);
    let list = wait(store.front().list(section(0)));
    list.rows.first().expect("an article").title.chars().take(20).collect()
}
