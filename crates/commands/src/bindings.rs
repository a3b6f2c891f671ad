//! Writes the TypeScript side of the seam: `BOGEN_WRITE_GENERATED=1 cargo test -p commands generated` (or `cargo xtask bindings`).

use questionnaire::{Answer, Asking, Parent, Question, Warning};
use ts_rs::{Config, TS};

use crate::api::{
    Approve, Attestation, AttestationSheet, Certify, ChangeBegin, ChangeFound, ChangeLookup, ChangePassphrase, ChangeState, CommandError, CopyView,
    CustomersSet, DeviceTrouble, DistributionMove, DistributionMoved, DistributionSet, DistributionView, DrillReport, DrillRow, DrillState,
    EmptyDevice, Enrol, EnrolmentState, Entered, EntryAnswer, EntryRow, EntryView, ErrorCode, Event, FieldKey, Finalised, FleetRow, FleetView,
    FormAnswer, FormGoTo, FormTakeParent, FormView, Forwarded, FoundOffice, Founded, HoldCode, ImportArgs, ImportIssue, ImportReport, Information,
    InvitationRow, Invite, Invited, KeyDestroy, KeyRow, KeyState, LanguageOffer, LanguageRef, LanguageRow, LedgerArgs, LedgerExport, LedgerPage,
    LedgerRow, LedgerVerdict, LockAfter, MaskFieldView, MaskSet, MaskText, MaskView, MemberAdd, MemberCard, MemberChange, MemberRef, MemberRemove,
    MemberState, MigEntry, MigList, MigRef, MigSaid, MigState, NoteAnswer, NoteCode, NoteList, NoteReply, NoteRow, Nothing, NumberBring, OfficeView,
    PaperList, PaperRow, Passphrase, PileRow, PinInfo, PinSet, PolicySet, ProblemReason, ProblemReport, QuestionStanding, QuestionState, Queue,
    QueueRow, QueueState, Reconcile, ReconcileView, RecordConfirm, RecordOpen, RecordRef, RecoverPassphrase, RecoveryDrill, RefusedRecord, Released,
    ReplacesCode, ReportAge, ReportArgs, ReportView, ReportWeek, Revocation, RoleCode, RootShare, RuleRow, SafetyCounts, SessionInfo, ShareRow,
    ShareSet, StaffChange, StaffRow, StaffTasks, Status, SyncAsk, SyncEnd, SyncReport, TakeOver, Takeable, TeamCountsView, TeamCreate, TeamRef,
    TeamRow, Turn, TurnBack, TypedNumber, UnitCreate, UnitDiscard, UnitFinalise, UnitListArgs, UnitPage, UnitRef, UnitRow, UnitState, UnitView,
    Unlock, UnlockPin, UserSummary, Value, VersionRow, WaitingRow, WordingIn, WordingReply, WorkSet,
};
use crate::catalogue::SIGNATURES;

const TARGET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/lib/bindings.ts");

macro_rules! declare {
    ($out:ident: $($type:ty),* $(,)?) => {{
        let config = Config::default();
        $($out.push_str(&format!("export {}\n", <$type as TS>::decl(&config)));)*
    }};
}

fn union(name: &str, keys: impl Iterator<Item = String>) -> String {
    format!("export type {name} = {};\n", keys.map(|key| format!("\"{key}\"")).collect::<Vec<_>>().join(" | "))
}

fn json_key<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).expect("keys serialise").as_str().expect("keys are strings").to_owned()
}

fn generate() -> String {
    let mut out = String::from("// Generated from crates/commands by `cargo xtask bindings`. Do not edit.\n\n");
    out.push_str(&union("QuestionKey", Question::ALL.into_iter().map(json_key)));
    out.push_str(&union("AnswerKey", Answer::ALL.into_iter().map(json_key)));
    out.push_str(&union("Asking", Asking::ALL.into_iter().map(json_key)));
    out.push_str(&union("ParentKey", Parent::ALL.into_iter().map(json_key)));
    out.push_str(&union("WarningKey", Warning::ALL.into_iter().map(json_key)));
    declare!(out:
    Approve, Attestation, AttestationSheet, Certify, ChangeBegin, ChangeFound, ChangeLookup, ChangePassphrase, ChangeState, CommandError, CopyView, CustomersSet, DeviceTrouble, DistributionMove, DistributionMoved, DistributionSet, DistributionView, DrillReport, DrillRow, DrillState, EmptyDevice, Enrol, EnrolmentState, Entered, EntryAnswer, EntryRow, EntryView, ErrorCode, Event, FieldKey, Finalised, FleetRow, FleetView, FormAnswer, FormGoTo, FormTakeParent, FormView, Forwarded, FoundOffice, Founded, HoldCode, ImportArgs, ImportIssue, ImportReport, Information, InvitationRow, Invite, Invited, KeyDestroy, KeyRow, KeyState, LanguageOffer, LanguageRef, LanguageRow, LedgerArgs, LedgerExport, LedgerPage, LedgerRow, LedgerVerdict, LockAfter, MaskFieldView, MaskSet, MaskText, MaskView, MemberAdd, MemberCard, MemberChange, MemberRef, MemberRemove, MemberState, MigEntry, MigList, MigRef, MigSaid, MigState, NoteAnswer, NoteCode, NoteList, NoteReply, NoteRow, Nothing, NumberBring, OfficeView, PaperList, PaperRow, Passphrase, PileRow, PinInfo, PinSet, PolicySet, ProblemReason, ProblemReport, QuestionStanding, QuestionState, Queue, QueueRow, QueueState, Reconcile, ReconcileView, RecordConfirm, RecordOpen, RecordRef, RecoverPassphrase, RecoveryDrill, RefusedRecord, Released, ReplacesCode, ReportAge, ReportArgs, ReportView, ReportWeek, Revocation, RoleCode, RootShare, RuleRow, SafetyCounts, SessionInfo, ShareRow, ShareSet, StaffChange, StaffRow, StaffTasks, Status, SyncAsk, SyncEnd, SyncReport, TakeOver, Takeable, TeamCountsView, TeamCreate, TeamRef, TeamRow, Turn, TurnBack,
        TypedNumber, UnitCreate, UnitDiscard, UnitFinalise, UnitListArgs, UnitPage, UnitRef, UnitRow, UnitState, UnitView, Unlock,
        UnlockPin, UserSummary, Value, VersionRow, WaitingRow, WorkSet, WordingIn, WordingReply,
    );
    out.push_str("\n/** Every command with its arguments and its reply. */\nexport interface Commands {\n");
    for (command, args, reply) in SIGNATURES {
        out.push_str(&format!("  {command}: {{ args: {args}; reply: {reply} }};\n"));
    }
    out.push_str("}\n");
    out
}

#[test]
fn generated_bindings_have_not_drifted() {
    let generated = generate();
    if std::env::var_os("BOGEN_WRITE_GENERATED").is_some() {
        std::fs::write(TARGET, &generated).expect("the bindings can be written");
    }
    let committed = std::fs::read_to_string(TARGET).unwrap_or_default();
    assert!(committed == generated, "ui/src/lib/bindings.ts has drifted: run `cargo xtask bindings`");
}
