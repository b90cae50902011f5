//! Opening addresses and copying texts by the programs of this machine, or through the terminal where there is no desktop.
//! Programs are started with arguments, never through a shell, and get nothing of the terminal.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::links::Events;
use crate::app::event::Event;
use crate::domain::address::is_openable;
use crate::domain::base64::base64;

/// Bytes of a text that are sent to a terminal; more is more than some take.
const MOST_SENT: usize = 50_000;
/// Where an address stands in `$BROWSER`.
const PLACE: &str = "%s";

/// What the environment says of the desktop.
#[derive(Clone, Debug, Default)]
pub struct Desktop {
    /// `$BROWSER`: programs separated by colons, with `%s` for the address or without it.
    pub browser: Option<String>,
    pub has_wayland: bool,
    pub has_x11: bool,
    /// Whether somebody sits at another machine.
    pub is_remote: bool,
    pub is_tmux: bool,
    /// `$PATH`.
    pub path: String,
}

impl Desktop {
    /// Shows an address in the first browser that can be started, and tells which; later too, when that one fails.
    pub(super) fn open(&self, url: &str, events: &Events) {
        let told = events.clone();
        let not_opened = move |url: &str, reason: String| drop(told.send(Event::AddressNotOpened { url: url.to_string(), reason }));
        if !is_openable(url) {
            return not_opened(url, "only http, https and mailto addresses are opened".into());
        }
        for words in self.browsers(url) {
            let Some((program, arguments)) = words.split_first() else { continue };
            let Ok(mut child) = start(program, arguments, Stdio::null()) else { continue };
            let name = Path::new(program).file_name().map_or(program.clone(), |name| name.to_string_lossy().into_owned());
            let _ = events.send(Event::AddressOpened { url: url.to_string(), program: name.clone() });
            let url = url.to_string();
            drop(std::thread::spawn(move || {
                if !child.wait().is_ok_and(|status| status.success()) {
                    not_opened(&url, format!("{name} could not open it"));
                }
            }));
            return;
        }
        not_opened(url, "found no browser ($BROWSER, xdg-open)".into());
    }

    /// The command lines to try, in order.
    fn browsers(&self, url: &str) -> Vec<Vec<String>> {
        let named = self.browser.iter().flat_map(|browsers| browsers.split(':')).map(|browser| command(browser, url));
        let usual: &[&str] = match (cfg!(target_os = "macos") && !self.is_remote, self.has_wayland || self.has_x11) {
            (true, _) => &["open"],
            (false, true) => &["xdg-open"],
            (false, false) => &[],
        };
        named.chain(usual.iter().map(|program| command(program, url))).filter(|words| !words.is_empty()).collect()
    }

    /// Puts a text on the clipboard and tells so; or gives the bytes for the terminal, which has the clipboard then.
    pub(super) fn copy(&self, text: &str, what: &str, events: &Events) -> Option<Vec<u8>> {
        let (what, events) = (what.to_string(), events.clone());
        let Some(words) = self.clipboard() else {
            let is_short = text.len() <= MOST_SENT;
            let event = if is_short { Event::Copied { what, is_sent: true } } else { Event::NotCopied { reason: "it is too long".into() } };
            let _ = events.send(event);
            return is_short.then(|| sent(text, self.is_tmux));
        };
        let text = text.to_string();
        drop(std::thread::spawn(move || {
            let copied = start(words[0], &words[1..], Stdio::piped()).and_then(|child| feed(child, &text));
            let _ = events.send(match copied {
                Ok(true) => Event::Copied { what, is_sent: false },
                _ => Event::NotCopied { reason: format!("{} did not take it", words[0]) },
            });
        }));
        None
    }

