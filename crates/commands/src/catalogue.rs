//! The list of all commands: one line each, and everything else (the enum, dispatch, the TypeScript map, the role matrix) follows from it.

use serde::{Deserialize, Serialize};

use crate::App;
use crate::api::{self, CommandError, ErrorCode};

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident: $variant:ident($args:ident) -> $reply:ident;)*) => {
        /// A command with its arguments, as shells send it: `{"command":"unit_open","args":{…}}`.
        #[derive(Debug, Deserialize)]
        #[serde(tag = "command", content = "args", rename_all = "snake_case")]
        pub enum Command { $($(#[$doc])* $variant(api::$args)),* }

        impl Command {
            /// Names of all commands.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// This command's name.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => stringify!($name)),* }
            }
        }

        impl App {
            /// Runs a command.
            ///
            /// # Errors
            /// A [`CommandError`] with a code that the shell words.
            pub async fn run(&self, command: Command) -> Result<serde_json::Value, CommandError> {
                self.demand_not_turned(&command)?;
                match command {
                    $(Command::$variant(args) => to_json(&self.$name(args).await?)),*
                }
            }
        }

        /// `(command, arguments type, reply type)` for the generated TypeScript.
        #[cfg(test)]
        pub(crate) const SIGNATURES: &[(&str, &str, &str)] = &[$((stringify!($name), stringify!($args), stringify!($reply))),*];

        /// Fails to compile when a command's method does not return the reply the catalogue names.
        #[cfg(test)]
        #[expect(dead_code, reason = "its type check is the test")]
        async fn replies_are_as_listed(app: &App, command: Command) {
            match command { $(Command::$variant(args) => { let _: Result<api::$reply, CommandError> = app.$name(args).await; })* }
        }
    };
}

commands! {
    /// State of the app as a whole.
    status: Status(Nothing) -> Status;
    /// The German wording of the questionnaire and the customer information.
    wording: Wording(Nothing) -> WordingReply;
    /// The wording in one of the languages that the office switched on.
    wording_in: WordingIn(LanguageRef) -> WordingIn;
    /// Founds an office.
    found_office: FoundOffice(FoundOffice) -> Founded;
    /// Redeems a ticket.
    enrol: Enrol(Enrol) -> Status;
    /// Unlocks.
    unlock: Unlock(Unlock) -> Status;
    /// Locks: forgets keys and opened forms at once.
    lock: Lock(Nothing) -> Status;
    /// Sets the PIN of this working day, or forgets it.
    pin_set: PinSet(PinSet) -> Status;
    /// Unlocks again with the PIN; three tries.
    unlock_pin: UnlockPin(UnlockPin) -> Status;
    /// Sets after how many minutes without use the app locks.
    lock_after_set: LockAfterSet(LockAfter) -> Status;
    /// Hands the screen to the customer for one form.
    turn: Turn(Turn) -> Status;
    /// Takes the screen back with the code.
    turn_back: TurnBack(TurnBack) -> Status;
    /// Changes the passphrase.
    change_passphrase: ChangePassphrase(ChangePassphrase) -> Nothing;
    /// Another passphrase for a user who forgot theirs, with two shares of the root key.
    recover_passphrase: RecoverPassphrase(RecoverPassphrase) -> Status;
    /// Whether two shares of the root key would open every user's part on this device. Changes nothing.
    recovery_drill: RecoveryDrill(RecoveryDrill) -> DrillReport;
    /// Releases a colleague's drafts and MIG list to the unlocked deputy, with two shares of the root key.
    take_over: TakeOver(TakeOver) -> Released;
    /// Talks to the endpoint: newest directory, own approval, team keys.
    contact: Contact(Nothing) -> Status;

    /// A page of units.
    unit_list: UnitList(UnitListArgs) -> UnitPage;
    /// Creates a unit.
    unit_create: UnitCreate(UnitCreate) -> UnitView;
    /// Shows a unit.
    unit_open: UnitOpen(UnitRef) -> UnitView;
    /// Remembers that the customer information was shown in this sitting.
    unit_informed: UnitInformed(MemberRef) -> Nothing;
    /// Discards a unit with its drafts.
    unit_discard: UnitDiscard(UnitDiscard) -> Nothing;
    /// Adds a member.
    member_add: MemberAdd(MemberAdd) -> UnitView;
    /// Changes a member.
    member_change: MemberChange(MemberChange) -> UnitView;
    /// Removes a member and the draft of their form.
    member_remove: MemberRemove(MemberRemove) -> UnitView;
    /// Shows a form where it was left.
    form_open: FormOpen(MemberRef) -> FormView;
    /// The same for a form that came back on paper: a reminder of the sheet stays until it is shredded.
    paper_open: PaperOpen(MemberRef) -> FormView;
    /// Sheets that were typed in and are not shredded yet.
    papers: Papers(Nothing) -> PaperList;
    /// A sheet was shredded (DIN 66399, P-5): a line in the ledger, and the reminder goes.
    paper_shredded: PaperShredded(RecordRef) -> PaperList;
    /// Answers a question; durable before the reply. The first answer needs `unit_informed`.
    form_answer: FormAnswer(FormAnswer) -> FormView;
    /// Goes to a question or to the check.
    form_go_to: FormGoTo(FormGoTo) -> FormView;
    /// The person declines everything.
    form_refuse: FormRefuse(MemberRef) -> FormView;
    /// Takes the refusal back; former answers return.
    form_undo_refusal: FormUndoRefusal(MemberRef) -> FormView;
    /// A parent's own answers for the two questions of their child's form about them.
    form_take_parent: FormTakeParent(FormTakeParent) -> FormView;
    /// One adult declines for themself and for the children they answer for.
    unit_refuse: UnitRefuse(MemberRef) -> UnitView;
    /// The form was checked with the customer.
    form_check: FormCheck(MemberRef) -> FormView;
    /// Seals the checked forms of a unit.
    unit_finalise: UnitFinalise(UnitFinalise) -> Finalised;

    /// Delivers what is sealed; needs nobody's passphrase.
    sync: Sync(Nothing) -> SyncReport;
    /// Asks the endpoint to prove that its log continues what this device remembers; only then a log fault is cleared. Needs nobody's passphrase.
    log_recheck: LogRecheck(Nothing) -> Status;
    /// Customers to mark in the benefits system.
    mig_list: MigList(Nothing) -> MigList;
    /// Ticks one off.
    mig_tick: MigTick(MigRef) -> MigList;
    /// Takes a tick back.
    mig_untick: MigUntick(MigRef) -> MigList;
    /// Compares a list of customers with the mark from the benefits system with what is known here.
    reconcile: Reconcile(Reconcile) -> ReconcileView;
    /// Clerks' notes about forms that the unlocked author made.
    notes: Notes(Nothing) -> NoteList;
    /// Answers a note, or says that it was read.
    note_answer: NoteAnswer(NoteAnswer) -> NoteList;
    /// Brings the customer number of a form that was handed over without one.
    number_bring: NumberBring(NumberBring) -> MigList;
    /// Where a customer's form is, from the number alone.
    change_lookup: ChangeLookup(ChangeLookup) -> ChangeFound;
    /// Begins a form that replaces the one before entry.
    change_begin: ChangeBegin(ChangeBegin) -> MemberRef;
    /// What is left on this device, of all its users; if nothing is, it states so, signed.
    device_attest: DeviceAttest(Nothing) -> Attestation;
    /// The destruction ledger.
    ledger: Ledger(LedgerArgs) -> LedgerPage;
    /// Checks the whole ledger again, with every stored receipt.
    ledger_verify: LedgerVerify(Nothing) -> LedgerVerdict;
    /// The ledger as a file for an audit, signed by this device.
    ledger_export: LedgerExport(Nothing) -> LedgerExport;
    /// Reads a paper backlog.
    import: Import(ImportArgs) -> ImportReport;

    /// The clerk's queue.
    queue: Queue(Nothing) -> Queue;
    /// Opens a record in memory; refused for one that belongs to another team, unless it is to be entered here.
    record_open: RecordOpen(RecordOpen) -> EntryView;
    /// Seals a record anew to the team that the rules name for it, with what else of its unit can go; nobody is shown it.
    record_forward: RecordForward(RecordRef) -> Forwarded;
    /// All that an opened form says, for a copy to whom it is about.
    record_copy: RecordCopy(RecordRef) -> CopyView;
    /// Confirms that an opened record was entered; it is destroyed centrally, after a grace or at once.
    record_confirm: RecordConfirm(RecordConfirm) -> Entered;
    /// Sends an opened record back to its author as a question.
    record_problem: RecordProblem(ProblemReport) -> Nothing;
    /// Takes that back, as long as the grace lasts.
    record_undo: RecordUndo(RecordRef) -> Nothing;
    /// Destroys an opened, held form without entry.
    record_discard: RecordDiscard(RecordRef) -> Entered;

    /// The office as its directory says.
    office: Office(Nothing) -> OfficeView;
    /// Creates a team.
    team_create: TeamCreate(TeamCreate) -> OfficeView;
    /// Languages that are on, and the customer information.
    customers_set: CustomersSet(CustomersSet) -> OfficeView;
    /// Where forms go, and after how many days somebody is told that they wait.
    work_set: WorkSet(WorkSet) -> OfficeView;
    /// Sets what permits a device to destroy its copy.
    policy_set: PolicySet(PolicySet) -> OfficeView;
    /// The office's entry mask, or the app's.
    mask_show: MaskShow(Nothing) -> MaskView;
    /// Reads an entry mask's file and shows what it looks like; nothing changes.
    mask_check: MaskCheck(MaskText) -> MaskView;
    /// Sets the entry mask for every clerk, or takes it away.
    mask_set: MaskSet(MaskSet) -> MaskView;
    /// Invites somebody.
    invite: Invite(Invite) -> Invited;
    /// Approves a newcomer.
    approve: Approve(Approve) -> OfficeView;
    /// Revokes a member and the devices enrolled with them.
    revoke: Revoke(Revocation) -> OfficeView;
    /// Gives a member other roles and teams.
    staff_change: StaffChange(StaffChange) -> OfficeView;
    /// Makes the unlocked member an administrator who signs, with two shares of the root key.
    certify: Certify(Certify) -> OfficeView;
    /// Asks a team's clerks for another key.
    team_key_renew: TeamKeyRenew(TeamRef) -> OfficeView;
    /// Destroys a closed key of a team for good.
    team_key_destroy: TeamKeyDestroy(KeyDestroy) -> OfficeView;
    /// Process counts of a team.
    team_counts: TeamCounts(TeamRef) -> TeamCountsView;
    /// How a team's work lies with its clerks.
    distribution: Distribution(TeamRef) -> DistributionView;
    /// Sets quotas, absences, and whether new units wait for the leader's hand.
    distribution_set: DistributionSet(DistributionSet) -> DistributionView;
    /// Moves units by hand.
    distribution_move: DistributionMove(DistributionMove) -> DistributionMoved;
    /// Puts the last move back, as far as nobody began with it.
    distribution_undo: DistributionUndo(TeamRef) -> DistributionMoved;
    /// What became of a team's forms in its last finished weeks, without small counts.
    team_report: TeamReport(ReportArgs) -> ReportView;
    /// Devices that need a look.
    fleet: Fleet(Nothing) -> FleetView;
    /// Asks a device to deliver at its next contact, or takes that back.
    sync_ask: SyncAsk(SyncAsk) -> FleetView;
}

fn to_json<T: Serialize>(reply: &T) -> Result<serde_json::Value, CommandError> {
    serde_json::to_value(reply).map_err(|_| CommandError::new(ErrorCode::Internal))
}
