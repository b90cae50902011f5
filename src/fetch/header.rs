//! The headers that we send and the few that we read. Validators pass through byte for byte.

use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, AGE, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, DATE, ETAG, EXPIRES, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LINK, LOCATION, RETRY_AFTER, USER_AGENT,
};
use url::Url;

use super::{error::FetchError, packing};
use crate::domain::feed::Validators;

/// What we like, best first; some servers answer a browser's list with a web page.
const WANTED: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, \
                      application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";
/// What a plain browser likes, for servers that refuse anything else.
const WANTED_PLAINLY: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
/// A longer validator is not kept: no server needs one, and many refuse to read it back.
const LONGEST_VALIDATOR: usize = 4096;
/// A longer content type is nonsense.
const LONGEST_CONTENT_TYPE: usize = 256;

/// Bytes of `Link` headers that are kept.
const LONGEST_LINKS: usize = 16_000;

/// Headers of a request. A validator that no header can carry is left out.
pub(super) fn of_request(user_agent: &str, is_plain: bool, validators: &Validators) -> Result<HeaderMap, FetchError> {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, HeaderValue::from_str(user_agent).map_err(|_| FetchError::UserAgent)?);
    headers.insert(ACCEPT, HeaderValue::from_static(if is_plain { WANTED_PLAINLY } else { WANTED }));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(packing::OFFERED));
    let conditions = [(IF_NONE_MATCH, &validators.etag), (IF_MODIFIED_SINCE, &validators.last_modified)];
    for (name, bytes) in conditions {
        if let Some(value) = bytes.as_deref().and_then(|bytes| HeaderValue::from_bytes(bytes).ok()) {
            headers.insert(name, value);
        }
    }
    Ok(headers)
}

/// The validators of a whole answer; what it does not name is dropped.
pub(super) fn validators(headers: &HeaderMap) -> Validators {
    Validators { etag: validator(headers, ETAG), last_modified: validator(headers, LAST_MODIFIED) }
}

/// The validators after a 304: what it names replaces what was known (RFC 9111, section 3.2).
pub(super) fn renewed_validators(headers: &HeaderMap, known: &Validators) -> Validators {
    let named = validators(headers);
    Validators {
        etag: named.etag.or_else(|| known.etag.clone()),
        last_modified: named.last_modified.or_else(|| known.last_modified.clone()),
    }
}

fn validator(headers: &HeaderMap, name: HeaderName) -> Option<Vec<u8>> {
    let bytes = headers.get(name)?.as_bytes();
    (!bytes.is_empty() && bytes.len() <= LONGEST_VALIDATOR).then(|| bytes.to_vec())
}

pub(super) fn content_type(headers: &HeaderMap) -> Option<String> {
    let bytes = headers.get(CONTENT_TYPE)?.as_bytes();
    (!bytes.is_empty() && bytes.len() <= LONGEST_CONTENT_TYPE).then(|| String::from_utf8_lossy(bytes).into_owned())
}

/// All `Link` headers as one (RFC 9110, section 5.3), unless they are too long.
pub(super) fn links(headers: &HeaderMap) -> Option<String> {
    let values: Vec<_> = headers.get_all(LINK).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    Some(values.join(", ")).filter(|links| !links.is_empty() && links.len() <= LONGEST_LINKS)
}

/// The codings of a body in the order in which they were put on, lower case, without `identity`.
pub(super) fn codings(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(CONTENT_ENCODING).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).to_lowercase());
    let names = values.flat_map(|value| value.split(',').map(|name| name.trim().to_string()).collect::<Vec<_>>());
    names.filter(|name| !name.is_empty() && name != "identity").collect()
}

/// Where a redirect leads; `None` when it does not say, or says nonsense.
pub(super) fn location(headers: &HeaderMap, from: &Url) -> Option<Url> {
    let written = String::from_utf8_lossy(headers.get(LOCATION)?.as_bytes());
    let written = written.trim();
    if written.is_empty() { None } else { from.join(written).ok() }
}

/// Seconds, or a date. A date is measured against the server's own clock, so that ours (`now`) need not be right.
pub(super) fn retry_after(headers: &HeaderMap, now: Option<Timestamp>) -> Option<SignedDuration> {
    let wish: &str = text(headers, RETRY_AFTER)?;
    match seconds(wish) {
        Some(wait) => Some(wait),
        None => until(headers, wish, now).filter(|wait| wait.is_positive()),
    }
}

/// The `max-age` that is in force: that of this answer, or the `known` one where it has no `Cache-Control` (a 304 leaves what it
/// does not name as it was: RFC 9111, section 4.3.4).
pub(super) fn max_age(headers: &HeaderMap, known: Option<SignedDuration>) -> Option<SignedDuration> {
    if !headers.contains_key(CACHE_CONTROL) {
        return known;
    }
    let directives = directives(headers);
    let max_age = directives.iter().find_map(|directive| seconds(directive.strip_prefix("max-age=")?.trim_matches('"')));
    max_age.filter(|_| !is_asked_each_time(&directives))
}

