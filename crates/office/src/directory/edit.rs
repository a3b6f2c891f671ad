//! Changing a directory so that it stays sound: the administrator's app makes the next version with this.

use minicbor::bytes::ByteVec;
use protocol::directory::{Device, Directory, EndpointKeys, EpochState, Member, Settings, Signed, SignedDirectory, Standing, Team, TeamKeyEpoch};
use protocol::{DeviceId, MemberId, OfficeId, PublicKey, TeamId, UnixTime};

use super::admins::{claimed_certificate, claimed_certificate_serial, claimed_revocation_serial};
use super::{DirectoryError, Previous, RootPin, VerifiedDirectory, sign, verify};
use crate::keys::SigningSecret;

/// What an edit named and the directory does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No such member.
    #[error("{0:?} is not there")]
    NoMember(MemberId),
    /// No such device.
    #[error("{0:?} is not there")]
    NoDevice(DeviceId),
    /// No such team.
    #[error("{0:?} is not there")]
    NoTeam(TeamId),
    /// The team has no key of this epoch, or a newly announced key is not for the next epoch.
    #[error("{team:?} has no such key epoch")]
    NoEpoch {
        /// The team.
        team: TeamId,
        /// The epoch.
        epoch: u32,
    },
    /// A key epoch only goes from open to closed to destroyed.
    #[error("a key epoch does not go backwards")]
    EpochBackwards,
    /// Bytes that are no certificate or revocation.
    #[error("no statement of the root")]
    NotTheRoots,
}

/// A version in the making. Lists stay sorted and without repetition whatever the order of edits.
#[derive(Clone, Debug)]
pub struct DirectoryEdit {
    directory: Directory,
}

impl DirectoryEdit {
    /// Number 1: the founding administrator is its only member.
    #[must_use]
    pub fn founding(office: OfficeId, name: &str, endpoint: EndpointKeys, settings: Settings, at: UnixTime) -> Self {
        let (admins, revocations, members, devices, teams) = Default::default();
        let name = name.to_owned();
        let directory = Directory {
            version: 1,
            office,
            name,
            number: 1,
            previous: None,
            issued_at: at,
            admins,
            revocations,
            members,
            devices,
            teams,
            endpoint,
            settings,
            recovery: None,
        };
        Self { directory }
    }

    /// The version after `current`: its content, the next number, its digest as `previous`.
    #[must_use]
    pub fn next_version(current: &VerifiedDirectory, at: UnixTime) -> Self {
        let mut directory = current.get().clone();
        directory.number += 1;
        directory.previous = Some(*current.digest());
        directory.issued_at = at;
        Self { directory }
    }

    /// What it looks like so far. Signed by nobody: to show, not to trust.
    #[must_use]
    pub fn preview(&self) -> &Directory {
        &self.directory
    }

    /// Adds a member, or replaces the one with this id.
    #[must_use]
    pub fn with_member(mut self, mut member: Member) -> Self {
        member.roles.sort_unstable();
        member.roles.dedup();
        member.teams.sort_unstable();
        member.teams.dedup();
        put(&mut self.directory.members, member, |row| row.member);
        self
    }

    /// Adds a device, or replaces the one with this id.
    #[must_use]
    pub fn with_device(mut self, device: Device) -> Self {
        put(&mut self.directory.devices, device, |row| row.device);
        self
    }

    /// Notes that one more member works with a device.
    ///
    /// # Errors
    /// [`EditError::NoDevice`].
    pub fn with_device_user(mut self, device: DeviceId, member: MemberId) -> Result<Self, EditError> {
        let row = self.directory.devices.iter_mut().find(|row| row.device == device).ok_or(EditError::NoDevice(device))?;
        if !row.is_used_by(member) {
            let also = row.also.get_or_insert_default();
            also.push(member);
            also.sort_unstable();
        }
        Ok(self)
    }

