//! Finalising: check, seal to the team's key, into the outbox, read back and compare, destroy the drafts.

use std::collections::HashMap;

use office::keys::SigningSecret;
use office::tags::TagKey;
use protocol::directory::{Member, Role};
use protocol::{Context, RecordId, Tag};
use questionnaire::Asking;
use sealing::{FormBody, HeaderFields, Purpose, ReopenCheck, ReplySecret, seal};

use crate::App;
use crate::api::{CommandError, ErrorCode, Finalised, UnitFinalise};
use crate::desk::{Desk, SealedForm};
use crate::ids::{new_id, parse_id};
use crate::stored::{MemberItem, MigItem, SentForm, UnitItem};
use vault::{DiscardReason, ItemId, LedgerKind};

/// What every form of one unit has in common.
struct Sealing<'a> {
    desk: &'a Desk,
    unit: &'a UnitItem,
    team: protocol::TeamId,
    epoch: u32,
    team_public: Vec<u8>,
    author: protocol::MemberId,
    secret: SigningSecret,
    tags: TagKey,
    replies: ReplySecret,
    unit_tag: Tag,
    unit_members: u8,
    now: protocol::UnixTime,
}

impl App {
    /// Seals the checked forms of a unit. Who is not checked must be left out by name; nobody is forgotten silently.
    pub(crate) async fn unit_finalise(&self, args: UnitFinalise) -> Result<Finalised, CommandError> {
        let id = parse_id(&args.unit)?;
        let left_out: Vec<[u8; 16]> = args.left_out.iter().map(|text| parse_id(text)).collect::<Result<_, _>>()?;
        let mut desk = self.desk();
        desk.demand_collector()?;
        let unit = desk.unlocked()?.unit(&id)?;
        let open = unit.members.iter().filter(|member| !member.is_done() && !left_out.contains(&member.id)).count();
        if open > 0 {
            return Err(CommandError::new(ErrorCode::NotChecked).with("count", open));
        }
        let ready: Vec<&MemberItem> = unit.members.iter().filter(|member| member.is_ready_to_seal() && !left_out.contains(&member.id)).collect();
        if ready.is_empty() {
            return Err(CommandError::new(ErrorCode::NothingToFinalise));
        }
        let (forms, mut checks) = desk.seal_all(&unit, &ready, self.now())?;
        // Only now: as long as a key may be missing, nothing of this unit is destroyed. Before the unit may go, so that no draft outlives it.
        desk.discard_collected(&unit, self.now())?;
        let records = forms.iter().map(|form| form.record.to_string()).collect();
        let rest = remaining(&unit, &ready, self.now());
        desk.finalise(&id, rest.as_ref(), &forms, |record, bytes| {
            let check = checks.remove(&record).ok_or(ErrorCode::SealingFailed)?;
            check.verify(bytes).map_err(|_| CommandError::new(ErrorCode::SealingFailed))
        })?;
        drop(desk);
        self.changed();
        Ok(Finalised { records, reminder: rest.is_some() })
    }
}

/// The unit without those whose forms are sealed; none when nobody is left to ask.
fn remaining(unit: &UnitItem, sealed: &[&MemberItem], now: protocol::UnixTime) -> Option<UnitItem> {
    let mut rest = unit.clone();
    rest.members.retain(|member| !sealed.iter().any(|other| other.id == member.id));
    rest.handed_over = rest.handed_over.saturating_add(sealed.len() as u8);
    rest.changed_at = now;
    // Their drafts are destroyed in the same step.
    rest.members.iter_mut().filter(|member| member.is_already_collected()).for_each(|member| member.answered_at = None);
    // Whoever was left out stays, checked or not: only those who were asked before need no reminder.
    if rest.members.iter().all(MemberItem::is_already_collected) { None } else { Some(rest) }
}

impl Desk {
    /// Only counsellors and case managers collect; a clerk's app refuses forms of others.
    pub(crate) fn demand_collector(&self) -> Result<(), CommandError> {
        if self.has_role(Role::Counsellor) { Ok(()) } else { self.demand_role(Role::CaseManager) }
    }

    /// Whoever collected before finishes what belongs to it: numbers that follow, questions from the clerks.
    pub(crate) fn demand_author(&self) -> Result<(), CommandError> {
        let member = self.unlocked()?.state()?.member;
        if self.directory()?.active_member(&member).is_some_and(Member::is_author) { Ok(()) } else { Err(ErrorCode::NotYourRole.into()) }
    }

    /// Who turned out to be asked before may have a draft all the same: it is destroyed now, with a line in the ledger, and not left behind.
    fn discard_collected(&mut self, unit: &UnitItem, now: protocol::UnixTime) -> Result<(), CommandError> {
        let collected: Vec<_> = unit.members.iter().filter(|member| member.is_already_collected()).map(|member| (member.id, member.record)).collect();
        if self.unlocked()?.has_any_draft(&collected)? {
            self.shred_drafts(&[], &collected, LedgerKind::Discarded(DiscardReason::Duplicate), now)?;
        }
        Ok(())
    }

