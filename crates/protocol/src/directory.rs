//! The office's signed directory: who is who, which keys count, and the settings that everybody must share. Verified by the crate `office`.

mod entry_mask;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

pub use entry_mask::{EntryMask, MaskField, MaskSource};

use crate::ids::{DeviceId, Digest, MemberId, OfficeId, PublicKey, SignatureBytes, TeamId};
use crate::time::UnixTime;

/// A role. One person may hold several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Role {
    /// Integration specialist (Integrationsfachkraft): fills forms with customers.
    #[n(1)]
    Counsellor,
    /// Case manager (Fallmanagement): the same, on outreach visits too.
    #[n(2)]
    CaseManager,
    /// Team leader of the benefits department (Teamleitung Leistungsgewährung): distributes.
    #[n(3)]
    TeamLeader,
    /// Clerk of the benefits department (Sachbearbeitung): opens, enters, confirms.
    #[n(4)]
    Clerk,
    /// Administrator: members, devices, settings, triggering the sync.
    #[n(5)]
    Admin,
}

/// Whether a member or device still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Standing {
    /// Counts.
    #[n(1)]
    Active,
    /// Revoked: a device may still deliver what it holds, and nothing else.
    #[n(2)]
    Revoked,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Member {
    /// The member.
    #[n(0)]
    pub member: MemberId,
    /// The name colleagues know.
    #[n(1)]
    pub name: String,
    /// Sorted, without repetition.
    #[n(2)]
    pub roles: Vec<Role>,
    /// Teams the member works for (clerk, team leader). Sorted.
    #[n(3)]
    pub teams: Vec<TeamId>,
    /// The member's Ed25519 key: signs as author, as clerk, as administrator.
    #[n(4)]
    pub key: PublicKey,
    /// Whether the member counts.
    #[n(5)]
    pub standing: Standing,
    /// They collected forms before, and have another task now: what they sealed then still counts, and they finish what belongs to it.
    #[n(6)]
    pub collected_before: Option<bool>,
}

impl Member {
    /// Whether they take forms.
    #[must_use]
    pub fn collects(&self) -> bool {
        self.roles.contains(&Role::Counsellor) || self.roles.contains(&Role::CaseManager)
    }

    /// Whether they take forms, or did before: what they sealed is a form.
    #[must_use]
    pub fn is_author(&self) -> bool {
        self.collects() || self.collected_before == Some(true)
    }
}

/// A device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Device {
    /// The device.
    #[n(0)]
    pub device: DeviceId,
    /// Its Ed25519 request key.
    #[n(1)]
    pub key: PublicKey,
    /// The member it was enrolled with.
    #[n(2)]
    pub enrolled_by: MemberId,
    /// Whether the device counts.
    #[n(3)]
    pub standing: Standing,
    /// Who enrolled on it later. Sorted, not empty; none if nobody did.
    #[n(4)]
    pub also: Option<Vec<MemberId>>,
}

impl Device {
    /// Who works with it, the one it was enrolled with first.
    pub fn users(&self) -> impl Iterator<Item = MemberId> + '_ {
        std::iter::once(self.enrolled_by).chain(self.also.iter().flatten().copied())
    }

    /// Whether this member works with it.
    #[must_use]
    pub fn is_used_by(&self, member: MemberId) -> bool {
        self.users().any(|user| user == member)
    }
}

/// What a team key epoch is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum EpochState {
    /// New envelopes are sealed to it.
    #[n(1)]
    Open,
    /// Envelopes sealed to it are still opened.
    #[n(2)]
    Closed,
    /// Its private key was destroyed.
    #[n(3)]
    Destroyed,
}

/// One key of a team.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TeamKeyEpoch {
    /// Counts from 1.
    #[n(0)]
    pub epoch: u32,
    /// The HPKE public key (MLKEM1024-P384, serialised as in draft-ietf-hpke-pq).
    #[n(1)]
    pub public_key: ByteVec,
    /// The clerk who made it.
    #[n(2)]
    pub made_by: MemberId,
    /// State.
    #[n(3)]
    pub state: EpochState,
    /// Since when it is known, by the clock of the administrator who published it; none for the first keys of the first version.
    #[n(4)]
    pub since: Option<UnixTime>,
    /// The number of the directory that closed it: a device that follows this or a later one seals nothing to it.
    #[n(5)]
    pub closed_in: Option<u64>,
    /// The administrator who wants it destroyed although not every device stated that nothing sealed to it is left. It takes a second one.
    #[n(6)]
    pub doomed_by: Option<MemberId>,
}

/// A team of the benefits department.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Team {
    /// The team.
    #[n(0)]
    pub team: TeamId,
    /// Its name, e.g. "Leistung 1".
    #[n(1)]
    pub name: String,
    /// Its keys, ascending; at most one is open. Empty until the first clerk made one.
    #[n(2)]
    pub keys: Vec<TeamKeyEpoch>,
    /// The epoch of the next key, if it is time for one: the clerk who comes first makes it. Always the newest and one.
    #[n(3)]
    pub next_epoch: Option<u32>,
    /// A clerk left while the next key was being made, and may have been given it: once it is there, another one is asked for.
    #[n(4)]
    pub next_again: Option<bool>,
}

/// Which receipt permits a device to destroy its copy.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReceiptPolicy {
    /// Independent durable copies that a STORED receipt must name. 1 is for the demo, or an explicit choice with a warning that stays visible.
    #[n(0)]
    pub min_copies: u8,
    /// Whether a clerk's ACCEPTED receipt is demanded instead.
    #[n(1)]
    pub require_accepted: bool,
}

/// Forms of benefit units whose number begins with `prefix` go to `team`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TeamRule {
    /// The beginning of the BG number, as normalised; empty matches all, also persons without one.
    #[n(0)]
    pub prefix: String,
    /// The team.
    #[n(1)]
    pub team: TeamId,
}

