//! Changing locks: the clerks' apps fetch what lies under a closed key of their team, and give the same sealed form back under the open one.
//!
//! The endpoint sees that header, commitment and body are the very ones it had, and that whoever gives them knows the token from inside. It cannot see
//! whether the new lock fits; the app that made it holds the new key as well and has tried.

use std::collections::BTreeMap;

use office::requests::KeyId;
use office::roles::{self, Permission};
use protocol::api::EpochCount;
use protocol::directory::EpochState;
use protocol::envelope::{Envelope, Rewrap};
use protocol::limits::MAX_REWRAP_RECORDS;
use protocol::log::LeafKind;
use protocol::problem::ProblemCode;
use protocol::{Digest, MemberId, RecordId, TeamId, Token};
use rusqlite::{Connection, OptionalExtension, params};

use super::Store;
use super::batch::{Attested, Batch};
use super::clerk::{self, Held, demand_token};
use super::fault::{Refusal, StoreFault};
use super::grace;
use super::number::{from_sql, to_sql};
use super::office::Founded;

/// An envelope that shall take the place of another.
pub(crate) struct Rewrapped {
    pub(crate) clerk: MemberId,
    pub(crate) record: RecordId,
    pub(crate) envelope: Envelope,
    pub(crate) bytes: Vec<u8>,
    /// SHA-256 of `bytes`.
    pub(crate) digest: Digest,
    /// SHA-256 of the envelope that it replaces.
    pub(crate) replaces: Digest,
    pub(crate) token: Token,
    /// What the envelope itself says about it, and the digest of these signed bytes.
    pub(crate) rewrap: Rewrap,
    pub(crate) statement: Digest,
}

impl Batch<'_> {
    /// Puts the same form under the team's open key in the place of the bytes that are here. Asked again, the first receipt. Returns its place in the log.
    pub(crate) fn rewrap(&mut self, new: &Rewrapped) -> Result<u64, Refusal> {
        let office = self.office()?;
        let held = clerk::held(self.sql, new.record)?.ok_or(ProblemCode::NotFound)?;
        let permitted = roles::may(&office.directory, &KeyId::Member(new.clerk), Permission::RewrapRecord, Some(held.team)).is_ok();
        if !permitted || !may_rewrap(self.sql, &office, &held, new.clerk)? {
            return Err(ProblemCode::NotFound.into());
        }
        demand_token(&held, new.token)?;
        if let Some(position) = self.rewrapped_before(&held, new.digest)? {
            return Ok(position);
        }
        held.demand_bytes()?;
        let is_open = office.directory.open_key(&held.team).is_some_and(|key| (held.team, key.epoch) == (new.rewrap.team, new.rewrap.team_key_epoch));
        // Somebody else was first, a word waits that names the old bytes, or the key changed once more: there is nothing to do here now.
        if held.digest != new.replaces || !is_open || held.epoch == new.rewrap.team_key_epoch || grace::entering(self.sql, held.id)?.is_some() {
            return Err(ProblemCode::Conflict.into());
        }
        self.demand_same_form(&held, &new.envelope)?;
        self.replace_bytes(&held, new)
    }

    fn rewrapped_before(&self, held: &Held, digest: Digest) -> Result<Option<u64>, Refusal> {
        let mut select = self.sql.prepare_cached("SELECT rewrapped_position FROM record WHERE id = ?1")?;
        let position: Option<i64> = select.query_row([held.id], |row| row.get(0))?;
        Ok(position.filter(|_| held.digest == digest).map(from_sql).transpose()?)
    }

    /// Nothing but the lock may differ: what is in the envelope is its author's.
    pub(super) fn demand_same_form(&self, held: &Held, new: &Envelope) -> Result<(), Refusal> {
        let mut select = self.sql.prepare_cached("SELECT bytes FROM envelope WHERE record = ?1")?;
        let bytes: Vec<u8> = select.query_row([held.id], |row| row.get(0))?;
        let old = Envelope::decode(&bytes).map_err(|_| StoreFault::Damaged("an envelope"))?;
        let same = old.header_bytes() == new.header_bytes() && old.commitment == new.commitment && old.body == new.body;
        if same { Ok(()) } else { Err(ProblemCode::Malformed.into()) }
    }

    pub(super) fn replace_bytes(&mut self, held: &Held, new: &Rewrapped) -> Result<u64, Refusal> {
        let office = self.office()?;
        self.sql.prepare_cached("UPDATE envelope SET bytes = zeroblob(length(bytes)) WHERE record = ?1")?.execute([held.id])?;
        self.sql.prepare_cached("UPDATE envelope SET bytes = ?2 WHERE record = ?1")?.execute(params![held.id, new.bytes])?;
        let attested = Attested {
            kind: LeafKind::Rewrapped,
            device: office.device_of(new.clerk),
            record: new.record,
            digest: new.digest,
            length: new.bytes.len() as u64,
            team_key_epoch: new.rewrap.team_key_epoch,
            statement: Some(new.statement),
        };
        let position = self.attest(office.office(), attested)?;
        self.sql
            .prepare_cached(
                // Whoever found the old bytes readable said nothing of these.
                "UPDATE record SET delivered_digest = coalesce(delivered_digest, digest), digest = ?2, length = ?3, epoch = ?4, rewrapped_position = ?5, \
                 accepted_position = NULL WHERE id = ?1",
            )?
            .execute(params![held.id, new.digest.0, to_sql(new.bytes.len() as u64), new.rewrap.team_key_epoch, to_sql(position)])?;
        // The old lock is to be gone from the file as a destroyed form is.
        self.destroyed += 1;
        Ok(position)
    }

    /// Refuses a directory that calls a key destroyed while something lies under it: nobody could ever open that.
    pub(super) fn demand_nothing_under_destroyed_keys(&self, office: &Founded) -> Result<(), Refusal> {
        let mut select =
            self.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM record WHERE team = ?1 AND epoch = ?2 AND destroyed_position IS NULL)")?;
        for (team, epoch) in destroyed_keys(office) {
            let is_used: bool = select.query_row(params![team.0, epoch], |row| row.get(0))?;
            if is_used {
                return Err(ProblemCode::Conflict.into());
            }
        }
        Ok(())
    }

    /// What could still give a destroyed key to anybody.
    pub(super) fn forget_destroyed_keys(&mut self, office: &Founded) -> Result<(), StoreFault> {
        for (team, epoch) in destroyed_keys(office) {
            let mut gone = self.sql.prepare_cached("DELETE FROM share WHERE team = ?1 AND epoch = ?2")?.execute(params![team.0, epoch])?;
            gone += self.sql.prepare_cached("DELETE FROM prekey WHERE team = ?1 AND epoch = ?2")?.execute(params![team.0, epoch])?;
            gone += self.sql.prepare_cached("DELETE FROM team_key WHERE team = ?1 AND epoch = ?2")?.execute(params![team.0, epoch])?;
            self.destroyed += gone;
        }
        Ok(())
    }
}

