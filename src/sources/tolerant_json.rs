//! A reader of damaged JSON that never fails and takes linear time: what is whole in it, as a value. For documents that
//! `serde_json` refused; a sound one never comes here. Knows nothing of feeds.

use serde_json::{Map, Value};

use super::notes::Notes;

/// Values inside one another; deeper ones are left out.
const MAX_DEPTH: usize = 48;
/// Letters of a member's name, where a comma before it is missing.
const LONGEST_NAME: usize = 30;
/// Values of a document; the rest is left out.
const MAX_VALUES: usize = 400_000;

/// What is whole in the text, whose first fault is in `line`. A string, number or word that the end cuts is left out.
pub(crate) fn read(text: &str, line: usize, notes: &mut Notes) -> Damaged {
    let mut reader = Reader { text, at: 0, has_faults: false, is_cut: false, is_cut_inside: false, values: 0 };
    let value = reader.value(0, Within::List).unwrap_or(Value::Null);
    if reader.has_faults || !reader.is_cut {
        notes.add(format!("repaired: damaged JSON at line {line}"));
    }
    if reader.is_cut {
        notes.add("repaired: the JSON is cut off; what is whole was read");
    }
    Damaged { value, is_cut: reader.is_cut_inside }
}

/// A value out of damaged JSON, and whether the document ended inside an object of it, other than the outermost.
#[derive(Debug)]
pub(crate) struct Damaged {
    pub(crate) value: Value,
    pub(crate) is_cut: bool,
}

/// Where a string stands: that says what may follow its closing quote. A name has no quotes in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Key,
    Object,
    List,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Whether something had to be seen past, other than a comma and the end.
    has_faults: bool,
    is_cut: bool,
    /// Whether an object, other than the outermost, has no end.
    is_cut_inside: bool,
    values: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The next character that is no white space, stepped up to; at the end the text is cut.
    fn next(&mut self) -> Option<char> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let next = self.rest().chars().next();
        self.is_cut |= next.is_none();
        next
    }

    fn skip(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    fn blame(&mut self) {
        self.has_faults = true;
    }

    /// A value, `None` when there is none here or when it is cut.
    fn value(&mut self, depth: usize, within: Within) -> Option<Value> {
        self.values += 1;
        match self.next()? {
            '{' | '[' if depth >= MAX_DEPTH || self.values > MAX_VALUES => {
                self.blame();
                self.at += 1;
                None
            }
            '{' => Some(Value::Object(self.object(depth))),
            '[' => Some(Value::Array(self.list(depth))),
            '"' => self.string(within).map(Value::String),
            _ => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Map<String, Value> {
        let mut map = Map::new();
        self.at += 1;
        while let Some(next) = self.next() {
            match next {
                '}' => {
                    self.at += 1;
                    return map;
                }
                ',' => self.at += 1,
                '"' => self.member(&mut map, depth),
                // The end of this object is missing: what encloses it goes on.
                ']' | '{' => {
                    self.blame();
                    return map;
                }
                stray => {
                    self.blame();
                    self.skip(stray);
                }
            }
        }
        self.is_cut_inside |= depth > 0;
        map
    }

    fn member(&mut self, map: &mut Map<String, Value>, depth: usize) {
        let Some(name) = self.string(Within::Key) else { return };
        match self.next() {
            Some(':') => self.at += 1,
            Some(_) => return self.blame(),
            None => return,
        }
        if matches!(self.next(), Some(',' | '}' | ']')) {
            return self.blame();
        }
        if let Some(value) = self.value(depth + 1, Within::Object) {
            map.insert(name, value);
        }
    }

    fn list(&mut self, depth: usize) -> Vec<Value> {
        let mut list = Vec::new();
        self.at += 1;
        while let Some(next) = self.next() {
            match next {
                ']' => {
                    self.at += 1;
                    return list;
                }
                ',' => self.at += 1,
                '}' => {
                    self.blame();
                    return list;
                }
                _ => list.extend(self.value(depth + 1, Within::List)),
            }
        }
        list
    }

    /// A string with its escapes resolved; a quote that nothing of JSON follows belongs to the text.
    fn string(&mut self, within: Within) -> Option<String> {
        let mut out = String::new();
        self.at += 1;
        loop {
            let rest = self.rest();
            let Some(stop) = rest.find(['"', '\\']) else {
                self.at = self.text.len();
                self.is_cut = true;
                return None;
            };
            out.push_str(&rest[..stop]);
            self.at += stop + 1;
            if rest[stop..].starts_with('\\') {
                self.escape(&mut out);
            } else if ends_string(self.rest(), within) {
                return Some(out);
            } else {
                self.blame();
                out.push('"');
            }
        }
    }

    /// What stands after a backslash (RFC 8259, section 7); what is no escape is itself.
    fn escape(&mut self, out: &mut String) {
        let Some(kind) = self.rest().chars().next() else { return };
        self.skip(kind);
        match kind {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' | 'f' => {}
            'u' => match self.hexadecimal() {
                Some(high @ 0xd800..=0xdbff) => out.push(self.pair(high)),
                Some(code) => out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)),
                None => self.blame(),
            },
            '"' | '\\' | '/' => out.push(kind),
            other => {
                self.blame();
                out.push(other);
            }
        }
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    /// The character of a surrogate pair, whose second half stands here if it is whole.
    fn pair(&mut self, high: u32) -> char {
        let start = self.at;
        if self.rest().starts_with("\\u") {
            self.at += 2;
            if let Some(low @ 0xdc00..=0xdfff) = self.hexadecimal() {
                let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            }
        }
        self.at = start;
        self.blame();
        char::REPLACEMENT_CHARACTER
    }

    /// A number, `true`, `false` or `null`, as other languages write them too; anything else is stepped over.
    fn word(&mut self) -> Option<Value> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))).unwrap_or(rest.len());
        if end == 0 {
            self.blame();
            rest.chars().next().into_iter().for_each(|c| self.skip(c));
            return None;
        }
        self.at += end;
        if end == rest.len() {
            self.is_cut = true;
            return None;
        }
        let word = &rest[..end];
        serde_json::from_str(word).ok().or_else(|| {
            self.blame();
            match word {
                "True" => Some(Value::Bool(true)),
                "False" => Some(Value::Bool(false)),
                _ => None,
            }
        })
    }
}

