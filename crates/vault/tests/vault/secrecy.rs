//! Promise 1: nothing lies in clear text in any file, while the vault is open and after it was closed.

use crate::bench::{Bench, PASSPHRASE, found_in};
use vault::{FinaliseItem, ItemId, ItemKind, Setting};

const CANARY: &[u8] = b"CANARY-7c1e-KANARIENVOGEL";

fn nothing_found(bench: &Bench, when: &str) {
    assert_eq!(found_in(&bench.dir(), CANARY), Vec::<String>::new(), "{when}");
    assert_eq!(found_in(&bench.dir(), PASSPHRASE.as_bytes()), Vec::<String>::new(), "{when}");
    assert_eq!(found_in(&bench.dir(), b"Beraterin"), Vec::<String>::new(), "{when}");
}

#[test]
fn no_file_contains_what_was_saved() {
    let mut bench = Bench::new();
    bench.vault().put_setting(Setting::Preferences, CANARY).unwrap();
    let item = ItemId::make();
    for version in 0..5_u8 {
        let mut body = CANARY.to_vec();
        body.push(version);
        bench.session().put(ItemKind::Form, item, &body).unwrap();
    }
    nothing_found(&bench, "open, in the write-ahead log");
    let form = FinaliseItem { bytes: CANARY.repeat(100), mig: Some((ItemId::make(), CANARY.to_vec())), ..bench.draft_and_sealed(1) };
    let record = form.record;
    bench.finalise(&[form]);
    nothing_found(&bench, "after finalising");
    bench.vault().record_delivery(&[(record, CANARY.to_vec())]).unwrap();
    nothing_found(&bench, "after the delivery");
    let delivered = bench.vault().delivered_unshredded().unwrap().remove(0);
    bench.vault().shred_delivered(&[(record, crate::bench::entry_for(&delivered))]).unwrap();
    nothing_found(&bench, "after the destruction");
    bench.close();
    nothing_found(&bench, "closed");
}

#[test]
fn the_search_finds_what_is_there() {
    let bench = Bench::new();
    std::fs::write(bench.dir().join("leak"), [b"....", CANARY, b"...."].concat()).unwrap();
    assert_eq!(found_in(&bench.dir(), CANARY), ["leak"]);
}

#[test]
fn the_length_of_a_draft_does_not_tell_how_much_was_answered() {
    let bench = Bench::new();
    let (short, long) = (ItemId::make(), ItemId::make());
    bench.session().put(ItemKind::Form, short, b"").unwrap();
    bench.session().put(ItemKind::Form, long, &[b'x'; 200]).unwrap();
    let length = |item| vault::exposed::stored_body(bench.session(), item).unwrap().len();
    assert_eq!(length(short), length(long));
}

#[test]
fn debug_output_of_what_holds_keys_is_redacted() {
    let bench = Bench::new();
    assert_eq!(format!("{:?} {:?}", bench.vault(), bench.session()), "Vault(…) Session(…)");
}
