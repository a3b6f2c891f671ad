//! An audit with public keys only: what the endpoint and the devices export fits, and whatever somebody takes away, adds or changes is named.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use audit::file::{AuditFile, DeviceLedger, EndpointLog, ExportedLine, SignedDeviceLedger};
use audit::{Audit, AuditError, PublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clock::SystemClock;
use office::keys::SigningSecret;
use protocol::log::{Checkpoint, Leaf, LeafKind};
use protocol::{DeviceId, RecordId, from_cbor, to_cbor};
use receipts::ledger::{Head, LedgerEntry, LedgerKind, LedgerLine};
use receipts::merkle::{NodeId, append, leaf_hash, root};
use serde_json::{Value, json};
use testkit::backlog;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::small_office::SmallOffice;
use vault::{Vault, VaultOptions};

/// The files of a small office: five forms handed over, two of them entered, one only opened, and a sixth that is still on its device.
struct Files {
    endpoint: EndpointLog,
    devices: BTreeMap<&'static str, DeviceLedger>,
    secrets: BTreeMap<&'static str, SigningSecret>,
    root_key: PublicKey,
    folder: tempfile::TempDir,
}

fn export(desk: &mut Desk) -> (DeviceLedger, PublicKey) {
    let reply = desk.call("ledger_export", Value::Null).expect("exported");
    let bytes = STANDARD.decode(reply["file"].as_str().expect("a file")).expect("base64");
    let AuditFile::Device(signed) = AuditFile::decode(&bytes).expect("an audit file") else { panic!("a device's") };
    let ledger: DeviceLedger = from_cbor(&signed.body, 1 << 20).expect("a ledger");
    assert_eq!(ledger.lines.len() as u64, reply["lines"].as_u64().expect("a number"));
    (ledger, PublicKey::parse(reply["root_key"].as_str().expect("a key")).expect("hex"))
}

impl Files {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut office = SmallOffice::found(folder.path()).expect("an office");
        let mut counsellor = office.counsellor("counsellor").expect("a counsellor");
        backlog::seal(&mut counsellor, 1, 1, 5).expect("five forms");
        counsellor.call("sync", Value::Null).expect("delivers");
        backlog::seal(&mut counsellor, 100, 1, 1).expect("a sixth");
        let queue = office.clerk.call("queue", Value::Null).expect("a queue");
        let records: Vec<Value> = queue["rows"].as_array().expect("rows").iter().map(|row| row["record"].clone()).collect();
        for (at, record) in records[..3].iter().enumerate() {
            office.clerk.call("record_open", json!({ "record": record })).expect("opens");
            if at < 2 {
                office.clerk.call("record_confirm", json!({ "record": record, "at_once": true })).expect("confirms");
            }
        }
        let AuditFile::Endpoint(endpoint) = endpoint::audit_file(office.mailbox.data(), &SystemClock).expect("exported while it serves") else {
            panic!("an endpoint's")
        };
        let (mut devices, mut keys) = (BTreeMap::new(), Vec::new());
        for (name, desk) in [("admin", &mut office.admin), ("clerk", &mut office.clerk), ("counsellor", &mut counsellor)] {
            let (ledger, root_key) = export(desk);
            devices.insert(name, ledger);
            keys.push(root_key);
        }
        assert!(keys.iter().all(|key| *key == keys[0]));
        let places: BTreeMap<&'static str, PathBuf> = devices.keys().map(|name| (*name, office.place(name))).collect();
        drop((office, counsellor));
        let secret = |place: &PathBuf| {
            let vault = Vault::open_or_create(place, &VaultOptions { kdf: None }, Arc::new(SystemClock)).expect("opens");
            SigningSecret::from_seed(*vault.device_seed())
        };
        let secrets = places.iter().map(|(name, place)| (*name, secret(place))).collect();
        Self { endpoint, devices, secrets, root_key: keys[0], folder }
    }

    /// The audit, each device's part signed by whoever holds its key.
    fn audit(&self) -> Audit {
        let mut files = vec![AuditFile::Endpoint(self.endpoint.clone())];
        files.extend(self.devices.iter().map(|(name, ledger)| AuditFile::Device(SignedDeviceLedger::sign(ledger, &self.secrets[name]))));
        audit::audit(&files, &self.root_key).expect("compared")
    }

    fn gaps(&self) -> Vec<String> {
        self.audit().gaps.iter().map(ToString::to_string).collect()
    }

    /// The same office with a change; what was found is what `expected` says, in whatever order, and nothing else.
    fn with(&self, expected: &[&str], change: impl FnOnce(&mut Self)) {
        let mut changed = Self {
            endpoint: self.endpoint.clone(),
            devices: self.devices.clone(),
            secrets: self.secrets.iter().map(|(name, secret)| (*name, SigningSecret::from_seed(*secret.expose_seed()))).collect(),
            root_key: self.root_key,
            folder: tempfile::tempdir().expect("a folder"),
        };
        change(&mut changed);
        let gaps = changed.gaps();
        assert_eq!(gaps.len(), expected.len(), "{gaps:#?}");
        for sentence in expected {
            assert!(gaps.iter().any(|gap| gap.contains(sentence)), "{sentence:?} is not among {gaps:#?}");
        }
    }

    fn leaves(&self) -> Vec<(usize, Leaf)> {
        self.endpoint.leaves.iter().enumerate().map(|(at, bytes)| (at, from_cbor(bytes, 256).expect("a leaf"))).collect()
    }

    fn first(&self, kind: LeafKind) -> (usize, Leaf) {
        self.leaves().into_iter().find(|(_, leaf)| leaf.kind == kind).expect("there is one")
    }

    /// What only the endpoint itself can do: another log, with a genuine head.
    fn endpoint_signs(&mut self, office: &std::path::Path) {
        let mut nodes = BTreeMap::new();
        for (at, bytes) in self.endpoint.leaves.iter().enumerate() {
            let mut put = Vec::new();
            let get = |id: NodeId| nodes.get(&id).copied().ok_or(());
            append(at as u64, leaf_hash(bytes), get, |id, hash| {
                put.push((id, hash));
                Ok(())
            })
            .expect("grows");
            nodes.extend(put);
        }
        let size = self.endpoint.leaves.len() as u64;
        let old: Checkpoint = from_cbor(&self.endpoint.head.body, 256).expect("a checkpoint");
        let head = Checkpoint { size, root: root(size, |id| nodes.get(&id).copied().ok_or(())).expect("whole"), ..old };
        self.endpoint.head = testkit::evidence::log_key(&office.join("endpoint")).expect("its key").sign(&head);
    }
}

