//! What crosses the seam between the app and a shell: commands in, replies and codes out. JSON; ids as text; no sentences, the shells word them.
//!
//! The TypeScript side of this file is generated (`ui/src/lib/bindings.ts`); a test fails when it drifts.

use std::collections::BTreeMap;

use questionnaire::{Answer, Asking, Parent, Question, Warning};
use serde::{Deserialize, Serialize};

#[cfg(test)]
use ts_rs::TS;

/// A passphrase on its way from the shell to the vault. Not printable, zeroised when dropped.
#[derive(Clone, Deserialize, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
#[cfg_attr(test, derive(TS))]
#[serde(transparent)]
pub struct Passphrase(String);

impl Passphrase {
    /// Takes over a typed passphrase.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for the key derivation only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

macro_rules! dto {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Serialize, Deserialize)]
        #[cfg_attr(test, derive(TS))]
        #[allow(missing_docs, reason = "fields named like what they are; where that does not suffice they have a line")]
        pub struct $name { $($(#[$field_meta])* pub $field: $type),* }

        /// Names, numbers, answers and tickets pass through here: none of it may reach a log by a careless `{:?}`.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

/// Arguments that carry a passphrase: they come in, and are never written anywhere.
macro_rules! secret_dto {
    ($($(#[$meta:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize)]
        #[cfg_attr(test, derive(TS))]
        #[expect(missing_docs, reason = "named like what the people type")]
        pub struct $name { $(pub $field: $type),* }
    )*};
}

macro_rules! code {
    ($($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(test, derive(TS))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_meta])* $variant),* }
    )*};
}

code! {
    /// Which part of the way a member of staff works on.
    RoleCode {
        /// Integration specialist.
        Counsellor,
        /// Case manager.
        CaseManager,
        /// Team leader of the benefits department.
        TeamLeader,
        /// Clerk of the benefits department.
        Clerk,
        /// Administrator.
        Admin,
    }
    /// How far this device and its user are on the way into an office.
    EnrolmentState {
        /// No office yet: found one or redeem a ticket.
        None,
        /// The ticket was redeemed; an administrator has to approve.
        Waiting,
        /// Member of the office.
        Active,
        /// Revoked: what is sealed here can still be delivered, nothing else.
        Revoked,
    }
    /// State of one member of a benefit unit, as its card shows it. A refusal shows as `complete` and `checked` like any other form.
    MemberState {
        /// No question answered yet.
        Open,
        /// Some questions answered.
        Started,
        /// All questions answered, not checked.
        Complete,
        /// Checked: ready for finalising.
        Checked,
        /// The person was asked before (MIG is set): no form.
        AlreadyCollected,
    }
    /// What a unit as a whole waits for.
    UnitState {
        /// Nothing begun.
        Open,
        /// Somebody's form is begun or unchecked.
        Started,
        /// Everybody is checked or already collected: ready for finalising.
        Ready,
        /// Some were handed over; the others were left out and stay as a reminder.
        Reminder,
    }
    /// Where an entry of the MIG list stands.
    MigState {
        /// The form is sealed but not handed over: do not mark yet.
        Sealed,
        /// Handed over: set the collection flag "MIG" in the benefits system.
        Due,
        /// Ticked off; gone at the next lock, until then undoable.
        Ticked,
    }
    /// How a delivery ended.
    SyncEnd {
        /// Everything that was to deliver is delivered and destroyed here.
        Done,
        /// Nothing was to deliver.
        Nothing,
        /// The endpoint could not be reached; everything left is safe here.
        Unreachable,
        /// The endpoint answered, but not as ours would (other certificate, foreign answer). Nothing was destroyed.
        NotOurEndpoint,
        /// The endpoint refused this device or its state; nothing was destroyed.
        Refused,
        /// The endpoint's log contradicts what it said before. Destruction stopped; tell the administrator.
        LogFault,
        /// The endpoint is there but cannot store at the moment.
        Busy,
        /// Some records were refused one by one; the others are done.
        Partly,
    }
    /// State of a record in a clerk's queue.
    QueueState {
        /// Assigned, not opened.
        Assigned,
        /// Opened, not confirmed.
        Opened,
        /// Held: decide; `hold` says why.
        Held,
        /// Waits for a customer number, held or not; it cannot be opened before.
        AwaitsNumber,
    }
    /// Why a record is held for a clerk's decision.
    HoldCode {
        /// A form of this customer was handed in before.
        KnownCustomer,
        /// A revoked device handed it in.
        RevokedDevice,
        /// A later form says that it replaces this one.
        Superseded,
    }
    /// Yes, no or declined as a value shown to the clerk.
    Value {
        /// Ja.
        Yes,
        /// Nein.
        No,
        /// Keine Angabe.
        Declined,
    }
}

