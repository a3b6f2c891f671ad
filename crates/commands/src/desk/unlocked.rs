//! Who is unlocked, and their items.

use std::collections::HashSet;

use protocol::{UnixTime, from_cbor, to_cbor};
use questionnaire::{Asking, DraftForm};
use vault::{ItemChange, ItemId, ItemKind, Session};

use super::unit_index::{UnitIndex, Units};

use crate::api::{CommandError, ErrorCode};
use crate::stored::{EntryItem, InvitationItem, MAX_ITEM_BYTES, MemberItem, MigItem, PaperItem, UnitItem, UserState};

/// The kind of an administrator's open invitations.
pub const INVITATION: ItemKind = ItemKind::Custom(1);
/// The kind of an enrolment that is under way.
pub const BEGUN_ENROLMENT: ItemKind = ItemKind::Custom(2);
/// The kind of a founding that is under way, or whose shares were just handed out.
pub const BEGUN_FOUNDING: ItemKind = ItemKind::Custom(3);
/// The kind of the secret behind an author's reply keys.
pub const REPLY_SECRET: ItemKind = ItemKind::Custom(4);

/// A user's part of the vault, open.
pub struct Unlocked {
    pub(super) session: Session,
    /// The name colleagues know.
    pub name: String,
    state: Option<UserState>,
    /// When the passphrase was given last: a PIN counts from then.
    pub passphrase_at: UnixTime,
    /// Who was informed in this sitting: units as a whole, and members alone (young people, and whoever filled in a sheet of paper).
    pub informed: HashSet<[u8; 16]>,
    index: UnitIndex,
}

/// An item that does not decode was written by a newer app or is damaged.
pub fn damaged(what: &str) -> CommandError {
    CommandError::new(ErrorCode::VaultDamaged).with("what", what)
}

impl Unlocked {
    /// Over a session; reads who the user is in the office.
    pub fn over(session: Session, name: String, passphrase_at: UnixTime) -> Result<Self, CommandError> {
        let found = session.list(ItemKind::Member)?;
        if !found.damaged.is_empty() {
            return Err(damaged("member"));
        }
        let state = match found.items.first() {
            Some((_, bytes)) => Some(from_cbor(bytes, MAX_ITEM_BYTES).map_err(|_| damaged("member"))?),
            None => None,
        };
        Ok(Self { session, name, state, passphrase_at, informed: HashSet::new(), index: UnitIndex::default() })
    }

    /// Whether the customer information was shown to this member: to the family at the table, or to a young person alone.
    pub fn is_informed(&self, unit: &[u8; 16], member: &MemberItem) -> bool {
        let at_the_table = member.asking() != Asking::ToYoungPerson && self.informed.contains(unit);
        at_the_table || self.informed.contains(&member.id)
    }

    /// Stores who a new user is.
    pub fn store_state(session: &Session, state: &UserState) -> Result<(), CommandError> {
        let bytes = zeroize::Zeroizing::new(to_cbor(state));
        // In a fixed place: stored again after a kill, it is still the one.
        Ok(session.put(ItemKind::Member, ItemId(state.member.0), &bytes)?)
    }

    /// The part of the vault.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The part of the vault, and nothing of what was read from it.
    pub fn into_session(self) -> Session {
        self.session
    }

    /// Whose session it is.
    pub fn user(&self) -> vault::UserId {
        self.session.user()
    }

    /// Who the user is in the office.
    pub fn state(&self) -> Result<&UserState, CommandError> {
        self.state.as_ref().ok_or_else(|| CommandError::new(ErrorCode::EnrolmentWaiting))
    }

    /// All units, in memory: opened at the first look in a sitting, and kept like the store from then on.
    pub fn index(&self) -> Result<&Units, CommandError> {
        self.index.get_or_load(|| Ok(self.items(ItemKind::Unit, "unit")?.into_iter().collect()))
    }

    /// All units, to keep.
    pub fn units(&self) -> Result<Vec<([u8; 16], UnitItem)>, CommandError> {
        Ok(self.index()?.iter().map(|(id, unit)| (*id, unit.clone())).collect())
    }

