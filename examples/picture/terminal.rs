//! Runs a program in a pseudo-terminal of a given size, presses keys and says what it shows.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::{Context, bail};
use matins::app::key::{Key, KeyCode, sequence};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use vt100::{Parser, Screen};

/// Silence after which the first screen is whole: longer than the slowest feed of the sample takes.
const SETTLED: Duration = Duration::from_secs(4);
/// Silence after which a key has been answered.
const ANSWERED: Duration = Duration::from_millis(400);

/// Columns and rows.
pub type Size = (u16, u16);

/// What a program shows after the keys.
pub fn play((cols, rows): Size, mut command: CommandBuilder, keys: &str) -> anyhow::Result<Screen> {
    let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 })?;
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env_remove("NO_COLOR");
    let mut child = pair.slave.spawn_command(command).context("the program that is drawn cannot be started")?;
    drop(pair.slave);
    let (output, mut keyboard) = (listen(pair.master.try_clone_reader()?), pair.master.take_writer()?);
    let mut parser = empty((cols, rows))?;
    watch(&output, SETTLED, &mut parser);
    let keys = if keys.is_empty() { Vec::new() } else { sequence(keys).map_err(anyhow::Error::msg)? };
    for key in keys {
        keyboard.write_all(&bytes(key)?)?;
        watch(&output, ANSWERED, &mut parser);
    }
    child.kill()?;
    child.wait()?;
    Ok(parser.screen().clone())
}

/// A screen with a text on it.
pub fn shown(size: Size, text: &str) -> anyhow::Result<Screen> {
    let mut parser = empty(size)?;
    parser.process(text.trim_end().replace('\n', "\r\n").as_bytes());
    Ok(parser.screen().clone())
}

fn empty((cols, rows): Size) -> anyhow::Result<Parser> {
    let one_based = |size| NonZero::new(size).context("a size is at least 1x1");
    Ok(Parser::new(one_based(rows)?, one_based(cols)?, 0))
}

/// What the program writes, as it comes.
fn listen(mut output: Box<dyn Read + Send>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            if sender.send(bytes[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Shows what comes until there is silence.
fn watch(output: &Receiver<Vec<u8>>, silence: Duration, parser: &mut Parser) {
    while let Ok(bytes) = output.recv_timeout(silence) {
        parser.process(&bytes);
    }
}

/// What a terminal sends for a key.
fn bytes(key: Key) -> anyhow::Result<Vec<u8>> {
    Ok(match key.code {
        KeyCode::Char(c) if key.is_ctrl => vec![u8::try_from(c)? & 0x1f],
        KeyCode::Char(c) => c.to_string().into_bytes(),
        KeyCode::Enter => b"\r".to_vec(),
        KeyCode::Esc => b"\x1b".to_vec(),
        KeyCode::Tab => b"\t".to_vec(),
        KeyCode::BackTab => b"\x1b[Z".to_vec(),
        _ => bail!("`{key}` cannot be pressed here"),
    })
}
