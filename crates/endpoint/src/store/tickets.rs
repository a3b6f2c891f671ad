//! Tickets, and the enrolments that used them.

use protocol::directory::{Device, Standing};
use protocol::enrolment::{Enrolment, MacedEnrolment};
use protocol::problem::ProblemCode;
use protocol::{DeviceId, MemberId, PublicKey, TicketId, UnixTime, from_cbor, to_cbor};
use rusqlite::{Connection, OptionalExtension, params};

use super::Store;
use super::batch::Batch;
use super::fault::{Refusal, StoreFault};
use super::number::{from_sql, to_sql};

/// A ticket that an administrator leaves.
pub(crate) struct NewTicket {
    pub(crate) ticket: TicketId,
    pub(crate) expires_at: UnixTime,
    pub(crate) grant: Vec<u8>,
}

/// An enrolment with the bytes it came in. Its MAC is for the administrator to check: the endpoint cannot.
pub(crate) struct NewEnrolment {
    pub(crate) enrolment: Enrolment,
    pub(crate) maced: MacedEnrolment,
}

/// Whose enrolment waits for an administrator.
#[derive(Clone, Copy)]
pub(crate) enum PendingSigner {
    Member(MemberId),
    Device(DeviceId),
}

/// A ticket can be redeemed for so long at the most, in seconds, whatever the clock of the app says that made it: 30 days.
const LONGEST_LIFE: u64 = 30 * 24 * 3600;

struct Row {
    expires_at: i64,
    grant: Vec<u8>,
    enrolment: Option<Vec<u8>>,
}

impl Batch<'_> {
    /// Leaves a ticket; the same again is fine, the same id with other content is not.
    pub(crate) fn leave_ticket(&mut self, new: &NewTicket) -> Result<(), Refusal> {
        if let Some(row) = ticket(self.sql, new.ticket)? {
            // Asked again within a day, a life that was cut is known by being almost the longest.
            let longest = self.now.plus(LONGEST_LIFE);
            let was_cut = new.expires_at > longest && from_sql(row.expires_at)? + 24 * 3600 > longest.0;
            let same_life = row.expires_at == to_sql(new.expires_at.0) || was_cut;
            let same = row.grant == new.grant && same_life;
            return if same { Ok(()) } else { Err(ProblemCode::Conflict.into()) };
        }
        self.sql.prepare_cached("INSERT INTO ticket (ticket, expires_at, grant_sealed) VALUES (?1, ?2, ?3)")?.execute(params![
            new.ticket.0,
            to_sql(new.expires_at.min(self.now.plus(LONGEST_LIFE)).0),
            new.grant
        ])?;
        Ok(())
    }

    /// Uses a ticket and returns what it grants. The same bytes again get the same answer, whenever: the first answer may have been lost.
    pub(crate) fn enrol(&mut self, new: &NewEnrolment) -> Result<Vec<u8>, Refusal> {
        let enrolment = &new.enrolment;
        let row = ticket(self.sql, enrolment.ticket)?.ok_or(ProblemCode::TicketInvalid)?;
        let bytes = to_cbor(&new.maced);
        match &row.enrolment {
            Some(used) if *used == bytes => return Ok(row.grant),
            Some(_) => return Err(ProblemCode::TicketInvalid.into()),
            None => {}
        }
        if self.now.0 > from_sql(row.expires_at)? || enrolment.office != self.office()?.office() {
            return Err(ProblemCode::TicketInvalid.into());
        }
        let superseded = self.superseded_by(enrolment)?;
        if self.is_known(enrolment, superseded)? {
            return Err(ProblemCode::Conflict.into());
        }
        if let Some(superseded) = superseded {
            self.forget_enrolment(superseded)?;
        }
        let mut update = self.sql.prepare_cached(
            "UPDATE ticket SET enrolment = ?2, enrolled_at = ?3, member = ?4, member_key = ?5, device = ?6, device_key = ?7 WHERE ticket = ?1",
        )?;
        let Enrolment { ticket, member, member_key, device, device_key, .. } = enrolment;
        update.execute(params![ticket.0, bytes, to_sql(self.now.0), member.0, member_key.0, device.0, device_key.0])?;
        Ok(row.grant)
    }

    /// The ticket with which this very device, by its id and its key, waits already. A device whose answer was lost enrols with another ticket.
    fn superseded_by(&self, enrolment: &Enrolment) -> Result<Option<TicketId>, Refusal> {
        let mut select = self.sql.prepare_cached("SELECT ticket, member FROM ticket WHERE device = ?1 AND device_key = ?2")?;
        let row = |row: &rusqlite::Row<'_>| Ok((TicketId(row.get(0)?), MemberId(row.get(1)?)));
        let before: Vec<_> = select.query_map(params![enrolment.device.0, enrolment.device_key.0], row)?.collect::<Result<_, _>>()?;
        let directory = &self.office()?.directory;
        // On a device that is in the directory several may wait: they are colleagues, not one who enrols anew.
        if directory.device(&enrolment.device).is_some() {
            return Ok(None);
        }
        // Colleagues who enrolled on it and are in the directory use it too.
        Ok(before.into_iter().find(|(_, member)| directory.member(member).is_none()).map(|(ticket, _)| ticket))
    }

    /// Takes an enrolment off the list. Its ticket stays used, but no bytes are those that used it.
    fn forget_enrolment(&self, ticket: TicketId) -> Result<(), Refusal> {
        self.sql
            .prepare_cached(
                "UPDATE ticket SET enrolment = x'', member = NULL, member_key = NULL, device = NULL, device_key = NULL WHERE ticket = ?1",
            )?
            .execute([ticket.0])?;
        Ok(())
    }

    /// Whether the ids are somebody's already, in the directory or waiting for it, apart from the enrolment that this one replaces. A device that counts may bring
    /// another member, under its own key.
    fn is_known(&self, enrolment: &Enrolment, superseded: Option<TicketId>) -> Result<bool, Refusal> {
        let founded = self.office()?;
        let directory = &founded.directory;
        let is_same = |device: &Device| device.key == enrolment.device_key && device.standing == Standing::Active;
        let listed = directory.member(&enrolment.member).is_some() || directory.device(&enrolment.device).is_some_and(|device| !is_same(device));
        let mut select = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM ticket WHERE (member = ?1 OR (device = ?2 AND device_key IS NOT ?4)) AND ticket IS NOT ?3)",
        )?;
        let superseded = superseded.map(|ticket| ticket.0);
        let waiting = params![enrolment.member.0, enrolment.device.0, superseded, enrolment.device_key.0];
        Ok(listed || select.query_row(waiting, |row| row.get(0))?)
    }
}

