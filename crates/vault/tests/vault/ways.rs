//! The ways that data takes: saved, listed, finalised, delivered, destroyed, with restarts between.

use crate::bench::{Bench, PASSPHRASE, discarded, entry_for};
use protocol::UnixTime;
use vault::{
    DraftFate, FinaliseError, FinaliseItem, ItemChange, ItemId, ItemKind, LedgerKind, OpenVaultError, OutboxState, SaveError, Setting, ShredError,
    Shredded,
};

#[test]
fn an_answer_survives_a_restart_and_is_listed_by_its_kind() {
    let mut bench = Bench::new();
    let form = ItemId::make();
    bench.session().put(ItemKind::Form, form, b"first").unwrap();
    bench.session().put(ItemKind::Form, form, b"second").unwrap();
    bench.restart();
    assert_eq!(bench.session().get(ItemKind::Form, form).unwrap().unwrap().as_slice(), b"second");
    assert!(bench.session().get(ItemKind::KeptForm, form).unwrap().is_none(), "of another kind");
    let listed = bench.session().list(ItemKind::Form).unwrap();
    assert_eq!(listed.items.len(), 1);
    assert!(listed.damaged.is_empty());
    assert!(bench.session().list(ItemKind::Member).unwrap().items.is_empty());
    assert!(bench.session().remove(form).unwrap());
    assert!(!bench.session().remove(form).unwrap());
    assert!(bench.session().get(ItemKind::Form, form).unwrap().is_none());
}

#[test]
fn a_colleague_sees_nothing_of_it() {
    let bench = Bench::new();
    let form = ItemId::make();
    bench.session().put(ItemKind::Form, form, b"answers").unwrap();
    let mut colleague = bench.vault().create_user("Kollegin", "another passphrase").unwrap();
    assert!(colleague.list(ItemKind::Form).unwrap().items.is_empty());
    assert!(colleague.get(ItemKind::Form, form).unwrap().is_none());
    assert!(matches!(colleague.put(ItemKind::Form, form, b"mine"), Err(SaveError::IdTaken)));
    assert!(!colleague.remove(form).unwrap());
    assert_eq!(colleague.shred(&[form], &[]).unwrap(), Shredded { rows: 0, complete: true });
    assert_eq!(bench.session().get(ItemKind::Form, form).unwrap().unwrap().as_slice(), b"answers");
    let names: Vec<String> = bench.vault().users().unwrap().into_iter().map(|user| user.name).collect();
    assert_eq!(names, ["Beraterin", "Kollegin"]);
}

#[test]
fn settings_and_the_device_survive_a_restart() {
    let mut bench = Bench::new();
    let (device, seed) = (bench.vault().device_id(), bench.vault().device_seed());
    assert_eq!(bench.vault().get_setting(Setting::RootPin).unwrap(), None);
    bench.vault().put_setting(Setting::RootPin, b"pin").unwrap();
    bench.vault().put_setting(Setting::EndpointUrl, b"https://example.org").unwrap();
    bench.vault().put_setting(Setting::RootPin, b"other pin").unwrap();
    bench.restart();
    assert_eq!(bench.vault().get_setting(Setting::RootPin).unwrap().unwrap(), b"other pin");
    bench.vault().remove_setting(Setting::RootPin).unwrap();
    assert_eq!(bench.vault().get_setting(Setting::RootPin).unwrap(), None);
    assert_eq!(bench.vault().get_setting(Setting::EndpointUrl).unwrap().unwrap(), b"https://example.org");
    assert_eq!((bench.vault().device_id(), bench.vault().device_seed()), (device, seed));
}

#[test]
fn a_second_process_is_told_that_the_vault_is_busy() {
    let mut bench = Bench::new();
    assert!(matches!(bench.open_again(), Err(OpenVaultError::Busy)));
    bench.restart();
    let session = bench.take_session();
    bench.close();
    assert!(matches!(bench.open_again(), Err(OpenVaultError::Busy)), "a session alone holds it too");
    drop(session);
    assert!(bench.open_again().is_ok());
}

