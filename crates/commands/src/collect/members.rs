//! Members of a unit: who needs a form, and how each is asked.

use protocol::{RecordId, to_cbor};
use questionnaire::{Asking, DraftForm, MemberState};
use vault::{DiscardReason, ItemChange, ItemId, ItemKind, LedgerKind};

use crate::App;
use crate::api::{CommandError, ErrorCode, MemberAdd, MemberChange, MemberRemove, UnitView};
use crate::collect::numbers::TypedNumbers;
use crate::collect::unit::checked_label;
use crate::desk::Desk;
use crate::ids::{new_id, parse_id};
use crate::stored::{MemberItem, UnitItem};

/// Most members of one unit; the largest families of an office stay far below, and the envelope has one byte for it.
pub const MAX_MEMBERS: usize = 40;

impl App {
    /// Adds a member.
    pub(crate) async fn member_add(&self, args: MemberAdd) -> Result<UnitView, CommandError> {
        let id = parse_id(&args.unit)?;
        let mut desk = self.desk();
        let number = TypedNumbers::of(desk.settings())?.customer(&args.number)?;
        let mut unit = desk.unlocked()?.unit(&id)?;
        demand_no_replacement(&unit)?;
        desk.refuse_twice(number.as_deref(), None)?;
        if unit.members.len() >= MAX_MEMBERS {
            return Err(CommandError::new(ErrorCode::BadArguments).with("maximum", MAX_MEMBERS));
        }
        let mut member = MemberItem::new(new_id(), checked_label(&args.label)?, number, args.asking, RecordId::from_random(new_id()));
        if args.already_collected {
            member.set_state(MemberState::AlreadyCollected);
        }
        unit.members.push(member);
        unit.changed_at = self.now();
        desk.save_unit(&id, unit, &[])?;
        desk.unit_view(&id)
    }

    /// Changes a member. Answers stay; a begun form keeps its way of asking.
    pub(crate) async fn member_change(&self, args: MemberChange) -> Result<UnitView, CommandError> {
        let id = parse_id(&args.unit)?;
        let member_id = parse_id(&args.member)?;
        let label = checked_label(&args.label)?;
        let mut desk = self.desk();
        let number = TypedNumbers::of(desk.settings())?.customer(&args.number)?;
        let mut unit = desk.unlocked()?.unit(&id)?;
        if unit.replaces.is_some() {
            // The same customer, or it replaces nothing.
            let same = unit.member(&member_id).is_some_and(|member| member.number == number);
            if !same || args.already_collected {
                return Err(CommandError::new(ErrorCode::BadArguments));
            }
        } else {
            desk.refuse_twice(number.as_deref(), Some(&member_id))?;
        }
        let begun = desk.unlocked()?.has_any_draft(&[(member_id, RecordId([0; 16]))])?;
        let mut draft = desk.unlocked()?.draft(&member_id, args.asking)?;
        let member = unit.member_mut(&member_id).ok_or(ErrorCode::NotFound)?;
        member.label = label;
        member.number = number;
        ask_differently(member, &mut draft, args.asking)?;
        if args.already_collected {
            // A form that was begun is kept until it is removed on purpose: somebody may only have mistapped.
            member.set_state(MemberState::AlreadyCollected);
        } else {
            member.set_state(draft.state());
        }
        unit.changed_at = self.now();
        let form = draft.encode();
        let forms: &[([u8; 16], &[u8])] = if begun { &[(member_id, &form)] } else { &[] };
        desk.save_unit(&id, unit, forms)?;
        desk.unit_view(&id)
    }

    /// Removes a member; the draft of their form is destroyed.
    pub(crate) async fn member_remove(&self, args: MemberRemove) -> Result<UnitView, CommandError> {
        let id = parse_id(&args.unit)?;
        let member_id = parse_id(&args.member)?;
        let reason = DiscardReason::from_code(&args.reason).ok_or(ErrorCode::BadArguments)?;
        let mut desk = self.desk();
        let mut unit = desk.unlocked()?.unit(&id)?;
        let record = unit.member(&member_id).ok_or(ErrorCode::NotFound)?.record;
        unit.members.retain(|member| member.id != member_id);
        unit.changed_at = self.now();
        let change = ItemChange::Put(ItemKind::Unit, ItemId(id), to_cbor(&unit).into());
        desk.shred_drafts(&[change], &[(member_id, record)], LedgerKind::Discarded(reason), self.now())?;
        desk.unit_view(&id)
    }
}

impl Desk {
    /// Refuses a customer number that is on this device already, in whichever unit or on the MIG list: the person would be asked twice.
    pub(crate) fn refuse_twice(&self, number: Option<&str>, but: Option<&[u8; 16]>) -> Result<(), CommandError> {
        let Some(number) = number else { return Ok(()) };
        let unlocked = self.unlocked()?;
        for (id, unit) in unlocked.units()? {
            if unit.members.iter().any(|member| Some(&member.id) != but && member.number.as_deref() == Some(number)) {
                return Err(CommandError::new(ErrorCode::NumberTwice).with("unit", hex::encode(id)));
            }
        }
        if unlocked.mig_items()?.iter().any(|(_, item)| item.customer_number.as_deref() == Some(number)) {
            return Err(CommandError::new(ErrorCode::NumberTwice));
        }
        Ok(())
    }
}

/// A change of mind concerns one person.
fn demand_no_replacement(unit: &UnitItem) -> Result<(), CommandError> {
    if unit.replaces.is_some() { Err(CommandError::new(ErrorCode::BadArguments)) } else { Ok(()) }
}

/// Each adult answers for themself, and from 15 the young person too (§ 36 SGB I): answers given for somebody do not become theirs, nor the other way round.
/// Nothing is dropped silently.
fn ask_differently(member: &mut MemberItem, draft: &mut DraftForm, asking: Asking) -> Result<(), CommandError> {
    if draft.asking() != asking {
        draft.set_asking(asking).map_err(|_| CommandError::new(ErrorCode::AskingFixed))?;
    }
    member.asking = asking.wire();
    Ok(())
}
