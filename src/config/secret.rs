//! Headers, passwords and tokens of a feed: where they are kept. A password in the settings themselves is refused, and no
//! message quotes one.

use toml::de::{DeTable, DeValue};

use super::report::{Entry, Report, entries};
use super::value;
use crate::domain::secret::{Login, Secret};

/// Headers of one feed; more are a mistake.
const MOST_HEADERS: usize = 20;
/// Headers that are the program's own business: with others, answers would be misread.
const OWN_HEADERS: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "if-modified-since",
    "if-none-match",
    "range",
    "te",
    "transfer-encoding",
    "upgrade",
];
const EXAMPLE: &str = "{ env = \"NAME\" } or { command = [\"pass\", \"show\", \"news\"] }";

/// What a feed says of who asks.
#[derive(Default)]
pub(super) struct LoginParts {
    pub user: Option<String>,
    pub password: Option<Secret>,
    pub token: Option<Secret>,
}

impl LoginParts {
    pub fn join(self) -> Result<Option<Login>, String> {
        match (self.user, self.password, self.token) {
            (None, None, None) => Ok(None),
            (Some(user), Some(password), None) if !user.contains(':') => Ok(Some(Login::Password { user, password })),
            (None, None, Some(token)) => Ok(Some(Login::Token(token))),
            (Some(_), Some(_), None) => Err("`user` must be without a colon".into()),
            (_, _, Some(_)) => Err("this feed has a `token` and a `user` or `password`; one way to log in is enough".into()),
            _ => Err(format!("`user` and `password` belong together; write password = {EXAMPLE}")),
        }
    }
}

/// A secret that is kept elsewhere.
pub(super) fn kept(value: &DeValue) -> Result<Secret, String> {
    let wanted = || format!("must say where it is kept: {EXAMPLE}; it does not belong in this file");
    let DeValue::Table(table) = value else { return Err(wanted()) };
    let mut entries = entries(table).into_iter();
    let (Some(entry), None) = (entries.next(), entries.next()) else { return Err(wanted()) };
    match (entry.key, entry.value) {
        ("env", DeValue::String(name)) if is_name(name) => Ok(Secret::Environment(name.to_string())),
        ("command", DeValue::Array(words)) if !words.is_empty() => {
            let words: Option<Vec<String>> = words.iter().map(|word| word.get_ref().as_str().map(str::to_string)).collect();
            words.map(Secret::Command).ok_or_else(wanted)
        }
        _ => Err(wanted()),
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(['=', '\0'])
}

/// More headers for the feed's server, by name.
pub(super) fn headers(entry: &Entry, report: &mut Report) -> Vec<(String, Secret)> {
    let DeValue::Table(table) = entry.value else {
        report.tell(&entry.at, "`headers` must be a table like { \"Accept-Language\" = \"fr\" }");
        return Vec::new();
    };
    read(table, report)
}

fn read(table: &DeTable, report: &mut Report) -> Vec<(String, Secret)> {
    let mut headers = Vec::new();
    for (number, entry) in entries(table).iter().enumerate() {
        if number == MOST_HEADERS {
            report.tell(&entry.at, format!("more than {MOST_HEADERS} headers for one feed; the rest is left out"));
            break;
        }
        match header(entry) {
            Ok(secret) => headers.push((entry.key.to_string(), secret)),
            Err(wrong) => report.tell(&entry.at, wrong),
        }
    }
    headers
}

fn header(entry: &Entry) -> Result<Secret, String> {
    let name = super::report::shortened(entry.key);
    let is_token =
        !entry.key.is_empty() && entry.key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    if !is_token || OWN_HEADERS.contains(&entry.key.to_ascii_lowercase().as_str()) {
        return Err(format!("the header `{name}` cannot be set; leave it out"));
    }
    match entry.value {
        // Not `value::header`'s message, which would quote the value.
        DeValue::String(_) => value::header(entry.value)
            .map(Secret::Text)
            .map_err(|_| format!("the header `{name}` must be of plain letters, digits and signs (ASCII)")),
        value => kept(value).map_err(|wrong| format!("the header `{name}` {wrong}")),
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{feeds_toml, parse};
    use crate::domain::secret::{Login, Secret};
    use crate::domain::section::Feed;

    fn read(options: &str) -> (Feed, String) {
        let text = format!("[[section]]\nname = \"A\"\nfeeds = [{{ url = \"https://a.example/\", {options} }}]\n");
        let config = parse(None, Some(("f", &text)));
        let again = parse(None, Some(("f", &feeds_toml(&config.paper))));
        assert_eq!(again.paper, config.paper, "{options}");
        let told = config.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>().join("\n");
        (config.paper.sections[0].feeds[0].clone(), told)
    }

    #[test]
    fn secrets_are_named_not_written() {
        let env = |name: &str| Secret::Environment(name.into());
        let login = |options: &str| read(options).0.login;
        let password = Login::Password { user: "me".into(), password: env("PW") };
        assert_eq!(login("user = \"me\", password = { env = \"PW\" }"), Some(password));
        let command = Secret::Command(vec!["pass".into(), "show".into(), "x".into()]);
        assert_eq!(login("token = { command = [\"pass\", \"show\", \"x\"] }"), Some(Login::Token(command)));
        let headers = read("headers = { \"X-Key\" = { env = \"KEY\" }, \"Accept-Language\" = \"fr\" }").0.headers;
        assert_eq!(headers, [("X-Key".into(), env("KEY")), ("Accept-Language".into(), Secret::Text("fr".into()))]);
    }

    #[test]
    fn headers_have_an_end_and_say_so() {
        let (feed, told) = read(&format!("headers = {{ {} }}", (0..22).map(|n| format!("X-{n} = \"a\"")).collect::<Vec<_>>().join(", ")));
        assert_eq!((feed.headers.len(), told.as_str()), (20, "more than 20 headers for one feed; the rest is left out"));
    }

    #[test]
    fn mistakes_are_told_without_the_secret() {
        let check = |options: &str, expected: &str| {
            let (feed, told) = read(options);
            assert!(told.contains(expected) && !told.contains("hush"), "{options}: {told}");
            assert_eq!((feed.login, feed.headers), (None, Vec::new()), "{options}");
        };
        check("password = \"hush\", user = \"me\"", "`password` must say where it is kept");
        check("token = \"hush\"", "`token` must say where it is kept");
        check("token = { env = \"\" }", "`token` must say where it is kept");
        check("token = { command = [] }", "`token` must say where it is kept");
        check("token = { command = [\"pass\", 1] }", "`token` must say where it is kept");
        check("token = { env = \"A\", command = [\"b\"] }", "`token` must say where it is kept");
        check("user = \"me\"", "`user` and `password` belong together");
        check("user = \"m:e\", password = { env = \"A\" }", "without a colon");
        check("user = \"me\", password = { env = \"A\" }, token = { env = \"B\" }", "one way to log in");
        check("headers = { Host = \"hush\" }", "the header `Host` cannot be set");
        check("headers = { \"If-None-Match\" = \"hush\" }", "the header `If-None-Match` cannot be set");
        check("headers = { \"a b\" = \"hush\" }", "the header `a b` cannot be set");
        check("headers = { \"X-Key\" = \"hush\\n\" }", "the header `X-Key` must be of plain letters");
        check("headers = \"hush\"", "`headers` must be a table");
    }
}
