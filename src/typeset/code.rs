//! Lines of code as they stand. One that is too long goes on in the next line after a mark; none loses a character.

use super::measure::{columns, fitting};
use crate::domain::setting::{Piece, Role};

/// One line of code as one line, or as several with `mark` at the end of each but the last. No character of it is
/// wider than `room`.
pub(super) fn pieces(line: &str, room: usize, mark: &str) -> Vec<Vec<Piece>> {
    if line.is_empty() || columns(line) <= room {
        let whole = Piece { text: line.to_string(), role: Role::Code, ..Piece::default() };
        return vec![if line.is_empty() { Vec::new() } else { vec![whole] }];
    }
    // in one or two columns there is no room for a character and the mark
    let (text_room, mark) = if room > 2 { (room - 1, mark) } else { (room, "") };
    let mut out = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let is_last = fitting(rest, room) == rest.len();
        let cut = match fitting(rest, text_room) {
            _ if is_last => rest.len(),
            // one character as wide as the room: the mark has none
            0 => fitting(rest, room),
            cut => cut,
        };
        let mut pieces = vec![Piece { text: rest[..cut].to_string(), role: Role::Code, ..Piece::default() }];
        if !is_last && !mark.is_empty() && columns(&rest[..cut]) < room {
            pieces.push(Piece { text: mark.to_string(), role: Role::Mark, ..Piece::default() });
        }
        out.push(pieces);
        rest = &rest[cut..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, room: usize, expected: &[&str]) {
        let lines: Vec<String> =
            pieces(line, room, "↵").iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect()).collect();
        assert_eq!(lines, expected, "{line:?} in {room}");
    }

    #[test]
    fn a_long_line_of_code_is_cut_with_a_mark() {
        check("let a = 1;", 10, &["let a = 1;"]);
        check("let a = 12;", 10, &["let a = 1↵", "2;"]);
        check("日本語", 5, &["日本↵", "語"]);
        check("ab", 1, &["a", "b"]);
        check("", 5, &[""]);
    }
}