    /// Adds a team without keys, or renames the one with this id.
    #[must_use]
    pub fn with_team(mut self, team: TeamId, name: &str) -> Self {
        let known = self.directory.teams.iter().find(|row| row.team == team).cloned();
        let row = known.unwrap_or_else(|| Team { team, name: String::new(), keys: Vec::new(), next_epoch: None, next_again: None });
        put(&mut self.directory.teams, Team { name: name.to_owned(), ..row }, |row| row.team);
        self
    }

    /// Opens a team's next key and closes the one that was open. `epoch` must be the next: an announcement may be counted once only.
    ///
    /// # Errors
    /// [`EditError::NoTeam`], [`EditError::NoEpoch`].
    pub fn with_team_key(mut self, team: TeamId, epoch: u32, public_key: &[u8], made_by: MemberId) -> Result<Self, EditError> {
        let (since, number) = (self.directory.issued_at, self.directory.number);
        let row = self.team_mut(team)?;
        if epoch != row.keys.last().map_or(1, |last| last.epoch.saturating_add(1)) {
            return Err(EditError::NoEpoch { team, epoch });
        }
        for key in row.keys.iter_mut().filter(|key| key.state == EpochState::Open) {
            key.state = EpochState::Closed;
            key.closed_in = Some(number);
        }
        row.keys.push(TeamKeyEpoch {
            epoch,
            public_key: ByteVec::from(public_key.to_vec()),
            made_by,
            state: EpochState::Open,
            since: Some(since),
            closed_in: None,
            doomed_by: None,
        });
        // Whoever left while this one was being made may know it.
        row.next_epoch = row.next_again.take().filter(|again| *again).map(|_| epoch.saturating_add(1));
        Ok(self)
    }

    /// Asks the team's clerks for the next key. A team without any gets its first one unasked.
    ///
    /// # Errors
    /// [`EditError::NoTeam`].
    pub fn with_next_key_wanted(mut self, team: TeamId) -> Result<Self, EditError> {
        let row = self.team_mut(team)?;
        row.next_epoch = row.keys.last().map(|newest| newest.epoch.saturating_add(1));
        Ok(self)
    }

    /// The same because a clerk leaves, who may have been given the next key already: if one is being made, another one is asked for after it.
    ///
    /// # Errors
    /// [`EditError::NoTeam`].
    pub fn with_another_key_wanted(mut self, team: TeamId) -> Result<Self, EditError> {
        let row = self.team_mut(team)?;
        if row.next_epoch.is_some() {
            row.next_again = Some(true);
            return Ok(self);
        }
        self.with_next_key_wanted(team)
    }

    /// Records that an administrator wants a closed key destroyed without every device's word; it takes another administrator to do it.
    ///
    /// # Errors
    /// As for [`Self::with_epoch_state`].
    pub fn with_doomed_key(mut self, team: TeamId, epoch: u32, by: MemberId) -> Result<Self, EditError> {
        let key = self.team_mut(team)?.keys.iter_mut().find(|key| key.epoch == epoch).ok_or(EditError::NoEpoch { team, epoch })?;
        if key.state != EpochState::Closed {
            return Err(EditError::EpochBackwards);
        }
        key.doomed_by = Some(by);
        Ok(self)
    }

    /// Closes a key epoch, or records that its private key was destroyed.
    ///
    /// # Errors
    /// [`EditError::NoTeam`], [`EditError::NoEpoch`], [`EditError::EpochBackwards`].
    pub fn with_epoch_state(mut self, team: TeamId, epoch: u32, state: EpochState) -> Result<Self, EditError> {
        let key = self.team_mut(team)?.keys.iter_mut().find(|key| key.epoch == epoch).ok_or(EditError::NoEpoch { team, epoch })?;
        let forward = matches!(
            (key.state, state),
            (EpochState::Open, _) | (EpochState::Closed, EpochState::Closed | EpochState::Destroyed) | (EpochState::Destroyed, EpochState::Destroyed)
        );
        if !forward {
            return Err(EditError::EpochBackwards);
        }
        key.state = state;
        Ok(self)
    }

