//! Looking for keys in everything that somebody has, and trying each on envelopes.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clock::SystemClock;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sealing::{OpenError, TeamSecretKey, open};
use testkit::seat::PASSPHRASE;
use vault::{ItemKind, Vault, VaultOptions};

/// 32-byte secrets, as seeds of a team key.
pub type Seeds = BTreeSet<[u8; 32]>;

/// Opens a vault that no app has open.
///
/// # Panics
/// If it does not open.
#[must_use]
pub fn open_vault(folder: &Path) -> Vault {
    Vault::open_or_create(folder, &VaultOptions { kdf: None }, Arc::new(SystemClock)).expect("the vault opens")
}

/// Everything a device with its user signed in can lay hands on: its own seed, all keys among her items, and each stretch of its key files.
///
/// # Panics
/// If nothing is found where something must be.
#[must_use]
pub fn seeds_on_device(folder: &Path) -> Seeds {
    let vault = open_vault(folder);
    let user = vault.users().expect("users").remove(0).user;
    let session = vault.unlock(user, PASSPHRASE).expect("unlocks");
    let mut seeds = Seeds::from([*vault.device_seed()]);
    for kind in [ItemKind::Member, ItemKind::TagKey, ItemKind::TeamKey, ItemKind::Prekey] {
        for (_, item) in session.list(kind).expect("items").items {
            add_windows(&item, &mut seeds);
        }
    }
    let before = seeds.len();
    assert!(before > 32, "the user's own keys are among the candidates");
    add_key_files(folder, &mut seeds);
    assert!(seeds.len() > before, "key files were read");
    seeds
}

/// Each stretch of 32 bytes of its key files, and each 32-byte value of its database.
///
/// # Panics
/// If the folder is none.
#[must_use]
pub fn seeds_at_endpoint(folder: &Path) -> Seeds {
    let mut seeds = Seeds::new();
    add_key_files(folder, &mut seeds);
    let sql = Connection::open(folder.join("mailbox.sqlite")).expect("the database");
    let tables: Vec<String> = {
        let mut select = sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").expect("tables");
        select.query_map([], |row| row.get(0)).expect("tables").collect::<Result<_, _>>().expect("names")
    };
    for table in tables {
        let mut select = sql.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let columns = select.column_count();
        let mut rows = select.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            for column in 0..columns {
                if let Ok(ValueRef::Blob(bytes)) = row.get_ref(column) {
                    seeds.extend(<[u8; 32]>::try_from(bytes));
                }
            }
        }
    }
    seeds
}

fn add_key_files(folder: &Path, seeds: &mut Seeds) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("key") => {
                // A device's key files are two slots of 4 KiB that begin with what they hold; the endpoint's is shorter than one.
                let bytes = std::fs::read(path).expect("a file");
                bytes.chunks(4096).for_each(|slot| add_windows(&slot[..slot.len().min(512)], seeds));
            }
            Some("pem") if path.ends_with("tls-key.pem") => {
                let text = std::fs::read_to_string(path).expect("a file");
                let body: String = text.lines().filter(|line| !line.starts_with("-----")).collect();
                add_windows(&BASE64_STANDARD.decode(body).expect("PEM"), seeds);
            }
            _ => {}
        }
    }
}

fn add_windows(bytes: &[u8], seeds: &mut Seeds) {
    seeds.extend(bytes.windows(32).filter_map(|window| <[u8; 32]>::try_from(window).ok()));
}

/// Nobody who knows these opens any of them.
///
/// # Panics
/// If one opens.
pub fn assert_opens_nothing(envelopes: &[Vec<u8>], seeds: &Seeds, whose: &str) {
    assert!(!opens(envelopes, seeds), "{whose} opens a form");
}

/// All envelopes are sealed to one key, so a candidate that does not open the first opens none.
///
/// # Panics
/// If there is no envelope.
#[must_use]
pub fn opens(envelopes: &[Vec<u8>], seeds: &Seeds) -> bool {
    seeds.iter().any(|seed| open(&envelopes[0], &TeamSecretKey::from_seed(*seed)).map(|_| ()) != Err(OpenError::WrongKey))
}
