//! What a user leaves for the day on which the passphrase is forgotten or they are not there: the key of their part of a vault, sealed to the office's recovery
//! key. Only two holders of shares of the root together have its private half.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use protocol::{Context, DeviceId, OfficeId, from_cbor, to_cbor};
use zeroize::Zeroizing;

use crate::keys::RecoverySecret;
use crate::primitives::{ENCAPSULATED_LEN, Key, SEALED_KEY_LEN, hpke_open, hpke_seal};

/// What it is bound to: it opens for this user of this device, and nothing can be relabelled.
#[derive(Encode)]
struct RecoveryAddress {
    #[n(0)]
    office: OfficeId,
    #[n(1)]
    device: DeviceId,
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    user: [u8; 16],
}

/// As it is stored.
#[derive(Encode, Decode)]
struct Sealed {
    #[n(0)]
    version: u8,
    #[n(1)]
    encapsulated: ByteVec,
    #[n(2)]
    sealed: ByteVec,
}

/// Bytes of what is stored, at most.
const MAX_BYTES: usize = 4096;

/// Not sealed, or not opened. Deliberately says no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no recovery of this user under this key")]
pub struct RecoveryError;

fn info(office: OfficeId, device: DeviceId, user: [u8; 16]) -> Vec<u8> {
    Context::RecoveryV1.frame(&to_cbor(&RecoveryAddress { office, device, user }))
}

/// Seals a user's vault key to the recovery key: CBOR `[1, enc, ct]`, HPKE base mode as for shares, `info = frame("bogen recovery v1", [office, device, user])`.
///
/// # Errors
/// [`RecoveryError`] if `recovery_public` is no public key.
///
/// # Panics
/// When the operating system has no randomness.
pub fn seal_recovery(
    recovery_public: &[u8],
    office: OfficeId,
    device: DeviceId,
    user: [u8; 16],
    vault_key: &[u8; 32],
) -> Result<Vec<u8>, RecoveryError> {
    let secret = Key::new(*vault_key);
    let (encapsulated, sealed) = hpke_seal(recovery_public, &info(office, device, user), &secret).map_err(|_| RecoveryError)?;
    Ok(to_cbor(&Sealed { version: 1, encapsulated: encapsulated.into(), sealed: sealed.into() }))
}

/// Opens what [`seal_recovery`] made.
///
/// # Errors
/// [`RecoveryError`] if it was made for another key, user, device or office, or altered, which cannot be told apart.
pub fn open_recovery(
    secret: &RecoverySecret,
    office: OfficeId,
    device: DeviceId,
    user: [u8; 16],
    bytes: &[u8],
) -> Result<Zeroizing<[u8; 32]>, RecoveryError> {
    let stored: Sealed = from_cbor(bytes, MAX_BYTES).map_err(|_| RecoveryError)?;
    if (stored.version, stored.encapsulated.len(), stored.sealed.len()) != (1, ENCAPSULATED_LEN, SEALED_KEY_LEN) {
        return Err(RecoveryError);
    }
    hpke_open(&secret.0, &info(office, device, user), &stored.encapsulated, &stored.sealed).map_err(|_| RecoveryError)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: OfficeId = OfficeId([1; 16]);
    const DEVICE: DeviceId = DeviceId([2; 16]);

    #[test]
    fn it_opens_for_this_user_of_this_device_under_this_key_and_for_nothing_else() {
        let (secret, public) = RecoverySecret::make();
        let sealed = seal_recovery(&public, OFFICE, DEVICE, [3; 16], &[7; 32]).unwrap();
        assert_eq!(*open_recovery(&secret, OFFICE, DEVICE, [3; 16], &sealed).unwrap(), [7; 32]);
        let refused = |secret: &RecoverySecret, office, device, user, bytes: &[u8]| open_recovery(secret, office, device, user, bytes).unwrap_err();
        refused(&RecoverySecret::make().0, OFFICE, DEVICE, [3; 16], &sealed);
        refused(&secret, OfficeId([9; 16]), DEVICE, [3; 16], &sealed);
        refused(&secret, OFFICE, DeviceId([9; 16]), [3; 16], &sealed);
        refused(&secret, OFFICE, DEVICE, [9; 16], &sealed);
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            refused(&secret, OFFICE, DEVICE, [3; 16], &altered);
        }
        assert_eq!(seal_recovery(&public[1..], OFFICE, DEVICE, [3; 16], &[7; 32]).unwrap_err(), RecoveryError);
    }

    /// What a user leaves today must open in ten years. Recovery seed 32 × 0x2a, vault key 32 × 0x07.
    #[test]
    fn the_stored_form_is_frozen() {
        let stored = hex::decode(include_str!("../tests/vectors/recovery-v1.hex").trim()).unwrap();
        let secret = RecoverySecret::from_seed([0x2a; 32]);
        assert_eq!(*open_recovery(&secret, OFFICE, DEVICE, [3; 16], &stored).unwrap(), [7; 32]);
    }
}
