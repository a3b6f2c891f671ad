//! Whether a directory agrees with itself: order, uniqueness, references, lengths. Signatures and history are checked elsewhere.

use std::collections::BTreeSet;

use protocol::directory::{Device, Directory, EpochState, Member, Team};
use protocol::{MemberId, PublicKey, TeamId};

use super::entry_mask::MaskFlaw;
use super::settings;
use crate::keys;
use crate::numbers::PatternError;
use crate::text::is_name;

/// Length in bytes of a team's public key: ML-KEM-1024 encapsulation key and uncompressed P-384 point (draft-ietf-hpke-pq, KEM 0x0051).
pub const TEAM_PUBLIC_KEY_BYTES: usize = 1568 + 97;
/// TLS pins, at most.
const MAX_PINS: usize = 8;

/// In what a directory contradicts itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The number is 0, or only one of "number 1" and "no previous directory" holds.
    #[error("number and previous directory do not fit")]
    Numbering,
    /// The name of the office, a member or a team is blank, too long or has characters that deceive.
    #[error("a name cannot stand")]
    Name,
    /// Members, devices, teams, or a member's roles or teams are not ascending, or one is there twice.
    #[error("a list is not strictly ascending")]
    Order,
    /// A key is not a sound Ed25519 key.
    #[error("a key is unsound")]
    UnsoundKey,
    /// One key stands for two.
    #[error("a key is there twice")]
    KeyTwice,
    /// A member without a role.
    #[error("{0:?} has no role")]
    NoRole(MemberId),
    /// A member or a rule names a team that is not there.
    #[error("{0:?} is not there")]
    UnknownTeam(TeamId),
    /// A device or a team key names a member that is not there.
    #[error("{0:?} is not there")]
    UnknownMember(MemberId),
    /// A team key is not [`TEAM_PUBLIC_KEY_BYTES`] long.
    #[error("a key of {0:?} has the wrong length")]
    TeamKeyLength(TeamId),
    /// A team's key epochs are not ascending, begin at 0, two are open, or the next one wanted is not the next.
    #[error("key epochs of {0:?} are out of order")]
    Epochs(TeamId),
    /// The endpoint's keys or pins.
    #[error("the endpoint's keys cannot stand")]
    Endpoint,
    /// Number patterns.
    #[error("number patterns: {0}")]
    Patterns(#[from] PatternError),
    /// A receipt policy that asks for no copy, or for more than there can be.
    #[error("the receipt policy cannot stand")]
    ReceiptPolicy,
    /// A team rule's prefix.
    #[error("a team rule cannot stand")]
    TeamRule,
    /// Deadlines are not ascending, or too many.
    #[error("deadlines are not ascending")]
    Deadlines,
    /// A text of the customer information is empty, too long or not plain.
    #[error("the customer information is incomplete or too long")]
    Information,
    /// The entry mask.
    #[error("the entry mask: {0}")]
    EntryMask(#[from] MaskFlaw),
    /// A language is no BCP 47 tag, or there twice.
    #[error("languages cannot stand")]
    Languages,
    /// The oldest permitted client is no version.
    #[error("minimum client is no version")]
    MinimumClient,
}

/// Checks everything that can be said of one directory alone.
pub(super) fn check(directory: &Directory, root_key: &PublicKey) -> Result<(), Flaw> {
    if directory.number == 0 || (directory.number == 1) != directory.previous.is_none() {
        return Err(Flaw::Numbering);
    }
    let names = directory.members.iter().map(|member| &member.name).chain(directory.teams.iter().map(|team| &team.name));
    if !names.chain([&directory.name]).all(|name| is_name(name)) {
        return Err(Flaw::Name);
    }
    check_order(directory)?;
    check_keys(directory, root_key)?;
    directory.members.iter().try_for_each(|member| check_member(directory, member))?;
    directory.devices.iter().flat_map(Device::users).try_for_each(|user| has_member(directory, user))?;
    directory.teams.iter().try_for_each(|team| check_team(directory, team))?;
    check_endpoint(directory)?;
    settings::check(directory)
}

fn check_order(directory: &Directory) -> Result<(), Flaw> {
    let ascending = directory.members.is_sorted_by(|a, b| a.member < b.member)
        && directory.devices.is_sorted_by(|a, b| a.device < b.device)
        && directory.teams.is_sorted_by(|a, b| a.team < b.team)
        && directory.devices.iter().all(|device| device.also.as_ref().is_none_or(|also| is_each_once(also, device.enrolled_by)))
        && directory.members.iter().all(|member| member.roles.is_sorted_by(|a, b| a < b) && member.teams.is_sorted_by(|a, b| a < b));
    if ascending { Ok(()) } else { Err(Flaw::Order) }
}

/// A list that is there says something: who came later, each once, and nobody who was there before.
fn is_each_once(also: &[MemberId], first: MemberId) -> bool {
    !also.is_empty() && !also.contains(&first) && also.is_sorted_by(|a, b| a < b)
}

/// Every key is sound and stands for one member, one device, or the root.
fn check_keys(directory: &Directory, root_key: &PublicKey) -> Result<(), Flaw> {
    let mut seen = BTreeSet::from([root_key]);
    for key in directory.members.iter().map(|member| &member.key).chain(directory.devices.iter().map(|device| &device.key)) {
        keys::check_public_key(key).map_err(|_| Flaw::UnsoundKey)?;
        if !seen.insert(key) {
            return Err(Flaw::KeyTwice);
        }
    }
    Ok(())
}

fn check_member(directory: &Directory, member: &Member) -> Result<(), Flaw> {
    if member.roles.is_empty() {
        return Err(Flaw::NoRole(member.member));
    }
    member.teams.iter().try_for_each(|team| has_team(directory, *team))
}

fn check_team(directory: &Directory, team: &Team) -> Result<(), Flaw> {
    let open = team.keys.iter().filter(|key| key.state == EpochState::Open).count();
    let ascending = team.keys.is_sorted_by(|a, b| a.epoch < b.epoch) && team.keys.iter().all(|key| key.epoch > 0);
    let is_next = |next: u32| team.keys.last().is_some_and(|newest| newest.epoch.checked_add(1) == Some(next));
    if open > 1 || !ascending || !team.next_epoch.is_none_or(is_next) {
        return Err(Flaw::Epochs(team.team));
    }
    for key in &team.keys {
        has_member(directory, key.made_by)?;
        key.doomed_by.map_or(Ok(()), |by| has_member(directory, by))?;
        if key.public_key.len() != TEAM_PUBLIC_KEY_BYTES {
            return Err(Flaw::TeamKeyLength(team.team));
        }
    }
    Ok(())
}

fn check_endpoint(directory: &Directory) -> Result<(), Flaw> {
    let endpoint = &directory.endpoint;
    let sound = keys::check_public_key(&endpoint.receipt_key).is_ok()
        && endpoint.next_receipt_key.is_none_or(|next| next != endpoint.receipt_key && keys::check_public_key(&next).is_ok())
        && endpoint.tls_pins.len() <= MAX_PINS;
    if sound { Ok(()) } else { Err(Flaw::Endpoint) }
}

pub(super) fn has_team(directory: &Directory, team: TeamId) -> Result<(), Flaw> {
    directory.teams.binary_search_by_key(&team, |row| row.team).map(drop).map_err(|_| Flaw::UnknownTeam(team))
}

fn has_member(directory: &Directory, member: MemberId) -> Result<(), Flaw> {
    directory.members.binary_search_by_key(&member, |row| row.member).map(drop).map_err(|_| Flaw::UnknownMember(member))
}
