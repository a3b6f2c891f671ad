//! The form of one person: every answer is durable before the next question shows.

use questionnaire::{DraftForm, MemberState, OwnAnswers, Parent, Question};

use crate::App;
use crate::api::{CommandError, ErrorCode, FormAnswer, FormGoTo, FormView, MemberRef};
use crate::collect::household::{ask_again, refuse_and_check, takeable};
use crate::collect::view;
use crate::ids::parse_id;
use crate::stored::MemberItem;

/// The age of a draft may be this many seconds too high, so that most answers cost one row and not two.
const STALE: u64 = 15 * 60;

impl App {
    /// Shows a form where it was left.
    pub(crate) async fn form_open(&self, args: MemberRef) -> Result<FormView, CommandError> {
        self.edit_form(&args.unit, &args.member, |_, _| Ok(()))
    }

    /// Answers a question, or takes the answer back. The first answer of a form needs the unit to be informed in this sitting (Art. 13 GDPR: at the time when
    /// data are obtained); a form that was begun, also on paper, goes on after a lock without it.
    pub(crate) async fn form_answer(&self, args: FormAnswer) -> Result<FormView, CommandError> {
        let informed = self.is_informed(&args.unit, &args.member)?;
        self.edit_form(&args.unit, &args.member, |draft, member| {
            if args.answer.is_some() {
                demand_informed(draft, informed)?;
            }
            forget_taken(draft, member, args.question);
            draft.answer(args.question, args.answer).map_err(|_| ErrorCode::NotAsked.into())
        })
    }

    /// Goes to a question or to the check.
    pub(crate) async fn form_go_to(&self, args: FormGoTo) -> Result<FormView, CommandError> {
        self.edit_form(&args.unit, &args.member, |draft, _| match args.question {
            Some(question) => draft.go_to(question).map_err(|_| ErrorCode::NotAsked.into()),
            None => {
                draft.go_to_review();
                Ok(())
            }
        })
    }

    /// The person declines everything. Two actions from the unit: begin, decline.
    pub(crate) async fn form_refuse(&self, args: MemberRef) -> Result<FormView, CommandError> {
        self.edit_form(&args.unit, &args.member, |draft, _| refuse_and_check(draft))
    }

    /// Takes a refusal back; former answers return.
    pub(crate) async fn form_undo_refusal(&self, args: MemberRef) -> Result<FormView, CommandError> {
        self.edit_form(&args.unit, &args.member, |draft, _| {
            draft.undo_refusal();
            Ok(())
        })
    }

    /// The form was checked with the customer (directive: the counsellor checks every form before the handover).
    pub(crate) async fn form_check(&self, args: MemberRef) -> Result<FormView, CommandError> {
        self.edit_form(&args.unit, &args.member, |draft, _| draft.check().map_err(|_| ErrorCode::NotChecked.into()))
    }

    /// Whether the customer information was shown to this member in this sitting.
    pub(super) fn is_informed(&self, unit: &str, member: &str) -> Result<bool, CommandError> {
        let (unit_id, member_id) = (parse_id(unit)?, parse_id(member)?);
        let desk = self.desk();
        let unlocked = desk.unlocked()?;
        let unit = unlocked.unit(&unit_id)?;
        Ok(unlocked.is_informed(&unit_id, unit.member(&member_id).ok_or(ErrorCode::NotFound)?))
    }

    /// Loads a draft, changes it, saves what changed in one transaction, shows the result.
    pub(super) fn edit_form(
        &self,
        unit: &str,
        member: &str,
        edit: impl FnOnce(&mut DraftForm, &mut MemberItem) -> Result<(), CommandError>,
    ) -> Result<FormView, CommandError> {
        let unit_id = parse_id(unit)?;
        let member_id = parse_id(member)?;
        let mut desk = self.desk();
        let unlocked = desk.unlocked()?;
        let mut unit = unlocked.unit(&unit_id)?;
        let asking = unit.member(&member_id).filter(|member| member.state() != MemberState::AlreadyCollected).ok_or(ErrorCode::NotFound)?.asking();
        let mut draft = unlocked.draft(&member_id, asking)?;
        let (before, answers_before, own_before) = (draft.encode(), draft.answers().clone(), OwnAnswers::of(&draft));
        let entry = unit.member_mut(&member_id).ok_or(ErrorCode::NotFound)?;
        let taken = entry.taken_from();
        edit(&mut draft, entry)?;
        let after = draft.encode();
        let card_changed = entry.state() != draft.state() || entry.unchecked_import != draft.is_unchecked_import() || entry.taken_from() != taken;
        entry.set_state(draft.state());
        entry.unchecked_import = draft.is_unchecked_import();
        // Looking at a form, or leafing through it, makes no answer younger.
        let answered = *draft.answers() != answers_before;
        let stale = answered && entry.answered_at.is_none_or(|at| self.now().since(at) > STALE);
        if answered {
            entry.answered_at = Some(self.now());
        }
        let shown = entry.clone();
        let reopened = if OwnAnswers::of(&draft) == own_before { Vec::new() } else { ask_again(unlocked, &mut unit, &member_id, self.now())? };
        if card_changed || !reopened.is_empty() || stale {
            unit.changed_at = self.now();
            let forms: Vec<_> = std::iter::once((member_id, &after[..])).chain(reopened.iter().map(|(id, bytes)| (*id, &bytes[..]))).collect();
            desk.save_unit(&unit_id, unit.clone(), &forms)?;
        } else if before != after {
            desk.save_form(&member_id, &after)?;
        }
        // Other people's names do not come to the customer's side.
        let takeable = if desk.turning.whose().is_some() { Vec::new() } else { takeable(desk.unlocked()?, &unit, &shown, &draft)? };
        Ok(view::form(&unit_id, &unit, &shown, &draft, takeable))
    }
}

/// Whoever answers one of the two questions anew answers for the child: what was taken from the parent is gone from both, and shows nowhere.
pub fn forget_taken(draft: &mut DraftForm, member: &mut MemberItem, question: Question) {
    let Some(parent) = Parent::of(question).filter(|parent| member.taken_as(*parent).is_some()) else { return };
    for question in parent.questions().into_iter().rev() {
        // A follow-up that does not apply has nothing to clear.
        let _ = draft.answer(question, None);
    }
    member.set_taken(parent, None);
}

/// Refuses the first answer of a form while nobody was informed.
pub fn demand_informed(draft: &DraftForm, informed: bool) -> Result<(), CommandError> {
    let begins = draft.state() == MemberState::Open && !draft.is_unchecked_import();
    if begins && !informed { Err(ErrorCode::NotInformed.into()) } else { Ok(()) }
}
