//! Keys that are kept up without anybody's extra step: a clerk's prekeys, team key and shares; an administrator's adoption of announced team keys.

use office::directory::DirectoryEdit;
use office::statements;
use protocol::api::{Done, TeamKeysReply, TeamSharesReply};
use protocol::directory::{EpochState, Role};
use protocol::enrolment::{KeyShare, PrekeyStatement, TeamKeyStatement};
use protocol::{Context, PrekeyId, TeamId};
use reqwest::Method;
use sealing::{OpenShareError, PrekeySecret, TeamSecretKey, open_share, seal_share};

use crate::App;
use crate::api::{CommandError, ErrorCode};
use crate::desk::{PrekeyItem, TeamKeyItem, Who};
use crate::ids::new_id;

/// The first epoch of a team's key.
const FIRST_EPOCH: u32 = 1;

/// Two holders may pass the same share on, two clerks announce a key at once: whoever comes second has nothing to do.
fn unless_somebody_was_first(result: Result<Done, CommandError>) -> Result<(), CommandError> {
    match result {
        Ok(Done {}) => Ok(()),
        Err(error) if error.code == ErrorCode::NotFound => Ok(()),
        Err(error) if error.params.get("problem").is_some_and(|problem| problem == "conflict") => Ok(()),
        Err(error) => Err(error),
    }
}

impl App {
    pub(crate) async fn keep_up_keys(&self) -> Result<(), CommandError> {
        let (is_admin, teams) = {
            let desk = self.desk();
            (desk.may_sign_directories(), desk.teams_as_clerk())
        };
        for team in teams {
            self.keep_up_team(team).await?;
        }
        if is_admin {
            self.adopt_team_keys().await?;
            self.ask_for_due_keys().await?;
        }
        Ok(())
    }

    async fn keep_up_team(&self, team: TeamId) -> Result<(), CommandError> {
        let (epoch, next) = {
            let desk = self.desk();
            (desk.open_key(team).map(|key| key.epoch), desk.directory()?.team(&team).and_then(|team| team.next_epoch))
        };
        self.ensure_prekey(team, epoch.unwrap_or(FIRST_EPOCH)).await?;
        match epoch {
            None => self.announce_team_key(team, FIRST_EPOCH).await?,
            Some(epoch) if self.desk().team_key(team, epoch)?.is_some() => self.pass_on_shares(team, epoch).await?,
            Some(epoch) => self.receive_share(team, epoch).await?,
        }
        self.receive_old_shares(team).await?;
        if let Some(next) = next {
            self.prepare_next_key(team, next).await?;
        }
        self.rewrap_team(team).await?;
        self.desk().forget_ended_keys(team)
    }

    /// Makes the next key once a colleague can be given it before anybody seals to it: a key that lay on one laptop only would be lost with that laptop, and
    /// every form under it. Whoever works alone makes it at once.
    async fn prepare_next_key(&self, team: TeamId, next: u32) -> Result<(), CommandError> {
        self.ensure_prekey(team, next).await?;
        let known: TeamSharesReply = self.exchange::<Done, _>(Who::Member, Method::GET, &format!("/v1/teams/{team}/keys"), None).await?;
        if self.has_colleague_for(team, next, &known)? {
            self.announce_team_key(team, next).await?;
            self.pass_on_shares(team, next).await?;
        }
        Ok(())
    }

    fn has_colleague_for(&self, team: TeamId, next: u32, known: &TeamSharesReply) -> Result<bool, CommandError> {
        let desk = self.desk();
        let (own, directory) = (desk.unlocked()?.state()?.member, desk.directory()?);
        let mut colleagues = directory.clerks_of(team).filter(|clerk| clerk.member != own).peekable();
        let is_ready = |statement: &protocol::enrolment::SignedStatement| {
            statements::verify::<PrekeyStatement>(Context::PrekeyV1, statement, directory)
                .is_ok_and(|prekey| prekey.team == team && prekey.epoch == next && prekey.member != own)
        };
        Ok(colleagues.peek().is_none() || known.prekeys.iter().any(is_ready))
    }