    /// The program that copies here; none for somebody at another machine, whose clipboard is there.
    fn clipboard(&self) -> Option<&'static [&'static str]> {
        const WAYLAND: &[&str] = &["wl-copy"];
        const X11: &[&[&str]] = &[&["xclip", "-selection", "clipboard"], &["xsel", "--clipboard", "--input"]];
        let has =
            |program: &&&[&str]| self.path.split(':').any(|folder| !folder.is_empty() && Path::new(folder).join(program[0]).is_file());
        let mac: &[&str] = &["pbcopy"];
        let known = [(cfg!(target_os = "macos"), mac), (self.has_wayland, WAYLAND), (self.has_x11, X11[0]), (self.has_x11, X11[1])];
        let usable = known.into_iter().filter(|(is_here, _)| *is_here && !self.is_remote).map(|(_, words)| words);
        usable.collect::<Vec<_>>().iter().find(has).copied()
    }
}

/// A command of `$BROWSER` as a program and its arguments, the address one of them, whatever is in it.
fn command(browser: &str, url: &str) -> Vec<String> {
    let words: Vec<&str> = browser.split_whitespace().filter(|word| *word != "&").collect();
    let has_place = words.iter().any(|word| word.contains(PLACE));
    let address = (!words.is_empty() && !has_place).then(|| url.to_string());
    words.iter().map(|word| word.trim_matches(['"', '\'']).replace(PLACE, url)).chain(address).collect()
}

/// Starts a program apart from this terminal's keys and output.
#[expect(clippy::disallowed_methods, reason = "the one place that starts programs")]
fn start(program: &str, arguments: &[impl AsRef<std::ffi::OsStr>], input: Stdio) -> std::io::Result<Child> {
    Command::new(program).args(arguments).stdin(input).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0).spawn()
}

/// Gives a program its input and waits for its end; whether that was a good one.
fn feed(mut child: Child, text: &str) -> std::io::Result<bool> {
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    Ok(child.wait()?.success())
}

/// The bytes that ask a terminal to put a text on its clipboard (OSC 52). tmux takes them for itself, and hands on those
/// that are wrapped, each if it is set to.
fn sent(text: &str, is_tmux: bool) -> Vec<u8> {
    let plain = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    let wrapped = if is_tmux { format!("\x1bPtmux;\x1b{plain}\x1b\\") } else { String::new() };
    format!("{plain}{wrapped}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_argument_whatever_is_in_it() {
        let hostile = "https://example.org/$(reboot);`x`|y&z='\"";
        let check = |browser: &str, expected: &[&str]| assert_eq!(command(browser, hostile), expected, "{browser}");
        check("firefox", &["firefox", hostile]);
        check("firefox --new-tab %s", &["firefox", "--new-tab", hostile]);
        check("firefox '%s' &", &["firefox", hostile]);
        check(" ", &[]);
    }

    #[test]
    fn browsers_are_tried_in_order_and_only_where_they_can_be_seen() {
        let check = |desktop: Desktop, expected: &[&str]| {
            let programs: Vec<String> = desktop.browsers("https://e.example/").into_iter().map(|words| words[0].clone()).collect();
            assert_eq!(programs, expected);
        };
        check(Desktop::default(), &[]);
        check(Desktop { browser: Some("a:b %s".into()), has_x11: true, ..Desktop::default() }, &["a", "b", "xdg-open"]);
        check(Desktop { has_wayland: true, ..Desktop::default() }, &["xdg-open"]);
    }

    #[test]
    fn a_terminal_is_sent_what_it_cannot_misread() {
        assert_eq!(sent("f", false), b"\x1b]52;c;Zg==\x07");
        assert_eq!(sent("f", true), b"\x1b]52;c;Zg==\x07\x1bPtmux;\x1b\x1b]52;c;Zg==\x07\x1b\\");
    }

    #[test]
    fn somebody_elsewhere_copies_through_the_terminal() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("xclip"), "").expect("a program");
        let here = Desktop { has_x11: true, path: folder.path().display().to_string(), ..Desktop::default() };
        assert_eq!(here.clipboard().map(|words| words[0]), Some("xclip"));
        assert_eq!(Desktop { is_remote: true, ..here.clone() }.clipboard(), None);
        assert_eq!(Desktop { has_x11: false, ..here }.clipboard(), None);
    }
}
