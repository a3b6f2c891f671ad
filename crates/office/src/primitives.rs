//! Every cryptographic primitive of this crate, and nothing else: thin calls with fixed parameters, each named as its specification names it.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use protocol::{Digest, PublicKey, SignatureBytes, Tag};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;
use vsss_rs::Gf256;
use zeroize::Zeroizing;

/// Length of an AES-GCM nonce in bytes.
pub(crate) const NONCE_BYTES: usize = 12;

/// `N` bytes of the operating system's randomness.
pub(crate) fn random<const N: usize>() -> Zeroizing<[u8; N]> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).expect("invariant: a system without randomness runs nothing of ours");
    bytes
}

/// ``SHA-256(message)``, FIPS 180-4.
pub(crate) fn sha256(message: &[u8]) -> Digest {
    Digest(Sha256::digest(message).into())
}

/// ``HMAC-SHA-256(key, message)``, RFC 2104.
pub(crate) fn hmac_sha256(key: &[u8; 32], message: &[u8]) -> Tag {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("invariant: HMAC takes keys of any length");
    mac.update(message);
    Tag(mac.finalize().into_bytes().into())
}

/// Whether ``HMAC-SHA-256(key, message) = tag``, in constant time.
pub(crate) fn hmac_sha256_matches(key: &[u8; 32], message: &[u8], tag: &Tag) -> bool {
    hmac_sha256(key, message).as_bytes().ct_eq(tag.as_bytes()).into()
}

/// ``HKDF-SHA-256(salt = "", IKM = ikm, info, L = N)``, RFC 5869. No salt: our input keys are uniformly random.
pub(crate) fn hkdf_sha256<const N: usize>(ikm: &[u8], info: &str) -> Zeroizing<[u8; N]> {
    hkdf_sha256_over(ikm, info.as_bytes())
}

/// The same, with an `info` of bytes.
pub(crate) fn hkdf_sha256_over<const N: usize>(ikm: &[u8], info: &[u8]) -> Zeroizing<[u8; N]> {
    let mut okm = Zeroizing::new([0; N]);
    Hkdf::<Sha256>::new(None, ikm).expand(info, &mut *okm).expect("invariant: N is far below 255 * 32 bytes");
    okm
}

/// ``AES-256-GCM.Seal(key, nonce, aad, plaintext)``, NIST SP 800-38D; the 16-byte tag stands at the end.
pub(crate) fn aes_256_gcm_seal(key: &[u8; 32], nonce: &[u8; NONCE_BYTES], aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let cipher = Aes256Gcm::new(key.into());
    cipher.encrypt(nonce.into(), Payload { msg: plaintext, aad }).expect("invariant: the plaintext is far below 64 GiB")
}

/// ``AES-256-GCM.Open(key, nonce, aad, ciphertext)``; none if it was not sealed so.
pub(crate) fn aes_256_gcm_open(key: &[u8; 32], nonce: &[u8; NONCE_BYTES], aad: &[u8], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    Aes256Gcm::new(key.into()).decrypt(nonce.into(), Payload { msg: ciphertext, aad }).ok().map(Zeroizing::new)
}

/// ``A`` of an Ed25519 seed, RFC 8032, section 5.1.5.
pub(crate) fn ed25519_public(seed: &[u8; 32]) -> PublicKey {
    PublicKey(SigningKey::from_bytes(seed).verifying_key().to_bytes())
}

/// ``Ed25519.Sign(seed, message)``, RFC 8032, section 5.1.6.
pub(crate) fn ed25519_sign(seed: &[u8; 32], message: &[u8]) -> SignatureBytes {
    SignatureBytes(SigningKey::from_bytes(seed).sign(message).to_bytes())
}

/// ``Ed25519.Verify(key, message, signature)``, RFC 8032, section 5.1.7, strict: without cofactor, and neither `A` nor `R` of small order.
pub(crate) fn ed25519_verify_strict(key: &PublicKey, message: &[u8], signature: &SignatureBytes) -> bool {
    let Ok(verifying) = VerifyingKey::from_bytes(key.as_bytes()) else { return false };
    verifying.verify_strict(message, &Signature::from_bytes(signature.as_bytes())).is_ok()
}

