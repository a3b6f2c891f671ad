//! After a team's key was changed: what lies under the old one is sealed to the new one, opened in memory for that and shown to nobody.

use protocol::api::{Done, ReceiptReply, RewrapRequest, RewrapsReply};
use protocol::directory::{EpochState, TeamKeyEpoch};
use protocol::envelope::Envelope;
use protocol::log::LeafKind;
use protocol::problem::ProblemCode;
use protocol::{Context, Digest, RecordId, TeamId, UnixTime};
use receipts::Expected;
use reqwest::Method;
use sealing::{RewrapTo, TeamSecretKey, rewrap};
use sha2::{Digest as _, Sha256};

use crate::App;
use crate::api::CommandError;
use crate::desk::{Desk, Who};

/// One envelope with its new lock, ready to be given back.
pub(super) struct Prepared {
    record: RecordId,
    pub(super) request: RewrapRequest,
    pub(super) expected: Expected,
}

impl App {
    /// Seals anew what the endpoint hands out of the team's closed keys. What cannot be is left for somebody who can, or to be looked at when it is opened;
    /// what a colleague did meanwhile is done.
    pub(crate) async fn rewrap_team(&self, team: TeamId) -> Result<(), CommandError> {
        if !self.desk().can_rewrap(team)? {
            return Ok(());
        }
        let mut after = Some(0);
        while let Some(at) = after {
            let page: RewrapsReply =
                self.exchange::<Done, _>(Who::Member, Method::GET, &format!("/v1/teams/{team}/rewraps?after={at}"), None).await?;
            for envelope in &page.envelopes {
                let prepared = self.desk().prepare_rewrap(team, envelope, self.now())?;
                if let Some(prepared) = prepared {
                    self.give_back(prepared).await?;
                }
            }
            // A page that leads back to itself would never end.
            after = page.next.filter(|next| *next > at);
        }
        Ok(())
    }

    async fn give_back(&self, prepared: Prepared) -> Result<(), CommandError> {
        let path = format!("/v1/records/{}/rewrap", prepared.record);
        match self.exchange::<_, ReceiptReply>(Who::Member, Method::POST, &path, Some(&prepared.request)).await {
            Ok(reply) => self.demand_receipt(&reply.receipt, &prepared.expected).await.map(|_| ()),
            Err(error) if is_done_elsewhere(&error) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Entered, replaced, given to a colleague or sealed anew by one while this app was about to.
fn is_done_elsewhere(error: &CommandError) -> bool {
    let codes = [ProblemCode::Conflict, ProblemCode::NotFound, ProblemCode::Destroyed, ProblemCode::Superseded];
    error.params.get("problem").is_some_and(|problem| codes.iter().any(|code| code.code() == problem))
        || matches!(error.code, crate::api::ErrorCode::NotFound | crate::api::ErrorCode::AlreadyEntered | crate::api::ErrorCode::Superseded)
}

impl Desk {
    /// Whether this clerk holds the team's open key, and there is a closed one.
    fn can_rewrap(&self, team: TeamId) -> Result<bool, CommandError> {
        let has_closed = self.directory()?.team(&team).is_some_and(|team| team.keys.iter().any(|key| key.state == EpochState::Closed));
        let Some(open) = self.open_key(team).map(|key| key.epoch) else { return Ok(false) };
        Ok(has_closed && self.team_key(team, open)?.is_some())
    }

    /// Whether it was opened to be entered, by itself or as the number of a form: the clerk's word will name these very bytes.
    fn is_on_the_screen(&self, record: RecordId) -> bool {
        self.opened.iter().any(|(form, opened)| *form == record || opened.numbers.iter().any(|(number, _)| *number == record))
    }

    /// None if this app cannot do it: without the old key, with the form on the screen, or if what is inside does not hold.
    fn prepare_rewrap(&self, team: TeamId, bytes: &[u8], at: UnixTime) -> Result<Option<Prepared>, CommandError> {
        let Ok((record, (of, epoch))) = Envelope::decode(bytes).and_then(|envelope| Ok((envelope.header()?.record, envelope.key()?))) else {
            return Ok(None);
        };
        let Some(open) = self.open_key(team).cloned() else { return Ok(None) };
        let Some(new) = self.team_key(team, open.epoch)? else { return Ok(None) };
        if of != team || epoch == open.epoch || self.is_on_the_screen(record) {
            return Ok(None);
        }
        let Some(prepared) = self.sealed_to(team, &open, record, bytes, at)? else { return Ok(None) };
        // The old lock is destroyed for this one: it is tried before it is given away.
        let fits = sealing::open(&prepared.request.envelope, &TeamSecretKey::from_seed(new.seed)).is_ok();
        Ok(fits.then_some(prepared))
    }

    /// The record's envelope with its content key under another key, of its own team or another one. None without the key that it lies under, or if what is
    /// inside does not hold.
    pub(super) fn sealed_to(
        &self,
        team: TeamId,
        key: &TeamKeyEpoch,
        record: RecordId,
        bytes: &[u8],
        at: UnixTime,
    ) -> Result<Option<Prepared>, CommandError> {
        let Ok((of, epoch)) = Envelope::decode(bytes).and_then(|envelope| envelope.key()) else { return Ok(None) };
        let Some(old) = self.team_key(of, epoch)? else { return Ok(None) };
        let state = self.unlocked()?.state()?;
        let (by, secret) = (state.member, state.secret());
        let to = RewrapTo { team, team_key_epoch: key.epoch, public: &key.public_key, by, by_key: &secret.public_key(), at };
        let sign = |message: &[u8]| secret.sign(Context::RewrappedByV1, message);
        let Ok(rewrapped) = rewrap(bytes, &TeamSecretKey::from_seed(old.seed), &to, sign) else { return Ok(None) };
        let (digest, length) = (rewrapped.digest, rewrapped.bytes.len() as u64);
        let expected = Expected { kind: LeafKind::Rewrapped, record, digest, length, device: None, team_key_epoch: key.epoch, min_copies: 1 };
        let replaces = Digest(Sha256::digest(bytes).into());
        let request = RewrapRequest { envelope: rewrapped.bytes.into(), replaces, token: rewrapped.token };
        Ok(Some(Prepared { record, request, expected }))
    }
}