#[test]
fn a_form_goes_from_draft_to_ledger() {
    let mut bench = Bench::new();
    let forms: Vec<_> = (0..3).map(|number| bench.draft_and_sealed(number)).collect();
    let mut seen = Vec::new();
    let done = bench.session_mut().finalise(&forms, &[], |record, bytes| {
        seen.push((record, bytes.to_vec()));
        Ok::<_, ()>(())
    });
    assert_eq!(done.unwrap(), Shredded { rows: 3, complete: true });
    assert_eq!(seen, forms.iter().map(|form| (form.record, form.bytes.clone())).collect::<Vec<_>>(), "the check got what was sealed");
    assert!(bench.session().list(ItemKind::Form).unwrap().items.is_empty());
    assert_eq!(bench.session().list(ItemKind::CollectionFlag).unwrap().items.len(), 3);
    bench.restart();

    let page = bench.vault().outbox_page(None, 2).unwrap();
    let rest = bench.vault().outbox_page(page.next, 2).unwrap();
    assert_eq!((page.entries.len(), rest.entries.len(), rest.next), (2, 1, None));
    assert!(page.entries.iter().chain(&rest.entries).all(|entry| entry.state == OutboxState::Sealed && entry.length == entry.bytes.len() as u64));

    let delivered: Vec<_> = page.entries.iter().map(|entry| (entry.record, b"receipt".to_vec())).collect();
    assert_eq!(bench.vault().record_delivery(&delivered).unwrap(), 2);
    assert_eq!(bench.vault().record_delivery(&delivered).unwrap(), 0, "said twice, done once");
    bench.restart();
    let waiting = bench.vault().delivered_unshredded().unwrap();
    assert_eq!(waiting.len(), 2);
    assert!(waiting.iter().all(|delivered| delivered.receipt == b"receipt"));

    let entries: Vec<_> = waiting.iter().map(|delivered| (delivered.record, entry_for(delivered))).collect();
    assert_eq!(bench.vault().shred_delivered(&entries).unwrap(), Shredded { rows: 2, complete: true });
    assert_eq!(bench.vault().shred_delivered(&entries).unwrap(), Shredded { rows: 0, complete: true }, "said twice, done once");
    bench.restart();
    assert_eq!(bench.vault().outbox_page(None, 9).unwrap().entries, rest.entries, "the third waits, readable under the new epoch");
    let ledger = bench.vault().ledger_page(0, 9).unwrap();
    assert_eq!(ledger.rows.len(), 2);
    assert!(ledger.rows.iter().all(|row| row.line.kind == LedgerKind::Destroyed && row.receipt.as_deref() == Some(b"receipt")));
    assert_eq!(bench.vault().verify_ledger().unwrap().lines, 2);
}

#[test]
fn nothing_is_destroyed_before_its_receipt_is_stored() {
    let mut bench = Bench::new();
    let form = bench.draft_and_sealed(1);
    bench.finalise(&[form]);
    let entry = bench.vault().outbox_page(None, 9).unwrap().entries.remove(0);
    let line = crate::bench::destroyed(entry.record, entry.digest);
    assert!(matches!(bench.vault().shred_delivered(&[(entry.record, line.clone())]), Err(ShredError::NotDelivered)));
    bench.vault().record_delivery(&[(entry.record, b"receipt".to_vec())]).unwrap();
    let wrong = crate::bench::destroyed(entry.record, protocol::Digest([7; 32]));
    assert!(matches!(bench.vault().shred_delivered(&[(entry.record, wrong)]), Err(ShredError::EntryRefused)));
    let without = vault::LedgerEntry { receipt: None, ..line.clone() };
    assert!(matches!(bench.vault().shred_delivered(&[(entry.record, without)]), Err(ShredError::EntryRefused)));
    assert_eq!(bench.vault().outbox_counts().unwrap().delivered, 1, "still there after every refusal");
    assert_eq!(bench.vault().shred_delivered(&[(entry.record, line)]).unwrap().rows, 1);
}

#[test]
fn a_witnessed_destruction_is_kept_once_and_is_none_of_this_device() {
    let mut bench = Bench::new();
    let record = protocol::RecordId(ItemId::make().0);
    let entry = vault::LedgerEntry { kind: LedgerKind::Witnessed, ..crate::bench::destroyed(record, protocol::Digest([7; 32])) };
    let receipt = b"the DESTROYED receipt".to_vec();
    let refused = |entry: &vault::LedgerEntry| matches!(bench.vault().keep_witness(entry, &receipt), Err(ShredError::EntryRefused));
    assert!(refused(&vault::LedgerEntry { receipt: None, ..entry.clone() }), "a witness names what they saw");
    assert!(refused(&vault::LedgerEntry { kind: LedgerKind::Destroyed, ..entry.clone() }), "no way round the outbox");
    assert!(bench.vault().keep_witness(&entry, &receipt).unwrap());
    assert!(!bench.vault().keep_witness(&entry, b"another").unwrap(), "said twice, kept once");
    bench.restart();
    let ledger = bench.vault().ledger_page(0, 9).unwrap();
    assert_eq!(ledger.rows.len(), 1);
    assert_eq!((&ledger.rows[0].line.kind, ledger.rows[0].receipt.as_ref()), (&LedgerKind::Witnessed, Some(&receipt)));
    assert_eq!(bench.vault().verify_ledger().unwrap().lines, 1);
    assert_eq!(bench.vault().destroyed_count().unwrap(), 0, "no copy of this device");
}

