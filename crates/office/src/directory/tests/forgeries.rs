//! A hostile endpoint, a stranger, an administrator who was sent away: none of them makes a directory that counts.

use minicbor::bytes::ByteVec;
use protocol::directory::{AdminCertificate, Directory, Role, Signed, SignedDirectory, Standing};
use protocol::{Context, MemberId, OfficeId, PublicKey, SignatureBytes, UnixTime, from_cbor, to_cbor};

use crate::directory::{DirectoryError, Previous, RootPin, sign, verify};
use crate::example::{ADMIN, CLERK, Office, SECOND_ADMIN, TEAM, member, seed};
use crate::keys::SigningSecret;
use crate::root::OfficeRoot;

fn refused(signed: &SignedDirectory, office: &Office) -> DirectoryError {
    verify(signed, &office.pin, Previous::Nothing).unwrap_err()
}

/// The signed directory with another body under the old signature.
fn tampered(office: &Office, change: impl FnOnce(&mut Directory)) -> SignedDirectory {
    let current = office.second();
    let mut directory = current.get().clone();
    change(&mut directory);
    SignedDirectory { body: to_cbor(&directory).into(), ..current.signed().clone() }
}

#[test]
fn an_endpoint_cannot_swap_a_team_key_or_slip_in_a_member() {
    let office = Office::new();
    let swapped_key = tampered(&office, |directory| {
        let team = directory.teams.iter_mut().find(|team| team.team == TEAM).unwrap();
        team.keys[0].public_key = ByteVec::from(vec![0xee; 1665]);
    });
    assert_eq!(refused(&swapped_key, &office), DirectoryError::BadSignature);
    let forged_member = tampered(&office, |directory| directory.members.push(member(MemberId([0xee; 16]), "Eve", Role::Clerk, &[TEAM])));
    assert_eq!(refused(&forged_member, &office), DirectoryError::BadSignature);
    let other_receipt_key = tampered(&office, |directory| directory.endpoint.receipt_key = SigningSecret::make().public_key());
    assert_eq!(refused(&other_receipt_key, &office), DirectoryError::BadSignature);
    let weaker_policy = tampered(&office, |directory| directory.settings.receipt_policy.min_copies = 1);
    assert_eq!(refused(&weaker_policy, &office), DirectoryError::BadSignature);
}

#[test]
fn every_bit_of_a_signed_directory_counts() {
    let office = Office::new();
    let bytes = to_cbor(office.first().signed());
    assert!(verify(&from_cbor(&bytes, 4096).unwrap(), &office.pin, Previous::Nothing).is_ok());
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let refused = from_cbor(&flipped, 4096).map_or(true, |signed| verify(&signed, &office.pin, Previous::Nothing).is_err());
        assert!(refused, "bit {bit}");
    }
}

#[test]
fn only_a_certified_administrator_signs() {
    let office = Office::new();
    let directory = office.second().get().clone();
    let by_a_stranger = sign(&directory, 1, &SigningSecret::make());
    assert_eq!(refused(&by_a_stranger, &office), DirectoryError::BadSignature);
    let by_an_uncertified_administrator = sign(&directory, 2, &seed(SECOND_ADMIN));
    assert_eq!(refused(&by_an_uncertified_administrator, &office), DirectoryError::UnknownSigner);
    let by_a_clerk = sign(&directory, 1, &seed(CLERK));
    assert_eq!(refused(&by_a_clerk, &office), DirectoryError::BadSignature);
}

#[test]
fn an_administrator_cannot_certify_a_colleague() {
    let office = Office::new();
    let admin_as_root = OfficeRoot::from_seed(*seed(ADMIN).expose_seed());
    let by_an_admin = admin_as_root.certify(office.pin.office, SECOND_ADMIN, seed(SECOND_ADMIN).public_key(), 2, UnixTime(1));
    let forged = office.forge(&office.second().edit(UnixTime(3)), |directory| directory.admins.push(by_an_admin));
    assert_eq!(refused(&forged, &office), DirectoryError::Certificate);
}

