//! Finalising: a sealed form takes its draft's place, and never before it was read back from the disk and found right.

use minicbor::bytes::ByteVec;
use protocol::limits::MAX_ENVELOPE_BYTES;
use protocol::{RecordId, UnixTime};
use rusqlite::Connection;

use crate::MAX_ITEM_BYTES;
use crate::change::{self, ItemChange};
use crate::error::{Fault, FinaliseError, SaveError};
use crate::ids::{ItemId, ItemKind};
use crate::items;
use crate::outbox::{self, OutboxBody, PENDING, SEALED};
use crate::ring::Ring;
use crate::session::{Session, demand_current};
use crate::store::{Inner, Shredded};

/// What becomes of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftFate {
    /// It is destroyed: nobody reads the form on this device any more.
    Shred,
    /// It is kept for its author as [`ItemKind::KeptForm`], until the first envelope of this app version and team key was opened centrally.
    Keep,
}

/// One form to be finalised.
#[derive(Debug)]
pub struct FinaliseItem {
    /// The draft, of kind [`ItemKind::Form`].
    pub form_item: ItemId,
    /// What becomes of it.
    pub fate: DraftFate,
    /// The record.
    pub record: RecordId,
    /// The team key epoch that it is sealed to.
    pub team_key_epoch: u32,
    /// The sealed envelope.
    pub bytes: Vec<u8>,
    /// The [`ItemKind::CollectionFlag`] item to be made or replaced in the same transaction.
    pub mig: Option<(ItemId, Vec<u8>)>,
}

impl Session {
    /// Hands sealed forms to the outbox, all or none: pending rows, committed → read back from the disk → `check` each → one transaction that makes them
    /// sealed, writes the marks and `changes` (the unit without its sealed members) and destroys the drafts, under a new epoch of this user.
    ///
    /// `check` gets what was read back; let it open the envelope with the content key and compare.
    ///
    /// # Errors
    /// [`FinaliseError`]; the drafts are still there and the outbox is as before.
    pub fn finalise<E>(
        &mut self,
        forms: &[FinaliseItem],
        changes: &[ItemChange],
        mut check: impl FnMut(RecordId, &[u8]) -> Result<(), E>,
    ) -> Result<Shredded, FinaliseError<E>> {
        let now = self.shared.now();
        let mut inner = self.shared.lock();
        demand_current(&inner.store, &self.ring).map_err(|_| FinaliseError::SessionOutdated)?;
        write_pending(&mut inner, &self.ring, forms, now)?;
        let result = read_back(&inner, forms, &mut check).and_then(|()| replace_drafts(&mut inner, &mut self.ring, forms, changes));
        if result.is_err() {
            // If this fails too, the next opening drops them.
            let _ = drop_pending(&mut inner);
        }
        result
    }
}

/// An envelope that takes no draft's place: it brings what an earlier one lacked.
#[derive(Debug)]
pub struct PostedItem {
    /// The record.
    pub record: RecordId,
    /// The team key epoch that it is sealed to.
    pub team_key_epoch: u32,
    /// The sealed envelope.
    pub bytes: Vec<u8>,
}

impl Session {
    /// Hands one sealed envelope to the outbox as [`Self::finalise`] does, with `changes` in the same transaction. Nothing is destroyed by it.
    ///
    /// # Errors
    /// [`FinaliseError`]; items and outbox are as before.
    pub fn post<E>(&mut self, item: &PostedItem, changes: &[ItemChange], check: impl FnOnce(&[u8]) -> Result<(), E>) -> Result<(), FinaliseError<E>> {
        if item.bytes.len() > MAX_ENVELOPE_BYTES {
            return Err(FinaliseError::TooLong);
        }
        let sealed_at = Some(self.shared.now());
        let mut inner = self.shared.lock();
        demand_current(&inner.store, &self.ring).map_err(|_| FinaliseError::SessionOutdated)?;
        let Inner { store, device } = &mut *inner;
        store.write(|tx, _| {
            let body = OutboxBody { version: 1, team_key_epoch: item.team_key_epoch, bytes: ByteVec::from(item.bytes.clone()), sealed_at };
            if outbox::insert_pending(tx, device, item.record, body)? { Ok(()) } else { Err(FinaliseError::IdTaken) }
        })?;
        let result = post_checked(&mut inner, &self.ring, item, changes, check);
        if result.is_err() {
            // If this fails too, the next opening drops them.
            let _ = drop_pending(&mut inner);
        }
        result
    }
}