/// How long the answer stays new: the `max_age` in force less `Age`, else `Expires` (RFC 9111, section 4.2). `None` when the
/// server says nothing of it, or wants to be asked each time.
pub(super) fn fresh_for(headers: &HeaderMap, max_age: Option<SignedDuration>, now: Option<Timestamp>) -> Option<SignedDuration> {
    if is_asked_each_time(&directives(headers)) {
        return None;
    }
    let fresh_for = match max_age {
        Some(max_age) => max_age.saturating_sub(text(headers, AGE).and_then(seconds).unwrap_or_default()),
        None => until(headers, text(headers, EXPIRES)?, now)?,
    };
    Some(fresh_for).filter(|wait| wait.is_positive())
}

/// Of `Cache-Control`, lower case.
fn directives(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(CACHE_CONTROL).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).to_lowercase());
    values.flat_map(|value| value.split(',').map(|directive| directive.trim().to_string()).collect::<Vec<_>>()).collect()
}

fn is_asked_each_time(directives: &[String]) -> bool {
    directives.iter().any(|directive| matches!(directive.as_str(), "no-cache" | "no-store"))
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// A whole number of seconds; one that is too great is the greatest.
fn seconds(text: &str) -> Option<SignedDuration> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| SignedDuration::from_secs(text.parse().unwrap_or(i64::MAX)))
}

/// From the server's present moment, else from ours, to a date.
fn until(headers: &HeaderMap, date: &str, now: Option<Timestamp>) -> Option<SignedDuration> {
    let now = text(headers, DATE).and_then(http_date).or(now)?;
    Some(http_date(date)?.duration_since(now))
}

/// A date in any of the three forms of RFC 9110, section 5.6.7.
fn http_date(date: &str) -> Option<Timestamp> {
    let words = date.split_whitespace().collect::<Vec<_>>().join(" ");
    let obsolete = |form: &str| DateTime::strptime(form, &words).ok().and_then(|moment| Offset::UTC.to_timestamp(moment).ok());
    let current = rfc2822::DateTimeParser::new().parse_timestamp(date).ok();
    current.or_else(|| obsolete("%A, %d-%b-%y %H:%M:%S GMT")).or_else(|| obsolete("%a %b %d %H:%M:%S %Y"))
}

