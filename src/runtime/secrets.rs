//! Reads the secrets of feeds from the environment and from programs such as `pass`. Never prints or keeps one.

use std::io::Read;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::FutureExt;

use crate::domain::secret::Secret;
use crate::refresh::Reveal;

/// How long a program may take, a person's answer to it included.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Bytes of a program's output that are read.
const LONGEST_OUTPUT: u64 = 64 * 1024;

/// Reveals secrets. Programs get no input and no way to write on the screen.
pub fn reveal() -> Reveal {
    Arc::new(|secret| {
        async move {
            match secret {
                Secret::Text(text) => Ok(text),
                Secret::Environment(name) => variable(&name),
                Secret::Command(words) => output(words).await,
            }
        }
        .boxed()
    })
}

#[expect(clippy::disallowed_methods, reason = "a feed's secret may be kept in the environment")]
fn variable(name: &str) -> Result<String, String> {
    let missing = || format!("the environment has no {name}, which the settings name for this feed; set it and start matins again");
    std::env::var(name).ok().filter(|value| !value.is_empty()).ok_or_else(missing)
}

async fn output(words: Vec<String>) -> Result<String, String> {
    let program = words.first().cloned().unwrap_or_default();
    let failed = |why: &str| format!("`{program}`, which the settings name for this feed's secret, {why}");
    let mut child = start(&words).map_err(|error| failed(&format!("cannot be run: {error}")))?;
    let pipe = child.stdout.take();
    let reading = tokio::task::spawn_blocking(move || {
        let mut text = String::new();
        pipe.map(|pipe| pipe.take(LONGEST_OUTPUT).read_to_string(&mut text)).transpose().map(|_| text)
    });
    let read = tokio::time::timeout(LONGEST_WAIT, reading).await;
    let Ok(Ok(Ok(text))) = read else {
        let _ = child.kill().and_then(|()| child.wait().map(drop));
        return Err(failed(&format!("gave no text in {} s", LONGEST_WAIT.as_secs())));
    };
    match child.wait() {
        Ok(status) if status.success() => {}
        _ => return Err(failed("failed")),
    }
    let line = text.lines().next().unwrap_or_default().to_string();
    if line.is_empty() { Err(failed("printed nothing")) } else { Ok(line) }
}

#[expect(clippy::disallowed_methods, reason = "a feed's secret may be kept by a program")]
fn start(words: &[String]) -> std::io::Result<Child> {
    let (program, arguments) = words.split_first().ok_or(std::io::ErrorKind::InvalidInput)?;
    std::process::Command::new(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn revealed(secret: Secret) -> Result<String, String> {
        reveal()(secret).await
    }

    fn command(words: &[&str]) -> Secret {
        Secret::Command(words.iter().map(ToString::to_string).collect())
    }

    #[tokio::test]
    async fn secrets_come_from_the_environment_and_from_programs() {
        assert!(revealed(Secret::Environment("PATH".into())).await.is_ok_and(|path| !path.is_empty()));
        let missing = "the environment has no MATINS_NO_SUCH, which the settings name for this feed; set it and start matins again";
        assert_eq!(revealed(Secret::Environment("MATINS_NO_SUCH".into())).await, Err(missing.into()));
        assert_eq!(revealed(command(&["sh", "-c", "echo first; echo second"])).await, Ok("first".into()));
        let failed = |why: &str| Err(format!("`sh`, which the settings name for this feed's secret, {why}"));
        assert_eq!(revealed(command(&["sh", "-c", "echo hush; exit 1"])).await, failed("failed"));
        assert_eq!(revealed(command(&["sh", "-c", "true"])).await, failed("printed nothing"));
        assert!(revealed(command(&["/nonexistent"])).await.is_err_and(|reason| reason.contains("cannot be run")));
        assert!(revealed(command(&[])).await.is_err());
    }
}