    /// A share that a colleague left before the key was changed still counts: what lies in this clerk's queue may lie under that key.
    async fn receive_old_shares(&self, team: TeamId) -> Result<(), CommandError> {
        let old: Vec<u32> = {
            let desk = self.desk();
            let closed = desk.directory()?.team(&team).map(|team| team.keys.clone()).unwrap_or_default();
            let mut wanted = Vec::new();
            for key in closed.iter().filter(|key| key.state == EpochState::Closed) {
                if desk.prekey(team, key.epoch)?.is_some() && desk.team_key(team, key.epoch)?.is_none() {
                    wanted.push(key.epoch);
                }
            }
            wanted
        };
        for epoch in old {
            self.receive_share(team, epoch).await?;
        }
        Ok(())
    }

    /// The clerk who comes first makes the team key; the public half goes to the administrator by way of the endpoint, signed.
    async fn announce_team_key(&self, team: TeamId, epoch: u32) -> Result<(), CommandError> {
        let known = self.desk().team_key(team, epoch)?;
        let item = match known {
            Some(item) => item,
            None => {
                let (secret, public) = TeamSecretKey::make();
                let item = TeamKeyItem { version: 1, team, epoch, seed: *secret.expose_seed(), public: public.into() };
                self.desk().save_team_key(&item)?;
                item
            }
        };
        let statement = {
            let desk = self.desk();
            let user = desk.unlocked()?.state()?;
            let statement = TeamKeyStatement {
                version: 1,
                office: desk.office_id()?,
                team,
                epoch,
                public_key: item.public.clone(),
                made_by: user.member,
                at: self.now(),
            };
            statements::sign(Context::TeamKeyV1, &statement, user.member, &user.secret())
        };
        unless_somebody_was_first(self.exchange::<_, Done>(Who::Member, Method::POST, "/v1/team-keys", Some(&statement)).await)
    }

    async fn ensure_prekey(&self, team: TeamId, epoch: u32) -> Result<(), CommandError> {
        if self.desk().prekey(team, epoch)?.is_some_and(|item| item.announced) {
            return Ok(());
        }
        let mut item = match self.desk().prekey(team, epoch)? {
            Some(item) => item,
            None => {
                let (secret, public) = PrekeySecret::make();
                let prekey = PrekeyId::from_random(new_id());
                PrekeyItem { version: 1, team, epoch, prekey, seed: *secret.expose_seed(), public: public.into(), announced: false }
            }
        };
        // The private half is durable before anybody seals to the public one.
        self.desk().save_prekey(&item)?;
        let statement = {
            let desk = self.desk();
            let user = desk.unlocked()?.state()?;
            let statement = PrekeyStatement {
                version: 1,
                office: desk.office_id()?,
                member: user.member,
                prekey: item.prekey,
                team,
                epoch,
                public_key: item.public.clone(),
                at: self.now(),
            };
            statements::sign(Context::PrekeyV1, &statement, user.member, &user.secret())
        };
        self.exchange::<_, Done>(Who::Member, Method::POST, "/v1/prekeys", Some(&statement)).await?;
        item.announced = true;
        self.desk().save_prekey(&item)
    }

    /// Seals the team key to every colleague's prekey that has no share yet.
    async fn pass_on_shares(&self, team: TeamId, epoch: u32) -> Result<(), CommandError> {
        let known: TeamSharesReply = self.exchange::<Done, _>(Who::Member, Method::GET, &format!("/v1/teams/{team}/keys"), None).await?;
        let shares = self.shares_to_make(team, epoch, &known)?;
        for share in shares {
            unless_somebody_was_first(self.exchange::<_, Done>(Who::Member, Method::POST, &format!("/v1/teams/{team}/shares"), Some(&share)).await)?;
        }
        Ok(())
    }

