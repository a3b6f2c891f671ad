//! A vault in a directory of its own, for tests. Each test uses its own part of this.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clock::MockClock;
use protocol::{Digest, RecordId, UnixTime};
use vault::{
    Delivered, DiscardReason, DraftFate, FinaliseItem, ItemId, ItemKind, KdfCost, LedgerEntry, LedgerKind, OpenVaultError, ReceiptReference, Session,
    UserId, Vault, VaultOptions,
};

pub const PASSPHRASE: &str = "korrekt pferd batterie";

/// A directory with an open vault and one signed-in user.
pub struct Bench {
    root: tempfile::TempDir,
    pub clock: Arc<MockClock>,
    vault: Option<Vault>,
    session: Option<Session>,
    user: Option<UserId>,
}

pub fn options() -> VaultOptions {
    VaultOptions { kdf: Some(KdfCost::testing()) }
}

pub fn open(dir: &Path, clock: &Arc<MockClock>) -> Result<Vault, OpenVaultError> {
    Vault::open_or_create(dir, &options(), clock.clone())
}

/// A directory in memory where there is one: files outlive a killed process there too, and no test waits for a disk.
pub fn root() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

impl Bench {
    pub fn new() -> Self {
        let mut bench = Self::empty();
        let session = bench.vault().create_user("Beraterin", PASSPHRASE).unwrap();
        bench.user = Some(session.user());
        bench.session = Some(session);
        bench
    }

    /// Without a user.
    pub fn empty() -> Self {
        let root = root();
        let clock = Arc::new(MockClock::at(UnixTime(1_000_000)));
        let vault = open(&root.path().join("vault"), &clock).unwrap();
        Self { root, clock, vault: Some(vault), session: None, user: None }
    }

    pub fn dir(&self) -> PathBuf {
        self.root.path().join("vault")
    }

    pub fn beside(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub fn user(&self) -> UserId {
        self.user.unwrap()
    }

    pub fn vault(&self) -> &Vault {
        self.vault.as_ref().unwrap()
    }

    pub fn session(&self) -> &Session {
        self.session.as_ref().unwrap()
    }

    pub fn session_mut(&mut self) -> &mut Session {
        self.session.as_mut().unwrap()
    }

    pub fn take_session(&mut self) -> Session {
        self.session.take().unwrap()
    }

    pub fn close(&mut self) {
        self.session = None;
        self.vault = None;
    }

    pub fn open_again(&self) -> Result<Vault, OpenVaultError> {
        open(&self.dir(), &self.clock)
    }

    pub fn restart(&mut self) {
        self.close();
        self.vault = Some(self.open_again().unwrap());
        if let Some(user) = self.user {
            self.session = Some(self.vault().unlock(user, PASSPHRASE).unwrap());
        }
    }

    /// Saves a draft and makes what finalising it needs.
    pub fn draft_and_sealed(&self, number: u8) -> FinaliseItem {
        let form_item = ItemId::make();
        self.session().put(ItemKind::Form, form_item, &draft(number)).unwrap();
        FinaliseItem {
            form_item,
            fate: DraftFate::Shred,
            record: RecordId(ItemId::make().0),
            team_key_epoch: 1,
            bytes: envelope(number),
            mig: Some((ItemId::make(), format!("flag {number}").into_bytes())),
        }
    }

    pub fn finalise(&mut self, forms: &[FinaliseItem]) {
        self.session_mut().finalise(forms, &[], |_, _| Ok::<_, ()>(())).unwrap();
    }
}

pub fn draft(number: u8) -> Vec<u8> {
    format!("draft {number}").into_bytes()
}

pub fn envelope(number: u8) -> Vec<u8> {
    vec![number; 4_200]
}

pub fn destroyed(record: RecordId, digest: Digest) -> LedgerEntry {
    let receipt = Some(ReceiptReference { index: 3, size: 9, generation: 1 });
    LedgerEntry { kind: LedgerKind::Destroyed, record, digest, receipt, at: UnixTime(1_000_000) }
}

pub fn entry_for(delivered: &Delivered) -> LedgerEntry {
    destroyed(delivered.record, delivered.digest)
}

pub fn discarded(item: ItemId, digest: Digest) -> LedgerEntry {
    LedgerEntry { kind: LedgerKind::Discarded(DiscardReason::Duplicate), record: item.into(), digest, receipt: None, at: UnixTime(1_000_000) }
}

/// All files of a directory with their content.
pub fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        files.push((entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap()));
    }
    files
}

/// Names of the files that contain `needle`.
pub fn found_in(dir: &Path, needle: &[u8]) -> Vec<String> {
    let contains = |content: &[u8]| content.windows(needle.len()).any(|window| window == needle);
    files(dir).into_iter().filter(|(_, content)| contains(content)).map(|(name, _)| name).collect()
}

/// Copies the files, with their modes, into a new directory for this account only.
pub fn copy(from: &Path, to: &Path) {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