#[test]
fn what_was_forwarded_is_told_each_time_and_is_no_destruction_of_this_device() {
    let mut bench = Bench::new();
    let record = protocol::RecordId(ItemId::make().0);
    let entry = vault::LedgerEntry { kind: LedgerKind::Forwarded, ..crate::bench::destroyed(record, protocol::Digest([7; 32])) };
    let refused = |entry: &vault::LedgerEntry| matches!(bench.vault().keep_forwarding(entry, b"receipt"), Err(ShredError::EntryRefused));
    assert!(refused(&vault::LedgerEntry { receipt: None, ..entry.clone() }));
    assert!(refused(&vault::LedgerEntry { kind: LedgerKind::Witnessed, ..entry.clone() }));
    for _ in 0..2 {
        bench.vault().keep_forwarding(&entry, b"receipt").unwrap();
    }
    let witnessed = vault::LedgerEntry { kind: LedgerKind::Witnessed, ..entry };
    assert!(bench.vault().keep_witness(&witnessed, b"receipt").unwrap(), "it came back and was entered here");
    bench.restart();
    let kinds: Vec<_> = bench.vault().ledger_page(0, 9).unwrap().rows.iter().map(|row| row.line.kind).collect();
    assert_eq!(kinds, [LedgerKind::Forwarded, LedgerKind::Forwarded, LedgerKind::Witnessed]);
    assert_eq!(bench.vault().verify_ledger().unwrap().lines, 3);
    assert_eq!(bench.vault().destroyed_count().unwrap(), 0);
}

#[test]
fn a_failed_check_leaves_the_drafts_and_an_empty_outbox() {
    let mut bench = Bench::new();
    let forms: Vec<_> = (0..2).map(|number| bench.draft_and_sealed(number)).collect();
    let second = forms[1].record;
    let result = bench.session_mut().finalise(&forms, &[], |record, _| if record == second { Err("not the same") } else { Ok(()) });
    assert!(matches!(result, Err(FinaliseError::Check("not the same"))));
    assert_eq!(bench.session().list(ItemKind::Form).unwrap().items.len(), 2);
    assert!(bench.session().list(ItemKind::CollectionFlag).unwrap().items.is_empty());
    assert!(bench.vault().outbox_page(None, 9).unwrap().entries.is_empty());
    bench.finalise(&forms);
    assert_eq!(bench.vault().outbox_counts().unwrap().sealed, 2);
}

#[test]
fn a_record_id_or_a_draft_is_finalised_once() {
    let mut bench = Bench::new();
    let form = bench.draft_and_sealed(1);
    let again = FinaliseItem { bytes: b"other".to_vec(), mig: None, ..bench.draft_and_sealed(2) };
    let taken = FinaliseItem { record: form.record, ..again };
    bench.finalise(std::slice::from_ref(&form));
    assert!(matches!(bench.session_mut().finalise(&[taken], &[], |_, _| Ok::<_, ()>(())), Err(FinaliseError::IdTaken)));
    assert!(matches!(bench.session_mut().finalise(&[form], &[], |_, _| Ok::<_, ()>(())), Err(FinaliseError::DraftMissing)));
    assert_eq!(bench.vault().outbox_page(None, 9).unwrap().entries[0].bytes, crate::bench::envelope(1), "nothing was overwritten");
}

#[test]
fn a_kept_form_is_hidden_from_the_drafts_and_readable_for_its_author() {
    let mut bench = Bench::new();
    let form = FinaliseItem { fate: DraftFate::Keep, ..bench.draft_and_sealed(1) };
    let item = form.form_item;
    bench.finalise(&[form]);
    assert!(bench.session().list(ItemKind::Form).unwrap().items.is_empty());
    bench.restart();
    assert_eq!(bench.session().get(ItemKind::KeptForm, item).unwrap().unwrap().as_slice(), crate::bench::draft(1));
}

#[test]
fn a_discarded_draft_leaves_a_line_with_the_digest_of_its_ciphertext() {
    let mut bench = Bench::new();
    let (doomed, kept) = (ItemId::make(), ItemId::make());
    bench.session().put(ItemKind::Form, doomed, b"doomed").unwrap();
    bench.session().put(ItemKind::Form, kept, b"kept").unwrap();
    let digest = bench.session().stored_digest(doomed).unwrap().unwrap();
    let line = discarded(doomed, digest);
    assert_eq!(bench.session_mut().shred(&[doomed], std::slice::from_ref(&line)).unwrap(), Shredded { rows: 1, complete: true });
    bench.restart();
    assert!(bench.session().get(ItemKind::Form, doomed).unwrap().is_none());
    assert_eq!(bench.session().get(ItemKind::Form, kept).unwrap().unwrap().as_slice(), b"kept");
    let rows = bench.vault().ledger_page(0, 9).unwrap().rows;
    assert_eq!((rows[0].line.record, rows[0].line.digest, rows[0].line.at), (line.record, digest, UnixTime(1_000_000)));
}

