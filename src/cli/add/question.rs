//! Asks a person to choose, where one is there: a numbered list on stderr, the answer from the keyboard.

use std::io::{BufRead, IsTerminal, Write};

/// What one line of an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Number(usize),
    Nothing,
    Unclear,
}

/// Whether somebody can be asked.
pub(super) fn is_possible() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// The index of the choice, or nothing when none is wanted. Choices are harmless already; a second line of one is set in.
pub(super) fn ask(title: &str, choices: &[String]) -> std::io::Result<Option<usize>> {
    let mut error = std::io::stderr().lock();
    writeln!(error, "{title}")?;
    for (index, choice) in choices.iter().enumerate() {
        writeln!(error, "{:>3}  {}", index + 1, choice.replace('\n', "\n     "))?;
    }
    loop {
        write!(error, "Which one? A number, Enter for 1, q for none: ")?;
        error.flush()?;
        let mut line = String::new();
        let is_over = std::io::stdin().lock().read_line(&mut line)? == 0;
        match answer(&line, choices.len()) {
            _ if is_over => return Ok(None),
            Answer::Number(number) => return Ok(Some(number - 1)),
            Answer::Nothing => return Ok(None),
            Answer::Unclear => {}
        }
    }
}

fn answer(line: &str, count: usize) -> Answer {
    match line.trim() {
        "" => Answer::Number(1),
        "q" | "Q" | "n" | "N" | "0" => Answer::Nothing,
        text => text.parse().ok().filter(|number| (1..=count).contains(number)).map_or(Answer::Unclear, Answer::Number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_takes_the_first_and_q_nothing() {
        let check = |line: &str, expected: Answer| assert_eq!(answer(line, 3), expected, "{line:?}");
        check("\n", Answer::Number(1));
        check(" 3 \n", Answer::Number(3));
        check("q\n", Answer::Nothing);
        check("4\n", Answer::Unclear);
        check("first\n", Answer::Unclear);
    }
}
