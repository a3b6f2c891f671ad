//! An audit: files of the endpoint and of devices, held against each other with public keys only.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use ::audit::PublicKey;
use ::audit::file::MAX_FILE_BYTES;
use ::audit::{Audit, AuditFile};
use serde_json::json;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::outcome::Outcome;

/// Reads the files and compares them.
pub fn verify(files: &[PathBuf], root_key: &str) -> Result<Outcome, Failure> {
    let root_key = PublicKey::parse(root_key).ok_or_else(|| Failure::usage("--root-key takes the 64 hex digits that `bogen ledger export` shows"))?;
    let files = files.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let audit = ::audit::audit(&files, &root_key).map_err(|error| Failure::usage(format!("nothing could be compared: {error}")))?;
    Ok(outcome(&audit))
}

fn read(path: &Path) -> Result<AuditFile, Failure> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes));
    read.map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
    AuditFile::decode(&bytes).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
}

fn outcome(audit: &Audit) -> Outcome {
    let gaps: Vec<String> = audit.gaps.iter().map(ToString::to_string).collect();
    let Audit { directories, leaves, stored, destroyed, waiting, ledgers, lines, .. } = audit;
    let mut text = format!(
        "{} (office {})\nDirectories, signed in sequence from the root key on: {directories}\nLeaves in the log: {leaves}\nForms stored: {stored}; destroyed \
         {destroyed}, waiting at the endpoint {waiting}\nLedgers: {ledgers}, with {lines} lines\n",
        if audit.name.is_empty() { "No directory counts" } else { &audit.name },
        audit.office,
    );
    if gaps.is_empty() {
        text.push_str("Everything fits.");
    } else {
        text.push_str(&format!("Does NOT fit: {}", gaps.len()));
        gaps.iter().for_each(|gap| text.push_str(&format!("\n- {gap}")));
    }
    let json = json!({
        "office": audit.office.to_string(), "name": audit.name, "directories": directories, "leaves": leaves, "stored": stored, "destroyed": destroyed,
        "waiting": waiting, "ledgers": ledgers, "lines": lines, "gaps": gaps,
    });
    Outcome { text, json, exit: if audit.gaps.is_empty() { Exit::Done } else { Exit::NotTrusted } }
}
