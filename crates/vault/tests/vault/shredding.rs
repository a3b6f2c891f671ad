//! Shredded means: the old key is nowhere, at whatever step a power cut came.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::bench::{Bench, PASSPHRASE, copy, discarded, found_in};
use vault::exposed::{Step, device_epoch_key, item_row_key, limit_database_pages, user_epoch_key, user_root_key, watch_shreds};
use vault::{ItemId, ItemKind, OpenVaultError, SaveError, ShredError, Shredded, UnlockError, Vault};

/// Drafts, of which the first `doomed` are to be shredded.
fn drafts(bench: &Bench, count: u8) -> Vec<ItemId> {
    (0..count)
        .map(|number| {
            let item = ItemId::make();
            bench.session().put(ItemKind::Form, item, &crate::bench::draft(number)).unwrap();
            item
        })
        .collect()
}

/// Copies the directory at every step of every shred from now on.
fn copies_at_each_step(bench: &Bench) -> Arc<Mutex<Vec<(Step, PathBuf)>>> {
    let copies = Arc::new(Mutex::new(Vec::new()));
    let (from, to, list) = (bench.dir(), bench.beside("copy"), copies.clone());
    watch_shreds(
        bench.vault(),
        Box::new(move |step| {
            let mut list = list.lock().unwrap();
            let to = to.with_extension(list.len().to_string());
            copy(&from, &to);
            list.push((step, to));
        }),
    );
    copies
}

#[test]
fn old_keys_are_in_no_file_after_a_shred() {
    let mut bench = Bench::new();
    let items = drafts(&bench, 40);
    let old_epoch = user_epoch_key(bench.session());
    let root = user_root_key(bench.session());
    let old: Vec<_> = items.iter().map(|item| item_row_key(bench.session(), *item).unwrap()).collect();
    assert!(!found_in(&bench.dir(), &old[0].0).is_empty(), "the wrapped key can be found while it is in force");
    let (doomed, kept) = items.split_at(20);
    assert_eq!(bench.session_mut().shred(doomed, &[]).unwrap(), Shredded { rows: 20, complete: true });
    let mut secrets = vec![old_epoch, root, user_epoch_key(bench.session()), device_epoch_key(bench.vault())];
    secrets.extend(old.iter().map(|(_, key)| *key));
    for secret in &secrets {
        assert_eq!(found_in(&bench.dir(), secret), Vec::<String>::new());
    }
    for item in kept {
        assert!(bench.session().get(ItemKind::Form, *item).unwrap().is_some());
    }
    // Old wrapped keys may be left in gaps of the file. Nothing opens them: the epoch key that could is zeroed, and the slot with it.
    let slots = std::fs::read(bench.dir().join(user_file(&bench))).unwrap();
    let zero = slots.chunks(4096).filter(|slot| slot.iter().all(|byte| *byte == 0)).count();
    assert_eq!((slots.len(), zero), (8192, 1), "one slot filled, one zero");
}

fn user_file(bench: &Bench) -> String {
    crate::bench::files(&bench.dir()).into_iter().map(|(name, _)| name).find(|name| name.starts_with("user-")).unwrap()
}

#[test]
fn a_power_cut_at_any_step_of_a_users_shred_leaves_all_or_nothing() {
    let mut bench = Bench::new();
    let items = drafts(&bench, 6);
    let copies = copies_at_each_step(&bench);
    let line = discarded(items[0], bench.session().stored_digest(items[0]).unwrap().unwrap());
    bench.session_mut().shred(&items[..1], &[line]).unwrap();
    let copies = copies.lock().unwrap();
    let steps: Vec<Step> = copies.iter().map(|(step, _)| *step).collect();
    assert_eq!(steps, [Step::NewSlotWritten, Step::Committed, Step::SlotZeroed, Step::Checkpointed]);
    for (step, dir) in copies.iter() {
        let vault = crate::bench::open(dir, &bench.clock).unwrap();
        // Even before she signs in, the dead slot is zeroed.
        assert_eq!(filled_slots(&dir.join(user_file(&bench))), 1, "{step:?}");
        let session = vault.unlock(bench.user(), PASSPHRASE).unwrap();
        let gone = *step != Step::NewSlotWritten;
        assert_eq!(session.get(ItemKind::Form, items[0]).unwrap().is_none(), gone, "{step:?}");
        assert_eq!(vault.verify_ledger().unwrap().lines, u64::from(gone), "{step:?}");
        for (number, item) in items.iter().enumerate().skip(1) {
            assert_eq!(session.get(ItemKind::Form, *item).unwrap().unwrap().as_slice(), crate::bench::draft(number as u8), "{step:?}");
        }
        session.put(ItemKind::Form, items[1], b"goes on").unwrap();
    }
}

fn filled_slots(path: &std::path::Path) -> usize {
    std::fs::read(path).unwrap().chunks(4096).filter(|slot| slot.iter().any(|byte| *byte != 0)).count()
}

