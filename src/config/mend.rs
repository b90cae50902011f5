//! What is right in a file that is not TOML: all but the lines that are wrong, and nothing that is doubtful beside them. Each line
//! stays at its place. Knows nothing of what the file is for.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use toml::de::DeTable;

/// Tables that are left out because they do not go together with the others.
const MOST_LEFT_OUT: usize = 20;
/// The key that tells tables apart: what it says is kept where only the closing quote is missing.
const NAME: &str = "name";

/// A text of the same lines that is TOML, or nothing, and what was wrong: by line, from 0.
pub(super) fn mended(text: &str) -> (Option<String>, BTreeMap<usize, String>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut mender =
        Mender { lines: text.split('\n').map(|line| Cow::from(line.trim_end_matches('\r'))).collect(), wrong: BTreeMap::new() };
    let tables = mender.tables();
    mender.mend_tables(&tables);
    for _ in 0..MOST_LEFT_OUT {
        let Some((line, wrong)) = mender.error_in(0..mender.lines.len()) else {
            return (Some(mender.lines.join("\n")), mender.wrong);
        };
        let at = tables.partition_point(|table| table.lines.start <= line).saturating_sub(1);
        mender.leave_out_with_parts(&tables, at, (line, wrong));
    }
    (None, mender.wrong)
}

/// The lines from one header to the next. What stands before the first has no name.
struct Tables {
    lines: Range<usize>,
    name: String,
    is_double: bool,
}

impl Tables {
    /// Whether it is a part of another table, as `[[section.feeds]]` is: half of it may mean something else than all of it.
    fn is_part(&self) -> bool {
        self.name.contains('.')
    }
}

struct Mender<'t> {
    lines: Vec<Cow<'t, str>>,
    wrong: BTreeMap<usize, String>,
}

