//! Making an endpoint, and saying what one is.

use std::path::Path;

use protocol::{Digest, PublicKey};
use zeroize::Zeroizing;

use crate::config::{CONFIG_FILE, TEMPLATE};
use crate::data_dir::{DataDirError, make_private, write_private};
use crate::keys::{EndpointSecrets, KEY_FILE};
use crate::tls::{self, TlsError};

/// Why there is no endpoint.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The data directory cannot be used.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// No key and certificate for TLS.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// What distinguishes this endpoint from any other.
pub struct Described {
    /// Which life of the endpoint.
    pub generation: u32,
    /// Its log key.
    pub receipt_key: PublicKey,
    /// SHA-256 of its TLS certificate's SubjectPublicKeyInfo.
    pub tls_pin: Digest,
    /// The founding code, until the office is founded.
    pub founding_code: Option<Zeroizing<String>>,
}

/// Makes an endpoint in `dir`: log key, founding code, TLS key and a certificate for `names`, and a file of settings.
///
/// # Errors
/// [`SetupError`]; an endpoint that is there already is left alone.
pub fn init(dir: &Path, names: &[String]) -> Result<Described, SetupError> {
    make_private(dir)?;
    if dir.join(KEY_FILE).exists() {
        return Err(DataDirError::AlreadyInitialised(dir.to_owned()).into());
    }
    tls::make(dir, names)?;
    if !dir.join(CONFIG_FILE).exists() {
        write_private(&dir.join(CONFIG_FILE), TEMPLATE.as_bytes())?;
    }
    // Last: where there is a key file, everything else is there too.
    EndpointSecrets::make(dir)?;
    describe(dir)
}

/// Says what the endpoint in `dir` is.
///
/// # Errors
/// [`SetupError`] if there is none, or it cannot be read.
pub fn describe(dir: &Path) -> Result<Described, SetupError> {
    let secrets = EndpointSecrets::load(dir)?;
    Ok(Described {
        generation: secrets.generation,
        receipt_key: secrets.signer().public_key(),
        tls_pin: tls::pin(dir)?,
        founding_code: secrets.founding_code.as_ref().map(office::founding::FoundingCode::to_text),
    })
}
