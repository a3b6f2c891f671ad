//! An audit at the end of a story: what everybody exports has to fit.

use anyhow::{Context, Result, ensure};
use audit::{Audit, AuditFile, PublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::caller::Caller;
use crate::mailbox::Mailbox;

/// Holds the ledgers of these devices against the endpoint's log; the devices must be all that delivered or entered something.
///
/// # Errors
/// Names everything that does not fit.
pub fn demand_whole(mailbox: &Mailbox, devices: &mut [&mut dyn Caller]) -> Result<Audit> {
    demand_fits(AuditFile::decode(&mailbox.audit()?)?, devices)
}

/// The same with the endpoint's file.
///
/// # Errors
/// Names everything that does not fit.
pub fn demand_fits(endpoint: AuditFile, devices: &mut [&mut dyn Caller]) -> Result<Audit> {
    let (mut files, mut root_key) = (vec![endpoint], None);
    for device in devices {
        let export = device.call("ledger_export", Value::Null)?;
        files.push(AuditFile::decode(&STANDARD.decode(export["file"].as_str().context("a file")?)?)?);
        root_key = export["root_key"].as_str().and_then(PublicKey::parse);
    }
    let audit = audit::audit(&files, &root_key.context("a device's root key")?)?;
    let gaps: Vec<String> = audit.gaps.iter().map(ToString::to_string).collect();
    ensure!(gaps.is_empty(), "the audit finds gaps: {gaps:#?}");
    Ok(audit)
}
