//! Enrolments and a founding under way. Their keys are durable before they are sent, and the same ones go out again when the same ticket is redeemed (the
//! same code used) again: a lost reply or a kill does not use it up. One is given up only when the endpoint has refused it, or taken another.

use protocol::{MemberId, from_cbor, to_cbor};
use vault::{ItemId, ItemKind, Session, Setting, UnlockError, UserId, Vault};
use zeroize::Zeroizing;

use crate::api::{CommandError, ErrorCode, Passphrase};
use crate::stored::{BegunNote, BegunNotes, BegunState, MAX_ITEM_BYTES};

/// What somebody begins, or goes on with.
pub struct Beginning<'a> {
    /// The ticket's id, or the founding code's.
    pub id: [u8; 16],
    /// The kind of the item that keeps it.
    pub kind: ItemKind,
    /// As typed.
    pub name: &'a str,
    /// As typed.
    pub passphrase: &'a Passphrase,
}

/// Something whose keys are durable.
pub struct Begun<T> {
    /// The newcomer's part of the vault.
    pub session: Session,
    /// What is sent, and the secrets behind it.
    pub item: T,
}

fn damaged() -> CommandError {
    CommandError::new(ErrorCode::VaultDamaged).with("what", "enrolment")
}

fn notes(vault: &Vault) -> Result<BegunNotes, CommandError> {
    vault.get_setting(Setting::Enrolment)?.map_or_else(|| Ok(BegunNotes::default()), |bytes| BegunNotes::decode(&bytes).ok_or_else(damaged))
}

fn save(vault: &Vault, notes: &BegunNotes) -> Result<(), CommandError> {
    Ok(vault.put_setting(Setting::Enrolment, &to_cbor(notes))?)
}

/// The notes for everything but a beginning: damaged ones must not keep those out who are enrolled.
pub fn known(vault: &Vault) -> Result<BegunNotes, CommandError> {
    match notes(vault) {
        Err(error) if error.code == ErrorCode::VaultDamaged => Ok(BegunNotes::default()),
        other => other,
    }
}

/// Takes up what was begun with this ticket or code. None if nothing was, or so little that nothing can have been sent; that is cleared away. A user who
/// cannot be opened is left as she is. Takes as long as a passphrase costs.
pub fn take_up<T>(vault: &Vault, beginning: &Beginning<'_>) -> Result<Option<Begun<T>>, CommandError>
where
    T: for<'b> minicbor::Decode<'b, ()> + minicbor::Encode<()>,
{
    let notes = notes(vault)?;
    let Some(note) = notes.of(&beginning.id) else { return Ok(None) };
    let begun = match note.state {
        BegunState::GivenUp => None,
        BegunState::UnderWay | BegunState::Done => open(vault, note.user(), beginning)?,
    };
    if begun.is_none() && note.state != BegunState::Done {
        give_up(vault, |other| other.id == beginning.id)?;
    }
    Ok(begun)
}

/// None if there is no such user, or nothing was kept for her.
fn open<T>(vault: &Vault, user: UserId, beginning: &Beginning<'_>) -> Result<Option<Begun<T>>, CommandError>
where
    T: for<'b> minicbor::Decode<'b, ()> + minicbor::Encode<()>,
{
    let session = match vault.unlock(user, beginning.passphrase.expose()) {
        Ok(session) => session,
        Err(UnlockError::UnknownUser) => return Ok(None),
        Err(UnlockError::WrongPassphrase { retry_after_seconds }) => {
            return Err(CommandError::new(ErrorCode::EnrolmentBegun).with("wait_seconds", retry_after_seconds));
        }
        Err(error) => return Err(error.into()),
    };
    let found = session.list(beginning.kind)?;
    if !found.damaged.is_empty() {
        return Err(damaged());
    }
    let Some((_, bytes)) = found.items.first() else { return Ok(None) };
    let item = from_cbor(bytes, MAX_ITEM_BYTES).map_err(|_| damaged())?;
    Ok(Some(Begun { session, item }))
}

/// Note, user, keys, in this order: whatever a kill leaves is found by the note. What was begun with other tickets stays. Takes as long as a passphrase costs.
pub fn begin_anew<T: minicbor::Encode<()>>(vault: &Vault, beginning: &Beginning<'_>, item: T) -> Result<Begun<T>, CommandError> {
    let user = UserId::make();
    let mut notes = notes(vault)?;
    notes.notes.push(BegunNote::new(beginning.id, user));
    save(vault, &notes)?;
    let session = vault.create_user_as(user, beginning.name, beginning.passphrase.expose())?;
    session.put(beginning.kind, ItemId::make(), &Zeroizing::new(to_cbor(&item)))?;
    Ok(Begun { session, item })
}

/// Destroys those under way that `is_over` names, with the keys of their users.
pub fn give_up(vault: &Vault, is_over: impl Fn(&BegunNote) -> bool) -> Result<(), CommandError> {
    let mut notes = notes(vault)?;
    let mut over = Vec::new();
    for note in notes.notes.iter_mut().filter(|note| note.state == BegunState::GivenUp || (note.state == BegunState::UnderWay && is_over(note))) {
        note.state = BegunState::GivenUp;
        over.push(note.user());
    }
    if over.is_empty() {
        return Ok(());
    }
    save(vault, &notes)?;
    for user in &over {
        vault.remove_user(*user)?;
    }
    notes.notes.retain(|note| note.state != BegunState::GivenUp);
    save(vault, &notes)
}

/// The notes as they are once this one is done, to be stored together with what makes it so.
pub fn done(vault: &Vault, id: &[u8; 16], member: MemberId) -> Result<Vec<u8>, CommandError> {
    let mut notes = notes(vault)?;
    for note in notes.notes.iter_mut().filter(|note| note.id == *id) {
        note.state = BegunState::Done;
        note.member = Some(member);
    }
    Ok(to_cbor(&notes))
}

#[cfg(test)]
#[path = "begun_tests.rs"]
mod tests;
