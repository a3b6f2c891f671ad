//! Requests and answers of the endpoint, version 1. Paths, methods and who may call stand in `docs/formats.md` and the generated `docs/openapi.json`.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::directory::SignedDirectory;
use crate::enrolment::{KeyShare, MacedEnrolment, SignedStatement};
use crate::ids::{Digest, MemberId, RecordId, Tag, TeamId, Token};
use crate::log::{LogView, Receipt};
use crate::problem::ProblemCode;
use crate::time::UnixTime;

/// Media type of all request and answer bodies but problems.
pub const MEDIA_TYPE: &str = "application/cbor";
/// Media type of problems (RFC 9457).
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";
/// Answer header with the next server nonce; every answer carries one.
pub const NONCE_HEADER: &str = "bogen-nonce";
/// Request header: the tree size the client knows, decimal; a signed component.
pub const KNOWN_SIZE_HEADER: &str = "bogen-known-size";
/// Request header: the client's version, `major.minor.patch`; a signed component.
pub const CLIENT_HEADER: &str = "bogen-client";

/// Every answer to a signed request: the newest view of the log, and the answer proper (encoded).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Reply {
    /// The newest checkpoint and its consistency with what the client knew.
    #[n(0)]
    pub log: LogView,
    /// The encoded answer.
    #[n(1)]
    pub body: ByteVec,
}

/// An answer without content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Done {}

/// `GET /v1/directory`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DirectoryReply {
    /// The newest directory.
    #[n(0)]
    pub directory: SignedDirectory,
    /// Its receipt (kind DIRECTORY).
    #[n(1)]
    pub receipt: Receipt,
}

/// `POST /v1/records`: deliver sealed envelopes. Signed by the device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DeliverRequest {
    /// Encoded envelopes, at most [`crate::limits::MAX_BATCH_RECORDS`].
    #[n(0)]
    pub envelopes: Vec<ByteVec>,
}

/// What became of one envelope of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum DeliverOutcome {
    /// Durably stored, now or before: same id and digest get the same receipt.
    #[n(0)]
    Stored(#[n(0)] Receipt),
    /// Durably stored, but another record has the same customer tag: a clerk decides (Klärung).
    #[n(1)]
    Held(#[n(0)] Receipt),
    /// It was entered and destroyed already: the STORED and the DESTROYED receipt.
    #[n(2)]
    Tombstone(#[n(0)] Receipt, #[n(1)] Receipt),
    /// Not stored; nothing was changed. Never blocks the rest of the batch.
    #[n(3)]
    Refused(#[n(0)] ProblemCode),
}

/// Answer to a delivery: one outcome per envelope, in the order sent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DeliverReply {
    /// Outcomes.
    #[n(0)]
    pub outcomes: Vec<DeliverOutcome>,
}

/// State of a record at the endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum RecordState {
    /// Stored, not assigned yet.
    #[n(1)]
    Waiting,
    /// Assigned to a clerk.
    #[n(2)]
    Assigned,
    /// Opened by the clerk it is assigned to.
    #[n(3)]
    Opened,
    /// A clerk decides; [`HoldReason`] says why.
    #[n(4)]
    Held,
    /// Waits for a customer number ("Nummer folgt"), held or not: it cannot be opened before the number came.
    #[n(5)]
    AwaitsNumber,
    /// Destroyed; only the tombstone is left.
    #[n(6)]
    Destroyed,
}

/// Why a clerk must decide about a record before it is simply entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum HoldReason {
    /// Another record has the customer tag, and this one does not say that it replaces it; or the number that it brings is for a record destroyed already.
    #[n(1)]
    KnownCustomer,
    /// A revoked device delivered it.
    #[n(2)]
    RevokedDevice,
    /// A later record says that it replaces this one.
    #[n(3)]
    Superseded,
}

/// How a form ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum FormEnd {
    /// Destroyed after its entry.
    #[n(1)]
    Entered,
    /// Destroyed without entry: replaced by a later one, or discarded.
    #[n(2)]
    Unentered,
}

