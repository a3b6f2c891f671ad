//! What the app keeps in the vault, as versioned bytes. The vault encrypts them and knows nothing of their meaning.

mod begun_enrolment;
mod collection_flag;
mod entry;
mod invitation;
mod office_state;
mod paper;
mod preferences;
mod sent_form;
mod unit;

pub use begun_enrolment::{BegunNote, BegunNotes, BegunState, EnrolmentItem, FoundingItem};
pub use collection_flag::MigItem;
pub use entry::EntryItem;
pub use invitation::InvitationItem;
pub use office_state::{Asked, OfficeState, Stated, UserState};
pub use paper::PaperItem;
pub use preferences::Preferences;
pub use sent_form::SentForm;
pub use unit::{MemberItem, UnitItem};

/// Largest stored item, in bytes.
pub const MAX_ITEM_BYTES: usize = 256 * 1024;
