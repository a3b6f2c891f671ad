//! Somebody with the files but without the keys moves, edits or replaces what is in them.

use std::os::unix::fs::{PermissionsExt, symlink};

use crate::bench::{Bench, PASSPHRASE};
use vault::exposed::tamper;
use vault::{ItemId, ItemKind, OpenVaultError, Part, PermissionFault, ReadError, Setting, UnlockError};

fn hex(id: [u8; 16]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn bodies_exchanged_between_items_do_not_open() {
    let bench = Bench::new();
    let (a, b) = (ItemId::make(), ItemId::make());
    bench.session().put(ItemKind::Form, a, b"a").unwrap();
    bench.session().put(ItemKind::Form, b, b"b").unwrap();
    tamper(bench.vault(), &format!("UPDATE item SET body = (SELECT body FROM item WHERE item = x'{}') WHERE item = x'{}'", hex(a.0), hex(b.0)));
    assert!(matches!(bench.session().get(ItemKind::Form, b), Err(ReadError::Damaged { what: Part::Item })));
    assert!(bench.session().get(ItemKind::Form, a).unwrap().is_some());
}

#[test]
fn bodies_exchanged_together_with_their_keys_do_not_open_either() {
    let bench = Bench::new();
    let (a, b) = (ItemId::make(), ItemId::make());
    bench.session().put(ItemKind::Form, a, b"a").unwrap();
    bench.session().put(ItemKind::Form, b, b"b").unwrap();
    for (table, column) in [("item", "body"), ("item_key", "wrapped")] {
        tamper(
            bench.vault(),
            &format!("UPDATE {table} SET {column} = (SELECT {column} FROM {table} WHERE item = x'{}') WHERE item = x'{}'", hex(a.0), hex(b.0)),
        );
    }
    assert!(matches!(bench.session().get(ItemKind::Form, b), Err(ReadError::Damaged { what: Part::Item })));
}

#[test]
fn an_older_version_or_another_kind_does_not_pass_for_the_present_one() {
    let bench = Bench::new();
    let item = ItemId::make();
    bench.session().put(ItemKind::Form, item, b"old").unwrap();
    tamper(bench.vault(), "CREATE TEMP TABLE kept AS SELECT body FROM item");
    bench.session().put(ItemKind::Form, item, b"new").unwrap();
    tamper(bench.vault(), "UPDATE item SET body = (SELECT body FROM kept)");
    assert!(matches!(bench.session().get(ItemKind::Form, item), Err(ReadError::Damaged { what: Part::Item })));
    bench.session().put(ItemKind::Form, item, b"newest").unwrap();
    tamper(bench.vault(), "UPDATE item SET kind = 5");
    assert!(matches!(bench.session().get(ItemKind::Member, item), Err(ReadError::Damaged { what: Part::Item })));
}

#[test]
fn settings_exchanged_do_not_open() {
    let bench = Bench::new();
    bench.vault().put_setting(Setting::RootPin, b"pin").unwrap();
    bench.vault().put_setting(Setting::TlsPin, b"tls").unwrap();
    tamper(bench.vault(), "UPDATE setting SET body = (SELECT body FROM setting WHERE setting = 5) WHERE setting = 1");
    assert!(matches!(bench.vault().get_setting(Setting::RootPin), Err(ReadError::Damaged { what: Part::Setting })));
}

#[test]
fn sealed_forms_exchanged_are_named_as_damaged_and_block_nothing() {
    let mut bench = Bench::new();
    let forms: Vec<_> = (0..3).map(|number| bench.draft_and_sealed(number)).collect();
    bench.finalise(&forms);
    let (a, b) = (hex(forms[0].record.0), hex(forms[1].record.0));
    tamper(bench.vault(), &format!("UPDATE outbox SET body = (SELECT body FROM outbox WHERE record = x'{a}') WHERE record = x'{b}'"));
    let page = bench.vault().outbox_page(None, 9).unwrap();
    assert_eq!((page.entries.len(), page.damaged), (2, vec![forms[1].record]));
}

fn with_ledger() -> Bench {
    let mut bench = Bench::new();
    for _ in 0..3 {
        let item = ItemId::make();
        bench.session().put(ItemKind::Form, item, b"draft").unwrap();
        let line = crate::bench::discarded(item, bench.session().stored_digest(item).unwrap().unwrap());
        bench.session_mut().shred(&[item], &[line]).unwrap();
    }
    assert_eq!(bench.vault().verify_ledger().unwrap().lines, 3);
    bench
}

#[test]
fn a_ledger_that_was_cut_off_or_edited_is_noticed() {
    for sql in [
        "DELETE FROM ledger WHERE seq = 2",
        "DELETE FROM ledger WHERE seq = 0",
        "DELETE FROM ledger WHERE seq = 1; UPDATE ledger SET seq = 1 WHERE seq = 2",
        "UPDATE ledger SET line = (SELECT line FROM ledger WHERE seq = 0) WHERE seq = 1",
        "DELETE FROM ledger_head",
        "DELETE FROM ledger; DELETE FROM ledger_head; INSERT INTO ledger_head VALUES (1, zeroblob(64))",
    ] {
        let bench = with_ledger();
        tamper(bench.vault(), sql);
        assert!(matches!(bench.vault().verify_ledger(), Err(ReadError::Damaged { what: Part::Ledger })), "{sql}");
    }
}

#[test]
fn symlinks_and_loose_permissions_are_refused() {
    for name in ["vault.db", "device.key", "lock"] {
        let mut bench = Bench::new();
        bench.close();
        let path = bench.dir().join(name);
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
        let error = bench.open_again().unwrap_err();
        assert!(matches!(&error, OpenVaultError::Permissions { file, fault: PermissionFault::TooOpen } if file == name), "{name}: {error}");
        std::fs::rename(&path, bench.beside("elsewhere")).unwrap();
        std::fs::set_permissions(bench.beside("elsewhere"), PermissionsExt::from_mode(0o600)).unwrap();
        symlink(bench.beside("elsewhere"), &path).unwrap();
        assert!(matches!(bench.open_again(), Err(OpenVaultError::Symlink)), "{name}");
    }
}

#[test]
fn a_users_key_file_and_the_directory_are_held_to_the_same() {
    let mut bench = Bench::new();
    bench.close();
    let user = crate::bench::files(&bench.dir()).into_iter().map(|(name, _)| name).find(|name| name.starts_with("user-")).unwrap();
    std::fs::set_permissions(bench.dir().join(user), PermissionsExt::from_mode(0o604)).unwrap();
    assert!(matches!(bench.open_again(), Err(OpenVaultError::Permissions { fault: PermissionFault::TooOpen, .. })));

    let mut bench = Bench::new();
    bench.close();
    std::fs::set_permissions(bench.dir(), PermissionsExt::from_mode(0o755)).unwrap();
    assert!(matches!(bench.open_again(), Err(OpenVaultError::Permissions { fault: PermissionFault::TooOpen, .. })));
    std::fs::set_permissions(bench.dir(), PermissionsExt::from_mode(0o700)).unwrap();
    symlink(bench.dir(), bench.beside("link")).unwrap();
    assert!(matches!(crate::bench::open(&bench.beside("link"), &bench.clock), Err(OpenVaultError::Symlink)));
}

#[test]
fn files_are_for_this_account_only() {
    let bench = Bench::new();
    bench.session().put(ItemKind::Form, ItemId::make(), b"draft").unwrap();
    assert_eq!(std::fs::metadata(bench.dir()).unwrap().permissions().mode() & 0o777, 0o700);
    let mut names = Vec::new();
    for entry in std::fs::read_dir(bench.dir()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.file_name());
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    assert!(names.contains(&"vault.db-wal".to_owned()) && !names.contains(&"vault.db-shm".to_owned()), "no index in a mapped file");
}

#[test]
fn lost_or_damaged_files_are_named_and_nothing_is_made_anew() {
    let mut bench = Bench::new();
    bench.close();
    let keep = bench.beside("keep");
    crate::bench::copy(&bench.dir(), &keep);
    let reset = |name: &str| assert!(std::fs::copy(keep.join(name), bench.dir().join(name)).is_ok());

    std::fs::remove_file(bench.dir().join("device.key")).unwrap();
    assert!(matches!(bench.open_again(), Err(OpenVaultError::Damaged { what: Part::DeviceKey })));
    reset("device.key");
    let mut flipped = std::fs::read(bench.dir().join("device.key")).unwrap();
    flipped[300] ^= 1;
    std::fs::write(bench.dir().join("device.key"), flipped).unwrap();
    assert!(matches!(bench.open_again(), Err(OpenVaultError::Damaged { what: Part::DeviceKey })));
    reset("device.key");
    std::fs::remove_file(bench.dir().join("vault.db")).unwrap();
    assert!(matches!(bench.open_again(), Err(OpenVaultError::Damaged { what: Part::Database })));
    std::fs::File::create(bench.dir().join("vault.db")).unwrap().set_permissions(PermissionsExt::from_mode(0o600)).unwrap();
    assert!(matches!(bench.open_again(), Err(OpenVaultError::Damaged { what: Part::Database })), "emptied");
    reset("vault.db");
    assert!(bench.open_again().unwrap().unlock(bench.user(), PASSPHRASE).is_ok(), "with the right files again all is there");
}

#[test]
fn a_damaged_key_file_of_one_user_stops_her_and_nobody_else() {
    let mut bench = Bench::new();
    drop(bench.vault().create_user("Kollegin", "another passphrase").unwrap());
    let users = bench.vault().users().unwrap();
    bench.close();
    std::fs::remove_file(bench.dir().join(format!("user-{}.key", hex(bench.user().0)))).unwrap();
    let vault = bench.open_again().unwrap();
    for _ in 0..9 {
        assert!(matches!(vault.unlock(users[0].user, PASSPHRASE), Err(UnlockError::Damaged { what: Part::UserKey })), "and no attempt is counted");
    }
    assert!(vault.unlock(users[1].user, "another passphrase").is_ok());
}
