//! kill -9 at random moments of a delivery, of the device and of the endpoint: nothing is lost, nothing doubled, nothing destroyed without its receipt.
//!
//! 500 kills of the delivering process; 10,000 with `BOGEN_LONG=1`. A run that fails prints the seed; `BOGEN_SEED` repeats it (as far as processes repeat).

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use protocol::RecordId;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use testkit::backlog;
use testkit::caller::Caller;
use testkit::desk::Desk;
use testkit::evidence::Mailbox;
use testkit::programs::path_of;
use testkit::small_office::SmallOffice;

/// Forms put into an empty outbox.
const REFILL: u32 = 6;
/// Kills with one device; then a fresh one goes on, so that its ledger does not slow the later ones down.
const KILLS_PER_DEVICE: u32 = 500;

#[test]
fn no_kill_loses_doubles_or_destroys_without_receipt() {
    let seed = std::env::var("BOGEN_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or_else(|| rand::rng().random());
    let kills = if std::env::var_os("BOGEN_LONG").is_some() { 10_000 } else { 500 };
    eprintln!("BOGEN_SEED={seed}");
    let folder = folder();
    let mut office = SmallOffice::found(folder.path()).expect("an office");
    let mut random = StdRng::seed_from_u64(seed);
    let mut handed_over = BTreeSet::new();
    let mut done = 0;
    while done < kills {
        let goal = KILLS_PER_DEVICE.min(kills - done);
        let summary = deliver_under_kills(&mut office, &format!("device-{done}"), goal, &mut random, &mut handed_over);
        eprintln!("{summary}");
        done += goal;
    }
}

/// In memory where there is one: what a killed process wrote outlives it there too, and no kill waits for a disk.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder")
}

fn deliver_under_kills(office: &mut SmallOffice, place: &str, kills: u32, random: &mut StdRng, handed_over: &mut BTreeSet<RecordId>) -> String {
    drop(office.counsellor(place).expect("a counsellor"));
    let vault = office.place(place);
    let mut sealed = BTreeSet::new();
    // The longest of a few, so that the end of a delivery is met as often as its beginning.
    let undisturbed = (0..5).map(|_| {
        refill(&vault, handed_over.len() + sealed.len(), &mut sealed);
        time_of_a_whole_run(&vault)
    });
    let undisturbed = undisturbed.max().expect("five runs");
    let (mut killed, mut starts) = (0, 0_u32);
    while killed < kills {
        starts += 1;
        if left(&vault) == 0 {
            refill(&vault, handed_over.len() + sealed.len(), &mut sealed);
        }
        let mut delivery = start_delivery(&vault);
        std::thread::sleep(random.random_range(Duration::ZERO..undisturbed.mul_f64(1.2)));
        if starts.is_multiple_of(5) {
            office.mailbox.kill().expect("kills the endpoint");
            std::thread::sleep(random.random_range(Duration::ZERO..undisturbed));
        }
        killed += u32::from(kill(&mut delivery));
        if starts.is_multiple_of(5) {
            office.mailbox.kill_and_restart().expect("the endpoint starts again");
        }
    }
    assert!(start_delivery(&vault).wait().expect("ends").success(), "undisturbed, everything is delivered");
    let summary =
        format!("{place}: {killed} kills in {starts} runs, {} records, an undisturbed run takes {} ms", sealed.len(), undisturbed.as_millis());
    handed_over.extend(&sealed);
    office.mailbox.kill().expect("kills the endpoint");
    let mailbox = Mailbox::read(office.mailbox.data()).expect("the mailbox is whole");
    mailbox.demand_exactly(handed_over).expect("nothing lost, nothing doubled");
    assert_eq!(mailbox.demand_ledger(&vault).expect("a receipt for each destruction"), sealed, "each copy on the device is destroyed, once");
    office.mailbox.kill_and_restart().expect("the endpoint starts again");
    summary
}

fn start_delivery(vault: &Path) -> Child {
    let program = path_of("bogen").expect("bogen is built");
    Command::new(program).arg("--data").arg(vault).args(["sync", "--json"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts")
}

/// Kills it (SIGKILL). False: it had ended already.
fn kill(process: &mut Child) -> bool {
    let running = process.try_wait().expect("can be asked").is_none();
    process.kill().expect("can be killed");
    process.wait().expect("ends");
    running
}

fn time_of_a_whole_run(vault: &Path) -> Duration {
    let start = Instant::now();
    assert!(start_delivery(vault).wait().expect("ends").success());
    start.elapsed()
}

/// Forms that are not destroyed here yet.
fn left(vault: &Path) -> u64 {
    let status = Desk::open(vault).expect("opens after every kill").call("status", serde_json::Value::Null).expect("status");
    ["sealed", "delivered"].iter().filter_map(|count| status["counts"][count].as_u64()).sum()
}

fn refill(vault: &Path, so_far: usize, sealed: &mut BTreeSet<RecordId>) {
    let mut desk = Desk::open(vault).expect("opens after every kill");
    desk.sign_in().expect("unlocks");
    let first = u32::try_from(so_far).expect("fewer than that");
    let records = backlog::seal(&mut desk, first, 1, REFILL).expect("seals");
    sealed.extend(records.iter().filter_map(|record| RecordId::parse(record)));
}
