//! Reveals the secrets of feeds when they are asked, once each while matins runs; one that cannot be had, once a refresh.
//! Nothing here prints, logs or stores them.

use futures_util::future::BoxFuture;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::secret::{Hush, Login, Secret};
use crate::domain::section::Feed;
use crate::fetch::{FetchError, PrivateHeaders};

/// Reveals a secret, or says why not in words that do not hold it.
pub type Reveal = Arc<dyn Fn(Secret) -> BoxFuture<'static, Result<String, String>> + Send + Sync>;

/// The secrets revealed so far, and why others could not be.
pub(super) struct Keyring {
    reveal: Reveal,
    known: Mutex<HashMap<Secret, Result<String, String>>>,
    /// Held while one is revealed.
    revealing: tokio::sync::Mutex<()>,
}

impl Keyring {
    pub fn new(reveal: Reveal) -> Keyring {
        Keyring { reveal, known: Mutex::default(), revealing: tokio::sync::Mutex::default() }
    }

    /// The headers that only the feed's own server gets, and what of them it must not have us show.
    pub async fn headers(&self, feed: &Feed) -> Result<(PrivateHeaders, Hush), FetchError> {
        let (mut headers, mut hush) = (PrivateHeaders::default(), Hush::default());
        // What its address holds is no secret.
        let mut hide = |value: &str| {
            if !feed.url.contains(value) {
                hush.add(value)
            }
        };
        for (name, secret) in &feed.headers {
            let value = self.value(secret).await?;
            headers.add(name, &value)?;
            if !matches!(secret, Secret::Text(_)) {
                hide(&value);
            }
        }
        match &feed.login {
            Some(Login::Password { user, password }) => {
                let password = self.value(password).await?;
                headers.add_password(user, &password)?;
                hide(&password);
                hide(&format!("{user}:{password}"));
            }
            Some(Login::Token(token)) => {
                let token = self.value(token).await?;
                headers.add_token(&token)?;
                hide(&token);
            }
            None => {}
        }
        Ok((headers, hush))
    }

    /// The server took none of it: the next request looks again.
    pub fn forget(&self, feed: &Feed) {
        let mut known = self.known();
        let login = feed.login.iter().map(|login| match login {
            Login::Password { password, .. } => password,
            Login::Token(token) => token,
        });
        for secret in feed.headers.iter().map(|(_, value)| value).chain(login) {
            known.remove(secret);
        }
    }

    /// What could not be revealed is tried again when it is next needed.
    pub fn forget_failures(&self) {
        self.known().retain(|_, value| value.is_ok());
    }

    /// One at a time, so that a program that asks a person something asks once.
    async fn value(&self, secret: &Secret) -> Result<String, FetchError> {
        if let Secret::Text(text) = secret {
            return Ok(text.clone());
        }
        let known = self.known().get(secret).cloned();
        let value = match known {
            Some(value) => value,
            None => self.revealed(secret).await,
        };
        value.map_err(|reason| FetchError::Secret { reason })
    }

    async fn revealed(&self, secret: &Secret) -> Result<String, String> {
        let _one = self.revealing.lock().await;
        // The one before may have been for the same secret.
        let known = self.known().get(secret).cloned();
        if let Some(value) = known {
            return value;
        }
        let value = (self.reveal)(secret.clone()).await;
        self.known().insert(secret.clone(), value.clone());
        value
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Secret, Result<String, String>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
