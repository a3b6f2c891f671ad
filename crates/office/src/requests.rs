//! Signed requests: a strict profile of HTTP Message Signatures (RFC 9421) with Content-Digest (RFC 9530).
//!
//! There is exactly one accepted serialisation of the covered components and parameters, so nothing is negotiated and nothing can be downgraded.
//! Freshness comes from the server's nonce, not from `created`: nobody's clock is trusted. Whether the nonce was handed out, and not used yet, the
//! endpoint checks after the signature.

mod base;
mod client_version;
mod key_id;
mod received;

pub use base::{RequestParts, SignedHeaders, content_digest, normalise_authority, sign};
pub use client_version::ClientVersion;
pub use key_id::KeyId;
pub use received::{Authenticated, ReceivedRequest, RequestError, verify};

/// Header with the digest of the body (RFC 9530).
pub const CONTENT_DIGEST_HEADER: &str = "content-digest";
/// Header with the covered components and parameters (RFC 9421, section 4.1).
pub const SIGNATURE_INPUT_HEADER: &str = "signature-input";
/// Header with the signature (RFC 9421, section 4.2).
pub const SIGNATURE_HEADER: &str = "signature";

#[cfg(test)]
mod tests;