fn rechained(ledger: &mut DeviceLedger, change: impl FnOnce(&mut Vec<LedgerLine>)) {
    let mut lines: Vec<LedgerLine> = ledger.lines.iter().map(|line| LedgerLine::decode(&line.line).expect("a line")).collect();
    let receipts: BTreeMap<(RecordId, Option<u64>), _> =
        ledger.lines.iter().zip(&lines).map(|(row, line)| ((line.record, line.receipt.map(|named| named.index)), row.receipt.clone())).collect();
    change(&mut lines);
    let mut head = Head::START;
    ledger.lines = lines
        .into_iter()
        .map(|line| {
            let LedgerLine { kind, record, digest, receipt, at, .. } = line;
            let line = head.next_line(&LedgerEntry { kind, record, digest, receipt, at });
            head = head.follow(&line).expect("in its place");
            ExportedLine { receipt: receipts.get(&(record, receipt.map(|named| named.index))).cloned().flatten(), line: line.encode().into() }
        })
        .collect();
}

#[test]
fn an_auditor_finds_that_everything_fits_or_what_does_not() {
    let files = Files::new();
    let found = files.audit();
    assert_eq!(found.gaps, []);
    assert_eq!((found.stored, found.destroyed, found.waiting, found.ledgers), (5, 2, 3, 3));
    assert_eq!(found.lines, 7, "five copies destroyed, two destructions witnessed");
    assert_eq!(files.devices["counsellor"].held.len(), 1);
    assert_eq!(found.name, "Jobcenter Klein");

    what_an_endpoint_leaves_out(&files);
    what_an_endpoint_signs_anew(&files);
    what_a_device_leaves_out(&files);
    files_that_are_others(&files);
}

