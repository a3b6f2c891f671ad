//! The files as they are on disk: frozen in `docs/formats/audit.md`.

use audit::file::ExportedLine;
use audit::{AuditFile, DeviceLedger, EndpointLog, PublicKey, SignedDeviceLedger};
use office::keys::SigningSecret;
use protocol::log::SignedCheckpoint;
use protocol::{DeviceId, OfficeId, RecordId, SignatureBytes, UnixTime};

const DOCUMENT: &str = include_str!("../../../docs/formats/audit.md");
const AT: UnixTime = UnixTime(1_900_000_000);

fn vector(name: &str) -> Vec<u8> {
    let line = DOCUMENT.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).expect("a vector");
    hex::decode(line).expect("hex")
}

fn device() -> AuditFile {
    let lines = vec![ExportedLine { line: vec![1].into(), receipt: Some(vec![2].into()) }, ExportedLine { line: vec![3].into(), receipt: None }];
    let (office, device, root_key) = (OfficeId([0x0f; 16]), DeviceId([0xde; 16]), PublicKey([0x11; 32]));
    let ledger = DeviceLedger { office, device, root_key, at: AT, lines, held: vec![RecordId([4; 16])], seen: None };
    AuditFile::Device(SignedDeviceLedger::sign(&ledger, &SigningSecret::from_seed([1; 32])))
}

fn endpoint() -> AuditFile {
    let head = SignedCheckpoint { body: vec![7].into(), signature: SignatureBytes([8; 64]) };
    let (directories, leaves) = (vec![vec![5].into()], vec![vec![6].into()]);
    let (office, root_key) = (OfficeId([0x0f; 16]), PublicKey([0x11; 32]));
    AuditFile::Endpoint(EndpointLog { office, root_key, at: AT, directories, leaves, head, held: vec![RecordId([4; 16])] })
}

#[test]
fn the_files_are_frozen() {
    for (name, file) in [("device", device()), ("endpoint", endpoint())] {
        let bytes = file.clone().encode();
        assert_eq!(hex::encode(&bytes), hex::encode(vector(name)), "{name}");
        assert_eq!(AuditFile::decode(&bytes), Ok(file));
    }
}

#[test]
fn bytes_that_are_none_are_refused_and_nothing_panics() {
    let whole = endpoint().encode();
    for at in 0..whole.len() {
        assert!(AuditFile::decode(&whole[..at]).is_err());
        let mut changed = whole.clone();
        changed[at] ^= 0x20;
        // Whatever reads must be the same file again when it is written.
        if let Ok(file) = AuditFile::decode(&changed) {
            assert_eq!(file.encode(), changed);
        }
    }
}
