//! Makes links of the addresses of pages and of mail that stand bare in the text, without their tracking. It must not touch code,
//! nor what is a link.
//!
//! before: `<p>See https://example.org/x?utm_source=rss.</p>`
//! after:  `<p>See <a href="https://example.org/x">https://example.org/x</a>.</p>`

use std::ops::Range;

use super::super::page::Page;
use super::super::tree::{Id, Tree};

const SCHEMES: &[&str] = &["https://", "http://"];
/// One of these is in every address.
const HINTS: [&str; 3] = ["://", "www.", "@"];
/// Bytes of the part of a mail address before its sign.
const MAX_NAME: usize = 64;
/// Characters that end an address, besides white space.
const ENDS: &str = "<>\"`“”„»«‹›{}|\\^。、，；：！？（）「」『』【】《》";
/// Characters at the end of an address that belong to the sentence.
const OF_THE_SENTENCE: &str = ".,;:!?'’‘*_~)]";
/// Addresses that are made links; more is no text.
const MAX_ADDRESSES: usize = 10_000;

pub(super) fn run(tree: &mut Tree, page: &Page) {
    let mut left = MAX_ADDRESSES;
    for id in tree.texts() {
        let Some(text) = tree.text(id).filter(|text| HINTS.iter().any(|hint| text.contains(hint))) else { continue };
        if tree.is_in_code(id) || tree.ancestors(id).any(|around| tree.is(around, &["a"])) {
            continue;
        }
        let text = text.to_string();
        let found: Vec<(Range<usize>, String)> = addresses(&text)
            .take(left)
            .filter_map(|(range, before)| Some((range.clone(), page.link(&format!("{before}{}", &text[range]))?)))
            .collect();
        left -= found.len();
        split(tree, id, &text, found);
    }
}

/// Puts the links into the text, each as it is written there unless it was longer with its tracking.
fn split(tree: &mut Tree, id: Id, text: &str, found: Vec<(Range<usize>, String)>) {
    let mut at = 0;
    for (range, url) in found {
        let written = Some(&text[range.clone()]).filter(|written| written.len() <= url.len()).unwrap_or(&url);
        let (before, words, link) = (tree.text_node(&text[at..range.start]), tree.text_node(written), tree.element("a"));
        tree.set_attribute(link, "href", &url);
        tree.append(link, words);
        [before, link].into_iter().for_each(|new| tree.insert_before(id, new));
        at = range.end;
    }
    if at > 0 {
        tree.set_text(id, text[at..].to_string());
    }
}

/// Where addresses stand in a text, and what each needs before it. One that was cut off, as `…` behind it says, leads nowhere.
fn addresses(text: &str) -> impl Iterator<Item = (Range<usize>, &'static str)> {
    let mut from = 0;
    let signs =
        text.char_indices().filter(move |(at, c)| matches!(c, ':' | '@' | 'w') && HINTS.iter().any(|hint| text[*at..].starts_with(hint)));
    signs.filter_map(move |(at, sign)| {
        let (found, before) = match sign {
            ':' => (web_address(text, at, from), ""),
            '@' => (mail_address(text, at, from), "mailto:"),
            _ => (bare_address(text, at, from), "https://"),
        };
        let (range, end) = found?;
        from = end;
        Some((range?, before))
    })
}

/// Where an address stands, if it is one, and where what was looked at ends.
type Found = Option<(Option<Range<usize>>, usize)>;

/// One that begins with `www.`.
fn bare_address(text: &str, start: usize, from: usize) -> Found {
    let is_free = start >= from && !text[..start].ends_with(|c: char| c.is_alphanumeric() || "/.-_@".contains(c));
    let (range, end) = is_free.then(|| whole(text, start))?;
    let is_site = |range: &Range<usize>| {
        let host = text[range.clone()].split(['/', '?', '#', ':']).next().unwrap_or_default();
        host.split('.').count() > 2 && is_host(host)
    };
    Some((range.filter(is_site), end))
}

/// One of mail, around its sign.
fn mail_address(text: &str, at: usize, from: usize) -> Found {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let before = text.get(from..at)?;
    let name = before.len() - before.trim_end_matches(is_part).len();
    let start = at - name;
    let host = &text[at + 1..];
    let host = &host[..host.find(|c: char| !(c.is_ascii_alphanumeric() || ".-".contains(c))).unwrap_or(host.len())];
    let host = host.trim_end_matches(['.', '-']);
    let behind = &text[at + 1 + host.len()..];
    let goes_on =
        behind.starts_with(['@', '/', '_']) || behind.strip_prefix(':').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let is_free = !text[..start].ends_with(|c: char| c.is_alphanumeric() || "/@:=".contains(c))
        && text[start..].starts_with(|c: char| c.is_ascii_alphanumeric());
    ((1..=MAX_NAME).contains(&name) && is_free && !goes_on && host.contains('.') && is_host(host))
        .then_some((Some(start..at + 1 + host.len()), at + 1 + host.len()))
}

