//! A commented start for one's own files. Never touches a file that is there.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use super::Paths;
use crate::assets;

/// How to use the start.
const ADVICE: &str = "# To set something, take away the # before it and the # before the [section] that it stands below.\n#\n";

/// The shipped settings with every line commented out: `#measure = 72` is a setting, `# Words` is a comment.
pub fn commented_settings() -> String {
    let comment = |line: &str| match line {
        "" => "\n".to_string(),
        line if line.starts_with('#') => format!("{line}\n"),
        line => format!("#{line}\n"),
    };
    std::iter::once(ADVICE.to_string()).chain(assets::SETTINGS.lines().map(comment)).collect()
}

/// Writes the files that are not there yet; each with whether it was written.
///
/// # Errors
/// When the folder cannot be made or a file cannot be written, with its path.
pub fn write_start(paths: &Paths) -> Result<Vec<(PathBuf, bool)>, (PathBuf, std::io::Error)> {
    std::fs::create_dir_all(&paths.config_dir).map_err(|error| (paths.config_dir.clone(), error))?;
    let files = [(paths.settings_file(), commented_settings()), (paths.feeds_file(), assets::FEEDS.to_string())];
    files
        .into_iter()
        .map(|(path, text)| write_new(&path, &text).map(|is_new| (path.clone(), is_new)).map_err(|error| (path, error)))
        .collect()
}

fn write_new(path: &std::path::Path, text: &str) -> std::io::Result<bool> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map(|()| true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_says_every_setting_and_sets_none() {
        let start = commented_settings();
        assert!(start.lines().all(|line| line.is_empty() || line.starts_with('#')), "{start}");
        let uncommented: String = start
            .lines()
            .map(|line| if line.starts_with("# ") { line } else { line.trim_start_matches('#') })
            .flat_map(|line| [line, "\n"])
            .collect();
        assert_eq!(uncommented.parse::<toml::Table>(), assets::SETTINGS.parse::<toml::Table>());
    }

    #[test]
    fn files_that_are_there_stay_as_they_are() {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = Paths { config_dir: folder.path().join("a/b"), data_dir: folder.path().into() };
        let written = |paths| write_start(paths).expect("written").into_iter().map(|(_, is_new)| is_new).collect::<Vec<_>>();
        std::fs::create_dir_all(&paths.config_dir).expect("made");
        std::fs::write(paths.settings_file(), "mine").expect("written");
        assert_eq!(written(&paths), [false, true]);
        assert_eq!(written(&paths), [false, false]);
        assert_eq!(std::fs::read_to_string(paths.settings_file()).expect("read"), "mine");
    }
}
