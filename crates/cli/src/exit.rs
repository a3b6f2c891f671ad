//! The exit codes: a promise to scripts, documented in `bogen --help` and `docs/cli.md`.

use commands::ErrorCode;
use commands::api::SyncEnd;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Refused, or another error.
    Refused = 1,
    /// The command line or the input is wrong.
    Usage = 2,
    /// Another instance holds the vault and did not release it in time.
    VaultBusy = 3,
    /// Locked, or the passphrase is wrong.
    Locked = 4,
    /// The endpoint is unreachable or busy; try again.
    TryAgain = 5,
    /// The endpoint is not the office's, or a log contradicts itself: tell the administrator.
    NotTrusted = 6,
    /// The disk is full or does not work.
    Disk = 7,
    /// Some records were delivered, others were refused.
    Partly = 8,
}

/// The list that every help page ends with.
pub const TABLE: &str = "\
Exit codes:
  0  done
  1  refused, or another error
  2  the command line or the input is wrong
  3  another instance holds the vault (see --wait)
  4  locked, or the passphrase is wrong
  5  the endpoint is unreachable or busy: try again
  6  the endpoint is not the office's, or a log contradicts itself: tell the administrator
  7  the disk is full or does not work
  8  partly delivered: some records were refused and stay here";

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<ErrorCode> for Exit {
    fn from(code: ErrorCode) -> Self {
        match code {
            ErrorCode::VaultBusy => Self::VaultBusy,
            ErrorCode::Locked
            | ErrorCode::WrongPassphrase
            | ErrorCode::EnrolmentBegun
            | ErrorCode::TooSoon
            | ErrorCode::WrongPin
            | ErrorCode::PinGone => Self::Locked,
            ErrorCode::Unreachable | ErrorCode::EndpointBusy => Self::TryAgain,
            ErrorCode::NotOurEndpoint | ErrorCode::LogFault | ErrorCode::LogStillFaulty | ErrorCode::DirectoryInvalid => Self::NotTrusted,
            ErrorCode::DiskFull | ErrorCode::DiskFault => Self::Disk,
            ErrorCode::BadArguments => Self::Usage,
            _ => Self::Refused,
        }
    }
}

impl From<SyncEnd> for Exit {
    fn from(end: SyncEnd) -> Self {
        match end {
            SyncEnd::Done | SyncEnd::Nothing => Self::Done,
            SyncEnd::Unreachable | SyncEnd::Busy => Self::TryAgain,
            SyncEnd::NotOurEndpoint | SyncEnd::LogFault => Self::NotTrusted,
            SyncEnd::Refused => Self::Refused,
            SyncEnd::Partly => Self::Partly,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_lists_every_code_once() {
        let listed: Vec<&str> = TABLE.lines().skip(1).map(|line| &line[2..3]).collect();
        assert_eq!(listed, ["0", "1", "2", "3", "4", "5", "6", "7", "8"]);
        assert_eq!(Exit::Partly as u8, 8);
    }
}
