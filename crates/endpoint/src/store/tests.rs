//! What the writer promises to pieces of work, whatever they do.

use std::sync::Arc;

use clock::MockClock;
use office::directory::{DirectoryEdit, Previous, RootPin, VerifiedDirectory};
use office::keys::SigningSecret;
use office::root::OfficeRoot;
use proptest::prelude::*;
use protocol::api::MoveRequest;
use protocol::directory::{EndpointKeys, Member, ReceiptPolicy, Role, Settings, Standing};
use protocol::log::LeafKind;
use protocol::problem::ProblemCode;
use protocol::{DeviceId, Digest, MemberId, OfficeId, RecordId, TeamId, UnixTime};
use receipts::CheckpointSigner;
use rusqlite::{Connection, params};

use super::batch::{Attested, Batch};
use super::{Refusal, Store, StoreFault, StoreOptions, WriterThread};

const OFFICE: OfficeId = OfficeId([1; 16]);
const ADMIN: MemberId = MemberId([2; 16]);
const TEAM: TeamId = TeamId([7; 16]);

fn open(dir: &tempfile::TempDir) -> (Store, WriterThread) {
    let clock = Arc::new(MockClock::at(UnixTime(100)));
    let options = StoreOptions { signer: CheckpointSigner::new([3; 32]), generation: 1, copies: 1, max_pages: None, lease: 7 * 24 * 3600, clock };
    Store::open(&dir.path().join("mailbox.sqlite"), options, ()).unwrap()
}

fn first_directory(with: impl FnOnce(DirectoryEdit) -> DirectoryEdit) -> (RootPin, VerifiedDirectory) {
    let (root, key) = (OfficeRoot::make(), SigningSecret::from_seed([2; 32]));
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
    let edit = DirectoryEdit::founding(OFFICE, "Jobcenter Musterstadt", endpoint, settings, UnixTime(1));
    let edit = with(edit.with_member(member(ADMIN, Role::Admin, vec![])));
    let edit = edit.with_certificate(root.certify(OFFICE, ADMIN, key.public_key(), 1, UnixTime(1))).unwrap();
    (pin, edit.sign(1, &key, &pin, Previous::Nothing).unwrap().1)
}

fn member(member: MemberId, role: Role, teams: Vec<TeamId>) -> Member {
    let key = SigningSecret::from_seed([member.0[0]; 32]).public_key();
    Member { member, name: "Jemand".to_owned(), roles: vec![role], teams, key, standing: Standing::Active, collected_before: None }
}

async fn founded(dir: &tempfile::TempDir) -> (Store, WriterThread) {
    let (store, writer) = open(dir);
    found(&store, |edit| edit).await;
    (store, writer)
}

async fn found(store: &Store, with: impl FnOnce(DirectoryEdit) -> DirectoryEdit) {
    let (pin, directory) = first_directory(with);
    store.write(move |batch| batch.found(pin, directory)).await.unwrap();
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

/// Units of one record each, which nobody has; older ones first.
fn insert_units(sql: &Connection, count: u8) -> Result<(), StoreFault> {
    for number in 1..=count {
        let (id, hash) = ([number; 16], [number; 32]);
        sql.execute("INSERT INTO unit (id, team, tag) VALUES (?1, ?2, ?3)", params![number, TEAM.0, hash])?;
        let insert = "INSERT INTO record (record, digest, length, device, team, epoch, unit, unit_members, token_hash, awaits_number, hold, \
             held_on_arrival, stored_at, stored_position) VALUES (?1, ?2, 9, ?1, ?3, 1, ?4, 1, ?2, 0, 0, 0, ?4, ?4)";
        sql.execute(insert, params![id, hash, TEAM.0, number])?;
    }
    Ok(())
}

/// Gives out portion by portion, takes some of them back, and counts after each what every clerk has.
fn give_out(batch: &mut Batch<'_>, weights: &[u8], portions: &[(u32, bool)]) -> Result<Vec<Vec<i64>>, Refusal> {
    insert_units(batch.sql, 200)?;
    for (number, weight) in (10_u8..).zip(weights) {
        let insert = "INSERT INTO quota (team, clerk, assigned, weight, seen) VALUES (?1, ?2, 0, ?3, 100)";
        batch.sql.execute(insert, params![TEAM.0, [number; 16], weight]).map_err(StoreFault::from)?;
    }
    let mut counts = Vec::new();
    for (units, taken_back) in portions {
        batch.move_units(ADMIN, TEAM, &MoveRequest { from: None, to: None, units: *units })?;
        if *taken_back {
            batch.undo_move(ADMIN, TEAM)?;
        }
        let mut shares = Vec::new();
        for number in (10_u8..).take(weights.len()) {
            let count = batch.sql.query_row("SELECT count(*) FROM unit WHERE clerk = ?1", [[number; 16]], |row| row.get(0));
            shares.push(count.map_err(StoreFault::from)?);
        }
        counts.push(shares);
    }
    Ok(counts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// By hand and in whatever portions: the sum is what automatic distribution would have given.
    #[test]
    fn portions_given_out_by_hand_add_up_to_the_quotas(
        weights in prop::collection::vec(1_u8..=100, 2..6),
        portions in prop::collection::vec((1_u32..5, prop::bool::weighted(0.2)), 1..40),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let counts = runtime.block_on(async {
            let (store, _writer) = open(&dir);
            let clerks = weights.len();
            let clerk = |number: u8| member(MemberId([number; 16]), Role::Clerk, vec![TEAM]);
            found(&store, |edit| (10_u8..).take(clerks).map(clerk).fold(edit.with_team(TEAM, "Leistung 1"), DirectoryEdit::with_member)).await;
            let weights = weights.clone();
            store.write(move |batch| give_out(batch, &weights, &portions)).await.unwrap().value
        });
        let total: i64 = weights.iter().copied().map(i64::from).sum();
        for shares in counts {
            let units: i64 = shares.iter().sum();
            for (share, weight) in shares.iter().zip(&weights) {
                prop_assert!((share * total - units * i64::from(*weight)).abs() < total, "{shares:?} of {units} for {weights:?}");
            }
        }
    }
}