fn destroyed_keys(office: &Founded) -> impl Iterator<Item = (TeamId, u32)> {
    let of_team = |team: &protocol::directory::Team| {
        let id = team.team;
        let destroyed = team.keys.iter().filter(|key| key.state == EpochState::Destroyed).map(move |key| (id, key.epoch));
        destroyed.collect::<Vec<_>>()
    };
    office.directory.get().teams.iter().flat_map(of_team)
}

/// A clerk changes the locks of her own queue, of what is in nobody's, and of what its clerk cannot open: others' work she does not get to see even sealed.
fn may_rewrap(sql: &Connection, office: &Founded, held: &Held, clerk: MemberId) -> Result<bool, StoreFault> {
    match held.facts.clerk {
        None => Ok(true),
        Some(theirs) if theirs == clerk => Ok(true),
        Some(theirs) => Ok(!holds_key(sql, office, held.team, held.epoch, theirs)?),
    }
}

/// Whether a clerk was given this key of the team, or made it.
fn holds_key(sql: &Connection, office: &Founded, team: TeamId, epoch: u32, clerk: MemberId) -> Result<bool, StoreFault> {
    if office.directory.key_epoch(&team, epoch).is_some_and(|key| key.made_by == clerk) {
        return Ok(true);
    }
    let mut select = sql.prepare_cached("SELECT 1 FROM share WHERE team = ?1 AND epoch = ?2 AND member = ?3")?;
    Ok(select.query_row(params![team.0, epoch, clerk.0], |_| Ok(())).optional()?.is_some())
}

impl Store {
    /// A page of envelopes under closed keys that this clerk's app shall seal anew, and where the next one begins.
    pub(crate) async fn rewraps(&self, team: TeamId, clerk: MemberId, after: u64) -> Result<(Vec<Vec<u8>>, Option<u64>), StoreFault> {
        let Some(office) = self.snapshot().founded.clone() else { return Ok((Vec::new(), None)) };
        let Some(open) = office.directory.open_key(&team).map(|key| key.epoch) else { return Ok((Vec::new(), None)) };
        self.readers
            .read(move |sql| {
                let mut select = sql.prepare_cached(
                    "SELECT record.id, record.record, bytes FROM record JOIN envelope ON envelope.record = record.id \
                     WHERE team = ?1 AND destroyed_position IS NULL AND epoch <> ?2 AND record.id > ?3 \
                     AND NOT EXISTS (SELECT 1 FROM entering WHERE entering.record = record.id) ORDER BY record.id",
                )?;
                let mut rows = select.query(params![team.0, open, to_sql(after)])?;
                let mut page: Vec<Vec<u8>> = Vec::new();
                let mut last = after;
                while let Some(row) = rows.next()? {
                    if page.len() == MAX_REWRAP_RECORDS {
                        return Ok((page, Some(last)));
                    }
                    last = from_sql(row.get(0)?)?;
                    let Some(held) = clerk::held(sql, RecordId(row.get(1)?))? else { continue };
                    if may_rewrap(sql, &office, &held, clerk)? {
                        page.push(row.get(2)?);
                    }
                }
                Ok((page, None))
            })
            .await
    }

    /// How much lies under which key of the team.
    pub(crate) async fn epochs(&self, team: TeamId) -> Result<Vec<EpochCount>, StoreFault> {
        self.readers
            .read(move |sql| {
                let mut select = sql.prepare_cached(
                    "SELECT epoch, count(*) FROM record WHERE team = ?1 AND destroyed_position IS NULL GROUP BY epoch ORDER BY epoch",
                )?;
                let mut counts: BTreeMap<u32, EpochCount> = BTreeMap::new();
                let empty = |epoch| EpochCount { epoch, records: 0, holders: Vec::new() };
                for row in select.query_map([team.0], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))? {
                    let (epoch, records) = row?;
                    counts.entry(epoch).or_insert_with(|| empty(epoch)).records = from_sql(records)?;
                }
                let mut shares = sql.prepare_cached("SELECT epoch, member FROM share WHERE team = ?1 ORDER BY epoch, member")?;
                for row in shares.query_map([team.0], |row| Ok((row.get(0)?, MemberId(row.get(1)?))))? {
                    let (epoch, member) = row?;
                    counts.entry(epoch).or_insert_with(|| empty(epoch)).holders.push(member);
                }
                Ok(counts.into_values().collect())
            })
            .await
    }
}