#[test]
fn a_certificate_of_another_office_does_not_count() {
    let office = Office::new();
    let key = seed(SECOND_ADMIN).public_key();
    let by_another_root = OfficeRoot::make().certify(office.pin.office, SECOND_ADMIN, key, 2, UnixTime(1));
    let for_another_office = office.root.certify(OfficeId([0xee; 16]), SECOND_ADMIN, key, 2, UnixTime(1));
    for certificate in [by_another_root, for_another_office] {
        let forged = office.forge(&office.second().edit(UnixTime(3)), |directory| directory.admins.push(certificate));
        assert_eq!(refused(&forged, &office), DirectoryError::Certificate);
    }
}

/// Even the root's own signature does not carry a format of tomorrow, or a key that verifies what nobody signed.
#[test]
fn a_certificate_of_another_version_or_for_an_unsound_key_does_not_count() {
    let root = SigningSecret::from_seed([1; 32]);
    let office = Office::with_root(OfficeRoot::from_seed([1; 32]));
    let key = seed(SECOND_ADMIN).public_key();
    let genuine = AdminCertificate { version: 1, office: office.pin.office, member: SECOND_ADMIN, key, serial: 2, issued_at: UnixTime(1) };
    let later_format = AdminCertificate { version: 2, ..genuine.clone() };
    let unsound_key = AdminCertificate { key: PublicKey([0; 32]), ..genuine.clone() };
    let outcome = |certificate: AdminCertificate| {
        let body = to_cbor(&certificate);
        let signed = Signed { signature: root.sign(Context::AdminCertificateV1, &body), body: body.into() };
        let directory = office.forge(&office.second().edit(UnixTime(3)), |directory| directory.admins.push(signed));
        verify(&directory, &office.pin, Previous::Nothing).map(|verified| verified.number())
    };
    assert_eq!(outcome(genuine), Ok(3));
    assert_eq!(outcome(later_format), Err(DirectoryError::Certificate));
    assert_eq!(outcome(unsound_key), Err(DirectoryError::Certificate));
}

#[test]
fn a_revocation_is_the_roots_alone_and_no_certificate_passes_for_one() {
    let office = Office::new();
    let by_another_root = OfficeRoot::make().revoke(office.pin.office, 1, UnixTime(1));
    let for_another_office = office.root.revoke(OfficeId([0xee; 16]), 1, UnixTime(1));
    for revocation in [by_another_root, for_another_office] {
        let forged = office.forge(&office.second().edit(UnixTime(3)), |directory| directory.revocations.push(revocation));
        assert_eq!(refused(&forged, &office), DirectoryError::Revocation);
    }
    let certificate = office.root.certify(office.pin.office, ADMIN, seed(ADMIN).public_key(), 1, UnixTime(1));
    let forged = office.forge(&office.second().edit(UnixTime(3)), |directory| directory.revocations.push(certificate));
    assert_eq!(refused(&forged, &office), DirectoryError::Revocation);
}

#[test]
fn a_revoked_administrator_signs_nothing_any_more() {
    let office = Office::new();
    let current = office.with_second_admin();
    let revocation = office.root.revoke(office.pin.office, 1, UnixTime(9));
    let without_the_admin = office.next_by(&current, SECOND_ADMIN, |edit| edit.with_revocation(revocation).unwrap());
    let by_the_revoked = office.forge(&without_the_admin.edit(UnixTime(10)), |_| {});
    assert_eq!(refused(&by_the_revoked, &office), DirectoryError::SignerRevoked);
}

#[test]
fn serials_are_unique() {
    let office = Office::new();
    let again = office.root.certify(office.pin.office, SECOND_ADMIN, seed(SECOND_ADMIN).public_key(), 1, UnixTime(1));
    let forged = office.forge(&office.second().edit(UnixTime(3)), |directory| directory.admins.push(again));
    assert_eq!(refused(&forged, &office), DirectoryError::Certificate);
}

#[test]
fn the_signer_must_be_an_active_administrator_with_the_certified_key() {
    let office = Office::new();
    let edit = office.second().edit(UnixTime(3));
    let not_listed = office.forge(&edit, |directory| directory.members.retain(|member| member.member != ADMIN));
    assert_eq!(refused(&not_listed, &office), DirectoryError::SignerNotAdmin);
    let other_key = office.forge(&edit, |directory| directory.members[0].key = SigningSecret::make().public_key());
    assert_eq!(refused(&other_key, &office), DirectoryError::SignerNotAdmin);
    let no_admin = office.forge(&edit, |directory| directory.members[0].roles = vec![Role::Counsellor]);
    assert_eq!(refused(&no_admin, &office), DirectoryError::SignerNotAdmin);
    let sent_away = office.forge(&edit, |directory| directory.members[0].standing = Standing::Revoked);
    assert_eq!(refused(&sent_away, &office), DirectoryError::SignerNotAdmin);
}

