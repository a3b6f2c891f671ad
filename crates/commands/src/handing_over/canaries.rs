//! Canaries: once a day a device seals a form of nobody to each team, the way it seals all others; a clerk's app opens it by itself. A key that is gone, or an app that
//! seals what no other opens, is noticed before anybody's answers depend on it.

use protocol::api::{CanariesReply, CanaryReply, CanaryRequest, CanaryState, CanaryWord, Done};
use protocol::{Context, Digest, RecordId, TeamId, UnixTime};
use questionnaire::{Asking, DraftForm};
use reqwest::Method;
use sealing::{FormBody, HeaderFields, Purpose, seal};
use sha2::{Digest as _, Sha256};

use crate::App;
use crate::api::{CommandError, ErrorCode};
use crate::collect::random_tag;
use crate::desk::{Desk, Who};
use crate::ids::new_id;

/// Seconds after which a canary that nobody opened is an alarm: nine days, longer than the days between the years.
const SILENT: u64 = 9 * 24 * 3600;

/// Seconds between two of them, a little less than a day so that one a day comes through.
const A_DAY: u64 = 20 * 3600;

impl App {
    /// At a contact of somebody unlocked: leaves a canary where none waits, opens the one that waits for this clerk, and learns how all of them stand.
    pub(crate) async fn look_after_canaries(&self) -> Result<(), CommandError> {
        self.look_at_canaries().await?;
        let to_leave = self.desk().canaries_to_leave(self.now())?;
        for (team, request) in &to_leave {
            let path = format!("/v1/teams/{team}/canary");
            self.exchange::<_, Done>(Who::Device, Method::POST, &path, Some(request)).await?;
        }
        let to_open = self.desk().canaries_to_open();
        for team in &to_open {
            self.open_canary(*team).await?;
        }
        if to_leave.is_empty() && to_open.is_empty() { Ok(()) } else { self.look_at_canaries().await }
    }

    async fn look_at_canaries(&self) -> Result<(), CommandError> {
        let reply: CanariesReply = self.exchange::<Done, _>(Who::Device, Method::GET, "/v1/canaries", None).await?;
        self.desk().canaries = reply.canaries;
        self.changed();
        Ok(())
    }

    async fn open_canary(&self, team: TeamId) -> Result<(), CommandError> {
        let path = format!("/v1/teams/{team}/canary");
        let reply: CanaryReply = self.exchange::<Done, _>(Who::Member, Method::GET, &path, None).await?;
        let Some(envelope) = reply.envelope else { return Ok(()) };
        let opened = self.desk().open_envelope(&envelope);
        let readable = match opened {
            Ok(form) => form.body.purpose == Purpose::Canary && form.team == team && form.body.form == content(),
            // She was not given this key yet: a colleague's app opens it.
            Err(error) if error.code == ErrorCode::KeyShareMissing => return Ok(()),
            Err(_) => false,
        };
        let word = CanaryWord { digest: Digest(Sha256::digest(&envelope[..]).into()), readable };
        self.exchange::<_, Done>(Who::Member, Method::POST, &format!("{path}/opening"), Some(&word)).await?;
        Ok(())
    }
}

/// What is in every canary: a form that somebody declined.
fn content() -> Vec<u8> {
    let mut draft = DraftForm::new(Asking::ToPerson);
    draft.refuse();
    draft.check().expect("invariant: who declines everything leaves nothing open");
    draft.finalize().expect("invariant: it was checked").encode().to_vec()
}

impl Desk {
    /// One for each team with a key of whose last canary nobody knows that it waits, or that it was opened today. Only by whoever could seal a form.
    fn canaries_to_leave(&self, now: UnixTime) -> Result<Vec<(TeamId, CanaryRequest)>, CommandError> {
        if self.demand_collector().is_err() {
            return Ok(Vec::new());
        }
        let directory = self.directory()?;
        let mut left = Vec::new();
        for team in &directory.get().teams {
            let Some(key) = directory.open_key(&team.team) else { continue };
            let known = self.canaries.iter().find(|state| state.team == team.team && state.epoch == key.epoch);
            // By this device's clock: the endpoint decides by its own.
            if known.is_some_and(|state| state.opened_at.is_none() || now.since(state.left_at) < A_DAY) {
                continue;
            }
            let user = self.unlocked()?.state()?;
            let secret = user.secret();
            let body = FormBody {
                purpose: Purpose::Canary,
                form: content(),
                customer_number: None,
                unit_number: None,
                author: user.member,
                made_at: now,
                checkpoint: None,
                reply_key: None,
            };
            let fields = HeaderFields {
                office: directory.office(),
                team: team.team,
                team_key_epoch: key.epoch,
                record: RecordId::from_random(new_id()),
                unit_members: 1,
                customer_tag: random_tag(),
                unit_tag: random_tag(),
                awaits_number: false,
                supersedes: None,
                follows: None,
            };
            let sealed = seal(&fields, &body, &secret.public_key(), |message| secret.sign(Context::AuthorV1, message), &key.public_key)
                .map_err(|_| CommandError::new(ErrorCode::SealingFailed))?;
            left.push((team.team, CanaryRequest { envelope: sealed.bytes.into() }));
        }
        Ok(left)
    }

    /// The teams of this clerk whose canary waits.
    fn canaries_to_open(&self) -> Vec<TeamId> {
        let waits = |team: &TeamId| self.canaries.iter().any(|state| state.team == *team && state.opened_at.is_none());
        self.teams_as_clerk().into_iter().filter(waits).collect()
    }

    /// Whether one did not open, and whether one waits for too long.
    pub(crate) fn canary_alarms(&self, now: UnixTime) -> (bool, bool) {
        let failed = |state: &CanaryState| state.opened_at.is_none() && state.failed_at.is_some();
        let silent = |state: &CanaryState| state.opened_at.is_none() && now.since(state.left_at) > SILENT;
        (self.canaries.iter().any(failed), self.canaries.iter().any(silent))
    }
}
