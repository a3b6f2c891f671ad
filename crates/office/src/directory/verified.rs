//! A directory that counts.

use std::fmt;

use protocol::directory::{Device, Directory, EpochState, Member, Role, SignedDirectory, Standing, Team, TeamKeyEpoch};
use protocol::{DeviceId, Digest, MemberId, OfficeId, PublicKey, TeamId, UnixTime};

use super::admins::Admins;
use super::{DirectoryEdit, Seen};
use crate::numbers::NumberRules;
use crate::requests::KeyId;

/// A verified directory. Made by [`super::verify`] and by nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifiedDirectory {
    pub(super) signed: SignedDirectory,
    pub(super) directory: Directory,
    pub(super) digest: Digest,
    pub(super) admins: Admins,
    pub(super) signer: MemberId,
    pub(super) recovery: Option<Vec<u8>>,
}

impl VerifiedDirectory {
    /// The content.
    #[must_use]
    pub fn get(&self) -> &Directory {
        &self.directory
    }

    /// As it was signed, to store and to pass on.
    #[must_use]
    pub fn signed(&self) -> &SignedDirectory {
        &self.signed
    }

    /// SHA-256 of the encoded [`SignedDirectory`].
    #[must_use]
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.directory.number
    }

    /// Number and digest, to remember.
    #[must_use]
    pub fn seen(&self) -> Seen {
        Seen { number: self.number(), digest: self.digest }
    }

    /// The office.
    #[must_use]
    pub fn office(&self) -> OfficeId {
        self.directory.office
    }

    /// The administrator who signed it.
    #[must_use]
    pub fn signer(&self) -> MemberId {
        self.signer
    }

    /// The public half of the office's recovery key, which the root signed; none if the office has none yet.
    #[must_use]
    pub fn recovery_key(&self) -> Option<&[u8]> {
        self.recovery.as_deref()
    }

    /// A member, whatever the standing.
    #[must_use]
    pub fn member(&self, member: &MemberId) -> Option<&Member> {
        let members = &self.directory.members;
        members.binary_search_by_key(member, |row| row.member).ok().map(|at| &members[at])
    }

    /// A member who counts.
    #[must_use]
    pub fn active_member(&self, member: &MemberId) -> Option<&Member> {
        self.member(member).filter(|row| row.standing == Standing::Active)
    }

    /// A device, whatever its standing.
    #[must_use]
    pub fn device(&self, device: &DeviceId) -> Option<&Device> {
        let devices = &self.directory.devices;
        devices.binary_search_by_key(device, |row| row.device).ok().map(|at| &devices[at])
    }

    /// A team.
    #[must_use]
    pub fn team(&self, team: &TeamId) -> Option<&Team> {
        let teams = &self.directory.teams;
        teams.binary_search_by_key(team, |row| row.team).ok().map(|at| &teams[at])
    }

    /// The key behind a request's `keyid`, also of the revoked: what they may still do, [`crate::roles::may`] says.
    #[must_use]
    pub fn key_of(&self, key_id: &KeyId) -> Option<PublicKey> {
        match key_id {
            KeyId::Device(device) => self.device(device).map(|row| row.key),
            KeyId::Member(member) => self.member(member).map(|row| row.key),
        }
    }

    /// The key that new envelopes for a team are sealed to.
    #[must_use]
    pub fn open_key(&self, team: &TeamId) -> Option<&TeamKeyEpoch> {
        self.team(team)?.keys.iter().find(|key| key.state == EpochState::Open)
    }

    /// One key of a team.
    #[must_use]
    pub fn key_epoch(&self, team: &TeamId, epoch: u32) -> Option<&TeamKeyEpoch> {
        self.team(team)?.keys.iter().find(|key| key.epoch == epoch)
    }

    /// The active clerks of a team.
    pub fn clerks_of(&self, team: TeamId) -> impl Iterator<Item = &Member> {
        let is_clerk =
            move |member: &&Member| member.roles.contains(&Role::Clerk) && member.teams.contains(&team) && member.standing == Standing::Active;
        self.directory.members.iter().filter(is_clerk)
    }

    /// Whether a member counts and has a role.
    #[must_use]
    pub fn has_role(&self, member: &MemberId, role: Role) -> bool {
        self.active_member(member).is_some_and(|row| row.roles.contains(&role))
    }

    /// Whether a member counts, has a role and works for a team.
    #[must_use]
    pub fn has_role_in(&self, member: &MemberId, role: Role, team: &TeamId) -> bool {
        self.active_member(member).is_some_and(|row| row.roles.contains(&role) && row.teams.contains(team))
    }

    /// The serial of a certificate with which this member may sign the next directory: active administrator, certified with the key that stands here.
    #[must_use]
    pub fn admin_serial(&self, member: &MemberId) -> Option<u32> {
        let row = self.active_member(member).filter(|row| row.roles.contains(&Role::Admin))?;
        self.admins.valid().find(|certificate| certificate.member == row.member && certificate.key == row.key).map(|certificate| certificate.serial)
    }

    /// The serials of all certificates of this member that the root did not revoke, whether they count at present or not: a certificate outlives the
    /// membership, and with it a later directory could be signed.
    #[must_use]
    pub fn valid_serials(&self, member: &MemberId) -> Vec<u32> {
        self.admins.valid().filter(|certificate| certificate.member == *member).map(|certificate| certificate.serial).collect()
    }

    /// A serial that no certificate or revocation has yet.
    #[must_use]
    pub fn next_serial(&self) -> u32 {
        self.admins.highest_serial().saturating_add(1)
    }

    /// The team that forms of this benefit unit go to; `None` for somebody without a number. The first rule that matches decides.
    #[must_use]
    pub fn team_for(&self, unit_number: Option<&str>) -> Option<TeamId> {
        let number = unit_number.unwrap_or_default();
        self.directory.settings.team_rules.iter().find(|rule| number.starts_with(&rule.prefix)).map(|rule| rule.team)
    }

    /// The patterns of customer and benefit-unit numbers.
    #[must_use]
    pub fn number_rules(&self) -> NumberRules {
        NumberRules::from_settings(&self.directory.settings).expect("invariant: verification checked the patterns")
    }

    /// What `receipts` needs to verify this office's log: office, generation, key, next key.
    #[must_use]
    pub fn log_identity(&self) -> (OfficeId, u32, PublicKey, Option<PublicKey>) {
        let endpoint = &self.directory.endpoint;
        (self.directory.office, endpoint.generation, endpoint.receipt_key, endpoint.next_receipt_key)
    }

    /// Begins the next version.
    #[must_use]
    pub fn edit(&self, at: UnixTime) -> DirectoryEdit {
        DirectoryEdit::next_version(self, at)
    }
}

/// Number and digest only: a directory is full of people.
impl fmt::Debug for VerifiedDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifiedDirectory({}, {:?})", self.number(), self.digest)
    }
}
