//! Records that speak of others: a number that follows its form, and a change of mind that replaces an earlier form of the same customer.
//!
//! "The same customer" means a shared tag, in the same team. A form whose number followed has two: the random one of its own header and the number's.
//! Whatever the order of arrival, the same holds afterwards: every insert settles all records of that customer again.

use protocol::api::{HoldReason, ReplacedRecord, ReplacedState};
use protocol::{MemberId, RecordId, TeamId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::fault::StoreFault;
use super::grace;
use super::records::Hold;

/// Links that are followed from one record, at the most: nobody changes their mind so often.
const MAX_LINKS: usize = 32;

const SHARES_A_TAG: &str = "EXISTS (SELECT 1 FROM customer_tag AS own JOIN customer_tag AS shared ON shared.tag = own.tag \
     WHERE own.record = this.id AND shared.record = other.id)";
const OF_SAME_CUSTOMER: &str = "SELECT DISTINCT other.id, other.record, other.team, other.follows, other.supersedes, other.hold, \
     other.destroyed_position IS NOT NULL, other.replaced OR other.discarded, other.opened_by, other.accepted_position IS NOT NULL, other.awaited \
     FROM customer_tag AS own JOIN customer_tag AS shared ON shared.tag = own.tag AND shared.record <> own.record \
     JOIN record AS other ON other.id = shared.record WHERE own.record = ?1 ORDER BY other.id";
const COLUMNS: &str = "other.id, other.record, other.team, other.follows, other.supersedes, other.hold, \
     other.destroyed_position IS NOT NULL, other.replaced OR other.discarded, other.opened_by, other.accepted_position IS NOT NULL, other.awaited";

/// What linking looks at.
struct Linked {
    id: i64,
    record: RecordId,
    team: TeamId,
    follows: Option<RecordId>,
    supersedes: Option<RecordId>,
    hold: i64,
    destroyed: bool,
    /// Destroyed without entry.
    unentered: bool,
    opened_by: Option<MemberId>,
    accepted: bool,
    awaited: bool,
}

impl Linked {
    fn read(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            id: row.get(0)?,
            record: RecordId(row.get(1)?),
            team: TeamId(row.get(2)?),
            follows: row.get::<_, Option<_>>(3)?.map(RecordId),
            supersedes: row.get::<_, Option<_>>(4)?.map(RecordId),
            hold: row.get(5)?,
            destroyed: row.get(6)?,
            unentered: row.get(7)?,
            opened_by: row.get::<_, Option<_>>(8)?.map(MemberId),
            accepted: row.get(9)?,
            awaited: row.get(10)?,
        })
    }

    fn is_held(&self, hold: Hold) -> bool {
        self.hold == hold as i64
    }
}

/// Queries that a delivery asks, all by an index.
#[cfg(test)]
pub(super) fn lookups() -> Vec<String> {
    vec![OF_SAME_CUSTOMER.to_owned(), superseders_query(), by_record_query(), numbers_query(), replaced_query(), named_elsewhere_query()]
}

fn superseders_query() -> String {
    format!(
        "SELECT {COLUMNS} FROM record AS this JOIN record AS other ON other.supersedes IN (this.record, this.follows) AND other.team = this.team \
         WHERE this.id = ?1 AND other.id <> this.id AND {SHARES_A_TAG} ORDER BY other.id"
    )
}

fn by_record_query() -> String {
    format!("SELECT {COLUMNS} FROM record AS other WHERE other.record = ?1")
}

fn numbers_query() -> String {
    format!("SELECT {COLUMNS} FROM record AS other WHERE other.follows = ?1 AND other.team = ?2 ORDER BY other.id")
}

fn replaced_query() -> String {
    format!(
        "SELECT {COLUMNS} FROM record AS this JOIN record AS other ON other.team = this.team AND (other.record = this.supersedes OR other.follows = \
         this.supersedes) WHERE this.id = ?1 AND other.id <> this.id AND {SHARES_A_TAG} ORDER BY other.id"
    )
}