#[test]
fn a_power_cut_at_any_step_of_finalising_keeps_the_form_exactly_once() {
    let mut bench = Bench::new();
    let form = bench.draft_and_sealed(1);
    let copies = copies_at_each_step(&bench);
    bench.finalise(std::slice::from_ref(&form));
    for (step, dir) in copies.lock().unwrap().iter() {
        let vault = crate::bench::open(dir, &bench.clock).unwrap();
        let mut session = vault.unlock(bench.user(), PASSPHRASE).unwrap();
        let drafts = session.list(ItemKind::Form).unwrap().items.len();
        let flags = session.list(ItemKind::CollectionFlag).unwrap().items.len();
        let sealed = vault.outbox_page(None, 9).unwrap().entries;
        let expected = if *step == Step::NewSlotWritten { (1, 0, 0) } else { (0, 1, 1) };
        assert_eq!((drafts, flags, sealed.len()), expected, "{step:?}");
        assert!(sealed.iter().all(|entry| entry.bytes == form.bytes));
        if sealed.is_empty() {
            let again = session.finalise(std::slice::from_ref(&form), &[], |_, _| Ok::<_, ()>(()));
            assert!(again.is_ok(), "the half one does not stand in the way");
        }
    }
}

#[test]
fn a_power_cut_at_any_step_of_destroying_delivered_forms_is_finished_at_the_next_opening() {
    let mut bench = Bench::new();
    let forms: Vec<_> = (0..4).map(|number| bench.draft_and_sealed(number)).collect();
    bench.finalise(&forms);
    let delivered: Vec<_> = forms[..3].iter().map(|form| (form.record, b"receipt".to_vec())).collect();
    bench.vault().record_delivery(&delivered).unwrap();
    let copies = copies_at_each_step(&bench);
    let entries =
        |vault: &Vault| vault.delivered_unshredded().unwrap().iter().map(|done| (done.record, crate::bench::entry_for(done))).collect::<Vec<_>>();
    bench.vault().shred_delivered(&entries(bench.vault())).unwrap();
    for (step, dir) in copies.lock().unwrap().iter() {
        let vault = crate::bench::open(dir, &bench.clock).unwrap();
        assert_eq!(filled_slots(&dir.join("device.key")), 1, "{step:?}");
        let left = entries(&vault);
        assert_eq!(left.len(), if *step == Step::NewSlotWritten { 3 } else { 0 }, "{step:?}");
        vault.shred_delivered(&left).unwrap();
        assert_eq!(vault.verify_ledger().unwrap().lines, 3, "{step:?}");
        let page = vault.outbox_page(None, 9).unwrap();
        assert_eq!((page.entries.len(), page.entries[0].record, page.damaged.len()), (1, forms[3].record, 0), "{step:?}");
    }
}

#[test]
fn a_torn_slot_beside_the_old_one_loses_nothing() {
    let mut bench = Bench::new();
    let items = drafts(&bench, 3);
    let copies = copies_at_each_step(&bench);
    bench.session_mut().shred(&items[..1], &[]).unwrap();
    let (_, whole) = copies.lock().unwrap()[0].clone();
    let name = user_file(&bench);
    for torn_at in [0, 1, 512, 2048, 4095] {
        let dir = bench.beside(&format!("torn-{torn_at}"));
        copy(&whole, &dir);
        let mut slots = std::fs::read(dir.join(&name)).unwrap();
        slots[4096 + torn_at..].fill(0);
        std::fs::write(dir.join(&name), &slots).unwrap();
        let vault = crate::bench::open(&dir, &bench.clock).unwrap();
        let session = vault.unlock(bench.user(), PASSPHRASE).unwrap();
        assert_eq!(session.list(ItemKind::Form).unwrap().items.len(), 3, "torn at {torn_at}");
        assert_eq!(filled_slots(&dir.join(&name)), 1, "torn at {torn_at}");
    }
}

#[test]
fn without_room_for_the_ledger_nothing_is_destroyed() {
    let mut bench = Bench::new();
    let items = drafts(&bench, 30);
    let lines: Vec<_> = items.iter().map(|item| discarded(*item, bench.session().stored_digest(*item).unwrap().unwrap())).collect();
    let many: Vec<_> = lines.iter().cycle().take(2000).cloned().collect();
    limit_database_pages(bench.vault(), 1);
    assert!(matches!(bench.session_mut().shred(&items, &many), Err(ShredError::DiskFull)));
    assert_eq!(bench.session().list(ItemKind::Form).unwrap().items.len(), 30);
    assert_eq!(bench.vault().verify_ledger().unwrap().lines, 0);
    bench.session().put(ItemKind::Form, items[0], b"an answer after it").unwrap();
    bench.restart();
    assert_eq!(bench.session().list(ItemKind::Form).unwrap().items.len(), 30);
    assert_eq!(bench.session_mut().shred(&items, &many).unwrap(), Shredded { rows: 30, complete: true }, "with room again");
    assert_eq!(bench.vault().verify_ledger().unwrap().lines, 2000);
}

