//! What a command did, ready to print: as text, as JSON, with its exit code.

use serde_json::Value;

use crate::exit::Exit;
use crate::text::Readable;

/// What a command did.
pub struct Outcome {
    /// For people.
    pub text: String,
    /// The reply itself.
    pub json: Value,
    /// The exit code.
    pub exit: Exit,
}

impl<T: Readable> From<T> for Outcome {
    fn from(reply: T) -> Self {
        let json = serde_json::to_value(&reply).expect("invariant: replies are plain data");
        Self { text: reply.text(), json, exit: reply.exit() }
    }
}
