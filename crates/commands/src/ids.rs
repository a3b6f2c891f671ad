//! Local ids: random, never leaving the device, as hexadecimal text for the shell.

use crate::api::{CommandError, ErrorCode};

/// 16 random bytes.
///
/// # Panics
/// If the operating system has no randomness: then nothing may be encrypted either.
pub fn new_id() -> [u8; 16] {
    let mut id = [0; 16];
    getrandom::fill(&mut id).expect("without the system's randomness nothing may go on");
    id
}

/// From the text a shell sends.
pub fn parse_id(text: &str) -> Result<[u8; 16], CommandError> {
    let mut id = [0; 16];
    hex::decode_to_slice(text, &mut id).map_err(|_| CommandError::new(ErrorCode::NotFound))?;
    Ok(id)
}