fn post_checked<E>(
    inner: &mut Inner,
    ring: &Ring,
    item: &PostedItem,
    changes: &[ItemChange],
    check: impl FnOnce(&[u8]) -> Result<(), E>,
) -> Result<(), FinaliseError<E>> {
    inner.store.conn.execute_batch("PRAGMA shrink_memory").map_err(Fault::from)?;
    let bytes = outbox::read_pending(&inner.store.conn, &inner.device, item.record)?;
    check(&bytes).map_err(FinaliseError::Check)?;
    inner.store.write(|tx, _| {
        seal_pending(tx, item.record)?;
        change::apply(tx, ring, changes).map_err(save_to_finalise)
    })
}

/// Pending becomes sealed; anything else is no row of ours.
fn seal_pending<E>(conn: &Connection, record: RecordId) -> Result<(), FinaliseError<E>> {
    let sql = "UPDATE outbox SET state = ?2 WHERE record = ?1 AND state = ?3";
    let sealed = conn.prepare_cached(sql).and_then(|mut update| update.execute((record.0, SEALED, PENDING))).map_err(Fault::from)?;
    if sealed == 1 { Ok(()) } else { Err(FinaliseError::DraftMissing) }
}

fn write_pending<E>(inner: &mut Inner, ring: &Ring, forms: &[FinaliseItem], now: UnixTime) -> Result<(), FinaliseError<E>> {
    let too_long =
        |form: &FinaliseItem| form.bytes.len() > MAX_ENVELOPE_BYTES || form.mig.as_ref().is_some_and(|(_, mig)| mig.len() > MAX_ITEM_BYTES);
    if forms.iter().any(too_long) {
        return Err(FinaliseError::TooLong);
    }
    let Inner { store, device } = inner;
    store.write(|tx, _| {
        for form in forms {
            if items::get(tx, ring, ItemKind::Form, form.form_item)?.is_none() {
                return Err(FinaliseError::DraftMissing);
            }
            let body = OutboxBody { version: 1, team_key_epoch: form.team_key_epoch, bytes: ByteVec::from(form.bytes.clone()), sealed_at: Some(now) };
            if !outbox::insert_pending(tx, device, form.record, body)? {
                return Err(FinaliseError::IdTaken);
            }
        }
        Ok(())
    })
}

fn read_back<E>(inner: &Inner, forms: &[FinaliseItem], check: &mut impl FnMut(RecordId, &[u8]) -> Result<(), E>) -> Result<(), FinaliseError<E>> {
    // Empties SQLite's page cache: what is read now comes from the file.
    inner.store.conn.execute_batch("PRAGMA shrink_memory").map_err(Fault::from)?;
    for form in forms {
        let bytes = outbox::read_pending(&inner.store.conn, &inner.device, form.record)?;
        check(form.record, &bytes).map_err(FinaliseError::Check)?;
    }
    Ok(())
}

fn replace_drafts<E>(inner: &mut Inner, ring: &mut Ring, forms: &[FinaliseItem], changes: &[ItemChange]) -> Result<Shredded, FinaliseError<E>> {
    let ((), complete) = inner.store.rotate(ring, |tx, _, ring| {
        for form in forms {
            replace_draft(tx, ring, form)?;
        }
        change::apply(tx, ring, changes).map_err(save_to_finalise)?;
        Ok::<_, FinaliseError<E>>(())
    })?;
    Ok(Shredded { rows: forms.len(), complete })
}

fn replace_draft<E>(conn: &Connection, ring: &Ring, form: &FinaliseItem) -> Result<(), FinaliseError<E>> {
    seal_pending(conn, form.record)?;
    let there = match form.fate {
        DraftFate::Shred => items::delete(conn, ring, form.form_item)?,
        DraftFate::Keep => items::change_kind(conn, ring, ItemKind::Form, ItemKind::KeptForm, form.form_item)?,
    };
    if !there {
        return Err(FinaliseError::DraftMissing);
    }
    if let Some((item, mig)) = &form.mig {
        items::put(conn, ring, ItemKind::CollectionFlag, *item, mig).map_err(save_to_finalise)?;
    }
    Ok(())
}

fn save_to_finalise<E>(error: SaveError) -> FinaliseError<E> {
    match error {
        SaveError::DiskFull => FinaliseError::DiskFull,
        SaveError::TooLong => FinaliseError::TooLong,
        SaveError::IdTaken => FinaliseError::IdTaken,
        SaveError::SessionOutdated => FinaliseError::SessionOutdated,
        SaveError::Damaged { what } => FinaliseError::Damaged { what },
        SaveError::Io(kind) => FinaliseError::Io(kind),
    }
}

fn drop_pending(inner: &mut Inner) -> Result<(), Fault> {
    inner.store.write(|tx, _| tx.execute("DELETE FROM outbox WHERE state = 0", []).map(|_| ()).map_err(Fault::from))
}
