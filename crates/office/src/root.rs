//! The office root: the key that certifies administrators. It is made once, printed in three shares of which two restore it, and kept nowhere.

mod shares;

pub use shares::{RecoverError, office_fingerprint};

use protocol::directory::{AdminCertificate, AdminRevocation, RecoveryKey, Signed};
use protocol::{Context, MemberId, OfficeId, PublicKey, UnixTime, to_cbor};
use zeroize::Zeroizing;

use crate::keys::SigningSecret;
use crate::primitives;

/// The root's private key, in memory for a moment: at founding, and when two holders of shares come together.
#[derive(Debug)]
pub struct OfficeRoot {
    secret: SigningSecret,
}

impl OfficeRoot {
    /// A new random root.
    #[must_use]
    pub fn make() -> Self {
        Self { secret: SigningSecret::make() }
    }

    /// What every app and the endpoint pin.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        self.secret.public_key()
    }

    /// Three texts to print, any two of which restore the root (Shamir over GF(2^8)). Each carries the office's fingerprint and a checksum.
    #[must_use]
    pub fn split(&self) -> [Zeroizing<String>; 3] {
        shares::split(&self.secret)
    }

    /// Restores the root from two shares (a third is checked to be readable and of the same office).
    ///
    /// # Errors
    /// [`RecoverError`] names the share that is wrong; the result is always the key of `root_key`.
    pub fn recover(shares: &[&str], root_key: &PublicKey) -> Result<Self, RecoverError> {
        shares::recover(shares, root_key).map(|secret| Self { secret })
    }

    /// Certifies that `key` of `member` may sign directories of `office`.
    #[must_use]
    pub fn certify(&self, office: OfficeId, member: MemberId, key: PublicKey, serial: u32, at: UnixTime) -> Signed {
        let certificate = AdminCertificate { version: 1, office, member, key, serial, issued_at: at };
        self.sign(Context::AdminCertificateV1, to_cbor(&certificate))
    }

    /// Revokes the certificate `serial` of `office`.
    #[must_use]
    pub fn revoke(&self, office: OfficeId, serial: u32, at: UnixTime) -> Signed {
        let revocation = AdminRevocation { version: 1, office, serial, issued_at: at };
        self.sign(Context::AdminRevocationV1, to_cbor(&revocation))
    }

    /// `HKDF-SHA-256(root seed, info = frame("bogen recovery seed v1", office))`: the seed of the recovery key's private half.
    #[must_use]
    pub fn recovery_seed(&self, office: OfficeId) -> Zeroizing<[u8; 32]> {
        primitives::hkdf_sha256_over(self.secret.expose_seed(), &Context::RecoverySeedV1.frame(office.as_bytes()))
    }

    /// States that `public_key` is the recovery key of `office`.
    #[must_use]
    pub fn state_recovery_key(&self, office: OfficeId, public_key: &[u8]) -> Signed {
        let key = RecoveryKey { version: 1, office, public_key: public_key.to_vec().into() };
        self.sign(Context::RecoveryKeyV1, to_cbor(&key))
    }

    fn sign(&self, context: Context, body: Vec<u8>) -> Signed {
        Signed { signature: self.secret.sign(context, &body), body: body.into() }
    }
}

#[cfg(test)]
impl OfficeRoot {
    /// The same root in every run.
    pub(crate) fn from_seed(seed: [u8; 32]) -> Self {
        Self { secret: SigningSecret::from_seed(seed) }
    }
}
