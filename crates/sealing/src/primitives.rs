//! Every cryptographic primitive of this crate, thinly. Suite 1: HPKE base mode with MLKEM1024-P384 (KEM 0x0051, draft-ietf-hpke-pq),
//! HKDF-SHA384 (0x0002) and AES-256-GCM (0x0002); HKDF-SHA-256, AES-256-GCM, SHA-256 and Ed25519 beside it.

use aes_gcm::aead::{AeadInOut, KeyInit};
use ed25519_dalek::{Signature, VerifyingKey};
use hpke::kem::Kem as _;
use hpke::{Deserializable, OpModeR, OpModeS, Serializable};
use protocol::{Context, Digest, PublicKey, SignatureBytes};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

type Kem = hpke::kem::MlKem1024P384;
type Kdf = hpke::kdf::HkdfSha384;
type Aead = hpke::aead::AesGcm256;

/// A 256-bit secret that leaves memory when dropped: a KEM seed, a content key or a body key.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// Length of an encapsulated key: ML-KEM-1024 ciphertext (1568) and uncompressed P-384 point (97).
pub(crate) const ENCAPSULATED_LEN: usize = 1665;
/// Length of a sealed 32-byte secret: itself and the tag.
pub(crate) const SEALED_KEY_LEN: usize = 32 + TAG_LEN;
/// Length of an AES-GCM tag.
pub(crate) const TAG_LEN: usize = 16;

/// A primitive did not accept its input. Deliberately says no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused;

/// `random(n)`: from the operating system (`getrandom`).
///
/// # Panics
/// When the system has no randomness: nothing secret may be made then.
pub(crate) fn make_random<const N: usize>() -> Zeroizing<[u8; N]> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).expect("invariant: the operating system provides randomness");
    bytes
}

/// `pk(seed)`: `DeriveKeyPair` of the hybrid KEM (draft-irtf-cfrg-hybrid-kems, section 5.5), public part. The private key *is* the 32-byte seed.
pub(crate) fn derive_public_key(seed: &Key) -> Vec<u8> {
    Kem::sk_to_pk(&private_key(seed)).to_bytes().to_vec()
}

/// `HPKE.SealBase(pkR, info, aad = "", pt)`, RFC 9180 section 6.1. Returns `enc` and `ct`.
pub(crate) fn hpke_seal(public_key: &[u8], info: &[u8], secret: &Key) -> Result<(Vec<u8>, Vec<u8>), Refused> {
    let recipient = <Kem as hpke::Kem>::PublicKey::from_bytes(public_key).map_err(|_| Refused)?;
    let (enc, ct) = hpke::single_shot_seal::<Aead, Kdf, Kem>(&OpModeS::Base, &recipient, info, secret.as_slice(), b"").map_err(|_| Refused)?;
    Ok((enc.to_bytes().to_vec(), ct))
}

/// `HPKE.OpenBase(enc, skR, info, aad = "", ct)`, RFC 9180 section 6.1, for a 32-byte plaintext.
pub(crate) fn hpke_open(seed: &Key, info: &[u8], enc: &[u8], ct: &[u8]) -> Result<Key, Refused> {
    let enc = <Kem as hpke::Kem>::EncappedKey::from_bytes(enc).map_err(|_| Refused)?;
    let plaintext = hpke::single_shot_open::<Aead, Kdf, Kem>(&OpModeR::Base, &private_key(seed), &enc, info, ct, b"").map_err(|_| Refused)?;
    let plaintext = Zeroizing::new(plaintext);
    let mut secret = Key::default();
    if plaintext.len() != secret.len() {
        return Err(Refused);
    }
    secret.copy_from_slice(&plaintext);
    Ok(secret)
}

fn private_key(seed: &Key) -> <Kem as hpke::Kem>::PrivateKey {
    <Kem as hpke::Kem>::PrivateKey::from_bytes(seed.as_slice()).expect("invariant: a private key of this KEM is any 32 bytes")
}

