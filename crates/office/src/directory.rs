//! The office's directory, verified: root key → administrator's certificate → directory, and each version after the one before.

mod admins;
mod edit;
mod entry_mask;
mod flaws;
mod recovery;
mod settings;
mod succession;
mod verified;

pub use edit::{DirectoryEdit, EditError};
pub use entry_mask::{MAX_MASK_CODE, MAX_MASK_LABEL, MaskFlaw, check as check_entry_mask};
pub use flaws::{Flaw, TEAM_PUBLIC_KEY_BYTES};
pub use succession::{Previous, Seen};
pub use verified::VerifiedDirectory;

use minicbor::{Decode, Encode};
use protocol::directory::{Directory, Role, SignedDirectory, Standing};
use protocol::limits::MAX_DIRECTORY_BYTES;
use protocol::{CodecError, Context, OfficeId, PublicKey, TeamId, from_cbor, to_cbor};

use crate::keys::{self, SigningSecret};
use crate::primitives;

/// What an app or an endpoint pins of an office, once: from the ticket, or at the founding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RootPin {
    /// The office.
    #[n(0)]
    pub office: OfficeId,
    /// The root's public key.
    #[n(1)]
    pub root_key: PublicKey,
}

/// Why a directory does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryError {
    /// The bytes are no directory.
    #[error("directory: {0}")]
    Encoding(#[from] CodecError),
    /// A format this program does not know.
    #[error("directory of another format version")]
    Version,
    /// It is another office's.
    #[error("directory of another office")]
    OtherOffice,
    /// An administrator's certificate inside is not the root's, of another office, malformed or out of order.
    #[error("an administrator's certificate does not count")]
    Certificate,
    /// A revocation inside is not the root's, of another office, malformed or out of order.
    #[error("a revocation does not count")]
    Revocation,
    /// It names a certificate that it does not contain.
    #[error("signed by an unknown certificate")]
    UnknownSigner,
    /// The signer's certificate is revoked, or the previous directory revoked the signer.
    #[error("signer revoked")]
    SignerRevoked,
    /// The signature does not count.
    #[error("directory's signature does not verify")]
    BadSignature,
    /// The signer is no active administrator of this directory, or has another key there.
    #[error("signer is no administrator")]
    SignerNotAdmin,
    /// It contradicts itself.
    #[error("directory flawed: {0}")]
    Flawed(#[from] Flaw),
    /// A newer one is known: somebody shows an old directory.
    #[error("directory {shown} shown, {known} known")]
    Outdated {
        /// The number already known.
        known: u64,
        /// The number shown.
        shown: u64,
    },
    /// Another directory with the same number is known: somebody shows two faces.
    #[error("two directories with the number {number}")]
    Forked {
        /// The number.
        number: u64,
    },
    /// It follows another directory than the one known.
    #[error("directory {number} follows another one")]
    BrokenChain {
        /// The number shown.
        number: u64,
    },
    /// A revocation of an administrator has disappeared.
    #[error("revocation of certificate {serial} disappeared")]
    RevocationGone {
        /// Whose.
        serial: u32,
    },
    /// A known team key has disappeared, is another one, or came back to life.
    #[error("key {epoch} of {team:?} changed")]
    TeamKeyChanged {
        /// The team.
        team: TeamId,
        /// The epoch.
        epoch: u32,
    },
    /// The recovery key is not the root's, of another office or malformed, or it has disappeared or changed.
    #[error("the recovery key does not count")]
    Recovery,
    /// An earlier life of the endpoint came back.
    #[error("endpoint generation went backwards")]
    GenerationFell,
}

/// Signs a directory. Refused by [`verify`] unless `serial` is the signer's certificate and the directory is sound: make it with [`DirectoryEdit`].
#[must_use]
pub fn sign(directory: &Directory, serial: u32, admin: &SigningSecret) -> SignedDirectory {
    let body = to_cbor(directory);
    SignedDirectory { signature: admin.sign(Context::DirectoryV1, &body), body: body.into(), serial }
}

/// Verifies a directory: the one way to a [`VerifiedDirectory`].
///
/// # Errors
/// [`DirectoryError`]; the directory known before stays the one that counts.
pub fn verify(signed: &SignedDirectory, pin: &RootPin, previous: Previous<'_>) -> Result<VerifiedDirectory, DirectoryError> {
    let directory: Directory = from_cbor(&signed.body, MAX_DIRECTORY_BYTES)?;
    if directory.version != 1 {
        return Err(DirectoryError::Version);
    }
    if directory.office != pin.office {
        return Err(DirectoryError::OtherOffice);
    }
    let admins = admins::Admins::verify(&directory, pin)?;
    let signer = admins.certificate(signed.serial).ok_or(DirectoryError::UnknownSigner)?;
    if admins.is_revoked(signed.serial) {
        return Err(DirectoryError::SignerRevoked);
    }
    keys::verify(&signer.key, Context::DirectoryV1, &signed.body, &signed.signature).map_err(|_| DirectoryError::BadSignature)?;

    flaws::check(&directory, &pin.root_key)?;
    let signs = |member: &&protocol::directory::Member| {
        member.member == signer.member && member.key == signer.key && member.standing == Standing::Active && member.roles.contains(&Role::Admin)
    };
    let signer = directory.members.iter().find(signs).ok_or(DirectoryError::SignerNotAdmin)?.member;
    let digest = primitives::sha256(&to_cbor(signed));
    let recovery = recovery::verify(&directory, pin)?;
    let verified = VerifiedDirectory { signed: signed.clone(), directory, digest, admins, signer, recovery };
    succession::check(&verified, previous)?;
    Ok(verified)
}

#[cfg(test)]
mod tests;
