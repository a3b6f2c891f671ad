//! Delivery: what becomes of each envelope that arrives.

use office::directory::VerifiedDirectory;
use protocol::api::{HoldReason, RecordState};
use protocol::directory::EpochState;
use protocol::envelope::EnvelopeHeader;
use protocol::log::LeafKind;
use protocol::problem::ProblemCode;
use protocol::{DeviceId, Digest, MemberId};
use rusqlite::{Connection, OptionalExtension, params};

use super::batch::{Attested, Batch};
use super::fault::{Refusal, StoreFault};
use super::number::{from_sql, to_sql};
use super::replacement;
use super::units::{self, Unit};

const KNOWN: &str = "SELECT coalesce(delivered_digest, digest), held_on_arrival, stored_position, destroyed_position FROM record WHERE record = ?1";
const PARTNERS_UNIT: &str = "SELECT unit.id, unit.clerk FROM record JOIN unit ON unit.id = record.unit \
             WHERE record.team = ?1 AND (record.record = ?2 OR record.follows = ?3) ORDER BY record.id LIMIT 1";
const CUSTOMERS_UNIT: &str = "SELECT unit.id, unit.clerk FROM customer_tag JOIN record ON record.id = customer_tag.record \
             JOIN unit ON unit.id = record.unit WHERE customer_tag.tag = ?1 AND record.team = ?2 AND (record.record = ?3 OR record.supersedes = ?4) \
             ORDER BY record.id LIMIT 1";

/// What each delivered envelope asks of the database: all by an index, however many records there are.
#[cfg(test)]
pub(super) fn lookups() -> Vec<String> {
    let here = [KNOWN, PARTNERS_UNIT, CUSTOMERS_UNIT].map(str::to_owned);
    here.into_iter().chain(super::replacement::lookups()).collect()
}

/// A decoded envelope with the exact bytes it came in and their digest.
pub(crate) struct Incoming {
    pub(crate) header: EnvelopeHeader,
    pub(crate) bytes: Vec<u8>,
    pub(crate) digest: Digest,
}

/// What became of it; receipts by their place in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placed {
    Stored(u64),
    Held(u64),
    Tombstone(u64, u64),
    Refused(ProblemCode),
}

/// Why a clerk must decide before a record is simply entered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    No = 0,
    TagKnown = 1,
    RevokedDevice = 2,
    Superseded = 3,
}

/// The columns that a record's state follows from.
pub(super) struct Facts {
    pub(super) destroyed: bool,
    pub(super) hold: i64,
    pub(super) awaits_number: bool,
    pub(super) opened_by: Option<MemberId>,
    pub(super) clerk: Option<MemberId>,
}

impl Facts {
    pub(super) fn state(&self) -> RecordState {
        match self {
            Self { destroyed: true, .. } => RecordState::Destroyed,
            // Before "held": what cannot be opened yet is not offered for a decision either.
            Self { awaits_number: true, .. } => RecordState::AwaitsNumber,
            Self { hold, .. } if *hold != Hold::No as i64 => RecordState::Held,
            Self { clerk: Some(clerk), opened_by: Some(opener), .. } if clerk == opener => RecordState::Opened,
            Self { clerk: Some(_), .. } => RecordState::Assigned,
            Self { clerk: None, .. } => RecordState::Waiting,
        }
    }

    /// Whether a later record of the same customer replaces it.
    pub(super) fn is_frozen(&self) -> bool {
        self.hold == Hold::Superseded as i64
    }

    /// Why it is held.
    pub(super) fn hold_reason(&self) -> Option<HoldReason> {
        replacement::reason(self.hold)
    }
}

