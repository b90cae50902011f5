//! Reads the secrets of feeds from the environment and from programs such as `pass`. Never prints or keeps one.

use std::io::Read;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::FutureExt;

use crate::domain::secret::Secret;
use crate::refresh::Reveal;

/// How long a program may take, a person's answer to it included.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Between two looks at whether a program has ended that has closed its output.
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);
/// Bytes of a program's output that are read.
const LONGEST_OUTPUT: u64 = 64 * 1024;

/// Reveals secrets. Programs get no input and no way to write on the screen.
pub fn reveal() -> Reveal {
    Arc::new(|secret| {
        async move {
            match secret {
                Secret::Text(text) => Ok(text),
                Secret::Environment(name) => variable(&name),
                Secret::Command(words) => output(words, LONGEST_WAIT).await,
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

async fn output(words: Vec<String>, patience: Duration) -> Result<String, String> {
    let program = words.first().cloned().unwrap_or_default();
    let failed = |why: &str| format!("`{program}`, which the settings name for this feed's secret, {why}");
    let mut child = start(&words).map_err(|error| failed(&format!("cannot be run: {error}")))?;
    let Ok(ended) = tokio::time::timeout(patience, to_its_end(&mut child)).await else {
        let _ = child.kill();
        // whoever is killed may take its time, which holds up no thread that others need
        drop(tokio::task::spawn_blocking(move || child.wait()));
        return Err(failed(&format!("did not come to its end in {} s", patience.as_secs())));
    };
    let text = match ended {
        Ok((bytes, status)) if status.success() => String::from_utf8(bytes).map_err(|_| failed("printed what is no text in UTF-8"))?,
        _ => return Err(failed("failed")),
    };
    let line = text.lines().next().unwrap_or_default().to_string();
    if line.is_empty() { Err(failed("printed nothing")) } else { Ok(line) }
}

/// What a program prints, and how it ends, which may be long after it has closed its output.
async fn to_its_end(child: &mut Child) -> std::io::Result<(Vec<u8>, ExitStatus)> {
    let pipe = child.stdout.take();
    let reading = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        pipe.map(|pipe| pipe.take(LONGEST_OUTPUT).read_to_end(&mut bytes)).transpose().map(|_| bytes)
    });
    let bytes = reading.await??;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((bytes, status));
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
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
        assert_eq!(revealed(command(&["sh", "-c", "printf '\\377\\n'"])).await, failed("printed what is no text in UTF-8"));
        assert!(revealed(command(&["/nonexistent"])).await.is_err_and(|reason| reason.contains("cannot be run")));
        assert!(revealed(command(&[])).await.is_err());
    }

    #[tokio::test]
    async fn a_program_that_goes_on_without_an_output_is_not_waited_for() {
        let words = ["sh", "-c", "echo first; exec >&-; exec sleep 1000"].map(String::from).to_vec();
        let told = output(words, Duration::from_millis(200)).await;
        assert!(told.is_err_and(|why| why.contains("did not come to its end")));
    }
}