    /// Sets whether a member counts.
    ///
    /// # Errors
    /// [`EditError::NoMember`].
    pub fn with_member_standing(mut self, member: MemberId, standing: Standing) -> Result<Self, EditError> {
        let row = self.directory.members.iter_mut().find(|row| row.member == member).ok_or(EditError::NoMember(member))?;
        row.standing = standing;
        Ok(self)
    }

    /// Sets whether a device counts. A revoked one may still deliver what it holds.
    ///
    /// # Errors
    /// [`EditError::NoDevice`].
    pub fn with_device_standing(mut self, device: DeviceId, standing: Standing) -> Result<Self, EditError> {
        let row = self.directory.devices.iter_mut().find(|row| row.device == device).ok_or(EditError::NoDevice(device))?;
        row.standing = standing;
        Ok(self)
    }

    /// Adds an administrator's certificate by the root.
    ///
    /// # Errors
    /// [`EditError::NotTheRoots`] if the bytes are none; whether the root signed them is checked when the directory is signed.
    pub fn with_certificate(mut self, certificate: Signed) -> Result<Self, EditError> {
        claimed_certificate_serial(&certificate).ok_or(EditError::NotTheRoots)?;
        put(&mut self.directory.admins, certificate, claimed_certificate_serial);
        Ok(self)
    }

    /// Adds a revocation by the root.
    ///
    /// # Errors
    /// As for [`Self::with_certificate`].
    pub fn with_revocation(mut self, revocation: Signed) -> Result<Self, EditError> {
        claimed_revocation_serial(&revocation).ok_or(EditError::NotTheRoots)?;
        put(&mut self.directory.revocations, revocation, claimed_revocation_serial);
        Ok(self)
    }

    /// Names the recovery key; whether the root signed it is checked when the directory is signed.
    #[must_use]
    pub fn with_recovery(mut self, key: Signed) -> Self {
        self.directory.recovery = Some(key);
        self
    }

    /// Replaces the settings.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.directory.settings = settings;
        self
    }

    /// Replaces what the office knows of its endpoint.
    #[must_use]
    pub fn with_endpoint(mut self, endpoint: EndpointKeys) -> Self {
        self.directory.endpoint = endpoint;
        self
    }

    /// Renames the office.
    #[must_use]
    pub fn with_name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.directory.name);
        self
    }

    /// The serial of a certificate in it that claims to be for this key of this member; whether the root signed it is checked when the directory is signed.
    #[must_use]
    pub fn claimed_serial(&self, member: MemberId, key: &PublicKey) -> Option<u32> {
        let mut claimed = self.directory.admins.iter().rev().filter_map(claimed_certificate);
        claimed.find(|certificate| certificate.member == member && certificate.key == *key).map(|certificate| certificate.serial)
    }

    /// Signs it, and verifies it as everybody else will: what comes out is what nobody refuses.
    ///
    /// # Errors
    /// [`DirectoryError`] if it would be refused.
    pub fn sign(
        self,
        serial: u32,
        admin: &SigningSecret,
        pin: &RootPin,
        previous: Previous<'_>,
    ) -> Result<(SignedDirectory, VerifiedDirectory), DirectoryError> {
        let signed = sign(&self.directory, serial, admin);
        let verified = verify(&signed, pin, previous)?;
        Ok((signed, verified))
    }

    fn team_mut(&mut self, team: TeamId) -> Result<&mut Team, EditError> {
        self.directory.teams.iter_mut().find(|row| row.team == team).ok_or(EditError::NoTeam(team))
    }
}

/// Puts a row in its place in a sorted list, over one with the same key.
fn put<T, K: Ord>(rows: &mut Vec<T>, row: T, key: impl Fn(&T) -> K) {
    match rows.binary_search_by_key(&key(&row), &key) {
        Ok(at) => rows[at] = row,
        Err(at) => rows.insert(at, row),
    }
}
