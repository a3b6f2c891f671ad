//! The clerk's signature under an envelope that was sealed anew.

use ed25519_dalek::Signer;
use protocol::{Context, SignatureBytes};

use crate::support::clerk;

pub fn sign_as_clerk(message: &[u8]) -> SignatureBytes {
    SignatureBytes(clerk().sign(&Context::RewrappedByV1.frame(message)).to_bytes())
}
