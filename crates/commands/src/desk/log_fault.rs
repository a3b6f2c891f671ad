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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use clock::SystemClock;
    use office::directory::RootPin;
    use protocol::log::Checkpoint;
    use protocol::{Digest, OfficeId, PublicKey};
    use receipts::CheckpointSigner;
    use vault::{Setting, Vault, VaultOptions};

    use super::*;
    use crate::stored::OfficeState;

    fn witness(size: u64) -> SignedCheckpoint {
        let checkpoint = Checkpoint { version: 1, office: OfficeId([1; 16]), generation: 1, size, root: Digest([9; 32]), at: UnixTime(1) };
        CheckpointSigner::new([7; 32]).sign(&checkpoint)
    }

    #[test]
    fn a_fault_its_first_witness_and_its_times_outlive_the_app() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open_or_create(&folder.path().join("vault"), &VaultOptions { kdf: None }, Arc::new(SystemClock)).unwrap();
        let vault = Arc::new(vault);
        let pin = RootPin { office: OfficeId([1; 16]), root_key: PublicKey([2; 32]) };
        let state = OfficeState::new(&pin, "https://bogen.example".to_owned(), None, UnixTime(1));
        vault.put_setting(Setting::RootPin, &to_cbor(&state)).unwrap();
        let reopened = || Desk::over(Arc::clone(&vault)).unwrap();

        let mut desk = reopened();
        desk.mark_log_fault_by(&witness(5), UnixTime(10)).unwrap();
        desk.mark_log_fault_by(&witness(6), UnixTime(20)).unwrap();
        let mut desk = reopened();
        assert!(desk.has_log_fault());
        assert_eq!(desk.log_fault_times(), (Some(UnixTime(10)), None), "when it began, not when it was met again");
        assert_eq!(desk.log_witness().unwrap(), Some(witness(5)));

        desk.clear_log_fault(UnixTime(30)).unwrap();
        desk.clear_log_fault(UnixTime(40)).unwrap();
        let mut desk = reopened();
        assert!(!desk.has_log_fault() && desk.log_witness().unwrap().is_none());
        assert_eq!(desk.log_fault_times(), (Some(UnixTime(10)), Some(UnixTime(30))));

        desk.mark_log_fault(UnixTime(50)).unwrap();
        assert_eq!(reopened().log_fault_times(), (Some(UnixTime(50)), None));
    }
}