impl Mender<'_> {
    fn tables(&self) -> Vec<Tables> {
        let headers = self.lines.iter().enumerate().filter_map(|(at, line)| Some((at, header(line)?)));
        let mut tables = vec![Tables { lines: 0..self.lines.len(), name: String::new(), is_double: false }];
        for (at, (name, is_double)) in headers {
            if let Some(last) = tables.last_mut() {
                last.lines.end = at;
            }
            tables.push(Tables { lines: at..self.lines.len(), name, is_double });
        }
        tables
    }

    fn mend_tables(&mut self, tables: &[Tables]) {
        let mut at = 0;
        while let Some(table) = tables.get(at) {
            let own = at + 1;
            at = own;
            if table.is_part() {
                at += tables[own..].iter().take_while(|part| part.is_part() && !part.is_double).count();
                let whole = table.lines.start..tables[at - 1].lines.end;
                if let Some(wrong) = self.error_in(whole.clone()) {
                    self.leave_out(whole, wrong);
                }
            } else if table.name.is_empty() {
                self.mend_body(table.lines.clone());
            } else if let Some(wrong) = self.error_in(table.lines.start..table.lines.start + 1).filter(|_| !self.mend_header(table, tables))
            {
                at += self.leave_out_with_parts(tables, own - 1, wrong);
            } else {
                self.mend_body(table.lines.start + 1..table.lines.end);
            }
        }
    }

    /// Closes the brackets of a header that has a name; whether that was possible.
    fn mend_header(&mut self, table: &Tables, tables: &[Tables]) -> bool {
        let at = table.lines.start;
        let Some((_, wrong)) = self.error_in(at..at + 1) else { return true };
        let is_plain = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == '-';
        if !table.name.chars().all(is_plain) {
            return false;
        }
        let is_double = tables.iter().any(|other| other.name == table.name && other.is_double);
        let name = &table.name;
        self.lines[at] = Cow::from(if is_double { format!("[[{name}]]") } else { format!("[{name}]") });
        self.wrong.entry(at).or_insert(wrong);
        true
    }

    fn mend_body(&mut self, body: Range<usize>) {
        if self.error_in(body.clone()).is_none() {
            return;
        }
        let mut known = HashSet::new();
        for statement in self.statements(body) {
            match key(&self.lines[statement.start]).map(str::to_string) {
                None => self.leave_out_each(statement),
                Some(key) if known.insert(key.clone()) => self.mend_statement(&key, statement),
                Some(_) => self.leave_out(statement.clone(), (statement.start, "duplicate key".into())),
            }
        }
    }

    /// From one `key =` to the next, but for those inside of a table in braces.
    fn statements(&self, body: Range<usize>) -> Vec<Range<usize>> {
        let mut statements: Vec<Range<usize>> = Vec::new();
        let mut depth = 0;
        for at in body {
            let line = &self.lines[at];
            match statements.last_mut() {
                Some(last) if depth > 0 || key(line).is_none() => last.end = at + 1,
                _ => statements.push(at..at + 1),
            }
            depth = if line.trim_start().starts_with(']') { 0 } else { (depth + braces(line)).max(0) };
        }
        statements
    }

    fn mend_statement(&mut self, key: &str, lines: Range<usize>) {
        let Some(wrong) = self.error_in(lines.clone()) else { return };
        let first = lines.start..lines.start + 1;
        if key == NAME && self.replace_if_right(lines.start, &format!("{}\"", self.lines[lines.start].trim_end())) {
            self.wrong.entry(lines.start).or_insert(wrong.1.clone());
        }
        if self.error_in(first.clone()).is_none() {
            self.leave_out_each(first.end..lines.end);
        } else if error(&format!("{}\n]", self.lines[first.start])).is_none() {
            self.mend_list(lines, wrong);
        } else {
            self.leave_out(lines, wrong);
        }
    }

    /// A list that begins in its first line: leaves out the elements that are wrong, and closes it.
    fn mend_list(&mut self, lines: Range<usize>, wrong: (usize, String)) {
        let told = self.wrong.len();
        let close = (lines.start + 1..lines.end).find(|at| self.lines[*at].trim_start().starts_with(']'));
        let (mut is_open, mut depth, mut from) = (false, 0, lines.start + 1);
        for at in lines.start + 1..close.unwrap_or(lines.end) {
            if from < at && self.lines[at].trim_start().starts_with(['{', '"', '\'']) {
                is_open = self.mend_element(from..at, is_open);
                (from, depth) = (at, 0);
            }
            depth = (depth + braces(&self.lines[at])).max(0);
            if depth == 0 || at + 1 == close.unwrap_or(lines.end) {
                is_open = self.mend_element(from..at + 1, is_open);
                from = at + 1;
            }
        }
        match close {
            Some(at) => {
                self.replace_if_wrong(at, "]");
                self.leave_out_each(at + 1..lines.end);
            }
            None => self.close_list(&lines),
        }
        if let Some(still) = self.error_in(lines.clone()) {
            self.leave_out(lines, still);
        }
        if self.wrong.len() == told {
            self.wrong.insert(wrong.0, wrong.1);
        }
    }

    /// Whether the element stays and has no comma after it.
    fn mend_element(&mut self, lines: Range<usize>, needs_comma: bool) -> bool {
        let text = self.text(lines.clone());
        if error(&format!("x = [\n{text}\n]")).is_some() {
            let wrong = self.error_of(&format!("x = [{text}\n]"), &lines);
            self.leave_out(lines, wrong);
            return needs_comma;
        }
        if is_idle(&text) {
            return needs_comma;
        }
        if needs_comma {
            self.lines[lines.start] = Cow::from(format!(", {}", self.lines[lines.start]));
        }
        error(&format!("x = [\n{text}\n0 ]")).is_some()
    }

    /// Puts the bracket that is missing after what is left of the list, before any comment in its line.
    fn close_list(&mut self, lines: &Range<usize>) {
        let last = lines.end - 1;
        let line = self.lines[last].trim_end().to_string();
        let ends = line.match_indices('#').map(|(at, _)| at).chain([line.len()]);
        let candidates: Vec<String> = ends.map(|end| format!("{}]", &line[..end])).collect();
        for candidate in candidates {
            self.lines[last] = Cow::from(candidate);
            if self.error_in(lines.clone()).is_none() {
                return;
            }
        }
    }

    fn replace_if_right(&mut self, at: usize, line: &str) -> bool {
        let is_right = error(line).is_none();
        if is_right {
            self.lines[at] = Cow::from(line.to_string());
        }
        is_right
    }

    /// What follows the bracket that closes a list.
    fn replace_if_wrong(&mut self, at: usize, line: &str) {
        if let Some((_, wrong)) = error(&format!("x = [\n{}", self.lines[at])) {
            self.leave_out(at..at + 1, (at, wrong));
            self.lines[at] = Cow::from(line.to_string());
        }
    }

    /// Each line that says something, as one that does not belong here.
    fn leave_out_each(&mut self, lines: Range<usize>) {
        for at in lines {
            if !is_idle(&self.lines[at]) {
                let wrong = self.error_of(&self.lines[at].clone(), &(at..at + 1));
                self.leave_out(at..at + 1, wrong);
            }
        }
    }

    /// A table with the parts of it that follow; how many those are.
    fn leave_out_with_parts(&mut self, tables: &[Tables], at: usize, wrong: (usize, String)) -> usize {
        let parts = tables[at + 1..].iter().take_while(|part| part.is_part()).count();
        self.leave_out(tables[at].lines.start..tables[at + parts].lines.end, wrong);
        parts
    }

    fn leave_out(&mut self, lines: Range<usize>, (line, wrong): (usize, String)) {
        self.lines[lines].fill(Cow::from(""));
        self.wrong.entry(line).or_insert(wrong);
    }

    fn text(&self, lines: Range<usize>) -> String {
        self.lines[lines].join("\n")
    }

    /// What is wrong with these lines alone, and in which of them.
    fn error_in(&self, lines: Range<usize>) -> Option<(usize, String)> {
        let (line, wrong) = error(&self.text(lines.clone()))?;
        Some(((lines.start + line).min(lines.end.saturating_sub(1)), wrong))
    }

    fn error_of(&self, text: &str, lines: &Range<usize>) -> (usize, String) {
        let (line, wrong) = error(text).unwrap_or((0, "this does not belong here".into()));
        ((lines.start + line).min(lines.end.saturating_sub(1)), wrong)
    }
}

