//! Bytes from a terminal to keys (ECMA-48, xterm's forms). A sequence may come in any number of pieces.

use std::time::Duration;

use crate::app::key::{Key, KeyCode};

/// The longest sequence that is waited for; more is not a key.
const LONGEST: usize = 64;
/// How long the rest of an escape sequence may stay on the way.
const REJOIN: Duration = Duration::from_millis(40);
/// How long the rest of a pasted text may; without this a lost end would swallow every key.
const PASTE: Duration = Duration::from_secs(1);
/// Characters of a pasted text that are taken.
const MOST_PASTED: usize = 80;
/// Bytes before and after pasted text.
const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Bytes that are not keys yet.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    is_pasting: bool,
    /// Characters of the text that is being pasted, as far as they were taken.
    pasted: usize,
}

/// What the next bytes are.
enum Step {
    Key(Key, usize),
    /// Bytes that mean nothing here.
    Skip(usize),
    /// The sequence goes on.
    More,
}

impl Decoder {
    /// Takes bytes, gives the keys that are whole.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Key> {
        self.pending.extend_from_slice(bytes);
        let mut keys = Vec::new();
        loop {
            match self.step() {
                Step::Key(key, used) => {
                    self.pending.drain(..used);
                    keys.push(key);
                }
                Step::Skip(used) => drop(self.pending.drain(..used)),
                Step::More => return keys,
            }
        }
    }

    /// Nothing came for a while: a lone Escape was that key, Escape and a character were two; the beginning of any other
    /// sequence is dropped, since its rest would act as keys that nobody pressed.
    pub fn give_up_waiting(&mut self) -> Vec<Key> {
        self.is_pasting = false;
        let is_escape = matches!(self.pending.as_slice(), [0x1b] | [0x1b, b'O' | b'[']);
        let rest = std::mem::take(&mut self.pending);
        let second = rest.get(1).map(|byte| Key::plain(KeyCode::Char(char::from(*byte))));
        if is_escape { [Key::plain(KeyCode::Esc)].into_iter().chain(second).collect() } else { Vec::new() }
    }

    /// How long the rest of what is held may stay on the way; `None` when nothing is held.
    pub fn patience(&self) -> Option<Duration> {
        match (self.is_pasting, self.pending.is_empty()) {
            (true, _) => Some(PASTE),
            (false, false) => Some(REJOIN),
            (false, true) => None,
        }
    }

    fn step(&mut self) -> Step {
        if self.is_pasting {
            return self.pasted();
        }
        match self.pending.as_slice() {
            [] => Step::More,
            [0x1b] => Step::More,
            [0x1b, b'[', b'M', rest @ ..] if rest.len() < 3 => Step::More,
            [0x1b, b'[', b'M', ..] => Step::Skip(6),
            // F1 to F5 of the console of Linux
            [0x1b, b'[', b'[', rest @ ..] => match rest {
                [] => Step::More,
                [last @ b'A'..=b'E', ..] => named(Some(KeyCode::F(last - b'A' + 1)), 4),
                _ => Step::Skip(3),
            },
            [0x1b, b'[', ..] => self.control_sequence(),
            [0x1b, b'O', rest @ ..] => match rest {
                [] => Step::More,
                [b'M', ..] => named(Some(KeyCode::Enter), 3),
                [last, ..] => named(final_key(*last), 3),
            },
            [0x1b, 0x1b, ..] => Step::Key(Key::plain(KeyCode::Esc), 1),
            [0x1b, rest @ ..] => match character(rest) {
                Step::Key(key, used) => Step::Key(Key { is_alt: true, ..key }, used + 1),
                Step::Skip(used) => Step::Skip(used + 1),
                Step::More => Step::More,
            },
            bytes => character(bytes),
        }
    }

    fn control_sequence(&mut self) -> Step {
        if self.pending.starts_with(PASTE_START) {
            (self.is_pasting, self.pasted) = (true, 0);
            return Step::Skip(PASTE_START.len());
        }
        let body = &self.pending[2..];
        match body.iter().position(|byte| (0x40..=0x7e).contains(byte)) {
            Some(end) => sequence(&body[..end], body[end], end + 3),
            None if body.len() > LONGEST => Step::Skip(self.pending.len()),
            None => Step::More,
        }
    }

    /// Pasted text is text: its characters are no keys, and what is longer than words to find is dropped.
    fn pasted(&mut self) -> Step {
        let end = self.pending.windows(PASTE_END.len()).position(|window| window == PASTE_END);
        // the end may have come in part
        let whole = end.unwrap_or_else(|| (self.pending.len() + 1).saturating_sub(PASTE_END.len()));
        match character(&self.pending[..whole]) {
            _ if end == Some(0) => {
                self.is_pasting = false;
                Step::Skip(PASTE_END.len())
            }
            _ if whole > 0 && self.pasted >= MOST_PASTED => Step::Skip(whole),
            Step::Key(Key { code: KeyCode::Char(c), is_ctrl: false, .. }, used) => {
                self.pasted += 1;
                Step::Key(Key::plain(KeyCode::Pasted(c)), used)
            }
            // what stood on two lines or in two columns is no one word
            Step::Key(Key { code: KeyCode::Enter | KeyCode::Tab, .. }, used) => {
                self.pasted += 1;
                Step::Key(Key::plain(KeyCode::Pasted(' ')), used)
            }
            Step::Key(_, used) | Step::Skip(used) => Step::Skip(used),
            Step::More if end.is_some() => Step::Skip(whole),
            Step::More => Step::More,
        }
    }
}

