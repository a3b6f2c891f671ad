//! A contradiction of the endpoint's log: remembered until the endpoint proves that there is none.

use protocol::log::SignedCheckpoint;
use protocol::{UnixTime, from_cbor, to_cbor};

use super::Desk;
use super::office::KnownOffice;
use super::unlocked::damaged;
use crate::api::CommandError;
use crate::stored::MAX_ITEM_BYTES;

impl KnownOffice {
    /// Nothing contradicts any more. When it did stays known.
    pub(super) fn clear_log_fault(&mut self, now: UnixTime) {
        if std::mem::take(&mut self.state.log_fault) {
            self.state.log_fault_cleared_at = Some(now);
        }
        self.state.log_witness = None;
    }

    fn mark_log_fault(&mut self, now: UnixTime) {
        if !std::mem::replace(&mut self.state.log_fault, true) {
            self.state.log_fault_at = Some(now);
            self.state.log_fault_cleared_at = None;
        }
    }
}

impl Desk {
    /// Whether the log contradicted itself and nothing has cleared that up.
    pub fn has_log_fault(&self) -> bool {
        self.office.as_ref().is_some_and(|office| office.state.log_fault)
    }

    /// When the log contradicted itself last, and when that was cleared up.
    pub fn log_fault_times(&self) -> (Option<UnixTime>, Option<UnixTime>) {
        self.office.as_ref().map_or((None, None), |office| (office.state.log_fault_at, office.state.log_fault_cleared_at))
    }

    /// Remembers that the log contradicted itself.
    pub fn mark_log_fault(&mut self, now: UnixTime) -> Result<(), CommandError> {
        self.known_office_mut()?.mark_log_fault(now);
        self.save_office()
    }

    /// The same, with a tree head under the log's key that the shown log does not contain: the first one, until it is cleared up.
    pub fn mark_log_fault_by(&mut self, witness: &SignedCheckpoint, now: UnixTime) -> Result<(), CommandError> {
        let office = self.known_office_mut()?;
        office.mark_log_fault(now);
        office.state.log_witness.get_or_insert_with(|| to_cbor(witness).into());
        self.save_office()
    }

    /// What the log has to contain before the fault counts as cleared up, besides all that this device remembers itself.
    pub fn log_witness(&self) -> Result<Option<SignedCheckpoint>, CommandError> {
        let bytes = self.known_office()?.state.log_witness.as_ref();
        bytes.map(|bytes| from_cbor(bytes, MAX_ITEM_BYTES).map_err(|_| damaged("office"))).transpose()
    }

    /// The endpoint proved that its log continues all that contradicted it.
    pub fn clear_log_fault(&mut self, now: UnixTime) -> Result<(), CommandError> {
        self.known_office_mut()?.clear_log_fault(now);
        self.save_office()
    }
}