/// One record in a clerk's queue: no sealed bytes, no tags.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Assignment {
    /// The record.
    #[n(0)]
    pub record: RecordId,
    /// The team it is sealed to.
    #[n(1)]
    pub team: TeamId,
    /// Records of one benefit unit share this number; it means nothing else.
    #[n(2)]
    pub unit: u64,
    /// Members of the unit.
    #[n(3)]
    pub unit_members: u8,
    /// When it was stored.
    #[n(4)]
    pub stored_at: UnixTime,
    /// Its state.
    #[n(5)]
    pub state: RecordState,
    /// Whether somebody opened it before, this clerk or another: "möglicherweise schon erfasst". The same as [`OpenReply::opened_before`] would say now.
    #[n(6)]
    pub opened_before: bool,
    /// Why it is held; none if it is not.
    #[n(7)]
    pub hold: Option<HoldReason>,
    /// The record whose number this one brings.
    #[n(8)]
    pub follows: Option<RecordId>,
    /// The record that this one says it replaces.
    #[n(9)]
    pub supersedes: Option<RecordId>,
    /// When it is destroyed, because this clerk confirmed the entry; none if she did not, or took that back.
    #[n(10)]
    pub due: Option<UnixTime>,
    /// What became of the form whose number this one brings; none for a form, and while its form is there or did not arrive.
    #[n(11)]
    pub form_end: Option<FormEnd>,
    /// Where a question to its author stands; none if there is none.
    #[n(12)]
    pub problem: Option<ProblemState>,
}

/// Where a clerk's question to a form's author stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum ProblemState {
    /// Not answered.
    #[n(1)]
    Asked,
    /// The author says: enter it.
    #[n(2)]
    ToEnter,
    /// The author says: do not enter it. Its clerk may have it destroyed without entry.
    #[n(3)]
    Withdrawn,
}

/// `POST /v1/records/{id}/note`: a clerk's note to the author of a form that she opened, sealed. Takes the place of an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NoteRequest {
    /// Whether it is a question: it stays with the record until the author answers. Otherwise the author is only told something.
    #[n(0)]
    pub asks: bool,
    /// The sealed note.
    #[n(1)]
    pub sealed: ByteVec,
}

/// One note that waits for its author.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NoteRow {
    /// About this record.
    #[n(0)]
    pub record: RecordId,
    /// Whether it asks something.
    #[n(1)]
    pub asks: bool,
    /// When it was left.
    #[n(2)]
    pub at: UnixTime,
    /// The sealed note.
    #[n(3)]
    pub sealed: ByteVec,
}

/// `GET /v1/notes`: what waits for the signing member, oldest first; at most [`crate::limits::MAX_NOTES`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct NotesReply {
    /// The notes.
    #[n(0)]
    pub notes: Vec<NoteRow>,
}

/// `POST /v1/records/{id}/answer`: the author's answer to a question, or that a note was read. Asked again, the same.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AnswerRequest {
    /// Whether the form is not to be entered.
    #[n(0)]
    pub withdraw: bool,
    /// For the clerk, sealed.
    #[n(1)]
    pub sealed: Option<ByteVec>,
    /// SHA-256 of the sealed note that was read: what took its place meanwhile is neither answered nor deleted.
    #[n(2)]
    pub note: Digest,
}

/// `POST /v1/teams/{id}/canary`: a device leaves an envelope with nobody's form, to see that it can be opened. One that waits stays, and so does one of today.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CanaryRequest {
    /// The envelope.
    #[n(0)]
    pub envelope: ByteVec,
}

/// `GET /v1/teams/{id}/canary`, for a clerk of the team: the envelope that waits to be opened, if one does.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CanaryReply {
    /// The envelope.
    #[n(0)]
    pub envelope: Option<ByteVec>,
}

/// `POST /v1/teams/{id}/canary/opening`: what became of it at the clerk's app.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CanaryWord {
    /// SHA-256 of the envelope.
    #[n(0)]
    pub digest: Digest,
    /// Whether it opened and was what every canary is.
    #[n(1)]
    pub readable: bool,
}

/// How the newest canary of a team stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CanaryState {
    /// The team.
    #[n(0)]
    pub team: TeamId,
    /// When it was left.
    #[n(1)]
    pub left_at: UnixTime,
    /// When a clerk's app opened it; none if it waits, or did not open.
    #[n(2)]
    pub opened_at: Option<UnixTime>,
    /// When it did not open at a clerk's app.
    #[n(3)]
    pub failed_at: Option<UnixTime>,
    /// The epoch of the team's key that it is sealed to.
    #[n(4)]
    pub epoch: u32,
}

