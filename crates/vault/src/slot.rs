//! One slot of a key file: 4 KiB that hold a root key and an epoch key, every bit of them authenticated.
//!
//! Layout (big endian; `docs/formats/vault.md`):
//! `head 72 | wrapped root 60 | commitment 32 | epoch 8 | payload 3892 | checksum 32`.
//! The passphrase gives the KEK, the KEK wraps the root key, the root key seals the payload. So a new epoch needs the root key, not the passphrase.

use zeroize::{Zeroize, Zeroizing};

use crate::kdf::KdfCost;
use crate::platform::pin_in_memory;
use crate::primitives::{OutOfMemory, aead_open, aead_seal, derive_key, random, same, sha256};
use crate::secret::Key;

/// Bytes of one slot: a page of the file system, a sector of the disk.
pub(crate) const SLOT_LEN: usize = 4096;
const MAGIC: &[u8; 8] = b"BOGENKEY";
const VERSION: u8 = 1;
/// Argon2id, HKDF-SHA-256, AES-256-GCM.
const SUITE: u8 = 1;
/// No flag is defined. Bit 0 is reserved for "a device secret is mixed into the KEK".
const NO_FLAGS: u8 = 0;

const HEAD_LEN: usize = 72;
const WRAP_LEN: usize = 60;
const COMMITMENT_AT: usize = HEAD_LEN + WRAP_LEN;
const EPOCH_AT: usize = COMMITMENT_AT + 32;
const PAYLOAD_AT: usize = EPOCH_AT + 8;
const CHECKSUM_AT: usize = SLOT_LEN - 32;
const PLAIN_LEN: usize = CHECKSUM_AT - PAYLOAD_AT - 28;

const KEK_LABEL: &str = "bogen vault kek v1";
const COMMITMENT_LABEL: &str = "bogen vault commitment v1";
const PAYLOAD_KEY_LABEL: &str = "bogen vault slot payload v1";

/// Bytes as they lie in the file.
pub(crate) type SlotBytes = Box<[u8; SLOT_LEN]>;

/// Whose keys a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotKind {
    /// Opened by a passphrase.
    User(KdfCost),
    /// Opened by who can read the file: its mode is the protection. The sealing detects damage only.
    Device,
}

/// Why a slot gives no keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotFault {
    /// All zeros: a free slot.
    Empty,
    /// Torn, flipped, edited, or of another file.
    Damaged,
    /// A later format.
    Newer,
    /// Whole, but not under this passphrase.
    WrongPassphrase,
    OutOfMemory,
}

/// The part that a passphrase is needed for. Carried over unchanged from epoch to epoch. On the heap, and overwritten when dropped: under a short PIN it is
/// as good as the key.
pub(crate) struct Lock {
    /// Head, wrapped root key, commitment.
    bytes: Box<[u8; EPOCH_AT]>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// One epoch's keys.
pub(crate) struct Epoch {
    /// Counts up from 1; never comes back within one file.
    pub(crate) number: u64,
    /// Wraps the row keys.
    pub(crate) key: Key,
    /// The device's request seed; 32 zeros in a user's file.
    pub(crate) seed: Key,
}

/// A slot whose checksum holds: not torn. Nothing in it is authenticated yet.
pub(crate) struct WholeSlot {
    bytes: SlotBytes,
    kind: SlotKind,
}

/// An opened slot.
pub(crate) struct OpenSlot {
    pub(crate) lock: Lock,
    pub(crate) root: Key,
    pub(crate) epoch: Epoch,
}

impl Lock {
    /// Makes a new root key and locks it with the passphrase (ignored for a device).
    pub(crate) fn make(kind: SlotKind, owner: &[u8; 16], passphrase: &str) -> Result<(Self, Key), OutOfMemory> {
        let head = make_head(kind, owner, &random());
        let root = Key::make();
        Ok((Self::around(&root, &head, passphrase, kind)?, root))
    }

