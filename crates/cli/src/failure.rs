//! Why a command did not do what it was asked to.

use commands::{CommandError, ErrorCode};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::sentences;

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub enum Failure {
    /// The app refused or failed.
    App(CommandError),
    /// The command line or the input is wrong; a sentence without secrets, answers or numbers.
    Usage(String),
    /// What was asked for would be wrong, whatever the app says: a code for scripts, and a sentence.
    Refused(&'static str, &'static str),
    /// It is not clear whose data is to be unlocked; a sentence.
    WhoseData(&'static str),
}

impl Failure {
    /// A usage error.
    pub fn usage(sentence: impl Into<String>) -> Self {
        Self::Usage(sentence.into())
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self {
            Self::App(error) => error.code.into(),
            Self::Usage(_) => Exit::Usage,
            Self::Refused(..) => Exit::Refused,
            Self::WhoseData(_) => Exit::Locked,
        }
    }

    /// As a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::App(error) => format!("bogen: {}", sentences::of(error)),
            Self::Usage(sentence) => format!("bogen: {sentence}."),
            Self::WhoseData(sentence) | Self::Refused(_, sentence) => format!("bogen: {sentence}."),
        }
    }

    /// As `{"error":{"code":…,"params":…}}`.
    pub fn json(&self) -> Value {
        match self {
            Self::App(error) => json!({ "error": error }),
            Self::Usage(sentence) => json!({ "error": { "code": ErrorCode::BadArguments, "params": { "what": sentence } } }),
            Self::Refused(code, sentence) => json!({ "error": { "code": code, "params": { "what": sentence } } }),
            Self::WhoseData(sentence) => json!({ "error": { "code": ErrorCode::Locked, "params": { "what": sentence } } }),
        }
    }
}

impl From<CommandError> for Failure {
    fn from(error: CommandError) -> Self {
        Self::App(error)
    }
}