#[test]
fn an_older_session_of_the_same_user_can_neither_write_nor_read_after_a_new_epoch() {
    let mut bench = Bench::new();
    let form = ItemId::make();
    bench.session().put(ItemKind::Form, form, b"answers").unwrap();
    let user = bench.session().user();
    let older = bench.vault().unlock(user, PASSPHRASE).unwrap();
    bench.session_mut().shred(&[], &[]).unwrap();
    assert!(matches!(older.put(ItemKind::Form, form, b"lost?"), Err(SaveError::SessionOutdated)));
    assert!(older.get(ItemKind::Form, form).is_err());
    assert_eq!(bench.session().get(ItemKind::Form, form).unwrap().unwrap().as_slice(), b"answers");
}

#[test]
fn changes_are_saved_together_or_not_at_all() {
    let mut bench = Bench::new();
    let (unit, form) = (ItemId::make(), ItemId::make());
    let put = |kind, item, value: &[u8]| ItemChange::Put(kind, item, value.to_vec().into());
    bench.session().apply(&[put(ItemKind::Unit, unit, b"unit"), put(ItemKind::Form, form, b"form")]).unwrap();
    let refused = bench.session().apply(&[put(ItemKind::Unit, unit, b"changed"), put(ItemKind::Unit, form, b"of another kind")]);
    assert!(matches!(refused, Err(SaveError::IdTaken)));
    let refused = bench.session_mut().shred_with(&[put(ItemKind::Unit, form, b"of another kind")], &[unit], &[]);
    assert!(matches!(refused, Err(ShredError::EntryRefused)));
    assert_eq!(bench.session().get(ItemKind::Unit, unit).unwrap().unwrap().as_slice(), b"unit");
    bench.session_mut().shred_with(&[put(ItemKind::Unit, unit, b"unit without the form")], &[form], &[]).unwrap();
    bench.session().apply(&[ItemChange::Delete(form)]).unwrap();
    bench.restart();
    assert_eq!(bench.session().get(ItemKind::Unit, unit).unwrap().unwrap().as_slice(), b"unit without the form");
    assert!(bench.session().get(ItemKind::Form, form).unwrap().is_none());
}

#[test]
fn the_unit_changes_with_its_finalised_members_or_not_at_all() {
    let mut bench = Bench::new();
    let form = bench.draft_and_sealed(1);
    let unit = ItemId::make();
    bench.session().put(ItemKind::Unit, unit, b"two members").unwrap();
    let rest = [ItemChange::Put(ItemKind::Unit, unit, b"one member".to_vec().into())];
    assert!(bench.session_mut().finalise(std::slice::from_ref(&form), &rest, |_, _| Err(())).is_err());
    assert_eq!(bench.session().get(ItemKind::Unit, unit).unwrap().unwrap().as_slice(), b"two members");
    bench.session_mut().finalise(&[form], &rest, |_, _| Ok::<_, ()>(())).unwrap();
    assert_eq!(bench.session().get(ItemKind::Unit, unit).unwrap().unwrap().as_slice(), b"one member");
}

#[test]
fn a_user_with_work_cannot_be_removed_and_one_without_leaves_nothing() {
    let mut bench = Bench::new();
    let form = ItemId::make();
    bench.session().put(ItemKind::Form, form, b"answers").unwrap();
    assert!(matches!(bench.vault().remove_user(bench.user()), Err(SaveError::IdTaken)));
    bench.restart();
    assert_eq!(bench.session().get(ItemKind::Form, form).unwrap().unwrap().as_slice(), b"answers");

    let newcomer = bench.vault().create_user("Neue", "another passphrase").unwrap();
    newcomer.put(ItemKind::Member, ItemId::make(), b"keys").unwrap();
    let key = vault::exposed::user_epoch_key(&newcomer);
    bench.vault().remove_user(newcomer.user()).unwrap();
    assert!(matches!(newcomer.put(ItemKind::Member, ItemId::make(), b"keys"), Err(SaveError::SessionOutdated)));
    assert_eq!(bench.vault().users().unwrap().len(), 1);
    assert!(crate::bench::found_in(&bench.dir(), &key).is_empty());
    assert_eq!(crate::bench::files(&bench.dir()).iter().filter(|(name, _)| name.starts_with("user-")).count(), 1);
}
