//! kill -9 at random moments of saving, finalising, delivering and shredding: every form is in exactly one place afterwards, whole and readable.
//!
//! The test runs itself as a second process and kills that. The second process says on its standard error what it has done durably.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use crate::bench::{PASSPHRASE, discarded, entry_for, open};
use clock::MockClock;
use protocol::{RecordId, UnixTime};
use vault::{DraftFate, FinaliseItem, ItemId, ItemKind, LedgerKind, Session, Vault};

const DIR: &str = "BOGEN_VAULT_KILL_TEST_DIR";
/// So many kills, unless the variable `BOGEN_KILLS` asks for a long run.
const KILLS: u32 = 100;

fn content(item: ItemId) -> Vec<u8> {
    item.0.repeat(20)
}

fn record(item: ItemId) -> RecordId {
    RecordId(item.0)
}

#[test]
fn whatever_is_killed_every_form_is_in_exactly_one_place() {
    let root = crate::bench::root();
    let kills = std::env::var("BOGEN_KILLS").map_or(KILLS, |count| count.parse().unwrap());
    let dir = root.path().join("vault");
    drop(open(&dir, &clock()).unwrap().create_user("Beraterin", PASSPHRASE).unwrap());
    let mut saved = HashSet::new();
    let mut seen = HashMap::new();
    for round in 0..kills {
        let mut child = spawn(&dir);
        saved.extend(watch_and_kill(&mut child, round));
        check(&dir, &saved, &mut seen);
    }
    assert!(
        ["draft", "sealed", "delivered", "discarded", "destroyed"].iter().all(|place| seen.contains_key(place)),
        "the kills met every place: {seen:?}"
    );
}

fn clock() -> Arc<MockClock> {
    Arc::new(MockClock::at(UnixTime(1_000_000)))
}

fn spawn(dir: &Path) -> Child {
    let this = std::env::current_exe().unwrap();
    let test = ["kills::works_until_it_is_killed", "--exact", "--nocapture"];
    Command::new(this).args(test).env(DIR, dir).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Lets it say some lines, waits a little into the next step, kills it. Returns the drafts that it saved.
fn watch_and_kill(child: &mut Child, round: u32) -> Vec<ItemId> {
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(|line| line.unwrap());
    let mut saved = Vec::new();
    let mut said = 0;
    for line in lines.by_ref() {
        said += 1;
        saved.extend(ItemId::parse(&line));
        if said > round % 13 {
            break;
        }
    }
    for _ in 0..(round % 10) * 20_000 {
        std::hint::spin_loop();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    saved.extend(lines.filter_map(|line| ItemId::parse(&line)));
    assert!(said > 0, "the second process got to work");
    saved
}

fn check(dir: &Path, saved: &HashSet<ItemId>, seen: &mut HashMap<&'static str, usize>) {
    let vault = open(dir, &clock()).unwrap();
    let session = vault.unlock(vault.users().unwrap()[0].user, PASSPHRASE).unwrap();
    let mut places: HashMap<ItemId, Vec<&str>> = HashMap::new();
    let drafts = session.list(ItemKind::Form).unwrap();
    assert!(drafts.damaged.is_empty());
    for (item, value) in drafts.items {
        // What was not acknowledged may be there or not, but never half.
        assert!(
            *value == content(item) || (!saved.contains(&item) && value.as_slice() == b"begun"),
            "an acknowledged answer is back to an older one"
        );
        places.entry(item).or_default().push("draft");
    }
    let page = vault.outbox_page(None, 100_000).unwrap();
    assert!(page.damaged.is_empty());
    for entry in page.entries {
        assert_eq!(entry.bytes, content(ItemId(entry.record.0)));
        let place = if entry.state == vault::OutboxState::Sealed { "sealed" } else { "delivered" };
        places.entry(ItemId(entry.record.0)).or_default().push(place);
    }
    vault.verify_ledger().unwrap();
    for row in vault.ledger_page(0, 100_000).unwrap().rows {
        let place = if row.line.kind == LedgerKind::Destroyed { "destroyed" } else { "discarded" };
        places.entry(ItemId(row.line.record.0)).or_default().push(place);
    }
    for item in saved {
        assert_eq!(places.get(item).map(Vec::len), Some(1), "lost or doubled: {:?}", places.get(item));
    }
    for place in places.into_values().flatten() {
        *seen.entry(place).or_default() += 1;
    }
    for file in key_files(dir) {
        let filled = std::fs::read(file).unwrap().chunks(4096).filter(|slot| slot.iter().any(|byte| *byte != 0)).count();
        assert_eq!(filled, 1, "an old key was left");
    }
}

fn key_files(dir: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "key")).collect()
}

/// Not a test by itself: the second process. Without the variable it has nothing to do.
#[test]
fn works_until_it_is_killed() {
    let Some(dir) = std::env::var_os(DIR) else { return };
    let vault = open(Path::new(&dir), &clock()).unwrap();
    let mut session = vault.unlock(vault.users().unwrap()[0].user, PASSPHRASE).unwrap();
    loop {
        let items: Vec<ItemId> = (0..4).map(|_| save(&session)).collect();
        discard(&mut session, items[0]);
        finalise(&mut session, &items[1..3]);
        deliver(&vault);
    }
}

fn say(word: &str) {
    std::io::stderr().write_all(format!("{word}\n").as_bytes()).unwrap();
}

fn save(session: &Session) -> ItemId {
    let item = ItemId::make();
    session.put(ItemKind::Form, item, b"begun").unwrap();
    session.put(ItemKind::Form, item, &content(item)).unwrap();
    say(&item.to_string());
    item
}

fn discard(session: &mut Session, item: ItemId) {
    let digest = session.stored_digest(item).unwrap().unwrap();
    session.shred(&[item], &[discarded(item, digest)]).unwrap();
    say("discarded");
}

fn finalise(session: &mut Session, items: &[ItemId]) {
    let form = |item: &ItemId| FinaliseItem {
        form_item: *item,
        fate: DraftFate::Shred,
        record: record(*item),
        team_key_epoch: 1,
        bytes: content(*item),
        mig: None,
    };
    session.finalise(&items.iter().map(form).collect::<Vec<_>>(), &[], |_, _| Ok::<_, ()>(())).unwrap();
    say("finalised");
}

fn deliver(vault: &Vault) {
    let page = vault.outbox_page(None, 3).unwrap();
    let receipts: Vec<_> = page.entries.iter().map(|entry| (entry.record, b"receipt".to_vec())).collect();
    vault.record_delivery(&receipts).unwrap();
    say("delivered");
    let waiting = vault.delivered_unshredded().unwrap();
    let entries: Vec<_> = waiting.iter().map(|delivered| (delivered.record, entry_for(delivered))).collect();
    vault.shred_delivered(&entries).unwrap();
    say("destroyed");
}
