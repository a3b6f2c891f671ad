//! A benefit unit on the device, or a person without one: its members, and how far each form is. Answers lie in items of their own.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use protocol::{RecordId, UnixTime};
use questionnaire::{Asking, MemberState, Parent};

use crate::api::UnitState;
use crate::stored::SentForm;

/// One member. The id is also the id of the item that holds the draft of the form.
#[derive(Clone, Encode, Decode)]
pub struct MemberItem {
    /// Random; never leaves the device.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub id: [u8; 16],
    /// A name or label that helps the counsellor. Never leaves the device.
    #[n(1)]
    pub label: String,
    /// Normalised customer number; none: "Nummer folgt".
    #[n(2)]
    pub number: Option<String>,
    /// [`Asking::wire`].
    #[n(3)]
    pub asking: u8,
    /// State of the form as shown on the card, kept beside the form so that lists need not open forms.
    #[n(4)]
    pub state: u8,
    /// The record id the sealed form will have.
    #[n(5)]
    pub record: RecordId,
    /// From a paper backlog and not checked yet.
    #[n(6)]
    pub unchecked_import: bool,
    /// Whose own answers the child's form took for parent 1.
    #[n(7)]
    mother: Option<ByteArray<16>>,
    /// The same for parent 2.
    #[n(8)]
    father: Option<ByteArray<16>>,
    /// When an answer of the draft was given, taken back or declined last. Left out by members of the first version, and while nothing was said.
    #[n(9)]
    pub answered_at: Option<UnixTime>,
}

impl MemberItem {
    /// Somebody new, whose form is not begun.
    #[must_use]
    pub fn new(id: [u8; 16], label: String, number: Option<String>, asking: Asking, record: RecordId) -> Self {
        Self { id, label, number, asking: asking.wire(), state: 0, record, unchecked_import: false, mother: None, father: None, answered_at: None }
    }

    /// Which member's own answers this child's form took for a parent; none if they were given for the child.
    #[must_use]
    pub fn taken_as(&self, parent: Parent) -> Option<[u8; 16]> {
        let taken = match parent {
            Parent::Mother => &self.mother,
            Parent::Father => &self.father,
        };
        taken.as_ref().map(|id| **id)
    }

    /// The same for both parents.
    #[must_use]
    pub fn taken_from(&self) -> [Option<[u8; 16]>; 2] {
        Parent::ALL.map(|parent| self.taken_as(parent))
    }

    /// Remembers or forgets whose answers were taken.
    pub fn set_taken(&mut self, parent: Parent, from: Option<[u8; 16]>) {
        let taken = match parent {
            Parent::Mother => &mut self.mother,
            Parent::Father => &mut self.father,
        };
        *taken = from.map(ByteArray::from);
    }

    /// How the person is asked.
    #[must_use]
    pub fn asking(&self) -> Asking {
        Asking::from_wire(self.asking).unwrap_or(Asking::ToPerson)
    }

    /// State of the form.
    #[must_use]
    pub fn state(&self) -> MemberState {
        match self.state {
            1 => MemberState::Started,
            2 => MemberState::Complete,
            3 => MemberState::Checked,
            4 => MemberState::AlreadyCollected,
            _ => MemberState::Open,
        }
    }

    /// Sets the state.
    pub fn set_state(&mut self, state: MemberState) {
        self.state = match state {
            MemberState::Open | MemberState::HandedOver => 0,
            MemberState::Started => 1,
            MemberState::Complete => 2,
            MemberState::Checked => 3,
            MemberState::AlreadyCollected => 4,
        };
    }

    /// Whether nothing is left to do for this person before the handover.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.state(), MemberState::Checked | MemberState::AlreadyCollected)
    }

    /// Whether the person was asked before.
    #[must_use]
    pub fn is_already_collected(&self) -> bool {
        self.state() == MemberState::AlreadyCollected
    }

    /// Whether there is a checked form to seal.
    #[must_use]
    pub fn is_ready_to_seal(&self) -> bool {
        self.state() == MemberState::Checked
    }
}

/// A unit.
#[derive(Clone, Encode, Decode)]
pub struct UnitItem {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// Normalised BG number; none for a person without benefit unit.
    #[n(1)]
    pub number: Option<String>,
    /// Local label.
    #[n(2)]
    pub label: String,
    /// Members, in the order they were added.
    #[n(3)]
    pub members: Vec<MemberItem>,
    /// Members whose forms were handed over; nothing else about them is kept.
    #[n(4)]
    pub handed_over: u8,
    /// Last change.
    #[n(5)]
    pub changed_at: UnixTime,
    /// A change of mind: the form that this unit's one form replaces. Left out by units of the first version.
    #[n(6)]
    pub replaces: Option<SentForm>,
}

