//! A change of mind after the handover: the customer withdraws, corrects, or answers after a refusal, and whoever sits at the table takes it from the
//! number alone. The former answers are unknown here, rightly: a new form replaces the old one, which nobody reads any more.

use office::tags::TagKey;
use protocol::RecordId;
use protocol::api::{FoundRecord, LookupReply, LookupRequest, LookupState};
use questionnaire::DraftForm;
use reqwest::Method;

use crate::App;
use crate::api::{ChangeBegin, ChangeFound, ChangeLookup, ChangeState, CommandError, ErrorCode, MemberRef, TypedNumber};
use crate::collect::household::refuse_and_check;
use crate::collect::numbers::TypedNumbers;
use crate::collect::unit::checked_label;
use crate::desk::{Desk, Who};
use crate::ids::new_id;
use crate::stored::{MemberItem, SentForm, UnitItem};

/// Where a customer's form is, with what a replacement has to name.
enum Place {
    Draft(MemberRef),
    Waiting(SentForm),
    Opened(SentForm),
    Entered,
    Unknown,
}

impl App {
    /// Where a customer's form is: here, or else at the endpoint.
    pub(crate) async fn change_lookup(&self, args: ChangeLookup) -> Result<ChangeFound, CommandError> {
        self.desk().demand_collector()?;
        let (_, place) = self.place_of(&args.number).await?;
        let plain = |state| ChangeFound { state, unit: None, member: None };
        Ok(match place {
            Place::Draft(MemberRef { unit, member }) => ChangeFound { state: ChangeState::Draft, unit: Some(unit), member: Some(member) },
            Place::Waiting(_) => plain(ChangeState::Waiting),
            Place::Opened(_) => plain(ChangeState::Opened),
            Place::Entered => plain(ChangeState::Entered),
            Place::Unknown => plain(ChangeState::Unknown),
        })
    }

    /// Begins the form that replaces it. A withdrawal is the customer's word that nothing is to be entered: no information has to come first.
    pub(crate) async fn change_begin(&self, args: ChangeBegin) -> Result<MemberRef, CommandError> {
        let label = checked_label(&args.label)?;
        let sitting = {
            let desk = self.desk();
            desk.demand_collector()?;
            desk.sitting
        };
        let (number, place) = self.place_of(&args.number).await?;
        let replaces = match place {
            Place::Waiting(form) | Place::Opened(form) => form,
            Place::Draft(at) => return Err(draft_here(at)),
            Place::Entered => return Err(CommandError::new(ErrorCode::PastChange)),
            Place::Unknown => return Err(CommandError::new(ErrorCode::NothingToChange)),
        };
        let mut draft = DraftForm::new(args.asking);
        if args.withdraw {
            refuse_and_check(&mut draft)?;
        }
        let mut member = MemberItem::new(new_id(), label, Some(number.clone()), args.asking, RecordId::from_random(new_id()));
        member.set_state(draft.state());
        member.answered_at = args.withdraw.then(|| self.now());
        let (unit_id, member_id) = (new_id(), member.id);
        let form = draft.encode();
        let forms: &[([u8; 16], &[u8])] = if args.withdraw { &[(member_id, &form)] } else { &[] };
        let mut desk = self.desk();
        desk.demand_sitting(sitting)?;
        // Begun twice at once, there would be two forms that replace the same one.
        if let Some(at) = desk.draft_here(&number)? {
            return Err(draft_here(at));
        }
        let unit = UnitItem { members: vec![member], replaces: Some(replaces), ..UnitItem::new(None, String::new(), self.now()) };
        desk.save_unit(&unit_id, unit, forms)?;
        drop(desk);
        self.changed();
        Ok(MemberRef { unit: hex::encode(unit_id), member: hex::encode(member_id) })
    }

    async fn place_of(&self, typed: &TypedNumber) -> Result<(String, Place), CommandError> {
        let (number, tag) = {
            let desk = self.desk();
            desk.unlocked()?;
            let number = TypedNumbers::of(desk.settings())?.customer(typed)?.ok_or(ErrorCode::NumberFollows)?;
            if let Some(place) = desk.place_here(&number)? {
                return Ok((number, place));
            }
            let tag = TagKey::from_bytes(desk.unlocked()?.state()?.tag_key).customer(&number);
            (number, tag)
        };
        let request = LookupRequest { tags: vec![tag] };
        let found: LookupReply = self.exchange(Who::Member, Method::POST, "/v1/lookups", Some(&request)).await?;
        Ok((number, newest(found.records)))
    }
}

fn draft_here(at: MemberRef) -> CommandError {
    CommandError::new(ErrorCode::DraftHere).with("unit", at.unit).with("member", at.member)
}

impl Desk {
    /// A draft of this customer on this device.
    fn draft_here(&self, number: &str) -> Result<Option<MemberRef>, CommandError> {
        for (id, unit) in self.unlocked()?.units()? {
            let theirs = |member: &&MemberItem| member.number.as_deref() == Some(number) && !member.is_already_collected();
            if let Some(member) = unit.members.iter().find(theirs) {
                return Ok(Some(MemberRef { unit: hex::encode(id), member: hex::encode(member.id) }));
            }
        }
        Ok(None)
    }

    /// Whether a draft or a sealed form of this customer is on this device.
    pub(super) fn is_here(&self, number: &str) -> Result<bool, CommandError> {
        Ok(self.place_here(number)?.is_some())
    }

    /// On this device: a draft, or a form that is sealed and not handed over.
    fn place_here(&self, number: &str) -> Result<Option<Place>, CommandError> {
        if let Some(draft) = self.draft_here(number)? {
            return Ok(Some(Place::Draft(draft)));
        }
        let unlocked = self.unlocked()?;
        let here = self.sealed_here()?;
        let items = unlocked.mig_items()?.into_iter().map(|(_, item)| item);
        // A number that was brought later and waits here: the endpoint cannot find its form by it yet.
        let mut sealed = items.filter(|item| item.customer_number.as_deref() == Some(number) && item.is_on_its_way(&here));
        Ok(sealed.find_map(|item| item.sent).map(Place::Waiting))
    }
}

/// The newest form that counts: of those that no later one replaces, one that is not destroyed.
fn newest(mut records: Vec<FoundRecord>) -> Place {
    records.retain(|form| !form.superseded);
    let is_known = !records.is_empty();
    let Some(form) = records.into_iter().find(|form| form.state != LookupState::Destroyed) else {
        return if is_known { Place::Entered } else { Place::Unknown };
    };
    let FoundRecord { record, team, unit_tag, unit_members, state, .. } = form;
    let sent = SentForm { record, team, unit_tag, unit_members };
    if state == LookupState::Opened { Place::Opened(sent) } else { Place::Waiting(sent) }
}
