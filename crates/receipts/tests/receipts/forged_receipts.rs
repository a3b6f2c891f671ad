//! Every way in which a receipt can be about something else. Each log here is signed with the right key: only the check in question stands between the
//! receipt and a destroyed form.

use protocol::log::{Leaf, LeafKind, Receipt};
use protocol::{CodecError, DeviceId, Digest, OfficeId, RecordId, SignatureBytes, UnixTime, to_cbor};
use receipts::merkle::ProofError;
use receipts::{CheckpointError, Expected, LogIdentity, ReceiptError, VerifiedReceipt, decode_receipt, verify_receipt};

use crate::small_log::{GENERATION, SmallLog, expected, stored};

/// Form 2 of a log of six, and its device's expectation.
fn genuine() -> (Receipt, LogIdentity, Expected) {
    let log = SmallLog::with_forms(1, 6);
    (log.receipt(2), log.identity(), expected(2))
}

fn with_receipt(change: impl FnOnce(&mut Receipt)) -> Result<VerifiedReceipt, ReceiptError> {
    let (mut receipt, identity, expected) = genuine();
    change(&mut receipt);
    verify_receipt(&receipt, &identity, &expected)
}

/// The endpoint itself logs and signs a changed leaf for form 2.
fn with_leaf(change: impl FnOnce(&mut Leaf)) -> Result<VerifiedReceipt, ReceiptError> {
    let mut leaf = stored(2);
    change(&mut leaf);
    with_leaf_bytes(to_cbor(&leaf))
}

fn with_leaf_bytes(leaf: Vec<u8>) -> Result<VerifiedReceipt, ReceiptError> {
    let mut log = SmallLog::with_forms(1, 2);
    log.push_bytes(leaf);
    log.push(&stored(3));
    verify_receipt(&log.receipt(2), &log.identity(), &expected(2))
}

fn with_expected(change: impl FnOnce(&mut Expected)) -> Result<VerifiedReceipt, ReceiptError> {
    let (receipt, identity, mut expected) = genuine();
    change(&mut expected);
    verify_receipt(&receipt, &identity, &expected)
}

#[test]
fn a_genuine_receipt_verifies_at_every_place_of_every_tree() {
    for count in 1..=9 {
        let log = SmallLog::with_forms(1, count);
        for form in 0..count {
            let verified = verify_receipt(&log.receipt(form.into()), &log.identity(), &expected(form)).unwrap();
            assert_eq!(verified.leaf(), &stored(form));
            assert_eq!(verified.index(), u64::from(form));
            assert_eq!(verified.checkpoint(), &log.checkpoint(count.into()));
        }
    }
}

#[test]
fn a_receipt_survives_storage_and_does_not_depend_on_what_is_appended_later() {
    let mut log = SmallLog::with_forms(1, 6);
    let bytes = to_cbor(&log.receipt(2));
    log.push(&stored(6));
    assert!(verify_receipt(&decode_receipt(&bytes).unwrap(), &log.identity(), &expected(2)).is_ok());
}

#[test]
fn every_flipped_bit_of_an_encoded_receipt_is_refused() {
    let (receipt, identity, expected) = genuine();
    let bytes = to_cbor(&receipt);
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let accepted = decode_receipt(&flipped).is_ok_and(|receipt| verify_receipt(&receipt, &identity, &expected).is_ok());
        assert!(!accepted, "bit {bit} of {}", bytes.len() * 8);
    }
}

#[test]
fn every_cut_off_or_lengthened_encoding_is_refused() {
    let (receipt, ..) = genuine();
    let mut bytes = to_cbor(&receipt);
    for length in 0..bytes.len() {
        assert!(decode_receipt(&bytes[..length]).is_err(), "{length}");
    }
    bytes.push(0);
    assert_eq!(decode_receipt(&bytes), Err(CodecError::Malformed));
}

#[test]
fn the_receipt_of_one_record_permits_nothing_about_another() {
    let log = SmallLog::with_forms(1, 6);
    for (shown, held) in (0..6).flat_map(|shown| (0..6).map(move |held| (shown, held))).filter(|(shown, held)| shown != held) {
        assert_eq!(verify_receipt(&log.receipt(shown.into()), &log.identity(), &expected(held)), Err(ReceiptError::OtherRecord));
    }
}

#[test]
fn a_leaf_put_into_the_receipt_of_another_is_not_included() {
    assert_eq!(with_receipt(|receipt| receipt.leaf = to_cbor(&stored(4)).into()), Err(ReceiptError::NotIncluded(ProofError::WrongRoot)));
    assert_eq!(with_receipt(|receipt| receipt.index = 3), Err(ReceiptError::NotIncluded(ProofError::WrongRoot)));
    assert_eq!(with_receipt(|receipt| receipt.index = 6), Err(ReceiptError::NotIncluded(ProofError::OutOfRange)));
}

