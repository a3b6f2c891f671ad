//! Changing a team's key: asked for by hand, by the calendar, and when a clerk leaves; and destroying the old one when nothing lies under it any more.

use std::collections::HashMap;

use office::directory::{DirectoryEdit, VerifiedDirectory};
use protocol::api::{Done, EpochsReply};
use protocol::directory::{Device, EpochState, Role, TeamKeyEpoch};
use protocol::fleet::{DeviceStatement, DeviceStatesReply};
use protocol::{MemberId, TeamId};
use reqwest::Method;

use crate::App;
use crate::api::{CommandError, ErrorCode, KeyDestroy, KeyRow, KeyState, OfficeView, TeamRef};
use crate::desk::{Desk, Who};

/// How long a key is sealed to before the next one is asked for: 90 days, in seconds.
const KEY_LIFE: u64 = 90 * 24 * 3600;

/// How many envelopes lie under which key; a key that is not named has none.
pub(super) type UnderKeys = HashMap<(TeamId, u32), u64>;

impl App {
    /// Asks the team's clerks for another key. The one who comes first makes it, an administrator's app publishes it, and the clerks' apps seal anew what
    /// lies under the old one.
    pub(crate) async fn team_key_renew(&self, args: TeamRef) -> Result<OfficeView, CommandError> {
        self.publish(|desk| {
            desk.demand_role(Role::Admin)?;
            let directory = desk.directory()?;
            let team = TeamId::parse(&args.team).and_then(|team| directory.team(&team)).ok_or(ErrorCode::NotFound)?;
            if directory.open_key(&team.team).is_none() {
                return Err(ErrorCode::TeamKeyMissing.into());
            }
            let edit = DirectoryEdit::next_version(directory, self.now());
            Ok(if team.next_epoch.is_some() { None } else { Some(wanting(edit, team.team)?) })
        })
        .await?;
        self.office_now().await
    }

    /// The same for every team whose key has been sealed to for long enough.
    pub(super) async fn ask_for_due_keys(&self) -> Result<(), CommandError> {
        let now = self.endpoint_now().await?;
        let is_due = |key: &TeamKeyEpoch| key.since.is_none_or(|since| now.since(since) > KEY_LIFE);
        self.publish(|desk| {
            let directory = desk.directory()?;
            let due = |team: &&protocol::directory::Team| team.next_epoch.is_none() && directory.open_key(&team.team).is_some_and(is_due);
            let due: Vec<TeamId> = directory.get().teams.iter().filter(due).map(|team| team.team).collect();
            let edit = DirectoryEdit::next_version(directory, self.now());
            if due.is_empty() { Ok(None) } else { due.into_iter().try_fold(edit, wanting).map(Some) }
        })
        .await
    }

    /// Ends a closed key for good: the clerks' apps forget it, and the endpoint its shares; backups of what lay under it open nothing any more. Refused while
    /// anything lies under it at the endpoint. What a device holds sealed and did not deliver would be lost, so each has to have said that it holds nothing;
    /// without that, two administrators have to want it (`without_devices`).
    pub(crate) async fn team_key_destroy(&self, args: KeyDestroy) -> Result<OfficeView, CommandError> {
        self.desk().demand_role(Role::Admin)?;
        self.refresh_directory().await?;
        let team = TeamId::parse(&args.team).ok_or(ErrorCode::NotFound)?;
        let under = self.under_key(team, args.epoch).await?;
        if under > 0 {
            return Err(CommandError::new(ErrorCode::KeyInUse).with("records", under));
        }
        let unheard = self.unheard_devices(team, args.epoch).await?;
        self.publish(|desk| {
            let own = desk.unlocked()?.state()?.member;
            let directory = desk.directory()?;
            let key = directory.key_epoch(&team, args.epoch).ok_or(ErrorCode::NotFound)?;
            match key.state {
                EpochState::Destroyed => return Ok(None),
                EpochState::Open => return Err(CommandError::new(ErrorCode::KeyInUse)),
                EpochState::Closed => {}
            }
            let edit = DirectoryEdit::next_version(directory, self.now());
            let not_found = |_| CommandError::new(ErrorCode::NotFound);
            if unheard == 0 || args.without_devices && is_wanted_by_another(directory, key, own) {
                return edit.with_epoch_state(team, args.epoch, EpochState::Destroyed).map(Some).map_err(not_found);
            }
            if !args.without_devices {
                return Err(CommandError::new(ErrorCode::DevicesUnheard).with("count", unheard));
            }
            if key.doomed_by == Some(own) { Ok(None) } else { edit.with_doomed_key(team, args.epoch, own).map(Some).map_err(not_found) }
        })
        .await?;
        self.office_now().await
    }