#[test]
fn another_office_root_or_version_is_refused() {
    let office = Office::new();
    let signed = office.second().signed().clone();
    let other_office = RootPin { office: OfficeId([0xee; 16]), ..office.pin };
    assert_eq!(verify(&signed, &other_office, Previous::Nothing).unwrap_err(), DirectoryError::OtherOffice);
    let other_root = RootPin { root_key: OfficeRoot::make().public_key(), ..office.pin };
    assert_eq!(verify(&signed, &other_root, Previous::Nothing).unwrap_err(), DirectoryError::Certificate);
    let later_format = office.forge(&office.second().edit(UnixTime(3)), |directory| directory.version = 2);
    assert_eq!(refused(&later_format, &office), DirectoryError::Version);
}

/// A pinned root of small order would let anybody certify: such a signature verifies for every message.
#[test]
fn a_root_key_of_small_order_certifies_nobody() {
    let office = Office::new();
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    let genuine = office.root.certify(office.pin.office, ADMIN, seed(ADMIN).public_key(), 1, UnixTime(1));
    let certificate = Signed { signature: SignatureBytes(signature), ..genuine };
    let forged = office.forge(&office.first_edit(), |directory| directory.admins = vec![certificate]);
    let pin = RootPin { root_key: PublicKey(identity), ..office.pin };
    assert_eq!(verify(&forged, &pin, Previous::Nothing).unwrap_err(), DirectoryError::Certificate);
}

/// Signed bytes of another purpose, by the same key, are no directory.
#[test]
fn a_signature_of_another_context_does_not_count() {
    let office = Office::new();
    let signed = office.second().signed().clone();
    let signature = seed(ADMIN).sign(Context::EnteredV1, &signed.body);
    assert_eq!(refused(&SignedDirectory { signature, ..signed }, &office), DirectoryError::BadSignature);
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(body in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        let office = Office::with_root(OfficeRoot::from_seed([1; 32]));
        let signed = sign_bytes(body);
        proptest::prop_assert!(verify(&signed, &office.pin, Previous::Nothing).is_err());
    }
}

fn sign_bytes(body: Vec<u8>) -> SignedDirectory {
    SignedDirectory { signature: seed(ADMIN).sign(Context::DirectoryV1, &body), body: body.into(), serial: 1 }
}

/// With a key of their own in its place, an administrator could open drafts of whoever unlocks next.
#[test]
fn an_administrator_cannot_swap_the_recovery_key_or_take_it_away() {
    let office = Office::new();
    let with = |signed: Signed| office.next(&office.second(), |edit| edit.with_recovery(signed));
    let stated = with(office.root.state_recovery_key(office.pin.office, &[7; 1665]));
    assert_eq!(stated.recovery_key().unwrap(), [7; 1665]);
    let forge = |change: &dyn Fn(&mut Directory)| office.forge(&crate::directory::DirectoryEdit::next_version(&stated, UnixTime(9)), change);
    let stranger = OfficeRoot::make();
    for other in [
        stranger.state_recovery_key(office.pin.office, &[8; 1665]),
        office.root.state_recovery_key(OfficeId([0xee; 16]), &[8; 1665]),
        office.root.state_recovery_key(office.pin.office, &[8; 1664]),
    ] {
        assert_eq!(refused(&forge(&|directory| directory.recovery = Some(other.clone())), &office), DirectoryError::Recovery);
    }
    let follows = |signed: &SignedDirectory| verify(signed, &office.pin, Previous::Directory(&stated)).map(drop);
    assert_eq!(follows(&forge(&|directory| directory.recovery = None)), Err(DirectoryError::Recovery));
    let another = office.root.state_recovery_key(office.pin.office, &[8; 1665]);
    assert_eq!(follows(&forge(&|directory| directory.recovery = Some(another.clone()))), Err(DirectoryError::Recovery));
    assert_eq!(follows(&forge(&|_| ())), Ok(()));
}
