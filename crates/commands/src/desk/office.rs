//! What the desk knows of the office: pinned root, newest verified directory, memory of the log.

use std::sync::Arc;

use office::directory::{DirectoryEdit, Previous, RootPin, VerifiedDirectory, verify};
use office::keys::SigningSecret;
use office::tickets::{Ticket, TicketSecret};
use protocol::api::DirectoryReply;

use protocol::directory::{Role, Settings, SignedDirectory, Standing, Team, TeamKeyEpoch};
use protocol::limits::MAX_DIRECTORY_BYTES;
use protocol::log::{LeafKind, SignedCheckpoint};
use protocol::{DeviceId, MemberId, OfficeId, PublicKey, TeamId, UnixTime, from_cbor, to_cbor};
use receipts::{Expected, LogIdentity, LogMemory, verify_receipt};
use sync::{EndpointClient, Policy};
use vault::{Session, Setting};

use super::{Desk, Unlocked};
use crate::administering::begun;
use crate::api::{CommandError, ErrorCode};
use crate::stored::{BegunState, MAX_ITEM_BYTES, OfficeState, UserState};

/// Where the office's state lies among the vault's settings.
const OFFICE: Setting = Setting::RootPin;

pub(super) struct KnownOffice {
    pub state: OfficeState,
    pub directory: Option<VerifiedDirectory>,
    pub memory: LogMemory,
    pub client: Option<Arc<EndpointClient>>,
}

/// Somebody who founds or joins on this device.
pub struct NewMember<'a> {
    /// The user, just made or found again.
    pub session: Session,
    /// The ticket or founding code under which that was begun.
    pub begun: [u8; 16],
    /// As the directory will have it.
    pub name: &'a str,
    /// The office; kept as it is if this device knows it already.
    pub office: OfficeState,
    /// Who the user is there.
    pub user: UserState,
    /// Now: when the passphrase was given.
    pub at: UnixTime,
}

/// What stands in an exported ledger beside its lines.
pub struct Ledgered {
    /// The office.
    pub office: OfficeId,
    /// Its root key, as this device pinned it.
    pub root_key: PublicKey,
    /// The newest head of the log that this device was shown.
    pub seen: Option<SignedCheckpoint>,
    /// The device's own key.
    pub secret: SigningSecret,
}

impl KnownOffice {
    fn pin(&self) -> RootPin {
        RootPin { office: self.state.office, root_key: self.state.root_key }
    }

    pub(super) fn log_identity(&self) -> Option<LogIdentity> {
        self.directory.as_ref().map(identity_of)
    }
}

impl KnownOffice {
    /// A restored endpoint begins a new log, which only an administrator's directory can announce.
    fn forget_log_of_earlier_life(&mut self, now: UnixTime) {
        let identity = self.log_identity();
        if identity.is_some_and(|identity| !self.memory.is_of(&identity)) {
            self.memory = LogMemory::default();
            self.state.log = None;
            self.clear_log_fault(now);
        }
    }
}

fn identity_of(directory: &VerifiedDirectory) -> LogIdentity {
    let endpoint = &directory.get().endpoint;
    LogIdentity { office: directory.office(), generation: endpoint.generation, key: endpoint.receipt_key, next_key: endpoint.next_receipt_key }
}

fn damaged() -> CommandError {
    CommandError::new(ErrorCode::VaultDamaged).with("what", "office")
}

impl Desk {
    /// Reads what is stored and verifies the directory again: what lies on the disk is no more trusted than what comes over the network.
    pub(super) fn load_office(&mut self) -> Result<(), CommandError> {
        let Some(bytes) = self.vault.get_setting(OFFICE)? else { return Ok(()) };
        let state: OfficeState = from_cbor(&bytes, MAX_DIRECTORY_BYTES + MAX_ITEM_BYTES).map_err(|_| damaged())?;
        let pin = RootPin { office: state.office, root_key: state.root_key };
        let directory = match &state.directory {
            Some(bytes) => {
                let signed: SignedDirectory = from_cbor(bytes, MAX_DIRECTORY_BYTES).map_err(|_| damaged())?;
                Some(verify(&signed, &pin, Previous::Nothing).map_err(|_| damaged())?)
            }
            None => None,
        };
        let memory = match &state.log {
            Some(bytes) => LogMemory::decode(bytes).map_err(|_| damaged())?,
            None => LogMemory::default(),
        };
        self.office = Some(KnownOffice { state, directory, memory, client: None });
        Ok(())
    }

