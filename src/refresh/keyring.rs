//! Reveals the secrets of feeds when they are asked, once each while matins runs. Nothing here prints, logs or stores them.

use futures_util::future::{BoxFuture, FutureExt};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Mutex;

use crate::domain::secret::{Login, Secret};
use crate::domain::section::Feed;
use crate::fetch::{FetchError, PrivateHeaders};

/// Reveals a secret, or says why not in words that do not hold it.
pub type Reveal = Arc<dyn Fn(Secret) -> BoxFuture<'static, Result<String, String>> + Send + Sync>;

/// The secrets revealed so far.
pub(super) struct Keyring {
    reveal: Reveal,
    known: Mutex<HashMap<Secret, String>>,
}

impl Keyring {
    pub fn new(reveal: Reveal) -> Keyring {
        Keyring { reveal, known: Mutex::default() }
    }

    /// Knows no way to reveal anything.
    pub fn closed() -> Keyring {
        Keyring::new(Arc::new(|_| std::future::ready(Err("secrets cannot be read here".to_string())).boxed()))
    }

    /// The headers that only the feed's own server gets.
    pub async fn headers(&self, feed: &Feed) -> Result<PrivateHeaders, FetchError> {
        let mut headers = PrivateHeaders::default();
        for (name, value) in &feed.headers {
            headers.add(name, &self.value(value).await?)?;
        }
        match &feed.login {
            Some(Login::Password { user, password }) => headers.add_password(user, &self.value(password).await?)?,
            Some(Login::Token(token)) => headers.add_token(&self.value(token).await?)?,
            None => {}
        }
        Ok(headers)
    }

    /// The server took none of it: the next request looks again.
    pub async fn forget(&self, feed: &Feed) {
        let mut known = self.known.lock().await;
        let login = feed.login.iter().map(|login| match login {
            Login::Password { password, .. } => password,
            Login::Token(token) => token,
        });
        for secret in feed.headers.iter().map(|(_, value)| value).chain(login) {
            known.remove(secret);
        }
    }

    /// One at a time, so that a program that asks a person something asks once.
    async fn value(&self, secret: &Secret) -> Result<String, FetchError> {
        if let Secret::Text(text) = secret {
            return Ok(text.clone());
        }
        let mut known = self.known.lock().await;
        if let Some(value) = known.get(secret) {
            return Ok(value.clone());
        }
        let value = (self.reveal)(secret.clone()).await.map_err(|reason| FetchError::Secret { reason })?;
        known.insert(secret.clone(), value.clone());
        Ok(value)
    }
}
