//! What the writer promises to pieces of work, whatever they do.

use std::sync::Arc;

use clock::MockClock;
use office::directory::{DirectoryEdit, Previous, RootPin, VerifiedDirectory};
use office::keys::SigningSecret;
use office::root::OfficeRoot;
use protocol::directory::{EndpointKeys, Member, ReceiptPolicy, Role, Settings, Standing};
use protocol::log::LeafKind;
use protocol::problem::ProblemCode;
use protocol::{DeviceId, Digest, MemberId, OfficeId, RecordId, UnixTime};
use receipts::CheckpointSigner;

use super::batch::{Attested, Batch};
use super::{Refusal, Store, StoreFault, StoreOptions, WriterThread};

const OFFICE: OfficeId = OfficeId([1; 16]);

fn open(dir: &tempfile::TempDir) -> (Store, WriterThread) {
    let clock = Arc::new(MockClock::at(UnixTime(100)));
    let options = StoreOptions { signer: CheckpointSigner::new([3; 32]), generation: 1, copies: 1, max_pages: None, lease: 7 * 24 * 3600, clock };
    Store::open(&dir.path().join("mailbox.sqlite"), options, ()).unwrap()
}

fn first_directory() -> (RootPin, VerifiedDirectory) {
    let (root, admin, key) = (OfficeRoot::make(), MemberId([2; 16]), SigningSecret::from_seed([2; 32]));
    let pin = RootPin { office: OFFICE, root_key: root.public_key() };
    let receipt_key = CheckpointSigner::new([3; 32]).public_key();
    let endpoint = EndpointKeys { generation: 1, receipt_key, next_receipt_key: None, tls_pins: vec![] };
    let settings = Settings {
        receipt_policy: ReceiptPolicy { min_copies: 1, require_accepted: false },
        customer_number_pattern: "999A999999".to_owned(),
        unit_number_patterns: vec!["99999BG9999999".to_owned()],
        team_rules: vec![],
        deadlines_days: vec![3],
        languages: vec![],
        information: None,
        entry_mask: None,
        minimum_client: "0.1.0".to_owned(),
        demo: false,
    };
    let member = Member {
        member: admin,
        name: "Anna Admin".to_owned(),
        roles: vec![Role::Admin],
        teams: vec![],
        key: key.public_key(),
        standing: Standing::Active,
    };
    let edit = DirectoryEdit::founding(OFFICE, "Jobcenter Musterstadt", endpoint, settings, UnixTime(1)).with_member(member);
    let edit = edit.with_certificate(root.certify(OFFICE, admin, key.public_key(), 1, UnixTime(1))).unwrap();
    (pin, edit.sign(1, &key, &pin, Previous::Nothing).unwrap().1)
}

async fn founded(dir: &tempfile::TempDir) -> (Store, WriterThread) {
    let (store, writer) = open(dir);
    let (pin, directory) = first_directory();
    store.write(move |batch| batch.found(pin, directory)).await.unwrap();
    (store, writer)
}

fn attest(batch: &mut Batch<'_>, record: u8) -> Result<u64, StoreFault> {
    let attested = Attested {
        kind: LeafKind::Stored,
        device: DeviceId([4; 16]),
        record: RecordId([record; 16]),
        digest: Digest([record; 32]),
        length: 9,
        team_key_epoch: 1,
        statement: None,
    };
    batch.attest(OFFICE, attested)
}

#[tokio::test]
async fn a_refused_piece_of_work_leaves_nothing_in_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let (store, writer) = founded(&dir).await;
    let refused = store.write(|batch| attest(batch, 1).map_err(Refusal::from).and(Err::<(), _>(ProblemCode::Conflict.into()))).await;
    assert!(matches!(refused.err(), Some(Refusal::Problem(ProblemCode::Conflict))));
    let kept = store.write(|batch| Ok(attest(batch, 2)?)).await.unwrap();
    assert_eq!(kept.value, 1, "the place right after the directory");
    let receipt = store.receipt(1).await.unwrap();
    assert_eq!(Some(&receipt), kept.fresh_receipt(1));
    assert_eq!(store.snapshot().head.as_ref().unwrap().size, 2);
    drop(store);
    writer.join();
    // Opening recomputes the root from the stored nodes.
    drop(open(&dir));
}

#[test]
fn delivery_never_walks_through_all_records() {
    let dir = tempfile::tempdir().unwrap();
    let sql = super::schema::open_writer(&dir.path().join("mailbox.sqlite"), None).unwrap();
    for query in super::records::lookups() {
        let mut plan = sql.prepare(&format!("EXPLAIN QUERY PLAN {query}")).unwrap();
        for number in 1..=plan.parameter_count() {
            plan.raw_bind_parameter(number, [1_u8; 16]).unwrap();
        }
        let mut steps = plan.raw_query();
        while let Some(step) = steps.next().unwrap() {
            let step: String = step.get(3).unwrap();
            assert!(!step.starts_with("SCAN") || step == "SCAN CONSTANT ROW", "{query}: {step}");
        }
    }
}

#[tokio::test]
async fn a_failed_commit_is_nobodys_success_and_stops_the_writing() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _writer) = founded(&dir).await;
    let broken = store.write(|batch| Ok(batch.sql.execute("INSERT INTO no_such_table VALUES (1)", [])?)).await;
    assert!(matches!(broken.err(), Some(Refusal::Store(StoreFault::Stopped))));
    let later = store.write(|batch| Ok(attest(batch, 3)?)).await;
    assert!(matches!(later.err(), Some(Refusal::Store(StoreFault::Stopped))), "read-only until a person has looked");
    assert!(store.snapshot().stopped);
    assert_eq!(store.receipt(0).await.unwrap().index, 0, "reading goes on");
}

#[tokio::test]
async fn a_commit_that_is_turned_down_at_the_end_acknowledges_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _writer) = founded(&dir).await;
    // A deferred constraint makes COMMIT itself fail, as a failed fsync would.
    let vetoed = store
        .write(|batch| {
            batch.sql.execute_batch("PRAGMA defer_foreign_keys = ON; INSERT INTO envelope (record, bytes) VALUES (999, x'00')")?;
            Ok(attest(batch, 3)?)
        })
        .await;
    assert!(matches!(vetoed.err(), Some(Refusal::Store(StoreFault::Stopped))));
    assert_eq!(store.snapshot().head.as_ref().unwrap().size, 1, "nothing of it was published");
    assert!(store.receipt(1).await.is_err());
}
