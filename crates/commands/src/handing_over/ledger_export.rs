//! The ledger as a file for an audit: lines, their receipts, what is still here, and what the endpoint showed; signed by the device. It names no person.

use std::sync::Arc;

use audit::file::ExportedLine;
use audit::{AuditFile, DeviceLedger, SignedDeviceLedger};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use protocol::RecordId;
use vault::Vault;

use crate::App;
use crate::api::{CommandError, LedgerExport, Nothing};
use crate::app::off_the_desk;
use crate::desk::Ledgered;

/// Lines read at a time: the vault is free in between.
const STRETCH: usize = 250;

impl App {
    /// Exports the ledger. Needs nobody's passphrase, as checking it does.
    pub(crate) async fn ledger_export(&self, _: Nothing) -> Result<LedgerExport, CommandError> {
        let at = self.now();
        let (vault, Ledgered { office, root_key, seen, secret }) = {
            let desk = self.desk();
            (Arc::clone(&desk.vault), desk.for_an_audit()?)
        };
        off_the_desk(move || {
            let device = vault.device_id();
            let (lines, held) = at_rest(&vault)?;
            let (count, still_here) = (lines.len(), held.len());
            let signed = SignedDeviceLedger::sign(&DeviceLedger { office, device, root_key, at, lines, held, seen }, &secret);
            let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            Ok(LedgerExport {
                file: STANDARD.encode(AuditFile::Device(signed).encode()),
                lines: small(count),
                held: small(still_here),
                device: device.to_string(),
                root_key: root_key.to_string(),
            })
        })
        .await?
    }
}

/// Lines and what is held, as they were at one moment: a delivery that runs meanwhile moves a form from one to the other.
fn at_rest(vault: &Vault) -> Result<(Vec<ExportedLine>, Vec<RecordId>), CommandError> {
    loop {
        let (head, held) = (vault.ledger_head()?, vault.held_records()?);
        let lines = lines(vault)?;
        if vault.ledger_head()? == head && vault.held_records()? == held {
            return Ok((lines, held));
        }
    }
}

/// Every line; an error if one cannot be opened, as for whoever lists or verifies the ledger here.
fn lines(vault: &Vault) -> Result<Vec<ExportedLine>, CommandError> {
    let mut lines = Vec::new();
    let mut from = Some(0);
    while let Some(start) = from {
        let page = vault.ledger_page(start, STRETCH)?;
        lines.extend(page.rows.into_iter().map(|row| ExportedLine { line: row.line.encode().into(), receipt: row.receipt.map(Into::into) }));
        from = page.next;
    }
    Ok(lines)
}