/// Whether the bytes are the canonical encoding of a point that is not of small order.
pub(crate) fn ed25519_key_is_sound(key: &PublicKey) -> bool {
    let Ok(verifying) = VerifyingKey::from_bytes(key.as_bytes()) else { return false };
    !verifying.is_weak() && verifying.to_edwards().compress().as_bytes() == key.as_bytes()
}

/// Shamir's ``split(threshold = 2, shares = 3)`` of each byte over GF(2^8) with the AES polynomial; a share is `x || y`, with `x` 1, 2, 3.
pub(crate) fn shamir_split_2_of_3(secret: &[u8; 32]) -> [Zeroizing<[u8; 33]>; 3] {
    let shares = Gf256::split_bytes(2, 3, secret, UnwrapErr(SysRng)).expect("invariant: 2 of 3 with a secret is a valid request");
    let shares: Vec<_> = shares.into_iter().map(Zeroizing::new).collect();
    std::array::from_fn(|at| Zeroizing::new(shares[at].as_slice().try_into().expect("invariant: a share is x and 32 bytes")))
}

/// Shamir's ``combine`` of two shares `x || y`; none if they have the same `x`, or an `x` of 0.
pub(crate) fn shamir_combine(first: &[u8; 33], second: &[u8; 33]) -> Option<Zeroizing<[u8; 32]>> {
    let shares = Zeroizing::new([first.to_vec(), second.to_vec()]);
    let secret = Zeroizing::new(Gf256::combine_bytes(&*shares).ok()?);
    secret.as_slice().try_into().ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        hex::decode(text).unwrap().try_into().unwrap()
    }

    #[test]
    fn hkdf_reproduces_rfc_5869_test_case_3() {
        let ikm = [0x0b; 22];
        let expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8";
        assert_eq!(hex::encode(*hkdf_sha256::<42>(&ikm, "")), expected);
    }

    #[test]
    fn ed25519_reproduces_rfc_8032_test_2() {
        let seed = bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let key = PublicKey(bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        let signature = SignatureBytes(bytes(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ));
        assert_eq!(ed25519_public(&seed), key);
        assert_eq!(ed25519_sign(&seed, &[0x72]), signature);
        assert!(ed25519_verify_strict(&key, &[0x72], &signature));
        assert!(!ed25519_verify_strict(&key, &[0x73], &signature));
    }

    #[test]
    fn keys_of_small_order_and_bytes_that_are_no_point_are_unsound() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert!(!ed25519_key_is_sound(&PublicKey(identity)), "the identity, order 1");
        assert!(!ed25519_key_is_sound(&PublicKey([0; 32])), "order 4");
        let order_8 = bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
        assert!(!ed25519_key_is_sound(&PublicKey(order_8)), "order 8");
        let mut no_point = [0; 32];
        no_point[0] = 2;
        assert!(!ed25519_key_is_sound(&PublicKey(no_point)), "y = 2 lies on no point");
        let non_canonical = bytes("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        assert!(!ed25519_key_is_sound(&PublicKey(non_canonical)), "y = p + 3, a second encoding of y = 3");
        assert!(ed25519_key_is_sound(&ed25519_public(&[7; 32])));
    }

    #[test]
    fn a_key_of_small_order_verifies_nothing() {
        let mut identity = [0; 32];
        identity[0] = 1;
        let mut signature = [0; 64];
        signature[0] = 1; // R = identity, s = 0: satisfies the plain equation for every message
        assert!(!ed25519_verify_strict(&PublicKey(identity), b"anything", &SignatureBytes(signature)));
    }

    #[test]
    fn any_two_shares_give_the_secret_and_one_twice_does_not() {
        let secret = *random::<32>();
        let [a, b, c] = shamir_split_2_of_3(&secret);
        for (first, second) in [(&a, &b), (&b, &c), (&c, &a)] {
            assert_eq!(*shamir_combine(first, second).unwrap(), secret);
        }
        assert!(shamir_combine(&a, &a).is_none());
    }
}
