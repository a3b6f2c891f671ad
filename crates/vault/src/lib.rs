//! The encrypted local store: drafts, outbox, ledger, keys that can be shredded.
//!
//! [`Vault`] is the device's part and needs no passphrase: settings, the outbox of sealed forms, the ledger. [`Session`] is one user's part, open while she
//! is signed in. Everything but random ids is AES-256-GCM ciphertext bound to its table, column and row; row keys are wrapped by an *epoch key* that lies
//! outside SQLite, in a key file that is overwritten in place. Shredding makes a new epoch, carries the survivors over and zeroes the old key: whatever
//! the database file still holds of the destroyed rows is dead from then on.
//!
//! What is destroyed, and in which order of steps, stands in `store`; the formats and their frozen vectors in `docs/formats/vault.md`.

mod attempts;
mod cell;
mod change;
mod database;
mod error;
#[cfg(feature = "testing")]
pub mod exposed;
mod finalise;
mod ids;
mod items;
mod kdf;
mod keyfile;
mod ledger;
mod open;
mod outbox;
mod platform;
mod primitives;
mod recovery;
mod remembered;
mod ring;
mod secret;
mod session;
mod settings;
mod slot;
mod store;
mod users;
mod vault;

pub use change::ItemChange;
pub use error::{CreateUserError, FinaliseError, OpenVaultError, Part, ReadError, SaveError, ShredError, UnlockError};
pub use finalise::{DraftFate, FinaliseItem, PostedItem};
pub use ids::{ItemId, ItemKind, Setting, UserId};
pub use items::Items;
pub use kdf::{KdfCost, KdfCostError, passphrase_length};
pub use ledger::{LedgerPage, LedgerRow};
pub use outbox::{Delivered, OutboxCounts, OutboxEntry, OutboxPage, OutboxState};
pub use platform::{PermissionFault, harden_process};
pub use remembered::{Remembered, ToRemember};
pub use secret::Bytes;
pub use session::Session;
pub use store::Shredded;
pub use users::{NewPassphrase, UserSummary, WorkLeft};
pub use vault::{Vault, VaultOptions};

/// The destruction ledger's own types.
pub use receipts::ledger::{DiscardReason, Head, LedgerEntry, LedgerFault, LedgerKind, LedgerLine, ReceiptReference};

/// Length in bytes of one item, at the most.
pub const MAX_ITEM_BYTES: usize = 1024 * 1024;
/// Length in bytes of one setting, at the most: a large office's directory.
pub const MAX_SETTING_BYTES: usize = 8 * 1024 * 1024;