/// Settings that everybody in the office must share.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Settings {
    /// What suffices to destroy a device's copy.
    #[n(0)]
    pub receipt_policy: ReceiptPolicy,
    /// Pattern of a customer number: `9` a digit, `A` a letter, other characters themselves, e.g. `999A999999`.
    #[n(1)]
    pub customer_number_pattern: String,
    /// Patterns of a benefit-unit number; the first is the normal form, e.g. `99999BG9999999` and `99999//9999999`.
    #[n(2)]
    pub unit_number_patterns: Vec<String>,
    /// The first rule that matches decides; ascending generality.
    #[n(3)]
    pub team_rules: Vec<TeamRule>,
    /// Days from handover to entry after which team, team leader, administrator and administrator again are warned.
    #[n(4)]
    pub deadlines_days: Vec<u16>,
    /// Languages that the office approved for the customer's side (BCP 47), beside German.
    #[n(5)]
    pub languages: Vec<String>,
    /// Oldest client version that may talk to the endpoint, `major.minor.patch`.
    #[n(6)]
    pub minimum_client: String,
    /// A demo office: every app shows so, all the time.
    #[n(7)]
    pub demo: bool,
    /// Who the office is to its customers (Art. 13 GDPR); none until an administrator wrote it.
    #[n(8)]
    pub information: Option<OfficeInformation>,
    /// How the benefits system asks; none: the four characteristics, as the app shows them by itself.
    #[n(9)]
    pub entry_mask: Option<EntryMask>,
}

/// What the information of Art. 13 GDPR and the paper form have to name. Texts as the office writes them, in German.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OfficeInformation {
    /// The controller with its address (Art. 13 (1) (a)).
    #[n(0)]
    pub controller: String,
    /// How to reach the data-protection officer (Art. 13 (1) (b)).
    #[n(1)]
    pub officer: String,
    /// The supervisory authority (Art. 13 (2) (d)).
    #[n(2)]
    pub authority: String,
    /// Where a paper form is to be returned.
    #[n(3)]
    pub return_to: String,
}

/// The endpoint as the office knows it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EndpointKeys {
    /// Which life of the endpoint counts.
    #[n(0)]
    pub generation: u32,
    /// Its Ed25519 log key; receipts verify against this and nothing else.
    #[n(1)]
    pub receipt_key: PublicKey,
    /// The key it will change to, if announced.
    #[n(2)]
    pub next_receipt_key: Option<PublicKey>,
    /// SHA-256 of the SubjectPublicKeyInfo of certificates accepted for TLS, with a successor; empty: certificates of public authorities.
    #[n(3)]
    pub tls_pins: Vec<Digest>,
}

/// An administrator, certified by the office root.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AdminCertificate {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The administrator.
    #[n(2)]
    pub member: MemberId,
    /// The key that may sign directories.
    #[n(3)]
    pub key: PublicKey,
    /// Unique within the office; revocations name it.
    #[n(4)]
    pub serial: u32,
    /// When the root signed.
    #[n(5)]
    pub issued_at: UnixTime,
}

/// The root's word that a certificate counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AdminRevocation {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// Which certificate.
    #[n(2)]
    pub serial: u32,
    /// When the root signed.
    #[n(3)]
    pub issued_at: UnixTime,
}

/// The key to which each user seals what opens their part of a vault. Its private half follows from the root's: nobody has it but two holders of shares together.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RecoveryKey {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The HPKE public key (MLKEM1024-P384, serialised as in draft-ietf-hpke-pq).
    #[n(2)]
    pub public_key: ByteVec,
}

/// Bytes with an Ed25519 signature. What the bytes are and which key counts, the verifier in `office` knows; there is no accessor that skips it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Signed {
    /// The encoded statement.
    #[n(0)]
    pub body: ByteVec,
    /// Signature over `frame(context, body)`.
    #[n(1)]
    pub signature: SignatureBytes,
}

/// The directory itself.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Directory {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The office.
    #[n(1)]
    pub office: OfficeId,
    /// The office's name, e.g. "Jobcenter Musterstadt".
    #[n(2)]
    pub name: String,
    /// Counts from 1; never goes backwards.
    #[n(3)]
    pub number: u64,
    /// SHA-256 of the previous [`SignedDirectory`]'s bytes; none for the first.
    #[n(4)]
    pub previous: Option<Digest>,
    /// When it was signed.
    #[n(5)]
    pub issued_at: UnixTime,
    /// [`AdminCertificate`]s signed by the root.
    #[n(6)]
    pub admins: Vec<Signed>,
    /// [`AdminRevocation`]s signed by the root; never shrinks.
    #[n(7)]
    pub revocations: Vec<Signed>,
    /// Members; sorted by id.
    #[n(8)]
    pub members: Vec<Member>,
    /// Devices; sorted by id.
    #[n(9)]
    pub devices: Vec<Device>,
    /// Teams; sorted by id.
    #[n(10)]
    pub teams: Vec<Team>,
    /// The endpoint.
    #[n(11)]
    pub endpoint: EndpointKeys,
    /// Settings.
    #[n(12)]
    pub settings: Settings,
    /// The [`RecoveryKey`], signed by the root; none in an office that was founded before there was one. Once there, it stays.
    #[n(13)]
    pub recovery: Option<Signed>,
}

/// A directory with its administrator's signature over `frame(DirectoryV1, body)`. Unverified.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SignedDirectory {
    /// The encoded [`Directory`].
    #[n(0)]
    pub body: ByteVec,
    /// Serial of the certificate (inside the directory) whose key signed.
    #[n(1)]
    pub serial: u32,
    /// The signature.
    #[n(2)]
    pub signature: SignatureBytes,
}
