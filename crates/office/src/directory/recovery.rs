//! The office's recovery key, as the root signed it.

use protocol::directory::{Directory, RecoveryKey};
use protocol::{Context, from_cbor};

use super::flaws::TEAM_PUBLIC_KEY_BYTES;
use super::{DirectoryError, RootPin};
use crate::keys;

/// Bytes of the statement, at most.
const MAX_STATEMENT: usize = 2048;

/// The public key in this directory, if there is one; it must be the root's, for this office.
pub(super) fn verify(directory: &Directory, pin: &RootPin) -> Result<Option<Vec<u8>>, DirectoryError> {
    let Some(signed) = &directory.recovery else { return Ok(None) };
    keys::verify(&pin.root_key, Context::RecoveryKeyV1, &signed.body, &signed.signature).map_err(|_| DirectoryError::Recovery)?;
    let key: RecoveryKey = from_cbor(&signed.body, MAX_STATEMENT).map_err(|_| DirectoryError::Recovery)?;
    let counts = key.version == 1 && key.office == pin.office && key.public_key.len() == TEAM_PUBLIC_KEY_BYTES;
    if counts { Ok(Some(key.public_key.to_vec())) } else { Err(DirectoryError::Recovery) }
}
