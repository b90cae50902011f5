//! Headers that are for the feed's own server only: what its settings say, a name and password, a token. They are never
//! shown, and never sent anywhere else.

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use super::error::{FetchError, quote};
use crate::domain::base64::base64;

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

#[cfg(test)]
mod tests {
    use super::*;

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
