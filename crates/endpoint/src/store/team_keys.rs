//! What clerks announce and pass on so that a team holds its key: the endpoint carries it and can use none of it.

use office::directory::VerifiedDirectory;
use protocol::enrolment::{KeyShare, PrekeyStatement, SignedStatement, TeamKeyStatement};
use protocol::problem::ProblemCode;
use protocol::{MemberId, PrekeyId, TeamId, from_cbor, to_cbor};
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

    /// Keeps a clerk's newest prekey for one epoch. The same prekey stated anew is fine, whatever epoch it is by now: the first answer may have been
    /// lost. An id that stands for another prekey already is refused, and so is an epoch that nobody needs: a clerk has a bounded number of rows.
    pub(crate) fn announce_prekey(&mut self, statement: &PrekeyStatement, signed: &SignedStatement) -> Result<(), Refusal> {
        let expected = match self.known_prekey(statement.prekey)? {
            Some(known) => PrekeyStatement { at: statement.at, ..known } == *statement,
            None => is_prekey_epoch(&self.office()?.directory, statement),
        };
        if !expected {
            return Err(ProblemCode::Conflict.into());
        }
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO prekey (team, epoch, member, prekey, bytes) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![statement.team.0, statement.epoch, statement.member.0, statement.prekey.0, to_cbor(signed)])?;
        Ok(())
    }

    fn known_prekey(&self, prekey: PrekeyId) -> Result<Option<PrekeyStatement>, Refusal> {
        let mut select = self.sql.prepare_cached("SELECT bytes FROM prekey WHERE prekey = ?1")?;
        let Some(bytes) = select.query_row([prekey.0], |row| row.get::<_, Vec<u8>>(0)).optional()? else { return Ok(None) };
        let known = from_cbor(&statement(&bytes)?.body, MAX_STATEMENT).map_err(|_| StoreFault::Damaged("a prekey"))?;
        Ok(Some(known))
    }

    /// Keeps a share for a clerk's present prekey. The first one stays, and whoever comes second is told that it is done: every clerk who holds the
    /// key offers one, and two sealings of the same key never are the same bytes.
    pub(crate) fn pass_on_share(&mut self, share: &KeyShare) -> Result<(), Refusal> {
        let key = params![share.team.0, share.epoch, share.to.0];
        let mut prekey = self.sql.prepare_cached("SELECT prekey FROM prekey WHERE team = ?1 AND epoch = ?2 AND member = ?3")?;
        let present: Option<[u8; 16]> = prekey.query_row(key, |row| row.get(0)).optional()?;
        if present != Some(share.prekey.0) {
            return Err(ProblemCode::NotFound.into());
        }
        let mut select = self.sql.prepare_cached("SELECT prekey FROM share WHERE team = ?1 AND epoch = ?2 AND member = ?3")?;
        let shared: Option<[u8; 16]> = select.query_row(key, |row| row.get(0)).optional()?;
        if shared == Some(share.prekey.0) {
            return Ok(());
        }
        self.sql
            .prepare_cached("INSERT OR REPLACE INTO share (team, epoch, member, prekey, bytes) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![share.team.0, share.epoch, share.to.0, share.prekey.0, to_cbor(share)])?;
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

/// Whether a prekey for this epoch can still get a share: the open one (the first, while none is open) and the one that comes next.
fn is_prekey_epoch(directory: &VerifiedDirectory, statement: &PrekeyStatement) -> bool {
    let newest = directory.team(&statement.team).and_then(|team| team.keys.last());
    let open = directory.open_key(&statement.team).map_or(1, |key| key.epoch);
    statement.epoch == open || newest.is_some_and(|newest| newest.epoch.checked_add(1) == Some(statement.epoch))
}

fn statement(bytes: &[u8]) -> Result<SignedStatement, StoreFault> {
    from_cbor(bytes, MAX_STATEMENT).map_err(|_| StoreFault::Damaged("a statement"))
}

fn without_sealed_bytes(share: KeyShare) -> KeyShare {
    KeyShare { encapsulated: Vec::new().into(), sealed: Vec::new().into(), ..share }
}
