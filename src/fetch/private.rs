//! Headers that are for the feed's own server only: what its settings say, a name and password, a token. They are never
//! shown, and never sent anywhere else.

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use super::error::{FetchError, quote};

/// Headers for one server. Values are not shown by `Debug`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivateHeaders(HeaderMap);

impl PrivateHeaders {
    /// # Errors
    /// When the name or the value cannot be sent; only the name is told.
    pub fn add(&mut self, name: &str, value: &str) -> Result<(), FetchError> {
        let refused = || FetchError::Header { name: quote(name) };
        let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
        let mut value = HeaderValue::from_str(value).map_err(|_| refused())?;
        value.set_sensitive(true);
        self.0.insert(key, value);
        Ok(())
    }

    /// Basic authentication (RFC 7617).
    pub fn add_password(&mut self, user: &str, password: &str) -> Result<(), FetchError> {
        self.add(AUTHORIZATION.as_str(), &format!("Basic {}", base64(format!("{user}:{password}").as_bytes())))
    }

    /// Bearer authentication (RFC 6750).
    pub fn add_token(&mut self, token: &str) -> Result<(), FetchError> {
        self.add(AUTHORIZATION.as_str(), &format!("Bearer {token}"))
    }

    /// Lays them over the headers of a request to their server.
    pub(super) fn over(&self, mut headers: HeaderMap) -> HeaderMap {
        for (name, value) in &self.0 {
            headers.insert(name, value.clone());
        }
        headers
    }
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let number = (0..3).fold(0u32, |number, place| number << 8 | u32::from(chunk.get(place).copied().unwrap_or(0)));
        for place in 0..4 {
            let digit = DIGITS[(number >> (18 - 6 * place)) as usize & 63];
            out.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_as_the_rfc_has_it() {
        let check = |plain: &str, expected: &str| assert_eq!(base64(plain.as_bytes()), expected);
        check("", "");
        check("f", "Zg==");
        check("fo", "Zm8=");
        check("foo", "Zm9v");
        check("foob", "Zm9vYg==");
        check("fooba", "Zm9vYmE=");
        check("foobar", "Zm9vYmFy");
        check("me:ünï", "bWU6w7xuw68=");
    }

    #[test]
    fn no_value_is_ever_shown() {
        let mut headers = PrivateHeaders::default();
        headers.add("X-Key", "hush").expect("a header");
        headers.add_password("me", "hush").expect("a password");
        let error = headers.add("X-Other", "hu\nsh").expect_err("no header");
        headers.add("no name", "hush").expect_err("no name");
        let shown = format!("{headers:?} {error:?} {error}");
        assert!(!shown.contains("hu") && !shown.contains("bWU6"), "{shown}");
    }
}