/// Whether a quote before this text closes the string.
fn ends_string(after: &str, within: Within) -> bool {
    let next = after.trim_start();
    let is_on_new_line = after[..after.len() - next.len()].contains('\n');
    match (next.chars().next(), within) {
        (None, _) | (_, Within::Key) => true,
        (Some('}'), Within::Object) | (Some(',' | ']'), Within::List) => true,
        (Some(','), Within::Object) => next[1..].trim_start().is_empty() || next[1..].trim_start().starts_with(['"', '}', ',']),
        (Some('"'), Within::Object) if is_member(next) => true,
        (Some('"' | ']' | '}'), Within::Object | Within::List) => is_on_new_line,
        _ => false,
    }
}

/// Whether the text begins with `"name":`.
fn is_member(text: &str) -> bool {
    let name = text[1..].bytes().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    name > 0 && text[1 + name..].strip_prefix('"').is_some_and(|rest| rest.trim_start().starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str, notes: &[&str]) {
        let mut found = Notes::default();
        assert_eq!(read(input, 1, &mut found).value.to_string(), expected, "{input:?}");
        assert_eq!(found.finish(), notes, "{input:?}");
    }

    const CUT: &str = "repaired: the JSON is cut off; what is whole was read";
    const DAMAGED: &str = "repaired: damaged JSON at line 1";

    #[test]
    fn sound_json_stays_as_it_is() {
        for sound in [r#"{"a":[1,-2.5e3,true,null,"x\n\"é😀"],"b":{}}"#, r#"["\ud83d\ude00\u00e9", "", 0 ]"#] {
            let expected = serde_json::from_str::<Value>(sound).expect("sound");
            assert_eq!(read(sound, 1, &mut Notes::default()).value, expected);
        }
    }

    #[test]
    fn a_cut_document_keeps_what_is_whole() {
        check(r#"{"a":[{"b":1},{"c":2,"d":"x"#, r#"{"a":[{"b":1},{"c":2}]}"#, &[CUT]);
        check(r#"{"a":12"#, "{}", &[CUT]);
        check(r#"{"a":"x\"#, "{}", &[CUT]);
        check(r#"{"a""#, "{}", &[CUT]);
        check("", "null", &[CUT]);
    }

    #[test]
    fn what_is_missing_or_too_much_is_seen_past() {
        check(r#"{"a":1,"b":[1,2,],}"#, r#"{"a":1,"b":[1,2]}"#, &[DAMAGED]);
        check("{\"a\":\"x\"\n\"b\":\"y\"}", r#"{"a":"x","b":"y"}"#, &[DAMAGED]);
        check(r#"[{"a":1, {"b":2}]"#, r#"[{"a":1},{"b":2}]"#, &[DAMAGED]);
        check(r#"{"a":[{"b":1}}"#, r#"{"a":[{"b":1}]}"#, &[DAMAGED]);
        check(r#"{"a":,"b":NaN,"c":True}"#, r#"{"c":true}"#, &[DAMAGED]);
        check(r#"{"a":1}junk"#, r#"{"a":1}"#, &[DAMAGED]);
        check("{\n\"a\" 1, \"b\": 2}", r#"{"b":2}"#, &[DAMAGED]);
    }

    #[test]
    fn texts_with_raw_quotes_and_line_ends_are_read() {
        check("{\"a\":\"one\ntwo\"}", r#"{"a":"one\ntwo"}"#, &[DAMAGED]);
        check(r#"{"a":"he said "no", and left","b":1}"#, r#"{"a":"he said \"no\", and left","b":1}"#, &[DAMAGED]);
        check(r#"{"a":"it\'s \x41 \ud83d"}"#, "{\"a\":\"it's x41 \u{fffd}\"}", &[DAMAGED]);
    }

    #[test]
    fn depth_has_an_end() {
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let mut notes = Notes::default();
        read(&deep, 1, &mut notes);
        assert_eq!(notes.finish()[0], DAMAGED);
    }
}
