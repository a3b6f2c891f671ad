//! Whatever arrives, nothing panics, and nothing but the genuine is accepted.

use proptest::prelude::*;
use protocol::log::{LogView, Receipt, SignedCheckpoint};
use protocol::{Digest, SignatureBytes, to_cbor};
use receipts::ledger::LedgerLine;
use receipts::merkle::{consistency_path, inclusion_path, verify_consistency, verify_inclusion};
use receipts::{LogMemory, decode_receipt, verify_checkpoint, verify_receipt};

use crate::small_log::{SmallLog, expected, stored};

fn digests() -> impl Strategy<Value = Vec<Digest>> {
    prop::collection::vec(any::<[u8; 32]>().prop_map(Digest), 0..140)
}

/// Random bytes, and encodings of ours with a few bytes changed: the latter get past the first checks.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let log = SmallLog::with_forms(1, 5);
    let memory = LogMemory::new().observe(&log.view(0, 5), &log.identity()).unwrap();
    let line = receipts::ledger::Head::START.next_line(&receipts::ledger::LedgerEntry {
        kind: receipts::ledger::LedgerKind::Destroyed,
        record: stored(1).record,
        digest: stored(1).digest,
        receipt: None,
        at: stored(1).at,
    });
    let ours = vec![to_cbor(&log.receipt(3)), to_cbor(&stored(3)), to_cbor(&log.checkpoint(5)), memory.encode(), line.encode()];
    let changed =
        (prop::sample::select(ours), prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4)).prop_map(|(mut bytes, edits)| {
            edits.iter().for_each(|(at, byte)| *at.get_mut(&mut bytes) = *byte);
            bytes
        });
    prop_oneof![prop::collection::vec(any::<u8>(), 0..400), changed]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn decoders_refuse_or_return_what_encodes_to_the_same(bytes in bytes()) {
        if let Ok(receipt) = decode_receipt(&bytes) {
            prop_assert_eq!(to_cbor(&receipt), &bytes[..]);
        }
        if let Ok(line) = LedgerLine::decode(&bytes) {
            prop_assert_eq!(line.encode(), &bytes[..]);
        }
        if let Ok(memory) = LogMemory::decode(&bytes) {
            prop_assert_eq!(memory.encode(), bytes);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn verifiers_refuse_unsigned_bytes(leaf in bytes(), body in bytes(), signature in any::<[u8; 32]>(), index in any::<u64>(), path in digests()) {
        let log = SmallLog::with_forms(1, 5);
        let checkpoint = SignedCheckpoint { body: body.into(), signature: SignatureBytes([signature, signature].concat().try_into().unwrap()) };
        prop_assert!(verify_checkpoint(&checkpoint, &log.identity()).is_err());
        let view = LogView { checkpoint: checkpoint.clone(), consistency: path.clone() };
        prop_assert!(LogMemory::new().observe(&view, &log.identity()).is_err());
        let receipt = Receipt { version: 1, leaf: leaf.into(), index, path, checkpoint };
        prop_assert!(verify_receipt(&receipt, &log.identity(), &expected(3)).is_err());
    }

    #[test]
    fn a_signed_tree_head_over_nonsense_proves_nothing(leaf in bytes(), index in any::<u64>(), size in any::<u64>(), path in digests()) {
        let log = SmallLog::with_forms(1, 5);
        let checkpoint = log.signer.sign(&protocol::log::Checkpoint { size, ..log.checkpoint(5) });
        let receipt = Receipt { version: 1, leaf: leaf.into(), index, path, checkpoint };
        prop_assert!(verify_receipt(&receipt, &log.identity(), &expected(3)).is_err());
    }

    #[test]
    fn proofs_over_any_numbers_end(a in any::<u64>(), b in any::<u64>(), path in digests(), root in any::<[u8; 32]>()) {
        let root = Digest(root);
        let answers = |_| Ok::<_, ()>(root);
        prop_assert!(verify_inclusion(&root, a, b, &path, &root).is_err() || b == 1);
        let _ = verify_consistency(a, &root, b, &root, &path);
        prop_assert_eq!(inclusion_path(a, b, answers).unwrap().is_some(), a < b);
        prop_assert_eq!(consistency_path(a, b, answers).unwrap().is_some(), a <= b);
    }
}
