//! Waiting for ACCEPTED: in an office that decided so, a copy is destroyed only when a clerk's app opened the envelope, found it readable and said so, signed.

use office::statements::verify_earlier;
use protocol::api::{Acceptance, AcceptancesReply, AcceptancesRequest, RecordStatement};
use protocol::limits::{MAX_ACCEPTANCES, MAX_RESPONSE_BYTES};
use protocol::log::{Leaf, LeafKind};
use protocol::{Context, Digest, from_cbor, to_cbor};
use receipts::Expected;
use reqwest::Method;
use sha2::{Digest as _, Sha256};
use sync::Destroyable;

use crate::App;
use crate::api::{CommandError, ErrorCode};
use crate::desk::Who;

impl App {
    /// Destroys the local copies of what a clerk accepted. Returns how many. Without that policy nothing waits for it.
    pub(super) async fn destroy_accepted(&self) -> Result<u32, CommandError> {
        if !self.awaits_acceptance() {
            return Ok(0);
        }
        let waiting = self.desk().delivered_not_destroyed()?;
        let mut destroyed = 0;
        for some in waiting.chunks(MAX_ACCEPTANCES) {
            let request = AcceptancesRequest { records: some.iter().map(|waiting| waiting.record).collect() };
            let reply: AcceptancesReply = self.exchange(Who::Device, Method::POST, "/v1/acceptances", Some(&request)).await?;
            let mut accepted: Vec<Destroyable> = Vec::new();
            for acceptance in &reply.accepted {
                let Some(copy) = some.iter().find(|waiting| waiting.record == acceptance.record) else { continue };
                self.demand_acceptance(acceptance).await?;
                accepted.push(copy.clone());
            }
            if !accepted.is_empty() {
                self.desk().destroy_delivered(&accepted, self.now())?;
                destroyed += accepted.len() as u32;
                self.changed();
            }
        }
        Ok(destroyed)
    }

    /// Whether copies lie here whose destruction waits for a clerk's word.
    pub(super) fn awaits_acceptance(&self) -> bool {
        let desk = self.desk();
        let waits = desk.policy(1).is_ok_and(|policy| policy.require_accepted) && !desk.has_log_fault();
        waits && desk.outbox_counts().is_ok_and(|(_, delivered)| delivered > 0)
    }

    /// The word is a clerk's, about this record, and the log attests that very word. The bytes need not be those that went: a clerk's app may have changed the lock in
    /// between. What the clerk opened carries the author's signature over this record, so it is this form.
    async fn demand_acceptance(&self, acceptance: &Acceptance) -> Result<(), CommandError> {
        let untrue = || CommandError::new(ErrorCode::NotOurEndpoint);
        // Who joined since the last directory is known by now: a delivery begins with the newest.
        let statement: RecordStatement = {
            let desk = self.desk();
            verify_earlier(Context::AcceptedV1, &acceptance.statement, desk.directory()?).map_err(|_| untrue())?
        };
        let leaf: Leaf = from_cbor(&acceptance.receipt.leaf, MAX_RESPONSE_BYTES).map_err(|_| untrue())?;
        let stated = Digest(Sha256::digest(to_cbor(&acceptance.statement)).into());
        if statement.record != acceptance.record || leaf.statement != Some(stated) {
            return Err(untrue());
        }
        let Leaf { length, team_key_epoch, .. } = leaf;
        let digest = statement.digest;
        let expected = Expected { kind: LeafKind::Accepted, record: acceptance.record, digest, length, device: None, team_key_epoch, min_copies: 1 };
        self.demand_receipt(&acceptance.receipt, &expected).await.map(drop)
    }
}
