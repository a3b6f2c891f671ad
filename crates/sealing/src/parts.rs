//! An envelope taken apart, with everything checked that can be checked before decryption.

use minicbor::Decoder;
use protocol::envelope::{ENVELOPE_VERSION, Envelope, EnvelopeHeader, Rewrap, SUITE_MLKEM1024_P384, rewrap_of};
use protocol::{Context, Digest, Token};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::body::PADDED_LEN;
use crate::primitives::{
    ENCAPSULATED_LEN, Key, Refused, SEALED_KEY_LEN, TAG_LEN, decrypt_body, derive_body_key, encrypt_body, hpke_open, hpke_seal, sha256,
};

/// Why bytes are not taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTaken {
    /// Not an envelope.
    NotAnEnvelope,
    /// An envelope of another version or suite.
    UnknownFormat,
}

/// An envelope of version 1 and suite 1 whose parts have the right lengths.
pub(crate) struct Parts {
    pub(crate) envelope: Envelope,
    pub(crate) header: EnvelopeHeader,
    pub(crate) header_digest: Digest,
    pub(crate) rewrap: Option<Rewrap>,
}

impl Parts {
    /// Takes bytes apart.
    pub(crate) fn take(bytes: &[u8]) -> Result<Self, NotTaken> {
        let envelope = Envelope::decode(bytes).map_err(|_| NotTaken::NotAnEnvelope)?;
        if format_of(envelope.header_bytes()).ok_or(NotTaken::NotAnEnvelope)? != (ENVELOPE_VERSION, SUITE_MLKEM1024_P384) {
            return Err(NotTaken::UnknownFormat);
        }
        let header = envelope.header().map_err(|_| NotTaken::NotAnEnvelope)?;
        let lengths = (envelope.encapsulated.len(), envelope.sealed_key.len(), envelope.body.len());
        if lengths != (ENCAPSULATED_LEN, SEALED_KEY_LEN, PADDED_LEN + TAG_LEN) {
            return Err(NotTaken::NotAnEnvelope);
        }
        let header_digest = sha256(envelope.header_bytes());
        let rewrap = envelope.rewrap.as_ref().map(rewrap_of).transpose().map_err(|_| NotTaken::UnknownFormat)?;
        Ok(Self { envelope, header, header_digest, rewrap })
    }

    /// The content key, if `team_key` is the one that the envelope lies under now.
    pub(crate) fn unwrap_key(&self, team_key: &Key) -> Result<Key, Refused> {
        let info = match &self.envelope.rewrap {
            None => Context::EnvelopeV1.frame(self.envelope.header_bytes()),
            Some(signed) => rewrap_info(&self.header_digest, &signed.body),
        };
        hpke_open(team_key, &info, &self.envelope.encapsulated, &self.envelope.sealed_key)
    }

    /// Decrypts the padded body, if `content_key` is the one that the envelope commits to.
    pub(crate) fn decrypt(&self, content_key: &Key) -> Result<Zeroizing<Vec<u8>>, Refused> {
        let (body_key, commitment) = derive_body_key(content_key);
        if !bool::from(commitment.0.ct_eq(&self.envelope.commitment.0)) {
            return Err(Refused);
        }
        decrypt_body(&body_key, &body_aad(&self.header_digest), &self.envelope.body)
    }
}

/// Version and suite, read alone: a later header may have another shape.
fn format_of(header: &[u8]) -> Option<(u8, u16)> {
    let mut decoder = Decoder::new(header);
    decoder.array().ok()??;
    Some((decoder.u8().ok()?, decoder.u16().ok()?))
}

/// Seals a padded body under `content_key` and the content key to the team.
pub(crate) fn assemble(header: &EnvelopeHeader, padded: Zeroizing<Vec<u8>>, content_key: &Key, team_public: &[u8]) -> Result<Envelope, Refused> {
    let header_bytes = protocol::to_cbor(header);
    let (encapsulated, sealed_key) = hpke_seal(team_public, &Context::EnvelopeV1.frame(&header_bytes), content_key)?;
    let (body_key, commitment) = derive_body_key(content_key);
    let body = encrypt_body(&body_key, &body_aad(&sha256(&header_bytes)), padded);
    Ok(Envelope::assemble(header, encapsulated, sealed_key, commitment, body))
}

/// What a content key that was sealed anew is bound to: this form, and what the rewrap says.
pub(crate) fn rewrap_info(header: &Digest, rewrap: &[u8]) -> Vec<u8> {
    Context::RewrapV1.frame(&[&header.0, rewrap].concat())
}

fn body_aad(header_digest: &Digest) -> Vec<u8> {
    Context::EnvelopeV1.frame(&header_digest.0)
}

/// What the header says of the token inside.
pub(crate) fn token_hash(token: &Token) -> Digest {
    sha256(&Context::TokenV1.frame(&token.0))
}
