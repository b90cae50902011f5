//! Reading one value of a TOML file: what it must be, and the rest of the sentence that begins with its key when it is not.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use jiff::SignedDuration;
use toml::Spanned;
use toml::de::{DeArray, DeValue};
use unicode_segmentation::UnicodeSegmentation;

use super::{proxy::is_proxy, report::shortened};
use crate::domain::{
    clean_text::CleanText,
    columns::columns,
    nearest::nearest,
    section::{MOST_ATTRIBUTES, Span, is_opml_attribute},
    wrap::prefix,
};

/// Columns of a section's or feed's name.
const LONGEST_NAME: usize = 80;
/// Bytes of a user agent; servers refuse much longer headers.
const LONGEST_HEADER: usize = 400;
/// Columns of an icon.
const WIDEST_ICON: usize = 2;

pub(super) fn truth(value: &DeValue) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| must("be true or false", value))
}

pub(super) fn number(value: &DeValue, range: &RangeInclusive<usize>) -> Result<usize, String> {
    let number = value.as_integer().and_then(|number| usize::from_str_radix(number.as_str(), number.radix()).ok());
    let wanted = || must(&format!("be a whole number from {} to {}", range.start(), range.end()), value);
    number.filter(|number| range.contains(number)).ok_or_else(wanted)
}

pub(super) fn time(value: &DeValue, range: &RangeInclusive<SignedDuration>) -> Result<SignedDuration, String> {
    let words = |time: &SignedDuration| String::from(Span(*time));
    let wanted = || must(&format!("be a length of time from \"{}\" to \"{}\"", words(range.start()), words(range.end())), value);
    let time = value.as_str().and_then(|text| text.parse::<Span>().ok());
    time.map(|span| span.0).filter(|time| range.contains(time)).ok_or_else(wanted)
}

/// A name of one line, not empty.
pub(super) fn name(value: &DeValue) -> Result<CleanText, String> {
    let wanted = || must(&format!("be a name of at most {LONGEST_NAME} columns, in quotes"), value);
    let name = value.as_str().map(CleanText::new);
    name.filter(|name| !name.is_empty() && columns(name) <= LONGEST_NAME).ok_or_else(wanted)
}

/// A name from elsewhere, cleaned and cut to what [`name`] takes; nothing when nothing is left of it.
pub(super) fn fitting_name(text: &str) -> Option<CleanText> {
    let name = CleanText::new(text);
    if columns(&name) <= LONGEST_NAME {
        return Some(name).filter(|name| !name.is_empty());
    }
    Some(CleanText::new(&format!("{}…", prefix(&name, LONGEST_NAME - 1).trim_end())))
}

/// Attributes of an OPML outline, in the order of the file's letters.
pub(super) fn attributes(value: &DeValue) -> Result<Vec<(String, String)>, String> {
    let wanted = || must("be a table of attributes as an OPML file has them, like { htmlUrl = \"https://example.com/\" }", value);
    let text = |(name, value): (&Spanned<Cow<str>>, &Spanned<DeValue>)| {
        let (name, value) = (name.get_ref().to_string(), value.get_ref().as_str()?.to_string());
        is_opml_attribute(&name, &value).then_some((name, value))
    };
    let table = value.as_table().filter(|table| table.len() <= MOST_ATTRIBUTES);
    table.and_then(|table| table.iter().map(text).collect()).ok_or_else(wanted)
}

/// One character, or nothing.
pub(super) fn icon(value: &DeValue) -> Result<CleanText, String> {
    let wanted = || must("be one character of at most two columns, in quotes", value);
    let icon = value.as_str().map(CleanText::new);
    icon.filter(|icon| icon.graphemes(true).count() <= 1 && columns(icon) <= WIDEST_ICON).ok_or_else(wanted)
}

/// Text that may stand in an HTTP header (RFC 9110, section 5.5).
pub(super) fn header(value: &DeValue) -> Result<String, String> {
    let is_fit = |text: &&str| text.len() <= LONGEST_HEADER && text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    let wanted = || must(&format!("be at most {LONGEST_HEADER} plain letters, digits and signs (ASCII), in quotes"), value);
    value.as_str().filter(is_fit).map(|text| text.trim().to_string()).ok_or_else(wanted)
}

/// A proxy's address without name and password, which have their place in the environment; "none"; or nothing.
pub(super) fn proxy(value: &DeValue) -> Result<String, String> {
    let wanted = || must("be \"none\", or an address like \"socks5h://localhost:1080\" or \"http://proxy.example:3128\"", value);
    let text = value.as_str().map(str::trim).ok_or_else(wanted)?;
    if text.is_empty() || text == "none" {
        return Ok(text.to_string());
    }
    if text.contains('@') {
        return Err("must be without name and password: leave it empty and set ALL_PROXY in the environment".into());
    }
    if text.contains("://") && is_proxy(text) { Ok(text.to_string()) } else { Err(wanted()) }
}

pub(super) fn choice<'n>(value: &DeValue, names: &[&'n str]) -> Result<&'n str, String> {
    let given = value.as_str().unwrap_or_default();
    let wanted = || {
        let near = nearest(given, names.iter().copied()).map_or_else(String::new, |name| format!("; did you mean \"{name}\"?"));
        let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        format!("{}{near}", must(&format!("be one of {}", names.join(", ")), value))
    };
    names.iter().find(|name| **name == given).copied().ok_or_else(wanted)
}

