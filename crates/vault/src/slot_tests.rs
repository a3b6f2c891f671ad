use super::*;

const OWNER: [u8; 16] = [7; 16];

fn kind() -> SlotKind {
    SlotKind::User(KdfCost::testing())
}

fn sealed(kind: SlotKind, passphrase: &str) -> (SlotBytes, Key, Epoch) {
    let (lock, root) = Lock::make(kind, &OWNER, passphrase).unwrap();
    let epoch = Epoch { number: 5, key: Key::make(), seed: Key::make() };
    (lock.seal(&root, &epoch), root, epoch)
}

fn open(bytes: &[u8; SLOT_LEN], passphrase: &str) -> Result<OpenSlot, SlotFault> {
    WholeSlot::parse(Box::new(*bytes), Some(&OWNER))?.open(passphrase)
}

/// What somebody does who edits a slot on purpose.
fn with_checksum(mut bytes: SlotBytes) -> SlotBytes {
    let checksum = sha256(&bytes[..CHECKSUM_AT]);
    bytes[CHECKSUM_AT..].copy_from_slice(checksum.as_bytes());
    bytes
}

#[test]
fn a_slot_gives_back_its_keys() {
    for kind in [kind(), SlotKind::Device] {
        let (bytes, root, epoch) = sealed(kind, "passphrase");
        let open = open(&bytes, "passphrase").unwrap();
        assert_eq!(open.root.expose(), root.expose());
        assert_eq!((open.epoch.number, open.epoch.key.expose(), open.epoch.seed.expose()), (5, epoch.key.expose(), epoch.seed.expose()));
    }
}

#[test]
fn a_later_epoch_needs_the_root_key_and_not_the_passphrase() {
    let (bytes, _, epoch) = sealed(kind(), "passphrase");
    let first = open(&bytes, "passphrase").unwrap();
    let next = epoch.next();
    let second = open(&first.lock.seal(&first.root, &next), "passphrase").unwrap();
    assert_eq!((second.epoch.number, second.epoch.key.expose()), (6, next.key.expose()));
    assert_ne!(second.epoch.key.expose(), epoch.key.expose());
}

#[test]
fn another_passphrase_or_owner_is_told_from_damage() {
    let (bytes, ..) = sealed(kind(), "passphrase");
    assert_eq!(open(&bytes, "Passphrase").err(), Some(SlotFault::WrongPassphrase));
    assert_eq!(WholeSlot::parse(bytes.clone(), Some(&[8; 16])).err(), Some(SlotFault::Damaged));
    assert_eq!(open(&[0; SLOT_LEN], "passphrase").err(), Some(SlotFault::Empty));
}

#[test]
fn every_flipped_bit_is_seen_without_a_key() {
    let (bytes, ..) = sealed(SlotKind::Device, "");
    for bit in 0..SLOT_LEN * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(WholeSlot::parse(flipped, None).err(), Some(SlotFault::Damaged), "bit {bit}");
    }
}

#[test]
fn every_edited_bit_is_refused_although_the_checksum_was_made_anew() {
    let (bytes, ..) = sealed(kind(), "passphrase");
    for bit in 0..CHECKSUM_AT * 8 {
        let mut edited = bytes.clone();
        edited[bit / 8] ^= 1 << (bit % 8);
        let memory = u32::from_be_bytes(edited[12..16].try_into().unwrap());
        // An edit that asks for up to 4 GiB is refused like the others, by another key: not worth the memory of the test machine.
        if !(64 * 1024..=4 * 1024 * 1024).contains(&memory) {
            assert!(open(&with_checksum(edited), "passphrase").is_err(), "bit {bit}");
        }
    }
}

#[test]
fn an_edited_cost_is_refused_before_anything_is_derived() {
    let (bytes, ..) = sealed(kind(), "passphrase");
    for (at, value) in [(12, 7_u32), (12, 4 * 1024 * 1024 + 1), (12, u32::MAX), (16, 0), (16, 17), (20, 0), (20, 17)] {
        let mut edited = bytes.clone();
        edited[at..at + 4].copy_from_slice(&value.to_be_bytes());
        assert_eq!(WholeSlot::parse(with_checksum(edited), None).err(), Some(SlotFault::Damaged), "{value} at {at}");
    }
}

#[test]
fn a_later_format_is_left_alone() {
    let (bytes, ..) = sealed(kind(), "passphrase");
    for at in [8, 9, 11] {
        let mut later = bytes.clone();
        later[at] = 9;
        assert_eq!(WholeSlot::parse(with_checksum(later), None).err(), Some(SlotFault::Newer));
    }
}

#[test]
fn a_torn_slot_is_damaged_wherever_it_is_torn() {
    let (old, ..) = sealed(SlotKind::Device, "");
    let (new, ..) = sealed(SlotKind::Device, "");
    for torn_at in (512..SLOT_LEN).step_by(512) {
        for under in [&*old, &[0; SLOT_LEN]] {
            let mut torn = Box::new(*under);
            torn[..torn_at].copy_from_slice(&new[..torn_at]);
            assert_eq!(WholeSlot::parse(torn, None).err(), Some(SlotFault::Damaged), "torn at {torn_at}");
        }
    }
}

#[test]
fn no_slot_opens_under_two_passphrases() {
    // Somebody who controls the file wraps under her passphrase but leaves the commitment of another.
    let (bytes, ..) = sealed(kind(), "passphrase");
    let mut forged = bytes.clone();
    let head: [u8; HEAD_LEN] = bytes[..HEAD_LEN].try_into().unwrap();
    let (kek, _) = derive_kek(&head, "hers", kind()).unwrap();
    forged[HEAD_LEN..COMMITMENT_AT].copy_from_slice(&aead_seal(&kek, &head, Key::make().expose()));
    assert_eq!(open(&with_checksum(forged.clone()), "hers").err(), Some(SlotFault::WrongPassphrase));
    assert_eq!(open(&with_checksum(forged), "passphrase").err(), Some(SlotFault::Damaged));
}

#[test]
fn the_format_is_frozen() {
    let slot = hex::decode(include_str!("vectors/slot.hex").trim()).unwrap();
    let open = open(slot.as_slice().try_into().unwrap(), "Geheimwort für Vektoren").unwrap();
    assert_eq!(open.root.expose(), &[0x0a; 32]);
    assert_eq!((open.epoch.number, open.epoch.key.expose(), open.epoch.seed.expose()), (42, &[0x0b; 32], &[0x0c; 32]));
}

#[test]
fn a_device_slot_of_today_still_opens() {
    let slot = hex::decode(include_str!("vectors/device-slot.hex").trim()).unwrap();
    let open = WholeSlot::parse(Box::new(slot.as_slice().try_into().unwrap()), Some(&OWNER)).unwrap().open("").unwrap();
    assert_eq!((open.root.expose(), open.epoch.number), (&[0x0a; 32], 42));
}
