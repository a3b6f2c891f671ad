//! A reminder: the clerk confirmed this record's entry, and the receipt of its destruction is still to come.

use minicbor::{Decode, Encode};
use protocol::RecordId;

/// One record in its grace, form or number.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct EntryItem {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The record.
    #[n(1)]
    pub record: RecordId,
}

#[cfg(test)]
mod tests {
    use protocol::{from_cbor, to_cbor};

    use super::*;
    use crate::stored::MAX_ITEM_BYTES;

    #[test]
    fn a_reminder_is_frozen() {
        let item = EntryItem { version: 1, record: RecordId([7; 16]) };
        let frozen = format!("820150{}", "07".repeat(16));
        assert_eq!(hex::encode(to_cbor(&item)), frozen);
        assert!(from_cbor::<EntryItem>(&hex::decode(frozen).unwrap(), MAX_ITEM_BYTES).is_ok_and(|read| read == item));
    }
}