/// `GET /v1/canaries`: all teams of which one was left.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct CanariesReply {
    /// By team.
    #[n(0)]
    pub canaries: Vec<CanaryState>,
}

/// `POST /v1/acceptances`: a device asks which of the records that it delivered a clerk found readable; at most [`crate::limits::MAX_ACCEPTANCES`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AcceptancesRequest {
    /// Records of this device; others are passed over.
    #[n(0)]
    pub records: Vec<RecordId>,
}

/// One of them, with what proves it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Acceptance {
    /// The record.
    #[n(0)]
    pub record: RecordId,
    /// The clerk's signed [`RecordStatement`].
    #[n(1)]
    pub statement: SignedStatement,
    /// The ACCEPTED receipt, whose leaf names the statement.
    #[n(2)]
    pub receipt: Receipt,
}

/// Those that were accepted; the others are not, or not yet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AcceptancesReply {
    /// In the order of the request.
    #[n(0)]
    pub accepted: Vec<Acceptance>,
}

/// `GET /v1/assignments`: the signing clerk's queue, a unit's records together, oldest unit first.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AssignmentsReply {
    /// The queue.
    #[n(0)]
    pub assignments: Vec<Assignment>,
}

/// `POST /v1/records/{id}/opening`: fetch one assigned envelope; recorded.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct OpenReply {
    /// The encoded envelope.
    #[n(0)]
    pub envelope: ByteVec,
    /// Its STORED receipt; once it was sealed anew, the newest REWRAPPED one: the receipt of these very bytes.
    #[n(1)]
    pub receipt: Receipt,
    /// Whether somebody opened it before, this clerk or another.
    #[n(2)]
    pub opened_before: bool,
    /// Why it is held; none if it is not.
    #[n(3)]
    pub hold: Option<HoldReason>,
    /// What this record replaces, directly or by way of others, numbers that follow included; none if it says to replace nothing.
    #[n(4)]
    pub replaces: Option<Vec<ReplacedRecord>>,
    /// Of a frozen record: the later one that the asking clerk accepted.
    #[n(5)]
    pub replaced_by: Option<RecordId>,
    /// True if somebody was shown it before: it is forwarded to no other team any more. Left out if nobody was.
    #[n(6)]
    pub shown: Option<bool>,
    /// Where a question to its author stands.
    #[n(7)]
    pub problem: Option<ProblemState>,
    /// What the author sealed to answer it.
    #[n(8)]
    pub answer: Option<ByteVec>,
}

/// A record of the same customer and team that a later one replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReplacedRecord {
    /// The record.
    #[n(0)]
    pub record: RecordId,
    /// What became of it.
    #[n(1)]
    pub state: ReplacedState,
    /// Whether anybody opened it to enter it.
    #[n(2)]
    pub opened: bool,
    /// The form whose number it brings; none for a form.
    #[n(3)]
    pub follows: Option<RecordId>,
}

/// What became of a record that a later one replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum ReplacedState {
    /// It is here.
    #[n(1)]
    Frozen,
    /// Destroyed without entry: replaced, or discarded by a clerk.
    #[n(2)]
    Replaced,
    /// Entered and destroyed before.
    #[n(3)]
    Entered,
}

/// `POST /v1/lookups`: where the forms of one customer are. Signed by a counsellor or case manager.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LookupRequest {
    /// Tags of one customer number, at most [`crate::limits::MAX_LOOKUP_TAGS`].
    #[n(0)]
    pub tags: Vec<Tag>,
}

/// Where a record is that a lookup found. Never anything of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum LookupState {
    /// Stored; nobody opened it.
    #[n(1)]
    Unopened,
    /// A clerk opened it and may be entering it.
    #[n(2)]
    Opened,
    /// Destroyed.
    #[n(3)]
    Destroyed,
}

