//! What commands print: whole answers on standard output, single harmless lines on standard error.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{ErrorKind, IsTerminal, Write};

use anyhow::Context;
use serde::Serialize;

use super::terminal;
use crate::domain::clean_text::is_hidden;
use crate::domain::{foreign, plain_text::plain};

/// Prints an answer for people: in plain ASCII where a terminal has no more.
///
/// # Errors
/// When it cannot be written; a reader that has gone is one of the causes, see [`is_closed_pipe`].
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    if is_plain() { print_exactly(&plain(text)) } else { print_exactly(text) }
}

/// Whether what is printed goes to a terminal without UTF-8. A file or a pipe gets every character as it is.
pub(super) fn is_plain() -> bool {
    std::io::stdout().is_terminal() && !terminal::has_utf8()
}

fn print_exactly(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("could not write to standard output")
}

/// Prints an answer as JSON for scripts, one field a line.
pub(super) fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    print_exactly(&json(value)?)
}

/// What [`print_json`] prints.
pub(super) fn json(value: &impl Serialize) -> anyhow::Result<String> {
    Ok(format!("{}\n", visible(&serde_json::to_string_pretty(value)?)))
}

/// JSON with the characters that do not show written as escapes: the same for scripts, and harmless for a terminal. They
/// can only be inside of strings.
fn visible(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\n' => out.push(c),
            c if is_hidden(c) => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
            c => out.push(c),
        }
    }
    out
}

/// Says something on standard error, where nobody may be listening.
pub(super) fn warn(message: &str) {
    let printable: String = message.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect();
    let mut error = std::io::stderr().lock();
    let is_plain = error.is_terminal() && !terminal::has_utf8();
    let _ = writeln!(error, "matins: {}", if is_plain { plain(&printable) } else { printable });
}

/// Whether the reader of our output has gone, as `head` does: that is an end, not a failure.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// From now on a panic is told in one harmless line, since its message may quote a feed. One that is caught inside a
/// foreign parser means nothing and is not told at all.
pub(super) fn tell_panics_plainly() {
    std::panic::set_hook(Box::new(|panic| {
        if foreign::is_guarded() {
            return;
        }
        warn(&format!("this is a mistake in matins itself, please report it: {panic}"));
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            let _ = writeln!(std::io::stderr().lock(), "{trace}");
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_show_is_escaped_in_json_and_stays_the_same_value() {
        let text = "a\u{7f}\u{9b}\u{200b}\u{200d}\u{2028}\u{202e}\u{2066}\u{feff}\u{fffb}\u{e0068} é 日本 👍 \"\n\t\\";
        let printed = visible(&serde_json::to_string_pretty(&[text]).expect("JSON"));
        let shown = "[\n  \"a\\u007f\\u009b\\u200b\\u200d\\u2028\\u202e\\u2066\\ufeff\\ufffb\\udb40\\udc68 é 日本 👍 \\\"\\n\\t\\\\\"\n]";
        assert_eq!(printed, shown);
        assert_eq!(serde_json::from_str::<Vec<String>>(&printed).expect("JSON"), [text]);
    }
}
