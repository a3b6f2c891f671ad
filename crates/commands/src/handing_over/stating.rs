//! Stating what this device holds: after a delivery, at a contact, and when somebody hands it in. It never stands in the way of anything else.

use protocol::fleet::{DeviceStateReply, DeviceStatement, SignedDeviceStatement};
use protocol::limits::MAX_RESPONSE_BYTES;
use protocol::{from_cbor, to_cbor};
use reqwest::Method;
use sha2::{Digest as _, Sha256};

use crate::App;
use crate::api::{Attestation, AttestationSheet, CommandError, ErrorCode, Nothing};
use crate::desk::{Desk, Occasion, Who};

impl App {
    /// States at a contact, if that is due. What fails is made good at the next one.
    pub(crate) async fn state_at_contact(&self) {
        if self.state_now(Occasion::Contact).await.is_ok_and(|signed| signed.is_some()) {
            self.changed();
        }
    }

    async fn state_now(&self, occasion: Occasion) -> Result<Option<SignedDeviceStatement>, CommandError> {
        let Some((statement, signed)) = self.desk().statement_due(occasion, self.now())? else { return Ok(None) };
        let reply: DeviceStateReply = self.exchange(Who::Device, Method::POST, "/v1/device-states", Some(&signed)).await?;
        self.desk().note_stated(statement, &reply, self.now())?;
        Ok(Some(signed))
    }

    /// What is left on this device, of whomever; if that is nothing, it is stated at once, and the sheet says so.
    pub(crate) async fn device_attest(&self, _: Nothing) -> Result<Attestation, CommandError> {
        self.desk().unlocked()?;
        // The newest directory first: the statement names the one that this device follows.
        self.refresh_directory().await?;
        let left = {
            let mut desk = self.desk();
            desk.destroy_ticked()?;
            desk.left_here()?
        };
        if !left.is_nothing() {
            return Ok(left);
        }
        let signed = self.state_now(Occasion::Attestation).await?.ok_or(ErrorCode::Internal)?;
        // Something may have been begun in between: the sheet says what the signed statement says.
        let said: DeviceStatement = from_cbor(&signed.body, MAX_RESPONSE_BYTES).map_err(|_| CommandError::new(ErrorCode::Internal))?;
        if !said.empty {
            return self.desk().left_here();
        }
        let sheet = self.desk().sheet(&signed, self.now().0)?;
        self.changed();
        Ok(Attestation { sheet: Some(sheet), ..left })
    }
}

impl Attestation {
    fn is_nothing(&self) -> bool {
        self.drafts + self.sealed + self.delivered + self.marks + self.papers + self.entries == 0
    }
}

impl Desk {
    fn left_here(&self) -> Result<Attestation, CommandError> {
        let (sealed, delivered) = self.outbox_counts()?;
        let work = self.work_left()?;
        let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Attestation {
            drafts: small(work.units.max(work.forms)),
            sealed,
            delivered,
            marks: small(work.marks),
            papers: small(work.papers),
            entries: small(work.entries).saturating_add(self.opened.len() as u32),
            sheet: None,
        })
    }

    fn sheet(&self, signed: &SignedDeviceStatement, at: u64) -> Result<AttestationSheet, CommandError> {
        let head = self.vault.ledger_head()?;
        Ok(AttestationSheet {
            office: self.office_name().unwrap_or_default(),
            device: self.vault.device_id().to_string(),
            name: self.unlocked()?.name.clone(),
            at,
            ledger_lines: u32::try_from(head.lines).unwrap_or(u32::MAX),
            ledger_head: head.digest.to_string(),
            statement: protocol::Digest(Sha256::digest(to_cbor(signed)).into()).to_string(),
        })
    }
}
