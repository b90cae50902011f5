//! Reading a file of the person's own from disk: whatever is wrong with it is a mistake to be told, never a failure.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::paths::printable;
use crate::domain::settings::Problem;

/// The largest file that is read; the shipped ones have a few kB, a list of ten thousand feeds one MB.
pub(super) const LARGEST_FILE: u64 = 4_000_000;

/// The text of a file, nothing when it is not there. `instead` says what is in force when it cannot be read. Of one that is not
/// UTF-8 all else is right, perhaps.
pub(super) fn read(path: &Path, instead: &str) -> (Option<String>, Option<Problem>) {
    let (line, message) = match bytes(path) {
        Ok(None) => return (None, None),
        Ok(Some(bytes)) if bytes.len() as u64 > LARGEST_FILE => (0, format!("larger than {} MB", LARGEST_FILE / 1_000_000)),
        Ok(Some(bytes)) => match String::from_utf8(bytes) {
            Ok(text) => return (Some(text), None),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let line = 1 + error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count();
                let message = "not UTF-8; save it in that encoding".to_string();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                return (Some(text), Some(Problem { file: printable(path), line, message }));
            }
        },
        Err(error) if error.kind() == ErrorKind::NotADirectory => (0, "cannot be read: what should be its folder is a file".into()),
        Err(error) => (0, format!("cannot be read: {error}")),
    };
    (None, Some(Problem { file: printable(path), line, message: format!("{message}; until that is mended, {instead}") }))
}

fn bytes(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    match path.metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound && path.is_symlink() => {
            return Err(std::io::Error::other("it is a link to a file that is not there"));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
        // a pipe would keep us waiting, a device never end
        Ok(metadata) if !metadata.is_file() => return Err(std::io::Error::other("it is not a file")),
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let check = |name: &str, bytes: &[u8], expected: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).expect("written");
            let (text, problem) = read(&path, "the old one is in force");
            let told = problem.map(|problem| problem.to_string().replace(&format!("{}/", folder.path().display()), ""));
            assert_eq!((text, told.as_deref()), (None, Some(expected)), "{name}");
        };
        std::fs::write(folder.path().join("latin"), b"a = 1\n# caf\xe9\n").expect("written");
        let (text, problem) = read(&folder.path().join("latin"), "x");
        let told = problem.map(|problem| (problem.line, problem.message));
        assert_eq!((text.as_deref(), told), (Some("a = 1\n# caf\u{fffd}\n"), Some((2, "not UTF-8; save it in that encoding".into()))));
        check("huge", &vec![b' '; 4_000_001], "huge: larger than 4 MB; until that is mended, the old one is in force");
        let (text, problem) = read(folder.path(), "x");
        assert_eq!(text, None);
        assert!(problem.expect("a problem").message.starts_with("cannot be read: it is not a file"));
        std::os::unix::fs::symlink("/absent", folder.path().join("link")).expect("a link");
        let (text, problem) = read(&folder.path().join("link"), "x");
        assert_eq!(text, None);
        assert!(problem.expect("a problem").message.starts_with("cannot be read: it is a link to a file that is not there"));
        let (text, problem) = read(&folder.path().join("latin/below"), "x");
        assert_eq!((text, problem.map(|problem| problem.line)), (None, Some(0)));
    }

    #[test]
    fn a_file_that_is_not_there_is_no_mistake() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(read(&folder.path().join("none"), "x"), (None, None));
    }
}