/// A form that a lookup found: what a replacement must name.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct FoundRecord {
    /// The record.
    #[n(0)]
    pub record: RecordId,
    /// The team it is sealed to.
    #[n(1)]
    pub team: TeamId,
    /// Pseudonym of its unit.
    #[n(2)]
    pub unit_tag: Tag,
    /// Members of its unit.
    #[n(3)]
    pub unit_members: u8,
    /// Where it is.
    #[n(4)]
    pub state: LookupState,
    /// Whether a later record of the same customer replaces it.
    #[n(5)]
    pub superseded: bool,
}

/// Answer to a lookup: forms, the newest first. A number that follows is not listed; its form is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct LookupReply {
    /// The forms.
    #[n(0)]
    pub records: Vec<FoundRecord>,
}

/// `POST /v1/reconciliations`: where the forms of many customers are, for a comparison with the benefits system.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReconcileRequest {
    /// One tag for each customer, at most [`crate::limits::MAX_RECONCILED_TAGS`].
    #[n(0)]
    pub tags: Vec<Tag>,
}

/// Where a customer's newest form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Reconciled {
    /// None is known under this tag.
    #[n(1)]
    Unknown,
    /// It is here, opened or not.
    #[n(2)]
    Waiting,
    /// It was entered and destroyed.
    #[n(3)]
    Entered,
}

/// In the order of the tags.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReconcileReply {
    /// One for each tag.
    #[n(0)]
    pub states: Vec<Reconciled>,
}

/// A clerk's word about a record, signed under `Context::AcceptedV1`, `Context::EnteredV1` or `Context::DiscardedV1`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RecordStatement {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The record.
    #[n(1)]
    pub record: RecordId,
    /// SHA-256 of the envelope's bytes.
    #[n(2)]
    pub digest: Digest,
    /// The clerk.
    #[n(3)]
    pub clerk: MemberId,
    /// The clerk's clock.
    #[n(4)]
    pub at: UnixTime,
}

/// `POST /v1/records/{id}/acceptance`: the envelope is readable.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct AcceptRequest {
    /// A [`RecordStatement`] under `Context::AcceptedV1`.
    #[n(0)]
    pub statement: SignedStatement,
}

/// `POST /v1/records/{id}/destruction`: the form is entered; destroy the envelope.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct DestroyRequest {
    /// A [`RecordStatement`] under `Context::EnteredV1`, or under `Context::DiscardedV1` for a held record that nobody enters.
    #[n(0)]
    pub statement: SignedStatement,
    /// The token from inside the envelope.
    #[n(1)]
    pub token: Token,
}

/// Answer to `POST /v1/records/{id}/entry`, which takes a [`DestroyRequest`]: the form is entered, destroy the envelope after the grace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EntryReply {
    /// When the grace ends, by the endpoint's clock. Asked again, the same.
    #[n(0)]
    pub due: UnixTime,
}

/// A clerk's word that a record was destroyed unread, signed under `Context::ReplacedV1`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReplacedStatement {
    /// Format version, 1.
    #[n(0)]
    pub version: u8,
    /// The record that is replaced.
    #[n(1)]
    pub record: RecordId,
    /// SHA-256 of its envelope's bytes.
    #[n(2)]
    pub digest: Digest,
    /// The clerk.
    #[n(3)]
    pub clerk: MemberId,
    /// The clerk's clock.
    #[n(4)]
    pub at: UnixTime,
    /// The record that replaces it, which the clerk accepted.
    #[n(5)]
    pub by: RecordId,
}

/// `POST /v1/records/{id}/replacement`: a later form replaces this one; destroy the envelope.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReplaceRequest {
    /// A [`ReplacedStatement`].
    #[n(0)]
    pub statement: SignedStatement,
    /// The token from inside the envelope.
    #[n(1)]
    pub token: Token,
}

/// Answer to acceptance and destruction: the receipt (kind ACCEPTED or DESTROYED). Asked again, the same.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReceiptReply {
    /// The receipt.
    #[n(0)]
    pub receipt: Receipt,
}

/// `GET /v1/log/consistency?from=&to=`: whether an older tree is part of a newer one.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ConsistencyReply {
    /// Consistency path (RFC 9162, section 2.1.4).
    #[n(0)]
    pub path: Vec<Digest>,
}