impl UnitItem {
    /// An empty unit.
    #[must_use]
    pub fn new(number: Option<String>, label: String, now: UnixTime) -> Self {
        Self { version: 1, number, label, members: Vec::new(), handed_over: 0, changed_at: now, replaces: None }
    }

    /// The member with this id.
    #[must_use]
    pub fn member(&self, id: &[u8; 16]) -> Option<&MemberItem> {
        self.members.iter().find(|member| member.id == *id)
    }

    /// The member with this id, to change.
    pub fn member_mut(&mut self, id: &[u8; 16]) -> Option<&mut MemberItem> {
        self.members.iter_mut().find(|member| member.id == *id)
    }

    /// Since when the answers that lie longest in this unit lie there; where nobody answered, since its last change.
    #[must_use]
    pub fn since(&self) -> UnixTime {
        let begun = |member: &&MemberItem| !matches!(member.state(), MemberState::Open);
        let answered = self.members.iter().filter(begun).filter_map(|member| {
            // The first version kept no time for each: who was asked before has a draft only if there is one.
            member.answered_at.or_else(|| (!member.is_already_collected()).then_some(self.changed_at))
        });
        answered.min().unwrap_or(self.changed_at)
    }

    /// Members that are checked or already collected, and those handed over.
    #[must_use]
    pub fn done(&self) -> u32 {
        self.members.iter().filter(|member| member.is_done()).count() as u32 + u32::from(self.handed_over)
    }

    /// All members, those handed over included.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.members.len() as u32 + u32::from(self.handed_over)
    }

    /// Forms that the unit yields altogether: completeness counts against this, so who was asked before does not count.
    #[must_use]
    pub fn forms_altogether(&self) -> u32 {
        self.total() - self.members.iter().filter(|member| member.is_already_collected()).count() as u32
    }

    /// What the unit waits for.
    #[must_use]
    pub fn state(&self) -> UnitState {
        let ready = self.members.iter().all(MemberItem::is_done) && self.members.iter().any(MemberItem::is_ready_to_seal);
        let untouched = self.members.iter().all(|member| matches!(member.state(), MemberState::Open | MemberState::AlreadyCollected));
        match (ready, untouched, self.handed_over > 0) {
            (true, _, _) => UnitState::Ready,
            (false, true, true) => UnitState::Reminder,
            (false, true, false) => UnitState::Open,
            (false, false, _) => UnitState::Started,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(state: MemberState, answered_at: Option<u64>) -> MemberItem {
        let mut member = MemberItem::new([1; 16], String::new(), None, Asking::ToPerson, RecordId([2; 16]));
        member.set_state(state);
        member.answered_at = answered_at.map(UnixTime);
        member
    }

    fn since(members: Vec<MemberItem>) -> u64 {
        UnitItem { members, ..UnitItem::new(None, String::new(), UnixTime(900)) }.since().0
    }

    #[test]
    fn the_oldest_answers_tell_the_age_of_a_unit() {
        assert_eq!(since(vec![]), 900);
        assert_eq!(since(vec![member(MemberState::Open, None)]), 900);
        assert_eq!(
            since(vec![member(MemberState::Checked, Some(300)), member(MemberState::Started, Some(200)), member(MemberState::Open, None)]),
            200
        );
        assert_eq!(since(vec![member(MemberState::Open, Some(100)), member(MemberState::Started, Some(200))]), 200, "it was taken back");
        assert_eq!(since(vec![member(MemberState::AlreadyCollected, Some(100)), member(MemberState::Started, Some(200))]), 100, "a draft is there");
        assert_eq!(since(vec![member(MemberState::AlreadyCollected, None), member(MemberState::Started, None)]), 900, "of the first version");
    }

    #[test]
    fn a_member_of_the_first_version_is_read_and_written_alike() {
        // `[id, "B", null, 0, 1, record, false]`
        let bytes = hex::decode(format!("8750{}6142f6000150{}f4", "01".repeat(16), "02".repeat(16))).unwrap();
        let member: MemberItem = protocol::from_cbor(&bytes, 256).unwrap();
        assert!(member.answered_at.is_none() && member.state() == MemberState::Started);
        assert_eq!(protocol::to_cbor(&member), bytes);
    }
}