/// Whether a text may be the name of a host: its parts have letters or figures, its last one letters only.
fn is_host(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    host.split('.').all(is_part) && last.len() > 1 && last.chars().all(char::is_alphabetic)
}

/// One with its scheme.
fn web_address(text: &str, colon: usize, from: usize) -> Found {
    let start =
        SCHEMES.iter().map(|scheme| scheme.len() - 3).find_map(|length| start_of(text, colon, length)).filter(|start| *start >= from)?;
    let (range, end) = whole(text, start);
    Some((range.filter(|range| range.end > colon + 3), end))
}

/// An address that starts there, unless it was cut off, and where white space or the like ends what it is written in.
fn whole(text: &str, start: usize) -> (Option<Range<usize>>, usize) {
    let length = text[start..].find(|c: char| c.is_whitespace() || ENDS.contains(c)).unwrap_or(text.len() - start);
    let written = &text[start..start + length];
    let bare = without_sentence(written);
    let is_cut_off = written[bare.len()..].starts_with("...") || bare.contains('…');
    (Some(start..start + bare.len()).filter(|_| !is_cut_off), start + length)
}

/// Where the scheme of so many letters before a colon begins, when it is one of ours and no part of a longer word.
fn start_of(text: &str, colon: usize, length: usize) -> Option<usize> {
    let start = colon.checked_sub(length)?;
    let is_scheme = text.get(start..colon + 3).is_some_and(|scheme| SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()));
    (is_scheme && !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric())).then_some(start)
}

/// An address without the marks of its sentence; a bracket that was opened inside stays.
fn without_sentence(written: &str) -> &str {
    let count = |wanted: char| written.matches(wanted).count();
    // brackets that are closed more often than opened
    let (mut round, mut square) = (count(')').saturating_sub(count('(')), count(']').saturating_sub(count('[')));
    let mut bare = written;
    while let Some(last) = bare.chars().next_back().filter(|last| OF_THE_SENTENCE.contains(*last)) {
        match last {
            ')' if round == 0 => break,
            ']' if square == 0 => break,
            ')' => round -= 1,
            ']' => square -= 1,
            _ => {}
        }
        bare = &bare[..bare.len() - last.len_utf8()];
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_text};

    #[test]
    fn a_bare_address_is_a_link_without_its_tracking() {
        check(
            super::run,
            "<p>See https://example.org/x?utm_source=rss.</p>",
            "<p>See <a href=\"https://example.org/x\">https://example.org/x</a>.</p>",
        );
        check_text(
            "One line.\n\nSee https://e.example/a_(b) (or http://f.example/).",
            "One line.\n\nSee [https://e.example/a\\_(b)](<https://e.example/a_(b)>) (or [http://f.example/](http://f.example/)).",
        );
    }

    #[test]
    fn addresses_of_mail_and_without_a_scheme_are_links_too() {
        check(
            super::run,
            "<p>Write to desk.a@news.example.org, or see (www.example.org/x?utm_source=y).</p>",
            "<p>Write to <a href=\"mailto:desk.a@news.example.org\">desk.a@news.example.org</a>, or see (<a href=\"https://www.example.org/x\">https://www.example.org/x</a>).</p>",
        );
        let check_same = |html: &str| check(super::run, html, html);
        check_same(
            "<p>@ann and @ann@social.example, git@host.example:ann/x, a@b, 5 @ 3.50, x@1.2, www. and www.example and awww.b.example</p>",
        );
        let whole = "https://e.example/@ann@b.example";
        check(super::run, whole, &format!("<a href=\"{whole}\">{whole}</a>"));
        check_text("Write to:\na@b.example\nor c.", "Write to:\\\n[a@b.example](mailto:a@b.example)\\\nor c.");
    }

    #[test]
    fn what_is_no_address_or_is_code_or_a_link_stays() {
        let check_same = |html: &str| check(super::run, html, html);
        check_same("<code>https://e.example/</code><pre>curl https://e.example/</pre>");
        check_same("<a href=\"https://e.example/\">https://e.example/</a>");
        check_same("Write https:// first, or ftp://e.example/, or xhttp://e.example/ or https://e.example/a…");
    }
}
