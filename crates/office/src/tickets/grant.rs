//! What a ticket grants beside entry: the office's tag key, sealed so that the endpoint that keeps it cannot read it.
//!
//! `1 || nonce (12) || AES-256-GCM ciphertext and tag`, under a key derived from the ticket's secret; the associated data is the label and the ticket's
//! id. The plaintext is the deterministic CBOR array `[1, tag key]`.

use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};
use protocol::{from_cbor, to_cbor};
use zeroize::Zeroizing;

use super::{GRANT_INFO, TicketSecret};
use crate::primitives::{self, NONCE_BYTES};
use crate::tags::TagKey;

const VERSION: u8 = 1;

/// What a newcomer's app must know.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The office's tag key.
    pub tag_key: TagKey,
}

/// Why a grant cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    /// A format this program does not know.
    #[error("grant of another format version")]
    Version,
    /// Not sealed with this ticket's secret, or damaged.
    #[error("grant does not open with this ticket")]
    WrongTicket,
}

#[derive(Encode, Decode)]
struct Plaintext {
    #[n(0)]
    version: u8,
    #[n(1)]
    tag_key: ByteArray<32>,
}

impl Drop for Plaintext {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.tag_key[..]);
    }
}

impl TicketSecret {
    /// Seals a grant for the newcomer.
    #[must_use]
    pub fn seal_grant(&self, grant: &Grant) -> Vec<u8> {
        let plaintext = Zeroizing::new(to_cbor(&Plaintext { version: VERSION, tag_key: (*grant.tag_key.expose_bytes()).into() }));
        let nonce = primitives::random::<NONCE_BYTES>();
        let ciphertext = primitives::aes_256_gcm_seal(&self.grant_key(), &nonce, &self.grant_aad(), &plaintext);
        [[VERSION].as_slice(), nonce.as_slice(), &ciphertext].concat()
    }

    /// Opens a grant.
    ///
    /// # Errors
    /// [`GrantError`].
    pub fn open_grant(&self, sealed: &[u8]) -> Result<Grant, GrantError> {
        let (version, rest) = sealed.split_first().ok_or(GrantError::Version)?;
        if *version != VERSION {
            return Err(GrantError::Version);
        }
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(GrantError::WrongTicket)?;
        let opened = primitives::aes_256_gcm_open(&self.grant_key(), nonce, &self.grant_aad(), ciphertext).ok_or(GrantError::WrongTicket)?;
        let plaintext: Plaintext = from_cbor(&opened, 64).map_err(|_| GrantError::Version)?;
        if plaintext.version != VERSION {
            return Err(GrantError::Version);
        }
        Ok(Grant { tag_key: TagKey::from_bytes(*plaintext.tag_key) })
    }

    fn grant_aad(&self) -> Vec<u8> {
        [GRANT_INFO.as_bytes(), &[0], self.ticket_id().as_bytes()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ticket_opens_its_grant() {
        let secret = TicketSecret::make();
        let grant = Grant { tag_key: TagKey::make() };
        let sealed = secret.seal_grant(&grant);
        assert_eq!(secret.open_grant(&sealed).unwrap().tag_key.expose_bytes(), grant.tag_key.expose_bytes());
        assert_eq!(TicketSecret::make().open_grant(&sealed).unwrap_err(), GrantError::WrongTicket);
        assert_ne!(sealed, secret.seal_grant(&grant), "a fresh nonce each time");
    }

    #[test]
    fn every_bit_and_every_length_counts() {
        let secret = TicketSecret::make();
        let sealed = secret.seal_grant(&Grant { tag_key: TagKey::make() });
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(secret.open_grant(&flipped).is_err());
        }
        for length in 0..sealed.len() {
            assert!(secret.open_grant(&sealed[..length]).is_err());
        }
    }

    /// Sealed by hand with `[1, 09…09]` under the derived key and the nonce 06…06, checked with another implementation.
    #[test]
    fn a_grant_of_today_opens_in_ten_years() {
        let sealed = hex::decode(
            "01060606060606060606060606a63f656ec78919c76f8114455c20df2d66138655a1c8c2fa5b637bfaf64c662601fd679447009e10372d671a68c249aa397a42ad",
        )
        .unwrap();
        let grant = TicketSecret::from_bytes([5; 16]).open_grant(&sealed).unwrap();
        assert_eq!(grant.tag_key.expose_bytes(), &[9; 32]);
    }
}
