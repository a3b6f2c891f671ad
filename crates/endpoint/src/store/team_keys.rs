//! What clerks announce and pass on so that a team holds its key: the endpoint carries it and can use none of it.

use protocol::enrolment::{KeyShare, PrekeyStatement, SignedStatement, TeamKeyStatement};
use protocol::problem::ProblemCode;
use protocol::{MemberId, TeamId, from_cbor, to_cbor};
use rusqlite::{OptionalExtension, params};

use super::Store;
use super::batch::Batch;
use super::fault::{Refusal, StoreFault};

/// Length in bytes of one stored statement or share, at the most.
const MAX_STATEMENT: usize = 64 * 1024;

impl Batch<'_> {
    /// Keeps a clerk's announcement of a team key. The same clerk's newer one for the same epoch replaces it: nobody has sealed to it yet.
    pub(crate) fn announce_team_key(&mut self, statement: &TeamKeyStatement, signed: &SignedStatement) -> Result<(), Refusal> {
        self.sql.prepare_cached("INSERT OR REPLACE INTO team_key (team, epoch, made_by, bytes) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
            statement.team.0,
            statement.epoch,
            statement.made_by.0,
            to_cbor(signed)
        ])?;
        Ok(())
    }

    /// Keeps a clerk's newest prekey for one epoch. An id that stands for another prekey already is refused.
    pub(crate) fn announce_prekey(&mut self, statement: &PrekeyStatement, signed: &SignedStatement) -> Result<(), Refusal> {
        let bytes = to_cbor(signed);
        let mut select = self.sql.prepare_cached("SELECT bytes FROM prekey WHERE prekey = ?1")?;
        let known: Option<Vec<u8>> = select.query_row([statement.prekey.0], |row| row.get(0)).optional()?;
        if known.is_some_and(|known| known != bytes) {
            return Err(ProblemCode::Conflict.into());
        }
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO prekey (team, epoch, member, prekey, bytes) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![statement.team.0, statement.epoch, statement.member.0, statement.prekey.0, bytes])?;
        Ok(())
    }

    /// Keeps a share for a clerk's present prekey. The first one stays: a second for the same prekey is a conflict, not a silent loss.
    pub(crate) fn pass_on_share(&mut self, share: &KeyShare) -> Result<(), Refusal> {
        let key = params![share.team.0, share.epoch, share.to.0];
        let mut prekey = self.sql.prepare_cached("SELECT prekey FROM prekey WHERE team = ?1 AND epoch = ?2 AND member = ?3")?;
        let present: Option<[u8; 16]> = prekey.query_row(key, |row| row.get(0)).optional()?;
        if present != Some(share.prekey.0) {
            return Err(ProblemCode::NotFound.into());
        }
        let bytes = to_cbor(share);
        let mut select = self.sql.prepare_cached("SELECT prekey, bytes FROM share WHERE team = ?1 AND epoch = ?2 AND member = ?3")?;
        let known: Option<([u8; 16], Vec<u8>)> = select.query_row(key, |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if known.is_some_and(|(prekey, known)| prekey == share.prekey.0 && known != bytes) {
            return Err(ProblemCode::Conflict.into());
        }
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO share (team, epoch, member, prekey, bytes) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![share.team.0, share.epoch, share.to.0, share.prekey.0, bytes])?;
        Ok(())
    }
}

impl Store {
    /// Announced team keys that the directory does not contain.
    pub(crate) async fn announced_team_keys(&self) -> Result<Vec<SignedStatement>, StoreFault> {
        let founded = self.snapshot().founded.clone();
        let listed = move |team: TeamId, epoch: u32| founded.as_ref().is_some_and(|office| office.directory.key_epoch(&team, epoch).is_some());
        self.readers
            .read(move |sql| {
                let mut select = sql.prepare_cached("SELECT team, epoch, bytes FROM team_key ORDER BY team, epoch, made_by")?;
                let rows = select.query_map([], |row| Ok((TeamId(row.get(0)?), row.get(1)?, row.get::<_, Vec<u8>>(2)?)))?;
                let mut statements = Vec::new();
                for row in rows {
                    let (team, epoch, bytes) = row?;
                    if !listed(team, epoch) {
                        statements.push(statement(&bytes)?);
                    }
                }
                Ok(statements)
            })
            .await
    }

    /// Prekeys of these clerks, and the shares that exist; sealed bytes only in those for `caller`.
    pub(crate) async fn prekeys_and_shares(
        &self,
        team: TeamId,
        clerks: Vec<MemberId>,
        caller: MemberId,
    ) -> Result<(Vec<SignedStatement>, Vec<KeyShare>), StoreFault> {
        self.readers
            .read(move |sql| {
                let mut select = sql.prepare_cached("SELECT member, bytes FROM prekey WHERE team = ?1 ORDER BY epoch, member")?;
                let rows = select.query_map([team.0], |row| Ok((MemberId(row.get(0)?), row.get::<_, Vec<u8>>(1)?)))?;
                let mut prekeys = Vec::new();
                for row in rows {
                    let (member, bytes) = row?;
                    if clerks.contains(&member) {
                        prekeys.push(statement(&bytes)?);
                    }
                }
                let mut select = sql.prepare_cached("SELECT bytes FROM share WHERE team = ?1 ORDER BY epoch, member")?;
                let rows = select.query_map([team.0], |row| row.get::<_, Vec<u8>>(0))?;
                let mut shares = Vec::new();
                for row in rows {
                    let share: KeyShare = from_cbor(&row?, MAX_STATEMENT).map_err(|_| StoreFault::Damaged("a key share"))?;
                    shares.push(if share.to == caller { share } else { without_sealed_bytes(share) });
                }
                Ok((prekeys, shares))
            })
            .await
    }
}

fn statement(bytes: &[u8]) -> Result<SignedStatement, StoreFault> {
    from_cbor(bytes, MAX_STATEMENT).map_err(|_| StoreFault::Damaged("a statement"))
}

fn without_sealed_bytes(share: KeyShare) -> KeyShare {
    KeyShare { encapsulated: Vec::new().into(), sealed: Vec::new().into(), ..share }
}
