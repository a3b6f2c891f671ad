//! One answer, and the three-valued logic that joins two of them.

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::redact::redacted_debug;

/// An answer to one question. "Weiß nicht" is not an option of the form: it is [`Answer::Declined`].
///
/// A question nobody answered yet is `None::<Answer>` and never leaves the device. `Debug` prints no answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Answer {
    /// "Ja".
    Yes = 1,
    /// "Nein".
    No = 2,
    /// "Keine Angabe".
    Declined = 3,
}

redacted_debug!(Answer);

impl Answer {
    /// All answers in the order in which they always stand on the screen.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Declined];

    /// The stable number of this answer in every encoding, 1 to 3.
    pub const fn wire(self) -> u8 {
        self as u8
    }

    /// The answer with this wire number.
    pub const fn from_wire(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Yes),
            2 => Some(Self::No),
            3 => Some(Self::Declined),
            _ => None,
        }
    }

    /// The stable name of this answer across the command boundary.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Declined => "declined",
        }
    }

    /// The answer with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.key() == key)
    }

    /// A ∧ B: no if either is no, yes if both are yes, else declined (strong Kleene logic).
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Declined,
        }
    }

    /// A ∨ B: yes if either is yes, no if both are no, else declined (strong Kleene logic).
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, Self::No) => Self::No,
            _ => Self::Declined,
        }
    }
}

impl Zeroize for Answer {
    /// Overwrites with the answer that says nothing. `Option<Answer>`, which is what forms hold, is then
    /// overwritten with volatile zeroes by `zeroize` itself.
    fn zeroize(&mut self) {
        *self = Self::Declined;
    }
}