    fn around(root: &Key, head: &[u8; HEAD_LEN], passphrase: &str, kind: SlotKind) -> Result<Self, OutOfMemory> {
        let (kek, commitment) = derive_kek(head, passphrase, kind)?;
        let mut bytes = Box::new([0; EPOCH_AT]);
        bytes[..HEAD_LEN].copy_from_slice(head);
        bytes[HEAD_LEN..COMMITMENT_AT].copy_from_slice(&Zeroizing::new(aead_seal(&kek, head, root.expose())));
        bytes[COMMITMENT_AT..].copy_from_slice(commitment.expose());
        Ok(Self { bytes })
    }

    /// Locks the same root key with another secret, under a new salt and at the same cost. Opens no file: for memory only.
    pub(crate) fn again(&self, root: &Key, secret: &str) -> Result<Self, OutOfMemory> {
        let owner = self.bytes[56..HEAD_LEN].try_into().expect("sixteen bytes");
        let kind = self.kind();
        let lock = Self::around(root, &make_head(kind, &owner, &random()), secret, kind)?;
        pin_in_memory(lock.bytes.as_slice());
        Ok(lock)
    }

    /// The root key behind it. The commitment is compared before anything is decrypted: no lock opens under two passphrases.
    pub(crate) fn unwrap(&self, secret: &str) -> Result<Key, SlotFault> {
        let head: [u8; HEAD_LEN] = self.bytes[..HEAD_LEN].try_into().expect("a lock is longer than its head");
        let (kek, commitment) = derive_kek(&head, secret, self.kind()).map_err(|_| SlotFault::OutOfMemory)?;
        if !same(commitment.expose(), &self.bytes[COMMITMENT_AT..]) {
            return Err(SlotFault::WrongPassphrase);
        }
        let root = aead_open(&kek, &head, &self.bytes[HEAD_LEN..COMMITMENT_AT]).map_err(|_| SlotFault::Damaged)?;
        Key::from_slice(&root).ok_or(SlotFault::Damaged)
    }

    fn kind(&self) -> SlotKind {
        parse_kind(self.bytes.as_slice()).expect("invariant: it was made here, or read and checked")
    }

    /// A second one of the same bytes.
    pub(crate) fn copy(&self) -> Self {
        Self { bytes: self.bytes.clone() }
    }

    /// Seals an epoch into the bytes of a slot.
    pub(crate) fn seal(&self, root: &Key, epoch: &Epoch) -> SlotBytes {
        let mut slot = Box::new([0; SLOT_LEN]);
        slot[..EPOCH_AT].copy_from_slice(self.bytes.as_slice());
        slot[EPOCH_AT..PAYLOAD_AT].copy_from_slice(&epoch.number.to_be_bytes());
        let mut plain = Zeroizing::new([0; PLAIN_LEN]);
        plain[..32].copy_from_slice(epoch.key.expose());
        plain[32..64].copy_from_slice(epoch.seed.expose());
        let sealed = aead_seal(&payload_key(root), &slot[..PAYLOAD_AT], plain.as_slice());
        slot[PAYLOAD_AT..CHECKSUM_AT].copy_from_slice(&sealed);
        let checksum = sha256(&slot[..CHECKSUM_AT]);
        slot[CHECKSUM_AT..].copy_from_slice(checksum.as_bytes());
        slot
    }
}

impl WholeSlot {
    /// Checks magic, version, limits and the checksum: what can be known without a key.
    pub(crate) fn parse(bytes: SlotBytes, owner: Option<&[u8; 16]>) -> Result<Self, SlotFault> {
        if bytes.iter().all(|byte| *byte == 0) {
            return Err(SlotFault::Empty);
        }
        if sha256(&bytes[..CHECKSUM_AT]).as_bytes() != &bytes[CHECKSUM_AT..] || &bytes[..8] != MAGIC {
            return Err(SlotFault::Damaged);
        }
        if bytes[8] != VERSION || bytes[9] != SUITE || bytes[11] != NO_FLAGS {
            return Err(SlotFault::Newer);
        }
        let kind = parse_kind(bytes.as_slice())?;
        if owner.is_some_and(|owner| owner != &bytes[56..HEAD_LEN]) {
            return Err(SlotFault::Damaged);
        }
        Ok(Self { bytes, kind })
    }

