//! Help for a household, without pre-filling and without telling one person's answers to another (§ 35 SGB I).

use protocol::UnixTime;
use questionnaire::{Asking, DraftForm, MemberState, OwnAnswers, Parent, Position};
use zeroize::Zeroizing;

use crate::App;
use crate::api::{CommandError, ErrorCode, FormTakeParent, FormView, MemberRef, Takeable, UnitView};
use crate::collect::form::{demand_informed, forget_taken};
use crate::desk::Unlocked;
use crate::ids::parse_id;
use crate::stored::{MemberItem, UnitItem};

impl App {
    /// Takes a parent's own answers for the two questions of their child's form about them. Whom the device names as parent, a person at the table said.
    pub(crate) async fn form_take_parent(&self, args: FormTakeParent) -> Result<FormView, CommandError> {
        let parent = parse_id(&args.parent)?;
        let own = {
            let desk = self.desk();
            let unlocked = desk.unlocked()?;
            let unit = unlocked.unit(&parse_id(&args.unit)?)?;
            own_answers(unlocked, unit.member(&parent).ok_or(ErrorCode::NotFound)?)?.ok_or(ErrorCode::CannotTake)?
        };
        let informed = self.is_informed(&args.unit, &args.member)?;
        self.edit_form(&args.unit, &args.member, |draft, child| {
            demand_informed(draft, informed)?;
            if is_other_parent(child, args.as_parent, &parent) {
                return Err(ErrorCode::CannotTake.into());
            }
            draft.take_from_parent(args.as_parent, own).map_err(|_| ErrorCode::CannotTake)?;
            child.set_taken(args.as_parent, Some(parent));
            Ok(())
        })
    }

    /// One adult declines for themself and for the children under 15 of the unit whose forms are not complete yet. Young people decide alone (§ 36 SGB I), other adults too.
    pub(crate) async fn unit_refuse(&self, args: MemberRef) -> Result<UnitView, CommandError> {
        let unit_id = parse_id(&args.unit)?;
        let adult = parse_id(&args.member)?;
        let mut desk = self.desk();
        let unlocked = desk.unlocked()?;
        let mut unit = unlocked.unit(&unit_id)?;
        unit.member(&adult).filter(|member| member.asking() == Asking::ToPerson && !member.is_already_collected()).ok_or(ErrorCode::NotFound)?;
        let mut refused = Vec::new();
        for member in unit.members.iter_mut().filter(|member| member.id == adult || member.asking() == Asking::ToParent) {
            // What was checked for a child with somebody, perhaps the other parent, stays: it is changed by opening it.
            let settled = matches!(member.state(), MemberState::Complete | MemberState::Checked);
            if member.is_already_collected() || (member.id != adult && settled) {
                continue;
            }
            let mut draft = unlocked.draft(&member.id, member.asking())?;
            forget_taken_from(&mut draft, member, &adult);
            refuse_and_check(&mut draft)?;
            member.set_state(draft.state());
            member.unchecked_import = draft.is_unchecked_import();
            member.answered_at = Some(self.now());
            refused.push((member.id, draft.encode()));
        }
        refused.extend(ask_again(unlocked, &mut unit, &adult, self.now())?);
        unit.changed_at = self.now();
        let forms: Vec<_> = refused.iter().map(|(id, bytes)| (*id, &bytes[..])).collect();
        desk.save_unit(&unit_id, unit, &forms)?;
        desk.unit_view(&unit_id)
    }
}

/// A parent answers anew, or takes their answers back: what was taken from them before is asked again. Nobody else could notice, because taken answers
/// show nowhere; and whoever says it once more says what holds now. Returns the drafts that changed, to be saved with the parent's in one step.
pub fn ask_again(unlocked: &Unlocked, unit: &mut UnitItem, parent: &[u8; 16], now: UnixTime) -> Result<Drafts, CommandError> {
    let mut changed = Vec::new();
    for child in unit.members.iter_mut().filter(|member| !member.is_already_collected() && member.taken_from().contains(&Some(*parent))) {
        let mut draft = unlocked.draft(&child.id, child.asking())?;
        let refused = draft.answers().is_refused();
        forget_taken_from(&mut draft, child, parent);
        if refused {
            refuse_and_check(&mut draft)?;
        }
        child.set_state(draft.state());
        child.unchecked_import = draft.is_unchecked_import();
        child.answered_at = Some(now);
        changed.push((child.id, draft.encode()));
    }
    Ok(changed)
}

/// Drafts to save, by member.
type Drafts = Vec<([u8; 16], Zeroizing<Vec<u8>>)>;

/// A refusal is undone for it: under one the answers are kept, and would come back.
fn forget_taken_from(draft: &mut DraftForm, child: &mut MemberItem, parent: &[u8; 16]) {
    for role in Parent::ALL.into_iter().filter(|role| child.taken_as(*role).as_ref() == Some(parent)).collect::<Vec<_>>() {
        draft.undo_refusal();
        forget_taken(draft, child, role.questions()[0]);
    }
}

/// A refusal needs no second look: there is nothing in it to look through.
pub fn refuse_and_check(draft: &mut DraftForm) -> Result<(), CommandError> {
    draft.refuse();
    draft.check().map_err(|_| CommandError::new(ErrorCode::Internal))
}

/// Who could hand on their own answers at the question that the form stands at.
pub fn takeable(unlocked: &Unlocked, unit: &UnitItem, child: &MemberItem, draft: &DraftForm) -> Result<Vec<Takeable>, CommandError> {
    let at_parent = match draft.current() {
        Position::Question(question) => Parent::of(question),
        Position::Review => None,
    };
    let Some(parent) = at_parent.filter(|_| draft.asking() == Asking::ToParent) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for member in &unit.members {
        if !is_other_parent(child, parent, &member.id) && own_answers(unlocked, member)?.is_some() {
            found.push(Takeable { member: hex::encode(member.id), label: member.label.clone() });
        }
    }
    Ok(found)
}

/// Nobody is both parents of a child.
fn is_other_parent(child: &MemberItem, parent: Parent, who: &[u8; 16]) -> bool {
    Parent::ALL.into_iter().any(|other| other != parent && child.taken_as(other).as_ref() == Some(who))
}

/// What an adult's draft on this device says to the two questions.
fn own_answers(unlocked: &Unlocked, member: &MemberItem) -> Result<Option<OwnAnswers>, CommandError> {
    let begun = !matches!(member.state(), MemberState::Open | MemberState::AlreadyCollected);
    if member.asking() != Asking::ToPerson || !begun {
        return Ok(None);
    }
    Ok(OwnAnswers::of(&unlocked.draft(&member.id, Asking::ToPerson)?))
}