impl Batch<'_> {
    /// Stores what is new and recognises what is not. One envelope's refusal changes nothing for the others.
    pub(crate) fn deliver(
        &mut self,
        device: DeviceId,
        device_revoked: bool,
        envelopes: &[Result<Incoming, ProblemCode>],
    ) -> Result<Vec<Placed>, Refusal> {
        let place = |envelope: &Result<Incoming, ProblemCode>| match envelope {
            Ok(incoming) => self.place(device, device_revoked, incoming),
            Err(code) => Ok(Placed::Refused(*code)),
        };
        envelopes.iter().map(place).collect()
    }

    fn place(&mut self, device: DeviceId, device_revoked: bool, incoming: &Incoming) -> Result<Placed, Refusal> {
        let office = self.office()?;
        if let Some(known) = known(self.sql, incoming)? {
            return Ok(known);
        }
        if !is_addressed_right(&office.directory, &incoming.header) {
            return Ok(Placed::Refused(ProblemCode::Misaddressed));
        }
        let hold = if device_revoked { Hold::RevokedDevice } else { Hold::No };
        let unit = self.unit_of(&incoming.header)?;
        let position = self.insert(device, incoming, hold, unit)?;
        self.assign(&office.directory, incoming.header.team, unit)?;
        replacement::settle(self.sql, incoming.header.record)?;
        // What is frozen on arrival waits for nobody's decision: whoever opens its replacement has it destroyed.
        let held = "UPDATE record SET held_on_arrival = (hold IN (1, 2)) WHERE record = ?1 RETURNING held_on_arrival";
        let is_held: bool = self.sql.prepare_cached(held)?.query_row([incoming.header.record.0], |row| row.get(0))?;
        Ok(if is_held { Placed::Held(position) } else { Placed::Stored(position) })
    }

    /// A number that follows and the record it is for belong together, and so do a record and the one that replaces it, whichever of them arrives first.
    fn unit_of(&self, header: &EnvelopeHeader) -> Result<Unit, StoreFault> {
        let partner = params![header.team.0, header.follows.map(|id| id.0), header.record.0];
        let customer = params![header.customer_tag.0, header.team.0, header.supersedes.map(|id| id.0), header.record.0];
        for (query, params) in [(PARTNERS_UNIT, partner), (CUSTOMERS_UNIT, customer)] {
            let mut select = self.sql.prepare_cached(query)?;
            let row = |row: &rusqlite::Row<'_>| Ok(Unit { id: row.get(0)?, clerk: row.get::<_, Option<_>>(1)?.map(MemberId) });
            if let Some(unit) = select.query_row(params, row).optional()? {
                return Ok(unit);
            }
        }
        units::unit(self.sql, header.team, header.unit_tag)
    }

    fn insert(&mut self, device: DeviceId, incoming: &Incoming, hold: Hold, unit: Unit) -> Result<u64, Refusal> {
        let Incoming { header, bytes, digest } = incoming;
        let attested = Attested {
            kind: LeafKind::Stored,
            device,
            record: header.record,
            digest: *digest,
            length: bytes.len() as u64,
            team_key_epoch: header.team_key_epoch,
            statement: None,
        };
        let position = self.attest(header.office, attested)?;
        self.sql
            .prepare_cached(
                "INSERT INTO record (record, digest, length, device, team, epoch, unit, unit_members, token_hash, supersedes, follows, \
                 awaits_number, awaited, hold, held_on_arrival, stored_at, stored_position) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13, 0, ?14, ?15)",
            )?
            .execute(params![
                header.record.0,
                digest.0,
                to_sql(bytes.len() as u64),
                device.0,
                header.team.0,
                header.team_key_epoch,
                unit.id,
                header.unit_members,
                header.token_hash.0,
                header.supersedes.map(|id| id.0),
                header.follows.map(|id| id.0),
                header.awaits_number,
                hold as i64,
                to_sql(self.now.0),
                to_sql(position),
            ])?;
        let id = self.sql.last_insert_rowid();
        self.sql.prepare_cached("INSERT INTO envelope (record, bytes) VALUES (?1, ?2)")?.execute(params![id, bytes])?;
        self.sql.prepare_cached("INSERT INTO customer_tag (tag, record) VALUES (?1, ?2)")?.execute(params![header.customer_tag.0, id])?;
        Ok(position)
    }
}

/// Recognises a record by its id: the same bytes get the same receipt, other bytes are a conflict.
fn known(sql: &Connection, incoming: &Incoming) -> Result<Option<Placed>, StoreFault> {
    let mut select = sql.prepare_cached(KNOWN)?;
    let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, [u8; 32]>(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let known: Option<([u8; 32], bool, i64, Option<i64>)> = select.query_row([incoming.header.record.0], row).optional()?;
    let Some((digest, held, stored, destroyed)) = known else { return Ok(None) };
    let stored = from_sql(stored)?;
    Ok(Some(match destroyed {
        _ if digest != incoming.digest.0 => Placed::Refused(ProblemCode::Conflict),
        Some(destroyed) => Placed::Tombstone(stored, from_sql(destroyed)?),
        None if held => Placed::Held(stored),
        None => Placed::Stored(stored),
    }))
}

fn is_addressed_right(directory: &VerifiedDirectory, header: &EnvelopeHeader) -> bool {
    let key = directory.key_epoch(&header.team, header.team_key_epoch);
    header.office == directory.office() && key.is_some_and(|key| key.state != EpochState::Destroyed)
}
