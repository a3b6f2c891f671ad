//! Replies as aligned text for people. Nothing here decides anything.

mod collect;
mod deliver;
mod enter;
mod fleet;
mod layout;
mod mask;
mod office;
mod recover;
mod share;

use commands::api::Nothing;
pub use deliver::handed_over;
pub use layout::midnight;
use serde::{Deserialize, Serialize};

use crate::exit::Exit;

/// A reply that people can read, and the exit code it stands for.
pub trait Readable: Serialize + for<'de> Deserialize<'de> {
    /// As lines of text.
    fn text(&self) -> String;

    /// The exit code; done, unless the reply itself reports a failure.
    fn exit(&self) -> Exit {
        Exit::Done
    }
}

impl Readable for Nothing {
    fn text(&self) -> String {
        "Done.".to_owned()
    }
}

/// A code as its wire name, with blanks: `case_manager` becomes `case manager`.
fn words<T: Serialize>(code: &T) -> String {
    serde_json::to_value(code).ok().and_then(|value| value.as_str().map(|text| text.replace('_', " "))).unwrap_or_else(|| "?".to_owned())
}