fn what_an_endpoint_leaves_out(files: &Files) {
    let destroyed = files.first(LeafKind::Destroyed).1.record;
    let stored = files.leaves().into_iter().rev().find(|(_, leaf)| leaf.kind == LeafKind::Stored).expect("stored").1.record;
    files.with(&["is still at the endpoint"], |files| {
        files.endpoint.held.push(destroyed);
        files.endpoint.held.sort_unstable();
    });
    files.with(&[&format!("record {stored} is gone from the endpoint")], |files| files.endpoint.held.retain(|held| *held != stored));
    files.with(&["the log does not know it"], |files| files.endpoint.held.push(RecordId([7; 16])));
    files.with(&["the signed head is over"], |files| {
        // Its last leaf says that a form was accepted: a life without it is whole.
        files.endpoint.leaves.pop();
        files.devices.values_mut().for_each(|ledger| ledger.seen = None);
    });
    let (at, leaf) = files.first(LeafKind::Accepted);
    files.with(&["are not the ones that the head is signed over", "was shown a log"], |files| {
        files.endpoint.leaves[at] = to_cbor(&Leaf { copies: leaf.copies + 1, ..leaf }).into();
    });
    // A directory that is kept back: the newest one, in which the administrator of the small office approved its counsellor.
    let all = files.endpoint.directories.len() as u64;
    let (withheld, unnamed) = (format!("tells of a directory {all} that is not in the file"), "which no directory names");
    files.with(&[&withheld, unnamed, unnamed, unnamed, unnamed, unnamed, "or no directory names it", "was not handed in"], |files| {
        files.endpoint.directories.pop();
    });
    files.with(&["directory 2 does not count", "the signed head is over", "tells of a directory 2"], |files| {
        let at = files.endpoint.directories[1].len() - 1;
        files.endpoint.directories[1][at] ^= 1;
        files.endpoint.directories.truncate(2);
        let known: Vec<_> = files.leaves().into_iter().filter(|(_, leaf)| leaf.kind == LeafKind::Directory).take(2).map(|(at, _)| at).collect();
        files.endpoint.leaves.truncate(known[1] + 1);
        files.endpoint.held.clear();
        files.devices.clear();
    });
}

/// The endpoint holds the log's key: it can sign what it likes, and what it signed before convicts it.
fn what_an_endpoint_signs_anew(files: &Files) {
    let office = files.folder.path().to_owned();
    let (at, leaf) = files.first(LeafKind::Destroyed);
    // A second face: the log without one destruction, which the clerk's device has a receipt of.
    files.with(&["is gone from the endpoint", "was shown a log", "is another one", "is another one"], |files| {
        files.endpoint.leaves.remove(at);
        files.endpoint_signs(&office);
    });
    // A forged destruction in the clerk's name.
    let open = files.endpoint.held[0];
    let stood = files.leaves().into_iter().find(|(_, leaf)| leaf.record == open).expect("stored").1;
    files.with(&["and its ledger does not know that"], |files| {
        files.endpoint.leaves.push(to_cbor(&Leaf { record: open, digest: stood.digest, length: stood.length, ..leaf.clone() }).into());
        files.endpoint.held.retain(|held| *held != open);
        files.endpoint_signs(&office);
    });
    // In the name of a device that never was.
    files.with(&["which no directory names", "was not handed in"], |files| {
        let forged = Leaf { record: open, digest: stood.digest, length: stood.length, device: DeviceId([9; 16]), ..leaf.clone() };
        files.endpoint.leaves.push(to_cbor(&forged).into());
        files.endpoint.held.retain(|held| *held != open);
        files.endpoint_signs(&office);
    });
    // Twice stored, destroyed after its destruction, other bytes, never stored, without a statement.
    let again = |sentence: &[&str], leaf: Leaf| {
        files.with(sentence, |files| {
            files.endpoint.leaves.push(to_cbor(&leaf).into());
            files.endpoint_signs(&office);
        });
    };
    again(&["was stored twice"], stood.clone());
    again(&["after its destruction"], leaf.clone());
    again(&["of other bytes"], Leaf { kind: LeafKind::Accepted, ..Leaf { record: open, ..leaf.clone() } });
    again(&["which was never stored"], Leaf { kind: LeafKind::Accepted, record: RecordId([3; 16]), ..leaf.clone() });
    again(&["a clerk's statement is missing"], Leaf { kind: LeafKind::Accepted, statement: None, ..stood.clone() });
    again(&["of another life of the endpoint"], Leaf { kind: LeafKind::Accepted, statement: leaf.statement, generation: 9, ..stood });
}