secret_dto! {
    /// Founds an office with the code that the endpoint printed.
    FoundOffice { url: String, code: String, office_name: String, admin_name: String, passphrase: Passphrase, demo: bool }
    /// Redeems a ticket.
    Enrol { ticket: String, name: String, passphrase: Passphrase }
    /// Unlocks a user's data.
    Unlock { user: String, passphrase: Passphrase }
    /// Hands the screen to the customer for one person's form. The code leads back; it is chosen at the first time in a sitting.
    Turn { unit: String, member: String, code: Option<Passphrase> }
    /// Takes the screen back.
    TurnBack { code: Passphrase }
    /// Changes the passphrase of the unlocked user.
    ChangePassphrase { old: Passphrase, new: Passphrase }
}

dto! {
    /// No arguments.
    Nothing {}

    // ---- first start, unlock -------------------------------------------------------------------------------------------------------------
    /// Somebody with a key file on this device.
    UserSummary { user: String, name: String }
    /// Who is at the screen.
    SessionInfo { user: String, name: String, roles: Vec<RoleCode>, enrolment: EnrolmentState }
    /// Counts for the one quiet place that shows the state of safety. Process counts only.
    SafetyCounts {
        /// Units with drafts of the unlocked user; 0 while locked.
        drafts: u32,
        /// Forms sealed on this device, not handed over.
        sealed: u32,
        /// Forms handed over whose local copy waits for its destruction.
        delivered: u32,
        /// MIG marks to set, of the unlocked user; 0 while locked.
        mig_due: u32,
        /// Forms destroyed here so far.
        destroyed: u32,
    }
    /// State of the app as a whole.
    Status {
        version: String,
        /// The office's name, once known.
        office: Option<String>,
        /// A demo office: must be shown all the time.
        demo: bool,
        enrolment: EnrolmentState,
        users: Vec<UserSummary>,
        /// None while locked.
        session: Option<SessionInfo>,
        counts: SafetyCounts,
        /// Whose form the customer has before them; until the code is given, every other command is refused.
        turned: Option<MemberRef>,
        /// Whether the code for turning was chosen in this sitting.
        turn_code: bool,
        /// Codes of standing warnings: `one_copy`, `log_fault`, `team_key_missing`, `fewer_than_two_clerks`, `clock_wrong`, `old_drafts`.
        warnings: Vec<String>,
        /// Unix seconds of the last contact with the endpoint.
        #[cfg_attr(test, ts(type = "number | null"))]
        last_contact: Option<u64>,
        /// Unix seconds when the endpoint's log last contradicted itself; none if it never did.
        #[cfg_attr(test, ts(type = "number | null"))]
        log_fault_at: Option<u64>,
        /// Unix seconds when that was cleared up; none while it is not.
        #[cfg_attr(test, ts(type = "number | null"))]
        log_fault_cleared_at: Option<u64>,
    }
    /// The root key on paper: any two of the three bring it back. The app forgets them with its next contact or lock; until then the same code shows them again.
    Founded { root_shares: Vec<String>, fingerprint: String }
    /// The wording of the questionnaire, as its versioned file has it.
    WordingReply {
        /// The file as JSON; its shape is the questionnaire's.
        #[cfg_attr(test, ts(type = "unknown"))]
        german: serde_json::Value,
        /// What the office switched on for the customer's side, beside German.
        languages: Vec<LanguageRow>,
        /// What the privacy page and the paper form name; none until an administrator wrote it.
        information: Option<Information>,
    }
    /// A language of the customer's side.
    LanguageRow {
        /// BCP 47 tag.
        language: String,
        /// Its name for itself.
        name: String,
        /// `ltr` or `rtl`.
        direction: String,
        /// Who reviewed the translation, and when (ISO 8601); both empty: nobody yet.
        reviewed_by: String,
        reviewed_on: String,
    }
    /// What the information of Art. 13 GDPR has to name, as the office wrote it.
    Information { controller: String, officer: String, authority: String, return_to: String }
    /// Names a language by its BCP 47 tag.
    LanguageRef { language: String }
    /// The wording in one language.
    WordingIn {
        #[cfg_attr(test, ts(type = "unknown"))]
        wording: serde_json::Value,
    }

    // ---- Erheben -------------------------------------------------------------------------------------------------------------------------
    /// A page of the unlocked user's units.
    UnitListArgs {
        /// Part of a unit number, label or customer number; empty for all.
        search: String,
        /// Only units in this state.
        state: Option<UnitState>,
        offset: u32,
        /// At most 200.
        limit: u32,
    }
    /// One row of the list.
    UnitRow {
        unit: String,
        /// None for a person without benefit unit.
        number: Option<String>,
        /// Local label of a person without number; empty otherwise.
        label: String,
        state: UnitState,
        /// Members that are checked or already collected.
        done: u32,
        /// Members altogether, those handed over included.
        total: u32,
        /// Unix seconds of the last change.
        #[cfg_attr(test, ts(type = "number"))]
        changed_at: u64,
        /// Paper import that was not checked yet.
        unchecked_import: bool,
    }
    /// A page of units, newest change first.
    UnitPage { rows: Vec<UnitRow>, matching: u32, all: u32 }
    /// A number as typed: twice by hand, or once when copied. Both empty: there is none (yet).
    TypedNumber { first: String, again: String }
    /// Creates a unit; with empty numbers, a person without benefit unit.
    UnitCreate { number: TypedNumber, label: String }
    /// Names a unit.
    UnitRef { unit: String }
    /// Discards a unit and its drafts; the reason code goes to the ledger: `created_by_mistake`, `moved_away`, `duplicate`, `customer_withdrew`.
    UnitDiscard { unit: String, reason: String }
    /// Adds a member.
    MemberAdd {
        unit: String,
        /// Stays on the device; may be empty.
        label: String,
        /// Empty: "Nummer folgt".
        number: TypedNumber,
        #[cfg_attr(test, ts(type = "Asking"))]
        asking: Asking,
        already_collected: bool,
    }
    /// Changes label, number, way of asking or "bereits erhoben" of a member. The form's answers stay.
    MemberChange {
        unit: String,
        member: String,
        label: String,
        number: TypedNumber,
        #[cfg_attr(test, ts(type = "Asking"))]
        asking: Asking,
        already_collected: bool,
    }
    /// Names a member.
    MemberRef { unit: String, member: String }
    /// One card of the unit view.
    MemberCard {
        member: String,
        label: String,
        /// None: "Nummer folgt".
        number: Option<String>,
        #[cfg_attr(test, ts(type = "Asking"))]
        asking: Asking,
        state: MemberState,
        /// From the paper backlog, not checked yet.
        unchecked_import: bool,
    }
    /// A unit with its members.
    UnitView {
        unit: String,
        number: Option<String>,
        label: String,
        state: UnitState,
        members: Vec<MemberCard>,
        /// Members whose forms were handed over; nothing about them is kept.
        handed_over: u32,
        done: u32,
        total: u32,
        /// Whether the customer information was shown in this sitting.
        informed: bool,
        /// The team the forms will be sealed to; none if its key is missing.
        team: Option<String>,
    }
    /// One question of a form, with its answer.
    QuestionState {
        #[cfg_attr(test, ts(type = "QuestionKey"))]
        question: Question,
        /// Whether it is asked; a follow-up that does not apply is not.
        asked: bool,
        /// The answer given at this question; none while open or not asked.
        #[cfg_attr(test, ts(type = "AnswerKey | null"))]
        answer: Option<Answer>,
    }
    /// A person's form at its present place.
    FormView {
        unit: String,
        member: String,
        label: String,
        #[cfg_attr(test, ts(type = "Asking"))]
        asking: Asking,
        /// The question to ask now; none when all are answered: show the check.
        #[cfg_attr(test, ts(type = "QuestionKey | null"))]
        current: Option<Question>,
        /// All eight, in order.
        questions: Vec<QuestionState>,
        #[cfg_attr(test, ts(type = "WarningKey[]"))]
        warnings: Vec<Warning>,
        /// The whole person declined.
        refused: bool,
        state: MemberState,
        /// The answer given last, for the undoable trace.
        #[cfg_attr(test, ts(type = "QuestionKey | null"))]
        last: Option<Question>,
        /// This person's place among the unit's members that need a form, from 1, and how many those are.
        place: u32,
        of: u32,
        /// The next member whose form is not checked; none if there is none.
        next_member: Option<String>,
        /// At a child's question about a parent: who in the unit could say "take my own answers". Nothing about what they answered.
        takeable: Vec<Takeable>,
    }
    /// Somebody in the unit whose own answers their child's form can take.
    Takeable { member: String, label: String }
    /// A parent at the table says "take my own answers" for the two questions about them.
    FormTakeParent {
        unit: String,
        /// The child.
        member: String,
        /// The parent, chosen by name.
        parent: String,
        /// Which parent of this child they are. Never derived.
        #[cfg_attr(test, ts(type = "ParentKey"))]
        as_parent: Parent,
    }
    /// Answers one question; `null` takes the answer back.
    FormAnswer {
        unit: String,
        member: String,
        #[cfg_attr(test, ts(type = "QuestionKey"))]
        question: Question,
        #[cfg_attr(test, ts(type = "AnswerKey | null"))]
        answer: Option<Answer>,
    }
    /// Goes to one question; `null` goes to the check.
    FormGoTo {
        unit: String,
        member: String,
        #[cfg_attr(test, ts(type = "QuestionKey | null"))]
        question: Option<Question>,
    }
    /// Finalises a unit's checked forms; who is not checked must be left out by name.
    UnitFinalise { unit: String, left_out: Vec<String> }
    /// What finalising did.
    Finalised {
        /// Record ids of the sealed forms.
        records: Vec<String>,
        /// Whether the unit stays as a reminder of those left out.
        reminder: bool,
    }

    // ---- Übergeben -----------------------------------------------------------------------------------------------------------------------
    /// What a delivery did.
    SyncReport {
        end: SyncEnd,
        /// Receipts verified and stored in this run.
        delivered: u32,
        /// Local copies destroyed in this run.
        destroyed: u32,
        /// Still sealed here.
        left: u32,
        /// Held at the endpoint for a clerk's decision.
        held: u32,
        /// Refused records and why (problem codes).
        refused: Vec<RefusedRecord>,
    }
    /// One record that the endpoint refused; it stays here.
    RefusedRecord { record: String, problem: String }
    /// One customer to mark in the benefits system.
    MigEntry {
        entry: String,
        /// None while the number follows.
        customer_number: Option<String>,
        unit_number: Option<String>,
        label: String,
        state: MigState,
        #[cfg_attr(test, ts(type = "number"))]
        since: u64,
    }
    /// The MIG list, due entries first, oldest first.
    MigList { entries: Vec<MigEntry> }
    /// Names an entry of the MIG list.
    MigRef { entry: String }
    /// A page of the destruction ledger, newest first.
    LedgerArgs { offset: u32, limit: u32 }
    /// One destroyed record. No person in it.
    LedgerRow {
        #[cfg_attr(test, ts(type = "number"))]
        seq: u64,
        record: String,
        digest: String,
        /// `destroyed` after a verified receipt, `witnessed` (destroyed at the endpoint after this device's clerk confirmed the entry), or
        /// `discarded:<reason>`.
        kind: String,
        /// Leaf index in the endpoint's log.
        #[cfg_attr(test, ts(type = "number | null"))]
        receipt_index: Option<u64>,
        #[cfg_attr(test, ts(type = "number"))]
        at: u64,
    }
    /// A page of the ledger and whether its chain holds.
    LedgerPage { rows: Vec<LedgerRow>, all: u32, chain_ok: bool, head: String }
    /// Text of a paper backlog (JSON, see `bogen import --help`).
    ImportArgs { text: String }
    /// One error of an import, named by unit and member, both counted from 1.
    ImportIssue { unit: u32, member: Option<u32>, code: String }
    /// What an import did: all or nothing.
    ImportReport { units: u32, members: u32, issues: Vec<ImportIssue> }

    // ---- Erfassen ------------------------------------------------------------------------------------------------------------------------
    /// One form in the clerk's queue. No number, no name, no answer.
    QueueRow {
        record: String,
        /// Forms of one benefit unit share this.
        #[cfg_attr(test, ts(type = "number"))]
        group: u64,
        unit_members: u32,
        #[cfg_attr(test, ts(type = "number"))]
        stored_at: u64,
        state: QueueState,
        /// Why it is held; none if it is not.
        hold: Option<HoldCode>,
        /// Whether somebody opened it before, this clerk or another: it may be entered already.
        opened_before: bool,
        team: String,
    }
    /// The clerk's queue, a unit's forms together.
    Queue { rows: Vec<QueueRow> }
    /// Names a record.
    RecordRef { record: String }
    /// One line of the entry view.
    EntryAnswer {
        #[cfg_attr(test, ts(type = "QuestionKey"))]
        question: Question,
        value: Value,
        /// False for a follow-up that does not apply; its value is then "Nein".
        applies: bool,
    }
    /// An opened form, in memory only: numbers first, then answers in the order of the target mask.
    EntryView {
        record: String,
        customer_number: Option<String>,
        unit_number: Option<String>,
        answers: Vec<EntryAnswer>,
        /// The four characteristics of § 4 Abs. 1 MighEV, numbers 1 to 4.
        characteristics: Vec<Value>,
        /// Whether somebody opened it before, this clerk or another: it may be entered already.
        opened_before: bool,
        /// Why it is held; none if it is not.
        hold: Option<HoldCode>,
        #[cfg_attr(test, ts(type = "number"))]
        made_at: u64,
        author: String,
    }
    /// The form was entered, its envelope destroyed.
    Entered {
        record: String,
        /// Leaf index of the DESTROYED receipt in the endpoint's log.
        #[cfg_attr(test, ts(type = "number"))]
        receipt_index: u64,
    }

    // ---- Verteilen, Verwalten ------------------------------------------------------------------------------------------------------------
    /// A member of staff.
    StaffRow { member: String, name: String, roles: Vec<RoleCode>, teams: Vec<String>, active: bool }
    /// A team.
    TeamRow {
        team: String,
        name: String,
        /// The key new forms are sealed to; none until the team's first clerk has made one.
        key_epoch: Option<u32>,
        /// Active clerks.
        clerks: u32,
    }
    /// Somebody who redeemed a ticket and waits.
    WaitingRow { member: String, name: String, roles: Vec<RoleCode>, invited_as: String }
    /// An open invitation.
    InvitationRow {
        name: String,
        roles: Vec<RoleCode>,
        #[cfg_attr(test, ts(type = "number"))]
        expires_at: u64,
    }
    /// The office as its directory says.
    OfficeView {
        name: String,
        #[cfg_attr(test, ts(type = "number"))]
        number: u64,
        staff: Vec<StaffRow>,
        teams: Vec<TeamRow>,
        waiting: Vec<WaitingRow>,
        invitations: Vec<InvitationRow>,
        /// Every translation there is.
        languages: Vec<LanguageOffer>,
        /// What the customer information names; none until it was written.
        information: Option<Information>,
    }
    /// A translation, and whether the office has switched it on.
    LanguageOffer {
        language: String,
        name: String,
        /// Who reviewed it, and when (ISO 8601); both empty: nobody yet.
        reviewed_by: String,
        reviewed_on: String,
        on: bool,
    }
    /// Sets the languages that are on, by their tags, and the information; none: it is taken away.
    CustomersSet { languages: Vec<String>, information: Option<Information> }
    /// Creates a team.
    TeamCreate { name: String }
    /// Invites somebody.
    Invite { name: String, roles: Vec<RoleCode>, teams: Vec<String> }
    /// The one-time ticket, to hand over on a way other than the endpoint.
    Invited {
        ticket: String,
        #[cfg_attr(test, ts(type = "number"))]
        expires_at: u64,
    }
    /// Approves a waiting newcomer.
    Approve { member: String }
    /// Names a member of staff.
    StaffRef { member: String }
    /// Names a team.
    TeamRef { team: String }
    /// Process counts of a team. Never an answer, never a person.
    TeamCountsView {
        waiting: u32,
        assigned: u32,
        opened: u32,
        held: u32,
        awaits_number: u32,
        destroyed: u32,
        #[cfg_attr(test, ts(type = "number | null"))]
        oldest: Option<u64>,
    }

    /// What went wrong: a code that the shell words, and values for the sentence. Never an answer, a name or a number of a customer.
    CommandError { code: ErrorCode, params: BTreeMap<String, String> }
}