#[test]
fn a_full_disk_refuses_an_answer_and_keeps_the_one_before() {
    let bench = Bench::new();
    let item = ItemId::make();
    bench.session().put(ItemKind::Form, item, b"before").unwrap();
    limit_database_pages(bench.vault(), 1);
    assert!(matches!(bench.session().put(ItemKind::Form, item, &[1; 100_000]), Err(SaveError::DiskFull)));
    assert_eq!(bench.session().get(ItemKind::Form, item).unwrap().unwrap().as_slice(), b"before");
}

#[test]
fn an_old_key_file_opens_nothing_after_a_shred_or_another_passphrase() {
    let mut bench = Bench::new();
    let items = drafts(&bench, 2);
    let name = user_file(&bench);
    let old = std::fs::read(bench.dir().join(&name)).unwrap();
    bench.session_mut().change_passphrase(PASSPHRASE, "ein anderes geheimwort").unwrap();
    assert_eq!(bench.session().list(ItemKind::Form).unwrap().items.len(), 2);
    bench.close();
    let new = std::fs::read(bench.dir().join(&name)).unwrap();

    let vault = bench.open_again().unwrap();
    assert!(matches!(vault.unlock(bench.user(), PASSPHRASE), Err(UnlockError::WrongPassphrase { .. })));
    drop(vault.unlock(bench.user(), "ein anderes geheimwort").unwrap());
    drop(vault);
    std::fs::write(bench.dir().join(&name), &old).unwrap();
    let vault = bench.open_again().unwrap();
    assert!(matches!(vault.unlock(bench.user(), PASSPHRASE), Err(UnlockError::Damaged { .. })), "the old file put back");
    drop(vault);
    std::fs::write(bench.dir().join(&name), &new).unwrap();
    let vault = bench.open_again().unwrap();
    let session = vault.unlock(bench.user(), "ein anderes geheimwort").unwrap();
    assert!(session.get(ItemKind::Form, items[0]).unwrap().is_some());
}

#[test]
fn a_power_cut_while_the_passphrase_changes_leaves_one_that_works() {
    let mut bench = Bench::new();
    drafts(&bench, 2);
    let copies = copies_at_each_step(&bench);
    bench.session_mut().change_passphrase(PASSPHRASE, "ein anderes geheimwort").unwrap();
    for (step, dir) in copies.lock().unwrap().iter() {
        let vault = crate::bench::open(dir, &bench.clock).unwrap();
        let (works, fails) =
            if *step == Step::NewSlotWritten { (PASSPHRASE, "ein anderes geheimwort") } else { ("ein anderes geheimwort", PASSPHRASE) };
        assert!(matches!(vault.unlock(bench.user(), fails), Err(UnlockError::WrongPassphrase { .. })), "{step:?}");
        assert_eq!(vault.unlock(bench.user(), works).unwrap().list(ItemKind::Form).unwrap().items.len(), 2, "{step:?}");
    }
}

#[test]
fn an_old_database_put_back_beside_newer_keys_is_noticed() {
    let mut bench = Bench::new();
    let form = bench.draft_and_sealed(1);
    bench.finalise(&[form]);
    bench.close();
    let old = std::fs::read(bench.dir().join("vault.db")).unwrap();
    bench.restart();
    let record = bench.vault().outbox_page(None, 1).unwrap().entries[0].record;
    bench.vault().record_delivery(&[(record, b"receipt".to_vec())]).unwrap();
    let delivered = bench.vault().delivered_unshredded().unwrap().remove(0);
    bench.vault().shred_delivered(&[(record, crate::bench::entry_for(&delivered))]).unwrap();
    bench.close();
    std::fs::write(bench.dir().join("vault.db"), old).unwrap();
    assert!(matches!(bench.open_again(), Err(OpenVaultError::Damaged { what: vault::Part::Probe })));
}

#[test]
fn one_damaged_row_stops_neither_the_list_nor_the_shredder() {
    let mut bench = Bench::new();
    let items = drafts(&bench, 3);
    let hex: String = items[1].0.iter().map(|byte| format!("{byte:02x}")).collect();
    vault::exposed::tamper(bench.vault(), &format!("UPDATE item_key SET wrapped = zeroblob(62) WHERE item = x'{hex}'"));
    let listed = bench.session().list(ItemKind::Form).unwrap();
    assert_eq!((listed.items.len(), listed.damaged), (2, vec![items[1]]));
    assert!(bench.session_mut().shred(&items[..1], &[]).unwrap().complete);
    assert!(bench.session().get(ItemKind::Form, items[2]).unwrap().is_some());
}