fn rows(sql: &Connection, query: &str, params: impl rusqlite::Params) -> Result<Vec<Linked>, StoreFault> {
    let mut select = sql.prepare_cached(query)?;
    let rows = select.query_map(params, Linked::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn by_record(sql: &Connection, record: RecordId) -> Result<Option<Linked>, StoreFault> {
    Ok(sql.prepare_cached(&by_record_query())?.query_row([record.0], Linked::read).optional()?)
}

fn superseders(sql: &Connection, id: i64) -> Result<Vec<Linked>, StoreFault> {
    rows(sql, &superseders_query(), [id])
}

/// Whether a later record of the same customer says that it replaces this one, or the form whose number this one brings.
pub(super) fn is_superseded(sql: &Connection, id: i64) -> Result<bool, StoreFault> {
    Ok(!superseders(sql, id)?.is_empty())
}

/// Whether a later record of the same customer that went to another team says that it replaces this one. Neither team can destroy the other's: both ask.
fn is_named_elsewhere(sql: &Connection, id: i64) -> Result<bool, StoreFault> {
    let mut select = sql.prepare_cached(&named_elsewhere_query())?;
    Ok(select.exists([id])?)
}

fn named_elsewhere_query() -> String {
    format!(
        "SELECT 1 FROM record AS this JOIN record AS other ON other.supersedes IN (this.record, this.follows) AND other.team <> this.team \
         WHERE this.id = ?1 AND {SHARES_A_TAG} AND NOT (other.replaced OR other.discarded)"
    )
}

fn set_hold(sql: &Connection, id: i64, hold: Hold) -> Result<(), StoreFault> {
    sql.prepare_cached("UPDATE record SET hold = ?2 WHERE id = ?1")?.execute(params![id, hold as i64])?;
    Ok(())
}

/// After a record arrived: gives forms their numbers, freezes what is replaced, and holds what a clerk has to decide about.
pub(super) fn settle(sql: &Connection, new: RecordId) -> Result<(), StoreFault> {
    let Some(arrived) = by_record(sql, new)? else { return Ok(()) };
    let form = match arrived.follows {
        None => Some(arrived.record),
        Some(form) => by_record(sql, form)?.filter(|form| form.team == arrived.team).map(|form| form.record),
    };
    if let Some(form) = form {
        give_number(sql, form, arrived.team)?;
    }
    for touched in [Some(new), form.filter(|form| *form != new)].into_iter().flatten() {
        let Some(touched) = by_record(sql, touched)? else { continue };
        let others = rows(sql, OF_SAME_CUSTOMER, [touched.id])?;
        for other in &others {
            settle_one(sql, other, false)?;
        }
        let may_be_known = touched.follows.is_none() && (touched.record == new || touched.awaited);
        settle_one(sql, &touched, may_be_known)?;
    }
    Ok(())
}

/// The first number for a form that awaits one is its number. Another one, or one for a form that needs none, is for a clerk to decide.
fn give_number(sql: &Connection, form: RecordId, team: TeamId) -> Result<(), StoreFault> {
    let Some(form) = by_record(sql, form)? else { return Ok(()) };
    let numbers = rows(sql, &numbers_query(), params![form.record.0, team.0])?;
    for (place, number) in numbers.iter().enumerate() {
        let is_its_number = place == 0 && form.awaited;
        if is_its_number && !form.destroyed {
            sql.prepare_cached("UPDATE record SET awaits_number = 0 WHERE id = ?1")?.execute([form.id])?;
            sql.prepare_cached("INSERT OR IGNORE INTO customer_tag (tag, record) SELECT tag, ?2 FROM customer_tag WHERE record = ?1")?
                .execute([number.id, form.id])?;
        }
        // Of several, nobody here can tell which one is right.
        let is_plain = is_its_number && !form.destroyed && numbers.len() == 1;
        if !is_plain && number.is_held(Hold::No) && !number.destroyed {
            set_hold(sql, number.id, Hold::TagKnown)?;
        }
    }
    if form.awaited && numbers.len() > 1 && form.is_held(Hold::No) && !form.destroyed {
        set_hold(sql, form.id, Hold::TagKnown)?;
    }
    Ok(())
}

/// Freezes a record that is replaced; releases a replacement that arrived before what it replaces; with `is_new`, holds it if the customer is known.
fn settle_one(sql: &Connection, row: &Linked, is_new: bool) -> Result<(), StoreFault> {
    if row.destroyed {
        return Ok(());
    }
    if is_superseded(sql, row.id)? {
        // Entered, and not destroyed yet: what she typed in is out of date. Whoever opens the later record is told that it may stand there.
        if !row.is_held(Hold::Superseded) {
            grace::void(sql, row.id)?;
        }
        return set_hold(sql, row.id, Hold::Superseded);
    }
    if row.is_held(Hold::No) && is_named_elsewhere(sql, row.id)? {
        grace::void(sql, row.id)?;
        return set_hold(sql, row.id, Hold::TagKnown);
    }
    let waits_for_its_past = row.is_held(Hold::TagKnown) && row.supersedes.is_some();
    if waits_for_its_past && is_only_one(sql, row)? {
        return set_hold(sql, row.id, Hold::No);
    }
    if is_new && row.is_held(Hold::No) && !is_only_one(sql, row)? {
        return set_hold(sql, row.id, Hold::TagKnown);
    }
    Ok(())
}

/// "Asked once": no other form of this customer counts beside this one, and what it says to replace is really theirs.
fn is_only_one(sql: &Connection, row: &Linked) -> Result<bool, StoreFault> {
    let mut finds_what_it_replaces = row.supersedes.is_none();
    for other in rows(sql, OF_SAME_CUSTOMER, [row.id])? {
        match other.follows {
            // A number stands for its form, where that is here.
            Some(form) if form == row.record || by_record(sql, form)?.is_some() => {}
            None if Some(other.record) == row.supersedes && other.team == row.team => finds_what_it_replaces = true,
            _ if is_superseded(sql, other.id)? => {}
            // Nobody's data stand anywhere: it was discarded, and its customer may be asked anew.
            _ if other.destroyed && other.unentered => {}
            _ => return Ok(false),
        }
    }
    Ok(finds_what_it_replaces)
}

/// Those later records that replace this one, directly or by way of others, that somebody accepted, and that this clerk opened last or whose entry is done.
pub(super) fn accepted_by(sql: &Connection, id: i64, clerk: MemberId) -> Result<Vec<RecordId>, StoreFault> {
    let (mut accepted, mut seen, mut next) = (Vec::new(), vec![id], vec![id]);
    while let Some(id) = next.pop() {
        for later in superseders(sql, id)? {
            // Entered by a colleague who is gone since: who has the unit now finishes what that one could not.
            if later.accepted && (later.destroyed || later.opened_by == Some(clerk)) {
                accepted.push(later.record);
            }
            if !seen.contains(&later.id) && seen.len() < MAX_LINKS {
                seen.push(later.id);
                next.push(later.id);
            }
        }
    }
    Ok(accepted)
}

/// What a record replaces, the newest first; none if it says to replace nothing.
pub(super) fn replaced_by(sql: &Connection, id: i64, record: RecordId) -> Result<Option<Vec<ReplacedRecord>>, StoreFault> {
    if by_record(sql, record)?.is_none_or(|row| row.supersedes.is_none()) {
        return Ok(None);
    }
    let (mut found, mut seen, mut next) = (Vec::new(), vec![id], vec![id]);
    while let Some(id) = next.pop() {
        for earlier in rows(sql, &replaced_query(), [id])? {
            if seen.contains(&earlier.id) || seen.len() >= MAX_LINKS {
                continue;
            }
            let state = match (earlier.destroyed, earlier.unentered) {
                (false, _) => ReplacedState::Frozen,
                (true, true) => ReplacedState::Replaced,
                (true, false) => ReplacedState::Entered,
            };
            found.push(ReplacedRecord { record: earlier.record, state, opened: earlier.opened_by.is_some(), follows: earlier.follows });
            seen.push(earlier.id);
            next.push(earlier.id);
        }
    }
    Ok(Some(found))
}

/// The code of a stored hold.
pub(super) fn reason(hold: i64) -> Option<HoldReason> {
    let reasons =
        [(Hold::TagKnown, HoldReason::KnownCustomer), (Hold::RevokedDevice, HoldReason::RevokedDevice), (Hold::Superseded, HoldReason::Superseded)];
    reasons.into_iter().find(|(known, _)| hold == *known as i64).map(|(_, reason)| reason)
}