    fn seal_all(
        &self,
        unit: &UnitItem,
        ready: &[&MemberItem],
        now: protocol::UnixTime,
    ) -> Result<(Vec<SealedForm>, HashMap<RecordId, ReopenCheck>), CommandError> {
        // What replaces a form goes where that one went.
        let team = match &unit.replaces {
            Some(earlier) => earlier.team,
            None => self.team_for(unit.number.as_deref()).ok_or(ErrorCode::TeamKeyMissing)?.team,
        };
        let key = self.open_key(team).ok_or(ErrorCode::TeamKeyMissing)?;
        let user = self.unlocked()?.state()?;
        let tags = TagKey::from_bytes(user.tag_key);
        let (unit_tag, unit_members) = match &unit.replaces {
            Some(earlier) => (earlier.unit_tag, earlier.unit_members),
            None => {
                let tag = unit.number.as_deref().map_or_else(random_tag, |number| tags.unit(number));
                (tag, u8::try_from(unit.forms_altogether()).unwrap_or(u8::MAX))
            }
        };
        let sealing = Sealing {
            desk: self,
            unit,
            team,
            epoch: key.epoch,
            team_public: key.public_key.to_vec(),
            author: user.member,
            secret: SigningSecret::from_seed(user.seed),
            tags,
            replies: self.reply_secret()?,
            unit_tag,
            unit_members,
            now,
        };
        let mut forms = Vec::with_capacity(ready.len());
        let mut checks = HashMap::new();
        for member in ready {
            let (form, check) = sealing.form(member)?;
            checks.insert(form.record, check);
            forms.push(form);
        }
        Ok((forms, checks))
    }
}

impl Sealing<'_> {
    fn form(&self, member: &MemberItem) -> Result<(SealedForm, ReopenCheck), CommandError> {
        let draft = self.desk.unlocked()?.draft(&member.id, Asking::ToPerson)?;
        let answers = draft.finalize().map_err(|_| CommandError::new(ErrorCode::NotChecked).with("count", 1))?;
        let body = FormBody {
            purpose: Purpose::Form,
            form: answers.encode().to_vec(),
            customer_number: member.number.clone(),
            unit_number: self.unit.number.clone(),
            author: self.author,
            made_at: self.now,
            checkpoint: self.desk.newest_checkpoint(),
            reply_key: Some(self.replies.key_for(member.record)),
        };
        let fields = HeaderFields {
            office: self.desk.office_id()?,
            team: self.team,
            team_key_epoch: self.epoch,
            record: member.record,
            unit_members: self.unit_members,
            customer_tag: member.number.as_deref().map_or_else(random_tag, |number| self.tags.customer(number)),
            unit_tag: self.unit_tag,
            awaits_number: member.number.is_none(),
            supersedes: self.unit.replaces.as_ref().map(|earlier| earlier.record),
            follows: None,
        };
        let sealed = seal(&fields, &body, &self.secret.public_key(), |message| self.secret.sign(Context::AuthorV1, message), &self.team_public)
            .map_err(|_| CommandError::new(ErrorCode::SealingFailed))?;
        let (mig_item, unit_number) = self.earlier_mark(member)?;
        let mig = MigItem {
            version: 1,
            record: member.record,
            customer_number: member.number.clone(),
            unit_number,
            label: member.label.clone(),
            since: self.now,
            ticked: false,
            sent: Some(SentForm { record: member.record, team: self.team, unit_tag: self.unit_tag, unit_members: self.unit_members }),
            number_sent: None,
        };
        let form = SealedForm { item: member.id, record: member.record, team_key_epoch: self.epoch, bytes: sealed.bytes, mig_item, mig };
        Ok((form, sealed.check))
    }

    /// A customer is to be marked once: what replaces a form takes the place of its entry, if that is here.
    fn earlier_mark(&self, member: &MemberItem) -> Result<(ItemId, Option<String>), CommandError> {
        if self.unit.replaces.is_none() {
            return Ok((ItemId::make(), self.unit.number.clone()));
        }
        let same = |item: &MigItem| item.customer_number.is_some() && item.customer_number == member.number;
        let earlier = self.desk.unlocked()?.mig_items()?.into_iter().find(|(_, item)| same(item));
        Ok(earlier.map_or_else(|| (ItemId::make(), None), |(id, item)| (ItemId(id), item.unit_number)))
    }
}

/// A tag that stands for no number: the endpoint cannot tell it from one that does.
pub(crate) fn random_tag() -> Tag {
    let (a, b) = (new_id(), new_id());
    let mut tag = [0; 32];
    tag[..16].copy_from_slice(&a);
    tag[16..].copy_from_slice(&b);
    Tag(tag)
}
