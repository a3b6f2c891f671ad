//! A reminder: this form came back on paper, was typed in, and the sheet is not shredded yet.

use minicbor::{Decode, Encode};
use protocol::{RecordId, UnixTime};

/// One sheet. It outlives unit, member and draft, because the sheet does.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct PaperItem {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The record that it is typed into.
    #[n(1)]
    pub record: RecordId,
    /// Local label, to find the sheet.
    #[n(2)]
    pub label: String,
    /// None while the number follows.
    #[n(3)]
    pub customer_number: Option<String>,
    /// None for a person without benefit unit.
    #[n(4)]
    pub unit_number: Option<String>,
    /// When the typing in began.
    #[n(5)]
    pub since: UnixTime,
}

#[cfg(test)]
mod tests {
    use protocol::{from_cbor, to_cbor};

    use super::*;
    use crate::stored::MAX_ITEM_BYTES;

    #[test]
    fn a_reminder_is_frozen() {
        let item = PaperItem {
            version: 1,
            record: RecordId([7; 16]),
            label: "Kind 1".to_owned(),
            customer_number: Some("123A000001".to_owned()),
            unit_number: None,
            since: UnixTime(1_000_000),
        };
        let frozen = format!("860150{}664b696e6420316a31323341303030303031f61a000f4240", "07".repeat(16));
        assert_eq!(hex::encode(to_cbor(&item)), frozen);
        assert!(from_cbor::<PaperItem>(&hex::decode(frozen).unwrap(), MAX_ITEM_BYTES).is_ok_and(|read| read == item));
    }
}
