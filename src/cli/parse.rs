//! `matins parse`: one feed document, normalised, as JSON. Needs no store, no settings and no network.

use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::Context;

use super::Exit;
use crate::sources::{self, RawFeed};

/// What to read, and what is known of it.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The document, or - for standard input
    file: PathBuf,
    /// The document's address, which relative links are resolved against
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The Content-Type that the server sent
    #[arg(long, value_name = "TYPE")]
    content_type: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    keep_caught_panics_quiet();
    let name = if is_standard_input(arguments) { "standard input".to_string() } else { arguments.file.display().to_string() };
    let body = body(arguments).with_context(|| format!("could not read {name}"))?;
    let raw = RawFeed { body: &body, content_type: arguments.content_type.as_deref(), base_url: arguments.base_url.as_deref() };
    let feed = sources::read(raw).with_context(|| name.escape_default().to_string())?;
    let mut json = serde_json::to_string_pretty(&feed)?;
    json.push('\n');
    std::io::stdout().lock().write_all(json.as_bytes())?;
    Ok(Exit::Done)
}

fn is_standard_input(arguments: &Arguments) -> bool {
    arguments.file.as_os_str() == "-"
}

fn body(arguments: &Arguments) -> std::io::Result<Vec<u8>> {
    if !is_standard_input(arguments) {
        return std::fs::read(&arguments.file);
    }
    let mut body = Vec::new();
    std::io::stdin().lock().read_to_end(&mut body)?;
    Ok(body)
}

/// A panic that the reading of feeds catches is no news; every other is told as ever.
fn keep_caught_panics_quiet() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !sources::is_guarded() {
            tell(panic);
        }
    }));
}