fn what_a_device_leaves_out(files: &Files) {
    files.with(&["does not know what became of the copy"], |files| {
        rechained(files.devices.get_mut("counsellor").expect("there"), |lines| {
            lines.pop();
        });
    });
    files.with(&["stands in the place of line 1", "what became", "what became", "what became", "what became"], |files| {
        files.devices.get_mut("counsellor").expect("there").lines.remove(1);
    });
    files.with(&["still holds one"], |files| {
        let stored = files.first(LeafKind::Stored).1.record;
        files.devices.get_mut("counsellor").expect("there").held.push(stored);
    });
    files.with(&["it is missing"], |files| files.devices.get_mut("clerk").expect("there").lines[0].receipt = None);
    files.with(&["receipt for other bytes"], |files| {
        rechained(files.devices.get_mut("clerk").expect("there"), |lines| lines[0].digest.0[0] ^= 1);
    });
    // A copy that was not delivered, passed off as delivered.
    files.with(&["the receipt of ledger line 5 does not count: it is missing"], |files| {
        rechained(files.devices.get_mut("counsellor").expect("there"), |lines| {
            let mut made_up = lines[0].clone();
            made_up.record = RecordId([5; 16]);
            assert_eq!(made_up.kind, LedgerKind::Destroyed);
            lines.push(made_up);
        });
    });
    files.with(&["which delivered or entered 5 records, was not handed in"], |files| {
        files.devices.remove("counsellor");
    });
}

fn files_that_are_others(files: &Files) {
    let endpoint = AuditFile::Endpoint(files.endpoint.clone());
    assert_eq!(audit::audit(&[], &files.root_key), Err(AuditError::NoLog));
    assert_eq!(audit::audit(&[endpoint.clone(), endpoint.clone()], &files.root_key), Err(AuditError::TwoLogs));
    assert_eq!(audit::audit(&[endpoint], &SigningSecret::make().public_key()), Err(AuditError::OtherRoot));
    files.with(&["that device did not sign it", "was not handed in"], |files| {
        files.secrets.insert("clerk", SigningSecret::make());
    });
    files.with(&["it was enrolled in somebody else's office", "was not handed in"], |files| {
        files.devices.get_mut("clerk").expect("there").root_key = SigningSecret::make().public_key();
    });
    let bytes = AuditFile::Endpoint(files.endpoint.clone()).encode();
    assert_eq!(AuditFile::decode(&bytes).expect("reads"), AuditFile::Endpoint(files.endpoint.clone()));
    assert!(AuditFile::decode(&bytes[..bytes.len() - 1]).is_err());
    let mut later = bytes;
    later[13] = 2;
    assert_eq!(AuditFile::decode(&later).expect_err("refused").to_string(), "an audit file of format 2, which this program does not know");
}
