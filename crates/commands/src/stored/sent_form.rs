//! A form that was sealed, as far as a second envelope about it must repeat it.

use minicbor::{Decode, Encode};
use protocol::{RecordId, Tag, TeamId};

/// What the header of the first envelope said. Nothing of its content.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SentForm {
    /// The record.
    #[n(0)]
    pub record: RecordId,
    /// The team it was sealed to.
    #[n(1)]
    pub team: TeamId,
    /// Pseudonym of its unit; random for a person without one, so it cannot be derived again.
    #[n(2)]
    pub unit_tag: Tag,
    /// Forms of the unit.
    #[n(3)]
    pub unit_members: u8,
}