#[test]
fn a_path_cut_off_or_lengthened_is_refused() {
    let too_short = |receipt: &mut Receipt| receipt.path.truncate(receipt.path.len() - 1);
    assert_eq!(with_receipt(too_short), Err(ReceiptError::NotIncluded(ProofError::WrongLength)));
    assert_eq!(with_receipt(|receipt| receipt.path.clear()), Err(ReceiptError::NotIncluded(ProofError::WrongLength)));
    assert_eq!(with_receipt(|receipt| receipt.path.push(Digest([0; 32]))), Err(ReceiptError::NotIncluded(ProofError::WrongLength)));
    assert_eq!(with_receipt(|receipt| receipt.path = vec![Digest([0; 32]); 131]), Err(ReceiptError::NotIncluded(ProofError::TooManyNodes)));
    assert_eq!(with_receipt(|receipt| receipt.path.reverse()), Err(ReceiptError::NotIncluded(ProofError::WrongRoot)));
}

#[test]
fn another_version_is_refused() {
    assert_eq!(with_receipt(|receipt| receipt.version = 0), Err(ReceiptError::UnknownVersion(0)));
    assert_eq!(with_receipt(|receipt| receipt.version = 2), Err(ReceiptError::UnknownVersion(2)));
    assert_eq!(with_leaf(|leaf| leaf.version = 0), Err(ReceiptError::UnknownLeafVersion(0)));
    assert_eq!(with_leaf(|leaf| leaf.version = 2), Err(ReceiptError::UnknownLeafVersion(2)));
}

#[test]
fn the_log_of_another_key_office_or_generation_is_refused() {
    let (receipt, identity, expected) = genuine();
    let shown_to = |identity: LogIdentity| verify_receipt(&receipt, &identity, &expected);
    let other_key = SmallLog::new(2).signer.public_key();
    assert_eq!(shown_to(LogIdentity { key: other_key, ..identity.clone() }), Err(CheckpointError::BadSignature.into()));
    assert_eq!(shown_to(LogIdentity { office: OfficeId([1; 16]), ..identity.clone() }), Err(CheckpointError::OtherOffice.into()));
    assert_eq!(shown_to(LogIdentity { generation: 4, ..identity.clone() }), Err(CheckpointError::OtherGeneration(GENERATION).into()));
    assert!(shown_to(LogIdentity { key: other_key, next_key: Some(identity.key), ..identity }).is_ok(), "the announced successor counts");
}

#[test]
fn a_signature_taken_from_another_tree_head_is_refused() {
    let log = SmallLog::with_forms(1, 6);
    let swapped = with_receipt(|receipt| receipt.checkpoint.signature = log.signed(5).signature);
    assert_eq!(swapped, Err(CheckpointError::BadSignature.into()));
    assert_eq!(with_receipt(|receipt| receipt.checkpoint.signature = SignatureBytes([0; 64])), Err(CheckpointError::BadSignature.into()));
    assert_eq!(with_receipt(|receipt| receipt.checkpoint = log.signed(5)), Err(ReceiptError::NotIncluded(ProofError::WrongRoot)));
}

#[test]
fn a_leaf_of_another_office_or_generation_in_the_right_log_is_refused() {
    assert_eq!(with_leaf(|leaf| leaf.office = OfficeId([1; 16])), Err(ReceiptError::OtherOffice));
    assert_eq!(with_leaf(|leaf| leaf.generation = GENERATION - 1), Err(ReceiptError::OtherGeneration(GENERATION - 1)));
    assert_eq!(with_leaf(|leaf| leaf.generation = GENERATION + 1), Err(ReceiptError::OtherGeneration(GENERATION + 1)));
}

