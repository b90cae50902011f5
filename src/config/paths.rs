//! Where settings and the store are. Looks at the platform's folders only for what was not given.

use std::path::{Path, PathBuf};

use crate::domain::clean_text::CleanText;

/// The two folders of one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    pub config_dir: PathBuf,
    pub data_dir: PathBuf,
}

/// Why there are no folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathsError {
    #[error("this user has no home folder: say where to keep things with --config DIR and --data DIR")]
    NoHome,
}

impl Paths {
    /// The folders given, else the platform's own. An empty path counts as not given.
    ///
    /// # Errors
    /// When a folder is not given and the user has no home folder.
    pub fn find(config: Option<PathBuf>, data: Option<PathBuf>) -> Result<Paths, PathsError> {
        find_with(config, data, || {
            let folders = directories::ProjectDirs::from("", "", "matins")?;
            Some((folders.config_dir().to_path_buf(), folders.data_dir().to_path_buf()))
        })
    }

    pub fn settings_file(&self) -> PathBuf {
        self.config_dir.join("settings.toml")
    }

    pub fn feeds_file(&self) -> PathBuf {
        self.config_dir.join("feeds.toml")
    }

    pub fn store_file(&self) -> PathBuf {
        self.data_dir.join("matins.db")
    }
}

/// A path as it may be printed: no byte of it acts on a terminal.
pub fn printable(path: &Path) -> String {
    CleanText::preformatted(&path.to_string_lossy()).replace('\n', "?")
}

fn find_with(
    config: Option<PathBuf>,
    data: Option<PathBuf>,
    platform: impl FnOnce() -> Option<(PathBuf, PathBuf)>,
) -> Result<Paths, PathsError> {
    let given = |path: Option<PathBuf>| path.filter(|path| !path.as_os_str().is_empty());
    match (given(config), given(data)) {
        (Some(config_dir), Some(data_dir)) => Ok(Paths { config_dir, data_dir }),
        (config, data) => {
            let (own_config, own_data) = platform().ok_or(PathsError::NoHome)?;
            Ok(Paths { config_dir: config.unwrap_or(own_config), data_dir: data.unwrap_or(own_data) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(config: Option<&str>, data: Option<&str>, platform: Option<(&str, &str)>) -> Result<Paths, PathsError> {
        find_with(config.map(PathBuf::from), data.map(PathBuf::from), || platform.map(|(config, data)| (config.into(), data.into())))
    }

    #[test]
    fn what_is_given_replaces_the_platforms_folders() {
        let check = |config, data, expected: (&str, &str)| {
            let expected = Paths { config_dir: expected.0.into(), data_dir: expected.1.into() };
            assert_eq!(find(config, data, Some(("/own/c", "/own/d"))), Ok(expected));
        };
        check(None, None, ("/own/c", "/own/d"));
        check(Some("/c"), None, ("/c", "/own/d"));
        check(None, Some("/d"), ("/own/c", "/d"));
        check(Some(""), Some(""), ("/own/c", "/own/d"));
    }

    #[test]
    fn without_a_home_folder_both_must_be_given() {
        assert_eq!(find(None, None, None), Err(PathsError::NoHome));
        assert_eq!(find(Some("/c"), None, None), Err(PathsError::NoHome));
        assert_eq!(find(None, Some("/d"), None), Err(PathsError::NoHome));
        assert!(find(Some("/c"), Some("/d"), None).is_ok());
    }

    #[test]
    fn a_path_is_printed_without_what_acts_on_a_terminal() {
        assert_eq!(printable(Path::new("/a  b/\u{1b}[31m\nc")), "/a  b/?c");
    }
}
