//! The sealed envelope: seal, open, team keys and their shares.
//!
//! A finished form is sealed on the device to the key of the receiving team and can be opened only by a clerk of that team. The header in front is
//! readable by everybody and bound to the inside; the inside has the same size whatever the answers are. Byte by byte: `docs/formats/envelope.md`.
//!
//! The endpoint does not depend on this crate: that it cannot open a form is a compile error.

mod body;
mod keys;
mod note;
mod open;
mod parts;
mod primitives;
mod recovery;
mod rewrap;
mod seal;
mod share;

#[cfg(test)]
mod hostile_sealer;

pub use body::{FormBody, Purpose};
pub use keys::{PrekeySecret, RecoverySecret, TeamSecretKey};
pub use note::{Note, NoteError, NoteKind, ReplyKey, ReplySecret, open_note, seal_note};
pub use open::{OpenError, OpenedForm, UnverifiedForm, open};
pub use recovery::{RecoveryError, open_recovery, seal_recovery};
pub use rewrap::{RewrapError, RewrapTo, Rewrapped, rewrap};
pub use seal::{HeaderFields, ReopenCheck, ReopenMismatch, SealError, Sealed, seal};
pub use share::{OpenShareError, SealShareError, open_share, seal_share};
