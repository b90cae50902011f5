//! Replacing a file by a new text so that at every moment either the old or the new one is whole on the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// Names tried for the new file before it takes the old one's place.
const NAMES_TRIED: u32 = 100;
/// Links followed from a file's name to the file.
const MOST_LINKS: usize = 20;

/// Writes beside the file and puts it in its place. A link stays a link; the mode of a file that is there stays.
///
/// # Errors
/// When the folder cannot be made or written into; the old file is as it was.
pub fn replace(path: &Path, text: &str) -> Result<()> {
    let target = behind_links(path)?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let (beside, file) = create_beside(&target)?;
    let written = write(file, &target, text).and_then(|()| fs::rename(&beside, &target));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written?;
    File::open(folder)?.sync_all()
}

fn write(mut file: File, target: &Path, text: &str) -> Result<()> {
    if let Ok(old) = fs::metadata(target) {
        file.set_permissions(old.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn behind_links(path: &Path) -> Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(to) => path = path.parent().unwrap_or(Path::new("")).join(to),
            Err(_) => return Ok(path),
        }
    }
    Err(std::io::Error::other("its links lead in a circle"))
}

fn create_beside(target: &Path) -> Result<(PathBuf, File)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for number in 0..NAMES_TRIED {
        let beside = target.with_file_name(format!(".{name}.new{}-{number}", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(std::io::Error::other("files of earlier attempts are in the way"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_link_stays_a_link_and_the_mode_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("dotfiles")).expect("made");
        fs::write(path("dotfiles/feeds.toml"), "old").expect("written");
        fs::set_permissions(path("dotfiles/feeds.toml"), fs::Permissions::from_mode(0o640)).expect("set");
        symlink("dotfiles/feeds.toml", path("feeds.toml")).expect("linked");
        replace(&path("feeds.toml"), "new").expect("replaced");
        assert_eq!(fs::read_to_string(path("dotfiles/feeds.toml")).expect("read"), "new");
        assert_eq!(fs::metadata(path("dotfiles/feeds.toml")).expect("there").permissions().mode() & 0o777, 0o640);
        assert!(path("feeds.toml").is_symlink());
        assert_eq!(fs::read_dir(path("dotfiles")).expect("read").count(), 1);
    }

    #[test]
    fn what_cannot_be_written_leaves_the_old_file_and_nothing_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("feeds.toml")).expect("made");
        assert!(replace(&folder.path().join("feeds.toml"), "new").is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1);
        symlink("round", folder.path().join("round")).expect("linked");
        assert!(replace(&folder.path().join("round"), "new").is_err());
    }
}
