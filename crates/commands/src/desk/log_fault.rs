//! A contradiction of the endpoint's log: remembered until the endpoint proves that there is none.

use minicbor::bytes::ByteVec;
use protocol::log::{Checkpoint, SignedCheckpoint};
use protocol::{UnixTime, from_cbor, to_cbor};

use super::Desk;
use super::office::KnownOffice;
use super::unlocked::damaged;
use crate::api::CommandError;
use crate::stored::MAX_ITEM_BYTES;

/// Contradicting tree heads that are kept, at the most. None is ever dropped for another, or an endpoint could push the telling one out; with so many
/// the fault is not cleared any more. A log that was put back shows one, however often it is asked; only one that goes its own way shows always others.
pub const MAX_WITNESSES: usize = 16;

impl KnownOffice {
    /// Nothing contradicts any more. When it did stays known.
    pub(super) fn clear_log_fault(&mut self, now: UnixTime) {
        if std::mem::take(&mut self.state.log_fault) {
            self.state.log_fault_cleared_at = Some(now);
        }
        self.state.log_witness = None;
        self.state.more_log_witnesses = None;
    }

    fn witnesses(&self) -> impl Iterator<Item = &ByteVec> {
        self.state.log_witness.iter().chain(self.state.more_log_witnesses.iter().flatten())
    }

    fn add_witness(&mut self, witness: &SignedCheckpoint) {
        let told_by = |known: &ByteVec| from_cbor::<SignedCheckpoint>(known, MAX_ITEM_BYTES).is_ok_and(|known| same_tree(&known, witness));
        if self.witnesses().count() >= MAX_WITNESSES || self.witnesses().any(told_by) {
            return;
        }
        let bytes = ByteVec::from(to_cbor(witness));
        match &self.state.log_witness {
            None => self.state.log_witness = Some(bytes),
            Some(_) => self.state.more_log_witnesses.get_or_insert_default().push(bytes),
        }
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

    /// Remembers that the log contradicted itself, with the tree heads under the log's key that the known log does not contain.
    pub fn mark_log_fault(&mut self, witnesses: &[SignedCheckpoint], now: UnixTime) -> Result<(), CommandError> {
        let office = self.known_office_mut()?;
        office.mark_log_fault(now);
        witnesses.iter().for_each(|witness| office.add_witness(witness));
        self.save_office()
    }

    /// What the log has to contain before the fault counts as cleared up, besides all that this device remembers itself.
    pub fn log_witnesses(&self) -> Result<Vec<SignedCheckpoint>, CommandError> {
        let read = |bytes: &ByteVec| from_cbor(bytes, MAX_ITEM_BYTES).map_err(|_| damaged("office"));
        self.known_office()?.witnesses().map(read).collect()
    }

    /// The endpoint proved that its log continues all that contradicted it.
    pub fn clear_log_fault(&mut self, now: UnixTime) -> Result<(), CommandError> {
        self.known_office_mut()?.clear_log_fault(now);
        self.save_office()
    }
}

/// The same tree signed again, later or with another key, tells nothing new.
fn same_tree(one: &SignedCheckpoint, other: &SignedCheckpoint) -> bool {
    let tree = |signed: &SignedCheckpoint| from_cbor::<Checkpoint>(&signed.body, MAX_ITEM_BYTES).ok().map(|head| (head.size, head.root));
    tree(one).is_some_and(|one| tree(other) == Some(one))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use clock::SystemClock;
    use office::directory::RootPin;
    use protocol::{Digest, OfficeId, PublicKey};
    use receipts::CheckpointSigner;
    use vault::{Setting, Vault, VaultOptions};

    use super::*;
    use crate::stored::OfficeState;

    fn witness_at(size: u64, at: u64) -> SignedCheckpoint {
        let checkpoint = Checkpoint { version: 1, office: OfficeId([1; 16]), generation: 1, size, root: Digest([9; 32]), at: UnixTime(at) };
        CheckpointSigner::new([7; 32]).sign(&checkpoint)
    }

    fn witness(size: u64) -> SignedCheckpoint {
        witness_at(size, 1)
    }

    fn vault_of_an_office(folder: &std::path::Path) -> Arc<Vault> {
        let vault = Vault::open_or_create(&folder.join("vault"), &VaultOptions { kdf: None }, Arc::new(SystemClock)).unwrap();
        let pin = RootPin { office: OfficeId([1; 16]), root_key: PublicKey([2; 32]) };
        let state = OfficeState::new(&pin, "https://bogen.example".to_owned(), None, UnixTime(1));
        vault.put_setting(Setting::RootPin, &to_cbor(&state)).unwrap();
        Arc::new(vault)
    }

    #[test]
    fn a_fault_its_witnesses_and_its_times_outlive_the_app() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault_of_an_office(folder.path());
        let reopened = || Desk::over(Arc::clone(&vault)).unwrap();

        let mut desk = reopened();
        desk.mark_log_fault(&[witness(5)], UnixTime(10)).unwrap();
        desk.mark_log_fault(&[witness_at(5, 2), witness(6)], UnixTime(20)).unwrap();
        let mut desk = reopened();
        assert!(desk.has_log_fault());
        assert_eq!(desk.log_fault_times(), (Some(UnixTime(10)), None), "when it began, not when it was met again");
        assert_eq!(desk.log_witnesses().unwrap(), [witness(5), witness(6)], "each tree once");

        desk.clear_log_fault(UnixTime(30)).unwrap();
        desk.clear_log_fault(UnixTime(40)).unwrap();
        let mut desk = reopened();
        assert!(!desk.has_log_fault() && desk.log_witnesses().unwrap().is_empty());
        assert_eq!(desk.log_fault_times(), (Some(UnixTime(10)), Some(UnixTime(30))));

        desk.mark_log_fault(&[], UnixTime(50)).unwrap();
        assert_eq!(reopened().log_fault_times(), (Some(UnixTime(50)), None));
    }

    #[test]
    fn no_number_of_later_tree_heads_pushes_an_earlier_one_out() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk::over(vault_of_an_office(folder.path())).unwrap();
        let shown: Vec<SignedCheckpoint> = (1..100).map(witness).collect();
        desk.mark_log_fault(&shown, UnixTime(10)).unwrap();
        assert_eq!(desk.log_witnesses().unwrap(), shown[..MAX_WITNESSES]);
    }
}
