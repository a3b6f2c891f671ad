// Generated from crates/commands by `cargo xtask bindings`. Do not edit.

export type QuestionKey = "german_nationality" | "born_outside" | "immigrated_after_1949" | "resettler" | "mother_born_outside" | "mother_immigrated_after_1949" | "father_born_outside" | "father_immigrated_after_1949";
export type AnswerKey = "yes" | "no" | "declined";
export type Asking = "to_person" | "to_parent" | "to_young_person";
export type ParentKey = "mother" | "father";
export type WarningKey = "resettler_born_inside" | "resettler_came_before_1950";
export type Approve = { member: string, };
export type Attestation = { 
/**
 * Units or forms being filled in.
 */
drafts: number, 
/**
 * Forms sealed here, not handed over.
 */
sealed: number, 
/**
 * Forms handed over whose copy waits for its destruction.
 */
delivered: number, 
/**
 * Customers to mark in the benefits system, and numbers that follow.
 */
marks: number, 
/**
 * Paper forms to be shredded.
 */
papers: number, 
/**
 * Entries that are open, or whose destruction is not confirmed.
 */
entries: number, sheet: AttestationSheet | null, };
export type AttestationSheet = { office: string, device: string, 
/**
 * Who asked.
 */
name: string, at: number, ledger_lines: number, ledger_head: string, 
/**
 * SHA-256 of the signed statement.
 */
statement: string, };
export type Certify = { shares: Array<RootShare>, instead_of: string | null, };
export type ChangeBegin = { number: TypedNumber, 
/**
 * Stays on the device; may be empty.
 */
label: string, asking: Asking, withdraw: boolean, };
export type ChangeFound = { state: ChangeState, 
/**
 * For a draft: the unit it is in.
 */
unit: string | null, 
/**
 * For a draft: whose it is.
 */
member: string | null, };
export type ChangeLookup = { number: TypedNumber, };
export type ChangePassphrase = { old: Passphrase, new: Passphrase, };
export type ChangeState = "unknown" | "draft" | "waiting" | "opened" | "entered";
export type CommandError = { code: ErrorCode, params: { [key in string]: string }, };
export type CopyView = { record: string, customer_number: string | null, unit_number: string | null, answers: Array<EntryAnswer>, made_at: number, };
export type CustomersSet = { languages: Array<string>, information: Information | null, };
export type DeviceTrouble = "unsent" | "silent" | "never" | "unverifiable";
export type DistributionMove = { team: string, from: string | null, to: string | null, units: number, };
export type DistributionMoved = { units: number, distribution: DistributionView, };
export type DistributionSet = { team: string, by_hand: boolean | null, clerks: Array<ShareSet>, };
export type DistributionView = { team: string, 
/**
 * New units wait until the leader moves them.
 */
by_hand: boolean, clerks: Array<ShareRow>, unassigned: PileRow, 
/**
 * Units of the last move that can be put back, and until when; 0 and none otherwise.
 */
undo_units: number, undo_until: number | null, 
/**
 * Who changed something last.
 */
changed_by: string | null, changed_at: number | null, };
export type DrillReport = { rows: Array<DrillRow>, };
export type DrillRow = { name: string, state: DrillState, };
export type DrillState = "opens" | "nothing" | "fails";
export type EmptyDevice = { device: string, 
/**
 * The member it was enrolled with.
 */
member: string, at: number, };
export type Enrol = { ticket: string, name: string, passphrase: Passphrase, };
export type EnrolmentState = "none" | "waiting" | "active" | "revoked";
export type Entered = { record: string, 
/**
 * Leaf index of the DESTROYED receipt in the endpoint's log; none before the destruction.
 */
receipt_index: number | null, 
/**
 * Until when it can be taken back, by the endpoint's clock; none if it is destroyed.
 */
due: number | null, };
export type EntryAnswer = { question: QuestionKey, value: Value, 
/**
 * False for a follow-up that does not apply; its value is then "Nein".
 */
applies: boolean, };
export type EntryRow = { source: FieldKey, 
/**
 * What stands beside the field there.
 */
label: string, value: Value, 
/**
 * False for a follow-up that does not apply; its value is then "Nein".
 */
applies: boolean, 
/**
 * What is put in.
 */
code: string, };
export type EntryView = { record: string, customer_number: string | null, unit_number: string | null, 
/**
 * What is put into the benefits system.
 */
rows: Array<EntryRow>, 
/**
 * Whether the clerk says, too, that the internal code "MIG" is set.
 */
asks_mig: boolean, 
/**
 * The eight answers by themselves, to look something up; empty if the office's mask asks for them anyway, or for the characteristics alone.
 */
answers: Array<EntryAnswer>, 
/**
 * Whether somebody opened it before, this clerk or another: it may be entered already.
 */
opened_before: boolean, 
/**
 * Why it is held; none if it is not.
 */
hold: HoldCode | null, 
/**
 * Where a question to the author stands; none if there is none.
 */
question: QuestionStanding | null, 
/**
 * Whether the number is the author's answer, and not what the form says.
 */
number_corrected: boolean, 
/**
 * Whether it may be destroyed without entry: it is held and replaces nothing, or its author withdrew it.
 */
may_discard: boolean, 
/**
 * The customer changed their mind after an earlier form; none if this is the first.
 */
replaces: ReplacesCode | null, made_at: number, author: string, 
/**
 * Whether that person has no access any more: on a shared device, what they sealed after that is not held.
 */
author_left: boolean, };
export type ErrorCode = "locked" | "wrong_passphrase" | "too_soon" | "passphrase_too_short" | "vault_busy" | "vault_damaged" | "vault_newer" | "vault_unsafe" | "disk_full" | "disk_fault" | "not_found" | "already_entered" | "in_grace" | "mig_open" | "no_reply_key" | "elsewhere" | "note_gone" | "changed_meanwhile" | "other_team" | "cannot_forward" | "absence_invalid" | "nobody_there" | "undo_too_late" | "numbers_differ" | "number_invalid" | "number_twice" | "text_too_long" | "text_missing" | "not_asked" | "cannot_take" | "turned" | "code_needed" | "wrong_code" | "pin_weak" | "wrong_pin" | "pin_gone" | "number_follows" | "draft_here" | "past_change" | "nothing_to_change" | "superseded" | "language_unknown" | "not_informed" | "asking_fixed" | "not_checked" | "nothing_to_finalise" | "team_key_missing" | "ticket_unreadable" | "ticket_invalid" | "enrolment_begun" | "founding_code_wrong" | "root_shares" | "no_recovery" | "rule_invalid" | "mask_invalid" | "deadlines_invalid" | "team_too_small" | "already_founded" | "already_enrolled" | "no_office" | "enrolment_waiting" | "not_your_role" | "revoked" | "staff_changed" | "last_holder" | "admin_certified" | "cannot_revoke_self" | "unreachable" | "not_our_endpoint" | "log_fault" | "log_still_faulty" | "endpoint_busy" | "endpoint_refused" | "client_too_old" | "directory_invalid" | "cannot_open" | "author_invalid" | "key_share_missing" | "key_in_use" | "devices_unheard" | "import_unreadable" | "sealing_failed" | "bad_arguments" | "internal";
export type Event = { "event": "sync_progress", 
/**
 * Records done.
 */
done: number, 
/**
 * Records that were to deliver when it began.
 */
total: number, } | { "event": "changed", };
export type FieldKey = "characteristic_1" | "characteristic_2" | "characteristic_3" | "characteristic_4" | "german_nationality" | "born_outside" | "immigrated_after_1949" | "resettler" | "mother_born_outside" | "mother_immigrated_after_1949" | "father_born_outside" | "father_immigrated_after_1949";
export type Finalised = { 
/**
 * Record ids of the sealed forms.
 */
records: Array<string>, 
/**
 * Whether the unit stays as a reminder of those left out.
 */
reminder: boolean, };
export type FleetRow = { device: string, 
/**
 * The member it was enrolled with, as the directory names them.
 */
name: string, 
/**
 * Its access was taken: it can still deliver.
 */
revoked: boolean, trouble: DeviceTrouble, 
/**
 * Sealed forms that it has not delivered, as it stated last.
 */
unsent: number, 
/**
 * Unix seconds when the oldest of them was sealed; none if that is not known.
 */
oldest: number | null, 
/**
 * Unix seconds of its last statement; none if there is none, or none that counts.
 */
last_stated: number | null, 
/**
 * Unix seconds since when it is asked to deliver.
 */
sync_requested: number | null, };
export type FleetView = { overdue: Array<FleetRow>, 
/**
 * How many active devices need none.
 */
others: number, 
/**
 * Devices on which nothing is left, as they stated when somebody asked them.
 */
empty: Array<EmptyDevice>, };
export type FormAnswer = { unit: string, member: string, question: QuestionKey, answer: AnswerKey | null, };
export type FormGoTo = { unit: string, member: string, question: QuestionKey | null, };
export type FormTakeParent = { unit: string, 
/**
 * The child.
 */
member: string, 
/**
 * The parent, chosen by name.
 */
parent: string, 
/**
 * Which parent of this child they are. Never derived.
 */
as_parent: ParentKey, };
export type FormView = { unit: string, member: string, label: string, 
/**
 * The version of the form that this one was begun in. It stays on it.
 */
form_version: number, asking: Asking, 
/**
 * The question to ask now; none when all are answered: show the check.
 */
current: QuestionKey | null, 
/**
 * All eight, in order.
 */
questions: Array<QuestionState>, warnings: WarningKey[], 
/**
 * The whole person declined.
 */
refused: boolean, state: MemberState, 
/**
 * The answer given last, for the undoable trace.
 */
last: QuestionKey | null, 
/**
 * This person's place among the unit's members that need a form, from 1, and how many those are.
 */
place: number, of: number, 
/**
 * The next member whose form is not checked; none if there is none.
 */
next_member: string | null, 
/**
 * At a child's question about a parent: who in the unit could say "take my own answers". Nothing about what they answered.
 */
takeable: Array<Takeable>, };
export type Forwarded = { record: string, 
/**
 * The team's name.
 */
team: string, 
/**
 * Forms of the unit that went, this one included.
 */
forms: number, };
export type FoundOffice = { url: string, code: string, office_name: string, admin_name: string, passphrase: Passphrase, demo: boolean, };
export type Founded = { root_shares: Array<string>, fingerprint: string, };
export type HoldCode = "known_customer" | "revoked_device" | "superseded";
export type ImportArgs = { text: string, };
export type ImportIssue = { unit: number, member: number | null, code: string, };
export type ImportReport = { units: number, members: number, issues: Array<ImportIssue>, };
export type Information = { controller: string, officer: string, authority: string, return_to: string, };
export type InvitationRow = { name: string, roles: Array<RoleCode>, expires_at: number, };
export type Invite = { name: string, roles: Array<RoleCode>, teams: Array<string>, };
export type Invited = { ticket: string, expires_at: number, };
export type KeyDestroy = { team: string, epoch: number, without_devices: boolean, };
export type KeyRow = { epoch: number, state: KeyState, 
/**
 * Since when forms are, or were, sealed to it; none for a key of the first version.
 */
since: number | null, 
/**
 * Envelopes at the endpoint that lie under it although it is closed: the clerks' apps seal them anew. To administrators only; 0 to everybody else.
 */
records: number, 
/**
 * The administrator who wants it destroyed although not every device was heard; it takes another one.
 */
wanted_gone_by: string | null, };
export type KeyState = "open" | "closed" | "destroyed";
export type LanguageOffer = { language: string, name: string, 
/**
 * Who reviewed it, and when (ISO 8601); both empty: nobody yet.
 */
reviewed_by: string, reviewed_on: string, on: boolean, };
export type LanguageRef = { language: string, };
export type LanguageRow = { 
/**
 * BCP 47 tag.
 */
language: string, 
/**
 * Its name for itself.
 */
name: string, 
/**
 * `ltr` or `rtl`.
 */
direction: string, 
/**
 * Who reviewed the translation, and when (ISO 8601); both empty: nobody yet.
 */
reviewed_by: string, reviewed_on: string, };
export type LedgerArgs = { offset: number, limit: number, };
export type LedgerExport = { 
/**
 * The file's bytes, base64 (RFC 4648, section 4).
 */
file: string, lines: number, 
/**
 * Sealed forms that are still here.
 */
held: number, device: string, 
/**
 * The office's public root key as this device believes it, in hex: an auditor compares it with other devices'.
 */
root_key: string, };
export type LedgerPage = { rows: Array<LedgerRow>, all: number, chain_ok: boolean, head: string, };
export type LedgerRow = { seq: number, record: string, digest: string, 
/**
 * `destroyed` after a verified receipt, `witnessed` (destroyed at the endpoint after this device's clerk confirmed the entry), or
 * `discarded:<reason>`; `paper` for a sheet that was shredded after it was typed in; `forwarded` for a form that went to another team, unread.
 */
kind: string, 
/**
 * Leaf index in the endpoint's log.
 */
receipt_index: number | null, at: number, };
export type LedgerVerdict = { lines: number, 
/**
 * The chain holds, and nothing was cut off at its end.
 */
chain_ok: boolean, 
/**
 * Receipts that lines name.
 */
receipts: number, 
/**
 * Those of them that the endpoint's log key signed for this very record.
 */
receipts_ok: number, head: string, };
export type LockAfter = { minutes: number, turned_minutes: number, };
export type MaskFieldView = { source: FieldKey, label: string, yes: string, no: string, declined: string, 
/**
 * For a follow-up that does not apply; none where that cannot be.
 */
does_not_apply: string | null, };
export type MaskSet = { text: string | null, };
export type MaskText = { text: string, };
export type MaskView = { 
/**
 * The file, as it can be changed and set again.
 */
text: string, 
/**
 * Whether the office set it; otherwise it is the app's.
 */
own: boolean, name: string, asks_mig: boolean, fields: Array<MaskFieldView>, example: Array<EntryRow>, };
export type MemberAdd = { unit: string, 
/**
 * Stays on the device; may be empty.
 */
label: string, 
/**
 * Empty: "Nummer folgt".
 */
number: TypedNumber, asking: Asking, already_collected: boolean, };
export type MemberCard = { member: string, label: string, 
/**
 * None: "Nummer folgt".
 */
number: string | null, asking: Asking, state: MemberState, 
/**
 * From the paper backlog, not checked yet.
 */
unchecked_import: boolean, };
export type MemberChange = { unit: string, member: string, label: string, number: TypedNumber, asking: Asking, already_collected: boolean, };
export type MemberRef = { unit: string, member: string, };
export type MemberRemove = { unit: string, member: string, reason: string, };
export type MemberState = "open" | "started" | "complete" | "checked" | "already_collected";
export type MigEntry = { entry: string, 
/**
 * None while the number follows.
 */
customer_number: string | null, unit_number: string | null, label: string, state: MigState, since: number, };
export type MigList = { entries: Array<MigEntry>, };
export type MigRef = { entry: string, };
export type MigSaid = "set" | "missing";
export type MigState = "sealed" | "awaits_number" | "due" | "ticked";
export type NoteAnswer = { record: string, note: string, reply: NoteReply, number: TypedNumber | null, };
export type NoteCode = "number_unknown" | "contradictory" | "unreadable" | "number_corrected" | "mig_missing" | "closed";
export type NoteList = { rows: Array<NoteRow>, };
export type NoteReply = "enter" | "withdraw" | "number" | "read";
export type NoteRow = { record: string, 
/**
 * SHA-256 of the note as it is sealed, in hex.
 */
note: string, kind: NoteCode, 
/**
 * The customer number as the form says it.
 */
number: string | null, 
/**
 * The right one.
 */
corrected: string | null, 
/**
 * The clerk's name.
 */
by: string, at: number, 
/**
 * Whether the clerk waits for an answer.
 */
asks: boolean, };
export type Nothing = Record<symbol, never>;
export type NumberBring = { entry: string, number: TypedNumber, };
export type OfficeView = { name: string, number: number, staff: Array<StaffRow>, teams: Array<TeamRow>, waiting: Array<WaitingRow>, invitations: Array<InvitationRow>, 
/**
 * The unlocked member, as one of the staff.
 */
own: string, 
/**
 * Where forms go, by the beginning of the unit's number; the longest that fits counts.
 */
rules: Array<RuleRow>, 
/**
 * Days from the handover to the entry, step by step.
 */
deadlines: Array<number>, 
/**
 * Whether a device keeps its copy until a clerk opened the form.
 */
waits_for_acceptance: boolean, 
/**
 * Every translation there is.
 */
languages: Array<LanguageOffer>, 
/**
 * What the customer information names; none until it was written.
 */
information: Information | null, };
export type PaperList = { rows: Array<PaperRow>, };
export type PaperRow = { 
/**
 * The record that it was typed into.
 */
record: string, 
/**
 * Whose form it is, as long as that is a draft here.
 */
member: string | null, 
/**
 * Whether it is not typed in and checked yet: then it must not be shredded.
 */
needed: boolean, label: string, customer_number: string | null, unit_number: string | null, since: number, };
export type Passphrase = string;
export type PileRow = { 
/**
 * Benefit units; they are distributed as a whole.
 */
units: number, waiting: number, opened: number, held: number, awaits_number: number, 
/**
 * When the oldest form was handed over.
 */
oldest: number | null, };
export type PinInfo = { user: string, 
/**
 * Unix seconds; after that the passphrase is needed.
 */
until: number, };
export type PinSet = { pin: Passphrase | null, };
export type PolicySet = { accepted: boolean, };
export type ProblemReason = "number_unknown" | "contradictory" | "unreadable";
export type ProblemReport = { record: string, reason: ProblemReason, };
export type QuestionStanding = "asked" | "to_enter" | "withdrawn";
export type QuestionState = { question: QuestionKey, 
/**
 * Whether it is asked; a follow-up that does not apply is not.
 */
asked: boolean, 
/**
 * The answer given at this question; none while open or not asked.
 */
answer: AnswerKey | null, 
/**
 * A parent's own answers were taken: what they are shows nowhere, so `asked` is true and `answer` none whatever was said.
 */
taken: boolean, };
export type Queue = { rows: Array<QueueRow>, 
/**
 * The deadlines of the office, in days.
 */
deadlines: Array<number>, };
export type QueueRow = { record: string, 
/**
 * Forms of one benefit unit share this.
 */
group: number, unit_members: number, stored_at: number, state: QueueState, 
/**
 * Why it is held; none if it is not.
 */
hold: HoldCode | null, 
/**
 * Whether somebody opened it before, this clerk or another: it may be entered already.
 */
opened_before: boolean, 
/**
 * When the endpoint destroys it; none if its entry is not confirmed.
 */
due: number | null, team: string, 
/**
 * Where a question to the author stands; none if there is none.
 */
question: QuestionStanding | null, };
export type QueueState = "assigned" | "opened" | "held" | "awaits_number" | "entered";
export type Reconcile = { text: string, };
export type ReconcileView = { asked: number, entered: number, waiting: Array<string>, here: Array<string>, unknown: Array<string>, unreadable: Array<number>, };
export type RecordConfirm = { record: string, 
/**
 * Without grace: nothing can be taken back.
 */
at_once: boolean, 
/**
 * Whether the internal code "MIG" is set in the benefits system; demanded where the office's mask asks for it.
 */
mig: MigSaid | null, 
/**
 * The right customer number, where the form's had a slip and the clerk is certain: its author is told.
 */
corrected: TypedNumber | null, };
export type RecordOpen = { record: string, 
/**
 * To be entered here, whatever team the rules name for it.
 */
here: boolean, };
export type RecordRef = { record: string, };
export type RecoverPassphrase = { user: string, shares: Array<RootShare>, new: Passphrase, };
export type RecoveryDrill = { shares: Array<RootShare>, };
export type RefusedRecord = { record: string, problem: string, };
export type Released = { name: string, units: number, marks: number, papers: number, damaged: number, };
export type ReplacesCode = "unopened" | "perhaps_entered" | "entered";
export type ReportAge = { from_days: number, forms: number | null, };
export type ReportArgs = { team: string, weeks: number, };
export type ReportView = { team: string, name: string, 
/**
 * The last day in it, ISO 8601: a Sunday.
 */
until: string, weeks: Array<ReportWeek>, 
/**
 * As of that day's end.
 */
waiting: Array<ReportAge>, complete: number | null, incomplete: number | null, 
/**
 * All of it as a file for a spreadsheet.
 */
csv: string, 
/**
 * A name for that file.
 */
file: string, };
export type ReportWeek = { 
/**
 * Its Monday, ISO 8601.
 */
begins: string, 
/**
 * ISO 8601 number of the week, and the year that it counts to.
 */
week: number, year: number, handed_over: number | null, 
/**
 * Of these, those that a clerk had to decide about.
 */
held: number | null, entered: number | null, 
/**
 * Destroyed without entry: replaced or discarded.
 */
without_entry: number | null, 
/**
 * Forms about which a clerk asked their author something for the first time.
 */
asked: number | null, };
export type Revocation = { member: string, 
/**
 * Also if nobody else can open what is sealed to their team's key.
 */
even_so: boolean, };
export type RoleCode = "counsellor" | "case_manager" | "team_leader" | "clerk" | "admin";
export type RootShare = string;
export type RuleRow = { prefix: string, team: string, };
export type SafetyCounts = { 
/**
 * Units with drafts of the unlocked user; 0 while locked.
 */
drafts: number, 
/**
 * Forms sealed on this device, not handed over.
 */
sealed: number, 
/**
 * Forms handed over whose local copy waits for its destruction.
 */
delivered: number, 
/**
 * MIG marks to set, of the unlocked user; 0 while locked.
 */
mig_due: number, 
/**
 * Forms handed over whose customer number follows, of the unlocked user; 0 while locked.
 */
numbers_due: number, 
/**
 * Paper forms typed in and not shredded yet, of the unlocked user; 0 while locked.
 */
papers_due: number, 
/**
 * Forms destroyed here so far.
 */
destroyed: number, };
export type SessionInfo = { user: string, name: string, roles: Array<RoleCode>, 
/**
 * Took forms before, and finishes what belongs to them: MIG marks, numbers that follow, questions.
 */
collected_before: boolean, enrolment: EnrolmentState, };
export type ShareRow = { member: string, name: string, 
/**
 * Share of new units against those of colleagues, 0 to 100; 0: none.
 */
weight: number, 
/**
 * Gets nothing until then; none: is there.
 */
absent_until: number | null, 
/**
 * Was not at the endpoint for so long that her work went to others.
 */
lapsed: boolean, pile: PileRow, };
export type ShareSet = { member: string, weight: number, absent_until: number | null, };
export type StaffChange = { member: string, roles: Array<RoleCode>, teams: Array<string>, 
/**
 * What they had when somebody decided this: refused if a colleague changed it since. None: whatever they have.
 */
was: StaffTasks | null, };
export type StaffRow = { member: string, name: string, roles: Array<RoleCode>, teams: Array<string>, active: boolean, 
/**
 * The root certified them, so they can sign directories: approve and change.
 */
signs: boolean, 
/**
 * The root's certificate for them is in force, even if their access is taken: only the root ends it.
 */
certified: boolean, };
export type StaffTasks = { roles: Array<RoleCode>, teams: Array<string>, };
export type Status = { version: string, 
/**
 * The office's name, once known.
 */
office: string | null, 
/**
 * A demo office: must be shown all the time.
 */
demo: boolean, enrolment: EnrolmentState, users: Array<UserSummary>, 
/**
 * None while locked.
 */
session: SessionInfo | null, counts: SafetyCounts, 
/**
 * Whether what is delivered stays here until a clerk opened it: the office decided so.
 */
waits_for_clerks: boolean, 
/**
 * Whose form the customer has before them; until the code is given, every other command is refused.
 */
turned: MemberRef | null, 
/**
 * Whether the code for turning was chosen in this sitting.
 */
turn_code: boolean, 
/**
 * Who may unlock with a PIN, and until when; none: the passphrase is needed.
 */
pin: PinInfo | null, 
/**
 * After how many minutes without use the app locks.
 */
lock_after: LockAfter, 
/**
 * Codes of standing warnings: `one_copy`, `log_fault`, `team_key_missing`, `fewer_than_two_clerks`, `clock_wrong`, `old_drafts`, `notes_waiting`,
 * `no_recovery`, `canary_failed`, `canary_silent`.
 */
warnings: Array<string>, 
/**
 * Unix seconds of the last contact with the endpoint.
 */
last_contact: number | null, 
/**
 * Unix seconds when the endpoint's log last contradicted itself; none if it never did.
 */
log_fault_at: number | null, 
/**
 * Unix seconds when that was cleared up; none while it is not.
 */
log_fault_cleared_at: number | null, 
/**
 * Unix seconds since when the administration asks this device to deliver; none if it does not, or nothing is left to deliver or to seal.
 */
sync_requested: number | null, };
export type SyncAsk = { device: string, ask: boolean, };
export type SyncEnd = "done" | "nothing" | "unreachable" | "not_our_endpoint" | "refused" | "log_fault" | "busy" | "partly";
export type SyncReport = { end: SyncEnd, 
/**
 * Receipts verified and stored in this run.
 */
delivered: number, 
/**
 * Local copies destroyed in this run.
 */
destroyed: number, 
/**
 * Still sealed here.
 */
left: number, 
/**
 * Held at the endpoint for a clerk's decision.
 */
held: number, 
/**
 * Refused records and why (problem codes).
 */
refused: Array<RefusedRecord>, };
export type TakeOver = { from: string, shares: Array<RootShare>, };
export type Takeable = { member: string, label: string, };
export type TeamCountsView = { waiting: number, assigned: number, opened: number, held: number, awaits_number: number, 
/**
 * Of these, those with a question to the author that is not answered yet.
 */
asked: number, destroyed: number, oldest: number | null, 
/**
 * Records that are not destroyed and have waited as long as each deadline, or longer.
 */
overdue: Array<number>, 
/**
 * The deadlines of the office in days from the handover to the entry: when the team, its leader, and the administration are told, and the last.
 */
deadlines: Array<number>, };
export type TeamCreate = { name: string, };
export type TeamRef = { team: string, };
export type TeamRow = { team: string, name: string, 
/**
 * The key new forms are sealed to; none until the team's first clerk has made one.
 */
key_epoch: number | null, 
/**
 * Active clerks.
 */
clerks: number, 
/**
 * Its keys, the newest first.
 */
keys: Array<KeyRow>, 
/**
 * Another key is asked for: the clerk who comes first makes it.
 */
next_key_wanted: boolean, };
export type Turn = { unit: string, member: string, code: Passphrase | null, };
export type TurnBack = { code: Passphrase, };
export type TypedNumber = { first: string, again: string, };
export type UnitCreate = { number: TypedNumber, label: string, };
export type UnitDiscard = { unit: string, reason: string, };
export type UnitFinalise = { unit: string, left_out: Array<string>, };
export type UnitListArgs = { 
/**
 * Part of a unit number, label or customer number; empty for all.
 */
search: string, 
/**
 * Only units in this state.
 */
state: UnitState | null, 
/**
 * Those whose answers lie here longest first; otherwise the newest change first.
 */
oldest_first: boolean, offset: number, 
/**
 * At most 200.
 */
limit: number, };
export type UnitPage = { rows: Array<UnitRow>, matching: number, all: number, };
export type UnitRef = { unit: string, };
export type UnitRow = { unit: string, 
/**
 * None for a person without benefit unit.
 */
number: string | null, 
/**
 * Local label of a person without number; empty otherwise.
 */
label: string, state: UnitState, 
/**
 * Members that are checked or already collected.
 */
done: number, 
/**
 * Members altogether, those handed over included.
 */
total: number, 
/**
 * Since when (Unix seconds) the answers that lie longest in this unit lie there unchanged; where nobody answered, since its last change.
 */
since: number, 
/**
 * Paper import that was not checked yet.
 */
unchecked_import: boolean, 
/**
 * A change of mind: its form replaces one that was handed over.
 */
replaces: boolean, };
export type UnitState = "open" | "started" | "ready" | "reminder";
export type UnitView = { unit: string, number: string | null, label: string, state: UnitState, members: Array<MemberCard>, 
/**
 * Members whose forms were handed over; nothing about them is kept.
 */
handed_over: number, done: number, total: number, 
/**
 * Whether the customer information was shown in this sitting.
 */
informed: boolean, 
/**
 * The team the forms will be sealed to; none if its key is missing.
 */
team: string | null, 
/**
 * A change of mind: its form replaces one that was handed over.
 */
replaces: boolean, };
export type Unlock = { user: string, passphrase: Passphrase, };
export type UnlockPin = { user: string, pin: Passphrase, };
export type UserSummary = { user: string, name: string, };
export type Value = "yes" | "no" | "declined";
export type VersionRow = { version: number, changes: Array<string>, };
export type WaitingRow = { member: string, name: string, roles: Array<RoleCode>, invited_as: string, };
export type WorkSet = { rules: Array<RuleRow>, deadlines: Array<number>, };
export type WordingIn = { wording: unknown, };
export type WordingReply = { 
/**
 * The file as JSON; its shape is the questionnaire's.
 */
german: unknown, 
/**
 * What changed with each version of the form, oldest first; the last is the current one.
 */
versions: Array<VersionRow>, 
/**
 * What the office switched on for the customer's side, beside German.
 */
languages: Array<LanguageRow>, 
/**
 * What the privacy page and the paper form name; none until an administrator wrote it.
 */
information: Information | null, };