fn named(code: Option<KeyCode>, used: usize) -> Step {
    code.map_or(Step::Skip(used), |code| Step::Key(Key::plain(code), used))
}

/// `ESC [ parameters final`.
fn sequence(parameters: &[u8], last: u8, used: usize) -> Step {
    let numbers: Vec<u16> = parameters.split(|byte| *byte == b';').map(number).collect();
    let code = match last {
        b'~' => numbered(numbers.first().copied().unwrap_or(0)),
        b'Z' => Some(KeyCode::BackTab),
        _ => final_key(last),
    };
    let modifiers = numbers.get(1).copied().unwrap_or(1).saturating_sub(1);
    code.map_or(Step::Skip(used), |code| Step::Key(Key { code, is_alt: modifiers & 2 != 0, is_ctrl: modifiers & 4 != 0 }, used))
}

fn number(digits: &[u8]) -> u16 {
    std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

fn final_key(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u16) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(u8::try_from(number - 10).ok()?),
        17..=21 => KeyCode::F(u8::try_from(number - 11).ok()?),
        23..=24 => KeyCode::F(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}

/// One character or control code at the front.
fn character(bytes: &[u8]) -> Step {
    let plain = |code| Step::Key(Key::plain(code), 1);
    let Some(first) = bytes.first().copied() else { return Step::More };
    match first {
        b'\r' | b'\n' => plain(KeyCode::Enter),
        b'\t' => plain(KeyCode::Tab),
        0x08 | 0x7f => plain(KeyCode::Backspace),
        0x00 => Step::Key(Key { code: KeyCode::Char(' '), is_ctrl: true, is_alt: false }, 1),
        0x01..=0x1a => Step::Key(Key { code: KeyCode::Char(char::from(first + b'a' - 1)), is_ctrl: true, is_alt: false }, 1),
        0x1b..=0x1f => Step::Skip(1),
        0x20..=0x7e => plain(KeyCode::Char(char::from(first))),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Step {
    let length = match bytes.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return Step::Skip(1),
    };
    let Some(whole) = bytes.get(..length) else {
        let is_broken = bytes.iter().skip(1).any(|byte| !(0x80..=0xbf).contains(byte));
        return if is_broken { Step::Skip(1) } else { Step::More };
    };
    match std::str::from_utf8(whole).ok().and_then(|text| text.chars().next()) {
        Some(c) if !c.is_control() => Step::Key(Key::plain(KeyCode::Char(c)), length),
        Some(_) => Step::Skip(length),
        None => Step::Skip(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(pieces: &[&[u8]]) -> String {
        let mut decoder = Decoder::default();
        let mut found: Vec<Key> = pieces.iter().flat_map(|piece| decoder.take(piece)).collect();
        found.extend(decoder.give_up_waiting());
        found.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn bytes_become_keys() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(keys(&[bytes]), expected, "{bytes:?}");
        check(b"jG? ", "j G ? space");
        check(b"\x1b[A\x1b[B\x1bOC\x1b[D", "up down right left");
        check(b"\x1b[5~\x1b[6~\x1b[H\x1b[F\x1b[1~\x1b[4~", "pageup pagedown home end home end");
        check(b"\x1b[Z\t\r\x7f\x08", "shift-tab tab enter backspace backspace");
        check(b"\x04\x15\x03", "ctrl-d ctrl-u ctrl-c");
        check(b"\x1b[1;5C\x1b[1;3A\x1bx", "ctrl-right alt-up alt-x");
        check(b"\x1bOP\x1b[15~\x1b[24~", "f1 f5 f12");
        check(b"\x1b[[A\x1b[[D\x1b[[Ej\x1b[[j", "f1 f4 f5 j j");
        check("é日".as_bytes(), "é 日");
        check(b"\x1b", "esc");
        check(b"\x1b\x1b", "esc esc");
        check(b"\xff\xfej\xc3", "j");
        check(b"\x1b[999;999;999Xj", "j");
        check(b"\x1b[200~rm\n\x1b[A\x1b[201~j", "pasted r pasted m pasted   pasted [ pasted A j");
        check("\x1b[200~é日\x1b[201~j".as_bytes(), "pasted é pasted 日 j");
        check(b"\x1b[200~\xe6\x97\x1b[201~j", "j");
        check(b"\x1b[200~\x1b[201~j", "j");
        check(b"\x1b[M !!j\x1b[<0;10;20Mj\x1b[<0;10;20mj", "j j j");
        check(b"\x1bOM", "enter");
    }

    #[test]
    fn what_never_comes_whole_presses_no_key_that_nobody_pressed() {
        let late = |first: &[u8], second: &[u8]| {
            let mut decoder = Decoder::default();
            let mut found = decoder.take(first);
            found.extend(decoder.give_up_waiting());
            found.extend(decoder.take(second));
            assert_eq!(decoder.patience(), None);
            found.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(late(b"\x1b[6", b""), "");
        assert_eq!(late(b"\x1b", b"j"), "esc j");
        assert_eq!(late(b"\x1bO", b"j"), "esc O j");
        assert_eq!(late(b"\xe9", b"j"), "j");
        assert_eq!(late(b"\x1b[200~lost", b"j"), "j");
        assert_eq!(late(b"\x1b[200~lost end", b"j"), "pasted l pasted o pasted s j");
    }

    #[test]
    fn a_long_paste_is_cut() {
        let text = [PASTE_START, "x".repeat(1000).as_bytes(), PASTE_END, b"j"].concat();
        assert_eq!(keys(&[&text]).matches("pasted x").count(), MOST_PASTED);
        assert!(keys(&[&text]).ends_with("pasted x j"));
    }

    #[test]
    fn sequences_split_at_any_byte_come_out_the_same() {
        let whole: &[u8] = "\x1b[5~j\x1b[[B\x1bOC\x1b[1;5Cé\x1b[200~xyz\x1b[201~\x1b[Z日".as_bytes();
        for at in 0..=whole.len() {
            assert_eq!(keys(&[&whole[..at], &whole[at..]]), keys(&[whole]), "split at {at}");
        }
        let single: Vec<&[u8]> = whole.chunks(1).collect();
        assert_eq!(keys(&single), keys(&[whole]));
    }
}
