//! An entry of the MIG list (collection flag, § 4 Abs. 3 MighEV): whom to mark in the benefits system once the form is handed over.

use std::collections::HashSet;

use minicbor::{Decode, Encode};
use protocol::{RecordId, UnixTime};

use crate::stored::SentForm;

/// One customer to mark.
#[derive(Clone, Encode, Decode)]
pub struct MigItem {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The form that was collected; tells whether it is handed over.
    #[n(1)]
    pub record: RecordId,
    /// None while the number follows.
    #[n(2)]
    pub customer_number: Option<String>,
    /// None for a person without benefit unit.
    #[n(3)]
    pub unit_number: Option<String>,
    /// Local label.
    #[n(4)]
    pub label: String,
    /// When it was sealed.
    #[n(5)]
    pub since: UnixTime,
    /// Ticked off; removed at the next lock.
    #[n(6)]
    pub ticked: bool,
    /// What a second envelope about this form repeats. Left out by entries of the first version.
    #[n(7)]
    pub sent: Option<SentForm>,
    /// The envelope that brought the number later, if one did.
    #[n(8)]
    pub number_sent: Option<RecordId>,
}

impl MigItem {
    /// Whether the form, or its number, still lies in the outbox: then the customer must not be marked yet.
    #[must_use]
    pub fn is_on_its_way(&self, sealed_here: &HashSet<RecordId>) -> bool {
        sealed_here.contains(&self.record) || self.number_sent.is_some_and(|record| sealed_here.contains(&record))
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Tag, TeamId, from_cbor, to_cbor};

    use super::*;

    /// `[1, record, null, null, "B", 7, false]`: an entry as 0.1.0 wrote it at first.
    const EARLIER: &str = "87015001010101010101010101010101010101f6f6614207f4";

    #[test]
    fn an_entry_of_the_first_version_is_read_and_written_alike() {
        let bytes = hex::decode(EARLIER).unwrap();
        let mut item: MigItem = from_cbor(&bytes, 256).unwrap();
        assert!(item.sent.is_none() && item.label == "B");
        assert_eq!(to_cbor(&item), bytes);
        item.sent = Some(SentForm { record: item.record, team: TeamId([2; 16]), unit_tag: Tag([3; 32]), unit_members: 4 });
        let again: MigItem = from_cbor(&to_cbor(&item), 256).unwrap();
        assert_eq!(again.sent, item.sent);
        assert_eq!(again.number_sent, None);
    }
}