/// `GET /v1/enrolments`: enrolments that wait for an administrator.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EnrolmentsReply {
    /// The enrolments, oldest first.
    #[n(0)]
    pub waiting: Vec<MacedEnrolment>,
}

/// `GET /v1/team-keys`: announcements of team keys that no directory contains yet.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TeamKeysReply {
    /// [`crate::enrolment::TeamKeyStatement`]s.
    #[n(0)]
    pub statements: Vec<SignedStatement>,
}

/// `GET /v1/teams/{id}/keys`: what a clerk of the team needs to receive and pass on its keys.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TeamSharesReply {
    /// [`crate::enrolment::PrekeyStatement`]s of the team's clerks.
    #[n(0)]
    pub prekeys: Vec<SignedStatement>,
    /// Shares that exist; only those for the caller carry sealed bytes.
    #[n(1)]
    pub shares: Vec<KeyShare>,
}

/// `GET /v1/teams/{id}/rewraps?after=`: envelopes under closed keys that the calling clerk's app shall seal anew, a page of them. Those of her own queue, those
/// in nobody's, and those whose clerk was never given the key.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RewrapsReply {
    /// Encoded envelopes, at most [`crate::limits::MAX_REWRAP_RECORDS`].
    #[n(0)]
    pub envelopes: Vec<ByteVec>,
    /// Where the next page begins; none if this was the last.
    #[n(1)]
    pub next: Option<u64>,
}

/// `POST /v1/records/{id}/rewrap`: the same sealed form under the team's open key. Answered with a [`ReceiptReply`] (kind REWRAPPED); asked again, the same.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct RewrapRequest {
    /// The encoded envelope: header, commitment and body as before.
    #[n(0)]
    pub envelope: ByteVec,
    /// SHA-256 of the envelope that it replaces.
    #[n(1)]
    pub replaces: Digest,
    /// The token from inside: whoever shows it has opened the envelope.
    #[n(2)]
    pub token: Token,
}

/// `GET /v1/teams/{id}/epochs`: how much lies under which key of the team, for team leader and administrator.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EpochsReply {
    /// Keys under which something lies; ascending.
    #[n(0)]
    pub epochs: Vec<EpochCount>,
}

/// What lies under one key.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct EpochCount {
    /// Which key of the team.
    #[n(0)]
    pub epoch: u32,
    /// Envelopes.
    #[n(1)]
    pub records: u64,
    /// To whom a share of it was left; who made it is not among them. Ascending.
    #[n(2)]
    pub holders: Vec<MemberId>,
}

/// `GET /v1/teams/{id}/counts`: process counts for team leader and administrator. Never an answer, never a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct TeamCounts {
    /// Stored, not assigned.
    #[n(0)]
    pub waiting: u64,
    /// Assigned, not opened.
    #[n(1)]
    pub assigned: u64,
    /// Opened, not yet destroyed.
    #[n(2)]
    pub opened: u64,
    /// Held for a decision.
    #[n(3)]
    pub held: u64,
    /// Waiting for a customer number.
    #[n(4)]
    pub awaits_number: u64,
    /// Destroyed, entered or not.
    #[n(5)]
    pub destroyed: u64,
    /// When the oldest record that is not destroyed was stored.
    #[n(6)]
    pub oldest: Option<UnixTime>,
    /// Records that are not destroyed and were stored as many days ago as each deadline of the directory says, or more; in the deadlines' order.
    #[n(7)]
    pub overdue: Option<Vec<u64>>,
    /// Of those that are not destroyed: a question to the author is not answered yet.
    #[n(8)]
    pub asked: Option<u64>,
}

/// `GET /v1/teams/{id}/distribution`, for the team's leader: counts, ages and states. Never a form, a customer, an author.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct DistributionReply {
    /// New units wait for the leader's hand.
    #[n(0)]
    pub by_hand: bool,
    /// The team's active clerks.
    #[n(1)]
    pub clerks: Vec<ClerkShare>,
    /// What no clerk has.
    #[n(2)]
    pub unassigned: Pile,
    /// What can be undone; none if nothing was moved lately.
    #[n(3)]
    pub undo: Option<Undoable>,
    /// The last change; none if everything is as at the beginning.
    #[n(4)]
    pub changed: Option<ChangedBy>,
}

