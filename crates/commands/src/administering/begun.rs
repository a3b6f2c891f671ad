//! An enrolment under way. Its keys are durable before they are sent, and the same ones go out again when the same ticket is redeemed again: a lost reply
//! or a kill does not use the ticket up.

use office::keys::SigningSecret;
use protocol::enrolment::Enrolment;
use protocol::{DeviceId, MemberId, OfficeId, PublicKey, TicketId, from_cbor, to_cbor};
use vault::{ItemId, Session, Setting, UnlockError, UserId, Vault};
use zeroize::Zeroizing;

use crate::api::{CommandError, ErrorCode, Passphrase};
use crate::desk::BEGUN_ENROLMENT;
use crate::ids::new_id;
use crate::stored::{EnrolmentItem, EnrolmentNote, MAX_ITEM_BYTES};

/// What an enrolment begins with.
pub struct Newcomer {
    /// The office that the ticket names.
    pub office: OfficeId,
    /// The ticket.
    pub ticket: TicketId,
    /// As typed.
    pub name: String,
    /// As typed.
    pub passphrase: Passphrase,
    /// This device.
    pub device: DeviceId,
    /// Its public key.
    pub device_key: PublicKey,
}

/// An enrolment whose keys are durable.
pub struct Begun {
    /// The newcomer's part of the vault.
    pub session: Session,
    /// What is sent, and the seed behind it.
    pub item: EnrolmentItem,
    place: ItemId,
}

/// What the device noted of an enrolment under way.
pub fn note(vault: &Vault) -> Result<Option<EnrolmentNote>, CommandError> {
    let damaged = |_| CommandError::new(ErrorCode::VaultDamaged).with("what", "enrolment");
    vault.get_setting(Setting::Enrolment)?.map(|bytes| from_cbor(&bytes, MAX_ITEM_BYTES).map_err(damaged)).transpose()
}

/// Takes up the enrolment that was begun with this ticket, or begins one. One with another ticket is given up. Takes as long as a passphrase costs.
pub fn begin(vault: &Vault, newcomer: &Newcomer) -> Result<Begun, CommandError> {
    if let Some(note) = note(vault)?.filter(|note| note.ticket == newcomer.ticket)
        && let Some(begun) = take_up(vault, note.user(), &newcomer.passphrase)?
    {
        return Ok(begun);
    }
    give_up(vault)?;
    begin_anew(vault, newcomer)
}

/// Destroys what an enrolment under way has left, if there is one.
pub fn give_up(vault: &Vault) -> Result<(), CommandError> {
    if let Some(note) = note(vault)? {
        vault.remove_user(note.user())?;
        vault.remove_setting(Setting::Enrolment)?;
    }
    Ok(())
}

/// None if a kill left nothing that could have been sent.
fn take_up(vault: &Vault, user: UserId, passphrase: &Passphrase) -> Result<Option<Begun>, CommandError> {
    let session = match vault.unlock(user, passphrase.expose()) {
        Ok(session) => session,
        Err(UnlockError::UnknownUser | UnlockError::Damaged { .. }) => return Ok(None),
        Err(UnlockError::WrongPassphrase { retry_after_seconds }) => {
            return Err(CommandError::new(ErrorCode::EnrolmentBegun).with("wait_seconds", retry_after_seconds));
        }
        Err(error) => return Err(error.into()),
    };
    let found = session.list(BEGUN_ENROLMENT)?;
    let item = found.items.first().and_then(|(place, bytes)| Some((*place, from_cbor(bytes, MAX_ITEM_BYTES).ok()?)));
    Ok(item.map(|(place, item)| Begun { session, item, place }))
}

/// Note, user, keys, in this order: whatever a kill leaves is found by the note.
fn begin_anew(vault: &Vault, newcomer: &Newcomer) -> Result<Begun, CommandError> {
    let user = UserId::make();
    vault.put_setting(Setting::Enrolment, &to_cbor(&EnrolmentNote::new(newcomer.ticket, user)))?;
    let session = vault.create_user_as(user, &newcomer.name, newcomer.passphrase.expose())?;
    let secret = SigningSecret::make();
    let enrolment = Enrolment {
        version: 1,
        office: newcomer.office,
        ticket: newcomer.ticket,
        member: MemberId::from_random(new_id()),
        name: newcomer.name.clone(),
        member_key: secret.public_key(),
        device: newcomer.device,
        device_key: newcomer.device_key,
    };
    let item = EnrolmentItem { version: 1, seed: *secret.expose_seed(), enrolment };
    let place = ItemId::make();
    session.put(BEGUN_ENROLMENT, place, &Zeroizing::new(to_cbor(&item)))?;
    Ok(Begun { session, item, place })
}

impl Begun {
    /// The session to sit down with, and where in it the item lies that is of no use any more.
    pub fn into_parts(self) -> (Session, EnrolmentItem, ItemId) {
        (self.session, self.item, self.place)
    }
}

#[cfg(test)]
#[path = "begun_tests.rs"]
mod tests;
