//! Every cryptographic primitive of the vault, and nothing else. Who uses which key for what stands in `cell` and `slot`.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use protocol::Digest;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::secret::Key;

const NONCE_LEN: usize = 12;

/// The ciphertext is not what was sealed under this key and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotAuthentic;

/// The memory that a key derivation asks for is not to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OutOfMemory;

/// `nonce || AES-256-GCM.Seal(key, nonce, aad, pt)`, nonce = 96 random bits.
///
/// NIST SP 800-38D, section 8.2.2: at most 2^32 messages under one key (the bounds per key stand in `docs/formats/vault.md`).
pub(crate) fn aead_seal(key: &Key, aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let nonce = random::<NONCE_LEN>();
    aead_seal_with_nonce(key, nonce, aad, plaintext)
}

/// `nonce || AES-256-GCM.Seal(key, nonce, aad, pt)` with a given nonce: for test vectors; everything else calls [`aead_seal`].
pub(crate) fn aead_seal_with_nonce(key: &Key, nonce: [u8; NONCE_LEN], aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let sealed = cipher(key).encrypt(&Nonce::from(nonce), Payload { msg: plaintext, aad }).expect("a cell is far below the 64 GiB of GCM");
    let mut out = Vec::with_capacity(NONCE_LEN + sealed.len());
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&sealed);
    out
}

/// `AES-256-GCM.Open(key, nonce, aad, ct)` of what [`aead_seal`] returned (NIST SP 800-38D, section 7.2).
pub(crate) fn aead_open(key: &Key, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotAuthentic> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(NotAuthentic)?;
    cipher(key).decrypt(&Nonce::from(*nonce), Payload { msg: ciphertext, aad }).map(Zeroizing::new).map_err(|_| NotAuthentic)
}

fn cipher(key: &Key) -> Aes256Gcm {
    Aes256Gcm::new_from_slice(key.expose()).expect("a key has the 32 bytes that AES-256 takes")
}

/// `Argon2id(P, S, m KiB, t, p, T = 32)`, version 0x13, no secret, no associated data (RFC 9106, section 3.1).
pub(crate) fn argon2id(passphrase: &[u8], salt: &[u8], memory_kib: u32, iterations: u32, lanes: u32) -> Result<Key, OutOfMemory> {
    let params = Params::new(memory_kib, iterations, lanes, Some(32)).expect("the cost was checked against its limits");
    let mut out = Zeroizing::new([0; 32]);
    match Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(passphrase, salt, out.as_mut_slice()) {
        Ok(()) => Ok(Key::from_bytes(&out)),
        Err(argon2::Error::OutOfMemory) => Err(OutOfMemory),
        Err(_) => unreachable!("salt and output have fixed lengths and a passphrase is shorter than 4 GiB"),
    }
}

/// `HKDF-Expand(HKDF-Extract("", ikm), label || 0x00 || context, 32)` with SHA-256 (RFC 5869, section 2).
pub(crate) fn derive_key(ikm: &[u8], label: &str, context: &[u8]) -> Key {
    let mut out = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, ikm)
        .expand_multi_info(&[label.as_bytes(), &[0], context], out.as_mut_slice())
        .expect("32 bytes are below HKDF's 255 blocks");
    Key::from_bytes(&out)
}

/// `SHA-256(message)` (FIPS 180-4).
pub(crate) fn sha256(message: &[u8]) -> Digest {
    Digest(Sha256::digest(message).into())
}

/// `a == b`, in time that depends on the lengths only.
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// `N` random bytes from the operating system. Without randomness nothing may be sealed: the process stops.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn argon2id_is_that_of_rfc_9106() {
        // Made with OpenSSL through Python: cryptography.hazmat.primitives.kdf.argon2.Argon2id(salt=b"saltsaltsaltsalt", length=32, iterations=3, lanes=4, memory_cost=64).
        let key = argon2id(b"passphrase", b"saltsaltsaltsalt", 64, 3, 4).unwrap();
        assert_eq!(hex::encode(key.expose()), include_str!("vectors/argon2id.hex").trim());
    }

    #[test]
    fn hkdf_separates_labels_and_contexts() {
        let derived = |label, context: &[u8]| derive_key(b"ikm", label, context).expose().to_owned();
        assert_eq!(derived("a", b"b"), derived("a", b"b"));
        assert_ne!(derived("a", b"b"), derived("a", b"c"));
        assert_ne!(derived("a", b"b"), derived("c", b"b"));
    }

    #[test]
    fn a_sealed_text_opens_under_its_key_and_name_only() {
        let key = Key::make();
        let sealed = aead_seal(&key, b"name", b"text");
        assert_eq!(sealed.len(), 12 + 4 + 16, "nonce, text, tag");
        assert_eq!(aead_open(&key, b"name", &sealed).unwrap().as_slice(), b"text");
        assert!(aead_open(&key, b"other", &sealed).is_err());
        assert!(aead_open(&Key::make(), b"name", &sealed).is_err());
        assert!(aead_open(&key, b"name", &sealed[..11]).is_err());
    }
}
