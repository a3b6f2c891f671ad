//! Erheben: units, members, forms.

use questionnaire::{Answer, Asking, Parent, Question, Warning};
use serde::{Deserialize, Serialize};

#[cfg(test)]
use ts_rs::TS;

code! {
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
}

dto! {
    /// A page of the unlocked user's units.
    UnitListArgs {
        /// Part of a unit number, label or customer number; empty for all.
        search: String,
        /// Only units in this state.
        state: Option<UnitState>,
        /// Those whose answers lie here longest first; otherwise the newest change first.
        oldest_first: bool,
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
        /// Since when (Unix seconds) the answers that lie longest in this unit lie there unchanged; where nobody answered, since its last change.
        #[cfg_attr(test, ts(type = "number"))]
        since: u64,
        /// Paper import that was not checked yet.
        unchecked_import: bool,
        /// A change of mind: its form replaces one that was handed over.
        replaces: bool,
    }
    /// A page of units.
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
    /// Removes a member; the reason goes to the ledger as for a unit.
    MemberRemove { unit: String, member: String, reason: String }
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
        /// A change of mind: its form replaces one that was handed over.
        replaces: bool,
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
        /// A parent's own answers were taken: what they are shows nowhere, so `asked` is true and `answer` none whatever was said.
        taken: bool,
    }
    /// A person's form at its present place.
    FormView {
        unit: String,
        member: String,
        label: String,
        /// The version of the form that this one was begun in. It stays on it.
        form_version: u16,
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
}