/// Whether Cloudflare says that it asks for a browser.
pub(super) fn is_challenge(headers: &HeaderMap) -> bool {
    headers.get("cf-mitigated").is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"challenge"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_bytes(value.as_bytes()).expect(value))).collect()
    }

    #[test]
    fn dates_of_all_three_forms_are_read() {
        for date in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(http_date(date).map(|moment| moment.to_string()).as_deref(), Some("1994-11-06T08:49:37Z"), "{date}");
        }
        assert_eq!(http_date("soon"), None);
        assert_eq!(http_date("Sunday, 22-Nov-26 10:00:00 GMT").map(|moment| moment.to_string()).as_deref(), Some("2026-11-22T10:00:00Z"));
    }

    #[test]
    fn validators_go_back_as_they_came() {
        let odd = b"W/\"caf\xe9 , \\\" \xff\"".to_vec();
        let known = Validators { etag: Some(odd.clone()), last_modified: Some(b"yesterday, I think".to_vec()) };
        let sent = of_request("x", false, &known).expect("headers");
        assert_eq!(sent[IF_NONE_MATCH].as_bytes(), odd);
        assert_eq!(sent[IF_MODIFIED_SINCE].as_bytes(), b"yesterday, I think");
    }

    #[test]
    fn a_validator_that_cannot_be_sent_is_left_out() {
        let known = Validators { etag: Some(b"a\r\nX: y".to_vec()), last_modified: None };
        assert!(!of_request("x", false, &known).expect("headers").contains_key(IF_NONE_MATCH));
        assert_eq!(of_request("a\nb", false, &Validators::default()), Err(FetchError::UserAgent));
    }

    #[test]
    fn a_whole_answer_replaces_both_validators_and_a_304_only_what_it_names() {
        let known = Validators { etag: Some(b"old".to_vec()), last_modified: Some(b"then".to_vec()) };
        let named = headers(&[("etag", "new")]);
        assert_eq!(validators(&named), Validators { etag: Some(b"new".to_vec()), last_modified: None });
        assert_eq!(renewed_validators(&named, &known), Validators { etag: Some(b"new".to_vec()), last_modified: Some(b"then".to_vec()) });
        assert_eq!(validators(&headers(&[("etag", &"x".repeat(5000))])), Validators::default());
    }

    #[test]
    fn both_forms_of_retry_after_are_read() {
        let check = |pairs: &[(&'static str, &str)], expected: Option<i64>| {
            let now = Timestamp::from_second(1_795_348_800 + 1800).ok();
            assert_eq!(retry_after(&headers(pairs), now).map(|wait| wait.as_secs()), expected, "{pairs:?}");
        };
        let date = ("date", "Sun, 22 Nov 2026 12:00:00 GMT");
        check(&[("retry-after", "120")], Some(120));
        check(&[("retry-after", "99999999999999999999999")], Some(i64::MAX));
        check(&[date, ("retry-after", "Sun, 22 Nov 2026 13:00:00 GMT")], Some(3600));
        check(&[date, ("retry-after", "Sun, 22 Nov 2026 11:00:00 GMT")], None);
        check(&[("retry-after", "Sun, 22 Nov 2026 13:00:00 GMT")], Some(1800));
        check(&[date, ("retry-after", "soon")], None);
        check(&[("retry-after", "")], None);
        check(&[], None);
    }

    #[test]
    fn how_long_an_answer_stays_new_is_read() {
        let check = |pairs: &[(&'static str, &str)], expected: Option<i64>| {
            let now = Timestamp::from_second(1_795_348_800).ok();
            let headers = headers(pairs);
            assert_eq!(fresh_for(&headers, max_age(&headers, None), now).map(|wait| wait.as_secs()), expected, "{pairs:?}");
        };
        let expires = ("expires", "Sun, 22 Nov 2026 15:00:00 GMT");
        check(&[("cache-control", "max-age=7200")], Some(7200));
        check(&[("cache-control", "public, Max-Age=\"7200\"")], Some(7200));
        check(&[("cache-control", "max-age=7200"), ("age", "200")], Some(7000));
        check(&[("cache-control", "max-age=7200"), ("age", "9000")], None);
        check(&[("cache-control", "max-age=99999999999999999999")], Some(i64::MAX));
        check(&[("cache-control", "s-maxage=7200")], None);
        check(&[("cache-control", "max-age=7200, no-cache")], None);
        check(&[("cache-control", "no-store"), expires], None);
        check(&[("cache-control", "max-age=0"), expires], None);
        check(&[expires], Some(3 * 3600));
        check(&[expires, ("date", "Sun, 22 Nov 2026 14:00:00 GMT")], Some(3600));
        check(&[expires, ("date", "Sun, 22 Nov 2026 16:00:00 GMT")], None);
        check(&[("expires", "0")], None);
        check(&[], None);
    }

    #[test]
    fn what_a_304_does_not_name_stays_in_force() {
        let check = |pairs: &[(&'static str, &str)], known: Option<i64>, expected: (Option<i64>, Option<i64>)| {
            let (now, headers) = (Timestamp::from_second(1_795_348_800).ok(), headers(pairs));
            let max_age = max_age(&headers, known.map(SignedDuration::from_secs));
            let told = (max_age, fresh_for(&headers, max_age, now));
            assert_eq!((told.0.map(|wait| wait.as_secs()), told.1.map(|wait| wait.as_secs())), expected, "{pairs:?} {known:?}");
        };
        check(&[], Some(7200), (Some(7200), Some(7200)));
        check(&[], None, (None, None));
        check(&[("age", "200")], Some(7200), (Some(7200), Some(7000)));
        check(&[("expires", "Sun, 22 Nov 2026 15:00:00 GMT")], Some(7200), (Some(7200), Some(7200)));
        check(&[("cache-control", "max-age=60")], Some(7200), (Some(60), Some(60)));
        check(&[("cache-control", "public")], Some(7200), (None, None));
        check(&[("cache-control", "no-cache")], Some(7200), (None, None));
    }

    #[test]
    fn codings_come_in_order() {
        let check = |value: &str, expected: &[&str]| assert_eq!(codings(&headers(&[("content-encoding", value)])), expected, "{value}");
        check("gzip", &["gzip"]);
        check("GZIP, br", &["gzip", "br"]);
        check("identity, ,", &[]);
    }

    #[test]
    fn a_redirect_leads_somewhere_or_nowhere() {
        let from = Url::parse("https://news.example/a/feed?x=1").expect("an address");
        let check = |to: &str, expected: Option<&str>| {
            assert_eq!(location(&headers(&[("location", to)]), &from).as_ref().map(Url::as_str), expected, "{to}");
        };
        check("../b", Some("https://news.example/b"));
        check("//other.example/", Some("https://other.example/"));
        check("/é", Some("https://news.example/%C3%A9"));
        check("", None);
        check("http://[nonsense", None);
    }
}
