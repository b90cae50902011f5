//! Lines of code as they stand. One that is too long goes on in the next line after a mark; none loses a character.

use super::highlight::Token;
use super::measure::{columns, prefix};
use crate::domain::setting::{Piece, Role};

/// One line of code as one line, or as several with `mark` at the end of each but the last. No character of it is
/// wider than `room`. `tokens` say what its parts are, in order.
pub(super) fn pieces(line: &str, tokens: &[Token], room: usize, mark: &str) -> Vec<Vec<Piece>> {
    if line.is_empty() {
        return vec![Vec::new()];
    }
    // in one or two columns there is no room for a character and the mark
    let (text_room, mark) = if room > 2 { (room - 1, mark) } else { (room, "") };
    let mut out = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let is_last = prefix(rest, room) == rest;
        let cut = match prefix(rest, text_room).len() {
            _ if is_last => rest.len(),
            // one character as wide as the room: the mark has none
            0 => prefix(rest, room).len(),
            cut => cut,
        };
        let mut pieces = dressed(line, at, at + cut, tokens);
        if !is_last && !mark.is_empty() && columns(&rest[..cut]) < room {
            pieces.push(Piece { text: mark.to_string(), role: Role::Mark, ..Piece::default() });
        }
        out.push(pieces);
        at += cut;
    }
    out
}

/// Puts a rule before lines, and makes them as wide as the widest, or as the room: so a ground is a box.
pub(super) fn frame(lines: &mut [Vec<Piece>], rule: &Piece, room: usize) {
    let wide = |line: &[Piece]| line.iter().map(|piece| columns(&piece.text)).sum::<usize>();
    lines.iter_mut().for_each(|line| line.insert(0, rule.clone()));
    let widest = lines.iter().map(|line| wide(line) + 1).max().unwrap_or(0).min(room);
    for line in lines {
        let air = " ".repeat(widest.saturating_sub(wide(line)));
        line.push(Piece { text: air, ..rule.clone() });
    }
}

/// The text between two places in the roles of its tokens; what no token has is code.
fn dressed(line: &str, start: usize, end: usize, tokens: &[Token]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = start;
    let piece = |text: &str, role| Piece { text: text.to_string(), role, ..Piece::default() };
    let first = tokens.partition_point(|(range, _)| range.end <= start);
    for (range, role) in tokens[first..].iter().take_while(|(range, _)| range.start < end) {
        let (from, to) = (range.start.max(at), range.end.min(end));
        if from > at {
            pieces.push(piece(&line[at..from], Role::Code));
        }
        if to > from {
            pieces.push(piece(&line[from..to], *role));
            at = to;
        }
    }
    if at < end {
        pieces.push(piece(&line[at..end], Role::Code));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, room: usize, expected: &[&str]) {
        let lines: Vec<String> =
            pieces(line, &[], room, "↵").iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect()).collect();
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

    #[test]
    fn a_frame_makes_a_box_of_lines_that_does_not_leave_the_room() {
        let sign = Piece { text: "┊ ".into(), role: Role::CodeSign, ..Piece::default() };
        for (room, expected) in [(20, ["┊ abc ", "┊     ", "┊ a   "]), (4, ["┊ abc", "┊   ", "┊ a "])] {
            let mut lines: Vec<Vec<Piece>> = ["abc", "", "a"].iter().flat_map(|line| pieces(line, &[], 20, "↵")).collect();
            frame(&mut lines, &sign, room);
            let said: Vec<String> = lines.iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect()).collect();
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn tokens_keep_their_roles_over_a_cut() {
        let lines = pieces("let name = 1", &[(0..3, Role::Keyword), (4..8, Role::Name)], 7, "↵");
        let told: Vec<Vec<(&str, Role)>> =
            lines.iter().map(|line| line.iter().map(|piece| (piece.text.as_str(), piece.role)).collect()).collect();
        let first = vec![("let", Role::Keyword), (" ", Role::Code), ("na", Role::Name), ("↵", Role::Mark)];
        assert_eq!(told, [first, vec![("me", Role::Name), (" = 1", Role::Code)]]);
    }
}
