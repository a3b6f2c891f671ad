//! An entry of the MIG list (collection flag, § 4 Abs. 3 MighEV): whom to mark in the benefits system once the form is handed over.

use minicbor::{Decode, Encode};
use protocol::{RecordId, UnixTime};

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
}
