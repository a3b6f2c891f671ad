//! Verifying a received request.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use protocol::api::{CLIENT_HEADER, KNOWN_SIZE_HEADER};
use protocol::{PublicKey, SignatureBytes};

use super::base::{COMPONENTS, Covered, LABEL, content_digest, normalise_authority, signature_params};
use super::{CONTENT_DIGEST_HEADER, ClientVersion, KeyId, SIGNATURE_HEADER, SIGNATURE_INPUT_HEADER};
use crate::primitives;

/// Characters of a nonce, at most.
const MAX_NONCE: usize = 128;

/// A request as it arrived: nothing about it is verified, and the body must be the whole body.
#[derive(Clone, Copy, Debug)]
pub struct ReceivedRequest<'a> {
    /// The method.
    pub method: &'a str,
    /// `Host`, or `:authority` of HTTP/2, with the port if it came with one.
    pub authority: &'a str,
    /// The request target in origin form, as it came.
    pub path_and_query: &'a str,
    /// The body.
    pub body: &'a [u8],
    /// All headers with their values; a repeated header is here as often as it came.
    pub headers: &'a [(&'a str, &'a [u8])],
}

/// What a valid signature vouches for. The nonce must still be checked to be one of ours, unused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticated {
    /// Whose key signed.
    pub key_id: KeyId,
    /// The nonce under the signature.
    pub nonce: String,
    /// The tree size that the client knows.
    pub known_size: u64,
    /// The client's version.
    pub client: ClientVersion,
}

/// Why a request does not count. Says nothing about its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// A header of the profile is missing, or there more than once.
    #[error("header {0} not there exactly once")]
    Header(&'static str),
    /// A header, the method, the authority or the target is not in the profile's form: other components, another algorithm, further parameters…
    #[error("{0} not in the form of the profile")]
    OutsideProfile(&'static str),
    /// The body is not the one that the signer meant.
    #[error("content digest does not fit the body")]
    DigestMismatch,
    /// No key is known under this `keyid`.
    #[error("key unknown")]
    UnknownKey,
    /// The signature does not count.
    #[error("signature does not verify")]
    BadSignature,
}

/// Verifies a request. `lookup` gives the key for a `keyid`, also of a revoked device: what it may still do, [`crate::roles::may`] says.
///
/// # Errors
/// [`RequestError`]; nothing of the request may then be used.
pub fn verify(request: &ReceivedRequest<'_>, lookup: impl FnOnce(&KeyId) -> Option<PublicKey>) -> Result<Authenticated, RequestError> {
    let content_digest_given = request.the_header(CONTENT_DIGEST_HEADER)?;
    let known_size = request.the_header(KNOWN_SIZE_HEADER)?;
    let client = request.the_header(CLIENT_HEADER)?;
    let signature_input = request.the_header(SIGNATURE_INPUT_HEADER)?;
    let signature = parse_signature(request.the_header(SIGNATURE_HEADER)?)?;
    let (key_id, nonce) = parse_signature_input(signature_input)?;
    let authenticated = Authenticated { key_id, nonce: nonce.to_owned(), known_size: parse_size(known_size)?, client: parse_client(client)? };
    request.check_method_and_target()?;
    let authority = normalise_authority(request.authority).ok_or(RequestError::OutsideProfile("authority"))?;

    if content_digest(request.body) != content_digest_given {
        return Err(RequestError::DigestMismatch);
    }
    let key = lookup(&key_id).ok_or(RequestError::UnknownKey)?;
    let covered = Covered {
        method: request.method,
        authority: &authority,
        path_and_query: request.path_and_query,
        content_digest: content_digest_given,
        known_size,
        client,
    };
    let base = covered.signature_base(&signature_params(&key_id, nonce));
    if primitives::ed25519_verify_strict(&key, base.as_bytes(), &signature) { Ok(authenticated) } else { Err(RequestError::BadSignature) }
}

impl<'a> ReceivedRequest<'a> {
    /// The value of a header that must be there exactly once.
    fn the_header(&self, name: &'static str) -> Result<&'a str, RequestError> {
        let mut values = self.headers.iter().filter(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
        let (Some(value), None) = (values.next(), values.next()) else { return Err(RequestError::Header(name)) };
        std::str::from_utf8(value).map_err(|_| RequestError::OutsideProfile(name))
    }

    /// Upper-case method, target in origin form of visible ASCII: no line feed can add a line to the signature base.
    fn check_method_and_target(&self) -> Result<(), RequestError> {
        if self.method.is_empty() || !self.method.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(RequestError::OutsideProfile("method"));
        }
        let target = self.path_and_query;
        if !target.starts_with('/') || !target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
            return Err(RequestError::OutsideProfile("target"));
        }
        Ok(())
    }
}

/// `keyid` and `nonce` of the one accepted form; whatever differs from it, by a character, is refused.
fn parse_signature_input(value: &str) -> Result<(KeyId, &str), RequestError> {
    let refused = RequestError::OutsideProfile(SIGNATURE_INPUT_HEADER);
    let parts = || {
        let rest = value.strip_prefix(LABEL)?.strip_prefix('=')?.strip_prefix(COMPONENTS)?.strip_prefix(";keyid=\"")?;
        let (key_id, rest) = rest.split_once('"')?;
        let (nonce, _) = rest.strip_prefix(";alg=\"ed25519\";nonce=\"")?.split_once('"')?;
        Some((KeyId::parse(key_id)?, nonce))
    };
    let (key_id, nonce) = parts().ok_or(refused)?;
    let sound = is_nonce(nonce) && value.strip_prefix(LABEL).and_then(|rest| rest.strip_prefix('=')) == Some(&signature_params(&key_id, nonce));
    if sound { Ok((key_id, nonce)) } else { Err(refused) }
}

fn is_nonce(nonce: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'+' | b'/' | b'=');
    (1..=MAX_NONCE).contains(&nonce.len()) && nonce.bytes().all(plain)
}

fn parse_signature(value: &str) -> Result<SignatureBytes, RequestError> {
    let text = value.strip_prefix(LABEL).and_then(|rest| rest.strip_prefix("=:")).and_then(|rest| rest.strip_suffix(':'));
    let bytes = text.and_then(|text| STANDARD.decode(text).ok());
    bytes.and_then(|bytes| SignatureBytes::from_slice(&bytes)).ok_or(RequestError::OutsideProfile(SIGNATURE_HEADER))
}

/// A decimal number in its one form.
fn parse_size(value: &str) -> Result<u64, RequestError> {
    let size = value.parse::<u64>().ok().filter(|size| size.to_string() == value);
    size.ok_or(RequestError::OutsideProfile(KNOWN_SIZE_HEADER))
}

fn parse_client(value: &str) -> Result<ClientVersion, RequestError> {
    ClientVersion::parse(value).ok_or(RequestError::OutsideProfile(CLIENT_HEADER))
}