    async fn under_key(&self, team: TeamId, epoch: u32) -> Result<u64, CommandError> {
        let counts: EpochsReply = self.exchange::<Done, _>(Who::Member, Method::GET, &format!("/v1/teams/{team}/epochs"), None).await?;
        Ok(counts.epochs.iter().find(|count| count.epoch == epoch).map_or(0, |count| count.records))
    }

    /// What lies under the closed keys of all teams.
    pub(super) async fn under_closed_keys(&self) -> Result<UnderKeys, CommandError> {
        let is_closed = |key: &TeamKeyEpoch| key.state == EpochState::Closed;
        let teams: Vec<TeamId> = {
            let desk = self.desk();
            desk.directory()?.get().teams.iter().filter(|team| team.keys.iter().any(is_closed)).map(|team| team.team).collect()
        };
        let mut under = UnderKeys::new();
        for team in teams {
            let counts: EpochsReply = self.exchange::<Done, _>(Who::Member, Method::GET, &format!("/v1/teams/{team}/epochs"), None).await?;
            under.extend(counts.epochs.iter().map(|count| ((team, count.epoch), count.records)));
        }
        Ok(under)
    }

    /// How many devices may hold something sealed to this key: those that did not state, under their own keys, that they do not and never will. Revoked ones
    /// too, because they still deliver.
    async fn unheard_devices(&self, team: TeamId, epoch: u32) -> Result<usize, CommandError> {
        let reply: DeviceStatesReply = self.exchange::<Done, _>(Who::Member, Method::GET, "/v1/device-states", None).await?;
        let desk = self.desk();
        let directory = desk.directory()?;
        let closed_in = directory.key_epoch(&team, epoch).and_then(|key| key.closed_in);
        let has_said = |device: &Device| {
            let mut signed = reply.devices.iter().filter(|state| state.device == device.device).filter_map(|state| state.statement.as_ref());
            let proves = |word: &DeviceStatement| {
                word.device == device.device && closed_in.is_some_and(|number| word.holds_nothing_under(team, epoch, number))
            };
            signed.any(|signed| office::fleet::verify(signed, directory).is_ok_and(|word| proves(&word)))
        };
        Ok(directory.get().devices.iter().filter(|device| !has_said(device)).count())
    }
}

impl Desk {
    /// The keys of a team, as an administrator looks after them; the newest first.
    pub(super) fn key_rows(&self, team: &protocol::directory::Team, under: &UnderKeys) -> Vec<KeyRow> {
        let row = |key: &TeamKeyEpoch| KeyRow {
            epoch: key.epoch,
            state: match key.state {
                EpochState::Open => KeyState::Open,
                EpochState::Closed => KeyState::Closed,
                EpochState::Destroyed => KeyState::Destroyed,
            },
            since: key.since.map(|since| since.0),
            records: under.get(&(team.team, key.epoch)).copied().filter(|_| key.state == EpochState::Closed).unwrap_or_default(),
            wanted_gone_by: key.doomed_by.filter(|_| key.state == EpochState::Closed).map(|by| self.member_name(by)),
        };
        team.keys.iter().rev().map(row).collect()
    }
}

fn is_wanted_by_another(directory: &VerifiedDirectory, key: &TeamKeyEpoch, own: MemberId) -> bool {
    key.doomed_by.is_some_and(|by| by != own && directory.has_role(&by, Role::Admin))
}

fn wanting(edit: DirectoryEdit, team: TeamId) -> Result<DirectoryEdit, CommandError> {
    edit.with_next_key_wanted(team).map_err(|_| CommandError::new(ErrorCode::NotFound))
}

/// Asks for another key of each team whose clerk somebody was: what they know shall open nothing that comes from now on.
pub(super) fn wanting_after(edit: DirectoryEdit, directory: &VerifiedDirectory, leaving: MemberId) -> Result<DirectoryEdit, CommandError> {
    let Some(member) = directory.member(&leaving).filter(|member| member.roles.contains(&Role::Clerk)) else { return Ok(edit) };
    wanting_for(edit, directory, &member.teams)
}

/// Asks for another key of each of these teams that has one.
pub(super) fn wanting_for(edit: DirectoryEdit, directory: &VerifiedDirectory, teams: &[TeamId]) -> Result<DirectoryEdit, CommandError> {
    let mut known = teams.iter().copied().filter(|team| directory.open_key(team).is_some());
    known.try_fold(edit, |edit, team| edit.with_another_key_wanted(team).map_err(|_| CommandError::new(ErrorCode::NotFound)))
}
