//! Names of what the vault stores.

use crate::primitives::random;
use protocol::{MemberId, RecordId};
use std::fmt;

/// One user of this vault: who has a passphrase here. Random; not the member id of the directory.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(pub [u8; 16]);

/// One item of a user. Random: it stands in clear.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub [u8; 16]);

macro_rules! id {
    ($name:ident) => {
        impl $name {
            /// A new id, UUID version 4.
            #[must_use]
            pub fn make() -> Self {
                Self(uuid::Builder::from_random_bytes(random()).into_uuid().into_bytes())
            }

            /// From the usual text form with hyphens.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                uuid::Uuid::try_parse(text).ok().map(|uuid| Self(uuid.into_bytes()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                uuid::Uuid::from_bytes(self.0).fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    };
}
id!(UserId);
id!(ItemId);

impl From<ItemId> for RecordId {
    /// A discarded draft has no record; its ledger line names the draft.
    fn from(item: ItemId) -> Self {
        Self(item.0)
    }
}

impl From<UserId> for MemberId {
    /// For a newcomer who uses her id in this vault as her member id.
    fn from(user: UserId) -> Self {
        Self(user.0)
    }
}

/// What an item is. The vault does not look inside; the kind only separates lists, and is bound to the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// A form being filled in.
    Form,
    /// A finalised form kept, hidden, until the first of its kind was opened centrally.
    KeptForm,
    /// A benefit unit and the order of its persons.
    Unit,
    /// A customer to be marked in the benefits system.
    CollectionFlag,
    /// Who this user is in the office: member id, signing seed.
    Member,
    /// Private half of a team key.
    TeamKey,
    /// Private half of a prekey.
    Prekey,
    /// The office's tag key.
    TagKey,
    /// A record opened for entry and not yet destroyed centrally.
    Entry,
    /// A paper form that was typed in and is not shredded yet.
    Paper,
    /// Anything else a caller numbers itself.
    Custom(u8),
}

impl ItemKind {
    /// Its number in the file; never reused.
    pub(crate) fn number(self) -> u16 {
        match self {
            Self::Form => 1,
            Self::KeptForm => 2,
            Self::Unit => 3,
            Self::CollectionFlag => 4,
            Self::Member => 5,
            Self::TeamKey => 6,
            Self::Prekey => 7,
            Self::TagKey => 8,
            Self::Entry => 9,
            Self::Paper => 10,
            Self::Custom(number) => 256 + u16::from(number),
        }
    }
}

/// A value of the device, sealed under its static key: readable without a passphrase, and never shredded. No person's data belongs here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    /// The office and its root key.
    RootPin,
    /// The newest verified directory.
    Directory,
    /// What is remembered of the endpoint's log.
    LogMemory,
    /// Where the endpoint is.
    EndpointUrl,
    /// The endpoint's pinned TLS key.
    TlsPin,
    /// A ticket whose enrolment is under way.
    Enrolment,
    /// State of the delivery: backoff, last contact.
    Delivery,
    /// Choices of the people at this device: language, text size.
    Preferences,
    /// The ledger's head as the endpoint countersigned it last.
    CountersignedHead,
    /// Anything else a caller numbers itself.
    Custom(u8),
}

impl Setting {
    /// Its number in the file; never reused.
    pub(crate) fn number(self) -> u16 {
        match self {
            Self::RootPin => 1,
            Self::Directory => 2,
            Self::LogMemory => 3,
            Self::EndpointUrl => 4,
            Self::TlsPin => 5,
            Self::Enrolment => 6,
            Self::Delivery => 7,
            Self::Preferences => 8,
            Self::CountersignedHead => 9,
            Self::Custom(number) => 256 + u16::from(number),
        }
    }
}