/// `HKDF-Expand(HKDF-Extract("", content key), info, 32)`, RFC 5869 with SHA-256, twice: body key and commitment.
///
/// The commitment is collision resistant (as SHA-256 is), so nobody finds two content keys that one envelope fits; AES-GCM alone would let them.
pub(crate) fn derive_body_key(content_key: &Key) -> (Key, Digest) {
    let hkdf = hkdf::Hkdf::<Sha256>::new(None, content_key.as_slice());
    let mut key = Key::default();
    let mut commitment = Digest([0; 32]);
    hkdf.expand(&Context::EnvelopeV1.frame(b"body key"), key.as_mut_slice()).expect("invariant: 32 bytes are one block of HKDF output");
    hkdf.expand(&Context::EnvelopeV1.frame(b"commitment"), &mut commitment.0).expect("invariant: 32 bytes are one block of HKDF output");
    (key, commitment)
}

/// `AES-256-GCM.Encrypt(key, nonce = 0^96, aad, pt)`, NIST SP 800-38D, in place; the tag follows the ciphertext.
///
/// The nonce may be constant because each key is derived from a fresh random content key and encrypts exactly one body.
pub(crate) fn encrypt_body(key: &Key, aad: &[u8], mut plaintext: Zeroizing<Vec<u8>>) -> Vec<u8> {
    let cipher = aes_gcm::Aes256Gcm::new((&**key).into());
    cipher.encrypt_in_place(&[0; 12].into(), aad, &mut *plaintext).expect("invariant: a body is far shorter than AES-GCM's limit");
    std::mem::take(&mut *plaintext)
}

/// `AES-256-GCM.Decrypt(key, nonce = 0^96, aad, ct)`, NIST SP 800-38D.
pub(crate) fn decrypt_body(key: &Key, aad: &[u8], ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
    let cipher = aes_gcm::Aes256Gcm::new((&**key).into());
    let mut buffer = Zeroizing::new(ciphertext.to_vec());
    cipher.decrypt_in_place(&[0; 12].into(), aad, &mut *buffer).map_err(|_| Refused)?;
    Ok(buffer)
}

/// `HKDF-Expand(HKDF-Extract("", secret), info, 32)`, RFC 5869 with SHA-256.
pub(crate) fn derive_key(secret: &[u8; 32], info: &[u8]) -> Key {
    let mut key = Key::default();
    hkdf::Hkdf::<Sha256>::new(None, secret).expand(info, key.as_mut_slice()).expect("invariant: 32 bytes are one block of HKDF output");
    key
}

/// `AES-256-GCM.Encrypt(key, nonce, aad, pt)`, NIST SP 800-38D, in place; the tag follows the ciphertext. For keys that encrypt more than once: the nonce is
/// random, and fewer than 2^32 are ever made under one key.
pub(crate) fn encrypt(key: &Key, nonce: [u8; 12], aad: &[u8], mut plaintext: Zeroizing<Vec<u8>>) -> Vec<u8> {
    let cipher = aes_gcm::Aes256Gcm::new((&**key).into());
    cipher.encrypt_in_place(&nonce.into(), aad, &mut *plaintext).expect("invariant: a note is far shorter than AES-GCM's limit");
    std::mem::take(&mut *plaintext)
}

/// `AES-256-GCM.Decrypt(key, nonce, aad, ct)`, NIST SP 800-38D.
pub(crate) fn decrypt(key: &Key, nonce: [u8; 12], aad: &[u8], ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
    let cipher = aes_gcm::Aes256Gcm::new((&**key).into());
    let mut buffer = Zeroizing::new(ciphertext.to_vec());
    cipher.decrypt_in_place(&nonce.into(), aad, &mut *buffer).map_err(|_| Refused)?;
    Ok(buffer)
}

/// `SHA-256(message)`, FIPS 180-4.
pub(crate) fn sha256(message: &[u8]) -> Digest {
    Digest(Sha256::digest(message).into())
}

/// `Ed25519.Verify(A, frame(context, M), (R, S))`, RFC 8032 section 5.1.7, refusing small-order keys and non-canonical signatures.
pub(crate) fn verify(key: &PublicKey, context: Context, message: &[u8], signature: &SignatureBytes) -> Result<(), Refused> {
    let key = VerifyingKey::from_bytes(key.as_bytes()).map_err(|_| Refused)?;
    key.verify_strict(&context.frame(message), &Signature::from_bytes(signature.as_bytes())).map_err(|_| Refused)
}
