//! `endpoint.key`: the secret that signs the log, and the founding code until the office is founded.

use std::path::Path;

use minicbor::{Decode, Encode};
use office::founding::FoundingCode;
use protocol::{Token, from_cbor, to_cbor};
use receipts::CheckpointSigner;
use zeroize::Zeroizing;

use crate::data_dir::{DataDirError, demand_private, io, write_private};

/// Name of the file in the data directory.
pub(crate) const KEY_FILE: &str = "endpoint.key";
/// The first life of an endpoint. A restore from a backup begins the next one.
pub(crate) const FIRST_GENERATION: u32 = 1;

/// The file's content, deterministic CBOR.
#[derive(Encode, Decode)]
struct Stored {
    #[n(0)]
    version: u8,
    #[n(1)]
    generation: u32,
    /// Two halves of the 32-byte Ed25519 seed.
    #[n(2)]
    seed: (Token, Token),
    #[n(3)]
    founding_code: Option<Token>,
}

/// The endpoint's secrets. Never printed; wiped when dropped.
pub(crate) struct EndpointSecrets {
    pub(crate) generation: u32,
    seed: Zeroizing<[u8; 32]>,
    /// None once the office is founded.
    pub(crate) founding_code: Option<FoundingCode>,
}

impl EndpointSecrets {
    /// Makes new secrets and writes them.
    pub(crate) fn make(dir: &Path) -> Result<Self, DataDirError> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut()).expect("the system's random source works once the system has started");
        let secrets = Self { generation: FIRST_GENERATION, seed, founding_code: Some(FoundingCode::make()) };
        secrets.write(dir)?;
        Ok(secrets)
    }

    pub(crate) fn load(dir: &Path) -> Result<Self, DataDirError> {
        let path = dir.join(KEY_FILE);
        demand_private(&path).map_err(|error| match error {
            DataDirError::NotInitialised(_) => DataDirError::NotInitialised(dir.to_owned()),
            other => other,
        })?;
        let bytes = Zeroizing::new(std::fs::read(&path).map_err(io(&path))?);
        let unreadable = || DataDirError::UnreadableKey(path.clone());
        let stored: Stored = from_cbor(&bytes, 1024).map_err(|_| unreadable())?;
        if stored.version != 1 {
            return Err(unreadable());
        }
        let mut seed = Zeroizing::new([0; 32]);
        seed[..16].copy_from_slice(stored.seed.0.as_bytes());
        seed[16..].copy_from_slice(stored.seed.1.as_bytes());
        let founding_code = stored.founding_code.map(|code| FoundingCode::from_bytes(code.0));
        Ok(Self { generation: stored.generation, seed, founding_code })
    }

    pub(crate) fn signer(&self) -> CheckpointSigner {
        CheckpointSigner::new(*self.seed)
    }

    /// After the founding the code opens nothing any more; it leaves the file as well.
    pub(crate) fn forget_founding_code(dir: &Path) -> Result<(), DataDirError> {
        let mut secrets = Self::load(dir)?;
        if secrets.founding_code.take().is_some() {
            secrets.write(dir)?;
        }
        Ok(())
    }

    fn write(&self, dir: &Path) -> Result<(), DataDirError> {
        let half = |from: usize| Token::from_slice(&self.seed[from..from + 16]).expect("half of 32 bytes is 16");
        let founding_code = self.founding_code.as_ref().map(|code| Token(*code.expose_bytes()));
        let stored = Stored { version: 1, generation: self.generation, seed: (half(0), half(16)), founding_code };
        write_private(&dir.join(KEY_FILE), &Zeroizing::new(to_cbor(&stored)))
    }
}
