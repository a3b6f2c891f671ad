//! Drafts on the desk: saved in one transaction each, finalised, or discarded with a line in the ledger.

use protocol::{RecordId, UnixTime, to_cbor};
use questionnaire::DraftForm;
use vault::{DraftFate, FinaliseItem, ItemChange, ItemId, ItemKind, LedgerEntry, LedgerKind, PostedItem};

use super::Desk;
use super::unlocked::INVITATION;
use crate::api::CommandError;
use crate::stored::{InvitationItem, MigItem, UnitItem};

/// A unit read from a paper backlog, with its unchecked drafts.
pub struct NewUnit {
    /// Its id.
    pub id: [u8; 16],
    /// The unit.
    pub unit: UnitItem,
    /// Member id and draft.
    pub forms: Vec<([u8; 16], DraftForm)>,
}

/// A form sealed in memory, about to take its draft's place.
pub struct SealedForm {
    /// The draft's item.
    pub item: [u8; 16],
    /// The record.
    pub record: RecordId,
    /// The team key epoch it is sealed to.
    pub team_key_epoch: u32,
    /// The envelope.
    pub bytes: Vec<u8>,
    /// The entry of the MIG list, new or one that it replaces.
    pub mig_item: ItemId,
    /// The customer to mark once it is handed over.
    pub mig: MigItem,
}

impl Desk {
    /// Saves a unit and the drafts that changed with it, in one durable transaction.
    pub fn save_unit(&mut self, id: &[u8; 16], unit: UnitItem, forms: &[([u8; 16], &[u8])]) -> Result<(), CommandError> {
        let mut changes = vec![ItemChange::Put(ItemKind::Unit, ItemId(*id), to_cbor(&unit).into())];
        changes.extend(forms.iter().map(|(form, bytes)| ItemChange::Put(ItemKind::Form, ItemId(*form), bytes.to_vec().into())));
        self.unlocked_mut()?.write(&changes, |session, changes| session.apply(changes))
    }

    /// Saves one draft.
    pub fn save_form(&mut self, member: &[u8; 16], form: &[u8]) -> Result<(), CommandError> {
        Ok(self.unlocked()?.session.put(ItemKind::Form, ItemId(*member), form)?)
    }

    /// Saves imported units, all or none.
    pub fn save_new_units(&mut self, units: &[NewUnit]) -> Result<(), CommandError> {
        let mut changes = Vec::new();
        for new in units {
            changes.push(ItemChange::Put(ItemKind::Unit, ItemId(new.id), to_cbor(&new.unit).into()));
            changes.extend(new.forms.iter().map(|(form, draft)| ItemChange::Put(ItemKind::Form, ItemId(*form), draft.encode())));
        }
        self.unlocked_mut()?.write(&changes, |session, changes| session.apply(changes))
    }

    /// Destroys drafts for good, with `changes` to what stays; each draft that was begun leaves a line in the ledger.
    pub fn shred_drafts(
        &mut self,
        changes: &[ItemChange],
        members: &[([u8; 16], RecordId)],
        kind: LedgerKind,
        now: UnixTime,
    ) -> Result<(), CommandError> {
        let unlocked = self.unlocked_mut()?;
        let mut doomed = Vec::new();
        let mut entries = Vec::new();
        for (form, record) in members {
            if let Some(digest) = unlocked.session.stored_digest(ItemId(*form))? {
                doomed.push(ItemId(*form));
                entries.push(LedgerEntry { kind, record: *record, digest, receipt: None, at: now });
            }
        }
        unlocked.write(changes, |session, changes| session.shred_with(changes, &doomed, &entries))?;
        Ok(())
    }

    /// Puts sealed forms into the outbox in place of their drafts: read back from the disk and checked, then one transaction, under a new epoch key.
    pub fn finalise(
        &mut self,
        unit: &[u8; 16],
        rest: Option<&UnitItem>,
        forms: &[SealedForm],
        check: impl FnMut(RecordId, &[u8]) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        let items: Vec<FinaliseItem> = forms
            .iter()
            .map(|form| FinaliseItem {
                form_item: ItemId(form.item),
                fate: DraftFate::Shred,
                record: form.record,
                team_key_epoch: form.team_key_epoch,
                bytes: form.bytes.clone(),
                mig: Some((form.mig_item, to_cbor(&form.mig))),
            })
            .collect();
        let unit_change = match rest {
            Some(rest) => ItemChange::Put(ItemKind::Unit, ItemId(*unit), to_cbor(rest).into()),
            None => ItemChange::Delete(ItemId(*unit)),
        };
        self.unlocked_mut()?.write(&[unit_change], |session, changes| session.finalise(&items, changes, check))?;
        Ok(())
    }

    /// Puts a second envelope into the outbox, with the entry of the MIG list that it changes.
    pub fn post_number(
        &mut self,
        envelope: &PostedItem,
        entry: &[u8; 16],
        item: &MigItem,
        check: impl FnOnce(&[u8]) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        let change = ItemChange::Put(ItemKind::CollectionFlag, ItemId(*entry), to_cbor(item).into());
        Ok(self.unlocked_mut()?.session.post(envelope, &[change], check)?)
    }

    /// Saves an entry of the MIG list.
    pub fn save_mig(&mut self, id: &[u8; 16], item: &MigItem) -> Result<(), CommandError> {
        Ok(self.unlocked()?.session.put(ItemKind::CollectionFlag, ItemId(*id), &to_cbor(item))?)
    }

    /// Destroys the ticked entries of the MIG list for good: nothing about these customers is left on the device.
    pub fn destroy_ticked(&mut self) -> Result<(), CommandError> {
        let ticked: Vec<ItemId> = self
            .unlocked()?
            .mig_items()?
            .into_iter()
            .filter(|(_, item)| item.ticked && item.customer_number.is_some())
            .map(|(id, _)| ItemId(id))
            .collect();
        if !ticked.is_empty() {
            self.unlocked_mut()?.session.shred(&ticked, &[])?;
        }
        Ok(())
    }

    /// Keeps an open invitation.
    pub fn save_invitation(&mut self, id: &[u8; 16], item: &InvitationItem) -> Result<(), CommandError> {
        Ok(self.unlocked()?.session.put(INVITATION, ItemId(*id), &to_cbor(item))?)
    }

    /// Forgets an invitation.
    pub fn remove_invitation(&mut self, id: &[u8; 16]) -> Result<(), CommandError> {
        self.unlocked()?.session.remove(ItemId(*id))?;
        Ok(())
    }

    /// All open invitations of the unlocked administrator.
    pub fn invitations(&self) -> Result<Vec<([u8; 16], InvitationItem)>, CommandError> {
        self.unlocked()?.invitations()
    }
}