    /// The epoch that it claims.
    pub(crate) fn epoch(&self) -> u64 {
        u64::from_be_bytes(self.bytes[EPOCH_AT..PAYLOAD_AT].try_into().expect("eight bytes"))
    }

    /// The owner that it claims.
    pub(crate) fn owner(&self) -> [u8; 16] {
        self.bytes[56..HEAD_LEN].try_into().expect("sixteen bytes")
    }

    pub(crate) fn kind(&self) -> SlotKind {
        self.kind
    }

    /// Opens it with the passphrase (ignored for a device).
    pub(crate) fn open(self, passphrase: &str) -> Result<OpenSlot, SlotFault> {
        let root = self.lock().unwrap(passphrase)?;
        self.open_with(root)
    }

    /// Opens it with the root key.
    pub(crate) fn open_with(self, root: Key) -> Result<OpenSlot, SlotFault> {
        let sealed = &self.bytes[PAYLOAD_AT..CHECKSUM_AT];
        let plain = aead_open(&payload_key(&root), &self.bytes[..PAYLOAD_AT], sealed).map_err(|_| SlotFault::Damaged)?;
        let epoch = parse_epoch(self.epoch(), &plain)?;
        Ok(OpenSlot { lock: self.lock(), root, epoch })
    }

    fn lock(&self) -> Lock {
        Lock { bytes: Box::new(self.bytes[..EPOCH_AT].try_into().expect("a slot is longer than its lock")) }
    }
}

fn parse_epoch(number: u64, plain: &[u8]) -> Result<Epoch, SlotFault> {
    let (keys, rest) = plain.split_at(64);
    if rest.iter().any(|byte| *byte != 0) {
        return Err(SlotFault::Newer);
    }
    let key = |bytes| Key::from_slice(bytes).ok_or(SlotFault::Damaged);
    Ok(Epoch { number, key: key(&keys[..32])?, seed: key(&keys[32..])? })
}

fn make_head(kind: SlotKind, owner: &[u8; 16], salt: &[u8; 32]) -> [u8; HEAD_LEN] {
    let (number, costs) = match kind {
        SlotKind::User(cost) => (1, [cost.memory_kib(), cost.iterations(), cost.lanes()]),
        SlotKind::Device => (2, [0; 3]),
    };
    let mut head = [0; HEAD_LEN];
    head[..8].copy_from_slice(MAGIC);
    head[8..12].copy_from_slice(&[VERSION, SUITE, number, NO_FLAGS]);
    for (field, cost) in head[12..24].chunks_exact_mut(4).zip(costs) {
        field.copy_from_slice(&cost.to_be_bytes());
    }
    head[24..56].copy_from_slice(salt);
    head[56..].copy_from_slice(owner);
    head
}

fn parse_kind(slot: &[u8]) -> Result<SlotKind, SlotFault> {
    let number = |at: usize| u32::from_be_bytes(slot[at..at + 4].try_into().expect("four bytes"));
    let costs = (number(12), number(16), number(20));
    match slot[10] {
        // A cost outside the limits is an edited header: refused before a block is allocated for it.
        1 => KdfCost::from_file(costs.0, costs.1, costs.2).map(SlotKind::User).map_err(|_| SlotFault::Damaged),
        2 if costs == (0, 0, 0) => Ok(SlotKind::Device),
        _ => Err(SlotFault::Damaged),
    }
}

/// KEK and commitment, both bound to every byte of the head.
fn derive_kek(head: &[u8; HEAD_LEN], passphrase: &str, kind: SlotKind) -> Result<(Key, Key), OutOfMemory> {
    let salt: &[u8; 32] = head[24..56].try_into().expect("32 bytes");
    let stretched = match kind {
        SlotKind::User(cost) => cost.derive(passphrase, salt)?,
        SlotKind::Device => Key::from_bytes(salt),
    };
    Ok((derive_key(stretched.expose(), KEK_LABEL, head), derive_key(stretched.expose(), COMMITMENT_LABEL, head)))
}

fn payload_key(root: &Key) -> Key {
    derive_key(root.expose(), PAYLOAD_KEY_LABEL, &[])
}

#[cfg(test)]
#[path = "slot_tests.rs"]
mod tests;