    pub(super) fn save_office(&mut self) -> Result<(), CommandError> {
        let bytes = to_cbor(&self.known_office()?.state);
        Ok(self.vault.put_setting(OFFICE, &bytes)?)
    }

    pub(super) fn known_office(&self) -> Result<&KnownOffice, CommandError> {
        self.office.as_ref().ok_or_else(|| CommandError::new(ErrorCode::NoOffice))
    }

    pub(super) fn known_office_mut(&mut self) -> Result<&mut KnownOffice, CommandError> {
        self.office.as_mut().ok_or_else(|| CommandError::new(ErrorCode::NoOffice))
    }

    /// The root that this device pinned.
    pub fn root_key(&self) -> Result<PublicKey, CommandError> {
        Ok(self.known_office()?.pin().root_key)
    }

    /// Whether this device belongs to an office.
    pub fn has_office(&self) -> bool {
        self.office.is_some()
    }

    /// Whether this device belongs to another office than this one.
    pub fn office_other_than(&self, pin: &RootPin) -> bool {
        self.office.as_ref().is_some_and(|office| office.pin() != *pin)
    }

    /// The newest verified directory.
    pub fn directory(&self) -> Result<&VerifiedDirectory, CommandError> {
        self.known_office()?.directory.as_ref().ok_or_else(|| CommandError::new(ErrorCode::EnrolmentWaiting))
    }

    /// The office's settings, once known.
    pub fn settings(&self) -> Option<&Settings> {
        self.directory().ok().map(|directory| &directory.get().settings)
    }

    /// The office's name, once known.
    pub fn office_name(&self) -> Option<String> {
        self.directory().ok().map(|directory| directory.get().name.clone())
    }

    /// The office.
    pub fn office_id(&self) -> Result<OfficeId, CommandError> {
        Ok(self.known_office()?.state.office)
    }

    /// The log that counts.
    pub fn log_identity(&self) -> Result<LogIdentity, CommandError> {
        self.known_office()?.log_identity().ok_or_else(|| CommandError::new(ErrorCode::EnrolmentWaiting))
    }

    /// The newest verified checkpoint of the log.
    pub fn newest_checkpoint(&self) -> Option<SignedCheckpoint> {
        self.office.as_ref().and_then(|office| office.memory.newest().cloned())
    }

    /// When the endpoint was reached last.
    pub fn last_contact(&self) -> Option<UnixTime> {
        self.office.as_ref().and_then(|office| office.state.last_contact)
    }

    /// Remembers a newer view of the log.
    pub fn observe(&mut self, log: &LogMemory, now: UnixTime) -> Result<(), CommandError> {
        self.take_log(log, now)?;
        self.save_office()
    }

    /// The same in memory only: the caller stores it together with what it belongs to.
    pub(super) fn take_log(&mut self, log: &LogMemory, now: UnixTime) -> Result<(), CommandError> {
        let office = self.known_office_mut()?;
        // Two exchanges may end in the other order than they began; the larger tree contains the smaller.
        if log.known_size() >= office.memory.known_size() {
            office.memory = log.clone();
            office.state.log = Some(log.encode().into());
        }
        office.state.last_contact = Some(now);
        Ok(())
    }

    /// The log identity that a directory, verified against the pinned root, names.
    pub fn identity_in(&self, reply: &DirectoryReply) -> Option<LogIdentity> {
        let office = self.office.as_ref()?;
        verify(&reply.directory, &office.pin(), Previous::Nothing).ok().as_ref().map(identity_of)
    }