#[test]
fn a_leaf_that_says_anything_else_is_refused() {
    for kind in [LeafKind::Accepted, LeafKind::Destroyed, LeafKind::Directory] {
        assert_eq!(with_leaf(|leaf| leaf.kind = kind), Err(ReceiptError::OtherKind(kind)));
        assert_eq!(with_expected(|expected| expected.kind = kind), Err(ReceiptError::OtherKind(LeafKind::Stored)));
    }
    assert_eq!(with_leaf(|leaf| leaf.record = RecordId([1; 16])), Err(ReceiptError::OtherRecord));
    assert_eq!(with_leaf(|leaf| leaf.digest = Digest([0; 32])), Err(ReceiptError::OtherDigest));
    assert_eq!(with_leaf(|leaf| leaf.length = 4241), Err(ReceiptError::OtherLength(4241)));
    assert_eq!(with_leaf(|leaf| leaf.length = 4243), Err(ReceiptError::OtherLength(4243)));
    assert_eq!(with_leaf(|leaf| leaf.device = DeviceId([1; 16])), Err(ReceiptError::OtherDevice));
    assert_eq!(with_leaf(|leaf| leaf.team_key_epoch = 6), Err(ReceiptError::OtherTeamKeyEpoch(6)));
    assert_eq!(with_leaf(|leaf| leaf.team_key_epoch = 8), Err(ReceiptError::OtherTeamKeyEpoch(8)));
}

#[test]
fn fewer_copies_than_the_office_demands_do_not_suffice_and_more_do() {
    assert_eq!(with_leaf(|leaf| leaf.copies = 0), Err(ReceiptError::TooFewCopies { demanded: 2, named: 0 }));
    assert_eq!(with_leaf(|leaf| leaf.copies = 1), Err(ReceiptError::TooFewCopies { demanded: 2, named: 1 }));
    assert!(with_leaf(|leaf| leaf.copies = 3).is_ok());
    assert_eq!(with_expected(|expected| expected.min_copies = 3), Err(ReceiptError::TooFewCopies { demanded: 3, named: 2 }));
}

#[test]
fn the_device_may_be_left_open_and_the_clock_of_the_endpoint_is_not_believed() {
    assert!(with_expected(|expected| expected.device = None).is_ok());
    assert_eq!(with_expected(|expected| expected.device = Some(DeviceId([1; 16]))), Err(ReceiptError::OtherDevice));
    assert!(with_leaf(|leaf| leaf.at = UnixTime(0)).is_ok());
    assert!(with_leaf(|leaf| leaf.at = UnixTime(u64::MAX)).is_ok());
}

#[test]
fn a_clerks_deed_names_the_clerks_statement_and_nothing_else_does() {
    let shown = |kind, statement| {
        let mut log = SmallLog::new(1);
        log.push(&Leaf { kind, statement, ..stored(2) });
        verify_receipt(&log.receipt(0), &log.identity(), &Expected { kind, ..expected(2) })
    };
    let statement = Some(Digest([5; 32]));
    for kind in [LeafKind::Accepted, LeafKind::Destroyed] {
        assert_eq!(shown(kind, None), Err(ReceiptError::StatementMissing));
        assert_eq!(shown(kind, statement).unwrap().leaf().statement, statement);
    }
    for kind in [LeafKind::Stored, LeafKind::Directory] {
        assert_eq!(shown(kind, statement), Err(ReceiptError::StatementUnexpected));
        assert!(shown(kind, None).is_ok());
    }
}

#[test]
fn a_leaf_that_does_not_decode_strictly_is_refused_though_it_is_in_the_tree() {
    let strict = to_cbor(&stored(2));
    assert!(with_leaf_bytes(strict.clone()).is_ok());
    let malformed = |error| Err(ReceiptError::LeafMalformed(error));
    assert_eq!(with_leaf_bytes([&strict[..], &[0]].concat()), malformed(CodecError::Malformed));
    assert_eq!(with_leaf_bytes(strict[..strict.len() - 1].to_vec()), malformed(CodecError::Malformed));
    assert_eq!(with_leaf_bytes(vec![]), malformed(CodecError::Malformed));
    let mut one_field_more = strict.clone();
    one_field_more[0] += 1;
    one_field_more.push(0xf6);
    assert_eq!(with_leaf_bytes(one_field_more), malformed(CodecError::NotDeterministic));
    let padded_version = [&strict[..1], &[0x18, 1], &strict[2..]].concat();
    assert_eq!(with_leaf_bytes(padded_version), malformed(CodecError::NotDeterministic));
    assert_eq!(with_leaf_bytes(vec![0; 257]), malformed(CodecError::TooLong));
}

#[test]
fn an_inner_node_cannot_be_passed_off_as_a_leaf() {
    // Without the 0x00 and 0x01 in front of leaves and nodes, the two children of a node would be a leaf.
    let log = SmallLog::with_forms(1, 4);
    let children = [log.nodes.root(1).0, log.nodes.inclusion(0, 2)[0].0].concat();
    let mut receipt = log.receipt(0);
    receipt.leaf = children.into();
    receipt.path.remove(0);
    assert!(matches!(verify_receipt(&receipt, &log.identity(), &expected(0)), Err(ReceiptError::NotIncluded(_))));
}