/** Every command with its arguments and its reply. */
export interface Commands {
  status: { args: Nothing; reply: Status };
  wording: { args: Nothing; reply: WordingReply };
  wording_in: { args: LanguageRef; reply: WordingIn };
  found_office: { args: FoundOffice; reply: Founded };
  enrol: { args: Enrol; reply: Status };
  unlock: { args: Unlock; reply: Status };
  lock: { args: Nothing; reply: Status };
  pin_set: { args: PinSet; reply: Status };
  unlock_pin: { args: UnlockPin; reply: Status };
  lock_after_set: { args: LockAfter; reply: Status };
  turn: { args: Turn; reply: Status };
  turn_back: { args: TurnBack; reply: Status };
  change_passphrase: { args: ChangePassphrase; reply: Nothing };
  recover_passphrase: { args: RecoverPassphrase; reply: Status };
  recovery_drill: { args: RecoveryDrill; reply: DrillReport };
  take_over: { args: TakeOver; reply: Released };
  contact: { args: Nothing; reply: Status };
  unit_list: { args: UnitListArgs; reply: UnitPage };
  unit_create: { args: UnitCreate; reply: UnitView };
  unit_open: { args: UnitRef; reply: UnitView };
  unit_informed: { args: MemberRef; reply: Nothing };
  unit_discard: { args: UnitDiscard; reply: Nothing };
  member_add: { args: MemberAdd; reply: UnitView };
  member_change: { args: MemberChange; reply: UnitView };
  member_remove: { args: MemberRemove; reply: UnitView };
  form_open: { args: MemberRef; reply: FormView };
  paper_open: { args: MemberRef; reply: FormView };
  papers: { args: Nothing; reply: PaperList };
  paper_shredded: { args: RecordRef; reply: PaperList };
  form_answer: { args: FormAnswer; reply: FormView };
  form_go_to: { args: FormGoTo; reply: FormView };
  form_refuse: { args: MemberRef; reply: FormView };
  form_undo_refusal: { args: MemberRef; reply: FormView };
  form_take_parent: { args: FormTakeParent; reply: FormView };
  unit_refuse: { args: MemberRef; reply: UnitView };
  form_check: { args: MemberRef; reply: FormView };
  unit_finalise: { args: UnitFinalise; reply: Finalised };
  sync: { args: Nothing; reply: SyncReport };
  log_recheck: { args: Nothing; reply: Status };
  mig_list: { args: Nothing; reply: MigList };
  mig_tick: { args: MigRef; reply: MigList };
  mig_untick: { args: MigRef; reply: MigList };
  reconcile: { args: Reconcile; reply: ReconcileView };
  notes: { args: Nothing; reply: NoteList };
  note_answer: { args: NoteAnswer; reply: NoteList };
  number_bring: { args: NumberBring; reply: MigList };
  change_lookup: { args: ChangeLookup; reply: ChangeFound };
  change_begin: { args: ChangeBegin; reply: MemberRef };
  device_attest: { args: Nothing; reply: Attestation };
  ledger: { args: LedgerArgs; reply: LedgerPage };
  ledger_verify: { args: Nothing; reply: LedgerVerdict };
  ledger_export: { args: Nothing; reply: LedgerExport };
  import: { args: ImportArgs; reply: ImportReport };
  queue: { args: Nothing; reply: Queue };
  record_open: { args: RecordOpen; reply: EntryView };
  record_forward: { args: RecordRef; reply: Forwarded };
  record_copy: { args: RecordRef; reply: CopyView };
  record_confirm: { args: RecordConfirm; reply: Entered };
  record_problem: { args: ProblemReport; reply: Nothing };
  record_undo: { args: RecordRef; reply: Nothing };
  record_discard: { args: RecordRef; reply: Entered };
  office: { args: Nothing; reply: OfficeView };
  team_create: { args: TeamCreate; reply: OfficeView };
  customers_set: { args: CustomersSet; reply: OfficeView };
  work_set: { args: WorkSet; reply: OfficeView };
  policy_set: { args: PolicySet; reply: OfficeView };
  mask_show: { args: Nothing; reply: MaskView };
  mask_check: { args: MaskText; reply: MaskView };
  mask_set: { args: MaskSet; reply: MaskView };
  invite: { args: Invite; reply: Invited };
  approve: { args: Approve; reply: OfficeView };
  revoke: { args: Revocation; reply: OfficeView };
  staff_change: { args: StaffChange; reply: OfficeView };
  certify: { args: Certify; reply: OfficeView };
  team_key_renew: { args: TeamRef; reply: OfficeView };
  team_key_destroy: { args: KeyDestroy; reply: OfficeView };
  team_counts: { args: TeamRef; reply: TeamCountsView };
  distribution: { args: TeamRef; reply: DistributionView };
  distribution_set: { args: DistributionSet; reply: DistributionView };
  distribution_move: { args: DistributionMove; reply: DistributionMoved };
  distribution_undo: { args: TeamRef; reply: DistributionMoved };
  team_report: { args: ReportArgs; reply: ReportView };
  fleet: { args: Nothing; reply: FleetView };
  sync_ask: { args: SyncAsk; reply: FleetView };
}
