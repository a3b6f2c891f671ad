//! Each directory after the one before: never backwards, never two with one number, nothing taken back that must not be.

use minicbor::{Decode, Encode};
use protocol::Digest;
use protocol::directory::{EpochState, Standing, Team};

use super::{DirectoryError, VerifiedDirectory};

/// What must be remembered of a directory when it is not at hand itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Seen {
    /// Its number.
    #[n(0)]
    pub number: u64,
    /// SHA-256 of the signed directory.
    #[n(1)]
    pub digest: Digest,
}

/// What is known of earlier directories.
#[derive(Clone, Copy)]
pub enum Previous<'a> {
    /// Nothing: the first contact.
    Nothing,
    /// Number and digest of the newest one.
    Seen(Seen),
    /// The newest one itself; only then revocations, team keys and the endpoint's generation can be compared.
    Directory(&'a VerifiedDirectory),
}

impl Previous<'_> {
    fn seen(&self) -> Option<Seen> {
        match self {
            Self::Nothing => None,
            Self::Seen(seen) => Some(*seen),
            Self::Directory(directory) => Some(directory.seen()),
        }
    }
}

pub(super) fn check(new: &VerifiedDirectory, previous: Previous<'_>) -> Result<(), DirectoryError> {
    if let Some(seen) = previous.seen() {
        check_number(new, seen)?;
    }
    if let Previous::Directory(old) = previous {
        check_signer(new, old)?;
        check_revocations(new, old)?;
        old.get().teams.iter().try_for_each(|team| check_team_keys(new, team))?;
        if old.recovery.is_some() && new.recovery != old.recovery {
            return Err(DirectoryError::Recovery);
        }
        if new.get().endpoint.generation < old.get().endpoint.generation {
            return Err(DirectoryError::GenerationFell);
        }
    }
    Ok(())
}

fn check_number(new: &VerifiedDirectory, seen: Seen) -> Result<(), DirectoryError> {
    let number = new.number();
    if number < seen.number {
        return Err(DirectoryError::Outdated { known: seen.number, shown: number });
    }
    if number == seen.number && *new.digest() != seen.digest {
        return Err(DirectoryError::Forked { number });
    }
    if number - seen.number == 1 && new.get().previous != Some(seen.digest) {
        return Err(DirectoryError::BrokenChain { number });
    }
    Ok(())
}

/// Whom the directory just before revoked cannot sign the next: he would reinstate himself. Further back there may be a version by a colleague in between.
fn check_signer(new: &VerifiedDirectory, old: &VerifiedDirectory) -> Result<(), DirectoryError> {
    let revoked = old.member(&new.signer()).is_some_and(|member| member.standing == Standing::Revoked);
    if revoked && new.number() - old.number() == 1 { Err(DirectoryError::SignerRevoked) } else { Ok(()) }
}

fn check_revocations(new: &VerifiedDirectory, old: &VerifiedDirectory) -> Result<(), DirectoryError> {
    match old.admins.revoked().iter().find(|serial| !new.admins.is_revoked(**serial)) {
        Some(serial) => Err(DirectoryError::RevocationGone { serial: *serial }),
        None => Ok(()),
    }
}

/// A key once published stays what it is, and only goes from open to closed to destroyed. (A whole team may go.)
fn check_team_keys(new: &VerifiedDirectory, old: &Team) -> Result<(), DirectoryError> {
    let Some(team) = new.team(&old.team) else { return Ok(()) };
    for key in &old.keys {
        let kept = team.keys.iter().find(|other| other.epoch == key.epoch);
        let same = kept.is_some_and(|kept| kept.public_key == key.public_key && kept.made_by == key.made_by && age(kept.state) >= age(key.state));
        if !same {
            return Err(DirectoryError::TeamKeyChanged { team: old.team, epoch: key.epoch });
        }
    }
    Ok(())
}

fn age(state: EpochState) -> u8 {
    match state {
        EpochState::Open => 0,
        EpochState::Closed => 1,
        EpochState::Destroyed => 2,
    }
}