    /// Writes these changes in `write`, and follows them in memory. Every change to a unit goes through here: after a failure, or a fault in the middle,
    /// nothing is kept in memory, and the next look reads the store.
    pub(super) fn write<T, E: Into<CommandError>>(
        &mut self,
        changes: &[ItemChange],
        write: impl FnOnce(&mut Session, &[ItemChange]) -> Result<T, E>,
    ) -> Result<T, CommandError> {
        let mut index = std::mem::take(&mut self.index);
        let written = write(&mut self.session, changes).map_err(Into::into)?;
        index.follow(changes);
        self.index = index;
        Ok(written)
    }

    /// One unit.
    pub fn unit(&self, id: &[u8; 16]) -> Result<UnitItem, CommandError> {
        let bytes = self.session.get(ItemKind::Unit, ItemId(*id))?.ok_or(ErrorCode::NotFound)?;
        from_cbor(&bytes, MAX_ITEM_BYTES).map_err(|_| damaged("unit"))
    }

    /// The draft of a member's form; a new one if none was begun.
    pub fn draft(&self, member: &[u8; 16], asking: Asking) -> Result<DraftForm, CommandError> {
        match self.session.get(ItemKind::Form, ItemId(*member))? {
            Some(bytes) => DraftForm::decode(&bytes).map_err(|_| damaged("form")),
            None => Ok(DraftForm::new(asking)),
        }
    }

    /// Whether a draft was begun for any of these members.
    pub fn has_any_draft(&self, members: &[([u8; 16], protocol::RecordId)]) -> Result<bool, CommandError> {
        for (member, _) in members {
            if self.session.get(ItemKind::Form, ItemId(*member))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// All entries of the MIG list.
    pub fn mig_items(&self) -> Result<Vec<([u8; 16], MigItem)>, CommandError> {
        self.items(ItemKind::CollectionFlag, "mig")
    }

    /// What a PIN of this user needs to be set.
    pub fn to_remember(&self) -> vault::ToRemember {
        self.session.to_remember()
    }

    /// All reminders of paper.
    pub fn papers(&self) -> Result<Vec<([u8; 16], PaperItem)>, CommandError> {
        self.items(ItemKind::Paper, "paper")
    }

    /// All reminders of records in their grace.
    pub fn entries(&self) -> Result<Vec<([u8; 16], EntryItem)>, CommandError> {
        self.items(ItemKind::Entry, "entry")
    }

    /// All open invitations.
    pub fn invitations(&self) -> Result<Vec<([u8; 16], InvitationItem)>, CommandError> {
        self.items(INVITATION, "invitation")
    }

    /// Items of a kind. A damaged one is no reason to hide the others, and none to hide that it is there.
    pub(super) fn items<T>(&self, kind: ItemKind, what: &str) -> Result<Vec<([u8; 16], T)>, CommandError>
    where
        T: for<'b> minicbor::Decode<'b, ()> + minicbor::Encode<()>,
    {
        let found = self.session.list(kind)?;
        let decode = |(id, bytes): &(ItemId, vault::Bytes)| from_cbor(bytes, MAX_ITEM_BYTES).map(|item| (id.0, item)).map_err(|_| damaged(what));
        found.items.iter().map(decode).collect()
    }
}

impl super::Desk {
    /// What was kept to enrol is of no use once that is done.
    pub fn forget_begun_enrolment(&self) -> Result<(), CommandError> {
        let session = &self.unlocked()?.session;
        for (place, _) in session.list(BEGUN_ENROLMENT)?.items {
            session.remove(place)?;
        }
        Ok(())
    }

    /// Destroys the shares of the root key for good, if the unlocked user founded: whoever went on from the founding has seen them.
    pub fn forget_founding(&mut self) -> Result<(), CommandError> {
        let Ok(unlocked) = self.unlocked_mut() else { return Ok(()) };
        let found = unlocked.session.list(BEGUN_FOUNDING)?;
        let doomed: Vec<ItemId> = found.items.into_iter().map(|(place, _)| place).chain(found.damaged).collect();
        if !doomed.is_empty() {
            unlocked.session.shred(&doomed, &[])?;
        }
        Ok(())
    }

    /// The next look at the units reads the store.
    pub fn forget_units(&mut self) -> Result<(), CommandError> {
        self.unlocked_mut()?.index = UnitIndex::default();
        Ok(())
    }

    /// Sets another passphrase of the unlocked user, derived beforehand.
    pub fn set_passphrase(&mut self, new: vault::NewPassphrase) -> Result<(), CommandError> {
        Ok(self.unlocked_mut()?.session.set_passphrase(new)?)
    }
}