code! {
    /// What went wrong.
    ErrorCode {
        /// The app is locked; unlock first.
        Locked,
        /// The passphrase is wrong; `wait_seconds` says when the next try is possible.
        WrongPassphrase,
        /// Too soon after wrong passphrases; `wait_seconds`.
        TooSoon,
        /// The new passphrase is too short; `minimum`.
        PassphraseTooShort,
        /// Another instance of the app uses this vault.
        VaultBusy,
        /// The vault is damaged; `what` names the file.
        VaultDamaged,
        /// The vault was written by a newer version of the app.
        VaultNewer,
        /// Permissions of the vault's folder are too loose, or a link is in the way; `what`.
        VaultUnsafe,
        /// The disk is full; nothing was lost, the last action was not saved.
        DiskFull,
        /// The disk does not work; nothing was lost that was saved before.
        DiskFault,
        /// No such unit, member, record or entry.
        NotFound,
        /// This clerk confirmed the entry before; the record is destroyed, and the receipt is kept here.
        AlreadyEntered,
        /// The two typed numbers differ.
        NumbersDiffer,
        /// The number does not look like one; `expected` shows the pattern.
        NumberInvalid,
        /// This number is in this list already.
        NumberTwice,
        /// A text is too long; `maximum`.
        TextTooLong,
        /// A text is missing that has to be there.
        TextMissing,
        /// The question is not asked at present.
        NotAsked,
        /// These answers cannot be taken over: no child under 15, or the parent's form is not here or not that far.
        CannotTake,
        /// The customer has the screen: only their form, until the code is given.
        Turned,
        /// Choose a code first; `minimum` digits.
        CodeNeeded,
        /// The code is wrong; `left` tries, then the app locks.
        WrongCode,
        /// There is no such language, or the office has not switched it on.
        LanguageUnknown,
        /// The customer information was not shown yet in this sitting: show it (`unit_informed`) before the first answer.
        NotInformed,
        /// The form is begun: it does not change to or from a young person's own. Remove the person and add them anew.
        AskingFixed,
        /// Forms are open: answer, check or leave them out by name; `count`.
        NotChecked,
        /// There is nothing to finalise.
        NothingToFinalise,
        /// The team has no key yet: its first clerk has to start the app once.
        TeamKeyMissing,
        /// The ticket text is damaged or incomplete.
        TicketUnreadable,
        /// The ticket is unknown, used or expired; ask for a new one.
        TicketInvalid,
        /// This ticket or founding code was begun with on this device under another passphrase; `wait_seconds` says when the next try is possible.
        EnrolmentBegun,
        /// The founding code is damaged or does not belong to this endpoint.
        FoundingCodeWrong,
        /// The office is founded already.
        AlreadyFounded,
        /// This device belongs to an office already.
        AlreadyEnrolled,
        /// This device belongs to no office yet: found one or redeem a ticket.
        NoOffice,
        /// An administrator has to approve first.
        EnrolmentWaiting,
        /// Only for other roles.
        NotYourRole,
        /// The device or person was revoked.
        Revoked,
        /// An administrator cannot revoke themself: nobody could sign a directory any more.
        CannotRevokeSelf,
        /// The endpoint cannot be reached; nothing was lost.
        Unreachable,
        /// The endpoint shows another certificate or key than the office's; nothing was sent or destroyed.
        NotOurEndpoint,
        /// The endpoint's log contradicts itself.
        LogFault,
        /// The log was checked again, and still does not continue what this device remembers.
        LogStillFaulty,
        /// The endpoint cannot store at the moment.
        EndpointBusy,
        /// The endpoint refused; `problem`.
        EndpointRefused,
        /// This app is older than the office permits.
        ClientTooOld,
        /// The directory does not verify; nothing was changed.
        DirectoryInvalid,
        /// The form cannot be opened with this app's keys.
        CannotOpen,
        /// The author's signature does not fit: do not enter, tell the administrator.
        AuthorInvalid,
        /// The clerk's app holds no key of this team yet; it comes with the next contact of a colleague.
        KeyShareMissing,
        /// The import is not readable; `line`.
        ImportUnreadable,
        /// Sealing failed its own check; the draft is kept.
        SealingFailed,
        /// Arguments of the wrong kind.
        BadArguments,
        /// A fault of the app itself.
        Internal,
    }
}

/// What a shell may be told while a command runs or the state changes by itself.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(TS))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A delivery goes on.
    SyncProgress {
        /// Records done.
        done: u32,
        /// Records that were to deliver when it began.
        total: u32,
    },
    /// Something that `status` shows has changed.
    Changed {},
}
