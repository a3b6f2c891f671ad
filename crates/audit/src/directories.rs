//! The office's directories from the first one on: who counts, and which log.

use std::collections::BTreeMap;

use office::directory::{self, Previous, RootPin, VerifiedDirectory};
use protocol::directory::SignedDirectory;
use protocol::limits::MAX_DIRECTORY_BYTES;
use protocol::{DeviceId, Digest, PublicKey, from_cbor};
use receipts::LogIdentity;
use sha2::{Digest as _, Sha256};

use crate::file::EndpointLog;
use crate::gap::Gap;

/// Directories that verify, each following the one before.
pub(crate) struct Directories {
    verified: Vec<VerifiedDirectory>,
    /// By number: SHA-256 of the signed bytes, as the log's leaf names it.
    pub digests: BTreeMap<u64, Digest>,
    /// Every device that was ever named.
    devices: BTreeMap<DeviceId, PublicKey>,
}

impl Directories {
    /// Verifies them in their order, and stops at the first that does not count: nobody vouches for those after it.
    pub fn verify(endpoint: &EndpointLog, gaps: &mut Vec<Gap>) -> Self {
        let pin = RootPin { office: endpoint.office, root_key: endpoint.root_key };
        let mut found = Self { verified: Vec::new(), digests: BTreeMap::new(), devices: BTreeMap::new() };
        for (at, bytes) in endpoint.directories.iter().enumerate() {
            let previous = found.verified.last().map_or(Previous::Nothing, Previous::Directory);
            let verified = from_cbor::<SignedDirectory>(bytes, MAX_DIRECTORY_BYTES)
                .map_err(directory::DirectoryError::from)
                .and_then(|signed| directory::verify(&signed, &pin, previous));
            match verified {
                Ok(verified) => found.take(verified, bytes),
                Err(why) => {
                    gaps.push(Gap::DirectoryRefused { number: at + 1, why });
                    break;
                }
            }
        }
        found
    }

    fn take(&mut self, verified: VerifiedDirectory, bytes: &[u8]) {
        self.digests.insert(verified.number(), Digest(Sha256::digest(bytes).into()));
        self.devices.extend(verified.get().devices.iter().map(|device| (device.device, device.key)));
        self.verified.push(verified);
    }

    pub fn count(&self) -> usize {
        self.verified.len()
    }

    pub fn newest(&self) -> Option<&VerifiedDirectory> {
        self.verified.last()
    }

    /// The key of a device that a directory names or named.
    pub fn device_key(&self, device: &DeviceId) -> Option<&PublicKey> {
        self.devices.get(device)
    }

    /// The log's identity under each directory, newest first: its key may have changed, and an old receipt is genuine all the same.
    pub fn log_identities(&self) -> Vec<LogIdentity> {
        let mut identities: Vec<LogIdentity> = Vec::new();
        for verified in self.verified.iter().rev() {
            let (office, generation, key, next_key) = verified.log_identity();
            let identity = LogIdentity { office, generation, key, next_key };
            if !identities.contains(&identity) {
                identities.push(identity);
            }
        }
        identities
    }
}