    /// Takes a directory that follows the known one and stands in the log; refuses any other.
    pub fn adopt_directory(&mut self, reply: &DirectoryReply, log: Option<LogMemory>, now: UnixTime) -> Result<(), CommandError> {
        let office = self.known_office_mut()?;
        let previous = office.directory.as_ref().map_or(Previous::Nothing, Previous::Directory);
        let verified = verify(&reply.directory, &office.pin(), previous).map_err(|_| CommandError::new(ErrorCode::DirectoryInvalid))?;
        demand_directory_leaf(reply, &verified)?;
        let changed = office.directory.as_ref().is_none_or(|known| known.digest() != verified.digest());
        if changed {
            office.state.directory = Some(to_cbor(&reply.directory).into());
            // A new directory may list other certificates: the next line is built anew.
            office.client = None;
            office.directory = Some(verified);
            office.forget_log_of_earlier_life(now);
        }
        if let Some(log) = log {
            self.take_log(&log, now)?;
        }
        self.save_office()?;
        if changed {
            self.leave_recovery();
        }
        Ok(())
    }

    /// Signs the next directory as the unlocked administrator.
    pub fn sign_directory(&self, edit: DirectoryEdit) -> Result<SignedDirectory, CommandError> {
        let user = self.unlocked()?.state()?;
        let known = self.directory()?;
        // Who was certified by this very edit signs it themself.
        let own = || edit.claimed_serial(user.member, &user.secret().public_key());
        let serial = known.admin_serial(&user.member).or_else(own).ok_or(ErrorCode::NotYourRole)?;
        let pin = self.known_office()?.pin();
        let (signed, _) =
            edit.sign(serial, &user.secret(), &pin, Previous::Directory(known)).map_err(|_| CommandError::new(ErrorCode::DirectoryInvalid))?;
        Ok(signed)
    }

    /// Stores office and membership of a user whom the endpoint took, notes that this is done, and signs her in. What was begun otherwise is void now.
    pub fn add_member(&mut self, new: NewMember<'_>) -> Result<(), CommandError> {
        let NewMember { session, begun: id, name, office, user, at } = new;
        Unlocked::store_state(&session, &user)?;
        if self.office.is_none() {
            begun::give_up(&self.vault, |note| note.id != id)?;
        }
        let done = (Setting::Enrolment, begun::done(&self.vault, &id, user.member)?);
        if self.office.is_none() {
            // Together: a kill in between must not leave an office that hides its one user, nor a user without office whose keys are forgotten.
            self.vault.change_settings(&[(OFFICE, Some(&to_cbor(&office))), (done.0, Some(&done.1))])?;
            self.load_office()?;
        } else {
            self.vault.put_setting(done.0, &done.1)?;
        }
        self.sit_down(Unlocked::over(session, name.to_owned(), at)?);
        self.leave_recovery();
        Ok(())
    }

    /// Whether this ticket was redeemed, or this code used, by this device.
    pub fn is_done(&self, id: &[u8; 16]) -> Result<bool, CommandError> {
        Ok(begun::known(&self.vault)?.of(id).is_some_and(|note| note.state == BegunState::Done))
    }

    /// Whether somebody who enrolled on this device is not in the directory yet.
    pub fn somebody_waits(&self) -> Result<bool, CommandError> {
        let Some(office) = &self.office else { return Ok(false) };
        let Some(directory) = &office.directory else { return Ok(true) };
        // A device that counts may bring one person after the other, and nobody takes anybody's place.
        if directory.device(&self.vault.device_id()).is_some_and(|device| device.standing == Standing::Active) {
            return Ok(false);
        }
        let notes = begun::known(&self.vault)?.notes;
        Ok(notes.iter().filter_map(|note| note.member).any(|member| directory.member(&member).is_none()))
    }

    /// This device's id and public key.
    pub fn device(&self) -> (DeviceId, PublicKey) {
        let (device, secret) = self.device_secret();
        (device, secret.public_key())
    }

    pub(super) fn device_secret(&self) -> (DeviceId, SigningSecret) {
        (self.vault.device_id(), SigningSecret::from_seed(*self.vault.device_seed()))
    }

    /// What this device knows of the office and its log, and the key that it signs its ledger with.
    pub fn for_an_audit(&self) -> Result<Ledgered, CommandError> {
        let known = self.known_office()?;
        let RootPin { office, root_key } = known.pin();
        Ok(Ledgered { office, root_key, seen: known.memory.newest().cloned(), secret: self.device_secret().1 })
    }

    /// Whether the unlocked user counts and has a role.
    pub fn has_role(&self, role: Role) -> bool {
        let Ok(user) = self.unlocked().and_then(Unlocked::state) else { return false };
        self.directory().is_ok_and(|directory| directory.has_role(&user.member, role))
    }

