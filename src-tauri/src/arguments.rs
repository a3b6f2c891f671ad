//! What may stand behind the program's name. Everything else is refused: a link or a file somebody clicks must not steer the app.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::PathBuf;

/// For a person at a terminal.
pub const HELP: &str = "\
bogen-desktop [--data FOLDER]

  --data FOLDER   where this device's encrypted data lies
  --help          this text

Without --data the folder comes from the variable BOGEN_DATA, and without that it is the account's own folder for
local program data (Linux: ~/.local/share/de.bogen.app).";

/// The variable that names the folder.
const DATA_VARIABLE: &str = "BOGEN_DATA";

/// What the caller wants.
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// The help text.
    Help,
    /// The window.
    Open(Arguments),
}

/// How to open the window.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Where the data lies; none: where the system keeps local program data.
    pub data_dir: Option<PathBuf>,
}

/// Why the arguments were refused.
#[derive(Debug, PartialEq, Eq)]
pub enum ArgumentError {
    /// Not one of ours. It is not repeated: it may hold anything.
    Unknown,
    /// `--data` without a folder behind it, or twice.
    Data,
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "there is an argument that this program does not know",
            Self::Data => "--data needs one folder",
        })
    }
}

/// Reads the arguments, and `BOGEN_DATA` where `--data` is not given.
///
/// # Errors
/// When one of them is unknown or incomplete.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Request, ArgumentError> {
    parse_with(args, std::env::var_os(DATA_VARIABLE))
}

fn parse_with(args: impl IntoIterator<Item = OsString>, variable: Option<OsString>) -> Result<Request, ArgumentError> {
    let mut args = args.into_iter();
    let mut data_dir = None;
    while let Some(arg) = args.next() {
        if arg == OsStr::new("--help") || arg == OsStr::new("-h") {
            return Ok(Request::Help);
        }
        if arg != OsStr::new("--data") {
            return Err(ArgumentError::Unknown);
        }
        let folder = args.next().and_then(folder).ok_or(ArgumentError::Data)?;
        if data_dir.replace(folder).is_some() {
            return Err(ArgumentError::Data);
        }
    }
    Ok(Request::Open(Arguments { data_dir: data_dir.or_else(|| variable.and_then(folder)) }))
}

/// An empty name would mean the folder one happens to be in.
fn folder(name: OsString) -> Option<PathBuf> {
    (!name.is_empty()).then(|| PathBuf::from(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str], variable: Option<&str>) -> Result<Request, ArgumentError> {
        parse_with(args.iter().map(Into::into), variable.map(Into::into))
    }

    fn open(folder: Option<&str>) -> Result<Request, ArgumentError> {
        Ok(Request::Open(Arguments { data_dir: folder.map(Into::into) }))
    }

    #[test]
    fn the_argument_wins_over_the_variable_and_the_variable_over_the_system() {
        assert_eq!(parsed(&["--data", "/a"], Some("/b")), open(Some("/a")));
        assert_eq!(parsed(&[], Some("/b")), open(Some("/b")));
        assert_eq!(parsed(&[], Some("")), open(None));
        assert_eq!(parsed(&[], None), open(None));
    }

    #[test]
    fn nothing_else_is_accepted() {
        let hostile: &[&[&str]] = &[
            &["bogen://enrol?ticket=abc"],
            &["file:///etc/passwd"],
            &["--remote-debugging-port=9222"],
            &["--inspect"],
            &["/some/folder"],
            &["--data=/a"],
            &["--data", "/a", "x"],
            &["--", "--data", "/a"],
            &[""],
        ];
        for args in hostile {
            assert_eq!(parsed(args, None), Err(ArgumentError::Unknown), "{args:?}");
        }
        for args in [&["--data"][..], &["--data", ""], &["--data", "/a", "--data", "/b"]] {
            assert_eq!(parsed(args, None), Err(ArgumentError::Data), "{args:?}");
        }
    }

    #[test]
    fn an_unknown_argument_is_not_repeated() {
        let error = parsed(&["123A456789"], None).expect_err("unknown");
        assert!(!error.to_string().contains("123A456789"));
    }
}