pub(super) fn list<'a, 't>(value: &'a DeValue<'t>, example: &str) -> Result<&'a DeArray<'t>, String> {
    value.as_array().ok_or_else(|| must(&format!("be a list like {example}"), value))
}

/// What follows the key in the sentence that tells of a wrong value.
pub(super) fn must(wanted: &str, value: &DeValue) -> String {
    format!("must {wanted}, not {}", given(value))
}

fn given(value: &DeValue) -> String {
    match value {
        DeValue::String(text) => format!("\"{}\"", shortened(text)),
        DeValue::Integer(number) => shortened(&number.to_string()),
        DeValue::Float(number) => shortened(number.as_str()),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(_) => "a date or time".into(),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: std::fmt::Debug>(toml: &str, reader: impl Fn(&DeValue) -> Result<T, String>) -> String {
        let value = DeValue::parse(toml).expect("a TOML value");
        match reader(value.get_ref()) {
            Ok(value) => format!("{value:?}"),
            Err(wrong) => wrong,
        }
    }

    #[test]
    fn whole_numbers_keep_to_their_range() {
        let check = |toml: &str, expected: &str| assert_eq!(read(toml, |value| number(value, &(20..=200))), expected, "{toml}");
        check("20", "20");
        check("2_0_0", "200");
        check("0x40", "64");
        check("19", "must be a whole number from 20 to 200, not 19");
        check("-72", "must be a whole number from 20 to 200, not -72");
        check("99999999999999999999999", "must be a whole number from 20 to 200, not 99999999999999999999999");
        check("72.5", "must be a whole number from 20 to 200, not 72.5");
        check("\"72\"", "must be a whole number from 20 to 200, not \"72\"");
        check("true", "must be a whole number from 20 to 200, not true");
        check("[72]", "must be a whole number from 20 to 200, not a list");
        check("{ a = 1 }", "must be a whole number from 20 to 200, not a table");
        check("2026-11-22", "must be a whole number from 20 to 200, not a date or time");
    }

    #[test]
    fn lengths_of_time_keep_to_their_range() {
        let range = SignedDuration::from_mins(1)..=SignedDuration::from_hours(48);
        let check =
            |toml: &str, expected: &str| assert_eq!(read(toml, |value| time(value, &range).map(|time| time.as_secs())), expected, "{toml}");
        check("\"24h\"", "86400");
        check("\" 90 m \"", "5400");
        check("\"0h\"", "must be a length of time from \"1m\" to \"2d\", not \"0h\"");
        check("\"3d\"", "must be a length of time from \"1m\" to \"2d\", not \"3d\"");
        check("\"a day\"", "must be a length of time from \"1m\" to \"2d\", not \"a day\"");
        check("24", "must be a length of time from \"1m\" to \"2d\", not 24");
    }

    #[test]
    fn names_are_one_clean_line() {
        let check = |toml: &str, expected: &str| assert_eq!(read(toml, |value| name(value).map(String::from)), expected, "{toml}");
        check("\" Canadian\\tNews \"", "\"Canadian News\"");
        check("\"\\u001b[31mred\"", "\"red\"");
        check("\"  \"", "must be a name of at most 80 columns, in quotes, not \"  \"");
        check("7", "must be a name of at most 80 columns, in quotes, not 7");
    }

    #[test]
    fn names_from_elsewhere_are_cut_to_fit() {
        let check = |text: &str, expected: Option<String>| assert_eq!(fitting_name(text).map(String::from), expected, "{text}");
        check(" Canadian\tNews\u{1b} ", Some("Canadian News".into()));
        check(" \u{200b} ", None);
        check(&"a".repeat(80), Some("a".repeat(80)));
        check(&"ab ".repeat(80), Some("ab ".repeat(26) + "a…"));
        check(&"日".repeat(80), Some("日".repeat(39) + "…"));
    }

    #[test]
    fn an_icon_is_one_character() {
        let check = |toml: &str, expected: &str| assert_eq!(read(toml, |value| icon(value).map(String::from)), expected, "{toml}");
        check("\"🍁\"", "\"🍁\"");
        check("\"\"", "\"\"");
        check("\"A\"", "\"A\"");
        check("\"🏛\u{fe0f}\"", "\"🏛\"");
        check("\"CA\"", "must be one character of at most two columns, in quotes, not \"CA\"");
        check("\"🍁🍁\"", "must be one character of at most two columns, in quotes, not \"🍁🍁\"");
    }

    #[test]
    fn header_text_cannot_break_a_request() {
        let check = |toml: &str, expected: &str| assert_eq!(read(toml, header), expected, "{toml}");
        check("\"Mozilla/5.0 (X11)\"", "\"Mozilla/5.0 (X11)\"");
        check("\"\"", "\"\"");
        check("\"a\\r\\nCookie: b\"", "must be at most 400 plain letters, digits and signs (ASCII), in quotes, not \"a\r\nCookie: b\"");
        check("\"münchen\"", "must be at most 400 plain letters, digits and signs (ASCII), in quotes, not \"münchen\"");
    }

    #[test]
    fn a_choice_names_what_there_is() {
        let check = |toml: &str, expected: &str| assert_eq!(read(toml, |value| choice(value, &["auto", "ascii"])), expected, "{toml}");
        check("\"auto\"", "\"auto\"");
        check("\"asci\"", "must be one of \"auto\", \"ascii\", not \"asci\"; did you mean \"ascii\"?");
        check("true", "must be one of \"auto\", \"ascii\", not true");
    }
}
