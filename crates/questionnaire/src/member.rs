//! Where a member of the benefit unit stands. Says nothing about answers: a refused form is complete like any other.

use serde::{Deserialize, Serialize};

/// The state of one member of the benefit unit.
///
/// `Open` to `Checked` follow from the form ([`crate::DraftForm::state`]); the other two are set by a person or by
/// the handover and are kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// Not asked yet ("offen").
    Open,
    /// Some answers are given ("begonnen").
    Started,
    /// Every question asked is answered, or the person refused ("fertig"); still to be checked.
    Complete,
    /// Complete, and looked through on the review screen ("geprüft").
    Checked,
    /// Asked in an earlier year (§ 4 Abs. 3 MighEV): no form, counts as complete ("bereits erhoben").
    AlreadyCollected,
    /// Sealed; this device cannot read it any more ("übergeben").
    HandedOver,
}

/// A member cannot go from one state to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a member who is {from:?} cannot become {to:?}")]
pub struct TransitionError {
    /// The state the member is in.
    pub from: MemberState,
    /// The state asked for.
    pub to: MemberState,
}

impl MemberState {
    /// Whether nothing is left to ask this member.
    pub fn counts_as_complete(self) -> bool {
        !matches!(self, Self::Open | Self::Started)
    }

    /// Marks a member who was asked before.
    ///
    /// # Errors
    /// Unless the member is `Open`: a form with answers has to be discarded first, with a reason.
    pub fn mark_already_collected(self) -> Result<Self, TransitionError> {
        self.step(Self::Open, Self::AlreadyCollected)
    }

    /// Takes that mark back.
    ///
    /// # Errors
    /// Unless the member is `AlreadyCollected`.
    pub fn unmark_already_collected(self) -> Result<Self, TransitionError> {
        self.step(Self::AlreadyCollected, Self::Open)
    }

    /// The form is sealed. Every form is checked before (office directive).
    ///
    /// # Errors
    /// Unless the member is `Checked`.
    pub fn hand_over(self) -> Result<Self, TransitionError> {
        self.step(Self::Checked, Self::HandedOver)
    }

    fn step(self, expected: Self, to: Self) -> Result<Self, TransitionError> {
        if self == expected { Ok(to) } else { Err(TransitionError { from: self, to }) }
    }
}