fn ticket(sql: &Connection, ticket: TicketId) -> Result<Option<Row>, StoreFault> {
    let mut select = sql.prepare_cached("SELECT expires_at, grant_sealed, enrolment FROM ticket WHERE ticket = ?1")?;
    let row = |row: &rusqlite::Row<'_>| Ok(Row { expires_at: row.get(0)?, grant: row.get(1)?, enrolment: row.get(2)? });
    Ok(select.query_row([ticket.0], row).optional()?)
}

impl Store {
    /// Enrolments that no directory contains yet, oldest first.
    pub(crate) async fn waiting_enrolments(&self) -> Result<Vec<MacedEnrolment>, StoreFault> {
        let founded = self.snapshot().founded.clone();
        let listed = move |member: MemberId| founded.as_ref().is_some_and(|office| office.directory.member(&member).is_some());
        self.readers
            .read(move |sql| {
                let mut select = sql.prepare_cached("SELECT member, enrolment FROM ticket WHERE member IS NOT NULL ORDER BY enrolled_at, ticket")?;
                let rows = select.query_map([], |row| Ok((MemberId(row.get(0)?), row.get::<_, Vec<u8>>(1)?)))?;
                let mut waiting = Vec::new();
                for row in rows {
                    let (member, bytes) = row?;
                    if !listed(member) {
                        waiting.push(from_cbor(&bytes, 64 * 1024).map_err(|_| StoreFault::Damaged("an enrolment"))?);
                    }
                }
                Ok(waiting)
            })
            .await
    }

    /// The key that a waiting enrolment names for this signer.
    pub(crate) async fn pending_key(&self, signer: PendingSigner) -> Result<Option<PublicKey>, StoreFault> {
        self.readers
            .read(move |sql| {
                let (query, id) = match signer {
                    PendingSigner::Member(id) => ("SELECT member_key FROM ticket WHERE member = ?1", id.0),
                    PendingSigner::Device(id) => ("SELECT device_key FROM ticket WHERE device = ?1", id.0),
                };
                Ok(sql.prepare_cached(query)?.query_row([id], |row| row.get(0).map(PublicKey)).optional()?)
            })
            .await
    }
}