/// One clerk's part in the distribution.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ClerkShare {
    /// The clerk.
    #[n(0)]
    pub clerk: MemberId,
    /// Share of new units against those of colleagues, from 0 to 100; 0: none.
    #[n(1)]
    pub weight: u8,
    /// Gets nothing until then; none: is there.
    #[n(2)]
    pub absent_until: Option<UnixTime>,
    /// Was not at the endpoint for as long as a lease lasts: gets new units only if nobody else does.
    #[n(3)]
    pub lapsed: bool,
    /// What lies with them.
    #[n(4)]
    pub pile: Pile,
}

/// Units and records that lie somewhere, not destroyed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Pile {
    /// Benefit units.
    #[n(0)]
    pub units: u64,
    /// Records, not opened by whom they lie with.
    #[n(1)]
    pub waiting: u64,
    /// Records, opened.
    #[n(2)]
    pub opened: u64,
    /// Records, held for a decision.
    #[n(3)]
    pub held: u64,
    /// Records, waiting for a customer number.
    #[n(4)]
    pub awaits_number: u64,
    /// When the oldest of them was stored.
    #[n(5)]
    pub oldest: Option<UnixTime>,
}

/// The last move, as far as it can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Undoable {
    /// Until when, by the endpoint's clock.
    #[n(0)]
    pub until: UnixTime,
    /// Units of which nobody opened or confirmed a form since.
    #[n(1)]
    pub units: u32,
}

/// Who changed the distribution last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ChangedBy {
    /// The leader.
    #[n(0)]
    pub by: MemberId,
    /// When, by the endpoint's clock.
    #[n(1)]
    pub at: UnixTime,
}

/// `POST /v1/teams/{id}/distribution`: what is not named stays as it is. Answered with a [`DistributionReply`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct DistributionRequest {
    /// Whether new units wait for the leader's hand; none: as before. Switched off, all that waits is distributed.
    #[n(0)]
    pub by_hand: Option<bool>,
    /// Clerks whose part changes.
    #[n(1)]
    pub clerks: Vec<ClerkSetting>,
}

/// A clerk's part, as it shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ClerkSetting {
    /// The clerk.
    #[n(0)]
    pub clerk: MemberId,
    /// From 0 to 100.
    #[n(1)]
    pub weight: u8,
    /// Gets nothing until then, and what lies with them goes to colleagues; none, or a time that is over: is there.
    #[n(2)]
    pub absent_until: Option<UnixTime>,
}

/// `POST /v1/teams/{id}/moves`: moves whole units, the oldest first, and of those that nobody has opened before others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MoveRequest {
    /// From this clerk; none: from what no clerk has.
    #[n(0)]
    pub from: Option<MemberId>,
    /// To this clerk; none: to the others, by their quotas.
    #[n(1)]
    pub to: Option<MemberId>,
    /// How many, at the most; at least 1.
    #[n(2)]
    pub units: u32,
}

/// Answer to `POST` and `DELETE /v1/teams/{id}/moves`; the latter puts the last move back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MoveReply {
    /// Units that changed hands.
    #[n(0)]
    pub units: u32,
}

/// A count as a report tells it: of one from 1 to 9 nothing but that it is one, of a higher one the tens. Whatever is added or subtracted of such numbers is
/// a multiple of ten, so no small count comes out of several of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
pub enum ReportCount {
    /// Nothing, exactly.
    #[n(0)]
    Zero,
    /// From 1 to 9.
    #[n(1)]
    FewerThanTen,
    /// So many, rounded down to a multiple of ten.
    #[n(2)]
    Tens(#[n(0)] u64),
}

impl ReportCount {
    /// What a report may tell of this count.
    #[must_use]
    pub fn of(count: u64) -> Self {
        match count {
            0 => Self::Zero,
            1..=9 => Self::FewerThanTen,
            _ => Self::Tens(count - count % 10),
        }
    }
}

/// `GET /v1/teams/{id}/report?weeks=`: what became of a team's forms, by finished weeks. Numbers that follow are not counted: they are no forms. Never an
/// answer, a person, or a count from 1 to 9.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct TeamReport {
    /// The end of the last finished week; nothing that came later is in here, so whoever asks again in the same week gets the same.
    #[n(0)]
    pub until: UnixTime,
    /// Finished weeks, the oldest first.
    #[n(1)]
    pub weeks: Vec<ReportWeek>,
    /// Forms that waited at `until`, by age: from the handover to the first deadline of the directory, from one deadline to the next, and beyond the last.
    #[n(2)]
    pub waiting: Vec<ReportAge>,
    /// Benefit units of which as many members' forms were handed over as they have members, up to `until`.
    #[n(3)]
    pub complete: ReportCount,
    /// All others.
    #[n(4)]
    pub incomplete: ReportCount,
}