/// The first thing wrong with a text, and the line of it, from 0.
fn error(text: &str) -> Option<(usize, String)> {
    let error = DeTable::parse(text).err()?;
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
    Some((line, error.message().to_string()))
}

/// What stands between the brackets of a header, and whether they are meant to be double.
fn header(line: &str) -> Option<(String, bool)> {
    let line = line.trim_start();
    let inner = line.strip_prefix("[[").or_else(|| line.strip_prefix('['))?.trim_start();
    let name = inner.split([']', '#']).next().unwrap_or_default().trim();
    let is_name = name.starts_with(|sign: char| sign.is_ascii_alphabetic());
    is_name.then(|| (name.to_string(), line.starts_with("[[") || line.contains("]]")))
}

/// The key of a line that sets one.
fn key(line: &str) -> Option<&str> {
    let key = line.split_once('=')?.0.trim();
    let is_key = !key.is_empty() && key.chars().all(|sign| sign.is_ascii_alphanumeric() || "_-.\"'".contains(sign));
    is_key.then_some(key)
}

/// Braces that a line opens, less those that it closes.
fn braces(line: &str) -> isize {
    let (mut depth, mut quote, mut is_escaped) = (0, None, false);
    for sign in line.chars() {
        match (sign, quote) {
            _ if is_escaped => is_escaped = false,
            ('\\', Some('"')) => is_escaped = true,
            ('"' | '\'', None) => quote = Some(sign),
            (sign, Some(open)) if sign == open => quote = None,
            ('#', None) => break,
            ('{', None) => depth += 1,
            ('}', None) => depth -= 1,
            _ => {}
        }
    }
    depth
}

/// Whether lines have nothing but spaces and comments.
fn is_idle(text: &str) -> bool {
    text.lines().all(|line| line.trim_start().is_empty() || line.trim_start().starts_with('#'))
}

#[cfg(test)]
mod tests;