    fn shares_to_make(&self, team: TeamId, epoch: u32, known: &TeamSharesReply) -> Result<Vec<KeyShare>, CommandError> {
        let desk = self.desk();
        let Some(key) = desk.team_key(team, epoch)? else { return Ok(Vec::new()) };
        let secret = TeamSecretKey::from_seed(key.seed);
        let directory = desk.directory()?;
        let mut shares = Vec::new();
        for statement in &known.prekeys {
            // A prekey counts only if an active clerk of this team signed it: the endpoint cannot slip its own in.
            let Ok(prekey) = statements::verify::<PrekeyStatement>(Context::PrekeyV1, statement, directory) else { continue };
            let is_for_us = prekey.team == team && prekey.epoch == epoch && prekey.member == statement.signer;
            let is_clerk = directory.has_role_in(&prekey.member, Role::Clerk, &team);
            let has_share = known.shares.iter().any(|share| share.prekey == prekey.prekey && share.to == prekey.member);
            if !is_for_us || !is_clerk || has_share {
                continue;
            }
            if let Ok(share) = seal_share(&secret, desk.office_id()?, team, epoch, prekey.member, prekey.prekey, &prekey.public_key) {
                shares.push(share);
            }
        }
        Ok(shares)
    }

    async fn receive_share(&self, team: TeamId, epoch: u32) -> Result<(), CommandError> {
        let known: TeamSharesReply = self.exchange::<Done, _>(Who::Member, Method::GET, &format!("/v1/teams/{team}/keys"), None).await?;
        let mut desk = self.desk();
        let Some(prekey) = desk.prekey(team, epoch)? else { return Ok(()) };
        let Some(public) = desk.directory()?.key_epoch(&team, epoch).map(|key| key.public_key.clone()) else { return Ok(()) };
        let mine = known.shares.iter().find(|share| share.prekey == prekey.prekey && share.epoch == epoch && !share.sealed.is_empty());
        let Some(share) = mine else { return Ok(()) };
        let office = desk.office_id()?;
        match open_share(share, office, &PrekeySecret::from_seed(prekey.seed), &public) {
            Ok(secret) => desk.save_team_key(&TeamKeyItem { version: 1, team, epoch, seed: *secret.expose_seed(), public }),
            // A colleague's key that was not taken. The first share stays at the endpoint: another prekey makes room for the right one.
            Err(OpenShareError::OtherTeamKey) => desk.forget_prekey(&prekey),
            Err(_) => Ok(()),
        }
    }

    /// Puts announced team keys into the next directory: the first valid one of a team that has none, or is asked for another.
    async fn adopt_team_keys(&self) -> Result<(), CommandError> {
        let reply: TeamKeysReply = self.exchange::<Done, _>(Who::Member, Method::GET, "/v1/team-keys", None).await?;
        // A key is due by its age: that must not hang on this computer's clock.
        let now = self.endpoint_now().await?;
        self.publish(|desk| {
            let directory = desk.directory()?;
            let mut edit = DirectoryEdit::next_version(directory, now);
            let mut taken: Vec<TeamId> = Vec::new();
            for signed in &reply.statements {
                let Ok(key) = statements::verify::<TeamKeyStatement>(Context::TeamKeyV1, signed, directory) else { continue };
                let is_clerk = directory.has_role_in(&key.made_by, Role::Clerk, &key.team) && key.made_by == signed.signer;
                let wanted = match directory.open_key(&key.team) {
                    None => Some(FIRST_EPOCH),
                    Some(_) => directory.team(&key.team).and_then(|team| team.next_epoch),
                };
                if is_clerk
                    && wanted == Some(key.epoch)
                    && !taken.contains(&key.team)
                    && let Ok(next) = edit.clone().with_team_key(key.team, key.epoch, &key.public_key, key.made_by)
                {
                    edit = next;
                    taken.push(key.team);
                }
            }
            Ok(if taken.is_empty() { None } else { Some(edit) })
        })
        .await
    }
}