    /// Whether the unlocked user holds a certificate that counts.
    pub fn may_sign_directories(&self) -> bool {
        let Ok(user) = self.unlocked().and_then(Unlocked::state) else { return false };
        self.directory().is_ok_and(|directory| directory.admin_serial(&user.member).is_some())
    }

    /// Refuses others.
    pub fn demand_role(&self, role: Role) -> Result<(), CommandError> {
        self.unlocked()?;
        if self.has_role(role) { Ok(()) } else { Err(CommandError::new(ErrorCode::NotYourRole)) }
    }

    /// The teams whose forms the unlocked user enters.
    pub fn teams_as_clerk(&self) -> Vec<TeamId> {
        let Ok(user) = self.unlocked().and_then(Unlocked::state) else { return Vec::new() };
        let Ok(directory) = self.directory() else { return Vec::new() };
        if !directory.has_role(&user.member, Role::Clerk) {
            return Vec::new();
        }
        directory.active_member(&user.member).map(|member| member.teams.clone()).unwrap_or_default()
    }

    /// The team that forms of this unit go to.
    pub fn team_for(&self, unit_number: Option<&str>) -> Option<&Team> {
        let directory = self.directory().ok()?;
        directory.team(&directory.team_for(unit_number)?)
    }

    /// The key new envelopes of a team are sealed to.
    pub fn open_key(&self, team: TeamId) -> Option<&TeamKeyEpoch> {
        self.directory().ok()?.open_key(&team)
    }

    /// What permits destruction.
    pub fn policy(&self, batch: usize) -> Result<Policy, CommandError> {
        let policy = &self.directory()?.get().settings.receipt_policy;
        Ok(Policy { min_copies: policy.min_copies, require_accepted: policy.require_accepted, batch })
    }

    /// A colleague's name; the id if the directory does not know them.
    pub fn member_name(&self, member: MemberId) -> String {
        let name = self.directory().ok().and_then(|directory| directory.member(&member)).map(|row| row.name.clone());
        name.unwrap_or_else(|| member.to_string())
    }

    /// A team's name, or its id where no directory names it.
    pub fn team_name(&self, team: TeamId) -> String {
        let name = self.directory().ok().and_then(|directory| directory.team(&team)).map(|row| row.name.clone());
        name.unwrap_or_else(|| team.to_string())
    }

    /// Days after which what waits is overdue, step by step.
    pub fn deadlines(&self) -> Vec<u16> {
        self.settings().map(|settings| settings.deadlines_days.clone()).unwrap_or_default()
    }

    /// Team ids as a shell sends them, if the directory has them.
    pub fn known_teams(&self, texts: &[String]) -> Result<Vec<TeamId>, CommandError> {
        let directory = self.directory()?;
        let known = |text: &String| TeamId::parse(text).filter(|team| directory.team(team).is_some());
        texts.iter().map(|text| known(text).ok_or_else(|| CommandError::new(ErrorCode::NotFound))).collect()
    }

    /// A ticket into this office.
    pub fn ticket(&self, secret: TicketSecret) -> Result<Ticket, CommandError> {
        let office = self.known_office()?;
        let pins = &self.directory()?.get().endpoint.tls_pins;
        Ok(Ticket {
            url: office.state.url.clone(),
            office: office.state.office,
            root_key: office.state.root_key,
            tls_pin: pins.first().copied().or(office.state.tls_pin),
            secret,
        })
    }
}

/// A directory that is not a leaf of the log might be shown to this device alone.
fn demand_directory_leaf(reply: &DirectoryReply, verified: &VerifiedDirectory) -> Result<(), CommandError> {
    let bytes = to_cbor(&reply.directory);
    let mut record = [0; 16];
    record[8..].copy_from_slice(&verified.number().to_be_bytes());
    let expected = Expected {
        kind: LeafKind::Directory,
        record: protocol::RecordId(record),
        digest: *verified.digest(),
        length: bytes.len() as u64,
        device: None,
        team_key_epoch: 0,
        min_copies: 1,
    };
    verify_receipt(&reply.receipt, &identity_of(verified), &expected).map(|_| ()).map_err(|_| CommandError::new(ErrorCode::DirectoryInvalid))
}