/// One finished week, Monday to Sunday (ISO 8601), in UTC.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReportWeek {
    /// Its Monday, 00:00 UTC.
    #[n(0)]
    pub begins: UnixTime,
    /// Forms stored.
    #[n(1)]
    pub handed_over: ReportCount,
    /// Of these, those that a clerk had to decide about.
    #[n(2)]
    pub held: ReportCount,
    /// Forms destroyed after their entry.
    #[n(3)]
    pub entered: ReportCount,
    /// Forms destroyed without entry: replaced by a later one, or discarded by a clerk.
    #[n(4)]
    pub without_entry: ReportCount,
    /// Forms about which a clerk asked their author something for the first time; none from an endpoint of before.
    #[n(5)]
    pub asked: Option<ReportCount>,
}

/// Forms of one age.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct ReportAge {
    /// Full days since the handover, at the least.
    #[n(0)]
    pub from_days: u16,
    /// How many.
    #[n(1)]
    pub forms: ReportCount,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor::{from_cbor, to_cbor};

    fn hex(text: &str) -> Vec<u8> {
        let text: String = text.split_whitespace().collect();
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }

    fn bytes(length: usize, byte: &str) -> String {
        byte.repeat(length)
    }

    fn assignment(follows: Option<RecordId>) -> Assignment {
        Assignment {
            record: RecordId([1; 16]),
            team: TeamId([2; 16]),
            unit: 3,
            unit_members: 4,
            stored_at: UnixTime(5),
            state: RecordState::Opened,
            opened_before: true,
            hold: None,
            follows,
            supersedes: None,
            due: None,
            form_end: None,
            problem: None,
        }
    }

    /// A queue without numbers that follow and without replacements is written as it was before there were any.
    #[test]
    fn an_assignments_links_are_left_out_when_there_are_none() {
        let plain = hex(&format!("87 50{} 50{} 03 04 05 03 f5", bytes(16, "01"), bytes(16, "02")));
        assert_eq!(to_cbor(&assignment(None)), plain);
        assert_eq!(from_cbor::<Assignment>(&plain, 128).unwrap(), assignment(None));
        let number = hex(&format!("89 50{} 50{} 03 04 05 03 f5 f6 50{}", bytes(16, "01"), bytes(16, "02"), bytes(16, "06")));
        assert_eq!(to_cbor(&assignment(Some(RecordId([6; 16])))), number);
    }

    #[test]
    fn what_the_grace_sends_is_frozen() {
        assert_eq!(to_cbor(&EntryReply { due: UnixTime(1_790_000_900) }), hex("81 1a6ab13f04"));
        let entered = Assignment { due: Some(UnixTime(7)), ..assignment(None) };
        let expected = hex(&format!("8b 50{} 50{} 03 04 05 03 f5 f6 f6 f6 07", bytes(16, "01"), bytes(16, "02")));
        assert_eq!(to_cbor(&entered), expected);
        assert_eq!(from_cbor::<Assignment>(&expected, 128).unwrap(), entered);
    }

    #[test]
    fn a_number_says_last_what_became_of_its_form() {
        let orphaned = Assignment { form_end: Some(FormEnd::Unentered), ..assignment(Some(RecordId([6; 16]))) };
        let expected = hex(&format!("8c 50{} 50{} 03 04 05 03 f5 f6 50{} f6 f6 02", bytes(16, "01"), bytes(16, "02"), bytes(16, "06")));
        assert_eq!(to_cbor(&orphaned), expected);
        assert_eq!(from_cbor::<Assignment>(&expected, 128).unwrap(), orphaned);
    }

    #[test]
    fn what_the_distribution_sends_is_frozen() {
        let (clerk, other) = (MemberId([1; 16]), MemberId([2; 16]));
        let pile = Pile { units: 2, waiting: 3, opened: 1, held: 0, awaits_number: 4, oldest: Some(UnixTime(5)) };
        let share = ClerkShare { clerk, weight: 50, absent_until: Some(UnixTime(9)), lapsed: true, pile };
        let undo = Some(Undoable { until: UnixTime(7), units: 2 });
        let changed = Some(ChangedBy { by: other, at: UnixTime(6) });
        let reply = DistributionReply { by_hand: true, clerks: vec![share], unassigned: Pile::default(), undo, changed };
        let expected =
            format!("85 f5 81 85 50{} 18 32 09 f5 86 02 03 01 00 04 05 85 00 00 00 00 00 82 07 02 82 50{} 06", bytes(16, "01"), bytes(16, "02"));
        assert_eq!(to_cbor(&reply), hex(&expected));
        assert_eq!(from_cbor::<DistributionReply>(&hex(&expected), 256).unwrap(), reply);
        let set = DistributionRequest { by_hand: None, clerks: vec![ClerkSetting { clerk, weight: 0, absent_until: None }] };
        assert_eq!(to_cbor(&set), hex(&format!("82 f6 81 82 50{} 00", bytes(16, "01"))));
        let moved = MoveRequest { from: None, to: Some(clerk), units: 3 };
        assert_eq!(to_cbor(&moved), hex(&format!("83 f6 50{} 03", bytes(16, "01"))));
        assert_eq!(to_cbor(&MoveReply { units: 3 }), hex("81 03"));
    }

    #[test]
    fn what_a_change_of_mind_sends_is_frozen() {
        let (record, by) = (RecordId([1; 16]), RecordId([6; 16]));
        let statement = ReplacedStatement { version: 1, record, digest: Digest([3; 32]), clerk: MemberId([4; 16]), at: UnixTime(5), by };
        let expected = format!("86 01 50{} 5820{} 50{} 05 50{}", bytes(16, "01"), bytes(32, "03"), bytes(16, "04"), bytes(16, "06"));
        assert_eq!(to_cbor(&statement), hex(&expected));
        let found =
            FoundRecord { record, team: TeamId([2; 16]), unit_tag: Tag([3; 32]), unit_members: 4, state: LookupState::Unopened, superseded: false };
        let expected = format!("86 50{} 50{} 5820{} 04 01 f4", bytes(16, "01"), bytes(16, "02"), bytes(32, "03"));
        assert_eq!(to_cbor(&found), hex(&expected));
        let replaced = ReplacedRecord { record, state: ReplacedState::Frozen, opened: true, follows: None };
        assert_eq!(to_cbor(&replaced), hex(&format!("83 50{} 01 f5", bytes(16, "01"))));
    }

    #[test]
    fn a_report_is_frozen_and_tells_of_a_small_count_that_it_is_one() {
        let told = [0, 1, 9, 10, 19, 20, 137].map(ReportCount::of);
        let expected = [
            ReportCount::Zero,
            ReportCount::FewerThanTen,
            ReportCount::FewerThanTen,
            ReportCount::Tens(10),
            ReportCount::Tens(10),
            ReportCount::Tens(20),
            ReportCount::Tens(130),
        ];
        assert_eq!(told, expected);
        let [zero, few, many] = [0, 7, 47].map(ReportCount::of);
        let week = ReportWeek { begins: UnixTime(4), handed_over: many, held: zero, entered: few, without_entry: zero, asked: None };
        let waiting = vec![ReportAge { from_days: 3, forms: few }];
        let report = TeamReport { until: UnixTime(5), weeks: vec![week], waiting, complete: many, incomplete: few };
        let (zero, few, many) = ("820080", "820180", "82028118 28");
        let expected = hex(&format!("85 05 81 85 04{many}{zero}{few}{zero} 81 82 03{few} {many}{few}").replace(' ', ""));
        assert_eq!(to_cbor(&report), expected);
        assert_eq!(from_cbor::<TeamReport>(&expected, 128).unwrap(), report);
    }
}
