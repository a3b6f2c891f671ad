//! Shares: a team's private key, sealed to one clerk's prekey.

use minicbor::Encode;
use protocol::enrolment::KeyShare;
use protocol::{Context, MemberId, OfficeId, PrekeyId, TeamId, to_cbor};
use subtle::ConstantTimeEq;

use crate::keys::{PrekeySecret, TeamSecretKey};
use crate::primitives::{ENCAPSULATED_LEN, SEALED_KEY_LEN, hpke_open, hpke_seal};

/// What a share is bound to: it opens for this clerk, prekey, team and epoch, and nothing can be relabelled.
#[derive(Encode)]
struct ShareAddress {
    #[n(0)]
    office: OfficeId,
    #[n(1)]
    team: TeamId,
    #[n(2)]
    epoch: u32,
    #[n(3)]
    to: MemberId,
    #[n(4)]
    prekey: PrekeyId,
}

impl ShareAddress {
    fn info(&self) -> Vec<u8> {
        Context::TeamKeyShareV1.frame(&to_cbor(self))
    }
}

/// Why a share was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealShareError {
    /// The prekey is no public key.
    #[error("prekey is not a public key")]
    Prekey,
}

/// Why a share gives no team key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenShareError {
    /// Its parts have wrong lengths.
    #[error("not a share")]
    NotAShare,
    /// Sealed to another prekey, or altered or relabelled, which cannot be told apart.
    #[error("share not sealed to this prekey, or altered")]
    WrongKey,
    /// It holds another key than the one the directory names: somebody slipped in a key of their own.
    #[error("share holds another key than the directory names")]
    OtherTeamKey,
}

/// Seals a team's private key to one clerk's prekey. The caller has verified the clerk's prekey statement for this team and epoch.
///
/// # Errors
/// [`SealShareError::Prekey`] if `prekey_public` is no public key.
///
/// # Panics
/// When the operating system has no randomness.
pub fn seal_share(
    team_key: &TeamSecretKey,
    office: OfficeId,
    team: TeamId,
    epoch: u32,
    to: MemberId,
    prekey: PrekeyId,
    prekey_public: &[u8],
) -> Result<KeyShare, SealShareError> {
    let info = ShareAddress { office, team, epoch, to, prekey }.info();
    let (encapsulated, sealed) = hpke_seal(prekey_public, &info, &team_key.0).map_err(|_| SealShareError::Prekey)?;
    Ok(KeyShare { team, epoch, to, prekey, encapsulated: encapsulated.into(), sealed: sealed.into() })
}

/// Opens a share. `expected_public` is the team key of the share's team and epoch in the verified directory.
///
/// HPKE base mode says nothing about the sender, and needs not: only the private half of `expected_public` is accepted, whoever sent it.
///
/// # Errors
/// [`OpenShareError`].
pub fn open_share(share: &KeyShare, office: OfficeId, prekey: &PrekeySecret, expected_public: &[u8]) -> Result<TeamSecretKey, OpenShareError> {
    if (share.encapsulated.len(), share.sealed.len()) != (ENCAPSULATED_LEN, SEALED_KEY_LEN) {
        return Err(OpenShareError::NotAShare);
    }
    let info = ShareAddress { office, team: share.team, epoch: share.epoch, to: share.to, prekey: share.prekey }.info();
    let seed = hpke_open(&prekey.0, &info, &share.encapsulated, &share.sealed).map_err(|_| OpenShareError::WrongKey)?;
    let team_key = TeamSecretKey(seed);
    if bool::from(team_key.public_key().ct_eq(expected_public)) { Ok(team_key) } else { Err(OpenShareError::OtherTeamKey) }
}
