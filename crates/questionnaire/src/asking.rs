//! Who is asked about whom, and where a form came from.

use serde::{Deserialize, Serialize};

/// The way the questions are put, chosen per person. It changes wording only and is never transmitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Asking {
    /// An adult answers for themself.
    ToPerson = 0,
    /// A parent answers for a child.
    ToParent = 1,
    /// A young person from 15 answers for themself and decides alone (§ 36 SGB I).
    ToYoungPerson = 2,
}

/// Where the answers of a draft come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Origin {
    /// Filled in together, at the table.
    Table = 0,
    /// Copied from a sheet the customer filled in alone; unchecked ("ungeprüft") until a counsellor has checked it.
    PaperImport = 1,
}

impl Asking {
    /// All ways of asking.
    pub const ALL: [Self; 3] = [Self::ToPerson, Self::ToParent, Self::ToYoungPerson];

    /// The stable number in stored drafts.
    pub const fn wire(self) -> u8 {
        self as u8
    }

    /// The way of asking with this number.
    pub fn from_wire(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

impl Origin {
    /// All origins.
    pub const ALL: [Self; 2] = [Self::Table, Self::PaperImport];

    /// The stable number in stored drafts.
    pub const fn wire(self) -> u8 {
        self as u8
    }

    /// The origin with this number.
    pub fn from_wire(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}
