//! Tree heads count only if the pinned log signed exactly them.

use protocol::log::{Checkpoint, SignedCheckpoint};
use protocol::{CodecError, Context, OfficeId, PublicKey, SignatureBytes, to_cbor};
use receipts::{CheckpointError, CheckpointSigner, LogIdentity, verify_checkpoint};

use crate::small_log::{GENERATION, SmallLog};

fn signed_as(change: impl FnOnce(&mut Checkpoint)) -> Result<Checkpoint, CheckpointError> {
    let log = SmallLog::with_forms(1, 3);
    let mut checkpoint = log.checkpoint(3);
    change(&mut checkpoint);
    verify_checkpoint(&log.signer.sign(&checkpoint), &log.identity())
}

#[test]
fn what_the_log_signed_comes_back() {
    let log = SmallLog::with_forms(1, 3);
    assert_eq!(verify_checkpoint(&log.signed(3), &log.identity()), Ok(log.checkpoint(3)));
}

#[test]
fn another_key_does_not_count() {
    let log = SmallLog::with_forms(1, 3);
    let forged = CheckpointSigner::new([2; 32]).sign(&log.checkpoint(3));
    assert_eq!(verify_checkpoint(&forged, &log.identity()), Err(CheckpointError::BadSignature));
}

#[test]
fn an_announced_successor_counts_beside_the_key_and_an_unannounced_one_does_not() {
    let (log, next) = (SmallLog::with_forms(1, 3), CheckpointSigner::new([2; 32]));
    let identity = LogIdentity { next_key: Some(next.public_key()), ..log.identity() };
    assert!(verify_checkpoint(&log.signed(3), &identity).is_ok());
    assert!(verify_checkpoint(&next.sign(&log.checkpoint(3)), &identity).is_ok());
    let third = CheckpointSigner::new([3; 32]);
    assert_eq!(verify_checkpoint(&third.sign(&log.checkpoint(3)), &identity), Err(CheckpointError::BadSignature));
}

#[test]
fn a_successor_in_force_ends_the_old_key() {
    let log = SmallLog::with_forms(1, 3);
    let changed = LogIdentity { key: CheckpointSigner::new([2; 32]).public_key(), ..log.identity() };
    assert_eq!(verify_checkpoint(&log.signed(3), &changed), Err(CheckpointError::BadSignature));
}

#[test]
fn each_field_of_another_log_is_named() {
    assert_eq!(signed_as(|checkpoint| checkpoint.version = 2), Err(CheckpointError::UnknownVersion(2)));
    assert_eq!(signed_as(|checkpoint| checkpoint.version = 0), Err(CheckpointError::UnknownVersion(0)));
    assert_eq!(signed_as(|checkpoint| checkpoint.office = OfficeId([1; 16])), Err(CheckpointError::OtherOffice));
    assert_eq!(signed_as(|checkpoint| checkpoint.generation += 1), Err(CheckpointError::OtherGeneration(GENERATION + 1)));
    assert_eq!(signed_as(|checkpoint| checkpoint.generation -= 1), Err(CheckpointError::OtherGeneration(GENERATION - 1)));
}

#[test]
fn a_signature_for_another_purpose_does_not_count() {
    use ed25519_dalek::{Signer, SigningKey};
    let log = SmallLog::with_forms(1, 3);
    let body = to_cbor(&log.checkpoint(3));
    let sign = |message: &[u8]| SignatureBytes(SigningKey::from_bytes(&[1; 32]).sign(message).to_bytes());
    let shown = |signature| verify_checkpoint(&SignedCheckpoint { body: body.clone().into(), signature }, &log.identity());
    assert!(shown(sign(&Context::CheckpointV1.frame(&body))).is_ok());
    assert_eq!(shown(sign(&Context::DirectoryV1.frame(&body))), Err(CheckpointError::BadSignature));
    assert_eq!(shown(sign(&body)), Err(CheckpointError::BadSignature));
}

#[test]
fn signed_bytes_that_are_no_strict_checkpoint_do_not_count() {
    use ed25519_dalek::{Signer, SigningKey};
    let log = SmallLog::with_forms(1, 3);
    let shown = |body: Vec<u8>| {
        let signature = SigningKey::from_bytes(&[1; 32]).sign(&Context::CheckpointV1.frame(&body));
        verify_checkpoint(&SignedCheckpoint { body: body.into(), signature: SignatureBytes(signature.to_bytes()) }, &log.identity())
    };
    let mut padded = to_cbor(&log.checkpoint(3));
    padded.push(0);
    assert_eq!(shown(padded), Err(CheckpointError::Malformed(CodecError::Malformed)));
    assert_eq!(shown(vec![]), Err(CheckpointError::Malformed(CodecError::Malformed)));
    assert_eq!(shown(vec![0; 129]), Err(CheckpointError::Malformed(CodecError::TooLong)));
}

#[test]
fn a_weak_key_signs_for_nobody() {
    // The identity point as key and R, S = 0: plain Ed25519 verification accepts this for every message.
    let mut identity_point = [0; 32];
    identity_point[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    let log = SmallLog::with_forms(1, 3);
    let weak = LogIdentity { key: PublicKey(identity_point), ..log.identity() };
    let forged = SignedCheckpoint { body: to_cbor(&log.checkpoint(3)).into(), signature: SignatureBytes(signature) };
    assert_eq!(verify_checkpoint(&forged, &weak), Err(CheckpointError::BadSignature));
}

#[test]
fn a_key_that_is_no_point_verifies_nothing() {
    let log = SmallLog::with_forms(1, 3);
    let no_point = LogIdentity { key: PublicKey([2; 32]), ..log.identity() };
    assert_eq!(verify_checkpoint(&log.signed(3), &no_point), Err(CheckpointError::BadSignature));
}

#[test]
fn the_signer_shows_its_public_key_and_nothing_else() {
    let signer = CheckpointSigner::new([0x5e; 32]);
    let shown = format!("{signer:?}");
    assert_eq!(shown, format!("CheckpointSigner({})", signer.public_key()));
    assert!(!shown.contains("5e5e5e"));
}
