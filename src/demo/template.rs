//! Fills in the sample's files: `{{base}}` is the server's address, `{{-2h}}` a moment two hours before it started,
//! `{{+1d|%A}}` one a day after it in a format of one's own, and `{{title SLUG}}`, `{{html SLUG}}`, `{{escaped SLUG}}` (for XML),
//! `{{quoted SLUG}}` (for JSON) are the headline and text of an article.

use std::collections::HashMap;

use jiff::{Timestamp, fmt::strtime, tz::TimeZone};

use crate::domain::section::Span;

/// Dates in RSS (RFC 822), and in everything else (RFC 3339).
pub(super) const RFC_822: &str = "%a, %d %b %Y %H:%M:%S +0000";
pub(super) const RFC_3339: &str = "%Y-%m-%dT%H:%M:%SZ";

/// Headline and text of one article, both HTML.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    pub title: String,
    pub html: String,
}

/// Articles by their slug.
pub(super) type Texts = HashMap<String, Text>;

/// What a template may draw on.
pub(super) struct Template<'a> {
    pub base: &'a str,
    pub now: Timestamp,
    pub date_format: &'a str,
    pub texts: &'a Texts,
}

impl Template<'_> {
    /// Fills in one file; what is not understood stays as it stands.
    pub(super) fn fill(&self, file: &str) -> String {
        let mut out = String::with_capacity(file.len());
        let mut rest = file;
        while let Some((before, opened)) = rest.split_once("{{")
            && let Some((words, after)) = opened.split_once("}}")
        {
            out.push_str(before);
            match self.value(words) {
                Some(value) => out.push_str(&value),
                None => out.push_str(&format!("{{{{{words}}}}}")),
            }
            rest = after;
        }
        out + rest
    }

    fn value(&self, words: &str) -> Option<String> {
        match words.split_once(' ') {
            Some(("title", slug)) => Some(self.texts.get(slug)?.title.clone()),
            Some(("html", slug)) => Some(self.texts.get(slug)?.html.clone()),
            Some(("escaped", slug)) => Some(escape(&self.texts.get(slug)?.html)),
            Some(("quoted", slug)) => serde_json::to_string(&self.texts.get(slug)?.html).ok(),
            None if words == "base" => Some(self.base.to_string()),
            _ => self.moment(words),
        }
    }

    /// `-2h` or `+1d|%A`.
    fn moment(&self, words: &str) -> Option<String> {
        let (age, format) = words.split_once('|').unwrap_or((words, self.date_format));
        let (sign, length) = age.split_at_checked(1)?;
        let length = length.parse::<Span>().ok()?.0;
        let moment = match sign {
            "-" => self.now.checked_sub(length).ok()?,
            "+" => self.now.checked_add(length).ok()?,
            _ => return None,
        };
        strtime::format(format, &moment.to_zoned(TimeZone::UTC)).ok()
    }
}

fn escape(html: &str) -> String {
    html.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_double_braces_are_filled_in() {
        let texts = Texts::from([("ferry".into(), Text { title: "Ferry &amp; fog".into(), html: "<p>\"Late\" &amp; wet</p>".into() })]);
        let now = "2026-11-22T06:30:00Z".parse().expect("a moment");
        let check = |file: &str, expected: &str| {
            let template = Template { base: "http://127.0.0.1:1", now, date_format: RFC_822, texts: &texts };
            assert_eq!(template.fill(file), expected, "{file}");
        };
        check("<a href='{{base}}/x'>", "<a href='http://127.0.0.1:1/x'>");
        check("{{-2h}}", "Sun, 22 Nov 2026 04:30:00 +0000");
        check("from {{+1d|%A}} to {{+2d|%-d %B}}", "from Monday to 24 November");
        check("{{title ferry}}: {{html ferry}}", "Ferry &amp; fog: <p>\"Late\" &amp; wet</p>");
        check("{{escaped ferry}}", "&lt;p&gt;\"Late\" &amp;amp; wet&lt;/p&gt;");
        check("{{quoted ferry}}", r#""<p>\"Late\" &amp; wet</p>""#);
        check("{{html bus}} {{-2y}} {{}} {{open", "{{html bus}} {{-2y}} {{}} {{open");
    }

    #[test]
    fn json_and_atom_dates_are_rfc_3339() {
        let now = "2026-11-22T06:30:00Z".parse().expect("a moment");
        let template = Template { base: "", now, date_format: RFC_3339, texts: &Texts::new() };
        assert_eq!(template.fill("{{-35m}}"), "2026-11-22T05:55:00Z");
    }
}
